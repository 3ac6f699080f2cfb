"""Positions side by side: a state's path among others' paths, groups on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from votewire import states
from votewire.errors import UsageError
from votewire.plots.periods import year_axis
from votewire.plots.positions import path, with_breaks
from votewire.plots.style import BAND, DARK, INK, LIGHT, MUTED, Body, Sketch, data
from votewire.plots.wording import counted
from votewire.record import Answer

__all__ = ["groups", "over_time", "pushed_apart"]

Rows = list[dict[str, Any]]

_WIDTH, _HEIGHT, _AXIS, _LABELS = 420, 320, 60, 118
_GAP = 14  # pixels from one label to the next
_OWN = ((DARK, BAND, "circle"), ("#a34700", "#f6dcc6", "square"))
_DASHES: tuple[list[int], ...] = ([], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3])
_RECENT = 2  # years before the last in which a path that ends is labelled at the right

_NAMES, _STRIP, _ROW = 150, 400, 20
_DOT, _LEVEL = 5, 14  # pixels of a dot, and of a line of labels
_LETTER = 5.8
_ENDS = 2  # states named at each end


def over_time(answer: Answer) -> Sketch:
    """The positions of one state or two with their bands, the others' as thin labelled lines.

    Raises UsageError for more than two states, or more others than there are kinds of line.
    """
    asked, others = (list(answer.facts[part]) for part in ("states", "others"))
    if len(asked) > len(_OWN) or len(others) > len(_DASHES):
        raise UsageError(f"a chart has room for {len(_OWN)} states beside {len(_DASHES)} others.")
    paths = {code: [r for r in answer.table.to_dicts() if r["state"] == code] for code in asked}
    thin = {code: [r for r in answer.table.to_dicts() if r["state"] == code] for code in others}
    every = [row for rows in (*paths.values(), *thin.values()) for row in rows]
    first, last = (pick(row["year"] for row in every) for pick in (min, max))
    ends = [row[end] for rows in paths.values() for row in rows for end in ("q05", "q95")]
    ends += [row["mean"] for row in every]
    y = alt.Scale(domain=[min(*ends, 0.0), max(*ends, 0.0)], nice=True)
    x = year_axis("year", first - 0.5, last + 0.5, _WIDTH, title="")
    layers = [alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(y="zero:Q")]
    layers += [_thin(rows, dash, x, y) for rows, dash in zip(thin.values(), _DASHES, strict=False)]
    for rows, look in zip(paths.values(), _OWN, strict=False):
        layers += _thick(rows, look, x, y)
    layers += _named({**paths, **thin}, asked, last, (max(*ends, 0.0) - min(*ends, 0.0)), y)
    return Sketch(
        body=alt.layer(*layers, width=_WIDTH, height=_HEIGHT),
        width=_AXIS + _WIDTH + _LABELS,
        subtitle="Points and band: the position in each session, by the year of its opening, with "
        f"its 90 % interval.{' Thin lines: the others.' if others else ''} 0 is the mean and 1 the "
        "standard deviation of all positions; up is the side of the United States.",
        shown=" ".join(path(states.name_of(code), rows) for code, rows in paths.items()),
    )


def groups(answer: Answer) -> Sketch:
    """All states of a session on one line, the ends and the permanent members named; groups below.

    A group has a tick for each member and a point for its middle one.
    """
    every, *rows = answer.table.to_dicts()
    low, high = every["positions"][0], every["positions"][-1]
    edge = (high - low) * 0.04
    x = alt.Scale(domain=[low - edge, high + edge], nice=False)
    permanent = {code for row in rows if row["group"] == "P5" for code in row["states"]}
    parts = [_all_states(every, permanent, x), *([_strips(rows, x)] if rows else [])]
    ends = f"{states.name_of(every['highest'])} to {states.name_of(every['lowest'])}"
    return Sketch(
        body=alt.vconcat(*parts, spacing=10).resolve_scale(x="shared"),
        width=_NAMES + _STRIP,
        subtitle="Above: a dot for each state; dark and named: the permanent members of the "
        "Council. Below: a tick for each member of a group, a point for its middle member. Right "
        "is the side of the United States; 0 is the mean and 1 the standard deviation of all "
        "positions. Intervals are in the table.",
        shown=f"{counted(every['members'], 'state')}, from {ends}; {counted(len(rows), 'group')}.",
    )


def pushed_apart(places: Sequence[float], gap: float) -> list[float]:
    """The places, in their order, moved so that neighbours are at least a gap apart.

    Those that are too close are spread about their common middle.
    """
    order = sorted(range(len(places)), key=lambda at: places[at])
    blocks: list[tuple[float, list[int]]] = []  # the middle of each block, and who is in it
    for at in order:
        blocks.append((places[at], [at]))
        while len(blocks) > 1:
            (below, few), (above, more) = blocks[-2:]
            room = gap * (len(few) + len(more)) / 2
            if above - below >= room:
                break
            both = few + more
            blocks[-2:] = [((below * len(few) + above * len(more)) / len(both), both)]
    found = list(places)
    for middle, block in blocks:
        for step, at in enumerate(block):
            found[at] = middle + gap * (step - (len(block) - 1) / 2)
    return found


def _thin(rows: Rows, dash: Sequence[int], x: alt.X, scale: alt.Scale) -> Body:
    base = alt.Chart(data(_drawn(rows))).encode(x=x, y=alt.Y("mean:Q", scale=scale))
    return base.mark_line(color=MUTED, strokeWidth=1.25, strokeDash=list(dash))


def _thick(rows: Rows, look: tuple[str, str, str], x: alt.X, scale: alt.Scale) -> list[Body]:
    dark, band, shape = look
    base = alt.Chart(data(_drawn(rows))).encode(x=x)
    y = alt.Y("mean:Q", scale=scale, title="position", axis=alt.Axis(tickCount=6))
    low, high = alt.Y("q05:Q", scale=scale), alt.Y2("q95:Q")
    point = base.mark_point(color=dark, shape=shape, filled=True, opacity=1, size=16)
    return [
        base.mark_area(color=band, opacity=0.7, stroke=dark, strokeWidth=0.4).encode(
            y=low, y2=high
        ),
        base.mark_line(color=dark, strokeWidth=2.25).encode(y=y),
        point.encode(y=y),
    ]


def _drawn(rows: Rows) -> Rows:
    kept = ("year", "mean", "q05", "q95")
    return with_breaks([{field: row[field] for field in kept} for row in rows])


def _named(
    paths: dict[str, Rows], asked: Sequence[str], last: int, span: float, scale: alt.Scale
) -> list[Body]:
    """The name of each path: at the right, apart from each other, or above where it ends before."""
    ends = [
        {
            "name": states.name_of(code),
            "year": rows[-1]["year"],
            "mean": rows[-1]["mean"],
            "own": code in asked,
        }
        for code, rows in paths.items()
    ]
    right = [row for row in ends if row["year"] >= last - _RECENT]
    above = [row for row in ends if row["year"] < last - _RECENT]
    places = pushed_apart([row["mean"] for row in right], span * 1.1 * _GAP / _HEIGHT)
    labelled = [row | {"place": place} for row, place in zip(right, places, strict=True)]
    layers: list[Body] = []
    for own in (True, False):
        weight: Any = "bold" if own else "normal"
        mine = [row for row in labelled if row["own"] is own]
        if mine:
            y = alt.Y("place:Q", scale=scale)
            text = alt.Chart(data(mine)).mark_text(align="left", fontWeight=weight, color=INK)
            layers.append(text.encode(x=alt.value(_WIDTH + 16), y=y, text="name:N"))
    if labelled:
        lead = alt.Chart(data(labelled)).mark_rule(color=MUTED, strokeWidth=0.75)
        ys = {"y": alt.Y("mean:Q", scale=scale), "y2": "place:Q"}
        layers.append(lead.encode(x=alt.value(_WIDTH + 1), x2=alt.value(_WIDTH + 13), **ys))
    if above:
        text = alt.Chart(data(above)).mark_text(dy=-9, fontWeight="bold", color=INK)
        layers.append(text.encode(x="year:Q", y=alt.Y("mean:Q", scale=scale), text="name:N"))
    return layers


def _all_states(row: dict[str, Any], permanent: set[str], x: alt.Scale) -> Body:
    """A dot for each state, equal ones on top of each other, names above their dots."""
    low, high = x["domain"]
    pixels = _STRIP / (high - low)
    found = zip(row["states"], row["positions"], strict=True)
    dots = [dot | {"dark": dot["state"] in permanent} for dot in _stacked(found, low, pixels)]
    tallest = max(dot["height"] for dot in dots)
    named = {dot["state"] for dot in (*dots[:_ENDS], *dots[-_ENDS:])} | permanent
    labels = _levels([dot for dot in dots if dot["state"] in named], tallest)
    top = max(label["level"] for label in labels) + _LEVEL
    y = alt.Scale(domain=[0, top], nice=False)
    base = alt.Chart(data(dots)).encode(
        x=alt.X("place:Q", scale=x, axis=None), y=alt.Y("height:Q", scale=y, axis=None)
    )
    dark, light = base.transform_filter("datum.dark"), base.transform_filter("!datum.dark")
    names = alt.Chart(data(labels)).encode(x=alt.X("place:Q", scale=x, axis=None))
    layers = [
        names.mark_rule(color=MUTED, strokeWidth=0.5).encode(
            y=alt.Y("height:Q", scale=y, axis=None), y2="level:Q"
        ),
        light.mark_circle(color=LIGHT, opacity=1, size=_DOT**2),
        dark.mark_square(color=DARK, opacity=1, size=(_DOT + 2) ** 2),
        names.mark_text(dy=-6, color=INK).encode(
            y=alt.Y("level:Q", scale=y, axis=None), text="name:N"
        ),
    ]
    return alt.layer(*layers, width=_STRIP, height=top)


def _stacked(found: Iterable[tuple[str, float]], low: float, pixels: float) -> list[dict[str, Any]]:
    """A dot for each state at its position; those in the same few pixels above each other."""
    heights: dict[int, int] = {}
    dots = []
    for code, position in found:
        cell = int((position - low) * pixels / _DOT)
        heights[cell] = heights.get(cell, 0) + 1
        dots.append(
            {
                "state": code,
                "name": states.name_of(code),
                "place": low + (cell + 0.5) * _DOT / pixels,
                "at": (cell + 0.5) * _DOT,
                "height": (heights[cell] - 0.5) * _DOT,
            }
        )
    return dots


def _levels(dots: Rows, tallest: float) -> Rows:
    """The dots to be named, each with a line of labels on which its name has room."""
    ends: list[float] = []  # where the last name of each line ends
    labels = []
    for dot in dots:
        half = len(dot["name"]) * _LETTER / 2
        line = next((at for at, end in enumerate(ends) if end + 6 <= dot["at"] - half), len(ends))
        ends[line : line + 1] = [dot["at"] + half]
        labels.append(dot | {"level": tallest + 8 + line * _LEVEL})
    return labels


def _strips(rows: Rows, x: alt.Scale) -> Body:
    ticks = [{"group": _label(row), "place": place} for row in rows for place in row["positions"]]
    middles = [{"group": _label(row), "place": row["middle_position"]} for row in rows]
    spans = [
        {"group": _label(row), "low": row["positions"][0], "high": row["positions"][-1]}
        for row in rows
    ]
    names = alt.Y(
        "group:N",
        sort=[_label(row) for row in rows],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelOverlap=False, minExtent=_NAMES - 10),
    )
    place = alt.X("place:Q", scale=x, title="position")
    layers = [
        alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(x=alt.X("zero:Q", scale=x)),
        alt.Chart(data(spans))
        .mark_rule(color=LIGHT, strokeWidth=1)
        .encode(y=names, x=alt.X("low:Q", scale=x), x2="high:Q"),
        alt.Chart(data(ticks))
        .mark_tick(color=LIGHT, thickness=1.5, height=12, opacity=1)
        .encode(y=names, x=place),
        alt.Chart(data(middles))
        .mark_point(color=DARK, filled=True, opacity=1, size=60, shape="diamond")
        .encode(y=names, x=place),
    ]
    return alt.layer(*layers, width=_STRIP, height=alt.Step(_ROW))


def _label(row: dict[str, Any]) -> str:
    """What a group is called where there is little room: EU, African Group."""
    name = row["name"] if "_" in row["group"] else row["group"]
    return f"{name} ({row['members']})"
