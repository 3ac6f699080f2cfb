"""Which vote an address means, and which address a vote has."""

from __future__ import annotations

from dataclasses import dataclass

from votewire.record import Record, Rollcall
from votewire.web.shown import Moved

__all__ = ["Other", "last_part", "others_of", "vote_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another vote under the same symbol: what a reader tells them apart by."""

    id: str
    name: str
    kind: str
    date: str
    tally: str
    note: str | None


def last_part(record: Record, rollcall: Rollcall) -> str:
    """What stands behind /votes/ for a rollcall: its symbol where no other has it, else its id."""
    alone = record.rows(rollcall.name) == [record.row_of(rollcall.id)]
    return rollcall.name if alone else rollcall.id


def vote_at(record: Record, asked: str, below: str = "") -> Rollcall:
    """The rollcall that stands at /votes/{asked}.

    Raises Moved to the vote's own address, with `below` behind it, for another spelling of it;
    NotInRecord and Ambiguous as `Record.find` does.
    """
    rollcall = record.find(asked).rollcall
    own = last_part(record, rollcall)
    if asked != own:
        raise Moved(f"/votes/{own}{below}")
    return rollcall


def others_of(record: Record, rollcall: Rollcall) -> tuple[Other, ...]:
    """The other votes under the rollcall's symbols, oldest first."""
    names = filter(None, (rollcall.symbol, rollcall.draft))
    rows = {row for name in names for row in record.rows(name)} - {record.row_of(rollcall.id)}
    return tuple(other(record.at(row)) for row in sorted(rows))


def other(rollcall: Rollcall) -> Other:
    """A rollcall as one of several."""
    return Other(
        id=rollcall.id,
        name=rollcall.name,
        kind=rollcall.kind,
        date=rollcall.date.isoformat(),
        tally=str(rollcall.tally) if rollcall.tally.yes is not None else "",
        note=rollcall.note,
    )
