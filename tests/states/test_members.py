"""Membership by day: counts that the UN states, dates that are easy to get wrong, properties."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.errors import UnknownState
from votewire.states import (
    admitted_on,
    codes,
    is_member,
    members_on,
    membership,
    state,
)

DAYS = st.dates(date(1945, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("year", "members"),
    [
        (1945, 51), (1946, 55), (1947, 57), (1948, 58), (1949, 59), (1950, 60), (1955, 76),
        (1956, 80), (1957, 82), (1958, 82), (1960, 99), (1961, 104), (1962, 110), (1964, 115),
        (1965, 117), (1966, 122), (1967, 123), (1968, 126), (1970, 127), (1971, 132), (1973, 135),
        (1974, 138), (1975, 144), (1976, 147), (1977, 149), (1978, 151), (1979, 152), (1980, 154),
        (1981, 157), (1983, 158), (1984, 159), (1990, 159), (1991, 166), (1992, 179), (1993, 184),
        (1994, 185), (1999, 188), (2000, 189), (2002, 191), (2006, 192), (2011, 193), (2025, 193),
    ],
)  # fmt: skip
def test_members_on_counts_as_the_un_does(year: int, members: int) -> None:
    """Source: UN, "Growth in United Nations membership", members at the end of each year."""
    assert len(members_on(date(year, 12, 31))) == members


@pytest.mark.parametrize(
    ("code", "last_out", "first_in"),
    [
        ("TZA", date(1961, 12, 13), date(1961, 12, 14)),
        ("ZAN", date(1963, 12, 15), date(1963, 12, 16)),
        ("IDN", date(1966, 9, 27), date(1966, 9, 28)),
        ("SYR", date(1961, 10, 12), date(1961, 10, 13)),
        ("DEU", date(1973, 9, 17), date(1973, 9, 18)),
        ("RUS", date(1991, 12, 23), date(1991, 12, 24)),
        ("CZE", date(1993, 1, 18), date(1993, 1, 19)),
        ("SRB", date(2000, 10, 31), date(2000, 11, 1)),
        ("VNM", date(1977, 9, 19), date(1977, 9, 20)),
        ("SSD", date(2011, 7, 13), date(2011, 7, 14)),
    ],
)
def test_is_member_begins_on_the_day_of_admission(
    code: str, last_out: date, first_in: date
) -> None:
    assert not is_member(code, last_out)
    assert is_member(code, first_in)
    assert code in admitted_on(first_in)
    assert code not in admitted_on(last_out)


@pytest.mark.parametrize(
    ("code", "last_in", "first_out"),
    [
        ("SYR", date(1958, 2, 21), date(1958, 2, 22)),
        ("ZAN", date(1964, 4, 25), date(1964, 4, 26)),
        ("IDN", date(1965, 1, 19), date(1965, 1, 20)),
        ("YMD", date(1990, 5, 21), date(1990, 5, 22)),
        ("DDR", date(1990, 10, 2), date(1990, 10, 3)),
        ("SUN", date(1991, 12, 23), date(1991, 12, 24)),
        ("CSK", date(1992, 12, 31), date(1993, 1, 1)),
        ("YUG", date(2000, 10, 31), date(2000, 11, 1)),
    ],
)
def test_is_member_ends_on_the_day_after_the_last(
    code: str, last_in: date, first_out: date
) -> None:
    assert is_member(code, last_in)
    assert not is_member(code, first_out)


@pytest.mark.parametrize("code", ["CHN", "UKR", "BLR", "ZAF", "EGY", "YEM", "KHM", "COD"])
def test_is_member_never_lapses_for_a_seat_that_changed_hands_or_name(code: str) -> None:
    found = state(code)
    assert len(found.spells) == 1
    assert found.spells[0].end is None


def test_codes_are_sorted_and_every_link_between_states_leads_to_one() -> None:
    assert list(codes()) == sorted(codes())
    for code in codes():
        found = state(code)
        for other in (*found.successors, *found.predecessors):
            assert other in codes(), code
        assert found.continues is None or found.continues in found.predecessors


def test_state_of_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(UnknownState, match=r"'RUSS' is not a known UN member.*Russia \(RUS\)"):
        state("RUSS")


def test_state_spells_and_names_are_in_order_and_never_overlap() -> None:
    for code in codes():
        found = state(code)
        for earlier, later in pairwise(found.spells):
            assert earlier.end is not None
            assert earlier.end < later.start, code
        for before, after in pairwise(found.names):
            assert before.end == after.start, code
        assert all(spell.end is None or spell.start < spell.end for spell in found.spells), code
        assert found.names[0].start is None
        assert found.names[-1].end is None


@given(st.lists(DAYS, max_size=20))
def test_membership_equals_is_member_cell_by_cell(days: list[date]) -> None:
    matrix = membership(np.array(days, dtype="datetime64[D]"))
    assert matrix.shape == (len(days), len(codes()))
    assert matrix.dtype == np.bool_
    for row, on in zip(matrix, days, strict=True):
        assert {code for code, cell in zip(codes(), row, strict=True) if cell} == members_on(on)
        assert all(is_member(code, on) == cell for code, cell in zip(codes(), row, strict=True))


@given(DAYS)
def test_members_on_changes_only_by_admission_or_end(on: date) -> None:
    joined = members_on(on) - members_on(on - timedelta(days=1))
    assert joined == admitted_on(on)
