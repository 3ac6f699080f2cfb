"""Items of RSS 2.0, Atom and NewsML-G2, read as they come, never expanding an entity."""

from __future__ import annotations

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from votewire.errors import SourceError
from votewire.press.feeds_items import FeedItem
from votewire.press.feeds_text import (
    held_back,
    iso_moment,
    language,
    markup_text,
    one_line,
    tree_text,
)

__all__ = ["read_xml"]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEMS = frozenset(("item", "entry", "newsItem", "deleted-entry"))
_FEEDS = frozenset(("rss", "RDF", "feed", "channel"))


def read_xml(source: bytes, *, name: str) -> Iterator[FeedItem]:
    """The items of an XML feed. Raises SourceError where it breaks off or declares entities."""
    try:
        yield from _items(source)
    except DefusedXmlException as error:
        raise SourceError(
            f"{name} declares entities or an outside document ({type(error).__name__}), which a "
            "feed has no need of; nothing of it is expanded. Take it from its publisher again."
        ) from None
    except ParseError as error:
        line, column = error.position
        raise SourceError(
            f"{name} is broken XML at line {line}, column {column + 1} ({error.msg}). The items "
            "before it were read; download it again."
        ) from None
    except (LookupError, ValueError, RecursionError) as error:
        raise SourceError(f"{name} is XML that cannot be read ({error}).") from None


def _items(source: bytes) -> Iterator[FeedItem]:
    above: list[Element] = []
    title: str | None = None
    count = 0
    for event, element in iterparse(io.BytesIO(source), events=("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        name = _local(element)
        if name in _ITEMS and not any(_local(each) in _ITEMS for each in above):
            count += 1
            yield _item(name, element, count, title)
            element.clear()
        elif name == "title" and above and _local(above[-1]) in _FEEDS:
            title = title or one_line("".join(element.itertext()))


def _item(name: str, element: Element, count: int, title: str | None) -> FeedItem:
    """The item in an element; one that cannot be read keeps its place and says why."""
    read = {"item": _rss, "entry": _atom, "newsItem": _newsml, "deleted-entry": _deleted}[name]
    return read(element, f"item {count}", title)


def _rss(item: Element, place: str, title: str | None) -> FeedItem:
    summary = markup_text(_text(item, "description") or "")
    body = markup_text(_text(item, "encoded") or "")
    return FeedItem(
        id=_text(item, "guid") or _text(item, "link") or place,
        headline=one_line(_text(item, "title")),
        dek=_flat(summary) if body else None,
        body=body or summary,
        lang=language(_text(item, "language") or item.get(_LANG)),
        published=iso_moment(_text(item, "pubDate") or _text(item, "date")),
        byline=one_line(_text(item, "creator")),
        publisher=one_line(_text(item, "source")) or title,
    )


def _atom(entry: Element, place: str, title: str | None) -> FeedItem:
    body, summary = _atom_text(entry, "content"), _atom_text(entry, "summary")
    link = next((each.get("href") for each in _all(entry, "link") if each.get("href")), None)
    author = _first(entry, "author")
    return FeedItem(
        id=_text(entry, "id") or link or place,
        headline=_flat(_atom_text(entry, "title")),
        dek=_flat(summary) if body else None,
        body=body or summary,
        lang=_atom_language(entry),
        published=iso_moment(_text(entry, "published")),
        updated=iso_moment(_text(entry, "updated")),
        byline=one_line(_text(author, "name")) if author is not None else None,
        publisher=title,
    )


def _atom_text(entry: Element, name: str) -> str:
    """A text of Atom: plain, HTML in escapes, or XHTML."""
    found = _first(entry, name)
    if found is None:
        return ""
    if found.get("type") == "xhtml" or len(found):
        return tree_text(found)
    return markup_text(found.text or "")


def _atom_language(entry: Element) -> str | None:
    content = _first(entry, "content")
    declared = content.get(_LANG) if content is not None else None
    return language(declared or entry.get(_LANG))


def _newsml(item: Element, place: str, title: str | None) -> FeedItem:
    meta, content = _first(item, "itemMeta"), _first(item, "contentMeta")
    by = _first(content, "creator")
    created = _text(content, "contentCreated") or _text(meta, "firstCreated")
    version = iso_moment(_text(meta, "versionCreated"))
    provider, located = _first(meta, "provider"), _first(content, "located")
    tag = _first(content, "language")
    return FeedItem(
        id=item.get("guid") or place,
        headline=one_line(_text(content, "headline") or _text(meta, "title")),
        body=_newsml_body(item),
        lang=language(tag.get("tag") if tag is not None else item.get(_LANG)),
        published=iso_moment(created) or version,
        updated=version,
        byline=one_line(_text(content, "by") or _text(by, "name")),
        publisher=one_line(_text(provider, "name")) or title,
        dateline=one_line(_text(content, "dateline") or _text(located, "name")),
        status=held_back(
            _status(meta), until=iso_moment(_text(meta, "embargoed")), version=version
        ),
    )


def _status(meta: Element | None) -> str | None:
    """The publishing status: the code after the colon of `stat:canceled`."""
    found = _first(meta, "pubStatus")
    return found.get("qcode", "").rpartition(":")[2] if found is not None else None


def _deleted(entry: Element, place: str, title: str | None) -> FeedItem:
    """An entry that its publisher deleted (RFC 6721)."""
    return FeedItem(
        id=entry.get("ref") or place,
        updated=iso_moment(entry.get("when")),
        publisher=title,
        status="deleted by its publisher",
    )


def _newsml_body(item: Element) -> str:
    """The first text of the content set: of NITF and XHTML the body, without headline or byline."""
    for part in _all(_first(item, "contentSet"), "inlineXML"):
        within = {_local(each): each for each in reversed(list(part.iter()))}
        body = within.get("body.content", within.get("body", part))
        if text := tree_text(body):
            return text
    for part in _all(_first(item, "contentSet"), "inlineData"):
        if text := markup_text(part.text or ""):
            return text
    return ""


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(parent: Element | None, name: str) -> list[Element]:
    return [each for each in parent if _local(each) == name] if parent is not None else []


def _first(parent: Element | None, name: str) -> Element | None:
    return next(iter(_all(parent, name)), None)


def _text(parent: Element | None, name: str) -> str | None:
    """The text of the first child of that name that has any, white space at its ends removed."""
    texts = ("".join(each.itertext()).strip() for each in _all(parent, name))
    return next((text for text in texts if text), None)


def _flat(text: str) -> str | None:
    return " ".join(text.split()) or None
