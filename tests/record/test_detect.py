from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.record.r_workspace import data_frame, vector, workspace
from tests.record.sources import source
from votewire.errors import SourceError
from votewire.record.readers.detect import Format, detect, read_files

AHEAD = b"2099-02-24"
VOTEWORKSPACE = workspace(x=data_frame({"rcid": vector([1])}, 1))


@pytest.mark.parametrize(
    ("content", "format_"),
    [
        (source("ga_2026.csv"), Format.DIGITAL_LIBRARY_CSV),
        (source("sc.csv"), Format.DIGITAL_LIBRARY_CSV),
        (b"\xef\xbb\xbf" + source("sc.csv"), Format.DIGITAL_LIBRARY_CSV),
        (source("broken/csv_wrong_columns.csv"), Format.DIGITAL_LIBRARY_CSV),
        (source("marc_2774.xml"), Format.MARCXML),
        (source("broken/marc_entity_bomb.xml"), Format.MARCXML),
        (source("voeten_votes.csv"), Format.VOETEN),
        (source("voeten_rollcalls.csv"), Format.VOETEN),
        (b'"rcid","ccode","vote"\n', Format.VOETEN),
        (VOTEWORKSPACE, Format.VOETEN),
        (b"PAR1....", Format.VOETEN),
        (source("roll_2774.txt"), Format.PASTED_ROLL),
        (source("roll_es-11-7.txt"), Format.PASTED_ROLL),
    ],
)
def test_detect_knows_each_format(content: bytes, format_: Format) -> None:
    assert detect(content, name="a file") is format_


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"  \n\n ", "is empty"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"PK\x03\x04\x14", "Excel workbook"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is a binary file"),
        (b"<!DOCTYPE html><html><body>", "is a web page"),
        (b"country,year,gdp\nFRA,2025,1\n", "has the columns country, year, gdp"),
        (b"The Council met on Monday.", "is nothing that can be added"),
    ],
)
def test_detect_says_what_a_file_is_not(content: bytes, said: str) -> None:
    with pytest.raises(SourceError) as error:
        detect(content, name="a file")
    assert said in str(error.value)
    assert str(error.value).startswith("a file")
    assert "\n" not in str(error.value)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_read_files_gives_any_bytes_a_clear_error(content: bytes) -> None:
    with pytest.raises(SourceError):
        read_files([("noise", content)])


@pytest.mark.parametrize(
    ("name", "rollcalls"),
    [("ga_2026.csv", 2), ("marc_collection.xml", 3), ("roll_2774.txt", 1)],
)
def test_read_files_calls_the_reader(name: str, rollcalls: int) -> None:
    assert len(read_files([(name, source(name))]).rollcalls) == rollcalls


def test_read_files_takes_voeten_tables_together() -> None:
    names = ("voeten_votes.csv", "voeten_rollcalls.csv")
    assert len(read_files([(name, source(name)) for name in names]).rollcalls) == 4


def test_read_files_refuses_files_that_do_not_belong_together() -> None:
    names = ("sc.csv", "marc_2774.xml")
    with pytest.raises(SourceError, match=r"sc\.csv, marc_2774\.xml: these are no tables of one"):
        read_files([(name, source(name)) for name in names])


def test_read_files_leaves_out_a_day_whose_council_nobody_knows() -> None:
    whole = read_files([("sc.csv", source("sc.csv"))])
    day = str(whole.rollcalls[0].date).encode()
    ahead = read_files([("sc.csv", source("sc.csv").replace(day, AHEAD))])
    assert len(ahead.problems) == len(whole.problems) + len(whole.rollcalls) - len(ahead.rollcalls)
    assert {problem.date for problem in ahead.problems} == {date.fromisoformat(AHEAD.decode())}
    assert "is not known" in ahead.problems[-1].reason
    assert all(rollcall.date.year < 2028 for rollcall in ahead.rollcalls)


def test_read_files_refuses_more_rollcalls_than_a_day_has() -> None:
    head, row = b"rcid,session,ccode,vote,unres,date\n", b"%d,79,2,1,R/79/1,2024-10-01\n"
    votes = head + b"".join(row % number for number in range(1_200))
    with pytest.raises(
        SourceError, match="1,200 rollcalls of 2024-10-01 are more than any day had"
    ):
        read_files([("votes.csv", votes)])


@pytest.mark.parametrize("name", ["undl_id,ms_name,ms_vote,date,resolution", "rcid,vote,ccode"])
def test_read_files_refuses_a_table_of_thousands_of_columns(name: str) -> None:
    with pytest.raises(SourceError, match="columns in its first line"):
        read_files([("wide.csv", f"{name}{',' * 5_000}\n1,2\n".encode())])
    if "undl" in name:  # whose short rows are taken for the rest of the row before
        with pytest.raises(SourceError, match="columns in its first line"):
            read_files([("short.csv", name.encode() + b"\n" + b"a,b\n" * 5_000)])
