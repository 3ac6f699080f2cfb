"""Directly quoted speech: where it stands in the text, without the quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Marked", "find_marked", "find_quotes", "find_single"]

_CLOSES = {"“": "”", "„": "“”", "«": "»", "「": "」", "『": "』", "‟": "”"}
_MARK = re.compile(r'["“”„‟«»「」『』＂]|\n[^\S\n]*(?=\n)|\n(?=[^\S\n]*["“„«])')
# British speech in single marks; only whole clauses, so that scare quotes and apostrophes stay out.
_SINGLE = re.compile(
    r"(?:(?<=[\s(—–:])|(?<![\s\S]))['‘](?=[^\W\d_])"
    r"(?P<said>(?:[^'‘’\"“”\n]|(?<=\w)['’](?=\w)){15,600}[,.?!…])['’](?=[\s,.;)—–]|\Z)"
)
_SINGLE_MARK = re.compile("['‘]")
# In a headline, where space is short, any words in single marks may be speech.
_BRIEF = re.compile(
    r"(?<!\w)['‘](?=\w)(?P<said>(?:[^'‘’\"“”\n]|(?<=\w)['’](?=\w)){2,200})['’](?!\w)"
)
_STRAIGHT = '"＂'
_NESTING = "«「『"
_OPENING_CONTEXT = "([{—–-/'‘:"


class Marked(NamedTuple):
    """Words between quotation marks: text[start:end]; with their marks, text[left:right].

    closed: whether the closing mark is there; without it the words run to the paragraph's end.
    """

    start: int
    end: int
    left: int
    right: int
    closed: bool


def find_quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Offsets (start, end) of the quoted speech in text[start:end], in order, never overlapping.

    The marks themselves are left out, so text[a:b] is what was said. Straight and curly double
    marks, guillemets and corner brackets are paired within a paragraph; a quote that is not closed
    runs to the paragraph's end. Short scare quotes count. Whole clauses in single marks count
    where the range has no double ones. A paragraph ends at a blank line, or at a newline that a
    new opening mark follows. Time linear in the length.
    """
    return [(quote.start, quote.end) for quote in find_marked(text, start, end)]


def find_marked(text: str, start: int, end: int) -> list[Marked]:
    """The quotes of `find_quotes`, each with the place of its marks."""
    spans: list[Marked] = []
    opened: int | None = None
    closers = ""
    inner = _Inner(text, end)
    for found in _MARK.finditer(text, start, end):
        mark = found[0]
        at = found.start()
        if mark[0] == "\n":
            if opened is not None:
                _keep(spans, text, opened, at)
                opened = None
        elif opened is not None and _may_close(text, at, mark, closers, end):
            _keep(spans, text, opened, at, closed=True)
            opened = None
        elif opened is not None and inner.holds(text[opened - 1], mark, at):
            continue
        elif _may_open(text, at, mark, start, end):
            if opened is not None:  # never closed: all up to here was speech
                _keep(spans, text, opened, at)
            opened, closers = at + 1, _CLOSES.get(mark, _STRAIGHT + "”")
    if opened is not None:
        _keep(spans, text, opened, end)
    return spans or _single_marks(text, start, end)


class _Inner:
    """Whether a mark stands inside a quote in other marks: « le mot “guerre” »."""

    def __init__(self, text: str, end: int) -> None:
        self._text = text
        self._end = end
        self._known: dict[str, int] = {}  # mark -> where it next stands

    def holds(self, outer: str, mark: str, at: int) -> bool:
        """Whether the quote that `outer` opened is closed behind `at`, before another like it.

        Only for outer marks that open and close differently, and in the same paragraph.
        """
        if outer == mark or outer not in _NESTING:
            return False
        closed = self._next(_CLOSES[outer], at)
        opened, ends = self._next(outer, at), self._next("\n\n", at)
        return closed < min(opened, ends)

    def _next(self, mark: str, at: int) -> int:
        """Where the mark next stands behind `at`; the range's end where nowhere."""
        known = self._known.get(mark, -1)
        if known < at:
            found = self._text.find(mark, at, self._end)
            known = self._known[mark] = found if found >= 0 else self._end
        return known


def find_single(text: str, start: int, end: int) -> list[Marked]:
    """Words in single marks, however few: for a headline, and only where somebody says them."""
    return [_matched(found) for found in _BRIEF.finditer(text, start, end)]


def _may_close(text: str, at: int, mark: str, closers: str, end: int) -> bool:
    """Whether `mark` closes the open quote; a straight one before a word only opens another."""
    if mark not in _STRAIGHT:
        return mark in closers
    if closers[0] not in _STRAIGHT and closers[0] != "”":
        return False
    spaced = text[at - 1].isspace()
    return not (spaced and at + 1 < end and not text[at + 1].isspace())


def _may_open(text: str, at: int, mark: str, start: int, end: int) -> bool:
    """Whether `mark` opens a quote: a straight one needs a word after it and a gap before it."""
    if mark not in _STRAIGHT:
        return mark in _CLOSES
    if at + 1 >= end or text[at + 1].isspace():
        return False
    before = text[at - 1] if at > start else " "
    return before.isspace() or before in _OPENING_CONTEXT or not before.isalnum()


def _keep(spans: list[Marked], text: str, start: int, end: int, *, closed: bool = False) -> None:
    """Adds text[start:end] without outer space, where anything is left."""
    left, right = start - 1, end + closed
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Marked(start, end, left, right, closed))


def _single_marks(text: str, start: int, end: int) -> list[Marked]:
    """Whole clauses of four words or more in single marks."""
    spans: list[Marked] = []
    at = start
    # Most marks are apostrophes: the pattern is tried where one stands, not at each character.
    while (mark := _SINGLE_MARK.search(text, at, end)) is not None:
        quote = _SINGLE.match(text, mark.start(), end)
        at = mark.end() if quote is None else quote.end()
        if quote is not None and len(quote["said"].split()) >= 4:
            spans.append(_matched(quote))
    return spans


def _matched(found: re.Match[str]) -> Marked:
    return Marked(*found.span("said"), *found.span(), closed=True)
