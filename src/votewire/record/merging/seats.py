"""Seating a roll: its choices beside the members of the day, its totals, and whether they add up.

What is seated holds every invariant of the record; what cannot be is set aside with the numbers.
"""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.record.merging.entry import Difference, Entry, SetAside, tally_text
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.rows import line_of, members_of, roll_kind
from votewire.record.tables import Chamber, Choice, Roll

__all__ = ["Seated", "seat"]

_VOTES = (Choice.YES, Choice.NO, Choice.ABSTAIN)
_QUORUM = 10  # a roll of the Assembly with votes of less than a tenth of the members is no roll


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A rollcall ready for the record. choices: (n_states,) int8 of Choice codes."""

    entry: Entry
    choices: NDArray[np.int8]
    roll: Roll
    totals: Totals
    tally_from: str


def seat(entries: Iterable[Entry]) -> tuple[list[Seated], list[SetAside], Counter[str]]:
    """Every entry, seated or set aside, and how often each rule was applied."""
    seated: list[Seated] = []
    aside: list[SetAside] = []
    applied: Counter[str] = Counter()
    for given in entries:
        entry = _without_votes_beyond_the_totals(given, applied)
        result = _seated(_on_a_day_of_all(entry, applied), applied)
        if isinstance(result, Seated):
            seated.append(result)
        else:
            applied[result.rule] += 1
            aside.append(_set_aside(entry, result))
    return seated, aside, applied


class _Refusal(NamedTuple):
    rule: str
    reason: str


def _seated(entry: Entry, applied: Counter[str]) -> Seated | _Refusal:
    """The entry with its roll, or what is wrong with it."""
    facts = entry.facts
    members = members_of(facts)
    outside = facts.casts.keys() - members
    cast = sorted(code for code in outside if facts.casts[code] is not Choice.NON_VOTING)
    if cast:
        return _Refusal("held-no-seat", f"{', '.join(cast)} voted, but held no seat that day")
    applied["absent-outsider"] += len(outside)
    casts = {code: choice for code, choice in facts.casts.items() if code in members}
    present = members - _not_yet_seated(facts, members, casts, applied) if casts else members
    said = _said(entry, casts, present)
    if isinstance(said, _Refusal):
        return said
    casts, totals, tally_from = _completed(casts, present, said, applied)
    read = count(casts)
    if facts.chamber == Chamber.GA and casts and _cast(read) < len(present) / _QUORUM:
        few = f"its marks hold {tally_text(read)} (yes-no-abstain) of {len(present)} members"
        return _Refusal("too-few-votes", few)
    return Seated(
        entry=entry,
        choices=line_of(casts, present),
        roll=roll_kind(casts, present),
        totals=totals,
        tally_from=tally_from,
    )


def _without_votes_beyond_the_totals(entry: Entry, applied: Counter[str]) -> Entry:
    """The entry without votes of states that held no seat, where its own totals leave them out.

    Such a mark is a slip of the source, and no reason to doubt the day or the rest of the roll.
    """
    facts = entry.facts
    members = members_of(facts)
    outside = {c: v for c, v in facts.casts.items() if c not in members and v in _VOTES}
    within = {code: choice for code, choice in facts.casts.items() if code not in outside}
    if not outside or facts.announced is None or not _same_votes(count(within), facts.announced):
        return entry
    applied["beyond-totals"] += len(outside)
    return entry.keeping(casts=within).differing(
        *(
            Difference(
                field=f"cast:{code}",
                kept=Choice.NOT_MEMBER.label,
                other=choice.label,
                source=entry.origin,
                rule="beyond-totals",
            )
            for code, choice in sorted(outside.items())
        )
    )


def _on_a_day_of_all(entry: Entry, applied: Counter[str]) -> Entry:
    """A date that is not exact, moved within its month until all that voted were members."""
    facts = entry.facts
    voted = {c for c, choice in facts.casts.items() if choice is not Choice.NON_VOTING}
    if facts.date_exact or facts.chamber != Chamber.GA or voted <= states.members_on(facts.date):
        return entry
    last = calendar.monthrange(facts.date.year, facts.date.month)[1]
    for days in range(1, last - facts.date.day + 1):
        day = facts.date + timedelta(days=days)
        if voted <= states.members_on(day):
            applied["first-day-all-members"] += 1
            return entry.keeping(date=day)
    return entry


def _not_yet_seated(
    facts: ReadRollcall, members: frozenset[str], casts: dict[str, Choice], applied: Counter[str]
) -> frozenset[str]:
    """States admitted that day that the roll does not list: it was taken before."""
    if facts.chamber == Chamber.SC:
        return frozenset()
    new = (states.admitted_on(facts.date) & members) - casts.keys()
    applied["admission-day"] += bool(new)
    return new


def _said(
    entry: Entry, casts: dict[str, Choice], members: frozenset[str]
) -> Totals | _Refusal | None:
    """Totals that a source announces and the roll can have; or how it contradicts its own source.

    Only the source whose roll this is can be contradicted by it: where another's totals differ,
    that is a disagreement, and the marks are kept.
    """
    read = count(casts)
    silent = len(members) - len(casts)
    for totals in entry.stated:
        if totals.yes is None or totals.no is None or totals.abstain is None:
            continue
        lacking = _lacking(read, totals)
        possible = min(lacking) >= 0 and sum(lacking) <= silent
        if possible or not casts:
            return totals
        if totals is entry.facts.announced:
            return _Refusal(
                "contradicts-itself",
                f"its marks add up to {tally_text(read)}, but it announces {tally_text(totals)}"
                f" (yes-no-abstain), and {silent} of {len(members)} members have no mark",
            )
    return None


def _lacking(read: Totals, said: Totals) -> tuple[int, int, int]:
    return (
        (said.yes or 0) - (read.yes or 0),
        (said.no or 0) - (read.no or 0),
        (said.abstain or 0) - (read.abstain or 0),
    )


def _same_votes(one: Totals, two: Totals) -> bool:
    return (one.yes, one.no, one.abstain) == (two.yes, two.no, two.abstain)


def _cast(totals: Totals) -> int:
    return (totals.yes or 0) + (totals.no or 0) + (totals.abstain or 0)


def _completed(
    casts: dict[str, Choice],
    members: frozenset[str],
    said: Totals | None,
    applied: Counter[str],
) -> tuple[dict[str, Choice], Totals, str]:
    """The roll and its totals; members without a mark are absent where the totals leave no vote."""
    read = count(casts)
    silent = members - casts.keys()
    if casts and silent and said is not None and not any(_lacking(read, said)):
        applied["no-vote-left"] += len(silent)
        casts = {**casts, **dict.fromkeys(sorted(silent), Choice.NON_VOTING)}
        silent = frozenset()
        read = count(casts)
    if not silent:
        return casts, replace(read, members=len(members)), "announced" if said else "counted"
    if said is not None:
        absent = len(members) - _cast(said)
        totals = replace(said, non_voting=absent, members=len(members))
        return casts, totals, "announced"
    return casts, Totals(members=len(members)), "none"


def _set_aside(entry: Entry, refusal: _Refusal) -> SetAside:
    return SetAside(
        source=entry.origin,
        key=entry.facts.source_key,
        symbol=entry.facts.symbol,
        date=entry.facts.date,
        reason=refusal.reason,
        rule=refusal.rule,
    )
