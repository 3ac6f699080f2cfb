"""Who votes most and least like a state, and agreement of all pairs of states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil, isnan

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.agreeing import interval_of
from votewire.blocs.agreement import Agreement, of_table
from votewire.blocs.definitions import POSITIONS, Definition, Floats
from votewire.blocs.intervals import Interval, wilson
from votewire.blocs.pairs import agreement_matrix, contingency
from votewire.blocs.phrasing import counted
from votewire.blocs.rolls import Rolls, gather
from votewire.blocs.sides import Side
from votewire.errors import TooFewRollcalls
from votewire.record import Answer, Choice, Record, Selection

__all__ = ["FLOOR", "SHARE", "friends", "matrix"]

# Fewer shared rollcalls rank nobody: with 20, the 90 % interval of a share is up to .35 wide.
FLOOR = 20
SHARE = 1 / 3  # of the state's own choices; members since 1992 have .45 of those since 1946


def friends(
    record: Record,
    state: str,
    *,
    within: Selection = Selection(),
    definition: Definition = Definition.HALF,
    top: int = 10,
    min_n: int | None = None,
    former: bool = False,
) -> Answer:
    """The states that agree most with a state and those that agree least, closest first.

    state: a code. Ranked are the members of the last day asked about, or of the state's own last
    day where it ended before; former: the states that had ended by then too. min_n: rollcalls that
    a state must share to be ranked; if not given, a third of those where the state itself chose
    (SHARE), and at least FLOOR. The table holds the `top` closest and the `top` furthest; equal
    values are sorted by n, more first, then by code. Raises TooFewRollcalls where no state shares
    enough.
    """
    rolls = gather(record, within)
    every = dict(_with_each(rolls, state, definition))
    last = _last_day(record, state, within)
    there = states.members_on(last)
    found = every if former else {code: f for code, f in every.items() if code in there}
    own = int((rolls.column(state) <= POSITIONS[-1]).sum())
    least = max(FLOOR, ceil(SHARE * own)) if min_n is None else max(1, min_n)
    ranked = _ranked(found, least)
    if not ranked:
        most = max((f.n for f in found.values()), default=0)
        raise TooFewRollcalls(_nobody(state, most, least), record.completeness)
    shown = ranked if len(ranked) <= 2 * top else [*ranked[:top], *ranked[-top:]]
    name = states.name_of(state)
    few = sum(0 < f.n < least for f in found.values())
    ended = [] if former else [c for c in _ranked(every, least) if c not in there]
    return Answer(
        question="friends",
        title=f"{name}: who votes most and least alike",
        told=(*_told(ranked, found, top), _who_told(last, least, few, len(ended), former=former)),
        table=_ranked_frame(shown, found),
        definition=_defined(definition, rolls, state=name),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            "state": state,
            "measure": definition.value,
            "min_n": least,
            "ranked": len(ranked),
            "left_out": few,
            "former_left_out": len(ended),
            "members_of": None if former else last,
        },
    )


def matrix(
    record: Record,
    *,
    within: Selection = Selection(),
    definition: Definition = Definition.HALF,
    group: str | None = None,
) -> Answer:
    """Agreement of every pair of states, one row a pair, with its Wilson interval.

    kappa and pi, whose intervals must be drawn pair by pair, have none here. group: an id; then a
    rollcall counts for a pair only where both were in the group that day.
    Pairs with no rollcall to count have no row. Raises TooFewRollcalls where no pair has one.
    """
    rolls = gather(record, within)
    choices = rolls.choices
    if group is not None:
        members = states.group_membership(group, rolls.days)
        choices = np.where(members, choices, np.int8(Choice.NOT_MEMBER))
    values, n = agreement_matrix(choices, definition)
    i, j = np.nonzero(np.triu(n, 1))
    if not i.size:
        who = f"members of {group}" if group else "states"
        raise TooFewRollcalls(
            f"no two {who} chose on the same rollcall, of {counted(len(rolls.rows), 'rollcall')}",
            record.completeness,
        )
    codes = pl.Series(states.codes())
    low, high = _intervals(values[i, j], n[i, j], definition)
    frame = pl.DataFrame(
        {
            "a": codes.gather(i),
            "b": codes.gather(j),
            "n": n[i, j],
            "value": values[i, j],
            "low": low,
            "high": high,
        }
    ).fill_nan(None)
    who = f"{states.group(group).name}: members" if group else "All states"
    return Answer(
        question="matrix",
        title=f"Agreement of each pair: {who}",
        told=tuple(_pairs_told(frame)),
        table=frame,
        definition=_defined(definition, rolls, group=group),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"measure": definition.value, "group": group, "pairs": frame.height},
    )


def _intervals(
    values: Floats, n: NDArray[np.int64], definition: Definition
) -> tuple[Floats, Floats]:
    """The 90 % interval of each share; NaN for what is no share."""
    if not definition.is_share:
        return np.full(len(n), np.nan), np.full(len(n), np.nan)
    pairs = [
        wilson(share, number) for share, number in zip(values.tolist(), n.tolist(), strict=True)
    ]
    low, high = np.array(pairs).T
    return low, high


def _with_each(rolls: Rolls, state: str, definition: Definition) -> Iterator[tuple[str, Agreement]]:
    """Each other state's code and its agreement with the state."""
    own = states.codes().index(state)
    tables = contingency(rolls.choices, [own])[:, :, 0]
    how = interval_of(definition, None, grouped=False)
    for column, code in enumerate(states.codes()):
        if column != own:
            yield code, of_table(tables[:, :, column], definition, how)


def _ranked(found: dict[str, Agreement], least: int) -> list[str]:
    enough = [c for c, f in found.items() if f.n >= least and not isnan(f.value)]
    return sorted(enough, key=lambda code: (-found[code].value, -found[code].n, code))


def _ranked_frame(shown: list[str], found: dict[str, Agreement]) -> pl.DataFrame:
    rows = [
        (code, states.name_of(code), f.n, f.value, f.low, f.high)
        for code, f in ((code, found[code]) for code in shown)
    ]
    columns = {"state": pl.String, "name": pl.String, "n": pl.Int64}
    columns |= dict.fromkeys(("value", "low", "high"), pl.Float64)
    return pl.DataFrame(rows, schema=columns, orient="row")


def _last_day(record: Record, state: str, within: Selection) -> date:
    """The last day asked about on which the state can have been a member."""
    last = within.until or record.complete_to[within.chamber]
    end = states.state(state).spells[-1].end
    return last if end is None else min(last, end - timedelta(days=1))


def _told(ranked: list[str], found: dict[str, Agreement], top: int) -> Iterator[str]:
    first, last = ranked[0], ranked[-1]
    yield (
        f"Closest: {states.name_of(first)} ({found[first].value:.3f}, n={found[first].n:,}). "
        f"Furthest: {states.name_of(last)} ({found[last].value:.3f}, n={found[last].n:,})."
    )
    if len(ranked) > 2 * top:
        yield f"The {top} closest and the {top} furthest of {len(ranked)} states ranked."
    else:
        yield f"All {counted(len(ranked), 'state')} ranked, closest first."


def _who_told(last: date, least: int, few: int, ended: int, *, former: bool) -> str:
    """The sentence on which states are ranked, and how many are not."""
    who = "states" if former else f"members on {last}"
    told = (
        f"Ranked are {who} that share at least {counted(least, 'rollcall')} with it; "
        f"{counted(few, 'state')} with fewer left out"
    )
    return f"{told}, and {counted(ended, 'former state')}." if ended else f"{told}."


def _nobody(state: str, most: int, least: int) -> str:
    return (
        f"no state shares {counted(least, 'rollcall')} with {Side(id=state).told}, the least "
        f"that is ranked; the most shared is {most:,} (--min-n sets another minimum)"
    )


def _pairs_told(frame: pl.DataFrame) -> Iterator[str]:
    n = frame["n"].to_numpy()
    least = max(FLOOR, ceil(SHARE * n.max()))
    ranked = (
        frame.select("a", "b", "n", "value")
        .drop_nulls()
        .filter(pl.col("n") >= least)
        .sort("value", "n", "a", "b")
    )
    yield f"{counted(frame.height, 'pair')}; n from {n.min():,} to {n.max():,} rollcalls."
    if ranked.height:
        low, high = ranked.row(0), ranked.row(-1)
        yield (
            f"Highest: {_pair_told(*high)}. Lowest: {_pair_told(*low)}. Of the "
            f"{counted(ranked.height, 'pair')} with at least {counted(least, 'rollcall')}."
        )
    undefined = frame["value"].null_count()
    if undefined:
        yield (
            f"Undefined for {counted(undefined, 'pair')} where every choice was the same and "
            "chance alone would agree fully."
        )


def _pair_told(a: str, b: str, n: int, value: float) -> str:
    return f"{states.name_of(a)} and {states.name_of(b)} ({value:.3f}, n={n:,})"


def _defined(
    definition: Definition, rolls: Rolls, *, state: str | None = None, group: str | None = None
) -> str:
    parts = [f"Definition {definition}: {definition.text}."]
    if state is None:
        parts.append(
            Interval.WILSON.method if definition.is_share else "No intervals: ask for one pair."
        )
    if group is not None:
        parts.append("A rollcall counts for two states only if both were in the group that day.")
    if state is not None:
        parts.append(
            "Each state is compared over its own n rollcalls. "
            f"{interval_of(definition, None, grouped=False).method}"
        )
    return " ".join([*parts, rolls.consensus])
