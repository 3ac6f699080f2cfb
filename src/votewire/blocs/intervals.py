"""How sure a figure is: 90 % intervals, by Wilson's formula or by drawing rollcalls again."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from math import sqrt

import numpy as np

from votewire.blocs.definitions import Floats

__all__ = ["DRAWS", "FEWEST", "Interval", "bootstrap", "bounds", "draws", "wilson"]

FEWEST = 5  # rollcalls; drawn from fewer, an interval is far too narrow
DRAWS = 2_000  # the bounds of a 90 % interval then vary by about 1/40 of its width with the seed
_Z90 = 1.6448536269514722  # standard normal quantile at 0.95: a two-sided 90 % interval
_BOUNDS = (0.05, 0.95)
_FEW = 9  # kinds of rollcall that two states can have
_DEARER = 12  # times that drawing the number of a kind takes longer than drawing a rollcall
_TOGETHER = 2**16  # rollcalls drawn at a time: what fits the processor's cache


class Interval(StrEnum):
    """How a 90 % interval is made; `text` names it, `method` says how it is made."""

    WILSON = "wilson"
    BOOTSTRAP = "bootstrap"

    @property
    def text(self) -> str:
        """What to call it beside a figure."""
        return f"90 % {_NAMES[self]} interval"

    @property
    def method(self) -> str:
        """A sentence on how it is made."""
        return _METHODS[self]


_NAMES = {Interval.WILSON: "Wilson", Interval.BOOTSTRAP: "bootstrap"}
_METHODS = {
    Interval.WILSON: "Intervals are 90 %, by Wilson's formula.",
    Interval.BOOTSTRAP: f"Intervals are 90 %, from {DRAWS:,} draws of the rollcalls with "
    f"replacement (percentile bootstrap); none where n is under {FEWEST} or all rollcalls are "
    "alike.",
}


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 90 % Wilson score interval of a share of n. Source: Wilson (1927).

    With half points the share is no count of successes; the interval is then a little too wide,
    since half points vary less than ones and zeros with the same mean. Raises ValueError if n < 1.
    """
    if n < 1:
        raise ValueError("an interval needs at least one rollcall")
    z2 = _Z90**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z90 / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    # Rounding can put a bound past the share itself at 0 and 1, where they are equal.
    return min(share, max(0.0, centre - half)), max(share, min(1.0, centre + half))


def bootstrap(
    kinds: Floats,
    counts: Floats,
    statistic: Callable[[Floats], Floats],
    *,
    seed: int = 0,
) -> tuple[float, float]:
    """The 90 % percentile interval of a statistic over rollcalls drawn again with replacement.

    kinds: (u, ...) what each different kind of rollcall adds to the sums. counts: (u,) how many
    rollcalls are of that kind. statistic: takes the sums of all draws, (..., DRAWS), and gives
    (DRAWS,) values; those that are NaN are left out.
    The same seed gives the same bounds. NaN with fewer than FEWEST rollcalls, where all are of one
    kind, so that draws show no spread, and where every draw is undefined. Source: Efron (1979).
    """
    return bounds(draws(kinds, counts, seed=seed), statistic)


def draws(kinds: Floats, counts: Floats, *, seed: int = 0) -> Floats | None:
    """(..., DRAWS) the sums of `bootstrap`, from which several statistics have their bounds.

    None where draws would show no spread.
    """
    total = int(counts.sum())
    if total < FEWEST or np.count_nonzero(counts) < 2:
        return None
    few = len(counts) <= max(_FEW, total // _DEARER)
    draw = _draw_kinds if few else _draw_rollcalls
    return draw(kinds, counts, np.random.default_rng(seed))


def bounds(drawn: Floats | None, statistic: Callable[[Floats], Floats]) -> tuple[float, float]:
    """The 90 % percentile interval of a statistic over the sums of `draws`, as in `bootstrap`."""
    values = np.array([]) if drawn is None else statistic(drawn)
    values = values[~np.isnan(values)]
    if not values.size:
        return float("nan"), float("nan")
    low, high = np.quantile(values, _BOUNDS)
    return float(low), float(high)


def _draw_kinds(kinds: Floats, counts: Floats, rng: np.random.Generator) -> Floats:
    """(..., DRAWS) sums over draws of how many rollcalls there are of each kind."""
    total = int(counts.sum())
    drawn = rng.multinomial(total, counts / total, size=DRAWS)
    return np.tensordot(kinds, drawn.T.astype(np.float64), axes=([0], [0]))


def _draw_rollcalls(kinds: Floats, counts: Floats, rng: np.random.Generator) -> Floats:
    """As `_draw_kinds`, one rollcall after another: with many kinds seven times as fast."""
    rows = np.repeat(kinds.reshape(len(kinds), -1), counts.astype(np.intp), axis=0)
    n = len(rows)
    most = max(1, _TOGETHER // n)
    sums = []
    for begun in range(0, DRAWS, most):
        draws = min(most, DRAWS - begun)
        drawn = rng.integers(0, n, size=(draws, n)) + n * np.arange(draws)[:, None]
        times = np.bincount(drawn.ravel(), minlength=draws * n).reshape(draws, n)
        sums.append(times.astype(np.float64) @ rows)
    return np.concatenate(sums).T.reshape(*kinds.shape[1:], DRAWS)
