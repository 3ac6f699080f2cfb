"""The voting annexes of meetings coverage: "In favour: A, B. Against: C. Abstaining: D."."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from votewire.press.coverage_words import SIDES, coverage_words, labels

__all__ = ["Annex", "find_annexes", "is_heading"]

_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_WORD = re.compile(r"\w")
_ENDS = (".", "!", "]")
_GOES_ON = (",", ";", " and")
_WRAPPED = range(40, 121)  # characters of a full line where a page is wrapped


@dataclass(slots=True, kw_only=True)
class Annex:
    """The labelled lists of one vote: text[start:end].

    lists: side -> its words. counts: side -> the count beside its label. twice: sides under which
    two lists stand, which one vote cannot have.
    """

    start: int
    end: int
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)


def find_annexes(text: str) -> list[Annex]:
    """The annexes in order. Lists with nothing but space between them belong to one vote."""
    found: list[Annex] = []
    marks = list(labels().finditer(text))
    nexts = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, following in zip(marks, nexts, strict=False):
        end = min(_list_end(text, mark.end()), following)
        if not found or _WORD.search(text, found[-1].end, mark.start()):
            found.append(Annex(start=mark.start(), end=end))
        found[-1].end = end
        _take(found[-1], mark, text[mark.end() : end].strip())
    return [annex for annex in found if annex.lists.keys() & {"yes", "no"}]


def _take(annex: Annex, mark: re.Match[str], words: str) -> None:
    """Adds the list under a label to its annex."""
    side = next(side for side in SIDES if mark[side])
    if side in annex.lists:
        annex.twice.append(side)
    annex.lists[side] = words
    if mark["count"]:
        annex.counts[side] = int(mark["count"])


def _list_end(text: str, at: int) -> int:
    """Where the list that starts at `at` ends: its full stop, a blank line, or what comes next.

    It may begin below its label, and goes on over lines of a page that is wrapped at a width.
    """
    end = at
    for line in _LINE.finditer(text, at):
        words = line[0].strip()
        if not words and (end > at or not line[0]):
            break
        if not words:
            continue
        if line.start() > at and _stops(words):
            break
        end = line.start() + len(line[0].rstrip())
        width = end - text.rfind("\n", 0, end) - 1
        if words.endswith(_ENDS) or not (words.endswith(_GOES_ON) or width in _WRAPPED):
            break
    return end


def is_heading(words: str) -> bool:
    """Whether a line heads an annex ("ANNEX IV", "Vote on Syria") or the page's end."""
    return _heading().match(words) is not None


def _stops(words: str) -> bool:
    """Whether a line begins something else than a list of states."""
    return labels().match(words) is not None or is_heading(words)


@cache
def _heading() -> re.Pattern[str]:
    tables = coverage_words()["headings"]
    starts = [*tables["annex"], *tables["vote"], *tables["ends"]]
    return re.compile("|".join(map(re.escape, starts)), re.IGNORECASE)
