"""What a state chose on the earlier votes of an item: vote by vote, or by year where many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import altair as alt

from votewire.plots.periods import YEARS, bars_by_period, spans_of, width_of, year_of
from votewire.plots.style import INK, Body, Sketch, data, fills, shapes
from votewire.plots.wording import counted, listed, shortened, word_of_choice
from votewire.record import Answer

__all__ = ["first"]

Rows = list[dict[str, Any]]

_MOST = 60  # votes with a row of their own
_STEP, _COLUMN, _NAMES, _RIGHT = 22, 110, 200, 480
_MARGIN = 70
_LETTERS = 75  # of a vote's title
_CHOICES = ("yes", "abstain", "no", "non_voting")


def first(answer: Answer) -> Sketch:
    """The state's choice on each earlier vote, the first on top, a column for each choice.

    More than 60 votes are bars by year or decade, a row for each choice. The choice asked about has
    its place even where the state never made it.
    """
    rows = answer.table.to_dicts()
    counts = Counter(row["choice"] for row in rows)
    asked = answer.facts["choice"]
    made = [choice for choice in _CHOICES if counts[choice] or choice == asked]
    told = listed([f"{word_of_choice(choice)} {counts[choice]}" for choice in made])
    votes = counted(len(rows), "earlier vote")
    shown = f"{votes}, {rows[0]['date']} to {rows[-1]['date']}: {told}."
    notes = answer.told
    if len(rows) > _MOST:
        return _many(rows, made, shown, notes)
    return Sketch(
        body=lambda: _table(rows, made, counts),
        width=_NAMES + _COLUMN * len(made) + _RIGHT,
        subtitle=f"Marks: the state's choice on each of n = {votes} of the item, the first on top; "
        "in the heads: how often. Right: the tally (yes-no-abstaining), and the text where it "
        "changes.",
        shown=shown,
        notes=notes,
    )


def _many(rows: Rows, made: list[str], shown: str, notes: tuple[str, ...]) -> Sketch:
    years = {choice: [year_of(r["date"]) for r in rows if r["choice"] == choice] for choice in made}
    every = [year for own in years.values() for year in own]
    wide = 1 if max(every) - min(every) < YEARS else 10
    named = {word_of_choice(choice): own for choice, own in years.items()}
    spans = spans_of(named, wide)
    return Sketch(
        body=lambda: bars_by_period(named, fills(made), "votes", spans, stroke=INK),
        width=width_of(spans) + _MARGIN,
        subtitle=f"Bars: the state's choices in each {'decade' if wide > 1 else 'year'} on "
        f"n = {counted(len(rows), 'earlier vote')} of the item.",
        shown=shown,
        notes=notes,
    )


def _table(rows: Rows, made: list[str], counts: Counter[str]) -> Body:
    heads = {choice: f"{word_of_choice(choice)}: {counts[choice]}" for choice in made}
    named = [row | {"row": f"{row['date']}  {row['symbol'] or row['id']}"} for row in rows]
    times = Counter(row["row"] for row in named)
    drawn = [
        {
            "row": f"{row['row']} ({row['id']})" if times[row["row"]] > 1 else row["row"],
            "head": heads[row["choice"]],
            "label": f"{row['tally']}{title}",
        }
        for row, title in zip(named, _titles(rows), strict=True)
    ]
    base = alt.Chart(data(drawn)).encode(
        y=alt.Y(
            "row:N",
            sort=[row["row"] for row in drawn],
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelOverlap=False, grid=True),
        )
    )
    names = list(heads.values())
    x = alt.X(
        "head:N",
        title=None,
        scale=alt.Scale(domain=names),
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelPadding=8),
    )
    marks = base.mark_point(filled=True, opacity=1, size=110, stroke=INK, strokeWidth=1).encode(
        x=x,
        shape=alt.Shape("head:N", scale=alt.Scale(domain=names, range=shapes(made)), legend=None),
        fill=alt.Fill("head:N", scale=alt.Scale(domain=names, range=fills(made)), legend=None),
    )
    width = _COLUMN * len(made)
    right = base.mark_text(align="left", dx=10).encode(x=alt.value(width), text="label:N")
    return alt.layer(marks, right, width=width, height=alt.Step(_STEP))


def _titles(rows: Rows) -> Iterator[str]:
    """Each vote's title, nothing where it is that of the row above."""
    above = ""
    for row in rows:
        title = shortened(row["title"] or "", _LETTERS)
        yield f": {title}" if title and title != above else ""
        above = title
