"""Which rollcall a page's roll is: told twice on the page, or in the record under its own symbol.

A page tells a vote in its lead, again in its course, and in an annex; it names a draft or nothing
where the record names a resolution. What tells them for one is the roll itself (`same_roll`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from votewire.record import Record
from votewire.record.overlay import same_rollcall
from votewire.record.readers.result import ReadRollcall, Totals
from votewire.record.same_roll import fitting, holds, title_words
from votewire.record.tables import Kind

__all__ = ["Recognised", "distinct", "recognise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The rolls of a page against a record.

    fresh: not there, or there with fewer casts, and then under the record's names. known: how many
    are there with all that the page says. unclear: rolls that several rollcalls fit, with their
    ids.
    """

    fresh: tuple[ReadRollcall, ...]
    known: int = 0
    unclear: tuple[tuple[ReadRollcall, str], ...] = ()


def distinct(read: Sequence[tuple[ReadRollcall, bool]]) -> list[ReadRollcall]:
    """Each vote once, in page order, in its fullest form; read: rolls, and whether from an annex.

    A page tells a vote in its lead, in its course and in an annex. Two tellings are one vote where
    their counts are the same, no state differs, no symbols differ; two outside annexes also need
    titles that may be one, and two annexes are always two votes.
    """
    kept: dict[int, tuple[ReadRollcall, bool]] = {}
    by_size = sorted(enumerate(read), key=lambda each: (not each[1][1], -len(each[1][0].casts)))
    for at, (roll, annex) in by_size:
        place = None if annex else _place(kept, roll)
        if place is None:
            kept[at] = roll, annex
        else:
            kept[place] = _joined(kept[place][0], roll), kept[place][1]
    return [kept[at][0] for at in sorted(kept)]


def recognise(record: Record, rolls: Sequence[ReadRollcall]) -> Recognised:
    """The rolls sorted by whether the record has them."""
    fresh: list[ReadRollcall] = []
    unclear: list[tuple[ReadRollcall, str]] = []
    known = 0
    for roll in rolls:
        named = same_rollcall(record, roll)
        rows = [named] if named is not None else fitting(record, roll)
        if rows and all(holds(record.choices[row], roll) for row in rows):
            known += 1
        elif len(rows) > 1:
            unclear.append((roll, ", ".join(record.rollcalls["id"][row] for row in rows)))
        else:
            fresh.append(_renamed(record, rows[0], roll) if rows else roll)
    return Recognised(fresh=tuple(fresh), known=known, unclear=tuple(unclear))


def _place(kept: Mapping[int, tuple[ReadRollcall, bool]], roll: ReadRollcall) -> int | None:
    """Where a fuller telling of the roll stands."""
    for at, (full, annex) in kept.items():
        named = _same_names(full, roll) and (annex or _may_be_one(full.title, roll.title))
        if named and _same_counts(full, roll) and roll.casts.items() <= full.casts.items():
            return at
    return None


def _joined(full: ReadRollcall, other: ReadRollcall) -> ReadRollcall:
    """The fuller telling, with the names that only the other gives."""
    return replace(
        full,
        symbol=full.symbol or other.symbol,
        draft=full.draft or other.draft,
        title=full.title or other.title,
    )


def _same_counts(one: ReadRollcall, other: ReadRollcall) -> bool:
    said, again = one.announced or Totals(), other.announced or Totals()
    return (said.yes, said.no, said.abstain) == (again.yes, again.no, again.abstain)


def _same_names(one: ReadRollcall, other: ReadRollcall) -> bool:
    pairs = ((one.symbol, other.symbol), (one.draft, other.draft))
    kinds = one.kind == other.kind or Kind.UNSTATED in (one.kind, other.kind)
    return kinds and all(a is None or b is None or a == b for a, b in pairs)


def _may_be_one(one: str | None, other: str | None) -> bool:
    return one is None or other is None or bool(title_words(one) & title_words(other))


def _renamed(record: Record, row: int, roll: ReadRollcall) -> ReadRollcall:
    """The roll under the names that the record has for it, so that it fills that rollcall in."""
    names = ("date", "symbol", "draft", "kind")
    there = record.rollcalls.select(names).row(row, named=True)
    if there["symbol"] is None and there["draft"] is None:
        return roll
    return replace(
        roll,
        date=there["date"],
        symbol=there["symbol"],
        draft=there["draft"],
        kind=Kind(there["kind"]),
    )
