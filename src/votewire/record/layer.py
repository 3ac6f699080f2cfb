"""A user's own layer beside the shipped record: what they added, one file for each addition.

An addition is all or nothing, never replaces more with less, and can be undone; the shipped record
is never written to.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from votewire import files
from votewire.errors import RecordDamaged, UsageError
from votewire.record.layer_file import Entry, is_addition, packed, understood, unpacked
from votewire.record.layer_sorting import Known, sort_addition
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall

__all__ = ["Added", "Entry", "Known", "Layer"]

_UNDONE = "undone"
_LOCK = ".lock"
_ADDING = ".adding-"  # how files began that older versions were writing
_PRIVATE = 0o600


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
    """The additions in one folder, which need not exist yet.

    wait: seconds that a change waits for another one.
    """

    def __init__(self, directory: Path, *, wait: float = files.WAIT) -> None:
        self.directory = directory
        self._wait = wait

    def entries(self) -> list[Entry]:
        """The additions, oldest first. Raises RecordDamaged for a file that is not as written."""
        return [entry for entry, _ in self.load()]

    def load(self) -> list[tuple[Entry, tuple[ReadRollcall, ...]]]:
        """The additions with their rollcalls, oldest first. Raises RecordDamaged as `entries`."""
        paths = self._paths()
        try:
            return [unpacked(path) for path in paths]
        except RecordDamaged:
            if paths == self._paths():
                raise
        return self.load()  # one of them was taken back meanwhile

    def add(
        self, result: ReadResult, *, source_name: str, sha256: str, read_on: date, known: Known
    ) -> Added:
        """Stores what a reader found, as one addition.

        known: asked once for each rollcall that is not a repeat. Raises LessThanStored, naming both
        counts, where the addition would bring nothing but rollcalls that are there with more casts;
        beside others such rollcalls are left out and listed as problems. Raises UsageError where
        another process goes on writing or the folder cannot be written, SourceError where it is too
        much for one addition, and RecordDamaged where an earlier addition is damaged.
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
                entry, _ = understood(self.directory / name, content)
                files.write(entry.path, content, mode=_PRIVATE)
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
        self._last()
        with self._writing():
            entry, _ = unpacked(self._last())
            aside = self.directory / _UNDONE
            aside.mkdir(exist_ok=True)
            moved = entry.path.replace(aside / entry.path.name)
            files.sync_folder(aside)
            files.sync_folder(self.directory)
        return replace(entry, path=moved)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """The lock, with the folder made; a folder that cannot be written is a UsageError."""
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
            with files.locked(self.directory / _LOCK, wait=self._wait):
                self._sweep()
                yield
        except files.Held as held:
            raise UsageError(
                f"Another votewire{f' ({held.owner})' if held.owner else ''} has been changing "
                f"your layer of the record for {self._wait:g} seconds; nothing was changed. Try "
                "again when it is done."
            ) from None
        except OSError as error:
            raise UsageError(
                f"Your layer in {self.directory} cannot be written ({error.strerror}); nothing was "
                "changed. Set VOTEWIRE_DATA_DIR to a folder that can."
            ) from error

    def _sweep(self) -> None:
        """Removes what was half written when its process ended: whoever writes has the lock."""
        for path in self.directory.iterdir():
            if files.is_part(path.name) or path.name.startswith(_ADDING):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _last(self) -> Path:
        paths = self._paths()
        if not paths:
            raise UsageError("Your layer of the record is empty: there is nothing to undo.")
        return paths[-1]

    def _paths(self) -> list[Path]:
        try:
            found = [path for path in self.directory.iterdir() if is_addition(path.name)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise UsageError(
                f"Your layer in {self.directory} cannot be read ({error.strerror}). Set "
                "VOTEWIRE_DATA_DIR to a folder that can."
            ) from error
        return sorted(found, key=lambda path: (int(path.name.partition("-")[0]), path.name))
