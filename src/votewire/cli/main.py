"""The app, its exit codes, and the one place where an error becomes a line on stderr."""

from __future__ import annotations

import os
import sys
import traceback
from typing import Annotated

import typer

from votewire import __version__
from votewire.cli import (
    check,
    groups,
    links,
    pairs,
    positions,
    ranks,
    reading,
    records,
    ruling,
    serving,
    shifting,
    subjects,
    surprise,
)
from votewire.errors import FitError, NotInRecord, SourceError, UsageError, VotewireError

__all__ = ["EXIT_CODES", "app", "run"]

# A subclass has the exit code of its nearest ancestor. 0 is done, 1 ran fine and said "no".
EXIT_CODES: dict[type[VotewireError], int] = {
    UsageError: 2,
    SourceError: 3,
    NotInRecord: 4,
    FitError: 5,
    VotewireError: 70,
}
_OUR_BUG = 70
_INTERRUPTED = 130

app = typer.Typer(
    name="votewire",
    help="Who voted how at the United Nations, and does this article get it right?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)
    ] = False,
) -> None:
    """Who voted how at the United Nations, and does this article get it right?"""
    if version:
        typer.echo(f"votewire {__version__}")
        raise typer.Exit


app.command("check", epilog="Example: votewire check page.html --json")(check.check)
app.command("config", epilog="Example: votewire config")(check.config)
for room in (reading, pairs, ranks, ruling, shifting, surprise, subjects, groups, serving):
    room.register(app)
app.add_typer(positions.app, name="positions")
app.add_typer(records.app, name="record")
app.add_typer(links.app, name="links")


def run() -> None:
    """Runs the command line; ends the process with the exit code that the outcome has."""
    sys.exit(_status())


def _status() -> int:
    try:
        code = app(standalone_mode=False)
    except typer.Abort:
        return _INTERRUPTED
    except KeyboardInterrupt:
        return _INTERRUPTED
    except VotewireError as error:
        return _told(error)
    except BrokenPipeError:
        # The reader of a pipe has left (`| head`); nothing is lost and nobody waits for more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001
        return _usage(error) or _bug()
    return code if isinstance(code, int) else 0


def _told(error: VotewireError) -> int:
    typer.echo(f"votewire: {error}", err=True)
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def _usage(error: Exception) -> int:
    """The exit code of Typer's own complaint about the command line, told in one line; else 0."""
    message = getattr(error, "format_message", None)
    code = getattr(error, "exit_code", 0)
    if message is None or not isinstance(code, int):
        return 0
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "votewire"
    typer.echo(f"votewire: {message()} See `{path} --help`.", err=True)
    return code


def _bug() -> int:
    from votewire.config import load

    log = load().data_dir / "votewire.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"votewire {__version__} {' '.join(sys.argv[1:])}\n{traceback.format_exc()}\n")
    last = traceback.format_exc().strip().splitlines()[-1]
    typer.echo(
        f"votewire: this is our bug: {last}. The details are in {log}; please report them.",
        err=True,
    )
    return _OUR_BUG
