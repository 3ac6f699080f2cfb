"""`votewire judge`: claims from any reader against the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from votewire.cli import screen
from votewire.cli.check import Brief, as_text, brief_text
from votewire.cli.output import (
    JsonFlag,
    RecordPath,
    page_name,
    print_coloured,
    print_json,
    read_page,
)

__all__ = ["judge", "register"]

Claims = Annotated[
    Path | None, typer.Argument(help="Claims as JSON, a file; - for standard input.")
]
SchemaFlag = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of claims.")]


def judge(
    claims: Claims = None,
    json: JsonFlag = False,
    brief: Brief = False,
    schema: SchemaFlag = False,
    record: RecordPath = None,
) -> None:
    """Check claims about votes that any reader found: who did what to which text, and when.

    Exit status 0 where nothing is contradicted, 1 where something is, 3 for claims that are not of
    the schema.
    """
    from votewire.check.as_json import as_json
    from votewire.check.sheet import schema as of_claims
    from votewire.config import load
    from votewire.errors import UsageError
    from votewire.pipeline import judge as judged
    from votewire.pipeline import open_with_layer

    if schema:
        print_json(of_claims())
        return
    if claims is None:
        raise UsageError(
            "name a file of claims, or - for standard input; --schema says what it is."
        )
    opened = open_with_layer(load(record=record))
    report = judged(read_page(claims), opened, name=page_name(claims))
    if json:
        print_json(as_json(report))
    else:
        told = brief_text if brief else as_text
        print_coloured(told(report, screen.columns()))
    raise typer.Exit(1 if report.contradicted else 0)


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("judge", epilog="Example: votewire judge claims.json --json")(judge)
