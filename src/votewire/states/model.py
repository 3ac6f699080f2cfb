"""What this room hands out: states, their spells and names, answers, groups, mentions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["DatedName", "Group", "Mention", "Resolution", "Spell", "State"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A stretch of membership: from `start` up to, not including, `end` (None: still going on)."""

    start: date
    end: date | None = None

    def __contains__(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedName:
    """A name and when it held: from `start` (None: the beginning) up to, not including, `end`."""

    name: str
    start: date | None = None
    end: date | None = None

    def __contains__(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A member of the United Nations, now or once.

    code: ISO 3166-1 alpha-3, or SUN DDR YUG CSK YMD ZAN for ended states.
    name: everyday English short name, the last one.
    spells: membership in order of time; never overlapping.
    names: the UN's short names over time, in order.
    article: whether a sentence says "the" before the name.
    cow: Correlates of War numbers. m49, iso2: UN and ISO codes, None where there is none.
    successors, predecessors: codes. continues: the ended state whose very seat this one holds.
    note: what a reader must know about the seat; "" for most. note_days: the days to which it
    belongs, where it does not hold for the state as such.
    """

    code: str
    name: str
    spells: tuple[Spell, ...]
    names: tuple[DatedName, ...]
    cow: tuple[int, ...] = ()
    m49: str | None = None
    iso2: str | None = None
    article: bool = False
    successors: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    continues: str | None = None
    note: str = ""
    note_days: Spell | None = None

    def __repr__(self) -> str:
        return f"<State {self.code}: {self.name}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The state that a person meant, and what they should know of it that day ("": nothing)."""

    code: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of states. `open` groups, such as EUROPE, have a name but no list of members.

    kind: what its memberships rest on: treaty, declaration, list, elections, computed or press.
    spells: state code -> spells in the group, by code; empty for an open group.
    exact: state code -> how exactly each of those spells is dated: "day", "month" or "year"; a
    month or year stands for its first day.
    computed_from: the group whose spells it takes, "" for most. note: what a reader must know.
    see: the groups that come near an open one.
    """

    id: str
    name: str
    source: str
    kind: str
    spells: dict[str, tuple[Spell, ...]]
    exact: dict[str, tuple[str, ...]]
    computed_from: str = ""
    open: bool = False
    note: str = ""
    see: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Group {self.id}: {self.name}, {len(self.spells)} states>"

    @property
    def first(self) -> date | None:
        """The first day on which it has a member; None for an open group."""
        return min((spell.start for held in self.spells.values() for spell in held), default=None)

    @property
    def last(self) -> date | None:
        """The last day on which it has a member; None while it has some, and for an open group."""
        ends = [spell.end for held in self.spells.values() for spell in held]
        known = [end for end in ends if end is not None]
        return max(known) - timedelta(days=1) if known and len(known) == len(ends) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a text that stand for a state or a group; `text` is the slice [start, end).

    kind: "state" or "group". code: state code or group id.
    how: name, long, alias, demonym, capital or seat (what kind of word it is).
    """

    start: int
    end: int
    text: str
    kind: str
    code: str
    how: str
