"""Vetoes by state and time: a row of bars for all texts, and one for each state that vetoed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

import altair as alt

from votewire import states
from votewire.plots.style import DARK, LIGHT, Body, Sketch, data
from votewire.plots.wording import counted
from votewire.record import Answer

__all__ = ["by_state", "by_year", "over_time"]

_YEARS = 25  # years up to which a list of vetoes has a bar for each; above, for each decade
_HEIGHT, _SPACE = 64, 14
_BAR, _NARROWEST, _WIDEST = 44, 360, 1120
_MARGIN = 70  # pixels left of the bars


def over_time(answer: Answer) -> Sketch:
    """Vetoed texts by year or decade: all of them in the first row, then state by state.

    Rows and not stacks: a text vetoed by two states counts once in all, and once for each.
    """
    rows = answer.table.to_dicts()
    by_state = Counter(code for row in rows for code in row["vetoed_by"])
    codes = sorted(by_state, key=lambda code: (-by_state[code], code))
    every = [_year(row["date"]) for row in rows]
    own = {
        states.name_of(code): [_year(row["date"]) for row in rows if code in row["vetoed_by"]]
        for code in codes
    }
    wide = 1 if max(every) - min(every) < _YEARS else 10
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
    numbers = base.mark_text(align="left", dx=4).encode(text="label:N")
    told = ", ".join(f"{row['name']} {row['n']}" for row in rows)
    return Sketch(
        body=alt.layer(base.mark_bar(color=DARK), numbers, width=_NARROWEST, height=alt.Step(26)),
        width=_NARROWEST + 2 * _MARGIN,
        subtitle="Bars: texts that the state vetoed. A text that several vetoed counts for each.",
        shown=f"Vetoes by state: {told}.",
    )


def _sketch(years: Mapping[str, list[int]], note: str, shown: str, wide: int) -> Sketch:
    """Rows of bars, each for `wide` years; the first row has all the years."""
    every = next(iter(years.values()))
    first, last = min(every), max(every)
    spans = range(first // wide * wide, last + 1, wide)
    counts = {name: Counter(year // wide * wide for year in own) for name, own in years.items()}
    width = min(max(_BAR * len(spans), _NARROWEST), _WIDEST)
    span = "decade" if wide > 1 else "year"
    return Sketch(
        body=_panels(counts, spans, width, span),
        width=width + _MARGIN,
        subtitle=f"Bars: texts vetoed in each {span}. {note}".strip(),
        shown=shown,
    )


def _panels(counts: Mapping[str, Mapping[int, int]], spans: range, width: int, span: str) -> Body:
    most = max(max(own.values(), default=0) for own in counts.values())
    scale = alt.Scale(domain=[0, most * 1.2], nice=False)
    thick = min(_BAR, 0.9 * width / len(spans))
    whole = alt.Axis(tickCount=3, format="d", tickMinStep=1)
    panels = []
    for at, (name, own) in enumerate(counts.items()):
        ends = at == len(counts) - 1
        x = alt.X("span:N", title=span, axis=_years(spans) if ends else None)
        y = alt.Y("count:Q", scale=scale, title="texts", axis=whole)
        base = alt.Chart(data(_spans(own, spans, span))).encode(x=x, y=y)
        head = alt.TitleParams(
            text=f"{name} ({sum(own.values())})", anchor="start", fontSize=12, offset=4
        )
        bars = base.mark_bar(color=LIGHT if at else DARK, size=thick)
        numbers = base.mark_text(dy=-7).encode(text="label:N")
        panels.append(alt.layer(bars, numbers, title=head, width=width, height=_HEIGHT))
    return alt.vconcat(*panels, spacing=_SPACE)


def _years(spans: range) -> alt.Axis:
    """Every label, or every fifth year where there are too many."""
    if len(spans) <= _YEARS:
        return alt.Axis(labelAngle=0)
    return alt.Axis(labelAngle=0, values=[str(year) for year in spans if year % 5 == 0])


def _spans(own: Mapping[int, int], spans: range, span: str) -> list[dict[str, Any]]:
    ending = "s" if span == "decade" else ""
    return [
        {"span": f"{at}{ending}", "count": own.get(at, 0), "label": str(own.get(at) or "")}
        for at in spans
    ]


def _year(day: date | str) -> int:
    return day.year if isinstance(day, date) else int(day[:4])
