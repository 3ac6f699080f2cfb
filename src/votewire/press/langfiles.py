"""The data files of the languages, lang/**; a folder is a language that is read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["folders_with", "languages_read", "read_toml", "read_words"]

# Beside this file: importlib.resources would add 10 ms to every start of the command line.
_FOLDER = Path(__file__).parent / "lang"


def read_toml(*path: str) -> dict[str, Any]:
    """The tables of lang/<path>."""
    return tomllib.loads(_FOLDER.joinpath(*path).read_text(encoding="utf-8"))


def folders_with(name: str) -> tuple[str, ...]:
    """The languages that have the file lang/<code>/<name>, sorted."""
    return tuple(sorted(path.parent.name for path in _FOLDER.glob(f"*/{name}")))


@cache
def languages_read() -> tuple[str, ...]:
    """The codes of the languages that are read: each is a folder of data files."""
    return tuple(sorted(folder.name for folder in _FOLDER.iterdir() if folder.is_dir()))


def read_words(*path: str) -> Iterator[tuple[str, list[str]]]:
    """The lines of lang/<path>, each a code and the words after it; parsed faster than a table."""
    for line in _FOLDER.joinpath(*path).read_text(encoding="utf-8").splitlines():
        code, *words = line.split()
        if code != "#":
            yield code, words
