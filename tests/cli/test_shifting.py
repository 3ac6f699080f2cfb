"""`votewire shifts` as a shell sees it."""

from __future__ import annotations

import json

import pytest

from tests.cli.running import Shell


def test_shifting_largest_of_all_states(shell: Shell) -> None:
    answer = json.loads(shell("shifts", "--since", "1991", "--top", "5", "--json").out)
    assert answer["question"] == "shifts"
    assert len(answer["table"]) == 5
    sizes = [abs(row["shift"]) for row in answer["table"]]
    assert sizes == sorted(sizes, reverse=True)
    assert all(row["year"] >= 1991 for row in answer["table"])
    assert answer["drivers"][0]["bits"] > 0


def test_shifting_of_one_state_and_session(shell: Shell) -> None:
    ran = shell("shifts", "--state", "Argentina", "--session", "79")
    assert ran.status == 0
    assert "Argentina in session 79 (2024): +" in ran.out
    assert "speak most for it, in bits: A/RES/79/" in ran.out


@pytest.mark.parametrize("typed", ["SUN", "Soviet Union"])
def test_shifting_of_a_state_that_ended(shell: Shell, typed: str) -> None:
    ran = shell("shifts", "--state", typed, "--json")
    found = json.loads(ran.out)
    assert (found["state"], found["session"]) == ("SUN", 41)
    assert {row["state"] for row in found["table"]} == {"SUN"}
    assert "was held by Russia" not in ran.err


def test_shifting_drivers_as_the_table(shell: Shell) -> None:
    words = ("shifts", "--state", "Argentina", "--session", "79", "--drivers", "--top", "3")
    ran = shell(*words, "--csv")
    lines = ran.out.splitlines()
    assert lines[0] == "id,date,symbol,title,cast,bits,p_now,p_before"
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("words", "status", "why"),
    [
        (("--since", "2020", "--until", "2010"), 2, "earlier year first"),
        (("--session", "ES-11"), 2, "regular session"),
        (("--session", "9" * 5_000), 2, "regular session"),
        (("--session", "19"), 4, "18, 20"),
        (("--state", "Atlantis"), 3, "not a known UN member"),
    ],
)
def test_shifting_of_what_is_not_there(
    shell: Shell, words: tuple[str, ...], status: int, why: str
) -> None:
    ran = shell("shifts", *words)
    assert ran.status == status
    assert why in ran.err
