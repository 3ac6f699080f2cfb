"""The character references of HTML, "&amp;" and "&#2325;", as the letters they stand for."""

from __future__ import annotations

import html
import re

__all__ = ["unescape"]

# No letter has more than seven digits; Python makes no number of more than 4,300.
_NO_LETTER = re.compile(r"&#[0-9]{100,}+;?")


def unescape(text: str) -> str:
    """The text with its references resolved; U+FFFD for the number of no letter, as browsers do."""
    return html.unescape(_NO_LETTER.sub("\ufffd", text))
