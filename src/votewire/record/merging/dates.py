"""Which day a vote was taken, where a source's date is doubtful, and what tells so."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["Calendar", "out_of_order", "same_month", "swapped"]


def swapped(day: date) -> date | None:
    """The date with day and month in each other's place; None where that is no date."""
    try:
        return date(day.year, day.day, day.month)
    except ValueError:
        return None


def same_month(one: date, two: date) -> bool:
    """Whether both are in one month of one year."""
    return (one.year, one.month) == (two.year, two.month)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days of numbered meetings that are certain; a number in between lies between their days.

    days: number -> day; in order of numbers the days never go back.
    """

    days: Mapping[int, date]

    def fits(self, number: int, day: date) -> bool:
        """Whether the meeting of that number can have been held that day."""
        if number in self.days:
            return self.days[number] == day
        numbers = sorted(self.days)
        at = bisect_left(numbers, number)
        after = at == 0 or self.days[numbers[at - 1]] <= day
        return after and (at == len(numbers) or day <= self.days[numbers[at]])

    def settled(self, number: int, day: date) -> date | None:
        """The day as given, or with day and month exchanged; None where neither fits."""
        for candidate in (day, swapped(day)):
            if candidate is not None and self.fits(number, candidate):
                return candidate
        return None

    def between(self, number: int) -> tuple[date | None, date | None]:
        """The days between which it lies; None where no certain day is before or after it."""
        numbers = sorted(self.days)
        at = bisect_left(numbers, number)
        before = self.days[numbers[at - 1]] if at else None
        return before, self.days[numbers[at]] if at < len(numbers) else None

    def around(self, number: int) -> str:
        """The days between which it lies, for a message: `1979-06-14 to 1979-07-20`."""
        before, after = self.between(number)
        return f"{before or 'the beginning'} to {after or 'now'}"


def out_of_order(days: Sequence[date]) -> list[int]:
    """Places whose day breaks an order that all the others keep: the fewest that can.

    days: in an order in which they should never go back, such as by resolution number.
    """
    tails: list[date] = []
    at_tail: list[int] = []
    before: list[int] = [-1] * len(days)
    for place, day in enumerate(days):
        at = bisect_right(tails, day)
        before[place] = at_tail[at - 1] if at else -1
        if at == len(tails):
            tails.append(day)
            at_tail.append(place)
        else:
            tails[at], at_tail[at] = day, place
    kept = set()
    place = at_tail[-1] if at_tail else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return [place for place in range(len(days)) if place not in kept]
