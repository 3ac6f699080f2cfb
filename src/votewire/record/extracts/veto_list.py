"""The list of vetoes in the Security Council: one row for each, with who cast it and nothing else.

The draft is a symbol, or in the early years the record of the meeting; one meeting may hold several
vetoes, so a row is told from its neighbours by its number. Dates are written in the American way.
The dummy columns for states disagree with the three columns that name them; the latter are used.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import polars as pl

from votewire import states
from votewire.errors import SourceError, UnknownState
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import Problem, ReadRollcall
from votewire.record.tables import Chamber, Choice, Kind, Outcome

__all__ = ["read"]

_MEMBERS = ("member_veto1", "member_veto2", "member_veto3")
_COLUMNS = ("date", "draft", "meeting_record", "agenda_item", *_MEMBERS)
_MEETING = re.compile(r"\bS/PV\.\d+")
# "USSR" is a seat: its name is read as the state that held it on the day.
_OWN_NAMES = {"USA": "United States", "UK": "United Kingdom", "Russia": "USSR"}

Row = dict[str, Any]


def read(source: bytes, *, name: str = "list of vetoes") -> Extract:
    """One rollcall for each row: a draft, vetoed, with the vetoing members' No.

    A problem is a row without a date or with a name of no state.
    Raises SourceError where the bytes are no such list.
    """
    rollcalls: list[ReadRollcall] = []
    problems: list[Problem] = []
    for number, row in enumerate(_rows(source, name), start=1):
        try:
            rollcalls.append(_rollcall(number, row))
        except (UnknownState, ValueError) as error:
            problems.append(Problem(source_key=f"row {number}", reason=str(error)))
    return Extract(rollcalls=tuple(rollcalls), problems=tuple(problems))


def _rows(source: bytes, name: str) -> list[Row]:
    try:
        frame = pl.read_csv(source, infer_schema=False)
    except pl.exceptions.PolarsError as error:
        raise SourceError(f"{name}: not a CSV file that can be read; fetch it again.") from error
    missing = [column for column in _COLUMNS if column not in frame.columns]
    if missing:
        raise SourceError(f"{name}: columns missing: {', '.join(missing)}.")
    return frame.select(_COLUMNS).to_dicts()


def _rollcall(number: int, row: Row) -> ReadRollcall:
    day = _day(row["date"])
    meeting = _MEETING.search(row["meeting_record"] or "")
    draft = _plain(row["draft"])
    agenda = _plain(row["agenda_item"])
    return ReadRollcall(
        source_key=f"row {number}",
        chamber=Chamber.SC,
        session=str(day.year),
        date=day,
        draft=None if draft is None or _MEETING.fullmatch(draft) else draft,
        meeting=meeting[0] if meeting else None,
        kind=Kind.DRAFT,
        title=agenda,
        agenda=(agenda,) if agenda else (),
        outcome=Outcome.VETOED,
        casts=_casts(row, day),
    )


def _day(text: str | None) -> date:
    return datetime.strptime((text or "").strip(), "%m/%d/%Y").date()


def _plain(text: str | None) -> str | None:
    return " ".join((text or "").split()).rstrip(",") or None


def _casts(row: Row, day: date) -> dict[str, Choice]:
    names = [name for column in _MEMBERS if (name := _plain(row[column]))]
    if not names:
        raise ValueError("names no member that cast the veto")
    return {states.from_un_name(_OWN_NAMES.get(name, name), day): Choice.NO for name in names}
