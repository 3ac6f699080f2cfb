"""The kept surprises: of the shipped record in a file of this package, of others in a folder.

Two files, as `store` keeps fits: the figures, as `shrinking` packs them, and JSON that says of
which record they are, with the SHA-256 of the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from votewire.positions import headed
from votewire.positions.expecting import Surprises, casts_of, expect
from votewire.positions.keeping import STANDING, as_kept, read_standing, write_standing
from votewire.positions.shrinking import SMALLEST, packed, rounded, unpacked
from votewire.positions.standing import Standing
from votewire.record import Record
from votewire.record.beneath import rows_above

__all__ = [
    "FORMAT",
    "SHIPPED",
    "build_surprises",
    "kept_standing",
    "read_content",
    "read_surprises",
    "standing_of",
    "surprises",
]

FORMAT = 4  # raised whenever the columns, or the figures for the same record, change
SHIPPED = Path(__file__).parent / "data"
_NAME = "surprise"
_QUICK = 5  # compression of files that are not shipped
_OF_CASTS = [f.name for f in fields(Surprises) if f.name not in ("row", "record_hash")]
_LETTERS = 16  # of the record's hash in the name of a file that is not shipped

Note = Callable[[str], None]
OnDay = Callable[[int, int], None]


def surprises(
    record: Record,
    folder: Path | None = None,
    *,
    vote: str | None = None,
    note: Note | None = None,
    on_day: OnDay | None = None,
) -> Surprises:
    """The surprises of a record: the shipped ones, those kept in a folder, or made now and kept.

    Of a record with a user's additions none are made unless the question is of one of them (vote, a
    rollcall's id): where none are kept, the shipped ones of the record beneath answer, in rows of
    `record`. folder: where those of other records are looked for and kept; nowhere if None. note:
    told in a sentence why a file was not used or could not be kept. on_day: told (done, of all)
    while they are made, which takes one to two minutes.
    """
    for place, stem in _places(_NAME, record, folder):
        found = read_surprises(record, place, stem, note=note)
        if found is not None:
            return found
    shipped = None if vote in record.own else _beneath(record, note)
    return shipped or _made_now(record, folder, note, on_day)[0]


def standing_of(
    record: Record,
    folder: Path | None = None,
    *,
    note: Note | None = None,
    on_day: OnDay | None = None,
) -> Standing:
    """What is known of the Assembly after its last day: shipped, kept, or made now and kept."""
    found = kept_standing(record, folder, note=note)
    return found or _made_now(record, folder, note, on_day)[1]


def kept_standing(
    record: Record, folder: Path | None = None, *, note: Note | None = None
) -> Standing | None:
    """What is known of the Assembly after its last day: shipped or kept; None where it is not."""
    for place, stem in _places(STANDING, record, folder):
        found = read_standing(record, place, stem, note=note)
        if found is not None:
            return found
    return None


def build_surprises(record: Record, folder: Path, *, on_day: OnDay | None = None) -> Path:
    """Makes the surprises of a record and writes them as the package ships them; returns the path.

    What `forecast` needs is written beside them.
    Same record, same bytes on one machine. Raises OSError where the folder cannot be written to.
    """
    found, standing = expect(record, on_day=on_day)
    write_standing(standing, record, folder, STANDING)
    return _write(found, record, folder, _NAME)


def read_surprises(
    record: Record, folder: Path, name: str = _NAME, *, note: Note | None = None
) -> Surprises | None:
    """The surprises kept in a folder; None where they are of another record or another version.

    A damaged file is None too, and `note` is told.
    """
    with _told(folder / f"{name}.parquet", note):
        content = read_content(record, folder, name)
        if content is not None:
            return replace(unpacked(casts_of(record), content), record_hash=record.hash)
    return None


def read_content(record: Record, folder: Path = SHIPPED, name: str = _NAME) -> bytes | None:
    """The bytes of the kept surprises, checked; None where they are of another record or version.

    For `ranks`, which unpacks only what it needs. Raises one of `headed.BROKEN` where there
    is no file, or a damaged one.
    """
    path = folder / f"{name}.parquet"
    head = headed.head_of(path)
    if head["record"] != record.hash or head["format"] != FORMAT:
        return None
    return headed.content_of(path, head)


def _beneath(record: Record, note: Note | None) -> Surprises | None:
    """The shipped surprises of the record beneath a user's additions, in rows of this record."""
    shipped = None if record.base is None else read_surprises(record.base, SHIPPED, note=note)
    if shipped is None:
        return None
    row = rows_above(record)[shipped.row]
    kept = row >= 0
    figures = {name: getattr(shipped, name)[kept] for name in _OF_CASTS}
    return replace(shipped, row=row[kept].astype(np.int32), **figures)


def _places(name: str, record: Record, folder: Path | None) -> list[tuple[Path, str]]:
    own = [] if folder is None else [(folder, _named(name, record))]
    return [(SHIPPED, name), *own]


def _named(name: str, record: Record) -> str:
    return f"{name}-{record.hash[:_LETTERS]}"


def _made_now(
    record: Record, folder: Path | None, note: Note | None, on_day: OnDay | None
) -> tuple[Surprises, Standing]:
    found, standing = expect(record, on_day=on_day)
    try:
        if folder is not None:
            _write(found, record, folder, _named(_NAME, record), _QUICK)
            write_standing(standing, record, folder, _named(STANDING, record))
    except OSError as error:
        _tell(note, f"the surprises are not kept: {folder} cannot be written to ({error.strerror})")
    return rounded(found), as_kept(standing)


@contextmanager
def _told(path: Path, note: Note | None) -> Iterator[None]:
    """Nothing is raised for a file that is not there; for a damaged one `note` is told why."""
    try:
        yield
    except FileNotFoundError:
        pass
    except headed.BROKEN as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        _tell(note, f"{path} is not used: {reason}")


def _write(
    found: Surprises, record: Record, folder: Path, name: str, level: int = SMALLEST
) -> Path:
    head = {"casts": len(found.row), "format": FORMAT, "record": record.hash}
    return headed.write(folder / f"{name}.parquet", packed(found, level), head)


def _tell(note: Note | None, text: str) -> None:
    if note is not None:
        note(f"{text}.")
