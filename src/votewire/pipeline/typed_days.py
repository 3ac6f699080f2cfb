"""A day as a person types it: a day, a month or a year."""

from __future__ import annotations

import calendar
from datetime import date

from votewire.errors import UsageError

__all__ = ["day_typed"]


def day_typed(typed: str | None, what: str, *, last: bool) -> date | None:
    """A day, or the first or last day of a month or year; None where nothing was typed.

    what: what it is called where it is typed, such as --since. Raises UsageError for anything else.
    """
    if typed is None:
        return None
    try:
        year, month, day = (int(part) for part in (typed.strip() + "-0-0").split("-")[:3])
        month = month or (12 if last else 1)
        return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except (ValueError, IndexError, OverflowError):
        message = f"{what} {typed!r}: give a day, month or year, such as 2022-02-24 or 2022."
        raise UsageError(message) from None
