"""Where each state stands on a map of tiles: one square a state, by rough geography."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from votewire.states.datafiles import read_table

__all__ = ["TileRegion", "tile_regions"]

_EMPTY = "..."


@dataclass(frozen=True, slots=True, kw_only=True)
class TileRegion:
    """A block of the map: its states by place.

    id, name: such as `africa`, `Africa`. column, row: of its first place on the map of all regions.
    columns, rows: how many places it has each way. places: state code -> (column, row) inside the
    block; an ended state may share the place of one that was never a member on the same day.
    """

    id: str
    name: str
    column: int
    row: int
    columns: int
    rows: int
    places: Mapping[str, tuple[int, int]]


@cache
def tile_regions() -> tuple[TileRegion, ...]:
    """The regions of the map, each state in one of them."""
    return tuple(_region(name, given) for name, given in read_table("tiles").items())


def _region(id: str, given: dict[str, Any]) -> TileRegion:  # noqa: A002
    lines = [line.split() for line in given["places"].split("\n") if line.strip()]
    places = {
        code: (column, row)
        for row, line in enumerate(lines)
        for column, code in enumerate(line)
        if code != _EMPTY
    }
    shared = {ended: places[code] for ended, code in given.get("instead", {}).items()}
    column, row = given["at"]
    return TileRegion(
        id=id,
        name=given["name"],
        column=column,
        row=row,
        columns=max(map(len, lines)),
        rows=len(lines),
        places=places | shared,
    )
