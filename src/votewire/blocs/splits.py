"""Who broke ranks: the members of a group that did not vote as most of them did, and how usual."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.cohesion import (
    MINIMUM,
    GroupRolls,
    agreement_index,
    group_rolls,
    modal_choice,
    vetoes_left_out,
)
from votewire.blocs.phrasing import (
    HOUSES,
    VOTED,
    counted,
    group_name,
    listed,
    named,
    tally_told,
    the_state,
)
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Choice, Record, Roll, Rollcall, Selection

__all__ = ["BREAKING", "breaks", "splits", "top_splits"]

_MEMBERS: dict[str, type[pl.DataType]] = {
    **dict.fromkeys(("state", "name", "choice"), pl.String),
    "with_group": pl.Boolean,
    **dict.fromkeys(("breaks", "votes"), pl.Int64),
    "rate": pl.Float64,
}
_NONE = np.zeros(0, dtype=np.intp)
_RANKS = (
    "The group's choice is the one that more of its members of that day made than any other; with "
    "a tie it has none. A member breaks ranks that votes Yes, No or abstains against it; who did "
    "not vote breaks nothing."
)
BREAKING = _RANKS + " Counted are rollcalls with at least {minimum} members voting."
_DEFINITION = _RANKS + (
    " Cohesion is the Agreement Index, (max - (n - max)/2) / n (Hix, Noury "
    "and Roland 2005), on rollcalls with at least {minimum} members voting."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """The group's earlier rollcalls: each one's cohesion; breaks and votes of each state.

    warning: what a reader must know of those that could not be counted.
    """

    rows: NDArray[np.intp]
    index: NDArray[np.float64]
    breaks: NDArray[np.intp]
    votes: NDArray[np.intp]
    warning: tuple[str, ...]


def breaks(rolls: GroupRolls) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who broke ranks, and who voted where the group had a choice: two (n, n_states) arrays."""
    majority = modal_choice(rolls.counts)
    voted = rolls.inside & (rolls.choices <= Choice.NO) & (majority >= 0)[:, None]
    return voted & (rolls.choices != majority[:, None]), voted


def splits(
    record: Record,
    group: str,
    rollcall: Rollcall,
    *,
    within: Selection = Selection(),
    minimum: int = MINIMUM,
) -> Answer:
    """Who broke ranks on one rollcall, and how unusual that is against the group's own past.

    within: which earlier rollcalls are the past; its chamber and last day come from the rollcall.
    Raises UsageError where the roll is not in the record or fewer than `minimum` members voted,
    NotInRecord for an unknown group.
    """
    rolls = _one(record, group, rollcall, minimum)
    earlier = replace(
        within,
        chamber=rollcall.chamber,
        until=min(within.until or rollcall.date, rollcall.date - timedelta(days=1)),
    )
    past = _past(record, group, earlier, minimum)
    table = _members(rolls, past, rollcall)
    cohesion = float(agreement_index(rolls.counts)[0])
    name = group_name(group)
    return Answer(
        question="splits",
        title=f"{name} on {named(rollcall)}: {rollcall.title or 'no title in the sources'}",
        told=(
            _who(table, rolls, name, cohesion),
            _unusual(past, cohesion, earlier),
            *_own_past(table),
            *past.warning,
        ),
        table=table,
        definition=_DEFINITION.format(minimum=minimum)
        + " breaks, votes, rate: how often the state broke ranks on the earlier rollcalls.",
        basis=f"Compared with: {earlier.told(past.rows)}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts=_facts(group, rollcall, rolls, past, cohesion),
    )


def top_splits(
    record: Record,
    group: str,
    *,
    within: Selection = Selection(),
    top: int = 20,
    minimum: int = MINIMUM,
) -> Answer:
    """The rollcalls on which a group was least united, the most split first.

    Of two with the same index the one with more members voting comes first, then the later one.
    Raises TooFewRollcalls where no rollcall counts, NotInRecord for an unknown group.
    """
    asked = within.rows(record)
    rolls = group_rolls(record, group, asked, minimum=minimum)
    name = group_name(group)
    if not rolls.rows.size:
        why = f"no rollcall on which {minimum} members of {name} voted among {within.told()}"
        raise TooFewRollcalls(why, record.completeness)
    index = agreement_index(rolls.counts)
    order = np.lexsort((-rolls.rows, -rolls.counts.sum(axis=1), index))[:top]
    table = _most_split(record, rolls, index, order)
    return Answer(
        question="splits_top",
        title=f"{name}: the {counted(len(order), 'rollcall')} that split it most",
        told=(_how_many(index, name), *vetoes_left_out(record, asked, rolls)),
        table=table,
        definition=_DEFINITION.format(minimum=minimum)
        + " yes, no, abstain: members of the group. Paragraphs and amendments count as rollcalls.",
        basis=within.told(rolls.rows),
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=("date", "symbol", "title", "cohesion", "yes", "no", "abstain"),
        facts={"group": group, "minimum": minimum, "rollcalls": len(rolls.rows)},
    )


def _one(record: Record, group: str, rollcall: Rollcall, minimum: int) -> GroupRolls:
    """The group's votes on one rollcall; a clear error where they say nothing."""
    name, row = group_name(group), record.row_of(rollcall.id)
    members = states.group_members(group, rollcall.date)
    if not members:
        raise UsageError(f"{name} had no member on {rollcall.date}.")
    if rollcall.roll == Roll.NONE:
        raise UsageError(
            f"{named(rollcall)} has no roll of states in the record "
            f"({rollcall.modality.replace('_', ' ')}): nobody can be said to have broken ranks."
        )
    rolls = group_rolls(record, group, np.array([row]), minimum=minimum)
    if not rolls.rows.size:
        voting = sum(rollcall.casts.get(code, Choice.NOT_MEMBER) <= Choice.NO for code in members)
        part = " (it holds only a part of the roll)" if rollcall.roll == Roll.PARTIAL else ""
        raise UsageError(
            f"{counted(voting, 'member')} of {name} voted on {named(rollcall)}, as far as the "
            f"record knows{part}: a split needs {minimum}, see --minimum."
        )
    return rolls


def _past(record: Record, group: str, earlier: Selection, minimum: int) -> _Past:
    try:
        rows = earlier.rows(record)
    except TooFewRollcalls:
        rows = _NONE
    rolls = group_rolls(record, group, rows, minimum=minimum)
    broke, voted = breaks(rolls)
    return _Past(
        rows=rolls.rows,
        index=agreement_index(rolls.counts),
        breaks=broke.sum(axis=0),
        votes=voted.sum(axis=0),
        warning=vetoes_left_out(record, rows, rolls),
    )


def _members(rolls: GroupRolls, past: _Past, rollcall: Rollcall) -> pl.DataFrame:
    """Every member of the group with a seat: breakers first, those that break least on top."""
    codes, majority = states.codes(), int(modal_choice(rolls.counts)[0])
    choices = rolls.choices[0]
    lines = []
    for at in np.flatnonzero(rolls.inside[0] & (choices != Choice.NOT_MEMBER)).tolist():
        took_part = choices[at] <= Choice.NO and majority >= 0
        together = bool(choices[at] == majority) if took_part else None
        n, votes = int(past.breaks[at]), int(past.votes[at])
        name = states.name_of(codes[at], on=rollcall.date)
        label = Choice(int(choices[at])).label
        lines.append((codes[at], name, label, together, n, votes, n / votes if votes else None))
    table = pl.DataFrame(lines, schema=_MEMBERS, orient="row")
    aside = pl.when(pl.col("with_group").not_()).then(pl.col("rate"))
    return table.sort("with_group", aside, "name", nulls_last=True)


def _who(table: pl.DataFrame, rolls: GroupRolls, name: str, cohesion: float) -> str:
    yes, abstain, no = rolls.counts[0].tolist()
    told = f"{name}: {tally_told(yes, no, abstain)}; Agreement Index {cohesion:.3f}"
    majority = int(modal_choice(rolls.counts)[0])
    if majority < 0:
        return f"{told}. No choice has more members than any other, so none broke ranks."
    broke = table.filter(pl.col("with_group").not_())
    if not broke.height:
        return f"{told}. Nobody broke ranks."
    who = [
        f"{the_state(line['state'])} ({VOTED[Choice[line['choice'].upper()]]})"
        for line in broke.iter_rows(named=True)
    ]
    return f"{told}. {broke.height} broke ranks: {listed(who)}."


def _unusual(past: _Past, cohesion: float, earlier: Selection) -> str:
    n = past.index.size
    if not n:
        return "No earlier rollcall of the group to compare it with."
    lower, equal = _below(past, cohesion)
    return (
        f"The group was more split on {lower:,} of {counted(n, 'earlier rollcall')} "
        f"({lower / n:.3f}) in the {HOUSES[earlier.chamber]}, and just as split on {equal:,}; "
        f"their mean is {past.index.mean():.3f}."
    )


def _below(past: _Past, cohesion: float) -> tuple[int, int]:
    """On how many earlier rollcalls the index was lower, and on how many the same."""
    same = np.isclose(past.index, cohesion, rtol=0, atol=1e-12)
    return int((~same & (past.index < cohesion)).sum()), int(same.sum())


def _own_past(table: pl.DataFrame) -> tuple[str, ...]:
    broke = table.filter(pl.col("with_group").not_() & (pl.col("votes") > 0)).head(5)
    return tuple(
        f"Before, {the_state(line['state'])} broke ranks on {line['breaks']:,} of its "
        f"{line['votes']:,} votes in the group ({line['rate']:.3f})."
        for line in broke.iter_rows(named=True)
    )


def _facts(
    group: str, rollcall: Rollcall, rolls: GroupRolls, past: _Past, cohesion: float
) -> dict[str, Any]:
    majority = int(modal_choice(rolls.counts)[0])
    lower, equal = _below(past, cohesion)
    n = past.index.size
    return {
        "group": group,
        "rollcall": rollcall.id,
        "cohesion": cohesion,
        "majority": Choice(majority).label if majority >= 0 else None,
        "earlier": n,
        "earlier_lower": lower,
        "earlier_equal": equal,
        "share_lower": lower / n if n else None,
        "rank": lower + 1 if n else None,
        "earlier_mean": float(past.index.mean()) if n else None,
    }


def _most_split(
    record: Record, rolls: GroupRolls, index: NDArray[np.float64], order: Sequence[int] | Any
) -> pl.DataFrame:
    codes = states.codes()
    broke, _ = breaks(rolls)
    frame = record.rollcalls[rolls.rows[order]].select(
        "id", "date", pl.coalesce("symbol", "draft").alias("symbol"), "title"
    )
    counts = rolls.counts[order]
    who = [[codes[at] for at in np.flatnonzero(broke[row])] for row in order]
    return frame.with_columns(
        cohesion=pl.Series(index[order]),
        yes=pl.Series(counts[:, 0]),
        no=pl.Series(counts[:, 2]),
        abstain=pl.Series(counts[:, 1]),
        broke=pl.Series(who, dtype=pl.List(pl.String)),
    )


def _how_many(index: NDArray[np.float64], name: str) -> str:
    united, n = int((index == 1).sum()), index.size
    return (
        f"{name}: all members voting made the same choice on {united:,} of "
        f"{counted(n, 'rollcall')} ({united / n:.3f}); mean Agreement Index {index.mean():.3f}."
    )
