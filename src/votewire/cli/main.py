"""The app, its exit codes, and the one place where an error becomes a line on stderr."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, TextIO

import typer

from votewire import __version__, files
from votewire.cli import (
    check,
    groups,
    judging,
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
from votewire.cli.bare import help_if_bare
from votewire.cli.output import print_lines
from votewire.cli.terminal import tell
from votewire.errors import (
    FitError,
    NotInRecord,
    SourceError,
    UnreadLanguage,
    UsageError,
    VotewireError,
)
from votewire.interrupts import INTERRUPTED, end_at_once, raise_again

__all__ = ["EXIT_CODES", "app", "run"]

# A subclass has the exit code of its nearest ancestor. 0 is done, 1 ran fine and said "no".
EXIT_CODES: dict[type[VotewireError], int] = {
    UsageError: 2,
    SourceError: 3,
    NotInRecord: 4,
    FitError: 5,
    UnreadLanguage: 8,
    VotewireError: 70,
}
_OUR_BUG = 70

# What a system refuses whatever the program: no room, a broken or write-protected disk, rights that
# are missing, no files or memory left, an end that is closed.
_REFUSALS = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EBADF),
)
_FRAMES = 3  # places in the code that are named where the log cannot be written

app = typer.Typer(
    name="votewire",
    help="Who voted how at the United Nations, and does this article get it right?",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(asked: bool) -> None:
    if asked:
        print_lines(f"votewire {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and stop.", is_eager=True, callback=_print_version
        ),
    ] = False,
) -> None:
    """Who voted how at the United Nations, and does this article get it right?"""
    help_if_bare(context)


app.command("check", epilog="Example: votewire check page.html --json")(check.check)
app.command("config", epilog="Example: votewire config")(check.config)
for room in (judging, reading, pairs, ranks, ruling, shifting, surprise, subjects, groups, serving):
    room.register(app)
app.add_typer(positions.app, name="positions")
app.add_typer(records.app, name="record")
app.add_typer(links.app, name="links")


def run() -> None:
    """Runs the command line; ends the process with the exit code that the outcome has."""
    _fill_ends()
    raise_again()
    try:
        code = _status()
        end_at_once()
    except KeyboardInterrupt:  # between two lines of the code above
        code = INTERRUPTED
    for end in (sys.stdout, sys.stderr):
        _empty(end)
    sys.exit(code)


def _fill_ends() -> None:
    """Puts something where the shell has closed standard input, output or error (`>&-`).

    Else the next file that is opened would take that number, and be written to as if it were the
    terminal. What is put there can be neither read nor printed to; errors are lost.
    """
    for end, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(end)
        except OSError:
            os.open(os.devnull, flags)  # takes the lowest number that is free: this one
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def _empty(end: TextIO) -> None:
    """Sends off what is left in an end; Python would end with 120 where that fails at its exit."""
    try:
        end.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), end.fileno())


def _status() -> int:
    try:
        code = app(standalone_mode=False)
    except typer.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except VotewireError as error:
        return _told(error)
    except BrokenPipeError:
        # The reader of a pipe has left (`| head`); nothing is lost and nobody waits for more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001
        return _usage(error) or _refused(error) or _no_text(error) or _bug(error)
    return code if isinstance(code, int) else 0


def _told(error: VotewireError) -> int:
    first, *more = getattr(error, "lines", None) or (str(error),)
    tell(f"votewire: {first}")
    for line in more:
        tell(line)
    return next(EXIT_CODES[kind] for kind in type(error).__mro__ if kind in EXIT_CODES)


def _usage(error: Exception) -> int:
    """The exit code of Typer's own complaint about the command line, told in one line; else 0."""
    message = getattr(error, "format_message", None)
    code = getattr(error, "exit_code", 0)
    if message is None or not isinstance(code, int):
        return 0
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "votewire"
    tell(f"votewire: {message()} See `{path} --help`.")
    return code


def _refused(error: Exception) -> int:
    """The exit code of what the system refuses whoever asks, such as room on a disk; else 0."""
    if not isinstance(error, OSError) or error.errno not in _REFUSALS:
        return 0
    where = f"{error.filename}: " if error.filename else ""
    tell(f"votewire: {where}{error.strerror}. Put that right, and run the same command again.")
    return EXIT_CODES[UsageError]


def _no_text(error: Exception) -> int:
    """The exit code of an argument that is no text, found where text was needed; else 0."""
    if isinstance(error, UnicodeEncodeError):
        wrong = error.object[error.start : error.end]
        for word in sys.argv[1:]:
            if wrong in word:
                tell(f"votewire: {word}: this is not UTF-8. Type it in UTF-8.")
                return EXIT_CODES[UsageError]
    return 0


def _bug(error: Exception) -> int:
    """The exit code of our own bug, told in one line.

    The details are in the log; where that cannot be written, the line says where in the code.
    """
    told = f"votewire: this is our bug: {type(error).__name__}: {error}."
    try:
        tell(f"{told} The details are in {_logged(traceback.format_exc())}; please report them.")
    except Exception as unlogged:  # noqa: BLE001
        places = _places(error)
        tell(f"{told} The log cannot be written ({unlogged}); please report this: {places}.")
    return _OUR_BUG


def _logged(details: str) -> Path:
    """The log file, with the details written to it."""
    from votewire.config import load

    log = load().data_dir / "votewire.log"
    text = f"votewire {__version__} {' '.join(sys.argv[1:])}\n{details}\n"
    files.append(log, text.encode("utf-8", "backslashreplace"))
    return log


def _places(error: Exception) -> str:
    """The last places in the code that led to an exception, the innermost first."""
    frames = traceback.extract_tb(error.__traceback__)
    return ", ".join(f"{Path(f.filename).name}:{f.lineno}" for f in frames[: -_FRAMES - 1 : -1])
