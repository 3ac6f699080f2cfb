"""Which rollcall of one source is which of another: by a symbol to trust, else by the roll.

Two sources of one vote agree on nearly every state; two votes on one text, even on the same
afternoon, seldom do, since different members are out of the room. So the roll itself is the key,
and a symbol only makes the threshold milder. Each rollcall is paired at most once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.record.merging import rolls
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.tables import Kind

__all__ = ["Pair", "match", "share_apart", "whole_text"]

# Shares of the states that both rolls have and that differ. Of the 4,998 pairs
# found, 99.6 % are at most .05 apart, and no pair of different votes of one month was below .06
# unless nearly everybody voted alike; see docs/explanation/the-record.md.
WITH_SYMBOL = 0.15
WITH_TALLY = 0.10
BY_ROLL = 0.05
_MONTHS = 1
_ROUNDING = 1e-4  # 3 of 60 states are .05
_NOT_SAME = (2.0, 2.5)  # what another tally, and a part for a whole, weigh against states apart

Label = Callable[[ReadRollcall], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Rows of the two sequences that are one vote; how: `symbol`, `roll` or `title`."""

    kept: int
    other: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Candidate:
    score: float
    tie: tuple[object, ...]
    kept: int
    other: int


def match(
    kept: Sequence[ReadRollcall], other: Sequence[ReadRollcall], *, label: Label, title: Label
) -> list[Pair]:
    """The pairs, in the order of `kept`.

    label: a rollcall's symbol in a spelling that sources share, None where it cannot be trusted.
    title: what names a part of a text whose parts the sources count differently, None for others.
    The order of either sequence does not matter.
    """
    sides = _Sides(kept, other)
    steps = (
        ("symbol", _with_one_symbol(sides, label)),
        ("roll", _with_one_roll(sides)),
        ("title", _with_one_symbol(sides, title)),
    )
    pairs: list[Pair] = []
    for how, candidates in steps:
        free = _Free([(pair.kept, pair.other) for pair in pairs])
        taken = _taken(candidate for candidate in candidates if free(candidate))
        pairs += [Pair(kept=k, other=o, how=how) for k, o in taken]
    return sorted(pairs, key=lambda pair: (pair.kept, pair.other))


def share_apart(kept: ReadRollcall, other: ReadRollcall) -> float:
    """The share of the states in both rolls whose choices differ; 1.0 where no state is in both."""
    both = kept.casts.keys() & other.casts.keys()
    differ = sum(kept.casts[code] != other.casts[code] for code in both)
    return differ / len(both) if both else 1.0


def whole_text(rollcall: ReadRollcall) -> bool:
    """Whether it may be the vote on a text as a whole."""
    return rollcall.kind not in (Kind.PARAGRAPH, Kind.AMENDMENT, Kind.PROCEDURAL)


class _Sides:
    """Both sequences with what comparing them needs, made once."""

    def __init__(self, kept: Sequence[ReadRollcall], other: Sequence[ReadRollcall]) -> None:
        self.kept, self.other = kept, other
        self.kept_rolls, self.other_rolls = rolls.matrix(kept), rolls.matrix(other)
        self.kept_tally = [_tally(rollcall) for rollcall in kept]
        self.other_tally = [_tally(rollcall) for rollcall in other]

    def candidate(self, k: int, o: int, differ: float) -> _Candidate:
        """The pair with its score: states apart, and what else speaks against it."""
        one, two = self.kept[k], self.other[o]
        tally, whole = _NOT_SAME
        score = differ + tally * (self.kept_tally[k] != self.other_tally[o])
        score += whole * (whole_text(one) != whole_text(two))
        exact = one.date_exact and two.date_exact
        days = abs((one.date - two.date).days) if exact else 0
        unlike = (one.symbol != two.symbol, one.draft != two.draft, one.title != two.title)
        tie = (unlike[0], days, unlike[1:], one.source_key != two.source_key)
        last = (_place(one.source_key), tuple(-part for part in _place(two.source_key)))
        return _Candidate(score=score, tie=(*tie, last), kept=k, other=o)

    def same_tally(self, k: int, o: int) -> bool:
        """Whether both have the same yes, no and abstain."""
        return self.kept_tally[k] == self.other_tally[o]


class _Free:
    """Tells whether neither side of a candidate has been paired."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        self._kept = {k for k, _ in pairs}
        self._other = {o for _, o in pairs}

    def __call__(self, candidate: _Candidate) -> bool:
        return candidate.kept not in self._kept and candidate.other not in self._other


def _with_one_symbol(sides: _Sides, label: Label) -> Iterator[_Candidate]:
    labelled: dict[tuple[str, str], list[int]] = {}
    for k, rollcall in enumerate(sides.kept):
        name = label(rollcall)
        if name is not None:
            labelled.setdefault((rollcall.session, name), []).append(k)
    for o, rollcall in enumerate(sides.other):
        name = label(rollcall)
        for k in labelled.get((rollcall.session, name), []) if name is not None else []:
            differ, both = rolls.apart(sides.kept_rolls[k : k + 1], sides.other_rolls[o : o + 1])
            if both[0, 0] and differ[0, 0] <= WITH_SYMBOL * both[0, 0] + _ROUNDING:
                yield sides.candidate(k, o, float(differ[0, 0]))


def _with_one_roll(sides: _Sides) -> Iterator[_Candidate]:
    """Pairs of neighbouring months that are near enough."""
    kept_month, other_month = _months(sides.kept), _months(sides.other)
    for month in np.unique(other_month):
        near = np.flatnonzero(np.abs(kept_month - month) <= _MONTHS)
        here = np.flatnonzero(other_month == month)
        differ, both = rolls.apart(sides.kept_rolls[near], sides.other_rolls[here])
        close = (both > 0) & (differ <= WITH_TALLY * both + _ROUNDING)
        for row, column in zip(*np.nonzero(close), strict=True):
            k, o = int(near[row]), int(here[column])
            very_close = differ[row, column] <= BY_ROLL * both[row, column] + _ROUNDING
            if very_close or sides.same_tally(k, o):
                yield sides.candidate(k, o, float(differ[row, column]))


def _taken(candidates: Iterable[_Candidate]) -> list[tuple[int, int]]:
    """The best pairs first, no row twice."""
    kept: set[int] = set()
    other: set[int] = set()
    taken = []
    for candidate in sorted(candidates):
        if candidate.kept not in kept and candidate.other not in other:
            kept.add(candidate.kept)
            other.add(candidate.other)
            taken.append((candidate.kept, candidate.other))
    return taken


def _months(rollcalls: Sequence[ReadRollcall]) -> NDArray[np.int64]:
    return np.array([r.date.year * 12 + r.date.month for r in rollcalls], dtype=np.int64)


def _tally(rollcall: ReadRollcall) -> tuple[int | None, ...]:
    totals: Totals = rollcall.announced or count(rollcall.casts)
    return (totals.yes, totals.no, totals.abstain)


def _place(key: str) -> tuple[int, ...]:
    """A key as numbers that sort like it: digits as a number, else its letters."""
    return (int(key),) if key.isdigit() else tuple(key.encode())
