"""The record as files to take: made once, when first asked for, and named by their content."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from votewire.config import Settings
from votewire.errors import NoRoom
from votewire.record import Record
from votewire.record.export import export

__all__ = ["Download", "Downloads"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file: its name, its kind for people, its size in bytes and its SHA-256."""

    name: str
    kind: str
    size: int
    sha256: str


class Downloads:
    """Every table of a record as CSV and Parquet, their datapackage.json, and the list of sums.

    They are made when they are first asked for, and again where they are not there: a system
    clears what was long in such a folder.
    """

    def __init__(self, record: Record, settings: Settings) -> None:
        self._record, self._settings = record, settings
        self._folder: TemporaryDirectory[str] | None = None
        self._files: tuple[Download, ...] = ()
        self._making = Lock()

    @property
    def files(self) -> tuple[Download, ...]:
        """What there is. Raises NoRoom where the files cannot be made."""
        return self._whole()[1]

    def path_of(self, name: str) -> tuple[Path, Download] | None:
        """Where a file lies, and what it is; None for a name that is not one of them.

        Raises NoRoom where the files cannot be made.
        """
        folder, files = self._whole()
        return next(((folder / file.name, file) for file in files if file.name == name), None)

    def close(self) -> None:
        """Deletes the files; who asks for one after that has them made anew.

        For the end of a site: a signal ends its process without more ado, and they would stay.
        """
        with self._making:
            self._clear()

    def _whole(self) -> tuple[Path, tuple[Download, ...]]:
        with self._making:
            if self._folder is not None:
                place = Path(self._folder.name)
                if all((place / file.name).is_file() for file in self._files):
                    return place, self._files
                self._clear()
            return self._make()

    def _make(self) -> tuple[Path, tuple[Download, ...]]:
        try:
            self._folder = TemporaryDirectory(prefix="votewire-", ignore_cleanup_errors=True)
            place = Path(self._folder.name)
            self._files = self._written(place)
        except (OSError, subprocess.CalledProcessError) as error:
            self._clear()
            raise NoRoom(
                "The files cannot be made: this site's disk, or its memory, does not take them. "
                "`votewire record export FOLDER` makes them on your own machine."
            ) from error
        return place, self._files

    def _written(self, place: Path) -> tuple[Download, ...]:
        # Another hash: additions since the site was opened. A copy is exported then, since the
        # record would keep the table of casts.
        if _exported_apart(self._settings, place) != self._record.hash:
            export(copy(self._record), place)
        files = [_described(path) for path in sorted(place.iterdir())]
        sums = place / _SUMS
        lines = [f"{file.sha256}  {file.name}\n" for file in files]
        sums.write_text("".join(lines), encoding="utf-8", newline="\n")
        return (*files, _described(sums))

    def _clear(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
        self._folder, self._files = None, ()


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
