"""The joint posterior of all positions around a fit: standard deviations, shifts, draws.

The fit takes positions and items as independent normal distributions, which makes both look surer
than they are. Here items are integrated out: precision of the positions = expected curvature of the
casts + prior of the paths - what the items' own uncertainty takes away, a normal distribution at
the fit's means (Laplace). Items of one period couple its positions; recurring ones all periods'.
It says nothing of how far the fit's means are off, nor of what the priors' own scales are.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from votewire.positions.places import Places, Rows
from votewire.positions.posterior_arrow import Arrow, Factored, factor
from votewire.positions.posterior_blocks import Precision, precision_of, spread
from votewire.positions.sweeps import Layout

if TYPE_CHECKING:
    from votewire.positions.fitting import Fitted

__all__ = ["Posterior", "posterior_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_TOGETHER = 250  # draws made at once: more only take memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """The posterior of m state-periods in K dimensions, in the order of the fit's.

    mean, sd: (m, K). shift_sd: (m, K) of the difference from the same state's last position, NaN at
    first ones. level: (m, K + 1) orthonormal: the directions, the same in each dimension, in which
    positions are fixed and have no uncertainty. They are moves of all positions alike and
    proportional to any dimension of them: location, scale and, where K > 1, rotation and shear are
    those of the means by convention.
    """

    mean: Floats
    sd: Floats
    shift_sd: Floats
    level: Floats
    _factored: Factored = field(repr=False)
    _rows: list[Ints] = field(repr=False)
    _columns: list[Ints] = field(repr=False)

    def draws(self, n: int, rng: np.random.Generator) -> Floats:
        """(n, m, K) joint draws of all positions: of shifts, ranks and distances, take theirs."""
        found = np.empty((n, *self.mean.shape))
        for begin in range(0, n, _TOGETHER):
            self._draw(found[begin : begin + _TOGETHER], rng)
        return found

    def _draw(self, found: Floats, rng: np.random.Generator) -> None:
        """Writes joint draws over found (n, m, K)."""
        n, m, dims = found.shape
        flat = np.empty((m, dims, n))
        drawn = self._factored.draws(n, rng)
        for at, rows, block in zip(self._columns, self._rows, drawn, strict=True):
            flat[at] = block.reshape(-1, dims, n)[rows]
        wide = flat.reshape(m, -1)
        wide -= self.level @ (self.level.T @ wide)
        found[:] = flat.transpose(2, 0, 1) + self.mean


def posterior_of(fitted: Fitted, *, threads: int | None = None) -> Posterior:
    """The joint posterior of the positions of a fit.

    Raises ValueError where the fit is not finite.
    """
    mean, layout = fitted.positions.mean, fitted.layout
    places = Places(layout)
    rows = places.rows
    level = np.linalg.qr(np.column_stack([np.ones(len(mean)), mean]))[0]
    asked = np.column_stack([level, _before_gaps(layout)])
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        arrow = arrow_of(precision_of(fitted, places, pool), places, mean.shape[1])
    factored = factor(arrow, _in_blocks(asked, layout, rows, mean.shape[1]))
    var, lag, through = _gathered(factored, arrow, layout, rows, asked.shape[1])
    through = through[:, :, : level.shape[1]]
    # Of V become (1 - U U') V (1 - U U') only the entries asked for; U is level in each dimension.
    inside = np.einsum("mp,mkq->kpq", level, through)
    same, last = np.arange(len(mean)), np.maximum(np.arange(len(mean)) - 1, 0)
    var = var + _change(level, through, inside, same, same)
    lag = lag + _change(level, through, inside, same, last)
    shift = np.where(layout.first[:, None], np.nan, var + var[last] - 2 * lag)
    return Posterior(
        mean=mean,
        sd=np.sqrt(var.clip(min=0.0)),  # rounding, where the level is all there is
        shift_sd=np.sqrt(shift.clip(min=0.0)),
        level=level,
        _factored=factored,
        _rows=rows.at,
        _columns=layout.columns,
    )


def arrow_of(found: Precision, places: Places, dims: int) -> Arrow:
    """The precision with texts of periods far apart as its border."""
    far = np.unique(np.concatenate(found.far))
    width = dims + 2
    corner = np.zeros((len(far), width, len(far), width))
    each = np.arange(len(far))
    corner[each, :, each, :] = found.own[far]
    borders = []
    for block, rows, cross in zip(found.diagonals, found.rows, found.far_cross, strict=True):
        borders.append(np.zeros((len(block), cross.shape[1])))
        borders[-1][rows] = cross
    pairs = []
    for t in range(len(found.links)):
        edges = slice(places.edges[t], places.edges[t + 1])
        here = spread(places.before[edges] - places.begin[t], dims)
        pairs.append((here, spread(places.after[edges] - places.begin[t + 1], dims)))
    return Arrow(
        diagonals=found.diagonals,
        links=found.links,
        pairs=pairs,
        columns=[spread(np.searchsorted(far, one), width) for one in found.far],
        borders=borders,
        corner=corner.reshape(len(far) * width, len(far) * width),
    )


def _gaps(layout: Layout) -> Ints:
    """The state-periods whose state was absent in the period before, but not in all before."""
    beside = np.diff(layout.period, prepend=0) == 1
    return np.flatnonzero(~layout.first & ~beside)


def _before_gaps(layout: Layout) -> Floats:
    """(m, gaps) a column for each gap, 1 at the position before it.

    The inverse of a block-tridiagonal matrix is at hand within and beside its blocks only, so the
    covariance over a gap is asked for as V times such a column.
    """
    gaps = _gaps(layout)
    found = np.zeros((len(layout), len(gaps)))
    found[gaps - 1, np.arange(len(gaps))] = 1.0
    return found


def _in_blocks(asked: Floats, layout: Layout, rows: Rows, dims: int) -> list[Floats]:
    """(rows K, columns K) for each period: asked in each dimension, 0 where a state is absent."""
    found = []
    for at, states, present in zip(layout.columns, rows.states, rows.at, strict=True):
        block = np.zeros((len(states), dims, asked.shape[1], dims))
        for k in range(dims):
            block[present, k, :, k] = asked[at]
        found.append(block.reshape(len(states) * dims, -1))
    return found


def _gathered(
    factored: Factored, arrow: Arrow, layout: Layout, rows: Rows, asked: int
) -> tuple[Floats, Floats, Floats]:
    """(m, K) variances and covariances with the last position, (m, K, columns) V times asked."""
    m, dims = len(layout), len(factored.factors[0]) // len(rows.states[0])
    var, lag, through = np.empty((m, dims)), np.zeros((m, dims)), np.empty((m, dims, asked))
    for t, (at, present) in enumerate(zip(layout.columns, rows.at, strict=True)):
        var[at] = factored.own[t].reshape(-1, dims)[present]
        solved = factored.solved[t].reshape(-1, dims, asked, dims)[present]
        through[at] = np.einsum("nkak->nka", solved)
        if t:
            beside = np.zeros_like(factored.own[t])
            beside[arrow.pairs[t - 1][1]] = factored.lag[t - 1]
            lag[at] = beside.reshape(-1, dims)[present]
    gaps = _gaps(layout)
    lag[gaps] = through[gaps][:, :, asked - len(gaps) :][
        np.arange(len(gaps)), :, np.arange(len(gaps))
    ]
    return var, lag, through


def _change(level: Floats, through: Floats, inside: Floats, a: Ints, b: Ints) -> Floats:
    """(m, K) what taking the level out adds to the covariance of state-periods a with b."""
    there = np.einsum("mp,mkp->mk", level[a], through[b])
    here = np.einsum("mp,mkp->mk", level[b], through[a])
    return np.asarray(np.einsum("mp,kpq,mq->mk", level[a], inside, level[b]) - there - here)
