"""The record as files for other tools: Parquet and CSV, explained by a datapackage.json."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import polars as pl

from votewire import files
from votewire.record.licences import licences, sources_of
from votewire.record.record import Record
from votewire.record.tables import TABLES, Column, Table

__all__ = ["export"]

_LIST_MARK = "|"
# A Parquet file says its own types, and programs without a reader of it can check its hash alone:
# named a table, Frictionless would read it, and take lists for wrong strings.
_FORMATS = {
    ".csv": {
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
    },
    ".parquet": {
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "profile": "data-resource",
        "type": "file",
    },
}


def export(record: Record, folder: Path) -> list[Path]:
    """Writes every table as Parquet and CSV with a `datapackage.json`; returns the paths.

    The datapackage is what `frictionless validate` accepts: types, meanings, keys, missing values,
    sources with their licences, and each file's size and SHA-256. In CSV a list is one field with
    `|` between its items. All files are written, or none. Raises OSError where the folder cannot
    be written to.
    """
    made: dict[Path, bytes] = {}
    resources: list[dict[str, Any]] = []
    for table in TABLES:
        frame: pl.DataFrame = getattr(record, table.name)
        parquet, csv = folder / f"{table.name}.parquet", folder / f"{table.name}.csv"
        made |= {parquet: _parquet(frame, table), csv: flat(frame).write_csv().encode()}
        resources += [_resource(record, table, path, made[path]) for path in (csv, parquet)]
    text = json.dumps(_package(record, resources), indent=1, ensure_ascii=False)
    made[folder / "datapackage.json"] = (text + "\n").encode()
    folder.mkdir(parents=True, exist_ok=True)
    files.write_all(made)
    return list(made)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with each list as one string, as CSV needs it."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    return (
        frame.with_columns(pl.col(lists).cast(pl.List(pl.String)).list.join(_LIST_MARK))
        if lists
        else frame
    )


def _parquet(frame: pl.DataFrame, table: Table) -> bytes:
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", statistics=False, metadata=_meanings(table))
    return packed.getvalue()


def _meanings(table: Table) -> dict[str, str]:
    return {"votewire:table": table.meaning} | {
        f"votewire:{column.name}": column.meaning for column in table.columns
    }


def _package(record: Record, resources: list[dict[str, Any]]) -> dict[str, Any]:
    sources = record.manifest["sources"]
    return {
        "profile": "data-package",
        "name": "un-voting-record",
        "title": "Voting record of the UN General Assembly and Security Council",
        "version": record.hash,
        "description": f"Record complete to {record.completeness}; hash {record.hash}. The terms "
        "are those of the sources, listed as licenses here and with each resource.",
        "licenses": licences(sources),
        "sources": [_source(source) for source in sources],
        "resources": resources,
    }


def _resource(record: Record, table: Table, path: Path, content: bytes) -> dict[str, Any]:
    sources = sources_of(record, table)
    return {
        "name": path.name.replace(".", "-"),
        "path": path.name,
        **_FORMATS[path.suffix],
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "description": table.meaning,
        "licenses": licences(sources),
        "sources": [_source(source) for source in sources],
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _source(source: dict[str, Any]) -> dict[str, Any]:
    """A source, and where its file came from; an addition of the user's has no address."""
    address = {"path": source["url"], "read": source["read"]} if "url" in source else {}
    title = f"{source['publisher']}: {source['title']}"
    return {"title": title, **address, "origin": source["origin"]}


def _field(column: Column) -> dict[str, Any]:
    listed = isinstance(column.type, pl.List)
    return {
        "name": column.name,
        "type": _type(column.type),
        "description": column.meaning + (f"; {_LIST_MARK} between items" if listed else ""),
        # A list without items is an empty field, which counts as missing.
        "constraints": {"required": not column.nullable and not listed},
    }


def _type(kind: pl.DataType) -> str:
    if isinstance(kind, pl.Boolean):
        return "boolean"
    if isinstance(kind, pl.Date):
        return "date"
    return "integer" if kind.is_integer() else "string"
