"""Heavy-tailed steps in a forward pass: each state moved as usual, or had jumped before the day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from votewire.positions.filtering import States

__all__ = ["with_jumps"]

Floats = NDArray[np.float64]

_LEAST = 1e-9  # precision of what a day told that it is never under


def with_jumps(before: States, calm: States, gap: Floats, jump: float, often: float) -> States:
    """The states after a day as a mixture of two, kept as one normal with its mean and variance.

    before: states before the day with the variance of usual steps; calm: after it. jump: variance
    of a jump; often: jumps a year; gap (n,): years since the last cast. What the day told is taken
    as one normal observation, whose probability under both variances weighs them.
    """
    eye = np.eye(before.mean.shape[1])
    lead = np.linalg.inv(calm.var)
    data = lead - np.linalg.inv(before.var) + _LEAST * eye
    told = (lead @ (calm.mean - before.mean)[..., None])[..., 0]
    wide = before.var + jump * eye
    log = [_evidence(told, data, var) for var in (before.var, wide)]
    rate = -np.expm1(-often * gap)
    odds = rate / (1 - rate) * np.exp((log[1] - log[0]).clip(-50.0, 50.0))
    share = (odds / (1 + odds))[:, None]
    var = np.linalg.inv(np.linalg.inv(wide) + data)
    away = before.mean + (var @ told[..., None])[..., 0] - calm.mean
    between = (share * (1 - share))[..., None] * (away[:, :, None] * away[:, None, :])
    return States(
        calm.mean + share * away, calm.var + share[..., None] * (var - calm.var) + between
    )


def _evidence(told: Floats, data: Floats, var: Floats) -> Floats:
    """(n,) log probability of what a day told of states whose positions had the variance `var`."""
    inside = data @ var @ data + data
    fit = (told * np.linalg.solve(inside, told[..., None])[..., 0]).sum(axis=1)
    eye = np.eye(var.shape[-1])
    return np.asarray(-0.5 * (np.linalg.slogdet(eye + data @ var)[1] + fit), dtype=np.float64)
