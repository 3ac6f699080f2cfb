"""One rollcall on its way into the record: the facts kept, who gave them, where others differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from votewire.record.readers.result import ReadRollcall, Totals

__all__ = ["Difference", "Entry", "Part", "SetAside", "SourceRow", "tally_text"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceRow:
    """One source that has the rollcall, under its own key."""

    source: str
    key: str
    url: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Difference:
    """Two values for one fact: the one kept, the other with its source, and the rule that chose."""

    field: str
    source: str
    kept: str
    other: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A rollcall of a source that does not enter: why, and by which rule."""

    source: str
    key: str
    symbol: str | None
    date: date | None
    reason: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One rollcall of the record.

    facts: as kept. origin: the source whose facts they are. sources: all that have it.
    stated: totals that sources announce, in the order in which the sources were joined.
    """

    id: str
    origin: str
    facts: ReadRollcall
    sources: tuple[SourceRow, ...]
    differences: tuple[Difference, ...] = ()
    stated: tuple[Totals, ...] = ()

    @classmethod
    def of(cls, name: str, origin: str, facts: ReadRollcall) -> Entry:
        """An entry with one source."""
        row = SourceRow(source=origin, key=facts.source_key, url=facts.url)
        stated = (facts.announced,) if facts.announced else ()
        return cls(id=name, origin=origin, facts=facts, sources=(row,), stated=stated)

    def joined(
        self, source: str, other: ReadRollcall, differences: Iterable[Difference] = ()
    ) -> Entry:
        """This entry with one more source and where it differs."""
        row = SourceRow(source=source, key=other.source_key, url=other.url)
        stated = (*self.stated, other.announced) if other.announced else self.stated
        return replace(
            self,
            sources=(*self.sources, row),
            differences=(*self.differences, *differences),
            stated=stated,
        )

    def differing(self, *differences: Difference) -> Entry:
        """This entry with more differences."""
        return replace(self, differences=(*self.differences, *differences))

    def keeping(self, **facts: Any) -> Entry:
        """This entry with some facts replaced."""
        return replace(self, facts=replace(self.facts, **facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A merged part of the record, with what was set aside and how often each rule was applied."""

    entries: tuple[Entry, ...]
    set_aside: tuple[SetAside, ...] = ()
    applied: Mapping[str, int] = field(default_factory=dict)


def tally_text(totals: Totals) -> str:
    """`93-18-65` (yes-no-abstain), with ? for a total that is not stated."""
    sides = (totals.yes, totals.no, totals.abstain)
    return "-".join("?" if side is None else str(side) for side in sides)
