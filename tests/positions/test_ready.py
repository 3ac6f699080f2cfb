"""The fit that comes with the package: of the shipped record, read without fitting, or not used."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import votewire
from tests.positions.made import RECORD, WITHIN
from votewire.positions import Fit, ready
from votewire.positions.making import settings_of
from votewire.positions.ready import READY, fit_for
from votewire.record import Selection


def copied(folder: Path) -> Path:
    for path in (READY, READY.with_suffix(".json")):
        shutil.copy(path, folder)
    return folder / READY.name


def no_fit(*given: object, **settings: object) -> Fit:
    raise AssertionError("fitted")


def test_ready_fit_is_of_the_shipped_record() -> None:
    found = ready.ready(RECORD)
    assert found is not None
    assert found.record_hash == RECORD.hash
    settings = {**found.settings, "draws": 0, "seed": 0}
    assert settings == settings_of(Selection())
    assert READY.stat().st_size < 600_000


def test_ready_fit_has_every_session_and_an_order_that_is_known() -> None:
    found = ready.ready(RECORD)
    assert found is not None
    table = found.table(["USA", "SUN", "CUB", "GBR"])
    assert found.periods[0] == "1"
    assert len(found.periods) == 79
    assert found.casts == found.n_casts.sum()
    mean = {row["state"]: row["mean"] for row in table.filter(session=45).to_dicts()}
    assert mean["USA"] > mean["GBR"] > mean["SUN"] > mean["CUB"]


def test_ready_fit_of_another_record_is_not_used(tmp_path: Path) -> None:
    path = copied(tmp_path)
    said = json.loads(path.with_suffix(".json").read_text())
    path.with_suffix(".json").write_text(json.dumps(said | {"record": "ab" * 32}))
    notes: list[str] = []
    assert ready.ready(RECORD, note=notes.append, path=path) is None
    assert notes == []


@pytest.mark.parametrize("ending", [".npz", ".json"])
def test_ready_fit_that_is_damaged_is_not_used_and_noted(tmp_path: Path, ending: str) -> None:
    path = copied(tmp_path)
    damaged = path.with_suffix(ending)
    damaged.write_bytes(damaged.read_bytes()[:-40])
    notes: list[str] = []
    assert ready.ready(RECORD, note=notes.append, path=path) is None
    assert len(notes) == 1


def test_ready_fit_answers_default_questions_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "fit", no_fit)
    assert fit_for(RECORD, tmp_path, version="1").periods[-1] == "80"
    for settings in ({"within": WITHIN}, {"anew": True}, {"dims": 2}, {"draws": 50}):
        with pytest.raises(AssertionError, match="fitted"):
            fit_for(RECORD, tmp_path, version="1", **settings)
    assert list(tmp_path.iterdir()) == []


def test_ready_fit_needs_no_numba(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['numba'] = sys.modules['scipy'] = None\n"
        "import votewire\n"
        "from votewire.positions.ready import ready\n"
        "fit = ready(votewire.open_record())\n"
        "print(fit.shifts(['USA'])['rank'].len(), votewire.positions.fit.__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert done.stdout == "78 fit\n"


def test_ready_build_writes_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ready.ready(RECORD)
    assert made is not None
    monkeypatch.setattr(ready, "fit", lambda *given, **settings: made)
    monkeypatch.setattr(ready, "false_moves", lambda record: made.facts["placebo"])
    path, _ = ready.build(votewire.open_record(), tmp_path)
    again = ready.ready(RECORD, path=path)
    assert again is not None
    assert again.table().equals(made.table())
    assert path.read_bytes() == READY.read_bytes()
