"""What the model of positions says of a shift: the surprise of the page's votes, the move itself.

Both are read from the files that come with the record, which know nothing of a user's additions; of
another record the page is told nothing of them, since a fit takes longer than a check should.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import isnan
from typing import Any

import numpy as np

from votewire import states
from votewire.check.report import Figure, Moved
from votewire.positions.ranks import CastRanks, ShiftRanks, cast_ranks
from votewire.positions.ready import ready
from votewire.positions.result import Fit
from votewire.positions.sessions import regular_sessions
from votewire.record import Chamber, Record, Rollcall
from votewire.record.beneath import beneath, told_without

__all__ = ["moves"]

_SURPRISE = (
    "surprise in bits: -log2 of the probability that a model in one dimension gave the choice, "
    "from all casts before that day and the others' on the same rollcall"
)
_SHIFT = (
    "the state's position on the general dimension less its last one, over all rollcalls of the "
    "session; all positions have standard deviation 1"
)

_VOTED = {"yes": "voting Yes", "no": "voting No", "abstain": "abstaining"}


def moves(votes: Sequence[Rollcall], actor: str, record: Record) -> Iterator[Moved]:
    """A sentence and its figure for each of the page's votes, and for the session's position.

    Nothing for a rollcall of which there is no expectation, nor for a record without a ready fit.
    The last says where the figures leave a user's additions out.
    """
    shipped = beneath(record)
    found = list(_moves([vote for vote in votes if vote.id not in record.own], actor, shipped))
    without = told_without(record, shipped.hash, "Positions and surprises are")
    if found and without:
        found[-1] = replace(found[-1], told=f"{found[-1].told} {without[0]}")
    yield from found


def _moves(votes: Sequence[Rollcall], actor: str, record: Record) -> Iterator[Moved]:
    each = {vote.id: vote for vote in votes}.values()
    ordered = sorted(each, key=lambda vote: (vote.date, vote.id))
    for vote in ordered:
        yield from _surprise(record, vote, actor)
    last = [vote for vote in ordered if vote.chamber == Chamber.GA][-1:]
    if last:
        yield from _shift(record, actor, _session(record, record.row_of(last[0].id)))


@lru_cache(maxsize=2)
def _casts(record: Record) -> CastRanks | None:
    return cast_ranks(record)


@lru_cache(maxsize=4096)
def _session(record: Record, row: int) -> int:
    return int(regular_sessions(record, np.array([row]))[0])


@lru_cache(maxsize=2)
def _ready(record: Record) -> tuple[Fit, ShiftRanks] | None:
    fit = ready(record)
    return None if fit is None else (fit, ShiftRanks(fit))


# Many pages of a day report the same votes of the same state.
@lru_cache(maxsize=4096)
def _cast(record: Record, row: int, actor: str) -> dict[str, Any] | None:
    found = _casts(record)
    return None if found is None else found.of_cast(row, actor)


def _surprise(record: Record, vote: Rollcall, actor: str) -> Iterator[Moved]:
    row = _cast(record, record.row_of(vote.id), actor)
    if row is None:
        return
    where = "Assembly" if vote.chamber == Chamber.GA else "Council"
    name = f"surprise of {states.name_of(actor)} on {vote.name}, bits"
    told = (
        f"{states.name_of(actor)} {_VOTED[row['choice']]} on {vote.name} was a surprise of "
        f"{row['bits']:.1f} bits on the chamber's main line of division (90 % interval "
        f"{row['low']:.1f} to {row['high']:.1f}): number {row['rank_here']} of {row['here']} casts "
        f"on it, number {row['rank_own']:,} of the state's own {row['own']:,} and "
        f"{row['rank_all']:,} of all {row['all']:,} in the {where}. To a model of three "
        f"dimensions, which knows in whose company it voted, {row['bits3']:.1f} bits."
    )
    figure = Figure(
        name=name,
        period=str(vote.date),
        value=row["bits"],
        low=row["low"],
        high=row["high"],
        n=row["all"],
        definition=_SURPRISE,
    )
    yield Moved(told=told, figure=figure)


@lru_cache(maxsize=4096)
def _shift(record: Record, actor: str, session: int) -> tuple[Moved, ...]:
    found = _ready(record)
    row = None if found is None else found[1].of_session(actor, session)
    if found is None or row is None:
        return ()
    name = f"shift of {states.name_of(actor)}, session {session}"
    told = (
        f"Over all votes of session {session}, the general position of {states.name_of(actor)} "
        f"moved by {row['shift']:+.2f} (90 % interval {row['q05']:+.2f} to {row['q95']:+.2f}), "
        f"number {row['rank']:,} by size of {row['of']:,} moves of states since 1946"
        f"{_placebo(found[0])}."
    )
    figure = Figure(
        name=name,
        period=f"session {session}",
        value=row["shift"],
        low=row["q05"],
        high=row["q95"],
        n=row["of"],
        definition=_SHIFT,
    )
    return (Moved(told=told, figure=figure),)


def _placebo(fit: Fit) -> str:
    """How often such a move is found where there is none: with dates shuffled."""
    rate = fit.facts.get("placebo", {}).get("rate", float("nan"))
    return (
        "" if isnan(rate) else f"; on shuffled dates {rate:.1%} of moves have an interval without 0"
    )
