"""How surprising casts were: those of one rollcall, or the largest, and a forecast."""

from __future__ import annotations

from typing import Any

import altair as alt

from votewire.plots.room import WIDE, Room
from votewire.plots.rows import above, at_right, few_ticks, in_order, plot_width, step_of
from votewire.plots.style import DARK, INK, LIGHT, Body, Sketch, data, fills, shapes
from votewire.plots.wording import counted, word_of_choice
from votewire.positions.surprise import beside
from votewire.record import Answer

__all__ = ["most", "on_rollcall", "tally"]

Rows = list[dict[str, Any]]

_MOST = 40  # rows that have room; the rest are the least surprising
_STEP = 18
_NAMES, _PLOT, _FIGURES, _AXIS = 250, 360, 170, 32
_CHOICES = ("yes", "abstain", "no")
_WITH = {
    1: "surprise on the general line of division (one dimension)",
    3: "surprise with three dimensions",
}
_SIDES = {"yes": "Yes", "abstain": "Abstaining", "no": "No"}


def on_rollcall(answer: Answer) -> Sketch:
    """Each state's cast in bits with its interval, the most surprising first; 40 at most."""
    return _bits(answer, "name", [row["name"] for row in answer.table.to_dicts()])


def most(answer: Answer, room: Room = WIDE) -> Sketch:
    """The most surprising casts in order; each is named by state, symbol and year."""
    names: list[str] = []
    for row in answer.table.to_dicts():
        name = f"{row['state']}, {row['symbol']} ({row['date'].year})"
        # Votes under one symbol, such as those on paragraphs, are told apart by their order here.
        again = sum(other.split(" #")[0] == name for other in names)
        names.append(f"{name} #{again + 1}" if again else name)
    return _bits(answer, "cast", names, room)


def tally(answer: Answer) -> Sketch:
    """The tally to expect, a bar for each choice with its interval."""
    facts = answer.facts
    rows = [
        {
            "side": _SIDES[side],
            "low": facts[f"{side}_low"],
            "median": facts[f"{side}_median"],
            "high": facts[f"{side}_high"],
            "label": f"{facts[f'{side}_median']} ({facts[f'{side}_low']} to "
            f"{facts[f'{side}_high']})",
        }
        for side in _CHOICES
    ]
    base = alt.Chart(data(rows)).encode(
        y=alt.Y("side:N", sort=[row["side"] for row in rows], title=None)
    )
    x = alt.X("median:Q", title="states", scale=alt.Scale(zero=True))
    layers = [
        base.mark_bar(color=LIGHT, height=16).encode(x=x),
        base.mark_rule(color=INK, strokeWidth=2).encode(x="low:Q", x2="high:Q"),
        base.mark_text(align="left").encode(x=alt.value(_PLOT + 10), text="label:N"),
    ]
    return Sketch(
        body=lambda: alt.layer(*layers, width=_PLOT, height=alt.Step(34)),
        width=_NAMES + _PLOT,
        subtitle="Bar: the middle of the simulated tallies. Line: their 90 % interval.",
        shown="; ".join(f"{row['side']} {row['label']}" for row in rows) + ".",
    )


def _bits(answer: Answer, what: str, names: list[str], room: Room = WIDE) -> Sketch:
    dims = int(answer.facts["dims"])
    other = beside(dims)
    every = [
        {key: row[key] for key in ("choice", "bits", "low", "high")}
        | {what: name, "beside": row[f"bits{other}"], "label": _label(row, other, room)}
        for row, name in zip(answer.table.to_dicts(), names, strict=True)
    ]
    rows, left = every[:_MOST], every[_MOST:]
    rest = f"; {counted(len(left), 'cast')} with less not drawn" if left else ""
    return Sketch(
        body=lambda: _points(rows, what, room),
        width=room.width if room.narrow else _NAMES + _PLOT + _FIGURES,
        height=len(rows) * step_of(_STEP, room) + _AXIS,
        subtitle=f"Filled: {_WITH[dims]}, with its 90 % interval. Hollow, and in "
        f"brackets: {_WITH[other]}. The shape is the choice. 1 bit is a coin, 10 bits one in a "
        f"thousand{rest}.",
        shown=f"{counted(len(rows), 'cast')}, from {rows[0][what]} {rows[0]['label']} to "
        f"{rows[-1][what]} {rows[-1]['label']}{rest}.",
    )


def _points(rows: Rows, what: str, room: Room) -> Body:
    """A filled point with its interval, a hollow one and the figures in each row."""
    made = [choice for choice in _CHOICES if any(row["choice"] == choice for row in rows)]
    base = alt.Chart(data(rows)).encode(y=in_order(what, rows, room, grid=True))
    shape = alt.Shape("choice:N", scale=alt.Scale(domain=made, range=shapes(made)), legend=None)
    fill = alt.Fill("choice:N", scale=alt.Scale(domain=made, range=fills(made)), legend=None)
    x = alt.X("bits:Q", title="surprise in bits", scale=alt.Scale(zero=True), axis=few_ticks(room))
    points = base.mark_point(filled=True, opacity=1, size=70, stroke=INK, strokeWidth=1).encode(
        x=x, shape=shape, fill=fill
    )
    hollow = base.mark_point(filled=False, opacity=1, size=60, stroke=INK, strokeWidth=1.2).encode(
        x="beside:Q", shape=shape
    )
    bar = base.mark_rule(color=DARK, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    layers = [bar, points, hollow, *above(base, what, room), at_right(base)]
    step = alt.Step(step_of(_STEP, room))
    return alt.layer(*layers, width=plot_width(rows, _PLOT, room), height=step)


def _label(row: dict[str, Any], other: int, room: Room) -> str:
    unit = "" if room.narrow else " bits"
    choice = word_of_choice(row["choice"])
    return f"{row['bits']:.1f}{unit} ({row[f'bits{other}']:.1f}), {choice}"
