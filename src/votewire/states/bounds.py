"""The days and the counts of votes that can be: what is read beyond them is no day and no count.

Pages say "9999-12-31" for never and "0001-01-01" for not known, and print numbers of any length.
No vote is of such a day and no side of one has so many; and a step from there leaves the calendar.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "MOST_MEMBERS",
    "count_of",
    "is_possible",
    "possible_day",
    "possible_moment",
]

# What computers write for "not known": the days before and of the first second of Unix, which a
# zone parts, the first of FAT, and the last second of Unix in 32 bits.
_EPOCHS = frozenset({date(1969, 12, 31), date(1970, 1, 1), date(1980, 1, 1), date(2038, 1, 19)})
# From the day on which the United Nations came into being; a page speaks of few after the last.
FIRST_DAY, LAST_DAY = date(1945, 10, 24), date(2100, 12, 31)
# The Assembly, the largest chamber of the record, has 193 members. The houses that a user may add
# are parliaments of some hundreds: the House of Representatives has 435, the European Parliament
# had 785 at its largest. So a number of three digits may be a count, and a longer one is none.
MOST_MEMBERS = 999
_DIGITS = len(str(MOST_MEMBERS))
_FURTHEST = timedelta(hours=14)  # that a zone's clocks are from UTC, on either side


def is_possible(day: date) -> bool:
    """Whether a page may be of such a day, or a vote."""
    return FIRST_DAY <= day <= LAST_DAY


def possible_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such or nothing can be of it."""
    try:
        named = date(year, month, day)
    except (ValueError, OverflowError):
        return None
    return named if is_possible(named) else None


def possible_moment(moment: datetime) -> datetime | None:
    """The moment; without its zone where that is none.

    None where no page can be of its day, or where the day is the start of a computer's calendar.
    """
    if not is_possible(moment.date()) or moment.date() in _EPOCHS:
        return None
    offset = moment.utcoffset()
    return moment if offset is None or abs(offset) <= _FURTHEST else moment.replace(tzinfo=None)


def count_of(figures: str) -> int | None:
    """The count that decimal digits of any script write; None where no chamber has so many.

    Zeros before it do not make it longer. Raises ValueError for anything but digits.
    """
    bare = figures.lstrip("0०")
    return int(bare or "0") if len(bare) <= _DIGITS else None
