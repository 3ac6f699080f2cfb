"""Positions side by side: some states beside others over time, every state's last, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.answers import answer_of, fit_told, no_session, path_told, unfinished
from votewire.positions.result import Fit
from votewire.positions.tables import FIRST_YEAR, first_dimension
from votewire.record import Answer, Record, Selection
from votewire.record.periods import shown_columns, with_parts

__all__ = ["beside", "in_groups", "last_positions"]

_GROUPS = ("P5", "EU", "NATO", "BRICS", "ASEAN", "ARAB_LEAGUE", "AFRICAN_UNION", "MERCOSUR", "G77")
_REGIONS = ("WEOG", "EASTERN_EUROPEAN_GROUP", "GRULAC", "ASIA_PACIFIC_GROUP", "AFRICAN_GROUP")


def beside(
    fit: Fit,
    states_asked: Sequence[str],
    others: Sequence[str] = (),
    *,
    record: Record,
    within: Selection = Selection(),
) -> Answer:
    """The positions of a state, or of two, in the first dimension beside those of others.

    Table: as `first_dimension`, with name after state and, at the end, part, the days of a session
    that is not whole; those asked for first, in their order.
    facts: states, those asked for; others, those of the others that have a position in the sessions
    shown. Raises NotInRecord where a state asked for has none.
    """
    table = first_dimension(fit)
    asked = list(dict.fromkeys(states_asked))
    known = set(table["state"])
    missing = [code for code in asked if code not in known]
    if missing:
        raise NotInRecord(f"positions of {', '.join(missing)}", complete_to=record.completeness)
    own = table.filter(pl.col("state").is_in(asked))
    during = table.filter(pl.col("session").is_between(own["session"].min(), own["session"].max()))
    rest = [c for c in dict.fromkeys(others) if c not in asked and c in set(during["state"])]
    order = {code: at for at, code in enumerate([*asked, *rest])}
    shown = (
        during.filter(pl.col("state").is_in(list(order)))
        .sort(pl.col("state").replace_strict(order, default=None), "session")
        .pipe(_named)
    )
    cut = unfinished(record, within, shown)
    noted = with_parts(shown, cut, "session")
    names = " and ".join(states.name_of(code) for code in asked)
    company = ", ".join(states.name_of(code) for code in rest)
    return answer_of(
        fit,
        record,
        within,
        question="positions_beside",
        title=f"{names}: position by session{f', beside {company}' if rest else ''}",
        told=(
            *(path_told("", shown, code, cut) for code in asked),
            *(part.told for part in cut.values()),
            fit_told(fit),
        ),
        table=noted,
        facts={
            "states": asked,
            "others": rest,
            "parts": {label: part.facts for label, part in cut.items()},
        },
        columns=shown_columns(noted, cut),
    )


def last_positions(fit: Fit, *, record: Record, within: Selection = Selection()) -> Answer:
    """Every state's last position, by code; of a former member that of its last session.

    Table: as `first_dimension`, with name after state.
    """
    table = first_dimension(fit).group_by("state", maintain_order=True).last().pipe(_named)
    newest = int(fit.periods[-1])
    now = table.filter(pl.col("session") == newest).height
    return answer_of(
        fit,
        record,
        within,
        question="positions_last",
        title="Every state's last position",
        told=(
            f"{table.height} states, {now} of them in session {newest}; the others' last is of an "
            "earlier one.",
            fit_told(fit),
        ),
        table=table,
        facts={"session": newest},
    )


def in_groups(
    fit: Fit,
    session: int,
    groups: Sequence[str] = (*_GROUPS, *_REGIONS),
    *,
    record: Record,
    within: Selection = Selection(),
) -> Answer:
    """Where the members of groups stood in a session, beside all states: ends and middle.

    Table: group, name, members (with a position), then state, position, q05 and q95 of the lowest,
    the middle and the highest member (the middle one has as many above as below, or one more), and
    the lists states and positions of all members, the lowest first. The first row is of all states,
    its group is null; groups without a member there have no row. Raises NotInRecord, with the
    nearest sessions, where the fit has no such session.
    """
    table = first_dimension(fit).filter(pl.col("session") == session)
    if table.is_empty():
        raise no_session(fit, session, record)
    ordered = table.sort("mean", "state")
    last = np.array([f"{FIRST_YEAR + session}-12-31"], dtype="datetime64[D]")
    rows = [_group_row(None, "All states", ordered)]
    for group in groups:
        inside = states.group_membership(group, last)[0]
        members = [code for code, is_in in zip(states.codes(), inside, strict=True) if is_in]
        own = ordered.filter(pl.col("state").is_in(members))
        if own.height:
            rows.append(_group_row(group, states.group(group).name, own))
    found = pl.DataFrame(rows, infer_schema_length=None)
    lists = ("states", "positions")
    return answer_of(
        fit,
        record,
        within,
        question="positions_groups",
        title=f"All states and groups in session {session} ({FIRST_YEAR + session})",
        told=(*(_ends_told(row) for row in rows[:1]), fit_told(fit)),
        table=found,
        facts={"session": session},
        more=" A group has the members of 31 December of the year in which the session opened. The "
        "middle member: as many stand above it as below, or one more.",
        columns=tuple(name for name in found.columns if name not in lists),
    )


def _named(table: pl.DataFrame) -> pl.DataFrame:
    names = [states.name_of(code) for code in table["state"]]
    return table.insert_column(1, pl.Series("name", names, dtype=pl.String))


def _group_row(group: str | None, name: str, own: pl.DataFrame) -> dict[str, Any]:
    places = {"lowest": 0, "middle": (own.height - 1) // 2, "highest": own.height - 1}
    row: dict[str, Any] = {"group": group, "name": name, "members": own.height}
    for place, at in places.items():
        one = own.row(at, named=True)
        row |= {place: one["state"], f"{place}_position": one["mean"]}
        row |= {f"{place}_{end}": one[end] for end in ("q05", "q95")}
    return row | {"states": own["state"].to_list(), "positions": own["mean"].to_list()}


def _ends_told(row: Mapping[str, Any]) -> str:
    told = "; ".join(
        f"{place} {states.name_of(row[place])} ({row[f'{place}_position']:.2f}, 90 % interval "
        f"{row[f'{place}_q05']:.2f} to {row[f'{place}_q95']:.2f})"
        for place in ("highest", "middle", "lowest")
    )
    return f"{row['members']} states: {told}."
