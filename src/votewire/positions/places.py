"""Where each position stands in the vector of all, period by period, gaps filled with places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.positions.sweeps import Layout, Steps

__all__ = ["Places", "Rows", "rows_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Which states have a place in each period's block.

    states: for each period those whose first position is not after it nor their last before it: one
    that is absent in between has a place without data, its step divided over the gap, which changes
    nothing of the others' posterior. at: for each period the places of those present.
    """

    states: list[Ints]
    at: list[Ints]


def rows_of(layout: Layout) -> Rows:
    """The places of the states in each period."""
    present = layout.problem.present
    begun = np.logical_or.accumulate(present, axis=0)
    lasting = np.logical_or.accumulate(present[::-1], axis=0)[::-1]
    alive = begun & lasting
    states = [np.flatnonzero(here) for here in alive]
    at = [np.searchsorted(s, np.flatnonzero(p)) for s, p in zip(states, present, strict=True)]
    return Rows(states=states, at=at)


class Places:
    """Where each state-period stands in the vector of all, which goes period by period.

    A state that is absent in between has a place without casts (`posterior_blocks.Rows`). of (m,):
    the place of each state-period. begin (t + 1,): where each period's places begin. before, after
    (e,): the places of one state in neighbouring periods. step (e,): the state-period whose step
    lies between them, share (e,): by how much its precision is multiplied there, a step over a gap
    being divided. edges (t,): where each period's pairs with the next begin.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.rows: Rows = rows_of(layout)
        self.begin = np.cumsum([0, *map(len, self.rows.states)])
        self.size = int(self.begin[-1])
        self.of = np.empty(len(layout), dtype=np.intp)
        for t, (at, places) in enumerate(zip(layout.columns, self.rows.at, strict=True)):
            self.of[at] = self.begin[t] + places
        pairs = [self._pairs(t) for t in range(len(self.rows.states) - 1)]
        self.edges = np.cumsum([0, *(len(found[0]) for found in pairs)])
        none = np.zeros(0, dtype=np.intp)
        self.before = np.concatenate([none, *(found[0] for found in pairs)])
        self.after = np.concatenate([none, *(found[1] for found in pairs)])
        states = np.concatenate([none, *(found[2] for found in pairs)])
        period = np.repeat(np.arange(len(pairs)), np.diff(self.edges))
        self.step = _under_way(layout)[period, states]
        apart = np.diff(layout.problem.times)[period]
        self.share = layout.gap[self.step] / apart

    def _pairs(self, t: int) -> tuple[Ints, Ints, Ints]:
        one, two = self.rows.states[t], self.rows.states[t + 1]
        both, here, there = np.intersect1d(one, two, return_indices=True)
        return self.begin[t] + here, self.begin[t + 1] + there, both

    def pull(self, steps: Steps) -> tuple[Floats, Floats]:
        """(e,) and (p,): the prior of the paths as the places have it."""
        diagonal = np.zeros(self.size)
        diagonal[self.of] = steps.diagonal
        return steps.precision[self.step] * self.share, diagonal

    def spread(self, values: Floats) -> Floats:
        """(p, K) of (m, K): a place without casts has the value before it."""
        found = np.zeros((self.size, values.shape[1]))
        found[self.of] = values
        empty = np.ones(self.size, dtype=bool)
        empty[self.of] = False
        for before, after in zip(self.before, self.after, strict=True):
            if empty[after]:
                found[after] = found[before]
        return found


def _under_way(layout: Layout) -> Ints:
    """(t, s) the state-period whose step is under way after each period."""
    found = np.zeros(layout.problem.present.shape, dtype=np.intp)
    for q in np.flatnonzero(~layout.first):
        found[layout.period[q - 1] : layout.period[q], layout.state[q]] = q
    return found
