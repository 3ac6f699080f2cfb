"""Persons and bodies that react, and whose voice says so, through the reader of speech."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from votewire.press.article import Article
from votewire.press.attribution import Sentence
from votewire.press.name_phrases import read_name_phrase
from votewire.press.naming import Named
from votewire.press.people import People
from votewire.press.quotes import Marked
from votewire.press.referring import Referring
from votewire.press.saying import Saying
from votewire.press.sentences import split_sentences
from votewire.press.speech import STANCES, Speech, Token, tokenise

__all__ = ["Speakers"]

_LONGEST = 2_000  # characters of one sentence for the reader of speech
_COMMAS = frozenset((",", "—", "–", "―"))


@dataclass(kw_only=True)
class Speakers:
    """Subjects of the verbs of an article; sentences are cut into words when first asked for."""

    article: Article
    words: Speech
    quotes: Sequence[Marked]
    _inner: dict[int, Sentence] = field(default_factory=dict)

    def subject(self, at: int) -> Saying | None:
        """The verb at that offset with its subject, pronouns resolved; None where none is read."""
        sentence = self._around(at)
        if sentence is None:
            return None
        saying = next(
            (each for each in sentence.sayings if sentence.tokens[each.verb_at].start == at), None
        )
        if saying is None or saying.denied or saying.who is None:
            return None
        number = self._number(at)
        if self._quote(at) is not None or number is None:
            return saying if saying.who.kind != "pronoun" else None
        who = self._referring.resolve(number, saying.who)
        return replace(saying, who=who) if who.kind != "pronoun" else None

    def reports(self, at: int, actor: int) -> bool:
        """Whether somebody is said to have said what the verb at `at` says of the actor.

        actor: where its words start. The verb of speech stands before it, or ends the sentence.
        """
        sentence = self._around(at)
        if sentence is None:
            return False
        tokens = sentence.tokens
        for saying in sentence.sayings:
            if saying.use in STANCES or saying.denied or saying.passive or saying.who is None:
                continue  # "asked by reporters" reports nothing
            verb = tokens[saying.verb_at].start
            if verb < at and verb < actor and saying.who.start < actor:
                return not _breaks(self.words, tokens, saying.verb_at, min(at, actor))
            if verb > at and _is_final(tokens, saying):
                return True
        return False

    def named(self, start: int, end: int) -> Named | None:
        """Whom or what text[start:end] names; None where that is not all that it says."""
        text = self.article.text
        tokens = tokenise(self.words, text, start, end, headline=False)
        who, size = read_name_phrase(self.words, text, tokens, 0)
        if who is None or not (size == len(tokens) or tokens[size].kind == "prep"):
            return None
        return self._people.described(who) if who.kind == "person" else who

    def _around(self, at: int) -> Sentence | None:
        """The sentence that the word at that offset stands in; inside a quote, one of the quote."""
        quote = self._quote(at)
        if quote is None:
            number = self._number(at)
            return None if number is None else self._sentences[number]
        if quote.start not in self._inner or not self._holds(self._inner[quote.start], at):
            spans = split_sentences(self.article.text, quote.start, quote.end)
            inside = [span for span in _cut(spans) if span[0] <= at < span[1]]
            if not inside:
                return None
            self._inner[quote.start] = self._made(*inside[0], block=0, headline=False)
        return self._inner[quote.start]

    def _holds(self, sentence: Sentence, at: int) -> bool:
        return sentence.start <= at < sentence.end

    def _quote(self, at: int) -> Marked | None:
        """The quote that the offset is in."""
        number = bisect_right(self._lefts, at) - 1
        found = self.quotes[number] if number >= 0 else None
        return found if found is not None and found.start <= at < found.end else None

    def _number(self, at: int) -> int | None:
        number = bisect_right(self._starts, at) - 1
        return number if number >= 0 and self._holds(self._sentences[number], at) else None

    @cached_property
    def _lefts(self) -> list[int]:
        return [quote.left for quote in self.quotes]

    @cached_property
    def _sentences(self) -> list[Sentence]:
        """The sentences of the prose, each quote or part of one a token."""
        return list(self._cut_up())

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self._sentences]

    @cached_property
    def _people(self) -> People:
        spans = [(quote.start, quote.end) for quote in self.quotes]
        return People(self.article, self.words, spans)

    @cached_property
    def _referring(self) -> Referring:
        return Referring(self._people, self._sentences, self.article.prose())

    def _cut_up(self) -> Iterator[Sentence]:
        text = self.article.text
        for number, block in enumerate(self.article.prose()):
            for start, end in _cut(split_sentences(text, block.start, block.end)):
                headline = block.role == "headline"
                yield self._made(start, end, block=number, headline=headline, whole=True)

    def _made(
        self, start: int, end: int, *, block: int, headline: bool, whole: bool = False
    ) -> Sentence:
        quotes = self._inside(start, end) if whole else []
        return Sentence(
            text=self.article.text,
            words=self.words,
            start=start,
            end=end,
            block=block,
            headline=headline,
            known=self._tokens(start, end, quotes, headline=headline) if quotes else None,
        )

    def _inside(self, start: int, end: int) -> list[tuple[int, Marked]]:
        """The quotes that overlap text[start:end], with their numbers."""
        first = max(0, bisect_right(self._lefts, start) - 1)
        found = []
        for number in range(first, len(self.quotes)):
            if self.quotes[number].left >= end:
                break
            if self.quotes[number].right > start:
                found.append((number, self.quotes[number]))
        return found

    def _tokens(
        self, start: int, end: int, quotes: Sequence[tuple[int, Marked]], *, headline: bool
    ) -> list[Token]:
        text = self.article.text
        tokens: list[Token] = []
        at = start
        for number, mark in quotes:
            left, right = max(at, mark.left), min(end, mark.right)
            tokens += tokenise(self.words, text, at, left, headline=headline)
            said = text[max(left, mark.start) : min(right, mark.end)]
            tokens.append(Token(left, right, said, "", "quote", number))
            at = right
        return [*tokens, *tokenise(self.words, text, at, end, headline=headline)]


def _cut(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, with those that are too long in pieces."""
    for start, end in spans:
        while end - start > _LONGEST:
            yield start, start + _LONGEST
            start += _LONGEST
        yield start, end


def _breaks(words: Speech, tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether a "but" or a semicolon ends the reported speech before offset `at`."""
    between = (token for token in tokens[first + 1 :] if token.start < at)
    return any(token.low in words.sets["breaks"] or token.low == ";" for token in between)


def _is_final(tokens: Sequence[Token], saying: Saying) -> bool:
    """Whether the saying ends its sentence after a comma: "Iran condemned the raid, X said"."""
    parted = saying.at > 0 and tokens[saying.at - 1].low in _COMMAS
    rest = tokens[saying.end :]
    closed = all(token.kind not in ("verb", "sub", "aux", "quote") for token in rest)
    return parted and closed and not saying.hanging
