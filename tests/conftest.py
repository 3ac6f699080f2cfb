"""What every test shares: no network, and the way to real data that is not committed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("VOTEWIRE_SHARED", ROOT.parent / "shared"))

# Wall-clock deadlines fail on a busy machine; speed is measured in bench/. What guards a change
# tries the same examples each time, so that one commit has one answer; a developer's run looks
# for new ones.
settings.register_profile("votewire", deadline=None)
settings.register_profile("votewire-ci", deadline=None, derandomize=True)
settings.load_profile("votewire-ci" if "VOTEWIRE_CI" in os.environ else "votewire")


@pytest.fixture(autouse=True)
def _no_network(socket_disabled: None) -> None:
    """Blocks the network in every test."""


@pytest.fixture(autouse=True)
def _own_data_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps a developer's own layer of the record out of the tests, and theirs out of it."""
    monkeypatch.setenv("VOTEWIRE_DATA_DIR", str(tmp_path / "votewire-data"))


def shared(path: str) -> Path:
    """The path of a real source file beside the checkout, or a skip that says what is missing."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"needs the real data: ../shared/{path} is not beside this checkout")
    return found
