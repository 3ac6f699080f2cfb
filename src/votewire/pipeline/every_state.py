"""Every state in one table: where it stands, and how often it chose as two others did lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

from votewire import states
from votewire.record import Answer, Record, Selection
from votewire.record.beneath import told_without

if TYPE_CHECKING:
    from votewire.positions import Fit

__all__ = ["every_state"]

_YEAR = timedelta(days=365)
_POSITION = {"mean": "position", "q05": "q05", "q95": "q95"}


def every_state(record: Record, fit: Fit, others: Sequence[str] = ("USA", "CHN")) -> Answer:
    """Every state there ever was with its last position and its agreement with others in a year.

    Table, by name: state, name, since and until (its membership; until is its last day, null for a
    member of the record's last day), session (of its last position), position, q05, q95, n_casts,
    then for each other n_USA, value_USA, low_USA, high_USA over the 365 days to the record's last
    day in the Assembly. facts: others, since, session (the fit's last), members.
    """
    from votewire.blocs import alongside
    from votewire.positions.company import last_positions

    last = record.complete_to["GA"]
    within = Selection(since=last - _YEAR + timedelta(days=1))
    where = last_positions(fit, record=record)
    alike = alongside(record, others, within=within)
    position = where.table.select("state", "session", "n_casts", *_POSITION).rename(_POSITION)
    table = (
        _members(last)
        .join(position, on="state", how="left")
        .join(alike.table.drop("name"), on="state", how="left")
        .sort("name")
    )
    table = table.select(
        "state",
        "name",
        "since",
        "until",
        "session",
        "position",
        "q05",
        "q95",
        "n_casts",
        *alike.table.columns[2:],
    )
    members = table["until"].null_count()
    return Answer(
        question="states",
        title="States: where they stand and with whom they vote",
        told=(
            f"{members} members of the United Nations on {last}, {table.height - members} former "
            "ones.",
            *where.told[:1],
            *told_without(record, fit.record_hash, "Positions are"),
        ),
        table=table,
        definition=f"{where.definition} Agreement, over the recorded votes of the General Assembly "
        f"from {within.since} to {last}. {alike.definition}",
        basis=f"Positions: {where.basis}. Agreement: {alike.basis}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            "others": list(others),
            "since": within.since,
            "session": where.facts["session"],
            "members": members,
        },
    )


def _members(last: date) -> pl.DataFrame:
    rows = []
    for code in states.codes():
        spells = states.state(code).spells
        end = None if states.is_member(code, last) else spells[-1].end
        until = end - timedelta(days=1) if end else None
        rows.append((code, states.name_of(code), spells[0].start, until))
    days = dict.fromkeys(("since", "until"), pl.Date)
    schema = {"state": pl.String, "name": pl.String, **days}
    return pl.DataFrame(rows, schema=schema, orient="row")
