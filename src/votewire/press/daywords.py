"""A language's words for days as regular expressions, from its calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import cast

from votewire.press.calendars import Calendar, any_of, calendar

__all__ = ["DayWords", "day_words"]

_RUN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWords:
    """One language's calendar, compiled.

    scan finds the words themselves; alone are words that are found by themselves, begun
    the first words of longer ones with their second words, counted what follows a figure; lead and
    month_lead what may stand before them, trail and month_trail what may follow; of joins day and
    month; future are the verbs that look ahead.
    """

    calendar: Calendar
    scan: re.Pattern[str]
    alone: frozenset[str]
    begun: Mapping[str, frozenset[str]]
    counted: frozenset[str]
    lead: re.Pattern[str]
    month_lead: re.Pattern[str]
    month_trail: re.Pattern[str]
    trail: re.Pattern[str]
    of: re.Pattern[str]
    future: re.Pattern[str]

    def hits(self, text: str) -> Iterator[re.Match[str]]:
        """The matches of `scan` in a text, in order, never overlapping.

        `scan` is tried where two words stand that may begin one, or a single word that may:
        searching with it takes five times as long. A word in another script may fold to one of
        ours, so it may begin or follow anything.
        """
        past = 0
        first, seconds = -1, frozenset[str]()
        for run in _RUN.finditer(text):
            word = run[0].lower()
            strange = not word.isascii()
            figures = word[0].isdigit()
            tried = [first] if first >= 0 and (strange or figures or word in seconds) else []
            first = -1
            if strange or word in self.alone:
                tried.append(run.start())
            elif figures or word in self.begun:
                first, seconds = run.start(), self.begun.get(word, self.counted)
            for at in tried:
                hit = self.scan.match(text, at) if at >= past else None
                if hit is not None:
                    past = hit.end()
                    yield hit


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
    after = rf"(?P<last>{any_of(names.last_after)})|(?P<next>{any_of(names.next_after)})"
    return DayWords(
        calendar=names,
        scan=re.compile(scan, re.IGNORECASE),
        alone=frozenset(map(_first, (*names.months, *names.weekdays, *_single(phrases)))),
        begun=_begun(phrases, names.counted),
        counted=frozenset(_first(unit) for part in _parts(names.counted) for unit in part),
        lead=re.compile(lead, re.IGNORECASE),
        month_trail=re.compile(rf"\s{{1,24}}(?:{any_of(names.after_month)})(?![\w\u0900-\u0963])"),
        month_lead=re.compile(rf"(?<!\w)(?:{any_of(names.before_month)})\s+\Z", re.IGNORECASE),
        trail=re.compile(rf"\s{{1,24}}(?:{after})\b", re.IGNORECASE),
        of=re.compile(rf"(?:{any_of(names.of)})\s+\Z", re.IGNORECASE),
        future=re.compile(rf"\b(?:{any_of(names.future)})\b", re.IGNORECASE),
    )


def _begun(phrases: Iterable[str], counted: Mapping[str, object]) -> dict[str, frozenset[str]]:
    """First word -> the second words, of phrases of several words and of counts of days."""
    begun: dict[str, set[str]] = {}
    parts = _parts(counted)
    for part, following in pairwise((*parts, [])):
        after = {word for each in following if (word := _first(each))}
        for each in part:
            begun.setdefault(_first(each), set()).update(after)
    for each in (*phrases, *(each for part in parts for each in part)):
        words = _RUN.findall(each.lower())
        if len(words) > 1:
            begun.setdefault(words[0], set()).add(words[1])
    return {word: frozenset(seconds) for word, seconds in begun.items() if seconds}


def _single(phrases: Iterable[str]) -> list[str]:
    return [phrase for phrase in phrases if len(_RUN.findall(phrase)) == 1]


def _first(phrase: str) -> str:
    found = _RUN.match(phrase.lower())
    return found[0] if found else ""


def _parts(counted: Mapping[str, object]) -> list[list[str]]:
    """The words of each part of "three days ago", in the language's own order."""
    words = {
        "number": [*cast("dict[str, int]", counted["numbers"])],
        "unit": [*cast("dict[str, int]", counted["units"])],
        "way": _ways(counted),
    }
    return [words[part] for part in str(counted["order"]).split()]


def _ways(counted: Mapping[str, object]) -> list[str]:
    return [way for kind in ("ago", "earlier", "later") for way in cast("list[str]", counted[kind])]


def _counted(counted: Mapping[str, object]) -> str:
    """The pattern of "three days ago": its words in the language's own order."""
    numbers = cast("dict[str, int]", counted["numbers"])
    units = cast("dict[str, int]", counted["units"])
    parts = {
        "number": rf"(?P<number>{any_of(numbers)}|\d{{1,2}})",
        "unit": rf"(?P<unit>{any_of(units)})",
        "way": rf"(?P<way>{any_of(_ways(counted))})",
    }
    return r"\s+".join(parts[part] for part in str(counted["order"]).split())
