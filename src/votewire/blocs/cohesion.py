"""How united a group votes: an index of cohesion on each rollcall, and its mean over rollcalls.

Agreement Index (DESIGN section 6): (max - (n - max)/2) / n, where n members voted Yes, No or
abstained and max of them made the most frequent choice. Rice's index leaves abstentions out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.intervals import DRAWS, FEWEST, bootstrap
from votewire.blocs.phrasing import HOUSES, counted, group_name
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Choice, Outcome, Record, Selection
from votewire.record.periods import Part, parts, shown_columns, with_parts

__all__ = [
    "INDICES",
    "MINIMUM",
    "GroupRolls",
    "agreement_index",
    "bootstrap_mean",
    "cohesion",
    "group_rolls",
    "modal_choice",
    "rice_index",
    "tallies",
    "vetoes_left_out",
]

Counts = NDArray[np.intp]
Shares = NDArray[np.float64]

INDICES = {"agreement": "Agreement Index", "rice": "Rice index"}
MINIMUM = 3  # members voting; of two, either both agree or the index says nothing of a group
_MISSING = 10  # a roll counts where at most one choice in ten is not in the record
_RANKED = 10  # rollcalls of a period that is called the least or the most united


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRolls:
    """How a group's members of the day voted, on the rollcalls where enough of them did.

    rows: (n,) rows of the record, in order of time. choices: (n, n_states) Choice codes.
    inside: (n, n_states) who was in the group that day. counts, house: (n, 3) numbers of members
    of the group, and of the whole chamber, that voted Yes, abstained and voted No.
    """

    rows: NDArray[np.intp]
    choices: NDArray[np.int8]
    inside: NDArray[np.bool_]
    counts: Counts
    house: Counts


def agreement_index(counts: Counts) -> Shares:
    """The Agreement Index, one value for each rollcall; NaN where nobody voted.

    counts: (n_rollcalls, 3) members that voted Yes, abstained, voted No. Returns (n_rollcalls,) in
    [0, 1]: 1 = all made the same choice, 0 = a third each. Source: Hix, Noury and Roland (2005).
    """
    total = counts.sum(axis=1)
    top = counts.max(axis=1)
    voted = np.where(total, total, 1)
    return np.where(total > 0, (top - (total - top) / 2) / voted, np.nan)


def rice_index(counts: Counts) -> Shares:
    """Rice's index, one value for each rollcall; NaN where nobody voted Yes or No.

    counts: (n_rollcalls, 3) members that voted Yes, abstained, voted No; the abstentions are not
    used. Returns (n_rollcalls,) in [0, 1]; 0 = as many Yes as No. Source: Rice (1925).
    """
    yes, no = counts[:, 0], counts[:, 2]
    voted = np.where(yes + no, yes + no, 1)
    return np.where(yes + no > 0, np.abs(yes - no) / voted, np.nan)


def modal_choice(counts: Counts) -> NDArray[np.int8]:
    """The choice that more members made than any other, one code for each rollcall; -1 for a tie.

    counts: (n_rollcalls, 3) members that voted Yes, abstained, voted No, the order of the codes.
    """
    ties = (counts == counts.max(axis=1, keepdims=True)).sum(axis=1) > 1
    return np.where(ties, -1, counts.argmax(axis=1)).astype(np.int8)


def tallies(choices: NDArray[np.int8], inside: NDArray[np.bool_]) -> Counts:
    """How many of the states `inside` voted Yes, abstained and voted No: (n_rollcalls, 3).

    choices: (n_rollcalls, n_states) Choice codes. inside: the same shape.
    """
    positions = (Choice.YES, Choice.ABSTAIN, Choice.NO)
    return np.stack([((choices == c) & inside).sum(axis=1) for c in positions], axis=1)


def bootstrap_mean(values: Shares, seed: int) -> tuple[float, float]:
    """The 90 % percentile bootstrap interval of a mean; NaN for few values or values all alike.

    values: (n_rollcalls,) one index for each. An index has few distinct values, so a draw of
    rollcalls is made as a draw of how often each value comes. See `intervals.bootstrap`.
    """
    distinct, times = np.unique(values, return_counts=True)
    return bootstrap(distinct, times.astype(float), lambda sums: sums / values.size, seed=seed)


def group_rolls(
    record: Record, group: str, rows: NDArray[np.intp], *, minimum: int, rice: bool = False
) -> GroupRolls:
    """The rollcalls among `rows` where at least `minimum` members of the group voted; maybe none.

    Members are those of each day. A roll that lacks more than a tenth of the group's choices, or
    of the chamber's, is left out. rice: count as voting only those that voted Yes or No.
    Raises NotInRecord for an unknown group and for one without a list of members.
    """
    choices = record.choices[rows]
    inside = states.group_membership(group, record.days[rows])
    everyone = np.ones_like(inside)
    counts = tallies(choices, inside)
    voting = counts[:, ::2].sum(axis=1) if rice else counts.sum(axis=1)
    keep = (voting >= minimum) & _known(choices, inside) & _known(choices, everyone)
    return GroupRolls(
        rows=rows[keep],
        choices=choices[keep],
        inside=inside[keep],
        counts=counts[keep],
        house=tallies(choices[keep], everyone[keep]),
    )


def cohesion(
    record: Record,
    group: str,
    *,
    within: Selection = Selection(),
    by: str | None = None,
    index: str = "agreement",
    minimum: int = MINIMUM,
    seed: int = 0,
) -> Answer:
    """The mean cohesion of a group over rollcalls, with its interval and the whole chamber's.

    group: an id of `states.groups()`. by: None, `year` or `session`. index: `agreement` or `rice`.
    minimum: members that must have voted for a rollcall to count. seed: of the bootstrap.
    The table's `house` is the chamber's mean index on the same rollcalls; `part`, by year or
    session, has the days of a period that is not whole, which is not ranked.
    Raises UsageError for another index or a minimum under 2, NotInRecord for an unknown group,
    TooFewRollcalls where no rollcall counts.
    """
    _check(index, minimum)
    asked = within.rows(record)
    rolls = group_rolls(record, group, asked, minimum=minimum, rice=index == "rice")
    if not rolls.rows.size:
        raise TooFewRollcalls(_nothing(record, group, asked, minimum, within), record.completeness)
    cut = parts(record, within, rolls.rows, by)
    table = _table(record, rolls, within, by, index, seed)
    table = with_parts(table, cut) if by else table
    name = group_name(group)
    return Answer(
        question="cohesion",
        title=f"Cohesion in the {HOUSES[within.chamber]}: {name}{f' by {by}' if by else ''}",
        told=(
            *_told(table, name, index, HOUSES[within.chamber], cut),
            *vetoes_left_out(record, asked, rolls),
        ),
        table=table,
        definition=_definition(index, minimum),
        basis=f"{within.told(rolls.rows)}{_left_out(asked.size - rolls.rows.size)}",
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=shown_columns(table, cut),
        facts={
            "group": group,
            "index": index,
            "minimum": minimum,
            "parts": {label: part.facts for label, part in cut.items()},
            "seed": seed,
        },
    )


def _known(choices: NDArray[np.int8], inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    seats = (inside & (choices != Choice.NOT_MEMBER)).sum(axis=1)
    missing = (inside & (choices == Choice.NOT_RECORDED)).sum(axis=1)
    enough: NDArray[np.bool_] = missing * _MISSING <= seats
    return enough


def _check(index: str, minimum: int) -> None:
    if index not in INDICES:
        raise UsageError(f"--index {index!r}: give {' or '.join(INDICES)}.")
    if minimum < 2:
        raise UsageError(f"--minimum {minimum}: one member alone is always united; give 2 or more.")


def _nothing(
    record: Record, group: str, rows: NDArray[np.intp], minimum: int, within: Selection
) -> str:
    """Why no rollcall counts: the group had no member then, or too few of them voted."""
    name = group_name(group)
    if not (states.group_membership(group, record.days[rows])).any():
        return f"{name} had no member on any day of {within.told(rows)}"
    return f"no rollcall on which {minimum} members of {name} voted among {within.told(rows)}"


def _table(
    record: Record, rolls: GroupRolls, within: Selection, by: str | None, index: str, seed: int
) -> pl.DataFrame:
    of = rice_index if index == "rice" else agreement_index
    own, house = of(rolls.counts), of(rolls.house)
    lines = []
    for label, rows in within.periods(record, rolls.rows, by):
        at = np.searchsorted(rolls.rows, rows)
        low, high = bootstrap_mean(own[at], seed)
        lines.append((label, len(at), float(own[at].mean()), low, high, float(house[at].mean())))
    figures = dict.fromkeys(("value", "low", "high", "house"), pl.Float64)
    schema = {"period": pl.String, "n": pl.Int64, **figures}
    return pl.DataFrame(lines, schema=schema, orient="row").fill_nan(None)


def _told(
    table: pl.DataFrame, name: str, index: str, house: str, cut: Mapping[str, Part]
) -> tuple[str, ...]:
    lines = list(table.iter_rows(named=True))
    of_parts = [part.told for part in cut.values()]
    if len(lines) == 1:
        return (f"{name}: {INDICES[index]} {_figure(lines[0], house)}.", *of_parts)
    whole = [line for line in lines if line["period"] not in cut]
    last = (whole or lines)[-1]
    when = f"{name} in {last['period']}, the last {'whole ' if whole and cut else ''}period"
    told = [f"{when}: {INDICES[index]} {_figure(last, house)}."]
    ranked = [line for line in whole if line["n"] >= _RANKED]
    if len(ranked) > 1:
        lowest, highest = (pick(ranked, key=lambda line: line["value"]) for pick in (min, max))
        which = "whole periods" if cut else "periods"
        among = f"of {len(ranked)} {which} with {_RANKED} rollcalls or more"
        told.append(f"Least united, {among}, in {lowest['period']}: {_figure(lowest, house)}.")
        told.append(f"Most united, {among}, in {highest['period']}: {_figure(highest, house)}.")
    return (*told, *of_parts)


def vetoes_left_out(record: Record, asked: NDArray[np.intp], rolls: GroupRolls) -> tuple[str, ...]:
    """A warning where rollcalls asked for and not counted hold vetoes, the most divided ones."""
    left = np.setdiff1d(asked, rolls.rows)
    n = int((record.rollcalls["outcome"][left] == Outcome.VETOED.value).sum())
    if not n:
        return ()
    return (
        f"Left out are {counted(n, 'vetoed draft')}, most of them because the record knows only "
        "who vetoed: the group was less united than the figure says.",
    )


def _figure(line: dict[str, float], house: str) -> str:
    interval = (
        f"90 % interval {line['low']:.3f} to {line['high']:.3f}, "
        if line["low"] is not None
        else "no interval, "
    )
    return (
        f"{line['value']:.3f} ({interval}{counted(int(line['n']), 'rollcall')}); "
        f"the whole {house} on the same rollcalls {line['house']:.3f}"
    )


def _definition(index: str, minimum: int) -> str:
    formula = (
        "Rice index, |Yes - No| / (Yes + No); abstentions are not counted (Rice 1925)"
        if index == "rice"
        else "Agreement Index, (max - (n - max)/2) / n with n members voting Yes, No or abstaining "
        "and max making the most frequent choice (Hix, Noury and Roland 2005)"
    )
    return (
        f"{formula}. Mean over the rollcalls on which at least {minimum} members of that day "
        f"voted, each alike. low, high: 90 % interval, {DRAWS:,} draws of the rollcalls with "
        f"replacement; none where n is under {FEWEST} or all are alike. house: the same index over "
        "all members of the chamber on the same rollcalls."
    )


def _left_out(n: int) -> str:
    if not n:
        return ""
    return f"; {n:,} more left out, with too few members voting or choices missing in the record"
