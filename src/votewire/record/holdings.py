"""What the record holds, and what is wrong with its sources, as answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from votewire.record.answer import Answer
from votewire.record.record import Record

__all__ = ["by_decade", "by_kind", "disagreeing", "set_aside"]

_ROLLS = (
    "full: with every member's choice. partial: with some members' choices. none: without a roll, "
    "adopted without a vote or the source does not say how."
)
_DECADE = 10


def by_kind(record: Record) -> Answer:
    """Rollcalls by chamber and kind. Table: chamber, kind, rollcalls, full, partial, none, first,
    last."""
    table = record.rollcalls.group_by("chamber", "kind").agg(*_counts())
    return _answer(
        record,
        "record_kinds",
        "The record by chamber and kind",
        table.sort("chamber", "rollcalls", "kind", descending=[False, True, False]),
        told=(f"{record.rollcalls.height:,} rollcalls, {_casts(record):,} choices of states.",),
        definition=f"Each rollcall counts once, under the kind that its source gives it. {_ROLLS}",
    )


def by_decade(record: Record) -> Answer:
    """Rollcalls by decade and chamber. Table: decade, chamber, rollcalls, full, partial, none."""
    decade = pl.col("date").dt.year() // _DECADE * _DECADE
    frame = record.rollcalls.with_columns(decade.cast(pl.String).add("s").alias("decade"))
    table = frame.group_by("decade", "chamber").agg(*_counts()).sort("decade", "chamber")
    return _answer(
        record,
        "record_decades",
        "The record by decade",
        table.drop("first", "last"),
        told=(f"From {record.days[0]} to {record.days[-1]}.",),
        definition=f"By the day of the vote. {_ROLLS}",
    )


def disagreeing(record: Record) -> Answer:
    """Where sources disagree, counted. Table: field, source, rule, disagreements."""
    listed = record.disagreements
    table = (
        listed.with_columns(pl.col("field").str.split(":").list.first())
        .group_by("field", "source", "rule")
        .agg(pl.len().alias("disagreements"))
        .sort("disagreements", "field", "source", "rule", descending=[True, False, False, False])
    )
    unresolved = int((listed["rule"] == "unresolved").sum())
    return _answer(
        record,
        "record_disagreements",
        "Where sources disagree",
        table,
        told=(f"{listed.height:,} values, {unresolved} of them unresolved.",),
        definition=(
            "field: what differs between the record and the other source. rule: which rule chose "
            "the value that was kept; both values are in the table of disagreements."
        ),
        facts={"disagreements": listed.height, "unresolved": unresolved},
    )


def set_aside(record: Record) -> Answer:
    """Rollcalls of the sources that broke an invariant, each with the reason."""
    table = record.quarantine
    return _answer(
        record,
        "record_quarantine",
        "Set aside",
        table,
        told=(f"{table.height:,} rollcalls of the sources, none of them in any answer.",),
        definition=(
            "A rollcall is set aside if its choices do not add up to the announced totals or to "
            "the members of that day, names a state that was no member, or names one twice."
        ),
    )


def _counts() -> list[pl.Expr]:
    rolls = [(pl.col("roll") == kind).sum().alias(kind) for kind in ("full", "partial", "none")]
    days = (pl.col("date").min().alias("first"), pl.col("date").max().alias("last"))
    return [pl.len().alias("rollcalls"), *rolls, *days]


def _casts(record: Record) -> int:
    return sum(int(record.manifest["counts"][chamber]["casts"]) for chamber in ("GA", "SC"))


def _answer(
    record: Record,
    question: str,
    title: str,
    table: pl.DataFrame,
    *,
    told: tuple[str, ...],
    definition: str,
    facts: Mapping[str, Any] | None = None,
) -> Answer:
    return Answer(
        question=question,
        title=title,
        told=told,
        table=table,
        definition=definition,
        basis=f"the whole record, {record.rollcalls.height:,} rollcalls",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts=facts or {},
    )
