"""Who breaks ranks most often."""

from __future__ import annotations

from datetime import date

import pytest

import votewire
from votewire.blocs import breakers, splits
from votewire.errors import NotInRecord, TooFewRollcalls
from votewire.record import Selection

RECORD = votewire.open_record()


def test_breakers_counts_as_splits_does_of_the_past() -> None:
    """`splits` counts breaks and votes before one rollcall; here the same days are chosen."""
    vote = RECORD.rollcall("A/RES/ES-11/7")
    past = splits(RECORD, "EU", vote, within=Selection(since=date(2020, 1, 1))).table
    within = Selection(since=date(2020, 1, 1), until=date(2025, 2, 23))
    found = breakers(RECORD, "EU", within=within).table
    rows = {row["state"]: (row["breaks"], row["votes"]) for row in found.to_dicts()}
    for row in past.to_dicts():
        assert rows[row["state"]] == (row["breaks"], row["votes"])


def test_breakers_are_sorted_and_hold_their_rate_in_the_interval() -> None:
    table = breakers(RECORD, "NATO", within=Selection(since=date(2022, 1, 1))).table
    assert table["rate"].is_sorted(descending=True)
    assert (table["low"] <= table["rate"]).all()
    assert (table["rate"] <= table["high"]).all()
    assert (table["rate"] == table["breaks"] / table["votes"]).all()


def test_breakers_says_when_nobody_was_loyal_throughout() -> None:
    found = breakers(RECORD, "EU", within=Selection(since=date(2021, 1, 1)))
    assert "Every one did at least once." in found.told[0]


def test_breakers_refuses_a_group_that_never_voted() -> None:
    with pytest.raises(TooFewRollcalls):
        breakers(RECORD, "WARSAW_PACT", within=Selection(since=date(2000, 1, 1)))
    with pytest.raises(NotInRecord):
        breakers(RECORD, "WEST")
