"""The lines of a page put together to paragraphs: by line, or by wrapped block."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from votewire.press.calendars import fold

__all__ = ["find_paragraphs", "fold_page", "trim"]

_LINE = re.compile(r"[^\n]+")
# Every line end as "\n" without moving an offset.
_LINE_END = re.compile(r"[\r\x0c\x85\u2028\u2029]")
# What a text browser writes around words: link numbers, buttons, bullets. Blanked, never removed.
_BROWSER = re.compile(r"\[\d{1,4}\]|\((?:BUTTON|IMG|INS|DEL)\)|(?m:^[^\S\n]*[*+•●▪‣·o](?=\s))")
_ENDS = re.compile(r"""[.!?…।:;]["'”’»)\]]*\s*\Z""")
_WORD = re.compile(r"\S{1,120}")
_LABEL = re.compile(
    r"[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?:\s"
)  # "Yes: Albania, ...", "Voting no: ..."
_BLANK = re.compile(r"\n[^\S\n]*\n")

_WIDEST = 120  # a wrapped page has no longer line; 80 columns and indents stay well below
_SLACK = 6
_NARROWEST = 40
_NARROWEST_PAGE = 55  # of a page that is known by one break; columns of a list are narrower


def fold_page(text: str) -> str:
    """`text` for matching: odd spaces plain, line ends "\\n", a text browser's marks blank.

    One character stands for one, so every offset in the result is an offset in `text`.
    """
    ended = _LINE_END.sub("\n", text.replace("\r\n", " \n"))
    return _BROWSER.sub(lambda found: " " * len(found[0]), fold(ended))


def find_paragraphs(folded: str) -> list[tuple[int, int]]:
    """Offsets (start, end) of the paragraphs of a page, in order, without outer spaces.

    Every line is a paragraph of its own, unless the page is wrapped at a width, as text browsers
    and mail programs do: then full lines go together with the next one, up to a blank line.
    """
    lines = [span for span in _lines(folded) if span[0] < span[1]]
    width = _wrapped_width(folded, lines)
    return _join_full_lines(folded, lines, width) if width else lines


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """text[start:end] without outer white space, as offsets."""
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, max(start, start + len(inner.strip()))


def _lines(folded: str) -> list[tuple[int, int]]:
    return [trim(folded, *found.span()) for found in _LINE.finditer(folded)]


def _wrapped_width(folded: str, lines: Sequence[tuple[int, int]]) -> int:
    """The column at which the page is wrapped; 0 where lines are whole paragraphs.

    A wrapped page has short lines only, and many of them break off in mid-sentence with the next
    going on in lower case. A short one has too few lines for that: one such break is enough if
    nearly every line is as full as its next word allowed, and none is one of a list.
    """
    if len(lines) < 2 or max(end - start for start, end in lines) > _WIDEST:
        return 0
    pairs = [
        (start, end, after)
        for (start, end), (after, _) in itertools.pairwise(lines)
        if end - start >= _NARROWEST and not _BLANK.search(folded, end, after)
    ]
    open_ended = [
        (start, end, after)
        for start, end, after in pairs
        if not _ENDS.search(folded, max(start, end - 4), end)
    ]
    broken = [end - start for start, end, after in open_ended if folded[after].islower()]
    long = sum(end - start >= _NARROWEST for start, end in lines)
    if len(broken) >= 2 and len(broken) * 5 >= long:
        return max(broken)
    uncased = sum(
        folded[after].isalpha() and not _is_cased(folded[after]) for *_, after in open_ended
    )
    labelled = any(_LABEL.match(folded, start) for start, _ in lines)
    if labelled or not (broken or uncased):
        return 0
    width = max(end - start for start, end in lines)
    full = sum(_is_full(folded, end - start, after, width) for start, end, after in pairs)
    return width if width >= _NARROWEST_PAGE and full * 4 >= len(pairs) * 3 else 0


def _is_cased(letter: str) -> bool:
    return letter.islower() or letter.isupper()


def _is_full(folded: str, length: int, after: int, width: int) -> bool:
    """Whether the word at `after` would not have found room on the line above."""
    word = _WORD.match(folded, after)
    return length + 1 + (len(word[0]) if word else 0) > width - _SLACK


def _join_full_lines(
    folded: str, lines: Sequence[tuple[int, int]], width: int
) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in lines:
        if joined and _continues(folded, joined[-1], start, width):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _continues(folded: str, before: tuple[int, int], start: int, width: int) -> bool:
    """Whether the line at `start` goes on with the paragraph `before`: its last line was full."""
    if _BLANK.search(folded, before[1], start):
        return False
    line_start = max(folded.rfind("\n", before[0], before[1]) + 1, before[0])
    return _is_full(folded, before[1] - line_start, start, width)
