"""Fixed points reached sooner: Anderson's extrapolation over the last sweeps.

A sweep g(x) that creeps along a few directions tells, by how its moves g(x) - x changed over the
last sweeps, where they would end (Anderson 1965; Walker and Ni 2011).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Hastened"]

Floats = NDArray[np.float64]

_LONGEST = 1.0  # move of any position in one extrapolation
_RIDGE = 1e-6


class Hastened:
    """The sweeps seen, and where they lead. size: entries of x by which moves are judged."""

    def __init__(self, size: int, *, memory: int, every: int) -> None:
        self._size, self._memory, self._every = size, memory, every
        self._ends: list[Floats] = []
        self._moves: list[Floats] = []
        self._seen = 0

    def seen(self, x: Floats, end: Floats) -> Floats | None:
        """Where to go on from after a sweep from x to end; None: from its end."""
        self._ends = [*self._ends[-self._memory :], end]
        self._moves = [*self._moves[-self._memory :], end - x]
        self._seen += 1
        if self._seen % self._every or len(self._ends) < 3:
            return None
        return end + self._extrapolated()

    def _extrapolated(self) -> Floats:
        size = self._size
        bends = np.diff([move[:size] for move in self._moves], axis=0)
        scale = np.sqrt((bends**2).sum(axis=1)) + 1e-300
        bends /= scale[:, None]
        products = bends @ bends.T + _RIDGE * np.eye(len(bends))
        weights = np.linalg.solve(products, bends @ self._moves[-1][:size]) / scale
        move = np.zeros_like(self._ends[-1])
        for weight, before, after in zip(weights, self._ends, self._ends[1:], strict=False):
            move -= weight * (after - before)
        return np.asarray(move * min(1.0, _LONGEST / (np.abs(move[:size]).max() + 1e-300)))
