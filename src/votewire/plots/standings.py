"""States by what they weigh and where they stand: power indices, communities."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan
from typing import Any

import altair as alt

from votewire.errors import UsageError
from votewire.plots.style import DARK, LIGHT, Body, Sketch, data
from votewire.plots.wording import counted, figure, listed, wrapped
from votewire.record import Answer

__all__ = ["communities", "power"]

Rows = list[dict[str, Any]]

_NAMES = 220  # pixels of the names at the left
_STEP, _PLOT = 18, 230
_CLOSE, _NARROW, _SIDE_BY_SIDE, _HEAD = 15, 100, 4, 13
_MOST = 55  # states in a panel
_INDICES = {"shapley_shubik": "Shapley-Shubik index", "banzhaf": "Banzhaf index, normalised"}


def power(answer: Answer) -> Sketch:
    """Two power indices side by side, one bar for each member; permanent members are dark."""
    rows = answer.table.to_dicts()
    if len({row["shapley_shubik"] for row in rows}) == 1:
        raise UsageError(
            f"All {len(rows)} members have the same voting power, so there is nothing to draw."
        )
    for row in rows:
        row["who"] = f"{row['name']}, {row['seat']}"
    most = max(row[index] for row in rows for index in _INDICES)

    def body() -> Body:
        parts = [_index(rows, index, most, first=at == 0) for at, index in enumerate(_INDICES)]
        return alt.hconcat(*parts, spacing=60)

    top, least = (choose(rows, key=lambda row: row["shapley_shubik"]) for choose in (max, min))
    return Sketch(
        body=body,
        width=_NAMES + 2 * _PLOT + 110,
        subtitle="Each index adds up to 1 over all members. Dark: permanent members.",
        shown=f"{counted(len(rows), 'member')}. Shapley-Shubik: {top['who']} "
        f"{figure(top['shapley_shubik'])}, {least['who']} {figure(least['shapley_shubik'])}.",
    )


def communities(answer: Answer) -> Sketch:
    """Panels of states by how firmly they belong to their community, large ones in several."""
    found: dict[tuple[int, str], Rows] = {}
    for row in answer.table.to_dicts():
        found.setdefault((row["community"], row["label"]), []).append(row)
    panels = [panel for key in sorted(found) for panel in _community(*key, found[key])]
    sizes = [str(len(found[key])) for key in sorted(found)]
    return Sketch(
        body=lambda: alt.concat(
            *(_panel(*panel) for panel in panels), columns=_SIDE_BY_SIDE, spacing=24
        ),
        width=min(len(panels), _SIDE_BY_SIDE) * (_NAMES + _NARROW + 40),
        subtitle="Bar and figure: stability, the share of runs in which the state is together with "
        "the others of its community, 0 to 1.",
        shown=f"{counted(len(sizes), 'community', 'communities')} of {listed(sizes)} states.",
    )


def _index(rows: Rows, index: str, most: float, *, first: bool) -> Body:
    labelled = [row | {"label": figure(row[index])} for row in rows]
    base = alt.Chart(data(labelled)).encode(
        x=alt.X(f"{index}:Q", title=_INDICES[index], scale=alt.Scale(domain=[0, most])),
        y=alt.Y(
            "who:N",
            sort=[row["who"] for row in rows],
            title=None,
            axis=alt.Axis(ticks=False) if first else None,
        ),
    )
    dark = alt.Color(
        "seat:N",
        scale=alt.Scale(domain=["permanent", "elected"], range=[DARK, LIGHT]),
        legend=None,
    )
    text = base.mark_text(align="left", dx=4).encode(text="label:N")
    return alt.layer(base.mark_bar().encode(color=dark), text, width=_PLOT, height=alt.Step(_STEP))


def _community(number: int, label: str, rows: Rows) -> Iterator[tuple[str, Rows]]:
    """The panels of a community, of at most so many states, the most firmly in it first."""
    rows = sorted(rows, key=lambda row: (-_firmly(row), row["name"]))
    title = f"{number}. {label} ({counted(len(rows), 'state')})"
    for start in range(0, len(rows), _MOST):
        yield title if start == 0 else f"{number}, continued", rows[start : start + _MOST]


def _panel(title: str, rows: Rows) -> Body:
    labelled = [row | {"label": figure(row["stability"])} for row in rows]
    base = alt.Chart(data(labelled)).encode(
        x=alt.X("stability:Q", title="stability", scale=alt.Scale(domain=[0, 1])),
        y=alt.Y(
            "name:N",
            sort=[row["name"] for row in rows],
            title=None,
            axis=alt.Axis(ticks=False, labelOverlap=False),
        ),
    )
    head = alt.TitleParams(
        text=wrapped(title, _NAMES + _NARROW, _HEAD, bold=True),
        fontSize=_HEAD,
        anchor="start",
        frame="bounds",
    )
    text = base.mark_text(align="left", dx=4).encode(text="label:N")
    bars = base.mark_bar(color=LIGHT)
    return alt.layer(bars, text, title=head, width=_NARROW, height=alt.Step(_CLOSE))


def _firmly(row: dict[str, Any]) -> float:
    steady = row["stability"]
    return -1.0 if steady is None or isnan(steady) else float(steady)
