"""How fast positions are fitted, beside two packages of R that are given the same votes.

    python bench/positions.py [PUBLISHED.csv]

First our targets on the whole Assembly: the point fit, warm; the joint posterior on top, with the
peak of memory of the process; and `votewire positions fit --since 1946` from the shell, no fit kept
before. Exit 1 where a limit is missed. The very first run after an installation also compiles,
which is told without a limit.

Then all methods on one binary input, Yes against the rest, in SESSIONS: ours with one position for
each state, as pscl::ideal and MCMCpack's MCMCirt1d have it, and with one for each session, as
MCMCdynamicIRT1d. Each runs in a process of its own; R with one thread, ours with one thread and
with all. R is given as many iterations as end in about a minute; those of the dynamic model are far
too few for its draws to have settled, so its correlations say little. Seconds for 20,000 iterations
are extrapolated and marked with ~. r: correlation with ours of the same kind, and with the
published estimates of Bailey, Strezhnev and Voeten, over state-sessions, or over states with the
mean of their sessions. Without R or a package of it, those rows are left out with the reason.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from children import Child, child, machine, myself

HERE = Path(__file__).parent
SESSIONS = (72, 73, 74)
USUAL = 20_000  # iterations
RUNS = 5
# The limits: seconds of the point fit, of the posterior, of the shell; MB.
POINT, LAPLACE, SHELL, MEMORY = 0.3, 3.0, 3.0, 600.0
# name, iterations left out and kept, which end in about a minute, and whether sessions are apart.
PEERS = {
    "pscl": ("pscl::ideal", 1000, 7000, False),
    "irt1d": ("MCMCpack::MCMCirt1d", 1000, 7000, False),
    "dynamic": ("MCMCpack::MCMCdynamicIRT1d", 20, 40, True),
}


@dataclass(frozen=True)
class Row:
    """One method on the binary input: what took how long, and what it found."""

    name: str
    seconds: float
    usual: str
    peak: float
    means: pl.DataFrame
    by_session: bool


def main() -> int:
    if sys.argv[1:2] == ["--worker"]:
        WORK[sys.argv[2]](*sys.argv[3:])
        return 0
    print(machine())
    status = targets()
    with tempfile.TemporaryDirectory() as folder:
        beside(Path(folder), Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    return status


# ---- our targets ---------------------------------------------------------------------------------


def targets() -> int:
    point, posterior = worker("point").said, worker("posterior")
    first, cold, kept = from_shell()
    print(
        f"\nwhole Assembly: {point['casts']:,} casts, {point['rollcalls']:,} rollcalls, "
        f"{point['positions']:,} state-sessions, {point['sweeps']} sweeps; median of {RUNS}"
    )
    rows = [
        ("point fit, warm, s", POINT, point["seconds"]),
        ("joint posterior by Laplace, on top, s", LAPLACE, posterior.said["seconds"]),
        ("peak of the process that makes both, MB", MEMORY, posterior.peak),
        ("from the shell, no fit kept, s", SHELL, cold.seconds),
    ]
    print(f"{'what':44} {'limit':>8} {'measured':>9} {'of limit':>9}")
    for name, limit, measured in rows:
        print(f"{name:44} {limit:8.2f} {measured:9.2f} {measured / limit:9.0%}")
    print(f"{'point fit, least of the runs, s':44} {'':8} {point['least']:9.2f}")
    print(f"{'point fit, processor time of all threads, s':44} {'':8} {point['cpu']:9.2f}")
    print(f"{'from the shell again, the fit kept, s':44} {'':8} {kept.seconds:9.2f}")
    print(f"{'from the shell, nothing compiled before, s':44} {'':8} {first.seconds:9.2f}")
    return int(any(measured > limit for _, limit, measured in rows))


def from_shell() -> tuple[Child, Child, Child]:
    """The whole command with nothing compiled, then with no fit kept, then with one."""
    words = [sys.executable, "-m", "votewire", "positions", "fit", "--since", "1946", "--json"]
    with tempfile.TemporaryDirectory() as empty:
        compiled = f"NUMBA_CACHE_DIR={empty}/compiled"
        data = [f"VOTEWIRE_DATA_DIR={empty}/{name}" for name in ("first", "second", "second")]
        first, cold, kept = (child(["env", compiled, folder, *words]) for folder in data)
        return first, cold, kept


def work_point() -> None:
    from votewire.positions.fitting import fit_problem

    problem, start = assembly()
    fit_problem(problem, start)
    took, worked = [], []
    for _ in range(RUNS):
        begin, before = time.perf_counter(), time.process_time()
        fitted = fit_problem(problem, start)
        took.append(time.perf_counter() - begin)
        worked.append(time.process_time() - before)
    counts = {"casts": problem.casts, "rollcalls": len(problem.rows), "sweeps": fitted.sweeps}
    found = {"seconds": statistics.median(took), "least": min(took), "cpu": min(worked)}
    say(positions=len(fitted.layout), **found, **counts)


def work_posterior() -> None:
    from votewire.positions.fitting import fit_problem
    from votewire.positions.posterior import posterior_of

    fitted = fit_problem(*assembly())
    posterior_of(fitted)
    begin = time.perf_counter()
    posterior_of(fitted)
    say(seconds=time.perf_counter() - begin)


def assembly():
    import votewire
    from votewire.positions.sessions import assembly_problem, start_from

    problem = assembly_problem(votewire.open_record())
    return problem, start_from(problem, "USA")


# ---- one binary input ----------------------------------------------------------------------------


def beside(folder: Path, published: Path | None) -> None:
    rolls = folder / "rolls.csv"
    casts, assembly_casts = write_rolls(rolls)
    rows = [ours(rolls, folder, kind, n) for kind in ("states", "sessions") for n in ("", "1")]
    rows += [row for method in PEERS for row in peer(method, rolls, folder)]
    known = published_points(published)
    print(f"\nYes against the rest, sessions {SESSIONS[0]} to {SESSIONS[-1]}: {casts:,} casts")
    print(f"{'method':42} {'s':>8} {'20,000 it':>10} {'MB':>6} {'r ours':>8} {'r publ.':>8}")
    for row in rows:
        like = next(one for one in rows if one.by_session == row.by_session)
        print(
            f"{row.name:42} {row.seconds:8.3f} {row.usual:>10} {row.peak:6.0f} "
            f"{r(row.means, like.means):>8} {r(row.means, known):>8}"
        )
    print(
        f"The whole Assembly has {assembly_casts / casts:.0f} times as many casts. ~: extrapolated."
    )


def write_rolls(path: Path) -> tuple[int, int]:
    """Writes the input, the United States first; how many casts it has, and the Assembly."""
    import votewire
    from votewire import states
    from votewire.positions.sessions import regular_sessions
    from votewire.record import Choice, Selection

    record = votewire.open_record()
    rows = Selection().rows(record)
    every = int((record.choices[rows] <= Choice.NO).sum())
    session = regular_sessions(record, rows)
    here = np.isin(session, SESSIONS)
    order = np.argsort(session[here], kind="stable")
    rows, session = rows[here][order], session[here][order]
    choices = record.choices[rows]
    yes, cast = choices == Choice.YES, choices <= Choice.NO
    split = (yes.any(axis=1)) & ((cast & ~yes).any(axis=1))
    codes = list(states.codes())
    codes.insert(0, codes.pop(codes.index("USA")))
    columns = [
        states.codes().index(code)
        for code in codes
        if cast[split][:, states.codes().index(code)].any()
    ]
    table = np.where(cast, yes.astype(int).astype(str), "")[split][:, columns].T
    names = [f"{t}.{at}" for at, t in enumerate(session[split])]
    frame = pl.DataFrame(table, schema=names, orient="row")
    frame.insert_column(0, pl.Series("state", [states.codes()[at] for at in columns]))
    frame.write_csv(path)
    return int((table != "").sum()), every


def ours(rolls: Path, folder: Path, kind: str, threads: str) -> Row:
    out = folder / "ours.csv"
    done = worker("binary", str(rolls), str(out), kind, threads or "0")
    said = done.said
    name = f"votewire, {kind}, {'one thread' if threads else 'all threads'}"
    fit = f"{said['seconds']:.3f} s of it the fit"
    print(f"{name}: {fit}; {said['sweeps']} sweeps")
    return Row(name, said["all"], "", done.peak, means_of(out), kind == "sessions")


def work_binary(rolls: str, out: str, kind: str, threads: str) -> None:
    """Fit and posterior of the input, warm: with one position a state, or one a session."""
    from votewire.positions.fitting import fit_problem
    from votewire.positions.posterior import posterior_of
    from votewire.positions.problem import problem_of
    from votewire.positions.sessions import start_from

    frame = pl.read_csv(rolls, infer_schema=False)
    codes, table = frame["state"].to_list(), frame.drop("state")
    casts = np.array([[{"1": 0, "0": 2}.get(c or "", 3) for c in row] for row in table.rows()])
    labels = [c.split(".")[0] if kind == "sessions" else "all" for c in table.columns]
    problem = problem_of(casts.T.astype(np.int8), labels, states=codes)
    start, n = start_from(problem, "USA"), int(threads) or None
    posterior_of(fit_problem(problem, start, threads=n), threads=n)
    begin = time.perf_counter()
    fitted = fit_problem(problem, start, threads=n)
    seconds = time.perf_counter() - begin
    posterior = posterior_of(fitted, threads=n)
    whole = time.perf_counter() - begin
    layout = fitted.layout
    pl.DataFrame(
        {
            "state": [codes[at] for at in layout.state],
            "period": [problem.periods[at] if kind == "sessions" else None for at in layout.period],
            "mean": posterior.mean[:, 0],
        }
    ).write_csv(out)
    say(seconds=seconds, all=whole, sweeps=fitted.sweeps)


def peer(method: str, rolls: Path, folder: Path) -> Iterator[Row]:
    """A package of R on the input; none, with the reason, where it is not there."""
    name, burn, keep, by_session = PEERS[method]
    package = name.split("::")[0]
    if shutil.which("Rscript") is None:
        print(f"{name}: left out, R is not installed")
        return
    asked = ["Rscript", "-e", f"library({package})"]
    if subprocess.run(asked, capture_output=True, check=False).returncode:
        print(f"{name}: left out, R has no package {package} (Debian: r-cran-{package.lower()})")
        return
    out = folder / f"{method}.csv"
    counts = (str(burn), str(keep))
    done = child(["Rscript", str(HERE / "peers.R"), method, str(rolls), *counts, str(out)])
    said = done.said
    usual = f"~{said['seconds'] * USUAL / (burn + keep):,.0f} s"
    print(f"{name} {said['version']}, {said['r']}: {burn} iterations left out, {keep} kept")
    yield Row(name, said["seconds"], usual, done.peak, means_of(out), by_session)


# ---- what is compared ----------------------------------------------------------------------------


def means_of(path: Path) -> pl.DataFrame:
    return pl.read_csv(path, schema={"state": pl.String, "period": pl.String, "mean": pl.Float64})


def published_points(path: Path | None) -> pl.DataFrame:
    if path is None:
        return pl.DataFrame(schema={"state": pl.String, "period": pl.String, "mean": pl.Float64})
    from votewire.positions.published import read_published

    table = read_published(path.read_bytes()).filter(pl.col("session").is_in(SESSIONS))
    return table.select("state", pl.col("session").cast(pl.String).alias("period"), "mean")


def r(found: pl.DataFrame, other: pl.DataFrame) -> str:
    """Correlation over what both have; by state alone where one has no sessions."""
    if other.is_empty():
        return ""
    keys = ["state"] if found["period"].null_count() else ["state", "period"]
    left, right = (one.group_by(keys).agg(pl.col("mean").mean()) for one in (found, other))
    both = left.join(right, on=keys)
    return f"{both.select(pl.corr('mean', 'mean_right')).item():.4f}"


def worker(*words: str) -> Child:
    return myself(__file__, "--worker", *words)


def say(**facts: object) -> None:
    print(json.dumps(facts))


WORK = {"point": work_point, "posterior": work_posterior, "binary": work_binary}

if __name__ == "__main__":
    sys.exit(main())
