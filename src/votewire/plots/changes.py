"""Who changed between two rollcalls: how many states went from each choice to each, and which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from votewire.plots.style import DARK, INK, Body, Sketch, data, text_on
from votewire.plots.wording import counted, word_of_choice
from votewire.record import Answer

__all__ = ["changed"]

_ORDER = ("yes", "abstain", "no", "non_voting", "not_member", "not_recorded")
_WIDE, _HIGH = 110, 52
_NAMED = 60  # states up to which they are all named below
_FEW, _SEVERAL = "#cfe0f0", "#5f87b0"  # cells with less than a third, with less than two thirds


def changed(answer: Answer) -> Sketch:
    """A table of cells, choice before by choice after, with the number of states in each.

    The states are named below, by change, where there are at most 60.
    """
    moves: dict[tuple[str, str], list[str]] = {}
    for row in answer.table.to_dicts():
        moves.setdefault((row["before"], row["after"]), []).append(row["name"])
    ordered = dict(sorted(moves.items(), key=lambda move: _place(*move[0])))
    befores = [word_of_choice(c) for c in _ORDER if any(c == before for before, _ in ordered)]
    afters = [word_of_choice(c) for c in _ORDER if any(c == after for _, after in ordered)]
    told = [f"{_arrow(move)}: {len(names)}" for move, names in ordered.items()]
    n = answer.table.height
    same = sum(len(names) for (before, after), names in ordered.items() if before == after)
    return Sketch(
        body=lambda: _cells(ordered, befores, afters),
        width=140 + _WIDE * len(afters),
        subtitle="Figures: states by their choice in the first vote and in the second.",
        shown=f"{counted(n - same, 'state')} changed. {'; '.join(told)}.",
        notes=tuple(
            f"{_arrow(move)} ({len(names)}): {', '.join(sorted(names))}"
            for move, names in ordered.items()
            if n <= _NAMED
        ),
    )


def _cells(
    moves: Mapping[tuple[str, str], Sequence[str]], befores: list[str], afters: list[str]
) -> Body:
    most = max(len(names) for names in moves.values())
    rows = [_cell(move, len(names), most) for move, names in moves.items()]
    axis: dict[str, Any] = {"ticks": False, "domain": False, "labelAngle": 0, "labelPadding": 8}
    base = alt.Chart(data(rows)).encode(
        x=alt.X("after:N", sort=afters, title="after", axis=alt.Axis(orient="top", **axis)),
        y=alt.Y("before:N", sort=befores, title="before", axis=alt.Axis(**axis)),
    )
    boxes = base.mark_rect(stroke=INK, strokeWidth=0.75).encode(fill=alt.Fill("fill:N", scale=None))
    counts = base.mark_text(fontSize=16).encode(
        text="label:N", color=alt.Color("ink:N", scale=None, legend=None)
    )
    return alt.layer(boxes, counts, width=alt.Step(_WIDE), height=alt.Step(_HIGH))


def _cell(move: tuple[str, str], count: int, most: int) -> dict[str, str]:
    fill = (_FEW, _SEVERAL, DARK)[min(2, 3 * (count - 1) // most)]
    before, after = map(word_of_choice, move)
    ink = text_on(fill)
    return {"before": before, "after": after, "label": str(count), "fill": fill, "ink": ink}


def _arrow(move: tuple[str, str]) -> str:
    return f"{word_of_choice(move[0])} → {word_of_choice(move[1])}"


def _place(before: str, after: str) -> tuple[int, int]:
    return _ORDER.index(before), _ORDER.index(after)
