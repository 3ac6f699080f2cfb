"""Where two sides chose opposite: the rollcalls on which one voted Yes and the other No."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.cohesion import modal_choice, tallies
from votewire.blocs.intervals import wilson
from votewire.blocs.phrasing import counted
from votewire.blocs.rolls import Rolls, gather
from votewire.blocs.sides import Side, side, two_sides
from votewire.record import Answer, Choice, Record, Selection

__all__ = ["differed"]

_DEFINITION = (
    "Opposite: one voted Yes and the other No; abstentions and absences are not opposite to "
    "anything. n is the rollcalls on which both voted Yes or No."
)
_GROUP = (
    " A group's choice is the one that more of its members of that day made than any other, the "
    "state that it is compared with left out; with a tie it has none."
)


def differed(
    record: Record,
    a: str | Side,
    b: str | Side,
    *,
    within: Selection = Selection(),
    top: int | None = None,
) -> Answer:
    """The rollcalls on which two sides chose opposite, newest first.

    a, b: state codes, or one group id. Table: date, id, symbol, title, a, b (the labels of their
    choices), yes, no, abstain (of the chamber); at most top rows, possibly none. facts: found, how
    many there are; n, on how many both voted Yes or No. Raises UsageError as `agree` does,
    TooFewRollcalls where no rollcall fits the selection.
    """
    first, second = two_sides(side(a), side(b))
    rolls = gather(record, within)
    one, other = _choices(first, second, rolls), _choices(second, first, rolls)
    both = _voted(one) & _voted(other)
    at = np.flatnonzero(both & (one != other))[::-1]
    shown = at[:top]
    table = record.rollcalls[rolls.rows[shown]].select(
        "date",
        "id",
        pl.coalesce("symbol", "draft", "id").alias("symbol"),
        "title",
        pl.Series("a", _labels(one[shown]), dtype=pl.String),
        pl.Series("b", _labels(other[shown]), dtype=pl.String),
        "yes",
        "no",
        "abstain",
    )
    n = int(both.sum())
    return Answer(
        question="differed",
        title=f"{first.name} and {second.name}: where they chose opposite",
        told=(_told(len(at), n),),
        table=table,
        definition=_DEFINITION + (_GROUP if first.is_group or second.is_group else ""),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=tuple(name for name in table.columns if name != "id"),
        facts={"a": first.id, "b": second.id, "found": len(at), "n": n},
    )


def _told(found: int, n: int) -> str:
    share = ""
    if n:
        low, high = wilson(found / n, n)
        share = f" ({found / n:.3f}, 90 % Wilson interval {low:.3f} to {high:.3f})"
    return f"Opposite on {found:,} of {counted(n, 'rollcall')} where both voted Yes or No{share}."


def _choices(one: Side, other: Side, rolls: Rolls) -> NDArray[np.int8]:
    """(n,) what a side chose; of a group what more of its members chose than anything else."""
    if not one.is_group:
        return rolls.column(one.id)
    members = states.group_membership(one.id, rolls.days)
    members[:, states.codes().index(other.id)] = False
    return modal_choice(tallies(rolls.choices, members))


def _voted(choices: NDArray[np.int8]) -> NDArray[np.bool_]:
    return np.isin(choices, (Choice.YES, Choice.NO))


def _labels(choices: NDArray[np.int8]) -> list[str]:
    return [Choice(int(choice)).label for choice in choices]
