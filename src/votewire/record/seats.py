"""Who can vote in a chamber on a day, and on which days that is known."""

from __future__ import annotations

from datetime import date

from votewire import states
from votewire.errors import NotInRecord, SourceError
from votewire.record.tables import Chamber

__all__ = ["DAYS", "seats_on"]

DAYS = (date(1945, 10, 24), date(2100, 12, 31))  # a vote on any other day is a slip of somebody's


def seats_on(chamber: str, day: date, *, called: str) -> frozenset[str]:
    """The codes of a chamber's members on a day.

    called: the vote, for errors. Raises SourceError for a day on which there is no vote, or of
    which nobody knows yet who will have been elected to the Council.
    """
    if not DAYS[0] <= day <= DAYS[1]:
        raise SourceError(f"{called}: {day} is no day of a vote; correct it.")
    if chamber != Chamber.SC:
        return states.members_on(day)
    try:
        return states.council_members(day)
    except NotInRecord:
        raise SourceError(
            f"{called}: who has a seat in the Security Council on {day} is not known; correct the "
            "day, or take the next release of votewire."
        ) from None
