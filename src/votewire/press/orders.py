"""Which reader knows a language's order of words: its names, and its verbs with their subjects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from votewire.press.hindi_sayings import find_hindi_sayings, first_hindi_named, read_hindi_phrase
from votewire.press.name_phrases import first_subject, read_name_phrase
from votewire.press.naming import Named
from votewire.press.romance_names import first_named, read_romance_phrase
from votewire.press.romance_sayings import find_romance_sayings
from votewire.press.saying import Saying
from votewire.press.sayings import find_sayings
from votewire.press.speech import Speech, Token

__all__ = ["Order", "order_of"]


class _Finding(Protocol):
    def __call__(
        self, words: Speech, text: str, tokens: Sequence[Token], *, headline: bool
    ) -> list[Saying]: ...


def _romance(words: Speech, text: str, tokens: Sequence[Token], *, headline: bool) -> list[Saying]:
    """The sayings, which are read alike in a headline: articles tell nouns from verbs."""
    del headline
    return find_romance_sayings(words, text, tokens)


def _hindi(words: Speech, text: str, tokens: Sequence[Token], *, headline: bool) -> list[Saying]:
    """The sayings, which are read alike in a headline."""
    del headline
    return find_hindi_sayings(words, text, tokens)


class Order(NamedTuple):
    """The readers of one order of words.

    sayings: a sentence's verbs of speech with their subjects. phrase: a name from a token on, with
    how many tokens it takes. opening: what a sentence begins with.
    """

    sayings: _Finding
    phrase: Callable[[Speech, str, Sequence[Token], int], tuple[Named | None, int]]
    opening: Callable[[Speech, str, Sequence[Token]], Named | None]


_ORDERS = {
    "english": Order(find_sayings, read_name_phrase, first_subject),
    "romance": Order(_romance, read_romance_phrase, first_named),
    "hindi": Order(_hindi, read_hindi_phrase, first_hindi_named),
}


def order_of(words: Speech) -> Order:
    """The readers for a language's words of speech."""
    return _ORDERS[words.grammar]
