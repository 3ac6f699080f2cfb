"""One sweep of the fit: items given the states' positions, then positions given the items.

Both sides are normal distributions. Each step is Newton's on the expected log-likelihood to second
order, so that the uncertainty of the one side shrinks the other as it should: fitting both as
points pulls the extremes in and stretches the rest, since a period's scale is then a mode over
thousands of parameters and not a mean (docs/explanation/positions.md has the measurement).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire.positions.kernels import ItemTerms, smooth
from votewire.positions.kernels.passes import item_pass, item_steps, state_pass, terms_of
from votewire.positions.problem import Problem

__all__ = ["Items", "Layout", "Positions", "Steps", "item_terms", "sweep_items", "sweep_positions"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_STEP = 1.0  # longest move of an item's parameters in one Newton step
_MOVE = 0.6  # longest move of a position in one step; without it weak steps diverge
_SHARES = 2  # parts of a pass for each thread


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """The items' parameters (beta_1 .. beta_K, c, delta), c2 = c + exp(delta), and their prior.

    mean (j, K + 2), cov (j, K + 2, K + 2); prior_mean (K + 2,), prior_cov (K + 2, K + 2).
    """

    mean: Floats
    cov: Floats
    prior_mean: Floats
    prior_cov: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """The states' positions at each of m state-periods, ordered by state and then by period.

    mean (m, K), var (m, K, K), lag (m, K, K): covariance with the state's next one, 0 at the last.
    """

    mean: Floats
    var: Floats
    lag: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The prior of the paths, as a random walk and a pull to 0, the mean of all.

    precision (m,): of the step into each state-period, 0 for first ones. diagonal (m,): precision
    with which each position is drawn to 0; it may be below 0 within a path whose steps are not.
    """

    precision: Floats
    diagonal: Floats


class Layout:
    """Where each state-period of a problem stands among the m of them.

    index: (t, s) its number, -1 where a state is absent. start: (s + 1,) where each state's path
    begins. gap: (m,) periods since the state's last one, 0 at the first.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        present = problem.present.T
        self.index = np.full(problem.present.shape, -1, dtype=np.intp)
        self.index.T[present] = np.arange(present.sum())
        self.start = np.concatenate([[0], np.cumsum(present.sum(axis=1))]).astype(np.intp)
        state, period = np.nonzero(present)
        self.state, self.period = state, period
        times = problem.times[period]
        self.gap = np.where(np.diff(state, prepend=-1) == 0, np.diff(times, prepend=0.0), 0.0)
        self.first = self.gap == 0.0
        self.columns = [self.index[t, block.columns] for t, block in enumerate(problem.blocks)]

    def __len__(self) -> int:
        return int(self.start[-1])

    @cached_property
    def rolls(self) -> Rolls:
        """The rolls of all periods one after the other."""
        return _rolls(self)

    @cached_property
    def abstentions(self) -> Floats:
        """(items,) how many abstained on each item."""
        per = [(block.casts == 1).sum(axis=1) for block in self.problem.blocks]
        found = np.bincount(
            self.rolls.item, weights=np.concatenate(per), minlength=self.problem.items
        )
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolls:
    """All periods' rolls in flat arrays, and in which parts threads take them.

    casts: int8. item (r,): of each rollcall; order (r,): rollcalls by item, starts (j + 1,) where
    each item's begin in it. rolls, places (t + 1,): where each period's rollcalls and states begin.
    here (m,): where each state-period stands, period by period. shares: first and last periods of
    parts with about as many cells each.
    """

    casts: NDArray[np.int8]
    item: Ints
    order: Ints
    starts: Ints
    rolls: Ints
    places: Ints
    here: Ints
    _cells: dict[int, tuple[Ints, Ints]] = field(default_factory=dict, repr=False, compare=False)

    def shares(self, n: int) -> list[tuple[int, int]]:
        """First and last period of n parts with about as many cells each."""
        cells = np.cumsum(np.diff(self.rolls) * np.diff(self.places))
        cuts = np.searchsorted(cells, cells[-1] * np.arange(1, n) / n) + 1
        edges = np.unique(np.concatenate([[0], cuts, [len(cells)]]))
        return [(int(a), int(b)) for a, b in pairwise(edges)]

    def cells(self, dims: int) -> tuple[Ints, Ints]:
        """Where theta (m, K) and var (m, K, K) are in the kernels' flat arrays."""
        if dims not in self._cells:
            self._cells[dims] = self._found(dims)
        return self._cells[dims]

    def _found(self, dims: int) -> tuple[Ints, Ints]:
        period = np.searchsorted(self.places, self.here, side="right") - 1
        begin, n = self.places[period], np.diff(self.places)[period]
        own = self.here - begin
        one = np.arange(dims)
        theta = begin[:, None] * dims + one * n[:, None] + own[:, None]
        square = np.arange(dims * dims)
        var = begin[:, None] * dims * dims + square * n[:, None] + own[:, None]
        return theta, var.reshape(-1, dims, dims)


def _rolls(layout: Layout) -> Rolls:
    blocks = layout.problem.blocks
    item = np.concatenate([block.items for block in blocks])
    order = np.argsort(item, kind="stable")
    here = np.empty(len(layout), dtype=np.intp)
    here[np.concatenate(layout.columns)] = np.arange(len(layout))
    counts = np.bincount(item, minlength=layout.problem.items)
    return Rolls(
        casts=np.concatenate([block.casts.ravel() for block in blocks]),
        item=item,
        order=order,
        starts=_edges(counts),
        rolls=_edges(len(block.items) for block in blocks),
        places=_edges(len(block.columns) for block in blocks),
        here=here,
    )


def _edges(counts: Any) -> Ints:
    return np.concatenate([[0], np.cumsum(list(counts))]).astype(np.intp)


def item_terms(items: Items, of: Ints) -> ItemTerms:
    """What the kernels are told of some items."""
    r, dims = len(of), items.mean.shape[1] - 2
    shapes = ((r, dims), (r,), (r,), (r, dims, dims), (r, dims), (r, dims), (r,), (r,))
    found = ItemTerms(*(np.empty(shape, dtype=np.float32) for shape in shapes))
    terms_of(of, items.mean, items.cov, *found)
    return found


def sweep_items(
    layout: Layout, items: Items, positions: Positions, pool: ThreadPoolExecutor, times: int = 1
) -> Items:
    """The items after `times` Newton steps each, with their covariances at the last but one."""
    rolls, dims = layout.rolls, positions.mean.shape[1]
    theta, var = _flat(layout, positions)
    r = len(rolls.item)
    g = np.empty((r, dims + 2), dtype=np.float32)
    h = np.empty((r, 2 * dims * dims + 2 * dims + 2), dtype=np.float32)
    items = replace(items, mean=items.mean.copy(), cov=items.cov.copy())
    prior = np.linalg.inv(items.prior_cov)
    for _ in range(times):
        terms = item_terms(items, rolls.item)
        _in_parts(
            pool,
            lambda a, b, terms=terms: item_pass(
                a, b, rolls.casts, rolls.rolls, rolls.places, theta, var, terms, g, h
            ),
            rolls.shares(_threads(pool)),
        )
        _in_parts(
            pool,
            lambda a, b: item_steps(
                a,
                b,
                rolls.order,
                rolls.starts,
                g,
                h,
                layout.abstentions,
                items.prior_mean,
                prior,
                _STEP,
                items.mean,
                items.cov,
            ),
            _halves(len(items.mean), _threads(pool)),
        )
    return items


def sweep_positions(
    layout: Layout,
    items: Items,
    positions: Positions,
    steps: Steps,
    pool: ThreadPoolExecutor,
    centre: Floats | None = None,
) -> Positions:
    """The positions after one Newton step along all paths, with their covariances there.

    centre (m, K): what the steps are of and what positions are drawn to is the distance from it.
    """
    rolls, dims = layout.rolls, positions.mean.shape[1]
    theta, var = _flat(layout, positions)
    g, h = np.zeros_like(theta), np.zeros_like(var)
    terms = item_terms(items, rolls.item)
    _in_parts(
        pool,
        lambda a, b: state_pass(
            a, b, rolls.casts, rolls.rolls, rolls.places, theta, var, terms, g, h
        ),
        rolls.shares(_threads(pool)),
    )
    at, square = rolls.cells(dims)
    precision = h[square].astype(np.float64)
    linear = g[at] + (precision @ positions.mean[:, :, None])[:, :, 0]
    precision += steps.diagonal[:, None, None] * np.eye(dims)
    if centre is not None:
        linear += _pull(layout, steps, centre)
    mean, spread, lag = np.empty_like(linear), np.empty_like(precision), np.empty_like(precision)
    smooth(layout.start, precision, linear, steps.precision, mean, spread, lag)
    mean = positions.mean + (mean - positions.mean).clip(-_MOVE, _MOVE)
    return Positions(mean=mean, var=spread, lag=lag)


def _pull(layout: Layout, steps: Steps, centre: Floats) -> Floats:
    """(m, K) the prior's precision times the centre."""
    found = steps.diagonal[:, None] * centre
    at = np.flatnonzero(~layout.first)
    pull = steps.precision[at, None] * (centre[at] - centre[at - 1])
    found[at] += pull
    found[at - 1] -= pull
    return found


def _flat(layout: Layout, positions: Positions) -> tuple[Any, Any]:
    at, square = layout.rolls.cells(positions.mean.shape[1])
    theta = np.empty(at.size, dtype=np.float32)
    var = np.empty(square.size, dtype=np.float32)
    theta[at], var[square] = positions.mean, positions.var
    return theta, var


def _threads(pool: ThreadPoolExecutor) -> int:
    return int(pool._max_workers)


def _halves(size: int, n: int) -> list[tuple[int, int]]:
    edges = np.linspace(0, size, n + 1).astype(int)
    return [(int(a), int(b)) for a, b in pairwise(edges)]


def _in_parts(pool: ThreadPoolExecutor, call: Any, parts: list[tuple[int, int]]) -> None:
    """The call on every part, the last of them in this thread."""
    waiting = [pool.submit(call, a, b) for a, b in parts[:-1]]
    call(*parts[-1])
    for each in waiting:
        each.result()
