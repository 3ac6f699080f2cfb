"""Voting records of the UN Digital Library as MARCXML: one record, or a collection of them.

Fields, as the Dag Hammarskjöld Library catalogues votes: 001 number, 245 title, 269 (or 992) date,
591 how the vote was taken, 791 $a symbol and $c session, 793 body, 952 $a meeting, 967 (also 968
and 969) one state each: $c code, $d mark, $e name; 991 agenda $c and subject $d, 993 related
documents (first indicator 2: the draft), 996 totals: $b yes, $c no, $d abstain, $e non-voting, $f
members. A 967 without $d is a member that did not vote; of a state not yet admitted it is left out,
and the note says so. A 791 without $a, which some records repeat, names no symbol and is passed
over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from xml.etree.ElementTree import Element, ParseError  # types only; parsing is defusedxml's

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from votewire import states
from votewire.errors import DuplicateState, SourceError, UnknownState
from votewire.record.readers import catalogue, recount
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall, Totals
from votewire.record.readers.source_text import check_text
from votewire.record.tables import Chamber, Choice, Kind, Modality
from votewire.states.bounds import count_of, is_possible

__all__ = ["read"]

_MARKS = ("967", "968", "969")  # a catalogue limit on repeats once split the roll over three fields
_DRAFT = re.compile(r"^(?:A/(?:[\w.-]+/)*L\.\d|S/\d{4}/\d|S/\d+(?:/Rev\.\d+)?$)")
_LARGEST = (
    128 * 1024 * 1024
)  # bytes, 3,000 votes of the Assembly; in memory they are ten times that
_RECORD_URL = "https://digitallibrary.un.org/record/"

Field = Mapping[str, str]


def read(source: bytes, *, name: str = "MARCXML") -> ReadResult:
    """The votes of one record or a collection; a problem for each one that may not enter.

    Where the file is a single record the trouble is raised instead: TallyMismatch, UnknownState,
    DuplicateState. Raises SourceError where the bytes are no MARCXML, declare entities or a
    document type, or hold no voting record.
    """
    if len(source) > _LARGEST:
        raise SourceError(f"{name} has over {_LARGEST >> 20} MiB. Export fewer records at a time.")
    root = _root(check_text(source, name=name), name)
    votes = [vote for vote in map(_Vote.of, _records(root)) if vote.roll]
    if not votes:
        raise SourceError(
            f"{name} holds no voting record: none of its records has a field 967. Export the "
            "record of the vote (collection Voting Data), not that of the resolution."
        )
    if len(votes) == 1:
        return ReadResult(rollcalls=(_rollcall(votes[0]),))
    return _each(votes)


def _each(votes: list[_Vote]) -> ReadResult:
    rollcalls: list[ReadRollcall] = []
    problems: list[Problem] = []
    for vote in votes:
        try:
            rollcalls.append(_rollcall(vote))
        except SourceError as error:
            problems.append(
                Problem(
                    source_key=vote.number, symbol=vote.symbol, date=vote.day, reason=str(error)
                )
            )
    return ReadResult(rollcalls=tuple(rollcalls), problems=tuple(problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vote:
    """One record's fields: tag -> its fields in order, each as (first indicator, subfields)."""

    number: str
    fields: Mapping[str, list[tuple[str, Field]]]

    @classmethod
    def of(cls, record: Element) -> _Vote:
        """The record's control number and data fields."""
        number = ""
        fields: dict[str, list[tuple[str, Field]]] = {}
        for element in record:
            tag = element.get("tag") or ""
            if tag == "001":
                number = (element.text or "").strip()
            elif _local(element) == "datafield":
                fields.setdefault(tag, []).append((element.get("ind1") or " ", _subfields(element)))
        return cls(number=number, fields=fields)

    def values(self, tag: str, code: str) -> list[str]:
        """Every value of a subfield, in order; fields that lack it are passed over."""
        return [field[code] for _, field in self.fields.get(tag, ()) if field.get(code)]

    def first(self, tag: str, code: str = "a") -> str:
        """The first value of a subfield, or ""."""
        return next(iter(self.values(tag, code)), "")

    @property
    def roll(self) -> list[Field]:
        """The fields that give one state's mark each."""
        return [field for tag in _MARKS for _, field in self.fields.get(tag, ())]

    @property
    def symbol(self) -> str | None:
        """The symbol of the text voted on; the first 791 that has one."""
        return self.first("791") or None

    @property
    def day(self) -> date | None:
        """The day of the vote, which records write as 2025-02-24 and as 20250224."""
        try:
            day = date.fromisoformat(self.first("269") or self.first("992"))
        except ValueError:
            return None
        return day if is_possible(day) else None

    @property
    def draft(self) -> str | None:
        """The draft: the related document marked as one, else the first that looks like one."""
        related = [(mark, field.get("a", "")) for mark, field in self.fields.get("993", ())]
        marked = [symbol for mark, symbol in related if mark == "2" and symbol]
        alike = [symbol for _, symbol in related if _DRAFT.match(symbol)]
        return next(iter((*marked, *alike)), None)

    @property
    def totals(self) -> Totals | None:
        """What field 996 announces, or None where it has no number.

        Raises SourceError for a number of votes that no chamber has.
        """
        counts = [_announced(self.first("996", code)) for code in "bcdef"]
        if counts[:3] == [None, None, None]:
            return None
        yes, no, abstain, non_voting, members = counts
        return Totals(yes=yes, no=no, abstain=abstain, non_voting=non_voting, members=members)


def _announced(text: str) -> int | None:
    """A total as a record writes it; None where that is no number."""
    if not text.isdecimal():
        return None
    number = count_of(text)
    if number is None:
        raise SourceError(f"field 996 announces {text[:20]} votes, more than any chamber has.")
    return number


def _root(source: bytes, name: str) -> Element:
    try:
        root: Element = ElementTree.fromstring(source, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SourceError(
            f"{name} declares a document type or entities, which no MARCXML export does; refused."
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        raise SourceError(f"{name} is not well-formed XML ({error}); export it again.") from error
    return root


def _records(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element) == "record")


def _local(element: Element) -> str:
    """The tag without its namespace: exports come with MARC's and without one."""
    return str(element.tag).rpartition("}")[2]


def _subfields(element: Element) -> Field:
    """Subfield code -> text; the first of a code that is repeated."""
    found: dict[str, str] = {}
    for subfield in element:
        found.setdefault(subfield.get("code") or "", " ".join((subfield.text or "").split()))
    return found


def _rollcall(vote: _Vote) -> ReadRollcall:
    """The vote as a rollcall. Raises the error that keeps it out."""
    text = vote.symbol or vote.draft
    called = text or f"record {vote.number}"
    chamber, day = _where_and_when(vote, called)
    kind = catalogue.kind_of(vote.symbol)
    adopted = kind is not Kind.UNSTATED
    without = catalogue.says_without_vote(vote.first("591"), vote.first("996"))
    listed, announced = ({}, None) if without else (_casts(vote, called, day), vote.totals)
    marked = any(choice is not Choice.NON_VOTING for choice in listed.values())
    if marked:
        recount.check(called, listed, announced)
    early = [code for code in sorted(listed) if not states.is_member(code, day)]
    casts = {code: choice for code, choice in listed.items() if code not in early}
    return ReadRollcall(
        source_key=vote.number,
        chamber=chamber,
        session=catalogue.session_of(chamber, day, vote.first("791", "c"), text),
        date=day,
        symbol=vote.symbol if adopted else None,
        draft=vote.draft if adopted else text,
        meeting=vote.first("952") or None,
        kind=kind,
        title=catalogue.plain_title(" ".join(vote.first("245", code) for code in "abc")),
        agenda=tuple(dict.fromkeys((*vote.values("991", "c"), *vote.values("991", "d")))),
        outcome=catalogue.outcome_of(kind),
        modality=_modality(without, marked, announced),
        casts=casts if marked else {},
        announced=_less(announced, len(early)) if marked or _votes_in(announced) else None,
        url=f"{_RECORD_URL}{vote.number}" if vote.number.isdecimal() else None,
        note=_note(vote, marked or without, early if marked else []),
    )


def _where_and_when(vote: _Vote, called: str) -> tuple[Chamber, date]:
    """The chamber and the day. Raises SourceError where one is missing, and for a committee."""
    chamber = catalogue.chamber_of(vote.symbol or vote.draft or "")
    if chamber is None:
        raise SourceError(
            f"{called}: no field 791 $a or 993 $a names a document of the Assembly or the Council."
        )
    if "COMMITTEE" in vote.first("793").upper():
        raise SourceError(
            f"{called}: a vote in committee ({vote.first('793')}), not in plenary; the record "
            "holds none of those."
        )
    if vote.day is None:
        given = vote.first("269") or vote.first("992")
        raise SourceError(f"{called}: field 269 has no day of the vote, but {given!r}.")
    return chamber, vote.day


def _casts(vote: _Vote, called: str, day: date) -> dict[str, Choice]:
    casts: dict[str, Choice] = {}
    for field in vote.roll:
        name = field.get("e") or field.get("c") or ""
        code = catalogue.state_of(field.get("c", ""), field.get("e", ""), day)
        if code in casts:
            raise DuplicateState(rollcall=called, state=code)
        casts[code] = _choice(field.get("d", ""), name, called)
        if casts[code] is not Choice.NON_VOTING and not states.is_member(code, day):
            raise UnknownState(name, why=f" on {day}")
    return casts


def _choice(mark: str, name: str, called: str) -> Choice:
    choice = catalogue.CHOICE_LETTERS.get(mark.upper())
    if choice is None:
        raise SourceError(f"{called}: mark {mark!r} of {name} is none of Y, N, A, X or nothing.")
    return choice


def _votes_in(announced: Totals | None) -> bool:
    return announced is not None and bool(announced.yes or announced.no or announced.abstain)


def _modality(without: bool, marked: bool, announced: Totals | None) -> Modality:
    if without:
        return Modality.WITHOUT_VOTE
    return Modality.RECORDED if marked or _votes_in(announced) else Modality.UNSTATED


def _less(announced: Totals | None, early: int) -> Totals | None:
    """The totals less the states that they count as non-voting before their admission."""
    if announced is None or not early:
        return announced
    return replace(
        announced,
        non_voting=None if announced.non_voting is None else announced.non_voting - early,
        members=None if announced.members is None else announced.members - early,
    )


def _note(vote: _Vote, complete: bool, early: list[str]) -> str | None:
    parts = [
        vote.first("591"),
        "" if complete else "the record lists members without their marks",
        f"listed before admission, and left out: {', '.join(early)}" if early else "",
    ]
    return "; ".join(part for part in parts if part) or None
