"""Seats in the Security Council by day: the permanent members and the elected ones."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache, lru_cache

from votewire.errors import NotInRecord
from votewire.states.datafiles import read_table, to_spells
from votewire.states.model import Spell

__all__ = ["council_members", "elected_spells"]


@lru_cache(maxsize=4096)
def council_members(on: date) -> frozenset[str]:
    """The codes of the Council's members that day, permanent and elected; empty before 1946-01-12.

    Raises NotInRecord for a day after the last election that the data have.
    """
    table = read_table("council")
    last = date.fromisoformat(table["known"]["until"]) - timedelta(days=1)
    if on > last:
        raise NotInRecord(f"the Council's membership on {on}", complete_to=last.isoformat())
    spells = [*permanent_spells().items(), *elected_spells().items()]
    return frozenset(code for code, held in spells if any(on in spell for spell in held))


@cache
def permanent_spells() -> dict[str, tuple[Spell, ...]]:
    """State code -> spells as a permanent member, from the Council's beginning."""
    return {
        code: to_spells(rows) for code, rows in read_table("council")["permanent"]["states"].items()
    }


@cache
def elected_spells() -> dict[str, tuple[Spell, ...]]:
    """State code -> spells as an elected member of the Council, in order of time."""
    table = read_table("council")
    first = date.fromisoformat(table["known"]["since"])
    spells = {
        code: tuple(
            Spell(start=max(date(start, 1, 1), first), end=date(end + 1, 1, 1))
            for start, end in rows
        )
        for code, rows in table["elected"].items()
    }
    for code, rows in table["dated"].items():
        both = (*spells.get(code, ()), *to_spells(rows))
        spells[code] = tuple(sorted(both, key=lambda spell: spell.start))
    return spells
