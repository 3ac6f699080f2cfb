"""The first page: the newest votes, the most surprising casts, the largest shifts; search."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from votewire.positions import shifts as moves
from votewire.positions.surprise import most_surprising
from votewire.record import Selection
from votewire.record.listing import Asked, listing
from votewire.web.languages import addressed
from votewire.web.searching import Hit, found
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "home", "router"]

_NEWEST, _TOP = 12, 8

router = APIRouter()


def home(site: Site) -> Page:
    """What is new in the record, and what was out of the ordinary in the last session."""
    record = site.record
    last = record.complete_to["GA"]
    lately = Selection(since=last - timedelta(days=365))
    session = int(site.fit.periods[-1])
    newest = listing(record, Asked(newest_first=True), top=_NEWEST)
    surprising = most_surprising(site.surprises, record, None, _TOP, within=lately)
    shifts = moves.shifts(site.fit, moves.Asked(session=session), _TOP, record=record)
    return Page(
        title="Who voted how at the United Nations",
        description=(
            "Every recorded vote of the General Assembly and the Security Council since 1946: who "
            "voted how, with whom, how surprising it was, and whether an article gets it right."
        ),
        panels=(
            Panel(id="newest", answer=newest, heading="The newest votes", open=True, drawn=False),
            Panel(
                id="surprising",
                answer=surprising,
                heading=f"The most surprising votes of the year to {last}",
                drawn=False,
                open=True,
            ),
            Panel(id="shifts", answer=shifts, heading=f"The largest shifts, session {session}"),
        ),
    )


@dataclass(frozen=True, kw_only=True)
class Search(Page):
    """What answers to a few words."""

    asked: str = field(metadata={"help": "the words, as they were typed"})
    hits: tuple[Hit, ...] = field(metadata={"help": "pages they may mean, the nearest first"})


Words = Annotated[str, Query(max_length=300, description="A symbol, a state, a topic, a group.")]


def search(site: Site, q: Words = "") -> Search:
    """The pages that some words may mean."""
    return Search(
        title=f"Search: {q}" if q else "Search",
        description="Votes, states, groups and topics by name.",
        asked=q,
        hits=found(site.record, q),
    )


@router.get("/search", include_in_schema=False)
def go(request: Request, q: Words = "") -> RedirectResponse:
    """Straight to the page meant where the words can mean only one."""
    hits = found(request.app.state.site.record, q)
    sure = [hit for hit in hits if hit.sure]
    path = sure[0].path if len(sure) == 1 else f"/find?q={quote(q)}"
    return RedirectResponse(addressed(path, request.state.lang), 303)


VIEWS = (
    View(path="/", make=home, template="home.html", name="Home"),
    View(path="/find", make=search, template="search.html", name="Search", tables=False),
)
