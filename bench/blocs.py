"""How fast agreement of all pairs by year is made, beside pandas and a plain loop.

    OPENBLAS_NUM_THREADS=1 python bench/blocs.py

One thread is enough for products of this size, and on a busy machine the threads of BLAS wait for
each other longer than they count; without the variable the figure holds for an idle machine only.

All recorded votes of the Assembly, every pair of states, each year, every definition. The limit is
that of the issue. pandas makes the same tables by a merge and a groupby, one year at a time, run
once; the loop is measured on a sample of pairs in one year and scaled to all of them. pandas is no
dependency: without it that row is left out.
"""

from __future__ import annotations

import importlib.util
import random
import sys
import time

import numpy as np

import votewire
from measuring import report, timed
from votewire.blocs import Definition, agreement_by_period, contingency
from votewire.blocs.definitions import agreement_of
from votewire.record import Record, Selection

LIMIT = 0.5
SAMPLE_YEAR, SAMPLE_PAIRS = "2016", 300


def main() -> int:
    record = votewire.open_record()
    ours = timed(
        "all pairs by year, five definitions",
        lambda: list(agreement_by_period(record)),
        limit=LIMIT,
    )
    status = report([ours])
    years = rolls_by_year(record)
    print(f"\n{'the same by':44} {'seconds':>8} {'times ours':>11}")
    for name, seconds in (("pandas merge and groupby", pandas_seconds(years)), *loop(years)):
        if seconds is None:
            print(f"{name:44} left out: pandas is not installed")
        else:
            print(f"{name:44} {seconds:8.1f} {seconds / ours.median:11.0f}")
    return status


def rolls_by_year(record: Record) -> dict[str, np.ndarray]:
    within = Selection()
    rolls = {}
    for year, rows in within.periods(record, within.rows(record), "year"):
        choices = record.choices[rows]
        rolls[year] = choices[:, (choices <= 2).any(axis=0)]
    return rolls


def pandas_seconds(years: dict[str, np.ndarray]) -> float | None:
    if importlib.util.find_spec("pandas") is None:
        return None
    start = time.perf_counter()
    for choices in years.values():
        table = pandas_tables(choices)
        if not np.array_equal(table, contingency(choices)):
            raise RuntimeError("pandas counts other tables than we do")
        for definition in Definition:
            agreement_of(table, definition)
    return time.perf_counter() - start


def pandas_tables(choices: np.ndarray) -> np.ndarray:
    """(3, 3, s, s) by merging the year's casts with themselves and counting the combinations."""
    import pandas as pd

    rollcall, state = np.nonzero(choices <= 2)
    casts = pd.DataFrame({"r": rollcall, "s": state, "c": choices[rollcall, state]})
    sizes = casts.merge(casts, on="r").groupby(["c_x", "c_y", "s_x", "s_y"]).size()
    tables = np.zeros((3, 3, choices.shape[1], choices.shape[1]), dtype=np.int32)
    tables[tuple(sizes.index.get_level_values(at) for at in range(4))] = sizes.to_numpy()
    return tables


def loop(years: dict[str, np.ndarray]) -> list[tuple[str, float]]:
    """Seconds of a plain loop, scaled from the sample by the casts that it would look at."""
    choices = years[SAMPLE_YEAR]
    rolls = choices.T.tolist()
    draw = random.Random(0)
    pairs = [draw.sample(range(len(rolls)), 2) for _ in range(SAMPLE_PAIRS)]
    start = time.perf_counter()
    for a, b in pairs:
        loop_values(loop_table(rolls[a], rolls[b]))
    seconds = time.perf_counter() - start
    looked_at = SAMPLE_PAIRS * len(choices)
    every = sum(c.shape[0] * c.shape[1] * (c.shape[1] - 1) // 2 for c in years.values())
    name = f"loop ({SAMPLE_PAIRS} pairs of {SAMPLE_YEAR}, scaled)"
    return [(name, seconds * every / looked_at)]


def loop_table(a: list[int], b: list[int]) -> list[list[int]]:
    table = [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
    for x, y in zip(a, b, strict=True):
        if x <= 2 and y <= 2:
            table[x][y] += 1
    return table


def loop_values(t: list[list[int]]) -> tuple[float | None, ...]:
    """half, strict, yes-no, kappa and pi of one table, without NumPy."""
    rows, columns = [sum(row) for row in t], [sum(column) for column in zip(*t, strict=True)]
    n, votes = sum(rows), t[0][0] + t[0][2] + t[2][0] + t[2][2]
    if not n:
        return (None,) * 5
    cells = [(k, m, abs(k - m) / 2) for k in range(3) for m in range(3) if k != m]
    apart = sum(far * t[k][m] for k, m, far in cells)
    kappa = sum(far * rows[k] * columns[m] for k, m, far in cells)
    both = [(r + c) / 2 for r, c in zip(rows, columns, strict=True)]
    pi = sum(far * both[k] * both[m] for k, m, far in cells)
    return (
        (n - apart) / n,
        sum(t[k][k] for k in range(3)) / n,
        (t[0][0] + t[2][2]) / votes if votes else None,
        *((1 - n * apart / expected if expected else None) for expected in (kappa, pi)),
    )


if __name__ == "__main__":
    sys.exit(main())
