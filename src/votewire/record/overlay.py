"""The user's own layer over the shipped record: what is new, and what fills a gap.

The shipped record stays as it is on disk. An added rollcall that the record has with fewer casts
(a vetoed draft of which it knows only who vetoed) fills it in; one that it has in full only adds a
source, and what differs is listed as a disagreement.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.record.invariants import breaches
from votewire.record.readers.result import ReadRollcall
from votewire.record.record import Record
from votewire.record.rows import choices_of, row_of
from votewire.record.same_roll import days_of, fits, fitting, same_name
from votewire.record.tables import (
    DISAGREEMENTS,
    QUARANTINE,
    ROLLCALLS,
    SOURCES,
    Choice,
)

__all__ = ["KEPT", "Addition", "known_casts", "overlay", "same_rollcall", "says_the_same"]

_COUNTED = ("roll", "tally_from", "yes", "no", "abstain", "non_voting", "members")
KEPT = "record-kept"  # the rule: an addition never changes a cast that the record has
Addition = tuple[str, ReadRollcall]  # the addition's name, and one rollcall of it


def same_rollcall(record: Record, rollcall: ReadRollcall) -> int | None:
    """The row of the record that is this rollcall, or None where it has none.

    The same chamber and day, and the same symbol or draft; of several votes under one symbol, the
    one of the same kind with the same Yes and No counts. Where it has no such name, the one that
    day with the same roll, if only one is (`same_roll`).
    """
    rows = [
        row
        for name in (rollcall.symbol, rollcall.draft)
        if name
        for row in record.rows(name)
        if record.rollcalls["chamber"][row] == rollcall.chamber
        and record.rollcalls["date"][row] == rollcall.date
    ]
    unique = list(dict.fromkeys(rows))
    if not unique:
        unique = fitting(record, rollcall)
        return unique[0] if len(unique) == 1 else None
    if len(unique) == 1:
        return unique[0]
    marks = list(rollcall.casts.values())
    tally = (marks.count(Choice.YES), marks.count(Choice.NO))
    alike = [r for r in unique if record.rollcalls.select("yes", "no").row(r) == tally]
    return alike[0] if len(alike) == 1 else None


def says_the_same(record: Record, rollcall: ReadRollcall) -> bool:
    """Whether the record has this rollcall, cast for cast."""
    row = same_rollcall(record, rollcall)
    if row is None or not rollcall.casts:
        return False
    return bool(np.array_equal(record.choices[row], choices_of(rollcall)))


def known_casts(record: Record, rollcall: ReadRollcall) -> int:
    """How many casts of this rollcall the record has; 0 where it has no such rollcall."""
    row = same_rollcall(record, rollcall)
    return 0 if row is None else int((record.choices[row] <= Choice.NON_VOTING).sum())


def overlay(record: Record, additions: Sequence[Addition], hashes: Iterable[str]) -> Record:
    """The record with a user's additions, in the order they were made.

    hashes: content hashes of the additions; with them the record's own hash changes.
    """
    merged = _Merge(record)
    for name, rollcall in additions:
        merged.add(name, rollcall)
    return merged.done(hashes)


@dataclass(slots=True)
class _Line:
    """One rollcall while additions are laid over it."""

    values: dict[str, Any]
    choices: NDArray[np.int8]

    def fill(self, rollcall: ReadRollcall) -> None:
        """Takes casts and facts that are not there yet; never changes one that is."""
        known = self.choices <= Choice.NON_VOTING
        given = row_of(self.values["id"], rollcall)
        kept = {name: value for name, value in self.values.items() if value not in (None, [])}
        if known.sum() >= len(rollcall.casts):
            self.values = given | {name: self.values[name] for name in _COUNTED} | kept
            return
        counted = {name: given[name] for name in _COUNTED}
        self.values = given | kept | counted
        self.choices = np.where(known, self.choices, choices_of(rollcall))


class _Merge:
    """Rollcalls changed (by row of the record) and new (by what names a vote), with their lines."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.changed: dict[int, _Line] = {}
        self.new: dict[tuple[object, ...], _Line] = {}
        self.days: dict[date, list[_Line]] = {}  # the new ones
        self.sources: list[dict[str, Any]] = []
        self.disagreements: list[dict[str, Any]] = []

    def add(self, name: str, rollcall: ReadRollcall) -> None:
        line = self._line(rollcall)
        self._compare(name, rollcall, line)
        line.fill(rollcall)
        self.sources.append(
            {
                "rollcall": line.values["id"],
                "source": name,
                "source_key": rollcall.source_key,
                "url": rollcall.url,
            }
        )

    def _line(self, rollcall: ReadRollcall) -> _Line:
        """The line of the record, or of an earlier addition, that this rollcall belongs to."""
        row = same_rollcall(self.record, rollcall)
        if row is not None:
            own = self.record.rollcalls.row(row, named=True)
            return self.changed.setdefault(row, _Line(own, self.record.choices[row]))
        named = rollcall.symbol or rollcall.draft or rollcall.source_key
        key = (rollcall.chamber, rollcall.date, rollcall.kind, named)
        if key not in self.new:
            lines = [line for day in days_of(rollcall) for line in self.days.get(day, ())]
            told = [line for line in lines if same_name(line.values, rollcall)] or [
                line for line in lines if fits(line.values, line.choices, rollcall)
            ]
            if len(told) == 1:
                return told[0]
            new_id = f"OWN-{rollcall.chamber}-{rollcall.source_key}"
            self.new[key] = _Line(row_of(new_id, rollcall), choices_of(rollcall))
            self.days.setdefault(rollcall.date, []).append(self.new[key])
        return self.new[key]

    def _compare(self, name: str, rollcall: ReadRollcall, line: _Line) -> None:
        codes = states.codes()
        other = choices_of(rollcall)
        both = (line.choices <= Choice.NON_VOTING) & (other <= Choice.NON_VOTING)
        self.disagreements += [
            {
                "rollcall": line.values["id"],
                "field": f"cast:{codes[at]}",
                "kept": Choice(int(line.choices[at])).label,
                "other": Choice(int(other[at])).label,
                "source": name,
                "rule": KEPT,
            }
            for at in np.flatnonzero(both & (line.choices != other))
        ]

    def done(self, hashes: Iterable[str]) -> Record:
        frame, choices = self._frames()
        broken = {breach.row: breach.reason for breach in breaches(frame, choices)}
        aside = [self._aside(frame.row(row, named=True), why) for row, why in broken.items()]
        keep = np.array([row not in broken for row in range(frame.height)], dtype=bool)
        frame, choices = frame.filter(pl.Series(keep)), choices[keep]
        kept = set(frame["id"])
        extra = {
            "sources": _unique(self.sources, SOURCES.schema, SOURCES.key, kept),
            "disagreements": _unique(
                self.disagreements, DISAGREEMENTS.schema, DISAGREEMENTS.key, kept
            ),
            "quarantine": pl.DataFrame(aside, schema=QUARANTINE.schema),
        }

        def side_table(name: str) -> pl.DataFrame:
            table: pl.DataFrame = getattr(self.record, name)
            return pl.concat([table, extra[name]])

        return Record(
            rollcalls=frame,
            choices=choices,
            manifest=self._manifest(hashes),
            side_table=side_table,
            base=self.record,
            own=frozenset(self._own() & kept),
        )

    def _own(self) -> set[str]:
        """The ids of rollcalls that are new, or have casts that the record lacks."""
        filled = {
            line.values["id"]
            for row, line in self.changed.items()
            if not np.array_equal(line.choices, self.record.choices[row])
        }
        return filled | {line.values["id"] for line in self.new.values()}

    def _frames(self) -> tuple[pl.DataFrame, NDArray[np.int8]]:
        lines = [*self.changed.values(), *self.new.values()]
        same = np.ones(len(self.record), dtype=bool)
        same[list(self.changed)] = False
        laid = pl.DataFrame([line.values for line in lines], schema=ROLLCALLS.schema)
        frame = pl.concat([self.record.rollcalls.filter(pl.Series(same)), laid])
        choices = np.vstack([self.record.choices[same], *(line.choices for line in lines)])
        order = frame.with_row_index("at").sort("date", "chamber", "id")["at"].to_numpy()
        return frame[order], choices[order]

    def _aside(self, row: dict[str, Any], reason: str) -> dict[str, Any]:
        return {
            "source": "layer",
            "source_key": row["id"],
            "symbol": row["symbol"],
            "date": row["date"],
            "reason": reason,
        }

    def _manifest(self, hashes: Iterable[str]) -> dict[str, Any]:
        names = sorted({row["source"] for row in self.sources})
        own = [
            {"id": n, "publisher": "your own layer", "title": n, "origin": "votewire record add"}
            for n in names
        ]
        listed = [*self.record.manifest["sources"], *own]
        whole = hashlib.sha256("+".join([self.record.hash, *hashes]).encode()).hexdigest()
        return {**self.record.manifest, "sources": listed, "hash": whole}


def _unique(
    rows: list[dict[str, Any]], schema: Any, key: tuple[str, ...], kept: set[str]
) -> pl.DataFrame:
    frame = pl.DataFrame([row for row in rows if row["rollcall"] in kept], schema=schema)
    return frame.unique(subset=list(key), keep="first", maintain_order=True)
