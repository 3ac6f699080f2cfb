"""How many, as one bar each with its number: topics, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import altair as alt

from votewire.plots.parts import hollow
from votewire.plots.periods import year_axis
from votewire.plots.room import WIDE, Room
from votewire.plots.style import LIGHT, Body, Sketch, data
from votewire.plots.wording import counted, listed
from votewire.record import Answer

__all__ = ["bars", "by_year", "groups", "room", "topics"]

Rows = list[dict[str, Any]]

_STEP, _PLOT, _FIGURES = 19, 360, 130
_YEARS, _TALL, _AXIS, _COUNTS = 470, 140, 20, 50  # pixels of the chart by years and its axes
_LETTER = 6.3  # mean width of a letter at the left


def topics(answer: Answer) -> Sketch:
    """The rollcalls on each topic, most first, with the years of the first and the last."""
    rows = sorted(answer.table.to_dicts(), key=lambda row: (-row["rollcalls"], row["name"]))
    for row in rows:
        years = "" if row["first"] is None else _years(row["first"], row["last"])
        row["label"] = f"{row['rollcalls']:,}{years}"
    most, least = rows[0], rows[-1]
    return Sketch(
        body=lambda: bars(rows, "name", "rollcalls", rows[0]["rollcalls"]),
        width=room(rows, "name"),
        subtitle="Bars: recorded votes on each topic, with the years of the first and the last. "
        "A vote may be on several topics.",
        shown=f"{counted(len(rows), 'topic')}, from {most['name']} with {most['label']} to "
        f"{least['name']} with {least['label']}.",
    )


def groups(answer: Answer) -> Sketch:
    """The members of each group with a dated list, most first, and since when it has some.

    Groups that are only a word of the press are named below.
    """
    every = answer.table.to_dicts()
    rows = [row for row in every if row["members"] is not None]
    rows.sort(key=lambda row: (-row["members"], row["name"]))
    for row in rows:
        end = f" (since {row['first'].year})"
        if not row["members"] and row["last"] is not None:
            end = _years(row["first"], row["last"])
        row["label"] = f"{row['members']}{end}"
    words = [row["name"] for row in every if row["members"] is None]
    return Sketch(
        body=lambda: bars(rows, "name", "members", rows[0]["members"]),
        width=room(rows, "name"),
        subtitle="Bars: members on that day. Beside them: since when the group has members, or the "
        "years in which it had some.",
        shown=f"{counted(len(rows), 'group')}, from {rows[0]['name']} with "
        f"{rows[0]['members']} members to {rows[-1]['name']} with {rows[-1]['members']}.",
        notes=(
            *(
                [f"Words of the press, without a list of members: {listed(words)}."]
                if words
                else []
            ),
            *answer.told[1:],
        ),
    )


def by_year(answer: Answer, room: Room = WIDE) -> Sketch:
    """How many rollcalls each year had on a topic; a year without one has no bar.

    The bar of a year that is not whole is hollow.
    """
    rows = [
        {"year": int(row["period"]), "n": row["rollcalls"], "part": row.get("part")}
        for row in answer.table.to_dicts()
    ]
    first, last = rows[0]["year"], rows[-1]["year"]
    width = room.width - _COUNTS if room.narrow else _YEARS
    most = max(rows, key=lambda row: row["n"])
    return Sketch(
        body=lambda: _years_drawn(rows, (first, last), width, room),
        width=width + _COUNTS,
        height=_TALL + _AXIS,
        subtitle=f"Bars: recorded votes on the topic in each year. {hollow(answer)}".strip(),
        shown=f"{counted(len(rows), 'year')} with a vote, {first} to {last}; most in "
        f"{most['year']}: {most['n']}.",
    )


def _years_drawn(rows: Rows, span: tuple[int, int], width: int, room: Room) -> Body:
    first, last = span
    thick = min(max(3 - room.narrow, width // (last - first + 1) - 1), 30)
    counts = alt.Y("n:Q", title="rollcalls", axis=alt.Axis(format=",d", tickMinStep=1, tickCount=4))
    axis = year_axis("year", first - 0.5, last + 0.5, width, title="", ends=room.narrow)
    base = alt.Chart(data(rows)).encode(x=axis, y=counts)
    whole = base.transform_filter("!datum.part").mark_bar(color=LIGHT, size=thick)
    outline: dict[str, Any] = {"stroke": LIGHT, "strokeWidth": 1, "size": thick}
    part = base.transform_filter("datum.part").mark_bar(color="#ffffff", **outline)
    return alt.layer(whole, part, width=width, height=_TALL)


def bars(
    rows: Rows, name: str, count: str, most: int, title: str = "", *, names: Rows | None = None
) -> Body:
    """One bar for each row with its label; `names`: all rows whose names need room at the left."""
    base = alt.Chart(data(_drawn(rows, name, count))).encode(
        x=alt.X(
            f"{count}:Q",
            title=count,
            scale=alt.Scale(domain=[0, max(most, 1)], nice=False),
            axis=alt.Axis(format=",d", tickMinStep=1, tickCount=5),
        ),
        y=alt.Y(
            f"{name}:N",
            sort=[row[name] for row in rows],
            title=None,
            axis=alt.Axis(
                ticks=False,
                domain=False,
                labelOverlap=False,
                labelLimit=420,
                minExtent=_left(names or rows, name),
            ),
        ),
    )
    text = base.mark_text(align="left", dx=5).encode(text="label:N")
    head: dict[str, Any] = {}
    if title:
        head["title"] = alt.TitleParams(text=title, anchor="start", fontSize=13, offset=6)
    return alt.layer(base.mark_bar(color=LIGHT), text, width=_PLOT, height=alt.Step(_STEP), **head)


def room(rows: Rows, name: str) -> int:
    """The pixels that names, bars and labels need."""
    return _left(rows, name) + _PLOT + _FIGURES


def _drawn(rows: Sequence[Mapping[str, Any]], *fields: str) -> Rows:
    """The rows with the fields drawn; days and definitions have no place in a chart's data."""
    return [{field: row[field] for field in (*fields, "label")} for row in rows]


def _left(rows: Rows, name: str) -> int:
    return int(min(420, _LETTER * max(len(row[name]) for row in rows)))


def _years(first: date, last: date) -> str:
    """The years from the first to the last day, in brackets."""
    return f" ({first.year})" if first.year == last.year else f" ({first.year} to {last.year})"
