"""The written rules by which the record was compiled: an id and a sentence each (rules.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Rule", "rules"]

_FILE = Path(__file__).with_name("data") / "rules.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule.

    does: `reads` (what a mark means), `pairs` (one vote), `chooses` (between values), `derives`
    (what follows from stated facts) or `sets aside`. measured: what the data say for it.
    """

    id: str
    does: str
    sentence: str
    measured: str = ""


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the file."""
    with _FILE.open("rb") as file:
        return {row["id"]: Rule(**row) for row in tomllib.load(file)["rule"]}
