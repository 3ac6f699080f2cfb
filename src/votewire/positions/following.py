"""How far positions on a topic follow the general ones, drawn given the positions.

theta = share * general + a walk of its own around 0. The share has a normal distribution around 1,
since both are on one scale; the states' own walks have a standard deviation that is half-Cauchy
(Gelman 2006).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from votewire.positions.fitting import Fitted
from votewire.positions.hyperpriors import Walks
from votewire.positions.sweeps import Layout

__all__ = ["Followed", "general_of"]

Floats = NDArray[np.float64]

_SHARE, _SHARE_SD = 1.0, 0.5  # of general positions, before any vote on the topic
_SCALE = 0.5  # median of the standard deviation of states' own walks, before any vote
_MOVES = 4  # tries at each draw, each of this size
_SIZE = 0.25  # of the log of the variance


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The share of general positions, and the variance of what states have of their own."""

    share: float
    population: float

    def drawn(
        self,
        walks: Walks,
        layout: Layout,
        theta: Floats,
        general: Floats,
        rng: np.random.Generator,
    ) -> Followed:
        """Both anew given positions (m, K) and the walks' steps."""
        steps = walks.steps(layout, self.population)
        weighted = _precision_times(layout, steps.precision, steps.diagonal, general)
        precision = float((general * weighted).sum()) + 1 / _SHARE_SD**2
        mean = (float((theta * weighted).sum()) + _SHARE / _SHARE_SD**2) / precision
        share = mean + rng.normal() / np.sqrt(precision)
        found, own = replace(self, share=float(share)), theta - share * general
        for _ in range(_MOVES):
            wider = replace(found, population=found.population * np.exp(_SIZE * rng.normal()))
            if (walks.variance >= wider.population / 2).any():
                continue
            gain = wider.density(walks, layout, own) - found.density(walks, layout, own)
            found = wider if np.log(rng.uniform()) < gain else found
        return found

    def density(self, walks: Walks, layout: Layout, own: Floats) -> float:
        """The log density of the walks (m, K) and of the population's prior, in its logarithm."""
        steps = walks.steps(layout, self.population)
        weighted = _precision_times(layout, steps.precision, steps.diagonal, own)
        firsts = int(layout.first.sum()) * own.shape[1]
        found = -(own * weighted).sum() / 2 - firsts * np.log(self.population) / 2
        prior = np.log(self.population) / 2 - np.log1p(self.population / _SCALE**2)
        return float(found + prior)


def general_of(fitted: Fitted, population: float) -> tuple[Floats | None, Followed]:
    """(m, K) the general positions that a fit by topic keeps to, standard; None of another fit."""
    if fitted.centre is None:
        return None, Followed(share=0.0, population=population)
    share = float(fitted.centre.std())
    if share == 0:
        return np.zeros_like(fitted.centre), Followed(share=0.0, population=population)
    own = float(np.var(fitted.positions.mean - fitted.centre))
    least = 4 * float(np.max(fitted.scale**2))
    return fitted.centre / share, Followed(share=share, population=max(own, least))


def _precision_times(layout: Layout, pull: Floats, diagonal: Floats, values: Floats) -> Floats:
    """The prior's precision of the paths times values (m, K)."""
    at = np.flatnonzero(~layout.first)
    found = diagonal[:, None] * values
    moved = pull[at, None] * (values[at] - values[at - 1])
    found[at] += moved
    found[at - 1] -= moved
    return np.asarray(found)
