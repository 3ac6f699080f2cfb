"""Cited facts about single rollcalls: what the ordinary rule of the chamber does not tell."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["Fact", "facts"]

_FILE = Path(__file__).with_name("data") / "decided.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Which rule applied to one rollcall, and who says so.

    id: of the rollcall. symbol: its symbol, or what its title calls the text. rule: `procedural` or
    `any_seven` in the Council, `two_thirds` or `simple` in the Assembly. source: where it can be
    looked up. sentence: the fact.
    """

    id: str
    symbol: str
    rule: str
    source: str
    sentence: str


@cache
def facts() -> dict[str, Fact]:
    """Every cited fact by the id of its rollcall, in the order of the file."""
    with _FILE.open("rb") as file:
        return {row["id"]: Fact(**row) for row in tomllib.load(file)["fact"]}
