"""The record as files to take: made once, when first asked for, and named by their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from votewire.record import Record
from votewire.record.export import export

__all__ = ["Download", "downloads", "path_of"]

_KINDS = {".csv": "CSV", ".parquet": "Parquet", ".json": "JSON", ".txt": "text"}
_SUMS = "SHA256SUMS.txt"
_making = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file: its name, its kind for people, its size in bytes and its SHA-256."""

    name: str
    kind: str
    size: int
    sha256: str


def downloads(record: Record) -> tuple[Download, ...]:
    """Every table of the record as CSV and Parquet, their datapackage.json, the list of sums."""
    with _making:
        return _made(record)[1]


def path_of(record: Record, name: str) -> tuple[Path, Download] | None:
    """Where a file lies, and what it is; None for a name that is not one of them."""
    with _making:
        folder, files = _made(record)
    for file in files:
        if file.name == name:
            return Path(folder.name) / name, file
    return None


@lru_cache(maxsize=1)
def _made(record: Record) -> tuple[TemporaryDirectory[str], tuple[Download, ...]]:
    # The folder is kept as long as the answer is, and goes with the process.
    folder = TemporaryDirectory(prefix="votewire-")
    files = [_described(path) for path in export(record, Path(folder.name))]
    sums = Path(folder.name) / _SUMS
    lines = [f"{file.sha256}  {file.name}\n" for file in files]
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    return folder, (*files, _described(sums))


def _described(path: Path) -> Download:
    content = path.read_bytes()
    return Download(
        name=path.name,
        kind=_KINDS[path.suffix],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
