"""Draws of what the prior of the paths is made of, given the paths.

theta' = rho theta + step, rho^2 = 1 - v / population; steps are Student-t with nu degrees of
freedom, as normal ones whose precision is multiplied by a Gamma(nu / 2, nu / 2) weight. A state's
variance v of steps is inverse Gamma around one common to all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from votewire.positions.learning import walks as walks_prior
from votewire.positions.sweeps import Layout, Steps

__all__ = ["Walks", "begin", "drawn_walks"]

Floats = NDArray[np.float64]

_SHAPE = 4.0  # of the inverse Gamma distribution of states' variances
_WIDEST = 0.5  # of the population: a walk with wider steps is none


@dataclass(frozen=True, slots=True, kw_only=True)
class Walks:
    """The prior of the paths of one chain.

    variance (s,) of each state's usual step in a period; common: what they lie around; weight
    (steps,) of each step, in the order of the layout; freedom: degrees of it.
    """

    variance: Floats
    common: float
    weight: Floats
    freedom: float

    def steps(self, layout: Layout, population: float) -> Steps:
        """The prior as precisions."""
        return walks_prior(layout, self.weight, self.variance, population)


def begin(layout: Layout, variance: Floats, freedom: float) -> Walks:
    """Where a chain's prior begins: with the variances of a fit."""
    return Walks(
        variance=variance,
        common=float(np.median(variance)),
        weight=np.ones(int((~layout.first).sum())),
        freedom=freedom,
    )


def drawn_walks(
    walks: Walks, layout: Layout, theta: Floats, population: float, rng: np.random.Generator
) -> Walks:
    """Weights and variances given the paths theta (m, K), each in turn."""
    moves = _Moves(layout, theta, population)
    walks = moves.weights(walks, rng)
    return moves.variances(walks, rng)


class _Moves:
    """The steps of one chain's paths."""

    def __init__(self, layout: Layout, theta: Floats, population: float) -> None:
        self.at = np.flatnonzero(~layout.first)
        self.state = layout.state[self.at]
        self.gap = layout.gap[self.at]
        self.now, self.before = theta[self.at], theta[self.at - 1]
        self.dims, self.population = theta.shape[1], population

    def away(self, variance: Floats) -> Floats:
        """(steps,) squared length of each step for one period, in the states' variance."""
        v = variance[self.state] * self.gap
        rho = np.sqrt((1 - v / self.population).clip(0.05))
        return np.asarray(((self.now - rho[:, None] * self.before) ** 2).sum(axis=1) / v)

    def weights(self, walks: Walks, rng: np.random.Generator) -> Walks:
        nu = walks.freedom
        drawn = rng.gamma((nu + self.dims) / 2, 2 / (nu + self.away(walks.variance)))
        # A step over a gap lies between places without casts, whose own moves its weight would
        # have to be drawn with; there are few.
        return replace(walks, weight=np.where(self.gap == 1, drawn, 1.0))

    def variances(self, walks: Walks, rng: np.random.Generator) -> Walks:
        """Metropolis-Hastings: drawn as if rho were known, taken by what it makes of rho."""
        s, v = len(walks.variance), walks.variance
        n = self.dims * np.bincount(self.state, minlength=s)
        shape, rate = _SHAPE + n / 2, _SHAPE * walks.common

        def scatter(variance: Floats) -> Floats:
            weighted = walks.weight * self.away(variance) * variance[self.state]
            return np.asarray(np.bincount(self.state, weighted, s))

        here = rate + scatter(v) / 2
        new = here / rng.gamma(shape)
        there = rate + scatter(new) / 2
        ratio = (here - there) * (1 / v + 1 / new) + shape * np.log(there / here)
        taken = (np.log(rng.uniform(size=s)) < ratio) & (new < _WIDEST * self.population)
        variance = np.where(taken, new, v)
        has = n > 0
        common = rng.gamma(_SHAPE * has.sum() + 0.5) / (_SHAPE * (1 / variance[has]).sum())
        return replace(walks, variance=variance, common=float(common))
