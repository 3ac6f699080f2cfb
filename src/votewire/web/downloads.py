"""The record as files to take: made once, when first asked for, and named by their content."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from weakref import WeakSet

from votewire.config import Settings
from votewire.errors import NoRoom
from votewire.record import Record
from votewire.record.export import export
from votewire.web.site import Site

__all__ = ["Download", "clear", "downloads", "path_of"]

_KINDS = {".csv": "CSV", ".parquet": "Parquet", ".json": "JSON", ".txt": "text"}
_SUMS = "SHA256SUMS.txt"
_EXPORTING = """
import sys
from pathlib import Path
from votewire.config import load
from votewire.pipeline import open_with_layer
from votewire.record.export import export
record = open_with_layer(load())
export(record, Path(sys.argv[1]))
print(record.hash)
"""
_making = Lock()
_folders: WeakSet[TemporaryDirectory[str]] = WeakSet()


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file: its name, its kind for people, its size in bytes and its SHA-256."""

    name: str
    kind: str
    size: int
    sha256: str


def downloads(site: Site) -> tuple[Download, ...]:
    """Every table of the record as CSV and Parquet, their datapackage.json, the list of sums."""
    return _whole(site)[1]


def path_of(site: Site, name: str) -> tuple[Path, Download] | None:
    """Where a file lies, and what it is; None for a name that is not one of them."""
    folder, files = _whole(site)
    for file in files:
        if file.name == name:
            return Path(folder.name) / name, file
    return None


def clear() -> None:
    """Deletes the files; who asks for one after that has them made anew.

    For the end of a site: a signal ends its process without more ado, and they would stay.
    """
    with _making:
        for folder in list(_folders):
            folder.cleanup()
        _made.cache_clear()


def _whole(site: Site) -> tuple[TemporaryDirectory[str], tuple[Download, ...]]:
    """The files, made where they are not there: a system clears what was long in such a folder.

    Raises NoRoom where they cannot be made.
    """
    with _making:
        try:
            folder, files = _made(site.record, site.settings)
            if not all((Path(folder.name) / file.name).is_file() for file in files):
                folder.cleanup()
                _made.cache_clear()
                folder, files = _made(site.record, site.settings)
        except (OSError, subprocess.CalledProcessError) as error:
            raise NoRoom(
                "The files cannot be made: this site's disk, or its memory, does not take them. "
                "`votewire record export FOLDER` makes them on your own machine."
            ) from error
    return folder, files


@lru_cache(maxsize=1)
def _made(
    record: Record, settings: Settings
) -> tuple[TemporaryDirectory[str], tuple[Download, ...]]:
    # The folder is kept as long as the answer is, and goes with the process.
    folder = TemporaryDirectory(prefix="votewire-", ignore_cleanup_errors=True)
    place = Path(folder.name)
    _folders.add(folder)
    try:
        return folder, _written(record, settings, place)
    except BaseException:
        folder.cleanup()
        raise


def _written(record: Record, settings: Settings, place: Path) -> tuple[Download, ...]:
    """The files, written to a folder."""
    if _exported_apart(settings, place) != record.hash:  # additions since the site was opened
        export(copy(record), place)  # a copy: the record would keep the table of casts
    files = [_described(path) for path in sorted(place.iterdir())]
    sums = place / _SUMS
    lines = [f"{file.sha256}  {file.name}\n" for file in files]
    sums.write_text("".join(lines), encoding="utf-8", newline="\n")
    return (*files, _described(sums))


def _exported_apart(settings: Settings, folder: Path) -> str:
    """Writes the files in a process of its own; the hash of the record that it found.

    The table of casts takes 80 MB, which a process that serves does not get back.
    """
    record = {"VOTEWIRE_RECORD": str(settings.record)} if settings.record else {}
    environment = {**os.environ, **record, "VOTEWIRE_DATA_DIR": str(settings.data_dir)}
    done = subprocess.run(  # noqa: S603 - this interpreter, with the lines above
        [sys.executable, "-c", _EXPORTING, str(folder)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=environment,
    )
    return done.stdout.strip()


def _described(path: Path) -> Download:
    content = path.read_bytes()
    return Download(
        name=path.name,
        kind=_KINDS[path.suffix],
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
