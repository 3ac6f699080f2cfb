"""How well draws of a posterior mix: effective sample sizes and R-hat.

Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), "Rank-normalization, folding, and
localization", equations 3, 4 and 10 and section 4.3. Each chain is split in half, so that a trend
within it is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["ess_bulk", "ess_tail", "mixing_of", "rhat"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_FEWEST = 8  # draws of half a chain under which nothing can be said
_BATCH = 1024


def mixing_of(
    draws: NDArray[np.float32], period: Ints, periods: Sequence[str], chains: int = 1
) -> dict[str, Any]:
    """ESS and R-hat of joint draws (n, m, K), chain after chain, as facts of a fit.

    period (m,): of each state-period. `ess_bulk`, `ess_tail`, `rhat`: median and worst over all
    positions. `levels`: for the mean and the standard deviation of each period's positions, which
    mix slowest, the worst over the dimensions of each. Nothing where the draws are too few.
    """
    if len(draws) // (2 * chains) < _FEWEST:
        return {}
    flat = draws.reshape(len(draws), -1)
    found = [_measures(flat[:, at : at + _BATCH], chains) for at in range(0, flat.shape[1], _BATCH)]
    bulk, tail, split = (np.concatenate(part) for part in zip(*found, strict=True))
    levels = [
        {"period": label, **_level(draws[:, period == t], chains)}
        for t, label in enumerate(periods)
    ]
    return {
        "ess_bulk": {"median": float(np.median(bulk)), "worst": float(bulk.min())},
        "ess_tail": {"median": float(np.median(tail)), "worst": float(tail.min())},
        "rhat": {"median": float(np.median(split)), "worst": float(split.max())},
        "levels": levels,
    }


def rhat(draws: Floats, chains: int = 1) -> Floats:
    """(q,) rank-normalised split R-hat of draws (n, q), of bulk and folded the larger; best 1."""
    halves = _halves(draws, chains)
    folded = np.abs(halves - np.median(halves.reshape(-1, halves.shape[2]), axis=0))
    return np.maximum(_rhat(_ranked(halves)), _rhat(_ranked(folded)))


def ess_bulk(draws: Floats, chains: int = 1) -> Floats:
    """(q,) effective sample size of draws (n, q) for their means, rank-normalised."""
    return _ess(_ranked(_halves(draws, chains)))


def ess_tail(draws: Floats, chains: int = 1) -> Floats:
    """(q,) effective sample size of draws (n, q) for their 5 % and 95 % quantiles, the smaller."""
    low, high = np.quantile(draws, (0.05, 0.95), axis=0)
    ends = [_ess(_halves((draws <= end).astype(np.float64), chains)) for end in (low, high)]
    return np.minimum(*ends)


def _measures(draws: NDArray[np.float32], chains: int) -> tuple[Floats, Floats, Floats]:
    values = draws.astype(np.float64)
    return ess_bulk(values, chains), ess_tail(values, chains), rhat(values, chains)


def _level(draws: NDArray[np.float32], chains: int) -> dict[str, float]:
    """ESS and R-hat of one period's mean and standard deviation, the worst of the dimensions."""
    values = draws.astype(np.float64)
    found: dict[str, float] = {}
    for name, level in (("mean", values.mean(axis=1)), ("sd", values.std(axis=1))):
        bulk, tail, split = _measures(level, chains)
        found |= {
            f"{name}_ess": float(bulk.min()),
            f"{name}_ess_tail": float(tail.min()),
            f"{name}_rhat": float(split.max()),
        }
    return found


def _halves(draws: Floats, chains: int) -> Floats:
    """(2 chains, n, q): the halves of each chain, the middle draw of an odd number left out."""
    length = len(draws) // chains
    half = length // 2
    parts = draws[: length * chains].reshape(chains, length, -1)
    return np.concatenate([parts[:, :half], parts[:, length - half :]])


def _ranked(halves: Floats) -> Floats:
    """Draws as normal scores of their ranks among all of their column."""
    from scipy.special import ndtri
    from scipy.stats import rankdata

    flat = halves.reshape(-1, halves.shape[2])
    ranks = rankdata(flat, axis=0)
    return np.asarray(ndtri((ranks - 3 / 8) / (len(flat) + 1 / 4))).reshape(halves.shape)


def _rhat(halves: Floats) -> Floats:
    n = halves.shape[1]
    within = halves.var(axis=1, ddof=1).mean(axis=0)
    between = halves.mean(axis=1).var(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.sqrt((n - 1) / n + between / within)
    return np.asarray(np.where(within > 0, found, 1.0))


def _ess(halves: Floats) -> Floats:
    """Geyer's initial monotone sequence over the halves' common autocorrelation."""
    m, n, q = halves.shape
    cov = _autocovariance(halves)
    within = cov[:, 0].mean(axis=0) * n / (n - 1)
    total = within * (n - 1) / n + halves.mean(axis=1).var(axis=0, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        rho = 1 - (within - cov.mean(axis=0)) / total
    rho[0] = 1.0
    pairs = rho[: n // 2 * 2].reshape(-1, 2, q).sum(axis=1)
    # From the first pair that is not positive on, all is noise; before it, pairs may not grow.
    positive = np.logical_and.accumulate(pairs > 0, axis=0)
    positive[0] = True
    kept = np.minimum.accumulate(np.where(positive, pairs, 0.0), axis=0)
    end = np.minimum(positive.sum(axis=0), len(pairs) - 1)
    last = rho[2 * end, np.arange(q)].clip(min=0.0)  # half a pair more, if it is positive
    tau = np.maximum(2 * kept.sum(axis=0) - 1 + last, 1 / np.log10(m * n))
    return np.asarray(np.where(total > 0, m * n / tau, float(m * n)))


def _autocovariance(halves: Floats) -> Floats:
    """(m, n, q) autocovariances of each half at lags 0 to n - 1, divided by n."""
    n = halves.shape[1]
    away = halves - halves.mean(axis=1, keepdims=True)
    size = 1 << (2 * n - 1).bit_length()
    spectrum = np.fft.rfft(away, n=size, axis=1)
    return np.asarray(np.fft.irfft(np.abs(spectrum) ** 2, n=size, axis=1)[:, :n] / n)
