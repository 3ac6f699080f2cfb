"""A page read whole: its blocks and metadata, then its claims."""

from __future__ import annotations

from dataclasses import replace

from votewire.press.article import Article
from votewire.press.claims import read_claims
from votewire.press.page import read_page

__all__ = ["read"]


def read(source: bytes, *, name: str = "page") -> Article:
    """The article on a news page, with its claims.

    source: the page as text or HTML in UTF-8. name: what errors call it. Raises UnreadablePage.
    """
    article = read_page(source, name=name)
    return replace(article, claims=read_claims(article))
