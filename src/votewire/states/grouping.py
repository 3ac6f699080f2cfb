"""Groups of states, such as the EU and NATO, and who was in them on a day."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from votewire.errors import NotInRecord
from votewire.states.accessions import Dated, cut, dated_spells
from votewire.states.council import elected_spells
from votewire.states.datafiles import languages, read_table
from votewire.states.folding import fold
from votewire.states.gazetteer import phrases
from votewire.states.members import inside, state
from votewire.states.model import Group, Spell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "group",
    "group_members",
    "group_membership",
    "group_spells",
    "groups",
    "groups_kept_to",
    "groups_of",
    "resolve_group",
]


@cache
def groups() -> tuple[str, ...]:
    """The ids of all groups, sorted; also of the open ones, which have no list of members."""
    return tuple(sorted(key for key, row in read_table("groups").items() if isinstance(row, dict)))


@cache
def groups_kept_to() -> date:
    """The last day of which changes in groups are in the data."""
    return date.fromisoformat(read_table("groups")["kept_to"])


@cache
def group(group_id: str) -> Group:
    """The group with this id. Raises NotInRecord, with the nearest groups, if there is none."""
    if group_id not in groups():
        raise _unknown(group_id)
    row = read_table("groups")[group_id]
    dated = _dated(row)
    return Group(
        id=group_id,
        name=row["name"],
        source=row["source"],
        kind=row["kind"],
        spells={code: tuple(each.spell for each in held) for code, held in dated.items()},
        exact={code: tuple(each.exact for each in held) for code, held in dated.items()},
        computed_from=row.get("from", ""),
        open=row["kind"] == "press",
        note=row.get("note", ""),
        see=tuple(row.get("see", "").split()),
    )


def group_spells(group_id: str) -> dict[str, tuple[Spell, ...]]:
    """State code -> its spells in the group, by code.

    Raises NotInRecord for an unknown group, and for an open one: who "the Europeans" are is not
    recorded anywhere.
    """
    found = group(group_id)
    if found.open:
        asked = f"a list of members of {found.name} ({group_id})"
        raise NotInRecord(asked, nearest=[_label(near) for near in found.see])
    return found.spells


def group_members(group_id: str, on: date) -> frozenset[str]:
    """The codes of the states in the group that day, whether UN members then or not.

    Raises NotInRecord as `group_spells` does.
    """
    return frozenset(
        code
        for code, spells in group_spells(group_id).items()
        if any(on in spell for spell in spells)
    )


def group_membership(group_id: str, days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Who was in a group on each of some days: (n_days, n_states), columns in order of `codes()`.

    days: (n_days,) of datetime64[D]. Raises NotInRecord as `group_spells` does.
    """
    return inside(group_spells(group_id), days)


def groups_of(code: str, on: date) -> tuple[str, ...]:
    """The ids of the groups that a state is in that day, sorted.

    Raises UnknownState for a code that is none.
    """
    known = state(code).code
    return tuple(
        group_id
        for group_id in groups()
        if any(on in spell for spell in group(group_id).spells.get(known, ()))
    )


def resolve_group(text: str) -> str:
    """The id of the group that a person means: its id, name or another word for it, in any case.

    A word may be of each language that the press is read in, English first.

    Raises NotInRecord, with the nearest groups by id and by name, where there is none.
    """
    wanted = fold(text).removeprefix("the ")
    for group_id, words in _names():
        if wanted in words:
            return group_id
    for phrase in (one for lang in languages() for one in phrases(lang, typed=True)):
        if phrase.kind == "group" and fold(phrase.text) == wanted:
            return phrase.code
    raise _unknown(text)


def _names() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each group's id with what it is called, folded: the id, the id in words, the name."""
    for group_id in groups():
        name = read_table("groups")[group_id]["name"]
        yield group_id, (fold(group_id), fold(group_id.replace("_", " ")), fold(name))


def _unknown(text: str) -> NotInRecord:
    return NotInRecord(f"group {text}", nearest=_nearest(text), listed_by="votewire groups")


def _nearest(text: str) -> tuple[str, ...]:
    """Up to three "Name (ID)" that look most like the text, by id, name or word of the press."""
    ids = {word: group_id for group_id, words in _names() for word in words}
    for phrase in phrases("en", typed=True):
        if phrase.kind == "group":
            ids.setdefault(fold(phrase.text), phrase.code)
    close = difflib.get_close_matches(fold(text), ids, n=6, cutoff=0.6)
    found = dict.fromkeys(ids[word] for word in close)
    return tuple(_label(group_id) for group_id in found)[:3]


def _label(group_id: str) -> str:
    return f"{read_table('groups')[group_id]['name']} ({group_id})"


def _dated(row: dict[str, Any]) -> dict[str, tuple[Dated, ...]]:
    """A group's spells by code, as its row of the data file gives or computes them."""
    if row.get("council") == "elected":
        return {code: _to_the_day(held) for code, held in sorted(elected_spells().items())}
    own = dated_spells(row.get("joined", {}), row.get("left", {}))
    if row.get("un_only"):
        bounded = {code: cut(held, state(code).spells) for code, held in own.items()}
        return {code: held for code, held in bounded.items() if held}
    if "from" in row:
        source = _dated(read_table("groups")[row["from"]])
        kept = {
            code: held
            for code, held in source.items()
            if code not in row.get("without", "").split()
        }
        return dict(sorted((kept | own).items()))
    return own


def _to_the_day(spells: tuple[Spell, ...]) -> tuple[Dated, ...]:
    return tuple(Dated(spell=spell, exact="day") for spell in spells)
