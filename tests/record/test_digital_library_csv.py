from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.sources import UNSHRUNK, rolls, source
from votewire import states
from votewire.errors import SourceError
from votewire.record.readers.digital_library_csv import read
from votewire.record.readers.result import Totals
from votewire.record.tables import Choice, Kind, Modality, Outcome

LETTERS = {Choice.YES: "Y", Choice.NO: "N", Choice.ABSTAIN: "A", Choice.NON_VOTING: "X"}
COUNCIL = source("sc.csv")
FIRST_ROLLCALL = b"\n".join(COUNCIL.splitlines()[:16])  # the header and fifteen members
HEADER = source("ga_2026.csv").split(b"\n", 1)[0].decode().split(",")


def bulk(rows: list[list[str]], header: list[str] = HEADER) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()


def rows_of(
    number: str, day: date, casts: dict[str, Choice], symbol: str, **changed: str
) -> list[list[str]]:
    marks = list(casts.values())
    totals = [marks.count(c) for c in (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.NON_VOTING)]
    named = {
        "undl_id": number,
        "date": day.isoformat(),
        "resolution": symbol,
        "title": "A title, with a comma : resolution / adopted by the General Assembly",
        "undl_link": f"https://digitallibrary.un.org/record/{number}",
        "total_ms": f"{float(len(marks))}",
    }
    columns = ("total_yes", "total_no", "total_abstentions", "total_non_voting")
    named |= {column: f"{float(n)}" for column, n in zip(columns, totals, strict=True)} | changed
    return [
        [
            {
                "ms_code": code,
                "ms_name": states.name_of(code, on=day),
                "ms_vote": LETTERS[mark],
            }.get(column, named.get(column, ""))
            for column in HEADER
        ]
        for code, mark in casts.items()
    ]


def test_read_gives_the_assembly_rollcall_of_the_2026_layout() -> None:
    found = read(source("ga_2026.csv")).rollcalls[0]
    assert (found.symbol, found.date, found.session) == (
        "A/RES/ES-11/7",
        date(2025, 2, 24),
        "ES-11",
    )
    assert found.announced == Totals(yes=93, no=18, abstain=65, non_voting=17, members=193)
    assert [found.casts[code] for code in ("USA", "RUS", "FRA", "CHN")] == [
        Choice.NO,
        Choice.NO,
        Choice.YES,
        Choice.ABSTAIN,
    ]
    assert (found.kind, found.outcome) == (Kind.RESOLUTION, Outcome.ADOPTED)
    assert found.title == "Advancing a comprehensive, just and lasting peace in Ukraine"
    assert found.draft == "A/ES-11/L.10"
    assert found.agenda[1:] == ("UKRAINE SITUATION", "TERRITORIAL INTEGRITY--UKRAINE")


def test_read_leaves_out_a_state_listed_before_its_admission() -> None:
    found = read(source("ga_2026.csv")).rollcalls[1]
    assert "JPN" not in found.casts
    assert found.announced is not None
    assert found.announced.members == len(found.casts) == 79
    assert found.note == "listed before admission, and left out: JPN"


def test_read_stitches_records_broken_by_newlines_and_drops_repeats() -> None:
    result = read(source("ga_2024.csv"))
    (found,) = result.rollcalls
    assert result.problems == ()
    assert found.announced == Totals(yes=25, no=18, abstain=0, non_voting=8, members=51)
    assert len(found.casts) == 51
    assert found.note == "2 identical rows of the file were dropped"
    assert found.session == "1"
    assert found.kind is Kind.PARAGRAPH


def test_read_gives_the_council_rollcall() -> None:
    found = read(source("sc.csv")).rollcalls[0]
    assert (found.chamber, found.session, found.draft) == ("SC", "2025", "S/2025/112")
    assert sorted(c for c, mark in found.casts.items() if mark is Choice.ABSTAIN) == [
        "DNK",
        "FRA",
        "GBR",
        "GRC",
        "SVN",
    ]


def test_read_takes_no_yes_from_an_adoption_without_a_vote() -> None:
    found = read(source("sc.csv")).rollcalls[1]
    assert found.modality is Modality.WITHOUT_VOTE
    assert found.casts == {}
    assert found.announced is None


def test_read_takes_no_absences_from_a_roll_of_nothing_but_x() -> None:
    day = date(1988, 12, 6)
    casts = dict.fromkeys(sorted(states.members_on(day)), Choice.NON_VOTING)
    (found,) = read(bulk(rows_of("281405", day, casts, "A/RES/43/62"))).rollcalls
    assert (found.modality, found.casts, found.announced) == (Modality.UNSTATED, {}, None)
    assert found.note == "the file lists every member as non-voting"


def test_read_takes_the_column_names_of_the_first_release() -> None:
    old = source("sc.csv").replace(b"ms_code,ms_name", b"ms_codes,ms_names")
    old = old.replace(b"ms_vote,", b"ms_votes,").replace(b",resolution,", b",resolutions,")
    assert read(old) == read(source("sc.csv"))


def test_read_puts_rows_that_are_mixed_up_back_together() -> None:
    header, *lines = source("sc.csv").decode().splitlines()
    mixed = "\n".join([header, *lines[::2], *lines[1::2]]).encode()
    both = {r.symbol: r for r in read(mixed).rollcalls}
    assert both == {r.symbol: r for r in read(source("sc.csv")).rollcalls}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("csv_tally", "its marks add up to 9-1-5-0 of 15, but the source announces 10-0-5-0 of 15"),
        ("csv_unknown_state", "'ATLANTIS' is not a known UN member"),
        ("csv_state_twice", "DNK is listed twice, with two choices"),
    ],
)
def test_read_keeps_a_broken_roll_out_and_the_others_in(name: str, reason: str) -> None:
    result = read(source(f"broken/{name}.csv"))
    assert [found.symbol for found in result.rollcalls] == ["S/RES/704(1991)"]
    (problem,) = result.problems
    assert problem.symbol == "S/RES/2774(2025)"
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"date": "2025-02-31"}, "date '2025-02-31' is no day"),
        ({"resolution": "E/RES/1"}, "symbol 'E/RES/1' is of neither chamber"),
        ({"total_no": "many"}, "total_no 'many' is no number of votes"),
    ],
)
def test_read_keeps_out_a_roll_that_says_nothing_readable(
    changed: dict[str, str], reason: str
) -> None:
    day = date(2025, 2, 24)
    casts = dict.fromkeys(sorted(states.members_on(day)), Choice.YES)
    rows = rows_of("1", day, casts, "A/RES/79/1", **changed)
    assert [problem.reason for problem in read(bulk(rows)).problems] == [reason]


def test_read_keeps_out_a_mark_that_is_no_choice_and_rows_that_disagree() -> None:
    day = date(2025, 2, 24)
    casts = dict.fromkeys(sorted(states.members_on(day)), Choice.YES)
    first, second = (rows_of(n, day, casts, f"A/RES/79/{n}") for n in "12")
    first[0][HEADER.index("ms_vote")] = "?"
    second[5][HEADER.index("total_yes")] = "192.0"
    reasons = [problem.reason for problem in read(bulk([*first, *second])).problems]
    assert reasons == ["mark '?' of Afghanistan is no choice", "its rows disagree on total_yes"]


@pytest.mark.parametrize("blank", [b"\n", b"\n" * 500, b"\r\n" * 500, b",\n" * 3])
def test_read_of_a_header_and_blank_lines_says_that_there_are_no_rows(blank: bytes) -> None:
    header = COUNCIL.split(b"\n", 1)[0]
    blank = blank.replace(b",", b"," * header.count(b","))
    with pytest.raises(SourceError, match="has a header and no rows"):
        read(header + b"\n" + blank)


def test_read_passes_over_blank_lines() -> None:
    header, rest = COUNCIL.split(b"\n", 1)
    blank = b"\n" * 3
    assert read(header + blank + rest.replace(b"\n", blank, 1) + b"\n" * 500) == read(COUNCIL)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("csv_cut_in_row", "is cut in the middle: line 31, its last, has 14 of 20 columns"),
        ("csv_cut_in_link", "is cut in the middle: line 31, its last, ends in"),
        ("csv_cut_in_roll", "is cut in the middle: it ends at line 28, inside S/RES/704(1991)"),
        ("csv_wrong_columns", "columns missing: ms_name, ms_vote, date, resolution"),
        ("csv_no_rows", "has a header and no rows"),
        ("empty", "is empty"),
        ("binary", "is a binary file"),
    ],
)
def test_read_refuses_a_broken_file_in_one_line(name: str, said: str) -> None:
    with pytest.raises(SourceError) as error:
        read(source(f"broken/{name}.csv"), name="votes.csv")
    assert said in str(error.value)
    assert str(error.value).startswith("votes.csv")
    assert "\n" not in str(error.value)


def test_read_names_the_line_of_a_row_with_too_many_columns() -> None:
    lines = source("sc.csv").decode().splitlines()
    lines[4] += ",one more"
    with pytest.raises(SourceError, match="line 5 has 21 columns, not 20"):
        read("\n".join(lines).encode())


def test_read_names_the_line_that_is_not_utf_8() -> None:
    lines = source("sc.csv").splitlines(keepends=True)
    lines[2] = lines[2].replace(b"DENMARK", b"D\xc4NEMARK").replace(b"FRANCE", b"FR\xc4NCE")
    lines[2] = lines[2].replace(b"True", b"\xff").replace(b"False", b"\xff")
    with pytest.raises(SourceError, match="not UTF-8 \\(line 3, "):
        read(b"".join(lines))


@settings(max_examples=25, phases=UNSHRUNK)
@given(rolls())
def test_read_gives_back_any_roll(roll: tuple[date, dict[str, Choice]]) -> None:
    day, casts = roll
    result = read(bulk(rows_of("7", day, casts, "A/RES/1/1")))
    assert result.problems == ()
    assert result.rollcalls[0].casts == casts


@given(st.integers(1, len(COUNCIL) - 2))
def test_read_refuses_a_file_cut_anywhere_but_between_rollcalls(at: int) -> None:
    cut = COUNCIL[:at]
    if cut.rstrip() == FIRST_ROLLCALL:
        assert len(read(cut).rollcalls) == 1
    else:
        with pytest.raises(SourceError):
            read(cut)
