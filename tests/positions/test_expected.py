"""The kept surprises: read for the record they are of, and for no other; broken files are told."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import votewire
from votewire.positions import expected
from votewire.positions.expected import SHIPPED, read_surprises, surprises
from votewire.positions.expecting import casts_of
from votewire.positions.keeping import STANDING, read_standing, write_standing
from votewire.positions.shrinking import rounded
from votewire.record import Record

RECORD = votewire.open_record()
FOUND = read_surprises(RECORD, SHIPPED)


class Other:
    """A record that is the shipped one but for its hash."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self.hash = "0" * 64

    def __getattr__(self, name: str) -> object:
        return getattr(self._record, name)


def test_expected_ships_a_figure_for_every_cast() -> None:
    assert FOUND is not None
    casts = casts_of(RECORD)
    assert len(FOUND.bits) == len(casts["row"]) > 1_000_000
    made = RECORD.choices[FOUND.row, FOUND.state]
    assert np.array_equal(made, FOUND.choice)
    for dims in (1, 3):
        bits, low, high = FOUND.figures(dims)
        assert (low >= 0).all()
        assert (low <= bits).all()
        assert (bits <= high).all()


def test_expected_figures_come_true() -> None:
    """Surprising casts are as rare as their bits say: 2 ** -bits sums to what it should."""
    assert FOUND is not None
    for dims in (1, 3):
        assembly = FOUND.figures(dims).bits[~FOUND.council]
        for least, rare in ((np.log2(100), 0.01), (np.log2(1000), 0.001)):
            share = float((assembly > least).mean())
            assert 0.1 * rare < share < rare  # of two other choices, both must be rarer still


def test_expected_figures_are_better_with_three_dimensions() -> None:
    assert FOUND is not None
    one, three = (FOUND.figures(dims).bits[~FOUND.council].mean() for dims in (1, 3))
    assert 0.25 < three < 0.8 * one < 0.4


def test_expected_files_are_small() -> None:
    assert (SHIPPED / "surprise.parquet").stat().st_size < 850_000
    assert (SHIPPED / "standing.npz").stat().st_size < 250_000


def test_expected_is_not_read_for_another_record() -> None:
    assert read_surprises(Other(RECORD), SHIPPED) is None  # type: ignore[arg-type]
    assert read_standing(Other(RECORD), SHIPPED, STANDING) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("damage", ["cut", "changed", "head", "format"])
def test_expected_says_that_a_file_is_broken(tmp_path: Path, damage: str) -> None:
    for suffix in (".parquet", ".json"):
        shutil.copy(SHIPPED / f"surprise{suffix}", tmp_path)
    data, head = tmp_path / "surprise.parquet", tmp_path / "surprise.json"
    if damage == "cut":
        data.write_bytes(data.read_bytes()[:1000])
    elif damage == "changed":
        data.write_bytes(data.read_bytes()[:-1] + b"x")
    elif damage == "head":
        head.write_text("{", encoding="utf-8")
    else:
        head.write_text(json.dumps(json.loads(head.read_text()) | {"format": 0}), encoding="utf-8")
    notes: list[str] = []
    assert read_surprises(RECORD, tmp_path, note=notes.append) is None
    assert len(notes) == (damage != "format")
    assert all("surprise.parquet is not used" in note for note in notes)


def test_expected_of_another_record_are_made_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FOUND is not None
    found = replace(FOUND, bits=FOUND.bits + np.float32(0.01))
    calls = []
    standing = read_standing(RECORD, SHIPPED, STANDING)

    def expect(record: Record, *, on_day: object) -> object:
        calls.append(record)
        return found, standing

    monkeypatch.setattr(expected, "expect", expect)
    other = Other(RECORD)
    first, second = (surprises(other, tmp_path) for _ in range(2))  # type: ignore[arg-type]
    assert len(calls) == 1
    assert np.array_equal(first.bits, second.bits)
    assert np.array_equal(first.bits, rounded(found).bits)
    assert {path.suffix for path in tmp_path.iterdir()} == {".parquet", ".json", ".npz"}


def test_expected_where_nothing_can_be_written_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = read_standing(RECORD, SHIPPED, STANDING)
    monkeypatch.setattr(expected, "expect", lambda record, on_day: (FOUND, standing))
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    notes: list[str] = []
    assert surprises(Other(RECORD), file, note=notes.append) is not None  # type: ignore[arg-type]
    assert "cannot be written to" in notes[-1]


def test_keeping_gives_back_what_was_kept(tmp_path: Path) -> None:
    standing = read_standing(RECORD, SHIPPED, STANDING)
    assert standing is not None
    write_standing(standing, RECORD, tmp_path, "again")
    again = read_standing(RECORD, tmp_path, "again")
    assert again is not None
    assert np.array_equal(again.states.var, standing.states.var)
    assert all(np.array_equal(again.texts[key][1], standing.texts[key][1]) for key in again.texts)
    assert again.texts.keys() == standing.texts.keys()
    notes: list[str] = []
    (tmp_path / "again.npz").write_bytes(b"no")
    assert read_standing(RECORD, tmp_path, "again", note=notes.append) is None
    assert "SHA-256" in notes[0]
