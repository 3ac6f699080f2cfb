from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import polars as pl
import pytest

from tests.conftest import shared
from tests.record.extract_files import library_files, library_item, parquet
from votewire import states
from votewire.errors import SourceError
from votewire.record.extracts import undl_extract
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import ReadRollcall, count
from votewire.record.tables import Chamber, Choice, Modality, Outcome

DAY = "1985-11-01"
ROLL = {"FRANCE": "Y", "USSR": "N", "CUBA": "A", "CHAD": "X"}


def one(marks: dict[str, str], **changed: object) -> Extract:
    item = library_item(7, "A/RES/40/1", DAY, "".join(marks.values()), **changed)
    return undl_extract.read(*library_files([item], {7: marks}))


@pytest.fixture(scope="module")
def whole() -> Extract:
    folder = shared("data/undl")
    files = [(folder / f"{name}.parquet").read_bytes() for name in ("rollcalls", "votes_long")]
    return undl_extract.read(files[0], files[1])


def of(extract: Extract, chamber: Chamber) -> list[ReadRollcall]:
    return [rollcall for rollcall in extract.rollcalls if rollcall.chamber == chamber]


def test_undl_extract_reads_a_roll() -> None:
    (rollcall,) = one(ROLL).rollcalls
    assert rollcall.casts == {
        "FRA": Choice.YES,
        "SUN": Choice.NO,
        "CUB": Choice.ABSTAIN,
        "TCD": Choice.NON_VOTING,
    }
    assert (rollcall.symbol, rollcall.session, rollcall.title) == ("A/RES/40/1", "40", "Text 7")
    assert (rollcall.outcome, rollcall.modality) == (Outcome.ADOPTED, Modality.RECORDED)
    assert rollcall.announced is None


def test_undl_extract_reads_small_letters_as_capitals() -> None:
    extract = one({**ROLL, "CHAD": "y"})
    assert extract.rollcalls[0].casts["TCD"] is Choice.YES
    assert extract.applied["library-lower-case-marks"] == 1


def test_undl_extract_reads_two_slashes_as_one() -> None:
    item = library_item(7, "A/RES/40//1", DAY, "YNAX", meeting="A//PV.2441")
    extract = undl_extract.read(*library_files([item], {7: ROLL}))
    (rollcall,) = extract.rollcalls
    assert (rollcall.symbol, rollcall.session, rollcall.meeting) == (
        "A/RES/40/1",
        "40",
        "A/PV.2441",
    )
    assert extract.applied["library-doubled-slash"] == 1


def test_undl_extract_takes_no_marks_for_an_adoption_without_a_roll() -> None:
    (rollcall,) = one({}).rollcalls
    assert (rollcall.casts, rollcall.modality) == ({}, Modality.UNSTATED)


def test_undl_extract_takes_everybody_absent_for_adopted_without_a_vote() -> None:
    (rollcall,) = one(dict.fromkeys(ROLL, "X")).rollcalls
    assert (rollcall.casts, rollcall.modality) == ({}, Modality.WITHOUT_VOTE)


def test_undl_extract_remarks_a_mark_that_is_no_letter() -> None:
    extract = one({**ROLL, "CHAD": "?"})
    assert "TCD" not in extract.rollcalls[0].casts
    (remark,) = extract.remarks
    assert (remark.field, remark.other, remark.rule) == ("cast:TCD", "?", "unreadable-mark")


def test_undl_extract_remarks_an_absence_before_admission() -> None:
    extract = one({**ROLL, "NAMIBIA": "X"})
    assert "NAM" not in extract.rollcalls[0].casts
    assert [remark.rule for remark in extract.remarks] == ["library-before-admission"]


@pytest.mark.parametrize(
    ("marks", "changed", "reason"),
    [
        ({**ROLL, "NAMIBIA": "Y"}, {}, "NAM"),
        ({**ROLL, "ATLANTIS": "Y"}, {}, "'ATLANTIS' is not a known UN member"),
        ({"BURMA": "Y", "MYANMAR": "N"}, {}, "MMR"),
        (ROLL, {"n_ms": 5}, "lists 4 states, but counts 5"),
        (ROLL, {"yes": 2}, "has 1 marks Y, but counts 2"),
    ],
)
def test_undl_extract_keeps_out_a_roll_that_cannot_be(
    marks: dict[str, str], changed: dict[str, int], reason: str
) -> None:
    extract = one(marks, **changed)
    assert extract.rollcalls == ()
    (problem,) = extract.problems
    assert (problem.source_key, problem.symbol) == ("7", "A/RES/40/1")
    assert reason in problem.reason


def test_undl_extract_keeps_out_an_item_without_symbol_or_date() -> None:
    items = [
        library_item(7, "A/RES/40/1", "N/A", ""),
        library_item(8, "N/A", DAY, ""),
        library_item(9, "A/RES/40/2", DAY, ""),
    ]
    extract = undl_extract.read(*library_files(items, {}))
    assert [rollcall.source_key for rollcall in extract.rollcalls] == ["9"]
    assert sorted(problem.source_key for problem in extract.problems) == ["7", "8"]


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (lambda file: file[:-20], "cut or damaged"),
        (lambda file: b"", "cut or damaged"),
        (lambda file: b"undl_id,vote\n1,Y\n", "cut or damaged"),
        (lambda file: parquet(pl.read_parquet(file).drop("undl_id")), "columns missing: undl_id"),
    ],
)
@pytest.mark.parametrize("which", [0, 1])
def test_undl_extract_refuses_another_file(
    damaged: Callable[[bytes], bytes], said: str, which: int
) -> None:
    files = list(library_files([library_item(7, "A/RES/40/1", DAY, "YNAX")], {7: ROLL}))
    files[which] = damaged(files[which])
    with pytest.raises(SourceError, match=said):
        undl_extract.read(files[0], files[1])


def test_undl_extract_reads_all_of_the_real_file(whole: Extract) -> None:
    assembly, council = of(whole, Chamber.GA), of(whole, Chamber.SC)
    assert (len(assembly), len(council)) == (7_199, 2_797)
    assert sum(bool(r.casts) for r in assembly) == 5_536
    assert [problem.source_key for problem in whole.problems] == ["454783"]
    assert Counter(remark.rule for remark in whole.remarks) == {
        "library-before-admission": 16,
        "unreadable-mark": 1,
    }
    without_vote = [r for r in whole.rollcalls if r.modality is Modality.WITHOUT_VOTE]
    assert Counter(r.chamber for r in without_vote) == {Chamber.SC: 42, Chamber.GA: 3}


def test_undl_extract_reads_every_real_cast(whole: Extract) -> None:
    casts = sum(len(rollcall.casts) for rollcall in whole.rollcalls)
    left_out = len(whole.remarks)
    absent = sum(
        len(states.members_on(r.date) if r.chamber == Chamber.GA else range(15))
        for r in whole.rollcalls
        if r.modality is Modality.WITHOUT_VOTE
    )
    assert casts + left_out + absent == 958_459


def test_undl_extract_lists_the_members_of_the_day(whole: Extract) -> None:
    unread = {(remark.source_key, remark.field) for remark in whole.remarks}
    for rollcall in of(whole, Chamber.GA):
        if rollcall.casts:
            members = states.members_on(rollcall.date)
            missing = members - rollcall.casts.keys() - states.admitted_on(rollcall.date)
            assert {(rollcall.source_key, f"cast:{code}") for code in missing} <= unread
            assert rollcall.casts.keys() <= members


def test_undl_extract_has_the_known_votes(whole: Extract) -> None:
    known = {
        "A/RES/ES-11/7": (93, 18, 65, 17),
        "A/RES/ES-11/8": (93, 8, 73, 19),
        "A/RES/3379(XXX)": (72, 35, 32, 3),
        "A/RES/2758(XXVI)": (76, 35, 17, 3),
        "S/RES/2774(2025)": (10, 0, 5, 0),
    }
    found = {r.symbol: count(r.casts) for r in whole.rollcalls if r.symbol in known}
    assert {symbol: (t.yes, t.no, t.abstain, t.non_voting) for symbol, t in found.items()} == known
