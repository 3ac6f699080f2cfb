"""How every chart looks: sizes, colours that differ in lightness, and the frame around a body.

Contrast on white, measured by WCAG's formula: text at least 4.5, marks and their outlines at least
3. No two choices are told apart by colour alone: bars carry their word or number, points their
shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, TypeAlias

import altair as alt

from votewire.plots.wording import printable, wrapped

__all__ = [
    "BAND",
    "DARK",
    "INK",
    "LIGHT",
    "MUTED",
    "Body",
    "Sketch",
    "contrast",
    "data",
    "fills",
    "framed",
    "inks",
    "shapes",
    "text_on",
]

# A chart of any of altair's classes; their methods promise each other's unions.
Body: TypeAlias = Any

INK = "#222222"  # 15.9 on white
MUTED = "#555555"  # 7.5
DARK = "#0b3c6f"  # 11.1
LIGHT = "#5f87b0"  # 3.8
BAND = "#cfe0f0"  # only inside an outline in LIGHT

# vl-convert carries Liberation Sans, so that text is measured and drawn alike on each machine; the
# others have its widths where an SVG is shown without it.
_FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
_TITLE, _TEXT, _SMALL = 16, 12, 11
_LEAST_WIDTH = 520

_FILLS = {"yes": DARK, "abstain": "#f2c14e", "no": "#d55e00", "non_voting": "#ffffff"}
_FILLS["not_recorded"] = "#bdbdbd"
_SHAPES = {"yes": "circle", "abstain": "square", "no": "triangle-up", "non_voting": "cross"}
_SHAPES["not_recorded"] = "diamond"
_DARKEST = 0.05  # what WCAG adds to both luminances


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What one kind of chart draws, before title and source are put around it.

    body: an Altair chart. width: pixels that it fills, labels included. subtitle: how to read it.
    shown: sentences for those who do not see it: what is shown, the extremes, n. notes: what is
    written below the picture, above the source, a paragraph each.
    """

    body: Body
    width: int
    subtitle: str
    shown: str
    notes: tuple[str, ...] = ()


def data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as data of a chart, NaN as null."""
    # A tuple, since altair copies a list of rows, cell by cell, with every chart around it.
    values: Any = tuple({k: _value(v) for k, v in row.items()} for row in rows)
    return alt.InlineData(values=values)


def framed(sketch: Sketch, title: str, source: str, description: str) -> dict[str, Any]:
    """The Vega-Lite specification of a sketch under its title and above its source line.

    Raises jsonschema's ValidationError where the sketch is no valid Vega-Lite.
    """
    width = max(sketch.width, _LEAST_WIDTH)
    drawn = sketch.body.to_dict(validate=False)
    datasets = {name: list(rows) for name, rows in drawn.pop("datasets", {}).items()}
    schema = drawn.pop("$schema")
    del drawn["config"]
    # Written out, since altair copies the whole chart once more for each frame around it. Scales
    # stay with the body, so that its legend stands beside it and not beside the source.
    own = {"scale": dict.fromkeys(("fill", "color", "shape"), "independent")}
    inner = {"vconcat": [drawn], "title": _foot(sketch.notes, source, width), "resolve": own}
    whole = {
        "$schema": schema,
        "config": _config(),
        "title": _head(title, sketch.subtitle, width),
        "description": description,
        "padding": 12,
        "vconcat": [inner],
        "resolve": own,
    }
    alt.VConcatChart.validate(whole)
    return whole | {"datasets": datasets}


def fills(choices: Sequence[str]) -> list[str]:
    """The fill of each choice; each darker or lighter than the others, to be outlined in INK."""
    return [_FILLS[choice] for choice in choices]


def inks(choices: Sequence[str]) -> list[str]:
    """The colour of text on the fill of each choice, with a contrast of at least 4.5."""
    return [text_on(_FILLS[choice]) for choice in choices]


def shapes(choices: Sequence[str]) -> list[str]:
    """The shape of a point of each choice."""
    return [_SHAPES[choice] for choice in choices]


def text_on(fill: str) -> str:
    """White or black, whichever is read better on a fill given as `#rrggbb`."""
    return max("#ffffff", "#000000", key=lambda ink: contrast(ink, fill))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours given as `#rrggbb`, from 1 to 21. Source: WCAG 2.2."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + _DARKEST) / (dark + _DARKEST)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _head(title: str, subtitle: str, width: int) -> dict[str, Any]:
    made = alt.TitleParams(
        text=wrapped(title, width, _TITLE, bold=True),
        subtitle=wrapped(subtitle, width, _TEXT),
        subtitlePadding=6,
        anchor="start",
        frame="bounds",
        fontSize=_TITLE,
        subtitleFontSize=_TEXT,
        subtitleColor=MUTED,
        color=INK,
        offset=16,
    )
    return dict(made.to_dict())


def _foot(notes: Sequence[str], source: str, width: int) -> dict[str, Any]:
    """What stands below the picture: the notes, a space, the source."""
    above = [line for note in notes for line in wrapped(note, width, _SMALL)]
    below = wrapped(source, width, _SMALL)
    made = alt.TitleParams(
        **({"text": above, "subtitle": below, "subtitlePadding": 10} if above else {"text": below}),
        orient="bottom",
        anchor="start",
        frame="bounds",
        fontSize=_SMALL,
        fontWeight="normal",
        subtitleFontSize=_SMALL,
        color=MUTED,
        subtitleColor=MUTED,
        offset=18,
    )
    return dict(made.to_dict())


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    return None if isinstance(value, float) and isnan(value) else value


def _config() -> dict[str, Any]:
    axis = alt.AxisConfig(
        labelFontSize=_TEXT,
        titleFontSize=_TEXT,
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
        legend=alt.LegendConfig(labelFontSize=_TEXT, titleFontSize=_TEXT, labelLimit=320),
        text=alt.MarkConfig(fontSize=_SMALL, color=INK),
    )
    return dict(made.to_dict())
