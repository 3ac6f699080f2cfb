"""What is known of groups: all of them, the members of one, those that a state is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

import polars as pl

from votewire import states
from votewire.record.answer import Answer
from votewire.record.record import Record
from votewire.states import Group, Spell

__all__ = ["groups_on", "groups_with", "members_of"]

_DEFINITION = (
    "A membership is counted from the day since to the day until, both included; it says nothing "
    "of a seat in the UN."
)
_INEXACT = (
    " Where the column exact has month or year, no more is known of a day; its first day is given."
)
_KINDS = (
    "First and last are the days on which a group has members. Its kind is what they rest on: a "
    "treaty and the accessions to it, declarations and summit documents, published lists, "
    "elections, or another group (computed); a word of the press has no list of members."
)


class _Row(NamedTuple):
    """One spell: whose or in what, its days (the last counted), how exactly they are known."""

    id: str
    name: str
    since: date
    until: date | None
    exact: str


def groups_on(record: Record, on: date) -> Answer:
    """All groups, with the number of their members on a day and the days that the data cover.

    members is null for a word of the press that has no list.
    """
    found = [*map(states.group, states.groups())]
    table = pl.DataFrame(
        {
            "group": [each.id for each in found],
            "name": [each.name for each in found],
            "members": [None if each.open else _count(each, on) for each in found],
            "first": [each.first for each in found],
            "last": [each.last for each in found],
            "kind": [each.kind for each in found],
        },
        schema_overrides={"members": pl.Int64, "first": pl.Date, "last": pl.Date},
    )
    listed = sum(not each.open for each in found)
    return Answer(
        question="groups",
        title=f"Groups of states, members on {on}",
        told=(
            f"{listed} groups have a dated list of members; {len(found) - listed} are words of the "
            "press that have none.",
            *_told_of_later(on),
        ),
        table=table,
        definition=_KINDS,
        basis="Source of each group: ask for the group by name",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"on": on.isoformat()},
    )


def members_of(record: Record, group_id: str, on: date | None) -> Answer:
    """The members of a group on a day, or with None every spell in it, by state.

    since and until are of the spell, until being its last day. Raises NotInRecord for an unknown
    group and for a word of the press that has no list.
    """
    spells = states.group_spells(group_id)
    found = states.group(group_id)
    held = [(code, states.name_of(code, on=on), found, code) for code in spells]
    rows = list(_rows(held, on))
    when = f"members on {on}" if on else "all memberships"
    return Answer(
        question="group",
        title=f"{found.name}{f' ({found.id})' if found.id != found.name else ''}, {when}",
        told=(*_told_of(found, rows, on), *_told_of_later(on)),
        table=_frame("state", rows),
        columns=_shown("state", rows),
        definition=_defined(rows),
        basis=f"Source: {found.source}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            "group": found.id,
            "name": found.name,
            "kind": found.kind,
            "computed_from": found.computed_from or None,
            "on": on.isoformat() if on else None,
        },
    )


def groups_with(record: Record, code: str, on: date | None) -> Answer:
    """The groups that a state is in on a day, or with None every spell it had in one.

    Raises UnknownState for a code that is none.
    """
    name = states.name_of(code, on=on)
    found = [each for each in map(states.group, states.groups()) if not each.open]
    rows = list(_rows([(each.id, each.name, each, code) for each in found], on))
    when = f"groups on {on}" if on else "groups over time"
    return Answer(
        question="group",
        title=f"{name} ({code}), {when}",
        told=(
            f"{_counted(len({row.id for row in rows}), 'group')}, of {len(found)} with a list.",
            *_told_of_later(on),
        ),
        table=_frame("group", rows),
        columns=_shown("group", rows),
        definition=_defined(rows),
        basis="Source of each group: ask for the group by name",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"state": code, "on": on.isoformat() if on else None},
    )


def _rows(held: Iterable[tuple[str, str, Group, str]], on: date | None) -> Iterator[_Row]:
    """The spells of (id, name, group, state) that hold on the day, all without one."""
    for row_id, name, found, code in held:
        spells = found.spells.get(code, ())
        for spell, exact in zip(spells, found.exact.get(code, ()), strict=True):
            if on is None or on in spell:
                yield _Row(row_id, name, spell.start, _last(spell), exact)


def _frame(key: str, rows: list[_Row]) -> pl.DataFrame:
    schema = {key: pl.String, "name": pl.String, "since": pl.Date, "until": pl.Date}
    return pl.DataFrame(rows, schema=schema | {"exact": pl.String}, orient="row")


def _shown(key: str, rows: list[_Row]) -> tuple[str, ...]:
    return (key, "name", "since", "until", *(("exact",) if _inexact(rows) else ()))


def _defined(rows: list[_Row]) -> str:
    return _DEFINITION + (_INEXACT if _inexact(rows) else "")


def _inexact(rows: list[_Row]) -> bool:
    return any(row.exact != "day" for row in rows)


def _told_of(found: Group, rows: list[_Row], on: date | None) -> Iterator[str]:
    """How many, who of them had no seat in the UN that day, and what a reader must know."""
    count = _counted(len({row.id for row in rows}), "state")
    if on is None:
        yield f"{count}, {_counted(len(rows), 'membership')} since {found.first}."
    elif rows:
        yield f"{count}."
        outside = [row.name for row in rows if not states.is_member(row.id, on)]
        if outside:
            yield f"No UN member that day: {', '.join(outside)}."
    else:
        end = f"to {found.last}" if found.last else "on"
        yield f"No member that day: it has members from {found.first} {end}."
    if found.note:
        yield found.note


def _told_of_later(on: date | None) -> tuple[str, ...]:
    """What is not known where the day is after the last one that the data are kept to."""
    kept_to = states.groups_kept_to()
    if on is None or on <= kept_to:
        return ()
    return (f"Memberships are kept to {kept_to}; changes after that day are not in them.",)


def _count(found: Group, on: date) -> int:
    return len(states.group_members(found.id, on))


def _last(spell: Spell) -> date | None:
    return spell.end - timedelta(days=1) if spell.end is not None else None


def _counted(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
