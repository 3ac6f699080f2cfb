"""How often a state agrees with another state or with a group: figure, interval, n, definition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isnan, nan

import polars as pl

from votewire import states
from votewire.blocs.agreement import Agreement, agreement, estimate, estimates
from votewire.blocs.definitions import Definition, Floats, choices_counted
from votewire.blocs.intervals import Interval
from votewire.blocs.phrasing import counted
from votewire.blocs.rolls import Rolls, gather
from votewire.blocs.sides import Side, kinds_of, side, two_sides
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Record, Selection
from votewire.record.periods import Part, shown_columns, with_parts

__all__ = [
    "agree",
    "agree_definitions",
    "agreement_over",
    "by_period_frame",
    "extremes_told",
    "figure",
    "interval_of",
]

_EXTREME = 10  # rollcalls that a year or session must have to be named as the highest or lowest


def agree(
    record: Record,
    a: str | Side,
    b: str | Side,
    *,
    within: Selection = Selection(),
    by: str | None = None,
    definition: Definition = Definition.HALF,
    interval: Interval | None = None,
    with_consensus: bool = False,
    with_predecessor: bool = False,
    seed: int = 0,
) -> Answer:
    """Agreement of two states, or of a state and a group, in all or by year or session.

    a, b: state codes, or one group id: on each rollcall the mean over the group's members of that
    day that took a position, the state itself left out; n is rollcalls with at least one. interval:
    Wilson for shares of two states, else the bootstrap, if not given. Periods in which n is 0 have
    no row; a value that is undefined is null; of a period that is not whole `part` has the days,
    and it is neither highest nor lowest (`votewire.record.periods`). Raises UsageError for one side
    twice, for two groups and for a Wilson interval of kappa or pi, and TooFewRollcalls where n is 0
    throughout.
    """
    first, second = two_sides(side(a), side(b))
    how = interval_of(definition, interval, grouped=first.is_group or second.is_group)
    held = _seats_continued(first, second) if with_predecessor else ()
    rolls = gather(
        record,
        within,
        with_consensus=with_consensus,
        with_predecessor=held,
    )
    cells = _cells(first, second, rolls, definition)
    whole = _estimated(cells, definition, how, seed)
    if not whole.n:
        raise TooFewRollcalls(
            f"{first.told} and {second.told} chose together on none of "
            f"{counted(len(rolls.rows), 'rollcall')} ({definition})",
            record.completeness,
        )
    figures = [
        (period, _estimated(cells[at], definition, how, seed)) for period, at in rolls.periods(by)
    ]
    cut = rolls.parts(by, {period for period, found in figures if found.n})
    who = f"{_named(first, held)} and {_named(second, held)}"
    what = "Agreement" if definition.is_share else definition.capitalize()
    told = [f"{what} of {first.told} with {second.told}: {figure(whole, definition, how)}."]
    table = by_period_frame(figures, cut if by else None)
    return Answer(
        question="agree",
        title=f"{who}: agreement{f' by {by}' if by else ''}",
        told=(*told, *(extremes_told(figures, by, cut) if by else ())),
        table=table,
        definition=" ".join(_defined(definition, how, first, second, rolls)),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=shown_columns(table, cut),
        facts={
            "a": first.id,
            "b": second.id,
            "measure": definition.value,
            "interval": how.value,
            "value": whole.value,
            "low": whole.low,
            "high": whole.high,
            "n": whole.n,
            "without_vote": rolls.without_vote,
            "parts": {label: part.facts for label, part in cut.items()},
            "seed": seed,
        },
    )


def agree_definitions(
    record: Record, a: str | Side, b: str | Side, *, within: Selection = Selection()
) -> Answer:
    """Agreement of two sides under every definition, each with the interval that `agree` gives it.

    Table: definition, n, value, low, high; null where undefined. Raises as `agree` does.
    """
    first, second = two_sides(side(a), side(b))
    rolls = gather(record, within)
    found = _under_each(first, second, rolls)
    if not found[Definition.HALF].n:
        raise TooFewRollcalls(
            f"{first.told} and {second.told} chose together on none of "
            f"{counted(len(rolls.rows), 'rollcall')}",
            record.completeness,
        )
    table = by_period_frame([(each.value, figures) for each, figures in found.items()])
    return Answer(
        question="agree_definitions",
        title=f"{first.name} and {second.name}: agreement under each definition",
        told=("kappa and pi are corrected for chance: 0 is what chance alone would give.",),
        table=table.rename({"period": "definition"}),
        definition=" ".join(f"{each}: {each.text}." for each in Definition),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"a": first.id, "b": second.id},
    )


def agreement_over(
    rolls: Rolls, a: str | Side, b: str | Side, definition: Definition = Definition.HALF
) -> Agreement:
    """Agreement of two sides, as `agree` counts it, over rolls of either chamber or both.

    n is 0 and the value NaN where the two never chose together. Raises UsageError as `agree` does.
    """
    first, second = two_sides(side(a), side(b))
    if not (first.is_group or second.is_group):  # the same figure, without a table for each roll
        return agreement(rolls.column(first.id), rolls.column(second.id), definition)
    how = interval_of(definition, None, grouped=True)
    return _estimated(_cells(first, second, rolls, definition), definition, how, seed=0)


def interval_of(definition: Definition, asked: Interval | None, *, grouped: bool) -> Interval:
    """The kind of interval to make; raises UsageError for Wilson's of what is no share."""
    if asked is Interval.WILSON and not definition.is_share:
        raise UsageError(
            f"{definition} is no share, so Wilson's interval does not fit it: leave --interval "
            "out, or give bootstrap."
        )
    best = Interval.BOOTSTRAP if grouped or not definition.is_share else Interval.WILSON
    return asked or best


def figure(found: Agreement, definition: Definition, how: Interval) -> str:
    """A figure with its n and interval: `0.44 (n=1,204, 90 % Wilson interval 0.42 to 0.47)`."""
    if isnan(found.value):
        return (
            f"{definition} is undefined over {counted(found.n, 'rollcall')}, since every choice "
            "there was the same and chance alone would agree fully"
        )
    between = f"{how.text} {found.low:.3f} to {found.high:.3f}"
    return f"{found.value:.3f} (n={found.n:,}, {'no interval' if isnan(found.low) else between})"


def by_period_frame(
    figures: list[tuple[str, Agreement]], cut: Mapping[str, Part] | None = None
) -> pl.DataFrame:
    """The rows period, n, value, low, high of the periods with n of at least 1; null for NaN.

    cut: the periods of which there is a part only; with it the column `part`, its days.
    """
    counted = [(p, f) for p, f in figures if f.n]
    rows = [(p, f.n, f.value, f.low, f.high) for p, f in counted]
    columns = {"period": pl.String, "n": pl.Int64}
    columns |= dict.fromkeys(("value", "low", "high"), pl.Float64)
    table = pl.DataFrame(rows, schema=columns, orient="row").fill_nan(None)
    return table if cut is None else with_parts(table, cut)


def extremes_told(
    figures: list[tuple[str, Agreement]], by: str, cut: Mapping[str, Part]
) -> Iterator[str]:
    """Sentences on the highest and lowest period, and on those that are not whole or left out."""
    whole = [(p, f) for p, f in figures if p not in cut]
    known = [(p, f) for p, f in whole if f.n >= _EXTREME and not isnan(f.value)]
    if len(known) > 1:
        which = f"{'whole ' if cut else ''}{by}s"
        high = max(known, key=lambda row: row[1].value)
        low = min(known, key=lambda row: row[1].value)
        yield (
            f"Highest in {high[0]} ({high[1].value:.3f}, n={high[1].n}), lowest in {low[0]} "
            f"({low[1].value:.3f}, n={low[1].n}), among {which} with n of at least {_EXTREME}."
        )
    yield from (part.told for part in cut.values())
    empty = sum(not f.n for _, f in figures)
    if empty:
        yield f"{counted(empty, by).capitalize()} without a rollcall to count left out."
    undefined = [p for p, f in figures if f.n and isnan(f.value)]
    if undefined:
        yield (
            f"Undefined in {counted(len(undefined), by)} where every choice was the "
            "same and chance alone would agree fully."
        )


def _cells(first: Side, second: Side, rolls: Rolls, definition: Definition) -> Floats:
    """(n, 3, 3) the table of each rollcall; zeros where a side took no position that counts."""
    alone = tuple(s.id for s in (first, second) if not s.is_group)
    one, other = (s.shares(rolls, definition, without=alone) for s in (first, second))
    return one[:, :, None] * other[:, None, :]


def _under_each(first: Side, second: Side, rolls: Rolls) -> dict[Definition, Agreement]:
    """Agreement under every definition; those of the same choices share tables and draws."""
    grouped = first.is_group or second.is_group
    found: dict[Definition, Agreement] = {}
    for choices in {choices_counted(each) for each in Definition}:
        alike = [each for each in Definition if choices_counted(each) == choices]
        cells = _taken(_cells(first, second, rolls, alike[0]))
        how = {each: interval_of(each, None, grouped=grouped) for each in alike}
        drawn = [each for each in alike if how[each] is Interval.BOOTSTRAP and len(cells)]
        found |= {each: _estimated(cells, each, how[each], 0) for each in set(alike) - set(drawn)}
        if drawn:
            found |= estimates(*kinds_of(cells), drawn)
    return {each: found[each] for each in Definition}


def _taken(cells: Floats) -> Floats:
    """The tables of the rollcalls on which both sides took a position."""
    return cells[cells.any(axis=(1, 2))]


def _estimated(cells: Floats, definition: Definition, how: Interval, seed: int) -> Agreement:
    cells = _taken(cells)
    if not len(cells):
        return Agreement(value=nan, low=nan, high=nan, n=0)
    return estimate(*kinds_of(cells), definition, how, seed=seed)


def _seats_continued(*sides: Side) -> tuple[str, ...]:
    codes = tuple(s.id for s in sides if not s.is_group and states.state(s.id).continues)
    if not codes:
        raise UsageError(
            "--with-predecessor: neither side continues another state's seat; only Russia does, "
            "the Soviet Union's."
        )
    return codes


def _named(one: Side, held: tuple[str, ...]) -> str:
    if one.is_group or one.id not in held:
        return one.name
    own = states.state(one.id)
    before = states.name_of(own.continues or "")
    return f"{one.name} (before {own.spells[0].start}: {before})"


def _defined(
    definition: Definition, how: Interval, first: Side, second: Side, rolls: Rolls
) -> Iterator[str]:
    yield f"Definition {definition}: {definition.text}."
    for group in (s for s in (first, second) if s.is_group):
        other = second if group is first else first
        yield (
            f"On each rollcall the mean over {group.told} of that day that took such a position, "
            f"{other.told} left out; n is the rollcalls with at least one."
        )
    yield how.method
    yield rolls.consensus
