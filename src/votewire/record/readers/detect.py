"""Which reader a file needs, by its bytes; its name only serves to say which file is meant."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from votewire.errors import SourceError
from votewire.record.numbering import without_impossible
from votewire.record.readers import digital_library_csv, marcxml, pasted_roll, voeten
from votewire.record.readers.digital_library_frame import is_digital_library
from votewire.record.readers.lengths import without_too_long
from votewire.record.readers.r_data import is_r_data
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall
from votewire.record.readers.source_text import check_text
from votewire.record.readers.voeten_tables import is_voeten
from votewire.record.seats import seats_on

__all__ = ["Format", "detect", "read_files"]

_LOOKED_AT = 200_000
_MOST = 1_000  # rollcalls of a day; of 11,540 in the record the fullest day has 58


class Format(StrEnum):
    """A kind of source that a user can add."""

    DIGITAL_LIBRARY_CSV = "digital_library_csv"
    MARCXML = "marcxml"
    VOETEN = "voeten"
    PASTED_ROLL = "pasted_roll"


def detect(source: bytes, *, name: str) -> Format:
    """The format of a file.

    Looks at the beginning only. Raises SourceError, naming the formats that can be read, where the
    bytes are none of them, empty, or a binary file.
    """
    if source.startswith(b"PAR1") or is_r_data(source):
        return Format.VOETEN
    beginning = check_text(source, name=name)[:_LOOKED_AT].decode(errors="replace")
    if beginning.lstrip().startswith("<"):
        return _markup(beginning, name)
    columns = _columns(beginning)
    if is_digital_library(columns):
        return Format.DIGITAL_LIBRARY_CSV
    if is_voeten(columns):
        return Format.VOETEN
    if pasted_roll.has_lists(beginning):
        return Format.PASTED_ROLL
    raise SourceError(
        f"{name} is nothing that can be added. What can: the Digital Library's voting data as CSV "
        'or MARCXML, Voeten\'s data, or a roll with its lists under "In favour:", "Against:", '
        '"Abstaining:" and "Absent:".' + _hint(columns)
    )


def read_files(files: Sequence[tuple[str, bytes]]) -> ReadResult:
    """The rollcalls of one or more (name, bytes), which belong together.

    Several files are one source only where they are tables of Voeten's data; otherwise, and where a
    file is of no known format, raises SourceError. Raises what the reader raises. A problem is what
    the reader calls one, a rollcall whose symbol cannot be that of its vote, one of a day on
    which there is no vote, or whose Council is not known yet, and one with a text that is far too
    long.
    """
    return without_impossible(without_too_long(_read(files)))


def _read(files: Sequence[tuple[str, bytes]]) -> ReadResult:
    formats = [detect(source, name=name) for name, source in files]
    if set(formats) == {Format.VOETEN}:
        return _on_days_of_votes(voeten.read_files(files))
    if len(files) != 1:
        raise SourceError(
            f"{', '.join(name for name, _ in files)}: these are no tables of one source; add them "
            "one after the other."
        )
    name, source = files[0]
    readers = {
        Format.DIGITAL_LIBRARY_CSV: digital_library_csv.read,
        Format.MARCXML: marcxml.read,
        Format.PASTED_ROLL: pasted_roll.read,
    }
    return _on_days_of_votes(readers[formats[0]](source, name=name))


def _on_days_of_votes(result: ReadResult) -> ReadResult:
    """The result, with each rollcall of a day on which nobody can have voted among the problems."""
    kept: list[ReadRollcall] = []
    problems = list(result.problems)
    for day, number in Counter(each.date for each in result.rollcalls).most_common(1):
        if number > _MOST:
            raise SourceError(f"{number:,} rollcalls of {day} are more than any day had.")
    for each in result.rollcalls:
        called = each.symbol or each.draft or each.source_key
        try:
            seats_on(each.chamber, each.date, called=called)
        except SourceError as error:
            why = str(error).removeprefix(f"{called}: ")
            problems.append(
                Problem(source_key=each.source_key, symbol=called, date=each.date, reason=why)
            )
        else:
            kept.append(each)
    return ReadResult(rollcalls=tuple(kept), problems=tuple(problems))


def _markup(beginning: str, name: str) -> Format:
    head = beginning.lstrip()[:200].lower()
    if head.startswith("<!doctype html") or "<html" in head:
        raise SourceError(
            f"{name} is a web page, not a record. On the page of a vote in the Digital Library, "
            "take Export, MARCXML; `votewire check` reads web pages."
        )
    return Format.MARCXML


def _columns(text: str) -> list[str]:
    """The first line as a CSV header, in lower case."""
    first = text.lstrip("\r\n").split("\n", 1)[0].rstrip("\r")
    try:
        return [column.strip().lower() for column in next(csv.reader([first]), [])]
    except csv.Error:
        return []


def _hint(columns: list[str]) -> str:
    return f" Its first line has the columns {', '.join(columns[:6])}." if len(columns) > 2 else ""
