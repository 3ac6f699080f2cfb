"""Days that a text names, resolved against the day it was published."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from votewire.press.calendars import Calendar, fold
from votewire.press.daywords import DayWords, day_words
from votewire.states.bounds import is_possible, possible_day

__all__ = ["DayMention", "find_days", "month_days", "resolve_day"]

# A date without a year that lies ahead: one day may be a time zone, more is next year's or unclear.
_ZONE_SLACK = 1
_AHEAD = 60
_REACH = 24  # letters beside a day; the gaps below are as wide, for none may be without end
_CONTEXT = 70
_JOIN_REACH = 8
_DAY_BEFORE = re.compile(r"(?<![\d.,:-])(\d{1,2})(?:st|nd|rd|th|er|º|ª)?[\s-]+\Z")
_DAY_AFTER = re.compile(r"\.?[\s-]{0,24}(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\d:.]\d|\d|%|-\d)")
_YEAR_AFTER = re.compile(r"\.?,?[\s-]{1,24}(?:(?:de|del|of)\s{1,24})?((?:19|20)\d\d)(?!\d)")
_ABBREVIATED = re.compile(
    r"\.?,?\s{1,24}(?:\d|[A-Z][a-z]{2,8}\.?\s{1,24}\d)|\.?,\s{1,24}[^\W\d_]{3,9}\.?\s{1,24}\d"
)
_JOIN = re.compile(r"[.,]?\s{0,8}(?:the\s{1,8})?\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMention:
    """Words that name a day or a stretch of days: text[start:end].

    day: the one day meant, None where the words name a stretch or cannot be settled.
    first, last: the stretch, both ends included; the same day twice where `day` is known.
    """

    start: int
    end: int
    text: str
    day: date | None = None
    first: date | None = None
    last: date | None = None


def resolve_day(text: str, anchor: date, *, lang: str = "en") -> date | None:
    """The day that `text` names, seen from the day of publication `anchor`; None where unclear.

    A weekday is the latest one not after the anchor ("last" one: before it), unless the words look
    ahead. A date without a year is the latest such date; up to 60 days ahead of the anchor it
    is None, for it may mean either year. Stretches of days ("earlier this month") are None.
    """
    for mention in find_days(text, anchor, lang=lang):
        if mention.day is not None:
            return mention.day
    return None


def find_days(text: str, anchor: date | None, *, lang: str = "en") -> list[DayMention]:
    """All mentions of days in `text`, in order, never overlapping.

    Without an anchor only full dates have a day. "A day earlier" counts from the day named before
    it, or from the anchor. Days on which no vote can have been are none, and an anchor that is one
    counts as none (`votewire.states.bounds`). Time linear in the length.
    """
    anchor = anchor if anchor is not None and is_possible(anchor) else None
    words = day_words(lang)
    folded = fold(text)
    found: list[DayMention] = []
    was = ""
    for hit in words.hits(folded):
        if found and hit.start() < found[-1].end:
            continue
        mention = _read(words, folded, hit, anchor, found[-1] if found else None)
        if mention is not None:
            _add(found, mention, folded, kinds=(was, hit.lastgroup or ""))
            was = hit.lastgroup or ""
    return [replace(each, text=text[each.start : each.end]) for each in found]


def month_days(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _read(
    words: DayWords,
    text: str,
    hit: re.Match[str],
    anchor: date | None,
    previous: DayMention | None,
) -> DayMention | None:
    """What the words at `hit` name, or None where they name no day ("march on", "Sun")."""
    if hit["iso"]:
        year, month, day = map(int, hit["iso"].split("-"))
        return _one_day(hit.start(), hit.end(), possible_day(year, month, day))
    if hit["num"]:
        return _one_day(hit.start(), hit.end(), _numeric(hit["num"], words.calendar.lang))
    if hit["counted"]:
        return _count(words.calendar, hit, anchor, previous)
    if hit["phrase"]:
        return _phrase(words.calendar, hit, anchor, previous)
    if words.calendar.capital and not hit[0][0].isupper():
        return None
    if hit["month"]:
        return _month(words, text, hit, anchor)
    return _weekday(words, text, hit, anchor)


def _one_day(start: int, end: int, day: date | None) -> DayMention:
    return DayMention(start=start, end=end, text="", day=day, first=day, last=day)


def _days(start: int, end: int, stretch: tuple[date, date] | None) -> DayMention:
    """A stretch of days; without its ends where they are not known, or none of its days can be."""
    first, last = stretch if stretch and all(map(is_possible, stretch)) else (None, None)
    return DayMention(start=start, end=end, text="", first=first, last=last)


def _numeric(digits: str, lang: str) -> date | None:
    """A date in figures; None in English where day and month could be either way round."""
    first, second, year = (int(part) for part in re.split(r"[./-]", digits))
    if lang == "en" and "." not in digits and first != second and first <= 12 and second <= 12:
        return None
    if second > 12:
        first, second = second, first
    return possible_day(year, second, first)


def _count(
    names: Calendar, hit: re.Match[str], anchor: date | None, previous: DayMention | None
) -> DayMention:
    numbers = cast("dict[str, int]", names.counted["numbers"])
    units = cast("dict[str, int]", names.counted["units"])
    number = hit["number"].lower()
    days = (int(number) if number.isdigit() else numbers[number]) * units[hit["unit"].lower()]
    way = " ".join(hit["way"].lower().split())
    if way in cast("list[str]", names.counted["ago"]):
        return _one_day(hit.start(), hit.end(), _shift(anchor, -days))
    base = previous.day if previous is not None and previous.day else anchor
    later = way in cast("list[str]", names.counted["later"])
    return _one_day(hit.start(), hit.end(), _shift(base, days if later else -days))


def _phrase(
    names: Calendar, hit: re.Match[str], anchor: date | None, previous: DayMention | None
) -> DayMention:
    said = " ".join(hit["phrase"].lower().split())
    if said in names.days:
        return _one_day(hit.start(), hit.end(), _shift(anchor, names.days[said]))
    if said in names.from_previous:
        base = previous.day if previous is not None and previous.day else anchor
        return _one_day(hit.start(), hit.end(), _shift(base, names.from_previous[said]))
    stretch = _stretch(names.ranges[said], anchor) if anchor else None
    return _days(hit.start(), hit.end(), stretch)


def _stretch(kind: str, anchor: date) -> tuple[date, date]:
    """First and last day of the stretch `kind` (week_to_date, previous_month, ...) at `anchor`."""
    monday = anchor - timedelta(days=anchor.weekday())
    before = anchor.replace(day=1) - timedelta(days=1)
    spans = {
        "week": (monday, monday + timedelta(days=6)),
        "previous_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": month_days(anchor.year, anchor.month),
        "previous_month": month_days(before.year, before.month),
        "year": (date(anchor.year, 1, 1), date(anchor.year, 12, 31)),
        "previous_year": (date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31)),
    }
    first, last = spans[kind.removesuffix("_to_date")]
    return first, anchor if kind.endswith("_to_date") else last


def _shift(day: date | None, days: int) -> date | None:
    """So many days after a possible day, or before it; None without one, or where none can be."""
    moved = day + timedelta(days=days) if day is not None else None
    return moved if moved is not None and is_possible(moved) else None


def _month(
    words: DayWords, text: str, hit: re.Match[str], anchor: date | None
) -> DayMention | None:
    """A date with a month's name, or the whole month where no day stands beside it."""
    month = words.calendar.months[hit["month"].lower()]
    start, end = hit.span()
    day, start, end = _day_of_month(words, text, start, end)
    after = _YEAR_AFTER.match(text, end)
    year = int(after[1]) if after else None
    end = after.end() if after else end
    if day is None:
        return _whole_month(words, text, start, end, month, year, anchor)
    start = _lead_start(words, text, start)
    if year is not None:
        return _one_day(start, end, possible_day(year, month, day))
    ahead = _looks_ahead(words, text, start)
    return _one_day(start, end, _nearest(month, day, anchor, ahead=ahead))


def _day_of_month(words: DayWords, text: str, start: int, end: int) -> tuple[int | None, int, int]:
    """The day beside a month's name at text[start:end], and the widened span; None without one."""
    reach = max(0, start - _REACH)
    of = words.of.search(text, reach, start)
    before = _DAY_BEFORE.search(text, reach, of.start() if of else start)
    if before and 1 <= int(before[1]) <= 31:
        return int(before[1]), before.start(), end
    after = _DAY_AFTER.match(text, end)
    if after and 1 <= int(after[1]) <= 31:
        return int(after[1]), start, after.end()
    return None, start, end


def _whole_month(
    words: DayWords,
    text: str,
    start: int,
    end: int,
    month: int,
    year: int | None,
    anchor: date | None,
) -> DayMention | None:
    lead = words.month_lead.search(text, max(0, start - _REACH), start)
    if lead is None and year is None and words.month_trail.match(text, end) is None:
        return None
    if year is None and anchor is not None:
        year = anchor.year if month <= anchor.month else anchor.year - 1
    begin = lead.start() if lead else start
    return _days(begin, end, month_days(year, month) if year else None)


def _nearest(month: int, day: int, anchor: date | None, *, ahead: bool) -> date | None:
    """The year of a date without one: the latest not after the anchor, or the next one ahead."""
    if anchor is None:
        return None
    this = possible_day(anchor.year, month, day)
    if ahead:
        if this and this >= anchor:
            return this
        return possible_day(anchor.year + 1, month, day)
    gap = (this - anchor).days if this else _AHEAD + 1
    if gap <= _ZONE_SLACK:
        return this
    following = possible_day(anchor.year - 1, month, day)
    return None if gap <= _AHEAD else following


def _weekday(
    words: DayWords, text: str, hit: re.Match[str], anchor: date | None
) -> DayMention | None:
    """The latest such weekday not after the anchor; before it for "last", after it for "next"."""
    name = hit["weekday"].lower()
    start, end = hit.span()
    lead = words.lead.search(text, max(0, start - _REACH), start)
    bare = lead is None and _is_short(words.calendar, name)
    if bare and not _ABBREVIATED.match(text, end):
        return None
    trail = words.trail.match(text, end)
    kind = _kind(lead) or _kind(trail)
    if lead is not None:
        start = lead.start()
    if kind is None and _looks_ahead(words, text, start):
        kind = "next"
    end = trail.end() if trail else end
    return _one_day(start, end, _on_weekday(words.calendar.weekdays[name], anchor, kind))


def _is_short(names: Calendar, name: str) -> bool:
    """Whether `name` abbreviates a longer name of the same weekday."""
    number = names.weekdays[name]
    return any(
        other.startswith(name) and other != name
        for other, of in names.weekdays.items()
        if of == number
    )


def _kind(found: re.Match[str] | None) -> str | None:
    if found is None:
        return None
    return found.lastgroup if found.lastgroup in ("last", "next") else None


def _on_weekday(weekday: int, anchor: date | None, kind: str | None) -> date | None:
    if anchor is None:
        return None
    back = (anchor.weekday() - weekday) % 7
    if kind == "last" and back == 0:
        back = 7
    if kind == "next":
        back -= 7
    return _shift(anchor, -back)


def _lead_start(words: DayWords, text: str, start: int) -> int:
    lead = words.lead.search(text, max(0, start - _REACH), start)
    return lead.start() if lead and lead["plain"] else start


def _looks_ahead(words: DayWords, text: str, start: int) -> bool:
    """Whether the clause before `start` speaks of what is still to come."""
    before = text[max(0, start - _CONTEXT) : start]
    clause = re.split(r"[.!?;\n\"“”]|\bafter\b|\bwhen\b", before)[-1]
    return bool(words.future.search(clause))


def _add(
    found: list[DayMention], mention: DayMention, text: str, *, kinds: tuple[str, str]
) -> None:
    """Adds a mention; a weekday and the date or "last week" right after it are one mention."""
    before = found[-1] if found else None
    if before is not None and kinds[0] == "weekday" and mention.start - before.end <= _JOIN_REACH:
        gap = text[before.end : mention.start]
        if kinds[1] in ("month", "num", "iso") and _JOIN.match(gap):
            found[-1] = replace(mention, start=before.start)
            return
        if kinds[1] == "phrase" and gap.isspace() and _is_week(mention) and before.day:
            day = _shift(mention.first, before.day.weekday())
            found[-1] = _one_day(before.start, mention.end, day)
            return
    found.append(mention)


def _is_week(mention: DayMention) -> bool:
    """Whether the mention is a stretch of seven days: "last week" after "Monday"."""
    if mention.day is not None or mention.first is None or mention.last is None:
        return False
    return (mention.last - mention.first).days == 6
