"""Periods that are not whole, in charts: hollow, dashed, and never the highest or the lowest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

import votewire
from tests.plots import answers as made
from votewire import blocs
from votewire.plots import NARROW, WIDE, Room, chart
from votewire.plots.svg import svg
from votewire.positions import company
from votewire.record import Answer, Selection, subjects

RECORD = votewire.open_record()


def agree(**within: date) -> Answer:
    return blocs.agree(RECORD, "USA", "FRA", within=Selection(**within), by="year")


def sessions() -> Answer:
    return blocs.agree(RECORD, "USA", "FRA", by="session")


def cohesion() -> Answer:
    return blocs.cohesion(RECORD, "EU", by="year")


def each() -> Answer:
    return blocs.agree_each(RECORD, "USA", ["FRA", "GBR"])


def beside() -> Answer:
    return company.beside(made._fit(), ["USA"], ["FRA"], record=RECORD)


def topic() -> Answer:
    return subjects.topic_years(RECORD, "palestine")


def votes() -> Answer:
    return subjects.one_topic(RECORD, "palestine")


def hollow(drawn: str) -> int:
    """The points and bars of a picture that are white inside an outline."""
    return sum('fill="#ffffff"' in mark and "stroke=" in mark for mark in drawn.split("<path")[1:])


@pytest.mark.parametrize("room", [WIDE, NARROW])
@pytest.mark.parametrize(
    ("make", "marks"),
    [(agree, 2), (sessions, 2), (cohesion, 2), (each, 2), (beside, 1), (topic, 1)],
)
def test_parts_are_hollow_and_told(make: Callable[[], Answer], marks: int, room: Room) -> None:
    """A point and the bar of its n; a point in each panel; of a topic the bar."""
    found = chart(make(), room)
    assert hollow(svg(found)) == marks
    subtitle = " ".join(found.specification["title"]["subtitle"])
    which = "session 80" if make in (sessions, beside) else "2025"
    assert f"Hollow: {which} to 29 October 2025, " in subtitle
    assert "rollcalls of about " in subtitle


def test_parts_are_neither_highest_nor_lowest() -> None:
    found = chart(agree())
    assert "lowest 0.176" not in found.description
    assert found.description.endswith("; 0.176 in 2025 (n 34), not whole.")
    assert "lowest 0.18" not in chart(each()).description
    told = chart(beside()).description
    assert "last" in told
    assert "in 2025" not in told.partition("United States, ")[2]


def test_parts_of_the_days_asked_are_hollow_at_both_ends() -> None:
    found = chart(agree(since=date(2000, 11, 20), until=date(2020, 12, 1)))
    subtitle = " ".join(found.specification["title"]["subtitle"])
    assert "Hollow: 2000 from 20 November 2000" in subtitle
    assert "Hollow: 2020 to 1 December 2020" in subtitle
    assert hollow(svg(found)) == 4


def test_parts_of_whole_years_are_none() -> None:
    answer = agree(since=date(2000, 1, 1), until=date(2020, 12, 31))
    assert answer.facts["parts"] == {}
    assert "part" not in answer.columns
    found = chart(answer)
    assert "Hollow" not in " ".join(found.specification["title"]["subtitle"])
    assert hollow(svg(found)) == 0


def test_parts_have_no_median_of_their_votes() -> None:
    found = chart(votes())
    assert hollow(svg(found)) == 1
    assert "Hollow: 2025 to 29 October 2025" in " ".join(found.specification["title"]["subtitle"])
    medians = [row for rows in found.specification["datasets"].values() for row in rows]
    years = {row["year"] for row in medians if set(row) == {"year", "share"}}
    assert 2024 in years
    assert 2025 not in years
