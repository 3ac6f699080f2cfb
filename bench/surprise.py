"""How well casts are expected a day ahead, and whether probabilities come true.

    OPENBLAS_NUM_THREADS=1 python bench/surprise.py [WHAT ...] [CSV]

WHAT: table, reliability, votes, forecast, priors; the first three and forecast if not given.

table: log loss (natural logarithm) of the Assembly's casts from the fourth session on, by decade,
for 1, 2 and 3 dimensions and each prior of steps, beside two baselines; with CSV, the same by state
and year of the model that is kept. Baselines: the state's own shares of choices in its last
session; the rollcall's own shares without the state. reliability: of the probability of each
choice, and of the choice made where it is small, with one dimension and with three. votes: the
casts of the United States beside Russia, for 1, 2 and 3 dimensions; ahead: with nothing known of
the casts on the rollcall itself. forecast: how often 90 % intervals of Yes hold the
tally of the next vote on a recurring text. priors: means and covariances of texts over a pass.
"""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import polars as pl

import votewire
from votewire import states
from votewire.positions import expecting, forecast
from votewire.positions import forward as passing
from votewire.positions.calibration import calibrated
from votewire.positions.chances import of_choices
from votewire.positions.forward import days_of, forward, some
from votewire.positions.naming import names_of
from votewire.positions.priors import ASSEMBLY, DIMS
from votewire.positions.sessions import regular_sessions
from votewire.positions.shrinking import tenths
from votewire.positions.standing import Standing, standing_from
from votewire.record import Selection

RECORD = votewire.open_record()
ROWS = Selection().rows(RECORD)
SESSIONS = regular_sessions(RECORD, ROWS)
TIMES = expecting.years_of(RECORD, ROWS)
NAMES = names_of(RECORD, ROWS)
CHOICES = RECORD.choices[ROWS]
YEARS = 1970 + RECORD.days[ROWS].astype("datetime64[Y]").astype(int)
BEGUN = np.isin(SESSIONS, np.unique(SESSIONS)[: expecting.BEGINNING])
DECADES = (1949, 1960, 1970, 1980, 1990, 2000, 2010, 2020, 2030)
EDGES = (0, 0.001, 0.01, *np.arange(0.1, 1.0, 0.1), 0.99, 1.0001)


def main() -> int:
    wanted = sys.argv[1:] or ["table", "reliability", "votes", "forecast"]
    csv = next((word for word in wanted if word.endswith(".csv")), None)
    if "table" in wanted:
        table(csv)
    if "reliability" in wanted:
        reliability()
    if "votes" in wanted:
        votes()
    if "forecast" in wanted:
        backtest()
    if "priors" in wanted:
        priors()
    return 0


def beginning(prior) -> Standing:
    return standing_from(CHOICES[BEGUN], prior, states.codes().index("USA"))


def table(csv: str | None) -> None:
    steps = {
        "rw, normal steps": {},
        "rw, steps with jumps": {"often": 0.01, "jump": 0.3},
        "bsv, one-sided": None,
    }
    print(f"{'':28} {'s':>5} {'raw':>7} {'all':>7} " + " ".join(f"{d:>6}" for d in DECADES[:-1]))
    for dims in (1, 2, 3):
        for name, change in steps.items():
            prior = replace(ASSEMBLY[dims], **(change or {}))
            start = time.perf_counter()
            widened = bsv_steps() if change is None else None
            found = forward(CHOICES, TIMES, prior, beginning(prior), names=NAMES, widened=widened)
            seconds = time.perf_counter() - start
            losses, raw, kept = loss_of(found)
            told(f"K {dims}, {name}", seconds, raw, losses, YEARS[found.rollcall[kept]])
            if csv and dims == DIMS and name == "rw, normal steps":
                by_state_and_year(found, kept, losses).write_csv(csv)
    baselines()


def loss_of(found):
    kept = np.flatnonzero(~BEGUN[found.rollcall])
    later = some(found, kept)
    each = np.arange(len(kept))
    raw = -np.log(of_choices(later.chances)[each, later.choice].clip(2.0**-20))
    maps, at = calibrated(later.chances, later.choice, YEARS[later.rollcall])
    probability = expecting._mapped(later.chances, maps, at)
    return -np.log(probability[each, later.choice]), raw.mean(), kept


def told(name: str, seconds: float, raw: float, losses, years) -> None:
    by = [losses[(years >= a) & (years < b)].mean() for a, b in pairwise(DECADES)]
    row = " ".join(f"{loss:6.4f}" for loss in by)
    print(f"{name:28} {seconds:5.1f} {raw:7.4f} {losses.mean():7.4f} {row}", flush=True)


def by_state_and_year(found, kept, losses) -> pl.DataFrame:
    codes = np.array(states.codes())[found.state[kept]]
    frame = pl.DataFrame({"state": codes, "year": YEARS[found.rollcall[kept]], "log_loss": losses})
    return (
        frame.group_by("state", "year")
        .agg(pl.len().alias("casts"), pl.col("log_loss").mean().round(4))
        .sort("state", "year")
    )


def bsv_steps():
    """Variance .5 n_s / (n_s + n_prev) when a state comes to a new session."""
    numbers, at = np.unique(SESSIONS, return_inverse=True)
    counts = np.zeros((len(numbers), CHOICES.shape[1]))
    np.add.at(counts, at, CHOICES <= 2)
    last = np.full(CHOICES.shape[1], -1)

    def widened(here, start: int):
        now = at[start]
        new, old = counts[now, here], counts[last[here].clip(0), here]
        added = np.where((last[here] >= 0) & (last[here] != now), 0.5 * new / (new + old), 0.0)
        last[here] = now
        return added

    return widened


def baselines() -> None:
    cast = CHOICES <= 2
    one_hot = np.stack([(side == CHOICES).astype(float) for side in range(3)], axis=-1)
    others = one_hot.sum(axis=1, keepdims=True) - one_hot + 1 / 3
    own = np.empty_like(one_hot)
    sessions = np.unique(SESSIONS)
    last = np.full((CHOICES.shape[1], 3), 1 / 3)
    for session in sessions:
        here = session == SESSIONS
        own[here] = last
        counts = one_hot[here].sum(axis=0)
        seen = counts.sum(axis=1) > 0
        last[seen] = (counts + 1 / 3)[seen]
    row, column = np.nonzero(cast & ~BEGUN[:, None])
    made = CHOICES[row, column]
    for name, shares in (("state's last session", own), ("rollcall's other casts", others)):
        p = shares[row, column] / shares[row, column].sum(axis=1, keepdims=True)
        losses = -np.log(p[np.arange(len(p)), made])
        told(name, 0.0, losses.mean(), losses, YEARS[row])


@cache
def passed(dims: int):
    """Both chambers, the Assembly's last positions."""
    return expecting.pass_of(RECORD, dims)


def reliability() -> None:
    for dims in expecting.KEPT:
        assembly, council, _ = passed(dims)
        for name, given in (("General Assembly", assembly), ("Security Council", council)):
            print(f"{name}, K {dims}: {len(given.found.choice):,} casts")
            in_bins(given)
            in_tail(given)
            print("the last map:", given.maps[-1], flush=True)


def in_bins(given) -> None:
    print("given, came true (n), by choice; raw and calibrated")
    found, p = given.found, given.probability
    raw = of_choices(found.chances)
    for low, high in pairwise(EDGES):
        cells = []
        for k in range(3):
            for q in (raw[:, k], p[:, k]):
                here = (q >= low) & (q < high)
                true = (found.choice[here] == k).mean() if here.any() else np.nan
                mean = q[here].mean() if here.any() else np.nan
                cells.append(f"{mean:.4f} {true:.4f} ({here.sum():,})")
        print(f"{low:.3f}-{high:.3f}: " + " | ".join(cells))


def in_tail(given) -> None:
    p = given.probability
    made = p[np.arange(len(p)), given.found.choice]
    for least in (0.05, 0.01, 0.003, 0.001):
        due = (p * (p < least)).sum(axis=1).mean()
        n = int((made < least).sum())
        print(f"choice made had p < {least}: {n:,} casts, {n / len(p):.5f}; due {due:.5f}")


def votes() -> None:
    usa = states.codes().index("USA")
    for dims in (1, 2, 3):
        assembly, council, standing = passed(dims)
        for name in ("A/RES/ES-11/7", "A/RES/ES-11/8", "S/RES/2774"):
            row = RECORD.row_of(RECORD.rollcall(name).id)
            one_vote(assembly if name.startswith("A") else council, row, usa, f"K {dims}, {name}")
        for code in ("USA", "RUS", "CHN", "ISR", "GBR", "FRA", "UKR"):
            print(code, standing.states.mean[states.codes().index(code)].round(1), end="; ")
        print(flush=True)


def one_vote(given, row: int, state: int, name: str) -> None:
    found = given.found
    bits, low, high = (tenths(part) / 10 for part in expecting._bits(given))
    years = RECORD.days[found.rollcall].astype("datetime64[Y]").astype(np.intp)
    maps, at = calibrated(found.ahead, found.choice, years)
    here = found.rollcall == row
    mine = np.flatnonzero(here & (found.state == state))[0]
    ahead = expecting._mapped(found.ahead, maps, at)[mine, found.choice[mine]]
    own = found.state == state
    ranks = [
        f"{1 + (bits[among] > bits[mine]).sum():,} of {among.sum():,}"
        for among in (here, own, np.ones_like(own))
    ]
    print(
        f"{name}: {bits[mine]:.1f} bits ({low[mine]:.1f} to {high[mine]:.1f}), ranks {ranks}, "
        f"ahead {-np.log2(ahead):.1f}; chances {given.probability[mine].round(2)}"
    )


def backtest() -> None:
    """Every third vote on a recurring text since 1990, forecast from before its day."""
    prior = ASSEMBLY[DIMS]
    standing = beginning(prior)
    last_roll: dict[int, int] = {}
    again, anew = [], []
    rng = np.random.default_rng(0)
    found: dict[float, list[tuple[bool, float, int]]] = {1.0: [], 2.0: [], 4.0: []}
    repeated: list[np.ndarray] = []
    going = days_of(CHOICES, TIMES, prior, standing, names=NAMES)
    number = 0
    for now in np.unique(TIMES):
        for at in np.flatnonzero(now == TIMES).tolist():
            name = int(NAMES[at, 0])
            if name in last_roll and YEARS[at] >= 1990:
                here = np.flatnonzero(CHOICES[at] <= 3)
                before = CHOICES[last_roll[name], here]
                cast = CHOICES[at, here] <= 2
                again.append(cast[before <= 2].mean())
                anew.append((cast[before > 2].sum(), (before > 2).sum()))
                number += 1
                if number % 3 == 0:
                    judge(standing, prior, at, now, here, before, rng, found)
                    repeated.append(repeats(standing, prior, at, now, here, before, rng))
            last_roll[name] = at
        next(going)
    shares = np.array(again)
    kept = shares.clip(0.01, 0.995)
    spread = np.log(kept / (1 - kept)).std()
    print(f"cast again {shares.mean():.3f}, sd of log odds {spread:.2f};", end=" ")
    print("cast anew", np.array(anew).sum(axis=0))
    model, stayed = np.concatenate(repeated).T
    for stays in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        loss = -np.log(((1 - stays) * model + stays * stayed).clip(1e-4)).mean()
        print(f"chance {stays:.1f} to repeat the last choice: log loss {loss:.4f}")
    for wider, judged in found.items():
        held, width, miss = (np.array(part, dtype=float) for part in zip(*judged, strict=True))
        print(
            f"texts {wider:g} times as uncertain: {len(held):,} votes, 90 % interval of Yes holds "
            f"{held.mean():.3f}, mean width {width.mean():.1f}, mean miss of median "
            f"{np.abs(miss).mean():.1f}, bias {miss.mean():+.1f}"
        )


def judge(standing, prior, at, now, here, before, rng, found) -> None:
    positions = forecast.positions_now(standing, here, float(now), prior)
    truth = int((CHOICES[at] == 0).sum())
    for wider, judged in found.items():
        forecast._WIDER = wider
        mean, cov = forecast.text_now(standing, int(NAMES[at, 0]), prior, prior.same)
        low, middle, high = forecast.simulated(
            positions, mean, cov, before, rng, draws=400
        ).interval(0)
        judged.append((low <= truth <= high, high - low, middle - truth))


def repeats(standing, prior, at, now, here, before, rng) -> np.ndarray:
    """Of states that cast both times: the model's chance of the choice made, and if it stayed."""
    forecast._WIDER = 1.0
    mean, cov = forecast.text_now(standing, int(NAMES[at, 0]), prior, prior.same)
    positions = forecast.positions_now(standing, here, float(now), prior)
    chances = forecast.simulated(positions, mean, cov, before, rng, draws=400, stays=0.0).chances
    both = np.flatnonzero((before <= 2) & (CHOICES[at, here] <= 2))
    made = CHOICES[at, here[both]]
    return np.stack([chances[both, made], (before[both] == made).astype(float)], axis=1)


def priors() -> None:
    told: list[tuple] = []
    keep = passing.remember

    def remembered(names, casts, texts, standing) -> None:
        sides = np.stack([(casts == side).any(axis=1) for side in range(3)]).sum(axis=0)
        told.append((texts.mean[sides > 1], texts.matrix[sides > 1]))
        keep(names, casts, texts, standing)

    passing.remember = remembered
    for dims, prior in ASSEMBLY.items():
        told.clear()
        forward(CHOICES, TIMES, prior, beginning(prior), names=NAMES)
        mean, cov = (np.concatenate(part) for part in zip(*told, strict=True))
        print(dims, np.round(mean.mean(axis=0), 2).tolist())
        print(np.round(np.cov(mean.T) + cov.mean(axis=0), 2).tolist(), flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
