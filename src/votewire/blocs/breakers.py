"""Who breaks ranks: how often each member of a group voted against what most of it chose."""

from __future__ import annotations

import polars as pl

from votewire import states
from votewire.blocs.cohesion import MINIMUM, group_rolls, vetoes_left_out
from votewire.blocs.intervals import Interval, wilson
from votewire.blocs.phrasing import counted, group_name, the_state
from votewire.blocs.splits import BREAKING, breaks
from votewire.errors import TooFewRollcalls
from votewire.record import Answer, Record, Selection

__all__ = ["breakers"]

_SCHEMA: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("state", "name"), pl.String),
    **dict.fromkeys(("breaks", "votes"), pl.Int64),
    **dict.fromkeys(("rate", "low", "high"), pl.Float64),
}
_RANKED = 10  # votes of a state that is called the one that breaks ranks most often


def breakers(
    record: Record,
    group: str,
    *,
    within: Selection = Selection(),
    minimum: int = MINIMUM,
) -> Answer:
    """How often each member of a group broke ranks, the most often first.

    Table: state, name, breaks, votes, rate, low, high. votes: rollcalls on which the state was in
    the group, voted, and the group had a choice. Equal rates by votes, more first, then by code.
    Raises TooFewRollcalls where no rollcall counts, NotInRecord for an unknown group.
    """
    asked = within.rows(record)
    rolls = group_rolls(record, group, asked, minimum=minimum)
    broke, voted = (found.sum(axis=0) for found in breaks(rolls))
    name = group_name(group)
    if not voted.any():
        why = f"no rollcall on which {minimum} members of {name} voted and most chose alike, among "
        raise TooFewRollcalls(f"{why}{within.told()}", record.completeness)
    rows = [
        (code, states.name_of(code), n, votes, n / votes, *wilson(n / votes, votes))
        for code, n, votes in zip(states.codes(), broke.tolist(), voted.tolist(), strict=True)
        if votes
    ]
    rows.sort(key=lambda row: (-row[4], -row[3], row[0]))
    return Answer(
        question="breakers",
        title=f"{name}: who breaks ranks most often",
        told=(
            _told(rows),
            f"{counted(len(rows), 'state')} with a vote in the group, over "
            f"{counted(len(rolls.rows), 'rollcall')}.",
            *vetoes_left_out(record, asked, rolls),
        ),
        table=pl.DataFrame(rows, schema=_SCHEMA, orient="row"),
        definition=f"{BREAKING.format(minimum=minimum)} rate: breaks of votes. "
        f"{Interval.WILSON.method}",
        basis=within.told(rolls.rows),
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"group": group, "minimum": minimum, "rollcalls": len(rolls.rows)},
    )


def _told(rows: list[tuple[str, str, int, int, float, float, float]]) -> str:
    """The first with enough votes, and how many never broke ranks."""
    enough = [row for row in rows if row[3] >= _RANKED] or rows
    code, _, n, votes, rate, low, high = enough[0]
    never = sum(not row[2] for row in rows)
    rest = f"{counted(never, 'state')} never did" if never else "Every one did at least once"
    name = the_state(code)
    return (
        f"{name[:1].upper()}{name[1:]} breaks ranks most often: on {n:,} of "
        f"{counted(votes, 'vote')} ({rate:.3f}, 90 % interval {low:.3f} to {high:.3f}). {rest}."
    )
