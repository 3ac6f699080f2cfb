"""The small table checked by hand: each entry with the publications that state its facts."""

from __future__ import annotations

import tomllib
from typing import Any

from votewire.errors import SourceError
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import ReadRollcall, Totals
from votewire.record.tables import Chamber, Kind, Outcome

__all__ = ["read"]


def read(source: bytes, *, name: str = "hand table") -> Extract:
    """One rollcall for each entry; its address is that of the first publication.

    Raises SourceError where the table is no TOML, or an entry lacks a field or cites nobody.
    """
    try:
        entries = tomllib.loads(source.decode("utf-8"))["entry"]
        return Extract(rollcalls=tuple(_rollcall(entry) for entry in entries))
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise SourceError(f"{name}: an entry cannot be read: {error!r}.") from error


def _rollcall(entry: dict[str, Any]) -> ReadRollcall:
    tally = entry.get("tally")
    return ReadRollcall(
        source_key=entry["key"],
        chamber=Chamber(entry["chamber"]),
        session=entry["session"],
        date=entry["date"],
        symbol=entry.get("symbol"),
        draft=entry.get("draft"),
        meeting=entry.get("meeting"),
        kind=Kind(entry["kind"]),
        title=entry.get("title"),
        sponsors=tuple(entry["sponsors"]),
        outcome=Outcome(entry["outcome"]),
        announced=Totals(**tally) if tally else None,
        url=entry["sources"][0]["url"],
        note=entry.get("note"),
    )
