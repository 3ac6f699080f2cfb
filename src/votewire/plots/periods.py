"""Time as a number on an axis, and rows of bars by year or decade."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from votewire.plots.style import LIGHT, Body, data

__all__ = [
    "YEARS",
    "bars_by_period",
    "count_bars",
    "in_years",
    "spans_of",
    "width_of",
    "year_axis",
    "year_of",
]

YEARS = 25  # years up to which rows have a bar for each; above, for each decade
_LABEL = 44  # pixels for the label of a year
_BAR, _NARROWEST, _WIDEST = 44, 360, 1120
_DIGIT = 6.5  # pixels of a digit above a bar
_HEIGHT, _SPACE = 64, 20


def year_of(day: date | str) -> int:
    """The year of a day, given as such or as ISO 8601."""
    return day.year if isinstance(day, date) else int(day[:4])


def in_years(day: date) -> float:
    """A day as a number on an axis of years: 2 July 2023 is about 2023.5."""
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 4)


def year_axis(
    field: str,
    first: float,
    last: float,
    width: int,
    *,
    grid: bool = False,
    title: str = "year",
    ends: bool = False,
) -> alt.X:
    """The x axis from one year to another, with as many labels as find room in `width` pixels.

    ends: with the last year among them, in place of one that stands too near.
    """
    steps = (1, 2, 5, 10, 20, 50)
    step = next(s for s in steps if (last - first) / s * _LABEL <= width)
    ticks = [year for year in range(int(first), int(last) + 1) if year % step == 0]
    if ends:
        near = _LABEL * (last - first) / width
        ticks = [year for year in ticks if int(last) - year >= near] + [int(last)]
    return alt.X(
        f"{field}:Q",
        scale=alt.Scale(domain=[first, last], nice=False, zero=False, padding=0),
        axis=alt.Axis(format="d", values=[t for t in ticks if first <= t <= last], grid=grid),
        title=title,
    )


def count_bars(
    rows: Sequence[Mapping[str, Any]], axis: alt.X, size: tuple[int, int], thick: float
) -> Body:
    """Bars of `n` below a chart by periods, without an axis of these; hollow where `part` is set.

    size: width and height in pixels. thick: of a bar.
    """
    width, height = size
    base = alt.Chart(data(rows)).encode(
        x=axis.copy().axis(None),
        y=alt.Y("n:Q", title="n", axis=alt.Axis(tickCount=2, format="d", grid=False)),
    )
    whole = base.transform_filter("!datum.part").mark_bar(color=LIGHT, size=thick)
    outline: dict[str, Any] = {"stroke": LIGHT, "strokeWidth": 1, "size": thick}
    part = base.transform_filter("datum.part").mark_bar(color="#ffffff", **outline)
    return alt.layer(whole, part, width=width, height=height)


def spans_of(years: Mapping[str, Sequence[int]], wide: int) -> range:
    """The spans of so many `wide` years that have a bar, by their first year."""
    every = [year for own in years.values() for year in own]
    return range(min(every) // wide * wide, max(every) + 1, wide)


def width_of(spans: range) -> int:
    """The pixels that their bars fill."""
    return min(max(_BAR * len(spans), _NARROWEST), _WIDEST)


def bars_by_period(
    years: Mapping[str, Sequence[int]],
    fills: Sequence[str],
    noun: str,
    spans: range,
    *,
    stroke: str,
) -> Body:
    """Rows of bars below each other, one for each span.

    years: name of each row -> a year for each thing counted there, may be empty. fills: the colour
    of each row's bars. noun: what is counted, on the axis. stroke: the outline of the bars.
    """
    wide, width = spans.step, width_of(spans)
    rows = list(_bars(years, fills, spans))
    x = alt.X(
        "span:N",
        scale=alt.Scale(
            domain=[_span(at, wide) for at in spans], paddingInner=0.1, paddingOuter=0.05
        ),
        title="decade" if wide > 1 else "year",
        axis=_labels(spans),
    )
    whole = alt.Axis(tickCount=3, format="d", tickMinStep=1)
    most = max(row["count"] for row in rows)
    scale = alt.Scale(domain=[0, most * 1.3], nice=False)
    base = alt.Chart(data(rows)).encode(
        x=x, y=alt.Y("count:Q", scale=scale, title=noun, axis=whole)
    )
    bars = base.mark_bar(stroke=stroke, strokeWidth=0.75).encode(
        fill=alt.Fill("fill:N", scale=None)
    )
    layers = [bars.transform_filter("datum.count > 0")]
    if width / len(spans) > _DIGIT * len(str(most)):
        layers.append(base.mark_text(dy=-7).encode(text="label:N"))
    head = alt.Header(
        title=None,
        labelOrient="top",
        labelAnchor="start",
        labelFontSize=12,
        labelFontWeight="bold",
        labelPadding=4,
    )
    order = list(dict.fromkeys(row["row"] for row in rows))
    body = alt.layer(*layers, width=width, height=_HEIGHT)
    return body.facet(row=alt.Row("row:N", sort=order, header=head), spacing=_SPACE)


def _bars(
    years: Mapping[str, Sequence[int]], fills: Sequence[str], spans: range
) -> Iterator[dict[str, Any]]:
    for (name, own), fill in zip(years.items(), fills, strict=True):
        counts = Counter(year // spans.step * spans.step for year in own)
        for at in spans:
            yield {
                "row": f"{name} ({len(own):,})",
                "span": _span(at, spans.step),
                "count": counts[at],
                "label": str(counts[at] or ""),
                "fill": fill,
            }


def _span(at: int, wide: int) -> str:
    return f"{at}s" if wide > 1 else str(at)


def _labels(spans: range) -> alt.Axis:
    """Every label, or every fifth year where there are too many."""
    if spans.step > 1 or len(spans) <= YEARS:
        return alt.Axis(labelAngle=0)
    return alt.Axis(labelAngle=0, values=[str(year) for year in spans if year % 5 == 0])
