"""A rollcall as a row of the record: totals, roll, and the line of choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.seats import seats_on
from votewire.record.tables import Choice, Modality, Roll

__all__ = ["choices_of", "facts_row", "line_of", "members_of", "roll_kind", "row_of"]

_SIDES = ("yes", "no", "abstain", "non_voting")


def members_of(rollcall: ReadRollcall) -> frozenset[str]:
    """The members of the rollcall's chamber on its day. Raises SourceError as `seats_on` does."""
    called = rollcall.symbol or rollcall.draft or rollcall.source_key
    return seats_on(rollcall.chamber, rollcall.date, called=called)


def roll_kind(casts: Mapping[str, Choice], members: frozenset[str]) -> Roll:
    """How much of the members' roll the casts are."""
    if not casts:
        return Roll.NONE
    return Roll.FULL if casts.keys() == members else Roll.PARTIAL


def line_of(casts: Mapping[str, Choice], members: frozenset[str]) -> NDArray[np.int8]:
    """(n_states,) Choice codes: the casts, NOT_RECORDED for members without one."""
    marks = {**dict.fromkeys(members, Choice.NOT_RECORDED), **casts}
    return np.array([marks.get(code, Choice.NOT_MEMBER) for code in states.codes()], dtype=np.int8)


def facts_row(
    rollcall_id: str, facts: ReadRollcall, *, roll: Roll, totals: Totals, tally_from: str
) -> dict[str, Any]:
    """The row of the `rollcalls` table."""
    return {
        "id": rollcall_id,
        "chamber": str(facts.chamber),
        "session": facts.session,
        "date": facts.date,
        "date_exact": facts.date_exact,
        "symbol": facts.symbol,
        "draft": facts.draft,
        "meeting": facts.meeting,
        "kind": facts.kind.value,
        "title": facts.title,
        "agenda": list(facts.agenda),
        "issues": list(facts.issues),
        "sponsors": list(facts.sponsors),
        "outcome": facts.outcome.value,
        "modality": facts.modality.value,
        "roll": roll.value,
        "tally_from": tally_from,
        **{side: getattr(totals, side) for side in _SIDES},
        "members": totals.members,
        "note": facts.note,
    }


def choices_of(rollcall: ReadRollcall) -> NDArray[np.int8]:
    """(n_states,) Choice codes of a rollcall as its one source gives it."""
    return line_of(rollcall.casts, members_of(rollcall))


def row_of(rollcall_id: str, rollcall: ReadRollcall) -> dict[str, Any]:
    """The row of a rollcall as its one source gives it: totals announced, else counted if full."""
    roll = roll_kind(rollcall.casts, members_of(rollcall))
    return facts_row(
        rollcall_id,
        rollcall,
        roll=roll,
        totals=_totals(rollcall, roll),
        tally_from=_tally_from(rollcall, roll),
    )


def _totals(rollcall: ReadRollcall, roll: Roll) -> Totals:
    if rollcall.modality is not Modality.RECORDED:
        return Totals()
    if roll is Roll.FULL:
        return count(rollcall.casts)
    return rollcall.announced or Totals()


def _tally_from(rollcall: ReadRollcall, roll: Roll) -> str:
    if rollcall.announced is not None and rollcall.announced.yes is not None:
        return "announced"
    return "counted" if roll is Roll.FULL else "none"
