"""A figure by year or session, with its interval and the rollcalls it rests on below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import dropwhile
from typing import Any

import altair as alt

from votewire import states
from votewire.errors import UsageError
from votewire.plots.periods import year_axis
from votewire.plots.style import BAND, DARK, INK, LIGHT, MUTED, Body, Sketch, data
from votewire.plots.wording import counted, figure, known, measure
from votewire.record import Answer

__all__ = ["by_period", "each_by_period"]

Rows = list[dict[str, Any]]

_LABELLED = 16  # periods up to which each point carries its figure, and each bar its n
_ROOMY, _TIGHT = 44, 12  # pixels for a period with figures, and without
_NARROWEST, _WIDEST = 520, 720
_MARGIN = 70  # pixels left of the plot: figures and the title of the axis
_HEIGHT, _BELOW = 280, 60
_ROW_WIDTH, _ROW_HEIGHT = 450, 74  # of a panel among several


def by_period(answer: Answer) -> Sketch:
    """Agreement, balance or cohesion as points on a line, one for each period.

    The interval is a band and a bar; where a year has no figure, line and band stop, and special
    sessions stand beside the line. Years without a figure at both ends are not drawn. A column
    `house` is drawn as a second, dashed line. Raises UsageError for an answer that is one figure
    over all periods, and for one without any figure.
    """
    rows = _with_figures(answer)
    years = all(row["period"].isdecimal() and len(row["period"]) == 4 for row in rows)
    drawn = [_labelled(row, len(rows)) for row in (_without_gaps(rows) if years else rows)]
    least = _ROOMY if len(drawn) <= _LABELLED else _TIGHT
    width = min(max(least * len(drawn), _NARROWEST), _WIDEST)
    axis = _sessions(drawn)
    if years:
        axis = year_axis("year", drawn[0]["year"] - 0.5, drawn[-1]["year"] + 0.5, width)
    body = alt.vconcat(_figures(drawn, axis, answer, width), _counts(drawn, axis, width), spacing=8)
    return Sketch(
        body=body,
        width=width + _MARGIN,
        subtitle=_subtitle(rows, answer.facts.get("between", ()), years=years),
        shown=_shown(rows, "year" if years else "session"),
    )


def each_by_period(answer: Answer) -> Sketch:
    """A state's agreement with several others by year: a panel for each, all on the same axes.

    Raises UsageError for an answer that has no years.
    """
    found: dict[str, Rows] = {}
    for row in answer.table.to_dicts():
        if not (row["period"].isdecimal() and len(row["period"]) == 4):
            raise UsageError(f"{answer.title}: a chart of several states is by year.")
        found.setdefault(row["state"], []).append(row)
    years = [int(row["period"]) for rows in found.values() for row in rows]
    axis = year_axis("year", min(years) - 0.5, max(years) + 0.5, _ROW_WIDTH, title="")
    overall = answer.facts["overall"]
    panels = []
    for code, rows in found.items():
        whole = overall[code]
        title = f"{rows[0]['name']}: {figure(whole['value'])} over all (n {whole['n']:,})"
        panels.append(_row(title, [_labelled(row, len(rows)) for row in _without_gaps(rows)], axis))
    return Sketch(
        body=alt.vconcat(*panels, spacing=10),
        width=_ROW_WIDTH + _MARGIN,
        subtitle="Points: agreement in each year, 0 to 1. Bars and band: its 90 % interval.",
        shown=" ".join(f"{rows[0]['name']}: {_shown(rows, 'year')}" for rows in found.values()),
    )


def _row(title: str, rows: Rows, axis: alt.X) -> Body:
    base = alt.Chart(data(rows)).encode(x=axis)
    scale = alt.Scale(domain=[0, 1])
    halves = alt.Axis(values=[0, 0.5, 1], format=".1f", labelOverlap=False)
    y = alt.Y("value:Q", scale=scale, title=None, axis=halves)
    low, high = alt.Y("low:Q", scale=scale), alt.Y2("high:Q")
    layers = [
        base.mark_area(color=BAND, stroke=LIGHT, strokeWidth=0.75).encode(y=low, y2=high),
        base.mark_rule(color=LIGHT, strokeWidth=1).encode(y=low, y2=high),
        base.mark_line(color=DARK, strokeWidth=2).encode(y=y),
        base.mark_point(color=DARK, filled=True, opacity=1, size=16).encode(y=y),
    ]
    head = alt.TitleParams(text=title, fontSize=13, anchor="start", offset=4)
    return alt.layer(*layers, width=_ROW_WIDTH, height=_ROW_HEIGHT, title=head)


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


def _without_gaps(rows: Rows) -> Rows:
    """The rows with an empty one for each year between that has none, so that the line stops."""
    found = {int(row["period"]): row for row in rows}
    empty = {"n": 0, "value": None, "low": None, "high": None}
    return [
        found.get(year, {"period": str(year), **empty})
        for year in range(min(found), max(found) + 1)
    ]


def _labelled(row: Mapping[str, Any], periods: int) -> dict[str, Any]:
    shown = periods <= _LABELLED
    regular = row["period"].isdecimal()
    labels = {"label": figure(row["value"]) if shown else "", "n_label": str(row["n"] or "")}
    labels |= {} if shown else {"n_label": ""}
    number = {"year": int(row["period"])} if regular else {}
    return {**row, **labels, **number, "regular": regular}


def _sessions(rows: Rows) -> alt.X:
    special = not all(row["regular"] for row in rows)
    named = rows
    if len(rows) > _LABELLED:
        named = [row for row in rows if row["regular"] and int(row["period"]) % 5 == 0]
    return alt.X(
        "period:N",
        sort=[row["period"] for row in rows],
        scale=alt.Scale(type="point", padding=0.5),
        axis=alt.Axis(values=[row["period"] for row in named], labelAngle=0, grid=False),
        title="session (S special, ES emergency special)" if special else "session",
    )


def _figures(rows: Rows, axis: alt.X, answer: Answer, width: int) -> Body:
    lowest = min(row["low"] if known(row["low"]) else row["value"] or 0.0 for row in rows)
    scale = alt.Scale(domain=[-1 if lowest < 0 else 0, 1])
    base = alt.Chart(data(rows)).encode(x=axis)
    line = base.transform_filter("datum.regular")
    y = alt.Y("value:Q", scale=scale, title=measure(answer))
    low, high = alt.Y("low:Q", scale=scale), alt.Y2("high:Q")
    shape = alt.Shape(
        "regular:N",
        scale=alt.Scale(domain=[True, False], range=["circle", "diamond"]),
        legend=None,
    )
    layers = [
        line.mark_area(color=BAND, stroke=LIGHT, strokeWidth=0.75).encode(y=low, y2=high),
        *_zero(lowest),
        *_house(line, rows, scale),
        base.mark_rule(color=LIGHT, strokeWidth=1.5).encode(y=low, y2=high),
        line.mark_line(color=DARK, strokeWidth=2).encode(y=y),
        base.mark_point(color=DARK, filled=True, opacity=1, size=40).encode(y=y, shape=shape),
        base.mark_text().encode(y=alt.value(-9), text="label:N"),
    ]
    return alt.layer(*layers, width=width, height=_HEIGHT)


def _zero(lowest: float) -> list[Body]:
    """A line at zero where figures may be on both sides of it."""
    if lowest >= 0:
        return []
    return [alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(y="zero:Q")]


def _house(line: Body, rows: Rows, scale: alt.Scale) -> list[Body]:
    """The whole chamber's figure, dashed and without points."""
    if "house" not in rows[0]:
        return []
    dashed = line.mark_line(color=INK, strokeWidth=1.5, strokeDash=[5, 4])
    return [dashed.encode(y=alt.Y("house:Q", scale=scale))]


def _counts(rows: Rows, axis: alt.X, width: int) -> Body:
    base = alt.Chart(data(rows)).encode(
        x=axis.copy().axis(None),
        y=alt.Y("n:Q", title="n", axis=alt.Axis(tickCount=2, format="d", grid=False)),
    )
    thick = max(2.0, min(18.0, 0.7 * width / len(rows)))
    bars = base.mark_bar(color=LIGHT, size=thick)
    numbers = base.mark_text(dy=-6).encode(text="n_label:N")
    return alt.layer(bars, numbers, width=width, height=_BELOW)


def _subtitle(rows: Rows, between: Sequence[str], *, years: bool) -> str:
    sides = [_named(side) for side in between]
    special = not years and not all(row["period"].isdecimal() for row in rows)
    parts = [
        "Points: the figure of each period"
        + (", written on top." if len(rows) <= _LABELLED else "."),
        "Bars and band: its 90 % interval." if any(row["low"] is not None for row in rows) else "",
        f"Above 0: nearer to {sides[0]}; below: to {sides[1]}." if sides else "",
        "Dashed: the whole chamber." if "house" in rows[0] else "",
        "Diamonds: special sessions." if special else "",
        "Below: n, the rollcalls counted.",
    ]
    return " ".join(filter(None, parts))


def _named(side: str) -> str:
    """The name of a state or a group."""
    return states.name_of(side) if side in states.codes() else states.group(side).name


def _shown(rows: Rows, period: str) -> str:
    drawn = [row for row in rows if known(row["value"])]
    top, least = (choose(drawn, key=lambda row: row["value"]) for choose in (max, min))
    span = f"{drawn[0]['period']} to {drawn[-1]['period']}"
    return (
        f"Line over {counted(len(drawn), period)}, {span}: highest {_told(top)}, lowest "
        f"{_told(least)}."
    )


def _told(row: Mapping[str, Any]) -> str:
    return f"{figure(row['value'])} in {row['period']} (n {row['n']})"
