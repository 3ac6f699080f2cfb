"""The record on disk: packing it, opening it, and the hash that names its content.

One folder: `rollcalls.parquet` (one row a rollcall, with the roll as a string of digits in
the order of the manifest's states), `sources.parquet`, `disagreements.parquet`,
`quarantine.parquet` and `manifest.json`. The hash is taken over the facts, not over the files, so
another compression or Parquet version does not change it.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import files, states
from votewire.errors import RecordDamaged
from votewire.record.tables import (
    DISAGREEMENTS,
    QUARANTINE,
    ROLLCALLS,
    SOURCES,
    Chamber,
    Kind,
    Modality,
    Outcome,
    Roll,
    Table,
)
from votewire.states.bounds import FIRST_DAY, LAST_DAY

__all__ = ["NAMES", "SHIPPED", "Compiled", "content_hash", "pack", "unpack", "unpack_table"]

SHIPPED = Path(__file__).parent / "data" / "shipped"
FORMAT = 1

_ROLL = "choices"
_SIDE_TABLES = (SOURCES, DISAGREEMENTS, QUARANTINE)
_MANIFEST = "manifest.json"
NAMES = (_MANIFEST, *(f"{table.name}.parquet" for table in (ROLLCALLS, *_SIDE_TABLES)))
_WORDS = {"chamber": Chamber, "kind": Kind, "outcome": Outcome, "modality": Modality, "roll": Roll}
_TOLD = ("id", "publisher", "title", "origin")  # of each source


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A whole record in memory.

    rollcalls, sources, disagreements, quarantine: frames as `tables` declares them.
    choices: (n_rollcalls, n_states) int8 of Choice codes, columns in the order of `states.codes()`.
    manifest: sources with files and hashes, coverage, counts; plain JSON values.
    """

    rollcalls: pl.DataFrame
    choices: NDArray[np.int8]
    sources: pl.DataFrame
    disagreements: pl.DataFrame
    quarantine: pl.DataFrame
    manifest: Mapping[str, Any]


def content_hash(compiled: Compiled) -> str:
    """SHA-256 over every fact of the record, in a form that no library version changes."""
    digest = hashlib.sha256()
    digest.update(json.dumps(list(states.codes())).encode())
    frames = (compiled.rollcalls, compiled.sources, compiled.disagreements, compiled.quarantine)
    for table, frame in zip((ROLLCALLS, *_SIDE_TABLES), frames, strict=True):
        for row in table.check(frame).iter_rows():
            digest.update(json.dumps(row, default=str, ensure_ascii=False).encode())
            digest.update(b"\n")
    digest.update(np.ascontiguousarray(compiled.choices, dtype=np.int8).tobytes())
    return digest.hexdigest()


def pack(compiled: Compiled, folder: Path) -> dict[str, Any]:
    """Writes the record to `folder` and returns its manifest.

    Same input, same bytes (with the same Polars): rows are sorted by the compiler, and the files
    carry no clock. Raises OSError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rolls = [row.tobytes() for row in np.ascontiguousarray(compiled.choices, dtype=np.int8)]
    packed = ROLLCALLS.check(compiled.rollcalls).with_columns(
        pl.Series(_ROLL, rolls, dtype=pl.Binary)
    )
    _write(packed, folder / "rollcalls.parquet")
    frames = (compiled.sources, compiled.disagreements, compiled.quarantine)
    for table, frame in zip(_SIDE_TABLES, frames, strict=True):
        _write(table.check(frame), folder / f"{table.name}.parquet")
    manifest = {
        **compiled.manifest,
        "format": FORMAT,
        "hash": content_hash(compiled),
        "states": list(states.codes()),
        "files": _hashes(folder, ["rollcalls", *(table.name for table in _SIDE_TABLES)]),
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True, default=str)
    files.write(folder / _MANIFEST, (text + "\n").encode())
    return manifest


def unpack(folder: Path) -> tuple[pl.DataFrame, NDArray[np.int8], dict[str, Any]]:
    """The rollcalls, their choices and the manifest of a packed record.

    Raises RecordDamaged where a file is missing, changed since it was packed, made for another list
    of states, or holds what no record does.
    """
    manifest = _manifest(folder)
    packed = _read(folder, "rollcalls", manifest)
    rollcalls = _checked(ROLLCALLS, packed, folder)
    width = len(states.codes())
    rolls = packed[_ROLL] if packed.schema.get(_ROLL) == pl.Binary else ()
    flat = b"".join(roll or b"" for roll in rolls)
    if len(flat) != packed.height * width:
        raise RecordDamaged(f"{folder}: rolls are not {width} states wide. Reinstall votewire.")
    choices = np.frombuffer(flat, dtype=np.int8).reshape(packed.height, width)
    return rollcalls, choices, manifest


def unpack_table(folder: Path, table: Table) -> pl.DataFrame:
    """One of the side tables (sources, disagreements, quarantine) of a packed record."""
    return _checked(table, _read(folder, table.name, _manifest(folder)), folder)


def _checked(table: Table, frame: pl.DataFrame, folder: Path) -> pl.DataFrame:
    """The frame as the table declares it. Raises RecordDamaged where it is another."""
    try:
        frame = table.check(frame)
    except ValueError as error:
        raise RecordDamaged(f"{folder}: {error}. Build the record again.") from None
    if table is ROLLCALLS:
        held = {name: pl.col(name).is_in(list(words)) for name, words in _WORDS.items()}
        held["date"] = pl.col("date").is_between(FIRST_DAY, LAST_DAY)
        for name, holds in held.items():
            strange = frame.filter(~holds)[name].cast(pl.String)
            if len(strange):
                raise RecordDamaged(
                    f"{folder}: {strange[0]} is no {name} of a rollcall. Build the record again."
                )
    return frame


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / _MANIFEST
    try:
        manifest = json.loads(files.read(path))
    except (FileNotFoundError, NotADirectoryError):
        raise RecordDamaged(
            f"{folder}: no record here (manifest.json is missing). Name a folder that "
            "`votewire record build` wrote."
        ) from None
    except OSError as error:
        raise RecordDamaged(f"{path}: cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError):
        raise RecordDamaged(f"{path}: not readable as JSON. Build the record again.") from None
    if not isinstance(manifest, dict) or "format" not in manifest:
        raise RecordDamaged(f"{path}: not a record's manifest. Build the record again.")
    if manifest["format"] != FORMAT or manifest.get("states") != list(states.codes()):
        raise RecordDamaged(
            f"{folder}: this record was packed by another version of votewire. Build it again with "
            "`votewire record build`, or reinstall votewire."
        )
    if not _says_all(manifest):
        raise RecordDamaged(f"{path}: not a record's manifest. Build the record again.")
    return manifest


def _says_all(told: dict[str, Any]) -> bool:
    """Whether a manifest says all that is asked of one, each in its form."""
    try:
        for days in (told["complete_to"], told["failed_complete_to"]):
            for chamber, day in days.items():
                Chamber(chamber), date.fromisoformat(day)
        texts = [told["hash"], *(source[name] for source in told["sources"] for name in _TOLD)]
        texts += [*told["files"].values(), *told.get("gaps", [])]
        return all(isinstance(text, str) for text in texts)
    except (LookupError, TypeError, ValueError, AttributeError):
        return False


def _read(folder: Path, name: str, manifest: Mapping[str, Any]) -> pl.DataFrame:
    path = folder / f"{name}.parquet"
    try:
        source = files.read(path)
    except FileNotFoundError:
        raise RecordDamaged(f"{path}: missing. Build the record again, or reinstall.") from None
    except OSError as error:
        raise RecordDamaged(f"{path}: cannot be read ({error.strerror}).") from None
    if hashlib.sha256(source).hexdigest() != manifest["files"].get(path.name):
        raise RecordDamaged(
            f"{path}: changed since the record was packed. Build it again, or reinstall votewire."
        )
    try:
        return pl.read_parquet(source)
    except pl.exceptions.PolarsError:
        raise RecordDamaged(f"{path}: no Parquet file. Build the record again.") from None


def _write(frame: pl.DataFrame, path: Path) -> None:
    packed = io.BytesIO()
    frame.write_parquet(packed, compression="zstd", compression_level=19, statistics=False)
    files.write(path, packed.getvalue())


def _hashes(folder: Path, names: Iterable[str]) -> dict[str, str]:
    return {
        f"{name}.parquet": hashlib.sha256((folder / f"{name}.parquet").read_bytes()).hexdigest()
        for name in names
    }
