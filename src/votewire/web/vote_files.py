"""A vote's pictures as files, and its small page for another site's frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from votewire.check import explaining
from votewire.errors import UsageError
from votewire.plots.captioned import Drawing, document, picture
from votewire.record import Rollcall
from votewire.web.answering import sent_on
from votewire.web.guarding import EMBEDDED
from votewire.web.shown import Moved
from votewire.web.site import Site
from votewire.web.templating import rendered
from votewire.web.vote_answers import choices_of
from votewire.web.vote_drawings import counts_of, drawing_of_map, drawing_of_tally
from votewire.web.vote_found import vote_at
from votewire.web.vote_page import address, embedded, roll_of

__all__ = ["router"]

Symbol = Annotated[str, Path(max_length=200, description="A symbol, alias, draft or id.")]

_FRESH = "public, max-age=300"
_FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"description": why, "content": {"application/problem+json": {}}}
    for status, why in (
        (300, "Several votes answer to that symbol"),
        (400, "There is nothing to draw"),
        (404, "Not in the record"),
    )
}

router = APIRouter(tags=["Vote"], responses=_FAULTS)


def _as(kind: str) -> dict[str, Any]:
    return {"response_class": Response, "responses": {200: {"content": {kind: {}}}}}


@router.get("/votes/{symbol:path}/embed", include_in_schema=False)
def embed(request: Request, symbol: Symbol) -> Response:
    """The vote in short, for a frame."""

    def made(site: Site, rollcall: Rollcall) -> Response:
        headers = {"Cache-Control": _FRESH, EMBEDDED: "1"}
        html = rendered(request, "vote_embed.html", embedded(site, rollcall))
        return Response(html, 200, headers, "text/html; charset=utf-8")

    return _answered(request, symbol, "/embed", made)


@router.get(
    "/votes/{symbol:path}/map.svg", summary="The map of a vote, SVG", **_as("image/svg+xml")
)
def map_svg(request: Request, symbol: Symbol) -> Response:
    """The tile map or the Council's table, with title, legend and source."""
    return _answered(request, symbol, "/map.svg", lambda *of: _svg(_map(*of)))


@router.get("/votes/{symbol:path}/map.png", summary="The map of a vote, PNG", **_as("image/png"))
def map_png(request: Request, symbol: Symbol) -> Response:
    """The same as PNG."""
    return _answered(request, symbol, "/map.png", lambda *of: _png(_map(*of)))


@router.get("/votes/{symbol:path}/tally.svg", summary="A tally, SVG", **_as("image/svg+xml"))
def tally_svg(request: Request, symbol: Symbol) -> Response:
    """The tally as a bar, with the line of what was needed."""
    return _answered(request, symbol, "/tally.svg", lambda *of: _svg(_tally(*of)))


@router.get("/votes/{symbol:path}/tally.png", summary="A tally, PNG", **_as("image/png"))
def tally_png(request: Request, symbol: Symbol) -> Response:
    """The same as PNG."""
    return _answered(request, symbol, "/tally.png", lambda *of: _png(_tally(*of)))


def _answered(
    request: Request, symbol: str, below: str, made: Callable[[Site, Rollcall], Response]
) -> Response:
    site: Site = request.app.state.site
    try:
        return made(site, vote_at(site.record, symbol, below))
    except Moved as moved:
        return sent_on(request, moved.name)


def _map(site: Site, rollcall: Rollcall) -> Drawing:
    table = choices_of(site.record, rollcall)
    if table.is_empty():
        raise UsageError(
            f"{rollcall.name}: no state's choice is in the record, so there is no map."
        )
    roll = roll_of(table, rollcall)
    return drawing_of_map(site.record, rollcall, roll, address(site, rollcall))


def _tally(site: Site, rollcall: Rollcall) -> Drawing:
    if counts_of(rollcall)["yes"] is None:
        raise UsageError(f"{rollcall.name}: no tally is in the record, so there is no bar.")
    rule = explaining.rule(site.record, rollcall)
    url = address(site, rollcall)
    return drawing_of_tally(site.record, rollcall, rule.facts["needed"], rule.told[0], url)


def _svg(drawn: Drawing) -> Response:
    return Response(document(drawn), 200, {"Cache-Control": _FRESH}, "image/svg+xml")


def _png(drawn: Drawing) -> Response:
    return Response(picture(drawn), 200, {"Cache-Control": _FRESH}, "image/png")
