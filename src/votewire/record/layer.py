"""A user's own layer beside the shipped record: what they added, one file for each addition.

An addition is all or nothing, never replaces more with less, and can be undone; the shipped record
is never written to.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from votewire.errors import UsageError
from votewire.record.layer_file import Entry, is_addition, packed, unpacked
from votewire.record.layer_sorting import Known, sort_addition
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall
from votewire.record.write_lock import write_lock

__all__ = ["Added", "Entry", "Known", "Layer"]

_UNDONE = "undone"
_LOCK = ".lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came of an addition, in rollcalls.

    new: not there before. filled: there with fewer casts. beside: there with as many casts, kept as
    another source for the record to compare cast by cast. repeated: already in the layer, the very
    same; not stored again. problems: what the reader would not let in, and rollcalls that are there
    with more casts. entry: the addition, or None where nothing was left to store.
    """

    new: int = 0
    filled: int = 0
    beside: int = 0
    repeated: int = 0
    problems: tuple[Problem, ...] = ()
    entry: Entry | None = None


class Layer:
    """The additions in one folder, which need not exist yet."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def entries(self) -> list[Entry]:
        """The additions, oldest first. Raises RecordDamaged for a file that is not as written."""
        return [entry for entry, _ in self.load()]

    def load(self) -> list[tuple[Entry, tuple[ReadRollcall, ...]]]:
        """The additions with their rollcalls, oldest first. Raises RecordDamaged as `entries`."""
        return [unpacked(path) for path in self._paths()]

    def add(
        self, result: ReadResult, *, source_name: str, sha256: str, read_on: date, known: Known
    ) -> Added:
        """Stores what a reader found, as one addition.

        known: asked once for each rollcall that is not a repeat. Raises LessThanStored, naming both
        counts, where the addition would bring nothing but rollcalls that are there with more casts;
        beside others such rollcalls are left out and listed as problems. Raises UsageError where
        another process is writing or the folder cannot be written, RecordDamaged where an earlier
        addition is damaged.
        """
        with self._writing():
            earlier = self.load()
            sorted_ = sort_addition(result.rollcalls, [rolls for _, rolls in earlier], known)
            sorted_.refuse_less()
            entry = None
            if sorted_.keep:
                name, content = packed(
                    sorted_.keep,
                    sequence=max((past.sequence for past, _ in earlier), default=0) + 1,
                    source_name=source_name,
                    sha256=sha256,
                    read_on=read_on,
                )
                _write(self.directory / name, content)
                entry, _ = unpacked(self.directory / name)
        return Added(
            new=len(sorted_.new),
            filled=len(sorted_.filled),
            beside=len(sorted_.beside),
            repeated=len(sorted_.repeated),
            problems=(*result.problems, *sorted_.problems()),
            entry=entry,
        )

    def undo(self) -> Entry:
        """Takes the last addition back; its file moves to the folder `undone`, nothing is lost.

        Returns the addition with its path there. Raises UsageError where there is none.
        """
        if not self._paths():
            raise UsageError("Your layer of the record is empty: there is nothing to undo.")
        with self._writing():
            entry, _ = unpacked(self._paths()[-1])
            aside = self.directory / _UNDONE
            aside.mkdir(exist_ok=True)
            moved = entry.path.replace(aside / entry.path.name)
            _sync_folder(self.directory)
        return replace(entry, path=moved)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """The lock, with the folder made; a folder that cannot be written is a UsageError."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with write_lock(self.directory / _LOCK):
                yield
        except OSError as error:
            raise UsageError(
                f"Your layer in {self.directory} cannot be written ({error.strerror}); nothing was "
                "changed. Set VOTEWIRE_DATA_DIR to a folder that can."
            ) from error

    def _paths(self) -> list[Path]:
        if not self.directory.is_dir():
            return []
        found = (path for path in self.directory.iterdir() if is_addition(path.name))
        return sorted(found, key=lambda path: (int(path.name.partition("-")[0]), path.name))


def _write(path: Path, content: bytes) -> None:
    """Writes a file that is there whole or not at all, also after a loss of power."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".adding-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Makes a rename last, where the system has a way to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
