import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest

from tests.cli.running import Shell
from tests.conftest import ROOT

ROLL = """Symbol: A/RES/81/1
Date: 5 October 2026
Title: A text made for this test
93 in favour to 2 against, with 3 abstentions
In favour: {yes}
Against: Israel, United States
Abstaining: India, China, Brazil
Absent: {absent}
"""


def roll(tmp_path: Path) -> Path:
    from datetime import date

    from votewire import states

    rest = sorted(states.members_on(date(2026, 10, 5)) - {"ISR", "USA", "IND", "CHN", "BRA"})
    names = [states.name_of(code) for code in rest]
    path = tmp_path / "roll.txt"
    text = ROLL.format(yes="; ".join(names[:93]), absent="; ".join(names[93:]))
    path.write_text(text, encoding="utf-8")
    return path


def test_layer_add_shows_in_the_record_and_undo_takes_it_back(shell: Shell, tmp_path: Path) -> None:
    before = json.loads(shell("record", "info", "--json").out)["hash"]
    added = shell("record", "add", str(roll(tmp_path)))
    assert added.status == 0, added.err
    assert "1 new" in added.out
    shown = json.loads(shell("record", "show", "A/RES/81/1", "--json").out)
    assert shown["tally"] == {"yes": 93, "no": 2, "abstain": 3, "non_voting": 95}
    assert shown["casts"]["USA"] == "no"
    assert shown["sources"][0]["publisher"] == "your own layer"
    assert json.loads(shell("record", "info", "--json").out)["hash"] != before
    assert len(json.loads(shell("record", "layer", "--json").out)["additions"]) == 1
    assert shell("record", "undo").status == 0
    assert shell("record", "show", "A/RES/81/1").status == 4
    assert json.loads(shell("record", "info", "--json").out)["hash"] == before


@pytest.mark.parametrize("changed", [{"symbol": {}}, {"draft": []}, {"title": 0}])
@pytest.mark.parametrize("command", ["show A/RES/81/1", "verify", "layer", "info"])
def test_layer_with_a_wrong_value_names_its_file(
    shell: Shell, tmp_path: Path, command: str, changed: dict[str, object]
) -> None:
    shell("record", "add", str(roll(tmp_path)))
    (path,) = Path(os.environ["VOTEWIRE_DATA_DIR"]).rglob("*.json.gz")
    document = json.loads(gzip.decompress(path.read_bytes()))
    document["rollcalls"][0] |= changed
    content = gzip.compress(json.dumps(document).encode(), mtime=0)
    path.unlink()
    digest = hashlib.sha256(content).hexdigest()[:16]
    (path.parent / f"0001-{digest}.json.gz").write_bytes(content)
    ran = shell("record", *command.split())
    assert ran.status == 3
    assert f"0001-{digest}.json.gz cannot be understood" in ran.err
    assert "Move that file out of the folder" in ran.err


def test_layer_the_same_file_twice_is_stored_once(shell: Shell, tmp_path: Path) -> None:
    path = str(roll(tmp_path))
    shell("record", "add", path)
    again = shell("record", "add", path)
    assert again.status == 0
    assert "1 repeated" in again.out
    assert len(json.loads(shell("record", "layer", "--json").out)["additions"]) == 1


def test_layer_refuses_a_tally_that_does_not_add_up(shell: Shell, tmp_path: Path) -> None:
    path = roll(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("93 in favour", "94 in favour"))
    ran = shell("record", "add", str(path))
    assert ran.status == 3
    assert "94" in ran.err
    assert "93" in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert json.loads(shell("record", "layer", "--json").out)["additions"] == []


def test_layer_undo_of_nothing_says_so(shell: Shell) -> None:
    ran = shell("record", "undo")
    assert ran.status == 2
    assert "nothing to undo" in ran.err


def test_layer_names_a_missing_file(shell: Shell) -> None:
    ran = shell("record", "add", "no-such-file.csv")
    assert ran.status == 2
    assert "no-such-file.csv" in ran.err


BROKEN = ROOT / "tests" / "record" / "data" / "readers" / "broken"


@pytest.mark.parametrize("name", sorted(path.name for path in BROKEN.iterdir()))
def test_layer_a_broken_file_is_one_clear_line_and_changes_nothing(shell: Shell, name: str) -> None:
    ran = shell("record", "add", str(BROKEN / name))
    assert ran.status == 3
    assert ran.out == ""
    assert len(ran.err.strip().splitlines()) == 1
    assert "Traceback" not in ran.err
    assert json.loads(shell("record", "layer", "--json").out)["additions"] == []


def test_layer_skip_broken_stores_the_others_and_lists_what_it_left(shell: Shell) -> None:
    ran = shell("record", "add", "--skip-broken", str(BROKEN / "csv_tally.csv"))
    assert ran.status == 0
    assert "left out S/RES/2774(2025): its marks add up to 9-1-5-0" in ran.err
    assert len(json.loads(shell("record", "layer", "--json").out)["additions"]) == 1


def test_layer_refuses_a_symbol_that_cannot_be_that_of_the_vote(
    shell: Shell, tmp_path: Path
) -> None:
    good = (ROOT / "tests" / "record" / "data" / "readers" / "roll_2774.txt").read_text()
    path = tmp_path / "roll.txt"
    path.write_text(good.replace("2774 (2025)", "2774 (2014)"))
    ran = shell("record", "add", str(path))
    assert ran.status == 3
    assert "its symbol names the year 2014, but the vote is of 2025-02-24" in ran.err
    assert json.loads(shell("record", "layer", "--json").out)["additions"] == []


def test_layer_fills_a_veto_of_which_only_the_vetoes_are_known(shell: Shell) -> None:
    before = json.loads(shell("record", "show", "S/15156/Rev.2", "--json").out)
    assert set(before["casts"].values()) == {"no"}
    assert "1 filled in" in shell("record", "add", str(ROOT / "examples" / "roll.txt")).out
    after = json.loads(shell("record", "show", "S/15156/Rev.2", "--json").out)
    assert (after["tally"]["yes"], after["roll"], after["outcome"]) == (9, "full", "vetoed")
    assert after["casts"]["SUN"] == "yes"
    assert before["casts"].items() <= after["casts"].items()


def test_layer_a_roll_that_the_record_has_is_not_stored_again(shell: Shell) -> None:
    known = ROOT / "tests" / "record" / "data" / "readers" / "roll_2774.txt"
    assert "1 repeated" in shell("record", "add", str(known)).out
    assert json.loads(shell("record", "layer", "--json").out)["additions"] == []
