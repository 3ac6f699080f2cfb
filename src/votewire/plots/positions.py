"""Positions of states: over the sessions, all states of one session, and the largest moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from votewire import states
from votewire.errors import UsageError
from votewire.plots.parts import hollow
from votewire.plots.room import WIDE, Room
from votewire.plots.rows import above, at_right, few_ticks, in_order, plot_width, step_of
from votewire.plots.style import BAND, DARK, LIGHT, MUTED, Body, Sketch, data
from votewire.plots.wording import counted
from votewire.record import Answer

__all__ = ["in_session", "moves", "over_time", "path", "with_breaks"]

Rows = list[dict[str, Any]]

_MOST = 12  # panels
_MOST_MOVES = 60
_WIDTH, _PANEL, _AXIS = 560, 110, 70
_NAMES, _PLOT, _FIGURES, _STEP = 230, 360, 120, 15
_BELOW = 32  # pixels of the axis below rows
_TICKS = 16  # years that have room below a panel


def over_time(answer: Answer) -> Sketch:
    """Each state's position by session with its 90 % interval, all panels on the same axes.

    With several dimensions each has a panel of its own. The line stops where a state has no
    position. Raises UsageError for more panels than have room.
    """
    rows = answer.table.to_dicts()
    paths = _paths(rows, answer.facts.get("states"))
    if len(paths) > _MOST:
        raise UsageError(
            f"{len(paths)} panels are too many for one chart, {_MOST} have room: name fewer states."
        )
    ends = [row[end] for row in rows for end in ("q05", "q95")]
    years = [row["year"] for row in rows]
    span = (min(years), max(years))
    panels = [
        (title, own, (min(*ends, 0.0), max(*ends, 0.0)), span) for title, own in paths.items()
    ]
    return Sketch(
        body=lambda: alt.vconcat(*(_panel(*each) for each in panels), spacing=12),
        width=_WIDTH + _AXIS,
        subtitle="Line and points: the position in each session, by the year of its opening. Band "
        "and bars: its 90 % interval. 0 is the mean and 1 the standard deviation of all positions "
        f"fitted; up is the side of the United States. {hollow(answer)}".strip(),
        shown=" ".join(path(title, own) for title, own in paths.items()),
    )


def in_session(answer: Answer) -> Sketch:
    """Every state of a session in order: a point, its 90 % interval and its figure.

    Raises UsageError for several dimensions: each has an order of its own.
    """
    if "dimension" in answer.table.columns:
        raise UsageError("a chart of a session has one dimension: take --dims 1, or --csv.")
    rows = [row | {"label": _figure(row["mean"])} for row in answer.table.to_dicts()]
    first, last = rows[0], rows[-1]
    return Sketch(
        body=lambda: _dots(rows, "mean", "position"),
        width=_NAMES + _PLOT + _FIGURES,
        subtitle="Points and figures: positions, the side of the United States at the right. Bars: "
        "90 % intervals. 0 is the mean and 1 the standard deviation of all positions fitted.",
        shown=f"{counted(len(rows), 'state')}, from {first['name']} {first['label']} to "
        f"{last['name']} {last['label']}.",
    )


def moves(answer: Answer, room: Room = WIDE) -> Sketch:
    """The largest shifts, the largest first: a point, its 90 % interval, its figure and rank.

    Raises UsageError for more of them than have room.
    """
    found = answer.table.to_dicts()
    if len(found) > _MOST_MOVES:
        raise UsageError(f"{len(found)} shifts are too many for one chart: --top {_MOST_MOVES}.")
    rows = [
        row
        | {
            "name": f"{row['name']}, {row['year']}{_of_dimension(row)}",
            "label": _signed(row["shift"])
            + ("" if room.narrow else f"  ({row['rank']:,} of {row['of']:,})"),
        }
        for row in found
    ]
    first = rows[0]
    return Sketch(
        body=lambda: _dots(rows, "shift", "shift from the state's last session", room),
        width=room.width if room.narrow else _NAMES + _PLOT + _FIGURES,
        height=len(rows) * step_of(_STEP, room) + _BELOW,
        subtitle="Points and figures: how far the state moved from its last session to the one "
        "that opened in the year named, above 0 towards the United States. Bars: 90 % intervals. "
        + ("" if room.narrow else "In brackets: rank by size among all moves fitted. ")
        + "1 is the standard deviation of all positions.",
        shown=f"{counted(len(rows), 'shift')}; the largest: {first['name']} "
        f"{_signed(first['shift'])}.",
    )


def _dots(rows: Rows, value: str, title: str, room: Room = WIDE) -> Body:
    """A line for each row: name, point with its interval about 0, label at the right."""
    base = alt.Chart(data(rows)).encode(y=in_order("name", rows, room))
    x = alt.X(f"{value}:Q", title=title, scale=alt.Scale(zero=False), axis=few_ticks(room))
    layers = [
        alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(x="zero:Q"),
        base.mark_rule(color=LIGHT, strokeWidth=2).encode(x="q05:Q", x2="q95:Q"),
        base.mark_point(color=DARK, filled=True, opacity=1, size=36).encode(x=x),
        *above(base, "name", room),
        at_right(base),
    ]
    step = alt.Step(step_of(_STEP, room))
    return alt.layer(*layers, width=plot_width(rows, _PLOT, room), height=step)


def _paths(rows: Rows, codes: Sequence[str] | None) -> dict[str, Rows]:
    """The rows of each panel by its title, the states in the order asked for."""
    found: dict[str, Rows] = {}
    for code in codes or sorted({row["state"] for row in rows}):
        for row in rows:
            if row["state"] == code:
                found.setdefault(f"{states.name_of(code)}{_of_dimension(row)}", []).append(row)
    return found


def _of_dimension(row: Mapping[str, Any]) -> str:
    return f", dimension {row['dimension']}" if "dimension" in row else ""


def _panel(title: str, rows: Rows, reach: tuple[float, float], years: tuple[int, int]) -> Body:
    first, last = years
    scale = alt.Scale(domain=list(reach), nice=True)
    step = next(n for n in (1, 2, 5, 10, 20) if (last - first) / n <= _TICKS)
    x = alt.X(
        "year:Q",
        scale=alt.Scale(domain=[first - 0.5, last + 0.5], nice=False, zero=False),
        axis=alt.Axis(
            format="d", grid=False, values=[y for y in range(first, last + 1) if y % step == 0]
        ),
        title=None,
    )
    base = alt.Chart(data(with_breaks(rows))).encode(x=x)
    whole, part = (base.transform_filter(which) for which in ("!datum.part", "datum.part"))
    y = alt.Y("mean:Q", scale=scale, title="position", axis=alt.Axis(tickCount=4))
    low, high = alt.Y("q05:Q", scale=scale), alt.Y2("q95:Q")
    layers = [
        base.mark_area(color=BAND, stroke=LIGHT, strokeWidth=0.75).encode(y=low, y2=high),
        alt.Chart(data([{"zero": 0}])).mark_rule(color=MUTED).encode(y="zero:Q"),
        base.mark_rule(color=LIGHT, strokeWidth=1).encode(y=low, y2=high),
        base.mark_line(color=DARK, strokeWidth=2).encode(y=y),
        whole.mark_point(color=DARK, filled=True, opacity=1, size=18).encode(y=y),
        part.mark_point(fill="#ffffff", stroke=DARK, opacity=1, size=18).encode(y=y),
    ]
    head = alt.TitleParams(text=title, fontSize=13, anchor="start")
    return alt.layer(*layers, width=_WIDTH, height=_PANEL, title=head)


def with_breaks(rows: Rows) -> Rows:
    """The rows with an empty one for each year without a position, so that the line stops."""
    found = {row["year"]: row for row in rows}
    empty = dict.fromkeys(("mean", "q05", "q95"))
    return [found.get(y, {"year": y, **empty}) for y in range(min(found), max(found) + 1)]


def path(title: str, own: Rows) -> str:
    """A sentence on the highest, lowest and last position of a path, in sessions that are whole."""
    whole = [row for row in own if not row.get("part")] or own
    top, least = (choose(whole, key=lambda row: row["mean"]) for choose in (max, min))
    return (
        f"{title}, {counted(len(own), 'session')}: highest {_figure(top['mean'])} "
        f"in {top['year']}, lowest {_figure(least['mean'])} in {least['year']}, last "
        f"{_figure(whole[-1]['mean'])} in {whole[-1]['year']}."
    )


def _figure(value: float) -> str:
    """Two decimals with a minus sign, and no minus before a zero."""
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def _signed(value: float) -> str:
    return f"+{_figure(value)}" if round(value, 2) > 0 else _figure(value)
