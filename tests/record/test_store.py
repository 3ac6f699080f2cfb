import hashlib
import io
import json
import os
import tempfile
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from tests.disk import FAULTS, disk
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
        ({"symbol": "A/RES/61/3", "session": "61"}, "names session 61, which did not vote on 2024"),
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


def packed_anew(folder: Path, name: str, content: bytes, **changed: object) -> None:
    """A record of which one file is another, with its hash, and the manifest says other things."""
    pack(ukraine(), folder)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    manifest["files"][name] = hashlib.sha256(content).hexdigest()
    for key, value in changed.items():
        manifest.pop(key) if value is ... else manifest.update({key: value})
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / name).write_bytes(content)


def rollcalls(**changed: object) -> bytes:
    """The rollcalls' file with other columns; None leaves one out."""
    file = io.BytesIO()
    with tempfile.TemporaryDirectory() as folder:
        pack(ukraine(), Path(folder))
        frame = pl.read_parquet(Path(folder) / "rollcalls.parquet")
    gone = [name for name, value in changed.items() if value is None]
    new = {name: value for name, value in changed.items() if value is not None}
    frame.drop(gone).with_columns(**new).write_parquet(file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"PAR1", b"PAR1PAR1", bytes(range(256)) * 8, b"PAR1" + bytes(500) + b"PAR1"]
)
@pytest.mark.parametrize("name", ["rollcalls", "sources", "disagreements", "quarantine"])
def test_store_refuses_parquet_of_the_right_hash_that_is_none(
    tmp_path: Path, name: str, content: bytes
) -> None:
    packed_anew(tmp_path, f"{name}.parquet", content)
    with pytest.raises(RecordDamaged, match=f"{name}.parquet: no Parquet file"):
        getattr(open_record(tmp_path), name)


@pytest.mark.parametrize(
    "changed",
    [
        *({name: pl.lit(5)} for name in ("symbol", "title", "id", "date", "choices")),
        *({name: None} for name in ("title", "choices", "yes")),
        {"choices": pl.lit(None, dtype=pl.Binary)},
        {"chamber": pl.lit("XX")},
        {"kind": pl.lit("")},
        {"id": pl.lit("one")},
        {"date": pl.lit(None, dtype=pl.Date)},
        {"date": pl.lit(5_000_000).cast(pl.Int32).cast(pl.Date)},
        {"date": pl.lit(date(1066, 10, 14))},
        {"agenda": pl.lit(None, dtype=pl.List(pl.String))},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_store_refuses_a_table_of_the_right_hash_that_is_another(
    tmp_path: Path, changed: dict[str, object]
) -> None:
    packed_anew(tmp_path, "rollcalls.parquet", rollcalls(**changed))
    with pytest.raises(RecordDamaged):
        open_record(tmp_path)


@pytest.mark.parametrize("value", [..., None, 5, "x", [5], {"a": 5}], ids=repr)
@pytest.mark.parametrize(
    "key", ["files", "hash", "complete_to", "failed_complete_to", "sources", "states", "format"]
)
def test_store_refuses_a_manifest_that_does_not_say_all(
    tmp_path: Path, key: str, value: object
) -> None:
    packed_anew(tmp_path, "rollcalls.parquet", rollcalls(), **{key: value})
    if (key, value) == ("hash", "x"):
        assert open_record(tmp_path).hash == "x"  # `record verify` takes it anew
        return
    with pytest.raises(RecordDamaged):
        open_record(tmp_path)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[" * 200_000, b'{"format": ' + b"[" * 200_000]
)
def test_store_refuses_a_manifest_that_is_no_text(tmp_path: Path, content: bytes) -> None:
    pack(ukraine(), tmp_path)
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(RecordDamaged, match="not readable as JSON"):
        open_record(tmp_path)


def test_store_refuses_a_file_where_a_folder_belongs(tmp_path: Path) -> None:
    (tmp_path / "record").write_text("")
    with pytest.raises(RecordDamaged, match="no record here"):
        open_record(tmp_path / "record")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
@pytest.mark.parametrize("name", ["manifest.json", "rollcalls.parquet"])
def test_store_does_not_wait_for_a_pipe(tmp_path: Path, name: str) -> None:
    pack(ukraine(), tmp_path)
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    with pytest.raises(RecordDamaged, match=f"{name}: cannot be read"):
        open_record(tmp_path)


def test_store_a_record_whose_sources_tell_of_no_chamber_reaches_to_its_last_vote(
    tmp_path: Path,
) -> None:
    packed_anew(tmp_path, "rollcalls.parquet", rollcalls(), complete_to={})
    assert open_record(tmp_path).complete_to == {"GA": DAY, "SC": date(1945, 10, 23)}


def test_store_a_record_without_rollcalls_answers_that_there_are_none(tmp_path: Path) -> None:
    pack(compiled([]), tmp_path)
    opened = open_record(tmp_path)
    assert opened.select(state="USA", text="peace", since="2024-01-01").is_empty()
    assert opened.select().is_empty()


@pytest.mark.parametrize("error", FAULTS, ids=["full", "broken"])
def test_store_a_fault_at_any_write_is_an_oserror(tmp_path: Path, error: int) -> None:
    with disk(fails=0) as counting:
        pack(ukraine(), tmp_path)
    failed = 0
    for fails in range(1, len(counting.calls) + 1):
        with disk(fails, error):
            try:
                pack(ukraine(), tmp_path)
            except OSError:
                failed += 1
        assert open_record(tmp_path).rollcalls.height == 2  # the old one or the new, both whole
    assert failed > len(counting.calls) // 2
