"""Folding of names, so that case, accents, apostrophes and punctuation do not matter."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold"]

_NOT_WORD = re.compile(r"[^\w\u0900-\u0963\u0970-\u097f]+")
_DROPPED = re.compile("['.\u2018\u2019\u201b\u02bc\u02bb\u00b4`\u200c\u200d\u00ad]+")
# Latin, Greek and Arabic marks, and the Devanagari nukta, which Hindi news often leaves out.
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u093c]+")
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "\u0901": "\u0902",  # chandrabindu and anusvara stand for each other in Hindi news
    }
)


def fold(text: str) -> str:
    """The text without case, accents, apostrophes, full stops and other punctuation.

    "Côte d’Ivoire" -> "cote divoire"; "U.S." -> "us"; "Guinea-Bissau" -> "guinea bissau". Folding a
    folded text changes nothing.
    """
    if not text.isascii():
        text = _fold_marks(text)
    return _NOT_WORD.sub(" ", _DROPPED.sub("", text.casefold())).strip()


def _fold_marks(text: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return _MARKS.sub("", text).translate(_LETTERS)
