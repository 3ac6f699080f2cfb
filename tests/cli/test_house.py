"""`votewire positions house`: files found by any of their names, and what is printed."""

import json
import sys
from pathlib import Path

import pytest

from tests.cli.running import Shell
from tests.positions.made_house import Files, made_house

CUT = Path(__file__).parents[1] / "record" / "data" / "voteview"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "files", made_house().files)


def written(folder: Path, files: Files) -> Path:
    folder.mkdir(exist_ok=True)
    for name, source in files:
        (folder / name).write_bytes(source)
    return folder


def test_house_of_a_folder_says_how_it_compares(shell: Shell, folder: Path) -> None:
    ran = shell("positions", "house", str(folder))
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert ran.err == ""
    assert lines[0] == "Positions in the Senate, Congress 118"
    assert lines[1].startswith("Fitted to ")
    assert "all members: correlation with NOMINATE's first dimension 0.9" in ran.out
    assert "left out of a second fit" in ran.out.replace("\n", " ")
    assert max(map(len, lines[:2])) <= 100
    members = [line for line in lines if line.startswith("118 ") and "MEMBER" in line]
    assert len(members) == 30
    assert "Republican" in members[0]
    assert "Democrat" in members[-1]


@pytest.mark.parametrize("part", ["members", "rollcalls", "votes"])
def test_house_of_one_file_finds_the_two_beside_it(shell: Shell, folder: Path, part: str) -> None:
    whole = shell("positions", "house", str(folder), "--csv")
    one = shell("positions", "house", str(folder / f"S118_{part}.csv"), "--csv")
    assert one.status == 0
    assert one.out == whole.out
    head = "congress,id,name,state,party,mean,sd,q05,q95,n_casts,nominate_dim1"
    assert one.out.splitlines()[0] == head


def test_house_in_json_has_figures_by_name(shell: Shell, folder: Path) -> None:
    answer = json.loads(shell("positions", "house", str(folder), "--json").out)
    assert answer["question"] == "positions_house"
    assert (answer["chamber"], answer["congresses"]) == ("Senate", [118])
    assert len(answer["members"]) == 30
    assert {row["group"] for row in answer["beside"]} == {"all", "Democrat", "Republican"}
    assert answer["ours"]["n"] == answer["nominate"]["n"]
    assert 0.5 < answer["held_out"]["gmp"] < 1


def test_house_of_several_congresses(shell: Shell, folder: Path) -> None:
    written(folder, made_house(117, seed=1).files)
    answer = json.loads(shell("positions", "house", str(folder), "--json").out)
    assert answer["congresses"] == [117, 118]
    assert answer["title"] == "Positions in the Senate, Congress 117 and 118"
    assert len(answer["members"]) == 60


def test_house_of_nine_real_rollcalls(shell: Shell) -> None:
    ran = shell("positions", "house", str(CUT), "--csv")
    assert ran.status == 0
    assert len(ran.out.splitlines()) == 108  # a head, and all but one who cast no contested vote


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        ((), 2, "Missing argument"),
        (("nowhere",), 2, "one of the three files of a house"),
        (("S118_votes.csv",), 2, "S118_members.csv: no such file"),
        ((".",), 2, "no file of Voteview's"),
    ],
)
def test_house_without_its_files(
    shell: Shell,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    status: int,
    why: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = shell("positions", "house", *words)
    assert ran.status == status
    assert why in ran.err


def test_house_of_both_chambers_is_refused(shell: Shell, folder: Path) -> None:
    written(folder, made_house(chamber="House").files)
    ran = shell("positions", "house", str(folder))
    assert ran.status == 5
    assert "one chamber at a time" in ran.err


def test_house_of_damaged_files_is_refused(shell: Shell, folder: Path) -> None:
    (folder / "S118_votes.csv").write_text("congress,chamber\n118,Senate\n")
    ran = shell("positions", "house", str(folder))
    assert ran.status == 3
    assert "none of Voteview's" in ran.err


def test_house_in_two_formats_at_once_is_refused(shell: Shell, folder: Path) -> None:
    ran = shell("positions", "house", str(folder), "--json", "--csv")
    assert ran.status == 2
    assert "exclude each other" in ran.err


def test_house_progress_is_drawn_on_a_terminal_alone(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shell("positions", "house", str(folder)).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = shell("positions", "house", str(folder))
    assert "fitting: sweep 1, largest move " in ran.err
    assert "fitting" not in ran.out


def test_house_without_numba_names_the_extra(
    shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in list(sys.modules):
        if name.startswith("votewire.positions"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    ran = shell("positions", "house", str(folder))
    assert ran.status == 2
    assert "pip install 'votewire[fit]'" in ran.err
