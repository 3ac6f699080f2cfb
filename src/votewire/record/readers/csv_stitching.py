"""Repair of the Digital Library's older CSV files, whose fields hold newlines without quotes.

Such a newline splits one record over two lines. Every true record begins with the voting record's
number, of five digits or more, and a state's code, so a line that does not is the rest of the line
before it.
"""

from __future__ import annotations

import csv
import io
import re

__all__ = ["first_bad_record", "line_of_record", "stitched"]

_STARTS = rb'"?(?:\d{5,}(?:\.0)?"?,"?[^",\n]{0,4}|\d+(?:\.0)?"?,"?[A-Z]{3})"?,'
_BROKEN = re.compile(rb"\r?\n(?!" + _STARTS + rb")")
_RECORD = re.compile(rb"^" + _STARTS, re.MULTILINE)


def stitched(source: bytes) -> bytes:
    """The file with every record on one line: a newline inside a record becomes a space."""
    end = len(source.rstrip())
    return _BROKEN.sub(b" ", source[:end]) + source[end:]


def line_of_record(source: bytes, record: int) -> int:
    """The line of the original file on which a record begins; records and lines count from 1."""
    for at, match in enumerate(_RECORD.finditer(source), start=1):
        if at == record:
            return source.count(b"\n", 0, match.start()) + 1
    return source.count(b"\n") + 1


def first_bad_record(text: str, columns: int) -> tuple[int, int, bool] | None:
    """The first record with another number of columns than the header, or None.

    Returns its number (from 1), how many columns it has, and whether it is the last of the file.
    """
    rows = (row for row in csv.reader(io.StringIO(text, newline="")) if row)
    next(rows, None)
    for record, row in enumerate(rows, start=1):
        if len(row) != columns:
            return record, len(row), next(rows, None) is None
    return None
