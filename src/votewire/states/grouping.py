"""Groups of states, such as the EU and NATO, and who was in them on a day."""

from __future__ import annotations

import difflib
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from votewire.errors import NotInRecord
from votewire.states.council import elected_spells
from votewire.states.datafiles import read_table, to_spells
from votewire.states.folding import fold
from votewire.states.gazetteer import phrases
from votewire.states.members import codes
from votewire.states.model import Group

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["group", "group_members", "group_membership", "groups", "resolve_group"]


@cache
def groups() -> tuple[str, ...]:
    """The ids of all groups, sorted; also of the open ones, which have no list of members."""
    return tuple(sorted(read_table("groups")))


@cache
def group(group_id: str) -> Group:
    """The group with this id. Raises NotInRecord, with the nearest ids, if there is none."""
    row = read_table("groups").get(group_id)
    if row is None:
        nearest = difflib.get_close_matches(group_id.upper(), groups(), cutoff=0.5)
        raise NotInRecord(group_id, nearest=nearest or groups())
    spells = {code: to_spells(rows) for code, rows in row.get("members", {}).items()}
    return Group(
        id=group_id,
        name=row["name"],
        source=row["source"],
        spells=elected_spells() if row.get("council") == "elected" else spells,
        open=row.get("open", False),
        note=row.get("note", ""),
    )


def group_members(group_id: str, on: date) -> frozenset[str]:
    """The codes of the states in the group that day, whether UN members then or not.

    Raises NotInRecord for an unknown group, and for an open one: who "the Europeans" are is not
    recorded anywhere.
    """
    found = group(group_id)
    if found.open:
        raise NotInRecord(f"a list of members of {found.name} ({group_id})")
    return frozenset(
        code for code, spells in found.spells.items() if any(on in spell for spell in spells)
    )


def group_membership(group_id: str, days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Who was in a group on each of some days: (n_days, n_states), columns in order of `codes()`.

    days: (n_days,) of datetime64[D]. Raises NotInRecord as `group_members` does.
    """
    import numpy as np

    when, which = np.unique(np.asarray(days, dtype="datetime64[D]"), return_inverse=True)
    columns = codes()
    inside = np.zeros((len(when), len(columns)), dtype=bool)
    for at, day in enumerate(when.tolist()):
        members = group_members(group_id, day)
        inside[at] = [code in members for code in columns]
    return inside[which]


def resolve_group(text: str) -> str:
    """The id of the group that a person means: its id, name or another word for it, in any case.

    Raises NotInRecord, with the nearest ids, where there is none.
    """
    wanted = fold(text).removeprefix("the ")
    for group_id in groups():
        if wanted in (fold(group_id), fold(group_id.replace("_", " ")), fold(group(group_id).name)):
            return group_id
    for phrase in phrases("en", typed=True):
        if phrase.kind == "group" and fold(phrase.text) == wanted:
            return phrase.code
    return group(text).id
