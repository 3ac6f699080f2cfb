"""Groups by day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from votewire.errors import NotInRecord
from votewire.states import codes, group, group_members, groups


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
        ("EU", date(2020, 1, 31), 28),
        ("EU", date(2020, 2, 1), 27),
        ("EU", date(2025, 2, 24), 27),
        ("NATO", date(1950, 1, 1), 12),
        ("NATO", date(1999, 3, 12), 19),
        ("NATO", date(2004, 3, 29), 26),
        ("NATO", date(2025, 2, 24), 32),
        ("P5", date(1985, 1, 1), 5),
        ("P5", date(2025, 1, 1), 5),
        ("G7", date(2025, 1, 1), 7),
        ("BRICS", date(2011, 1, 1), 5),
        ("BRICS", date(2025, 2, 24), 10),
        ("ASEAN", date(2025, 1, 1), 10),
        ("AFRICAN_UNION", date(2025, 1, 1), 54),
        ("ARAB_LEAGUE", date(2025, 1, 1), 21),
        ("NORDIC", date(2025, 1, 1), 5),
        ("BALTIC", date(1991, 9, 16), 0),
        ("BALTIC", date(2025, 1, 1), 3),
        ("SCO", date(2025, 1, 1), 10),
        ("VISEGRAD", date(1992, 1, 1), 3),
        ("VISEGRAD", date(1993, 1, 1), 4),
    ],
)
def test_group_members_by_day(group_id: str, on: date, size: int) -> None:
    assert len(group_members(group_id, on)) == size


def test_groups_have_a_source_and_known_states_and_spells_in_order() -> None:
    for group_id in groups():
        found = group(group_id)
        assert found.source
        assert found.open == (not found.spells), group_id
        assert set(found.spells) <= set(codes()), group_id
        for spells in found.spells.values():
            for earlier, later in pairwise(spells):
                assert earlier.end is not None
                assert earlier.end <= later.start, group_id


def test_group_members_of_an_open_group_are_not_guessed() -> None:
    with pytest.raises(NotInRecord, match="European states"):
        group_members("EUROPE", date(2025, 1, 1))


def test_group_of_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(NotInRecord, match="BRICS"):
        group("BRIC")
