"""What other votes would have made of a text: known cases and what must hold for any."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import votewire
from votewire.check.whatif import smallest_flip, whatif
from votewire.errors import NotInRecord, UsageError
from votewire.record import Choice, Record, Roll

RECORD = votewire.open_record()
FULL = RECORD.rollcalls.with_row_index().filter(RECORD.rollcalls["roll"] == Roll.FULL)["index"]
CAST = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.NON_VOTING)


@pytest.fixture
def record() -> Record:
    return RECORD


def outcomes(symbol: str, changes: dict[str, Choice], **options: bool) -> tuple[str, str]:
    facts = whatif(RECORD, RECORD.rollcall(symbol), changes, **options).facts
    return facts["outcome_before"], facts["outcome_after"]


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"GBR": Choice.NO}, "vetoed"),
        ({"DNK": Choice.NO}, "adopted"),
        ({"PAK": Choice.ABSTAIN}, "adopted"),
        ({"PAK": Choice.ABSTAIN, "RUS": Choice.ABSTAIN}, "rejected"),  # for want of nine
        ({"PAK": Choice.ABSTAIN, "RUS": Choice.NO}, "rejected"),  # a No too many is no veto
    ],
)
def test_whatif_of_resolution_2774(changes: dict[str, Choice], after: str) -> None:
    assert outcomes("S/RES/2774", changes) == ("adopted", after)


def test_whatif_all_who_abstained_had_voted_no() -> None:
    """A/RES/ES-11/7: 93-83 passes by a simple majority and fails by two-thirds."""
    every = dict.fromkeys(RECORD.rollcall("A/RES/ES-11/7").states(Choice.ABSTAIN), Choice.NO)
    assert len(every) == 65
    assert outcomes("A/RES/ES-11/7", every) == ("adopted", "adopted")
    assert outcomes("A/RES/ES-11/7", every, two_thirds=True) == ("adopted", "rejected")


def test_whatif_a_procedural_vote_had_been_substance() -> None:
    """S/RES/2623 passes over Russia's No as procedure; a vetoed draft would have, too."""
    assert outcomes("S/RES/2623", {"CHN": Choice.NO}) == ("adopted", "adopted")
    assert outcomes("S/2025/116", {}) == ("vetoed", "vetoed")
    assert outcomes("S/2025/116", {}, procedural=True) == ("adopted", "adopted")


def test_whatif_partial_roll_uses_the_announced_tally(record: Record) -> None:
    """Serbia's choice on this paragraph of 2003 is not recorded; the totals are."""
    answer = whatif(record, record.rollcall("VOETEN-5736"), {"USA": Choice.YES})
    assert answer.facts["tally_before"]["yes"] == 73
    assert answer.facts["tally_after"]["yes"] == 74


@settings(max_examples=40)
@given(st.sampled_from(FULL.to_list()))
def test_whatif_no_change_changes_nothing(row: int) -> None:
    rollcall = RECORD.at(row)
    for changes in ({}, rollcall.casts):
        answer = whatif(RECORD, rollcall, changes)
        assert answer.table.height == 0
        assert answer.facts["tally_before"] == answer.facts["tally_after"]
        assert answer.facts["outcome_before"] == answer.facts["outcome_after"]


@settings(max_examples=25)
@given(st.sampled_from(FULL.to_list()), st.data())
def test_whatif_there_and_back_is_where_it_was(row: int, data: st.DataObject) -> None:
    rollcall = RECORD.at(row)
    states = data.draw(st.lists(st.sampled_from(sorted(rollcall.casts)), unique=True, max_size=5))
    changes = {state: data.draw(st.sampled_from(CAST)) for state in states}
    facts = whatif(RECORD, rollcall, changes).facts
    casts = {**rollcall.casts, **changes}
    assert facts["tally_after"] == {c.label: list(casts.values()).count(c) for c in CAST}


@settings(max_examples=15)
@given(st.sampled_from(FULL.to_list()))
def test_whatif_flip_flips(row: int) -> None:
    facts = smallest_flip(RECORD, RECORD.at(row), {}).facts
    before, after = facts["outcome_before"], facts["outcome_after"]
    assert (before == "adopted") != (after == "adopted")


def test_whatif_flip_of_resolution_2774(record: Record) -> None:
    answer = smallest_flip(record, record.rollcall("S/RES/2774"), {})
    assert answer.facts["alone"] == ["CHN", "FRA", "GBR", "RUS", "USA"]
    assert (answer.facts["size"], answer.facts["ways"]) == (1, "5")


def test_whatif_flip_after_a_change(record: Record) -> None:
    """With Britain's No it is vetoed, and only Britain can lift that."""
    answer = smallest_flip(record, record.rollcall("S/RES/2774"), {"GBR": Choice.NO})
    assert answer.facts["outcome_before"] == "vetoed"
    assert answer.table.rows() == [("GBR", "United Kingdom", "no", "abstain")]


def test_whatif_refuses_states_without_a_vote(record: Record) -> None:
    with pytest.raises(UsageError, match="Germany was not a member of the chamber"):
        whatif(record, record.rollcall("S/RES/2774"), {"DEU": Choice.NO})
    with pytest.raises(NotInRecord, match="Serbia and Montenegro's vote on A/RES/58"):
        whatif(record, record.rollcall("VOETEN-5736"), {"SRB": Choice.NO})


def test_whatif_refuses_what_the_record_lacks(record: Record) -> None:
    with pytest.raises(NotInRecord, match="a tally of SC-VETO"):
        whatif(record, record.rollcall("SC-VETO-1946-02-16-PV.23"), {})
    with pytest.raises(NotInRecord, match="the whole roll of A/RES/58/196"):
        smallest_flip(record, record.rollcall("VOETEN-5736"), {})


@pytest.mark.parametrize(
    ("symbol", "option"), [("S/RES/2774", "two_thirds"), ("A/RES/ES-11/7", "procedural")]
)
def test_whatif_refuses_the_other_chambers_rule(record: Record, symbol: str, option: str) -> None:
    with pytest.raises(UsageError):
        whatif(record, record.rollcall(symbol), {}, **{option: True})
