"""Two sides as a person types them: a state, else a group, with what to know of either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from votewire import states
from votewire.errors import NotInRecord, UnknownState
from votewire.states import Resolution

if TYPE_CHECKING:
    from votewire.blocs import Side

__all__ = ["TypedSide", "seat_before", "side_typed", "state_typed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedSide:
    """The side meant, and sentences on what else the words may mean or who held the seat then."""

    side: Side
    notes: tuple[str, ...] = ()


def side_typed(typed: str, first: date | None, last: date) -> TypedSide:
    """The state meant on the last day asked about, else the group; the state where both answer.

    first: the first day asked about, None for the beginning. Raises UnknownState, with the nearest
    names, where neither answers.
    """
    from votewire.blocs import Side

    same = typed.strip().upper()
    if same in states.groups() and same not in states.codes():
        return TypedSide(side=Side(id=same, is_group=True))
    try:
        resolved = state_typed(typed, first, last)
    except UnknownState:
        try:
            return TypedSide(side=Side(id=states.resolve_group(typed), is_group=True))
        except NotInRecord:
            pass
        raise
    side = Side(id=resolved.code)
    notes = [resolved.note, seat_before(resolved.code, first)]
    if same in states.groups():
        name = states.group(same).name
        notes.append(f"{typed} is {side.told} here; for the group type {name!r}.")
    return TypedSide(side=side, notes=tuple(filter(None, notes)))


def state_typed(typed: str, first: date | None, last: date) -> Resolution:
    """The state meant over some days: the one that the words name if it ended on one of them.

    Otherwise the one that they mean on the last of them. first: None for the beginning. Raises
    UnknownState with the nearest names.
    """
    named = states.resolve(typed)
    return named if _ended(named.code, first, last) else states.resolve(typed, last)


def _ended(code: str, first: date | None, last: date) -> bool:
    if states.is_member(code, last):
        return False
    spells = states.state(code).spells
    return any(spell.end and (first or date.min) < spell.end <= last for spell in spells)


def seat_before(code: str, first: date | None) -> str:
    """What to ask for the years in which another state held the seat; empty where none did."""
    state = states.state(code)
    start = state.spells[0].start
    if not state.continues or (first is not None and first >= start):
        return ""
    held = states.state(state.continues)
    return (
        f"{state.name} has the seat from {start}; before, it was "
        f"{'the ' if held.article else ''}{held.name}'s: ask for {held.code}."
    )
