"""Positions side by side."""

from __future__ import annotations

from datetime import date

import pytest

import votewire
from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.answers import rank
from votewire.positions.company import beside, in_groups, last_positions
from votewire.positions.ready import ready
from votewire.positions.result import Fit

RECORD = votewire.open_record()


@pytest.fixture(scope="module")
def fit() -> Fit:
    found = ready(RECORD)
    assert found is not None
    return found


def test_company_beside_keeps_to_the_sessions_of_the_state(fit: Fit) -> None:
    found = beside(fit, ["SUN"], ["USA", "RUS", "SSD"], record=RECORD)
    assert found.table["state"].unique(maintain_order=True).to_list() == ["SUN", "USA", "RUS"]
    own = found.table.filter(found.table["state"] == "SUN")
    assert found.table["session"].max() == own["session"].max()
    assert found.facts["others"] == ["USA", "RUS"]


def test_company_beside_gives_the_figures_of_the_fit(fit: Fit) -> None:
    table = beside(fit, ["IND"], record=RECORD).table.drop("name", "part")
    assert table.equals(fit.table(["IND"]))


def test_company_beside_refuses_a_state_without_positions(fit: Fit) -> None:
    with pytest.raises(NotInRecord, match="XXX"):
        beside(fit, ["USA", "XXX"], record=RECORD)


def test_company_last_position_is_that_of_the_last_session(fit: Fit) -> None:
    table = last_positions(fit, record=RECORD).table
    assert table["state"].to_list() == sorted(set(fit.states))
    last = {row["state"]: row for row in fit.table().to_dicts()}  # a later session goes over
    for row in table.to_dicts():
        assert row["session"] == last[row["state"]]["session"]
        assert row["mean"] == last[row["state"]]["mean"]


def test_company_groups_hold_their_members_of_the_day(fit: Fit) -> None:
    table = in_groups(fit, 79, record=RECORD).table
    every, *groups = table.to_dicts()
    ranked = rank(fit, 79, record=RECORD).table
    assert every["group"] is None
    assert (every["members"], every["highest"]) == (ranked.height, ranked["state"][0])
    known = set(ranked["state"])
    for row in groups:
        assert set(row["states"]) == states.group_members(row["group"], date(2024, 12, 31)) & known
        assert row["positions"] == sorted(row["positions"])
        assert row["lowest_position"] == row["positions"][0]
        above = sum(p > row["middle_position"] for p in row["positions"])
        below = sum(p < row["middle_position"] for p in row["positions"])
        assert above - below in (0, 1)


def test_company_groups_not_yet_founded_have_no_row(fit: Fit) -> None:
    assert in_groups(fit, 1, ["EU", "P5"], record=RECORD).table["group"].to_list() == [None, "P5"]
    with pytest.raises(NotInRecord) as caught:
        in_groups(fit, 19, record=RECORD)
    assert caught.value.nearest
