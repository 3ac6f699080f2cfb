"""Which language a page is in, by its script and its commonest words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from votewire.errors import UnreadLanguage
from votewire.press.langfiles import languages_read, read_words

__all__ = [
    "UNKNOWN",
    "detect_language",
    "language_of_link",
    "name_of_language",
    "refuse_unread",
    "same_script",
]

UNKNOWN = "und"  # as BCP 47 has it

_SAMPLE = 20_000
_ASCII = re.compile(r"[\x00-\x7f]+")
_MARKS = ".,;:!?\"“”«»()[]।॥‘’'-–—…"
# All in words that one language has alone. What a language that is read is ahead of others, and the
# usual one of a script of these: a headline of names and a short word tells nothing.
_READ_AHEAD, _USUAL_AHEAD = 0.3, 0.8
_SURE = 1.8  # what there must be at least for a language that is not read
_OFTEN = 6  # times that a word counts: one that is said again and again is no more of a language
_LONG = 40  # words, without those in capitals, from which on a text must be in some language
_LEAST = (
    0.05  # that each then tells at least; of prose in a language that is listed it is .17 to .4
)
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
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"),
    (0x1780, 0x17FF, "km"),
    (0x3040, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "zh"),
    (0xAC00, 0xD7AF, "ko"),
)
_LETTERS = {  # letters that only one language of a script has, on news pages
    "ar": (("ur", "ٹڈڑےں"), ("fa", "پچژگ")),
    "ru": (("uk", "іїєґ"),),
    "zh": (("ja", "のはをにが"),),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The commonest words of the languages of one script.

    codes: the languages. langs: word -> those that have it. weights: how much a word tells, by how
    few have it.
    """

    codes: frozenset[str]
    langs: dict[str, list[str]]
    weights: dict[str, float]


def detect_language(text: str) -> str:
    """The language of `text` as a code of CLDR; "en" where a short one in Latin script tells none.

    The commonest script decides, and within it the commonest words of 90 languages; UNKNOWN where
    a longer text has next to none of them. A sample of 20,000 characters from the middle of the
    text is enough and is all that is read.
    """
    sample = unicodedata.normalize("NFC", _sample(text))
    scripts = _count_scripts(sample)
    if scripts:
        script, count = scripts.most_common(1)[0]
        if count > sum(letter.isascii() and letter.isalpha() for letter in sample):
            return _of_script(script, sample)
    return _by_words(sample, "", "en")


def language_of_link(words: str) -> str | None:
    """The language that a link's words are written in, by script alone; None for Latin script."""
    scripts = _count_scripts(words)
    return _of_script(scripts.most_common(1)[0][0], words) if scripts else None


def name_of_language(code: str) -> str:
    """The English name of a language: "German"; the code where it has none."""
    from babel import Locale  # 20 ms, for what is not read alone

    name: str = Locale("en").languages.get(code, code)
    return name


def refuse_unread(lang: str) -> None:
    """Raises UnreadLanguage for a language that is not read, UNKNOWN among them."""
    if lang in languages_read():
        return
    names = sorted(map(name_of_language, languages_read()))
    raise UnreadLanguage(None if lang == UNKNOWN else name_of_language(lang), read=names)


def same_script(lang: str, other: str) -> bool:
    """Whether two languages are written in one script, as far as either is known."""
    return _script_of(lang) == _script_of(other)


def _script_of(lang: str) -> str:
    for script, words in _common_words().items():
        if lang in words.codes:
            return script
    return lang if lang in {code for _, _, code in _SCRIPTS} else ""


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


def _of_script(script: str, sample: str) -> str:
    for lang, letters in _LETTERS.get(script, ()):
        if any(letter in sample for letter in letters):
            return lang
    return _by_words(sample, script, script)


def _by_words(sample: str, script: str, usual: str) -> str:
    """The language of the script whose commonest words tell most; `usual` where none do.

    UNKNOWN where a longer text in Latin script has next to none of them, names left aside.
    """
    known = _common_words().get(script)
    if known is None:
        return usual
    counts = {word: min(n, _OFTEN) for word, n in Counter(sample.split()).items()}
    told = _told(known, counts)
    able = [lang for lang in told if told[lang] >= _SURE or lang in (usual, *languages_read())]
    best = max(able, key=lambda lang: told[lang] + _ahead(lang, usual), default=usual)
    if not script and _tells_too_little(told[best], counts):
        return UNKNOWN
    return best if told[best] > _ahead(usual, usual) - _ahead(best, usual) else usual


def _tells_too_little(told: float, counts: Mapping[str, int]) -> bool:
    plain = sum(count for word, count in counts.items() if not word[0].isupper())
    return plain >= _LONG and told < _LEAST * plain


def _told(known: _Words, counts: Mapping[str, int]) -> dict[str, float]:
    """How much the words tell for each language: the fewer have a word, the more."""
    told: dict[str, float] = defaultdict(float)
    for word, count in counts.items():
        lowered = word.lower()
        bare = lowered if lowered in known.langs else lowered.strip(_MARKS)
        for lang in known.langs.get(bare, ()):
            told[lang] += count * known.weights[bare]
    return told


def _ahead(lang: str, usual: str) -> float:
    return _USUAL_AHEAD * (lang == usual) + _READ_AHEAD * (lang in languages_read())


@cache
def _common_words() -> dict[str, _Words]:
    """The words of lang/common_words.txt by script; "" is Latin."""
    scripts: dict[str, dict[str, list[str]]] = {}
    codes: dict[str, set[str]] = {}
    for lang, words in read_words("common_words.txt"):
        script = Counter(map(_script, "".join(words))).most_common(1)[0][0]
        codes.setdefault(script, set()).add(lang)
        for word in words:
            scripts.setdefault(script, {}).setdefault(word, []).append(lang)
    return {
        script: _Words(
            codes=frozenset(codes[script]),
            langs=langs,
            weights={
                word: 1 - log(len(of)) / log(len(codes[script]) + 1) for word, of in langs.items()
            },
        )
        for script, langs in scripts.items()
    }
