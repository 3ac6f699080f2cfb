"""Days on which there was no vote, and totals that no chamber has, keep a roll out."""

from __future__ import annotations

from pathlib import Path

import pytest

from votewire.errors import SourceError
from votewire.record.readers import catalogue, digital_library_csv, marcxml, pasted_roll, voeten
from votewire.record.symbols import number_of, typed_keys

DATA = Path(__file__).parent / "data" / "readers"
LONG = "9" * 5_000  # digits; Python makes no number of more than 4,300
DAYS = ("0001-01-01", "1900-02-24", "2101-02-24", "9999-12-31")


def spoiled(name: str, was: str, now: str) -> bytes:
    source = (DATA / name).read_text("utf-8")
    assert was in source
    return source.replace(was, now).encode()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("name", ["roll_es-11-7.txt", "roll_2774.txt"])
def test_edges_pasted_roll_of_no_day_is_refused(name: str, day: str) -> None:
    with pytest.raises(SourceError, match=f"{day}' is no day of a vote"):
        pasted_roll.read(spoiled(name, "24 February 2025", day))


@pytest.mark.parametrize("day", DAYS)
def test_edges_marcxml_of_no_day_is_refused(day: str) -> None:
    with pytest.raises(SourceError, match=f"no day of the vote, but '{day}'"):
        marcxml.read(spoiled("marc_2774.xml", "2025-02-24", day))


@pytest.mark.parametrize("total", ["1000", "9" * 20, LONG])
def test_edges_marcxml_total_that_no_chamber_has_is_refused(total: str) -> None:
    source = spoiled("marc_2774.xml", '<subfield code="d">5<', f'<subfield code="d">{total}<')
    with pytest.raises(SourceError, match="more than any chamber has"):
        marcxml.read(source)


@pytest.mark.parametrize("day", DAYS)
def test_edges_csv_of_no_day_is_a_problem(day: str) -> None:
    read = digital_library_csv.read(spoiled("sc.csv", "2025-02-24", day))
    assert f"date '{day}' is no day" in {each.reason for each in read.problems}


@pytest.mark.parametrize("total", ["1000.0", "-1", "nan", "inf", "1e300", "9" * 400])
def test_edges_csv_total_that_no_chamber_has_is_a_problem(total: str) -> None:
    read = digital_library_csv.read(spoiled("sc.csv", "BY VOTE,10.0", f"BY VOTE,{total}"))
    assert f"total_yes {total[:20]!r} is no number of votes" in {e.reason for e in read.problems}


@pytest.mark.parametrize("day", DAYS)
def test_edges_voeten_of_no_day_is_a_problem(day: str) -> None:
    rollcalls = (DATA / "voeten_rollcalls.csv").read_text("utf-8")
    was = next(cell for cell in rollcalls.split("\n")[1].split(",") if cell[:2] in ("19", "20"))
    files = [
        ("rollcalls.csv", rollcalls.replace(was, day).encode()),
        ("votes.csv", (DATA / "voeten_votes.csv").read_bytes()),
    ]
    reasons = {each.reason for each in voeten.read_files(files).problems}
    assert "its date is missing, or no day" in reasons


@pytest.mark.parametrize("symbol", [LONG, f"A/RES/{LONG}/1", f"A/RES/79/{LONG}", f"{LONG}/79"])
def test_edges_symbol_of_any_length_is_no_number(symbol: str) -> None:
    assert typed_keys(symbol)
    assert number_of(symbol) in (None, 1, 79)
    assert catalogue.ga_session(LONG, symbol) in ("", "79")
