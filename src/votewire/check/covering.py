"""Meetings coverage as rollcalls: whose names a page lists, and whether they are all it counts.

A list that does not reach its count, or a name that is no member, refuses the roll. The members in
no list are counted on a side only where that is certain: one side has no list, and as many members
are left as it is said to have. Where every side's list reaches its count, they did not vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from votewire.check.covering_committees import (
    is_committee,
    is_committee_draft,
    told_of_committee,
)
from votewire.check.covering_lists import CHOICES, VOTING, called_as, casts_of
from votewire.check.recognising import Recognised, distinct, recognise
from votewire.errors import SourceError
from votewire.press.coverage import Coverage, PlainRoll
from votewire.record import Record
from votewire.record.readers import catalogue
from votewire.record.readers.result import Problem, ReadRollcall, Totals
from votewire.record.seats import seats_on
from votewire.record.tables import Chamber, Choice, Kind, Outcome

__all__ = ["Covered", "coverage_rolls"]

_PERMANENT = frozenset(("CHN", "FRA", "GBR", "RUS", "SUN", "USA"))
_MOST = 2_000  # votes of one page; the longest releases have some 200
_ELSEWHERE = "is a committee's vote, which the page recalls; the record has none of those"
_CORRECTION = "corrects a count; which one holds, the page leaves open: add the roll as text"
_ENOUGH = 9  # votes in favour that the Council needs; where it has them, a No of the five vetoes


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What a page adds to a record.

    rollcalls: those that the record lacks, or has with fewer casts. known: how many others it
    has already with all that the page says. left_out: votes that cannot be stored, and why.
    """

    rollcalls: tuple[ReadRollcall, ...]
    known: int = 0
    left_out: tuple[Problem, ...] = ()


def coverage_rolls(
    coverage: Coverage, record: Record, *, name: str = "page", skip_broken: bool = False
) -> Covered:
    """The rollcalls that a page of meetings coverage has lists of states for.

    name: what errors call the page. skip_broken: leave out a roll that does not hold instead of
    raising. A vote that a sentence gives to a committee, or whose count it corrects, is left out.
    Raises TallyMismatch where a list does not reach its count, UnknownState for a name that is no
    member of the chamber that day, DuplicateState for a state in two lists, and SourceError where
    the page has no such lists, no day, too many votes, or is about a body outside the record; of a
    committee of the Assembly it says what was read.
    """
    chamber, day = _chamber(coverage, name), coverage.head.day
    listed = [(at, roll) for at, roll in enumerate(coverage.rolls, 1) if roll.lists]
    if not listed:
        raise SourceError(f"{name}: no vote with a list of states and a count was found on it.")
    if len(listed) > _MOST:
        raise SourceError(f"{name}: {len(listed)} votes are more than one meeting takes.")
    if day is None:
        raise SourceError(
            f'{name}: the page does not say its day; add a line such as "24 February 2025" on top.'
        )
    read: list[tuple[ReadRollcall, bool]] = []
    broken: list[Problem] = []
    for at, roll in listed:
        called = called_as(roll, coverage.head.release or name, at)
        why = _not_its_own(roll)
        if why:
            broken.append(Problem(source_key=called, reason=why, date=day))
            continue
        try:
            read.append((_rollcall(coverage, roll, chamber, day, called), roll.annex))
        except SourceError as error:
            if not skip_broken:
                raise
            broken.append(Problem(source_key=called, reason=str(error), date=day))
    found = recognise(record, _told_apart(distinct(read)))
    return _covered(found, broken)


def _not_its_own(roll: PlainRoll) -> str:
    """Why a roll is no vote that the page reports; "" where it is one."""
    if roll.committee is not None or is_committee_draft(roll):
        return _ELSEWHERE
    return _CORRECTION if roll.corrects else ""


def _chamber(coverage: Coverage, name: str) -> Chamber:
    body = coverage.head.body
    if body in set(Chamber):
        return Chamber(str(body))
    if body is None:
        raise SourceError(
            f"{name}: the page does not say whose meeting it covers; add the release's reference "
            '(such as "GA/12675" or "SC/16005") as its first line.'
        )
    if is_committee(body):
        first, *votes = told_of_committee(coverage)
        raise SourceError(f"{name} {first}", read=votes)
    raise SourceError(
        f"{name} covers a meeting of another body ({body}); the record holds votes of the General "
        "Assembly and the Security Council."
    )


def _completed(
    roll: PlainRoll, casts: dict[str, Choice], seats: frozenset[str], called: str
) -> dict[str, Choice]:
    """The casts with the members left over, where it is certain what they did."""
    left = sorted(seats - set(casts))
    stated = {side: roll.sides[side].number if side in roll.sides else None for side in VOTING}
    if None in stated.values() and sum(n or 0 for n in stated.values()) == len(seats):
        stated = {side: number or 0 for side, number in stated.items()}
    unlisted = [side for side in VOTING if side not in roll.lists and stated[side] != 0]
    missing = sum(stated[side] or 0 for side in unlisted)
    if missing > len(left):
        raise SourceError(
            f"{called}: {missing} votes have no list, but only {len(left)} members are in none."
        )
    if not unlisted:
        return casts | dict.fromkeys(left, Choice.NON_VOTING)
    if len(unlisted) == 1 and stated[unlisted[0]] == len(left):
        return casts | dict.fromkeys(left, CHOICES[unlisted[0]])
    return casts


def _rollcall(
    coverage: Coverage, roll: PlainRoll, chamber: Chamber, day: date, called: str
) -> ReadRollcall:
    seats = seats_on(chamber, day, called=called)
    casts = casts_of(roll, day=day, seats=seats, called=called)
    casts = _completed(roll, casts, seats, called)
    head, matter = coverage.head, roll.matter
    stated = {side: each.number for side, each in roll.sides.items()}
    return ReadRollcall(
        source_key=f"{called} {day}",
        chamber=chamber,
        session=catalogue.session_of(chamber, day, head.session, matter.symbol, matter.draft),
        date=day,
        symbol=matter.symbol,
        draft=matter.draft,
        meeting=f"S/PV.{head.meeting}" if chamber is Chamber.SC and head.meeting else None,
        kind=Kind(matter.kind) if matter.kind else Kind.UNSTATED,
        title=matter.title,
        outcome=_outcome(roll, chamber, casts),
        casts=casts,
        announced=Totals(**stated),
        url=head.url,
        note=f"read from coverage ({head.release or 'UN meetings coverage'})",
    )


def _outcome(roll: PlainRoll, chamber: Chamber, casts: Mapping[str, Choice]) -> Outcome:
    """What the page says became of it; a Council text that had the votes and failed was vetoed."""
    said = Outcome(roll.matter.outcome) if roll.matter.outcome else Outcome.UNSTATED
    against = {code for code, choice in casts.items() if choice is Choice.NO}
    yes = roll.sides["yes"].number if "yes" in roll.sides else None
    vetoed = chamber is Chamber.SC and (yes or 0) >= _ENOUGH and bool(against & _PERMANENT)
    if said is Outcome.REJECTED and vetoed and roll.matter.kind != Kind.PROCEDURAL:
        return Outcome.VETOED
    return said


def _told_apart(rolls: list[ReadRollcall]) -> list[ReadRollcall]:
    """The rolls, with a key of its own for each of several under one name.

    In the layer one day, kind and name is one vote: of several such, as on paragraphs of one text,
    none keeps the name but in its title.
    """
    names = Counter(roll.symbol or roll.draft for roll in rolls)
    votes = Counter((roll.kind, roll.symbol or roll.draft) for roll in rolls)
    told: list[ReadRollcall] = []
    for at, roll in enumerate(rolls, 1):
        name, apart = roll.symbol or roll.draft, roll
        if name and names[name] > 1:
            apart = replace(roll, source_key=f"{roll.source_key} {roll.kind} {at}")
        if name and votes[roll.kind, name] > 1:
            title = f"{roll.title or roll.kind} [{name}]"
            apart = replace(apart, symbol=None, draft=None, title=title)
        told.append(apart)
    return told


def _covered(found: Recognised, broken: list[Problem]) -> Covered:
    unclear = [
        Problem(
            source_key=roll.source_key,
            date=roll.date,
            reason=f"is one of several rollcalls of the record; which, the page leaves open: {ids}",
        )
        for roll, ids in found.unclear
    ]
    return Covered(rollcalls=found.fresh, known=found.known, left_out=(*broken, *unclear))
