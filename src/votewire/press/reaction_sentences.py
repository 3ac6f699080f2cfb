"""The sentences of an article in which somebody may react, parsed by the grammar of the claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from votewire.press.article import Article, Block
from votewire.press.dates import find_days
from votewire.press.grammar.nodes import Overlay
from votewire.press.grammar.sentence import Bodies, Place, Sentence, parse
from votewire.press.metadata import article_date
from votewire.press.reaction_words import ReactionWords
from votewire.press.sentences import split_sentences
from votewire.states import find_mentions

__all__ = ["reacting_sentences"]

_LONGEST = 6_000  # characters of one sentence; a longer one is read in pieces


def reacting_sentences(
    article: Article, words: ReactionWords, low: str
) -> Iterator[tuple[Sentence, Block]]:
    """The sentences with a verb of reaction, in page order, each with its block.

    low: the folded text. Where one of them names a body, the others that do are parsed before it:
    "the Council" is the one named last.
    """
    heads = [found.start() for found in words.heads.finditer(low)]
    named = [found.start() for found in words.bodies.finditer(low)]
    spans = list(_spans(article))
    told = [each for each in spans if _has(heads, each[1])]
    if any(_has(named, span) for _, span, _ in told):
        told = [each for each in spans if _has(heads, each[1]) or _has(named, each[1])]
    overlay = _overlay(article)
    starts = [item[0] for item in overlay]
    bodies = Bodies(words.lexicon.weak_bodies)
    for place, span, block in told:
        inside = overlay[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
        sentence = parse(article.text, low, span, inside, words.lexicon, bodies, place)
        if _has(heads, span):
            yield sentence, block


def _spans(article: Article) -> Iterator[tuple[Place, tuple[int, int], Block]]:
    """Every sentence of the prose, its place and its block."""
    for number, block in enumerate(article.prose()):
        spans = _pieces(split_sentences(article.text, block.start, block.end))
        for count, span in enumerate(spans):
            yield Place(role=block.role, block=number, sentence=count), span, block


def _pieces(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, with those that are too long cut in pieces."""
    for start, end in spans:
        while end - start > _LONGEST:
            yield start, start + _LONGEST
            start += _LONGEST
        yield start, end


def _overlay(article: Article) -> Overlay:
    """The names and days of the text, in order of their start."""
    names = find_mentions(article.text, lang=article.lang)
    found: list[tuple[int, int, str, Any]] = [(n.start, n.end, "name", n) for n in names]
    covered = {item[0] for item in found}
    days = find_days(article.text, article_date(article.metadata), lang=article.lang)
    found += [(day.start, day.end, "time", day) for day in days if day.start not in covered]
    return sorted(found, key=lambda item: item[0])


def _has(places: Sequence[int], span: tuple[int, int]) -> bool:
    at = bisect_left(places, span[0])
    return at < len(places) and places[at] < span[1]
