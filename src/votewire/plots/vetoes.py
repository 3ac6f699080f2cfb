"""Vetoes by state and time: a row of bars for all texts, and one for each state that vetoed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import altair as alt

from votewire import states
from votewire.plots.periods import YEARS, bars_by_period, spans_of, width_of, year_of
from votewire.plots.style import DARK, LIGHT, Sketch, data
from votewire.plots.wording import counted
from votewire.record import Answer

__all__ = ["by_state", "by_year", "over_time"]

_PLOT, _MARGIN = 360, 70


def over_time(answer: Answer) -> Sketch:
    """Vetoed texts by year or decade: all of them in the first row, then state by state.

    Rows and not stacks: a text vetoed by two states counts once in all, and once for each.
    """
    rows = answer.table.to_dicts()
    by_state = Counter(code for row in rows for code in row["vetoed_by"])
    codes = sorted(by_state, key=lambda code: (-by_state[code], code))
    every = [year_of(row["date"]) for row in rows]
    own = {
        states.name_of(code): [year_of(row["date"]) for row in rows if code in row["vetoed_by"]]
        for code in codes
    }
    wide = 1 if max(every) - min(every) < YEARS else 10
    told = ", ".join(f"{name} {len(years)}" for name, years in own.items())
    shown = f"{counted(len(rows), 'text')} vetoed, {min(every)} to {max(every)}. By state: {told}."
    if len(own) == 1:
        return _sketch(own, "", shown, wide)
    note = (
        "A text that several states vetoed counts once in all texts, and once in the row of each."
    )
    return _sketch({"all texts": every} | own, note, shown, wide)


def by_year(answer: Answer) -> Sketch:
    """Vetoed texts by year."""
    rows = answer.table.to_dicts()
    years = [int(row["period"]) for row in rows for _ in range(row["n"])]
    top = max(rows, key=lambda row: row["n"])
    shown = f"{counted(len(years), 'text')} vetoed, most in {top['period']}: {top['n']}."
    return _sketch({"all texts": years}, "", shown, wide=1)


def by_state(answer: Answer) -> Sketch:
    """Vetoed texts by state, one bar each."""
    rows = [row | {"label": str(row["n"])} for row in answer.table.to_dicts()]
    base = alt.Chart(data(rows)).encode(
        x=alt.X("n:Q", title="texts", axis=alt.Axis(format="d", tickMinStep=1)),
        y=alt.Y("name:N", sort=[row["name"] for row in rows], title=None),
    )
    bars = base.mark_bar(color=DARK)
    numbers = base.mark_text(align="left", dx=4).encode(text="label:N")
    told = ", ".join(f"{row['name']} {row['n']}" for row in rows)
    return Sketch(
        body=lambda: alt.layer(bars, numbers, width=_PLOT, height=alt.Step(26)),
        width=_PLOT + 2 * _MARGIN,
        subtitle="Bars: texts that the state vetoed. A text that several vetoed counts for each.",
        shown=f"Vetoes by state: {told}.",
    )


def _sketch(years: Mapping[str, list[int]], note: str, shown: str, wide: int) -> Sketch:
    """Rows of bars, each for `wide` years; the first row dark, since it has all the years."""
    fills = [LIGHT if at else DARK for at in range(len(years))]
    spans = spans_of(years, wide)
    span = "decade" if wide > 1 else "year"
    return Sketch(
        body=lambda: bars_by_period(years, fills, "texts", spans, stroke=DARK),
        width=width_of(spans) + _MARGIN,
        subtitle=f"Bars: texts vetoed in each {span}. {note}".strip(),
        shown=shown,
    )
