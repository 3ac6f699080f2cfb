"""The room's data files, read once when first needed."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from votewire.states.model import Spell

__all__ = ["languages", "read_table", "to_date", "to_spells"]

_FOLDER = Path(__file__).with_name("data")


@cache
def read_table(name: str) -> dict[str, Any]:
    """The contents of data/<name>.toml. Shared between callers: never change what it returns."""
    with (_FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def languages() -> tuple[str, ...]:
    """Languages that have an alias file, sorted."""
    return tuple(sorted(path.name.split(".")[1] for path in _FOLDER.glob("aliases.*.toml")))


def to_date(text: str) -> date | None:
    """The day that a data file gives, None for ""."""
    return date.fromisoformat(text) if text else None


def to_spells(rows: list[list[str]]) -> tuple[Spell, ...]:
    """[["1950-09-28", "1965-01-20"], ["1966-09-28"]] -> spells; the second day is exclusive."""
    return tuple(
        Spell(
            start=date.fromisoformat(row[0]),
            end=date.fromisoformat(row[1]) if len(row) > 1 else None,
        )
        for row in rows
    )
