"""Compiling the record that ships: from the source files named in a table to frames and a matrix.

Same files, same record: rows are sorted, nothing here looks at a clock, and the manifest holds the
hash of every file that was read, with how often each rule was used.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import SourceError, UsageError
from votewire.files import read as read_file
from votewire.record.coverage import complete_to, failed_complete_to
from votewire.record.extracts import (
    council_workbook,
    hand_table,
    undl_extract,
    veto_list,
    voeten_extract,
)
from votewire.record.extracts.extract import Extract
from votewire.record.merge import HAND, Merged, merge
from votewire.record.merging import assembly, council
from votewire.record.merging.seats import Seated
from votewire.record.rows import facts_row
from votewire.record.rules import rules
from votewire.record.store import Compiled
from votewire.record.tables import DISAGREEMENTS, QUARANTINE, ROLLCALLS, SOURCES, Chamber, Choice

__all__ = ["SOURCES_FILE", "compile_record"]

_DATA = Path(__file__).with_name("data")
SOURCES_FILE = _DATA / "sources.toml"

Files = Mapping[str, bytes]
Row = dict[str, Any]

_LARGEST = 1_000_000  # bytes of a table of sources
_FIELDS = {"id": str, "title": str, "read": date, "files": dict}

# Which bytes each source's reader takes, by the role they have in the table of sources.
_READERS: dict[str, Callable[[Files], Extract]] = {
    assembly.LIBRARY: lambda files: undl_extract.read(files["rollcalls"], files["votes"]),
    assembly.VOETEN: lambda files: voeten_extract.read(files["votes"], files["rollcalls"]),
    council.WORKBOOK: lambda files: council_workbook.read(files["workbook"]),
    council.VETOES: lambda files: veto_list.read(files["list"]),
    HAND: lambda files: hand_table.read(files["table"]),
}


def compile_record(sources: Path = SOURCES_FILE, base: Path = Path()) -> Compiled:
    """The record compiled from the files that a table of sources names.

    sources: a TOML like data/sources.toml; base: the folder to which its paths are relative.
    Raises UsageError for a table or a file that is missing, SourceError for a file that is not what
    its reader knows.
    """
    declared = _declared(sources)
    table = _sources_in(declared, sources)
    files = {row["id"]: _files(row, base) for row in table}
    merged = merge({name: _read(name, held) for name, held in files.items()})
    frames = _rollcalls(merged.rollcalls)
    disagreements = _disagreements(merged.rollcalls)
    quarantine = _quarantine(merged)
    return Compiled(
        rollcalls=frames,
        choices=_choices(merged.rollcalls),
        sources=_sources(merged.rollcalls),
        disagreements=disagreements,
        quarantine=quarantine,
        manifest={
            "sources": [_described(row, files[row["id"]]) for row in table],
            "complete_to": complete_to(merged.rollcalls),
            "failed_complete_to": failed_complete_to(merged.rollcalls),
            "gaps": declared.get("gaps", []),
            "counts": _counts(merged, disagreements, quarantine),
            "rules": _rules(merged, disagreements),
        },
    )


def _declared(sources: Path) -> Row:
    try:
        return tomllib.loads(read_file(sources, _LARGEST).decode())
    except FileNotFoundError:
        raise UsageError(f"{sources}: no such table of sources.") from None
    except OSError as error:
        raise UsageError(f"{sources}: cannot be read ({error.strerror}).") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{sources}: not a table of sources ({error}).") from error


def _sources_in(declared: Row, sources: Path) -> list[Row]:
    """The rows of the table, checked for what is used of them."""
    rows: list[Row] = declared.get("source", [])
    if "source" not in declared or not _are(rows, dict):
        raise SourceError(f"{sources}: not a table of sources (it has no [[source]]).")
    if not _are(declared.get("gaps", []), str):
        raise SourceError(f"{sources}: gaps are sentences in a list.")
    for row in rows:
        missing = [key for key, kind in _FIELDS.items() if not isinstance(row.get(key), kind)]
        if missing:
            raise SourceError(f"{sources}: a source lacks {', '.join(missing)}.")
        told = (*row["files"].values(), row.get("publisher", ""), row.get("origin", ""))
        if not _are(list(told), str):
            raise SourceError(f"{sources}: files, publisher and origin of {row['id']} are texts.")
    named = Counter(row["id"] for row in rows)
    wrong = [name for name, times in named.items() if name not in _READERS or times > 1]
    if wrong:
        known = ", ".join(_READERS)
        raise SourceError(f"{sources}: source {wrong[0]!r} is repeated, or none of {known}.")
    return rows


def _are(values: object, kind: type) -> bool:
    """Whether something is a list of one kind of things."""
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)


def _files(row: Row, base: Path) -> dict[str, bytes]:
    """The bytes of a source's files by their role; the hand table ships with the package."""
    if row["id"] == HAND and not row["files"]:
        return {"table": (_DATA / "hand_table.toml").read_bytes()}
    held = {}
    for role, path in row["files"].items():
        try:
            held[role] = read_file(base / path)
        except FileNotFoundError:
            raise UsageError(
                f"{base / path}: missing. Name the folder that holds the files of the table of "
                "sources: `votewire record build FOLDER --out NEW_FOLDER`."
            ) from None
        except OSError as error:
            raise UsageError(f"{base / path}: cannot be read ({error.strerror}).") from None
    return held


def _read(name: str, files: Files) -> Extract:
    try:
        return _READERS[name](files)
    except KeyError as error:
        raise SourceError(f"source {name}: its files lack the role {error}.") from error


def _rollcalls(seated: Iterable[Seated]) -> pl.DataFrame:
    rows = [_rollcall(one) for one in seated]
    return ROLLCALLS.check(pl.DataFrame(rows, schema=ROLLCALLS.schema, orient="row"))


def _rollcall(one: Seated) -> Row:
    return facts_row(
        one.entry.id,
        one.entry.facts,
        roll=one.roll,
        totals=one.totals,
        tally_from=one.tally_from,
    )


def _choices(seated: tuple[Seated, ...]) -> NDArray[np.int8]:
    if not seated:
        return np.empty((0, len(states.codes())), dtype=np.int8)
    return np.stack([one.choices for one in seated])


def _sources(seated: Iterable[Seated]) -> pl.DataFrame:
    rows = [
        {"rollcall": one.entry.id, "source": row.source, "source_key": row.key, "url": row.url}
        for one in seated
        for row in sorted(one.entry.sources)
    ]
    return SOURCES.check(pl.DataFrame(rows, schema=SOURCES.schema, orient="row"))


def _disagreements(seated: Iterable[Seated]) -> pl.DataFrame:
    rows = [
        {
            "rollcall": one.entry.id,
            "field": difference.field,
            "kept": difference.kept,
            "other": difference.other,
            "source": difference.source,
            "rule": difference.rule,
        }
        for one in seated
        for difference in sorted(one.entry.differences)
    ]
    return DISAGREEMENTS.check(pl.DataFrame(rows, schema=DISAGREEMENTS.schema, orient="row"))


def _quarantine(merged: Merged) -> pl.DataFrame:
    rows = [
        {
            "source": row.source,
            "source_key": row.key,
            "symbol": row.symbol,
            "date": row.date,
            "reason": row.reason,
        }
        for row in merged.set_aside
    ]
    return QUARANTINE.check(pl.DataFrame(rows, schema=QUARANTINE.schema, orient="row"))


def _described(row: Row, files: Files) -> Row:
    """The source for the manifest, with the hash and size of each file."""
    described = {"publisher": row["title"], "origin": row["id"], **row}
    paths = row["files"] or {"table": described["origin"]}  # the hand table ships with the package
    held = [
        {
            "path": paths[role],
            "sha256": hashlib.sha256(files[role]).hexdigest(),
            "bytes": len(files[role]),
        }
        for role in sorted(files)
    ]
    return {**described, "read": row["read"].isoformat(), "files": held}


def _counts(merged: Merged, disagreements: pl.DataFrame, quarantine: pl.DataFrame) -> Row:
    counts: dict[str, Row] = {}
    for chamber in Chamber:
        held = [one for one in merged.rollcalls if one.entry.facts.chamber == chamber]
        counts[chamber.value] = {
            "rollcalls": len(held),
            "rolls": dict(sorted(Counter(one.roll.value for one in held).items())),
            "kinds": dict(sorted(Counter(one.entry.facts.kind.value for one in held).items())),
            "casts": sum(int((one.choices <= Choice.NON_VOTING).sum()) for one in held),
        }
    unresolved = disagreements.filter(pl.col("rule") == "unresolved").height
    return {
        **counts,
        "disagreements": disagreements.height,
        "unresolved": unresolved,
        "quarantined": quarantine.height,
    }


def _rules(merged: Merged, disagreements: pl.DataFrame) -> list[Row]:
    """Every rule with how often it was used; raises ValueError for one that is not written down."""
    used = Counter(disagreements["rule"].to_list())
    used.update({rule: times for rule, times in merged.applied.items() if rule not in used})
    unwritten = used.keys() - rules().keys()
    if unwritten:
        raise ValueError(f"rules used but not written down: {', '.join(sorted(unwritten))}")
    return [
        {"id": rule.id, "does": rule.does, "sentence": rule.sentence, "used": used[rule.id]}
        for rule in rules().values()
    ]
