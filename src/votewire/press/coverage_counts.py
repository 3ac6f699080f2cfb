"""Counts of votes with the states listed in brackets behind each, as meetings coverage has them.

"by a recorded vote of 152 in favour to 5 against (Israel, ...), with 6 abstentions (Albania, ...)":
the brackets are blanked, the grammar reads the counts, and each takes the list that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from votewire.press.coverage_words import any_of, coverage_words
from votewire.press.grammar.lexicon import lexicon
from votewire.press.grammar.sentence import Bodies, Place, parse
from votewire.press.grammar.tallies import SideCount, find_counts, tallies
from votewire.press.grammar.words import folded
from votewire.press.lines import fold_page, trim
from votewire.press.sentences import split_sentences

__all__ = ["Counted", "Side", "find_counted"]

_LIST = re.compile(r"\s{0,3}\(")
_NO_LIST = re.compile(r"\d|[A-Z]/[A-Z\d]")
_WIDEST = 120  # columns of a wrapped page
_LINE = re.compile(r"[^\n]+")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\S\n]*\S[^\n]*)*")
_SENTENCE = 8_000  # characters; one that lists every member has half of them
_LONGEST = 6_000  # characters of a list of all members, with room


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """How many voted one way, and who: the words of the list, None where none is given.

    number is None where only the list is given.
    """

    number: int | None
    listed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One vote as a sentence counts it: text[start:end], in the sentence text[first:last].

    sides: yes, no, abstain, non_voting -> what is said of that side; only sides that are counted.
    """

    sides: dict[str, Side]
    start: int
    end: int
    first: int
    last: int


def find_counted(text: str) -> list[Counted]:
    """The votes that a text counts, in order: those in favour and at least one other side.

    Time is linear in the length.
    """
    found: list[Counted] = []
    for start, end in _paragraphs(fold_page(text)):
        if _cues().search(text, start, end):
            found.extend(_in_paragraph(text, start, end))
    return found


def _paragraphs(folded: str) -> Iterator[tuple[int, int]]:
    """Offsets of the paragraphs: lines, or where no line is long, what stands between blank ones.

    Lists of names break at capitals, so a wrapped page is told by its width alone.
    """
    wrapped = max(map(len, folded.split("\n"))) <= _WIDEST
    for found in (_BLOCK if wrapped else _LINE).finditer(folded):
        yield trim(folded, *found.span())


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Counted]:
    words = text[start:end]
    brackets = _brackets(words)
    blank = _blanked(words, brackets)
    low = folded(blank)
    known = lexicon("en")
    for first, last in _pieces(split_sentences(blank, 0, len(blank))):
        if not _cues().search(blank, first, last):
            continue
        place = Place(role="body", block=0, sentence=0)
        bodies = Bodies(known.weak_bodies)
        nodes = parse(blank, low, (first, last), [], known, bodies, place).nodes
        for group, _ in tallies(find_counts(nodes)):
            vote = _vote(words, group, brackets, (first, last))
            if vote is not None:
                yield _moved(vote, start)


def _pieces(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, with those that are too long cut in pieces, so that time stays linear."""
    for start, end in spans:
        for first in range(start, end, _SENTENCE):
            yield first, min(end, first + _SENTENCE)


def _vote(
    words: str, group: list[SideCount], brackets: dict[int, int], sentence: tuple[int, int]
) -> Counted | None:
    """The vote of the counts; None where they are not those in favour with another side's."""
    sides: dict[str, Side] = {}
    end = group[-1].end
    for count in group:
        listed, end = _listed(words, count.end, brackets)
        sides[count.side] = Side(number=count.number, listed=listed)
    if "yes" not in sides or len(sides) < 2:
        return None
    first, last = sentence
    return Counted(sides=sides, start=group[0].start, end=end, first=first, last=last)


def _moved(vote: Counted, by: int) -> Counted:
    return Counted(
        sides=vote.sides,
        start=vote.start + by,
        end=vote.end + by,
        first=vote.first + by,
        last=vote.last + by,
    )


def _listed(words: str, at: int, brackets: dict[int, int]) -> tuple[str | None, int]:
    """The list in brackets that follows `at`, and the index after it; (None, at) without one."""
    opens = _LIST.match(words, at)
    if opens is None or opens.end() - 1 not in brackets:
        return None, at
    end = brackets[opens.end() - 1]
    inside = words[opens.end() : end].strip()
    if not inside or _NO_LIST.search(inside) or _others().match(inside):
        return None, at
    return inside, min(end + 1, len(words))


def _brackets(words: str) -> dict[int, int]:
    """Opening -> closing bracket, for the outer ones; for one that holds a tally, the inner ones.

    A bracket that is never closed runs to the end of the paragraph: a list that is cut off.
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for at, letter in enumerate(words):
        if letter == "(":
            opened.append(at)
        elif letter == ")" and opened:
            pairs[opened.pop()] = at
    pairs |= dict.fromkeys(opened[-1:], len(words))
    outer: dict[int, int] = {}
    past = -1
    for start, end in sorted(pairs.items()):
        if start < past:
            continue
        if end - start < _LONGEST and not _cues().search(words, start, end):
            outer[start], past = end, end
    return outer


def _blanked(words: str, brackets: dict[int, int]) -> str:
    """The words with spaces for what stands in brackets, and counted participles as nouns."""
    parts, at = [], 0
    for start, end in brackets.items():
        parts += [words[at:start], " " * (min(end + 1, len(words)) - start)]
        at = min(end + 1, len(words))
    blank = "".join([*parts, words[at:]])
    for word, noun in coverage_words()["counts"]["nouns"].items():
        blank = any_of([word]).sub(noun.ljust(len(word)), blank)
    return blank


@cache
def _cues() -> re.Pattern[str]:
    return re.compile("|".join(coverage_words()["counts"]["cues"]), re.IGNORECASE)


@cache
def _others() -> re.Pattern[str]:
    return any_of(coverage_words()["brackets"]["others"])
