"""Rollcalls as sources would give them, made for the tests of merging."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

from votewire import states
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.tables import Chamber, Choice, Kind, Modality, Outcome

DAY = date(2012, 12, 4)
LATER = date(2012, 12, 18)
VOTES = (Choice.YES, Choice.ABSTAIN, Choice.NO)

Casts = dict[str, Choice]


def assembly(seed: int, day: date = DAY) -> Casts:
    """A choice for every member of the day; two seeds differ in two of three states."""
    draw = random.Random(seed)
    return {code: draw.choice(VOTES) for code in sorted(states.members_on(day))}


def council(day: date, *, no: str = "", abstain: str = "") -> Casts:
    """A choice for every member of the Council: yes but for the codes given, `FRA GBR`."""
    marks = dict.fromkeys(sorted(states.council_members(day)), Choice.YES)
    return {
        **marks,
        **dict.fromkeys(no.split(), Choice.NO),
        **dict.fromkeys(abstain.split(), Choice.ABSTAIN),
    }


def changed(casts: Mapping[str, Choice], codes: str, choice: Choice) -> Casts:
    """The roll with another choice for some states."""
    return {**casts, **dict.fromkeys(codes.split(), choice)}


def lifted(casts: Mapping[str, Choice], states_off: int) -> Casts:
    """The roll with the first of its states, in order of codes, having chosen otherwise."""
    order = {choice: VOTES[(at + 1) % 3] for at, choice in enumerate(VOTES)}
    return {**casts, **{code: order[casts[code]] for code in sorted(casts)[:states_off]}}


def library(key: int, casts: Mapping[str, Choice], **facts: Any) -> ReadRollcall:
    """An adopted text of the Assembly as the Library has it."""
    given = {
        "session": "67",
        "date": DAY,
        "symbol": f"A/RES/67/{key}",
        "meeting": "A/67/PV.48",
        "title": f"Text {key}",
        "kind": Kind.RESOLUTION,
        "outcome": Outcome.ADOPTED,
        "modality": Modality.RECORDED if casts else Modality.UNSTATED,
    }
    return _rollcall(key, Chamber.GA, casts, {**given, **facts})


def voeten(key: int, casts: Mapping[str, Choice], **facts: Any) -> ReadRollcall:
    """A vote of the Assembly as Voeten has it, with the totals of its marks."""
    given = {"session": "67", "date": DAY, "announced": bare(count(casts)), "issues": ("nu",)}
    return _rollcall(key, Chamber.GA, casts, {**given, **facts})


def resolution(key: int, day: date, casts: Mapping[str, Choice], **facts: Any) -> ReadRollcall:
    """An adopted text of the Council as the Library has it."""
    given = {
        "session": str(day.year),
        "date": day,
        "symbol": f"S/RES/{key}({day.year})",
        "kind": Kind.RESOLUTION,
        "outcome": Outcome.ADOPTED,
        "modality": Modality.RECORDED if casts else Modality.WITHOUT_VOTE,
    }
    return _rollcall(key, Chamber.SC, casts, {**given, **facts})


def sheet(key: int, day: date, casts: Mapping[str, Choice], **facts: Any) -> ReadRollcall:
    """A rollcall of the workbook, a vetoed draft if nothing else is said."""
    given = {
        "session": str(day.year),
        "date": day,
        "draft": f"S/{day.year}/{key}",
        "kind": Kind.DRAFT,
        "outcome": Outcome.VETOED,
    }
    return _rollcall(key, Chamber.SC, casts, {**given, **facts})


def veto(row: int, day: date, codes: str, **facts: Any) -> ReadRollcall:
    """A row of the list of vetoes, by these members."""
    given = {
        "source_key": f"row {row}",
        "session": str(day.year),
        "date": day,
        "kind": Kind.DRAFT,
        "outcome": Outcome.VETOED,
    }
    return _rollcall(row, Chamber.SC, dict.fromkeys(codes.split(), Choice.NO), {**given, **facts})


def extract(*rollcalls: ReadRollcall, **rest: Any) -> Extract:
    """A source that holds these rollcalls."""
    return Extract(rollcalls=rollcalls, **rest)


def bare(totals: Totals) -> Totals:
    """The three totals that Voeten states."""
    return Totals(yes=totals.yes, no=totals.no, abstain=totals.abstain)


def _rollcall(
    key: int, chamber: Chamber, casts: Mapping[str, Choice], facts: dict[str, Any]
) -> ReadRollcall:
    return ReadRollcall(**{"source_key": str(key), "chamber": chamber, "casts": casts, **facts})
