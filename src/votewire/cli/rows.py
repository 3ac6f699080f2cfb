"""Which rows of an answer are printed: as many as are asked for, or those that matter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import polars as pl

    from votewire.record import Answer

__all__ = ["Listed", "Top", "few", "few_rows", "listed"]

Top = Annotated[
    int | None,
    typer.Option(
        "--top", min=1, help="How many rows to show; of those in order of time the newest."
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An answer of which a part is printed, whatever the format; a chart is of the whole.

    note: a sentence on the rows that are left out, empty where none is needed.
    """

    whole: Answer
    shown: Answer
    note: str = ""


def listed(whole: Answer, table: pl.DataFrame, note: str = "") -> Listed:
    """The answer with these rows of it alone, and what is said of the others."""
    return Listed(whole=whole, shown=replace(whole, table=table), note=note)


def few(answer: Answer | Listed, top: int | None) -> Listed:
    """At most so many rows of an answer, or of the part of it that is printed."""
    found = answer if isinstance(answer, Listed) else Listed(whole=answer, shown=answer)
    table, note = few_rows(found.shown.table, top)
    return replace(found, shown=replace(found.shown, table=table), note=note or found.note)


def few_rows(table: pl.DataFrame, top: int | None) -> tuple[pl.DataFrame, str]:
    """At most so many rows of a table and a sentence on it, empty where they are all.

    The newest where the rows are in order of time, else the first.
    """
    if top is None or table.height <= top:
        return table, ""
    of = f"of {table.height:,} rows; --top shows more."
    if _is_by_time(table):
        return table.tail(top), f"The newest {top:,} {of}"
    return table.head(top), f"The first {top:,} {of}"


def _is_by_time(table: pl.DataFrame) -> bool:
    if "period" in table.columns:
        return True
    when = [name for name in ("date", "session") if name in table.columns]
    return bool(when) and table[when[0]].is_sorted()
