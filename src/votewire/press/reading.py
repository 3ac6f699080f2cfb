"""A page read whole: its blocks and metadata, then its claims, its quotes and its reactions."""

from __future__ import annotations

from dataclasses import replace

from votewire.press.article import Article
from votewire.press.claims import with_claims
from votewire.press.languages import refuse_unread
from votewire.press.page import read_page

__all__ = ["read"]


def read(source: bytes, *, name: str = "page", quotes: bool = True) -> Article:
    """The article on a news page, with its claims, its quotes and its reactions.

    source: the page as text or HTML in UTF-8. name: what errors call it. quotes: whether to read
    who says what and who reacts to what; a check has no use for it. Raises UnreadablePage, and
    UnreadLanguage for a page in a language of which votewire has no words.
    """
    article = read_page(source, name=name)
    refuse_unread(article.lang)
    article = with_claims(article)
    if not quotes:
        return article
    from votewire.press.reactions import read_reactions
    from votewire.press.speakers import read_quotes

    article = replace(article, quotes=read_quotes(article))
    return replace(article, reactions=read_reactions(article))
