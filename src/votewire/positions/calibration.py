"""Probabilities that come true as often as they say, by a map learned from earlier years alone.

The map of a year has slopes and intercepts for the odds of Yes and of not No, and a share of casts
that follow no model (a wrong button, a delegate without instructions), spread over the choices as
they were. It is learned anew at each turn of the year from all casts before it, which are counted
in a grid of the two odds, so that it costs next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from votewire.positions.chances import Chances
from votewire.positions.filtering import slopes

__all__ = ["Grid", "Map", "calibrated", "learned"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Choices = NDArray[np.int8]

# Of the variance of odds, the share that is used: the whole made chances too even (log loss .2135,
# against .2122 with a half and .2117 with a quarter).
_SPREAD = 0.5
_WIDTH, _END = 0.25, 20.0  # of the grid's cells, and where the odds end
_SIDE = int(2 * _END / _WIDTH) + 1
_TURNS = 12  # of expectation-maximisation, from the map of the year before
_HELD = 50.0  # precision that holds slopes to 1 and intercepts to 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """P(choice) = (1 - lapse) (ordered logistic of slope * odds + shift) + lapse * lapsed.

    slope, shift: of the odds of Yes and of not No. lapsed (3,): shares of the choices of casts that
    follow no model.
    """

    slope: tuple[float, float] = (1.0, 1.0)
    shift: tuple[float, float] = (0.0, 0.0)
    lapse: float = 0.005
    lapsed: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)

    def of(self, yes: Floats, not_no: Floats) -> Floats:
        """(n, 3) the chances of Yes, abstaining and No."""
        return self.mixed(self.modelled(yes, not_no))

    def modelled(self, yes: Floats, not_no: Floats) -> Floats:
        """(n, 3) the same of casts that follow the model."""
        one = self.slope[0] * yes + self.shift[0]
        two = np.maximum(self.slope[1] * not_no + self.shift[1], one)
        first, last = 1 / (1 + np.exp(-one)), 1 / (1 + np.exp(two))
        return np.stack([first, (1 - first - last).clip(0.0), last], axis=-1)

    def mixed(self, modelled: Floats) -> Floats:
        """(n, 3) the chances of all casts from those of casts that follow the model."""
        return (1 - self.lapse) * modelled + self.lapse * np.array(self.lapsed)


@dataclass(slots=True)
class Grid:
    """Casts counted by their two odds: choices (cells, 3), and sums of the odds in each cell."""

    choices: Floats = field(default_factory=lambda: np.zeros((_SIDE * _SIDE, 3)))
    yes: Floats = field(default_factory=lambda: np.zeros(_SIDE * _SIDE))
    not_no: Floats = field(default_factory=lambda: np.zeros(_SIDE * _SIDE))

    def add(self, yes: Floats, not_no: Floats, choice: Choices) -> None:
        """Counts casts in."""
        at = _cell(yes) * _SIDE + _cell(not_no)
        size = _SIDE * _SIDE
        for k in range(3):
            self.choices[:, k] += np.bincount(at[choice == k], minlength=size)
        self.yes += np.bincount(at, yes, minlength=size)
        self.not_no += np.bincount(at, not_no, minlength=size)


def odds_of(chances: Chances, z: float | None = None) -> tuple[Floats, Floats]:
    """The odds of Yes and of not No on average over what state and text may be; or z from it."""
    if z is None:
        by = 1 / np.sqrt(1 + np.pi / 8 * _SPREAD * chances.spread)
        yes, not_no = by * chances.yes, by * chances.not_no
    else:
        away = z * np.sqrt(_SPREAD * chances.spread)
        yes, not_no = chances.yes + away, chances.not_no + away
    return yes.clip(-_END, _END), not_no.clip(-_END, _END)


def calibrated(chances: Chances, choice: Choices, years: Ints) -> tuple[list[Map], Ints]:
    """The map of each year, and which of them each cast has; years (n,) in order of time."""
    yes, not_no = odds_of(chances)
    grid, maps = Grid(), [Map()]
    names, starts = np.unique(years, return_index=True)
    for start, end in zip(starts, [*starts[1:], len(years)], strict=True):
        part = slice(start, end)
        grid.add(yes[part], not_no[part], choice[part])
        maps.append(learned(grid, maps[-1]))
    return maps, np.searchsorted(names, years)


def learned(grid: Grid, begin: Map) -> Map:
    """The map under which the casts of a grid are likeliest, searched from another.

    By expectation-maximisation: which casts follow the model, then one Newton step of the model's
    slopes and intercepts, and the shares of the others.
    """
    kept = np.flatnonzero(grid.choices.sum(axis=1))
    counts = grid.choices[kept]
    total = counts.sum(axis=1)
    yes, not_no = grid.yes[kept] / total, grid.not_no[kept] / total
    found = begin
    for _ in range(_TURNS):
        modelled = found.modelled(yes, not_no)
        follow = (1 - found.lapse) * modelled / found.mixed(modelled)
        others = (counts * (1 - follow)).sum(axis=0) + 1 / 3
        found = _turned(found, yes, not_no, counts * follow, others, counts.sum() + 100.0)
    return found


def _turned(
    begin: Map, yes: Floats, not_no: Floats, counts: Floats, others: Floats, casts: float
) -> Map:
    """The map after one Newton step with the share of each cast that follows the model."""
    slope, shift = np.array(begin.slope), np.array(begin.shift)
    held = np.full(4, _HELD)
    gradient, curvature = -held * np.array([*(slope - 1), *shift]), np.diag(held)
    one = slope[0] * yes + shift[0]
    gap = np.maximum(slope[1] * not_no + shift[1] - one, 1e-2)
    nothing = np.zeros_like(one)
    x = np.stack([yes, not_no, np.ones_like(yes), np.ones_like(yes)], axis=-1)
    first, last = np.array([1, 0, 1, 0.0]), np.array([0, 1, 0, 1.0])
    # The gap's own term of an abstention: log(exp(gap) - 1), gap = two - one.
    spread = np.expm1(gap)
    for k in range(3):
        s = slopes(np.full(len(yes), k), -one, nothing, gap, nothing, nothing)
        n = counts[:, k]
        r1, r2 = -s.r1, -s.r2
        w1, w2, cross = s.w1, s.w2, nothing
        if k == 1:
            own, bend = 1 / spread, (1 + 1 / spread) / spread
            # d log P / d two = own + 1 + r2, / d one = r1 - own - 1
            r1, r2 = r1 - 1 - own, r2 + 1 + own
            w1, w2, cross = w1 + bend, w2 + bend, -bend
        gradient += (n * r1) @ (x * first) + (n * r2) @ (x * last)
        curvature += (x * first).T @ ((n * w1)[:, None] * x * first)
        curvature += (x * last).T @ ((n * w2)[:, None] * x * last)
        mixed = (x * first).T @ ((n * cross)[:, None] * x * last)
        curvature += mixed + mixed.T
    move = np.linalg.solve(curvature, gradient).clip(-0.3, 0.3)
    slope, shift = slope + move[:2], shift + move[2:]
    return Map(
        slope=(float(slope[0]), float(slope[1])),
        shift=(float(shift[0]), float(shift[1])),
        lapse=float(others.sum() / casts),
        lapsed=tuple(float(a) for a in others / others.sum()),  # type: ignore[arg-type]
    )


def _cell(odds: Floats) -> Ints:
    return np.rint((odds + _END) / _WIDTH).astype(np.intp)
