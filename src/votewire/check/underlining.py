"""Where an article's claims stand in its paragraphs: stretches to underline, without any markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from votewire.check.report import Checked, Verdict
from votewire.press import Article

__all__ = ["Mark", "Passage", "Stretch", "passages"]

_GAP = re.compile(r"\s+")
_BLANK = 2  # line ends in a gap that parts two paragraphs
# Nearest to the text the verdict that a reader must not miss.
_URGENCY = (
    Verdict.CONTRADICTED,
    Verdict.PARTLY,
    Verdict.UNCLEAR,
    Verdict.NOT_IN_RECORD,
    Verdict.MEASURED,
    Verdict.SUPPORTED,
    Verdict.NOT_CHECKABLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The words of one numbered claim, as offsets in the article's text."""

    number: int
    verdict: Verdict
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Text under the same claims throughout.

    lines: the verdicts to underline it by, each with its distance from the text, 0 nearest; a
    verdict keeps its distance as long as underlined stretches touch. numbers: the claims that
    cover it, ascending. ending: those of them whose words end with it.
    """

    start: int
    end: int
    lines: tuple[tuple[Verdict, int], ...] = ()
    numbers: tuple[int, ...] = ()
    ending: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph of the article with its stretches, which cover it without gap or overlap.

    role: of the block that it is in. new: claims whose words first end here, ascending.
    """

    role: str
    start: int
    end: int
    stretches: tuple[Stretch, ...]
    new: tuple[int, ...] = ()


def passages(article: Article, numbered: Sequence[Sequence[Checked]]) -> tuple[Passage, ...]:
    """The article's prose in page order, paragraph by paragraph, with its claims.

    numbered: the claims by number, from 1, repeated ones together (`alike`). The page around the
    article is left out; words of a claim that run over it are marked on both sides. Time
    n log n in the number of claims, where few of them overlap.
    """
    places = list(_paragraphs(article))
    marks = [
        Mark(number=number, verdict=item.verdict, start=item.claim.start, end=item.claim.end)
        for number, items in enumerate(numbered, start=1)
        for item in items
    ]
    pieces = _pieces(marks, places)
    made: list[Passage] = []
    seen: set[int] = set()
    for (role, start, end), (within, ending) in zip(places, pieces, strict=True):
        new = {mark.number for mark in ending} - seen
        seen |= new
        stretches = tuple(_stretches(start, end, within, ending))
        made.append(
            Passage(role=role, start=start, end=end, stretches=stretches, new=tuple(sorted(new)))
        )
    return tuple(made)


def _paragraphs(article: Article) -> Iterator[tuple[str, int, int]]:
    """Role and offsets of each paragraph: a block, or its parts between blank lines."""
    for block in article.prose():
        at = block.start
        for gap in _GAP.finditer(article.text, block.start, block.end):
            if gap[0].count("\n") < _BLANK:
                continue
            if at < gap.start():
                yield block.role, at, gap.start()
            at = gap.end()
        if at < block.end:
            yield block.role, at, block.end


def _pieces(
    marks: Sequence[Mark], places: Sequence[tuple[str, int, int]]
) -> list[tuple[list[Mark], list[Mark]]]:
    """For each paragraph the marks that reach into it, and those whose last words are in it."""
    found: list[tuple[list[Mark], list[Mark]]] = [([], []) for _ in places]
    ends = [end for _, _, end in places]
    for mark in marks:
        at, last = bisect_right(ends, mark.start), None
        while at < len(places) and places[at][1] < mark.end:
            if max(mark.start, places[at][1]) < min(mark.end, places[at][2]):
                found[at][0].append(mark)
                last = at
            at += 1
        if last is not None:
            found[last][1].append(mark)
    return found


def _stretches(
    start: int, end: int, marks: Sequence[Mark], ending: Sequence[Mark]
) -> Iterator[Stretch]:
    """The paragraph cut wherever a claim begins or ends; covered stretches that touch together."""
    last = {(mark.number, min(mark.end, end)) for mark in ending}
    covered = _covered(start, end, marks)
    for any_claim, run in groupby(covered, key=lambda part: bool(part[2])):
        parts = list(run)
        present = {mark.verdict for _, _, over in parts for mark in over}
        level = {v: at for at, v in enumerate(v for v in _URGENCY if v in present)}
        for a, b, over in parts:
            verdicts = {mark.verdict for mark in over}
            numbers = tuple(sorted({mark.number for mark in over}))
            yield Stretch(
                start=a,
                end=b,
                lines=tuple((v, level[v]) for v in _URGENCY if v in verdicts) if any_claim else (),
                numbers=numbers,
                ending=tuple(n for n in numbers if (n, b) in last),
            )


def _covered(
    start: int, end: int, marks: Sequence[Mark]
) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """Each part of the paragraph between two cuts, with the marks over it."""
    opening = sorted(marks, key=lambda mark: mark.start, reverse=True)
    cuts = {start, end}
    for mark in marks:
        cuts |= {max(start, mark.start), min(end, mark.end)}
    ordered = sorted(cuts)
    over: list[Mark] = []
    for a, b in pairwise(ordered):
        while opening and opening[-1].start <= a:
            over.append(opening.pop())
        over = [mark for mark in over if mark.end > a]
        yield a, b, tuple(over)
