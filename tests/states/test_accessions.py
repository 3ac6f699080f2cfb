"""Days of joining and leaving, read into spells."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.states import Spell
from votewire.states.accessions import Dated, cut, dated_spells

DAYS = st.dates(date(1946, 1, 1), date(2025, 12, 31))


def test_dated_spells_pairs_joining_with_leaving() -> None:
    held = dated_spells({"1949-08-24": "GBR FRA", "1966": "FRA"}, {"1959-03": "FRA"})
    assert list(held) == ["FRA", "GBR"]
    assert held["GBR"] == (Dated(Spell(start=date(1949, 8, 24)), "day"),)
    assert held["FRA"] == (
        Dated(Spell(start=date(1949, 8, 24), end=date(1959, 3, 1)), "month"),
        Dated(Spell(start=date(1966, 1, 1)), "year"),
    )


@pytest.mark.parametrize(
    ("joined", "left", "message"),
    [
        ({"1949-8": "FRA"}, {}, "no day, month or year"),
        ({"1949-13": "FRA"}, {}, "month"),
        ({"1949": "FRA", "1950": "FRA"}, {}, "join and leave in turn"),
        ({}, {"1950": "FRA"}, "join and leave in turn"),
        ({"1949": "FRA"}, {"1948": "FRA"}, "join and leave in turn"),
    ],
)
def test_dated_spells_refuses_what_cannot_be(
    joined: dict[str, str], left: dict[str, str], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        dated_spells(joined, left)


@given(st.lists(DAYS, min_size=1, max_size=8, unique=True), DAYS)
def test_dated_spells_hold_the_days_between_joining_and_leaving(days: list[date], on: date) -> None:
    days.sort()
    joined = {day.isoformat(): "FRA" for day in days[::2]}
    left = {day.isoformat(): "FRA" for day in days[1::2]}
    spells = [each.spell for each in dated_spells(joined, left)["FRA"]]
    assert any(on in spell for spell in spells) == (sum(day <= on for day in days) % 2 == 1)


@given(st.lists(DAYS, min_size=2, max_size=6, unique=True), st.lists(DAYS, min_size=2, max_size=6))
def test_cut_keeps_the_days_that_lie_in_both(held: list[date], within: list[date]) -> None:
    spells = _spells(held)
    bounds = _spells(within)
    parts = [part.spell for part in cut((Dated(spell, "day") for spell in spells), bounds)]
    for edge in (*held, *within):
        for on in (edge - timedelta(days=1), edge):
            both = any(on in s for s in spells) and any(on in b for b in bounds)
            assert any(on in part for part in parts) == both
    assert all(part.end is None or part.start < part.end for part in parts)


def _spells(days: list[date]) -> list[Spell]:
    ordered = sorted(set(days))
    return [
        Spell(start=start, end=end)
        for at, (start, end) in enumerate(pairwise([*ordered, None]))
        if at % 2 == 0
    ]
