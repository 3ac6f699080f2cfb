"""Finding a rollcall by its id, or by any spelling of its symbol or its draft's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.record import symbols
from votewire.record.tables import Chamber

__all__ = ["Lookup"]

_NEAREST = 3
_KEPT = 4096  # symbols whose rows are kept
_OFTEN = 20  # a command asks for a symbol or two, and an index of all numbers takes longer to make
_MOST = 2**62  # no symbol has such a number


class Lookup:
    """Rows of a ROLLCALLS frame by id, symbol, alias or draft.

    Keys are made only for the rollcalls that share the asked number: making them for all 11,500
    takes 0.2 s, longer than everything else that a command does.
    """

    def __init__(self, rollcalls: pl.DataFrame) -> None:
        self.rollcalls = rollcalls
        fields = (pl.col("symbol").fill_null(""), pl.col("draft").fill_null(""))
        self.names = rollcalls.select(pl.concat_str(fields, separator="|")).to_series()
        self.rows = lru_cache(maxsize=_KEPT)(self._find)
        self._keys = lru_cache(maxsize=_KEPT)(self._keys_of)
        self._asked = 0

    @cached_property
    def ids(self) -> dict[str, int]:
        """Rollcall id -> row."""
        return {name: row for row, name in enumerate(self.rollcalls["id"])}

    rows: Callable[[str], list[int]]
    """rows(typed): the rows that answer to what a person typed; possibly none."""

    def nearest(self, typed: str) -> tuple[str, ...]:
        """Up to three symbols of the same series with the nearest numbers."""
        asked = (symbols.typed_keys(typed) or ("",))[-1]
        number = symbols.number_of(asked)
        wanted = symbols.series(asked)
        council = () if wanted else ("S/RES/",)  # a bare number is the Council's first
        for start in (*council, wanted, f"A/RES/{wanted}", f"A/{wanted}"):
            neighbours = self._series(start) if start else []
            if neighbours and number is not None:
                close = sorted(neighbours, key=lambda item: (abs(item[0] - number), item[1]))
                return tuple(dict.fromkeys(name for _, name in close))[:_NEAREST]
        return ()

    def _find(self, typed: str) -> list[int]:
        if typed in self.ids:
            return [self.ids[typed]]
        council = "SECURITY" in typed.upper() or "UNSC" in typed.upper()
        chambers = self.rollcalls["chamber"]
        for key in symbols.typed_keys(typed):
            found = [row for row in self._with_number(key) if key in self._keys(row)]
            kept = [row for row in found if not council or chambers[row] == Chamber.SC]
            if kept:
                return kept
        return []

    def _with_number(self, key: str) -> list[int]:
        number = symbols.number_of(key)
        if number is None or number >= _MOST:
            return []
        self._asked += 1
        if self._asked < _OFTEN:
            alone = f"(?:^|[^0-9])0*{number}(?:[^0-9]|$)"
            found: list[int] = np.flatnonzero(self.names.str.contains(alone).to_numpy()).tolist()
            return found
        numbers, rows = self._numbered
        start, end = np.searchsorted(numbers, [number, number + 1])
        alike: list[int] = np.unique(rows[start:end]).tolist()
        return alike

    @cached_property
    def _numbered(self) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """Every number in a name, in order, and the row of each."""
        digits = self.names.alias("number").to_frame().with_row_index("row")
        each = digits.with_columns(pl.col("number").str.extract_all("[0-9]+")).explode("number")
        kept = each.with_columns(pl.col("number").cast(pl.Int64, strict=False)).drop_nulls()
        ordered = kept.sort("number")
        return ordered["number"].to_numpy(), ordered["row"].to_numpy()

    def _keys_of(self, row: int) -> set[str]:
        return {key for name in _texts(self.names[row]) for key in symbols.keys(name)}

    def _series(self, start: str) -> list[tuple[int, str]]:
        """Number and spelling of every symbol of a series."""
        near = self.names.filter(self.names.str.to_uppercase().str.contains(start, literal=True))
        return [
            (number, name)
            for names in near
            for name in _texts(names)
            if symbols.series(name) == start and (number := symbols.number_of(name)) is not None
        ]


def _texts(names: str) -> Iterator[str]:
    """Symbols of a text that may hold several, joined by `|` as the Digital Library does."""
    for name in names.split("|"):
        if name.strip():
            yield name.strip()
