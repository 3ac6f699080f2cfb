"""Votes in the Security Council from 1994 with drafts and sponsors: a workbook, a row for a cast.

It holds what the Digital Library leaves out: drafts that were vetoed or failed, and who submitted a
text. Its faults: day and month changed places in every sixth date, member lists of another year
(all of 1995), a few rows lost or written twice. It has no mark for a member that did not vote.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from votewire import states
from votewire.errors import SourceError
from votewire.record.extracts import workbook_cells as cells
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import Problem, ReadRollcall
from votewire.record.tables import Chamber, Choice, Modality

__all__ = ["read"]

_COLUMNS = {
    "ID": "id",
    "Year": "year",
    "Date,": "date",
    "Resolution": "resolution",
    "Meeting": "meeting",
    "Draft": "draft",
    "Agenda item": "agenda",
    "Submitted by": "sponsors",
    "Outcome results": "outcome",
    "Vote": "vote",
    "Member State": "member",
}
_CHOICES = {"yes": Choice.YES, "no": Choice.NO, "abstain": Choice.ABSTAIN}

Row = dict[str, Any]


def read(source: bytes, *, name: str = "Council workbook") -> Extract:
    """The rollcalls of the first sheet, in the order of their numbers; dates as they are written.

    A problem is a member listed twice, a name of no state, a date or a vote that is none.
    Raises SourceError where the bytes are no such workbook.
    """
    sheet = _sheet(source, name)
    taken: list[ReadRollcall] = []
    problems: list[Problem] = []
    applied: Counter[str] = Counter()
    for rows in sheet.partition_by("id", maintain_order=True):
        head = rows.row(0, named=True)
        try:
            taken.append(_rollcall(head, _casts(rows), applied))
        except (SourceError, ValueError) as error:
            problems.append(Problem(source_key=head["id"], symbol=_symbol(head), reason=str(error)))
    return Extract(rollcalls=tuple(taken), problems=tuple(problems), applied=dict(applied))


def _sheet(source: bytes, name: str) -> pl.DataFrame:
    try:
        sheet = pl.read_excel(source, infer_schema_length=0)
    except ModuleNotFoundError:
        raise SourceError(
            f"{name}: reading a workbook needs fastexcel; run `pip install votewire[build]`."
        ) from None
    except Exception as error:
        raise SourceError(f"{name}: not a workbook that can be read; fetch it again.") from error
    missing = [column for column in _COLUMNS if column not in sheet.columns]
    if missing:
        raise SourceError(f"{name}: columns missing: {', '.join(missing)}.")
    sheet = sheet.select(pl.col(old).cast(pl.String).alias(new) for old, new in _COLUMNS.items())
    return sheet.sort(pl.col("id").cast(pl.Int64), maintain_order=True)


def _casts(rows: pl.DataFrame) -> dict[str, Choice]:
    """State -> choice. Raises UnknownState, or ValueError for no vote or a state twice."""
    casts: dict[str, Choice] = {}
    for member, vote, year in rows.select("member", "vote", "year").iter_rows():
        choice = _CHOICES.get((cells.plain(vote) or "").lower())
        if choice is None:
            raise ValueError(f"vote {vote!r} is none of Yes, No, Abstain")
        code = _state(cells.plain(member) or "", int(year))
        if code in casts:
            raise ValueError(f"lists {code} twice, {casts[code].label} and {choice.label}")
        casts[code] = choice
    return casts


@cache
def _state(name: str, year: int) -> str:
    return states.from_un_name(name, date(year, 6, 30))


def _rollcall(head: Row, casts: dict[str, Choice], applied: Counter[str]) -> ReadRollcall:
    day = cells.day_in(head["date"])
    if day is None:
        raise ValueError(f"date {head['date']!r} is none")
    outcome, modality = cells.outcome_in(head["outcome"])
    draft = _draft(head, applied)
    agenda = cells.plain(head["agenda"])
    video = cells.video_meeting_in(head["meeting"])
    return ReadRollcall(
        source_key=head["id"],
        chamber=Chamber.SC,
        session=head["year"],
        date=day,
        symbol=_symbol(head),
        draft=draft,
        meeting=cells.meeting_in(head["meeting"]),
        kind=cells.kind_in(head["draft"], outcome),
        title=agenda,
        agenda=(agenda,) if agenda else (),
        sponsors=cells.sponsors_in(head["sponsors"], day),
        outcome=outcome,
        modality=modality,
        casts={} if modality is Modality.WITHOUT_VOTE else casts,
        note=_note(video, draft, head["draft"]),
    )


def _symbol(head: Row) -> str | None:
    year = head["year"] or ""
    for text in (head["resolution"], head["draft"]):
        symbol = cells.resolution_in(text, year)
        if symbol:
            return symbol
    return None


def _draft(head: Row, applied: Counter[str]) -> str | None:
    """The draft cell, or the resolution cell where the two changed places."""
    if cells.resolution_in(head["draft"], head["year"]):
        applied["workbook-swapped-columns"] += 1
        return cells.draft_in(head["resolution"])
    return cells.draft_in(head["draft"])


def _note(video: str | None, draft: str | None, cell: str | None) -> str | None:
    """What the columns cannot hold: a meeting by video, an amendment without a symbol."""
    parts = [f"voted on by video conference, {video}"] if video else []
    if draft is None and cells.plain(cell):
        parts.append(f"put to the vote: {cells.plain(cell)}")
    return "; ".join(parts) or None
