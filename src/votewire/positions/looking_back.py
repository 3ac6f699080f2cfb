"""What the prior `bsv` is made of: how a position looks back, and the rolls in order of text."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from votewire.positions.kernels.gibbs import Rolls, Texts
from votewire.positions.problem import MISSING, Problem
from votewire.positions.sweeps import Layout

__all__ = ["LookingBack", "first_texts", "looking_back", "rolls_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_SMOOTH = 0.5  # a step between two sessions of equally many casts has half of it as variance
_MOVE = 1.5  # moves of a cutpoint in its rough standard deviations, to begin with


@dataclass(frozen=True, slots=True, kw_only=True)
class LookingBack:
    """The prior of m state-periods, in the order of a layout.

    last: (m,) the state-period whose mean is the prior's: the state's one before, for its first the
    second. alone: (m,) where a state has one only, whose prior has mean 0. precision: (m,).
    """

    last: Ints
    alone: NDArray[np.bool_]
    precision: Floats


def looking_back(layout: Layout) -> LookingBack:
    """The prior of each position of a problem: variance .5 n / (n + n_last), n in casts."""
    n = np.empty(len(layout))
    for at, block in zip(layout.columns, layout.problem.blocks, strict=True):
        n[at] = (block.casts != MISSING).sum(axis=0)
    here = np.arange(len(layout))
    second = np.minimum(here + 1, len(layout) - 1)
    last = np.where(layout.first, second, here - 1)
    alone = (layout.state[last] != layout.state) | (last == here)
    share = np.where(alone, 1.0, n / (n + n[last]))
    return LookingBack(
        last=np.where(alone, here, last), alone=alone, precision=1 / (_SMOOTH * share)
    )


def rolls_of(problem: Problem) -> Rolls:
    """The rolls of a problem by text; a row's states stand where those of its block begin."""
    items = np.concatenate([block.items for block in problem.blocks])
    wide = np.array([len(block.columns) for block in problem.blocks])
    of_row = np.repeat(np.arange(len(wide)), [len(block.items) for block in problem.blocks])
    order = np.argsort(items, kind="stable")
    rows = [row for block in problem.blocks for row in block.casts]
    return Rolls(
        casts=np.concatenate([rows[at] for at in order]),
        begin=np.concatenate([[0], np.cumsum(wide[of_row[order]])]).astype(np.int64),
        place=np.concatenate([[0], np.cumsum(wide)])[of_row[order]].astype(np.int64),
        first=np.searchsorted(items[order], np.arange(problem.items + 1)).astype(np.int64),
    )


def first_texts(rolls: Rolls) -> Texts:
    """Where texts begin: no discrimination, cutpoints at the shares of Yes and abstention."""
    cells = rolls.begin[rolls.first[:-1]]
    n = np.array([np.add.reduceat((rolls.casts == side).astype(float), cells) for side in range(3)])
    total = n.sum(axis=0)
    at = np.vectorize(NormalDist().inv_cdf, otypes=[np.float64])
    c1 = at((n[0] + 0.5) / (total + 1.5))
    gap = at((n[0] + n[1] + 1.0) / (total + 1.5)) - c1
    spread = np.sqrt((n[0] + 0.5) * (n[1] + n[2] + 1.0) / (total + 1.5) ** 3)
    density = np.exp(-0.5 * c1**2) / np.sqrt(2 * np.pi)
    return Texts(
        beta=np.zeros(len(c1)),
        c1=c1,
        gap=gap,
        scale=_MOVE * spread / density,
        gap_scale=_MOVE * gap / np.sqrt(n[1] + 1.0),
        accepted=np.zeros(len(c1), dtype=np.int64),
    )
