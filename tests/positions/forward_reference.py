"""One state, one text, one dimension, in the plainest way: the posterior on a fine grid."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

import numpy as np


def chance(choice: int, theta: float, beta: float, c: float, delta: float) -> float:
    """P(y = k) of P(y <= k) = F(c_k - beta theta), yes 0 < abstain 1 < no 2."""
    yes = 1 / (1 + exp(-(c - beta * theta)))
    not_no = 1 / (1 + exp(-(c + exp(delta) - beta * theta)))
    return (yes, not_no - yes, 1 - not_no)[choice]


def position(
    choices: Sequence[int], texts: Sequence[tuple[float, float, float]], mean: float, sd: float
) -> tuple[float, float]:
    """Mean and standard deviation of a position after casts on texts that are known."""
    grid = np.linspace(mean - 8 * sd, mean + 8 * sd, 4001)
    weight = np.exp(-0.5 * ((grid - mean) / sd) ** 2)
    for choice, text in zip(choices, texts, strict=True):
        weight *= np.array([chance(choice, theta, *text) for theta in grid])
    weight /= weight.sum()
    centre = float((weight * grid).sum())
    return centre, float(np.sqrt((weight * (grid - centre) ** 2).sum()))


def expected_chance(theta: float, sd: float, text: tuple[float, float, float]) -> np.ndarray:
    """(3,) the chance of each choice, averaged over an uncertain position."""
    grid = np.linspace(theta - 6 * sd, theta + 6 * sd, 2001)
    weight = np.exp(-0.5 * ((grid - theta) / sd) ** 2)
    weight /= weight.sum()
    return np.array(
        [sum(w * chance(k, t, *text) for w, t in zip(weight, grid, strict=True)) for k in range(3)]
    )
