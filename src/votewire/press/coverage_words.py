"""The words of the UN's meetings coverage, as patterns; from lang/en/coverage.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from votewire.press.langfiles import read_toml

__all__ = ["SIDES", "any_of", "coverage_words", "first_said", "labels"]

SIDES = ("yes", "no", "abstain", "non_voting")


@cache
def coverage_words() -> Mapping[str, Any]:
    """The tables of lang/en/coverage.toml; the UN writes its releases of record in English."""
    return read_toml("en", "coverage.toml")


@cache
def labels() -> re.Pattern[str]:
    """A label of a list at a line's start or behind a full stop; one group is named for each side.

    The group `count` is a number beside it: "In favour:", "Abstaining (17):", "AGAINST 3:".
    """
    sides = "|".join(
        f"(?P<{side}>{_alternatives(words)})" for side, words in coverage_words()["labels"].items()
    )
    return re.compile(
        rf"(?:^|(?<=[.;\]]))[^\S\n]*+[*_•·>]*+[^\S\n]*+(?:{sides})[*_]*+[^\S\n]*+"
        r"(?:\(?(?P<count>\d{1,3})(?: votes?| states?| members?)?\)?)?[^\S\n*_]*+:[*_]*+",
        re.IGNORECASE | re.MULTILINE,
    )


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of the words or phrases, whole, in any case."""
    return re.compile(rf"(?<!\w)(?:{_alternatives(words)})(?!\w)", re.IGNORECASE)


def first_said(table: Mapping[str, Iterable[str]], text: str) -> str | None:
    """The first key of the table of which a word stands in the text."""
    return next((key for key, words in table.items() if _pattern(tuple(words)).search(text)), None)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return any_of(words)


def _alternatives(words: Iterable[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
