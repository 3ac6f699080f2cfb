"""Membership of the United Nations by day: who is a state, and who held a seat when."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from votewire.errors import UnknownState
from votewire.states.datafiles import read_table, to_date, to_spells
from votewire.states.folding import fold
from votewire.states.model import DatedName, Spell, State

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "admitted_on",
    "all_states",
    "codes",
    "inside",
    "is_member",
    "members_on",
    "membership",
    "nearest_names",
    "state",
]


@cache
def all_states() -> dict[str, State]:
    """Every state ever, by code, in the order of `codes()`. Never change what it returns."""
    rows = read_table("members")
    return {code: _state(code, rows[code]) for code in sorted(rows)}


@cache
def codes() -> tuple[str, ...]:
    """The codes of every state ever, sorted: the column order of every matrix."""
    return tuple(all_states())


def state(code: str) -> State:
    """The state with this code. Raises UnknownState, with the nearest names, if there is none."""
    found = all_states().get(code)
    if found is None:
        raise UnknownState(code, nearest=nearest_names(code))
    return found


def is_member(code: str, on: date) -> bool:
    """Whether the state held a seat that day. Raises UnknownState for a code that is none."""
    return any(on in spell for spell in state(code).spells)


@lru_cache(maxsize=4096)
def members_on(on: date) -> frozenset[str]:
    """The codes of all members on that day."""
    return frozenset(
        code for code, found in all_states().items() if any(on in spell for spell in found.spells)
    )


@lru_cache(maxsize=4096)
def admitted_on(on: date) -> frozenset[str]:
    """The codes of the states whose membership began or resumed that day.

    `members_on` counts them already, but a roll taken that day before they were seated, such as the
    one on their admission, does not list them.
    """
    return frozenset(
        code
        for code, found in all_states().items()
        if any(on == spell.start for spell in found.spells)
    )


def membership(days: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Who was a member on each of some days: (n_days, n_states), columns in the order of `codes()`.

    days: (n_days,) of datetime64[D].
    """
    return inside({code: found.spells for code, found in all_states().items()}, days)


def inside(
    spells_of: Mapping[str, Sequence[Spell]], days: NDArray[np.datetime64]
) -> NDArray[np.bool_]:
    """On which of some days states were in one of their spells: (n_days, n_states), as `codes()`.

    spells_of: state code -> spells, at least one state. days: (n_days,) of datetime64[D].
    """
    import numpy as np

    spells = [(spell, code) for code, held in spells_of.items() for spell in held]
    starts = np.array([spell.start for spell, _ in spells], dtype="datetime64[D]")
    ends = np.array([spell.end or date.max for spell, _ in spells], dtype="datetime64[D]")
    column = np.searchsorted(np.array(codes()), np.array([code for _, code in spells]))
    first = np.flatnonzero(np.diff(column, prepend=-1))
    when = np.asarray(days, dtype="datetime64[D]")[:, None]
    found = np.zeros((len(when), len(codes())), dtype=bool)
    within = (starts <= when) & (when < ends)
    found[:, column[first]] = np.logical_or.reduceat(within, first, axis=1)
    return found


def nearest_names(text: str) -> tuple[str, ...]:
    """Up to three "Name (CODE)" that look most like the text, best first."""
    labels = _labels()
    close = difflib.get_close_matches(fold(text), labels, n=6, cutoff=0.7)
    return tuple(dict.fromkeys(labels[key] for key in close))[:3]


@cache
def _labels() -> dict[str, str]:
    """Folded code or name -> "Name (CODE)"."""
    labels: dict[str, str] = {}
    for found in all_states().values():
        label = f"{found.name} ({found.code})"
        labels[fold(found.code)] = labels[fold(found.name)] = label
        for dated in found.names:
            labels.setdefault(fold(dated.name), label)
    return labels


def _state(code: str, row: dict[str, Any]) -> State:
    names = row.get("names", [[row["name"], "", ""]])
    return State(
        code=code,
        name=row["name"],
        spells=to_spells(row["member"]),
        names=tuple(
            DatedName(name=name, start=to_date(start), end=to_date(end))
            for name, start, end in names
        ),
        cow=tuple(row["cow"]),
        m49=row.get("m49"),
        iso2=row.get("iso2"),
        article=row.get("article", False),
        successors=tuple(row.get("successors", ())),
        predecessors=tuple(row.get("predecessors", ())),
        continues=row.get("continues"),
        note=row.get("note", ""),
        note_days=to_spells([row["note_days"]])[0] if "note_days" in row else None,
    )
