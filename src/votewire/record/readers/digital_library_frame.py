"""The bulk CSV of the UN Digital Library as a frame of text columns, each under one name.

What is broken in the file itself is found here, before any meaning is read into it: missing
columns, newlines without quotes (stitched), rows with too few or too many columns, and a file cut
in the middle.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from votewire.errors import SourceError
from votewire.record.readers.csv_stitching import first_bad_record, line_of_record, stitched
from votewire.record.readers.csv_tables import refuse_wide
from votewire.record.readers.source_text import check_text, text_of
from votewire.states.bounds import MOST_MEMBERS

__all__ = ["REQUIRED", "TOTALS", "frame_of", "is_digital_library", "number_in"]

REQUIRED = ("undl_id", "ms_name", "ms_vote", "date", "resolution")
TOTALS = ("total_yes", "total_no", "total_abstentions", "total_non_voting", "total_ms")
_OPTIONAL = (
    *("ms_code", "session", "draft", "meeting", "title", "description", "agenda_title", "subjects"),
    *("vote_note", "modality", "undl_link"),
    *TOTALS,
)
# Names in the first release (September 2024) and in the Council file.
_ALIASES = {
    "ms_codes": "ms_code",
    "ms_names": "ms_name",
    "ms_votes": "ms_vote",
    "resolutions": "resolution",
    "agenda_titles": "agenda_title",
    "agenda": "agenda_title",
    "yes": "total_yes",
    "no": "total_no",
    "abstentions": "total_abstentions",
    "non-voting": "total_non_voting",
    "total-voting": "total_ms",
}


def is_digital_library(columns: Iterable[str]) -> bool:
    """True for a header of the bulk files, whole or with columns missing."""
    return bool({"undl_id", "ms_vote", "ms_votes"} & set(columns))


def frame_of(source: bytes, *, name: str) -> pl.DataFrame:
    """The file's rows in their order, all columns String; those that the file lacks are null.

    Raises SourceError where it is empty, no text, lacks a column of REQUIRED, has a broken row, or
    is cut in the middle: the last two name the line.
    """
    # Polars would make a row of nulls of each blank line, 320 bytes.
    source = check_text(source, name=name).rstrip(b"\r\n") + b"\n"
    refuse_wide(source, name=name)
    frame = _whole(source, name)
    missing = [column for column in REQUIRED if column not in frame.columns]
    if missing:
        raise SourceError(
            f"{name}: not the Digital Library's voting data by state; columns missing: "
            f"{', '.join(missing)}. The file with one row for each resolution cannot be read: "
            "take the one with ms_name and ms_vote."
        )
    if frame.is_empty():
        raise SourceError(f"{name} has a header and no rows: there is nothing to read.")
    absent = [pl.lit(None, dtype=pl.String).alias(c) for c in _OPTIONAL if c not in frame.columns]
    frame = frame.with_columns(absent)
    _refuse_cut(frame, source, name)
    return frame


def number_in(text: str | None) -> int | None:
    """A total, which the files write as "106.0"; None where it is blank or no count of votes."""
    try:
        number = int(float(text)) if text and text.strip() else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and 0 <= number <= MOST_MEMBERS else None


def _whole(source: bytes, name: str) -> pl.DataFrame:
    """The file as it is where it is regular, stitched where it is not."""
    frame = _parsed(source)
    if frame is not None and (_regular(frame) or "undl_id" not in frame.columns):
        return frame
    joined = stitched(source)
    refuse_wide(joined, name=name)
    frame = _parsed(joined)
    if frame is None or not _regular(frame):
        _refuse_broken(source, joined, name)
    if frame is None:
        raise SourceError(f"{name}: not a CSV file that can be read.")
    return frame


def _parsed(source: bytes) -> pl.DataFrame | None:
    try:
        frame = pl.read_csv(source, infer_schema=False)
    except pl.exceptions.PolarsError:
        return None
    frame = frame.filter(~pl.all_horizontal(pl.all().is_null()))  # blank lines between the rows
    names = {old: new for old, new in _ALIASES.items() if old in frame.columns}
    return frame.rename({old: new for old, new in names.items() if new not in frame.columns})


def _regular(frame: pl.DataFrame) -> bool:
    """True where every row begins with a record's number and reaches the link that ends it.

    Polars fills a short row up with nulls, so a row that is short shows in its last column.
    """
    if "undl_id" not in frame.columns:
        return False
    numbers = frame["undl_id"].str.strip_suffix(".0").cast(pl.Int64, strict=False)
    last = frame.columns[-1]
    return numbers.null_count() == 0 and (last != "undl_link" or frame[last].null_count() == 0)


def _refuse_broken(source: bytes, joined: bytes, name: str) -> None:
    """Raises SourceError for the first row that has not the header's number of columns."""
    text = text_of(joined, name=name)
    columns = text.split("\n", 1)[0].count(",") + 1
    bad = first_bad_record(text, columns)
    if bad is None:
        return
    record, found, last = bad
    line = line_of_record(source, record)
    if last and found < columns:
        raise SourceError(
            f"{name} is cut in the middle: line {line}, its last, has {found} of {columns} "
            "columns. Fetch the file again."
        )
    raise SourceError(f"{name}: line {line} has {found} columns, not {columns}; correct the file.")


def _refuse_cut(frame: pl.DataFrame, source: bytes, name: str) -> None:
    """Raises SourceError where the file ends inside its last row's link or inside a rollcall."""
    last = frame.row(-1, named=True)
    number = (last["undl_id"] or "").strip().removesuffix(".0")
    linked = frame["undl_link"].null_count() < frame.height
    link = last["undl_link"] or ""
    if linked and not link.strip().endswith(number):
        raise SourceError(
            f"{name} is cut in the middle: line {_lines(source)}, its last, ends in "
            f"{link[-24:]!r}. Fetch the file again."
        )
    members = number_in(last["total_ms"])
    listed = frame.filter(pl.col("undl_id") == last["undl_id"]).n_unique(["ms_code", "ms_name"])
    if members is not None and listed < members:
        raise SourceError(
            f"{name} is cut in the middle: it ends at line {_lines(source)}, inside "
            f"{last['resolution']}, with {listed} of {members} members. Fetch the file again."
        )


def _lines(source: bytes) -> int:
    return source.count(b"\n") + (not source.endswith(b"\n"))
