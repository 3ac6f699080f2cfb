"""What fits on the reader's screen: the terminal's width, and text wrapped to it.

On a terminal lines are as long as it is wide. Into a pipe or a file they have one length whatever
the terminal, so that scripts and pages of documentation always see the same.
"""

from __future__ import annotations

import os
import sys
from textwrap import TextWrapper
from typing import TextIO

__all__ = ["cells", "columns", "fitted", "wrapped"]

_PIPED = 100
_NARROWEST, _USUAL, _WIDEST = 40, 80, 200
_FIRST_COMBINING = "\u0300"  # before it, every character takes one cell


def columns(*, err: bool = False) -> int | None:
    """The columns of the terminal that stdout is, or stderr, from 40 to 200; None where it is none.

    COLUMNS in the environment goes before what the terminal says of itself, 80 after it.
    """
    stream: TextIO | None = sys.stderr if err else sys.stdout
    if stream is None or not stream.isatty():
        return None
    try:
        found = int(os.environ.get("COLUMNS") or os.get_terminal_size(stream.fileno()).columns)
    except (OSError, ValueError):
        found = 0
    return min(max(found or _USUAL, _NARROWEST), _WIDEST)


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for 中, none for a mark over a letter."""
    if max(text, default="") < _FIRST_COMBINING:
        return len(text)
    from rich.cells import cell_len  # 5 ms, which most answers need not take

    return cell_len(text)


def wrapped(
    text: str, room: int | None, *, piped: int = _PIPED, indent: str = "", hanging: str = ""
) -> list[str]:
    """Lines of text no wider than the room on the terminal; piped: their length where it is None.

    A number stays beside its per cent sign, symbols and addresses are never broken. indent,
    hanging: before the first line and before the others.
    """
    lines = _wrapper(room or piped, indent, hanging).wrap(text.replace(" %", "\u00a0%"))
    return [line.replace("\u00a0%", " %") for line in lines]


def fitted(text: str, room: int | None) -> str:
    """A text whose lines are no wider than the room; the text itself where that is None."""
    if room is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in _below_itself(line, room))


def _below_itself(line: str, width: int) -> list[str]:
    """A line, or its parts where it is too long, which begin where it begins."""
    if cells(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return _wrapper(width, indent, indent).wrap(line.strip())


def _wrapper(width: int, indent: str, hanging: str) -> TextWrapper:
    return _Wrapper(
        width,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_on_hyphens=False,
        break_long_words=False,
    )


class _Word(str):
    """A word as long as the cells that it takes."""

    __slots__ = ()

    def __len__(self) -> int:
        return cells(str(self))


class _Wrapper(TextWrapper):
    """Wraps by the cells that words take, not by their characters."""

    def _split(self, text: str) -> list[str]:
        return [_Word(word) for word in super()._split(text)]

    def _handle_long_word(
        self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int
    ) -> None:
        """Breaks a run of wide characters, between which there are no spaces; nothing else."""
        word = str(reversed_chunks[-1])
        if cells(word) <= len(word):
            super()._handle_long_word(reversed_chunks, cur_line, cur_len, width)
            return
        from rich.cells import chop_cells

        head = chop_cells(word, max(width - cur_len, 2))[0]
        cur_line.append(_Word(head))
        reversed_chunks[-1] = _Word(word[len(head) :])
