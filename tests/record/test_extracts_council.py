from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from tests.conftest import shared
from tests.record.extract_files import sheet_rows, veto_csv, workbook
from votewire import states
from votewire.errors import SourceError
from votewire.record.extracts import council_workbook, veto_list, workbook_cells
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import count
from votewire.record.tables import Choice, Kind, Modality, Outcome

VOTES = {"France": "Yes", "Russian Federation": "No", "China": "Abstain"}
VETO = {"date": "2/16/1946", "draft": "S/PV.23", "meeting_record": "S/PV.23"}


def one(votes: dict[str, str], **changed: Any) -> Extract:
    return council_workbook.read(workbook(sheet_rows(1, votes, **changed)))


@pytest.fixture(scope="module")
def sheets() -> Extract:
    return council_workbook.read(shared("data/council/sc_voting.xlsx").read_bytes())


@pytest.fixture(scope="module")
def vetoes() -> Extract:
    file = shared("data/council/unsc_vetoes_1946_sept2022.csv")
    return veto_list.read(file.read_bytes())


def test_council_workbook_reads_a_resolution() -> None:
    (found,) = one(VOTES, resolution="2774 (2025)", sponsors="France, China and Malta").rollcalls
    assert found.casts == {"FRA": Choice.YES, "RUS": Choice.NO, "CHN": Choice.ABSTAIN}
    assert (found.symbol, found.draft, found.meeting) == (
        "S/RES/2774(2025)",
        "S/2025/1",
        "S/PV.9866",
    )
    assert found.sponsors == ("FRA", "CHN", "MLT")
    assert (found.date, found.outcome) == (date(2025, 2, 24), Outcome.ADOPTED)


def test_council_workbook_keeps_the_date_as_it_is_written() -> None:
    (found,) = one(VOTES, date="2025-10-01 00:00:00").rollcalls
    assert found.date == date(2025, 10, 1)


def test_council_workbook_exchanges_draft_and_resolution_where_they_are_swapped() -> None:
    extract = one(VOTES, resolution="S/2025/9", draft="2774 (2025)")
    (found,) = extract.rollcalls
    assert (found.symbol, found.draft) == ("S/RES/2774(2025)", "S/2025/9")
    assert extract.applied["workbook-swapped-columns"] == 1


def test_council_workbook_has_no_roll_for_consensus() -> None:
    (found,) = one(VOTES, outcome="Adopted by consensus").rollcalls
    assert (found.casts, found.modality) == ({}, Modality.WITHOUT_VOTE)


def test_council_workbook_notes_a_meeting_by_video() -> None:
    (found,) = one(VOTES, meeting="V104").rollcalls
    assert found.meeting is None
    assert found.note == "voted on by video conference, V104"


@pytest.mark.parametrize(
    ("votes", "changed", "reason"),
    [
        ({"France": "Perhaps"}, {}, "'Perhaps' is none of Yes, No, Abstain"),
        ({"Atlantis": "Yes"}, {}, "'Atlantis' is not a known UN member"),
        ({"Russian Federation": "Yes", "USSR": "No"}, {}, "lists RUS twice, yes and no"),
        (VOTES, {"date": "soon"}, "date 'soon' is none"),
    ],
)
def test_council_workbook_keeps_out_a_roll_that_cannot_be(
    votes: dict[str, str], changed: dict[str, str], reason: str
) -> None:
    extract = one(votes, **changed)
    assert extract.rollcalls == ()
    (problem,) = extract.problems
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "not a workbook"),
        (b"ID,Year\n1,2025\n", "not a workbook"),
        (workbook(sheet_rows(1, VOTES))[:-40], "not a workbook"),
        (workbook(sheet_rows(1, VOTES), without="vote"), "columns missing: Vote"),
    ],
)
def test_council_workbook_refuses_another_file(source: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        council_workbook.read(source)


def test_council_workbook_reads_all_of_the_real_file(sheets: Extract) -> None:
    assert Counter(found.outcome for found in sheets.rollcalls) == {
        Outcome.ADOPTED: 1_883,
        Outcome.VETOED: 67,
        Outcome.REJECTED: 43,
    }
    assert [(problem.source_key, problem.symbol) for problem in sheets.problems] == [
        ("1610", "S/RES/2441(2018)"),
        ("1722", None),
        ("1735", None),
        ("1790", "S/RES/2602(2021)"),
    ]
    assert all("twice" in problem.reason for problem in sheets.problems)


def test_council_workbook_recounts_the_real_file(sheets: Extract) -> None:
    short = [found for found in sheets.rollcalls if found.casts and len(found.casts) != 15]
    assert len(short) <= 21
    for found in sheets.rollcalls:
        totals = count(found.casts)
        if found.outcome is Outcome.VETOED:
            assert set(found.casts) & {"CHN", "FRA", "GBR", "RUS", "USA"}
            assert totals.no
        if found.outcome is Outcome.ADOPTED and found.casts and len(found.casts) == 15:
            assert (totals.yes or 0) >= 9, found.source_key


def test_council_workbook_has_the_amendments_of_february_2025(sheets: Extract) -> None:
    tallies = {
        found.draft: (count(found.casts).yes, count(found.casts).no, count(found.casts).abstain)
        for found in sheets.rollcalls
        if found.meeting == "S/PV.9866"
    }
    assert len(tallies) == 6
    assert tallies["S/2025/112"] == (10, 0, 5)


@pytest.mark.parametrize(
    ("cell", "symbol"),
    [
        ("893 (1994)", "S/RES/893(1994)"),
        ("Resolution 893 (1994)", "S/RES/893(1994)"),
        ("S/RES/893 (1994)", "S/RES/893(1994)"),
        ("893", "S/RES/893(2025)"),
        ("S/2025/12", None),
        (None, None),
    ],
)
def test_workbook_cells_read_a_resolution(cell: str | None, symbol: str | None) -> None:
    assert workbook_cells.resolution_in(cell, "2025") == symbol


def test_workbook_cells_split_sponsors_at_commas_not_in_names() -> None:
    cell = "Bosnia and Herzegovina, the United Kingdom and Trinidad and Tobago, Group of 77"
    found = workbook_cells.sponsors_in(cell, date(2025, 1, 1))
    assert found == ("BIH", "GBR", "TTO", "Group of 77")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("S/2007/14 as revised", "S/2007/14"),
        ("s/2007/14/rev.1", "S/2007/14/Rev.1"),
        ("S/1994/1 and S/1994/2", "S/1994/1"),
        ("orally", None),
    ],
)
def test_workbook_cells_key_a_draft(written: str, key: str | None) -> None:
    assert workbook_cells.draft_key(written) == key


def test_veto_list_reads_a_veto() -> None:
    (found,) = veto_list.read(veto_csv({**VETO, "member_veto1": "USSR"})).rollcalls
    assert found.casts == {"SUN": Choice.NO}
    assert (found.draft, found.meeting, found.date) == (None, "S/PV.23", date(1946, 2, 16))
    assert (found.kind, found.outcome) == (Kind.DRAFT, Outcome.VETOED)


def test_veto_list_gives_russias_seat_to_who_held_it() -> None:
    rows = [{**VETO, "date": f"1/5/{year}", "member_veto1": "Russia"} for year in (1980, 2000)]
    codes = [set(found.casts) for found in veto_list.read(veto_csv(*rows)).rollcalls]
    assert codes == [{"SUN"}, {"RUS"}]


def test_veto_list_reads_a_veto_of_three() -> None:
    members = {"member_veto1": "France", "member_veto2": "UK", "member_veto3": "USA"}
    (found,) = veto_list.read(veto_csv({**VETO, **members})).rollcalls
    assert found.casts == dict.fromkeys(("FRA", "GBR", "USA"), Choice.NO)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"date": "16/2/1946", "member_veto1": "USSR"}, "16/2/1946"),
        ({"date": "", "member_veto1": "USSR"}, "does not match"),
        ({}, "names no member"),
        ({"member_veto1": "Atlantis"}, "'Atlantis' is not a known UN member"),
    ],
)
def test_veto_list_keeps_out_a_row_that_cannot_be(row: dict[str, str], reason: str) -> None:
    extract = veto_list.read(veto_csv({**VETO, **row}))
    assert extract.rollcalls == ()
    assert reason in extract.problems[0].reason


@pytest.mark.parametrize(
    ("source", "said"), [(b"", "not a CSV"), (b"a,b\n1,2\n", "columns missing: date")]
)
def test_veto_list_refuses_another_file(source: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        veto_list.read(source)


def test_veto_list_reads_all_of_the_real_file(vetoes: Extract) -> None:
    assert (len(vetoes.rollcalls), vetoes.problems) == (214, ())
    for found in vetoes.rollcalls:
        assert found.casts.keys() <= states.council_members(found.date)
        assert set(found.casts.values()) == {Choice.NO}
    assert sum(len(found.casts) > 1 for found in vetoes.rollcalls) > 20
