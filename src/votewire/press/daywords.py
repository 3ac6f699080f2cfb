"""A language's words for days as regular expressions, from its calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

from votewire.press.calendars import Calendar, any_of, calendar

__all__ = ["DayWords", "day_words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """One language's calendar, compiled.

    scan finds the words themselves; lead and month_lead what may stand before them, trail what
    may follow; of joins day and month; future are the verbs that look ahead.
    """

    calendar: Calendar
    scan: re.Pattern[str]
    lead: re.Pattern[str]
    month_lead: re.Pattern[str]
    trail: re.Pattern[str]
    of: re.Pattern[str]
    future: re.Pattern[str]


@cache
def day_words(lang: str) -> DayWords:
    """The words for days in `lang`; English where the language has none of its own."""
    names = calendar(lang)
    phrases = [*names.days, *names.from_previous, *names.ranges]
    scan = (
        r"(?<!\w)(?:(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
        r"|(?P<num>\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)\d{4})(?!\d)"
        rf"|(?P<counted>{_counted(names.counted)})"
        rf"|(?P<phrase>{any_of(phrases)})"
        rf"|(?P<month>{any_of(names.months)})"
        rf"|(?P<weekday>{any_of(names.weekdays)}))(?![\w\u0900-\u0963])"
    )
    lead = (
        rf"(?<!\w)(?:(?P<last>{any_of(names.last)})|(?P<next>{any_of(names.next)})"
        rf"|(?P<plain>{any_of(names.before_day)}))\s+\Z"
    )
    trail = rf"\s+(?:(?P<last>{any_of(names.last_after)})|(?P<next>{any_of(names.next_after)}))\b"
    return DayWords(
        calendar=names,
        scan=re.compile(scan, re.IGNORECASE),
        lead=re.compile(lead, re.IGNORECASE),
        month_lead=re.compile(rf"(?<!\w)(?:{any_of(names.before_month)})\s+\Z", re.IGNORECASE),
        trail=re.compile(trail, re.IGNORECASE),
        of=re.compile(rf"(?:{any_of(names.of)})\s+\Z", re.IGNORECASE),
        future=re.compile(rf"\b(?:{any_of(names.future)})\b", re.IGNORECASE),
    )


def _counted(counted: Mapping[str, object]) -> str:
    """The pattern of "three days ago": its words in the language's own order."""
    numbers = cast("dict[str, int]", counted["numbers"])
    units = cast("dict[str, int]", counted["units"])
    ways = [way for kind in ("ago", "earlier", "later") for way in cast("list[str]", counted[kind])]
    parts = {
        "number": rf"(?P<number>{any_of(numbers)}|\d{{1,2}})",
        "unit": rf"(?P<unit>{any_of(units)})",
        "way": rf"(?P<way>{any_of(ways)})",
    }
    return r"\s+".join(parts[part] for part in str(counted["order"]).split())
