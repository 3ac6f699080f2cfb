"""Power of the members of a chamber on a day."""

from __future__ import annotations

from datetime import date

import pytest

import votewire
from votewire.check.power import power
from votewire.errors import NotInRecord
from votewire.record import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


@pytest.mark.parametrize(
    ("on", "members", "permanent", "elected"),
    [(date(2025, 7, 1), 15, 0.196270, 0.001865), (date(1960, 7, 1), 11, 0.197403, 0.002165)],
)
def test_power_of_the_council(
    record: Record, on: date, members: int, permanent: float, elected: float
) -> None:
    table = power(record, "SC", on).table
    assert table.height == members
    assert table["shapley_shubik"].round(6).to_list() == [permanent] * 5 + [elected] * (members - 5)
    assert table["shapley_shubik"].sum() == pytest.approx(1)


def test_power_names_the_members_of_that_day(record: Record) -> None:
    assert "Soviet Union" in power(record, "SC", date(1960, 7, 1)).table["name"].to_list()
    assert "Ceylon" in power(record, "SC", date(1960, 7, 1)).table["name"].to_list()


def test_power_in_the_assembly_is_one_share_each(record: Record) -> None:
    for two_thirds in (False, True):
        answer = power(record, "GA", date(2025, 7, 1), two_thirds=two_thirds)
        assert answer.facts["exact"]["member"]["shapley_shubik"] == "1/193"


def test_power_refuses_a_day_before_the_chamber(record: Record) -> None:
    with pytest.raises(NotInRecord):
        power(record, "SC", date(1945, 7, 1))
