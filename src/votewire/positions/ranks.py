"""One cast at a time: its surprise and its ranks, without unpacking the million others.

A page tells of one or two votes, and a check of it should not take a quarter of a second for them.
The figures come from the cast's block of the kept file, the ranks from its counts of casts.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.positions.expected import read_content
from votewire.positions.expecting import Surprises, casts_among, rolls_of
from votewire.positions.headed import BROKEN
from votewire.positions.result import Fit
from votewire.positions.shrinking import BLOCK, block_of, counts_of, tenths
from votewire.positions.tables import size_ranks
from votewire.record import Choice, Record

__all__ = ["CastRanks", "ShiftRanks", "cast_ranks"]

Ints = NDArray[np.intp]


def cast_ranks(record: Record) -> CastRanks | None:
    """The shipped surprises of a record, cast by cast; None of another record than the shipped."""
    try:
        content = read_content(record)
        return None if content is None else CastRanks(record, content)
    except BROKEN:
        return None


class CastRanks:
    """Surprise and ranks of single casts, with one dimension.

    content: of the kept file. What is unpacked is kept: all blocks together are 30 MB.
    """

    def __init__(self, record: Record, content: bytes) -> None:
        counts = counts_of(content)
        self._record, self._content = record, content
        self._rolls = rolls_of(record)
        self._own = counts.sum(axis=2)
        # (2, states, tenths): how many casts of the state are more surprising.
        self._above = counts[:, :, ::-1].cumsum(axis=2)[:, :, ::-1] - counts
        self._all, self._above_all = self._own.sum(axis=1), self._above.sum(axis=1)
        self._block = cache(self._unpacked)

    def of_cast(self, row: int, state: str) -> dict[str, Any] | None:
        """One state's cast on the rollcall in a row of the record; None where nothing expected it.

        choice, bits, low, high, bits3; rank_here of here, rank_own of own, rank_all of all: its
        rank on the rollcall, among the state's own casts and among all of the chamber. Rank 1 is
        the most surprising; equal figures, in tenths of a bit, share one.
        """
        found = self._block(row // BLOCK)
        if found is None:
            return None
        start, end = np.searchsorted(found.row, [row, row + 1]).tolist()
        who = states.codes().index(state)
        at = start + np.flatnonzero(found.state[start:end] == who)
        if not at.size:
            return None
        k = int(at[0])
        chamber = int(found.council[k])
        steps = tenths(found.bits[start:end])
        step = int(steps[k - start])
        return {
            "choice": Choice(int(found.choice[k])).label,
            **{name: float(getattr(found, name)[k]) for name in ("bits", "low", "high", "bits3")},
            "rank_here": int((steps > step).sum()) + 1,
            "here": end - start,
            "rank_own": int(self._above[chamber, who, step]) + 1,
            "own": int(self._own[chamber, who]),
            "rank_all": int(self._above_all[chamber, step]) + 1,
            "all": int(self._all[chamber]),
        }

    def _unpacked(self, number: int) -> Surprises | None:
        low, high = np.searchsorted(self._rolls, [number * BLOCK, (number + 1) * BLOCK])
        if low == high:
            return None
        return block_of(casts_among(self._record, self._rolls[low:high]), self._content, number)


class ShiftRanks:
    """The moves of a fit in its first dimension, one by one, with their rank by size."""

    def __init__(self, fit: Fit) -> None:
        later = np.flatnonzero(~fit.first)
        labels = [int(label) for label in fit.periods]
        whose, when = fit.state[later].tolist(), fit.period[later].tolist()
        moves = [(fit.states[s], labels[p]) for s, p in zip(whose, when, strict=True)]
        ranks = size_ranks(fit.shift[later])[:, 0].tolist()
        self._fit = fit
        self._at = dict(zip(moves, zip(later.tolist(), ranks, strict=True), strict=True))

    def of_session(self, state: str, session: int) -> dict[str, Any] | None:
        """shift, q05, q95, rank, of: as in `shift_table`; None where there is no such move."""
        found = self._at.get((state, session))
        if found is None:
            return None
        k, rank = found
        figures = {"shift": self._fit.shift, "q05": self._fit.shift_q05, "q95": self._fit.shift_q95}
        told = {name: float(values[k, 0]) for name, values in figures.items()}
        return {**told, "rank": rank, "of": len(self._at)}
