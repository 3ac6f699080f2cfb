"""Sides as they are typed: states, groups, states that ended."""

from __future__ import annotations

from datetime import date

import pytest

from votewire import states
from votewire.errors import UnknownState
from votewire.pipeline.typed_sides import side_typed

LAST = date(2025, 10, 29)


@pytest.mark.parametrize(
    ("typed", "meant", "is_group"),
    [
        ("USA", "USA", False),
        ("Hungary", "HUN", False),
        ("eu", "EU", True),
        ("European Union", "EU", True),
        ("NAM", "NAM", False),
        ("SUN", "SUN", False),
        ("Soviet Union", "SUN", False),
        ("USSR", "SUN", False),
        ("Russia", "RUS", False),
        ("Yugoslavia", "YUG", False),
    ],
)
def test_typed_sides_is_the_state_else_the_group(typed: str, meant: str, is_group: bool) -> None:
    found = side_typed(typed, None, LAST).side
    assert (found.id, found.is_group) == (meant, is_group)


def test_typed_sides_a_state_that_ended_before_is_who_holds_its_seat() -> None:
    for typed in ("SUN", "Soviet Union"):
        assert side_typed(typed, date(2000, 1, 1), LAST).side.id == "RUS"
    assert side_typed("Russia", None, date(1985, 1, 1)).side.id == "SUN"


def test_typed_sides_notes_say_what_else_is_meant() -> None:
    assert "Non-Aligned Movement" in " ".join(side_typed("NAM", None, LAST).notes)
    assert "ask for SUN" in " ".join(side_typed("RUS", None, LAST).notes)
    assert side_typed("RUS", date(2000, 1, 1), LAST).notes == ()


@pytest.mark.parametrize("group", [g for g in states.groups() if g not in states.codes()])
def test_typed_sides_knows_every_group_by_its_id(group: str) -> None:
    assert side_typed(group.lower(), None, LAST).side.id == group


def test_typed_sides_refuses_what_neither_is() -> None:
    with pytest.raises(UnknownState):
        side_typed("Atlantis", None, LAST)
