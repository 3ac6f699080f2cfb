"""How many rows a command prints: as many as are asked for, the same in every format."""

from __future__ import annotations

import csv
import io
import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import typer.main

from tests.cli.running import Shell
from votewire.cli.main import app
from votewire.cli.rows import few_rows
from votewire.record import Answer

WITHOUT_TOP = {"record sql", "links list"}  # a query has its LIMIT; links are no rollcalls


def rows_of(shell: Shell, words: list[str], tmp_path: Path) -> list[int]:
    """How many rows a command gives as JSON, CSV and Parquet, and as a table for people."""
    table = json.loads(shell(*words, "--json").out)
    as_json = table if isinstance(table, list) else table["table"]
    as_csv = list(csv.DictReader(io.StringIO(shell(*words, "--csv").out)))
    packed = tmp_path / "rows.parquet"
    shell(*words, "--parquet", "--out", str(packed))
    lines = shell(*words).out.splitlines()
    rule = next(at for at, line in enumerate(lines) if line.startswith("---"))
    printed = [*lines[rule + 1 :], ""].index("")
    noted = sum(line.endswith((" shows more.", " members too.")) for line in lines)
    return [len(as_json), len(as_csv), pl.read_parquet(packed).height, printed - noted]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        ("surprise A/RES/ES-11/7 --top 3", 3),
        ("surprise A/RES/ES-11/7 --state USA", 1),
        ("surprise A/RES/ES-11/7 --state USA --top 3", 1),
        ("surprise --state India --top 2", 2),
        ("splits NATO A/RES/ES-11/7", 3),
        ("splits NATO A/RES/ES-11/7 --top 5", 5),
        ("splits NATO A/RES/ES-11/7 --all", 32),
        ("splits NATO --top 2", 2),
        ("vetoes --top 4", 4),
        ("vetoes --state France --top 4", 4),
        ("vetoes --by state --top 2", 2),
        ("left ES-11/6 ES-11/7 --top 5", 5),
        ("chain A/RES/79/7 --top 3", 3),
        ("chains --topic nuclear --top 3", 3),
        ("topics --top 2", 2),
        ("topics ukraine --top 4", 4),
        ("forecast A/RES/77/229 --top 6", 6),
        ("whatif A/RES/ES-11/7 --set abstainers=no --top 2", 2),
        ("positions rank --top 3", 3),
        ("rule --unexplained --top 3", 3),
        ("record list --topic ukraine --top 3", 3),
        ("record problems --top 3", 3),
    ],
)
def test_rows_are_as_many_as_asked_for(shell: Shell, tmp_path: Path, words: str, rows: int) -> None:
    assert rows_of(shell, shlex.split(words), tmp_path) == [rows] * 4


def listing_commands(group: Any = None, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every command that prints a table, with its options."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        full = f"{path} {name}".strip()
        if hasattr(command, "commands"):
            yield from listing_commands(command, full)
        else:
            options = [option for p in command.params for option in p.opts]
            if "--csv" in options:
                yield full, options


def test_rows_of_every_table_can_be_counted() -> None:
    lacking = {full for full, options in listing_commands() if "--top" not in options}
    assert lacking == WITHOUT_TOP
    assert len(list(listing_commands())) > 25


@pytest.mark.parametrize(
    ("words", "newest"),
    [
        ("vetoes --until 2025 --top 2", ["S/2025/116", "S/2025/353"]),
        ("chain A/RES/80/4 --top 2", ["A/RES/79/7", "A/RES/80/4"]),
        ("record list --since 2025-10 --top 1", ["S/RES/2798(2025)"]),
    ],
)
def test_rows_in_order_of_time_are_the_newest(shell: Shell, words: str, newest: list[str]) -> None:
    found = list(csv.DictReader(io.StringIO(shell(*words.split(), "--csv").out)))
    assert [row["symbol"] for row in found] == newest


def test_rows_left_out_are_told(shell: Shell) -> None:
    told = {
        "The first 3 of 176 rows; --top shows more.": "surprise A/RES/ES-11/7 --top 3",
        "The newest 2 of ": "vetoes --top 2",
        "--all lists the other 29 members too.": "splits NATO A/RES/ES-11/7",
    }
    for sentence, words in told.items():
        assert f"\n{sentence}" in shell(*words.split()).out
    assert "shows more" not in shell("left", "ES-11/6", "ES-11/7", "--top", "400").out
    assert "--all lists" not in shell("splits", "NATO", "A/RES/ES-11/7", "--all").out


def test_rows_over_the_usual_most_are_printed_where_asked_for(shell: Shell) -> None:
    words = ("rule", "--unexplained", "--top", "255")
    lines = shell(*words).out.splitlines()
    assert not any(line.startswith("... and ") for line in lines)
    assert sum(line[:2] in ("19", "20") for line in lines) == 255


def test_rows_of_a_group_that_did_not_split_are_none(shell: Shell) -> None:
    ran = shell("splits", "NORDIC", "A/RES/ES-11/7")
    assert ran.status == 0
    assert "Nobody broke ranks." in ran.out
    assert "--all lists the other 5 members too." in ran.out
    assert shell("splits", "NATO", "--all").status == 2


def test_rows_asked_for_leave_a_chart_whole(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Answer] = []
    monkeypatch.setattr(
        "votewire.plots.draw", lambda answer, path: [drawn.append(answer), path][1:]
    )
    shell("splits", "NATO", "A/RES/ES-11/7", "--chart", str(tmp_path / "a.svg"))
    shell("left", "ES-11/6", "ES-11/7", "--top", "2", "--chart", str(tmp_path / "b.svg"))
    assert [answer.table.height for answer in drawn] == [32, 60]


def test_rows_by_period_are_in_order_of_time() -> None:
    sessions = pl.DataFrame({"period": ["9", "10", "11"], "n": [1, 2, 3]})
    table, note = few_rows(sessions, 2)
    assert table["period"].to_list() == ["10", "11"]
    assert note == "The newest 2 of 3 rows; --top shows more."
    for top in (3, 4, None):
        table, note = few_rows(sessions, top)
        assert (table.height, note) == (3, "")
