"""One addition to a user's layer as one file: gzipped JSON, named by its number and its hash.

Format 1: an object with `format`, `source_name`, `sha256` (of the source), `read_on`, `states`
(the codes that occur, sorted) and `rollcalls`, each with the fields of ReadRollcall that are not at
their default and `casts` as one letter for each of `states`: Y yes, A abstain, N no, X non-voting,
"." not in the roll.
"""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from votewire import files, states
from votewire.errors import RecordDamaged, SourceError
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.rows import members_of
from votewire.record.tables import Chamber, Choice, Kind, Modality, Outcome

__all__ = ["FORMAT", "Entry", "is_addition", "packed", "understood", "unpacked"]

FORMAT = 1
# Bytes of one addition when unpacked. All that the Assembly ever voted on would be 6 MB.
LARGEST = 64 * 1024 * 1024
_NAME = re.compile(r"^(\d{4,})-([0-9a-f]{16})\.json\.gz$")
_LETTERS = {Choice.YES: "Y", Choice.ABSTAIN: "A", Choice.NO: "N", Choice.NON_VOTING: "X"}
_CHOICES = {letter: choice for choice, letter in _LETTERS.items()}
_ABSENT = "."
_PLAIN = tuple(
    field.name
    for field in dataclasses.fields(ReadRollcall)
    if field.name not in {"date", "casts", "announced"}
)
_DEFAULTS = {
    field.name: field.default
    for field in dataclasses.fields(ReadRollcall)
    if field.default is not dataclasses.MISSING
}
_TEXTS = ("agenda", "issues", "sponsors")
_NAMES = ("source_key", "session")
_MAYBE_NAMES = ("symbol", "draft", "meeting", "title", "url", "note")
_MOST = 1_000  # more than any chamber has members
# What a file runs into that has the hash of its name and yet is no addition.
_DAMAGE = (
    *(LookupError, TypeError, ValueError, AttributeError, RecursionError, zlib.error),
    SourceError,
)
_SIDES = ("yes", "no", "abstain", "non_voting")
_TOTALS = tuple(field.name for field in dataclasses.fields(Totals))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One addition.

    sequence: its number, from 1. hash: the first 16 hex digits of its file's SHA-256. source_name,
    sha256, read_on: the file it was read from, that file's hash, and when. rollcalls, casts: how
    many. path: its file.
    """

    sequence: int
    hash: str
    source_name: str
    sha256: str
    read_on: date
    rollcalls: int
    casts: int
    path: Path


def is_addition(name: str) -> bool:
    """True for a file name of the form that additions have."""
    return _NAME.match(name) is not None


def packed(
    rollcalls: Sequence[ReadRollcall],
    *,
    sequence: int,
    source_name: str,
    sha256: str,
    read_on: date,
) -> tuple[str, bytes]:
    """The file's name and bytes; the same rollcalls give the same bytes.

    Raises SourceError for more than one addition holds.
    """
    codes = sorted({code for rollcall in rollcalls for code in rollcall.casts})
    document = {
        "format": FORMAT,
        "source_name": source_name,
        "sha256": sha256,
        "read_on": read_on.isoformat(),
        "states": codes,
        "rollcalls": [_row(rollcall, codes) for rollcall in rollcalls],
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > LARGEST:
        raise SourceError(
            f"{source_name}: {len(rollcalls):,} rollcalls are more than one addition holds; "
            "nothing was stored. Divide the file, and add the parts one after the other."
        )
    content = gzip.compress(text, compresslevel=6, mtime=0)
    return f"{sequence:04d}-{_digest(content)}.json.gz", content


def unpacked(path: Path) -> tuple[Entry, tuple[ReadRollcall, ...]]:
    """An addition's entry and rollcalls, read from its file.

    Raises RecordDamaged, naming the file and the way out, where it is not what was written.
    """
    try:
        # A pipe or device of that name could hold a reader up for ever.
        content = files.read(path, LARGEST) if files.is_file(path) else b""
    except OSError as error:
        raise _damaged(path, f"cannot be read ({error.strerror})") from error
    return understood(path, content)


def understood(path: Path, content: bytes) -> tuple[Entry, tuple[ReadRollcall, ...]]:
    """An addition's entry and rollcalls, from the bytes of its file. Raises as `unpacked` does."""
    match = _NAME.match(path.name)
    if match is None or _digest(content) != match[2]:
        raise _damaged(path, "does not have the content that its name promises")
    try:
        document = json.loads(_inflated(content))
        if type(document["format"]) is not int or document["format"] != FORMAT:
            raise _damaged(path, f"has format {document['format']!r}, not {FORMAT}")
        codes = _codes(document["states"])
        rollcalls = tuple(_rollcall(row, codes) for row in _list(document["rollcalls"]))
        return _entry(document, rollcalls, path, int(match[1]), match[2]), rollcalls
    except _DAMAGE as error:
        raise _damaged(path, f"cannot be understood ({error!r})") from error


def _inflated(content: bytes) -> bytes:
    """The bytes that were compressed. Raises ValueError or zlib.error."""
    inflater = zlib.decompressobj(wbits=31)  # gzip's form
    plain = inflater.decompress(content, LARGEST + 1)
    if len(plain) > LARGEST or not inflater.eof:
        raise ValueError("it is cut, or unpacks to more than an addition holds")
    return plain


def _entry(
    document: dict[str, Any],
    rollcalls: tuple[ReadRollcall, ...],
    path: Path,
    sequence: int,
    digest: str,
) -> Entry:
    return Entry(
        sequence=sequence,
        hash=digest,
        source_name=_text(document["source_name"]),
        sha256=_text(document["sha256"]),
        read_on=date.fromisoformat(document["read_on"]),
        rollcalls=len(rollcalls),
        casts=sum(len(rollcall.casts) for rollcall in rollcalls),
        path=path,
    )


def _row(rollcall: ReadRollcall, codes: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"date": rollcall.date.isoformat()}
    for name in _PLAIN:
        value = getattr(rollcall, name)
        if name not in _DEFAULTS or value != _DEFAULTS[name]:
            row[name] = value
    if rollcall.casts:
        casts = rollcall.casts
        row["casts"] = "".join(_LETTERS[casts[c]] if c in casts else _ABSENT for c in codes)
    if rollcall.announced is not None:
        row["announced"] = [getattr(rollcall.announced, name) for name in _TOTALS]
    return row


def _rollcall(row: dict[str, Any], codes: Sequence[str]) -> ReadRollcall:
    """A rollcall of its row. Raises one of _DAMAGE where it is none."""
    values = dict(row)
    values["date"] = date.fromisoformat(row["date"])
    values["chamber"] = Chamber(row["chamber"]).value
    if not isinstance(row.get("date_exact", True), bool):
        raise TypeError("date_exact is neither true nor false")
    for name in _NAMES:
        _text(row[name])
    for name in _MAYBE_NAMES:
        _text("" if row.get(name) is None else row[name])
    for name in _TEXTS:
        values[name] = tuple(map(_text, _list(row.get(name, []))))
    for name, kind in (("kind", Kind), ("outcome", Outcome), ("modality", Modality)):
        values[name] = kind(row.get(name, _DEFAULTS[name]))
    values["casts"] = _casts(codes, _text(row.get("casts", _ABSENT * len(codes))))
    if "announced" in row:
        values["announced"] = _totals(_list(row["announced"]))
    rollcall = ReadRollcall(**values)
    _refuse_contradiction(rollcall, full=rollcall.casts.keys() == members_of(rollcall))
    return rollcall


def _refuse_contradiction(rollcall: ReadRollcall, *, full: bool) -> None:
    """Raises ValueError where the casts cannot come to the totals announced.

    full: whether all members are in the roll; else those of a side may be missing.
    """
    if rollcall.announced is None or rollcall.modality is Modality.WITHOUT_VOTE:
        return
    read = count(rollcall.casts)
    for side in _SIDES:
        said, counted = getattr(rollcall.announced, side), getattr(read, side)
        if said is not None and (counted > said or (full and counted < said)):
            raise ValueError(f"{side} announced as {said}, and cast {counted} times")


def _casts(codes: Sequence[str], letters: str) -> dict[str, Choice]:
    pairs = zip(codes, letters, strict=True)
    casts = {code: _CHOICES[letter] for code, letter in pairs if letter != _ABSENT}
    if not casts.keys() <= set(states.codes()):
        raise ValueError("a state that there is not")
    return casts


def _codes(listed: object) -> list[str]:
    """The states of an addition. Raises TypeError or ValueError for what is no list of them."""
    codes = [_text(code) for code in _list(listed)]
    if len(set(codes)) < len(codes):
        raise ValueError("a state listed twice")
    return codes


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"{type(value).__name__} where a list belongs")
    return value


def _totals(counts: Sequence[int | None]) -> Totals:
    if not all(n is None or (type(n) is int and 0 <= n <= _MOST) for n in counts):
        raise ValueError("a total that is no count of members")
    return Totals(**dict(zip(_TOTALS, counts, strict=True)))


def _text(value: object) -> str:
    """A text that can be written. Raises TypeError or ValueError for anything else."""
    if not isinstance(value, str):
        raise TypeError(f"{type(value).__name__} where a text belongs")
    value.encode()
    return value


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def _damaged(path: Path, what: str) -> RecordDamaged:
    return RecordDamaged(
        f"Your addition {path} {what}. Move that file out of the folder and add its source again "
        "with `votewire record add`; the shipped record is not touched."
    )
