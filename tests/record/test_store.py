import json
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.record.small import compiled, roll, rollcall, ukraine
from votewire import states
from votewire.errors import RecordDamaged
from votewire.record import Choice, open_record
from votewire.record.store import content_hash, pack

DAY = date(2024, 5, 1)


def test_store_round_trip_keeps_every_fact(tmp_path: Path) -> None:
    made = ukraine()
    pack(made, tmp_path)
    opened = open_record(tmp_path)
    assert_frame_equal(opened.rollcalls, made.rollcalls)
    assert_frame_equal(opened.sources, made.sources)
    assert np.array_equal(opened.choices, made.choices)
    assert opened.hash == content_hash(made)
    assert opened.quarantine.is_empty()


@given(marks=st.lists(st.sampled_from(list(Choice)[:4]), min_size=1, max_size=30))
def test_store_round_trip_of_any_roll(marks: list[Choice], tmp_path_factory: object) -> None:
    folder = tmp_path_factory.mktemp("record")  # type: ignore[attr-defined]
    members = sorted(states.members_on(DAY))
    choices = roll(DAY, dict(zip(members, marks, strict=False)))
    pack(compiled([(rollcall("A/RES/78/901", DAY, choices), choices)]), folder)
    assert np.array_equal(open_record(folder).matrix().values[0], choices)


def test_store_same_input_gives_same_bytes(tmp_path: Path) -> None:
    pack(ukraine(), tmp_path / "a")
    pack(ukraine(), tmp_path / "b")
    for file in sorted((tmp_path / "a").iterdir()):
        assert file.read_bytes() == (tmp_path / "b" / file.name).read_bytes(), file.name


def test_store_hash_follows_one_changed_cast() -> None:
    made = ukraine()
    choices = made.choices.copy()
    choices[0, states.codes().index("BRA")] = Choice.YES
    changed = type(made)(**{f: getattr(made, f) for f in made.__slots__} | {"choices": choices})
    assert content_hash(changed) != content_hash(made)


def test_store_refuses_a_changed_file(tmp_path: Path) -> None:
    pack(ukraine(), tmp_path)
    frame = pl.read_parquet(tmp_path / "rollcalls.parquet")
    frame.head(1).write_parquet(tmp_path / "rollcalls.parquet")
    with pytest.raises(RecordDamaged, match="changed since the record was packed"):
        open_record(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", json.dumps({"format": 99})])
def test_store_refuses_a_manifest_that_is_none(tmp_path: Path, content: str) -> None:
    pack(ukraine(), tmp_path)
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(RecordDamaged):
        open_record(tmp_path)


def test_store_refuses_a_folder_without_a_record(tmp_path: Path) -> None:
    with pytest.raises(RecordDamaged, match="no record here"):
        open_record(tmp_path)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"yes": 7}, "totals say 7-"),
        ({"members": 192}, "of 192 members"),
        ({"date": date(1950, 5, 1)}, "other states than the members"),
        ({"roll": "none"}, "has casts although it has no roll"),
        ({"chamber": "SC"}, "Council members, not 15"),
        ({"symbol": "A/RES/788/903"}, "names session 788, but the vote is of session 78"),
        ({"symbol": "A/RES/61/3", "session": "61"}, "session 61 cannot have met on 2024"),
    ],
)
def test_opening_sets_a_broken_rollcall_aside(tmp_path: Path, changed: dict, reason: str) -> None:
    choices = roll(DAY, {"USA": Choice.NO, "FRA": Choice.YES})
    good = rollcall("A/RES/78/902", DAY, choices)
    broken = rollcall("A/RES/78/903", DAY, choices, **changed)
    pack(compiled([(good, choices), (broken, choices)]), tmp_path)
    opened = open_record(tmp_path)
    assert opened.rollcalls["symbol"].to_list() == ["A/RES/78/902"]
    assert opened.choices.shape[0] == 1
    assert reason in opened.quarantine["reason"][0]
    assert opened.quarantine["source_key"].to_list() == ["MADE-A/RES/78/903"]
