from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.conftest import shared
from tests.record.extract_files import parquet, voeten_files, voeten_head
from votewire import states
from votewire.errors import SourceError
from votewire.record.extracts import voeten_extract
from votewire.record.extracts.extract import Extract
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.tables import Choice, Kind

USA, FRANCE, CUBA, CHINA, TAIWAN, SERBIA, RUSSIA = 2, 220, 40, 710, 713, 345, 365
LATE = "2012-12-04"


def read(roll: dict[int, int], day: str = LATE, **changed: Any) -> Extract:
    head = voeten_head(changed.pop("rcid", 5000), day, **changed)
    return voeten_extract.read(*voeten_files([head], {head["rcid"]: roll}))


def rollcall(roll: dict[int, int], day: str = LATE, **changed: Any) -> ReadRollcall:
    return read(roll, day, **changed).rollcalls[0]


@pytest.fixture(scope="module")
def whole() -> Extract:
    folder = shared("data/voeten")
    return voeten_extract.read(
        (folder / "votes_long.parquet").read_bytes(), (folder / "rollcalls.csv").read_bytes()
    )


def test_voeten_extract_reads_a_roll() -> None:
    found = rollcall({USA: 3, FRANCE: 1, CUBA: 2}, unres="R/67/12", yes=1, no=1, abstain=1)
    assert found.casts == {"USA": Choice.NO, "FRA": Choice.YES, "CUB": Choice.ABSTAIN}
    assert (found.symbol, found.session) == ("A/RES/67/12", "67")
    assert (found.date, found.date_exact) == (date(2012, 12, 4), True)
    assert found.announced == Totals(yes=1, no=1, abstain=1)


def test_voeten_extract_leaves_out_who_is_no_member() -> None:
    assert rollcall({USA: 1, FRANCE: 9}).casts == {"USA": Choice.YES}


def test_voeten_extract_counts_members_coded_as_none() -> None:
    assert read({USA: 1, FRANCE: 9}).applied["voeten-member-coded-nine"] == 1


def test_voeten_extract_fills_in_absence_only_for_states_without_rows_for_it() -> None:
    heads = [voeten_head(rcid, LATE) for rcid in (1, 2, 3)]
    rolls = {1: {USA: 1, FRANCE: 1, CUBA: 8}, 2: {USA: 1, CUBA: 1}, 3: {USA: 1, FRANCE: 1}}
    first, second, third = voeten_extract.read(*voeten_files(heads, rolls)).rollcalls
    assert second.casts["FRA"] is Choice.NON_VOTING
    assert "CUB" not in third.casts
    assert first.casts["CUB"] is Choice.NON_VOTING


def test_voeten_extract_fills_in_no_absence_in_the_month_of_admission() -> None:
    heads = [voeten_head(1, "1955-12-20", session=10), voeten_head(2, "1956-02-01", session=10)]
    rolls = {1: {USA: 1}, 2: {USA: 1, 225 - 20: 1}}  # Ireland, a member from 14 December 1955
    first, _ = voeten_extract.read(*voeten_files(heads, rolls)).rollcalls
    assert "IRL" not in first.casts


def test_voeten_extract_has_yugoslavia_absent_while_it_was_barred() -> None:
    assert rollcall({USA: 1}, "1995-11-03", session=50).casts["YUG"] is Choice.NON_VOTING
    assert "YUG" not in rollcall({USA: 1}, "1991-11-03", session=46).casts


def test_voeten_extract_gives_chinas_seat_to_one() -> None:
    both = rollcall({CHINA: 1, TAIWAN: 3}, "1971-10-01", session=26)
    assert both.casts == {"CHN": Choice.NO}


def test_voeten_extract_does_not_believe_serbias_absence_in_one_batch() -> None:
    assert "SRB" not in rollcall({USA: 1, SERBIA: 8}, rcid=5800).casts
    assert rollcall({USA: 1, SERBIA: 1}, rcid=5800).casts["SRB"] is Choice.YES
    assert rollcall({USA: 1, SERBIA: 8}, rcid=6100).casts["SRB"] is Choice.NON_VOTING


@pytest.mark.parametrize(
    ("day", "session", "exact"),
    [("1974-11-03", 29, False), ("1974-11-20", 29, True), ("2003-12-03", 58, True)],
)
def test_voeten_extract_takes_early_days_for_weekdays(day: str, session: int, exact: bool) -> None:
    assert rollcall({USA: 1}, day, session=session).date_exact is exact


@pytest.mark.parametrize(
    ("unres", "session", "symbol"),
    [
        ("R/31/6D", 31, "A/RES/31/6D"),
        ("R/30/3379", 30, "A/RES/3379(XXX)"),
        ("R/1/66", 1, None),
        ("R/48/405", 48, "A/DEC/48/405"),
        ("R/57/325", 57, "A/RES/57/325"),
        (None, 60, None),
    ],
)
def test_voeten_extract_reads_a_number_as_what_it_is(
    unres: str | None, session: int, symbol: str | None
) -> None:
    assert rollcall({USA: 1}, "1990-01-20", session=session, unres=unres).symbol == symbol


@pytest.mark.parametrize(
    ("unres", "session", "day", "told", "symbol"),
    [
        ("R/677/46", 67, "2012-12-03", "67", "A/RES/67/46"),
        ("R/16/1398", 17, "1962-07-05", "16", None),
        ("R/19/595", 14, "1959-11-06", "14", None),
        ("R/12/6", 11, "1957-09-03", "11", None),
    ],
)
def test_voeten_extract_takes_the_session_that_can_have_met(
    unres: str, session: int, day: str, told: str, symbol: str | None
) -> None:
    found = read({USA: 1}, day, session=session, unres=unres)
    assert (found.rollcalls[0].session, found.rollcalls[0].symbol) == (told, symbol)
    assert found.applied["voeten-session-misprint"] == (unres != "R/12/6")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "The Assembly will now take a decision on draft resolution U, as orally amended.",
            "unstated",
        ),
        (
            "I shall first put to the vote the last three words of operative paragraph 3 of draft "
            "resolution P, as orally amended.",
            "paragraph",
        ),
        (
            "Representatives will be able to explain their vote on the resolutions and on the "
            "amendment.it We turn first to draft resolution I.",
            "unstated",
        ),
        ("In the absence of objection, I shall put to a vote paragraph 4.", "paragraph"),
    ],
)
def test_voeten_extract_reads_what_the_president_puts(said: str, kind: str) -> None:
    facts = {"descr": f"The President: {said} A recorded vote has been requested. A"}
    flags = {"para": None if "turn first" in said else 1}
    assert rollcall({USA: 1}, **facts, **flags).kind == kind


def test_voeten_extract_takes_a_left_out_total_for_nought_only_without_such_marks() -> None:
    roll = {USA: 1, FRANCE: 3}
    assert rollcall(roll, yes=1, no=1).announced == Totals(yes=1, no=1, abstain=0)
    assert rollcall(roll, yes=1).announced == Totals(yes=1, no=None, abstain=0)
    assert rollcall(roll).announced is None


def test_voeten_extract_keeps_out_what_it_cannot_read() -> None:
    (unknown,) = read({USA: 1, 999: 1}).problems
    assert unknown.source_key == "5000"
    assert "999" in unknown.reason
    head = voeten_head(5, LATE)
    votes, calls = voeten_files([head], {5: {USA: 1}})
    twice = pl.concat([pl.read_parquet(votes)] * 2).with_columns(vote=pl.Series([1, 3]))
    (clash,) = voeten_extract.read(parquet(twice), calls).problems
    assert clash.reason == "USA has two choices"


def test_voeten_extract_refuses_another_file() -> None:
    votes, calls = voeten_files([voeten_head(5, LATE)], {5: {USA: 1}})
    with pytest.raises(SourceError, match="cut or damaged"):
        voeten_extract.read(votes[:-9], calls)
    with pytest.raises(SourceError, match="cut in the middle"):
        voeten_extract.read(votes, calls[:-9])
    with pytest.raises(SourceError, match="give both files together"):
        voeten_extract.read(calls, calls)


def test_voeten_extract_reads_all_of_the_real_file(whole: Extract) -> None:
    assert len(whole.rollcalls) == 6_299
    assert whole.problems == ()
    assert max(found.date for found in whole.rollcalls) == date(2021, 3, 3)
    assert whole.applied["voeten-two-chinas"] == 9
    assert whole.applied["voeten-serbia-unknown"] == 288


def test_voeten_extract_recounts_the_real_file(whole: Extract) -> None:
    fewer = over = batch = 0
    for found in whole.rollcalls:
        said, marks = found.announced, count(found.casts)
        if said is None or None in (said.yes, said.no, said.abstain):
            continue
        lacking = [
            (one or 0) - (two or 0)
            for one, two in zip(
                (said.yes, said.no, said.abstain),
                (marks.yes, marks.no, marks.abstain),
                strict=True,
            )
        ]
        batch += any(lacking) and 5723 <= int(found.source_key) <= 6010
        over += min(lacking) < 0
        fewer += any(lacking)
    assert (fewer, batch, over) == (381, 281, 17)


def test_voeten_extract_lists_members_only(whole: Extract) -> None:
    for found in whole.rollcalls:
        if found.date_exact:
            voted = {c for c, choice in found.casts.items() if choice is not Choice.NON_VOTING}
            assert voted <= states.members_on(found.date), found.source_key


def test_voeten_extract_knows_parts_from_whole_texts(whole: Extract) -> None:
    kinds = {found.source_key: found.kind for found in whole.rollcalls}
    assert kinds["3"] is Kind.AMENDMENT
    assert kinds["4"] is Kind.PROCEDURAL
    assert sum(kind is Kind.PARAGRAPH for kind in kinds.values()) > 700
