import json
from datetime import date
from pathlib import Path

import pytest

from tests.check.test_covering import DAY, assembly
from tests.cli.running import Shell
from tests.press.coverage_pages import annex, as_html, casts_at, counts, head
from votewire import open_record, states
from votewire.record.tables import Choice

OFFICIAL = "Symbol: A/RES/80/300\nDate: 2 March 2026\nTitle: The matter at hand\n{tally}\n{lists}"


def page(tmp_path: Path, text: str, name: str = "ga12700.txt") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def official(casts: dict[str, Choice]) -> str:
    """The roll as a file of the record's own sources would bring it, under its symbol."""
    labels = {"In favour": Choice.YES, "Against": Choice.NO, "Abstaining": Choice.ABSTAIN}
    listed = {
        label: "; ".join(states.name_of(code) for code, its in casts.items() if its is choice)
        for label, choice in labels.items()
    }
    lists = "\n".join(f"{label}: {names}" for label, names in listed.items())
    return OFFICIAL.format(tally="Tally: " + "-".join(map(str, counts(casts))), lists=lists)


@pytest.mark.parametrize("html", [False, True])
def test_coverage_page_is_in_the_record_the_same_day(
    shell: Shell, tmp_path: Path, html: bool
) -> None:
    text = head("GA/12700", DAY) + annex(assembly(), DAY)
    added = shell("record", "add", page(tmp_path, as_html(text) if html else text))
    assert added.status == 0, added.err
    assert "1 new" in added.out
    shown = json.loads(shell("record", "show", "A/80/L.1", "--json").out)
    assert shown["tally"] == {"yes": 181, "no": 3, "abstain": 4, "non_voting": 5}
    assert shown["note"].startswith("read from coverage (GA/12")
    assert shell("record", "undo").status == 0


def test_coverage_page_twice_is_stored_once(shell: Shell, tmp_path: Path) -> None:
    path = page(tmp_path, head("GA/12700", DAY) + annex(assembly(), DAY))
    shell("record", "add", path)
    assert "1 repeated" in shell("record", "add", path).out


def test_coverage_page_of_a_vote_in_the_record_adds_nothing(shell: Shell, tmp_path: Path) -> None:
    record = open_record()
    row = record.rows("A/RES/66/253A")[0]
    day = date(2012, 2, 16)
    text = head("GA/11207", day) + annex(casts_at(record, row), day, document="A/66/L.36")
    added = shell("record", "add", page(tmp_path, text))
    assert added.status == 0, added.err
    assert added.out.startswith("0 new, 0 filled in, 0 beside what was there, 1 repeated")


def test_coverage_page_that_does_not_add_up_stores_nothing(shell: Shell, tmp_path: Path) -> None:
    text = head("GA/12700", DAY) + annex(assembly(), DAY, tally=(182, 3, 4))
    ran = shell("record", "add", page(tmp_path, text))
    assert ran.status == 3
    assert "read 181-3-4 but the source announces 182-3-4" in ran.err
    assert json.loads(shell("record", "layer", "--json").out)["additions"] == []


def test_coverage_skip_broken_stores_the_others(shell: Shell, tmp_path: Path) -> None:
    broken = annex(assembly(), DAY, document="A/80/L.2", tally=(182, 3, 4))
    text = head("GA/12700", DAY) + annex(assembly(), DAY) + broken
    ran = shell("record", "add", "--skip-broken", page(tmp_path, text))
    assert ran.status == 0, ran.err
    assert "1 new" in ran.out
    assert "left out A/80/L.2" in ran.err


@pytest.mark.parametrize("coverage_first", [True, False])
def test_coverage_and_the_official_roll_are_one_rollcall(
    shell: Shell, tmp_path: Path, coverage_first: bool
) -> None:
    before = shell("record", "info", "--json").out
    files = [
        page(tmp_path, head("GA/12700", DAY) + annex(assembly(), DAY)),
        page(tmp_path, official(assembly()), "roll.txt"),
    ]
    for path in files if coverage_first else files[::-1]:
        assert shell("record", "add", path).status == 0
    held = [part["rollcalls"] for part in json.loads(before)["chambers"]]
    now = json.loads(shell("record", "info", "--json").out)["chambers"]
    assert [part["rollcalls"] for part in now] == [held[0] + 1, held[1]]
    shown = json.loads(shell("record", "show", "A/RES/80/300", "--json").out)
    assert len(shown["sources"]) == 2
    assert shown["draft"] == "A/80/L.1"


def test_coverage_that_differs_from_the_official_roll_is_a_disagreement(
    shell: Shell, tmp_path: Path
) -> None:
    told = assembly()
    corrected = {**told, "ZWE": Choice.ABSTAIN}
    text = official(corrected).replace("A/RES/80/300", "A/RES/80/300\nDraft: A/80/L.1")
    shell("record", "add", page(tmp_path, head("GA/12700", DAY) + annex(told, DAY)))
    shell("record", "add", page(tmp_path, text, "roll.txt"))
    problems = json.loads(shell("record", "problems", "--symbol", "A/80/L.1", "--json").out)
    assert [(each["field"], each["kept"], each["other"]) for each in problems] == [
        ("cast:ZWE", "yes", "abstain")
    ]


def test_coverage_that_comes_after_an_official_roll_that_differs_is_a_disagreement(
    shell: Shell, tmp_path: Path
) -> None:
    told = assembly()
    corrected = {**told, "ZWE": Choice.ABSTAIN}
    text = official(corrected).replace("A/RES/80/300", "A/RES/80/300\nDraft: A/80/L.1")
    shell("record", "add", page(tmp_path, text, "roll.txt"))
    shell("record", "add", page(tmp_path, head("GA/12700", DAY) + annex(told, DAY)))
    problems = json.loads(shell("record", "problems", "--symbol", "A/80/L.1", "--json").out)
    assert [(each["field"], each["kept"], each["other"]) for each in problems] == [
        ("cast:ZWE", "abstain", "yes")
    ]
    shown = json.loads(shell("record", "show", "A/80/L.1", "--json").out)
    assert len(shown["sources"]) == 2


def test_coverage_of_a_committee_is_told_and_not_stored(shell: Shell, tmp_path: Path) -> None:
    text = head("GA/SHC/4410", DAY) + annex(assembly(), DAY, document="A/C.3/80/L.44")
    for options in ([], ["--skip-broken"]):
        ran = shell("record", "add", *options, page(tmp_path, text, "gashc4410.txt"))
        assert ran.status == 3
        assert "Third Committee (GA/SHC/4410)" in ran.err
        assert "A/C.3/80/L.44 (the matter at hand): adopted 181-3-4" in ran.err
    assert json.loads(shell("record", "layer", "--json").out)["additions"] == []
