"""One source's rollcall as a row of the record: totals, roll, and the line of choices."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.tables import Chamber, Choice, Modality, Roll

__all__ = ["choices_of", "members_of", "roll_of", "row_of"]

_SIDES = ("yes", "no", "abstain", "non_voting")


def members_of(rollcall: ReadRollcall) -> frozenset[str]:
    """The members of the rollcall's chamber on its day."""
    if rollcall.chamber == Chamber.SC:
        return states.council_members(rollcall.date)
    return states.members_on(rollcall.date)


def roll_of(rollcall: ReadRollcall) -> Roll:
    """How much of the roll this source gives."""
    if not rollcall.casts:
        return Roll.NONE
    return Roll.FULL if set(rollcall.casts) == members_of(rollcall) else Roll.PARTIAL


def choices_of(rollcall: ReadRollcall) -> NDArray[np.int8]:
    """(n_states,) Choice codes: its casts, NOT_RECORDED for members without one."""
    members = members_of(rollcall)
    line = [
        rollcall.casts.get(code, Choice.NOT_RECORDED if code in members else Choice.NOT_MEMBER)
        for code in states.codes()
    ]
    return np.array(line, dtype=np.int8)


def row_of(rollcall_id: str, rollcall: ReadRollcall) -> dict[str, Any]:
    """The row of the `rollcalls` table; totals as announced, else as counted from a full roll."""
    roll = roll_of(rollcall)
    totals = _totals(rollcall, roll)
    return {
        "id": rollcall_id,
        "chamber": rollcall.chamber,
        "session": rollcall.session,
        "date": rollcall.date,
        "date_exact": rollcall.date_exact,
        "symbol": rollcall.symbol,
        "draft": rollcall.draft,
        "meeting": rollcall.meeting,
        "kind": rollcall.kind.value,
        "title": rollcall.title,
        "agenda": list(rollcall.agenda),
        "issues": list(rollcall.issues),
        "sponsors": list(rollcall.sponsors),
        "outcome": rollcall.outcome.value,
        "modality": rollcall.modality.value,
        "roll": roll.value,
        "tally_from": _tally_from(rollcall, roll),
        **{side: getattr(totals, side) for side in _SIDES},
        "members": totals.members,
        "note": rollcall.note,
    }


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
