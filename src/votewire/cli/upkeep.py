"""`votewire record add | layer | undo | build`: changing what the record holds, or making one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from votewire.cli.output import JsonFlag, RecordPath, plain, print_json, print_lines
from votewire.cli.terminal import tell

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Puts the commands into the group `record`."""
    app.command("add", epilog="Example: votewire record add roll.txt")(add)
    app.command("layer", epilog="Example: votewire record layer")(layer)
    app.command("undo", epilog="Example: votewire record undo")(undo)
    app.command("build", epilog="Example: votewire record build ../shared/data --out record/")(
        build
    )


def add(
    files: Annotated[
        list[Path],
        typer.Argument(help="A source file; for tables that belong together, several."),
    ],
    skip_broken: Annotated[
        bool, typer.Option("--skip-broken", help="Leave out broken rollcalls, store the others.")
    ] = False,
    json: JsonFlag = False,
    record: RecordPath = None,
) -> None:
    """Add rollcalls of your own to a layer beside the record; the record itself never changes.

    Takes UN Digital Library CSV and MARCXML, Voeten's data, a roll pasted as text, or a page of
    UN meetings coverage.
    """
    from votewire.config import load
    from votewire.pipeline import add_files

    settings = load(record=record)
    added = add_files(files, settings, today=_today(), skip_broken=skip_broken)
    if json:
        print_json(added)
        return
    print_lines(
        f"{added.new} new, {added.filled} filled in, {added.beside} beside what was there, "
        f"{added.repeated} repeated (not stored again)"
    )
    for problem in added.problems:
        where = problem.symbol or problem.source_key
        tell(f"left out {where}: {problem.reason}")
    if added.entry is not None:
        print_lines(f"addition {added.entry.sequence}; `votewire record undo` takes it back")


def layer(json: JsonFlag = False) -> None:
    """Your own additions to the record, oldest first."""
    from votewire.config import load
    from votewire.pipeline import user_layer

    own = user_layer(load())
    entries = own.entries()
    if json:
        print_json({"directory": str(own.directory), "additions": entries})
        return
    for entry in entries:
        print_lines(
            f"{entry.sequence}  {entry.source_name}  {entry.rollcalls} rollcalls, "
            f"{entry.casts} casts, read {entry.read_on}, sha256 {entry.sha256[:12]}"
        )
    tell(f"{len(entries)} addition{'' if len(entries) == 1 else 's'} in {own.directory}")


def undo(json: JsonFlag = False) -> None:
    """Take the last addition back; its file is kept in the folder `undone`."""
    from votewire.config import load
    from votewire.pipeline import user_layer

    entry = user_layer(load()).undo()
    if json:
        print_json(entry)
    else:
        print_lines(f"took back addition {entry.sequence} ({entry.source_name}); kept {entry.path}")


def build(
    data: Annotated[Path, typer.Argument(help="Folder of the source files that the list names.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write the record to.")],
    sources: Annotated[
        Path | None,
        typer.Option("--sources", help="TOML list of sources; the shipped one if none."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Compile a record from its sources: read, recount, cross-check, merge, pack."""
    from votewire.pipeline import build_record

    manifest = build_record(data, out, sources=sources)
    if json:
        print_json(manifest)
    else:
        print_lines(f"{out}: hash {manifest['hash']}")
        for name, number in manifest["counts"].items():
            print_lines(f"{name}: {plain(number)}")


def _today() -> date:
    return datetime.now(tz=UTC).date()
