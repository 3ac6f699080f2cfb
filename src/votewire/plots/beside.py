"""Positions side by side: a state's path among others' paths, groups on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from votewire import states
from votewire.errors import UsageError
from votewire.plots.parts import hollow
from votewire.plots.periods import year_axis
from votewire.plots.positions import path, with_breaks
from votewire.plots.room import WIDE, Room
from votewire.plots.rows import above, in_order, step_of
from votewire.plots.style import BAND, DARK, INK, LIGHT, MUTED, Body, Sketch, data
from votewire.plots.wording import counted
from votewire.record import Answer

__all__ = ["groups", "over_time", "pushed_apart"]

Rows = list[dict[str, Any]]

_WIDTH, _HEIGHT, _AXIS, _LABELS = 420, 320, 60, 118
_EDGE, _CODES = 26, 44  # pixels at the left and right of the plot on a phone
_OVER = 20  # by which the names of the last states reach over the strip
_YEARS, _BETWEEN, _AXIS_BELOW = 14, 10, 36  # below the paths; between dots and groups; below these
_GAP = 14  # pixels from one label to the next
_OWN = ((DARK, BAND, "circle"), ("#a34700", "#f6dcc6", "square"))
_DASHES: tuple[list[int], ...] = ([], [7, 3], [2, 2], [9, 3, 2, 3], [4, 4], [1, 3])
_RECENT = 2  # years before the last in which a path that ends is labelled at the right

_NAMES, _STRIP, _ROW = 150, 400, 20
_DOT, _LEVEL = 5, 14  # pixels of a dot, and of a line of labels
_LETTER = 5.8
_ENDS = 2  # states named at each end


def over_time(answer: Answer, room: Room = WIDE) -> Sketch:
    """The positions of one state or two with their bands, the others' as thin labelled lines.

    The position in a session that is not whole is a hollow point. On a phone the lines are labelled
    by codes, which a note explains. Raises UsageError for more than two states, or more others than
    there are kinds of line.
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
    reach = (min(*ends, 0.0), max(*ends, 0.0))
    width = room.width - _EDGE - _CODES if room.narrow else _WIDTH

    def body() -> Body:
        y = alt.Scale(domain=list(reach), nice=True)
        x = year_axis("year", first - 0.5, last + 0.5, width, title="", ends=room.narrow)
        layers = [alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(y="zero:Q")]
        for rows, dash in zip(thin.values(), _DASHES, strict=False):
            layers.append(_thin(rows, dash, x, y))
        for rows, look in zip(paths.values(), _OWN, strict=False):
            layers += _thick(rows, look, x, y, room)
        layers += _named(_ends({**paths, **thin}, asked, room), last, reach[1] - reach[0], y)
        return alt.layer(*layers, width=width, height=_HEIGHT)

    codes = ", ".join(f"{code} {states.name_of(code)}" for code in (*asked, *others))
    return Sketch(
        body=body,
        width=room.width if room.narrow else _AXIS + _WIDTH + _LABELS,
        height=_HEIGHT + _YEARS,
        subtitle="Points and band: the position in each session, by the year of its opening, with "
        f"its 90 % interval.{' Thin lines: the others.' if others else ''} 0 is the mean and 1 the "
        "standard deviation of all positions; up is the side of the United States. "
        f"{hollow(answer)}".strip(),
        shown=" ".join(path(states.name_of(code), rows) for code, rows in paths.items()),
        notes=(f"{codes}.",) if room.narrow else (),
    )


def groups(answer: Answer, room: Room = WIDE) -> Sketch:
    """All states of a session on one line, the ends and the permanent members named; groups below.

    A group has a tick for each member and a point for its middle one.
    """
    every, *rows = answer.table.to_dicts()
    low, high = every["positions"][0], every["positions"][-1]
    edge = (high - low) * 0.04
    x = (low - edge, high + edge)
    permanent = {code for row in rows if row["group"] == "P5" for code in row["states"]}
    strip = room.width - _OVER if room.narrow else _STRIP
    dots = _stacked(zip(every["states"], every["positions"], strict=True), x, strip)
    labels = _levels(_labelled(dots, permanent), max(dot["height"] for dot in dots))
    top = max(label["level"] for label in labels) + _LEVEL

    def body() -> Body:
        parts = [_all_states(dots, labels, permanent, x, (strip, top))]
        parts += [_strips(rows, x, strip, room)] if rows else []
        return alt.vconcat(*parts, spacing=10).resolve_scale(x="shared")

    ends = f"{states.name_of(every['highest'])} to {states.name_of(every['lowest'])}"
    return Sketch(
        body=body,
        width=room.width if room.narrow else _NAMES + _STRIP,
        height=round(top) + _BETWEEN + len(rows) * step_of(_ROW, room) + _AXIS_BELOW,
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


def _thick(
    rows: Rows, look: tuple[str, str, str], x: alt.X, scale: alt.Scale, room: Room
) -> list[Body]:
    dark, band, shape = look
    base = alt.Chart(data(_drawn(rows))).encode(x=x)
    title = None if room.narrow else "position"
    y = alt.Y("mean:Q", scale=scale, title=title, axis=alt.Axis(tickCount=6))
    low, high = alt.Y("q05:Q", scale=scale), alt.Y2("q95:Q")
    dot: dict[str, Any] = {"shape": shape, "opacity": 1, "size": 8 if room.narrow else 16}
    whole, part = (base.transform_filter(which) for which in ("!datum.part", "datum.part"))
    return [
        base.mark_area(color=band, opacity=0.7, stroke=dark, strokeWidth=0.4).encode(
            y=low, y2=high
        ),
        base.mark_line(color=dark, strokeWidth=2.25).encode(y=y),
        whole.mark_point(color=dark, filled=True, **dot).encode(y=y),
        part.mark_point(fill="#ffffff", stroke=dark, strokeWidth=1.5, **dot).encode(y=y),
    ]


def _drawn(rows: Rows) -> Rows:
    kept = ("year", "mean", "q05", "q95", "part")
    return with_breaks([{field: row.get(field) for field in kept} for row in rows])


def _ends(paths: dict[str, Rows], asked: Sequence[str], room: Room) -> Rows:
    """Where each path ends, and what it is called there."""
    return [
        {
            "name": code if room.narrow else states.name_of(code),
            "year": rows[-1]["year"],
            "mean": rows[-1]["mean"],
            "own": code in asked,
        }
        for code, rows in paths.items()
    ]


def _named(ends: Rows, last: int, span: float, scale: alt.Scale) -> list[Body]:
    """The name of each path: at the right, apart from each other, or above where it ends before."""
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
            text = alt.Chart(data(mine)).mark_text(
                align="left", dx=16, fontWeight=weight, color=INK
            )
            layers.append(text.encode(x=alt.value("width"), y=y, text="name:N"))
    if labelled:
        lead = alt.Chart(data(labelled)).mark_rule(
            color=MUTED, strokeWidth=0.75, xOffset=1, x2Offset=13
        )
        ys = {"y": alt.Y("mean:Q", scale=scale), "y2": "place:Q"}
        layers.append(lead.encode(x=alt.value("width"), x2=alt.value("width"), **ys))
    if above:
        text = alt.Chart(data(above)).mark_text(dy=-9, fontWeight="bold", color=INK)
        layers.append(text.encode(x="year:Q", y=alt.Y("mean:Q", scale=scale), text="name:N"))
    return layers


def _labelled(dots: Rows, permanent: set[str]) -> Rows:
    """The dots that are named: those at the ends and the permanent members."""
    named = {dot["state"] for dot in (*dots[:_ENDS], *dots[-_ENDS:])} | permanent
    return [dot for dot in dots if dot["state"] in named]


def _all_states(
    dots: Rows, labels: Rows, permanent: set[str], x: tuple[float, float], size: tuple[int, float]
) -> Body:
    """A dot for each state, equal ones on top of each other, names above their dots."""
    width, top = size
    y = alt.Scale(domain=[0, top], nice=False)
    place = alt.X("place:Q", scale=alt.Scale(domain=list(x), nice=False), axis=None)
    marked = [dot | {"dark": dot["state"] in permanent} for dot in dots]
    base = alt.Chart(data(marked)).encode(x=place, y=alt.Y("height:Q", scale=y, axis=None))
    dark, light = base.transform_filter("datum.dark"), base.transform_filter("!datum.dark")
    names = alt.Chart(data(labels)).encode(x=place)
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
    return alt.layer(*layers, width=width, height=top)


def _stacked(found: Iterable[tuple[str, float]], x: tuple[float, float], width: int) -> Rows:
    """A dot for each state at its position; those in the same few pixels above each other."""
    low, pixels = x[0], width / (x[1] - x[0])
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


def _strips(rows: Rows, reach: tuple[float, float], width: int, room: Room) -> Body:
    x = alt.Scale(domain=list(reach), nice=False)
    ticks = [{"group": _label(row), "place": place} for row in rows for place in row["positions"]]
    middles = [{"group": _label(row), "place": row["middle_position"]} for row in rows]
    spans = [
        {"group": _label(row), "low": row["positions"][0], "high": row["positions"][-1]}
        for row in rows
    ]
    labels = [{"group": _label(row)} for row in rows]
    names = in_order("group", labels, room, minExtent=_NAMES - 10)
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
        *above(alt.Chart(data(labels)).encode(y=names), "group", room),
    ]
    return alt.layer(*layers, width=width, height=alt.Step(step_of(_ROW, room)))


def _label(row: dict[str, Any]) -> str:
    """What a group is called where there is little room: EU, African Group."""
    name = row["name"] if "_" in row["group"] else row["group"]
    return f"{name} ({row['members']})"
