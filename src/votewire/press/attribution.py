"""Which words of a sentence say whose its quotes are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from votewire.press.naming import Named, read_named
from votewire.press.orders import order_of
from votewire.press.saying import Saying
from votewire.press.speech import STANCES, Speech, Token, tokenise

__all__ = ["Attribution", "Sentence", "attributed", "is_title"]

_COMMAS = frozenset((",", "—", "–", "―"))
_LABELS = frozenset((":", "-", "—", "–", "|"))
_NEAR = 14  # tokens from a stance to the words that it quotes
_FAR = 60  # tokens from a verb of speech to them
_TITLE = 12  # words of a title
_BETWEEN = 4  # tokens between two quotes that are one enumeration


@dataclass(kw_only=True)
class Sentence:
    """A sentence of a block, its quotes as one token each.

    start, end: offsets, quotes included. block: number among the article's prose. headline: it
    stands in one. resolved: who spoke, once that is known.
    known: its tokens where it has quotes; the others are cut up when first asked for.
    """

    text: str
    words: Speech
    start: int
    end: int
    block: int
    headline: bool
    known: list[Token] | None = None
    resolved: list[Named] = field(default_factory=list)

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words, marks and quotes."""
        if self.known is not None:
            return self.known
        return tokenise(self.words, self.text, self.start, self.end, headline=self.headline)

    @cached_property
    def quotes(self) -> list[int]:
        """Numbers of its quotes."""
        return [token.value for token in self.known or () if token.kind == "quote"]

    @cached_property
    def sayings(self) -> list[Saying]:
        """Its verbs of speech with their subjects."""
        find = order_of(self.words).sayings
        return find(self.words, self.text, self.tokens, headline=self.headline)

    @cached_property
    def opening(self) -> Named | None:
        """Whom or what it begins with."""
        return order_of(self.words).opening(self.words, self.text, self.tokens)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says a quote, as its sentence has it, by which verb; who is None where nobody can."""

    who: Named | None
    verb: str | None
    use: str = ""


_NOBODY = Attribution(who=None, verb=None)


def _by(saying: Saying) -> Attribution:
    return Attribution(who=saying.who, verb=saying.verb, use=saying.use)


def attributed(sentence: Sentence) -> dict[int, Attribution]:
    """The attribution of each quote of the sentence by number; none where nothing is said of it.

    A quote with `who` None has words that keep it from being anybody's: a denial, a passive.
    """
    found: dict[int, Attribution] = {}
    words = sentence.words
    places = [at for at, token in enumerate(sentence.tokens) if token.kind == "quote"]
    taken: set[int] = set()  # verbs that a quote before them has
    for at in places:
        got = _one(sentence, at, taken)
        if got is None:
            got = _enumerated(words, sentence.tokens, places, at, found)
        if got is not None:
            found[sentence.tokens[at].value] = got
    for at, after in zip(reversed(places[:-1]), reversed(places[1:]), strict=True):
        number = sentence.tokens[at].value
        later = found.get(sentence.tokens[after].value)
        if number not in found and later and _is_listed(words, sentence.tokens[at + 1 : after]):
            found[number] = later
    return found


def is_title(
    words: Speech, tokens: Sequence[Token], at: int, said: str, *, named: bool = False
) -> bool:
    """Whether the quote at token `at` is a name or a mentioned word, and not speech.

    named: somebody calls something so ("called the resolution ...").
    """
    named_after = words.sets.get("named_after", ())
    if at + 1 < len(tokens) and tokens[at + 1].low in named_after:
        return True
    last = at - 1
    while last >= 0 and tokens[last].low in (",", ":"):
        last -= 1
    if last < 0:
        return False
    low, sets = tokens[last].low, words.sets
    if low in sets["titled"] or (low == "as" and last and tokens[last - 1].low in sets["known"]):
        return True
    if low in sets["mentions"] and last == at - 1:
        return True
    if low not in sets["works"] or named:
        return False
    return _is_heading(said) if words.grammar == "romance" else _is_titlecase(said)


def _is_heading(said: str) -> bool:
    """Whether the words may be a title where only its first has a capital: "Unis pour la paix"."""
    return said[:1].isupper() and len(said.split()) <= _TITLE and said[-1:] not in ",.?!…"


def _is_titlecase(said: str) -> bool:
    """Whether the longer words have capitals: "The Path to Peace"."""
    longer = [word for word in said.split() if len(word.strip(",.!?'’")) > 3]
    return bool(longer) and said[:1].isupper() and all(word[:1].isupper() for word in longer)


def _one(sentence: Sentence, at: int, taken: set[int]) -> Attribution | None:
    """The attribution of the quote at token `at` by a verb, a label or a noun of speech."""
    words, text, sayings = sentence.words, sentence.text, sentence.sayings
    saying = _right(sentence, at)
    if saying is not None:
        taken.add(saying.verb_at)
        return _by(saying)
    label = _label(sentence, at)
    if label is not None:
        return Attribution(who=label, verb=None)
    left = _left(sentence, at, taken)
    if left is not None:
        return left
    owner = _owner(words, text, sentence.tokens, at)
    if owner is not None:
        return owner
    final = _final(sentence.tokens, at, sayings)
    return _by(final) if final else None


def _right(sentence: Sentence, at: int) -> Saying | None:
    """The saying right after the quote: `"..." said X`, `"...," X said`."""
    tokens = sentence.tokens
    said = tokens[at].text
    after = at + 1
    while after < len(tokens) and (tokens[after].low in _COMMAS or tokens[after].kind == "adv"):
        after += 1
    complete = said[-1:] in ",.?!…-—" or after > at + 1
    for saying in sentence.sayings:
        if saying.inverted and saying.at == after and saying.who is not None:
            return saying
        first = saying.at == after and saying.verb_at > after and complete
        if first and saying.who is not None and _is_closed(sentence.words, tokens, saying, said):
            return saying if not saying.denied else None
        if saying.at > after + 1:
            break
    return None


def _is_closed(words: Speech, tokens: Sequence[Token], saying: Saying, said: str) -> bool:
    """Whether nothing but circumstances follows the verb: it has its object, the quote, already."""
    if saying.use in STANCES:
        return False
    if saying.end >= len(tokens) or said.endswith(",") or saying.hearer:
        return True
    after = tokens[saying.end]
    return (
        after.kind in ("mark", "time", "adv", "quote")
        or after.low in words.sets["reporters"]
        or after.low == "it"
    )


def _left(sentence: Sentence, at: int, taken: set[int]) -> Attribution | None:
    """The last saying before the quote, where the quote is in its reach."""
    before = [saying for saying in sentence.sayings if saying.verb_at < at]
    if not before:
        return None
    saying, breaks = before[-1], sentence.words.sets["breaks"]
    gap = sentence.tokens[saying.end : at]
    if saying.verb_at in taken:
        last = sentence.tokens[at - 1]
        own = last.low in (*_COMMAS, ":") or last.kind == "quote"
        loose = not any(token.low in breaks for token in gap)
        return _by(saying) if own and loose else None
    if any(token.low in breaks or token.low == ";" for token in gap):
        return None
    if len(gap) > (_NEAR if saying.use in STANCES else _FAR):
        return None
    if saying.denied or saying.who is None:
        return _NOBODY
    return _by(saying)


def _final(tokens: Sequence[Token], at: int, sayings: Sequence[Saying]) -> Saying | None:
    """The saying that ends the sentence: `A "..." plan was needed, X said.`"""
    after = [each for each in sayings if each.verb_at > at and each.who is not None]
    if not after or after[0].denied:
        return None
    saying = after[0]
    if saying.passive and not any(token.kind == "mark" for token in tokens[at + 1 : saying.at]):
        return saying
    if saying.use in STANCES:
        return None
    if saying.according:
        return saying
    as_put = saying.at > 0 and tokens[saying.at - 1].low == "as"
    start = saying.at - as_put
    rest = tokens[saying.end :]
    open_end = all(token.kind not in ("verb", "sub", "aux", "quote") for token in rest)
    return saying if start > 0 and tokens[start - 1].low in _COMMAS and open_end else None


def _label(sentence: Sentence, at: int) -> Named | None:
    """Who stands before a colon: `Peskov: "..."`; in a headline also after one or a dash."""
    words, text, tokens = sentence.words, sentence.text, sentence.tokens
    if at and tokens[at - 1].low == ":":
        order = order_of(words)
        who, size = order.phrase(words, text, tokens[: at - 1], 0)
        if who is not None and size == at - 1 and who.kind != "document":
            return who
        if any(token.kind in ("verb", "according", "quote") for token in tokens[:at]):
            return None
        who = order.opening(words, text, tokens[: at - 1])
        return who if who is not None and who.kind in ("person", "office", "pronoun") else None
    if sentence.headline and at + 2 < len(tokens) and tokens[at + 1].low in _LABELS:
        who, size = read_named(words, text, tokens[at + 2 :])
        past = at + 2 + size
        speaks = any(each.at == at + 2 and each.verb_at == past for each in sentence.sayings)
        return who if past == len(tokens) or speaks else None
    return None


def _owner(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Attribution | None:
    """ "Peskov's claim that ..." before the quote."""
    for noun in range(at - 1, max(0, at - 8), -1):
        if tokens[noun].kind == "mark" or tokens[noun].low in words.sets["breaks"]:
            return None
        if tokens[noun].low in words.sets["nouns"] and tokens[noun - 1].kind == "poss":
            begin = noun - 1
            while begin and tokens[begin - 1].kind in ("name", "title", "office", "adj", "body"):
                begin -= 1
            who, size = read_named(words, text, tokens[begin : noun - 1])
            whole = who is not None and begin + size == noun - 1
            return Attribution(who=who, verb=tokens[noun].low) if whole else None
    return None


def _enumerated(
    words: Speech,
    tokens: Sequence[Token],
    places: Sequence[int],
    at: int,
    found: dict[int, Attribution],
) -> Attribution | None:
    """The attribution of the quote before, where both are one enumeration: `"A" and "B"`."""
    earlier = [place for place in places if place < at]
    if not earlier or not _is_listed(words, tokens[earlier[-1] + 1 : at]):
        return None
    return found.get(tokens[earlier[-1]].value)


def _is_listed(words: Speech, between: Sequence[Token]) -> bool:
    """Whether the tokens between two quotes only join them: "and", or "and its authors"."""
    if not between:
        return True
    joining = words.sets["joining"]
    if len(between) > _BETWEEN or between[0].low not in joining:
        return False
    return all(
        token.low in joining or token.kind in ("word", "det", "doc", "prep") for token in between
    )
