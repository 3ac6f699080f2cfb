"""The file of matched roll calls, and the items that it makes."""

from __future__ import annotations

import polars as pl
import pytest

from tests.conftest import shared
from votewire.errors import SourceError
from votewire.positions.matches import read_matches, shared_items

FILE = "data/idealpoints/Matches.csv"


def pairs(*rows: tuple[int, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"rcid1": pl.Int64, "rcid2": pl.Int64}, orient="row")


def test_matches_real_file() -> None:
    found = read_matches(shared(FILE).read_bytes())
    assert found.columns == ["rcid1", "rcid2"]
    assert found.height == 955
    assert found.row(0) == (299, 331)
    assert (found["rcid1"] < found["rcid2"]).all()


def test_matches_each_pair_once_in_order() -> None:
    found = read_matches(b'v1,rcid1,rcid2\n1,5,9\n2,3,9\n3,5,9\n4,"1","4"\n')
    assert found.rows() == [(1, 4), (3, 9), (5, 9)]


def test_shared_items_follow_a_chain_to_its_first_roll_call() -> None:
    found = shared_items([470, 512, 545, 577, 600], pairs((470, 512), (512, 545), (545, 577)))
    assert found.tolist() == [470, 470, 470, 470, 600]


def test_shared_items_of_several_matches_take_the_earliest() -> None:
    found = shared_items([10, 12, 20], pairs((12, 20), (10, 20)))
    assert found.tolist() == [10, 12, 10]


def test_shared_items_without_matches_are_their_own() -> None:
    assert shared_items([3, 1, 2], pairs()).tolist() == [3, 1, 2]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "is empty"),
        (b"%PDF-1.4", "is a PDF"),
        (b"\x00\xff\x89PNG\r\n", "binary file"),
        (b"a,b\n1,2\n", "lacks rcid1, rcid2"),
        (b"rcid1,rcid3\n1,2\n", "lacks rcid2"),
        (b"v1,rcid1,rcid2\n", "no rows"),
        (b"rcid1,rcid2\n1,2\nthree,4\n", "line 3: three, 4"),
        (b"rcid1,rcid2\n1,2\n5,5\n", "line 3: 5, 5"),
        (b"rcid1,rcid2\n7,2\n", "line 2: 7, 2"),
        (b"rcid1,rcid2\n-1,2\n", "line 2: -1, 2"),
        (b"v1,rcid1,rcid2\n1,2,3\n2,5", "cut in the middle"),
    ],
)
def test_matches_other_files_are_refused_with_the_reason(source: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        read_matches(source)
