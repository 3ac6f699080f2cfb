"""The numbers above a pasted roll: tallies, lone counts, days, and what else may stand there.

A tally that is not understood would be a roll that nobody recounts. So whatever number is no part
of something known is named, and the roll refused; see `unread`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from votewire.record.readers.result import Totals

__all__ = ["DAYS", "MONTHS", "lone_counts", "tallies_in", "unread", "written"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<m>(?:{'|'.join(MONTHS)})[a-z]*)\.?"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
DAYS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b{_NTH}\s+{_MONTH},?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_NTH},?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
)
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: number for number, word in enumerate(_SMALL)}
for _at, _ten in enumerate(_TENS, 2):
    _NUMBERS[_ten] = 10 * _at
    _NUMBERS |= {f"{_ten}-{_SMALL[ones]}": 10 * _at + ones for ones in range(1, 10)}
_NUMBERS |= {"none": 0, "no": 0, "nil": 0}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_START = r"(?<![\w-])"  # no number begins inside a word, or after the tens of "ninety-three"
_N = rf"(\d{{1,3}}|{_WORD})"
_DASH = r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"  # those that look like one, the minus too
_FIGURE = r"(\d{1,3})"  # "010" too, as the Digital Library writes its counts
_FIGURES = re.compile(
    rf"(?<![\d/.-]){_FIGURE}\s?{_DASH}\s?{_FIGURE}\s?{_DASH}\s?{_FIGURE}"
    rf"(?:\s?{_DASH}\s?{_FIGURE})?(?![\d/-])"
)
_SPELT = re.compile(
    rf"{_START}({_WORD})\s?{_DASH}\s?({_WORD})\s?{_DASH}\s?({_WORD})(?![\w-])", re.IGNORECASE
)
_ABSTAINED = r"(?:abstentions?|abstain(?:ing|ed)?)\b"
_AND_ABSTAINED = rf"(?:[\s,;]*(?:with\s+|and\s+)?{_N}\s+{_ABSTAINED})?"
_WORDS = re.compile(
    rf"{_START}{_N}\s+(?:votes?\s+)?(?:in\s+favou?r|for|yes)\b[\s,;]*(?:to\s+|and\s+)?{_N}\s+"
    rf"(?:votes?\s+)?(?:against|no)\b{_AND_ABSTAINED}",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"(?<!\d )\b(?:yes|in\s+favou?r|for)\b[\s:]{{1,3}}{_N}\b"
    rf"[\s,;]{{1,3}}(?:no|against)\b[\s:]{{1,3}}{_N}\b"
    rf"(?:[\s,;]{{1,3}}{_ABSTAINED}[\s:]{{1,3}}{_N}\b)?",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"{_START}{_N}\s+votes?\s+to\s+{_N}\b(?:\s+against\b)?{_AND_ABSTAINED}", re.IGNORECASE
)
_TO_TO = re.compile(rf"{_START}{_N}\s+to\s+{_N}\s+to\s+{_N}(?![\w-])", re.IGNORECASE)
_BY = re.compile(
    rf"\b(?:vote\s+of|by)\s+{_N}\s+to\s+{_N}\b(?!\s+to\b)(?:\s+against\b)?{_AND_ABSTAINED}",
    re.IGNORECASE,
)
_WORDED = (_WORDS, _LABELLED, _TO, _TO_TO, _BY, _SPELT)
_ABSENT = re.compile(
    rf"{_START}{_N}\s+(?:members?\s+|states?\s+)?"
    r"(?:absent|not voting|non-voting|did not vote)\b",
    re.IGNORECASE,
)
# A count of one side alone: "by a majority, with 65 abstentions".
_LONE = {
    "yes": re.compile(rf"{_START}{_N}\s+(?:votes?\s+)?in\s+favou?r\b", re.IGNORECASE),
    "no": re.compile(rf"{_START}{_N}\s+(?:votes?\s+)?against\b", re.IGNORECASE),
    "abstain": re.compile(rf"{_START}{_N}\s+{_ABSTAINED}", re.IGNORECASE),
}
# What stands where a tally would and is none: figures in a row, or a count of four digits.
_FIGURES_IN_A_ROW = re.compile(rf"(?<![\w/.-])\d+(?:\s?{_DASH}\s?\d+){{2,3}}(?![\w/-])")
_DAY_IN_FIGURES = re.compile(r"(?:19|20)\d\d-[01]?\d-[0-3]?\d|[0-3]?\d-[01]?\d-(?:19|20)\d\d")
# A line that announces a tally by another word: "Total: 99 to 0", "Result: 10/0".
_ANNOUNCED = re.compile(
    r"^[ \t>*]*(?:totals?|results?|(?:recorded )?votes?|voting|count|score)[ \t]*:"
    r"[ \t]*(\d{1,9}\b[^\w\n]+(?:[a-z]{1,12}[^\w\n]+){0,6}\d{1,9}\b[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_TOO_MANY = re.compile(
    r"\b\d{4,}[ \t]+(?:votes?|in\s+favou?r|against|abstentions?)\b", re.IGNORECASE
)
_OF_YEAR = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_THINGS = r"resolutions?|decisions?|texts?|drafts?|documents?|amendments?|sponsors?|co-sponsors?"
# Numbers that are no count of votes, whatever stands beside them.
_ELSE = (
    re.compile(r"[“\"][^“”\"]{1,600}[”\"]|«[^«»]{1,600}»"),
    re.compile(r"^[ \t>*]*title[ \t]*:[^\n]*$", re.IGNORECASE | re.MULTILINE),
    # A symbol, and the year or session in brackets behind it.
    re.compile(
        r"\b(?:A|S|E|ST|GA|SC|PBC|UN)/[\w./()-]{1,60}(?:[ ]?\((?:(?:ES-|S-)?[IVXL\d]{1,9})\))?"
    ),
    *DAYS,
    re.compile(rf"(?<![\w-])(?:{_DAY_IN_FIGURES.pattern})(?![\w-])"),
    re.compile(rf"\b\d{{1,2}}[ \t]+{_OF_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b{_OF_YEAR}\.?[ \t]+\d{{1,2}}\b(?![ \t]*[-\d])", re.IGNORECASE),
    re.compile(r"\b[0-3]?\d[./][01]?\d[./](?:19|20)\d\d\b"),
    re.compile(r"\b\d{1,4}(?:st|nd|rd|th)\b", re.IGNORECASE),
    re.compile(rf"\b(?:{'|'.join(_TENS)})-(?:first|second|third|[a-z]{{2,5}}th)\b", re.IGNORECASE),
    re.compile(
        r"\b\d{1,2}(?:[:.]\d\d)?[ ]?[ap]\.?m\b|\bat[ ][0-2]\d:[0-5]\d\b(?!:)", re.IGNORECASE
    ),
    # "meeting 9866-9867", "resolution 79/1", "item 34", "resolutions 2202 (2015)".
    re.compile(
        r"\b(?:resolutions?|decisions?|meetings?|sessions?|items?|articles?|chapters?|paras?\.?|"
        r"paragraphs?|annex|rules?|pages?|parts?|sections?|no\.|amendments?|draft)[ \t]+"
        r"(?:ES-|S-)?\d{1,5}(?:[-/]\d{1,4})?(?:[ ]?\(\d{4}\))?(?![\w/-]| ?\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:call|tel|telephone|phone|fax)\b[.:]?[ \t]+[+(]?\d[\d() -]{5,20}", re.IGNORECASE
    ),
    re.compile(
        rf"{_START}{_N}[ \t-](?:years?|months?|weeks?|days?|hours?|minutes?|per[ ]cent|"
        rf"{_THINGS})\b",
        re.IGNORECASE,
    ),
    # All members of a chamber; fewer may be those on one side.
    re.compile(r"\b(?:15|193|fifteen)[ -]members?\b", re.IGNORECASE),
    re.compile(r"\b\d{4,}\b"),  # a year, a number of a house or of a document
)
_GAP = r"[ \t]{0,2}(?:[,.;:|/+=~-]|\bto\b|\band\b|" + _DASH + r")?[ \t]{0,2}[+=-]?"
_SEEN = (set(_NUMBERS) - {"no", "none", "nil", "one"}) | {"dozen", "hundred"}
_SPELT_OUT = "|".join(sorted(_SEEN, key=len, reverse=True))
_COUNT = rf"(?:\d{{1,3}}|{_SPELT_OUT})"
_ANY = rf"(?:\d{{1,3}}|{_SPELT_OUT}|one|none|nil|no)"
_ROW = rf"{_COUNT}(?:{_GAP}{_ANY}\b){{1,5}}"
_NUMBER = re.compile(rf"(?<![\w.-])[+=-]?(?:{_ROW}|{_COUNT})(?![\w])", re.IGNORECASE)
_IN_A_ROW = re.compile(rf"(?<![\w.-])[+=-]?{_ROW}(?![\w])", re.IGNORECASE)
_ROMAN = re.compile(rf"\b[IVXLC]+(?:\s?{_DASH}\s?[IVXLC\d]+){{2,3}}\b|\b[IVXLC]{{2,8}}[ ]votes?\b")
_WITH_DIGIT = re.compile(r"(?<!\S)[^\s\d]*+\d\S*+")  # "Y11", "11x0x4"
_HIDDEN = " \xa6 "  # no part of a row


def unread(text: str) -> str | None:
    """What in a text may be a tally and is not understood; None where there is no such thing.

    Where a tally is understood the roll is recounted, and other numbers may stand beside it, but
    for several in a row, which may be another tally.
    """
    found = tallies_in(text)
    if not found:
        looks = next(_looks_like_one(text), None)
        if looks is not None:
            return looks
    left = _left(text)
    forms = (_ROMAN, _IN_A_ROW) if found else (_ROMAN, _NUMBER, _WITH_DIGIT)
    return next((match[0] for form in forms if (match := form.search(left))), None)


def tallies_in(text: str) -> list[Totals]:
    """The tallies in a text: "93-18-65", "93 in favour to 18 against, with 65 abstentions".

    A fourth figure, or "17 absent" beside words, is the members that did not vote.
    """
    absent = _ABSENT.search(text)
    silent = _number(absent[1]) if absent else None
    said = (match for form in _WORDED for match in form.finditer(text))
    worded = [(*_three(match), None) for match in said]
    figures = [match.groups() for match in _FIGURES.finditer(text)]
    return [
        Totals(
            yes=_number(yes),
            no=_number(no),
            abstain=_number(abstain) or 0,
            non_voting=silent if last is None else _number(last),
        )
        for yes, no, abstain, last in (*worded, *figures)
    ]


def lone_counts(text: str) -> Totals:
    """The counts of single sides in a text that holds no whole tally: "with 65 abstentions"."""
    found = {side: form.search(text) for side, form in _LONE.items()}
    return Totals(**{side: _number(match[1]) for side, match in found.items() if match})


def written(totals: Totals) -> str:
    """A tally as people write it: 93-18-65, or 93-18-65-17 with those who did not vote."""
    counts = [totals.yes, totals.no, totals.abstain, totals.non_voting]
    told = counts if totals.non_voting is not None else counts[:3]
    return "-".join("?" if count is None else str(count) for count in told)


def _looks_like_one(text: str) -> Iterator[str]:
    for match in _FIGURES_IN_A_ROW.finditer(text):
        if not _FIGURES.fullmatch(match[0]) and not _DAY_IN_FIGURES.fullmatch(match[0]):
            yield match[0]
    yield from (match[0] for match in _TOO_MANY.finditer(text))
    yield from (match[1] for match in _ANNOUNCED.finditer(text) if not _is_day(match[1]))


def _left(text: str) -> str:
    """The text without tallies and lone counts that are understood, and without other numbers."""
    for form in (*_ELSE[:2], _FIGURES, *_WORDED, _ABSENT, *_ELSE[2:]):
        text = form.sub(_HIDDEN, text)
    for form in _LONE.values():
        text = form.sub(_HIDDEN, text, count=1)
    return text


def _is_day(text: str) -> bool:
    return any(form.match(text) for form in DAYS)


def _three(match: re.Match[str]) -> tuple[str, str, str | None]:
    yes, no, *abstain = match.groups()
    return yes, no, abstain[0] if abstain else None


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else _NUMBERS[text.casefold()]
