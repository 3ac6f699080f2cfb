"""The conditionals of the `bsv` sampler as they are written down: slow, in 64 bits, one at a time.

What `kernels.gibbs` is held against. Symbols of Bailey, Strezhnev and Voeten (2017); a cast y is 0
Yes, 1 abstain, 2 No, 3 missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from statistics import NormalDist

__all__ = ["log_ratio", "looks_at", "moments", "probability", "state_given", "text_given"]

_NORMAL = NormalDist()


def probability(y: int, theta: float, beta: float, c1: float, c2: float) -> float:
    """P(y): a latent z ~ N(beta theta, 1) is below c1, between, or above c2; 1 if missing."""
    upper = 0.5 * math.erfc(-(c1 - beta * theta) / math.sqrt(2))
    lower = 0.5 * math.erfc((c2 - beta * theta) / math.sqrt(2))
    if y == 1:
        return _between(c1 - beta * theta, c2 - beta * theta)
    return {0: upper, 2: lower, 3: 1.0}[y]


def log_ratio(
    casts: Iterable[tuple[int, float]],
    beta: float,
    old: tuple[float, float],
    new: tuple[float, float],
) -> float:
    """The log of the ratio of likelihoods of new and old cutpoints, casts as (y, theta)."""
    return sum(
        math.log(probability(y, theta, beta, *new) / probability(y, theta, beta, *old))
        for y, theta in casts
    )


def moments(y: int, theta: float, beta: float, c1: float, c2: float) -> tuple[float, float]:
    """Mean and variance of the latent of a cast that was made: a truncated normal's."""
    m = beta * theta
    low = {0: -math.inf, 1: c1 - m, 2: c2 - m}[y]
    high = {0: c1 - m, 1: c2 - m, 2: math.inf}[y]
    mass = probability(y, theta, beta, c1, c2)
    first = (_density(low) - _density(high)) / mass
    second = (_times(low) - _times(high)) / mass
    return m + first, 1.0 + second - first**2


def text_given(latents: Sequence[float], thetas: Sequence[float]) -> tuple[float, float]:
    """Mean and variance of beta given the latents of a text's casts; its prior is N(0, 1)."""
    precision = 1.0 + sum(theta**2 for theta in thetas)
    return sum(t * z for t, z in zip(thetas, latents, strict=True)) / precision, 1 / precision


def state_given(
    latents: Sequence[float], betas: Sequence[float], last: float, variance: float
) -> tuple[float, float]:
    """Mean and variance of theta given the latents of its casts; its prior is N(last, variance)."""
    precision = 1 / variance + sum(beta**2 for beta in betas)
    pulled = sum(b * z for b, z in zip(betas, latents, strict=True))
    return (pulled + last / variance) / precision, 1 / precision


def looks_at(sessions: Sequence[int], casts: Sequence[int], at: int) -> tuple[int | None, float]:
    """Which of a state's sessions the one at `at` looks at, and the variance of its prior."""
    if len(sessions) == 1:
        return None, 0.5
    other = at - 1 if at else 1
    return other, 0.5 * casts[at] / (casts[at] + casts[other])


def _between(low: float, high: float) -> float:
    """P(low < Z < high), by the tail in which it loses nothing."""
    if low + high > 0:
        low, high = -high, -low
    return 0.5 * (math.erfc(-high / math.sqrt(2)) - math.erfc(-low / math.sqrt(2)))


def _density(x: float) -> float:
    return 0.0 if math.isinf(x) else _NORMAL.pdf(x)


def _times(x: float) -> float:
    return 0.0 if math.isinf(x) else x * _NORMAL.pdf(x)
