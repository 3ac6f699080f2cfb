"""What stands above a pasted roll: which text, on what day, in which chamber, with what tally.

Either as lines "Symbol: ...", "Draft: ...", "Date: ...", "Title: ...", "Meeting: ...", "Chamber:
...", "Kind: ...", "Outcome: ...", "Tally: ...", or in any sentence, as the UN's press releases have
it. A line of the first kind wins; sentences that give two different answers are refused, as which
one is meant would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NoReturn, TypeVar

from votewire.errors import SourceError
from votewire.record.readers import catalogue
from votewire.record.readers.result import Totals
from votewire.record.tables import Chamber, Kind, Outcome
from votewire.states.bounds import possible_day

__all__ = ["Header", "tallies_in"]

_LINE = re.compile(
    r"^[ \t>*]*(symbol|draft|date|title|meeting|chamber|kind|outcome|tally)[ \t]*:"
    r"[ \t]*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_ADOPTED = re.compile(
    r"\bA/(?:RES|DEC)/(?:(?:ES-|S-)?\d+/\d+|\d+ ?\((?:ES-|S-)?[IVXL\d]+\))"
    r"(?:[A-Z]{1,5}(?:-[A-Z]{1,5})?)?(?:\[[\w.-]+\])?"
    r"|\bS/RES/\d+(?: ?\(\d{4}\))?"
)
_DRAFT = re.compile(
    r"\bA/(?:[\w.-]{1,20}/){1,6}L\.\d+(?:/(?:Rev|Add|Corr)\.\d+)*"
    r"|\bS/(?:\d{4}/)?\d+(?:/Rev\.\d+)?\b(?!/)"
)
_MEETING = re.compile(r"\b[AS]/(?:[\w-]+/)?PV\.\d+")
_QUOTED = re.compile(r"(?:titled|entitled)\s+[“\"](.{1,600}?),?[”\"]", re.IGNORECASE | re.DOTALL)
_VOTE_ON = re.compile(r"^[ \t]*Vote on[ \t]+(\S.*)$", re.IGNORECASE | re.MULTILINE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<m>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_NTH = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b"),
    re.compile(rf"\b{_NTH}\s+{_MONTH},?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_NTH},?\s+(?P<y>\d{{4}})\b", re.IGNORECASE),
)
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
)
_NUMBERS = {word: number for number, word in enumerate(_SMALL)} | {"none": 0, "no": 0, "nil": 0}
_N = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_FIGURE = r"(\d{1,3})"  # "010" too, as the Digital Library writes its counts
_FIGURES = re.compile(
    rf"(?<![\d/.-]){_FIGURE}\s?[-–—]\s?{_FIGURE}\s?[-–—]\s?{_FIGURE}"
    rf"(?:\s?[-–—]\s?{_FIGURE})?(?![\d/-])"
)
_WORDS = re.compile(
    rf"\b{_N}\s+(?:votes?\s+)?(?:in\s+favou?r|for)\b[\s,;]*(?:to\s+|and\s+)?{_N}\s+(?:votes?\s+)?"
    rf"against\b(?:[\s,;]*(?:with\s+|and\s+)?{_N}\s+(?:abstentions?|abstaining))?",
    re.IGNORECASE,
)
_TO = re.compile(
    rf"\b{_N}\s+votes?\s+to\s+{_N}\b(?:\s+against\b)?"
    rf"(?:[\s,;]*(?:with\s+|and\s+)?{_N}\s+(?:abstentions?|abstaining))?",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"\b(?:vote\s+of|by)\s+{_N}\s+to\s+{_N}\b(?:\s+against\b)?"
    rf"(?:[\s,;]*(?:with\s+|and\s+)?{_N}\s+(?:abstentions?|abstaining))?",
    re.IGNORECASE,
)
# What stands where a tally would and is none: figures in a row, or a count of four digits.
_FIGURES_IN_A_ROW = re.compile(r"(?<![\w/.-])\d+(?:\s?[-–—]\s?\d+){2,3}(?![\w/-])")
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
_ABSENT = re.compile(
    rf"\b{_N}\s+(?:members?\s+|states?\s+)?(?:absent|not voting|non-voting|did not vote)\b",
    re.IGNORECASE,
)
_VERDICTS = (
    (Outcome.VETOED, re.compile(r"negative vote of a permanent member|\bvetoed\b", re.IGNORECASE)),
    (
        Outcome.REJECTED,
        re.compile(r"\b(?:rejected|defeated) by (?:an? )?[\w-]* ?(?:vote|\d)", re.I),
    ),
    (Outcome.ADOPTED, re.compile(r"\badopted by (?:an? )?[\w-]* ?(?:vote|\d)", re.IGNORECASE)),
)
Thing = TypeVar("Thing")
_TALLY = "Tally: 93-18-65"
_COMMITTEE = re.compile(r"A/C\.[1-6]/")


class Header:
    """The text above a roll, asked for one thing at a time.

    Each answer is None where the text does not say; `day`, `chamber` and `called` raise
    SourceError then.
    """

    def __init__(self, text: str, *, name: str) -> None:
        self.text = text
        self.name = name
        self.lines = {
            key.lower(): value.rstrip(" \t") for key, value in reversed(_LINE.findall(text))
        }

    @property
    def symbol(self) -> str | None:
        """The symbol of the adopted text."""
        return self._line_or("symbol", _ADOPTED)

    @property
    def draft(self) -> str | None:
        """The symbol of the draft or amendment."""
        return self._line_or("draft", _DRAFT)

    @property
    def called(self) -> str:
        """The symbol, else the draft's. Raises SourceError where neither is given."""
        found = self.symbol or self.draft
        if found is None:
            raise self._no_symbol()
        return found

    @property
    def meeting(self) -> str | None:
        """The symbol of the meeting record."""
        return self._line_or("meeting", _MEETING)

    @property
    def title(self) -> str | None:
        """The title: its line, what follows "Vote on", or what stands in quotes after "titled"."""
        given = self.lines.get("title")
        found = _VOTE_ON.search(self.text) or _QUOTED.search(self.text)
        return given or (" ".join(found[1].split()) if found else None)

    @property
    def day(self) -> date:
        """The day of the vote. Raises SourceError where there is none, or none can be read."""
        for text in (self.lines.get("date", ""), self.text):
            found = [match for form in _DAYS for match in form.finditer(text)]
            day = self._only((_day(match, self.name) for match in found), "Date: 24 February 2025")
            if day is not None:
                return day
        raise SourceError(
            f"{self.name}: no day of the vote above the roll; add a line such as "
            '"Date: 24 February 2025".'
        )

    @property
    def chamber(self) -> Chamber:
        """The chamber by its line or the symbols.

        Raises SourceError where neither tells it, and for a vote of a Main Committee.
        """
        draft = self.draft or ""
        if self.symbol is None and _COMMITTEE.match(draft):
            raise SourceError(
                f"{self.name}: {draft} was before a Main Committee, whose votes are not the "
                "Assembly's. Nothing was stored; for the vote in the plenary give its symbol, on a "
                'line such as "Symbol: A/RES/79/1".'
            )
        given = self.lines.get("chamber", "").casefold()
        for words, chamber in ((("ga", "assembly"), Chamber.GA), (("sc", "council"), Chamber.SC)):
            if given == words[0] or words[1] in given:
                return chamber
        found = catalogue.chamber_of(self.symbol or self.draft or self.meeting or "")
        if found is None:
            raise self._no_symbol()
        return found

    @property
    def kind(self) -> Kind:
        """What was voted on: its line, else what the symbol says."""
        given = self.lines.get("kind", "").casefold()
        return Kind(given) if given in set(Kind) else catalogue.kind_of(self.symbol)

    @property
    def outcome(self) -> Outcome:
        """Its line, else adopted where the text has a resolution number, else what is said."""
        given = self.lines.get("outcome", "").casefold()
        if given in set(Outcome):
            return Outcome(given)
        said = (outcome for outcome, words in _VERDICTS if words.search(self.text))
        numbered = catalogue.outcome_of(self.kind)
        return numbered if numbered is Outcome.ADOPTED else next(said, Outcome.UNSTATED)

    @property
    def tally(self) -> Totals | None:
        """The announced tally, in figures (93-18-65) or in words.

        Raises SourceError where what stands for it is not understood: the roll would be stored
        without having been recounted.
        """
        given = self.lines.get("tally")
        if given is not None:
            return self._only(tallies_in(given), _TALLY) or self._refuse_tally(given)
        found = self._only(tallies_in(self.text), _TALLY)
        unread = None if found else next(_unread_tallies(self.text), None)
        return found if unread is None else self._refuse_tally(unread)

    def _refuse_tally(self, given: str) -> NoReturn:
        raise SourceError(
            f"{self.name}: {given!r} is no tally. Write it as yes-no-abstaining, in a line such as "
            f'"{_TALLY}"; a fourth figure is for those who did not vote.'
        )

    def _no_symbol(self) -> SourceError:
        return SourceError(
            f"{self.name}: no symbol above the roll; add a line such as "
            '"Symbol: A/RES/ES-11/7" or "Draft: S/2025/112".'
        )

    def _line_or(self, key: str, pattern: re.Pattern[str]) -> str | None:
        given = self.lines.get(key)
        found = (match[0] for match in pattern.finditer(self.text))
        return given or self._only(found, f"{key.capitalize()}: ...")

    def _only(self, found: Iterable[Thing], line: str) -> Thing | None:
        """The one thing found, or None. Raises SourceError where there are several."""
        distinct = list(dict.fromkeys(found))
        if len(distinct) > 1:
            shown = ", ".join(str(thing) for thing in distinct[:3])
            raise SourceError(
                f'{self.name}: which is meant, {shown}? Say it in a line "{line}" above the roll.'
            )
        return distinct[0] if distinct else None


def _unread_tallies(text: str) -> Iterator[str]:
    """What looks like a tally in a text and is none that `tallies_in` reads."""
    for match in _FIGURES_IN_A_ROW.finditer(text):
        if not _FIGURES.fullmatch(match[0]) and not _DAY_IN_FIGURES.fullmatch(match[0]):
            yield match[0]
    yield from (match[0] for match in _TOO_MANY.finditer(text))
    yield from (match[1] for match in _ANNOUNCED.finditer(text) if not _is_day(match[1]))


def _is_day(text: str) -> bool:
    return any(form.match(text) for form in _DAYS)


def tallies_in(text: str) -> list[Totals]:
    """The tallies in a text: "93-18-65", "93 in favour to 18 against, with 65 abstentions".

    A fourth figure, or "17 absent" beside words, is the members that did not vote.
    """
    absent = _ABSENT.search(text)
    silent = _number(absent[1]) if absent else None
    said = (match for form in (_WORDS, _TO, _BY) for match in form.finditer(text))
    worded = [(*match.groups(), None) for match in said]
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


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else _NUMBERS[text.casefold()]


def _day(match: re.Match[str], name: str) -> date:
    month = match["m"]
    number = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold()) + 1
    day = possible_day(int(match["y"]), number, int(match["d"]))
    if day is None:
        raise SourceError(f"{name}: {match[0]!r} is no day of a vote; correct it.")
    return day
