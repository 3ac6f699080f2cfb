"""Rows below each other, each with its name, what is drawn, and its figures at the right.

On a page the name stands left of the drawing. On a phone it stands above, across the whole width,
and drawing and figures share that width.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from votewire.plots.room import Room
from votewire.plots.style import INK, Body

__all__ = ["above", "at_right", "end_above", "few_ticks", "in_order", "plot_width", "step_of"]

_STEP, _RISE = 30, 13  # pixels of a row on a phone, and from its middle up to its name
_LETTER = 5.8  # mean width of a letter of figures on a phone, in the widest of common fonts
_GAP = 8


def in_order(field: str, rows: Sequence[Mapping[str, Any]], room: Room, **axis: Any) -> alt.Y:
    """The rows from top to bottom, with their names at the left where there is room."""
    given: dict[str, Any] = {"ticks": False, "domain": False, "labelOverlap": False} | axis
    return alt.Y(
        f"{field}:N",
        sort=[row[field] for row in rows],
        title=None,
        axis=None if room.narrow else alt.Axis(**given),
    )


def above(base: Body, field: str, room: Room) -> list[Body]:
    """The name of each row above it, where there is no room at the left; it covers the grid."""
    if not room.narrow:
        return []
    text = base.encode(x=alt.value(0), text=f"{field}:N")
    look: dict[str, Any] = {"align": "left", "dy": -_RISE, "fontSize": room.text}
    behind = text.mark_text(color="#ffffff", stroke="#ffffff", strokeWidth=4, **look)
    return [behind, text.mark_text(color=INK, limit=room.width, **look)]


def at_right(base: Body, dx: float = 10) -> Body:
    """The figures of each row, its `label`, in a column beside the drawing."""
    return base.mark_text(align="left", dx=dx).encode(x=alt.value("width"), text="label:N")


def end_above(base: Body) -> Body:
    """The figures of each row, its `label`, at the end of the line that has its name."""
    return base.mark_text(align="right", dy=-_RISE).encode(x=alt.value("width"), text="label:N")


def plot_width(rows: Sequence[Mapping[str, Any]], wide: int, room: Room) -> int:
    """The pixels of the drawing: so many where there is room, else what the figures leave."""
    if not room.narrow:
        return wide
    return room.width - _GAP - int(_LETTER * max(len(row["label"]) for row in rows))


def few_ticks(room: Room) -> Any:
    """The axis of figures below: as it comes on a page, with few of them on a phone."""
    return alt.Axis(tickCount=4) if room.narrow else alt.Undefined


def step_of(wide: int, room: Room) -> int:
    """The pixels from one row to the next: so many where the name stands at the left."""
    return _STEP if room.narrow else wide
