"""Voteview's houses: real Senates where they are at hand, a small real cut everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from votewire import blocs
from votewire.errors import SourceError
from votewire.record import Choice
from votewire.record.readers import voteview
from votewire.record.readers.voteview import Counted, House

CUT = Path(__file__).parent / "data" / "voteview"
MEMBERS, ROLLCALLS, VOTES = ("S111_members.csv", "S111_rollcalls.csv", "S111_votes.csv")
FILES = {name: (CUT / name).read_bytes() for name in (MEMBERS, ROLLCALLS, VOTES)}
HEADS = {
    "members": "congress,chamber,icpsr,bioname",
    "rollcalls": "congress,chamber,rollnumber,date,yea_count,nay_count",
    "votes": "congress,chamber,rollnumber,icpsr,cast_code",
}
PRESIDENT = 999


def house(**replaced: bytes) -> House:
    """The small cut, with files replaced: members, rollcalls, votes."""
    names = {name: f"S111_{name}.csv" for name in HEADS}
    return voteview.read_folder(
        [(file, replaced.get(name, FILES[file])) for name, file in names.items()]
    )


@pytest.fixture(scope="module")
def cut() -> House:
    return house()


def real(name: str) -> House:
    paths = [
        shared(f"data/voteview/{name}_{part}.csv") for part in ("votes", "members", "rollcalls")
    ]
    return voteview.read_folder([(path.name, path.read_bytes()) for path in paths])


def cast_of(house: House, name: str, rollcall: str) -> Choice:
    (member,) = house.members.filter(pl.col("name").str.starts_with(name))["id"]
    row = house.matrix.rollcalls.index(rollcall)
    return Choice(house.matrix.values[row, house.matrix.states.index(member)])


def test_voteview_reads_a_known_vote(cut: House) -> None:
    kagan = cut.rollcalls.row(by_predicate=pl.col("id") == "S111-626", named=True)
    assert kagan["date"] == date(2010, 8, 5)
    assert (kagan["bill"], kagan["result"]) == ("PN1768", "Nomination Confirmed")
    assert (kagan["announced_yea"], kagan["announced_nay"]) == (63, 37)
    assert (kagan["yea"], kagan["nay"], kagan["non_voting"]) == (63, 37, 0)
    assert cast_of(cut, "NELSON, Earl", "S111-626") is Choice.NO
    assert cast_of(cut, "GRAHAM, Lindsey", "S111-626") is Choice.YES


def test_voteview_has_no_vote_of_a_senator_not_yet_there(cut: House) -> None:
    assert cast_of(cut, "FRANKEN", "S111-14") is Choice.NOT_MEMBER
    assert cast_of(cut, "FRANKEN", "S111-396") is Choice.YES
    assert cast_of(cut, "BUNNING", "S111-396") is Choice.NON_VOTING


def test_voteview_members_are_the_columns_and_rollcalls_the_rows(cut: House) -> None:
    assert (cut.congress, cut.chamber) == (111, "Senate")
    assert cut.members["id"].to_list() == list(cut.matrix.states) == sorted(cut.matrix.states)
    assert cut.rollcalls["id"].to_list() == list(cut.matrix.rollcalls)
    assert cut.rollcalls["date"].to_list() == cut.matrix.dates.tolist()
    assert cut.matrix.values.dtype == np.int8
    snowe = cut.members.row(by_predicate=pl.col("name").str.starts_with("SNOWE"), named=True)
    assert (snowe["state"], snowe["party"], snowe["party_code"]) == ("ME", "Republican", 200)
    assert snowe["nominate_dim1"] == pytest.approx(0.091)


def test_voteview_keeps_one_who_changed_party_as_two(cut: House) -> None:
    both = cut.members.filter(pl.col("name").str.starts_with("SPECTER")).sort("party_code")
    assert both["party"].to_list() == ["Democrat", "Republican"]


def test_voteview_keeps_the_president_apart(cut: House) -> None:
    assert cut.presidents["name"].to_list() == ["OBAMA, Barack"]
    assert "99911" not in cut.matrix.states
    assert cut.stances.values.shape == (len(cut.matrix.rollcalls), 1)
    kagan = cut.matrix.rollcalls.index("S111-626")
    assert cut.stances.values[kagan, 0] == Choice.YES
    assert (cut.counted, cut.problems.height) == (Counted.VOTES, 0)


def test_voteview_lists_a_rollcall_whose_total_differs_and_keeps_its_casts(cut: House) -> None:
    changed = house(rollcalls=FILES[ROLLCALLS].replace(b",63,37,", b",64,36,"))
    assert changed.problems.rows() == [("S111-626", date(2010, 8, 5), 64, 36, 63, 37)]
    assert np.array_equal(changed.matrix.values, cut.matrix.values)


def test_voteview_takes_files_without_totals(cut: House) -> None:
    columns = ["congress", "chamber", "rollnumber", "date"]
    bare = pl.read_csv(FILES[ROLLCALLS], infer_schema=False).select(columns).write_csv().encode()
    read = house(rollcalls=bare)
    assert (read.counted, read.problems.height) == (None, 0)
    assert read.rollcalls["announced_yea"].null_count() == read.rollcalls.height
    assert np.array_equal(read.matrix.values, cut.matrix.values)


def test_voteview_takes_a_byte_order_mark_more_columns_and_decimals(cut: House) -> None:
    lines = FILES[VOTES].decode().splitlines()
    wide = [lines[0].upper() + ",prob", *(f"{line}.0,N/A" for line in lines[1:])]
    read = voteview.read(
        b"\xef\xbb\xbf" + FILES[MEMBERS], FILES[ROLLCALLS], "\r\n".join(wide).encode()
    )
    assert read.members.equals(cut.members)
    assert np.array_equal(read.matrix.values, cut.matrix.values)


def test_voteview_takes_any_order_of_files_and_rows(cut: House) -> None:
    head, *lines = FILES[VOTES].splitlines(keepends=True)
    turned = voteview.read_folder(
        [("v", head + b"".join(reversed(lines))), *((n, FILES[n]) for n in (ROLLCALLS, MEMBERS))]
    )
    assert np.array_equal(turned.matrix.values, cut.matrix.values)
    assert turned.rollcalls.equals(cut.rollcalls)


@st.composite
def casts(draw: st.DrawFn) -> list[list[int]]:
    """Cast codes of a made house, one list for each rollcall; the last of each the President's."""
    people = draw(st.integers(2, 6))
    roll = st.lists(st.integers(0, 9), min_size=people, max_size=people)
    return draw(st.lists(roll, min_size=1, max_size=5))


def tally(roll: list[int], rule: Counted) -> tuple[int, int]:
    """Yea and nay of a roll, counted one cast at a time."""
    counted = roll if rule.president else roll[:-1]
    yea = sum(code == 1 or (rule.pairs and code in (2, 3)) for code in counted)
    nay = sum(code == 6 or (rule.pairs and code in (4, 5)) for code in counted)
    return yea, nay


def made(rolls: list[list[int]], rule: Counted) -> House:
    ids = [*range(101, 100 + len(rolls[0])), PRESIDENT]
    rows: dict[str, list[str]] = {
        "members": [f"1,{'President' if i == PRESIDENT else 'House'},{i},M{i}" for i in ids],
        "rollcalls": [],
        "votes": [],
    }
    for number, roll in enumerate(rolls, start=1):
        yea, nay = tally(roll, rule)
        rows["rollcalls"].append(f"1,House,{number},1790-01-{number:02},{yea},{nay}")
        rows["votes"] += [f"1,House,{number},{i},{c}" for i, c in zip(ids, roll, strict=True)]
    texts = {name: "\n".join([HEADS[name], *lines]).encode() for name, lines in rows.items()}
    return voteview.read(texts["members"], texts["rollcalls"], texts["votes"])


@given(casts(), st.sampled_from(Counted))
def test_voteview_counts_are_the_matrix_and_the_totals(
    rolls: list[list[int]], rule: Counted
) -> None:
    house = made(rolls, rule)
    values, counts = house.matrix.values, house.rollcalls
    assert counts["yea"].to_list() == (values == Choice.YES).sum(axis=1).tolist()
    assert counts["nay"].to_list() == (values == Choice.NO).sum(axis=1).tolist()
    assert counts["non_voting"].to_list() == (values == Choice.NON_VOTING).sum(axis=1).tolist()
    for row, roll in zip(counts.iter_rows(named=True), rolls, strict=True):
        assert (row["yea"], row["nay"]) == tally(roll, Counted.PAIRS)
        votes = (row["yea"] - row["paired_yea"], row["nay"] - row["paired_nay"])
        assert votes == tally(roll, Counted.VOTES)
    # Another rule may count the same; the one told must make the totals.
    assert house.counted is not None
    assert house.problems.is_empty()
    assert [tally(roll, house.counted) for roll in rolls] == [tally(roll, rule) for roll in rolls]


def test_voteview_finds_out_whom_the_totals_count() -> None:
    rolls = [[1, 1, 2, 6, 9], [6, 6, 5, 1, 9], [1, 1, 6, 1, 1], [1, 6, 6, 6, 6]]
    assert [made(rolls, rule).counted for rule in Counted] == list(Counted)


def edited(name: str, old: bytes, new: bytes) -> dict[str, bytes]:
    source = FILES[f"S111_{name}.csv"]
    assert old in source
    return {name: source.replace(old, new, 1)}


BROKEN = {
    "member missing": (
        {"members": (CUT / "broken" / MEMBERS).read_bytes()},
        "S111_votes.csv has icpsr 15039, which S111_members.csv lacks; fetch both files again",
    ),
    "rollcall missing": (
        {"rollcalls": b"\n".join(FILES[ROLLCALLS].splitlines()[:-2])},
        "S111_votes.csv has rollcall 678, 695, which S111_rollcalls.csv lacks",
    ),
    "votes missing": (
        {"votes": b"\n".join(x for x in FILES[VOTES].splitlines() if b"Senate,626," not in x)},
        "S111_rollcalls.csv has rollcall 626, which S111_votes.csv lacks",
    ),
    "unknown code": (
        edited("votes", b"Senate,14,1366,1", b"Senate,14,1366,12"),
        "cast_code 12 of icpsr 1366 in rollcall 14 is none of 0 to 9",
    ),
    "no number": (
        edited("votes", b"Senate,14,1366,1", b"Senate,14,1366,y"),
        "S111_votes.csv: cast_code is 'y' in row 1, where a number belongs",
    ),
    "blank": (
        edited("votes", b"Senate,14,1366,1", b"Senate,14,,1"),
        "S111_votes.csv: icpsr is blank in row 1",
    ),
    "cast twice": (
        {"votes": FILES[VOTES] + b"111,Senate,695,15039,1\n"},
        "S111_votes.csv: number 695, icpsr 15039 has two rows",
    ),
    "member twice": (
        {"members": FILES[MEMBERS] + FILES[MEMBERS].splitlines()[-1]},
        "has two rows; take one out",
    ),
    "two Congresses": (
        edited("votes", b"111,Senate,14,", b"118,Senate,14,"),
        "hold rows of Congress 111 and 118, chamber Senate; give the three files of one Congress",
    ),
    "two chambers": (
        edited("members", b"111,Senate,", b"111,House,"),
        "hold rows of Congress 111, chamber House and Senate",
    ),
    "no such chamber": (
        {n: FILES[f"S111_{n}.csv"].replace(b",Senate,", b",Lords,") for n in HEADS},
        "chamber Lords; give the three files",
    ),
    "no day": (
        edited("rollcalls", b"2009-01-22", b"22.1.2009"),
        "the date of rollcall 14 is '22.1.2009', no day such as 2023-01-23",
    ),
    "half a vote": (
        edited("rollcalls", b",61,36,", b",61.5,36,"),
        "S111_rollcalls.csv: yea_count is '61.5' in row 1",
    ),
    "no estimate": (
        edited("members", b",-0.358,", b",left,"),
        "S111_members.csv: nominate_dim1 is 'left' in row 1",
    ),
    "cut": ({"votes": FILES[VOTES][:-9]}, "S111_votes.csv is cut in the middle: line 905"),
    "cut in quotes": ({"members": FILES[MEMBERS][:-30]}, "S111_members.csv"),
    "no rows": ({"votes": HEADS["votes"].encode() + b"\n"}, "has a header but no rows"),
    "empty": ({"votes": b" \n"}, "S111_votes.csv is empty"),
    "other table": ({"votes": b"a,b\n1,2\n"}, "none of Voteview's members, rollcalls and votes"),
    "column missing": (
        {"votes": b"congress,chamber,icpsr,cast_code\n111,Senate,1366,1\n"},
        "Voteview's votes without the column rollnumber",
    ),
    "twice the same file": (
        {"votes": FILES[ROLLCALLS]},
        "S111_rollcalls.csv and S111_votes.csv are both Voteview's rollcalls; give one",
    ),
}


@pytest.mark.parametrize(("replaced", "said"), BROKEN.values(), ids=BROKEN)
def test_voteview_refuses_what_it_cannot_trust(replaced: dict[str, bytes], said: str) -> None:
    with pytest.raises(SourceError) as error:
        house(**replaced)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("given_files", "said"),
    [
        ([], "no file: Voteview's members, rollcalls and votes are missing"),
        ([MEMBERS, VOTES], "S111_members.csv, S111_votes.csv: Voteview's rollcalls are missing"),
    ],
)
def test_voteview_says_which_file_is_missing(given_files: list[str], said: str) -> None:
    with pytest.raises(SourceError) as error:
        voteview.read_folder([(name, FILES[name]) for name in given_files])
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("name", "shape", "cells"),
    [
        ("S118", (691, 105), [39_076, 0, 26_664, 3_356, 3_459]),
        ("S111", (696, 111), [41_057, 0, 26_072, 2_199, 7_928]),
    ],
)
def test_voteview_reads_whole_senates_which_add_up(
    name: str, shape: tuple[int, int], cells: list[int]
) -> None:
    senate = real(name)
    assert senate.matrix.values.shape == shape
    assert np.bincount(senate.matrix.values.ravel()).tolist() == cells
    assert (senate.counted, senate.problems.height) == (Counted.VOTES, 0)
    votes = senate.rollcalls
    assert votes["yea"].to_list() == votes["announced_yea"].to_list()
    assert votes["nay"].to_list() == votes["announced_nay"].to_list()
    assert votes.select(pl.sum_horizontal("yea", "nay", "non_voting").max()).item() == 100


def test_voteview_the_president_explains_every_difference_of_the_senate_of_2009() -> None:
    senate = real("S111")
    marks = np.bincount(senate.stances.values.ravel(), minlength=4)
    assert marks.tolist() == [120, 0, 21, 555]  # 141 rolls that differ with him, 555 without


def test_voteview_agreement_orders_senators_as_nominate_does() -> None:
    senate = real("S118")
    values, n = blocs.agreement_matrix(senate.matrix.values, blocs.Definition.YES_NO)
    often = np.diag(n) >= 300  # who sat but for weeks shares no rollcall with some others
    there = values[np.ix_(often, often)]
    centred = there - there.mean(axis=0) - there.mean(axis=1)[:, None] + there.mean()
    axis = np.linalg.eigh(centred)[1][:, -1]
    nominate = senate.members["nominate_dim1"].to_numpy()[often]
    assert abs(np.corrcoef(axis, nominate)[0, 1]) > 0.95
