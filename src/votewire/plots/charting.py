"""Which chart a question has, and an answer as that chart: specification, words, table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from votewire.errors import MissingExtra, UsageError
from votewire.plots.room import WIDE, Room
from votewire.plots.wording import printable, source_line
from votewire.record import Answer

if TYPE_CHECKING:
    from votewire.plots.style import Sketch

__all__ = ["Chart", "Outline", "chart", "outlined"]

_PACKAGES = ("altair", "vl_convert")
# The questions that pages of the site draw, and that so have a chart for a phone too.
_ON_PAGES = frozenset(
    {
        "agree",
        "agree_each",
        "breakers",
        "chain",
        "cohesion",
        "friends",
        "group",
        "matrix",
        "positions_beside",
        "positions_groups",
        "shifts",
        "splits_top",
        "surprise_top",
        "topic_years",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """An answer as a chart, with all that must stand beside it.

    specification: Vega-Lite, with the rows in it. description: what is shown, for those who do
    not see it. source: where the figures come from, over which rollcalls and, on a page, by which
    definition. table: the answer's rows. size: width and height in pixels; None of a question that
    no page of the site draws.
    """

    specification: dict[str, Any]
    title: str
    description: str
    source: str
    table: pl.DataFrame
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What is known of a chart before it is drawn: its description and its size, as in `Chart`."""

    description: str
    size: tuple[int, int] | None


def chart(answer: Answer, room: Room = WIDE) -> Chart:
    """The chart of an answer; same answer, same specification.

    Raises UsageError for a question that has no chart, or none for a phone, and for an answer that
    is too small or too large for one, and MissingExtra where the packages of the extra `charts` are
    not installed.
    """
    sketch = _sketched(answer, room)
    from votewire.plots.frame import framed, size

    title, source = printable(answer.title), _source(answer, room)
    description = _described(answer, sketch)
    return Chart(
        specification=framed(sketch, title, source, description, room),
        title=title,
        description=description,
        source=source,
        table=answer.table,
        size=size(sketch, title, source, room),
    )


def outlined(answer: Answer, room: Room = WIDE) -> Outline:
    """The outline of an answer's chart, without the chart: to draw it takes most of the time.

    Raises as `chart` does.
    """
    sketch = _sketched(answer, room)
    from votewire.plots.frame import size

    title, source = printable(answer.title), _source(answer, room)
    return Outline(description=_described(answer, sketch), size=size(sketch, title, source, room))


def _described(answer: Answer, sketch: Sketch) -> str:
    return printable(" ".join([*answer.told[:1], sketch.shown]))


def _source(answer: Answer, room: Room) -> str:
    return printable(source_line(answer, defined=not room.narrow))


def _sketched(answer: Answer, room: Room) -> Sketch:
    kinds = _kinds()
    if answer.question not in kinds:
        raise UsageError(f"{answer.question} has no chart: take its table with --csv.")
    if answer.table.is_empty():
        raise UsageError(f"{answer.question}: the answer has no rows, so there is nothing to draw.")
    if answer.question in _ON_PAGES:
        return kinds[answer.question](answer, room)
    if room.narrow:
        raise UsageError(f"{answer.question} has no chart for a phone: take that for a page.")
    return kinds[answer.question](answer)


def _kinds() -> dict[str, Callable[..., Sketch]]:
    """Question -> what draws it. Read late: altair takes 0.4 s to load and may be missing."""
    try:
        from votewire.plots import (
            beside,
            changes,
            counts,
            lines,
            matrix,
            outcomes,
            panels,
            positions,
            precedents,
            ranking,
            spans,
            standings,
            surprise,
            tallies,
            vetoes,
        )
    except ModuleNotFoundError as error:
        if error.name not in _PACKAGES:
            raise
        raise MissingExtra("--chart", extra="charts") from None
    return {
        "agree": lines.by_period,
        "agree_each": panels.each_by_period,
        "balance": lines.by_period,
        "breakers": ranking.breakers,
        "chain": tallies.over_time,
        "chains": spans.chains,
        "cohesion": lines.by_period,
        "communities": standings.communities,
        "first": precedents.first,
        "friends": ranking.friends,
        "group": spans.memberships,
        "groups": counts.groups,
        "left": changes.changed,
        "matrix": matrix.heatmap,
        "positions": positions.over_time,
        "positions_beside": beside.over_time,
        "positions_groups": beside.groups,
        "positions_rank": positions.in_session,
        "power": standings.power,
        "rule": tallies.against_needed,
        "rules": outcomes.rules,
        "forecast": surprise.tally,
        "shifts": positions.moves,
        "surprise": surprise.on_rollcall,
        "surprise_top": surprise.most,
        "splits": ranking.breaks,
        "splits_top": tallies.most_split,
        "topic": tallies.over_time,
        "topic_years": counts.by_year,
        "topics": counts.topics,
        "unexplained": outcomes.unexplained,
        "vetoes": vetoes.over_time,
        "vetoes_state": vetoes.by_state,
        "vetoes_year": vetoes.by_year,
        "whatif": tallies.before_and_after,
    }
