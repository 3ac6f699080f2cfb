"""What reaches a terminal: text that can do nothing there but be read.

A file's name, a page and a source may hold anything: codes that colour, move or overwrite what is
on the screen, or that turn the order of letters round. They are printed as escapes.
"""

from __future__ import annotations

import re
from contextlib import suppress

import typer

from votewire.cli.screen import columns, fitted

__all__ = ["in_json", "note", "one_line", "shown", "tell"]

_LONGEST = 1_000  # characters of a line on stderr, of which so many of the end stay
_END = 300

# C0 but for tab and line feed, DEL, C1, line and paragraph separators, the controls of direction
# that reach beyond a letter, and halves of surrogate pairs, which no encoding takes.
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile(r"[\t\n]")


def shown(text: str) -> str:
    r"""The text for people, with an escape such as \x1b for each character a terminal obeys."""
    return _OBEYED.sub(_escape, text)


def in_json(text: str) -> str:
    r"""A JSON document, with \u001b for each such character, which says the same in JSON."""
    return _OBEYED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def one_line(text: str) -> str:
    """The text as one line, with escapes for its tabs and line feeds too."""
    return _BREAKS.sub(_escape, shown(text))


def tell(text: str) -> None:
    """Prints one line on standard error, of a long one the beginning and the end.

    On a terminal it goes on below itself. Nothing is raised where nobody can read it.
    """
    line = one_line(text)
    if len(line) > _LONGEST:
        line = f"{line[: _LONGEST - _END]} ... {line[-_END:]}"
    with suppress(OSError):
        typer.echo(fitted(line, columns(err=True)), err=True)


def note(text: str) -> None:
    """Tells on standard error what else is worth knowing."""
    tell(f"note: {text}")


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return {9: "\\t", 10: "\\n"}.get(code) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")
