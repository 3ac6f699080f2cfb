import json

import pytest

from tests.cli.running import Shell


def test_ranks_cohesion_prints_the_figure_with_its_interval(shell: Shell) -> None:
    ran = shell("cohesion", "European Union", "--since", "2023", "--by", "year")
    assert ran.status == 0
    assert "90 % interval" in ran.out
    assert "the whole General Assembly on the same rollcalls" in ran.out
    assert "Agreement Index, (max - (n - max)/2) / n" in ran.out


def test_ranks_splits_of_one_vote_as_json(shell: Shell) -> None:
    ran = shell("splits", "eu", "ES-11/7", "--since", "2022", "--json")
    answer = json.loads(ran.out)
    assert answer["question"] == "splits"
    assert answer["table"][0]["state"] == "HUN"
    assert answer["table"][0]["with_group"] is False
    assert "from 2022-01-01" in answer["basis"]


def test_ranks_splits_without_a_symbol_lists_the_most_split(shell: Shell) -> None:
    ran = shell("splits", "NATO", "--since", "2024", "--top", "4", "--csv")
    lines = ran.out.splitlines()
    assert lines[0] == "id,date,symbol,title,cohesion,yes,no,abstain,broke"
    assert len(lines) == 5


def test_ranks_communities_of_a_session(shell: Shell) -> None:
    ran = shell("communities", "--session", "58", "--seeds", "4")
    assert ran.status == 0
    assert "United States, " in ran.out
    assert " over 4 runs" in " ".join(ran.out.split())


def test_ranks_first_prints_a_sentence(shell: Shell) -> None:
    ran = shell("first", "United States voted no", "--like", "ES-11/7")
    assert "No earlier vote: 0 of " in ran.out
    assert ran.err == ""


def test_ranks_first_by_topic_words(shell: Shell) -> None:
    ran = shell("first", "India no", "--text", "death penalty", "--whole-texts", "--json")
    answer = json.loads(ran.out)
    assert answer["n"] == sum(line["choice"] == "no" for line in answer["table"])
    assert answer["n"] > 0


def test_ranks_left_with_everyone(shell: Shell) -> None:
    changed, every = (
        json.loads(shell("left", "ES-11/6", "ES-11/7", "--json", *more).out)["table"]
        for more in ((), ("--all",))
    )
    assert len(changed) == 60
    assert len(every) == 193


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["cohesion", "EUU"], 4, "Nearest: European Union (EU)"),
        (["cohesion", "EU", "--index", "mean"], 2, "agreement or rice"),
        (["cohesion", "EU", "--until", "1950"], 4, "had no member on any day"),
        (["splits", "NORDIC", "S/RES/2774"], 2, "a split needs 3"),
        (["communities", "--session", "200"], 4, "10 needed"),
        (["first", "USA maybe", "--like", "ES-11/7"], 2, "does not end in a choice"),
        (["first", "Atlantis no", "--like", "ES-11/7"], 3, "not a known UN member"),
        (["first", "USA no"], 2, "Say which item"),
        (["left", "ES-11/7", "ES-11/6"], 2, "earlier vote first"),
    ],
)
def test_ranks_mistakes_are_told_in_a_line(
    shell: Shell, words: list[str], status: int, message: str
) -> None:
    ran = shell(*words)
    assert ran.status == status
    assert message in ran.err
    assert ran.err.count("\n") == 1
