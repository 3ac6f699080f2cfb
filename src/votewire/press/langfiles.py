"""The data files of the languages, lang/**/*.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

__all__ = ["folders_with", "read_toml"]

# Beside this file: importlib.resources would add 10 ms to every start of the command line.
_FOLDER = Path(__file__).parent / "lang"


def read_toml(*path: str) -> dict[str, Any]:
    """The tables of lang/<path>."""
    return tomllib.loads(_FOLDER.joinpath(*path).read_text(encoding="utf-8"))


def folders_with(name: str) -> tuple[str, ...]:
    """The languages that have the file lang/<code>/<name>, sorted."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob(f"*/{name}")))
