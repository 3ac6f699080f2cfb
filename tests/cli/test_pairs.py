"""agree, friends, matrix and balance from the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.cli.running import Shell


def test_pairs_agree_prints_figure_n_interval_and_definition(shell: Shell) -> None:
    ran = shell("agree", "USA", "Russia", "--since", "2020", "--until", "2024")
    assert ran.status == 0
    figure = "Agreement of the United States with Russia: "
    assert figure in ran.out
    assert "90 % Wilson interval" in ran.out
    assert "Definition half: 1 for the same choice" in ran.out
    assert "Texts adopted without a vote are no part of it" in ran.out.replace("\n", " ")


def test_pairs_agree_takes_a_group_on_either_side(shell: Shell) -> None:
    options = ("--since", "2022", "--json")
    one, other = (shell("agree", *w, *options) for w in (("HUN", "EU"), ("EU", "HUN")))
    assert json.loads(one.out)["table"] == json.loads(other.out)["table"]
    assert "Hungary left out" in json.loads(one.out)["definition"]


def test_pairs_agree_says_how_to_ask_for_a_group_that_shares_a_states_code(shell: Shell) -> None:
    state = shell("agree", "USA", "NAM", "--since", "2024")
    assert "Namibia" in state.out
    assert "for the group type 'Non-Aligned Movement'" in state.err
    group = shell("agree", "USA", "Non-Aligned Movement", "--since", "2024")
    assert "the NAM members" in group.out


def test_pairs_agree_by_year_is_one_row_a_year(shell: Shell) -> None:
    ran = shell(
        "agree", "IND", "CHN", "--by", "year", "--since", "2021", "--until", "2023", "--csv"
    )
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["period"] for row in rows] == ["2021", "2022", "2023"]


def test_pairs_agree_with_predecessor_says_so_in_the_title(shell: Shell) -> None:
    ran = shell("agree", "USA", "RUS", "--with-predecessor", "--until", "1995")
    assert ran.out.startswith("United States and Russia (before 1991-12-24: Soviet Union)")
    assert ran.err == ""


def test_pairs_friends_are_states_of_today_unless_former_ones_are_asked_for(shell: Shell) -> None:
    assert "Closest: Bhutan (" in shell("friends", "India").out
    assert "Closest: South Yemen (" in shell("friends", "India", "--former").out


def test_pairs_friends_shows_the_closest_and_the_furthest(shell: Shell) -> None:
    found = json.loads(shell("friends", "USA", "--since", "2024", "--top", "2", "--json").out)
    values = [row["value"] for row in found["table"]]
    assert len(values) == 4
    assert values == sorted(values, reverse=True)
    assert all(row["n"] >= found["min_n"] for row in found["table"])


def test_pairs_matrix_of_a_group_is_long(shell: Shell) -> None:
    ran = shell("matrix", "--group", "baltic", "--since", "2020", "--csv")
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert rows[0] == ["a", "b", "n", "value", "low", "high"]
    assert [row[:2] for row in rows[1:]] == [["EST", "LTU"], ["EST", "LVA"], ["LTU", "LVA"]]


def test_pairs_balance_between_two_states(shell: Shell) -> None:
    words = ("balance", "USA", "--between", "RUS", "UKR", "--text", "ukraine", "--json")
    found = json.loads(shell(*words).out)
    both = found["agreement"]
    assert found["value"] == pytest.approx(both["RUS"] - both["UKR"])
    assert "nearer to Ukraine" in found["told"][0]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("agree", "USA", "USA"), 2, "give two different states"),
        (("agree", "USA", "RUS", "--definition", "cosine"), 2, "half, strict, yes-no, kappa, pi"),
        (("agree", "USA", "RUS", "--interval", "exact"), 2, "wilson, bootstrap"),
        (("agree", "USA", "GBR", "--with-predecessor"), 2, "continues another"),
        (("agree", "USA", "Atlantis"), 3, "'Atlantis' is not a known UN member"),
        (("agree", "USA", "RUS", "--since", "2099"), 4, "no rollcall fits"),
        (("friends", "USA", "--min-n", "99999"), 4, "--min-n sets another minimum"),
        (("matrix", "--group", "Atlantis"), 4, "'group Atlantis'"),
        (("balance", "USA", "--between", "RUS", "RUS"), 2, "three different ones"),
        (("balance", "USA"), 2, "--between"),
    ],
)
def test_pairs_bad_input_is_one_line_on_stderr(
    shell: Shell, words: tuple[str, ...], status: int, said: str
) -> None:
    ran = shell(*words)
    assert ran.status == status
    assert ran.out == ""
    assert said in ran.err
    assert "Traceback" not in ran.err
