"""The words that tell what a claim is about: its time, its chamber, what its numbers count.

Read from lang/<code>/bearings.toml, whose English head explains the kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from votewire.press.calendars import any_of
from votewire.press.grammar.lexicon import languages
from votewire.press.grammar.words import folded
from votewire.press.langfiles import read_toml

__all__ = ["BearingPattern", "BearingWords", "bearing_words", "symbol_at", "with_groups"]

# Bounded, so that a page of "a/a/a/" takes time linear in its length.
SYMBOL = r"(?:[as]/[\w./()-]{0,40}\d|es-\d{1,3}/\d{1,3})"
_SYMBOL, _ENDS = re.compile(SYMBOL), re.compile(r"[,;:—–]")
_GROUP = "\ue000"  # no page has it; it stands for each letter of a group's name


@dataclass(frozen=True, slots=True, kw_only=True)
class BearingPattern:
    """One pattern of one kind; the fields are those of lang/en/bearings.toml."""

    kind: str
    regex: re.Pattern[str]
    match: str
    avoid: str
    choice: str | None = None
    years: int = 0
    days: int = 0
    part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BearingWords:
    """One language's words.

    numbers: number words with their values. chambers: code -> the words that show it. voting: finds
    a word of voting.
    """

    patterns: tuple[BearingPattern, ...]
    numbers: dict[str, int]
    chambers: dict[str, re.Pattern[str]]
    voting: re.Pattern[str]

    def of(self, kind: str) -> tuple[BearingPattern, ...]:
        """The patterns of a kind, in file order."""
        return tuple(each for each in self.patterns if each.kind == kind)

    def find(self, kind: str, low: str) -> Iterator[tuple[BearingPattern, re.Match[str]]]:
        """What the patterns of a kind find in folded text."""
        for each in self.of(kind):
            for hit in each.regex.finditer(low):
                yield each, hit

    def has(self, kind: str, low: str) -> bool:
        """Whether a pattern of the kind finds anything in folded text."""
        return next(self.find(kind, low), None) is not None

    def number(self, words: str) -> int | None:
        """The first number that the words name, in figures or in one word."""
        for word in re.findall(r"\w+(?:-\w+)?", words):
            if word.isdecimal():
                return int(word)
            if word in self.numbers:
                return self.numbers[word]
        return None


def symbol_at(low: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the next UN symbol stands in folded text, before any mark that ends the phrase."""
    mark = _ENDS.search(low, start, end)
    hit = _SYMBOL.search(low, start, mark.start() if mark is not None else end)
    return hit.span() if hit is not None else None


@cache
def bearing_words(lang: str) -> BearingWords | None:
    """The words of a language; None for one that claims are not read in."""
    if lang not in languages():
        return None
    file = read_toml(lang, "bearings.toml")
    numbers = _numbers(lang)
    return BearingWords(
        patterns=tuple(_pattern(row, numbers) for row in file["pattern"]),
        numbers=numbers,
        chambers={
            code: re.compile(rf"(?<!\w)(?:{any_of(map(folded, words))})")
            for code, words in file["chambers"].items()
        },
        voting=re.compile(rf"(?<!\w)(?:{any_of(map(folded, file['voting']['words']))})(?!\w)"),
    )


def with_groups(low: str, spans: list[tuple[int, int]]) -> str:
    """The folded text with the letters of each group's name replaced; offsets stay."""
    for start, end in spans:
        low = low[:start] + _GROUP * (end - start) + low[end:]
    return low


def _pattern(row: dict[str, Any], numbers: dict[str, int]) -> BearingPattern:
    spelled = row["pattern"].replace("GROUP", f"(?<!{_GROUP}){_GROUP}++").replace("SYMBOL", SYMBOL)
    spelled = spelled.replace("NUM", rf"(?<!\w)(?:\d{{1,3}}|{any_of(numbers)})(?!\w)")
    known = {name: row[name] for name in ("kind", "match", "avoid")}
    more = {name: row[name] for name in ("choice", "years", "days", "part") if name in row}
    return BearingPattern(regex=re.compile(spelled), **known, **more)


def _numbers(lang: str) -> dict[str, int]:
    """Number words: those of the file, and in pairs what its links join ("thirty-three")."""
    file = read_toml(lang, "numbers.toml")
    words = {folded(word): int(n) for word, n in file["words"].items()}
    tens = {word: n for word, n in words.items() if n >= 20 and n % 10 == 0}
    ones = {word: n for word, n in words.items() if 0 < n < 10}
    pairs = {f"{ten}-{one}": n + m for ten, n in tens.items() for one, m in ones.items()}
    return {**pairs, **words}
