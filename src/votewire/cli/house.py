"""`votewire positions house`: where the members of a house of Congress stand, beside NOMINATE."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from votewire.cli import screen
from votewire.cli.output import (
    CsvFlag,
    JsonFlag,
    OutFile,
    ParquetFlag,
    as_json,
    formats,
    print_data,
    print_frame,
    print_text,
    read_input,
)
from votewire.cli.rows import Top, few_rows
from votewire.errors import UsageError
from votewire.files import is_folder

if TYPE_CHECKING:
    from votewire.positions.house_answer import HouseAnswer

__all__ = ["register"]

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Folder with Voteview's files, or one of the three of a house, such as S118_votes.csv."
    ),
]
Files = list[tuple[str, bytes]]

_ROLES = ("members", "rollcalls", "votes")
_LARGEST = 512 * 1024 * 1024  # bytes; the largest House since 1789 has under 30 million


def register(app: typer.Typer) -> None:
    """Puts the command into the group `positions`."""
    app.command("house", epilog="Example: votewire positions house S118_votes.csv --csv")(house)


def house(
    paths: Paths,
    top: Top = None,
    json: JsonFlag = False,
    csv: CsvFlag = False,
    parquet: ParquetFlag = False,
    out: OutFile = None,
) -> None:
    """Fit a house of the US Congress out of Voteview's files, and compare with NOMINATE."""
    json, csv, parquet = formats(json=json, csv=csv, parquet=parquet, out=out)
    files = [_files(stem) for stem in _stems(paths)]
    from votewire.positions.making import needs_extra

    with needs_extra("positions house"):
        from votewire.positions.house_answer import house_answer
    try:
        answer = house_answer(files, on_sweep=_told)
    finally:
        _tell("\x1b[K")
    members, note = few_rows(answer.members, top)
    shown = replace(answer, members=members)
    _print(shown, note, json=json, csv=csv, parquet=parquet, out=out)


def _print(
    answer: HouseAnswer, note: str, *, json: bool, csv: bool, parquet: bool, out: Path | None
) -> None:
    if json:
        print_data(as_json(_as_object(answer)) + "\n", out)
    elif csv or parquet:
        print_frame(answer.members, json=False, csv=csv, parquet=parquet, out=out)
    else:
        print_text(_as_text(answer, note, None if out else screen.columns()), out)


def _as_object(answer: HouseAnswer) -> dict[str, Any]:
    return {
        "question": "positions_house",
        "title": answer.title,
        "told": list(answer.told),
        **answer.facts,
        "members": answer.members.to_dicts(),
        "beside": answer.beside.to_dicts(),
        "definition": answer.definition,
    }


def _as_text(answer: HouseAnswer, note: str, room: int | None) -> str:
    from votewire.cli.tables import as_table

    told = [line for text in answer.told for line in screen.wrapped(text, room)]
    members = as_table(answer.members.drop("id"), room) + (f"{note}\n" if note else "")
    tables = [members, as_table(answer.beside, room)]
    defined = screen.wrapped(answer.definition, room)
    return "\n".join([answer.title, *told, "", *tables, *defined]) + "\n"


def _stems(paths: list[Path]) -> list[Path]:
    """The beginning of the three files' names of each house, such as folder/S118; each once."""
    found: dict[Path, None] = {}
    for path in paths:
        here = sorted(path.glob("*.csv")) if is_folder(path) else [path]
        stems = [stem for file in here if (stem := _stem(file))]
        if not stems:
            raise UsageError(
                f"{path}: no file of Voteview's, such as S118_votes.csv; give a folder that holds "
                "them, or one of the three files of a house (https://voteview.com/data)."
            )
        found |= dict.fromkeys(stems)
    return list(found)


def _stem(path: Path) -> Path | None:
    name, _, role = path.stem.rpartition("_")
    return path.with_name(name) if name and role in _ROLES and path.suffix == ".csv" else None


def _files(stem: Path) -> Files:
    """The (name, bytes) of the three files of a house; UsageError where one is not there."""
    found = []
    for role in _ROLES:
        path = stem.with_name(f"{stem.name}_{role}.csv")
        source = read_input(path, _LARGEST)
        if len(source) > _LARGEST:
            raise UsageError(f"{path}: over {_LARGEST >> 20} MiB: give the files of one Congress.")
        found.append((path.name, source))
    return found


def _told(sweep: int, change: float) -> None:
    _tell(f"fitting: sweep {sweep}, largest move {change:.4f} ")


def _tell(text: str) -> None:
    """Writes over the line of progress, on a terminal alone."""
    if sys.stderr.isatty():
        typer.echo(f"\r{text}", nl=False, err=True)
