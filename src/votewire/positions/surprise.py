"""How surprising a cast was, in bits: of one rollcall's states, of one state's casts.

With one dimension, the chamber's usual line of division, and with three beside it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import NotInRecord, TooFewRollcalls, UsageError
from votewire.positions.expecting import KEPT, Surprises
from votewire.positions.shrinking import tenths
from votewire.record import Answer, Choice, Record, Rollcall, Selection
from votewire.record.beneath import rows_above, without_own

__all__ = ["beside", "most_surprising", "of_rollcall"]

Ints = NDArray[np.intp]

_DEFINITION = (
    "Surprise: -log2 of the probability that a model gave the choice. 0 is what was certain, 1 bit "
    "a coin, 10 bits one in a thousand. Where the state stands is known from all its casts before "
    "that day; the text from the other states' casts on this rollcall and from earlier votes on it "
    "and its matter. bits: with {own} {second}: with {other} low, high: bits over the middle 90 % "
    "of what state and text may be, in quarters from them. Probabilities are calibrated on earlier "
    "years. Ranks, by bits in tenths: 1 is the most surprising, equal figures share one."
)
_KNOWS = {
    1: (
        "one dimension, the general line of division that `votewire positions` shows: was the vote "
        "unexpected of the state on the chamber's usual line?"
    ),
    3: (
        "three dimensions, which expect casts best and tell from who else voted how which company "
        "the text divides: was it unexpected still, given that company?"
    ),
}
_WITH = {1: "one dimension, the general line of division", 3: "three dimensions"}
_COUNCIL = (
    " Security Council: members begin at their positions in the Assembly on that day, moved by "
    "what their earlier votes in the Council tell; a veto counts as No; rolls that name only who "
    "vetoed are left out; ranks are among casts in the Council."
)
_WHERE = {False: "General Assembly", True: "Security Council"}
_DID = {"yes": "voting Yes", "no": "voting No", "abstain": "abstaining"}


def beside(dims: int) -> int:
    """The number of dimensions whose figure stands beside that of another."""
    return KEPT[0] if dims == KEPT[1] else KEPT[1]


def of_rollcall(
    found: Surprises, record: Record, rollcall: Rollcall, dims: int = 1, state: str | None = None
) -> Answer:
    """Each state's cast on a rollcall in bits, the most surprising first.

    dims: 1 or 3, whose bits come first; state: whose cast is told first. Table: state, name,
    choice, bits, low, high, rank_own, own, rank_all, and bits3, low3, high3 (bits1 and so on where
    dims is 3). Raises NotInRecord where the record has no full roll of it, or no cast of the state,
    and for the Assembly's first three sessions; UsageError for a user's own vote where the
    surprises are of the record beneath.
    """
    at = np.flatnonzero(found.row == record.row_of(rollcall.id))
    if not at.size and rollcall.id in record.own and found.record_hash != record.hash:
        raise UsageError(
            f"The surprises that come with votewire know nothing of {rollcall.name}, a vote of "
            f"your own: `votewire surprise {rollcall.name}` makes new ones, in a minute or two."
        )
    if not at.size:
        why = "its roll" if rollcall.roll != "full" else "casts before it to expect one by"
        raise NotInRecord(f"{why}, for surprise: {rollcall.name}", complete_to=record.completeness)
    council = bool(found.council[at[0]])
    chamber = found.council == council
    bits = found.figures(dims).bits
    table = _table(found, at[np.lexsort((found.state[at], -bits[at]))], dims)
    casts = int(chamber.sum())
    total = sum(table["bits"].to_list())
    return _answer(
        found,
        record,
        council,
        dims,
        title=f"{rollcall.name} ({rollcall.date}), {rollcall.tally}: how surprising each cast was",
        told=(
            *_told_of(table, state, casts, dims, rollcall, record),
            f"All {table.height} together: {total:.0f} bits, {total / table.height:.1f} each; over "
            f"all casts of the {_WHERE[council]} {float(bits[chamber].mean()):.1f}.",
        ),
        table=table,
        basis=f"One rollcall: {rollcall.id}; ranks among {casts:,} casts of the {_WHERE[council]}",
        facts={"id": rollcall.id, "casts": casts, "dims": dims, "state": state},
        columns=tuple(table.columns[:-2]),
    )


def most_surprising(
    found: Surprises,
    record: Record,
    state: str | None,
    top: int,
    *,
    within: Selection = Selection(),
    dims: int = 1,
) -> Answer:
    """The most surprising casts of a state, or of all states, on the rollcalls chosen.

    Table: date, id, symbol, title, and the columns of `of_rollcall`; ranks are among all casts of
    the chamber, chosen or not. Raises NotInRecord where the state has no cast there.
    """
    rows = _rows(found, record, within)
    mine = np.isin(found.row, rows)
    if not mine.any():
        raise TooFewRollcalls(f"no roll with a surprise: {within.told()}", record.completeness)
    if state is not None:
        mine &= found.state == states.codes().index(state)
    if not mine.any():
        raise NotInRecord(f"a cast of {state} ({within.told()})", complete_to=record.completeness)
    chosen = np.flatnonzero(mine)
    at = chosen[np.lexsort((-chosen, -found.figures(dims).bits[chosen]))][:top]
    what = record.rollcalls[found.row[at].astype(np.intp)].select(
        "date", "id", pl.coalesce("symbol", "draft", "id").alias("symbol"), "title"
    )
    table = pl.concat([what, _table(found, at, dims)], how="horizontal")
    first = table.row(0, named=True)
    figures = ("bits", "low", "high", "rank_all", f"bits{beside(dims)}")
    columns = ("date", "symbol", "name", "choice", *figures, "title")
    return _answer(
        found,
        record,
        within.chamber == "SC",
        dims,
        title=f"{states.name_of(state) if state else 'All states'}: the most surprising casts",
        told=(
            f"First: on {first['symbol']} ({first['date']}) {_told(first)}.",
            _told_beside(first, dims),
        ),
        table=table,
        basis=f"{within.told(rows)}; {len(chosen):,} casts",
        facts={"state": state, "casts": len(chosen), "dims": dims},
        columns=columns,
    )


def _rows(found: Surprises, record: Record, within: Selection) -> Ints:
    """The rows chosen, of those that the record had on which the surprises rest."""
    rows = within.rows(record)
    return rows if found.record_hash == record.hash else rows[np.isin(rows, rows_above(record))]


def _table(found: Surprises, at: Ints, dims: int) -> pl.DataFrame:
    codes = [states.codes()[column] for column in found.state[at].tolist()]
    rank_own, own, rank_all = _ranks(found, at, dims)
    return pl.DataFrame(
        {
            "state": codes,
            "name": [states.name_of(code) for code in codes],
            "choice": [Choice(choice).label for choice in found.choice[at].tolist()],
            **_figures(found, at, dims),
            "rank_own": rank_own,
            "own": own,
            "rank_all": rank_all,
            **_figures(found, at, beside(dims), str(beside(dims))),
        }
    )


def _figures(found: Surprises, at: Ints, dims: int, end: str = "") -> dict[str, Any]:
    """bits, low, high of some casts, without what single precision adds behind tenths."""
    figures = found.figures(dims)
    return {
        f"{name}{end}": values[at].astype(np.float64).round(3)
        for name, values in zip(figures._fields, figures, strict=True)
    }


def _ranks(found: Surprises, at: Ints, dims: int) -> tuple[Ints, Ints, Ints]:
    """Of some casts of one chamber: the rank among the state's own, how many those are, and the
    rank among all; from counts of casts by state and tenths of a bit."""
    kept = np.flatnonzero(found.council == found.council[at[0]])
    steps = tenths(found.figures(dims).bits)
    width = int(steps.max()) + 1
    cells = found.state[kept].astype(np.intp) * width + steps[kept]
    counts = np.bincount(cells, minlength=len(states.codes()) * width).reshape(-1, width)
    above = counts[:, ::-1].cumsum(axis=1)[:, ::-1] - counts
    state, step = found.state[at], steps[at]
    return above[state, step] + 1, counts.sum(axis=1)[state], above.sum(axis=0)[step] + 1


def _told_of(
    table: pl.DataFrame,
    state: str | None,
    casts: int,
    dims: int,
    rollcall: Rollcall,
    record: Record,
) -> tuple[str, ...]:
    """Of the state asked for and of the most surprising cast, which may be one."""
    first = table.row(0, named=True)
    most = f"Most surprising, with {_WITH[dims]}: {_told(first)}."
    if state is None:
        return most, _ranked(first, casts), _told_beside(first, dims)
    found = table.filter(table["state"] == state)
    if found.is_empty():
        raise NotInRecord(f"a cast of {state} on {rollcall.name}", complete_to=record.completeness)
    row = found.row(0, named=True)
    place = 1 + int((table["bits"] > row["bits"]).sum())
    own = f"With {_WITH[dims]}: {_told(row)}."
    ranked = _ranked(row, casts, f"{place} of {table.height} on this rollcall")
    return own, ranked, _told_beside(row, dims), *((most,) if state != first["state"] else ())


def _told(row: dict[str, Any]) -> str:
    return f"{row['name']} {_DID[row['choice']]}, {_bits(row)}"


def _told_beside(row: dict[str, Any], dims: int) -> str:
    return f"With {_WITH[beside(dims)]}: {_bits(row, str(beside(dims)))}."


def _bits(row: dict[str, Any], end: str = "") -> str:
    bits, low, high = (row[f"{name}{end}"] for name in ("bits", "low", "high"))
    interval = f"(90 % interval {low:.1f} to {high:.1f})"
    return f"{bits:.1f} bits {interval}, a probability of {2**-bits:.2g}"


def _ranked(row: dict[str, Any], casts: int, place: str = "") -> str:
    return (
        f"That is number {place}{', number ' if place else ''}{row['rank_own']:,} of the state's "
        f"own {row['own']:,} casts and number {row['rank_all']:,} of all {casts:,}."
    )


def _answer(
    found: Surprises,
    record: Record,
    council: bool,
    dims: int,
    *,
    title: str,
    told: tuple[str, ...],
    table: pl.DataFrame,
    basis: str,
    facts: dict[str, Any],
    columns: tuple[str, ...],
) -> Answer:
    definition = _DEFINITION.format(
        own=_KNOWS[dims], second=f"bits{beside(dims)}", other=_KNOWS[beside(dims)]
    )
    answer = Answer(
        question="surprise_top" if "date" in columns else "surprise",
        title=title,
        told=told,
        table=table,
        definition=definition + (_COUNCIL if council else ""),
        basis=basis,
        record_hash=found.record_hash or record.hash,
        complete_to=record.completeness,
        columns=columns,
        facts=facts,
    )
    return without_own(answer, record, "Surprises are")
