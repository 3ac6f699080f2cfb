"""The record as files for other tools: Parquet and CSV, explained by a datapackage.json."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import polars as pl

from votewire import files
from votewire.record.record import Record
from votewire.record.tables import TABLES, Table

__all__ = ["export"]

_LICENCE = {
    "name": "CC0-1.0",
    "title": "Facts of the UN's public voting record, compiled by votewire; sources named",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_LIST_MARK = "|"


def export(record: Record, folder: Path) -> list[Path]:
    """Writes every table as Parquet and CSV with a `datapackage.json`; returns the paths.

    The datapackage follows Frictionless Table Schema: types, meanings, keys, missing values, and
    each file's SHA-256. In CSV a list is one field with `|` between its items. All files are
    written, or none. Raises OSError where the folder cannot be written to.
    """
    made: dict[Path, bytes] = {}
    resources: list[dict[str, Any]] = []
    for table in TABLES:
        frame: pl.DataFrame = getattr(record, table.name)
        parquet, csv = folder / f"{table.name}.parquet", folder / f"{table.name}.csv"
        made |= {parquet: _parquet(frame, table), csv: flat(frame).write_csv().encode()}
        resources += [_resource(table, path.name, made[path]) for path in (csv, parquet)]
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
    return {
        "profile": "tabular-data-package",
        "name": "un-voting-record",
        "title": "Voting record of the UN General Assembly and Security Council",
        "version": record.hash,
        "description": f"Record complete to {record.completeness}; hash {record.hash}.",
        "licenses": [_LICENCE],
        "sources": [
            {"title": source["title"], "path": source["origin"]}
            for source in record.manifest["sources"]
        ],
        "resources": resources,
    }


def _resource(table: Table, name: str, content: bytes) -> dict[str, Any]:
    return {
        "name": name.replace(".", "-"),
        "path": name,
        "format": name.rpartition(".")[2],
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "description": table.meaning,
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": _type(column.type),
                    "description": column.meaning,
                    "constraints": {"required": not column.nullable},
                }
                for column in table.columns
            ],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _type(kind: pl.DataType) -> str:
    if isinstance(kind, pl.Boolean):
        return "boolean"
    if isinstance(kind, pl.Date):
        return "date"
    return "integer" if kind.is_integer() else "string"
