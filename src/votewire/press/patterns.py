"""The patterns of page furniture, read from lang/<lang>/page.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from votewire.press.calendars import LANGUAGES, languages_of
from votewire.press.langfiles import read_toml

__all__ = ["KINDS", "Pattern", "PatternSet", "agency_name", "patterns", "patterns_within", "words"]

_WORD = re.compile(r"\w+")
_KEPT = 2**14  # words whose cues are kept
KINDS = ("part", "label", "line", "heading", "inline", "tail", "lead")
_WHOLE = ("line", "heading")  # never searched for: they are tried at a line's start alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One way that furniture looks. The fields are explained at the top of lang/en/page.toml."""

    id: str
    kind: str
    role: str
    cues: tuple[str, ...]
    pattern: str
    hit: str
    miss: str
    case: bool = False
    below: bool = False
    value: str | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern; compiled at its first use, for most pages need few of them."""
        whole = self.kind in _WHOLE
        return _compiled(rf"\A(?:{self.pattern})" if whole else self.pattern, self.case)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternSet:
    """The patterns of one kind, in file order, with every cue beside the number of its pattern."""

    patterns: tuple[Pattern, ...]
    cues: tuple[tuple[str, int], ...]

    def cued(self, lowered: str) -> list[Pattern]:
        """The patterns that have a cue in the lower-case text."""
        hits = {at for cue, at in self.cues if cue in lowered}
        return [self.patterns[at] for at in sorted(hits)]

    def with_cues(self) -> list[Pattern]:
        """The patterns that have any cue left."""
        return [self.patterns[at] for at in sorted({at for _, at in self.cues})]

    def within(self, present: frozenset[str]) -> PatternSet:
        """The set with those cues alone: a line is then asked for few."""
        cues = tuple((cue, at) for cue, at in self.cues if cue in present)
        return PatternSet(patterns=self.patterns, cues=cues)


@cache
def _compiled(pattern: str, case: bool) -> re.Pattern[str]:
    return re.compile(pattern, 0 if case else re.IGNORECASE)


@cache
def patterns(lang: str) -> Mapping[str, PatternSet]:
    """The patterns for a page in `lang`, English ones included, by kind and in file order."""
    read = [pattern for of in reversed(languages_of(lang)) for pattern in _of_language(of)]
    return {kind: _set([each for each in read if each.kind == kind]) for kind in KINDS}


def patterns_within(lowered: str, lang: str) -> Mapping[str, PatternSet]:
    """As `patterns`, with only those cues that the lower-case page holds: asked once for a page."""
    known = _cues(lang)
    able = {cue for word in set(_WORD.findall(lowered)) for cue in known.of_word(word)}
    present = frozenset(cue for cue in able.union(known.wordless) if cue in lowered)
    return {kind: each.within(present) for kind, each in patterns(lang).items()}


class _Cues:
    """The cues of a language by their longest word, or part of one.

    A page that holds a cue has a word that this is a part of. Pages share most of their words, so
    what a word allows is kept, and a page is searched for a tenth of the cues.
    """

    def __init__(self, cues: Iterable[str]) -> None:
        by_word: dict[str, list[str]] = {}
        for cue in cues:
            by_word.setdefault(max(_WORD.findall(cue), key=len, default=""), []).append(cue)
        self.wordless = frozenset(by_word.pop("", ()))
        self._by_word = by_word
        self._by_start: dict[str, list[str]] = {}
        for word in by_word:
            self._by_start.setdefault(word[:2], []).append(word)
        self.of_word = lru_cache(maxsize=_KEPT)(self._of_word)

    def _of_word(self, word: str) -> tuple[str, ...]:
        """The cues whose longest word is a part of this one."""
        starts = {word[at : at + size] for at in range(len(word)) for size in (1, 2)}
        able = (part for start in starts for part in self._by_start.get(start, ()))
        return tuple(cue for part in able if part in word for cue in self._by_word[part])


@cache
def _cues(lang: str) -> _Cues:
    return _Cues({cue for each in patterns(lang).values() for cue, _ in each.cues})


def _set(of_kind: Sequence[Pattern]) -> PatternSet:
    cues = tuple((cue, at) for at, pattern in enumerate(of_kind) for cue in pattern.cues)
    return PatternSet(patterns=tuple(of_kind), cues=cues)


@cache
def words(kind: str, lang: str) -> frozenset[str]:
    """The words of `kind` (home, wire, desk) for a page in `lang`, English ones included."""
    return frozenset(word for of in languages_of(lang) for word in _file(of).get(kind, ()))


def agency_name(credit: str) -> str | None:
    """The usual name of the news agency that `credit` names; None if it is none that is known."""
    return _agencies().get(" ".join(credit.split()).strip(" .,:").casefold())


@cache
def _agencies() -> dict[str, str]:
    rows = read_toml("agencies.toml")["names"]
    return {name.casefold(): row[0] for row in rows for name in row}


@cache
def _of_language(lang: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(**{**each, "cues": tuple(each["cues"])}) for each in _file(lang).get("pattern", ())
    )


@cache
def _file(lang: str) -> dict[str, Any]:
    if lang not in LANGUAGES:
        return {}
    return read_toml(lang, "page.toml")
