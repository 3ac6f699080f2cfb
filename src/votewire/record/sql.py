"""SQL over the record's tables with DuckDB, read-only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import duckdb
import polars as pl

from votewire.errors import QueryRefused
from votewire.record.record import Record
from votewire.record.tables import TABLES

__all__ = ["query"]

_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_MESSAGE_LENGTH = 300


class _Stream:
    """A frame as an Arrow stream: DuckDB would otherwise ask for pyarrow."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def query(record: Record, sql: str) -> pl.DataFrame:
    """The result of one SELECT over rollcalls, casts, sources, disagreements and quarantine.

    Nothing outside the record can be read and nothing can be written. Raises QueryRefused for
    anything but one reading statement, and where DuckDB cannot run it.
    """
    _only_reading(sql)
    with duckdb.connect(":memory:") as connection:
        for name in _named(sql, (table.name for table in TABLES)):
            connection.register(name, _Stream(getattr(record, name)))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            return pl.DataFrame(connection.sql(sql))
        except duckdb.Error as error:
            raise QueryRefused(_explained(error)) from None


def _only_reading(sql: str) -> None:
    try:
        sql.encode()
        statements: list[Any] = duckdb.extract_statements(sql)
    except UnicodeEncodeError:
        raise QueryRefused("SQL: the query is not UTF-8. Nothing was run.") from None
    except duckdb.Error as error:
        raise QueryRefused(_explained(error)) from None
    if len(statements) != 1 or statements[0].type not in _READING:
        raise QueryRefused(
            "The record is read-only here: give one SELECT. Nothing was run. To add rollcalls of "
            "your own use `votewire record add`."
        )


def _named(sql: str, tables: Iterable[str]) -> list[str]:
    """The tables whose name occurs in the query: the others need not be made."""
    lowered = sql.lower()
    return [name for name in tables if name in lowered] or [table.name for table in TABLES]


def _explained(error: duckdb.Error) -> str:
    first = " ".join(str(error).split())
    return f"SQL: {first[:_MESSAGE_LENGTH]} Tables: {', '.join(table.name for table in TABLES)}."
