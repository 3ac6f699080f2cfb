"""Surprise of casts: ranks, order, what is not in the record."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import votewire
from votewire import states
from votewire.errors import NotInRecord, TooFewRollcalls
from votewire.positions.expected import SHIPPED, read_surprises
from votewire.positions.surprise import most_surprising, of_rollcall
from votewire.record import Selection

RECORD = votewire.open_record()
FOUND = read_surprises(RECORD, SHIPPED)
assert FOUND is not None


def test_surprise_of_a_rollcall_has_each_state_in_order() -> None:
    rollcall = RECORD.rollcall("A/RES/ES-11/7")
    answer = of_rollcall(FOUND, RECORD, rollcall)
    assert answer.table.height == 176
    bits = answer.table["bits"].to_list()
    assert bits == sorted(bits, reverse=True)
    row = next(row for row in answer.table.to_dicts() if row["state"] == "USA")
    assert row["choice"] == "no"
    assert row["low"] <= row["bits"] <= row["high"]
    assert row["low3"] <= row["bits3"] <= row["high3"]


def test_surprise_of_the_us_no_beside_russia_depends_on_the_dimensions() -> None:
    """Unexpected on the usual line, and not so to who knows which company the text divided."""
    for dims, least, most, places in ((1, 8.0, 11.0, (1,)), (3, 1.0, 3.5, range(10, 40))):
        table = of_rollcall(FOUND, RECORD, RECORD.rollcall("A/RES/ES-11/7"), dims).table
        place = table["state"].to_list().index("USA")
        assert least < table["bits"][place] < most
        assert place + 1 in places


def test_surprise_ranks_count_casts_with_more_bits_in_the_chamber() -> None:
    answer = of_rollcall(FOUND, RECORD, RECORD.rollcall("S/RES/2774"))
    usa = states.codes().index("USA")
    for dims in (1, 3):
        table = of_rollcall(FOUND, RECORD, RECORD.rollcall("S/RES/2774"), dims).table
        row = next(row for row in table.to_dicts() if row["state"] == "USA")
        bits = FOUND.figures(dims).bits
        council = bits[FOUND.council]
        own = bits[FOUND.council & (FOUND.state == usa)]
        assert row["rank_all"] == 1 + (council > row["bits"] + 0.05).sum()
        assert row["rank_own"] == 1 + (own > row["bits"] + 0.05).sum()
        assert row["own"] == len(own)
    assert answer.table.height == 15
    assert "Security Council: members begin at" in answer.definition


def test_surprise_of_a_state_is_its_largest() -> None:
    within = Selection(since=date(2024, 1, 1))
    answer = most_surprising(FOUND, RECORD, "ARG", 5, within=within)
    rows = within.rows(RECORD)
    mine = FOUND.bits[np.isin(FOUND.row, rows) & (FOUND.state == states.codes().index("ARG"))]
    assert answer.table["bits"].to_list() == pytest.approx(sorted(mine.tolist(), reverse=True)[:5])
    assert set(answer.table["state"]) == {"ARG"}
    assert all(day >= date(2024, 1, 1) for day in answer.table["date"])


def test_surprise_over_all_states_begins_with_rank_1() -> None:
    for chamber in ("GA", "SC"):
        answer = most_surprising(FOUND, RECORD, None, 3, within=Selection(chamber=chamber))
        assert answer.table["rank_all"][0] == 1
    assert len(set(answer.table["id"])) <= 3


@pytest.mark.parametrize("number", [1, 2])
def test_surprise_of_the_first_sessions_is_not_in_the_record(number: int) -> None:
    early = RECORD.at(int(Selection(until=date(1946 + number, 8, 1)).rows(RECORD)[-1]))
    with pytest.raises(NotInRecord, match="casts before it"):
        of_rollcall(FOUND, RECORD, early)


def test_surprise_of_a_text_without_a_roll_is_not_in_the_record() -> None:
    row = int(Selection().adopted_without_vote(RECORD)[-1])
    with pytest.raises(NotInRecord, match="its roll"):
        of_rollcall(FOUND, RECORD, RECORD.at(row))


def test_surprise_of_a_state_that_did_not_vote_is_not_in_the_record() -> None:
    with pytest.raises(NotInRecord, match="BRA"):
        of_rollcall(FOUND, RECORD, RECORD.rollcall("S/RES/2774"), state="BRA")
    with pytest.raises(NotInRecord, match="SSD"):
        most_surprising(FOUND, RECORD, "SSD", 5, within=Selection(until=date(2000, 1, 1)))
    with pytest.raises(TooFewRollcalls):
        most_surprising(FOUND, RECORD, None, 5, within=Selection(until=date(1946, 12, 31)))
