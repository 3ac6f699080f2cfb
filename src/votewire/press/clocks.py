"""Dates with a time and a zone, as a page's furniture prints them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from votewire.press.calendars import any_of, calendar, languages_of
from votewire.press.zones import abbreviations
from votewire.states.bounds import possible_day

__all__ = ["Stamp", "match_stamp"]

_SEPARATOR = re.compile(r"(?:[\s,|·•@()\[\]–—-]|(?:at|à|a\s+las|को)\s)*", re.IGNORECASE)
_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)"
    r"(?P<off>Z|\s?[+-]\d\d:?\d\d)?)?(?!\d)"
)
_NUMERIC = re.compile(r"(?P<a>\d{1,4})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{2,4})(?!\d)")
_OFFSET = r"(?:(?:GMT|UTC)\s?)?[+\u2212-]\d{1,2}(?::?\d\d)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A printed date, text[start:end], with what it says and no more.

    day is None where the figures fit two dates. clock is None where only a day is printed.
    zone is the abbreviation as printed; offset the minutes from UTC where they are printed.
    """

    start: int
    end: int
    day: date | None = None
    clock: time | None = None
    zone: str | None = None
    offset: int | None = None

    def moment(self) -> datetime | None:
        """The date and time without a zone; midnight where no time is printed."""
        return datetime.combine(self.day, self.clock or time()) if self.day else None


@dataclass(slots=True)
class _Reading:
    """A stamp while it is read, part by part."""

    end: int
    dated: bool = False
    day: date | None = None
    clock: time | None = None
    zone: str | None = None
    offset: int | None = None


def match_stamp(text: str, at: int, *, lang: str = "en") -> Stamp | None:
    """The date that begins at `at`, with the time before or after it; None if there is none.

    text: one line, folded (`calendars.fold`). Parts may come in any order, with commas, bars or
    dots between them: "5:02 PM EST, Mon February 24, 2025", "Feb 25 2025 | 4:33 PM IST".
    """
    reading = _Reading(end=at)
    position = at
    while _take(text, position, reading, lang):
        separator = _SEPARATOR.match(text, reading.end)
        position = separator.end() if separator else reading.end
    if not reading.dated:
        return None
    return Stamp(
        start=at,
        end=reading.end,
        day=reading.day,
        clock=reading.clock,
        zone=reading.zone,
        offset=reading.offset,
    )


def _take(text: str, at: int, reading: _Reading, lang: str) -> bool:
    """Reads one more part of a stamp at `at` into `reading`; whether there was one."""
    if not reading.dated and _take_date(text, at, reading, lang):
        return True
    if reading.clock is None and _take_time(text, at, reading):
        return True
    if reading.clock is not None and reading.zone is None and reading.offset is None:
        return _take_zone(text, at, reading)
    return False


def _take_date(text: str, at: int, reading: _Reading, lang: str) -> bool:
    iso = _ISO.match(text, at)
    if iso:
        reading.day = possible_day(int(iso["y"]), int(iso["m"]), int(iso["d"]))
        reading.clock = _iso_time(iso["time"])
        reading.offset = _minutes(iso["off"]) if iso["off"] else None
        reading.dated, reading.end = True, iso.end()
        return True
    named = _named_dates(lang).match(text, at)
    if named:
        groups = named.groupdict()
        month = _months(lang)[(groups["m1"] or groups["m2"]).lower()]
        reading.day = possible_day(
            int(groups["y1"] or groups["y2"]), month, int(groups["d1"] or groups["d2"])
        )
        reading.dated, reading.end = True, named.end()
        return True
    figures = _NUMERIC.match(text, at)
    if figures and _plausible(figures):
        reading.day = _from_figures(figures, lang)
        reading.dated, reading.end = True, figures.end()
        return True
    return False


@cache
def _months(lang: str) -> dict[str, int]:
    """Month names of English and of `lang`, whose own meaning wins."""
    return {
        name: number for of in languages_of(lang) for name, number in calendar(of).months.items()
    }


@cache
def _named_dates(lang: str) -> re.Pattern[str]:
    """Dates with a month's name and a year, the day on either side, a weekday before."""
    weekdays = any_of(name for of in languages_of(lang) for name in calendar(of).weekdays)
    months = any_of(_months(lang))
    year = r"(?:19|20)\d\d(?!\d)"
    return re.compile(
        rf"(?:(?:{weekdays})\.?[,\s]*(?:the\s+|le\s+)?)?"
        rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º)?[\s./-]+(?:of\s+|de\s+)?(?P<m1>{months})\.?[,\s/-]*"
        rf"(?:de\s+|del\s+)?(?P<y1>{year})"
        rf"|(?P<m2>{months})\.?[\s/-]*(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[,\s/-]+(?P<y2>{year}))",
        re.IGNORECASE,
    )


def _plausible(figures: re.Match[str]) -> bool:
    """Whether figures with separators can be a date with a four-digit year."""
    sizes = (len(figures["a"]), len(figures["c"]))
    return (sizes[0] <= 2 and sizes[1] == 4) or sizes == (4, 2)


def _from_figures(figures: re.Match[str], lang: str) -> date | None:
    """24/02/2025 or 2025/02/24; None in English where both orders of day and month fit."""
    a, b, c = (int(figures[part]) for part in "abc")
    if a > 31:
        return possible_day(a, b, c)
    if b > 12:
        return possible_day(c, a, b)
    unclear = lang == "en" and figures["sep"] != "." and a <= 12 and a != b
    return None if unclear else possible_day(c, b, a)


@cache
def _time() -> re.Pattern[str]:
    known = any_of(abbreviations())
    return re.compile(
        r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d\d)(?::\d\d)?)?(?!\d)(?:\s?(?P<half>[ap]\.?\s?m\b\.?|[AP]\.?\s?M\b\.?"
        r"|[AP]\.?M\.?(?=[A-Z]))|\s?(?:hrs|hours|uhr|h)\b)?"
        rf"(?:\s?\(?(?P<zone>{known})(?![A-Za-z])(?P<plus>\s?[+\u2212-]\d{{1,2}}(?::?\d\d)?)?\)?"
        rf"|\s?(?P<off>{_OFFSET})(?!\d))?"
    )


@cache
def _zone() -> re.Pattern[str]:
    return re.compile(
        rf"\(?(?:(?P<zone>{any_of(abbreviations())})(?![A-Za-z])|(?P<off>{_OFFSET})(?!\d))\)?"
    )


def _take_time(text: str, at: int, reading: _Reading) -> bool:
    """A time of day with minutes or with a.m. and p.m., and the zone right after it."""
    found = _time().match(text, at)
    if not found or not (found["m"] or found["half"]):
        return False
    hour, minute = int(found["h"]), int(found["m"] or 0)
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"][0] in "pP" else 0)
    if hour > 23 or minute > 59:
        return False
    reading.clock = time(hour, minute)
    _set_zone(found["zone"], found["plus"] or found["off"], reading)
    reading.end = found.end()
    return True


def _take_zone(text: str, at: int, reading: _Reading) -> bool:
    found = _zone().match(text, at)
    if not found:
        return False
    _set_zone(found["zone"], found["off"], reading)
    reading.end = found.end()
    return True


def _set_zone(zone: str | None, offset: str | None, reading: _Reading) -> None:
    reading.zone = zone
    reading.offset = _minutes(offset) if offset else None


def _iso_time(printed: str | None) -> time | None:
    if printed is None:
        return None
    hour, minute = int(printed[:2]), int(printed[3:5])
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _minutes(offset: str) -> int | None:
    """Minutes from UTC of "+05:30", "GMT+5" or "Z"; None where out of range."""
    figures = re.search(r"([+\u2212-])(\d{1,2}):?(\d\d)?", offset)
    if figures is None:
        return 0
    minutes = int(figures[2]) * 60 + int(figures[3] or 0)
    if minutes > 14 * 60:
        return None
    return minutes if figures[1] == "+" else -minutes
