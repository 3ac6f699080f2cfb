"""The order of the work: read, merge, pack, open, check, add."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from votewire.config import Settings
from votewire.errors import UsageError
from votewire.record import Record, open_record
from votewire.record.layer import Added, Layer
from votewire.record.overlay import known_casts, overlay
from votewire.record.store import pack

if TYPE_CHECKING:
    from votewire.check import Report

__all__ = [
    "add_files",
    "build_record",
    "check_page",
    "open_record",
    "open_with_layer",
    "user_layer",
]


def check_page(source: bytes, record: Record, *, name: str = "page") -> Report:
    """The report on one news page: its bytes (text or HTML, UTF-8) against a record.

    Raises UnreadablePage where the bytes are no such page.
    """
    # Imported here: `record show` reads no page and should not wait for the reader of pages.
    from votewire import check, press

    return check.check(press.read(source, name=name), record)


def user_layer(settings: Settings) -> Layer:
    """The user's own additions to the record."""
    return Layer(settings.layer_dir)


def open_with_layer(settings: Settings) -> Record:
    """The record in force: the shipped or named one, with the user's additions laid over it."""
    record = open_record(settings.record)
    additions = user_layer(settings).load()
    if not additions:
        return record
    named = [
        (f"own:{entry.sequence}:{entry.source_name}", rollcall)
        for entry, rollcalls in additions
        for rollcall in rollcalls
    ]
    return overlay(record, named, [entry.sha256 for entry, _ in additions])


def add_files(paths: Sequence[Path], settings: Settings, *, today: date) -> Added:
    """Reads source files that belong together and adds their rollcalls to the user's layer.

    Raises SourceError (or one of its kinds) where a file is not what a reader knows, and
    LessThanStored where it brings less than is there; nothing is changed then.
    """
    from votewire.record.readers import detect

    files = [(path.name, _source(path)) for path in paths]
    result = detect.read_files(files)
    record = open_record(settings.record)
    digest = hashlib.sha256(b"".join(source for _, source in files)).hexdigest()
    return user_layer(settings).add(
        result,
        source_name=" ".join(name for name, _ in files),
        sha256=digest,
        read_on=today,
        known=partial(known_casts, record),
    )


def build_record(data: Path, out: Path, *, sources: Path | None = None) -> dict[str, Any]:
    """Compiles a record from source files, packs it in the folder `out`, returns its manifest.

    data: folder that the paths in the table of sources start from. The folder appears whole or not
    at all; a record that was there is replaced. Raises UsageError and SourceError.
    """
    from votewire.record.compile import SOURCES_FILE, compile_record

    compiled = compile_record(sources or SOURCES_FILE, data)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent) as beside:
        manifest = pack(compiled, Path(beside) / "record")
        if out.exists():
            out.replace(Path(beside) / "old")
        (Path(beside) / "record").replace(out)
    return manifest


def _source(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Give the path of a source file.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
