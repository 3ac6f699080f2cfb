"""Text cut into words, symbols, numbers and marks; how spellings are made alike."""

from __future__ import annotations

import re

from votewire.press.langfiles import folders_with, read_toml

__all__ = ["WORD", "folded", "spelled", "split_words"]


def _numbered() -> str:
    """What stands before "40/97" where that names a text, in any language: look-behinds."""
    tables = (read_toml(lang, "texts.toml") for lang in folders_with("texts.toml"))
    words = {word for table in tables for word in table.get("numbered", {}).get("words", ())}
    return "|".join(rf"(?<=[{w[0].upper()}{w[0]}]{w[1:]}\x20)" for w in sorted(words)) or "(?!)"


# Most words, all of ASCII, are settled at once. Else: a UN symbol; a number with its thousands; a
# word with its Devanagari vowel signs; any mark.
WORD = re.compile(
    r"[A-Za-z]++(?![/-]|[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u200c\u200d])"
    r"|(?:[ASE]/[A-Z0-9][\w.-]{0,20}(?:/[\w.-]{0,20}\w){1,4}(?<=\d)|ES-\d{1,2}/\d{1,3}"
    rf"|(?:{_numbered()})\d{{2}}/\d{{1,3}})"
    # Its part or its session or year: 50/70P, 31/6[D], 3379(XXX), 377(V)[A], 2774 (2025).
    r"(?:[A-Z](?!\w))?(?:\x20?\((?:[IVX]{1,6}|\d{4})\))?(?:\[[A-Z\d.-]{1,9}\])?"
    r"|\d+(?:,\d{3})+(?!\d)|\d+|[^\W\d_](?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f\u200c\u200d])*|[^\w\s]"
)
# Curly marks; and a line that is wrapped goes on, for the patterns of phrases.
_FOLD = str.maketrans("’‘‛′“”„«»\n", '\'\'\'\'""""" ')
# Dots under Devanagari letters, of one character or two, joiners, and chandrabindu for anusvara: no
# two newsrooms write "ख़िलाफ़" or "पाँच" alike.
_SPELLINGS = str.maketrans(
    dict(zip(range(0x958, 0x960), "कखगजडढफय", strict=True))
    | {0x93C: "", 0x901: "\u0902", 0x200C: "", 0x200D: ""}
)


def split_words(phrase: str) -> tuple[str, ...]:
    """The words and marks of a phrase as `row` compares them."""
    words = phrase.lower().split()
    if all(map(str.isalpha, words)) and phrase.isascii():
        return tuple(words)
    return tuple(spelled(found[0].translate(_FOLD)) for found in WORD.finditer(phrase.lower()))


def spelled(word: str) -> str:
    """The word in the one spelling that phrases are compared in."""
    return word if word.isascii() else word.translate(_SPELLINGS) or word


def folded(text: str) -> str:
    """The text in lower case, curly quotes and line ends folded; as long as the text itself."""
    low = text.lower()
    if len(low) != len(text):  # "İ" has two letters in lower case
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return low.translate(_FOLD)
