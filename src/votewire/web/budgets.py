"""What each address has left of something that comes back evenly over a minute."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Budgets"]

_CLIENTS = 10_000  # addresses that are counted; the ones that asked last


class Budgets:
    """So much a minute for each address, checks or seconds; spent before it is missing, or after.

    rate: how much a minute, and how much there is at once; 0 for any amount. clock: seconds,
    rising.
    """

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._left)

    def wait(self, client: str, amount: float) -> int:
        """Whole seconds until the address has so much, at most `rate`; 0 where it has."""
        missing = min(amount, self._rate) - self._now(client)
        return math.ceil(missing * 60 / self._rate) if self._rate and missing > 0 else 0

    def spend(self, client: str, amount: float) -> None:
        """Takes so much from the address, which may owe it then."""
        if not self._rate:
            return
        self._left[client] = self._now(client) - amount, self._clock()
        self._left.move_to_end(client)
        while len(self._left) > _CLIENTS:
            self._left.popitem(last=False)

    def _now(self, client: str) -> float:
        left, since = self._left.get(client, (float(self._rate), self._clock()))
        return min(float(self._rate), left + (self._clock() - since) * self._rate / 60)
