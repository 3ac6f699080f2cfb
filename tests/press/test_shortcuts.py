"""Patterns that are tried in few places find what they find when tried everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.press import sentences
from votewire.press.calendars import LANGUAGES
from votewire.press.daywords import day_words
from votewire.press.grammar.lexicon import lexicon
from votewire.press.grammar.words import WORD
from votewire.press.patterns import patterns, patterns_within
from votewire.press.sheet import letters
from votewire.states.folding import fold
from votewire.states.gazetteer import split

SIGNS = " \n\n.,'’‘\"“”()-/·|?!…:;0123456789éİıſKßАя°अिंसोमवार_"
WORDS = [
    *("Monday", "lundi", "सोमवार", "last week", "il y a trois jours", "24/02/2025", "2025-02-24"),
    *("three days ago", "Feb", "March", "febrero", "hace dos días", "two", "A/RES/ES-11/7", "S/2"),
    *(
        "Published",
        "Last Updated :",
        "ALSO READ:",
        "© Reuters",
        "min read",
        "U.S.",
        "Mr.",
        "un.org",
    ),
    *("the General Assembly", "in favour", "E/2024", "E-mail", "resolution 40/97", "3379(XXX)"),
    *("‘It will not be forgotten by us,’", "'nobody here knows what it is.'", "Côte d’Ivoire"),
]
TEXTS = st.lists(
    st.sampled_from(WORDS) | st.text(st.sampled_from(SIGNS + "aDeMnst"), max_size=6), max_size=30
).map(" ".join)


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_shortcuts_days(text: str, lang: str) -> None:
    words = day_words(lang)
    everywhere = [found.span() for found in words.scan.finditer(text)]
    assert [found.span() for found in words.hits(text)] == everywhere


@given(TEXTS, st.sampled_from(LANGUAGES))
def test_shortcuts_cues(text: str, lang: str) -> None:
    low = text.lower()
    within = patterns_within(low, lang)
    for kind, each in patterns(lang).items():
        assert within[kind].cues == tuple((cue, at) for cue, at in each.cues if cue in low)


@given(TEXTS)
def test_shortcuts_sentence_ends(text: str) -> None:
    everywhere = [found.span() for found in sentences._MARK.finditer(text)]
    assert [found.span() for found in sentences._marks(text, 0, len(text))] == everywhere


@given(TEXTS)
def test_shortcuts_words_of_ascii(text: str) -> None:
    _, branch, rest = WORD.pattern.partition("(?:[ASE]")
    whole = re.compile(branch + rest)  # the same pattern without its first branch
    assert [f.span() for f in WORD.finditer(text)] == [f.span() for f in whole.finditer(text)]


@given(TEXTS)
def test_shortcuts_letters(text: str) -> None:
    assert letters(text) == "".join(letter for letter in text.casefold() if letter.isalnum())


@given(TEXTS)
def test_shortcuts_tokens(text: str) -> None:
    tokens = split(text)
    for at, (key, (start, end)) in enumerate(zip(tokens.keys, tokens.spans, strict=True)):
        word = tokens.written(at)
        assert word == text[start:end]
        assert key == (word.lower() if word.isascii() else fold(word) or key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_shortcuts_phrases(lang: str) -> None:
    """Every phrase of a lexicon is found, with nothing after it and with a strange word."""
    known = lexicon(lang)
    for phrases in known.phrases.values():
        for words, length, senses in phrases:
            assert known.longest([*words, "zzz"], 0) == known.longest(words, 0) == (length, senses)
    assert known.longest(["zzz", "zzz"], 0) == (0, None)
