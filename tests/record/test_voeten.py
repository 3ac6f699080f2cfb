from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.conftest import shared
from tests.record.r_workspace import data_frame, vector, workspace
from tests.record.sources import source
from votewire import states
from votewire.errors import SourceError
from votewire.record.readers import voeten
from votewire.record.readers.result import ReadResult, ReadRollcall, Totals
from votewire.record.tables import Choice, Kind

VOTES = ("votes.csv", source("voeten_votes.csv"))
ROLLCALLS = ("rollcalls.csv", source("voeten_rollcalls.csv"))


def by_key(result: ReadResult) -> dict[str, ReadRollcall]:
    return {rollcall.source_key: rollcall for rollcall in result.rollcalls}


@pytest.fixture(scope="module")
def found() -> dict[str, ReadRollcall]:
    return by_key(voeten.read_files([VOTES, ROLLCALLS]))


def test_read_files_pairs_votes_with_roll_calls(found: dict[str, ReadRollcall]) -> None:
    first = found["3"]
    assert (first.chamber, first.session, first.symbol) == ("GA", "1", "A/RES/1/66")
    assert first.kind is Kind.AMENDMENT
    assert first.announced == Totals(yes=29, no=18, abstain=4)
    assert (first.casts["USA"], first.casts["CAN"]) == (Choice.YES, Choice.NO)
    assert first.note is not None
    assert first.note.startswith("numbered R/1/66 by Voeten")


def test_read_files_takes_either_order() -> None:
    assert voeten.read_files([ROLLCALLS, VOTES]) == voeten.read_files([VOTES, ROLLCALLS])


def test_read_files_says_which_dates_are_exact(found: dict[str, ReadRollcall]) -> None:
    assert {key: rollcall.date_exact for key, rollcall in found.items()} == {
        "3": False,
        "1182": False,
        "4372": False,
        "9132": True,
    }


def test_read_files_gives_the_seat_of_china_to_who_held_it(found: dict[str, ReadRollcall]) -> None:
    assert found["1182"].casts["CHN"] is Choice.YES  # Taipei's vote; Peking is marked absent


def test_read_files_keeps_a_roll_that_does_not_add_up_out() -> None:
    (problem,) = voeten.read_files([VOTES, ROLLCALLS]).problems
    assert problem.source_key == "6056"
    assert "add up to 163-2-2-" in problem.reason
    assert "announces 164-2-2" in problem.reason


def test_read_files_takes_unstated_totals_as_such(found: dict[str, ReadRollcall]) -> None:
    assert found["9132"].announced == Totals(yes=188, no=2, abstain=None)


def test_read_files_leaves_out_an_absence_before_admission() -> None:
    rows = b"rcid,ccode,vote\n1,2,1\n1,225,8\n"
    calls = b"rcid,session,date,unres\n1,56,2001-12-01,R/56/1\n"
    (rollcall,) = voeten.read_files([("v", rows), ("r", calls)]).rollcalls
    assert rollcall.casts == {"USA": Choice.YES}
    assert rollcall.note == "marked absent while no member, and left out: CHE"


def test_read_takes_one_table_that_says_everything() -> None:
    wide = (
        b"rcid,session,vote,ccode,date,unres,me,nu,para\n"
        b"1,58,1,2,12/5/2003,R/58/7,1,0,1\n1,58,3,365,12/5/2003,R/58/7,1,0,1\n"
    )
    (rollcall,) = voeten.read(wide).rollcalls
    assert (rollcall.symbol, rollcall.date) == ("A/RES/58/7", date(2003, 12, 5))
    assert (rollcall.issues, rollcall.kind) == (("me",), Kind.PARAGRAPH)
    assert rollcall.casts == {"USA": Choice.YES, "RUS": Choice.NO}


def test_read_files_takes_r_tables_with_names_for_states() -> None:
    names = ["Russia", "St. Kitts & Nevis", "Congo - Kinshasa", "Taiwan"]
    votes = {
        "rcid": vector([1.0, 1.0, 1.0, 2.0]),
        "country": vector(names),
        "vote": vector(["yes", "abstain", "no", "yes"]),
    }
    calls = {
        "rcid": vector([1, 2]),
        "session": vector([60.0, 20.0]),
        "date": vector([13000.0, -1500.0], **{"class": vector(["Date"])}),
        "unres": vector(["R/60/1", "R/20/2"]),
    }
    issues = {"rcid": vector([1, 1]), "short_name": vector(["nu", "di"])}
    tables = workspace(v=data_frame(votes, 4), r=data_frame(calls, 2), i=data_frame(issues, 2))
    found = by_key(voeten.read(tables))
    assert found["1"].casts == {"RUS": Choice.YES, "KNA": Choice.ABSTAIN, "COD": Choice.NO}
    assert found["1"].issues == ("di", "nu")
    assert found["2"].casts == {"CHN": Choice.YES}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"1,2,7", "vote 7 is none of 1, 2, 3, 8, 9"),
        (b"1,1,1", "'1' is not a known UN member"),
        (b"1,2,3", "USA is listed twice, with two choices"),
        (b"1,225,1", "CHE was no UN member on 2001-12-01"),
        (b"9,2,1", "its votes have no row in the table of roll calls"),
    ],
)
def test_read_files_says_what_is_wrong_with_a_roll(row: bytes, reason: str) -> None:
    rows = b"rcid,ccode,vote\n1,2,1\n" + row + b"\n"
    calls = b"rcid,session,date,unres\n1,58,2001-12-01,R/58/1\n"
    (problem,) = voeten.read_files([("v", rows), ("r", calls)]).problems
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([VOTES], "votes without dates and symbols"),
        ([ROLLCALLS], "roll calls without the votes"),
        ([("x.csv", b"a,b\n1,2\n")], "none of the tables of Voeten's data"),
        ([("x.csv", b"")], "x.csv is empty"),
        ([("x.parquet", b"PAR1 and no more")], "the Parquet file is cut or damaged"),
        ([("x.csv", VOTES[1].rstrip()[:-4])], "is cut in the middle: line 759"),
        ([("x.csv", VOTES[1].replace(b"3,2,1", b"3,2,1,9", 1))], "not a CSV file that can be read"),
    ],
)
def test_read_files_refuses_what_it_cannot_read(files: list[tuple[str, bytes]], said: str) -> None:
    with pytest.raises(SourceError) as error:
        voeten.read_files(files)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("unres", "symbol"),
    [
        ("R/31/6A", "A/RES/31/6A"),
        ("R/50/38B/VI", "A/RES/50/38B/VI"),
        ("ESS/2/79/D", "A/RES/ES-2/79/D"),
        ("SS/4/23C", "A/RES/S-4/23C"),
        ("A/RES/75/254[A]", "A/RES/75/254[A]"),
        ("GOAR/1/1288B", "GOAR/1/1288B"),
        ("R/10 65", "R/10 65"),
    ],
)
def test_symbol_of_gives_un_symbols(unres: str, symbol: str) -> None:
    assert voeten.symbol_of(unres) == symbol


@pytest.mark.parametrize(
    ("names", "read_in", "kept_out"),
    [
        (("votes_long.parquet", "rollcalls.csv"), 5918, 381),
        (("un_votes.rda", "un_roll_calls.rda", "un_roll_call_issues.rda"), 6203, 0),
        (("UNVotesPublished.RData",), 5428, 1),
    ],
)
def test_read_files_reads_the_published_files(
    names: tuple[str, ...], read_in: int, kept_out: int
) -> None:
    paths = [shared(f"data/voeten/{name}") for name in names]
    result = voeten.read_files([(path.name, path.read_bytes()) for path in paths])
    assert (len(result.rollcalls), len(result.problems)) == (read_in, kept_out)
    cuba = next(r for r in result.rollcalls if r.symbol == "A/RES/50/10")
    assert (cuba.casts["USA"], cuba.casts["CUB"]) == (Choice.NO, Choice.YES)
    assert {c for r in result.rollcalls for c in r.casts} <= set(states.codes())


def test_read_files_agrees_with_the_digital_library_on_a_real_roll() -> None:
    votes = shared("data/voeten/votes_long.parquet").read_bytes()
    calls = shared("data/voeten/rollcalls.csv").read_bytes()
    theirs = pl.read_parquet(shared("data/undl/votes_long.parquet"))
    result = voeten.read_files([("votes", votes), ("rollcalls", calls)])
    ours = next(r for r in result.rollcalls if r.symbol == "A/RES/68/262")
    marks = dict(
        theirs.filter(pl.col("symbol") == "A/RES/68/262").select("ms_name", "vote").iter_rows()
    )
    read = {states.from_un_name(name, ours.date): mark for name, mark in marks.items()}
    letters = {"Y": Choice.YES, "N": Choice.NO, "A": Choice.ABSTAIN}
    voted = {code: letters[mark] for code, mark in read.items() if mark in letters}
    assert {c: m for c, m in ours.casts.items() if m is not Choice.NON_VOTING} == voted
