"""How every chart looks: colours that differ in lightness, shapes, and what a kind of chart gives.

Contrast on white, measured by WCAG's formula: text at least 4.5, marks and their outlines at least
3. No two choices are told apart by colour alone: bars carry their word or number, points their
shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any, TypeAlias

import altair as alt

from votewire.plots.wording import printable

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


_FILLS = {"yes": DARK, "abstain": "#f2c14e", "no": "#d55e00", "non_voting": "#ffffff"}
_FILLS["not_recorded"] = "#bdbdbd"
_SHAPES = {"yes": "circle", "abstain": "square", "no": "triangle-up", "non_voting": "cross"}
_SHAPES["not_recorded"] = "diamond"
_DARKEST = 0.05  # what WCAG adds to both luminances


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What one kind of chart draws, before title and source are put around it.

    body: makes an Altair chart, which takes most of the time and which not everybody needs. width,
    height: pixels that it fills, labels and axes included; no height where it is shown on no page
    of the site. subtitle: how to read it. shown: sentences for those who do not see it: what is
    shown, the extremes, n. notes: what is written below the picture, above the source, a paragraph
    each.
    """

    body: Callable[[], Body]
    width: int
    subtitle: str
    shown: str
    notes: tuple[str, ...] = ()
    height: int | None = None


def data(rows: Iterable[Mapping[str, Any]]) -> alt.InlineData:
    """Rows as data of a chart, NaN as null."""
    # A tuple, since altair copies a list of rows, cell by cell, with every chart around it.
    values: Any = tuple({k: _value(v) for k, v in row.items()} for row in rows)
    return alt.InlineData(values=values)


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


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    return None if isinstance(value, float) and isnan(value) else value
