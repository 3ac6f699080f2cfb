"""Who can vote in a chamber on a day, and on which days that is known."""

from __future__ import annotations

from datetime import date

from votewire import states
from votewire.errors import NotInRecord, SourceError
from votewire.record.tables import Chamber
from votewire.states.bounds import is_possible

__all__ = ["seats_on"]


def seats_on(chamber: str, day: date, *, called: str) -> frozenset[str]:
    """The codes of a chamber's members on a day.

    called: the vote, for errors. Raises SourceError for a day on which there is no vote, or of
    which nobody knows yet who will have been elected to the Council.
    """
    if not is_possible(day):
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
