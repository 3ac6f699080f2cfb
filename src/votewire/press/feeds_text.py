"""The small texts of a feed: markup as paragraphs, times in every spelling, language codes."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from votewire.press.entities import unescape
from votewire.states.bounds import possible_moment

__all__ = ["held_back", "iso_moment", "language", "markup_text", "one_line", "tree_text"]

_HELD = {
    "canceled": "canceled by its publisher",
    "cancelled": "canceled by its publisher",
    "withheld": "withheld by its publisher",
}
_BLOCKS = (
    "address article aside blockquote body body.content br caption dd div dl dt figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 header hl1 hl2 hr li main nav ol p pre section table td th tr ul"
)
_BLOCK = frozenset(_BLOCKS.split())
_SILENT = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "title"))
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9-]{1,20})?\Z")


def tree_text(root: Any) -> str:
    """The text of an element tree, a line for each block; without recursion, whatever its depth."""
    out: list[str] = []
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        element, done = waiting.pop()
        name = _local(element.tag)
        if done:
            out.append("\n" if name in _BLOCK else "")
            out.append(_spaced(element.tail) if element is not root else "")
        elif name in _SILENT or not name:
            out.append(_spaced(element.tail) if element is not root else "")
        else:
            out.append("\n" if name in _BLOCK else "")
            out.append(_spaced(element.text))
            waiting.append((element, True))
            waiting.extend((child, False) for child in reversed(element))
    return _lines("".join(out))


def markup_text(markup: str) -> str:
    """The text of a fragment of HTML, a line for each block; of plain text, its paragraphs."""
    if not _TAG.search(markup):
        return _lines(unescape(markup))
    from lxml import etree, html

    try:
        text = tree_text(html.fragment_fromstring(markup, create_parent="div"))
    except (etree.LxmlError, ValueError, AssertionError):
        text = ""
    return text or _lines(unescape(_TAG.sub("\n", markup)))


def one_line(markup: str | None) -> str | None:
    """A title without markup, on one line; None where nothing is left."""
    return (" ".join(markup_text(markup).split()) or None) if markup else None


def iso_moment(value: object) -> str | None:
    """A time in ISO 8601 from that or from RFC 822 ("Tue, 25 Feb 2025 11:00:00 GMT"); else None.

    None too for a day on which no item can be.
    """
    if not isinstance(value, str) or not value.strip() or len(value) > 60:
        return None
    text = value.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = possible_moment(parse(text))
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment.isoformat() if moment is not None else None
    return None


def held_back(
    status: str | None, *, until: str | None = None, version: str | None = None
) -> str | None:
    """How an item was taken back or is held, in words; None where it is published.

    status: its publishing status. until, version: ISO 8601, of its embargo and of the item; an
    embargo that ended before the item's own version holds nothing.
    """
    named = (status or "").strip().lower()
    if named in _HELD:
        return _HELD[named]
    held = until is not None and (version is None or until > version)
    return f"embargoed until {until}" if held else None


def language(value: object) -> str | None:
    """The two letters of a language tag such as "en-GB"; None for anything else."""
    found = _LANGUAGE.match(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else None


def _local(tag: object) -> str:
    """The name of an element without its namespace; "" for comments and instructions."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
