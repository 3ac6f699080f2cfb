"""What the markup of an HTML page declares: JSON-LD, OpenGraph and meta tags, `<time>`."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from votewire.press.article import Link, Metadata
from votewire.press.entities import unescape
from votewire.press.patterns import agency_name
from votewire.press.sheet import letters
from votewire.states.bounds import possible_moment

__all__ = ["clean", "read_declared"]

_ARTICLES = frozenset(
    {"NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting"}
    | {"WebPage", "LiveBlogPosting", "OpinionNewsArticle", "BackgroundNewsArticle"}
)
_DECLARED = 1_000_000  # characters of JSON-LD that are read at most
_NODES = 20_000
_PUBLISHED_META = (
    *("article:published_time", "og:published_time", "datepublished", "publish-date", "pubdate"),
    *("dc.date.issued", "dcterms.created", "parsely-pub-date", "date", "dc.date"),
)
_UPDATED_META = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified"),
    *("dcterms.modified", "lastmod"),
)


def read_declared(tree: HtmlElement) -> Metadata:
    """The metadata that the page declares, JSON-LD before meta tags before visible elements."""
    article = _declared_article(tree)
    metas = _metas(tree)
    return _metadata(tree, article, metas, _headline(tree, article, metas))


def _declared_article(tree: HtmlElement) -> Mapping[str, Any]:
    """The page's article as JSON-LD declares it; empty where it declares none."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json" or not script.text:
            continue
        try:
            declared = json.loads(script.text[:_DECLARED].strip(), strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(declared):
            if _is_article(node):
                return node
    return {}


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind in _ARTICLES for kind in named)


def _nodes(declared: object) -> Iterator[Mapping[str, Any]]:
    """Every object in a JSON-LD document, outer ones first, without recursion."""
    waiting = deque([declared])
    for _ in range(_NODES):
        if not waiting:
            return
        node = waiting.popleft()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            yield node
            waiting.extend(value for value in node.values() if isinstance(value, dict | list))


def _metas(tree: HtmlElement) -> dict[str, str]:
    """The page's meta tags by lower-case name or property; the first of each name wins."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = clean(meta.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def clean(value: object) -> str | None:
    """A declared text with entities resolved and white space single; None for anything else."""
    if not isinstance(value, str):
        return None
    return " ".join(unescape(value).split()) or None


def _headline(
    tree: HtmlElement, article: Mapping[str, Any], metas: Mapping[str, str]
) -> str | None:
    """The heading that the page shows, else the one that it declares."""
    declared = clean(article.get("headline")) or metas.get("og:title") or metas.get("twitter:title")
    shown = [clean(heading.text_content()) for heading in tree.iter("h1")]
    titles = [title for title in shown if title and len(title.split()) >= 3]
    if declared:
        key = letters(declared)
        return next(
            (each for each in titles if letters(each) in key or key in letters(each)), declared
        )
    if titles:
        return titles[0]
    title = next(iter(tree.iter("title")), None)
    name = clean(title.text_content()) if title is not None else None
    return re.split(r" [|\u2013\u2014-] ", name)[0] if name else None


def _metadata(
    tree: HtmlElement,
    article: Mapping[str, Any],
    metas: Mapping[str, str],
    headline: str | None,
) -> Metadata:
    authors = _names(article.get("author")) or [metas[k] for k in ("author",) if k in metas]
    agency = next((known for each in authors if (known := agency_name(each))), None)
    people = [each for each in authors if not agency_name(each) and not each.startswith("http")]
    publisher = next(iter(_names(article.get("publisher"))), None)
    return Metadata(
        headline=headline,
        dek=clean(article.get("description"))
        or metas.get("og:description")
        or metas.get("description"),
        publisher=publisher or metas.get("og:site_name") or metas.get("application-name"),
        agency=agency,
        byline=", ".join(people) or None,
        published=_moment(article.get("datePublished"))
        or _meta_moment(metas, _PUBLISHED_META)
        or _shown_time(tree),
        updated=_moment(article.get("dateModified")) or _meta_moment(metas, _UPDATED_META),
        section=tuple(
            _texts(article.get("articleSection")) or _texts(metas.get("article:section"))
        ),
        language_links=_alternates(tree),
        picture_alt=metas.get("og:image:alt"),
    )


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for each in values if (text := clean(each))]


def _names(value: object) -> list[str]:
    """The names of declared persons or organizations, however they are nested."""
    values = value if isinstance(value, list) else [value]
    found = [clean(each.get("name")) if isinstance(each, dict) else clean(each) for each in values]
    return [name for name in found if name]


def _moment(value: object) -> datetime | None:
    """A declared time, in ISO 8601, of a day on which a page can be; None for anything else."""
    text = clean(value)
    if text is None:
        return None
    try:
        return possible_moment(datetime.fromisoformat(text))
    except ValueError:
        return None


def _meta_moment(metas: Mapping[str, str], names: Sequence[str]) -> datetime | None:
    found = (_moment(metas[name]) for name in names if name in metas)
    return next((moment for moment in found if moment), None)


def _shown_time(tree: HtmlElement) -> datetime | None:
    found = (_moment(element.get("datetime")) for element in tree.iter("time"))
    return next((moment for moment in found if moment), None)


def _alternates(tree: HtmlElement) -> tuple[Link, ...]:
    """Links to the page in other languages, by their language codes."""
    own = (tree.get("lang") or "").split("-")[0].lower()
    codes = [
        (link.get("hreflang") or "").split("-")[0].lower()
        for link in tree.iter("link")
        if (link.get("rel") or "").lower() == "alternate"
    ]
    others = dict.fromkeys(code for code in codes if code not in ("", "x", own, "en"))
    return tuple(Link(text=code, lang=code) for code in others)
