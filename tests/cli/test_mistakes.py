"""What a user does wrong is told in one line, by every command and with every path it takes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.cli.running import Ran, Shell
from tests.conftest import ROOT
from votewire.cli.main import app

PAGE = str(ROOT / "examples" / "assembly-and-council.txt")
ROLL = str(ROOT / "examples" / "roll.txt")
# Each command with what it needs to print something; the last three would take minutes.
COMMANDS = {
    "check": (PAGE,),
    "config": (),
    "judge": (str(ROOT / "docs" / "reference" / "claims-example.json"),),
    "read": (PAGE,),
    "agree": ("USA", "GBR", "--since", "2025"),
    "friends": ("USA", "--since", "2025"),
    "matrix": ("--group", "P5", "--since", "2025"),
    "balance": ("IND", "--between", "USA", "RUS", "--since", "2025"),
    "cohesion": ("P5", "--since", "2025"),
    "splits": ("EU", "A/RES/ES-11/7"),
    "communities": (),
    "first": ("USA no", "--like", "ES-11/7"),
    "left": ("A/RES/ES-11/1", "A/RES/ES-11/7"),
    "rule": ("A/RES/ES-11/7",),
    "whatif": ("S/RES/2774",),
    "power": ("SC", "--year", "1960"),
    "vetoes": (),
    "shifts": ("--state", "USA"),
    "surprise": ("A/RES/ES-11/7",),
    "forecast": ("A/RES/77/229",),
    "topics": (),
    "chain": ("A/RES/79/7",),
    "chains": ("--min", "20"),
    "groups": ("EU",),
    "record info": (),
    "record show": ("S/RES/242",),
    "record list": ("--since", "2025-01-01"),
    "record verify": (),
    "record problems": ("--kind", "quarantine"),
    "record sql": ("SELECT 1",),
    "record export": ("{new}",),
    "record add": (ROLL,),
    "record layer": ("--json",),
    "record undo": (),
    "links list": (),
    "links purge": ("--ended",),
    "positions show": ("USA", "--since", "2020"),
    "positions rank": (),
    "positions diagnose": (),
    "positions compare": (str(ROOT / "no-such.csv"),),
    "positions house": (str(ROOT / "tests" / "record" / "data" / "voteview"),),
    "record build": (str(ROOT / "tests"), "--out", "{new}"),
    "positions fit": ("--since", "2025"),
    "positions build": ("--out", "{new}"),
    "serve": ("--port", "1"),
}
LONG = {"positions fit", "positions build", "positions house", "serve", "record build"}
# Whose options no other command shares; all the others are asked as `friends` is.
OWN = {
    *("check", "read", "friends", "record list", "record problems", "record sql", "record export"),
    *("record add", "record build", "positions compare", "positions house"),
}
WRONG = ("file/below", "no-such/x", "folder", "x" * 5_000, "pipe", "caf\udce9", "a\n\x1b[31mb")


def commands(group: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


EVERY = dict(commands(typer.main.get_command(app)))


def paths_of(command: Any) -> Iterator[tuple[str, bool]]:
    """The options and arguments that take a path: the option, or "" for an argument."""
    for parameter in command.params:
        if "path" in parameter.type.name:
            option = parameter.param_type_name == "option"
            yield parameter.opts[0] if option else "", option


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one of everything that a path may lead to."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("no record, no page of votes")
    (tmp_path / "folder").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
    return tmp_path


def words_of(name: str, place: Path) -> list[str]:
    return [*name.split(), *(word.format(new=place / "new") for word in COMMANDS[name])]


def assert_told(ran: Ran, *statuses: int) -> None:
    assert ran.status in statuses, ran.err
    assert ran.err.startswith("votewire: "), ran.err
    assert ran.err.count("\n") == 1, ran.err
    assert len(ran.err) < 1_020
    assert "\x1b" not in ran.err
    assert "our bug" not in ran.err


def test_mistakes_are_tried_with_every_command() -> None:
    assert set(COMMANDS) == set(EVERY)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("name", sorted(set(COMMANDS) - LONG))
def test_mistakes_a_full_standard_output_is_told(
    shell: Shell, place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    if name == "record undo":
        shell("record", "add", ROLL)
    with suppress(OSError), Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        ran = shell(*words_of(name, place))
    assert ran.status == 2, ran.err
    assert "our bug" not in ran.err
    if name != "positions compare":
        last = ran.err.splitlines()[-1]
        assert last == "votewire: standard output cannot be written (No space left on device)."


@pytest.mark.parametrize("wrong", ["file", "no-such", "folder", "x" * 5_000, "pipe"])
@pytest.mark.parametrize("name", sorted(EVERY))
def test_mistakes_a_record_that_is_none_is_told(
    shell: Shell, place: Path, name: str, wrong: str
) -> None:
    if not any(option == "--record" for option, _ in paths_of(EVERY[name])):
        pytest.skip("takes no --record")
    ran = shell(*words_of(name, place), "--record", wrong)
    assert_told(ran, 2 if name == "positions compare" else 3)


@pytest.mark.parametrize("wrong", WRONG, ids=ascii)
@pytest.mark.parametrize("name", sorted(OWN))
def test_mistakes_a_path_that_leads_nowhere_is_told(
    shell: Shell, place: Path, name: str, wrong: str
) -> None:
    before = sorted(place.rglob("*"))
    for option, is_option in paths_of(EVERY[name]):
        if option == "--record" or (option in ("--out", "") and wrong.startswith(("caf", "a\n"))):
            continue
        words = words_of(name, place)
        given = [*words, option, wrong] if is_option else [*words[: len(name.split())], wrong]
        ran = shell(*given)
        assert ran.status in (0, 1, 2, 3, 4), ran.err
        assert "our bug" not in ran.err
        assert "\x1b" not in ran.err
        assert all(len(line) < 1_020 for line in ran.err.splitlines())
    assert not any(path.name.endswith((".part", ".journal")) for path in place.rglob("*"))
    assert set(before) <= set(place.rglob("*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("friends", "USA", "--csv", "--out", "no/x.csv"), "No such file or directory). Make no "),
        (("friends", "USA", "--csv", "--out", "folder"), "Is a directory"),
        (("friends", "USA", "--parquet", "--out", "folder"), "Is a directory"),
        (("friends", "USA", "--parquet", "--out", "/dev/full"), "No space left on device"),
        (("friends", "USA", "--json", "--out", "/dev/full"), "No space left on device"),
        (("friends", "USA", "--out", "pipe"), "nobody is at its other end"),
        (("friends", "USA", "--chart", "no/x.svg"), "there is no folder no"),
        (("friends", "USA", "--chart", "x" * 300 + ".svg"), "File name too long"),
        (("record", "export", "file"), "File exists"),
        (("record", "export", "/dev/full/x"), "Not a directory"),
        (("record", "build", "folder", "--out", "file"), "Not a directory"),
        (("record", "build", "folder", "--out", "."), "holds other files than a record's"),
        (("record", "build", "folder", "--out", "new", "--sources", "folder"), "Is a directory"),
        (("positions", "build", "--out", "file"), "File exists"),
        (("check", "pipe"), "nobody writes to this pipe"),
        (("read", "pipe"), "nobody writes to this pipe"),
        (("record", "add", "pipe"), "nobody writes to this pipe"),
        (("record", "add", "folder"), "this is a folder"),
        (("record", "sql", "select '\udce9'"), "not UTF-8"),
    ],
    ids=lambda given: ascii(given)[:60],
)
def test_mistakes_are_told_with_what_is_wrong(
    shell: Shell, place: Path, words: tuple[str, ...], said: str
) -> None:
    before = sorted(place.rglob("*"))
    ran = shell(*words)
    assert_told(ran, 2)
    assert said in ran.err
    assert sorted(place.rglob("*")) == before


def test_mistakes_a_folder_that_holds_a_record_is_built_anew(shell: Shell, place: Path) -> None:
    table = place / "none.toml"
    table.write_text("source = []\n")
    for _ in range(2):
        ran = shell("record", "build", ".", "--out", "made", "--sources", str(table))
        assert ran.status == 0, ran.err
    assert shell("record", "list", "--record", "made").status == 0
    assert "GA 1945-10-23" in shell("friends", "USA", "--record", "made").err


def in_shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A line of a real shell, with `votewire` as the command of this checkout."""
    line = line.replace("votewire", f"{sys.executable} -m votewire")
    return subprocess.run(
        ["bash", "-c", line],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("votewire check - <&-", 2, "standard input is closed"),
        ("votewire record show S/RES/242 >&-", 2, "standard output cannot be written"),
        ("votewire record show S/RES/242 --json >&-", 2, "standard output cannot be written"),
        ("votewire friends USA --parquet >&-", 2, "standard output cannot be written"),
        ("votewire friends USA --csv --out new.csv >&-", 0, "Record complete to"),
        ("votewire record show nothing 2>&-", 4, ""),
        ("votewire record show nothing 2>/dev/full", 4, ""),
        ("votewire record show S/RES/242 <&- >&- 2>&-", 2, ""),
        ("votewire record show S/RES/242 >/dev/full", 2, "No space left on device"),
        ("votewire --help >/dev/full", 2, "No space left on device"),
        ("votewire check <(cat file)", 0, ""),
        ("votewire read <(true)", 2, "nobody writes to this pipe"),
        ("votewire serve --host no.invalid", 2, "nothing can be served there"),
        ("votewire serve --record file", 3, "no record here"),
        ("votewire serve --url http://[::1", 2, "--url 'http://[::1': give a whole address"),
        ("VOTEWIRE_URL=http://[::1 votewire serve", 2, "VOTEWIRE_URL='http://[::1': give a whole"),
        ("VOTEWIRE_URL=http://[::1 votewire config", 2, "VOTEWIRE_URL='http://[::1': give a whole"),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_mistakes_in_a_real_shell(place: Path, line: str, status: int, said: str) -> None:
    ran = in_shell(line)
    assert ran.returncode == status, ran.stderr
    assert said in ran.stderr
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr
    assert ran.stderr.count("\n") <= 1


BUG = """
import sys
from votewire.cli import main, check
def broken(*given):
    raise RuntimeError("a bug\\n\\x1b[31m of ours")
check._found = broken
main.run()
"""


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({}, "The details are in "),
        ({"VOTEWIRE_DATA_DIR": "/dev/null/none"}, "The log cannot be written"),
        ({"VOTEWIRE_LINKS_KEPT": "many"}, "The log cannot be written"),
        ({"VOTEWIRE_DATA_DIR": "", "HOME": "/dev/null/none"}, "The log cannot be written"),
    ],
)
def test_mistakes_of_ours_are_told_where_nothing_can_be_written(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BUG, "check", PAGE],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "VOTEWIRE_DATA_DIR": str(tmp_path), **environment},
    )
    assert ran.returncode == 70
    assert ran.stderr.startswith(
        "votewire: this is our bug: RuntimeError: a bug\\n\\x1b[31m of ours."
    )
    assert said in ran.stderr
    assert ran.stderr.count("\n") == 1
    if said.startswith("The log"):
        assert "please report this: <string>:5, check.py:" in ran.stderr
    else:
        assert "RuntimeError" in (tmp_path / "votewire.log").read_text()


def test_mistakes_of_ours_are_told_to_nobody_where_stderr_is_closed(tmp_path: Path) -> None:
    line = f"{sys.executable} -c '{BUG}' check {PAGE} 2>&-"
    ran = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (70, "", "")


def test_mistakes_a_full_disk_is_no_bug_of_ours(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*given: object) -> None:
        raise OSError(28, "No space left on device", "votes.journal")

    monkeypatch.setattr("votewire.cli.check._found", full)
    assert_told(shell("check", PAGE), 2)
