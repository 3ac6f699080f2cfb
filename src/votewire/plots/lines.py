"""A figure by year or session, with its interval and the rollcalls it rests on below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile, pairwise
from typing import Any

import altair as alt

from votewire import states
from votewire.errors import UsageError
from votewire.plots.parts import days_of, hollow
from votewire.plots.periods import count_bars, year_axis
from votewire.plots.room import WIDE, Room
from votewire.plots.style import BAND, DARK, INK, LIGHT, MUTED, Body, Sketch, data
from votewire.plots.wording import counted, figure, known, measure
from votewire.record import Answer

__all__ = ["by_period", "dashed", "shown", "without_gaps"]

Rows = list[dict[str, Any]]

_LABELLED, _FEW = 16, 6  # periods up to which each carries its figure and its n; on a phone
_ROOMY, _TIGHT = 44, 12  # pixels for a period with figures, and without
_NARROWEST, _WIDEST = 520, 720
_MARGIN, _EDGE = 70, 54  # pixels left of the plot: figures and the title of the axis; on a phone
_HEIGHT, _BELOW, _AXIS = 280, 60, 66


def by_period(answer: Answer, room: Room = WIDE) -> Sketch:
    """Agreement, balance or cohesion as points on a line, one for each period.

    The interval is a band and a bar; where a year has no figure, line and band stop, and special
    sessions stand beside the line. A period that is not whole is a hollow point at the end of a
    dashed line, outside the band. Years without a figure at both ends are not drawn. A column
    `house` is drawn as a second, dashed line. Raises UsageError for an answer that is one figure
    over all periods, and for one without any figure.
    """
    rows = _with_figures(answer)
    years = all(row["period"].isdecimal() and len(row["period"]) == 4 for row in rows)
    few = len(rows) <= (_FEW if room.narrow else _LABELLED)
    days = days_of(answer)
    drawn = [_drawn(row, days, few) for row in (without_gaps(rows) if years else rows)]
    width = _width(len(drawn), room, few)

    def body() -> Body:
        axis = _sessions(drawn, few, room)
        if years:
            span = (drawn[0]["year"] - 0.5, drawn[-1]["year"] + 0.5)
            axis = year_axis("year", *span, width, ends=room.narrow)
        parts = (_figures(drawn, axis, answer, width, room), _counts(drawn, axis, width))
        return alt.vconcat(*parts, spacing=8)

    return Sketch(
        body=body,
        width=width + (_EDGE if room.narrow else _MARGIN),
        height=_HEIGHT + _BELOW + _AXIS,
        subtitle=_subtitle(rows, answer, years=years, few=few),
        shown=shown(rows, "year" if years else "session"),
    )


def _width(periods: int, room: Room, few: bool) -> int:
    """The pixels between the axes."""
    if room.narrow:
        return room.width - _EDGE
    return min(max((_ROOMY if few else _TIGHT) * periods, _NARROWEST), _WIDEST)


def _with_figures(answer: Answer) -> Rows:
    """The rows from the first to the last one with a figure."""
    rows = answer.table.to_dicts()
    if [row["period"] for row in rows] == ["all"]:
        raise UsageError(
            f"One figure is no chart: add --by year or --by session to votewire {answer.question}."
        )
    for _ in range(2):
        rows = list(dropwhile(lambda row: not known(row["value"]), rows))[::-1]
    if not rows:
        raise UsageError(f"{answer.title}: no period has a figure, so there is nothing to draw.")
    return rows


def without_gaps(rows: Rows) -> Rows:
    """The rows with an empty one for each year between that has none, so that the line stops."""
    found = {int(row["period"]): row for row in rows}
    empty = {"n": 0, "value": None, "low": None, "high": None}
    return [
        found.get(year, {"period": str(year), **empty})
        for year in range(min(found), max(found) + 1)
    ]


def _drawn(row: Mapping[str, Any], days: Mapping[str, str], few: bool) -> dict[str, Any]:
    regular = row["period"].isdecimal()
    labels = {"label": figure(row["value"]) if few else "", "n_label": str(row["n"] or "")}
    labels |= {} if few else {"n_label": ""}
    number = {"year": int(row["period"])} if regular else {}
    return {**row, **labels, **number, "regular": regular, "part": days.get(row["period"])}


def _sessions(rows: Rows, few: bool, room: Room) -> alt.X:
    special = not all(row["regular"] for row in rows)
    named = rows
    if not few:
        every = 20 if room.narrow else 5
        named = [row for row in rows if row["regular"] and int(row["period"]) % every == 0]
    return alt.X(
        "period:N",
        sort=[row["period"] for row in rows],
        scale=alt.Scale(type="point", padding=0.5),
        axis=alt.Axis(values=[row["period"] for row in named], labelAngle=0, grid=False),
        title="session (S special, ES emergency special)" if special else "session",
    )


def _figures(rows: Rows, axis: alt.X, answer: Answer, width: int, room: Room) -> Body:
    lowest = min(row["low"] if known(row["low"]) else row["value"] or 0.0 for row in rows)
    scale = alt.Scale(domain=[-1 if lowest < 0 else 0, 1])
    base = alt.Chart(data(rows)).encode(x=axis)
    line = base.transform_filter("datum.regular && !datum.part")
    y = alt.Y("value:Q", scale=scale, title=measure(answer))
    low, high = alt.Y("low:Q", scale=scale), alt.Y2("high:Q")
    shape = alt.Shape(
        "regular:N",
        scale=alt.Scale(domain=[True, False], range=["circle", "diamond"]),
        legend=None,
    )
    dots = base.transform_filter("!datum.part")
    dot: dict[str, Any] = {"opacity": 1, "size": 16 if room.narrow else 40}
    layers = [
        line.mark_area(color=BAND, stroke=LIGHT, strokeWidth=0.75).encode(y=low, y2=high),
        *_zero(lowest),
        *_house(line, rows, scale),
        base.mark_rule(color=LIGHT, strokeWidth=1.5).encode(y=low, y2=high),
        line.mark_line(color=DARK, strokeWidth=2).encode(y=y),
        *dashed([row for row in rows if row["regular"]], axis, y),
        dots.mark_point(color=DARK, filled=True, **dot).encode(y=y, shape=shape),
        *_parts(base, rows, y, shape, dot),
        base.mark_text().encode(y=alt.value(-9), text="label:N"),
    ]
    return alt.layer(*layers, width=width, height=_HEIGHT)


def dashed(rows: Rows, axis: alt.X, y: alt.Y) -> Iterator[Body]:
    """A dashed line from each period that is not whole to the whole one beside it."""
    for before, after in pairwise(rows):
        if bool(before["part"]) != bool(after["part"]):
            pair = [row for row in (before, after) if known(row["value"])]
            base = alt.Chart(data(pair)).encode(x=axis, y=y)
            yield base.mark_line(color=DARK, strokeWidth=1.5, strokeDash=[3, 3])


def _parts(
    base: Body, rows: Rows, y: alt.Y, shape: alt.Shape, dot: Mapping[str, Any]
) -> Iterator[Body]:
    """Hollow points for periods that are not whole, each with its days."""
    if not any(row["part"] for row in rows):
        return
    points = base.transform_filter("datum.part")
    hollow_points = points.mark_point(fill="#ffffff", stroke=DARK, strokeWidth=1.5, **dot)
    yield hollow_points.encode(y=y, shape=shape)
    # Above the plot, where no line is; higher where a figure stands there.
    high = -21 if any(row["label"] for row in rows) else -9
    align: Any = "right" if rows[-1]["part"] and not rows[0]["part"] else "left"
    yield points.mark_text(align=align).encode(y=alt.value(high), text="part:N")


def _zero(lowest: float) -> list[Body]:
    """A line at zero where figures may be on both sides of it."""
    if lowest >= 0:
        return []
    return [alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(y="zero:Q")]


def _house(line: Body, rows: Rows, scale: alt.Scale) -> list[Body]:
    """The whole chamber's figure, dashed and without points."""
    if "house" not in rows[0]:
        return []
    dashes = line.mark_line(color=INK, strokeWidth=1.5, strokeDash=[5, 4])
    return [dashes.encode(y=alt.Y("house:Q", scale=scale))]


def _counts(rows: Rows, axis: alt.X, width: int) -> Body:
    bars = count_bars(rows, axis, (width, _BELOW), max(2.0, min(18.0, 0.7 * width / len(rows))))
    base = alt.Chart(data(rows)).encode(x=axis.copy().axis(None), y="n:Q")
    return alt.layer(bars, base.mark_text(dy=-6).encode(text="n_label:N"))


def _subtitle(rows: Rows, answer: Answer, *, years: bool, few: bool) -> str:
    between: Sequence[str] = answer.facts.get("between", ())
    sides = [_named(side) for side in between]
    special = not years and not all(row["period"].isdecimal() for row in rows)
    parts = [
        "Points: the figure of each period" + (", written on top." if few else "."),
        "Bars and band: its 90 % interval." if any(row["low"] is not None for row in rows) else "",
        hollow(answer),
        f"Above 0: nearer to {sides[0]}; below: to {sides[1]}." if sides else "",
        "Dashed: the whole chamber." if "house" in rows[0] else "",
        "Diamonds: special sessions." if special else "",
        "Below: n, the rollcalls counted.",
    ]
    return " ".join(filter(None, parts))


def _named(side: str) -> str:
    """The name of a state or a group."""
    return states.name_of(side) if side in states.codes() else states.group(side).name


def shown(rows: Rows, period: str) -> str:
    """The highest and lowest of whole periods in a sentence, and the figure of each that is not."""
    drawn = [row for row in rows if known(row["value"])]
    whole = [row for row in drawn if not row.get("part")] or drawn
    top, least = (choose(whole, key=lambda row: row["value"]) for choose in (max, min))
    span = f"{drawn[0]['period']} to {drawn[-1]['period']}"
    rest = "".join(f"; {_told(row)}, not whole" for row in drawn if row not in whole)
    return (
        f"Line over {counted(len(drawn), period)}, {span}: highest {_told(top)}, lowest "
        f"{_told(least)}{rest}."
    )


def _told(row: Mapping[str, Any]) -> str:
    return f"{figure(row['value'])} in {row['period']} (n {row['n']})"
