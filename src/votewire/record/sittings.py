"""When a session of the Assembly can have met.

A regular session opens in the September of 1945 plus its number, or some weeks later, and may be
resumed until the next one opens, always before the end of the year after. Special sessions meet
when they are called.
"""

from __future__ import annotations

from datetime import date

__all__ = ["FIRST_MEETING", "can_meet", "days_of"]

FIRST_MEETING = date(1946, 1, 10)  # in London; the first session had no September before it
_BEFORE_FIRST = 1945


def days_of(session: str) -> tuple[date, date]:
    """The first and the last day on which a session can have met.

    session: as the record writes it, `79`, `ES-11`; a special one on any day since the first
    meeting.
    """
    number = int(session) if session.isdecimal() else 0
    if not 1 <= number < date.max.year - _BEFORE_FIRST:
        return FIRST_MEETING, date.max
    opening = _BEFORE_FIRST + number
    first = FIRST_MEETING if number == 1 else date(opening, 9, 1)
    return first, date(opening + 1, 12, 31)


def can_meet(session: str, day: date) -> bool:
    """Whether a session can have met on that day."""
    first, last = days_of(session)
    return first <= day <= last
