"""One item of a feed: what it says of itself, and the article that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from votewire.errors import UnreadablePage
from votewire.press.article import Article, Metadata
from votewire.press.claims import with_claims
from votewire.press.languages import refuse_unread, same_script
from votewire.press.layout import Known
from votewire.press.page import MAX_BYTES, read_text

__all__ = ["FeedItem", "read_item"]

# Characters, some 50 words. The language of a longer text is detected surely; of a shorter one the
# declared language is believed where it fits the script. Feeds often declare one for all items.
_SHORT = 300
_DEK = 900  # characters; a longer summary is a body


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An item as its feed has it.

    id: its guid, uri or link, else its place ("item 3"). body: paragraphs, one a line. published,
    updated: ISO 8601. lang: two letters, as the item itself declares it. problem: why it cannot be
    read, None where it can. status: how its publisher took it back or holds it, in words; None of
    an item that is published.
    """

    id: str
    headline: str | None = None
    dek: str | None = None
    body: str = ""
    lang: str | None = None
    published: str | None = None
    updated: str | None = None
    byline: str | None = None
    publisher: str | None = None
    dateline: str | None = None
    status: str | None = None
    problem: str | None = None

    def packed(self) -> bytes:
        """The item as bytes, the same for the same item, for `read_item`."""
        values = {name: value for name, value in asdict(self).items() if value}
        told = json.dumps(values, ensure_ascii=False, sort_keys=True)
        return told.encode("utf-8", "replace")  # JSON may hold halves of characters


def read_item(packed: bytes) -> Article:
    """The article that a packed item is, with its claims. Raises UnreadablePage, and
    UnreadLanguage for an item in a language that is not read.
    """
    values: Mapping[str, Any] = json.loads(packed)
    item = FeedItem(**values)
    if item.problem is not None:
        raise UnreadablePage(item.problem)
    if len(packed) > MAX_BYTES:
        raise UnreadablePage(f"the item has more than {MAX_BYTES / 2**20:.0f} MB")
    if item.status and not (item.body or item.dek or item.headline):
        return Article(text="", lang="en", blocks=(), metadata=Metadata(), status=item.status)
    if not (item.body or item.dek or item.headline):
        raise UnreadablePage("the item has no text")
    article = _article(item)
    refuse_unread(article.lang)
    return replace(with_claims(article), status=item.status)


def _article(item: FeedItem) -> Article:
    """The item's text cleaned like a page's, with what the feed has settled."""
    body = item.body
    dek = item.dek if item.dek and item.dek not in body and len(item.dek) < _DEK else None
    if not body and item.dek:
        body, dek = item.dek, None
    spans, text = [], ""
    for role, words in (("headline", item.headline), ("dek", dek)):
        if words:
            spans.append((role, len(text), len(text) + len(words)))
            text += words + "\n\n"
    text += "\n\n".join(line for line in body.split("\n") if line)
    known = Known(spans=tuple(spans), headline=item.headline)
    article = read_text(text, known=known, metadata=_metadata(item, dek))
    if item.lang and len(text) < _SHORT and same_script(item.lang, article.lang):
        article = replace(article, lang=item.lang)
    return article


def _metadata(item: FeedItem, dek: str | None) -> Metadata:
    return Metadata(
        headline=item.headline,
        dek=dek,
        publisher=item.publisher,
        byline=item.byline,
        published=_moment(item.published) or _moment(item.updated),
        updated=_moment(item.updated),
        dateline=item.dateline,
    )


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
