"""Every veto of the record, and how many by state and year."""

from __future__ import annotations

from datetime import date

import pytest

import votewire
from votewire.check.deciding import permanent_members
from votewire.check.vetoes import vetoes
from votewire.errors import TooFewRollcalls
from votewire.record import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def test_vetoes_are_all_by_permanent_members(record: Record) -> None:
    table = vetoes(record).table
    assert table.height == (record.rollcalls["outcome"] == "vetoed").sum()
    for on, by in table.select("date", "vetoed_by").iter_rows():
        assert by
        assert set(by) <= permanent_members(on)


def test_vetoes_of_one_day_include_amendments(record: Record) -> None:
    """24 February 2025: Russia vetoed two amendments; the third had only six votes."""
    day = date(2025, 2, 24)
    table = vetoes(record, since=day, until=day).table
    assert table.select("symbol", "kind", "yes").rows() == [
        ("S/2025/115", "amendment", 9),
        ("S/2025/116", "amendment", 11),
    ]
    assert table["vetoed_by"].to_list() == [["RUS"], ["RUS"]]


def test_vetoes_counted_by_state_and_year_agree_with_the_list(record: Record) -> None:
    listed = vetoes(record, since=date(2000, 1, 1))
    by_state = vetoes(record, since=date(2000, 1, 1), by="state").table
    by_year = vetoes(record, since=date(2000, 1, 1), by="year").table
    assert by_state["n"].sum() == listed.table["vetoed_by"].list.len().sum()
    assert by_year["n"].sum() == listed.table.height


def test_vetoes_of_one_state(record: Record) -> None:
    answer = vetoes(record, state="CHN", since=date(2007, 1, 1))
    assert all("CHN" in by for by in answer.table["vetoed_by"])
    assert answer.facts["by_state"]["CHN"] == answer.facts["vetoes"]


def test_vetoes_say_which_known_ones_are_missing(record: Record) -> None:
    assert any("13 December 1955" in told for told in vetoes(record).told)
    assert not any("1955" in told for told in vetoes(record, since=date(2000, 1, 1)).told)


def test_vetoes_none_is_no_empty_table(record: Record) -> None:
    with pytest.raises(TooFewRollcalls, match="no veto by France from 1990-01-01"):
        vetoes(record, state="FRA", since=date(1990, 1, 1))
