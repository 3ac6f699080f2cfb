"""Feeds of news items as files: what kind a file is, by its content, and its items one by one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from votewire.errors import SourceError
from votewire.press.feeds_items import FeedItem

__all__ = ["FEED_ENDINGS", "MAX_FEED_BYTES", "SNIFFED", "feed_kind", "read_feed"]

FEED_ENDINGS = (".atom", ".json", ".jsonl", ".ndjson", ".rss", ".xml")
MAX_FEED_BYTES = 64 * 1024 * 1024
SNIFFED = 8_192  # bytes from the start that tell what a file is

_BEFORE_ROOT = re.compile(
    r"\A\s*+(?:<\?.{0,2000}?\?>\s*+|<!--.{0,4000}?-->\s*+)*+(?P<declared><!DOCTYPE\s++)?", re.DOTALL
)
_ROOT = re.compile(r"<?(?:[\w.-]+:)?([\w.-]+)")
_KINDS = {"rss": "rss", "RDF": "rss", "feed": "atom", "newsItem": "newsml", "newsMessage": "newsml"}
_JSON = re.compile(r'\A\s*+(?:\[\s*+)?\{\s*+"[\w$.@-]{1,60}"\s*+:')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def feed_kind(head: bytes) -> str | None:
    """Whether a file that begins so is a feed: rss, atom, newsml or json; None for anything else.

    head: its first SNIFFED bytes. Its name says nothing. JSON may still turn out to be no ninjs.
    """
    text = _decoded(head[:SNIFFED])
    start = _BEFORE_ROOT.match(text)
    at = start.end() if start else 0
    if (start is not None and start["declared"]) or text.startswith("<", at):
        root = _ROOT.match(text, at)
        return _KINDS.get(root[1]) if root is not None else None
    return "json" if _JSON.match(text) else None


def _decoded(head: bytes) -> str:
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    return head.decode("utf-8", "ignore")


def read_feed(source: bytes, *, name: str = "feed") -> Iterator[FeedItem]:
    """The items of a feed in RSS 2.0, Atom, NewsML-G2 or ninjs (one, a list, or one a line).

    An item that cannot be read has its `problem` and stops none of the others. Raises SourceError
    for what is no feed, is too large, or breaks off; the items before the break have come by then.
    name: what errors call it. Nothing is fetched, and no entity of a document is expanded.
    """
    if len(source) > MAX_FEED_BYTES:
        raise SourceError(
            f"{name} has more than {MAX_FEED_BYTES // 2**20} MB, the most that a feed may have. "
            "Split it."
        )
    kind = feed_kind(source)
    if kind is None:
        raise SourceError(
            f"{name} is no feed; RSS 2.0, Atom, NewsML-G2 and ninjs can be read as feeds."
        )
    if kind == "json":
        from votewire.press.feeds_json import read_ninjs

        yield from read_ninjs(source, name=name)
    else:
        from votewire.press.feeds_xml import read_xml

        yield from read_xml(source, name=name)
