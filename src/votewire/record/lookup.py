"""Finding a rollcall by its id, or by any spelling of its symbol or its draft's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np
import polars as pl

from votewire.record import symbols
from votewire.record.tables import Chamber

__all__ = ["Lookup"]

_NEAREST = 3


class Lookup:
    """Rows of a ROLLCALLS frame by id, symbol, alias or draft.

    Keys are made only for the rollcalls that share the asked number: making them for all 11,500
    takes 0.2 s, longer than everything else that a command does.
    """

    def __init__(self, rollcalls: pl.DataFrame) -> None:
        self.rollcalls = rollcalls
        fields = (pl.col("symbol").fill_null(""), pl.col("draft").fill_null(""))
        self.names = rollcalls.select(pl.concat_str(fields, separator="|")).to_series()
        self.asked: dict[str, list[int]] = {}

    @cached_property
    def ids(self) -> dict[str, int]:
        """Rollcall id -> row."""
        return {name: row for row, name in enumerate(self.rollcalls["id"])}

    def rows(self, typed: str) -> list[int]:
        """The rows that answer to what a person typed; possibly none."""
        if typed not in self.asked:
            self.asked[typed] = self._find(typed)
        return self.asked[typed]

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
        if number is None:
            return []
        alone = f"(?:^|[^0-9])0*{number}(?:[^0-9]|$)"
        return np.flatnonzero(self.names.str.contains(alone).to_numpy()).tolist()

    def _keys(self, row: int) -> set[str]:
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
