"""Recounting the whole record, and what there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from votewire.record.invariants import breaches, counts
from votewire.record.record import Record
from votewire.record.store import Compiled, content_hash
from votewire.record.tables import Chamber, Modality, Roll

__all__ = ["Census", "Verification", "census", "verify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Census:
    """What the record holds of one chamber."""

    chamber: str
    rollcalls: int
    full: int  # with every member's choice
    partial: int  # with some choices, such as who vetoed
    without_vote: int  # adopted without a vote
    casts: int
    first: date  # the first day that a source gives exactly
    last: date
    complete_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The outcome of a recount: failures is empty where everything holds."""

    census: tuple[Census, ...]
    recounted: int  # casts counted against the totals of their rollcalls
    disagreements: int
    unresolved: int
    quarantined: int
    hash: str
    failures: tuple[str, ...]


def census(record: Record) -> tuple[Census, ...]:
    """What the record holds, by chamber."""
    marks = pl.Series(counts(record.choices).sum(axis=1))
    frame = record.rollcalls.with_columns(marks=marks)
    return tuple(
        Census(
            chamber=chamber.value,
            rollcalls=part.height,
            full=part.filter(pl.col("roll") == Roll.FULL).height,
            partial=part.filter(pl.col("roll") == Roll.PARTIAL).height,
            without_vote=part.filter(pl.col("modality") == Modality.WITHOUT_VOTE).height,
            casts=int(part["marks"].sum()),
            first=part.filter("date_exact")["date"].min(),  # type: ignore[arg-type]
            last=part["date"].max(),  # type: ignore[arg-type]
            complete_to=record.complete_to[chamber],
        )
        for chamber in Chamber
        if (part := frame.filter(pl.col("chamber") == chamber.value)).height
    )


def verify(record: Record) -> Verification:
    """Recounts every roll against its totals and members, and takes the hash anew.

    What opening checks is checked again from the frames themselves, with the references between
    the tables.
    """
    broken = breaches(record.rollcalls, record.choices)
    ids = record.rollcalls["id"]
    failures = [f"{ids[breach.row]}: {breach.reason}" for breach in broken]
    failures += [f"opening set aside {row}" for row in _set_aside(record)]
    failures += _references(record)
    failures += _hash(record)
    rule = record.disagreements["rule"]
    return Verification(
        census=census(record),
        recounted=int(counts(record.choices).sum()),
        disagreements=rule.len(),
        unresolved=int((rule == "unresolved").sum()),
        quarantined=record.quarantine.height,
        hash=record.hash,
        failures=tuple(failures),
    )


def _set_aside(record: Record) -> list[str]:
    opened = record.quarantine.filter(pl.col("source") == "opening")
    return [f"{row['source_key']}: {row['reason']}" for row in opened.iter_rows(named=True)]


def _references(record: Record) -> list[str]:
    """Every rollcall has a source, and no other table speaks of a rollcall that is not there."""
    ids = set(record.rollcalls["id"])
    sourced = set(record.sources["rollcall"])
    spoken = sourced | set(record.disagreements["rollcall"])
    missing = [f"{name}: has no source" for name in sorted(ids - sourced)]
    return missing + [f"{name}: is not a rollcall of the record" for name in sorted(spoken - ids)]


def _hash(record: Record) -> list[str]:
    taken = content_hash(
        Compiled(
            rollcalls=record.rollcalls,
            choices=record.choices,
            sources=record.sources,
            disagreements=record.disagreements,
            quarantine=record.quarantine,
            manifest=record.manifest,
        )
    )
    if taken == record.hash:
        return []
    return [f"the content's hash is {taken[:12]}, the manifest says {record.hash[:12]}"]
