"""Outcomes explained, over the whole record and one by one."""

from __future__ import annotations

import polars as pl
import pytest

import votewire
from votewire.check.deciding import How
from votewire.check.explaining import all_rules, rule, unexplained
from votewire.record import Answer, Record

# Outcomes against the rule of their chamber that no cited fact explains. Never to rise.
UNEXPLAINED = 0


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


@pytest.fixture(scope="module")
def listed(record: Record) -> Answer:
    return unexplained(record)


def test_explaining_accounts_for_every_rollcall(record: Record) -> None:
    answer = all_rules(record)
    assert answer.table["rollcalls"].sum() == len(record)
    assert answer.facts["unexplained"] <= UNEXPLAINED


def test_explaining_lists_what_the_ordinary_rule_leaves(listed: Answer) -> None:
    """Ten calls and invitations of the Council over a permanent No, the Assembly's open votes."""
    cited = pl.col("how") == How.CITED.value
    council = listed.table.filter(cited & (pl.col("outcome") == "adopted"))
    assert council["symbol"].to_list() == [
        "S/RES/34(1947)",
        "S/RES/87(1950)",
        "S/RES/88(1950)",
        "S/RES/110(1955)",
        "S/RES/119(1956)",
        "S/RES/120(1956)",
        "S/RES/132(1959)",
        "S/RES/157(1960)",
        "S/RES/462(1980)",
        "S/RES/2623(2022)",
    ]
    assert (listed.table["how"] == How.OPEN.value).sum() == 155
    assert listed.facts["unexplained"] <= UNEXPLAINED


def test_explaining_puts_the_unexplained_last(listed: Answer) -> None:
    order = [How.CITED, How.UNCOUNTED_VETO, How.OPEN, How.UNEXPLAINED]
    ranks = [order.index(How(how)) for how in listed.table["how"]]
    assert ranks == sorted(ranks)


def test_explaining_one_rollcall(record: Record) -> None:
    answer = rule(record, record.rollcall("A/RES/ES-11/7"))
    assert answer.table.rows() == [
        ("yes", 93, 56),
        ("no", 18, None),
        ("abstain", 65, None),
        ("non_voting", 17, None),
    ]
    assert answer.told[1] == "Two-thirds of the 111 voting would be 74; it had 19 more."
    assert answer.facts["margin"] == 37
    assert answer.facts["explained"] is True


def test_explaining_says_that_an_outcome_was_derived(record: Record) -> None:
    """Only Voeten has this amendment of 1946; the record worked its outcome out."""
    alone = record.rollcalls.filter(
        record.rollcalls["id"].str.starts_with("VOETEN"), record.rollcalls["outcome"] == "rejected"
    )
    answer = rule(record, record.rollcall(alone["id"][0]))
    assert "no source says so, it was derived from the tally" in answer.told[-1]


def test_explaining_without_a_tally_gives_no_rows(record: Record) -> None:
    answer = rule(record, record.rollcall("SC-VETO-1946-02-16-PV.23"))
    assert answer.table.height == 0
    assert answer.facts["explained"] is None
    assert answer.facts["vetoes"] == ["SUN"]
