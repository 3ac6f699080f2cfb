from __future__ import annotations

import bz2
import gzip
import lzma
import struct
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from tests.record.r_workspace import compact, data_frame, vector, workspace
from votewire.errors import SourceError
from votewire.record.readers import r_data

TEXTS = st.lists(st.none() | st.text(st.characters(codec="utf-8")), min_size=1, max_size=8)


def example() -> bytes:
    columns = {
        "rcid": vector([3.0, 4.0, None]),
        "session": vector([1, None, 2]),
        "unres": vector(["R/1/66", None, "Côte d’Ivoire"]),
        "vote": vector([1, 2, None], levels=vector(["yes", "no"]), **{"class": vector(["factor"])}),
        "date": vector([-8766.0, 0.0, 1.0], **{"class": vector(["Date"])}),
    }
    return workspace(votes=data_frame(columns, 3), other=vector([1, 2]))


def test_frames_gives_numbers_texts_factors_and_dates() -> None:
    frame = r_data.frames(example(), name="x.rda")["votes"]
    assert frame.rows() == [
        (3.0, 1, "R/1/66", "yes", date(1946, 1, 1)),
        (4.0, None, None, "no", date(1970, 1, 1)),
        (None, 2, "Côte d’Ivoire", None, date(1970, 1, 2)),
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_frames_reads_packed_files(pack) -> None:
    packed = pack(example())
    assert r_data.is_r_data(packed)
    assert r_data.frames(packed, name="x.rda")["votes"].height == 3


def test_is_r_data_knows_other_packed_files() -> None:
    assert not r_data.is_r_data(gzip.compress(b"rcid,vote\n"))
    assert not r_data.is_r_data(b"\x1f\x8bdamaged")
    assert not r_data.is_r_data(b"")


@given(TEXTS, st.data())
def test_frames_gives_back_any_texts_and_numbers(
    texts: list[str | None], data: st.DataObject
) -> None:
    numbers = data.draw(
        st.lists(st.integers(-(2**31) + 1, 2**31 - 1), min_size=len(texts), max_size=len(texts))
    )
    columns = {"text": vector([*texts, "end"]), "number": vector([*numbers, 0])}
    frame = r_data.frames(workspace(x=data_frame(columns, len(texts) + 1)), name="x")["x"]
    assert frame["text"].to_list() == [*texts, "end"]
    assert frame["number"].to_list() == [*numbers, 0]


@given(st.integers(8, 700))
def test_frames_refuses_a_file_cut_anywhere(at: int) -> None:
    whole = example()
    with pytest.raises(SourceError, match="cut or damaged"):
        r_data.frames(whole[: min(at, len(whole) - 20)], name="x.rda")


@given(st.binary(max_size=200))
def test_frames_refuses_what_is_no_workspace(noise: bytes) -> None:
    with pytest.raises(SourceError):
        r_data.frames(b"RDX2\nX\n" + noise, name="x.rda")


def test_frames_refuses_a_packed_file_cut_in_the_middle() -> None:
    with pytest.raises(SourceError, match="cut or damaged"):
        r_data.frames(gzip.compress(example())[:-30], name="x.rda")


def test_frames_reads_the_compact_vectors_of_newer_r() -> None:
    wrapped = compact("wrap_real", struct.pack(">ii", 19, 2) + vector([0.5, 1.5]) + vector([0, 0]))
    columns = {"n": compact("compact_intseq", vector([2.0, 7.0, 1.0])), "x": wrapped}
    frame = r_data.frames(workspace(x=data_frame(columns, 2)), name="x.rda")["x"]
    assert frame.rows() == [(7, 0.5), (8, 1.5)]


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("compact_intseq", vector([1e12, 1.0, 1.0])),
        ("compact_intseq", vector(["a", "b", "c"])),
        ("wrap_real", vector([1, 2])),
        ("mmap_real", vector([1, 2])),
    ],
)
def test_frames_refuses_compact_vectors_that_make_no_sense(kind: str, state: bytes) -> None:
    columns = {"n": compact(kind, state)}
    with pytest.raises(SourceError, match="cut or damaged"):
        r_data.frames(workspace(x=data_frame(columns, 2)), name="x.rda")


def test_frames_refuses_a_workspace_without_a_data_frame() -> None:
    with pytest.raises(SourceError, match=r"holds no data frame \(numbers\)"):
        r_data.frames(workspace(numbers=vector([1, 2])), name="x.rda")


def test_frames_refuses_what_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(r_data, "LARGEST", 1000)
    columns = {"x": vector(list(range(500)))}
    with pytest.raises(SourceError, match="unpacks to more than 1,000 bytes"):
        r_data.frames(gzip.compress(workspace(x=data_frame(columns, 500))), name="x.rda")


@pytest.mark.parametrize(
    ("limit", "said"),
    [("OBJECTS", "over 100 objects"), ("TEXTS", "over 100 different texts")],
)
def test_frames_refuses_more_than_any_table_holds(
    monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(r_data, limit, 100)
    columns = {f"c{at}": vector([f"text {at}", f"more {at}"]) for at in range(200)}
    with pytest.raises(SourceError, match=said):
        r_data.frames(workspace(x=data_frame(columns, 2)), name="x.rda")


def test_frames_refuses_long_sequences_in_many_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(r_data, "LONGEST", 1000)
    columns = {f"c{at}": compact("compact_intseq", vector([400.0, 1.0, 1.0])) for at in range(3)}
    with pytest.raises(SourceError, match="over 1,000 values in sequences"):
        r_data.frames(workspace(x=data_frame(columns, 400)), name="x.rda")


@pytest.mark.filterwarnings("ignore:Missing constructor for R class")
def test_frames_agrees_with_the_rdata_package() -> None:
    rdata = pytest.importorskip("rdata")
    path = shared("data/voeten/un_roll_call_issues.rda")
    theirs = rdata.read_rda(path)["un_roll_call_issues"]
    ours = r_data.frames(path.read_bytes(), name=path.name)["un_roll_call_issues"]
    assert ours.columns == list(theirs.columns)
    for column in ours.columns:
        assert ours[column].to_list() == theirs[column].to_list()


def test_frames_reads_real_integers_with_missing_ones() -> None:
    path = shared("data/voeten/un_roll_calls.rda")
    frame = r_data.frames(path.read_bytes(), name=path.name)["un_roll_calls"]
    assert frame.height == 6203
    assert frame["date"].dtype == pl.Date
    assert (frame["date"].min(), frame["date"].max()) == (date(1946, 1, 1), date(2020, 1, 14))
    assert set(frame["amend"]) == {0, 1, None}
