"""Meetings coverage as rollcalls: whose names a page lists, and whether they are all it counts.

A list that does not reach its count, or a name that is no member, refuses the roll. The members in
no list are counted on a side only where that is certain: one side has no list, and as many members
are left as it is said to have. Where every side's list reaches its count, they did not vote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from votewire import states
from votewire.check.recognising import Recognised, distinct, recognise
from votewire.errors import DuplicateState, SourceError, TallyMismatch, UnknownState
from votewire.press.coverage import Coverage, PlainRoll
from votewire.record import Record
from votewire.record.readers import catalogue
from votewire.record.readers.name_lists import states_in
from votewire.record.readers.result import Problem, ReadRollcall, Totals
from votewire.record.tables import Chamber, Choice, Kind, Outcome

__all__ = ["Covered", "casts_of", "coverage_rolls"]

_CHOICES = {
    "yes": Choice.YES,
    "no": Choice.NO,
    "abstain": Choice.ABSTAIN,
    "non_voting": Choice.NON_VOTING,
}
_VOTING = ("yes", "no", "abstain")
_PERMANENT = frozenset(("CHN", "FRA", "GBR", "RUS", "SUN", "USA"))
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
    raising. Raises TallyMismatch where a list does not reach its count, UnknownState for a name
    that is no member of the chamber that day, DuplicateState for a state in two lists, and
    SourceError where the page has no such lists, no day, or is about a body outside the record.
    """
    chamber, day = _chamber(coverage, name), coverage.head.day
    listed = [(at, roll) for at, roll in enumerate(coverage.rolls, 1) if roll.lists]
    if not listed:
        raise SourceError(f"{name}: no vote with a list of states and a count was found on it.")
    if day is None:
        raise SourceError(
            f'{name}: the page does not say its day; add a line such as "24 February 2025" on top.'
        )
    read: list[tuple[ReadRollcall, bool]] = []
    broken: list[Problem] = []
    for at, roll in listed:
        called = _called(roll, coverage.head.release or name, at)
        try:
            read.append((_rollcall(coverage, roll, chamber, day, called), roll.annex))
        except SourceError as error:
            if not skip_broken:
                raise
            broken.append(Problem(source_key=called, reason=str(error), date=day))
    found = recognise(record, _told_apart(distinct(read)))
    return _covered(found, broken)


def casts_of(
    roll: PlainRoll, *, day: date, seats: frozenset[str], called: str
) -> dict[str, Choice]:
    """The choices that a roll's lists give, each list as long as it is counted.

    seats: who could vote. Raises as `coverage_rolls`.
    """
    if roll.twice:
        raise SourceError(f"{called}: two lists under one label ({', '.join(roll.twice)}).")
    casts: dict[str, Choice] = {}
    for side, words in roll.lists.items():
        for code in _codes(words, day, seats):
            if code in casts:
                raise DuplicateState(rollcall=called, state=code)
            casts[code] = _CHOICES[side]
    _check(roll, casts, called)
    return casts


def _chamber(coverage: Coverage, name: str) -> Chamber:
    body = coverage.head.body
    if body in set(Chamber):
        return Chamber(str(body))
    if body is None:
        raise SourceError(
            f"{name}: the page does not say whose meeting it covers; add the release's reference "
            '(such as "GA/12675" or "SC/16005") as its first line.'
        )
    raise SourceError(
        f"{name} covers a meeting of another body ({body}); the record holds votes of the General "
        "Assembly and the Security Council."
    )


def _called(roll: PlainRoll, release: str, at: int) -> str:
    """What the roll is called in errors and keys: its symbol or draft, else its place."""
    return roll.matter.symbol or roll.matter.draft or f"{release} vote {at}"


def _codes(words: str, day: date, seats: frozenset[str]) -> Iterable[str]:
    """The states of a list, by their UN names, else by any name that means a member."""

    def by_un_name(name: str) -> str:
        code = states.from_un_name(name, day)
        if code not in seats:
            raise UnknownState(name)
        return code

    def by_any_name(name: str) -> str:
        return states.resolve(name, day).code

    for name, code in states_in(words, (by_un_name, by_any_name)):
        if code not in seats:
            raise UnknownState(name, why=f" with a seat in the chamber on {day}")
        yield code


def _check(roll: PlainRoll, casts: Mapping[str, Choice], called: str) -> None:
    """Raises where a list is not as long as counted, or is not counted at all."""
    listed = Counter(casts.values())
    lists = roll.lists
    for side in _VOTING:
        if side in lists and roll.sides[side].number is None:
            raise SourceError(f"{called}: its list ({side}) has no announced count to check it by.")
    stated = {side: each.number for side, each in roll.sides.items()}
    read = {side: listed[_CHOICES[side]] for side in lists}
    if any(stated.get(side) not in (None, number) for side, number in read.items()):
        sides = [side for side in _CHOICES if side in _VOTING or stated.get(side) is not None]
        raise TallyMismatch(
            rollcall=called,
            read=[read.get(side) for side in sides],
            announced=[stated.get(side) for side in sides],
        )


def _completed(
    roll: PlainRoll, casts: dict[str, Choice], seats: frozenset[str], called: str
) -> dict[str, Choice]:
    """The casts with the members left over, where it is certain what they did."""
    left = sorted(seats - set(casts))
    stated = {side: roll.sides[side].number if side in roll.sides else None for side in _VOTING}
    if None in stated.values() and sum(n or 0 for n in stated.values()) == len(seats):
        stated = {side: number or 0 for side, number in stated.items()}
    unlisted = [side for side in _VOTING if side not in roll.lists and stated[side] != 0]
    missing = sum(stated[side] or 0 for side in unlisted)
    if missing > len(left):
        raise SourceError(
            f"{called}: {missing} votes have no list, but only {len(left)} members are in none."
        )
    if not unlisted:
        return casts | dict.fromkeys(left, Choice.NON_VOTING)
    if len(unlisted) == 1 and stated[unlisted[0]] == len(left):
        return casts | dict.fromkeys(left, _CHOICES[unlisted[0]])
    return casts


def _rollcall(
    coverage: Coverage, roll: PlainRoll, chamber: Chamber, day: date, called: str
) -> ReadRollcall:
    seats = states.members_on(day) if chamber is Chamber.GA else states.council_members(day)
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
