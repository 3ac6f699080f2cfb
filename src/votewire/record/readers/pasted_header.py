"""What stands above a pasted roll: which text, on what day, in which chamber, with what tally.

Either as lines "Symbol: ...", "Draft: ...", "Date: ...", "Title: ...", "Meeting: ...", "Chamber:
...", "Kind: ...", "Outcome: ...", "Tally: ...", or in any sentence, as the UN's press releases have
it. A line of the first kind wins; sentences that give two different answers are refused, as which
one is meant would be a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NoReturn, TypeVar

from votewire.errors import SourceError
from votewire.record.readers import catalogue
from votewire.record.readers.pasted_numbers import (
    DAYS,
    MONTHS,
    lone_counts,
    tallies_in,
    unread,
    written,
)
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
            found = [match for form in DAYS for match in form.finditer(text)]
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
        left = unread(self.text)
        return found if left is None else self._refuse_tally(left)

    @property
    def counts(self) -> Totals:
        """The counts of single sides, where no whole tally is announced: "65 abstentions"."""
        return Totals() if self.tally else lone_counts(self.text)

    def _refuse_tally(self, given: str) -> NoReturn:
        raise SourceError(
            f"{self.name}: {given!r} is no tally. Write it as yes-no-abstaining, in a line such as "
            f'"{_TALLY}"; a fourth figure is for those who did not vote. A number that is '
            "something else may stand in a title, in quotes, or be left out."
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
            shown = ", ".join(map(_said, distinct[:3]))
            raise SourceError(
                f'{self.name}: which is meant, {shown}? Say it in a line "{line}" above the roll.'
            )
        return distinct[0] if distinct else None


def _said(thing: object) -> str:
    return written(thing) if isinstance(thing, Totals) else str(thing)


def _day(match: re.Match[str], name: str) -> date:
    month = match["m"]
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].casefold()) + 1
    day = possible_day(int(match["y"]), number, int(match["d"]))
    if day is None:
        raise SourceError(f"{name}: {match[0]!r} is no day of a vote; correct it.")
    return day
