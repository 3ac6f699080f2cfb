"""How the time of a search grows with the length of what is searched.

A ratio of the processor times of one thread in one process: a busy machine slows both alike.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import AnyStr, NamedTuple

from tests.patterns.pumps import Pump

__all__ = ["Growth", "growth"]

SMALL, LARGE = 1024, 8192
MOST = 16.0  # times as long for eight times the length; 8 is linear, 64 quadratic
_DOUBT = 11.0
# Seconds of the larger under which nothing is measured: what goes back over 8 kB, if only from
# every hundredth letter, takes longer.
_FLOOR = 0.0004
# Copies of the unit, then sizes, tried before those two: what is exponential shows in a few
# copies, what is cubic in some hundred letters, and LARGE would never end.
_COPIES = (6, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 36, 40, 48, 56, 64, 80, 96)
_SIZES = (256, 512, SMALL)
_LONG = 0.005  # seconds that are long for few copies
_VERY_LONG = 0.1  # and for so few letters
_CUBIC = 6.0  # times as long for twice the length; a quadratic one takes 4 times
_TIMES = 7
_TURNS = 4


class Growth(NamedTuple):
    """A search whose time grows too fast: `way` over `size` letters took `ratio` times as long
    as over an eighth of it, or a half where so few letters were enough to tell."""

    way: str
    pump: Pump
    size: int
    ratio: float


def growth(regex: re.Pattern[AnyStr], pump: Pump) -> Growth | None:
    """How the pattern's time grows too fast with copies of the pump; None where it is linear."""
    for way, run in _ways(regex):
        tried = _Tried(run, pump, binary=isinstance(regex.pattern, bytes))
        found = tried.few_copies() or tried.few_letters() or tried.many_letters()
        if found is not None:
            return Growth(way, pump, *found)
    return None


def _ways(regex: re.Pattern[AnyStr]) -> Iterator[tuple[str, Callable[[AnyStr], object]]]:
    def every(text: AnyStr) -> None:
        for _ in regex.finditer(text):
            pass

    yield "finditer", every
    yield "match", regex.match
    yield "fullmatch", regex.fullmatch


class _Tried:
    """One way of searching, tried on strings of a pump; each question answers (size, ratio)."""

    def __init__(self, run: Callable[..., object], pump: Pump, *, binary: bool) -> None:
        self.run, self.pump, self.binary = run, pump, binary

    def few_copies(self) -> tuple[int, float] | None:
        """Where few copies take long, and half as many a sixteenth: it is exponential."""
        for copies in _COPIES:
            if copies * len(self.pump.unit) > SMALL:
                return None
            if self.seconds(copies) > _LONG and (ratio := self.ratio(copies // 2, copies)) > MOST:
                return copies * len(self.pump.unit), ratio
        return None

    def few_letters(self) -> tuple[int, float] | None:
        """Where few letters take very long, and half as many far less: it is at least cubic."""
        for size in _SIZES:
            small, large = self.pump.copies(size // 2), self.pump.copies(size)
            if self.seconds(large) > _VERY_LONG and (ratio := self.ratio(small, large)) > _CUBIC:
                return size, ratio
        return None

    def many_letters(self) -> tuple[int, float] | None:
        """Where LARGE takes more than MOST times as long as SMALL."""
        small, large = self.pump.copies(SMALL), self.pump.copies(LARGE)
        took = self.seconds(large)
        if took < _FLOOR or took < _DOUBT * self.seconds(small):
            return None
        # A neighbour on the machine can slow one turn; what goes back is slow in every one.
        ratio = self.ratio(small, large)
        for _ in range(_TURNS if ratio > MOST else 0):
            ratio = min(ratio, self.ratio(small, large))
        return (LARGE, ratio) if ratio > MOST else None

    def ratio(self, small: int, large: int) -> float:
        """How many times as long the larger takes, by the least times of several turns."""
        least = self.seconds(large)
        for _ in range(_TIMES // 2 if least < 2 * _VERY_LONG else 0):
            least = min(least, self.seconds(large))
        return least / min(self.seconds(small) for _ in range(_TIMES))

    def seconds(self, copies: int) -> float:
        """Seconds of this thread's processor time; never 0."""
        text = self.pump.of(copies)
        given = text.encode("utf-8", "surrogatepass") if self.binary else text
        started = time.thread_time_ns()
        self.run(given)
        return max(1, time.thread_time_ns() - started) / 1e9
