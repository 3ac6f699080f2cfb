"""What is kept of a posterior: means, intervals and shifts, of normal distributions or of draws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["WIDE", "Summary", "of_draws", "of_normal"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]

WIDE = 1.6448536269514722  # standard deviations on each side of a normal 90 % interval
_ENDS = (0.05, 0.95)
_BATCH = 512  # state-periods whose quantiles are taken at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """(m, K) each: positions and their shifts, named as in `Fit`; shifts NaN at first positions."""

    mean: Floats
    sd: Floats
    q05: Floats
    q95: Floats
    shift: Floats
    shift_sd: Floats
    shift_q05: Floats
    shift_q95: Floats
    shift_up: Floats


def of_normal(mean: Floats, sd: Floats, shift_sd: Floats) -> Summary:
    """The summary of normal distributions. shift_sd: NaN at first positions."""
    from scipy.special import ndtr

    shift = np.full_like(mean, np.nan)
    shift[1:] = mean[1:] - mean[:-1]
    shift[np.isnan(shift_sd)] = np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        up = np.where(shift_sd > 0, ndtr(shift / shift_sd), (1 + np.sign(shift)) / 2)
    return Summary(
        mean=mean,
        sd=sd,
        q05=mean - WIDE * sd,
        q95=mean + WIDE * sd,
        shift=shift,
        shift_sd=shift_sd,
        shift_q05=shift - WIDE * shift_sd,
        shift_q95=shift + WIDE * shift_sd,
        shift_up=up,
    )


def of_draws(draws: Singles, first: NDArray[np.bool_]) -> Summary:
    """The summary of joint draws (n, m, K); first (m,): a state's first position has no shift."""
    names = ("mean", "sd", "q05", "q95")
    found = {name: np.empty(draws.shape[1:]) for name in names}
    found |= {f"shift{end}": np.full(draws.shape[1:], np.nan) for end in ("", *_SHIFTS)}
    for begin in range(0, draws.shape[1], _BATCH):
        part = slice(begin, begin + _BATCH)
        here = draws[:, part].astype(np.float64)
        for name, value in zip(names, _figures(here), strict=True):
            found[name][part] = value
        into = np.flatnonzero(~first[part]) + begin
        moved = draws[:, into].astype(np.float64) - draws[:, into - 1]
        values = (*_figures(moved), (moved > 0).mean(axis=0))
        for end, value in zip(("", *_SHIFTS), values, strict=True):
            found[f"shift{end}"][into] = value
    return Summary(**found)


_SHIFTS = ("_sd", "_q05", "_q95", "_up")


def _figures(draws: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    low, high = np.quantile(draws, _ENDS, axis=0)
    return draws.mean(axis=0), draws.std(axis=0, ddof=1), low, high
