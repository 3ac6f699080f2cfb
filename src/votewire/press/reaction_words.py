"""The verbs of reaction of a language, from lang/<code>/reactions.toml, in its grammar."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from votewire.press.grammar.lexicon import Lexicon, Verb, VerbSense, lexicon
from votewire.press.grammar.words import split_words
from votewire.press.langfiles import read_toml
from votewire.press.speech import Speech, speech
from votewire.press.speech import Verb as Said

__all__ = ["KINDS", "ReactionWords", "reaction_words"]

KINDS = (
    "welcomed",
    "condemned",
    "rejected",
    "urged",
    "demanded",
    "thanked",
    "congratulated",
    "regretted",
    "concerned",
    "supported",
    "accused",
    "warned",
)
_FORMS = ("base", "s", "past", "pp", "ing")
_SPOKEN = ("base", "third", "past", "participle", "gerund")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionWords:
    """What the reader of reactions knows of a language.

    entries: the rows of the file by id. lexicon: the grammar's, with the verbs of reaction in it.
    speech: the words of speech with the same verbs as stances; None where the language has none.
    ends: before which the words that a reaction is about end. results: nouns of a vote's result.
    heads, bodies: find where a sentence may have a reaction, or names a body, in folded text.
    """

    entries: Mapping[str, Mapping[str, Any]]
    lexicon: Lexicon
    speech: Speech | None
    first: frozenset[str]
    ends: re.Pattern[str] | None
    results: frozenset[str]
    heads: re.Pattern[str]
    bodies: re.Pattern[str]


@cache
def reaction_words(lang: str) -> ReactionWords | None:
    """The words of a language; None where it has no verbs of reaction."""
    try:
        table = read_toml(lang, "reactions.toml")
    except FileNotFoundError:
        return None
    rows = table["reaction"]
    words = lexicon(lang)
    bodies = [" ".join(each[0]) for each in _phrases(words, "body")]
    senses = dict(_heads(rows))
    return ReactionWords(
        entries={row["id"]: row for row in rows},
        lexicon=_extended(words, senses, table["first"]),
        speech=_spoken(speech(lang), rows),
        first=frozenset(table["first"]),
        ends=_any_of(table["ends"]) if table["ends"] else None,
        results=frozenset(table["results"]),
        heads=_any_of(form.replace("_", " ") for form in senses),
        bodies=_any_of(bodies),
    )


def _heads(rows: list[dict[str, Any]]) -> Iterator[tuple[str, VerbSense]]:
    """(word form, its sense): of several verbs with one head those with a tail come first."""
    forms: dict[str, set[str]] = defaultdict(set)
    verbs: dict[str, dict[str, Verb]] = defaultdict(dict)
    for row in rows:
        tail, reflexive = row.get("tail", ""), row.get("reflexive", False)
        verb = Verb(id=row["id"], object="free", tail=tail, reflexive=reflexive, reaction=True)
        for line in row["forms"]:
            words = line.split()
            for word, form in zip(words, _FORMS, strict=len(words) != 1):
                forms[word].add("pp" if len(words) == 1 else form)
                verbs[word][verb.id] = verb
    for word, found in verbs.items():
        ordered = sorted(found.values(), key=lambda verb: not verb.tail)
        yield word, VerbSense(forms=frozenset(forms[word]), verbs=tuple(ordered))


def _extended(words: Lexicon, senses: Mapping[str, VerbSense], first: list[str]) -> Lexicon:
    """The lexicon with the verbs of reaction, which win over those of voting with the same form.

    Verbs that only lead to another in the grammar of votes ("urged to") have their own sense here.
    """
    index: dict[str, list[tuple[list[str], int, Mapping[str, Any]]]] = {
        word: [
            each for each in phrases if "cat" not in each[2] or senses.keys().isdisjoint(each[0])
        ]
        for word, phrases in words.phrases.items()
    }
    for form, sense in senses.items():
        _add(index, form.replace("_", " "), "verb", sense)
    for pronoun in first:
        _add(index, pronoun, "pron", "they")
    ordered = {
        word: tuple(sorted(phrases, key=lambda each: -each[1])) for word, phrases in index.items()
    }
    return replace(words, phrases=ordered)


def _add(
    index: dict[str, list[tuple[list[str], int, Mapping[str, Any]]]],
    phrase: str,
    kind: str,
    value: Any,
) -> None:
    """Gives a phrase a first sense, before those that it has."""
    parts = list(split_words(phrase))
    entries = index.setdefault(parts[0], [])
    known = next((each for each in entries if each[0] == parts), None)
    others = {name: each for name, each in known[2].items() if name != kind} if known else {}
    entries[:] = [each for each in entries if each is not known]
    entries.append((parts, len(parts), {kind: value, **others}))


def _phrases(words: Lexicon, kind: str) -> Iterator[tuple[list[str], int, Mapping[str, Any]]]:
    for phrases in words.phrases.values():
        for each in phrases:
            if kind in each[2]:
                yield each


def _spoken(words: Speech | None, rows: list[dict[str, Any]]) -> Speech | None:
    """The words of speech in which every verb of reaction is at least a stance."""
    if words is None:
        return None
    forms: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for line in row["forms"]:
            for word, form in zip(line.split(), _SPOKEN, strict=False):
                forms[word].add(form)
    kinds = dict(words.kinds)
    for word, named in forms.items():
        if kinds.get(word, ("",))[0] != "verb":
            kinds[word] = "verb", Said("react", "stance", frozenset(named))
    return replace(words, kinds=kinds)


def _any_of(phrases: Iterator[str] | list[str]) -> re.Pattern[str]:
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")
