"""What a title says apart from how it is spelled: titles with the same words have the same key.

Titles of one recurring text differ from year to year in articles, plurals, abbreviations, the
numbers of years, sessions and earlier resolutions, and in slips of the typist. A key is the sorted
set of the words that are left when these are gone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import polars as pl

__all__ = ["part_letters", "title_keys"]

_MONTHS = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
# In this order: remarks of the cataloguer, ways of writing the same, and numbers of the year.
_SAME: tuple[tuple[str, str], ...] = (
    (r"\s*[:/\[]?\s*resolutions?\s*/?\s*adopted by (?:the )?(?:general assembly|council).*$", ""),
    (r"^security council resolution [0-9]+ \([0-9]+\)", ""),
    (r"[’'`\"“”]", ""),
    (r"\bunited nations\b", "un"),
    (r"\bun relief and works agency(?: for palestine refugees(?: in the near east)?)?", "unrwa"),
    (r"\((?:un|minu|monu|onu)[a-z]+\)", " "),
    (r"\bco-?(operat|ordin)", "co$1"),
    (r"\bjudgement", "judgment"),
    (r"\bpalestinian refugee", "palestine refugee"),
    (r"\bunites states\b", "united states"),
    # A year at the end is no word that the number would stand in front of.
    (r"\b(resolutions? \d+(?:/\d+)?(?: ?\(?[ivxlsme-]+\))?(?: [a-z])?) (?:19|20)\d\d\W*$", "$1"),
    (
        r"\bgeneral assembly resolutions? \d+(?:/\d+)?(?: ?\(?[ivxlsme-]+\))?(?: [a-z]\b)?(\s+\w)",
        "ga$1",
    ),
    (rf"\buntil \d+ (?:{_MONTHS})[a-z]*\.? \d+", " "),
    (r"\b(?:19|20)\d\d\b(?:[-/–]\d{2,4})?", " "),
    (r"\b\d+(?:st|nd|rd|th) ?((?:regular )?session)", "$1"),
    (r"\barticle 73 e\b", "article 73e"),
    (r"\s+resolution\W*$", ""),
)
_HEADED = r"^(.*?\S)(?: : |: | - )(.+)$"
_SMALL = frozenset(
    word
    for words in (
        ("a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "its", "of", "on"),
        ("or", "s", "that", "the", "their", "this", "those", "to", "which", "with"),
    )
    for word in words
)
_LEAST = 7  # letters of a word in which a slip can be told from another word
_TIMES = 12  # how much more often the right spelling must stand in titles than the slip
_SLIPS = 2  # a spelling found more often than this is a word of its own

Words = tuple[str, ...]


def title_keys(titles: pl.Series) -> pl.Series:
    """(n,) String: a key for each title, equal for the same words; empty where there is no title.

    Case, punctuation, small words, plurals, word order, years, session numbers, numbers of earlier
    Assembly resolutions inside a title and rare misspellings do not count. `Heading : own title`
    has the key of its own title where that stands alone elsewhere and under no other heading.
    """
    counted = titles.fill_null("").rename("title").value_counts(name="times")
    plain = _plain(counted["title"])
    spelled = _spelling(zip(plain, counted["times"], strict=True))
    keys = dict(zip(counted["title"], (_key(words, spelled) for words in plain), strict=True))
    known = set(keys.values())
    headed = _own_titles(counted["title"], spelled)
    keys |= {title: own for title, own in headed.items() if own in known}
    return pl.Series("key", [keys[title] for title in titles.fill_null("")], dtype=pl.String)


def _own_titles(titles: pl.Series, spelled: Mapping[str, str]) -> dict[str, str]:
    """`Heading : own title` -> the key of its own title, where only one heading has it."""
    headed = titles.filter(titles.str.contains(_HEADED))
    above, below = (
        [_key(words, spelled) for words in _plain(headed.str.extract(_HEADED, group))]
        for group in (1, 2)
    )
    headings: dict[str, set[str]] = defaultdict(set)
    for heading, own in zip(above, below, strict=True):
        headings[own].add(heading)
    found = zip(headed, below, strict=True)
    return {title: own for title, own in found if own and len(headings[own]) == 1}


def part_letters(symbols: pl.Series) -> pl.Series:
    """The letter of a part: `B` of A/RES/38/79B and A/RES/31/106[B]; empty for a text in one."""
    return symbols.fill_null("").str.extract(r"/RES/.*?\[?([A-Z])\]?$", 1).fill_null("")


def _plain(titles: pl.Series) -> list[list[str]]:
    text = titles.fill_null("").str.to_lowercase().str.strip_chars()
    for pattern, same in _SAME:
        text = text.str.replace_all(pattern, same)
    return [re.findall(r"\w+", title) for title in text]


def _key(words: Iterable[str], spelled: Mapping[str, str]) -> str:
    return " ".join(sorted({spelled[word] for word in words} - {""}))


def _spelling(texts: Iterable[tuple[list[str], int]]) -> dict[str, str]:
    """Each word and how it is written in a key: without plural, put right; empty if it is small.

    texts: the words of each title, and how many rollcalls have it.
    """
    counts: Counter[str] = Counter()
    for words, times in texts:
        for word in words:
            counts[word] += times
    stems = {word: "" if word in _SMALL else _singular(word) for word in counts}
    totals: Counter[str] = Counter()
    for word, times in counts.items():
        totals[stems[word]] += times
    right = _corrections(totals)
    return defaultdict(str, {word: right.get(stem, stem) for word, stem in stems.items()})


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word[-1] == "s" and word[-2] not in "su" else word


def _corrections(counts: Mapping[str, int]) -> dict[str, str]:
    """Rare words that are one letter more, less, other or swapped from a common one, with that."""
    near: dict[str, list[str]] = defaultdict(list)
    rare = []
    for word, times in counts.items():
        if len(word) >= _LEAST and word.isalpha():
            if times <= _SLIPS:
                rare.append(word)
            else:
                for left in _one_less(word):
                    near[left].append(word)
    right = {}
    for word in rare:
        found = {common for left in _one_less(word) for common in near.get(left, ())}
        best = max((w for w in found if w[0] == word[0]), key=lambda w: (counts[w], w), default="")
        if best and counts[best] >= _TIMES * counts[word]:
            right[word] = best
    return right


def _one_less(word: str) -> Iterator[str]:
    """The word, and the word without one of its letters."""
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
