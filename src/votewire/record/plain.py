"""Results as JSON can hold them; every door of votewire gives the same."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from math import isfinite
from pathlib import Path
from typing import Any

import polars as pl

from votewire.record.answer import Answer

__all__ = ["answer_object", "decimals_of", "plain"]

_DECIMALS = 3  # of any figure that people are shown


def plain(value: Any) -> Any:
    """The value as JSON can hold it: dataclasses as objects, days as ISO dates, NaN as null."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, pl.DataFrame):
        return plain(value.to_dicts())
    return value


def decimals_of(column: pl.Series) -> int:
    """The decimals that a column of figures is shown with: as many as its values have, 1 to 3."""
    if not column.dtype.is_float():
        return _DECIMALS
    shown = column.drop_nulls().drop_nans().round(_DECIMALS)
    return next((n for n in range(1, _DECIMALS) if _same(shown, n)), _DECIMALS)


def _same(values: pl.Series, decimals: int) -> bool:
    """Whether the values have no more decimals than these."""
    away = (values - values.round(decimals)).abs().max()
    return away is None or bool(away < 10 ** -(_DECIMALS + 2))


def answer_object(answer: Answer) -> dict[str, Any]:
    """The answer as one JSON object, its facts beside its words and its table."""
    told: dict[str, Any] = plain(
        {
            "question": answer.question,
            "title": answer.title,
            "told": answer.told,
            **answer.facts,
            "table": answer.table,
            "definition": answer.definition,
            "basis": answer.basis,
            "record": {"complete_to": answer.complete_to, "hash": answer.record_hash},
        }
    )
    return told
