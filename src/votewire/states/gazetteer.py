"""The phrases by which texts in a language name states and groups, indexed by their first word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from votewire.states.datafiles import languages, read_table
from votewire.states.folding import fold
from votewire.states.members import all_states
from votewire.states.naming import babel_territories

__all__ = ["KINDS_OF_WORD", "Gazetteer", "Phrase", "Tokens", "gazetteer", "phrases", "split"]

KINDS_OF_WORD = ("long", "alias", "demonym", "capital", "seat")

# A word with its combining marks (Latin, Devanagari); a paragraph break; any other sign.
_TOKEN = re.compile(
    r"[\w\u0300-\u036f\u0900-\u0963\u0971-\u097f\u200c\u200d]+|\n[^\S\n]*\n|[^\w\s]"
)
_SIGNS = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u02bc\u00b4`", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The words and signs of a text in order; spaces are left out, a paragraph break is a token.

    keys: each token folded, to compare. spans: its (start, end) in the text.
    """

    text: str
    keys: list[str]
    spans: list[tuple[int, int]]

    def written(self, at: int) -> str:
        """A token as the text has it."""
        start, end = self.spans[at]
        return self.text[start:end]


class Phrase(NamedTuple):
    """Words that name a state, a group, or (kind "blocked") nothing here."""

    text: str
    kind: str
    code: str
    how: str

    def fits(self, tokens: Tokens, at: int, keys: tuple[str, ...]) -> bool:
        """Whether the tokens from `at` on are this phrase, folded `keys`, capitals included."""
        if len(keys) == 1:
            return _cased(self.text, tokens.written(at))
        if tuple(tokens.keys[at : at + len(keys)]) != keys:
            return False
        words = _words(self.text)
        return all(_cased(word, tokens.written(at + n)) for n, word in enumerate(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """A language's phrases: folded first word -> [(folded words, phrase)], longest first.

    not_before: folded words that make a demonym before them a language ("French speakers").
    """

    lang: str
    index: dict[str, list[tuple[tuple[str, ...], Phrase]]]
    not_before: frozenset[str]


@cache
def gazetteer(lang: str) -> Gazetteer:
    """The gazetteer of a language, compiled when first asked for.

    A language without an alias file has CLDR's names of states and nothing else.
    """
    index: dict[str, list[tuple[tuple[str, ...], Phrase]]] = {}
    for phrase in phrases(lang):
        keys = _keys(phrase.text)
        index.setdefault(keys[0], []).append((keys, phrase))
    for entries in index.values():
        if len(entries) > 1:
            entries.sort(key=lambda entry: -len(entry[0]))
    blocked = _tables(lang).get("blocked", {})
    not_before = frozenset(fold(word) for word in blocked.get("not_before", ()))
    return Gazetteer(lang=lang, index=index, not_before=not_before)


def phrases(lang: str, *, typed: bool = False) -> Iterator[Phrase]:
    """Every phrase of a language, the one to prefer first where two have the same words.

    typed: with the words that are understood only when typed, and without the blocked phrases.
    """
    tables = _tables(lang)
    if not typed:
        for text in tables.get("blocked", {}).get("phrases", ()):
            yield Phrase(text, "blocked", "", "blocked")
    yield from _names(lang, tables)
    for how in KINDS_OF_WORD:
        table = tables.get(how, {})
        yield from _listed(table.get("states", {}), "state", how)
        yield from _listed(table.get("groups", {}), "group", how)
        if typed:
            yield from _listed(table.get("typed", {}), "state", how)
            for text, code, *_ in table.get("former", {}).get("words", ()):
                yield Phrase(text, "state", code, how)


def split(text: str) -> Tokens:
    """A text's words and signs, folded, and where they stand."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    if text.isascii():
        low = text.lower()
        return Tokens(text=text, keys=[low[start:end] for start, end in spans], spans=spans)
    words = [text[start:end] for start, end in spans]
    keys = [word.lower() if word.isascii() else _key(word) for word in words]
    return Tokens(text=text, keys=keys, spans=spans)


def _names(lang: str, tables: dict[str, Any]) -> Iterator[Phrase]:
    """Names of states: in English the last and then the former UN names, else CLDR's."""
    yield from _listed(tables.get("ended", {}), "state", "name")
    known = all_states().values()
    if lang != "en":
        territories = babel_territories(lang)
        for found in known:
            if found.iso2 in territories:
                yield Phrase(territories[found.iso2], "state", found.code, "name")
        return
    yield from (Phrase(found.name, "state", found.code, "name") for found in known)
    for found in known:
        for dated in found.names:
            if dated.name != found.name:
                yield Phrase(dated.name, "state", found.code, "name")


def _listed(words: dict[str, list[str]], kind: str, how: str) -> Iterator[Phrase]:
    for code, texts in words.items():
        for text in texts:
            yield Phrase(text, kind, code, how)


def _tables(lang: str) -> dict[str, Any]:
    return read_table(f"aliases.{lang}") if lang in languages() else {}


def _keys(text: str) -> tuple[str, ...]:
    if text.isalpha() and text.isascii():
        return (text.lower(),)
    return tuple(_key(word) for word in _TOKEN.findall(text))


@lru_cache(maxsize=2**14)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(text))


@lru_cache(maxsize=2**14)
def _key(word: str) -> str:
    if word.isascii():
        return word.lower()
    return fold(word) or word.translate(_SIGNS)


def _cased(pattern: str, word: str) -> bool:
    """Whether a word's capitals are those of the phrase: "US" needs both, "Polish" the first."""
    if not pattern[:1].isupper():
        return True
    return word.isupper() if len(pattern) <= 3 and pattern.isupper() else word[:1].isupper()
