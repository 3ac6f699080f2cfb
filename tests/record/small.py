"""A small record for tests: rolls of given choices, and the least of all else that is valid."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from votewire import states
from votewire.record import Record, open_record
from votewire.record.readers.catalogue import ga_session
from votewire.record.store import Compiled, pack
from votewire.record.tables import DISAGREEMENTS, QUARANTINE, ROLLCALLS, SOURCES, Choice

MANIFEST: dict[str, Any] = {
    "sources": [
        {"id": "made", "publisher": "the tests", "title": "made rolls", "origin": "tests/record"}
    ],
    "complete_to": {"GA": "2025-10-29", "SC": "2025-10-31"},
    "failed_complete_to": {"GA": "2021-03-03", "SC": "2025-06-04"},
    "gaps": [],
}


def roll(day: date, casts: Mapping[str, Choice], *, rest: Choice = Choice.NON_VOTING) -> np.ndarray:
    """One row of the matrix: the casts given, `rest` for the other members of that day."""
    members = states.members_on(day)
    return np.array(
        [
            casts.get(code, rest) if code in members else Choice.NOT_MEMBER
            for code in states.codes()
        ],
        dtype=np.int8,
    )


def rollcall(name: str, day: date, choices: np.ndarray, **changed: Any) -> dict[str, Any]:
    """One row of the rollcalls table whose totals are those of its choices."""
    counted = {
        side: int((choices == Choice[side.upper()]).sum())
        for side in ("yes", "no", "abstain", "non_voting")
    }
    return {
        "id": f"MADE-{name}",
        "chamber": "GA",
        "session": ga_session("", name) or "79",
        "date": day,
        "date_exact": True,
        "symbol": name,
        "draft": None,
        "meeting": None,
        "kind": "resolution",
        "title": f"Title of {name}",
        "agenda": [],
        "issues": [],
        "sponsors": [],
        "outcome": "adopted",
        "modality": "recorded",
        "roll": "full",
        "tally_from": "counted",
        **counted,
        "members": sum(counted.values()),
        "note": None,
        **changed,
    }


def compiled(rows: list[tuple[dict[str, Any], np.ndarray]]) -> Compiled:
    """A record of these rollcalls, in date order."""
    rows = sorted(rows, key=lambda item: (item[0]["date"], item[0]["chamber"], item[0]["id"]))
    frame = pl.DataFrame([row for row, _ in rows], schema=ROLLCALLS.schema)
    width = len(states.codes())
    sources = [
        {"rollcall": row["id"], "source": "made", "source_key": row["id"], "url": None}
        for row, _ in rows
    ]
    return Compiled(
        rollcalls=frame,
        choices=np.stack([c for _, c in rows]) if rows else np.empty((0, width), dtype=np.int8),
        sources=pl.DataFrame(sources, schema=SOURCES.schema),
        disagreements=DISAGREEMENTS.empty(),
        quarantine=QUARANTINE.empty(),
        manifest=MANIFEST,
    )


def ukraine() -> Compiled:
    """Two made rolls of one day: an adopted text, and an amendment under the same symbol."""
    day = date(2024, 5, 1)
    whole = roll(day, {"USA": Choice.NO, "FRA": Choice.YES, "IND": Choice.ABSTAIN})
    part = roll(day, {"USA": Choice.YES, "FRA": Choice.NO})
    return compiled(
        [
            (rollcall("A/RES/78/900", day, whole, title="Peace in Ukraine"), whole),
            (
                rollcall(
                    "A/RES/78/900", day, part, id="MADE-PART", kind="amendment", draft="A/78/L.9"
                ),
                part,
            ),
        ]
    )


def pack_to(folder: Path, made: Compiled) -> Record:
    """The record, packed in a folder and opened from it."""
    pack(made, folder)
    return open_record(folder)
