"""How much room a chart has: that of a page, or that of a phone."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["NARROW", "WIDE", "Room"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A width in pixels, and the letters that are read at it.

    narrow: whether everything must fit into `width`; else that is what title and source have at
    least, and a drawing takes what it needs. lines: the part of the width that a line of words may
    fill. title, text, small: sizes of letters. edge: what is left free on each side.
    """

    narrow: bool
    width: int
    lines: float
    title: int
    text: int
    small: int
    edge: int


WIDE = Room(narrow=False, width=520, lines=1, title=16, text=12, small=11, edge=12)
# On a phone a chart is as wide as the screen less its margins, 286 pixels of 320 and 356 of 390:
# drawn for 300 it is shown in letters of 10 pixels at least, and of 13 on most. Lines of words
# leave room for a font that is wider than Helvetica: DejaVu Sans, by an eighth.
NARROW = Room(narrow=True, width=288, lines=0.87, title=14, text=11, small=10, edge=6)
