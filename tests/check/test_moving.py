"""What the model of positions says of a shift: figures of the shipped record, with their ranks."""

from __future__ import annotations

import votewire
from votewire.check.moving import moves

RECORD = votewire.open_record()


def told_of(*symbols: str) -> list[str]:
    votes = [RECORD.rollcall(symbol) for symbol in symbols]
    return [move.told for move in moves(votes, "USA", RECORD)]


def test_moving_the_most_surprising_cast_is_told_first_of_its_rollcall() -> None:
    surprise, shift = told_of("A/RES/ES-11/7")
    assert surprise.startswith("United States voting No on A/RES/ES-11/7 was a surprise of ")
    assert "number 1 of 176 casts on it" in surprise
    assert "three dimensions" in surprise
    assert shift.startswith("Over all votes of session 79, the general position of United States")
    assert "of 11,435 moves of states since 1946" in shift
    assert "on shuffled dates" in shift


def test_moving_votes_come_in_order_of_time_and_each_once() -> None:
    told = told_of("A/RES/ES-11/7", "A/RES/ES-11/1", "A/RES/ES-11/7")
    assert len(told) == 3
    assert "A/RES/ES-11/1 " in told[0]
    assert "A/RES/ES-11/7 " in told[1]


def test_moving_figures_are_the_ones_told() -> None:
    surprise, shift = moves([RECORD.rollcall("A/RES/ES-11/7")], "USA", RECORD)
    assert f"{surprise.figure.value:.1f} bits" in surprise.told
    assert surprise.figure.low <= surprise.figure.value <= surprise.figure.high
    assert f"{shift.figure.value:+.2f}" in shift.told
    assert shift.figure.low < shift.figure.value < shift.figure.high


def test_moving_a_council_vote_alone_has_no_position() -> None:
    assert len(told_of("S/RES/2774(2025)")) == 1


def test_moving_nothing_is_said_of_a_vote_without_a_roll() -> None:
    unanimous = RECORD.rollcall("A/RES/1(I)")
    assert list(moves([unanimous], "USA", RECORD)) == []
