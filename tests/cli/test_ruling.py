"""The commands about rules, as a shell sees them."""

import json

import pytest

from tests.cli.running import Shell


def flat(text: str) -> str:
    return " ".join(text.split())


def test_ruling_rule_gives_the_reason_and_the_margin_to_two_thirds(shell: Shell) -> None:
    ran = shell("rule", "A/RES/ES-11/7")
    assert ran.status == 0
    assert "of 111 voting, 56 are needed for a simple majority." in ran.out
    assert "Two-thirds of the 111 voting would be 74; it had 19 more." in ran.out


def test_ruling_rule_as_json_has_the_facts(shell: Shell) -> None:
    answer = json.loads(shell("rule", "S/2025/116", "--json").out)
    assert answer["question"] == "rule"
    assert answer["outcome"] == answer["ruling"] == "vetoed"
    assert answer["margin"] == 2
    assert answer["vetoes"] == ["RUS"]
    assert answer["explained"] is True


def test_ruling_rule_all_counts_the_record(shell: Shell) -> None:
    ran = shell("rule", "--all", "--csv")
    counts = [int(line.rsplit(",", 1)[1]) for line in ran.out.splitlines()[1:]]
    assert sum(counts) == 11536


def test_ruling_rule_unexplained_cites_a_source(shell: Shell) -> None:
    answer = json.loads(shell("rule", "--unexplained", "--json").out)
    found = {row["symbol"]: row for row in answer["table"]}
    assert "S/PV.8980" in found["S/RES/2623(2022)"]["source"]


@pytest.mark.parametrize("words", [(), ("2774", "--all"), ("--all", "--unexplained")])
def test_ruling_rule_wants_one_thing(shell: Shell, words: tuple[str, ...]) -> None:
    ran = shell("rule", *words)
    assert ran.status == 2
    assert "give one symbol, or --all, or --unexplained" in ran.err


def test_ruling_whatif_takes_states_as_people_type_them(shell: Shell) -> None:
    ran = shell("whatif", "S/RES/2774", "--set", "South Korea=absent", "--set", "Britain=no")
    assert ran.status == 0
    assert "After, 9-1-4: vetoed with 9 votes in favour, 9 needed: the United Kingdom" in ran.out


def test_ruling_whatif_all_abstainers_at_once(shell: Shell) -> None:
    ran = shell("whatif", "A/RES/ES-11/7", "--set", "abstainers=no", "--two-thirds")
    assert "After, 93-83-0: not adopted" in ran.out
    assert "118 are needed for two-thirds" in ran.out.replace("\n", " ")


def test_ruling_whatif_flip_names_the_permanent_members(shell: Shell) -> None:
    ran = shell("whatif", "S/RES/2774", "--flip")
    assert (
        "could do it alone: China, France, the United Kingdom, Russia, the United States"
        in flat(ran.out)
    )


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--set", "GBR=maybe"), 2, "give a state and yes, no, abstain or absent"),
        (("--set", "GBR"), 2, "give a state and yes, no, abstain or absent"),
        (("--set", "GBR=no", "--set", "uk=yes"), 2, "GBR is set twice"),
        (("--set", "Germany=no"), 2, "Germany was not a member of the chamber"),
        (("--set", "Atlantis=no"), 3, "not a known UN member"),
        (("--two-thirds",), 2, "two-thirds is a majority of the General Assembly's"),
    ],
)
def test_ruling_whatif_refuses(
    shell: Shell, words: tuple[str, ...], status: int, told: str
) -> None:
    ran = shell("whatif", "S/RES/2774", *words)
    assert (ran.status, ran.out) == (status, "")
    assert told in ran.err


def test_ruling_power_of_a_year(shell: Shell) -> None:
    ran = shell("power", "sc", "--year", "1960")
    assert "Each of the 5 permanent members: Shapley-Shubik 0.197403" in ran.out
    assert "Soviet Union" in ran.out


def test_ruling_power_of_today(shell: Shell) -> None:
    answer = json.loads(shell("power", "SC", "--json").out)
    assert answer["exact"]["permanent"]["shapley_shubik"] == "421/2145"
    assert len(answer["table"]) == 15


@pytest.mark.parametrize(
    "words", [("EU",), ("SC", "--two-thirds"), ("SC", "--year", "1945"), ("GA", "--year", "3000")]
)
def test_ruling_power_refuses(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell("power", *words).status == 2


def test_ruling_vetoes_of_a_state_since_a_year(shell: Shell) -> None:
    ran = shell("vetoes", "--state", "United States", "--since", "2023", "--json")
    answer = json.loads(ran.out)
    assert all("USA" in row["vetoed_by"] for row in answer["table"])
    assert min(row["date"] for row in answer["table"]) >= "2023-01-01"


def test_ruling_vetoes_by_state(shell: Shell) -> None:
    ran = shell("vetoes", "--by", "state", "--csv")
    assert ran.out.splitlines()[0] == "state,name,n"
    assert shell("vetoes", "--by", "month").status == 2
