"""A worker gives memory back where the C library lets it, and is left alone elsewhere."""

from __future__ import annotations

import platform
import sys

import pytest

from votewire.web.memory import give_back


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="needs the GNU C library")
def test_memory_glibc_takes_the_thresholds() -> None:
    assert give_back()


def test_memory_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr("ctypes.CDLL", None)  # would raise if it were asked
    assert not give_back()
