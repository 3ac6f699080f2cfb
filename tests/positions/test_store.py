"""Fits on disk: what comes back is what was kept, or nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disk import FAULTS, disk
from tests.positions.made import fit, sampled
from votewire.positions import headed
from votewire.positions.result import Fit
from votewire.positions.store import Recipe, kept_or_made, load, save

RECIPE = Recipe(
    record_hash="ab" * 32, version="1.2", settings={"within": {"chamber": "GA", "since": None}}
)


def same(one: Fit, other: Fit) -> bool:
    """Whether two fits have the same figures to four decimals, and all else alike."""
    arrays = [f.name for f in fields(Fit) if isinstance(getattr(one, f.name), np.ndarray)]
    pairs = [(getattr(one, name), getattr(other, name)) for name in arrays if name != "sample"]
    pairs += [(getattr(one.texts, n), getattr(other.texts, n)) for n in ("rows", "beta", "cut")]
    if not all(np.allclose(a, b, rtol=0, atol=5.1e-5, equal_nan=True) for a, b in pairs):
        return False
    plain = [f.name for f in fields(Fit) if f.name not in (*arrays, "texts", "sample")]
    return all(getattr(one, name) == getattr(other, name) for name in plain)


def made_once() -> tuple[Callable[[], Fit], list[int]]:
    calls: list[int] = []

    def make() -> Fit:
        calls.append(1)
        return fit()

    return make, calls


def test_store_gives_back_what_was_kept(tmp_path: Path) -> None:
    save(fit(), tmp_path, RECIPE)
    found = load(tmp_path, RECIPE)
    assert found is not None
    assert same(found, fit())
    assert found.first.tolist() == fit().first.tolist()


@pytest.mark.parametrize("dims", [1, 2, 3])
def test_store_keeps_every_dimension_and_no_draws(tmp_path: Path, dims: int) -> None:
    save(sampled(dims), tmp_path, RECIPE)
    found = load(tmp_path, RECIPE)
    assert found is not None
    assert same(found, replace(sampled(dims), sample=None))
    assert found.sample is None


def test_store_first_answer_is_that_of_later_ones(tmp_path: Path) -> None:
    make, _ = made_once()
    first, second = (kept_or_made(tmp_path, RECIPE, make).table() for _ in range(2))
    assert first.equals(second)


def test_store_same_fit_same_bytes(tmp_path: Path) -> None:
    one, other = (save(fit(), tmp_path / name, RECIPE) for name in "ab")
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()
    assert sorted(p.suffix for p in one.parent.iterdir()) == [".json", ".npz"]


def test_store_other_record_or_settings_have_another_name() -> None:
    others = (
        replace(RECIPE, record_hash="cd" * 32),
        replace(RECIPE, settings={"within": {"chamber": "GA", "since": "2015-01-01"}}),
        replace(RECIPE, settings={}),
    )
    assert len({RECIPE.name, *(other.name for other in others)}) == 4
    swapped = {"within": {"since": None, "chamber": "GA"}}
    assert replace(RECIPE, settings=swapped).name == RECIPE.name


def test_store_makes_once(tmp_path: Path) -> None:
    make, calls = made_once()
    first, second = (kept_or_made(tmp_path / "new" / "folder", RECIPE, make) for _ in range(2))
    assert calls == [1]
    assert same(first, second)


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("format", 99, "states the format 99"),
        ("version", "0.0.1", "states the version '0.0.1'"),
        ("record", "cd" * 32, "states the record"),
        ("settings", {}, "states the settings"),
        ("sha256", "0", "states the SHA-256"),
    ],
)
def test_store_file_of_another_kind_is_made_anew_with_a_note(
    tmp_path: Path, name: str, value: object, why: str
) -> None:
    path = save(fit(), tmp_path, RECIPE).with_suffix(".json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))
    notes: list[str] = []
    make, calls = made_once()
    kept_or_made(tmp_path, RECIPE, make, note=notes.append)
    assert calls == [1]
    assert len(notes) == 1
    assert why in notes[0]
    assert "made anew" in notes[0]
    assert load(tmp_path, RECIPE, note=notes.append) is not None
    assert len(notes) == 1


@pytest.mark.parametrize("ending", [".npz", ".json"])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"[]", b"{}", b"\xff\xfe"])
def test_store_damaged_file_is_not_used(tmp_path: Path, ending: str, content: bytes) -> None:
    save(fit(), tmp_path, RECIPE).with_suffix(ending).write_bytes(content)
    notes: list[str] = []
    assert load(tmp_path, RECIPE, note=notes.append) is None
    assert len(notes) == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_store_one_wrong_bit_is_seen(tmp_path: Path, where: float, bit: int) -> None:
    path = save(fit(), tmp_path, RECIPE)
    content = bytearray(path.read_bytes())
    content[int(where * len(content))] ^= 1 << bit
    path.write_bytes(content)
    assert load(tmp_path, RECIPE) is None


@pytest.mark.parametrize("name", ["mean", "shift_sd", "state", "n_casts", "beta", "cut", "times"])
@pytest.mark.parametrize("wrong", ["short", "missing"])
def test_store_arrays_that_do_not_fit_are_not_used(tmp_path: Path, name: str, wrong: str) -> None:
    path = save(fit(), tmp_path, RECIPE)
    with np.load(path) as file:
        arrays = {key: file[key] for key in file.files}
    if wrong == "missing":
        del arrays[name]
    else:
        arrays[name] = arrays[name][..., :-1]
    np.savez_compressed(path, **arrays)
    said = path.with_suffix(".json")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    said.write_text(json.dumps(json.loads(said.read_text()) | {"sha256": digest}))
    notes: list[str] = []
    assert load(tmp_path, RECIPE, note=notes.append) is None
    assert len(notes) == 1


def test_store_figures_that_are_not_finite_are_not_kept(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not finite"):
        save(replace(fit(), mean=np.full_like(fit().mean, np.nan)), tmp_path, RECIPE)


def test_store_place_that_cannot_be_written_to_loses_no_fit(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    notes: list[str] = []
    make, _ = made_once()
    assert same(kept_or_made(blocked, RECIPE, make, note=notes.append), fit())
    assert "not kept" in notes[-1]


@pytest.mark.parametrize("error", FAULTS, ids=["full", "broken"])
def test_store_fault_at_any_write_gives_the_old_fit_or_the_new_or_none(
    tmp_path: Path, error: int
) -> None:
    with disk(fails=0) as counting:
        save(fit(), tmp_path, RECIPE)
    for fails in range(1, len(counting.calls) + 1):
        save(fit(), tmp_path, RECIPE)
        with disk(fails, error), contextlib.suppress(OSError):
            save(fit(0.5), tmp_path, RECIPE)
        found = load(tmp_path, RECIPE)
        assert found is None or same(found, fit()) or same(found, fit(0.5))
        save(fit(0.5), tmp_path, RECIPE)
        assert same(load(tmp_path, RECIPE), fit(0.5))


@pytest.mark.parametrize(
    "head", [b"", b"[]", b"\xff\xfe", b"[" * 200_000, b'{"sha256": null}', b"null"]
)
def test_store_head_that_is_none_is_not_used_and_noted(tmp_path: Path, head: bytes) -> None:
    path = save(fit(), tmp_path, RECIPE)
    path.with_suffix(".json").write_bytes(head)
    notes: list[str] = []
    assert load(tmp_path, RECIPE, note=notes.append) is None
    assert len(notes) == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04" + bytes(100), bytes(1000)])
def test_store_arrays_of_the_right_hash_that_are_none_are_not_used(
    tmp_path: Path, content: bytes
) -> None:
    path = save(fit(), tmp_path, RECIPE)
    head = headed.head_of(path)
    head.pop("sha256")
    headed.write(path, content, head)
    notes: list[str] = []
    assert load(tmp_path, RECIPE, note=notes.append) is None
    assert len(notes) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes that have a name")
def test_store_pipe_in_the_folder_is_not_waited_for(tmp_path: Path) -> None:
    path = save(fit(), tmp_path, RECIPE)
    for kept in (path, path.with_suffix(".json")):
        kept.unlink()
        os.mkfifo(kept)
        assert load(tmp_path, RECIPE) is None
        kept.unlink()
        save(fit(), tmp_path, RECIPE)
