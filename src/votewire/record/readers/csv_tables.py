"""A CSV file as a frame of text columns; one that is cut off is refused."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from votewire.errors import SourceError
from votewire.record.readers.source_text import check_text, text_of

__all__ = ["csv_table", "refuse_wide"]

_WIDEST = 200  # columns; no table here has a fourth of them, and Polars takes 20 s for 500,000


def csv_table(source: bytes, *, name: str, null_values: Sequence[str]) -> pl.DataFrame:
    """The rows of a CSV file, every column as text.

    Raises SourceError where it cannot be read or its last line is short, and UnreadablePage where
    it is no text.
    """
    source = check_text(source, name=name)
    refuse_wide(source, name=name)
    try:
        frame = pl.read_csv(source, infer_schema=False, null_values=list(null_values))
    except pl.exceptions.PolarsError as error:
        text_of(source, name=name)
        reason = str(error).split("\n", 1)[0]
        raise SourceError(f"{name}: not a CSV file that can be read ({reason}).") from error
    last = source.rstrip(b"\r\n").rpartition(b"\n")[2]
    # Within quotes a comma or a newline separates nothing.
    if frame.height and b'"' not in last and last.count(b",") + 1 < frame.width:
        line = source.count(b"\n") + (not source.endswith(b"\n"))
        raise SourceError(
            f"{name} is cut in the middle: line {line}, its last, is short. Fetch the file again."
        )
    return frame


def refuse_wide(source: bytes, *, name: str) -> None:
    """Raises SourceError where the first line has more columns than any table here."""
    end = source.find(b"\n")
    columns = source.count(b",", 0, end if end >= 0 else len(source)) + 1
    if columns > _WIDEST:
        raise SourceError(f"{name} has {columns:,} columns in its first line; it is no such table.")
