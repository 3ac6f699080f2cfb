"""Groups by day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.errors import NotInRecord
from votewire.states import (
    codes,
    council_members,
    group,
    group_members,
    group_membership,
    groups,
    groups_kept_to,
    groups_of,
    members_on,
    resolve_group,
)
from votewire.states.datafiles import read_table

REGIONS = ("AFRICAN_GROUP", "ASIA_PACIFIC_GROUP", "EASTERN_EUROPEAN_GROUP", "GRULAC", "WEOG")
LISTED = tuple(group_id for group_id in groups() if not group(group_id).open)
KINDS = {"treaty", "declaration", "list", "elections", "computed", "press"}


@pytest.mark.parametrize(
    ("group_id", "on", "size"),
    [
        ("EU", date(1957, 12, 31), 0),
        ("EU", date(1960, 1, 1), 6),
        ("EU", date(1973, 1, 1), 9),
        ("EU", date(1981, 1, 1), 10),
        ("EU", date(1986, 1, 1), 12),
        ("EU", date(1995, 1, 1), 15),
        ("EU", date(2004, 5, 1), 25),
        ("EU", date(2007, 1, 1), 27),
        ("EU", date(2019, 6, 1), 28),
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("EU", date(2025, 2, 24), 27),
        ("NATO", date(1950, 1, 1), 12),
        ("NATO", date(1999, 3, 12), 19),
        ("NATO", date(2004, 3, 29), 26),
        ("NATO", date(2025, 2, 24), 32),
        ("EUROPEAN_ALLIES", date(2025, 2, 24), 30),
        ("WARSAW_PACT", date(1960, 1, 1), 8),
        ("WARSAW_PACT", date(1970, 1, 1), 7),
        ("WARSAW_PACT", date(1991, 7, 1), 0),
        ("P5", date(1985, 1, 1), 5),
        ("P5", date(2025, 1, 1), 5),
        ("E10", date(1960, 6, 1), 6),
        ("E10", date(2025, 1, 1), 10),
        ("G7", date(1976, 1, 1), 6),
        ("G7", date(2025, 1, 1), 7),
        ("G8", date(2000, 1, 1), 8),
        ("G8", date(2014, 3, 24), 0),
        ("G20", date(2010, 1, 1), 19),
        ("BRICS", date(2011, 1, 1), 5),
        ("BRICS", date(2025, 2, 24), 10),
        ("OECD", date(1962, 1, 1), 19),
        ("OECD", date(1992, 1, 1), 24),
        ("OECD", date(2025, 1, 1), 38),
        ("FIVE_EYES", date(2025, 1, 1), 5),
        ("G77", date(1964, 6, 15), 76),  # 77 with the Republic of Viet Nam
        ("G77", date(1992, 1, 1), 127),
        ("G77", date(2025, 1, 1), 132),  # 134 with China and Palestine
        ("G77_CHINA", date(2006, 6, 1), 130),
        ("G77_CHINA", date(2014, 6, 1), 132),
        ("G77_CHINA", date(2025, 1, 1), 133),
        ("NAM", date(1961, 9, 6), 25),
        ("NAM", date(1964, 10, 10), 47),
        ("NAM", date(2006, 9, 16), 117),  # with Palestine 118, 120, 121
        ("NAM", date(2012, 8, 31), 119),
        ("NAM", date(2025, 1, 1), 120),
        ("OIC", date(1970, 1, 1), 24),
        ("OIC", date(2025, 1, 1), 56),  # 57 with Palestine
        ("AFRICAN_UNION", date(1963, 5, 25), 32),
        ("AFRICAN_UNION", date(2002, 7, 9), 52),  # 53 with the Sahrawi Republic
        ("AFRICAN_UNION", date(2025, 1, 1), 54),
        ("ARAB_LEAGUE", date(2025, 1, 1), 21),
        ("ASEAN", date(2025, 10, 25), 10),
        ("ASEAN", date(2025, 10, 26), 11),
        ("CIS", date(1995, 1, 1), 12),
        ("CIS", date(2025, 1, 1), 9),
        ("CSTO", date(1995, 1, 1), 9),
        ("CSTO", date(2025, 1, 1), 6),
        ("SCO", date(2025, 1, 1), 10),
        ("NORDIC", date(2025, 1, 1), 5),
        ("BALTIC", date(1991, 9, 16), 0),
        ("BALTIC", date(2025, 1, 1), 3),
        ("VISEGRAD", date(1992, 1, 1), 3),
        ("VISEGRAD", date(1993, 1, 1), 4),
        ("MERCOSUR", date(2015, 1, 1), 5),
        ("MERCOSUR", date(2020, 1, 1), 4),
        ("CARICOM", date(2025, 1, 1), 14),
        ("PIF", date(1992, 1, 1), 13),
        ("PIF", date(2025, 1, 1), 14),
        ("ECOWAS", date(1990, 1, 1), 16),
        ("ECOWAS", date(2010, 1, 1), 15),
        ("ECOWAS", date(2025, 1, 29), 12),
        ("AFRICAN_GROUP", date(2024, 1, 1), 54),
        ("ASIA_PACIFIC_GROUP", date(2024, 1, 1), 54),
        ("EASTERN_EUROPEAN_GROUP", date(2024, 1, 1), 23),
        ("GRULAC", date(2024, 1, 1), 33),
        ("WEOG", date(2024, 1, 1), 28),
    ],
)
def test_group_members_by_day(group_id: str, on: date, size: int) -> None:
    assert len(group_members(group_id, on)) == size


@pytest.mark.parametrize("group_id", groups())
def test_groups_have_a_source_and_known_states_and_spells_in_order(group_id: str) -> None:
    found = group(group_id)
    assert found.source
    assert found.name
    assert found.kind in KINDS
    assert found.open == (not found.spells) == (found.kind == "press")
    assert set(found.see) <= set(LISTED)
    assert bool(found.see) == found.open
    assert list(found.spells) == sorted(found.spells)
    assert set(found.spells) <= set(codes())
    for code, spells in found.spells.items():
        assert len(found.exact[code]) == len(spells)
        assert all(spell.end is None or spell.start < spell.end for spell in spells)
        for earlier, later in pairwise(spells):
            assert earlier.end is not None
            assert earlier.end <= later.start, code


@pytest.mark.parametrize("group_id", LISTED)
def test_groups_end_with_the_states_that_end(group_id: str) -> None:
    last = {"SUN": 1991, "DDR": 1990, "CSK": 1993, "YUG": 2000, "YMD": 1990, "ZAN": 1964}
    for code in last.keys() & group(group_id).spells.keys():
        end = group(group_id).spells[code][-1].end
        assert end is not None, code
        assert end.year <= last[code], code


@pytest.mark.parametrize("group_id", [g for g in LISTED if g != "E10"])
def test_groups_have_no_day_after_the_one_they_are_kept_to(group_id: str) -> None:
    for spells in group(group_id).spells.values():
        for spell in spells:
            assert spell.start <= groups_kept_to()
            assert spell.end is None or spell.end <= groups_kept_to()


def test_groups_data_name_each_state_once_a_day_in_order() -> None:
    for group_id in groups():
        for table in ("joined", "left"):
            for listed in read_table("groups")[group_id].get(table, {}).values():
                assert listed.split() == sorted(set(listed.split())), group_id


def test_groups_of_regions_have_each_member_once_but_the_united_states() -> None:
    found = Counter(code for each in REGIONS for code in group_members(each, date(2024, 1, 1)))
    assert set(found.values()) == {1}
    assert members_on(date(2024, 1, 1)) - set(found) == {"USA"}


@given(st.dates(date(1963, 12, 17), groups_kept_to()))
def test_groups_of_regions_hold_members_only_and_never_twice(on: date) -> None:
    found = Counter(code for each in REGIONS for code in group_members(each, on))
    assert set(found.values()) == {1}
    assert set(found) <= members_on(on)
    outside = members_on(on) - set(found)
    assert outside <= {"USA", "ISR", "EST", "KIR", "ZAF", "CHN"}


@pytest.mark.parametrize("year", range(1966, 2026))
def test_groups_of_regions_have_the_elected_seats_that_resolution_1991_gives_them(
    year: int,
) -> None:
    on = date(year, 2, 1)
    elected = council_members(on) - group_members("P5", on)
    african, asian, eastern, latin, western = (
        len(elected & group_members(each, on)) for each in REGIONS
    )
    assert (african + asian, eastern, latin, western) == (5, 1, 2, 2)


def test_group_computed_follows_the_group_that_it_is_computed_from() -> None:
    allies = group("EUROPEAN_ALLIES")
    assert allies.computed_from == "NATO"
    assert set(group("NATO").spells) - set(allies.spells) == {"USA", "CAN"}
    for on in (date(1951, 1, 1), date(1999, 3, 12), date(2025, 2, 24)):
        assert group_members("EUROPEAN_ALLIES", on) == group_members("NATO", on) - {"USA", "CAN"}
    assert "TUR" in group_members("EUROPEAN_ALLIES", date(2025, 2, 24))


def test_group_says_how_exactly_a_day_is_known() -> None:
    found = group("AFRICAN_UNION")
    assert found.exact["GMB"] == ("month",)
    assert found.exact["MAR"] == ("day", "day")
    assert set(group("NATO").exact.values()) == {("day",)}


def test_group_first_and_last_are_days_with_members() -> None:
    pact = group("WARSAW_PACT")
    assert (pact.first, pact.last) == (date(1955, 5, 14), date(1991, 6, 30))
    assert group("EU").last is None
    assert group("EUROPE").first is None


def test_group_members_of_an_open_group_are_not_guessed() -> None:
    with pytest.raises(NotInRecord, match=r"European states .*EUROPEAN_ALLIES"):
        group_members("EUROPE", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [("BRIC", "BRICS"), ("Europaen Union", "EU"), ("Non Alined Movement", "NAM")],
)
def test_group_of_an_unknown_id_names_the_nearest(asked: str, nearest: str) -> None:
    for ask in (group, resolve_group):
        with pytest.raises(NotInRecord, match=f"Nearest: .*{nearest}"):
            ask(asked)


@given(
    st.sampled_from(LISTED),
    st.lists(st.dates(date(1946, 1, 1), date(2027, 12, 31)), min_size=1, max_size=4),
)
def test_group_membership_is_group_members_day_by_day(group_id: str, days: list[date]) -> None:
    inside = group_membership(group_id, np.array(days, dtype="datetime64[D]"))
    assert inside.shape == (len(days), len(codes()))
    for row, on in zip(inside, days, strict=True):
        found = {code for code, member in zip(codes(), row, strict=True) if member}
        assert found == group_members(group_id, on)


def test_groups_of_a_state_change_with_the_day() -> None:
    assert groups_of("HUN", date(1980, 1, 1)) == ("EASTERN_EUROPEAN_GROUP", "WARSAW_PACT")
    assert {"EU", "NATO", "VISEGRAD"} <= set(groups_of("HUN", date(2025, 2, 24)))
    for on in (date(1980, 1, 1), date(2025, 2, 24)):
        for group_id in LISTED:
            assert ("HUN" in group_members(group_id, on)) == (group_id in groups_of("HUN", on))


@pytest.mark.parametrize(
    ("typed", "group_id"),
    [
        ("eu", "EU"),
        ("the Group of 77", "G77"),
        ("Group of 77 and China", "G77_CHINA"),
        ("European allies", "EUROPEAN_ALLIES"),
        ("Organisation of African Unity", "AFRICAN_UNION"),
        ("African Group", "AFRICAN_GROUP"),
        ("African states", "AFRICA"),
        ("Warsaw Pact", "WARSAW_PACT"),
        ("grulac", "GRULAC"),
        ("नाटो", "NATO"),
        ("Unión Europea", "EU"),
    ],
)
def test_resolve_group_knows_ids_names_and_words(typed: str, group_id: str) -> None:
    assert resolve_group(typed) == group_id
