"""One state, or all of them, beside a few others: how often each pair agrees, by year or in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from votewire import states
from votewire.blocs.agreement import Agreement, agreement, of_table
from votewire.blocs.definitions import Definition
from votewire.blocs.intervals import Interval
from votewire.blocs.pairs import contingency
from votewire.blocs.phrasing import counted, listed, the_state
from votewire.blocs.rolls import Rolls, gather
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Answer, Record, Selection
from votewire.record.periods import shown_columns, with_parts

__all__ = ["agree_each", "alongside"]

_FIGURES = dict.fromkeys(("value", "low", "high"), pl.Float64)


def agree_each(
    record: Record,
    state: str,
    others: Sequence[str],
    *,
    within: Selection = Selection(),
    by: str | None = "year",
    definition: Definition = Definition.HALF,
) -> Answer:
    """Agreement of a state with each of some others, in all or by year or session.

    Table: state (the other), name, period, n, value, low, high, and by year or session part, the
    days of one that is not whole; the others in the order given, a state itself left out. Periods
    in which n is 0 have no row. facts: overall, the figures over all periods by the other's code;
    parts, the periods that are not whole. Raises UsageError for a definition that is no share,
    TooFewRollcalls where the state never chose together with one of them.
    """
    _check(definition)
    rolls = gather(record, within)
    own = rolls.column(state)
    asked = [code for code in dict.fromkeys(others) if code != state]
    periods = list(rolls.periods(by))
    rows, overall = [], {}
    for code in asked:
        theirs = rolls.column(code)
        whole = agreement(own, theirs, definition)
        if not whole.n:
            continue
        overall[code] = whole
        for period, at in periods:
            found = agreement(own[at], theirs[at], definition)
            if found.n:
                figures = (found.n, found.value, found.low, found.high)
                rows.append((code, states.name_of(code), period, *figures))
    if not rows:
        raise TooFewRollcalls(
            f"{the_state(state)} chose together with none of {listed([*map(the_state, asked)])}",
            record.completeness,
        )
    text = dict.fromkeys(("state", "name", "period"), pl.String)
    table = pl.DataFrame(rows, schema={**text, "n": pl.Int64, **_FIGURES}, orient="row")
    cut = rolls.parts(by, set(table["period"]))
    table = with_parts(table, cut) if by else table
    name = states.name_of(state)
    with_whom = listed([states.name_of(code) for code in overall])
    return Answer(
        question="agree_each",
        title=f"{name}: agreement with {with_whom}{f' by {by}' if by else ''}",
        told=(_overall_told(state, overall), *(part.told for part in cut.values())),
        table=table,
        definition=_defined(definition, rolls),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        columns=shown_columns(table, cut) if by else ("name", "n", "value", "low", "high"),
        facts={
            "state": state,
            "measure": definition.value,
            "overall": {
                code: {"n": f.n, "value": f.value, "low": f.low, "high": f.high}
                for code, f in overall.items()
            },
            "parts": {label: part.facts for label, part in cut.items()},
        },
    )


def alongside(
    record: Record,
    others: Sequence[str],
    *,
    within: Selection = Selection(),
    definition: Definition = Definition.HALF,
) -> Answer:
    """Agreement of every state with each of a few others, by code.

    Table: state, name, then for each other n_USA, value_USA, low_USA, high_USA, null where the two
    never chose together. States that chose with none of them have no row. Raises UsageError for a
    definition that is no share, TooFewRollcalls where that is all of them.
    """
    _check(definition)
    rolls = gather(record, within)
    columns = states.codes()
    tables = contingency(rolls.choices, [columns.index(code) for code in others])
    found = {
        other: [of_table(tables[:, :, row, at], definition) for at in range(len(columns))]
        for row, other in enumerate(others)
    }
    rows = [
        (code, states.name_of(code), *_cells(code, [(o, found[o][at]) for o in others]))
        for at, code in enumerate(columns)
        if any(found[o][at].n and o != code for o in others)
    ]
    if not rows:
        raise TooFewRollcalls("no two states chose together", record.completeness)
    schema: dict[str, type[pl.DataType]] = {"state": pl.String, "name": pl.String}
    for other in others:
        schema |= {f"n_{other}": pl.Int64}
        schema |= {f"{figure}_{other}": pl.Float64 for figure in _FIGURES}
    with_whom = listed([the_state(code) for code in others])
    return Answer(
        question="alongside",
        title=f"Every state: agreement with {with_whom}",
        told=(f"{counted(len(rows), 'state')}, each with {with_whom}.",),
        table=pl.DataFrame(rows, schema=schema, orient="row"),
        definition=_defined(definition, rolls),
        basis=rolls.basis,
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={"others": list(others), "measure": definition.value},
    )


def _check(definition: Definition) -> None:
    if not definition.is_share:
        raise UsageError(f"{definition} is no share: ask for one pair, or give half or strict.")


def _cells(code: str, found: Sequence[tuple[str, Agreement]]) -> Iterator[float | int | None]:
    for other, f in found:
        yield from (None,) * 4 if other == code or not f.n else (f.n, f.value, f.low, f.high)


def _overall_told(state: str, overall: dict[str, Agreement]) -> str:
    """The figures over all periods in a sentence, the highest first."""
    ordered = sorted(overall, key=lambda code: (-overall[code].value, code))
    figures = [
        f"{the_state(c)} {f.value:.3f} ({f.low:.3f} to {f.high:.3f}, n={f.n:,})"
        for c, f in ((c, overall[c]) for c in ordered)
    ]
    name = the_state(state)
    return (
        f"{name[:1].upper()}{name[1:]} over all these rollcalls, with 90 % intervals: "
        f"{'; '.join(figures)}."
    )


def _defined(definition: Definition, rolls: Rolls) -> str:
    said = f"Definition {definition}: {definition.text}."
    return f"{said} {Interval.WILSON.method} {rolls.consensus}"
