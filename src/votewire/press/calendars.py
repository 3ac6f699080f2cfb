"""How a language names days: months, weekdays, relative words, read from lang/<lang>/dates.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from votewire.press.langfiles import languages_read, read_toml

__all__ = ["LANGUAGES", "Calendar", "any_of", "calendar", "fold", "languages_of"]

LANGUAGES = languages_read()

# One character for one, so that offsets in the folded text are offsets in the text itself.
_ODD_SPACE = re.compile(
    r"[\t\x0b\x0c\u00a0\u00ad\u1680\u2000-\u200b\u200e\u200f\u202a-\u202f\u205f\u2060\u3000\ufeff]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """One language's words for days: names in lower case, numbers as in Python's dates."""

    lang: str
    capital: bool
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    of: tuple[str, ...]
    before_day: tuple[str, ...]
    before_month: tuple[str, ...]
    last: tuple[str, ...]
    last_after: tuple[str, ...]
    next: tuple[str, ...]
    next_after: tuple[str, ...]
    future: tuple[str, ...]
    days: Mapping[str, int]
    from_previous: Mapping[str, int]
    ranges: Mapping[str, str]
    counted: Mapping[str, object]
    after_month: tuple[str, ...] = ()


@cache
def calendar(lang: str) -> Calendar:
    """The calendar words of `lang`; English where the language has no file of its own."""
    known = lang if lang in LANGUAGES else "en"
    read = read_toml(known, "dates.toml")
    for field in ("of", "before_day", "before_month", "last", "last_after", "next", "next_after"):
        read[field] = tuple(read[field])
    read["future"] = tuple(read["future"])
    read["after_month"] = tuple(read.get("after_month", ()))
    read["months"] = _numbered(read["months"], first=1)
    read["weekdays"] = _numbered(read["weekdays"], first=0)
    return Calendar(lang=known, **read)


def languages_of(lang: str) -> tuple[str, ...]:
    """The languages whose words a page in `lang` may use: English besides its own."""
    return ("en",) if lang == "en" or lang not in LANGUAGES else ("en", lang)


def fold(text: str) -> str:
    """`text` with odd spaces as spaces and curly apostrophes straight; every offset stays."""
    return _ODD_SPACE.sub(" ", text).replace("\u2019", "'").replace("\u02bc", "'")


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of `words`, longest first, spaces as any run of spaces."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or r"(?!)"


def _numbered(names: Iterable[Iterable[str]], *, first: int) -> dict[str, int]:
    return {name: number for number, row in enumerate(names, first) for name in row}
