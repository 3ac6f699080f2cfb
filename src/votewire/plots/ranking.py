"""States one below the other, each with its figure: who votes alike, who breaks ranks."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

import altair as alt

from votewire.plots.room import WIDE, Room
from votewire.plots.rows import above, at_right, few_ticks, in_order, plot_width, step_of
from votewire.plots.style import DARK, INK, LIGHT, Body, Sketch, data, fills, shapes
from votewire.plots.wording import counted, figure, known, listed, measure, word_of_choice
from votewire.record import Answer

__all__ = ["breakers", "breaks", "friends"]

Rows = list[dict[str, Any]]

_STEP, _CLOSE = 20, 15  # pixels for each state; where there are many
_MANY = 45
_NAMES, _PLOT, _FIGURES = 230, 360, 110
_LETTER = 6.3  # mean width of a letter at the left
_AXIS = 32  # below the rows
_CHOICES = ("yes", "abstain", "no", "non_voting", "not_recorded")


def friends(answer: Answer, room: Room = WIDE) -> Sketch:
    """Agreement of one state with others, closest first: a point, its interval, figure and n.

    Where the answer leaves out states between the closest and the furthest, a row says how many.
    """
    rows = [
        row | {"label": f"{figure(row['value'])} (n {row['n']})"} for row in answer.table.to_dicts()
    ]
    ends = [row[end] for row in rows for end in ("value", "low") if known(row[end])]
    least = -1 if min(ends, default=0) < 0 else 0
    shown = _closest(rows)
    rows = _with_gap(rows, answer.facts.get("ranked", len(rows)) - len(rows))
    step = _step(rows, room)
    return Sketch(
        body=lambda: _intervals(rows, "value", measure(answer), [least, 1], step, room),
        width=_width(rows, room),
        height=len(rows) * step + _AXIS,
        subtitle="Point: agreement. Bar: its 90 % interval. n: the rollcalls counted.",
        shown=shown,
    )


def breakers(answer: Answer, room: Room = WIDE) -> Sketch:
    """How often each member of a group breaks ranks: a point, its interval, breaks of votes.

    Where the group is large, those who do most often; a note says how many are not drawn.
    """
    every = answer.table.to_dicts()
    rows = [row | {"label": f"{row['breaks']:,} of {row['votes']:,}"} for row in every[:_MANY]]
    most = max(row["high"] for row in rows)
    domain = [0, min(1.0, ceil(most * 10) / 10)]
    title = f"{'' if room.narrow else 'votes on which it broke ranks, '}share from 0 to 1"
    step = step_of(_CLOSE, room)
    rest = len(every) - len(rows)
    first = rows[0]
    return Sketch(
        body=lambda: _intervals(rows, "rate", title, domain, step, room),
        width=_width(rows, room),
        height=len(rows) * step + _AXIS,
        subtitle="Point: how often the state voted against what most of the group chose. Bar: its "
        "90 % interval. Right: how many of its votes.",
        shown=f"{counted(len(rows), 'state')}, the first {first['name']} with {first['label']}.",
        notes=(f"Drawn: the {len(rows)} that do most often; {rest} more in the table.",)
        if rest
        else (),
    )


def breaks(answer: Answer) -> Sketch:
    """The members of a group on one rollcall: choice, and how often each breaks from the group.

    Those who broke ranks stand first; the shape of the point is the choice, written at the right.
    """
    rows = [_member(row) for row in answer.table.to_dicts()]
    rows.sort(key=lambda row: (row["with_group"] is not False, _CHOICES.index(row["choice"])))
    made = [choice for choice in _CHOICES if any(row["choice"] == choice for row in rows)]
    most = max((row["rate"] for row in rows if row["rate"] is not None), default=0.0)
    base = alt.Chart(data(rows)).encode(y=in_order("name", rows, WIDE, grid=True))
    x = alt.X(
        "rate:Q",
        scale=alt.Scale(domain=[0, max(0.1, ceil(most * 10) / 10)]),
        axis=alt.Axis(tickCount=5),
        title="own past breaks from the group, share of votes, 0 to 1",
    )
    points = base.mark_point(filled=True, opacity=1, size=90, stroke=INK, strokeWidth=1).encode(
        x=x,
        shape=alt.Shape("choice:N", scale=alt.Scale(domain=made, range=shapes(made)), legend=None),
        fill=alt.Fill("choice:N", scale=alt.Scale(domain=made, range=fills(made)), legend=None),
    )
    step = alt.Step(_step(rows, WIDE))
    return Sketch(
        body=lambda: alt.layer(points, at_right(base), width=_PLOT, height=step),
        width=_NAMES + _PLOT + _FIGURES + 60,
        subtitle="Those who broke ranks stand first. Point: the share of its earlier votes in "
        "which the state broke ranks. Right: its choice here; earlier breaks of earlier votes.",
        shown=_broke(rows),
    )


def _with_gap(rows: Rows, missing: int) -> Rows:
    """The rows with an empty one in their middle that counts those not shown."""
    if missing <= 0:
        return rows
    middle = len(rows) // 2
    gap = {**dict.fromkeys(rows[0]), "name": f"… {counted(missing, 'state')} between", "label": ""}
    return [*rows[:middle], gap, *rows[middle:]]


def _intervals(
    rows: Rows, value: str, title: str, domain: list[float], step: int, room: Room
) -> Body:
    """A point with its interval and its figures in each row."""
    base = alt.Chart(data(rows)).encode(y=in_order("name", rows, room, grid=True))
    scale = alt.Scale(domain=domain)
    x = alt.X(f"{value}:Q", scale=scale, title=title, axis=few_ticks(room))
    interval = base.mark_rule(color=LIGHT, strokeWidth=3).encode(
        x=alt.X("low:Q", scale=scale), x2=alt.X2("high:Q")
    )
    points = base.mark_point(color=DARK, filled=True, opacity=1, size=50).encode(x=x)
    layers = [interval, points, *above(base, "name", room), at_right(base)]
    return alt.layer(*layers, width=plot_width(rows, _PLOT, room), height=alt.Step(step))


def _width(rows: Rows, room: Room) -> int:
    """The pixels of names, drawing and figures."""
    if room.narrow:
        return room.width
    names = int(min(_NAMES, _LETTER * max(len(row["name"]) for row in rows) + 10))
    return names + _PLOT + _FIGURES


def _step(rows: Rows, room: Room) -> int:
    return step_of(_CLOSE if len(rows) > _MANY else _STEP, room)


def _closest(rows: Rows) -> str:
    first, last = rows[0], rows[-1]
    return (
        f"{counted(len(rows), 'state')}, from {first['name']} {first['label']} "
        f"to {last['name']} {last['label']}."
    )


def _member(row: Mapping[str, Any]) -> dict[str, Any]:
    broke = ", broke ranks" if row["with_group"] is False else ""
    past = f"{row['breaks']} of {row['votes']}"
    return {**row, "label": f"{word_of_choice(row['choice'])}{broke}; {past}"}


def _broke(rows: Rows) -> str:
    broke = [row["name"] for row in rows if row["with_group"] is False]
    told = f"{listed(broke)} broke ranks" if broke else "none broke ranks"
    return f"{counted(len(rows), 'member')}: {told}."
