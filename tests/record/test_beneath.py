"""What is made of the record beneath a user's additions, told of the record laid over it."""

from __future__ import annotations

import numpy as np
import pytest

from tests import own_votes
from votewire import states
from votewire.record import Answer, open_record
from votewire.record.beneath import (
    beneath,
    choices_beneath,
    rows_above,
    told_without,
    without_own,
)
from votewire.record.overlay import overlay
from votewire.record.readers.pasted_roll import read
from votewire.record.readers.result import ReadRollcall
from votewire.record.tables import Choice, Kind

SHIPPED = open_record()
LAID = own_votes.laid_over()
SENTENCE = "Positions are of the shipped record, without your 2 votes."


def test_beneath_is_the_record_without_additions() -> None:
    assert beneath(SHIPPED) is SHIPPED
    assert beneath(LAID).hash == SHIPPED.hash
    assert len(LAID) == len(SHIPPED) + 2
    assert {LAID.at(LAID.row_of(name)).symbol for name in LAID.own} == set(own_votes.OWN)
    assert SHIPPED.own == frozenset()


def test_beneath_rows_are_those_of_the_same_rollcalls() -> None:
    above = rows_above(LAID)
    assert LAID.rollcalls["id"].gather(above).equals(SHIPPED.rollcalls["id"])
    assert (above != np.arange(len(SHIPPED))).any()
    assert np.array_equal(choices_beneath(LAID, above[:50]), SHIPPED.choices[:50])


def test_beneath_has_no_choices_of_a_users_own_vote() -> None:
    with pytest.raises(ValueError, match="not in the record beneath"):
        choices_beneath(LAID, np.array([LAID.row_of(next(iter(LAID.own)))]))


def test_beneath_a_roll_that_is_filled_in_has_the_casts_that_were_there() -> None:
    part = SHIPPED.at(SHIPPED.row_of("VOETEN-6010"))
    rest = states.members_on(part.date) - part.casts.keys()
    given = {
        "session": part.session,
        "date": part.date,
        "symbol": part.symbol,
        "kind": Kind(part.kind),
    }
    casts = {**part.casts, **dict.fromkeys(rest, Choice.NON_VOTING)}
    whole = ReadRollcall(source_key="whole", chamber="GA", casts=casts, **given)
    laid = overlay(SHIPPED, [("own", whole)], ["its hash"])
    row, before = laid.row_of(part.id), SHIPPED.choices[SHIPPED.row_of(part.id)]
    assert laid.own == {part.id}
    assert (laid.choices[row] != before).sum() == len(rest) > 0
    assert np.array_equal(choices_beneath(laid, np.array([row]))[0], before)


def test_beneath_a_vote_that_is_only_named_again_is_not_left_out() -> None:
    own = SHIPPED.rollcall("A/RES/ES-11/7")
    again = ReadRollcall(
        source_key="again",
        chamber="GA",
        session=own.session,
        date=own.date,
        symbol=own.symbol,
        casts={"USA": own.casts["USA"]},
    )
    laid = overlay(SHIPPED, [("own", again)], ["its hash"])
    assert laid.hash != SHIPPED.hash
    assert laid.own == frozenset()
    assert told_without(laid, SHIPPED.hash, "Positions are") == ()


def answer(record_hash: str) -> Answer:
    told = {"question": "q", "title": "t", "told": ("First.",), "definition": "d", "basis": "b"}
    return Answer(**told, table=SHIPPED.rollcalls, record_hash=record_hash, complete_to="c")


def test_beneath_an_answer_says_what_it_leaves_out() -> None:
    said = without_own(answer(SHIPPED.hash), LAID, "Positions are")
    assert said.told == ("First.", SENTENCE)
    assert said.basis == "b, without your 2 votes"


def test_beneath_an_answer_of_the_whole_record_says_nothing() -> None:
    whole = answer(LAID.hash)
    assert without_own(whole, LAID, "Positions are") is whole
    assert told_without(SHIPPED, SHIPPED.hash, "Positions are") == ()


def test_beneath_one_vote_is_one() -> None:
    (rollcall,) = read(own_votes.rolls()["A/RES/81/1"].encode()).rollcalls
    laid = overlay(SHIPPED, [("own", rollcall)], ["its hash"])
    said = without_own(answer(SHIPPED.hash), laid, "Positions are")
    assert said.basis == "b, without your 1 vote"
