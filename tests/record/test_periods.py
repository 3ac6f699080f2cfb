"""Periods of which the record or the question has a part only."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import votewire
from votewire.record import Record, Selection
from votewire.record.periods import Part, parts

RECORD = votewire.open_record()
YEARS = RECORD.days.astype("datetime64[Y]").astype(int) + 1970


def cut(by: str, record: Record = RECORD, **within: object) -> dict[str, Part]:
    selection = Selection(**within)  # type: ignore[arg-type]
    return parts(record, selection, selection.rows(record), by)


def complete_to(day: str) -> Record:
    """The shipped record, said to be complete to another day."""
    manifest = {**RECORD.manifest, "complete_to": {"GA": day, "SC": day}}
    return Record(
        rollcalls=RECORD.rollcalls,
        choices=RECORD.choices,
        manifest=manifest,
        side_table=lambda name: getattr(RECORD, name),
    )


@pytest.mark.parametrize("chamber", ["GA", "SC"])
def test_periods_last_year_of_the_record_is_a_part(chamber: str) -> None:
    last = RECORD.complete_to[chamber]
    found = cut("year", chamber=chamber)
    assert list(found) == [str(last.year)]
    part = found[str(last.year)]
    assert (part.since, part.until) == (None, last)
    assert part.rollcalls < part.usual


def test_periods_first_year_is_whole_and_so_is_the_first_session() -> None:
    assert "1946" not in cut("year")
    assert list(cut("session")) == ["80"]


@pytest.mark.parametrize(
    ("day", "years", "sessions"),
    [
        ("2025-10-29", ["2025"], ["80"]),
        ("2025-12-10", ["2025"], ["80"]),
        ("2025-12-23", [], ["80"]),
        ("2026-07-20", [], []),
        ("2025-06-20", ["2025"], ["80"]),
        ("2025-05-01", ["2025"], ["79", "80"]),
        ("2024-12-24", ["2025"], ["79", "80"]),
    ],
)
def test_periods_end_with_the_record_by_the_calendar_of_votes(
    day: str, years: list[str], sessions: list[str]
) -> None:
    """A few votes of a year are held after 23 December; most of a session's by the end of June."""
    record = complete_to(day)
    assert list(cut("year", record)) == years
    assert list(cut("session", record)) == sessions


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        ("2019-01-01", "2024-12-31", {}),
        ("2019-06-01", "2024-12-31", {}),  # one vote in a hundred was before June
        ("2019-12-01", "2024-12-31", {"2019": "from 2019-12-01"}),
        ("2019-01-01", "2024-11-30", {"2024": "to 2024-11-30"}),
        ("2024-03-01", "2024-12-02", {"2024": "to 2024-12-02"}),
        ("2024-12-01", "2024-12-12", {"2024": "2024-12-01 to 2024-12-12"}),
    ],
)
def test_periods_are_cut_off_by_the_days_asked(
    since: str, until: str, years: dict[str, str]
) -> None:
    found = cut("year", since=date.fromisoformat(since), until=date.fromisoformat(until))
    assert {label: part.days for label, part in found.items()} == years


def test_periods_say_how_many_of_how_many() -> None:
    part = cut("year")["2025"]
    before = [int(((y == YEARS) & voted()).sum()) for y in range(2015, 2025)]
    assert part.usual == round(np.median(before))
    assert part.rollcalls == int(((YEARS == 2025) & voted()).sum())
    assert part.told == (
        f"2025 is not whole: to {RECORD.complete_to['GA']}, {part.rollcalls} rollcalls of about "
        f"{part.usual}."
    )


def test_periods_special_sessions_are_cut_off_by_the_days_asked_alone() -> None:
    assert not [label for label in cut("session") if not label.isdecimal()]
    found = cut("session", since=date(2022, 1, 1))
    assert found["ES-10"].days == "from 2022-01-01"
    assert found["ES-10"].usual is None
    assert "ES-11" not in found


def test_periods_of_all_at_once_are_none() -> None:
    selection = Selection()
    assert parts(RECORD, selection, selection.rows(RECORD), None) == {}


@given(st.dates(date(1950, 1, 1), date(2020, 1, 1)), st.integers(400, 6000))
def test_periods_inside_the_days_asked_are_whole(since: date, days: int) -> None:
    until = date.fromordinal(since.toordinal() + days)
    try:
        found = cut("year", since=since, until=until)
    except votewire.errors.TooFewRollcalls:
        return
    inside = {str(y) for y in range(since.year + 1, min(until.year, 2025))}
    assert not inside & set(found)
    assert set(found) <= {str(since.year), str(until.year), "2025"}


def voted() -> np.ndarray:
    frame = RECORD.rollcalls
    return ((frame["chamber"] == "GA") & (frame["roll"] != "none")).to_numpy()
