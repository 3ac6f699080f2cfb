"""SQL over the record: with pyarrow beside votewire and without, and what it must not reach."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

import votewire
from votewire.errors import QueryRefused
from votewire.record import Record, sql
from votewire.record.sql import query

VETOES = (
    "SELECT state, count(*) AS n FROM casts JOIN rollcalls ON rollcall = id WHERE outcome = "
    "'vetoed' AND choice = 'no' AND date >= '2022-01-01' GROUP BY state ORDER BY n DESC, state"
)
PROGRAM = """
import sys
import time
{first}
from votewire import open_record
from votewire.record.sql import query
print(query(open_record(), sys.argv[1]).row(0), "pyarrow" in sys.modules)
"""


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


@pytest.mark.parametrize(
    ("first", "loaded"),
    [
        ("", False),  # installed, as the extra for developers has it: left alone
        ("import pyarrow.dataset", True),
        ("sys.modules['pyarrow'] = None", True),  # any import of it fails
    ],
    ids=["pyarrow installed", "pyarrow loaded", "no pyarrow"],
)
def test_sql_answers_beside_pyarrow_and_without(first: str, loaded: bool, record: Record) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(first=first), VETOES],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    vetoed = record.rollcalls.filter(
        pl.col("outcome") == "vetoed", pl.col("date") >= date(2022, 1, 1)
    )
    no = record.casts.filter(
        pl.col("rollcall").is_in(vetoed["id"].implode()), pl.col("choice") == "no"
    )
    most = no.group_by("state").len().sort("len", "state", descending=[True, False]).row(0)
    assert (done.stdout.strip(), done.stderr) == (f"{most} {loaded}", "")


def test_sql_tables_are_the_frames(record: Record) -> None:
    for name in ("rollcalls", "casts", "sources", "disagreements", "quarantine"):
        assert query(record, f"SELECT * FROM {name}").equals(getattr(record, name))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM casts a JOIN casts b USING (rollcall, state)",
        "SELECT (SELECT count(*) FROM casts) + (SELECT count(*) FROM casts WHERE 1 = 0)",
        # Twice, where the text does not say so.
        "WITH RECURSIVE t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 3 AND "
        "EXISTS (SELECT 1 FROM casts)) SELECT count(*) + 1114410 FROM t",
        'SELECT count(*) FROM "casts" AS a JOIN "casts" AS b USING (rollcall, state)',
    ],
)
def test_sql_may_read_a_table_twice(sql: str, record: Record) -> None:
    assert query(record, sql).item() == record.casts.height == 1114414


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("(SELECT sum(yes) FROM rollcalls)", 815975),
        ("1.5", 1.5),
        ("2::HUGEINT", 2),
        ("INTERVAL 3 DAY", "3 days"),
        ("[INTERVAL 3 DAY]", "[3 days]"),
        ("[[1, 2], [3]]", "[[1, 2], [3]]"),
        ("[1, 2]", [1, 2]),
        ("{'a': 1}", "{'a': 1}"),
        ("MAP {'a': 1}", "{a=1}"),
        ("TIME '10:00'", "10:00:00"),
        ("'x'::BLOB", "x"),
        ("union_value(a := 1)", "1"),
        ("'a'::VARIANT", "a"),
        ("DATE '2025-02-24'", date(2025, 2, 24)),
        ("NULL", None),
    ],
)
def test_sql_gives_what_every_format_holds(given: str, held: Any, record: Record) -> None:
    value = query(record, f'SELECT {given} AS "a ""b"""')['a "b"'].to_list()
    assert value == [held]
    assert type(value[0]) is type(held)


def test_sql_tells_columns_of_one_name_apart(record: Record) -> None:
    sql = "SELECT yes AS n, no AS n, symbol FROM rollcalls ORDER BY yes DESC NULLS LAST, no, id"
    frame = query(record, sql)
    assert frame.columns == ["n", "n_1", "symbol"]
    assert frame["n"].drop_nulls().is_sorted(descending=True)
    assert query(record, "SELECT 1.5 AS n, 2 AS N, 3 AS n").row(0) == (1.5, 2, 3)


def test_sql_that_fails_on_a_late_row_is_refused(record: Record) -> None:
    late = "SELECT CASE WHEN i = 999000 THEN error('too late') ELSE i END FROM range(1000000) t(i)"
    with pytest.raises(QueryRefused, match=r"SQL: .*too late"):
        query(record, late)
    with pytest.raises(QueryRefused, match="ArrowArrayStream is spent"):
        query(record, "SELECT error('ArrowArrayStream is spent') FROM rollcalls")


def test_sql_stopped_for_another_threads_error_tells_that_error(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, calls = sql._held, []

    def stopped_once(relation: object) -> object:
        calls.append(relation)
        if len(calls) == 1:
            raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")
        return held(relation)

    monkeypatch.setattr(sql, "_held", stopped_once)
    with pytest.raises(QueryRefused, match="too late"):
        query(record, "SELECT error('too late')")
    assert len(calls) == 2


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_csv('{secret}')",
        "SELECT * FROM read_csv_auto('{secret}')",
        "SELECT * FROM read_text('{secret}')",
        "SELECT * FROM read_blob('{secret}')",
        "SELECT * FROM read_json('{secret}')",
        "SELECT * FROM read_parquet('{secret}')",
        "SELECT * FROM parquet_metadata('{secret}')",
        "SELECT * FROM sniff_csv('{secret}')",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM '{secret}'",
        "SELECT * FROM casts, '{secret}'",
        "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
        "SELECT * FROM query_table('{secret}')",
        "SELECT * FROM 'https://example.org/casts.csv'",
        "SELECT getenv('HOME')",
        "SELECT * FROM frame",  # a variable of whoever asks
        "EXPLAIN ANALYZE COPY casts TO '{folder}/stolen.csv'",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '{folder}/stolen.parquet' (FORMAT parquet)",
        "COPY casts TO '{folder}/stolen.csv'",
        "COPY casts FROM '{secret}'",
        "EXPORT DATABASE '{folder}/stolen'",
        "IMPORT DATABASE '{folder}'",
        "ATTACH '{folder}/stolen.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET enable_external_access",
        "SET temp_directory = '{folder}/stolen'",
        "PRAGMA enable_external_access = true",
        "CREATE SECRET (TYPE s3)",
        "CREATE VIEW mine AS SELECT 1",
        "CALL pragma_version()",
        "SELECT 1; SELECT * FROM read_text('{secret}')",
        "INSERT INTO casts VALUES ('a', 'b', 'c')",
        "DROP VIEW casts",
    ],
)
def test_sql_reaches_no_file(attack: str, record: Record, tmp_path: Path) -> None:
    frame = record.quarantine
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\nhidden,1\n", encoding="utf-8")
    with pytest.raises(QueryRefused) as refused:
        query(record, attack.format(secret=secret, folder=tmp_path))
    assert "hidden" not in str(refused.value)
    assert list(tmp_path.iterdir()) == [secret]
    assert query(record, "SELECT count(*) FROM quarantine").item() == frame.height


@pytest.mark.parametrize(
    "text",
    [
        "SELECT count(*) FROM range(1000000000000)",
        "SELECT count(*) FROM casts a, casts b, casts c WHERE a.state < b.state",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
        "SELECT a.id FROM rollcalls a, rollcalls b, rollcalls c",
    ],
)
def test_sql_that_does_not_end_is_stopped(record: Record, text: str) -> None:
    began = time.monotonic()
    with pytest.raises(QueryRefused, match=r"took more than 0.3 s and was stopped\. Ask for less"):
        query(record, text, seconds=0.3)
    assert time.monotonic() - began < 10


def test_sql_in_time_is_as_without_a_limit(record: Record) -> None:
    text = "SELECT count(*) AS n FROM rollcalls"
    assert query(record, text, seconds=60).equals(query(record, text))
    with pytest.raises(QueryRefused, match=r"SQL: .*nothing"):
        query(record, "SELECT nothing FROM rollcalls", seconds=60)


def test_sql_takes_no_more_memory_than_it_may(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sql._CONFIG, "memory_limit", "200MB")
    with pytest.raises(QueryRefused, match="Out of Memory"):
        query(record, "SELECT list(i) FROM range(100000000000) t(i)", seconds=120)
