"""Under whose terms the record stands: those of each source that it takes from."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from votewire.record.record import Record
from votewire.record.tables import QUARANTINE, Table

__all__ = ["licences", "sources_of"]

_FILE = Path(__file__).with_name("data") / "licences.toml"


def sources_of(record: Record, table: Table) -> list[dict[str, Any]]:
    """The sources in the record's manifest whose facts a table holds, in the manifest's order."""
    taken = record.quarantine if table is QUARANTINE else record.sources
    met = set(taken["source"].unique())
    return [source for source in record.manifest["sources"] if source["id"] in met]


def licences(sources: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The licence of the compilation, then that of each source, as a datapackage states them.

    Where licences.toml has no address for the terms it is the source's own.
    """
    read = _read()
    known = {licence["says"]: licence for licence in read["licence"]}
    return [dict(read["compilation"]), *(_stated(source, known) for source in sources)]


def _stated(source: dict[str, Any], known: dict[str, dict[str, str]]) -> dict[str, str]:
    said = source.get("licence", "none stated")
    licence = known.get(said, {})
    stated = {
        "name": licence.get("name"),
        "title": f"{source['publisher']}: {said}",
        "path": licence.get("path", source.get("url")),
    }
    return {name: value for name, value in stated.items() if value}


@cache
def _read() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)
