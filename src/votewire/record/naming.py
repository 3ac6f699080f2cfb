"""Which texts have the words that a person looks for, and not merely their letters."""

from __future__ import annotations

import polars as pl

__all__ = ["having"]

_SHORT = 4  # letters up to which a word is looked for whole: UK is no Ukraine, Modi no modification


def having(texts: pl.Series, words: str, *, whole: bool = False) -> pl.Series:
    """Whether each of some texts in small letters has the words, as one Boolean for each.

    The words stand there in a row, beginning where a word begins: "disarm" is found in
    disarmament. A short last word, and any with `whole`, ends where a word ends, but for an s: the
    titles are English, and who looks for a test means tests.
    """
    low = words.lower()
    letters = texts.str.contains(low, literal=True)
    return letters & texts.str.contains(_pattern(low, whole)) if letters.any() else letters


def _pattern(words: str, whole: bool) -> str:
    """Of what a word is made Polars says, as it will where it looks for them."""
    asked = pl.Series([words])
    start = r"\b" if asked.str.contains(r"^\w")[0] else ""
    last = asked.str.extract(r"(\w+)$")[0] or ""
    end = ""
    if last and (whole or len(last) <= _SHORT):
        end = r"s?\b" if last.isalpha() else r"\b"
    return f"{start}{pl.escape_regex(words)}{end}"
