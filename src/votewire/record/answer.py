"""An answer out of the record: a table, what was counted, and over which rollcalls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

__all__ = ["Answer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question of the record gave. The command line, a chart and a page print the same one.

    question: which question, such as `agree`; a chart is chosen by it.
    title: one line that says what is shown and of whom.
    told: sentences for a reader, the most important first; each figure with n and interval.
    table: the rows; shares in [0, 1]. columns: those that people are shown, all of them if empty.
    definition: how the figures are computed, with the denominator. basis: which rollcalls.
    facts: single values for programs, by name. record_hash, complete_to: which record it was.
    """

    question: str
    title: str
    told: tuple[str, ...]
    table: pl.DataFrame
    definition: str
    basis: str
    record_hash: str
    complete_to: str
    columns: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        rows = f"{self.table.height:,} row{'' if self.table.height == 1 else 's'}"
        return f"<Answer {self.question}: {self.title}; {rows}; record {self.record_hash[:12]}>"
