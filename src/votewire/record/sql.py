"""SQL over the record's tables with DuckDB, read-only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Any

import duckdb
import polars as pl

from votewire.errors import QueryRefused
from votewire.record.record import Record
from votewire.record.tables import TABLES

__all__ = ["query"]

_NAMES = tuple(table.name for table in TABLES)
_READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
_MESSAGE_LENGTH = 300
# Copies of all tables take 0.3 GB; nothing is written to a disk where that is not enough.
_CONFIG: dict[str, Any] = {"memory_limit": "4GB", "temp_directory": ""}
_AGAIN = 0.1  # seconds after which a query is stopped again: it may have been between two steps
# What DuckDB names when a stream is asked for a second time, in the words of each of its releases.
_SPENT = "ArrowArrayStream"
# What is told now and then in place of the error of another thread, which it stopped for.
_STOPPED = "INTERRUPT Error"
# Types that Polars, JSON and CSV hold as they are, alone and in lists.
_HELD = frozenset(
    [
        *("boolean", "tinyint", "smallint", "integer", "bigint", "float", "double"),
        *("utinyint", "usmallint", "uinteger", "ubigint", "varchar", "enum", "uuid"),
        *("date", "timestamp", "timestamp with time zone"),
        *("timestamp_s", "timestamp_ms", "timestamp_ns"),
    ]
)
# The sum of whole numbers is a HUGEINT, and 1.5 a DECIMAL.
_NUMBERS = {"hugeint": "BIGINT", "uhugeint": "UBIGINT", "decimal": "DOUBLE"}


def query(record: Record, sql: str, *, seconds: float | None = None) -> pl.DataFrame:
    """The result of one SELECT over rollcalls, casts, sources, disagreements and quarantine.

    Nothing outside the record can be read and nothing can be written. What CSV and JSON do not
    hold, such as a duration or a struct, is given as text. Raises QueryRefused for anything but one
    reading statement, where DuckDB cannot run it, and where it takes more than so many seconds, if
    there is a limit.
    """
    _only_reading(sql)
    until = None if seconds is None else monotonic() + seconds
    try:
        return _answer(record, sql, _copy if _joins_itself(sql) else _lend, until=until)
    except TimeoutError:
        raise QueryRefused(
            f"SQL: the query took more than {seconds:g} s and was stopped. Ask for less, or allow "
            "more with VOTEWIRE_SQL_SECONDS (0 for any time)."
        ) from None


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


def _answer(
    record: Record,
    sql: str,
    give: Callable[[Any, str, pl.DataFrame], None],
    *,
    until: float | None,
    alone: bool = False,
) -> pl.DataFrame:
    """The query's result; alone: in one thread, so that its own error is the one told.

    Raises TimeoutError where it is not there by the moment given, on the clock of `monotonic`.
    """
    config = _CONFIG | ({"threads": 1} if alone else {})
    with duckdb.connect(":memory:", config=config) as connection:
        for name in _named(sql):
            give(connection, name, getattr(record, name))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            with _stopped_at(until, connection):
                return pl.DataFrame(_held(connection.sql(sql)))
        except (duckdb.Error, pl.exceptions.ComputeError) as error:
            stopped = _STOPPED in str(error) and not alone
            if not stopped and (give is _copy or _SPENT not in str(error)):
                raise QueryRefused(_explained(error)) from None
    return _answer(record, sql, _copy, until=until, alone=stopped)


@contextmanager
def _stopped_at(until: float | None, connection: Any) -> Iterator[None]:
    """Stops what the connection is at when the moment comes, and raises TimeoutError then."""
    if until is None:
        yield
        return
    done, late = Event(), Event()

    def watch() -> None:
        wait = max(0.0, until - monotonic())
        while not done.wait(wait):
            late.set()
            connection.interrupt()
            wait = _AGAIN

    watching = Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    except (duckdb.Error, pl.exceptions.ComputeError):
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        done.set()
        watching.join()


def _named(sql: str) -> list[str]:
    """The tables whose name occurs in the query: the others need not be made."""
    lowered = sql.lower()
    return [name for name in _NAMES if name in lowered] or list(_NAMES)


def _joins_itself(sql: str) -> bool:
    """Whether the query plainly reads one table twice; it may do so less plainly."""
    read = re.findall(r"(?:\bfrom|\bjoin|,)\s++(\w++)", sql.lower())
    return any(read.count(name) > 1 for name in _NAMES)


def _lend(connection: Any, name: str, frame: pl.DataFrame) -> None:
    """Gives DuckDB the frame's own memory, as a stream that can be read once.

    A bare stream, because DuckDB hands an object that makes streams, or a frame, to pyarrow where
    that is installed, and pyarrow cannot filter strings as Polars lays them out.
    """
    connection.register(name, frame.__arrow_c_stream__())


def _copy(connection: Any, name: str, frame: pl.DataFrame) -> None:
    """Gives DuckDB a table of its own, which a query may read more than once.

    For all queries it would do, but copying the casts takes as long as most queries on them run.
    """
    _lend(connection, "lent", frame)
    connection.execute(f"CREATE TABLE {name} AS FROM lent")
    connection.unregister("lent")


def _held(relation: Any) -> Any:
    """The relation with every column named apart, in a type that every format holds."""
    if len(set(relation.columns)) < len(relation.columns):
        relation = relation.project("*")  # DuckDB tells them apart: n, n_1
    kinds = [_kind(kind) for kind in relation.types]
    if not any(kinds):
        return relation
    return relation.project(
        ", ".join(
            f"CAST(#{at} AS {kind}) AS {_quoted(name)}" if kind else f"#{at}"
            for at, (name, kind) in enumerate(zip(relation.columns, kinds, strict=True), 1)
        )
    )


def _kind(kind: Any) -> str | None:
    """The type to give a column instead of its own; None where that is held as it is."""
    inner = kind.children[0][1] if kind.id == "list" else kind
    return None if inner.id in _HELD else _NUMBERS.get(kind.id, "VARCHAR")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _explained(error: Exception) -> str:
    first = " ".join(str(error).removeprefix("got external error: ").split())
    return f"SQL: {first[:_MESSAGE_LENGTH]} Tables: {', '.join(_NAMES)}."
