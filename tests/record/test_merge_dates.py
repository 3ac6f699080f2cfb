from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.record.merging.dates import Calendar, out_of_order, same_month, swapped

DAYS = st.dates(date(1994, 1, 1), date(2025, 12, 31))
CALENDAR = Calendar({100: date(2001, 3, 5), 104: date(2001, 3, 9), 110: date(2001, 6, 1)})


@given(DAYS)
def test_swapped_twice_is_the_day_itself(day: date) -> None:
    other = swapped(day)
    assert (other is None) == (day.day > 12)
    assert other is None or swapped(other) == day


def test_same_month_is_of_one_year() -> None:
    assert same_month(date(2001, 3, 5), date(2001, 3, 31))
    assert not same_month(date(2001, 3, 5), date(2002, 3, 5))


@pytest.mark.parametrize(
    ("number", "day", "settled"),
    [
        (102, date(2001, 3, 7), date(2001, 3, 7)),
        (102, date(2001, 7, 3), date(2001, 3, 7)),
        (102, date(2001, 7, 13), None),
        (104, date(2001, 9, 3), date(2001, 3, 9)),
        (99, date(1999, 1, 1), date(1999, 1, 1)),
        (111, date(2001, 1, 7), date(2001, 7, 1)),
    ],
)
def test_calendar_settles_a_day_between_its_neighbours(
    number: int, day: date, settled: date | None
) -> None:
    assert CALENDAR.settled(number, day) == settled


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (102, "2001-03-05 to 2001-03-09"),
        (1, "the beginning to 2001-03-05"),
        (111, "2001-06-01 to now"),
    ],
)
def test_calendar_says_around_what(number: int, text: str) -> None:
    assert CALENDAR.around(number) == text


def test_calendar_knows_no_day_beyond_its_own() -> None:
    assert CALENDAR.between(1) == (None, date(2001, 3, 5))
    assert CALENDAR.between(111) == (date(2001, 6, 1), None)


def test_out_of_order_names_the_fewest() -> None:
    days = [date(2001, 1, day) for day in (1, 2, 30, 3, 4, 1, 5, 5)]
    assert out_of_order(days) == [2, 5]
    assert out_of_order([]) == []


@given(st.lists(DAYS, max_size=12))
def test_out_of_order_leaves_an_order(days: list[date]) -> None:
    wrong = set(out_of_order(days))
    kept = [day for at, day in enumerate(days) if at not in wrong]
    assert kept == sorted(kept)


@given(st.lists(DAYS, min_size=1, max_size=12), st.data())
def test_out_of_order_finds_one_wrong_day_among_sorted(
    days: list[date], data: st.DataObject
) -> None:
    days = sorted(days)
    at = data.draw(st.integers(0, len(days) - 1))
    days[at] = days[-1] + timedelta(days=1)
    assert len(out_of_order(days)) == (0 if at == len(days) - 1 else 1)
