"""Which language a page is in, by its script and its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from itertools import chain

from votewire.press.langfiles import read_toml

__all__ = ["detect_language", "language_of_link"]

_SAMPLE = 20_000
_ASCII = re.compile(r"[\x00-\x7f]+")
# Script by code point range, with its language where the script has one on news pages.
_SCRIPTS = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "ru"),
    (0x0530, 0x058F, "hy"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x077F, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0980, 0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"),
    (0x0A80, 0x0AFF, "gu"),
    (0x0B00, 0x0B7F, "or"),
    (0x0B80, 0x0BFF, "ta"),
    (0x0C00, 0x0C7F, "te"),
    (0x0C80, 0x0CFF, "kn"),
    (0x0D00, 0x0D7F, "ml"),
    (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
_LETTERS = {  # letters that only one language of a script has, on news pages
    "ar": (("ur", "ٹڈڑےں"), ("fa", "پچژگ")),
    "ru": (("uk", "іїєґ"),),
    "zh": (("ja", "のはをにが"),),
}


def detect_language(text: str) -> str:
    """The language of `text` as a two-letter code; "en" where nothing in Latin script decides.

    The commonest script decides; within Latin script and Devanagari the commonest short words
    do. A sample of 20,000 characters from the middle of the text is enough and is all that is read.
    """
    sample = _sample(text)
    scripts = _count_scripts(sample)
    if scripts:
        script, count = scripts.most_common(1)[0]
        if count > sum(letter.isascii() and letter.isalpha() for letter in sample):
            return _by_letters(script, sample)
    return _by_words(sample, ("en", "fr", "es", "de", "pt", "it"), "en")


def language_of_link(words: str) -> str | None:
    """The language that a link's words are written in, by script alone; None for Latin script."""
    scripts = _count_scripts(words)
    return _by_letters(scripts.most_common(1)[0][0], words) if scripts else None


def _count_scripts(text: str) -> Counter[str]:
    """How many letters of each script but Latin the text has; nothing where they are few."""
    others = _ASCII.sub("", text)
    if len(others) * 10 < len(text):
        return Counter()
    scripts = Counter(map(_script, others))
    scripts.pop("", None)
    return scripts


def _sample(text: str) -> str:
    spare = max(0, len(text) - _SAMPLE) // 2
    return text[spare : spare + _SAMPLE]


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """The main language of the script of `letter`; "" for Latin and for signs."""
    code = ord(letter)
    for first, last, lang in _SCRIPTS:
        if first <= code <= last:
            return lang
    return ""


def _by_letters(script: str, sample: str) -> str:
    for lang, letters in _LETTERS.get(script, ()):
        if any(letter in sample for letter in letters):
            return lang
    return _by_words(sample, ("hi", "mr", "ne"), "hi") if script == "hi" else script


def _by_words(sample: str, langs: tuple[str, ...], usual: str) -> str:
    """The one of `langs` whose commonest words are most frequent; `usual` where none are."""
    words = sample.lower().split()
    counts = Counter(chain.from_iterable(filter(None, map(_common_words().get, words))))
    best = max(langs, key=lambda lang: (counts[lang], lang == usual))
    return best if counts[best] else usual


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """Common word -> the languages in which it is common."""
    langs: dict[str, tuple[str, ...]] = {}
    for lang, words in read_toml("common_words.toml").items():
        for word in frozenset(words.split()):
            langs[word] = (*langs.get(word, ()), lang)
    return langs
