"""From the days on which states joined and left a group to their spells in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from votewire.states.model import Spell

__all__ = ["Dated", "cut", "dated_spells"]

# The length of a day as it is written: "1976", "1976-08", "1976-08-16".
_EXACT = {4: "year", 7: "month", 10: "day"}
_COARSER = ("day", "month", "year")


class Dated(NamedTuple):
    """A spell and how exactly it is dated: "day", "month" or "year", by the coarser of its days."""

    spell: Spell
    exact: str


class _Event(NamedTuple):
    day: date
    exact: str
    joins: bool


def dated_spells(
    joined: Mapping[str, str], left: Mapping[str, str]
) -> dict[str, tuple[Dated, ...]]:
    """State code -> its spells, by code, from {day: "codes that join"} and {day: "that leave"}.

    A day may be a month or a year, which stands for its first day. Raises ValueError for a day that
    is none, and where a state does not join and leave in turn.
    """
    events: dict[str, list[_Event]] = {}
    for table, joins in ((joined, True), (left, False)):
        for written, codes in table.items():
            event = _event(written, joins=joins)
            for code in codes.split():
                events.setdefault(code, []).append(event)
    return {code: tuple(_spells(code, sorted(events[code]))) for code in sorted(events)}


def cut(held: Iterable[Dated], bounds: Iterable[Spell]) -> tuple[Dated, ...]:
    """The parts of some spells that lie within others; both in order of time."""
    within = tuple(bounds)
    return tuple(
        Dated(spell=part, exact=exact)
        for spell, exact in held
        for bound in within
        if (part := _overlap(spell, bound)) is not None
    )


def _event(written: str, *, joins: bool) -> _Event:
    if len(written) not in _EXACT:
        raise ValueError(f"{written!r} is no day, month or year")
    day = date.fromisoformat((written + "-01-01")[:10])
    return _Event(day=day, exact=_EXACT[len(written)], joins=joins)


def _spells(code: str, events: list[_Event]) -> Iterable[Dated]:
    """Pairs of joining and leaving; the last may have no end."""
    for at in range(0, len(events), 2):
        start, end = events[at], events[at + 1] if at + 1 < len(events) else None
        if not start.joins or (end is not None and end.joins):
            raise ValueError(f"{code} does not join and leave in turn: see {start.day}")
        exact = (start.exact, end.exact) if end is not None else (start.exact,)
        yield Dated(
            spell=Spell(start=start.day, end=end.day if end is not None else None),
            exact=max(exact, key=_COARSER.index),
        )


def _overlap(a: Spell, b: Spell) -> Spell | None:
    start = max(a.start, b.start)
    ends = [end for end in (a.end, b.end) if end is not None]
    end = min(ends, default=None)
    return Spell(start=start, end=end) if end is None or start < end else None
