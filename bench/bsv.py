"""The prior `bsv` on the published input, beside the published estimates.

    python bench/bsv.py FOLDER [SEEDS]

FOLDER holds `voeten/un_votes.rda`, `voeten/un_roll_calls.rda` (package unvotes), and in
`idealpoints/` Matches.csv and IdealpointestimatesAll_Apr2020.csv (doi:10.7910/DVN/LEJUQZ). Timed is
`fit_bsv` alone, compiled and warm, from the problem to draws; files are read before. Wall time
counts what else the machine does; CPU time is of all threads together. r: Pearson's, of posterior
means with the published ones: overall, within sessions (mean and worst). sd: median of ours over
median of theirs, theirs from the width of the 90 % interval.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl

from votewire.positions.bsv import BsvFit, fit_bsv
from votewire.positions.matches import read_matches
from votewire.positions.mixing import ess_bulk
from votewire.positions.published import read_published
from votewire.positions.replication import Replication, published_problem
from votewire.positions.sessions import start_from
from votewire.record.readers.voeten_tables import tables_of

ANCHOR, WIDTH = "United States", 2 * 1.6448536


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    folder, seeds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    replication, published = read(folder)
    problem = replication.problem
    print(f"python {' '.join(sys.argv)}\n{machine()}")
    print(
        f"{problem.casts:,} casts, {len(problem.rows):,} rollcalls, {problem.items:,} texts, "
        f"{int(problem.present.sum()):,} state-sessions"
    )
    start = start_from(problem, ANCHOR)
    fit_bsv(problem, start, draws=1, burn=0)  # compiles
    for seed in range(seeds):
        wall, cpu = time.perf_counter(), time.process_time()
        fit = fit_bsv(problem, start, seed=seed)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"seed {seed}: {wall:.1f} s, CPU {cpu:.1f} s, {fit.facts['sweeps']:,} sweeps")
        print(told(fit, replication, published), flush=True)
    return 0


def read(folder: Path) -> tuple[Replication, pl.DataFrame]:
    files = [
        (name, (folder / "voeten" / name).read_bytes())
        for name in ("un_votes.rda", "un_roll_calls.rda")
    ]
    points = folder / "idealpoints"
    matches = read_matches((points / "Matches.csv").read_bytes())
    published = read_published((points / "IdealpointestimatesAll_Apr2020.csv").read_bytes())
    return published_problem(tables_of(files), matches), published


def machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def told(fit: BsvFit, replication: Replication, published: pl.DataFrame) -> str:
    both = beside(fit, replication, published)
    within = both.group_by("session").agg(r=pl.corr("ours", "mean")).sort("r")
    theirs = (both["q95"] - both["q05"]) / WIDTH
    ess = ess_bulk(fit.draws[:, ::20, 0].astype(np.float64))
    sd = both["sd"].median() / theirs.median()
    return (
        f"  r {r(both['ours'], both['mean']):.4f}, within {within['r'].mean():.4f} "
        f"(worst {within['r'][0]:.4f}, session {within['session'][0]}); "
        f"sd {sd:.3f} of theirs, r of sds {r(both['sd'], theirs):.3f}; "
        f"effective draws of a position, median {np.median(ess):.0f}"
    )


def beside(fit: BsvFit, replication: Replication, published: pl.DataFrame) -> pl.DataFrame:
    """Our state-sessions with the published ones; of two of one code, the one with more casts."""
    layout, problem = fit.layout, fit.problem
    n = np.concatenate([(block.casts < 3).sum(axis=0) for block in problem.blocks])
    casts = np.empty(len(layout), dtype=np.int64)
    casts[np.concatenate(layout.columns)] = n
    ours = pl.DataFrame(
        {
            "state": replication.codes[layout.period, layout.state],
            "session": [int(problem.periods[t]) for t in layout.period],
            "n": casts,
            "ours": fit.draws[:, :, 0].mean(axis=0, dtype=np.float64),
            "sd": fit.draws[:, :, 0].std(axis=0, ddof=1, dtype=np.float64),
        }
    )
    first = ours.sort("n", descending=True).unique(["state", "session"], keep="first")
    return first.join(published, on=["state", "session"]).sort("state", "session")


def r(one: pl.Series, other: pl.Series) -> float:
    return float(np.corrcoef(one.to_numpy(), other.to_numpy())[0, 1])


if __name__ == "__main__":
    sys.exit(main())
