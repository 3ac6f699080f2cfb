"""The bodies whose votes a page may tell of."""

from __future__ import annotations

from functools import cache

from votewire.press.langfiles import read_toml

__all__ = ["bodies"]


@cache
def bodies() -> frozenset[str]:
    """The codes of the bodies that claims may be of, those of the record among them."""
    rows = read_toml("en", "chambers.toml")["body"]
    return frozenset(row["code"] for row in rows) | {"CONF"}
