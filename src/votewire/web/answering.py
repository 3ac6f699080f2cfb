"""How a page answers: as HTML, or at the same address as JSON, CSV, SVG or PNG."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_type_hints
from urllib.parse import quote

from fastapi import FastAPI, Query, Request, Response
from fastapi.responses import RedirectResponse

from votewire.errors import NotInRecord
from votewire.plots import NARROW, WIDE, Room
from votewire.record.export import flat
from votewire.web.drawing import chart_png, chart_spec, chart_svg, share_png
from votewire.web.languages import addressed
from votewire.web.shown import Moved, Page, Panel, View, page_object
from votewire.web.templating import rendered

__all__ = ["add_view", "panel_of", "sent_on"]

_FRESH = "public, max-age=300"  # a page follows from its record; the ETag says when it is another
_WIDTH = Annotated[
    Literal["narrow"] | None,
    Query(alias="width", description="A chart that fits a phone; one for a page if none."),
]
_PANEL = Annotated[str | None, Query(alias="panel", max_length=60, description="Which answer.")]
_MADE = {
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".vl.json": "application/json",
}

_WIDTHS = (".svg", ".vl.json")  # what is drawn in two widths

Maker = Callable[[Request, View, Page, "_Chosen"], bytes | str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """What of a page is sent as data: the panel named, None for the first; its chart's room."""

    panel: str | None
    room: Room


def add_view(app: FastAPI, view: View) -> None:
    """Adds the addresses of a page: its own, and those of its data."""
    kinds = [".vl.json", ".json", ".csv", ".svg", ".png"] if view.tables else [".json", ".png"]
    for ending in kinds:
        path = f"{view.path.rstrip('/') or '/index'}{ending}"
        app.get(path, **_described(view, ending))(_endpoint(view, ending))
    app.get(view.path, **_described(view, ""))(_endpoint(view, ""))


def panel_of(page: Page, name: str | None) -> Panel:
    """The panel asked for, the first if none is. Raises NotInRecord where there is none such."""
    named = {panel.id: panel for panel in page.panels}
    if name is None and page.panels:
        return page.panels[0]
    if name not in named:
        raise NotInRecord(name or "a table on this page", nearest=tuple(named))
    return named[name]


def _endpoint(view: View, ending: str) -> Callable[..., Response]:
    """A function that FastAPI reads the page's parameters from, and calls."""
    hints = get_type_hints(view.make, include_extras=True)
    own = [
        parameter.replace(annotation=hints[parameter.name], kind=inspect.Parameter.KEYWORD_ONLY)
        for parameter in list(inspect.signature(view.make).parameters.values())[1:]
    ]
    chooses = ending not in ("", ".json")

    def answer(request: Request, **given: Any) -> Response:
        room = NARROW if given.pop("width_asked", None) else WIDE
        chosen = _Chosen(panel=given.pop("panel_asked", None), room=room)
        try:
            page = view.make(request.app.state.site, **given)
        except Moved as moved:
            return sent_on(request, moved.name + ending)
        content = _MAKERS[ending](request, view, page, chosen)
        kind = _MADE.get(ending, "text/html; charset=utf-8")
        return Response(content, page.status, {"Cache-Control": _FRESH}, kind)

    only = inspect.Parameter.KEYWORD_ONLY
    request = inspect.Parameter("request", only, annotation=Request)
    panel = inspect.Parameter("panel_asked", only, annotation=_PANEL, default=None)
    width = inspect.Parameter("width_asked", only, annotation=_WIDTH, default=None)
    more = [*([panel] if chooses else []), *([width] if ending in _WIDTHS else [])]
    parameters = [request, *own, *more]
    answer.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    answer.__name__ = view.make.__name__ + ending.replace(".", "_")
    return answer


def sent_on(request: Request, name: str) -> Response:
    """Sends the asker to the page's own address, in the same language and with the same query.

    For now and not for good: the next record may have a second vote under a symbol.
    """
    query = f"?{request.url.query}" if request.url.query else ""
    whole = name.startswith("/")
    path = addressed(quote(name, safe="/()"), request.state.lang) if whole else quote(name, safe="")
    return RedirectResponse(f"{path}{query}", 307)


def _described(view: View, ending: str) -> dict[str, Any]:
    """What the description of the API says of an address; pages for people are not in it."""
    kind = _MADE.get(ending, "text/html").split(";")[0]
    return {
        "summary": f"{view.name}{f' as {ending[1:]}' if ending else ''}",
        "include_in_schema": ending in (".json", ".csv", ".svg", ".png"),
        "response_class": Response,
        "responses": {200: {"content": {kind: {}}}, **_FAULTS, 300: _several(kind)},
        "tags": [view.name],
    }


def _several(kind: str) -> dict[str, Any]:
    told: dict[str, Any] = {kind: {}, "application/problem+json": {}}
    return {"description": "Several votes answer to that symbol", "content": told}


_FAULTS: dict[int | str, Any] = {
    status: {"description": meaning, "content": {"application/problem+json": {}}}
    for status, meaning in (
        (307, "The page has another address"),
        (400, "Cannot be answered as asked"),
        (404, "Not in the record"),
        (422, "A parameter is not what it should be"),
    )
}


def _html(request: Request, view: View, page: Page, _: _Chosen) -> str:
    return rendered(request, page.shown_by or view.template, page)


def _json(request: Request, _view: View, page: Page, _: _Chosen) -> str:
    told = page_object(page, request.app.state.site.record)
    return json.dumps(told, ensure_ascii=False, indent=1)


def _csv(_request: Request, _view: View, page: Page, chosen: _Chosen) -> str:
    return flat(panel_of(page, chosen.panel).answer.table).write_csv()


def _svg(_request: Request, _view: View, page: Page, chosen: _Chosen) -> str:
    return chart_svg(panel_of(page, chosen.panel).answer, chosen.room)


def _spec(_request: Request, _view: View, page: Page, chosen: _Chosen) -> str:
    return json.dumps(chart_spec(panel_of(page, chosen.panel).answer, chosen.room))


def _png(_request: Request, _view: View, page: Page, chosen: _Chosen) -> bytes:
    if chosen.panel is None:
        return share_png(page)
    return chart_png(panel_of(page, chosen.panel).answer)


_MAKERS: dict[str, Maker] = {
    "": _html,
    ".json": _json,
    ".csv": _csv,
    ".svg": _svg,
    ".vl.json": _spec,
    ".png": _png,
}
