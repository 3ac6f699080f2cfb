"""How results are printed: text for people, JSON, CSV or Parquet for programs."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire import files
from votewire.cli import screen
from votewire.cli.terminal import in_json, one_line, shown
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
    "formats",
    "page_name",
    "plain",
    "print_coloured",
    "print_data",
    "print_frame",
    "print_json",
    "print_lines",
    "print_text",
    "read_input",
    "read_page",
    "write_out",
]

# The head of a claim in a report, by the sign of its verdict.
_COLOURS = {"✓": 32, "✗": "1;31", "±": 33, "≈": 34, "?": 35, "∅": 35, "·": 2}
_VERDICT = re.compile(r"^( *\d+ )([✓✗±≈?∅·])( [A-Z ]+?)(?=  | [A-Z][a-z])", re.MULTILINE)

JsonFlag = Annotated[bool, typer.Option("--json", help="JSON, for programs.")]
CsvFlag = Annotated[bool, typer.Option("--csv", help="CSV, lists joined by '|'.")]
ParquetFlag = Annotated[
    bool, typer.Option("--parquet", help="Parquet, to a pipe or to the file of --out.")
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out", help="Write to this file; .json, .csv and .parquet at its end choose the format."
    ),
]
RecordPath = Annotated[
    Path | None,
    typer.Option("--record", help="Folder of a record you built; the shipped one if not given."),
]


def plain(value: Any) -> Any:
    """The value as JSON can hold it; see `votewire.record.plain`."""
    from votewire.record.plain import plain as as_plain

    return as_plain(value)


def as_json(value: Any) -> str:
    """A value as indented JSON, without a character that a terminal obeys."""
    import json

    return in_json(json.dumps(plain(value), indent=1, ensure_ascii=False))


def print_json(value: Any) -> None:
    """Prints a value as indented JSON."""
    print_data(as_json(value) + "\n")


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
    json, csv, parquet = formats(json=json, csv=csv, parquet=parquet, out=out)
    if parquet:
        _parquet(frame, out)
    elif json:
        print_data(as_json(frame.to_dicts()) + "\n", out)
    elif csv:
        from votewire.record.export import flat

        print_data(flat(frame).write_csv(), out)
    else:
        from votewire.cli.tables import as_table

        room = None if out else screen.columns()
        print_text(as_table(frame.select(columns) if columns else frame, room), out)


def formats(*, json: bool, csv: bool, parquet: bool, out: Path | None) -> tuple[bool, bool, bool]:
    """Whether JSON, CSV or Parquet is asked for, by its option or by the ending of a file.

    Raises UsageError where two options are given.
    """
    if json + csv + parquet > 1:
        raise UsageError("--json, --csv and --parquet exclude each other: give one.")
    if json or csv or parquet or out is None:
        return json, csv, parquet
    ending = out.suffix.lower()
    return ending == ".json", ending == ".csv", ending == ".parquet"


def read_input(path: Path, limit: int) -> bytes:
    """The bytes of a file, or of stdin for `-`; at most limit + 1, so that a reader sees excess.

    Raises UsageError where there is no such file, and where it cannot be read.
    """
    if str(path) == "-":
        return _from_stdin(limit)
    try:
        return files.read(path, limit + 1)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Give a path, or - for standard input.") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: this is a folder. Name a file in it.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None


def read_page(page: Path) -> bytes:
    """The bytes of a news page, at most one more than a page may have; - is standard input."""
    from votewire.press import MAX_BYTES

    return read_input(page, MAX_BYTES)


def page_name(page: Path) -> str:
    """What messages call a page."""
    return "standard input" if str(page) == "-" else str(page)


def print_text(text: str, out: Path | None = None) -> None:
    """Prints a text for people, which ends in a line feed, or writes it to the file given.

    On a terminal, lines too long for it go on below themselves.
    """
    told = screen.fitted(shown(text), None if out else screen.columns())
    _print(told if told.endswith("\n") else f"{told}\n", out)


def print_coloured(text: str) -> None:
    """Prints a text for people with its verdicts coloured, where a terminal takes colours.

    The words and signs say all that the colours say; NO_COLOR in the environment turns them off.
    """
    room = screen.columns()
    told = screen.fitted(shown(text), room)
    if room is not None and not os.environ.get("NO_COLOR"):
        told = _VERDICT.sub(_colour, told)
    _print(told if told.endswith("\n") else f"{told}\n", None)


def _colour(head: re.Match[str]) -> str:
    return f"{head[1]}\x1b[{_COLOURS[head[2]]}m{head[2]}{head[3]}\x1b[0m"


def print_lines(*lines: str) -> None:
    """Prints lines for people, each as one line whatever is in it."""
    for line in lines:
        print_text(one_line(line))


def print_data(text: str, out: Path | None = None) -> None:
    """Prints a text for programs, as it is but on a terminal, or writes it to the file given."""
    _print(shown(text) if out is None and sys.stdout.isatty() else text, out)


def write_out(path: Path, content: bytes) -> None:
    """Writes a file that is there whole or not at all. Raises UsageError where it cannot be."""
    try:
        files.write(path, content)
    except OSError as error:
        missing = f" Make {path.parent} first." if isinstance(error, FileNotFoundError) else ""
        raise UsageError(f"{path}: cannot be written ({error.strerror}).{missing}") from None


def _from_stdin(limit: int) -> bytes:
    if sys.stdin is None:
        raise UsageError("standard input is closed. Name a file, or pipe the page in.")
    try:
        return sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise UsageError(f"standard input cannot be read ({error.strerror}).") from None


def _parquet(frame: pl.DataFrame, out: Path | None) -> None:
    if out is None and sys.stdout.isatty():
        raise UsageError("Parquet is no text: name a file with --out, or send it to a pipe.")
    # Made in memory first: Polars would tell of a closed pipe or a full disk as of a damaged file.
    packed = io.BytesIO()
    frame.write_parquet(packed)
    if out is not None:
        write_out(out, packed.getvalue())
        return
    with _to_stdout():
        sys.stdout.buffer.write(packed.getvalue())
        sys.stdout.buffer.flush()


def _print(text: str, out: Path | None) -> None:
    if out is not None:
        write_out(out, text.encode())
        return
    with _to_stdout():
        typer.echo(text, nl=False)


@contextmanager
def _to_stdout() -> Iterator[None]:
    """Raises UsageError where standard output takes no more; a reader who has left is no error."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"standard output cannot be written ({error.strerror}).") from None
