from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import votewire
from votewire.record.sittings import FIRST_MEETING, can_meet, days_of


@pytest.mark.parametrize(
    ("session", "day", "possible"),
    [
        ("1", date(1946, 1, 9), False),
        ("1", FIRST_MEETING, True),
        ("17", date(1962, 7, 5), False),
        ("17", date(1962, 9, 18), True),
        ("19", date(1965, 2, 6), True),
        ("67", date(2012, 12, 3), True),
        ("677", date(2012, 12, 3), False),
        ("ES-11", date(2025, 2, 24), True),
        ("S-2", date(1945, 11, 1), False),
        ("12345", date(2012, 12, 3), True),
    ],
)
def test_can_meet_from_the_september_that_a_session_opens(
    session: str, day: date, possible: bool
) -> None:
    assert can_meet(session, day) is possible


@given(st.text(max_size=6))
def test_days_of_any_session_are_in_order(session: str) -> None:
    first, last = days_of(session)
    assert FIRST_MEETING <= first < last


def test_can_meet_on_every_day_of_the_record() -> None:
    held = votewire.open_record().rollcalls.filter(pl.col("chamber") == "GA")
    assert [row for row in held.select("session", "date").iter_rows() if not can_meet(*row)] == []
