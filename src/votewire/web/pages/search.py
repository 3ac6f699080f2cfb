"""The search: straight to the page meant, a list where several may be, an article to its check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import quote

import polars as pl
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from votewire.web.languages import addressed
from votewire.web.phrases import phrase
from votewire.web.searching import Hit, found, nearest, titled
from votewire.web.shown import Page, View
from votewire.web.site import Site
from votewire.web.templating import rendered
from votewire.web.understanding import is_article

__all__ = ["VIEWS", "router", "search"]

router = APIRouter()

_LONGEST = 40_000  # characters of an address; an article that is longer is posted


@dataclass(frozen=True, kw_only=True)
class Search(Page):
    """What answers to a few words."""

    asked: str = field(metadata={"help": "the words, as they were typed"})
    hits: tuple[Hit, ...] = field(metadata={"help": "pages they may mean, the likeliest first"})
    number: int = field(metadata={"help": "votes whose titles have all the words"})
    votes: pl.DataFrame = field(metadata={"help": "the newest of these votes"})
    nearest: tuple[str, ...] = field(metadata={"help": "what a mistyped word may have been"})
    article: str = field(default="", metadata={"help": "the text, where it is one to check"})


Words = Annotated[
    str, Query(max_length=300, description="A symbol, a state, a topic, a group, words of a title.")
]
Long = Annotated[str, Query(max_length=_LONGEST)]
Text = Annotated[str, Form(max_length=1_000_000)]


def search(site: Site, q: Words = "") -> Search:
    """The pages that some words may mean, and the votes with them in their titles."""
    hits = found(site.record, q)
    votes = titled(site.record, q)
    columns = ("date", "chamber", "id", "symbol", "outcome", "yes", "no", "abstain", "title")
    return Search(
        title=phrase("Search: %(words)s", words=q) if q else phrase("Search"),
        description=phrase("Votes, states, groups and topics by name."),
        asked=q,
        hits=hits,
        number=votes.number,
        votes=votes.table.select(columns),
        nearest=() if hits or votes.number else nearest(site.record, q),
    )


@router.get("/search", include_in_schema=False)
def go(request: Request, q: Long = "") -> Response:
    """Straight to the page meant where the words can mean only one."""
    if is_article(q):
        return _offered(request, q)
    sure = [hit for hit in found(request.app.state.site.record, q) if hit.sure]
    path = sure[0].path if sure else f"/find?q={quote(q)}"
    return RedirectResponse(addressed(path, request.state.lang), 303)


@router.post("/search", include_in_schema=False)
def take(request: Request, text: Text = "") -> Response:
    """A few words to the search, an article to its check: the browser sends it there again."""
    if is_article(text):
        return RedirectResponse(addressed("/check", request.state.lang), 307)
    path = f"/search?q={quote(text.strip())}"
    return RedirectResponse(addressed(path, request.state.lang), 303)


def _offered(request: Request, text: str) -> Response:
    """The article in a form that sends it to the check; an address cannot carry it there."""
    page = Search(
        title=phrase("Check this article?"),
        description=phrase("What you typed is long enough to be an article."),
        asked="",
        hits=(),
        number=0,
        votes=pl.DataFrame(),
        nearest=(),
        article=text,
    )
    content = rendered(request, "search.html", page)
    return HTMLResponse(content, headers={"Cache-Control": "no-store"})


VIEWS = (View(path="/find", make=search, template="search.html", name="Search", tables=False),)
