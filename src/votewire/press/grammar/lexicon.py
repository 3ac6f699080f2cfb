"""The words of one language that the claims grammar knows, read from `lang/<code>/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib import resources
from typing import Any

from votewire.press.grammar.words import split_words

__all__ = [
    "KINDS",
    "SOFT_KINDS",
    "Lexicon",
    "Senses",
    "TextNoun",
    "Verb",
    "VerbSense",
    "languages",
    "lexicon",
    "read_table",
]

Phrase = tuple[list[str], int, Mapping[str, Any]]
Senses = Mapping[str, Any]  # kind of node -> value; the first one is the main one

_ROOM = "votewire.press"
# Section of words.toml -> kind of node. A phrase's value is its key in the section. The order is
# that of preference: a phrase in two sections is first of all of the earlier kind.
KINDS = {
    "times": "when",
    "catenatives": "cat",
    "auxiliaries": "aux",
    "negations": "not",
    "relatives": "rel",
    "verbs": "verb",
    "ergatives": "erg",
    "subordinators": "sub",
    "conjunctions": "and",
    "joining": "join",
    "excepting": "except",
    "including": "incl",
    "determiners": "det",
    "prepositions": "prep",
    "sides": "side",
    "pronouns": "pron",
    "others": "others",
    "members": "members",
    "ballots": "ballots",
    "generic": "generic",
    "another": "another",
    "approximations": "approx",
    "none": "none",
    "contexts": "vote",
    "votes": "vote",
    "nominals": "nominal",
    "outcomes": "outcome",
    "vetoes": "vetonoun",
    "representatives": "rep",
    "sponsors": "sponsor",
    "groups": "adjective",
    "habits": "habit",
    "vain": "vain",
    "adverbs": "adv",
}
# Sections whose words stay of kind "word" and only have the sense; those of measured.toml too.
SOFT_KINDS = {
    "heads": "head",
    "soles": "sole",
    "causatives": "causative",
    "facts": "fact",
    "modifiers": "plain",
    "titles": "title",
    "partners": "partner",
    "getting": "getting",
    "support": "support",
    "tallying": "tally",
    "coming": "coming",
    "unfit": "unfit",
    "since": "since",
    "manners": "manner",
    "organs": "organ",
    "supposed": "supposed",
    "cast": "cast",
    "anaphors": "back",
    "ones": "one",
    "singles": "single",
}
MEASURED = {
    "changes": "change",
    "stances": "stance",
    "balances": "balance",
    "rifts": "rift",
    "breaks": "break",
    "isolations": "isolation",
}
_FORMS = ("base", "s", "past", "pp", "ing")
_PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A verb of voting; the fields are those of `verbs.toml`, which explains them."""

    id: str
    object: str
    tail: str = ""
    after: str = ""
    state: str = ""
    body: str = ""
    count: str = ""
    text: str = ""
    text_failed: str = ""
    implies: str = ""
    denied: str = ""
    denied_count: str = ""
    failed: str = ""
    failed_outcome: str = ""
    refused: str = ""
    copular: bool = False
    reaction: bool = False
    passive_only: bool = False
    only_refused: bool = False
    copies: bool = False
    decides: bool = False
    reflexive: bool = False
    only_against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbSense:
    """A word form: which grammatical forms it may be, and the verbs that it may head."""

    forms: frozenset[str]
    verbs: tuple[Verb, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextNoun:
    """A noun for what is voted on: its kind, how surely it names a UN text, and its number."""

    kind: str
    strength: str
    plural: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that the grammar knows of one language.

    phrases: first word -> ((words, how many, senses), ...), longest first.
    weak_bodies: "?council" -> what "the council" may stand for once that body was named in full;
    the code of a body that it stands for even so comes last, after "".
    numbers: number words. foreign: nouns that keep "measure" from being a UN text.
    alone, longer: the phrases again, as `longest` asks for them: those of one word, and the others
    by first and second word, for a word such as "the" begins a hundred of them.
    """

    lang: str
    verb_last: bool
    phrases: Mapping[str, Sequence[Phrase]]
    weak_bodies: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    foreign: frozenset[str]
    stop_words: frozenset[str]
    endings: tuple[str, ...]
    no_adverbs: frozenset[str]
    number_links: frozenset[str]
    multipliers: Mapping[str, int]
    adjectives_after: bool
    inverted: bool
    soft: frozenset[str] = frozenset((*SOFT_KINDS.values(), *MEASURED.values()))
    alone: Mapping[str, tuple[int, Senses]] = field(init=False)
    longer: Mapping[tuple[str, str], Sequence[Phrase]] = field(init=False)

    def __post_init__(self) -> None:
        each = [phrase for phrases in self.phrases.values() for phrase in phrases]
        longer: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
        for phrase in each:
            if phrase[1] > 1:
                longer[phrase[0][0], phrase[0][1]].append(phrase)
        alone = {words[0]: (1, senses) for words, length, senses in each if length == 1}
        object.__setattr__(self, "alone", alone)
        object.__setattr__(self, "longer", dict(longer))

    def is_adverb(self, word: str) -> bool:
        """Whether an unknown word has the form of an adverb."""
        return len(word) > 4 and word.endswith(self.endings) and word not in self.no_adverbs

    def longest(self, words: list[str], at: int) -> tuple[int, Senses | None]:
        """How many words the longest known phrase at `at` has, and its senses; (0, None)."""
        if at + 1 < len(words):
            for phrase, length, senses in self.longer.get((words[at], words[at + 1]), ()):
                if length == 2 or words[at : at + length] == phrase:
                    return length, senses
        return self.alone.get(words[at], (0, None))


@cache
def languages() -> tuple[str, ...]:
    """The languages whose verbs of voting are known, sorted."""
    folder = resources.files(_ROOM) / "lang"
    known = (each.name for each in folder.iterdir() if (each / "verbs.toml").is_file())
    return tuple(sorted(known))


def read_table(lang: str, name: str) -> dict[str, Any]:
    """The parsed `lang/<lang>/<name>.toml`; empty where the language has no such file."""
    path = resources.files(_ROOM) / "lang" / lang / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of `lang`; an empty one where the language is not known."""
    words = read_table(lang, "words")
    senses: dict[tuple[str, ...], dict[str, Any]] = defaultdict(dict)
    chambers = read_table(lang, "chambers")
    texts = read_table(lang, "texts")
    numbers = read_table(lang, "numbers")
    for kind, phrase, value in (
        *_bodies(chambers),
        *_texts(texts),
        *_classes(words, KINDS),
        *_classes(words, SOFT_KINDS),
        *_classes(read_table(lang, "measured"), MEASURED),
        *_verbs(read_table(lang, "verbs")),
    ):
        senses[split_words(phrase)].setdefault(kind, value)
    return Lexicon(
        lang=lang,
        verb_last=words.get("order") == "subject-object-verb",
        phrases=_index(senses),
        weak_bodies=_weak_bodies(chambers),
        numbers=numbers.get("words", {}),
        multipliers=numbers.get("multipliers", {}),
        adjectives_after=words.get("adjectives") == "after",
        inverted=words.get("inversion", False),
        number_links=frozenset(numbers.get("links", ())),
        foreign=frozenset(texts.get("foreign", {}).get("words", ())),
        stop_words=frozenset(words.get("stop", {}).get("words", ())),
        endings=tuple(words.get("endings", {}).get("adverbs", ())),
        no_adverbs=frozenset(words.get("endings", {}).get("not_adverbs", ())),
    )


def _classes(words: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[tuple[str, str, Any]]:
    """(kind, phrase, value) of the words in the sections that `kinds` names."""
    for section, kind in kinds.items():
        for value, phrases in words.get(section, {}).items():
            for phrase in phrases:
                yield kind, phrase, value


def _bodies(table: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(kind, phrase, code) of the bodies; a weak name has the value "?name"."""
    for body in table.get("body", ()):
        for name in body["names"]:
            yield "body", name, body["code"]
        for name in body.get("weak", ()):
            yield "body", name, f"?{name}"


def _weak_bodies(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    weak: dict[str, list[str]] = defaultdict(list)
    for body in table.get("body", ()):
        for name in body.get("weak", ()):
            weak[f"?{name}"].append(body["code"])
    for body in table.get("body", ()):
        for name in body.get("default_for", ()):
            weak[f"?{name}"] += ["", body["code"]]
    return {name: tuple(codes) for name, codes in weak.items()}


def _texts(table: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(kind, phrase, TextNoun) of the nouns for what is voted on."""
    for kind, entry in table.items():
        for strength in ("strong", "weak", "any"):
            for plural, key in ((False, strength), (True, f"{strength}_plural")):
                noun = TextNoun(kind=kind, strength=strength, plural=plural)
                for phrase in entry.get(key, ()):
                    yield "text", phrase, noun


def _verbs(table: Mapping[str, Any]) -> Iterator[tuple[str, str, VerbSense]]:
    """(kind, word form, sense) of the verbs; verbs with a tail come first among one head's."""
    known = {each.name for each in fields(Verb)}
    forms: dict[str, set[str]] = defaultdict(set)
    heads: dict[str, list[Verb]] = defaultdict(list)
    parts = table.get("parts", {})
    for entry in table.get("verb", ()):
        given = {key: value for key, value in entry.items() if key in known}
        verb = Verb(**given | {"only_against": tuple(entry.get("only_against", ()))})
        for line in entry["forms"]:
            for word, form in _forms(line, parts):
                forms[word].add(form)
                if verb not in heads[word]:
                    heads[word].append(verb)
    for word, verbs in heads.items():
        ordered = sorted(verbs, key=lambda verb: not (verb.tail or verb.after))
        yield (
            "verb",
            word.replace("_", " "),
            VerbSense(forms=frozenset(forms[word]), verbs=tuple(ordered)),
        )


def _forms(line: str, parts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(word, its form) of one line of forms; "{part}" in a phrase stands for each of its words.

    A part with classes ("past", "head") gives the phrase its form.
    """
    words = line.split()
    if len(words) > 1:
        yield from zip(words, _FORMS, strict=True)
    elif (named := _PART.search(line)) is None:
        yield line, "pp"
    else:
        part = parts[named[1]]
        classes = part if isinstance(part, dict) else {"": part}
        for form, each in ((form, each) for form, choices in classes.items() for each in choices):
            whole = f"{line[: named.start()]}{each.replace(' ', '_')}{line[named.end() :]}"
            yield from ((word, form or own) for word, own in _forms(whole, parts))


def _index(
    senses: Mapping[tuple[str, ...], Mapping[str, Any]],
) -> dict[str, Sequence[Phrase]]:
    """Phrases by first word, longest first, each with its senses in the order of preference."""
    order = {
        kind: place
        for place, kind in enumerate(
            ("body", "text", *KINDS.values(), *SOFT_KINDS.values(), *MEASURED.values())
        )
    }
    index: dict[str, list[Phrase]] = defaultdict(list)
    for phrase, found in senses.items():
        ranked = dict(sorted(found.items(), key=lambda item: order[item[0]]))
        index[phrase[0]].append((list(phrase), len(phrase), ranked))
    return {
        word: tuple(sorted(entries, key=lambda entry: -entry[1])) for word, entries in index.items()
    }
