"""Which rule decided a rollcall, and whether it explains the outcome, on the shipped record."""

from __future__ import annotations

from datetime import date

import pytest

import votewire
from votewire.check.decided import facts
from votewire.check.deciding import How, explain, permanent_members, rule_of, ruling
from votewire.record import Chamber, Outcome, Record

_RULES = {Chamber.SC: ("procedural", "any_seven"), Chamber.GA: ("two_thirds", "simple")}


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


@pytest.mark.parametrize("rollcall_id", facts())
def test_decided_facts_are_of_rollcalls_that_need_one(record: Record, rollcall_id: str) -> None:
    """Each is in the record, fits its chamber, and tells what the ordinary rule does not."""
    rollcall, fact = record.rollcall(rollcall_id), facts()[rollcall_id]
    assert rollcall.id == fact.id
    assert fact.rule in _RULES[Chamber(rollcall.chamber)]
    assert fact.symbol == rollcall.symbol or rollcall.symbol is None
    assert fact.source
    assert fact.sentence.endswith(".")
    assert explain(rollcall).how is How.CITED
    if rollcall.chamber == Chamber.SC:
        no_votes = {code for code, cast in rollcall.casts.items() if cast.label == "no"}
        assert no_votes & permanent_members(rollcall.date)
    else:
        assert rollcall.outcome == Outcome.UNSTATED


@pytest.mark.parametrize(
    ("symbol", "outcome", "reason"),
    [
        (
            "S/RES/2774",
            "adopted",
            "adopted with 10 votes in favour, 9 needed, and no permanent member against",
        ),
        (
            "S/2025/116",
            "vetoed",
            "vetoed with 11 votes in favour, 9 needed: Russia, a permanent member, voted against",
        ),
        (
            "S/2023/775",
            "rejected",
            "not adopted with 6 votes in favour, 9 needed; the No of the United States was no "
            "veto, for the votes were lacking",
        ),
        (
            "S/RES/2623",
            "adopted",
            "adopted with 11 votes in favour, 9 needed, on a matter on which there is no veto",
        ),
        (
            "A/RES/ES-11/7",
            "adopted",
            "adopted with 93 in favour and 18 against: of 111 voting, 56 are needed for a simple "
            "majority",
        ),
        (
            "VOETEN-1120",
            "rejected",
            "not adopted with 51 in favour and 49 against: of 100 voting, 67 are needed for "
            "two-thirds",
        ),
        (
            "VOETEN-1118",
            "unknown",
            "with 60 in favour and 42 against it passes by a simple majority (52 needed) and fails "
            "by two-thirds (68 needed), and no source here says which was applied",
        ),
        (
            "SC-VETO-1946-02-16-PV.23",
            "unknown",
            "the Soviet Union voted against, which stops a text that has the votes; no source here "
            "gives the tally, so whether it had the 7 needed is not known",
        ),
    ],
)
def test_deciding_rules_on_known_votes(
    record: Record, symbol: str, outcome: str, reason: str
) -> None:
    found = ruling(record.rollcall(symbol))
    assert (found.outcome.value, found.reason) == (outcome, reason)


@pytest.mark.parametrize(
    ("symbol", "needed"),
    [("S/RES/218(1965)", 7), ("S/RES/83(1950)", 7), ("S/RES/275(1969)", 9)],
)
def test_deciding_texts_with_just_enough_votes(record: Record, symbol: str, needed: int) -> None:
    """218 of 23 November 1965 had seven; the amended Charter's nine were asked from 1966 on."""
    found = ruling(record.rollcall(symbol))
    assert (found.outcome.value, found.needed, found.margin) == ("adopted", needed, 0)


def test_deciding_no_count_without_a_vote(record: Record) -> None:
    without = record.rollcalls.filter(record.rollcalls["modality"] == "without_vote")
    found = explain(record.rollcall(without["id"][0]))
    assert found.how is How.WITHOUT_VOTE
    assert (found.ruling.needed, found.ruling.margin) == (None, None)


def test_deciding_conference_on_the_charter_takes_any_seven(record: Record) -> None:
    rule = rule_of(record.rollcall("S/RES/110(1955)"))
    assert (rule.name, rule.quota, rule.holders) == ("any seven members", 7, frozenset())


@pytest.mark.parametrize(
    ("day", "seat"), [(date(1991, 12, 23), "SUN"), (date(1991, 12, 24), "RUS")]
)
def test_deciding_the_seat_of_the_soviet_union_passes_to_russia(day: date, seat: str) -> None:
    assert permanent_members(day) == {"CHN", "FRA", "GBR", "USA", seat}
