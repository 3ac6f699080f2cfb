from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire import states
from votewire.states.bounds import (
    FIRST_DAY,
    LAST_DAY,
    MOST_MEMBERS,
    count_of,
    is_possible,
    possible_day,
    possible_moment,
)

OFFSETS = st.timedeltas(timedelta(hours=-23, minutes=-59), timedelta(hours=23, minutes=59))


@given(st.dates())
def test_bounds_day_is_possible_between_the_first_and_the_last(day: date) -> None:
    named = possible_day(day.year, day.month, day.day)
    assert named == (day if FIRST_DAY <= day <= LAST_DAY else None)
    assert is_possible(day) == (named is not None)


@pytest.mark.parametrize("day", [(2025, 2, 29), (0, 1, 1), (2025, 13, 1), (10**20, 1, 1)])
def test_bounds_day_that_no_calendar_has_is_none(day: tuple[int, int, int]) -> None:
    assert possible_day(*day) is None


@given(st.datetimes(timezones=st.none() | OFFSETS.map(timezone)))
def test_bounds_moment_may_be_told_in_any_zone(moment: datetime) -> None:
    kept = possible_moment(moment)
    epoch = moment.date() in {
        date(1969, 12, 31),
        date(1970, 1, 1),
        date(1980, 1, 1),
        date(2038, 1, 19),
    }
    assert (kept is not None) == (is_possible(moment.date()) and not epoch)
    if kept is not None and kept.tzinfo is not None:
        assert kept.astimezone(timezone(timedelta(hours=-12))) == moment


@given(st.integers(0, 10**12), st.integers(0, 9_000), st.booleans())
def test_bounds_count_has_no_more_digits_than_a_chamber_members(
    number: int, zeros: int, hindi: bool
) -> None:
    figures = "0" * zeros + str(number)
    if hindi:
        figures = figures.translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    assert count_of(figures) == (number if number <= MOST_MEMBERS else None)


def test_bounds_no_chamber_of_the_record_comes_near() -> None:
    assert 4 * len(states.members_on(date(2025, 1, 1))) < MOST_MEMBERS
