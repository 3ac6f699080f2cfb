"""Rollcalls that fit conditions, as an answer: the newest, those of a state, those on a subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from votewire import states
from votewire.record.answer import Answer
from votewire.record.record import Record
from votewire.record.selecting import WHOLE
from votewire.record.topics import on_topic, topic

__all__ = ["Asked", "fitting", "listing"]

_COLUMNS = ("date", "chamber", "id", "symbol", "kind", "outcome", "yes", "no", "abstain")
_DEFINITION = (
    "Each row is one rollcall: one recorded vote, or adoption without a vote, on one proposal. "
    "yes, no, abstain: states that chose so, as announced; none for an adoption without a vote."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rollcalls: all conditions given must hold.

    choice: the state's, by its label, such as no. kind: a label of Kind, such as amendment. topic:
    a name of `votewire topics`. whole_texts: leave out votes on paragraphs, amendments and
    procedure.
    """

    state: str | None = None
    choice: str | None = None
    chamber: str | None = None
    outcome: str | None = None
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    topic: str | None = None
    text: str | None = None
    whole_texts: bool = False
    newest_first: bool = False


def listing(
    record: Record, asked: Asked = Asked(), top: int | None = None, skip: int = 0
) -> Answer:
    """The rollcalls asked for, oldest first unless asked otherwise.

    skip, top: how many are passed over, and how many listed at most. Table: date, chamber, id,
    symbol (the draft's where there is no other), kind, outcome, yes, no, abstain, choice where a
    state is named, title. facts: found, how many there are in all; skipped.
    Raises NotInRecord for an unknown topic.
    """
    frame = fitting(record, asked)
    named = frame.with_columns(pl.coalesce("symbol", "draft", "id").alias("symbol"))
    choice = ("choice",) if asked.state else ()
    chosen = named.select(*_COLUMNS, *choice, "title")
    ordered = chosen.reverse() if asked.newest_first else chosen
    shown = ordered.slice(skip, top)
    whose = f" of {states.name_of(asked.state)}" if asked.state else ""
    return Answer(
        question="votes",
        title=f"Votes{whose}",
        told=(f"{frame.height:,} rollcalls{_told(asked)}.",),
        table=shown,
        definition=_DEFINITION,
        basis=f"{frame.height:,} rollcalls{_told(asked)}",
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=tuple(name for name in shown.columns if name != "id"),
        facts={"found": frame.height, "skipped": min(skip, frame.height)},
    )


def fitting(record: Record, asked: Asked) -> pl.DataFrame:
    """The rollcalls asked for, oldest first, as `Record.select` gives them.

    Raises NotInRecord for an unknown topic.
    """
    frame = record.select(
        state=asked.state,
        choice=asked.choice,
        chamber=asked.chamber,
        outcome=asked.outcome,
        since=asked.since,
        until=asked.until,
        text=asked.text,
    )
    if asked.topic is not None:
        on = record.rollcalls["id"].filter(pl.Series(on_topic(record, asked.topic)))
        frame = frame.filter(pl.col("id").is_in(on.implode()))
    if asked.whole_texts:
        frame = frame.filter(pl.col("kind").is_in(WHOLE))
    return frame if asked.kind is None else frame.filter(pl.col("kind") == asked.kind)


def _told(asked: Asked) -> str:
    """The conditions, in words."""
    chambers = {"GA": "of the General Assembly", "SC": "of the Security Council"}
    parts = [
        chambers.get(asked.chamber or "", ""),
        f"{asked.outcome}" if asked.outcome else "",
        "on whole texts" if asked.whole_texts else "",
        f"of the kind {asked.kind}" if asked.kind else "",
        f"on {topic(asked.topic).name}" if asked.topic else "",
        f"with {asked.text!r}" if asked.text else "",
        f"since {asked.since}" if asked.since else "",
        f"until {asked.until}" if asked.until else "",
    ]
    if asked.state:
        did = f" chose {asked.choice.replace('_', ' ')}" if asked.choice else " could vote"
        parts.append(f"on which {states.name_of(asked.state)}{did}")
    told = " ".join(filter(None, parts))
    return f" {told}" if told else ""
