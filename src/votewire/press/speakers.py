"""Whose the quotes of an article are: read from the words around them, or left open.

A quote is its sentence's where that says who speaks. Without such words it goes on with the last
speaker, as long as the article has said nothing else since. Pronouns and "the spokesman" stand for
the last person whom they fit. Where two fit, there is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from votewire.press.article import Article, Block, Quote
from votewire.press.attribution import Attribution, Sentence, attributed, is_title
from votewire.press.name_phrases import COMMAS
from votewire.press.naming import Named
from votewire.press.people import People
from votewire.press.quotes import Marked, find_marked, find_single
from votewire.press.referring import Referring
from votewire.press.sentences import split_sentences
from votewire.press.speech import STANCES, Speech, Token, plain, speech, tokenise

__all__ = ["read_quotes"]

_ENDS = ".?!…।॥"
_OPENING = '"“«„'
# Longer sentences are read in pieces, which keeps the time linear.
_LONGEST = 1_500  # characters
_MOST_TOKENS = 300
_SHORT = 14  # tokens of a clause that says who spoke, after a question that a capital follows
_LEADS = frozenset(("body", "dek"))  # roles over which one speaker may go on


def read_quotes(article: Article) -> tuple[Quote, ...]:
    """The quotes in the article's prose in page order, each with its speaker where it is said.

    Names of works and of texts in quotation marks are no quotes. In a language without words of
    speech every span is a quote without a speaker. Time linear in the length.
    """
    marks = _marks(article)
    if not marks:
        return ()
    words = speech(article.lang)
    if words is None:
        spans = ((block.role, mark) for block, found in marks for mark in found)
        return tuple(_quote(article.text, mark, role, None, None) for role, mark in spans)
    return _Reader(article, words, marks).read()


def _marks(article: Article) -> list[tuple[Block, list[Marked]]]:
    """The blocks that have quotes, with these."""
    found = []
    for block in article.prose():
        quotes = find_marked(article.text, block.start, block.end)
        if not quotes and block.role == "headline":
            quotes = find_single(article.text, block.start, block.end)
        if quotes:
            found.append((block, quotes))
    return found


def _quote(
    text: str, mark: Marked, role: str, who: Named | None, verb: str | None, *, on: bool = False
) -> Quote:
    """A quote of the article. who: its speaker, with the words that name him or her."""
    said = who is not None and not on
    return Quote(
        text=text[mark.start : mark.end],
        start=mark.start,
        end=mark.end,
        where=role,
        speaker=_name(who),
        role=who.role if who else None,
        state=who.state if who else None,
        words=text[who.start : who.end] or None if said and who else None,
        words_start=who.start if said and who and who.end > who.start else None,
        verb=verb,
        continued=on,
    )


def _name(who: Named | None) -> str | None:
    """The name of who is known; None for a pronoun left open and for a document."""
    return None if who is None or who.kind in ("pronoun", "document") else who.name


class _Reader:
    """Reads the quotes of one article."""

    def __init__(
        self, article: Article, words: Speech, marks: Sequence[tuple[Block, list[Marked]]]
    ) -> None:
        self.text = article.text
        self.words = words
        self.blocks = article.prose()
        self.marks = [mark for _, found in marks for mark in found]
        spans = [(mark.start, mark.end) for mark in self.marks]
        by_start = {block.start: found for block, found in marks}
        self.sentences = list(self._sentences(by_start))
        self.referring = Referring(People(article, words, spans), self.sentences, self.blocks)

    def read(self) -> tuple[Quote, ...]:
        """The quotes, in page order."""
        found: dict[int, Quote] = {}
        for at, sentence in enumerate(self.sentences):
            if sentence.quotes:
                found |= self._of_sentence(at, sentence)
        self._carry_back(found)
        return tuple(found[number] for number in sorted(found))

    def _of_sentence(self, at: int, sentence: Sentence) -> dict[int, Quote]:
        role = self.blocks[sentence.block].role
        got = attributed(sentence)
        found: dict[int, Quote] = {}
        for number in sentence.quotes:
            mark = self.marks[number]
            attribution = got.get(number) or self._inside(sentence, mark)
            if self._is_no_speech(sentence, number, role, attribution):
                continue
            if attribution is None:
                found[number] = self._continued(at, sentence, mark, role)
            elif attribution.who is None:
                found[number] = _quote(self.text, mark, role, None, None)
            else:
                who = self._meant(at, attribution.who)
                sentence.resolved.append(who)
                found[number] = _quote(self.text, mark, role, who, attribution.verb)
        return found

    def _meant(self, at: int, said: Named) -> Named:
        """Who is meant; by a verb without a subject the last speaker, if no person fits."""
        who = self.referring.resolve(at, said)
        if who.kind == "pronoun" and who.name == "either":
            last = self._speaker_before(at) if at else None
            return replace(last, start=said.start, end=said.end) if last else who
        return who

    def _inside(self, sentence: Sentence, mark: Marked) -> Attribution | None:
        """Who speaks by words between commas in the quote itself: « Le veto, a dit X, ... »."""
        if self.words.grammar != "romance":
            return None
        tokens: list[Token] = []
        for first, last in _cut([(mark.start, mark.end)]):
            tokens += tokenise(self.words, self.text, first, last, headline=False)
        if not any(token.low in COMMAS for token in tokens):
            return None
        made = self._sentence(mark.start, mark.end, sentence.block, tokens)
        for saying in made.sayings:
            closed = saying.end < len(tokens) and tokens[saying.end].low in COMMAS
            opens = saying.at > 0 and tokens[saying.at - 1].low in COMMAS
            if saying.inverted and saying.who is not None and closed and opens:
                return Attribution(who=saying.who, verb=saying.verb, use=saying.use)
        return None

    def _is_no_speech(
        self, sentence: Sentence, number: int, role: str, attribution: Attribution | None
    ) -> bool:
        """Whether the quote is a title; in a headline also single marks that nobody says."""
        mark = self.marks[number]
        if role == "headline" and self.text[mark.left] in "'‘":
            return attribution is None or attribution.who is None or not _speaks(attribution)
        kinds = [(token.kind, token.value) for token in sentence.tokens]
        at = kinds.index(("quote", number))
        named = attribution is not None and attribution.use == "naming"
        said = self.text[mark.start : mark.end]
        return is_title(self.words, sentence.tokens, at, said, named=named)

    def _continued(self, at: int, sentence: Sentence, mark: Marked, role: str) -> Quote:
        """A quote that no words go with: the last speaker's, if it stands alone right after."""
        who = None
        if role in _LEADS and self._stands_alone(sentence) and at:
            who = self._speaker_before(at)
        if who is None:
            return _quote(self.text, mark, role, None, None)
        sentence.resolved.append(who)
        return _quote(self.text, mark, role, who, None, on=True)

    def _stands_alone(self, sentence: Sentence) -> bool:
        return all(token.kind in ("quote", "mark") for token in sentence.tokens)

    def _speaker_before(self, at: int) -> Named | None:
        """The one speaker of the sentence before, with or without a quote of its own."""
        before = self.sentences[at - 1]
        if self.blocks[before.block].role not in _LEADS:
            return None
        speakers = before.resolved if before.quotes else self.referring.speakers(at - 1)
        if before.quotes and not speakers:
            return None
        names = {who.name for who in speakers}
        return speakers[-1] if len(names) == 1 and _name(speakers[-1]) else None

    def _carry_back(self, found: dict[int, Quote]) -> None:
        """Gives a quote left open at its paragraph's end the speaker of the next one."""
        for number in range(len(self.marks) - 2, -1, -1):
            here, after = found.get(number), found.get(number + 1)
            if here is None or after is None or self.marks[number].closed or here.speaker:
                continue
            between = self.text[here.end : self.marks[number + 1].left]
            if after.speaker and not between.strip():
                found[number] = replace(
                    here,
                    speaker=after.speaker,
                    role=after.role,
                    state=after.state,
                    continued=True,
                )

    def _sentences(self, marks: dict[int, list[Marked]]) -> Iterator[Sentence]:
        """The sentences of the prose, a quote never cut in two."""
        number = 0
        for at, block in enumerate(self.blocks):
            quotes = marks.get(block.start, [])
            yield from self._of_block(at, block, quotes, number)
            number += len(quotes)

    def _of_block(
        self, at: int, block: Block, quotes: Sequence[Marked], number: int
    ) -> Iterator[Sentence]:
        tokens: list[Token] = []  # of the sentence that is open
        start = block.start
        for count, mark in enumerate(quotes):
            yield from self._between(start, max(start, mark.left), at, tokens)
            said = self.text[mark.start : mark.end]
            tokens.append(Token(mark.left, mark.right, said, "", "quote", number + count))
            start = mark.right
            if len(tokens) > _MOST_TOKENS or self._ends(mark, start, block.end, at):
                yield self._sentence(tokens[0].start, start, at, list(tokens))
                tokens.clear()
        yield from self._between(start, block.end, at, tokens)
        if tokens:
            yield self._sentence(tokens[0].start, tokens[-1].end, at, tokens)

    def _between(self, start: int, end: int, at: int, tokens: list[Token]) -> Iterator[Sentence]:
        """The sentences that end between two quotes; what is left open goes into `tokens`."""
        headline = self.blocks[at].role == "headline"
        for first, last in _cut(split_sentences(self.text, start, end)):
            done = self.text[last - 1] in _ENDS and not self._is_initial(first, last)
            if done and not tokens:
                yield self._sentence(first, last, at)
                continue
            tokens += tokenise(self.words, self.text, first, last, headline=headline)
            if done or len(tokens) > _MOST_TOKENS:
                yield self._sentence(tokens[0].start, last, at, list(tokens))
                tokens.clear()

    def _is_initial(self, start: int, end: int) -> bool:
        """Whether text[start:end] ends with an initial that is written as a word: "आर."."""
        initials = self.words.sets.get("initials")
        if not initials or self.text[end - 1] != ".":
            return False
        words = self.text[max(start, end - 12) : end - 1].split()
        return bool(words) and plain(words[-1]).split(".")[-1] in initials

    def _sentence(
        self, start: int, end: int, at: int, known: list[Token] | None = None
    ) -> Sentence:
        return Sentence(
            text=self.text,
            words=self.words,
            start=start,
            end=end,
            block=at,
            headline=self.blocks[at].role == "headline",
            known=known,
        )

    def _ends(self, mark: Marked, start: int, end: int, at: int) -> bool:
        """Whether the sentence ends with the quote that ends before `start`."""
        if not mark.closed:
            return True
        if self.text[mark.end - 1] not in _ENDS:
            return False
        rest = self.text[start : min(end, start + 200)].lstrip()
        if not rest or rest[0] in _OPENING:
            return True
        if not (rest[0].isupper() or rest[0].isdigit()):
            return False
        return not self._is_clause(start, end, at)

    def _is_clause(self, start: int, end: int, at: int) -> bool:
        """Whether the next sentence only says who spoke: `"Why?" Deputy Ambassador X asked.`"""
        first = next(iter(split_sentences(self.text, start, min(end, start + 300))), None)
        if first is None or any(mark in self.text[slice(*first)] for mark in _OPENING):
            return False
        tokens = tokenise(self.words, self.text, *first, headline=False)
        made = Token(start, start, "?", "", "quote", 0)
        if len(tokens) > _SHORT:
            return False
        return 0 in attributed(self._sentence(start, first[1], at, [made, *tokens]))


def _cut(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, with those that are too long for a sentence in pieces."""
    for start, end in spans:
        while end - start > _LONGEST:
            yield start, start + _LONGEST
            start += _LONGEST
        yield start, end


def _speaks(attribution: Attribution) -> bool:
    return attribution.who is not None and attribution.use not in STANCES
