"""surprise and forecast from the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.running import Shell


def test_surprise_of_a_symbol_lists_each_cast_with_its_ranks(shell: Shell) -> None:
    ran = shell("surprise", "A/RES/ES-11/7", "--json")
    found = json.loads(ran.out)
    assert ran.err == ""
    assert len(found["table"]) == 176
    assert found["casts"] > 900_000
    assert {"bits", "low", "high", "rank_own", "rank_all", "bits3"} <= set(found["table"][0])
    assert found["told"][2].startswith("With three dimensions: ")


def test_surprise_in_three_dimensions_has_the_figure_of_one_beside_it(shell: Shell) -> None:
    one, three = (
        json.loads(shell("surprise", "A/RES/ES-11/7", "--dims", dims, "--json").out)
        for dims in ("1", "3")
    )
    beside = {row["state"]: row["bits3"] for row in one["table"]}
    assert {row["state"]: row["bits"] for row in three["table"]} == beside
    assert {row["state"]: row["bits1"] for row in three["table"]} == {
        row["state"]: row["bits"] for row in one["table"]
    }


def test_surprise_of_a_symbol_and_a_state_tells_of_the_state_first(shell: Shell) -> None:
    ran = shell("surprise", "A/RES/ES-11/7", "--state", "France", "--json")
    found = json.loads(ran.out)
    assert "France voting Yes" in found["told"][0]
    assert "of 176 on this rollcall" in found["told"][1]
    assert "United States voting No" in found["told"][3]
    assert [row["state"] for row in found["table"]] == ["FRA"]
    first = json.loads(shell("surprise", "A/RES/ES-11/7", "--state", "USA", "--json").out)
    assert sum("United States" in told for told in first["told"]) == 1


def test_surprise_takes_the_state_of_the_day_of_the_rollcall(shell: Shell) -> None:
    ran = shell("surprise", "A/RES/2758(XXVI)", "--state", "USSR", "--json")
    assert "Soviet Union" in json.loads(ran.out)["told"][0]


def test_surprise_of_the_council_says_where_members_begin(shell: Shell) -> None:
    ran = shell("surprise", "S/RES/2774")
    assert "members begin at their positions in the Assembly" in ran.out.replace("\n", " ")
    assert "a veto counts as No" in ran.out.replace("\n", " ")


def test_surprise_of_a_state_takes_days_and_topics(shell: Shell) -> None:
    words = ("--state", "Argentina", "--since", "2024", "--top", "4", "--csv")
    rows = list(csv.DictReader(io.StringIO(shell("surprise", *words).out)))
    assert len(rows) == 4
    assert {row["state"] for row in rows} == {"ARG"}
    assert min(row["date"] for row in rows) >= "2024"
    topic = shell("surprise", "--topic", "ukraine", "--top", "2", "--csv")
    assert len(topic.out.splitlines()) == 3


def test_forecast_prints_an_interval_for_each_choice(shell: Shell) -> None:
    found = json.loads(shell("forecast", "A/RES/80/4", "--json").out)
    for side in ("yes", "abstain", "no"):
        assert found[f"{side}_low"] <= found[f"{side}_median"] <= found[f"{side}_high"]
    assert "90 % intervals" in found["told"][0]


def test_forecast_like_a_text_takes_no_memory_of_it(shell: Shell) -> None:
    ran = shell("forecast", "--like", "A/RES/80/4", "--seed", "3")
    assert ran.out.startswith("a text like A/RES/80/4")
    assert "with a chance of 0 %" in ran.out.replace("\n", " ")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("surprise", "A/RES/ES-11/7", "--dims", "2"), 2, "give 1 "),
        (("surprise", "S/RES/2774", "--state", "Brazil"), 4, "a cast of BRA on S/RES/2774"),
        (("surprise", "--state", "Atlantis"), 3, "'Atlantis' is not a known UN member"),
        (("surprise", "A/RES/99/999"), 4, "A/RES/99/999"),
        (("surprise", "--until", "1946"), 4, "no roll with a surprise"),
        (("forecast",), 2, "give a symbol"),
        (("forecast", "A/RES/80/4", "--like", "A/RES/80/4"), 2, "give a symbol"),
        (("forecast", "S/RES/2774"), 4, "General Assembly"),
    ],
)
def test_surprise_bad_input_is_one_line_on_stderr(
    shell: Shell, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = shell(*words)
    assert ran.status == status
    assert ran.out == ""
    assert said in ran.err
    assert "Traceback" not in ran.err
