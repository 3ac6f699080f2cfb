import json

import polars as pl
import pytest

from tests.cli.running import Shell


def test_groups_lists_all_with_members_on_the_day(shell: Shell) -> None:
    ran = shell("groups", "--on", "2025-02-24")
    assert ran.status == 0
    assert "Groups of states, members on 2025-02-24" in ran.out
    assert any(line.split()[:1] == ["GRULAC"] and " 33 " in line for line in ran.out.splitlines())


@pytest.mark.parametrize("typed", ["EU", "european union", "the European Union"])
def test_groups_of_one_name_gives_members_of_the_day(shell: Shell, typed: str) -> None:
    ran = shell("groups", typed, "--on", "2019-06-01", "--json")
    shown = json.loads(ran.out)
    assert ran.status == 0
    assert shown["question"] == "group"
    assert (shown["group"], shown["on"], len(shown["table"])) == ("EU", "2019-06-01", 28)


def test_groups_history_has_past_members(shell: Shell) -> None:
    frame = pl.read_csv(shell("groups", "EU", "--history", "--csv").out.encode())
    assert frame.height == 28
    assert frame.filter(state="GBR")["until"].to_list() == ["2020-01-31"]


def test_groups_state_is_asked_as_of_the_day(shell: Shell) -> None:
    ran = shell("groups", "--state", "Russia", "--on", "1985-01-01")
    assert ran.status == 0
    assert "WARSAW_PACT" in ran.out
    assert "SUN" in ran.err


def test_groups_without_a_day_are_of_today(shell: Shell) -> None:
    ran = shell("groups", "NATO")
    assert ran.status == 0
    assert "Finland" in ran.out


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("EU", "--on", "2019-13-01"), 2, "give a day, such as 2019-06-01"),
        (("EU", "--on", "yesterday"), 2, "give a day, such as 2019-06-01"),
        (("EU", "--state", "France"), 2, "exclude each other"),
        (("EU", "--history", "--on", "2019-06-01"), 2, "exclude each other"),
        (("--history",), 2, "needs a group or --state"),
        (("Europe",), 4, "European allies of the United States (EUROPEAN_ALLIES)"),
        (("BRIC",), 4, "BRICS (BRICS)"),
        (("--state", "Ruritania"), 3, "not a known UN member"),
    ],
)
def test_groups_says_what_is_wrong_in_one_line(
    shell: Shell, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = shell("groups", *words)
    assert (ran.status, ran.out) == (status, "")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_groups_history_of_a_state_that_ended_is_its_own(shell: Shell) -> None:
    history = json.loads(shell("groups", "--state", "Soviet Union", "--history", "--json").out)
    assert "WARSAW_PACT" in {row["group"] for row in history["table"]}
    today = shell("groups", "--state", "Soviet Union", "--json")
    assert "WARSAW_PACT" not in {row["group"] for row in json.loads(today.out)["table"]}
    assert "was held by Russia" in today.err
