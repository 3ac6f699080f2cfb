import json

import pytest

from tests.cli.running import Shell


def test_subjects_topics_lists_each_with_its_days(shell: Shell) -> None:
    ran = shell("topics", "--csv")
    lines = ran.out.splitlines()
    assert ran.status == 0
    assert lines[0] == "topic,name,rollcalls,first,last,definition"
    assert any(line.startswith("ukraine,Ukraine,") and "2025-02-24" in line for line in lines)


@pytest.mark.parametrize("name", ["palestine", "Middle East", "PALESTINE"])
def test_subjects_topics_takes_any_name(shell: Shell, name: str) -> None:
    ran = shell("topics", name, "--since", "2025-06", "--json")
    answer = json.loads(ran.out)
    assert answer["topic"] == "palestine"
    assert answer["table"][-1]["symbol"] == "A/RES/80/1"


def test_subjects_chain_prints_the_years(shell: Shell) -> None:
    ran = shell("chain", "A/RES/79/7")
    assert ran.status == 0
    assert "59-3-71 (1992-11-24)" in ran.out
    assert ran.out.count("Necessity of ending") == 34


def test_subjects_chain_with_matter_is_wider(shell: Shell) -> None:
    ran = shell("chain", "ES-11/7", "--matter", "--csv")
    assert len(ran.out.splitlines()) == 13
    assert "A/RES/ES-11/1," in ran.out


def test_subjects_chains_are_data_too(shell: Shell) -> None:
    ran = shell("chains", "--min", "30", "--csv")
    lines = ran.out.splitlines()
    assert lines[0] == "chain,title,symbol,rollcalls,first,last,yes,no,abstain"
    assert len(lines) > 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("topics", "ukrane"), "Nearest: ukraine"),
        (("topics", "ukraine", "--until", "1990"), "no rollcall fits"),
        (("chain", "A/RES/999/1"), "is not in the record"),
        (("chains", "--min", "90"), "no text with 90 votes"),
    ],
)
def test_subjects_name_what_is_wrong(shell: Shell, words: tuple[str, ...], said: str) -> None:
    ran = shell(*words)
    assert ran.status == 4
    assert ran.err.startswith("votewire: ")
    assert said in ran.err
