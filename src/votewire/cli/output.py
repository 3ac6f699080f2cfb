"""How results are printed: text for people, JSON, CSV or Parquet for programs."""

from __future__ import annotations

import io
import sys
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "CsvFlag",
    "JsonFlag",
    "OutFile",
    "ParquetFlag",
    "RecordPath",
    "as_json",
    "as_table",
    "page_name",
    "plain",
    "print_frame",
    "print_json",
    "print_text",
    "read_input",
    "read_page",
]

JsonFlag = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="CSV, lists joined by '|'.")]
ParquetFlag = Annotated[
    bool, typer.Option("--parquet", help="Parquet, to a pipe or to the file of --out.")
]
OutFile = Annotated[
    Path | None, typer.Option("--out", help="Write to this file instead of stdout.")
]
RecordPath = Annotated[
    Path | None,
    typer.Option("--record", help="Folder of a record you built; the shipped one if not given."),
]

_CELL = 60


def plain(value: Any) -> Any:
    """The value as JSON can hold it; see `votewire.record.plain`."""
    from votewire.record.plain import plain as as_plain

    return as_plain(value)


def as_json(value: Any) -> str:
    """A value as indented JSON."""
    import json

    return json.dumps(plain(value), indent=1, ensure_ascii=False)


def print_json(value: Any) -> None:
    """Prints a value as indented JSON."""
    typer.echo(as_json(value))


def print_frame(
    frame: pl.DataFrame,
    *,
    json: bool,
    csv: bool,
    parquet: bool,
    out: Path | None,
    columns: tuple[str, ...] = (),
) -> None:
    """Prints a frame in the one format asked for, as a table if none is.

    columns: those that the table for people shows; the other formats hold them all.
    Raises UsageError where two formats are asked for, or Parquet for a terminal.
    """
    if json + csv + parquet > 1:
        raise UsageError("--json, --csv and --parquet exclude each other: give one.")
    if parquet:
        _parquet(frame, out)
    elif json:
        print_text(as_json(frame.to_dicts()) + "\n", out)
    elif csv:
        from votewire.record.export import flat

        print_text(flat(frame).write_csv(), out)
    else:
        print_text(as_table(frame.select(columns) if columns else frame), out)


def read_input(path: Path, limit: int) -> bytes:
    """The bytes of a file, or of stdin for `-`; at most limit + 1, so that a reader sees excess.

    Raises UsageError where there is no such file.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read(limit + 1)
    try:
        with path.open("rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Give a path, or - for standard input.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None


def read_page(page: Path) -> bytes:
    """The bytes of a news page, at most one more than a page may have; - is standard input."""
    from votewire.press import MAX_BYTES

    return read_input(page, MAX_BYTES)


def page_name(page: Path) -> str:
    """What messages call a page."""
    return "standard input" if str(page) == "-" else str(page)


def _parquet(frame: pl.DataFrame, out: Path | None) -> None:
    if out is not None:
        frame.write_parquet(out)
    elif sys.stdout.isatty():
        raise UsageError("Parquet is no text: name a file with --out, or send it to a pipe.")
    else:
        # Made in memory first: Polars would tell of a closed pipe as of a damaged file.
        packed = io.BytesIO()
        frame.write_parquet(packed)
        sys.stdout.buffer.write(packed.getvalue())
        sys.stdout.buffer.flush()


def print_text(text: str, out: Path | None) -> None:
    """Prints a text, or writes it to the file given."""
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")


def as_table(frame: pl.DataFrame) -> str:
    """Columns side by side, cells cut at 60 characters; plain text, so that a pipe reads it too."""
    from votewire.record.plain import decimals_of

    head = list(frame.columns)
    places = [decimals_of(frame[name]) for name in head]
    rows = [
        [_cell(value, n) for value, n in zip(row, places, strict=True)] for row in frame.iter_rows()
    ]
    widths = [max(len(line[at]) for line in [head, *rows]) for at in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def _cell(value: Any, places: int) -> str:
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.{places}f}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"
