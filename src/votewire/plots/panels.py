"""A state's agreement with several others by year, in panels below each other."""

from __future__ import annotations

from typing import Any

import altair as alt

from votewire.errors import UsageError
from votewire.plots.lines import dashed, shown, without_gaps
from votewire.plots.parts import hollow
from votewire.plots.periods import year_axis
from votewire.plots.room import WIDE, Room
from votewire.plots.style import BAND, DARK, LIGHT, Body, Sketch, data
from votewire.plots.wording import figure, wrapped
from votewire.record import Answer

__all__ = ["each_by_period"]

Rows = list[dict[str, Any]]

_WIDTH, _MARGIN, _HEIGHT, _SPACE = 450, 70, 74, 10
_EDGE, _LOW = 36, 56  # pixels left of a panel on a phone, and its height
_HEAD, _SMALL = 13, 12  # letters of a panel's title
_LABELS = 23  # pixels of the years below each panel


def each_by_period(answer: Answer, room: Room = WIDE) -> Sketch:
    """A state's agreement with several others by year: a panel for each, all on the same axes.

    A year that is not whole is a hollow point at the end of a dashed line. Raises UsageError for an
    answer that has no years.
    """
    found: dict[str, Rows] = {}
    for row in answer.table.to_dicts():
        if not (row["period"].isdecimal() and len(row["period"]) == 4):
            raise UsageError(f"{answer.title}: a chart of several states is by year.")
        found.setdefault(row["state"], []).append(row)
    years = [int(row["period"]) for rows in found.values() for row in rows]
    width = room.width - _EDGE if room.narrow else _WIDTH
    titles = {code: _title(answer, code, rows, room) for code, rows in found.items()}

    def body() -> Body:
        span = (min(years) - 0.5, max(years) + 0.5)
        axis = year_axis("year", *span, width, title="", ends=room.narrow)
        panels = [_panel(titles[code], rows, axis, width, room) for code, rows in found.items()]
        return alt.vconcat(*panels, spacing=_SPACE)

    return Sketch(
        body=body,
        width=width + (_EDGE if room.narrow else _MARGIN),
        height=sum(_tall(title, room) for title in titles.values()) + _SPACE * (len(titles) - 1),
        subtitle="Points: agreement in each year, 0 to 1. Bars and band: its 90 % interval. "
        f"{'Figures: over all years. ' if room.narrow else ''}{hollow(answer)}".strip(),
        shown=" ".join(f"{rows[0]['name']}: {shown(rows, 'year')}" for rows in found.values()),
    )


def _title(answer: Answer, code: str, rows: Rows, room: Room) -> list[str]:
    """The name of the other state with the figure over all years, in lines."""
    whole = answer.facts["overall"][code]
    name, over = rows[0]["name"], f"(n {whole['n']:,})"
    if not room.narrow:
        return [f"{name}: {figure(whole['value'])} over all {over}"]
    text = f"{name}: {figure(whole['value'])} {over}"
    return wrapped(text, int(room.width * room.lines), _SMALL, bold=True)


def _tall(title: list[str], room: Room) -> int:
    """The pixels of a panel with its title and its years."""
    if room.narrow:
        return _LOW + len(title) * (_SMALL + 2) + 4 + _LABELS
    return _HEIGHT + _HEAD + 6 + _LABELS


def _panel(title: list[str], rows: Rows, axis: alt.X, width: int, room: Room) -> Body:
    drawn = [{"part": None} | row | {"year": int(row["period"])} for row in without_gaps(rows)]
    base = alt.Chart(data(drawn)).encode(x=axis)
    whole, part = (base.transform_filter(which) for which in ("!datum.part", "datum.part"))
    scale = alt.Scale(domain=[0, 1])
    halves = alt.Axis(values=[0, 0.5, 1], format=".1f", labelOverlap=False)
    y = alt.Y("value:Q", scale=scale, title=None, axis=halves)
    low, high = alt.Y("low:Q", scale=scale), alt.Y2("high:Q")
    dot: dict[str, Any] = {"opacity": 1, "size": 8 if room.narrow else 16}
    layers = [
        whole.mark_area(color=BAND, stroke=LIGHT, strokeWidth=0.75).encode(y=low, y2=high),
        base.mark_rule(color=LIGHT, strokeWidth=1).encode(y=low, y2=high),
        whole.mark_line(color=DARK, strokeWidth=2).encode(y=y),
        *dashed(drawn, axis, y),
        whole.mark_point(color=DARK, filled=True, **dot).encode(y=y),
        part.mark_point(fill="#ffffff", stroke=DARK, strokeWidth=1.5, **dot).encode(y=y),
    ]
    size = _SMALL if room.narrow else _HEAD
    text: Any = title if room.narrow else title[0]
    head = alt.TitleParams(text=text, fontSize=size, anchor="start", offset=4)
    tall = _LOW if room.narrow else _HEIGHT
    return alt.layer(*layers, width=width, height=tall, title=head)
