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

__all__ = ["Chart", "chart"]

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
    kinds = _kinds()
    if answer.question not in kinds:
        raise UsageError(f"{answer.question} has no chart: take its table with --csv.")
    if answer.table.is_empty():
        raise UsageError(f"{answer.question}: the answer has no rows, so there is nothing to draw.")
    from votewire.plots.style import framed

    sketch = kinds[answer.question](answer)
    source = printable(source_line(answer))
    title, description = printable(answer.title), " ".join([*answer.told[:1], sketch.shown])
    description = printable(description)
    return Chart(
        specification=framed(sketch, title, source, description),
        title=title,
        description=description,
        source=source,
        table=answer.table,
    )


def _kinds() -> dict[str, Callable[[Answer], Sketch]]:
    """Question -> what draws it. Read late: altair takes 0.4 s to load and may be missing."""
    try:
        from votewire.plots import (
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
        "balance": lines.by_period,
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
        "topics": counts.topics,
        "unexplained": outcomes.unexplained,
        "vetoes": vetoes.over_time,
        "vetoes_state": vetoes.by_state,
        "vetoes_year": vetoes.by_year,
        "whatif": tallies.before_and_after,
    }
