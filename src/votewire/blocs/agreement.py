"""How often two states chose alike, counted from the rolls; no fitted model.

Definition (DESIGN section 6): over the rollcalls where both voted Yes, No or abstained, 1 for the
same choice, 1/2 where exactly one of them abstained, 0 for opposite votes; the mean is the
agreement. Adoptions without a vote are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from votewire.record import Choice

__all__ = ["DEFINITION", "Agreement", "agreement", "scores", "wilson"]

DEFINITION = "1 for the same choice, 1/2 where one of the two abstained, 0 for opposite votes"
_Z90 = 1.6448536269514722  # standard normal quantile at 0.95: a two-sided 90 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement of two states over n rollcalls.

    value, low, high: shares in [0, 1], the 90 % Wilson interval; NaN where n is 0.
    n: rollcalls where both voted or abstained.
    """

    value: float
    low: float
    high: float
    n: int


def scores(a: NDArray[np.int8], b: NDArray[np.int8]) -> NDArray[np.float64]:
    """Agreement on each rollcall: 1, 0.5 or 0, NaN where either took no position.

    a, b: (n_rollcalls,) Choice codes of two states on the same rollcalls.
    Raises ValueError if lengths differ.
    """
    if a.shape != b.shape:
        raise ValueError(f"rolls of different length: {a.shape} and {b.shape}")
    both = (a <= Choice.NO) & (b <= Choice.NO)
    # YES, ABSTAIN, NO are 0, 1, 2: the distance between two choices is 0, 1 or 2 half points.
    distance = np.abs(a.astype(np.int16) - b.astype(np.int16))
    return np.where(both, 1.0 - distance / 2.0, np.nan)


def agreement(a: NDArray[np.int8], b: NDArray[np.int8]) -> Agreement:
    """Agreement of two states over the rollcalls given, with its 90 % Wilson interval.

    a, b: (n_rollcalls,) Choice codes. Raises ValueError if lengths differ.
    """
    each = scores(a, b)
    shared = each[~np.isnan(each)]
    n = int(shared.size)
    if n == 0:
        return Agreement(value=float("nan"), low=float("nan"), high=float("nan"), n=0)
    value = float(shared.mean())
    low, high = wilson(value, n)
    return Agreement(value=value, low=low, high=high, n=n)


def wilson(share: float, n: int) -> tuple[float, float]:
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
