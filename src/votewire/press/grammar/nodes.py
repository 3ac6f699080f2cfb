"""A sentence as a row of nodes: words, marks, and the phrases that a lexicon knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from votewire.press.grammar.words import WORD, spelled

if TYPE_CHECKING:
    from votewire.press.grammar.lexicon import Lexicon

__all__ = ["Node", "Overlay", "row"]

_DASHES = "-–—−‑‐"
_MARKS = {"،": ",", "[": "(", "]": ")", "!": ".", "।": ".", "…": ","}
_MARKS |= {mark: mark for mark in ",;:()'\"?./|"}
_LINK = 14  # words and marks of a link in square brackets
_DIGITS = 9  # longer numbers count no votes
_BEYOND = 10**_DIGITS

Overlay = Sequence[tuple[int, int, str, Any]]  # (start, end, kind, value), in order of start


@dataclass(slots=True)
class Node:
    """One node: its main kind and value, and what else it may be.

    kind: word, num, symbol, name, time, dash, hyphen, a mark, or a class of the lexicon; after
    grouping also actors, count, text. start, end: offsets into the article. low: its words in
    lower case with curly quotes folded. senses: kind -> value of all that it may be.
    """

    kind: str
    start: int
    end: int
    low: str
    value: Any = None
    senses: Mapping[str, Any] | None = None
    capital: bool = False

    def sense(self, kind: str) -> Any:
        """The value of `kind` where the node may be of that kind, else None."""
        return self.senses.get(kind) if self.senses else None


def row(
    low: str, text: str, span: tuple[int, int], overlay: Overlay, lexicon: Lexicon
) -> list[Node]:
    """The nodes of text[span]. low: `folded(text)`. overlay: the names and days inside the span."""
    spans = [found.span() for found in WORD.finditer(text, *span)]
    words = [spelled(low[start:end]) for start, end in spans]
    above = {item[0]: item for item in overlay}
    phrases = lexicon.phrases
    nodes: list[Node] = []
    at, count = 0, len(spans)
    while at < count:
        if words[at] == "[" and (past := _past_link(words, spans, at, above)) is not None:
            at = past
            continue
        start, end = spans[at]
        length, senses = lexicon.longest(words, at) if words[at] in phrases else (0, None)
        item = above.get(start) if above else None
        if item is not None and (senses is None or item[1] >= spans[at + length - 1][1]):
            nodes.append(Node(item[2], start, item[1], low[start : item[1]], item[3]))
            at += 1
            while at < count and spans[at][0] < item[1]:
                at += 1
        elif senses is not None:
            end = spans[at + length - 1][1]
            nodes.append(_known(low[start:end], start, end, senses, lexicon))
            at += length
        else:
            node, length = _plain(text, words, spans, at, lexicon)
            nodes.append(node)
            at += length
    return nodes


def _past_link(
    words: Sequence[str], spans: Sequence[tuple[int, int]], at: int, above: Mapping[int, Any]
) -> int | None:
    """Index after "[press release; text]", a link's words that stand inside a sentence."""
    for end in range(at + 1, min(len(words), at + _LINK)):
        if words[end] == "]":
            return end + 1
        if words[end][0].isdecimal() or spans[end][0] in above:
            return None
    return None


def _known(low: str, start: int, end: int, senses: Mapping[str, Any], lexicon: Lexicon) -> Node:
    """A node for a phrase of the lexicon, with its first sense as the main one."""
    kind = next(iter(senses))
    if kind in lexicon.soft:
        return Node("word", start, end, low, None, senses)
    return Node(kind, start, end, low, senses[kind], senses)


def _plain(
    text: str, words: Sequence[str], spans: Sequence[tuple[int, int]], at: int, lexicon: Lexicon
) -> tuple[Node, int]:
    """A number, a symbol, a mark or an unknown word, and how many words it takes."""
    word, (start, end) = words[at], spans[at]
    if len(word) > 1 and ("/" in word or word.startswith("es-")):
        return Node("symbol", start, end, word, text[start:end]), 1
    if word[0].isalpha():
        if word in lexicon.numbers:
            value, length = _number(words, at, lexicon)
            return Node("num", start, spans[at + length - 1][1], word, value), length
        kind = "adv" if lexicon.is_adverb(word) else "word"
        return Node(kind, start, end, word, capital=text[start].isupper()), 1
    if word[0].isdecimal():
        figures = word.replace(",", "")
        value = int(figures) if len(figures) <= _DIGITS else _BEYOND
        return Node("num", start, end, word, value), 1
    if word in _DASHES:
        before = text[start - 1 : start]
        # "US-drafted"; "U.S.-drafted", where no other dash follows a full stop without a space.
        joins = before.isalnum() or (before == "." and word == "-")
        glued = joins and text[end : end + 1].isalnum()
        return Node("hyphen" if glued else "dash", start, end, word), 1
    return Node(_MARKS.get(word, "word"), start, end, word), 1


def _number(words: Sequence[str], at: int, lexicon: Lexicon) -> tuple[int, int]:
    """A number in words from `at`: its value and how many words it takes."""
    numbers = lexicon.numbers
    total, last, end = 0, 0, at
    while end < len(words):
        value = numbers.get(words[end])
        if value is None:
            following = words[end + 1] if end + 1 < len(words) else ""
            fits = numbers.get(following, 1000) < last or following in lexicon.multipliers
            if words[end] not in lexicon.number_links or not fits:
                break
        elif 0 < total <= lexicon.multipliers.get(words[end], 0):  # "two hundred", "quatre-vingts"
            total, last = total * value, value
        elif end > at and value >= last:
            break
        else:
            total, last = total + value, value
        end += 1
    return total, end - at
