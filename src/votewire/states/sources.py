"""From what a source calls a state, a UN name of the time or a COW number, to its code."""

from __future__ import annotations

from datetime import date
from functools import cache

from votewire.errors import UnknownState
from votewire.states.datafiles import read_table
from votewire.states.folding import fold
from votewire.states.members import all_states, is_member, nearest_names

__all__ = ["from_cow", "from_un_name", "member_among", "un_names"]


def from_un_name(name: str, on: date | None = None) -> str:
    """The code of the state that a UN file or roll calls `name`, in any case or accents.

    `on` decides where two states had one name: YUGOSLAVIA is YUG up to 2000-10-31 and SRB after,
    USSR is RUS in the rolls of the last week of 1991. Membership is not checked (`is_member` does):
    rolls list states a few days early, not voting. Raises UnknownState with the nearest names.
    """
    found = un_names().get(fold(name))
    if not found:
        raise UnknownState(name, nearest=nearest_names(name))
    return member_among(found, on)


def from_cow(ccode: int, on: date | None = None) -> str:
    """The code of the state with this Correlates of War number.

    `on` decides where two states share one: 365 is SUN and then RUS, 345 YUG and then SRB; without
    it the answer is the present member. Raises UnknownState for a number of no UN member.
    """
    found = _cow_numbers().get(ccode)
    if not found:
        why = ": no member has this Correlates of War number"
        raise UnknownState(str(ccode), why=why)
    return member_among(found[::-1] if on is None else found, on)


def member_among(found: tuple[str, ...], on: date | None) -> str:
    """Of some codes the one that was a member that day, else the first."""
    if on is not None and len(found) > 1:
        return next((code for code in found if is_member(code, on)), found[0])
    return found[0]


@cache
def un_names() -> dict[str, tuple[str, ...]]:
    """Folded UN name -> codes, the first to bear it in front. Never change what it returns."""
    index: dict[str, tuple[str, ...]] = {}
    rows = [
        (name, found.code)
        for found in sorted(all_states().values(), key=lambda found: found.spells[0].start)
        for name in (*(dated.name for dated in found.names), found.name)
    ]
    for section in read_table("un_names").values():
        rows += section["names"].items()
    for name, code in rows:
        known = index.get(fold(name), ())
        if code not in known:
            index[fold(name)] = (*known, code)
    return index


@cache
def _cow_numbers() -> dict[int, tuple[str, ...]]:
    """COW number -> codes, the oldest member first."""
    index: dict[int, tuple[str, ...]] = {}
    for found in sorted(all_states().values(), key=lambda found: found.spells[0].start):
        for number in found.cow:
            index[number] = (*index.get(number, ()), found.code)
    return index
