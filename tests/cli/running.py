"""Runs a command line in this process, with the exit code that a shell would see."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass

import pytest

from votewire.cli.main import _status


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command did."""

    status: int
    out: str
    err: str


class Shell:
    """Runs `votewire` with words and, where given, standard input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, stdin: bytes = b"") -> Ran:
        self._monkeypatch.setattr(sys, "argv", ["votewire", *words])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        # Without a process for each page, which takes a second to start from one that has Polars.
        self._monkeypatch.setenv("VOTEWIRE_PAGE_SECONDS", "0")
        self._capsys.readouterr()
        status = _status()
        printed = self._capsys.readouterr()
        return Ran(status, printed.out, printed.err)
