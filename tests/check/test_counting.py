"""Counts of a part: a group's members, those that had voted one way before."""

from __future__ import annotations

import pytest

import votewire
from tests.check.made import claim, tally
from votewire.check.counting import judge_part, vote_then
from votewire.press import Counted, Counts
from votewire.record import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def of_group(group: str, **counts: int):
    counted = Counted(what=Counts.GROUP, group=group)
    return claim("GA", "tally", tally=tally(**counts), counts=counted)


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [({"yes": 26, "no": 1}, "supported"), ({"yes": 25, "no": 1}, "contradicted")],
)
def test_counting_members_of_a_group(record: Record, counts: dict, verdict: str) -> None:
    rollcall = record.rollcall("A/RES/ES-11/7")
    assert judge_part(of_group("EU", **counts), rollcall, None).verdict == verdict


def test_counting_a_group_without_a_list_is_unclear(record: Record) -> None:
    rollcall = record.rollcall("A/RES/ES-11/7")
    assert judge_part(of_group("AFRICA", yes=9), rollcall, None).verdict == "unclear"


@pytest.mark.parametrize(
    ("counts", "whole", "verdict"),
    [
        ({"abstain": 33}, 141, "supported"),
        ({"abstain": 33, "no": 7}, None, "supported"),
        ({"abstain": 65}, 141, "contradicted"),
        ({"abstain": 33}, 140, "contradicted"),
    ],
)
def test_counting_those_that_backed_it_before(
    record: Record, counts: dict, whole: int | None, verdict: str
) -> None:
    counted = Counted(what=Counts.OF_SIDE, choice="yes", whole=whole, symbol="A/RES/ES-11/6")
    made = claim("GA", "tally", tally=tally(**counts), counts=counted)
    then = vote_then(made, (), record)
    assert then is not None
    judged = judge_part(made, record.rollcall("A/RES/ES-11/7"), then)
    assert judged.verdict == verdict


def test_counting_the_vote_before_is_the_pages_own_with_that_count(record: Record) -> None:
    pages = [record.rollcall("A/RES/ES-11/7"), record.rollcall("A/RES/ES-11/6")]
    counted = Counted(what=Counts.OF_SIDE, choice="yes", whole=141)
    made = claim("GA", "tally", tally=tally(abstain=33), counts=counted)
    assert vote_then(made, pages, record) == pages[1]


@pytest.mark.parametrize(
    ("what", "verdict"),
    [
        (Counts.EXPECTED, "not_checkable"),
        (Counts.UNSURE, "unclear"),
        (Counts.OF_SIDE, "unclear"),
    ],
)
def test_counting_what_cannot_be_counted(record: Record, what: Counts, verdict: str) -> None:
    made = claim("GA", "tally", tally=tally(yes=80), counts=Counted(what=what))
    assert judge_part(made, record.rollcall("A/RES/ES-11/7"), None).verdict == verdict
