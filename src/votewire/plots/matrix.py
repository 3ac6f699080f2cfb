"""Agreement of every pair as a heatmap, its states ordered so that blocs stand together."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isnan
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.errors import UsageError
from votewire.plots.room import WIDE, Room
from votewire.plots.style import Body, Sketch, data, text_on
from votewire.plots.wording import counted, figure, measure
from votewire.record import Answer

__all__ = ["bloc_order", "heatmap"]

Floats = NDArray[np.float64]

_MOST = 60  # states; above, neither names nor cells can be read
_WRITTEN = 16  # states up to which a cell carries its figure
_STEPS = ((_WRITTEN, 38), (30, 20), (_MOST, 14))  # states up to which a cell has so many pixels
_NAMES, _LEGEND = 230, 110
_CODES, _BELOW = 30, 62  # pixels of the codes, and of the legend where it stands below
_SHADES = 8  # more blues can not be told apart
_WIDTHS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)  # of a class of values that share one blue
_LIGHTEST, _DARKEST = (222, 235, 247), (8, 48, 107)
_EMPTY = "#ffffff"
_BARE: dict[str, Any] = {"ticks": False, "domain": False, "labelOverlap": False, "grid": False}


def heatmap(answer: Answer, room: Room = WIDE) -> Sketch:
    """A square of cells, darker where two states agree more; no figure in a cell without n.

    Raises UsageError above 60 states.
    """
    codes, values = _square(answer)
    if len(codes) > _MOST:
        raise UsageError(
            f"A chart of {len(codes)} states cannot be read: at most {_MOST}. Give --group, or "
            "take all pairs with --csv."
        )
    order = bloc_order(values)
    codes, values = [codes[at] for at in order], values[np.ix_(order, order)]
    return Sketch(
        body=lambda: _cells(codes, values, measure(answer), room),
        width=room.width if room.narrow else _NAMES + _cell(len(codes)) * len(codes) + _LEGEND,
        height=_size(len(codes), room) + _CODES + (_BELOW if room.narrow else 0),
        subtitle="Colour: agreement, darker is more. States that agree alike stand together. "
        "White: the state itself. Dash: no rollcall in common, or no figure.",
        shown=_shown(answer),
    )


def bloc_order(values: Floats) -> list[int]:
    """The order of the states along the direction in which agreement differs most.

    values: (n, n) symmetric, NaN where unknown. The first eigenvector of the doubly centred
    matrix, as in classical scaling (Torgerson 1952); unknown pairs count as the mean. The first
    state comes before the last one, so that the order has one direction.
    """
    known = values[~np.isnan(values)]
    filled = np.where(np.isnan(values), known.mean() if known.size else 0.0, values)
    np.fill_diagonal(filled, 1.0)
    centred = filled - filled.mean(axis=0) - filled.mean(axis=1)[:, None] + filled.mean()
    first = np.linalg.eigh(centred)[1][:, -1]
    # Rounded, so that ties do not hang on the last bit of another machine's linear algebra.
    along = np.round(first if first[0] <= first[-1] else -first, 9)
    return [int(at) for at in np.argsort(along, kind="stable")]


def _square(answer: Answer) -> tuple[list[str], Floats]:
    rows = answer.table.select("a", "b", "value").rows()
    codes = sorted({code for row in rows for code in row[:2]})
    at = {code: index for index, code in enumerate(codes)}
    values = np.full((len(codes), len(codes)), np.nan)
    for a, b, value in rows:
        values[at[a], at[b]] = values[at[b], at[a]] = np.nan if value is None else value
    return codes, values


def _cells(codes: list[str], values: Floats, title: str, room: Room) -> Body:
    classes = _Classes.of(values[~np.isnan(values)])
    square = range(len(codes))
    names = codes if room.narrow else [_name(code) for code in codes]
    rows = [
        {"a": names[a], "b": codes[b]} | _row(codes, float(values[a, b]), a, b, classes)
        for a in square
        for b in square
    ]
    top = alt.Axis(orient="top", labelAngle=-90, **_BARE)
    base = alt.Chart(data(rows)).encode(
        x=alt.X("b:N", sort=codes, title=None, axis=top),
        y=alt.Y("a:N", sort=names, title=None, axis=alt.Axis(**_BARE)),
    )
    colour = alt.Color(
        "class:N",
        scale=alt.Scale(domain=classes.words[::-1], range=classes.blues[::-1]),
        legend=alt.Legend(
            title=title.split(",")[0],
            symbolType="square",
            symbolStrokeColor="#767676",
            orient="bottom" if room.narrow else alt.Undefined,
            columns=3 if room.narrow else alt.Undefined,
        ),
    )
    cells = base.mark_rect(stroke=_EMPTY, strokeWidth=0.5).encode(color=colour)
    filled = cells.transform_filter("isValid(datum.class)")
    text = base.mark_text(fontSize=11).encode(
        text="label:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    step = _size(len(codes), room) / len(codes)
    return alt.layer(filled, text, width=alt.Step(step), height=alt.Step(step))


def _row(codes: list[str], value: float, a: int, b: int, classes: _Classes) -> dict[str, Any]:
    if isnan(value):
        return {"class": None, "label": "" if a == b else "–", "ink": "#000000"}
    at = classes.place(value)
    label = figure(value) if len(codes) <= _WRITTEN else ""
    return {"class": classes.words[at], "label": label, "ink": text_on(classes.blues[at])}


def _name(code: str) -> str:
    return f"{states.name_of(code)} ({code})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Classes:
    """The classes of values that share one blue: `width` each, the first from `first` * width."""

    first: int
    width: float
    words: list[str]
    blues: list[str]

    @classmethod
    def of(cls, known: Floats) -> _Classes:
        """The narrowest classes that are few enough for these values."""
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        width = next(w for w in _WIDTHS if _numbers(low, high, w)[1] <= _SHADES)
        first, n = _numbers(low, high, width)
        edges = [(first + at) * width for at in range(n + 1)]
        return cls(
            first=first,
            width=width,
            words=[f"{edge:.2f} to {edge + width:.2f}" for edge in edges[:-1]],
            blues=_mixed(n),
        )

    def place(self, value: float) -> int:
        """Which class a value is in."""
        return min(floor(_whole(value, self.width)) - self.first, len(self.words) - 1)


def _numbers(low: float, high: float, width: float) -> tuple[int, int]:
    """The number of the first class, and how many there are."""
    first = floor(_whole(low, width))
    return first, max(ceil(_whole(high, width)) - first, 1)


def _whole(value: float, width: float) -> float:
    # Rounded, so that 0.3 / 0.1 is not below 3.
    return round(value / width, 9)


def _mixed(steps: int) -> list[str]:
    """So many blues, from light to nearly black."""
    along = [at / max(1, steps - 1) for at in range(steps)]
    colours = [
        [round(a + (b - a) * part) for a, b in zip(_LIGHTEST, _DARKEST, strict=True)]
        for part in along
    ]
    return ["#{:02x}{:02x}{:02x}".format(*colour) for colour in colours]


def _size(n: int, room: Room) -> int:
    """The pixels of all cells, in both directions."""
    wide = n * _cell(n)
    return min(wide, room.width - _CODES) if room.narrow else wide


def _cell(n: int) -> int:
    return next(pixels for most, pixels in _STEPS if n <= most)


def _shown(answer: Answer) -> str:
    known = answer.table.drop_nulls("value").drop_nans("value").sort("value", "a", "b")
    n_states = len(set(answer.table["a"]) | set(answer.table["b"]))
    if known.is_empty():
        return f"{counted(n_states, 'state')}, no pair with a figure."
    ends = [known.row(at, named=True) for at in (-1, 0)]
    told = [
        f"{states.name_of(row['a'])} and {states.name_of(row['b'])} {figure(row['value'])} "
        f"(n {row['n']})"
        for row in ends
    ]
    return f"{counted(n_states, 'state')}: closest {told[0]}, furthest apart {told[1]}."
