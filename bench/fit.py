"""How long the point fit of the whole Assembly takes, and how well it predicts unseen casts.

    OPENBLAS_NUM_THREADS=1 python bench/fit.py [DIMS]

Warm: the median of seven fits of one process, compiled. Cold: `votewire positions fit` from the
shell with no result kept, with numba's compiled code kept from before, and once without it. Then,
for 1 to DIMS dimensions (1 if not given), the held-out log loss in nats a cast, three-way, of 5 %
of the casts to 2019 (seed 7), with the standard error of the mean, and of the difference from one
dimension. Probabilities are those of a normal position and a normal item: E[F(x)] as F(k E[x]) with
k = 1 / sqrt(1 + pi Var(x) / 8). Exits with 1 where one dimension is above .270.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from statistics import median

import numpy as np

import votewire
from measuring import machine
from votewire.positions.dimensions import start_in
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.problem import MISSING, Problem
from votewire.positions.sessions import assembly_problem, start_from
from votewire.positions.sweeps import item_terms
from votewire.record import Selection

LIMIT, SHARE, SEED, UNTIL = 0.270, 0.05, 7, date(2019, 12, 31)


def main() -> int:
    print(f"{machine()}, load {os.getloadavg()[0]:.1f}")
    print("command: python", *sys.argv)
    warm()
    for kept in (True, False):
        cold(kept)
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    whole = assembly_problem(votewire.open_record(), Selection(until=UNTIL))
    seen, held = split(whole)
    losses = []
    for dims in range(1, most + 1):
        begin = time.perf_counter()
        fitted = fit_problem(seen, start_in(seen, dims))
        seconds = time.perf_counter() - begin
        losses.append(loss(whole, held, fitted))
        away = losses[-1] - losses[0]
        print(
            f"{dims} dimensions: log loss {losses[-1].mean():.4f} (se {error(losses[-1]):.4f}), "
            f"from one {away.mean():+.4f} (se {error(away):.4f}), {len(away):,} casts, "
            f"{fitted.sweeps} sweeps, {seconds:.1f} s"
        )
    return int(losses[0].mean() > LIMIT)


def warm() -> None:
    problem = assembly_problem(votewire.open_record())
    start, seconds = start_from(problem, "USA"), []
    fit_problem(problem, start)
    for _ in range(7):
        begin = time.perf_counter()
        fitted = fit_problem(problem, start)
        seconds.append(time.perf_counter() - begin)
    print(
        f"warm: {median(seconds):.3f} s (least {min(seconds):.3f}), {fitted.sweeps} sweeps, "
        f"{problem.casts:,} casts, {len(problem.rows):,} rollcalls, {problem.items:,} items, "
        f"{len(fitted.layout):,} state-sessions"
    )


def cold(kept: bool) -> None:
    """The command from the shell; kept: with numba's cache of before."""
    with tempfile.TemporaryDirectory() as folder:
        own = {} if kept else {"NUMBA_CACHE_DIR": folder}
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "votewire", "positions", "fit"],
            env={**os.environ, **own, "VOTEWIRE_DATA_DIR": folder},
            capture_output=True,
            check=True,
        )
        seconds = time.perf_counter() - begin
    print(f"cold, `votewire positions fit`, code {'kept' if kept else 'compiled'}: {seconds:.1f} s")


def split(problem: Problem) -> tuple[Problem, list[np.ndarray]]:
    """The problem without the casts held out, and which they are, block by block."""
    rng = np.random.default_rng(SEED)
    held = [
        (block.casts != MISSING) & (rng.random(block.casts.shape) < SHARE)
        for block in problem.blocks
    ]
    blocks = tuple(
        replace(block, casts=np.where(out, MISSING, block.casts).astype(np.int8))
        for block, out in zip(problem.blocks, held, strict=True)
    )
    return replace(problem, blocks=blocks), held


def loss(problem: Problem, held: list[np.ndarray], fitted: Fitted) -> np.ndarray:
    """(n,) minus the log of the probability of each cast held out."""
    found = []
    for at, block, out in zip(fitted.layout.columns, problem.blocks, held, strict=True):
        theta, var = fitted.positions.mean[at], fitted.positions.var[at]
        item = item_terms(fitted.items, block.items)
        eta = item.beta @ theta.T
        spread = (
            np.einsum("jkl,nk,nl->jn", item.bb, theta, theta, optimize=True)
            + np.einsum("jk,jl,nkl->jn", item.beta, item.beta, var, optimize=True)
            + np.einsum("jkl,nkl->jn", item.bb, var, optimize=True)
        )
        yes = likely(item.c1[:, None] - eta, spread - 2 * item.b1 @ theta.T + item.v1[:, None])
        no = likely(eta - item.c2[:, None], spread - 2 * item.b2 @ theta.T + item.v2[:, None])
        three = np.stack([yes, (1 - yes - no).clip(1e-6), no])
        three /= three.sum(axis=0)
        rollcall, state = np.nonzero(out)
        found.append(-np.log(three[block.casts[out], rollcall, state].clip(1e-9)))
    return np.concatenate(found)


def likely(x: np.ndarray, variance: np.ndarray) -> np.ndarray:
    scaled = x / np.sqrt(1 + np.pi / 8 * variance.clip(0.0))
    return np.asarray(1 / (1 + np.exp(-scaled.clip(-60, 60))))


def error(values: np.ndarray) -> float:
    return float(values.std() / np.sqrt(len(values)))


if __name__ == "__main__":
    sys.exit(main())
