"""What a fit learns of its own prior: how far states usually move in a period."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from votewire.positions.sweeps import Layout, Positions, Steps

__all__ = ["kept_to", "steps_of", "walks"]

Floats = NDArray[np.float64]

_LEAST = 0.02  # variance: with less, states could not leave their general positions
_SMALLEST = 1e-4  # variance of a step
_SHRUNK = 8.0  # steps of all states that a state's own variance of steps is averaged with


def steps_of(
    layout: Layout, positions: Positions, freedom: float, scale: Floats, population: float
) -> tuple[Steps, Floats]:
    """The precision of each step given how far it was, and each state's variance of steps.

    A Student-t step is a normal one of uncertain variance: the farther it was, the wider it is
    taken to have been (expectation-maximisation, Lange, Little and Taylor 1989). A state's own
    variance is averaged with all states'.
    """
    dims = positions.mean.shape[1]
    at = np.flatnonzero(~layout.first)
    state = layout.state[at]
    away = _away(layout, positions, at)
    steps = dims * np.bincount(state, minlength=len(scale))
    weight = np.ones(len(at))
    for _ in range(3):
        if np.isfinite(freedom):
            weight = (freedom + dims) / (freedom + away / scale[state])
        total = np.bincount(state, weight * away, minlength=len(scale))
        common = total.sum() / max(steps.sum(), 1)
        scale = ((total + _SHRUNK * common) / (steps + _SHRUNK)).clip(_SMALLEST, population)
    return walks(layout, weight, scale, population), scale


def kept_to(positions: Positions, general: Floats) -> tuple[Floats, float]:
    """(m, K) how far positions follow others in each dimension, and the variance of what is left.

    The first is b_k times the general ones, b_k by least squares, never below 0; the second is
    expected under the fit and at least `_LEAST`.
    """
    share = (positions.mean * general).mean(axis=0) / (general**2).mean(axis=0).clip(1e-9)
    centre = general * share.clip(min=0.0)
    left = ((positions.mean - centre) ** 2).mean() + np.trace(positions.var.mean(axis=0)) / len(
        share
    )
    return centre, max(float(left), _LEAST)


def walks(layout: Layout, weight: Floats, scale: Floats, population: float) -> Steps:
    """The prior of walks that return to a population: theta' = rho theta + step, step var q.

    weight: of each step after the first. With rho^2 = 1 - q / population every position has the
    population's variance, however long the path. (theta' - rho theta)^2 w is rho w (theta' -
    theta)^2 and the rest of it on the diagonal.
    """
    at = np.flatnonzero(~layout.first)
    variance = scale[layout.state[at]] * layout.gap[at]
    rho = np.sqrt((1 - variance / population).clip(0.05))
    w = weight / variance
    precision, diagonal = np.zeros(len(layout)), np.zeros(len(layout))
    precision[at] = rho * w
    diagonal[layout.first] = 1 / population
    diagonal[at] += (1 - rho) * w
    diagonal[at - 1] -= rho * (1 - rho) * w
    return Steps(precision=precision, diagonal=diagonal)


def _away(layout: Layout, positions: Positions, at: NDArray[np.intp]) -> Floats:
    """(len(at),) expected squared length of the steps into some state-periods, for one period."""
    var, lag = (np.trace(a, axis1=1, axis2=2) for a in (positions.var, positions.lag))
    moved = ((positions.mean[at] - positions.mean[at - 1]) ** 2).sum(axis=1)
    return np.asarray((moved + var[at] + var[at - 1] - 2 * lag[at - 1]) / layout.gap[at])
