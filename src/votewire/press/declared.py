"""What the markup of an HTML page declares: JSON-LD, OpenGraph and meta tags, `<time>`."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from votewire.press.article import Link, Metadata
from votewire.press.bylines import persons
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
_AUTHOR_META = ("author", "parsely-author", "dc.creator", "citation_author", "sailthru.author")
_SITE_META = ("og:site_name", "application-name")
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
        nodes = list(_nodes(declared))
        for node in nodes:
            if _is_article(node):
                return {**node, "author": _resolved(node.get("author"), nodes)}
    return {}


def _resolved(value: object, nodes: Sequence[Mapping[str, Any]]) -> list[object]:
    """Declared authors, each that is named by its id alone as the object that has the id."""
    named = {
        node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node
    }
    values = value if isinstance(value, list) else [value]
    ids = (
        each.get("@id") if isinstance(each, dict) and "name" not in each else None
        for each in values
    )
    return [
        named.get(at, each) if isinstance(at, str) else each
        for at, each in zip(ids, values, strict=True)
    ]


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
    authors = _names(article.get("author")) or [metas[k] for k in _AUTHOR_META if k in metas]
    agency = next((known for each in authors if (known := agency_name(each))), None)
    sites = [*_names(article.get("publisher")), *(metas[k] for k in _SITE_META if k in metas)]
    published = (
        _moment(article.get("datePublished"))
        or _meta_moment(metas, _PUBLISHED_META)
        or _shown_time(tree)
    )
    return Metadata(
        headline=headline,
        dek=clean(article.get("description"))
        or metas.get("og:description")
        or metas.get("description"),
        publisher=next(iter(sites), None),
        agency=agency,
        byline=persons(authors, sites=sites) or persons(_signed(tree), sites=sites),
        published=published,
        published_from="declared" if published else None,
        updated=_moment(article.get("dateModified")) or _meta_moment(metas, _UPDATED_META),
        section=tuple(
            _texts(article.get("articleSection")) or _texts(metas.get("article:section"))
        ),
        language_links=_alternates(tree),
        picture_alt=metas.get("og:image:alt"),
    )


def _signed(tree: HtmlElement) -> list[str]:
    """The words that the markup gives as the author, by microdata or as a link to who wrote it.

    Those of the first place alone: further down are the authors of other pages.
    """
    marked = (element for element in tree.iter("a", "span", "address") if _is_author(element))
    first = next(marked, None)
    if first is None:
        return []
    near = _above(first)
    beside = [first, *(each for each in marked if near & _above(each))]
    return [name for each in beside if (name := clean(each.text_content()))]


def _above(element: HtmlElement) -> set[HtmlElement]:
    return set(islice(element.iterancestors(), 2))


def _is_author(element: HtmlElement) -> bool:
    said = f"{element.get('rel') or ''} {element.get('itemprop') or ''}".split()
    if "author" not in said and "/author/" not in (element.get("href") or ""):
        return False
    return next(element.iterancestors("aside", "nav", "footer"), None) is None


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
