"""Seats in the Council by day."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from votewire.errors import NotInRecord
from votewire.states import council_members, group_members, members_on

# Where the list of members by year differs: it knows years only. (not in ours, only in ours)
BY_YEAR_ONLY = {
    1980: ({"MEX"}, set()),  # elected on 7 January
    1990: ({"YEM"}, {"YMD"}),  # united on 22 May
    1991: ({"RUS"}, {"SUN"}),  # continued on 24 December
}


@pytest.mark.parametrize("year", range(1946, 2028))
def test_council_members_agree_with_the_list_by_year(year: int) -> None:
    page = shared(f"data/council/membership_by_year/{year}/index.json")
    theirs = {member["iso3"] for member in json.loads(page.read_text())["members"]}
    theirs = {"CHN" if code == "TWN" else code for code in theirs}
    ours = council_members(date(year, 1, 1 if year > 1946 else 31))
    assert (theirs - ours, ours - theirs) == BY_YEAR_ONLY.get(year, (set(), set()))


def test_council_members_of_24_february_2025() -> None:
    assert council_members(date(2025, 2, 24)) == {
        *("CHN", "FRA", "GBR", "RUS", "USA", "DNK", "DZA", "GRC", "GUY", "KOR"),
        *("PAK", "PAN", "SLE", "SOM", "SVN"),
    }


@given(st.dates(date(1946, 1, 12), date(2027, 12, 31)))
def test_council_members_are_eleven_then_fifteen_and_all_un_members(on: date) -> None:
    late_election = date(1980, 1, 1) <= on < date(1980, 1, 7)
    size = 11 if on < date(1966, 1, 1) else 14 if late_election else 15
    assert len(council_members(on)) == size
    assert council_members(on) <= members_on(on)
    assert group_members("P5", on) | group_members("E10", on) == council_members(on)


def test_council_members_before_the_first_election_are_none() -> None:
    assert council_members(date(1946, 1, 11)) == frozenset()


def test_council_members_beyond_the_last_election_are_not_guessed() -> None:
    with pytest.raises(NotInRecord, match="complete to 2027-12-31"):
        council_members(date(2028, 1, 1))
