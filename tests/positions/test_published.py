"""The published estimates as a frame, and files that are no such thing."""

from __future__ import annotations

import polars as pl
import pytest

from tests.conftest import shared
from votewire.errors import SourceError
from votewire.positions.published import read_published

FILE = "data/idealpoints/IdealpointestimatesAll_Apr2020.csv"
HEAD = "ccode,session,NVotes,IdealPoint,Q5%,Q95%,Countryname\n"


def made(*lines: str, head: str = HEAD, encoding: str = "latin-1") -> bytes:
    return (head + "".join(f"{line}\n" for line in lines)).encode(encoding)


def test_published_real_file_has_one_row_a_state_and_session() -> None:
    found = read_published(shared(FILE).read_bytes())
    assert found.columns == ["state", "session", "mean", "q05", "q95", "n_casts"]
    assert found.height == 10_468  # 10,469 in the file; China has two in the 26th session
    assert found.select("state", "session").is_duplicated().sum() == 0
    assert set(range(1, 75)) - set(found["session"]) == {19}
    usa = found.filter(state="USA", session=1).row(0)
    assert usa == ("USA", 1, 1.675486, 1.348943, 2.028481, 42)


def test_published_seat_that_changed_hands_is_of_the_state_that_had_it() -> None:
    found = read_published(shared(FILE).read_bytes())
    spans = {
        code: (rows["session"].min(), rows["session"].max())
        for (code,), rows in found.filter(
            pl.col("state").is_in(["SUN", "RUS", "YUG", "SRB"])
        ).group_by("state")
    }
    assert spans["SUN"] == (1, 46)
    assert spans["RUS"] == (47, 74)
    assert spans["YUG"][1] < spans["SRB"][0] == 55


def test_published_keeps_the_row_with_more_casts() -> None:
    found = read_published(made("710,26,30,-1.0,-1.2,-0.8,China", "713,26,9,1.0,0.7,1.3,Taiwan"))
    assert found.rows() == [("CHN", 26, -1.0, -1.2, -0.8, 30)]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "utf-8-sig"])
def test_published_encodings(encoding: str) -> None:
    source = made("437,70,80,-0.5,-0.6,-0.4,Côte d’Ivoire".replace("’", "'"), encoding=encoding)
    assert read_published(source)["state"].to_list() == ["CIV"]


def test_published_without_the_number_of_casts() -> None:
    source = made("2,70,2.5,2.2,2.8", head="ccode,session,IdealPoint,Q5%,Q95%\n")
    assert read_published(source).row(0) == ("USA", 70, 2.5, 2.2, 2.8, None)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (b"", "no CSV"),
        (b"\x00\xff\x89PNG\r\n", "lack ccode"),
        (b"state,year,ideal\nUSA,2020,2.1\n", "lack ccode, session, IdealPoint, Q5%, Q95%"),
        (made(), "no rows"),
        (made("2,70,80,high,2.2,2.8,USA"), "line 2: 2, 70, high"),
        (made("2,70,80,2.5,2.2,2.8,USA", "20,70,80,nan,2.2,2.8,Canada"), "line 3"),
        (made("2,1946,80,2.5,2.2,2.8,USA"), "no such session"),
        (made("999,70,80,2.5,2.2,2.8,Nowhere"), "'999' is not a known UN member"),
    ],
)
def test_published_other_files_are_refused_with_the_reason(source: bytes, why: str) -> None:
    with pytest.raises(SourceError, match=why):
        read_published(source)
