"""What trafilatura and htmldate find where a page states no day itself, or nobody who signs it."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from lxml.html import HtmlElement
from trafilatura import extract_metadata
from trafilatura.settings import Document

from votewire.press.article import Article
from votewire.press.bylines import persons
from votewire.press.metadata import NO_DAY
from votewire.states.bounds import LAST_DAY, possible_moment

__all__ = ["with_inferred"]

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())

# The same page gives the same day whenever it is read: htmldate's own latest day is today.
_DATES = {"original_date": True, "extensive_search": True, "max_date": LAST_DAY.isoformat()}


def with_inferred(article: Article, tree: HtmlElement) -> Article:
    """The article of the parsed page, with what the libraries find of what it does not say itself.

    A day found so is marked (`Metadata.published_from`) and told in the warnings.
    """
    dated = bool(article.metadata.published or article.metadata.updated)
    signed = bool(article.metadata.byline or article.metadata.agency)
    if dated and signed:
        return article
    found = _found(tree)
    if not signed:
        article = _signed(article, found)
    return article if dated else _dated(article, _day(found))


def _found(tree: HtmlElement) -> Document:
    try:
        return extract_metadata(tree, date_config=dict(_DATES))
    except Exception as error:  # noqa: BLE001 - third-party code on hostile input
        _LOG.info("no metadata: error=%r", error)
        return Document()


def _signed(article: Article, found: Document) -> Article:
    sites = [article.metadata.publisher, found.sitename, found.hostname]
    byline = persons((found.author or "").split(";"), sites=sites)
    return replace(article, metadata=replace(article.metadata, byline=byline))


def _day(found: Document) -> datetime | None:
    """The day found; no New Year's Day, which htmldate gives where it finds a year alone."""
    day = possible_moment(datetime.fromisoformat(found.date)) if found.date else None
    return None if day and (day.month, day.day) == (1, 1) else day


def _dated(article: Article, day: datetime | None) -> Article:
    if day is None:
        return article
    metadata = replace(article.metadata, published=day, published_from="inferred")
    kept = [note for note in article.warnings if not note.startswith(NO_DAY)]
    told = f"{NO_DAY}; {day.date()} was inferred from its address or from dates on it"
    return replace(article, metadata=metadata, warnings=(*kept, told))
