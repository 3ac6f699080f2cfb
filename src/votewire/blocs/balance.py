"""Whom a state stands nearer to, of two others: the difference of its agreement with each."""

from __future__ import annotations

from math import isnan, nan

import numpy as np

from votewire.blocs.agreeing import by_period_frame, extremes_told
from votewire.blocs.agreement import Agreement
from votewire.blocs.definitions import Definition, Floats, agreement_of
from votewire.blocs.intervals import Interval, bootstrap
from votewire.blocs.phrasing import counted
from votewire.blocs.rolls import Rolls, gather
from votewire.blocs.sides import Side, kinds_of, side
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Record, Selection
from votewire.record.periods import shown_columns

__all__ = ["balance", "balance_over"]


def balance(
    record: Record,
    state: str,
    between: tuple[str | Side, str | Side],
    *,
    within: Selection = Selection(),
    by: str | None = None,
    definition: Definition = Definition.HALF,
    seed: int = 0,
) -> Answer:
    """Agreement of a state with one side minus its agreement with another, in [-1, 1].

    state: a code. between: two states or groups; a group stands as the mean of its members of the
    day. Counted over the rollcalls where all three took a position, so that both figures rest on
    the same votes; the interval draws those rollcalls together. Raises UsageError for a side twice
    and for kappa and pi, and TooFewRollcalls where there is no such rollcall.
    """
    middle, a, b = _three_sides(state, between, definition)
    rolls = gather(record, within)
    cells = _cells(middle, a, b, rolls, definition)
    whole = _estimated(cells, definition, seed)
    if not whole.n:
        raise TooFewRollcalls(
            f"{middle.told}, {a.told} and {b.told} chose together on none of "
            f"{counted(len(rolls.rows), 'rollcall')} ({definition})",
            record.completeness,
        )
    figures = [(p, _estimated(cells[at], definition, seed)) for p, at in rolls.periods(by)]
    cut = rolls.parts(by, {period for period, found in figures if found.n})
    each = _both(_sums(cells), definition)
    table = by_period_frame(figures, cut if by else None)
    return Answer(
        question="balance",
        title=f"{middle.name} between {a.name} and {b.name}{f' by {by}' if by else ''}",
        told=(
            _told(whole, middle, a, b, each),
            *(extremes_told(figures, by, cut) if by else ()),
        ),
        table=table,
        definition=_defined(definition, middle, a, b, rolls),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=shown_columns(table, cut),
        facts={
            "state": middle.id,
            "between": [a.id, b.id],
            "measure": definition.value,
            "value": whole.value,
            "low": whole.low,
            "high": whole.high,
            "n": whole.n,
            "agreement": {a.id: each[0], b.id: each[1]},
            "parts": {label: part.facts for label, part in cut.items()},
            "seed": seed,
        },
    )


def balance_over(
    rolls: Rolls,
    state: str,
    between: tuple[str | Side, str | Side],
    definition: Definition = Definition.HALF,
) -> Agreement:
    """The balance of a state, as `balance` counts it, over rolls of either chamber or both.

    n is 0 and the value NaN where the three never chose together. Raises UsageError likewise.
    """
    sides = _three_sides(state, between, definition)
    return _estimated(_cells(*sides, rolls, definition), definition, seed=0)


def _three_sides(
    state: str, between: tuple[str | Side, str | Side], definition: Definition
) -> tuple[Side, Side, Side]:
    middle, (a, b) = side(state), (side(given) for given in between)
    if len({middle, a, b}) < 3:
        raise UsageError(f"{middle.name} between {a.name} and {b.name}: give three different ones.")
    if middle.is_group:
        raise UsageError(f"{middle.name} is a group: give a state, and --between what it stands.")
    if not definition.is_share:
        raise UsageError(
            f"balance is a difference of shares, and {definition} is none: give half, strict or "
            "yes-no."
        )
    return middle, a, b


def _cells(middle: Side, a: Side, b: Side, rolls: Rolls, definition: Definition) -> Floats:
    """(n, 2, 3, 3) the tables of the state with each of two sides; zeros unless all three chose."""
    own = middle.shares(rolls, definition)
    sides = [s.shares(rolls, definition, without=(middle.id,)) for s in (a, b)]
    tables = np.stack([own[:, :, None] * other[:, None, :] for other in sides], axis=1)
    all_three = np.flatnonzero(np.all([tables[:, at].any(axis=(1, 2)) for at in (0, 1)], axis=0))
    kept = np.zeros_like(tables)
    kept[all_three] = tables[all_three]
    return kept


def _estimated(cells: Floats, definition: Definition, seed: int) -> Agreement:
    kept = cells[cells.any(axis=(1, 2, 3))]
    if not len(kept):
        return Agreement(value=nan, low=nan, high=nan, n=0)
    value = _difference(_sums(kept), definition).item()
    low, high = bootstrap(*kinds_of(kept), lambda t: _difference(t, definition), seed=seed)
    return Agreement(value=value, low=low, high=high, n=len(kept))


def _sums(cells: Floats) -> Floats:
    return np.asarray(cells.sum(axis=0))


def _both(tables: Floats, definition: Definition) -> tuple[float, float]:
    with_a, with_b = (agreement_of(table, definition)[0].item() for table in tables)
    return with_a, with_b


def _difference(tables: Floats, definition: Definition) -> Floats:
    return agreement_of(tables[0], definition)[0] - agreement_of(tables[1], definition)[0]


def _told(whole: Agreement, middle: Side, a: Side, b: Side, each: tuple[float, float]) -> str:
    interval = f"{Interval.BOOTSTRAP.text} {whole.low:+.3f} to {whole.high:+.3f}"
    nearer = "; the interval holds 0, so neither is clearly nearer"
    if isnan(whole.low):
        interval, nearer = "no interval", ""
    elif whole.low > 0 or whole.high < 0:
        nearer = f"; nearer to {(a if whole.value > 0 else b).told}"
    return (
        f"Balance of {middle.told}: {whole.value:+.3f} (n={whole.n:,}, {interval}): agreement "
        f"{each[0]:.3f} with {a.told} and {each[1]:.3f} with {b.told}{nearer}."
    )


def _defined(definition: Definition, middle: Side, a: Side, b: Side, rolls: Rolls) -> str:
    groups = [s for s in (a, b) if s.is_group]
    means = " ".join(
        f"On each rollcall the mean over {g.told} of that day that took a position, "
        f"{middle.told} left out."
        for g in groups
    )
    return (
        f"Agreement of {middle.told} with {a.told} minus its agreement with {b.told}: 1 is all "
        f"with {a.told}, -1 all with {b.told}, 0 as near to both. Only rollcalls where all three "
        f"took a position count, and n is their number. {f'{means} ' if means else ''}Agreement "
        f"is {definition}: {definition.text}. {Interval.BOOTSTRAP.method} Both "
        f"agreements come from the same draw. {rolls.consensus}"
    )
