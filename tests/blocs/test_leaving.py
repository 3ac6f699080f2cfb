import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import votewire
from votewire.blocs.leaving import changes, left
from votewire.errors import UsageError
from votewire.record import Choice

RECORD = votewire.open_record()
BEFORE, AFTER = (RECORD.rollcall(f"A/RES/ES-11/{n}") for n in (6, 7))
ROLLS = arrays(np.int8, (2, 30), elements=st.integers(0, 5))


@given(ROLLS)
def test_changes_count_every_state_once(rolls: np.ndarray) -> None:
    counts = changes(rolls[0], rolls[1])
    expected = np.zeros((6, 6), dtype=int)
    for was, now in zip(*rolls, strict=True):
        expected[was, now] += 1
    assert np.array_equal(counts, expected)


def test_left_who_left_the_141() -> None:
    answer = left(RECORD, BEFORE, AFTER)
    assert answer.table.columns == ["state", "name", "before", "after"]
    assert (answer.table["before"] != answer.table["after"]).all()
    assert answer.told[0] == (
        "141 voted Yes on A/RES/ES-11/6; of them 48 left: 33 to abstain, 8 to not voting, 7 to No."
    )
    gone = answer.table.filter(answer.table["before"] == "yes")
    assert gone.height == 48
    assert {"USA", "HUN", "ISR"} <= set(gone.filter(gone["after"] == "no")["state"])


def test_left_adds_up_to_both_tallies() -> None:
    flows = left(RECORD, BEFORE, AFTER).facts["flows"]
    for choice, n in (("yes", 141), ("no", 7), ("abstain", 32), ("non_voting", 13)):
        assert sum(flows[choice].values()) == n
    for choice, n in (("yes", 93), ("no", 18), ("abstain", 65), ("non_voting", 17)):
        assert sum(to.get(choice, 0) for to in flows.values()) == n


def test_left_everyone_lists_all_members_once() -> None:
    answer = left(RECORD, BEFORE, AFTER, everyone=True)
    assert answer.table.height == 193
    assert answer.table["state"].n_unique() == 193
    changed = answer.table.filter(answer.table["before"] != answer.table["after"])
    assert changed.height == answer.facts["changed"] == left(RECORD, BEFORE, AFTER).table.height


def test_left_marks_who_was_a_member_at_one_of_them_only() -> None:
    first, last = (RECORD.rollcall(symbol) for symbol in ("A/RES/47/19", "A/RES/66/6"))
    answer = left(RECORD, first, last)
    swiss = answer.table.filter(answer.table["state"] == "CHE").row(0, named=True)
    assert (swiss["before"], swiss["after"]) == ("not_member", "yes")
    assert any("were no members yet" in line for line in answer.told)


def test_left_says_nothing_of_choices_that_the_record_lacks() -> None:
    partial = RECORD.rollcalls.filter(
        (RECORD.rollcalls["roll"] == "partial") & (RECORD.rollcalls["chamber"] == "GA")
    )["id"]
    first, last = (RECORD.at(RECORD.row_of(partial[at])) for at in (0, -1))
    answer = left(RECORD, first, last)
    assert "not_recorded" not in {*answer.table["before"], *answer.table["after"]}
    assert any("the record lacks a choice" in line for line in answer.told)
    every = left(RECORD, first, last, everyone=True).table
    assert Choice.NOT_RECORDED.label in {*every["before"], *every["after"]}


def test_left_refuses_votes_that_cannot_be_compared() -> None:
    council = RECORD.rollcall("S/RES/2774")
    without = RECORD.rollcalls.filter(RECORD.rollcalls["modality"] == "without_vote")["id"][0]
    for pair, message in (
        ((AFTER, BEFORE), "earlier vote first"),
        ((AFTER, AFTER), "give two votes"),
        ((BEFORE, council), "two of one chamber"),
        ((RECORD.at(RECORD.row_of(without)), AFTER), "no roll of states"),
    ):
        with pytest.raises(UsageError, match=message):
            left(RECORD, *pair)
