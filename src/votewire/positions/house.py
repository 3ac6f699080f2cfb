"""Voteview's houses fitted: members of a Congress as states, Congresses as periods.

Yes and No are all that a member of Congress can vote: the two-choice case of the model, that of
Clinton, Jackman and Rivers (2004). Nobody abstains, which draws the two cutpoints of a text
together as far as their prior lets them; a chance here is that of a Yes given a vote. Who is in
several Congresses has a position in each, which walks as that of a state does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.errors import FitError
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.posterior import posterior_of
from votewire.positions.problem import Problem, problem_of
from votewire.positions.sessions import start_by_component
from votewire.positions.sweeps import item_terms
from votewire.record import Choice
from votewire.record.readers.voteview import House

__all__ = ["HouseFit", "Rolls", "chances", "fit_house", "rolls_of", "without"]

Floats = NDArray[np.float64]

_WIDE = 1.6448536269514722  # standard deviations on each side of a 90 % interval
_SIDES = {"Republican": 1.0, "Democrat": -1.0}  # as NOMINATE has them


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolls:
    """The rolls of one chamber in one Congress or several, in order of time.

    choices: (n, s) Choice codes. congresses: (n,) the Congress of each rollcall. rollcalls: (n,)
    ids, such as S118-1. ids: (s,) the members (icpsr). members: congress, id, name, state, party,
    nominate_dim1; a row for each member of each Congress.
    """

    chamber: str
    choices: NDArray[np.int8]
    congresses: tuple[int, ...]
    rollcalls: tuple[str, ...]
    ids: tuple[str, ...]
    members: pl.DataFrame

    def problem(self) -> Problem:
        """The problem that they make, its periods named by the Congress; see `problem_of`."""
        return problem_of(
            self.choices,
            [str(number) for number in self.congresses],
            states=self.ids,
            times=[float(number) for number in dict.fromkeys(self.congresses)],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseFit:
    """Positions of the members of a chamber; the side of the Republicans is the positive one.

    table: congress, id, name, state, party, mean, sd, q05, q95 (90 % interval), n_casts,
    nominate_dim1 (Voteview's estimate, null where it has none); a row for each member and Congress
    with a vote on a contested rollcall, by Congress and from the positive end.
    """

    rolls: Rolls
    fitted: Fitted
    table: pl.DataFrame


def rolls_of(houses: Sequence[House]) -> Rolls:
    """The rolls of several Congresses of one chamber, as one matrix; a member is one column.

    Raises FitError where no house is given, chambers are mixed or a Congress stands twice.
    """
    chamber = _one_chamber(houses)
    ordered = sorted(houses, key=lambda house: house.congress)
    ids = sorted({member for house in ordered for member in house.matrix.states})
    column = {member: at for at, member in enumerate(ids)}
    parts = []
    for house in ordered:
        part = np.full((len(house.matrix.values), len(ids)), Choice.NOT_MEMBER, dtype=np.int8)
        part[:, [column[member] for member in house.matrix.states]] = house.matrix.values
        parts.append(part)
    return Rolls(
        chamber=chamber,
        choices=np.concatenate(parts),
        congresses=tuple(house.congress for house in ordered for _ in house.matrix.rollcalls),
        rollcalls=tuple(rollcall for house in ordered for rollcall in house.matrix.rollcalls),
        ids=tuple(ids),
        members=pl.concat(
            house.members.select(
                pl.lit(house.congress, pl.Int64).alias("congress"),
                *("id", "name", "state", "party", "nominate_dim1"),
            )
            for house in ordered
        ),
    )


def fit_house(rolls: Rolls, *, on_sweep: Callable[[int, float], None] | None = None) -> HouseFit:
    """The positions of a chamber's members, all Congresses given at once, on one scale.

    Raises FitError where nothing can be fitted: no contested rollcall, one member alone, or
    Congresses that no member connects.
    """
    problem = rolls.problem()
    start = start_by_component(problem)
    fitted = fit_problem(problem, _turned(start, rolls, problem), on_sweep=on_sweep)
    return HouseFit(rolls=rolls, fitted=fitted, table=_table(fitted, rolls))


def chances(fit: HouseFit) -> Floats:
    """(n, s) the chance of a Yes given a vote, in the order of the rolls; NaN where none is known.

    Averaged over the uncertainty of position and text, each a normal distribution: E[F(x)] is near
    F(x / sqrt(1 + pi v / 8)). Known on contested rollcalls, of all who have a position then.
    """
    fitted, rolls = fit.fitted, fit.rolls
    found = np.full(rolls.choices.shape, np.nan)
    begin = 0
    for t, block in enumerate(fitted.problem.blocks):
        rows = fitted.problem.rows[begin : begin + len(block.items)]
        found[np.ix_(rows, block.columns)] = _of_block(fitted, t)
        begin += len(block.items)
    return found


def without(rolls: Rolls, left_out: NDArray[np.bool_]) -> Rolls:
    """The same rolls with some casts (n, s) left out, as if those members had not voted."""
    choices = np.where(left_out, np.int8(Choice.NON_VOTING), rolls.choices)
    return replace(rolls, choices=choices)


def _one_chamber(houses: Sequence[House]) -> str:
    chambers = sorted({house.chamber for house in houses})
    numbers = sorted(house.congress for house in houses)
    if len(chambers) != 1:
        said = " and ".join(chambers) or "no chamber"
        raise FitError(f"{said} given: fit one chamber at a time, the House or the Senate.")
    twice = [a for a, b in pairwise(numbers) if a == b]
    if twice:
        raise FitError(f"Congress {twice[0]} is given twice: give each Congress once.")
    return chambers[0]


def _turned(start: Floats, rolls: Rolls, problem: Problem) -> Floats:
    """The start with Republicans on the positive side of Democrats; as it is where neither is."""
    party = dict(rolls.members.select("id", "party").iter_rows())
    side = np.array([_SIDES.get(party[member] or "", 0.0) for member in problem.states])
    toward = float((start[:, :, 0] * problem.present * side).sum())
    return -start if toward < 0 else start


def _table(fitted: Fitted, rolls: Rolls) -> pl.DataFrame:
    layout, problem, found = fitted.layout, fitted.problem, posterior_of(fitted)
    casts = np.zeros(len(layout), dtype=np.int64)
    for at, block in zip(layout.columns, problem.blocks, strict=True):
        casts[at] = (block.casts <= Choice.NO).sum(axis=0)
    mean, sd = found.mean[:, 0], found.sd[:, 0]
    table = pl.DataFrame(
        {
            "congress": np.array([int(label) for label in problem.periods])[layout.period],
            "id": np.array(problem.states)[layout.state],
            "mean": mean,
            "sd": sd,
            "q05": mean - _WIDE * sd,
            "q95": mean + _WIDE * sd,
            "n_casts": casts,
        }
    )
    joined = table.join(rolls.members, on=["congress", "id"], how="left")
    return joined.sort("congress", "mean", "id", descending=[False, True, False]).select(
        *("congress", "id", "name", "state", "party", "mean", "sd", "q05", "q95", "n_casts"),
        "nominate_dim1",
    )


def _of_block(fitted: Fitted, t: int) -> Floats:
    """(r, n) the chance of a Yes given a vote on the rollcalls of one period."""
    at, block = fitted.layout.columns[t], fitted.problem.blocks[t]
    theta, var = fitted.positions.mean[at], fitted.positions.var[at]
    beta, c1, c2, bb, b1, b2, v1, v2 = (
        part.astype(float) for part in item_terms(fitted.items, block.items)
    )
    eta = beta @ theta.T
    spread = np.einsum("nk,rkm,nm->rn", theta, bb, theta) + np.einsum("rkm,nkm->rn", bb, var)
    spread += np.einsum("rk,nkm,rm->rn", beta, var, beta)
    yes = _logistic(c1[:, None] - eta, spread - 2 * b1 @ theta.T + v1[:, None])
    no = _logistic(eta - c2[:, None], spread - 2 * b2 @ theta.T + v2[:, None])
    return np.asarray(yes / (yes + no))


def _logistic(mean: Floats, variance: Floats) -> Floats:
    """The expected F of a normal variable, kept off 0 and 1 by its last digits."""
    x = mean / np.sqrt(1 + np.pi * variance.clip(min=0.0) / 8)
    return np.asarray(1 / (1 + np.exp(-x.clip(-30.0, 30.0))))
