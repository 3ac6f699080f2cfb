"""A record made of its sources, put in a folder of its own: read, merge, pack."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from votewire import files
from votewire.errors import UsageError

__all__ = ["build_record"]


def build_record(data: Path, out: Path, *, sources: Path | None = None) -> dict[str, Any]:
    """Compiles a record from source files, packs it in the folder `out`, returns its manifest.

    data: folder that the paths in the table of sources start from. The folder appears whole or not
    at all; a record that was there is replaced, and nothing else is. Raises UsageError and
    SourceError.
    """
    from votewire.record.compile import SOURCES_FILE, compile_record
    from votewire.record.store import pack

    _refuse_other(out)
    compiled = compile_record(sources or SOURCES_FILE, data)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=out.parent) as beside:
            manifest = pack(compiled, Path(beside) / "record")
            _exchange(Path(beside) / "record", out, Path(beside) / "old")
    except OSError as error:
        raise UsageError(f"{out}: no record can be written there ({error.strerror}).") from None
    return manifest


def _refuse_other(out: Path) -> None:
    """Raises UsageError where a record would take the place of something else."""
    from votewire.record.store import NAMES

    if files.is_absent(out):
        return
    try:
        others = sorted({path.name for path in out.iterdir()} - set(NAMES))
    except OSError as error:
        raise UsageError(f"{out}: no record can be written there ({error.strerror}).") from None
    if others:
        raise UsageError(
            f"{out} holds other files than a record's, such as {others[0]}. Name a new folder."
        )


def _exchange(new: Path, place: Path, aside: Path) -> None:
    """Puts a folder in a place; what was there is put aside, and put back where that fails."""
    if not files.is_absent(place):
        place.replace(aside)
    try:
        new.replace(place)
    except OSError:
        if not files.is_absent(aside):
            aside.replace(place)
        raise
