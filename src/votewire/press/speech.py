"""The words by which a text says who speaks: read from lang/<code>/speech.toml, cut into tokens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from votewire.press.langfiles import read_toml

__all__ = ["STANCES", "Office", "Speech", "Token", "Verb", "plain", "speech", "tokenise"]

# Kinds of small words, the first preferred; a word of two kinds is of the earlier one.
_KINDS = {
    "determiners": "det",
    "auxiliaries": "aux",
    "conditionals": "modal",
    "negations": "not",
    "subordinators": "sub",
    "conjunctions": "and",
    "prepositions": "prep",
    "times": "time",
    "titles": "title",
    "bodies": "body",
    "documents": "doc",
    "adjectives": "adj",
    "chains": "chain",
    "adverbs": "adv",
    "particles": "particle",
}
_CAPITAL_IS_NAME = frozenset(
    ("verb", "det", "aux", "modal", "not", "sub", "and", "prep", "chain", "adv", "pron")
)
_FORMS = ("base", "third", "past", "participle", "gerund")


_DEVANAGARI = re.compile("[\u0900-\u097f]")
_NUKTA = "\u093c"

STANCES = frozenset(("stance", "naming"))


class Verb(NamedTuple):
    """A form of a verb of speech.

    noun: it is as often a noun. tail: the word that must follow. documents: only a text or a body
    does it. hearer: the person spoken to may follow ("asked the chair").
    """

    id: str
    use: str
    forms: frozenset[str]
    noun: bool = False
    tail: str = ""
    documents: bool = False
    hearer: bool = False


class Office(NamedTuple):
    """A noun for a person by what he or she does."""

    word: str
    state: bool
    plural: bool
    gender: str


class Token(NamedTuple):
    """A word or mark of a sentence, or a whole quote (kind "quote").

    kind: quote, verb, office, name (a capitalised word of no other kind), word (any other),
    poss ('s), mark, number, pron, or one of the kinds of small words of speech.toml.
    value: the Verb or Office, the pronoun's class, or the quote's number.
    """

    start: int
    end: int
    text: str
    low: str
    kind: str
    value: Any = None

    @property
    def cap(self) -> bool:
        """Whether it is written with a capital."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """The words of one language.

    grammar: which reader knows its order of words: english, romance or hindi. unsaid: whether a
    verb needs no subject.
    """

    lang: str
    grammar: str
    unsaid: bool
    pattern: re.Pattern[str]
    kinds: Mapping[str, tuple[str, Any]]
    sets: Mapping[str, frozenset[str]]


@cache
def speech(lang: str) -> Speech | None:
    """The words of speech of a language; None where there is no file for it."""
    try:
        table = read_toml(lang, "speech.toml")
    except FileNotFoundError:
        return None
    grammar = table.get("grammar", "english")
    small = {name: frozenset(_split(words, grammar)) for name, words in table["words"].items()}
    kinds: dict[str, tuple[str, Any]] = {}
    for name in reversed(_KINDS):
        kinds |= dict.fromkeys(small[name], (_KINDS[name], None))
    kinds |= dict.fromkeys(small["names_too"], ("time", "name"))
    kinds |= {word: ("pron", of) for word, of in table["pronouns"].items()}
    for row in table["office"]:
        kinds |= {plain(office.word): ("office", office) for office in _offices(row)}
    for row in table["verb"]:
        kinds |= {plain(form): ("verb", verb) for form, verb in _verbs(row, table, grammar)}
    kinds |= dict.fromkeys(map(plain, table["according"]), ("according", None))
    small["nouns"] = frozenset(table["nouns"]["words"].split())
    return Speech(
        lang=lang,
        grammar=grammar,
        unsaid=table.get("unsaid", False),
        pattern=_pattern(table["compounds"], table.get("tokens")),
        kinds=kinds,
        sets=small,
    )


def plain(word: str) -> str:
    """The word as the tables have it: apostrophes straight, without the dots of Devanagari."""
    word = word.replace("’", "'")
    if word.isascii() or not _DEVANAGARI.search(word):
        return word
    return unicodedata.normalize("NFD", word).replace(_NUKTA, "")


def _split(words: str, grammar: str) -> list[str]:
    """The words of a table; but for English those of a phrase are joined by "_"."""
    if grammar == "english":
        return words.split()
    return [plain(word.replace("_", " ")) for word in words.split()]


def _offices(row: Mapping[str, Any]) -> list[Office]:
    gender = row.get("gender", "")
    return [
        Office(word, row["state"], plural, gender)
        for plural, words in ((False, row["words"]), (True, row.get("plural", ())))
        for word in words
    ]


def _verbs(
    row: Mapping[str, Any], table: Mapping[str, Any], grammar: str
) -> list[tuple[str, Verb]]:
    """Every form of a row's verbs, with what the form may be."""
    found: dict[str, set[str]] = {}
    for forms in _conjugated(row, table):
        if grammar == "hindi":
            found.setdefault(forms, set()).add("past")
            continue
        for form, name in zip(forms.split(), _FORMS, strict=True):
            found.setdefault(form, set()).add(name)
    rest = {name: row[name] for name in ("tail", "documents", "hearer") if name in row}
    nouns = row.get("nouns", ())
    return [
        (form, Verb(row["id"], row["use"], frozenset(names), form in nouns, **rest))
        for form, names in found.items()
    ]


def _conjugated(row: Mapping[str, Any], table: Mapping[str, Any]) -> list[str]:
    """The rows of five forms: those written out, and those of each stem with its endings."""
    rows = list(row.get("forms", ()))
    for stem in row.get("stems", ()):
        rows += [
            " ".join(stem + ending for ending in endings.split())
            for endings in table["endings"][row["endings"]]
        ]
    return rows


def _pattern(compounds: list[str], tokens: str | None) -> re.Pattern[str]:
    """A compound, or a token: in English an abbreviation, a possessive, a word, or any mark."""
    fixed = "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
        for phrase in sorted(compounds, key=len, reverse=True)
    )
    if tokens is not None:
        fixed = _dotted(fixed)
        return re.compile(
            rf"(?i:(?<!\w)(?:{fixed})(?![\w\u0900-\u0963]))|(?:{tokens})|(?P<poss>(?!))"
        )
    return re.compile(
        rf"(?i:\b(?:{fixed})\b)|(?:[^\W\d_]\.){{2,}}|(?P<poss>['’]s\b|(?<=s)['’](?=\s))"
        r"|(?:[A-Z]|[JS]r|Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Prof|Lt|Col|Adm)\.(?=\s)"
        r"|[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*|[^\w\s]"
    )


def _dotted(pattern: str) -> str:
    """The pattern with a dot allowed under each Devanagari letter that may have one."""
    return re.sub("([कखगजडढफय])", f"\\1{_NUKTA}?", pattern)


def tokenise(words: Speech, text: str, start: int, end: int, *, headline: bool) -> list[Token]:
    """The tokens of text[start:end], which holds no quote."""
    return [
        _token(words, found, at == 0 or headline)
        for at, found in enumerate(words.pattern.finditer(text, start, end))
    ]


def _token(words: Speech, found: re.Match[str], initial: bool) -> Token:
    """One token; a capital inside a sentence makes a name of a small word or a verb."""
    text = found[0]
    low = plain(" ".join(text.lower().split()))
    low = low.rstrip(".") if len(low) > 1 else low
    if found["poss"]:
        return Token(found.start(), found.end(), text, low, "poss")
    kind, value = words.kinds.get(low) or (_plain(text), None)
    if kind == "adj" and words.grammar == "romance" and text[0].isupper() and not initial:
        kind = "name"  # "Nueva York"
    if text[0].isupper() and (kind == "particle" or (kind in _CAPITAL_IS_NAME and not initial)):
        kind, value = "name", None
    return Token(found.start(), found.end(), text, low, kind, value)


def _plain(text: str) -> str:
    """The kind of a token that no list holds."""
    if text[0].isupper():
        return "name"
    if text[0].isalpha() or (len(text) > 1 and text[0] == "-"):
        return "word"
    return "number" if text[0].isdigit() else "mark"
