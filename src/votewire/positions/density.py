"""The joint posterior of positions and texts as a density: its logarithm and gradient, by chain.

What a fit approximates by normal distributions is taken here as it is: casts by the logistic model,
texts normal with the fit's prior, paths as `fitting` has them. All arrays have the chains as
their last axis, so that several points are looked at in one pass.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.positions.kernels.joint import joint_gradient, joint_value
from votewire.positions.places import Places
from votewire.positions.problem import Problem
from votewire.positions.sweeps import Layout

__all__ = ["Density", "Point", "Prior"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.intp]

_LEAST = 1e-30  # of what is divided by: cutpoints that a path has driven into one


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """C points: theta (p, K, C) positions in all places, texts (j, K + 2, C)."""

    theta: Floats
    texts: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What a density's priors are, for each of C chains.

    centre (p, K, C): what paths keep to, 0 or the general positions of a fit by topic. pull (e, C):
    precision of the step between each two neighbouring places. diagonal (p, C): of each place.
    mean (K + 2, C), precision (K + 2, K + 2, C) of the texts; C may be 1 where all are alike.
    """

    centre: Floats
    pull: Floats
    diagonal: Floats
    mean: Floats
    precision: Floats


class Density:
    """The density of positions and texts given a problem's casts."""

    def __init__(self, layout: Layout, places: Places, pool: ThreadPoolExecutor) -> None:
        self.problem: Problem = layout.problem
        self.places = places
        self._pool = pool
        blocks = self.problem.blocks
        self._item = np.concatenate([block.items for block in blocks])
        self._cuts = np.cumsum([0, *(len(block.items) for block in blocks)])
        self._at = [places.of[columns] for columns in layout.columns]
        self._abstained = layout.abstentions
        order = np.argsort(self._item, kind="stable")
        self._order = order
        self._starts = np.searchsorted(self._item[order], np.arange(self.problem.items))

    def gradient(self, point: Point, prior: Prior) -> Point:
        """Of the log posterior, at each chain's point."""
        found = list(self._pool.map(self._of_casts, _chains(point)))
        theta = np.stack([one[0] for one in found], axis=-1)
        texts = np.stack([one[1] for one in found], axis=-1)
        away = point.texts - prior.mean
        texts -= np.einsum("abc,jbc->jac", prior.precision, away)
        own = point.theta - prior.centre
        moved = (own[self.places.after] - own[self.places.before]) * _wide(prior.pull)
        theta -= _wide(prior.diagonal) * own
        theta[self.places.after] -= moved
        theta[self.places.before] += moved
        return Point(theta=theta, texts=texts)

    def value(self, point: Point, prior: Prior) -> Floats:
        """(C,) log posterior, up to what depends on the prior alone."""
        casts = np.array(list(self._pool.map(self._of_all, _chains(point))))
        away = point.texts - prior.mean
        texts = np.einsum("jac,abc,jbc->c", away, prior.precision, away, optimize=True)
        own = point.theta - prior.centre
        moved = own[self.places.after] - own[self.places.before]
        paths = (_wide(prior.pull) * moved**2).sum(axis=(0, 1))
        paths += (_wide(prior.diagonal) * own**2).sum(axis=(0, 1))
        return np.asarray(casts - (texts + paths) / 2)

    # A path that has gone astray overflows; its end has no chance of being taken.
    @np.errstate(over="ignore", invalid="ignore", divide="ignore")
    def _of_casts(self, at: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
        theta, texts = at
        dims = theta.shape[1]
        gap = np.exp(texts[:, -1])
        beta, c1, c2 = (
            np.ascontiguousarray(part[self._item], dtype=np.float32)
            for part in (texts[:, :dims], texts[:, dims], texts[:, dims] + gap)
        )
        across = np.ascontiguousarray(theta.T, dtype=np.float32)
        found = np.zeros(theta.shape)
        of_rows = np.empty((dims + 2, len(self._item)), dtype=np.float32)
        of_beta = np.empty_like(beta)
        for t, block in enumerate(self.problem.blocks):
            rows = slice(self._cuts[t], self._cuts[t + 1])
            here = np.ascontiguousarray(across[:, self._at[t]])
            own = np.empty_like(here)
            two = of_rows[dims, rows], of_rows[dims + 1, rows]
            joint_gradient(
                block.casts, here, beta[rows], c1[rows], c2[rows], own, of_beta[rows], *two
            )
            found[self._at[t]] = own.T
        of_rows[:dims] = of_beta.T
        summed = np.add.reduceat(of_rows[:, self._order], self._starts, axis=1).T.astype(np.float64)
        summed[:, dims] += summed[:, dims + 1]
        summed[:, dims + 1] += self._abstained / np.maximum(-np.expm1(-gap), _LEAST)
        summed[:, dims + 1] *= gap
        return found, summed

    @np.errstate(over="ignore", invalid="ignore", divide="ignore")
    def _of_all(self, at: tuple[Floats, Floats]) -> float:
        theta, texts = at
        dims = theta.shape[1]
        beta = np.ascontiguousarray(texts[self._item, :dims])
        c1 = texts[self._item, dims]
        c2 = c1 + np.exp(texts[self._item, dims + 1])
        total = 0.0
        for t, block in enumerate(self.problem.blocks):
            rows = slice(self._cuts[t], self._cuts[t + 1])
            here = np.ascontiguousarray(theta[self._at[t]].T)
            total += joint_value(block.casts, here, beta[rows], c1[rows], c2[rows])
        return total


def _chains(point: Point) -> list[tuple[Floats, Floats]]:
    return [
        (np.ascontiguousarray(point.theta[..., c]), np.ascontiguousarray(point.texts[..., c]))
        for c in range(point.theta.shape[-1])
    ]


def _wide(values: Floats) -> Floats:
    return np.asarray(values[:, None, :])
