"""Columns side by side: in full into a pipe, as wide as the terminal on one.

Where a table is too wide for the terminal its words are shortened first, down to what can still be
recognised. Then columns give way: one that says the same in every row is told below the table, a
title goes on a line of its own under each row, and what is missed least is left out and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from votewire.cli.screen import cells, wrapped

if TYPE_CHECKING:
    import polars as pl

__all__ = ["as_table"]

_CELL = 60  # cells of text into a pipe
_GAP, _INDENT = 2, 2
_LONG = 44  # the longest name of a group has 41; what is longer is a title
_TITLE, _NAME = 24, 12  # what a title and a name need at least
_CODE, _HEAD = 18, 5  # what a code needs, S/RES/2795(2025) whole, and the name of a column
# What a reader misses least, first; any other column after them, from the right.
_SPARE = (
    "cited",
    "asker",
    "kind",
    "chamber",
    "state",
    "with_group",
    "own",
    "of",
    "rank_own",
    "rank_all",
    "sd",
    "source",
    "first",
    "last",
    "label",
    "year",
    "outcome",
    "votes",
    "n_casts",
    "rank",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """A column as it is printed.

    words: whether its cells are words, which are understood when shortened, and no codes. body: the
    columns of a terminal that its widest cell takes.
    """

    name: str
    cells: tuple[str, ...]
    words: bool
    body: int

    @property
    def width(self) -> int:
        """The columns of a terminal that it takes in full."""
        return max(self.body, len(self.name))

    @property
    def least(self) -> int:
        """The width below which it says nothing."""
        needs = (_TITLE if self.is_title else _NAME) if self.words else _CODE
        return max(min(self.body, needs), min(len(self.name), _HEAD))

    @property
    def is_same(self) -> bool:
        """Whether all its rows say the same."""
        return len(self.cells) > 1 and len(set(self.cells)) == 1

    @property
    def is_title(self) -> bool:
        """Whether its cells are whole titles or sentences."""
        return self.words and self.body > _LONG


def as_table(frame: pl.DataFrame, room: int | None = None) -> str:
    """The columns of a frame side by side, as plain text.

    room: the columns of the terminal, into which the table is fitted; if not given, cells are cut
    at 60 characters and no column is left out.
    """
    columns = [_column(frame[name]) for name in frame.columns]
    if room is None:
        return _text(_lines(columns, [min(column.width, _CELL) for column in columns]))
    shown, under = list(columns), None
    while (widths := _widths(shown, room)) is None and len(shown) > 1:
        out = _spared(shown, titled=under is None)
        shown.remove(out)
        under = out if under is None and out.is_title and not out.is_same else under
    lines = _lines(shown, widths or [room])
    if under is not None:
        lines = _with_titles(lines, under, room)
    left_out = [column for column in columns if column not in (*shown, under)]
    return _text([*lines, *(line for told in _told(left_out) for line in wrapped(told, room))])


def _column(values: pl.Series) -> _Column:
    from votewire.record.plain import decimals_of

    places = decimals_of(values)
    texts = tuple(_shown(value, places) for value in values.to_list())
    return _Column(
        name=values.name,
        cells=texts,
        words=any(" " in text for text in texts),
        body=max(map(cells, texts), default=0),
    )


def _shown(value: Any, places: int) -> str:
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.{places}f}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return " ".join(text.split())


def _widths(columns: Sequence[_Column], room: int) -> list[int] | None:
    """The width of each column, words shortened as evenly as fits; None where none fits."""
    widths = [column.width for column in columns]
    over = sum(widths) + _GAP * (len(columns) - 1) - room
    for words in (True, False):
        can = [at for at, column in enumerate(columns) if column.words is words]
        while over > 0:
            wide = [at for at in can if widths[at] > columns[at].least]
            if not wide:
                break
            widths[max(wide, key=widths.__getitem__)] -= 1
            over -= 1
    return None if over > 0 else widths


def _spared(columns: Sequence[_Column], *, titled: bool) -> _Column:
    """The column to give way next; titled: whether a title may, to a line of its own."""
    named = {column.name: column for column in columns}
    # A state's code tells nothing more where its name stands beside it, and everything where not.
    spare = [n for n in _SPARE if n in named and (n != "state" or "name" in named)]
    found = [
        *(column for column in columns if column.is_same),
        *([named["id"]] if "id" in named else []),
        *(column for column in columns if titled and column.is_title),
        *(named[name] for name in spare),
        columns[-1],
    ]
    return found[0]


def _told(columns: Sequence[_Column]) -> Iterator[str]:
    """What is said of columns without room: their one value, or their names."""
    same = [f"{c.name} {c.cells[0] or 'empty'}" for c in columns if c.is_same]
    others = [column.name for column in columns if not column.is_same]
    if same:
        yield f"In every row: {', '.join(same)}."
    if others:
        yield f"No room here for {', '.join(others)}; --csv prints every column."


def _lines(columns: Sequence[_Column], widths: Sequence[int]) -> list[str]:
    """Names, a rule, then the rows, each column in its width."""
    rows = zip(*(column.cells for column in columns), strict=True)
    lines = [[column.name for column in columns], ["-" * width for width in widths], *rows]
    return [(" " * _GAP).join(map(_cell, line, widths)).rstrip() for line in lines]


def _with_titles(lines: Sequence[str], titles: _Column, room: int) -> list[str]:
    """The lines of a table with a line below each row, and below the names, for its title."""
    head, rule, *rows = lines
    indent = " " * _INDENT
    below = [indent + _cell(text, room - _INDENT) for text in (titles.name, *titles.cells)]
    under = {row: line.rstrip() for row, line in enumerate(below[1:]) if line.strip()}
    pairs = [[line, *([under[row]] if row in under else [])] for row, line in enumerate(rows)]
    return [head, below[0].rstrip(), rule, *(line for pair in pairs for line in pair)]


def _text(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _cell(text: str, width: int) -> str:
    """The text in exactly so many cells, cut with an ellipsis or filled with spaces."""
    taken = cells(text)
    if taken <= width:
        return text + " " * (width - taken)
    cut = _cut(text, width - 1) + "…"
    return cut + " " * (width - cells(cut))


def _cut(text: str, width: int) -> str:
    """The longest beginning of a text in at most so many cells."""
    # A mark counts with the letter that it stands on, so a beginning is measured as a whole.
    end = min(len(text), width)
    while end < len(text) and cells(text[: end + 1]) <= width:
        end += 1
    while cells(text[:end]) > width:
        end -= 1
    return text[:end]
