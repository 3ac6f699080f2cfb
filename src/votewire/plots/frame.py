"""The frame around a chart: its title and how to read it above, its notes and source below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from votewire.plots.room import WIDE, Room
from votewire.plots.style import INK, MUTED, Sketch
from votewire.plots.wording import wrapped

__all__ = ["framed", "size"]

# vl-convert carries Liberation Sans, so that text is measured and drawn alike on each machine; the
# others have its widths where an SVG is shown without it.
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_ABOVE, _SUBTITLE, _SOURCE, _BELOW = 16, 6, 10, 18  # pixels between the parts of a chart


def framed(
    sketch: Sketch, title: str, source: str, description: str, room: Room = WIDE
) -> dict[str, Any]:
    """The Vega-Lite specification of a sketch under its title and above its source line.

    Raises jsonschema's ValidationError where the sketch is no valid Vega-Lite.
    """
    words = _Words.of(sketch, title, source, room)
    drawn = sketch.body().to_dict(validate=False)
    datasets = {name: list(rows) for name, rows in drawn.pop("datasets", {}).items()}
    schema = drawn.pop("$schema")
    del drawn["config"]
    # Written out, since altair copies the whole chart once more for each frame around it. Scales
    # stay with the body, so that its legend stands beside it and not beside the source.
    own = {"scale": dict.fromkeys(("fill", "color", "shape"), "independent")}
    inner = {"vconcat": [drawn], "title": _foot(words, room), "resolve": own}
    whole = {
        "$schema": schema,
        "config": _config(room),
        "title": _head(words, room),
        "description": description,
        "padding": room.edge,
        "vconcat": [inner],
        "resolve": own,
    }
    alt.VConcatChart.validate(whole)
    return whole | {"datasets": datasets}


def size(sketch: Sketch, title: str, source: str, room: Room = WIDE) -> tuple[int, int] | None:
    """The width and height of the framed chart in pixels, before it is drawn.

    None where the sketch does not say how high it is.
    """
    if sketch.height is None:
        return None
    words = _Words.of(sketch, title, source, room)
    width = max(sketch.width, room.width) + 2 * room.edge
    return width, sketch.height + words.height(room) + 2 * room.edge


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What stands above and below a picture, broken into lines."""

    title: list[str]
    subtitle: list[str]
    notes: list[str]
    source: list[str]

    @classmethod
    def of(cls, sketch: Sketch, title: str, source: str, room: Room) -> _Words:
        width = int(max(sketch.width, room.width) * room.lines)
        return cls(
            title=wrapped(title, width, room.title, bold=True),
            subtitle=wrapped(sketch.subtitle, width, room.text),
            notes=[line for note in sketch.notes for line in wrapped(note, width, room.small)],
            source=wrapped(source, width, room.small),
        )

    def height(self, room: Room) -> int:
        """The pixels of all lines, each two higher than its letters, and of the spaces between."""
        above = len(self.title) * (room.title + 2) + len(self.subtitle) * (room.text + 2)
        below = (len(self.notes) + len(self.source)) * (room.small + 2)
        spaces = _ABOVE + _BELOW + _SUBTITLE + (_SOURCE if self.notes else 0)
        return above + below + spaces


def _head(words: _Words, room: Room) -> dict[str, Any]:
    made = alt.TitleParams(
        text=words.title,
        subtitle=words.subtitle,
        subtitlePadding=_SUBTITLE,
        anchor="start",
        frame="bounds",
        fontSize=room.title,
        subtitleFontSize=room.text,
        subtitleColor=MUTED,
        color=INK,
        offset=_ABOVE,
    )
    return dict(made.to_dict())


def _foot(words: _Words, room: Room) -> dict[str, Any]:
    """What stands below the picture: the notes, a space, the source."""
    notes = {"text": words.notes, "subtitle": words.source, "subtitlePadding": _SOURCE}
    made = alt.TitleParams(
        **(notes if words.notes else {"text": words.source}),
        orient="bottom",
        anchor="start",
        frame="bounds",
        fontSize=room.small,
        fontWeight="normal",
        subtitleFontSize=room.small,
        color=MUTED,
        subtitleColor=MUTED,
        offset=_BELOW,
    )
    return dict(made.to_dict())


def _config(room: Room) -> dict[str, Any]:
    axis = alt.AxisConfig(
        labelFontSize=room.text,
        titleFontSize=room.text,
        titleFontWeight="normal",
        labelColor=INK,
        titleColor=INK,
        domainColor="#767676",
        tickColor="#767676",
        gridColor="#e3e3e3",
        labelLimit=320,
        labelFlush=False,
        labelPadding=4,
    )
    # Names for each mark would drown the description that a screen reader is given once.
    made = alt.Config(
        font=_FONT,
        background="#ffffff",
        aria=False,
        axis=axis,
        view=alt.ViewConfig(stroke=None),
        concat=alt.CompositionConfig(spacing=14),
        legend=alt.LegendConfig(labelFontSize=room.text, titleFontSize=room.text, labelLimit=320),
        text=alt.MarkConfig(fontSize=room.small, color=INK),
    )
    return dict(made.to_dict())
