"""Questions about subjects: the topics, the rollcalls on one, and texts that come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.errors import TooFewRollcalls, UsageError
from votewire.record.answer import Answer
from votewire.record.chains import chains, same_matter, same_text
from votewire.record.periods import parts, with_parts
from votewire.record.record import Record, Rollcall
from votewire.record.selecting import Selection
from votewire.record.tables import Kind, Roll
from votewire.record.topics import Topic, on_topic, topic, topics

__all__ = ["all_chains", "all_topics", "one_chain", "one_topic", "topic_years"]

Rows = NDArray[np.intp]

_ALL = Selection()

_TEXT = (
    "The same text: votes on whole texts of one chamber whose titles have the same words (spelling,"
    " years and session numbers apart), at most five sessions apart; parts A, B, C by letter, where"
    " their rolls do not speak against it."
)
_MATTER = (
    "The same matter: the same agenda item or subject, the other votes under these symbols, and "
    "the same text of other years; in an emergency special session, all votes on its item."
)
# The Council's titles begin with number and year, which stand in the symbol beside them.
_TITLE = pl.col("title").str.replace(r"^Security Council resolution \d+ \(\d+\) \[(.*)\]$", "$1")
_TOPIC = "A rollcall is on a topic by the words of its title and agenda; parts follow their text."


def all_topics(record: Record, *, within: Selection = _ALL) -> Answer:
    """Every topic with its recorded votes among a selection: topic, name, rollcalls, first, last.

    A sixth column is the definition. Topics without a rollcall there have no days. Raises
    TooFewRollcalls where the selection is empty.
    """
    chosen = within.rows(record)
    found = [(each, chosen[on_topic(record, each.id)[chosen]]) for each in topics()]
    table = pl.DataFrame(
        [
            {
                "topic": each.id,
                "name": each.name,
                "rollcalls": len(rows),
                "first": record.rollcalls["date"][int(rows[0])] if len(rows) else None,
                "last": record.rollcalls["date"][int(rows[-1])] if len(rows) else None,
                "definition": each.definition,
            }
            for each, rows in found
        ],
        schema_overrides={"first": pl.Date, "last": pl.Date},
    )
    on_any = np.unique(np.concatenate([rows for _, rows in found])).size
    told = (
        f"{len(found)} topics; {on_any:,} of {len(chosen):,} recorded votes are on one or more. "
        "A rollcall may be on several.",
    )
    return _answer(record, "topics", "Topics", told, table, _TOPIC, within.told(chosen))


def one_topic(record: Record, name: str, *, within: Selection = _ALL) -> Answer:
    """The recorded votes on a topic among a selection, newest last: id, date, symbol, title, tally.

    name: an id, name or alias, in any case. Raises NotInRecord for an unknown topic,
    TooFewRollcalls where the selection has no recorded vote on it, UsageError where it has a topic.
    """
    asked = topic(name)
    if within.topic is not None:
        raise UsageError(f"--topic {within.topic} and the topic {asked.id}: give one of them.")
    within = replace(within, topic=asked.id)
    rows = within.rows(record)
    cut = parts(record, within, rows, "year")
    return _answer(
        record,
        "topic",
        f"{asked.name}: recorded votes",
        (asked.definition, _how_many(record, rows)),
        _listed(record, rows),
        _definition(asked),
        within.told(rows),
        {"topic": asked.id, "parts": {label: part.facts for label, part in cut.items()}},
    )


def topic_years(record: Record, name: str, *, within: Selection = _ALL) -> Answer:
    """How many recorded votes each year had on a topic, and of how many in all.

    Table: period (the year), rollcalls, of (all recorded votes of the selection in that year),
    share, part (the days of a year that is not whole); years without a vote on it have no row.
    facts: topic; parts, the years that are not whole. Raises as `one_topic` does.
    """
    asked = topic(name)
    every = within.rows(record)
    rows = replace(within, topic=asked.id).rows(record)
    of = {year: len(found) for year, found in within.periods(record, every, "year")}
    found = [
        {"period": year, "rollcalls": len(own), "of": of[year], "share": len(own) / of[year]}
        for year, own in within.periods(record, rows, "year")
    ]
    cut = parts(record, replace(within, topic=asked.id), rows, "year")
    told = (
        f"{len(rows):,} of {len(every):,} recorded votes are on it ({len(rows) / len(every):.3f}).",
        *(part.told for part in cut.values()),
    )
    return _answer(
        record,
        "topic_years",
        f"{asked.name}: recorded votes by year",
        told,
        with_parts(pl.DataFrame(found), cut),
        _definition(asked),
        replace(within, topic=asked.id).told(rows),
        {"topic": asked.id, "parts": {label: part.facts for label, part in cut.items()}},
    )


def one_chain(record: Record, rollcall: Rollcall, *, matter: bool = False) -> Answer:
    """The votes on the same text as one rollcall, or on the same matter, newest last.

    Columns: id, date, symbol, title, yes, no, abstain; the tally is null where the record has none.
    """
    row = record.row_of(rollcall.id)
    rows = same_matter(record, row) if matter else same_text(record, row)
    told = [_how_many(record, rows)]
    if not matter:
        told += _first_and_latest(record, rows) if len(rows) > 1 else [_alone(rollcall)]
    return _answer(
        record,
        "chain",
        rollcall.title or rollcall.name,
        tuple(told),
        _listed(record, rows),
        _MATTER if matter else _TEXT,
        f"{'General Assembly' if rollcall.chamber == 'GA' else 'Security Council'}, "
        f"{_counted(len(rows), 'rollcall')}, as {rollcall.name}",
        {"rollcall": rollcall.id, "matter": matter},
    )


def all_chains(record: Record, *, least: int = 3, within: Selection = _ALL) -> Answer:
    """The texts with at least `least` recorded votes among a selection, most votes first.

    Columns: chain (id of its first rollcall), title and symbol of the latest, rollcalls, first,
    last, yes, no, abstain of the latest. Raises TooFewRollcalls where there is none.
    """
    chosen = within.rows(record)
    ids = chains(record)
    votes = record.rollcalls[chosen].with_columns(
        _TITLE, chain=record.rollcalls["id"].gather(ids[chosen]), at=pl.Series(ids[chosen])
    )
    last = pl.col("title", "symbol", "yes", "no", "abstain").last()
    days = {"first": pl.col("date").first(), "last": pl.col("date").last()}
    grouped = votes.group_by("chain", "at").agg(last, rollcalls=pl.len(), **days)
    table = grouped.filter(pl.col("rollcalls") >= least)
    if table.is_empty():
        why = f"no text with {least} votes among {within.told()}"
        raise TooFewRollcalls(why, record.completeness)
    table = table.sort("rollcalls", "at", descending=(True, False)).select(
        "chain", "title", "symbol", "rollcalls", "first", "last", "yes", "no", "abstain"
    )
    told = (
        f"{table.height:,} texts came to a recorded vote {least} times or more; together "
        f"{table['rollcalls'].sum():,} of {len(chosen):,} votes. Tallies are those of the latest.",
    )
    shown = ("title", "symbol", "rollcalls", "first", "last", "yes", "no", "abstain")
    basis = within.told(chosen)
    return _answer(record, "chains", "Texts that come back", told, table, _TEXT, basis, {}, shown)


def _answer(
    record: Record,
    question: str,
    title: str,
    told: tuple[str, ...],
    table: pl.DataFrame,
    definition: str,
    basis: str,
    facts: Mapping[str, Any] | None = None,
    columns: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        question=question,
        title=title,
        told=told,
        table=table,
        definition=definition,
        basis=basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=columns,
        facts=facts or {},
    )


def _listed(record: Record, rows: Rows) -> pl.DataFrame:
    columns = ("id", "date", "symbol", "title", "yes", "no", "abstain")
    return record.rollcalls[rows].select(columns).with_columns(_TITLE)


def _how_many(record: Record, rows: Rows) -> str:
    days = [str(record.rollcalls["date"][int(row)]) for row in (rows[0], rows[-1])]
    rest = int((record.rollcalls["roll"].gather(rows) == Roll.NONE).sum())
    when = f"from {days[0]} to {days[1]}" if days[0] != days[1] else f"on {days[0]}"
    said = f"{_counted(len(rows) - rest, 'recorded vote')} {when}"
    return (
        f"{said}; {rest:,} more of which the record has no roll of states." if rest else f"{said}."
    )


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _first_and_latest(record: Record, rows: Rows) -> list[str]:
    counted = record.rollcalls[rows].drop_nulls("yes")
    if counted.height < 2:
        return []
    first, latest = (
        f"{vote['yes']}-{vote['no']}-{vote['abstain']} ({vote['date']})"
        for vote in (counted.row(0, named=True), counted.row(-1, named=True))
    )
    return [f"First tally {first}, latest {latest}: yes-no-abstain."]


def _alone(rollcall: Rollcall) -> str:
    if rollcall.kind in (Kind.PARAGRAPH, Kind.AMENDMENT, Kind.PROCEDURAL):
        return f"A vote on {rollcall.kind} is not chained; `--matter` shows the votes around it."
    return "No other year has this text; `--matter` shows the votes on the same matter."


def _definition(asked: Topic) -> str:
    said = ", ".join((asked.phrases or asked.titles)[:8])
    return f"{_TOPIC} Words of this topic, among others: {said}."
