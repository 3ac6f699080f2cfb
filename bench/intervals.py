"""How often 90 % intervals of positions and shifts hold the truth, in chambers made from the model.

    OPENBLAS_NUM_THREADS=1 python bench/intervals.py [SEEDS] [DRAWS] [FREEDOM]

The chambers have the Assembly's states, votes and absences of 1946 to 1975, and its recurring
texts. Items are drawn from the fit's prior of them; positions from a
walk around a population, with Student-t steps of FREEDOM degrees of freedom (4; inf for normal
ones) and a state's own variance of steps about the common one; then positions are standardised as
a fit's are, with nothing changed of the casts. The fit begins at the truth
with noise of standard deviation 0.5, so that its sign is known.

An interval is that of the normal approximation; with DRAWS above 0 also that of as many draws of
the posterior itself. Printed for each band of |estimate|, which a reader sees, and of
|truth|: n, the share that holds the truth, of z = (estimate - truth) / sd the mean outwards (away
from 0 on the truth's side) and the standard deviation, the slope of estimates on truths. A shift's
band is that of the later position. An interval of a true model is right on average over what it
says, not over what is true: far out in the truth stand more of those that an estimate drawn to 0
falls short of, and outwards means are below 0 there.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass

import numpy as np

import votewire
from votewire import states
from votewire.errors import FitError
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.posterior import Posterior, posterior_of
from votewire.positions.problem import MISSING, Problem, problem_of
from votewire.positions.sampling import sample
from votewire.record import Selection
from votewire.record.chains import chains

UNTIL, WIDTH = "1975-12-31", 1.645
BANDS = ((0.0, 1.0), (1.0, 2.0), (2.0, np.inf))
ITEM_MEAN = np.array([0.0, 0.0, 0.5])  # the fit's prior of texts: beta, c, delta
ITEM_COV = np.diag([9.0, 9.0, 1.0])
STEP = 0.015  # variance of a usual step
TOLERANCES = (5e-3, 0.02, 0.1)


@dataclass(frozen=True)
class Pattern:
    """What is taken from the record: who cast, in which year, and which texts recur."""

    cast: np.ndarray
    years: list[str]
    items: np.ndarray


@dataclass(frozen=True)
class Estimate:
    """(m,) mean, sd and 90 % interval of positions and of shifts from the position before."""

    mean: np.ndarray
    sd: np.ndarray
    low: np.ndarray
    high: np.ndarray
    shift: np.ndarray
    shift_sd: np.ndarray
    shift_low: np.ndarray
    shift_high: np.ndarray


@dataclass(frozen=True)
class Judged:
    """Estimates and truths of state-periods or shifts; far, told: |truth| and |estimate| by which
    a band is chosen."""

    inside: np.ndarray
    error: np.ndarray
    sd: np.ndarray
    estimate: np.ndarray
    truth: np.ndarray
    far: np.ndarray
    told: np.ndarray
    outwards: np.ndarray


def main() -> int:
    asked = [float(a) for a in sys.argv[1:]]
    seeds, draws, freedom = (*asked, *(5, 0, 4.0)[len(asked) :])
    pattern = pattern_of_record()
    found: dict[str, list[tuple[Judged, Judged]]] = {"normal": []}
    for seed in range(int(seeds)):
        rng = np.random.default_rng(seed)
        problem, truth = chamber(pattern, rng, freedom)
        fitted, tolerance, seconds = fit(problem, truth, rng)
        posterior = posterior_of(fitted)
        found["normal"].append(judge(fitted, of_posterior(posterior), truth))
        r = np.corrcoef(posterior.mean[:, 0], standard(fitted, truth))[0, 1]
        print(
            f"seed {seed}: {problem.casts:,} casts, {len(problem.rows):,} rollcalls, "
            f"{len(posterior.mean):,} state-periods, {fitted.sweeps} sweeps to {tolerance:g} in "
            f"{seconds:.1f} s, r {r:.4f}",
            flush=True,
        )
        if draws:
            sampled = sample(fitted, int(draws), seed=seed)
            estimate = of_sampled(sampled.draws[:, :, 0])
            found.setdefault("sampled", []).append(judge(fitted, estimate, truth))
            print(f"    sampled: {dict(sampled.facts)}", flush=True)
    for method, pairs in found.items():
        for at, name in enumerate(("positions", "shifts")):
            for by, what in (("told", "estimate"), ("far", "truth")):
                print(
                    f"\n{method} {name:9} by |{what}| {'n':>7} {'covered':>8} {'by seed':>12} "
                    f"{'mean z':>7} {'sd z':>6} slope"
                )
                for low, high in (*BANDS, (0.0, np.inf)):
                    label = f"{low:g} to {high:g}"
                    print(row(label, [pair[at] for pair in pairs], by, low, high))
    return 0


def pattern_of_record() -> Pattern:
    record = votewire.open_record()
    rows = Selection(until=np.datetime64(UNTIL).item()).rows(record)
    years = record.days[rows].astype("datetime64[Y]").astype(str).tolist()
    return Pattern(cast=record.choices[rows] <= 2, years=years, items=chains(record)[rows])


def chamber(
    pattern: Pattern, rng: np.random.Generator, freedom: float = 4.0
) -> tuple[Problem, np.ndarray]:
    """A problem with casts from the model, and the truth (years, states)."""
    labels = sorted(set(pattern.years))
    period = np.array([labels.index(year) for year in pattern.years])
    truth = walks(pattern, period, len(labels), freedom, rng)
    _, item = np.unique(pattern.items, return_inverse=True)
    drawn = rng.multivariate_normal(ITEM_MEAN, ITEM_COV, size=int(item.max()) + 1)[item]
    drawn[:, 2] = drawn[:, 2].clip(-4.0, 3.0)
    x = drawn[:, :1] * truth[period] - drawn[:, 1:2] + rng.logistic(size=pattern.cast.shape)
    casts = (x > 0).astype(np.int8) + (x > np.exp(drawn[:, 2:]))
    casts = np.where(pattern.cast, casts, MISSING).astype(np.int8)
    problem = problem_of(
        casts, pattern.years, states=states.codes(), items=pattern.items, times=range(len(labels))
    )
    kept = [labels.index(label) for label in problem.periods]
    return problem, truth[kept]


def walks(
    pattern: Pattern, period: np.ndarray, n: int, freedom: float, rng: np.random.Generator
) -> np.ndarray:
    """(n, s) walks around a population, standardised over those state-periods that have a cast."""
    s = pattern.cast.shape[1]
    usual = STEP if np.isinf(freedom) else STEP * (freedom - 2) / freedom
    own = np.sqrt(usual) * np.exp(0.3 * rng.normal(size=s))
    found = rng.normal(size=(n, s))
    for t in range(1, n):  # each returns to the population, whose variance is 1
        weight = 1.0 if np.isinf(freedom) else np.sqrt(freedom / rng.chisquare(freedom, size=s))
        found[t] = np.sqrt(1 - own**2) * found[t - 1] + own * weight * found[t]
    there = np.array([pattern.cast[period == t].any(axis=0) for t in range(n)])
    found = found - found[there].mean()
    return np.asarray(found / found[there].std())


def fit(
    problem: Problem, truth: np.ndarray, rng: np.random.Generator
) -> tuple[Fitted, float, float]:
    """The fit, the tolerance (the first that it meets) and the seconds."""
    start = (truth + rng.normal(size=truth.shape) * 0.5)[:, :, None]
    begin = time.perf_counter()
    for tolerance in TOLERANCES:
        try:
            fitted = fit_problem(problem, start, tolerance=tolerance)
        except FitError as error:
            print(f"tolerance {tolerance:g}: {error}")
            continue
        return fitted, tolerance, time.perf_counter() - begin
    raise SystemExit("no tolerance was met: the fit does not converge")


def standard(fitted: Fitted, truth: np.ndarray) -> np.ndarray:
    """(m,) the truth of the fit's state-periods, standardised over them as the fit is."""
    own = truth[fitted.layout.period, fitted.layout.state]
    return np.asarray((own - own.mean()) / own.std())


def of_posterior(posterior: Posterior) -> Estimate:
    """Of the normal approximation."""
    mean, sd, moved = posterior.mean[:, 0], posterior.sd[:, 0], posterior.shift_sd[:, 0]
    shift = np.diff(mean, prepend=0.0)
    return Estimate(
        mean=mean,
        sd=sd,
        low=mean - WIDTH * sd,
        high=mean + WIDTH * sd,
        shift=shift,
        shift_sd=moved,
        shift_low=shift - WIDTH * moved,
        shift_high=shift + WIDTH * moved,
    )


def of_sampled(draws: np.ndarray) -> Estimate:
    """Of draws (n, m)."""
    moved = np.diff(draws, axis=1, prepend=0.0)
    ends, moved_ends = (np.quantile(x, [0.05, 0.95], axis=0) for x in (draws, moved))
    return Estimate(
        mean=draws.mean(axis=0),
        sd=draws.std(axis=0),
        low=ends[0],
        high=ends[1],
        shift=moved.mean(axis=0),
        shift_sd=moved.std(axis=0),
        shift_low=moved_ends[0],
        shift_high=moved_ends[1],
    )


def judge(fitted: Fitted, found: Estimate, truth: np.ndarray) -> tuple[Judged, Judged]:
    own = standard(fitted, truth)
    later = np.flatnonzero(~fitted.layout.first)
    shift, far, told = own[later] - own[later - 1], np.abs(own), np.abs(found.mean)
    inside = (found.low <= own) & (own <= found.high)
    within = (found.shift_low[later] <= shift) & (shift <= found.shift_high[later])
    moved, sd = found.shift[later], found.shift_sd[later]
    return (
        Judged(inside, found.mean - own, found.sd, found.mean, own, far, told, np.sign(own)),
        Judged(within, moved - shift, sd, moved, shift, far[later], told[later], np.sign(shift)),
    )


def row(name: str, found: list[Judged], by: str, low: float, high: float) -> str:
    z, out, x, y, inside = [], [], [], [], []
    for one in found:
        size = getattr(one, by)
        here = (size >= low) & (size < high)
        z.append(one.error[here] / one.sd[here])
        out.append(one.outwards[here])
        x.append(one.truth[here])
        y.append(one.estimate[here])
        inside.append(one.inside[here])
    seeds = [part.mean() for part in inside]
    every, outwards = np.concatenate(z), np.concatenate(out)
    slope = np.polyfit(np.concatenate(x), np.concatenate(y), 1)[0]
    return (
        f"{name:29} {len(every):7,} {np.concatenate(inside).mean():8.3f} "
        f"{min(seeds):5.3f}-{max(seeds):5.3f} {(every * outwards).mean():7.2f} "
        f"{every.std():6.2f} {slope:5.3f}"
    )


if __name__ == "__main__":
    sys.exit(main())
