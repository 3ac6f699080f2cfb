"""A page while roles are given out, and what its lines look like."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from votewire.press.furniture import Fragment, Piece
from votewire.press.patterns import PatternSet

__all__ = [
    "HEADLINE_WORDS",
    "Sheet",
    "count_breaks",
    "first_prose",
    "is_closed",
    "is_lone_name",
    "is_prose",
    "is_title",
    "letters",
    "split_site",
]

_SENTENCE_END = re.compile(r"""(?:[.!…]|[।॥。]|[?？])["'”’»)\]]*\Z""")
_INNER_BREAK = re.compile(r"""[.!?…]["'”’)\]]*\s+["'“‘(\[]?[A-ZÀ-Þ]|[।॥]\s*\S""")
_ACRONYM_END = re.compile(r"\b[A-Z]\.[A-Z]\.\Z")
_CAPITALISED = re.compile(
    r"\A[A-ZÀ-Þ][\w.'&’-]*(?:,? (?:[A-ZÀ-Þ][\w.'&’-]*|of|the|and|in|de|van|bin|al))*\Z"
)
_PROSE_WORDS = 8  # a closed sentence of this length is prose, a shorter one may be a label
_LONG_WORDS = 32  # longer lines are prose with or without a full stop; headlines stay below
HEADLINE_WORDS = (3, 31)
_TITLE_REACH = 250
_TITLE_SITE = re.compile(r"(?<!\s)\s++(?:\||-|–|—|::|»)\s+(?P<site>[^|]{2,40})\Z")
_LONE_WORDS = 5
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Sheet:
    """A page while roles are given out: one entry per fragment, None where not yet decided."""

    folded: str
    lang: str
    cued: Mapping[str, PatternSet]
    fragments: list[Fragment]
    pieces: list[tuple[Piece, ...] | None] = field(default_factory=list)
    headline: int | None = None
    body: int = 0
    lines: list[str] = field(init=False)
    prose: list[bool | None] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = [
            self.folded[fragment.start : fragment.end].replace("\n", " ")
            for fragment in self.fragments
        ]
        self.prose = [None] * len(self.lines)

    def line(self, index: int) -> str:
        """The fragment's folded text on one line."""
        return self.lines[index]

    def is_prose(self, index: int) -> bool:
        """Whether the fragment is running text by its looks; asked again and again."""
        known = self.prose[index]
        if known is None:
            known = self.prose[index] = is_prose(self.lines[index])
        return known

    def open(self, index: int) -> bool:
        """Whether there is such a fragment and it has no role yet."""
        return 0 <= index < len(self.pieces) and self.pieces[index] is None

    def roles(self, index: int) -> frozenset[str]:
        """The roles in the fragment; none where it is undecided or there is none."""
        if not 0 <= index < len(self.pieces):
            return frozenset()
        return frozenset(piece.role for piece in self.pieces[index] or ())

    def give(self, index: int, role: str, rule: str, value: str | None = None) -> None:
        """Gives the whole fragment one role."""
        fragment = self.fragments[index]
        piece = Piece(start=fragment.start, end=fragment.end, role=role, rule=rule, value=value)
        self.pieces[index] = (piece,)


def is_prose(line: str) -> bool:
    """Whether a line is running text by its looks: a closed sentence, several, or a long line."""
    count = len(line.split())
    if count >= _LONG_WORDS or len(line) > 400:
        return True
    if count < _PROSE_WORDS:
        return False
    if _INNER_BREAK.search(line):
        return True
    end = _SENTENCE_END.search(line)
    return end is not None and end[0][0] not in "?？" and not _ACRONYM_END.search(line)


def is_closed(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return _SENTENCE_END.search(line) is not None


def count_breaks(line: str) -> int:
    """How often a sentence ends inside the line."""
    return len(_INNER_BREAK.findall(line))


def is_title(line: str) -> bool:
    """Whether a line could be a headline: some words, not closed by a full stop or colon."""
    low, high = HEADLINE_WORDS
    closed = line.rstrip("\"'”’)")[-1:] in ".;:,।" and not _ACRONYM_END.search(line)
    return low <= len(line.split()) <= high and len(line) <= _TITLE_REACH and not closed


def letters(line: str) -> str:
    """A line reduced to its letters and figures, to compare headlines."""
    return _NO_LETTER.sub("", line.casefold())


def split_site(line: str) -> tuple[str, str] | None:
    """The title and the site's name of "A title | A site"; None for any other line."""
    found = _TITLE_SITE.search(line) if len(line) <= _TITLE_REACH else None
    return (line[: found.start()], found["site"]) if found else None


def is_lone_name(line: str) -> bool:
    """Whether a line is nothing but a few capitalised words."""
    return len(line.split()) <= _LONE_WORDS and _CAPITALISED.match(line) is not None


def first_prose(sheet: Sheet, start: int = 0) -> int:
    """The first undecided fragment from `start` on that is running text; the end if none."""
    for index in range(start, len(sheet.fragments)):
        if sheet.open(index) and sheet.is_prose(index):
            return index
    return len(sheet.fragments)
