"""Opening the record: the shipped one or a folder's, checked against its invariants."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.record.invariants import Breach, breaches
from votewire.record.record import Record
from votewire.record.store import SHIPPED, unpack, unpack_table
from votewire.record.tables import DISAGREEMENTS, QUARANTINE, SOURCES

__all__ = ["open_record"]

_SIDE_TABLES = {table.name: table for table in (SOURCES, DISAGREEMENTS, QUARANTINE)}


def open_record(path: Path | str | None = None) -> Record:
    """The record that ships with votewire, or the one packed in the folder `path`.

    Every invariant is checked on the way in; a rollcall that breaks one is left out and listed in
    `quarantine` with the reason. Raises RecordDamaged where files are missing or changed.
    """
    folder = SHIPPED if path is None else Path(path)
    rollcalls, choices, manifest = unpack(folder)
    broken = breaches(rollcalls, choices)
    found = _set_aside(rollcalls, broken)
    if broken:
        keep = np.ones(rollcalls.height, dtype=bool)
        keep[[breach.row for breach in broken]] = False
        rollcalls, choices = _kept(rollcalls, choices, keep)

    def side_table(name: str) -> pl.DataFrame:
        frame = unpack_table(folder, _SIDE_TABLES[name])
        return pl.concat([frame, found]) if name == QUARANTINE.name else frame

    return Record(rollcalls=rollcalls, choices=choices, manifest=manifest, side_table=side_table)


def _set_aside(rollcalls: pl.DataFrame, broken: list[Breach]) -> pl.DataFrame:
    rows: list[dict[str, Any]] = []
    for breach in broken:
        row = rollcalls.row(breach.row, named=True)
        rows.append(
            {
                "source": "opening",
                "source_key": row["id"],
                "symbol": row["symbol"],
                "date": row["date"],
                "reason": breach.reason,
            }
        )
    return pl.DataFrame(rows, schema=QUARANTINE.schema)


def _kept(
    rollcalls: pl.DataFrame, choices: NDArray[np.int8], keep: NDArray[np.bool_]
) -> tuple[pl.DataFrame, NDArray[np.int8]]:
    return rollcalls.filter(pl.Series(keep)), choices[keep]
