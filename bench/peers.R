# Ideal points by R packages, for bench/positions.py.
#
#   Rscript bench/peers.R METHOD ROLLS.csv BURN KEEP OUT.csv
#
# METHOD: pscl | irt1d | dynamic. ROLLS.csv: a row for each state, its code first; a column for each
# rollcall, named PERIOD.NUMBER; 1 Yes, 0 other, empty missing; the first state is the positive one.
# Writes state, period, mean (period empty where there is one position). Prints a line of JSON:
# seconds, and the versions of the package and of R.

args <- commandArgs(trailingOnly = TRUE)
method <- args[1]
burn <- as.integer(args[3])
keep <- as.integer(args[4])
rolls <- as.matrix(read.csv(args[2], row.names = 1, check.names = FALSE))
period <- sub("\\..*", "", colnames(rolls))
colnames(rolls) <- paste0("r", seq_len(ncol(rolls)))
set.seed(1)

write_means <- function(state, period, mean) {
  found <- data.frame(state = state, period = period, mean = mean)
  write.csv(found, args[5], row.names = FALSE, na = "")
}

if (method == "pscl") {
  suppressMessages(library(pscl))
  given <- rollcall(rolls)
  took <- system.time(utils::capture.output(
    fit <- ideal(given, maxiter = burn + keep, burnin = burn, thin = 1, normalize = TRUE)
  ))
  write_means(rownames(rolls), NA, fit$xbar[, 1])
  used <- "pscl"
} else {
  suppressMessages(library(MCMCpack))
  first <- setNames(list("+"), rownames(rolls)[1])
  if (method == "irt1d") {
    took <- system.time(
      fit <- MCMCirt1d(rolls, burnin = burn, mcmc = keep, theta.constraints = first)
    )
    state <- sub("^theta\\.", "", colnames(fit))
    when <- NA
  } else {
    time <- match(period, unique(period))
    took <- system.time(
      fit <- MCMCdynamicIRT1d(
        rolls, item.time.map = time, burnin = burn, mcmc = keep, theta.constraints = first
      )
    )
    fit <- fit[, grepl("^theta\\.", colnames(fit))]
    state <- sub("^theta\\.(.*)\\.t[0-9]+$", "\\1", colnames(fit))
    when <- unique(period)[as.integer(sub(".*\\.t", "", colnames(fit)))]
  }
  write_means(state, when, colMeans(fit))
  used <- "MCMCpack"
}
cat(sprintf(
  "{\"seconds\": %.3f, \"version\": \"%s\", \"r\": \"R %s\"}\n",
  took[["elapsed"]], packageVersion(used), getRversion()
))
