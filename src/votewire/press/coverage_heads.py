"""The head of a page of meetings coverage: which release it is, of what body, day and meeting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from votewire.press.article import Article
from votewire.press.coverage_words import any_of, coverage_words
from votewire.press.dates import find_days
from votewire.states.bounds import possible_day

__all__ = ["Head", "read_head", "release_in"]

_REACH = 4_000  # characters of a page's head
_RELEASE = r"(?P<series>(?:GA|SC)(?:/[A-Z]{1,4})?|ECOSOC|HRC|HR/CN)/(?P<number>\d{1,5})"
_RELEASE_LINE = re.compile(
    rf"(?:^|\n)[^\S\n]*(?:Press Release\s+|General Assembly\s?|Security Council\s?)?{_RELEASE}"
    r"(?:/Rev\.\d+|\*+)?[^\S\n]*(?:\||\n|\Z)"
)
_RELEASE_LINK = re.compile(
    r"\b(?:un\.org/(?:press/)?en|unvienna\.org/\S{1,40}|un\.org/News/\S{1,40})/(?:\d{4}/)?"
    r"(?:\d{8}\.)?(?P<letters>[a-z]{2,6})(?P<number>\d{2,5})(?:\.doc)?(?:\.html?)?",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[\w./-]*un(?:vienna)?\.org/[\w./-]+\.html?", re.IGNORECASE)
_DAY_FIRST = re.compile(r"^[^\S\n]*(\d{2})/(\d{2})/(\d{4})[^\S\n]*$", re.MULTILINE)
_COMPACT = re.compile(r"^[^\S\n]*((?:19|20)\d{2})(\d{2})(\d{2})[^\S\n]*$", re.MULTILINE)
_MEETING = re.compile(r"\b(\d{1,5})(?:st|nd|rd|th)[^\S\n]+meeting\b", re.IGNORECASE)
_MOST_WORDS = 6  # of a line that is a date: "Monday, 24 February 2025", "GA/12675 24 February 2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a page says of itself. None or "" where it does not.

    release: "GA/12675". body: the code of the body that met: GA, SC, C1 to C6, or another's.
    meeting: its number. session: "79", "ES-11". url: the page's address.
    """

    release: str | None = None
    body: str | None = None
    day: date | None = None
    meeting: int | None = None
    session: str = ""
    url: str | None = None


def read_head(article: Article, source: str) -> Head:
    """The head of the page. source: its bytes as text, for links that HTML declares."""
    top = article.text[:_REACH]
    release, body = release_in(top, source)
    meetings = set(_MEETING.findall(top))
    address = _URL.search(source[: 4 * _REACH])
    return Head(
        release=release,
        body=body or _body_named(top),
        day=_day(article, top),
        meeting=int(meetings.pop()) if len(meetings) == 1 else None,
        session=_session(top),
        url=address[0] if address else None,
    )


def release_in(top: str, source: str = "") -> tuple[str | None, str | None]:
    """The release's reference and the body that it covers, by a line of its own or the address."""
    series: dict[str, str] = coverage_words()["series"]
    line = _RELEASE_LINE.search(top)
    if line is not None:
        return f"{line['series']}/{line['number']}", series.get(line["series"], line["series"])
    link = _RELEASE_LINK.search(source[: 4 * _REACH])
    for name, body in series.items():
        if link is not None and link["letters"].upper() == name.replace("/", ""):
            return f"{name}/{link['number']}", body
    return None, None


def _body_named(top: str) -> str | None:
    """The one body that the head names in full, else short; None where it names several, or none.

    A committee is one of the Assembly's, which its head may name too.
    """
    words = coverage_words()
    for names in (words["bodies"], words["short"]):
        named = [code for code, name in names.items() if _name(name).search(top)]
        committees = [code for code in named if code[0] == "C"]
        chosen = [code for code in committees if code != "C"] or committees or named
        if chosen:
            return chosen[0] if len(chosen) == 1 else None
    return None


@cache
def _name(words: str) -> re.Pattern[str]:
    return any_of([words])


def _day(article: Article, top: str) -> date | None:
    """The day on a line of its own, else the day of publication that the page declares."""
    for form, order in ((_DAY_FIRST, (3, 2, 1)), (_COMPACT, (1, 2, 3))):
        match = form.search(top)
        if match is not None:
            return possible_day(*(int(match[group]) for group in order))
    for line in top.split("\n"):
        days = find_days(line, None) if 0 < len(line.split()) <= _MOST_WORDS else []
        if days and days[0].day is not None:
            return days[0].day
    published = article.metadata.published
    return published.date() if published is not None else None


def _session(top: str) -> str:
    """The session of the Assembly that the head names: "79", "ES-11", "S-32"; "" where none."""
    found = _session_words().search(top)
    if found is None:
        return ""
    ordinals: dict[str, int] = coverage_words()["ordinals"]
    number = sum(ordinals[word] for word in re.split(r"[\s-]+", found["ordinal"].lower()))
    special = {"": "", "emergency": "ES-", "special": "S-"}
    kind = (found["kind"] or "").split()
    return f"{special[kind[0].lower() if kind else '']}{number}"


@cache
def _session_words() -> re.Pattern[str]:
    words = "|".join(sorted(coverage_words()["ordinals"], key=len, reverse=True))
    return re.compile(
        rf"\b(?P<ordinal>(?:{words})(?:[\s-]+(?:{words}))?)\s+"
        r"(?P<kind>emergency special |special )?(?:session|general assembly)\b",
        re.IGNORECASE,
    )
