"""Which chart a question has, and an answer as that chart: specification, words, table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from votewire.errors import MissingExtra, UsageError
from votewire.plots.wording import printable, source_line
from votewire.record import Answer

if TYPE_CHECKING:
    from votewire.plots.style import Sketch

__all__ = ["Chart", "chart", "described"]

_PACKAGES = ("altair", "vl_convert")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """An answer as a chart, with all that must stand beside it.

    specification: Vega-Lite, with the rows in it. description: what is shown, for those who do
    not see it. source: where the figures come from, over which rollcalls and by which definition.
    table: the answer's rows.
    """

    specification: dict[str, Any]
    title: str
    description: str
    source: str
    table: pl.DataFrame


def chart(answer: Answer) -> Chart:
    """The chart of an answer; same answer, same specification.

    Raises UsageError for a question that has no chart or an answer that is too small or too large
    for one, and MissingExtra where the packages of the extra `charts` are not installed.
    """
    sketch = _sketched(answer)
    from votewire.plots.style import framed

    source = printable(source_line(answer))
    title, description = printable(answer.title), _described(answer, sketch)
    return Chart(
        specification=framed(sketch, title, source, description),
        title=title,
        description=description,
        source=source,
        table=answer.table,
    )


def described(answer: Answer) -> str:
    """The description of an answer's chart, without the chart: most of a chart is its frame.

    Raises as `chart` does.
    """
    return _described(answer, _sketched(answer))


def _described(answer: Answer, sketch: Sketch) -> str:
    return printable(" ".join([*answer.told[:1], sketch.shown]))


def _sketched(answer: Answer) -> Sketch:
    kinds = _kinds()
    if answer.question not in kinds:
        raise UsageError(f"{answer.question} has no chart: take its table with --csv.")
    if answer.table.is_empty():
        raise UsageError(f"{answer.question}: the answer has no rows, so there is nothing to draw.")
    return kinds[answer.question](answer)


def _kinds() -> dict[str, Callable[[Answer], Sketch]]:
    """Question -> what draws it. Read late: altair takes 0.4 s to load and may be missing."""
    try:
        from votewire.plots import (
            beside,
            changes,
            counts,
            lines,
            matrix,
            outcomes,
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
        "agree_each": lines.each_by_period,
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
