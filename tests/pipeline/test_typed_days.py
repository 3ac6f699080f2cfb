"""Days as they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.errors import UsageError
from votewire.pipeline.typed_days import day_typed


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2022-02-24 ", date(2022, 2, 24), date(2022, 2, 24)),
    ],
)
def test_typed_days_is_the_first_or_last_day(typed: str, first: date, last: date) -> None:
    assert day_typed(typed, "since", last=False) == first
    assert day_typed(typed, "until", last=True) == last


@given(st.text(max_size=20), st.booleans())
def test_typed_days_gives_a_day_or_says_why_not(typed: str, last: bool) -> None:
    try:
        found = day_typed(typed, "since", last=last)
    except UsageError:
        return
    assert found is not None
    assert date.min <= found <= date.max


@pytest.mark.parametrize("typed", ["9999999999", "2022-13", "0", "24.2.2022", "-", ""])
def test_typed_days_refuses_what_is_no_day(typed: str) -> None:
    with pytest.raises(UsageError, match="since"):
        day_typed(typed, "since", last=False)
