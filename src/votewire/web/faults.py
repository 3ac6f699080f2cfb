"""What becomes of an error: its status, as a page for people or as problem+json (RFC 9457)."""

from __future__ import annotations

import json
import logging
import traceback
from http import HTTPStatus
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from votewire.errors import (
    Ambiguous,
    FitError,
    LinksUnreadable,
    MissingExtra,
    NoRoom,
    NotInRecord,
    RecordDamaged,
    SourceError,
    UnknownState,
    UnreadLanguage,
    UsageError,
    VotewireError,
)
from votewire.web.templating import Fault, rendered_fault

__all__ = ["STATUSES", "Unbroken", "add_handlers", "answered", "status_of", "wants_page"]

_log = logging.getLogger(__name__)

# A subclass has the status of its nearest ancestor.
STATUSES: dict[type[VotewireError], int] = {
    UsageError: 400,
    MissingExtra: 501,
    NoRoom: 507,
    LinksUnreadable: 503,
    SourceError: 422,
    UnreadLanguage: 422,
    UnknownState: 404,
    RecordDamaged: 500,
    NotInRecord: 404,
    Ambiguous: 300,
    FitError: 422,
    VotewireError: 500,
}


def status_of(error: VotewireError) -> int:
    """The status that an error answers with."""
    return next(STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES)


class Unbroken:
    """ASGI middleware that answers a bug as 500, inside what stands around every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise
            answer = await _of_bug(Request(scope), error)
            await answer(scope, receive, send)


def add_handlers(app: FastAPI) -> None:
    """Makes every error of the app answer as this file says."""
    app.add_exception_handler(VotewireError, _of_votewire)
    app.add_exception_handler(RequestValidationError, _of_validation)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _of_bug)


def answered(request: Request, status: int, detail: str, **more: Any) -> Response:
    """An answer that says what went wrong, with an id by which it is found in the log."""
    fault = Fault(
        status=status,
        title=HTTPStatus(status).phrase,
        detail=detail,
        id=uuid4().hex[:12],
        nearest=tuple(more.get("nearest", ())),
    )
    _log.info("fault id=%s status=%d path=%s", fault.id, status, _noted(request))
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if wants_page(request):
        content = rendered_fault(request, fault)
        return Response(content, status, headers, "text/html; charset=utf-8")
    problem = {
        "type": "about:blank",
        "title": fault.title,
        "status": status,
        "detail": detail,
        "instance": f"urn:votewire:fault:{fault.id}",
        **{name: value for name, value in more.items() if value},
    }
    told = json.dumps(problem, ensure_ascii=False)
    return Response(told, status, headers, "application/problem+json")


async def _of_votewire(request: Request, error: Exception) -> Response:
    assert isinstance(error, VotewireError)  # noqa: S101
    nearest = list(getattr(error, "nearest", ()))
    return answered(request, status_of(error), str(error), nearest=nearest)


async def _of_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    wrong = [{"where": list(e["loc"]), "why": e["msg"]} for e in error.errors()]
    told = "; ".join(f"{(e['where'] or ['body'])[-1]}: {e['why']}" for e in wrong)
    return answered(request, 422, told or "A parameter is not what it should be.", errors=wrong)


async def _of_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers = {"Allow": ", ".join(_methods(request))}
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=headers)
    detail = f"There is nothing at {request.url.path}." if error.detail == "Not Found" else ""
    answer = answered(request, error.status_code, detail or str(error.detail))
    answer.headers.update(headers)
    return answer


async def _of_bug(request: Request, error: Exception) -> Response:
    # Where it happened, without the error's words, which may be of a page that somebody pasted.
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("bug path=%s error=%s\n%s", _noted(request), type(error).__name__, where)
    return answered(request, 500, "This is our bug. It was noted; please report it by this id.")


def _methods(request: Request) -> list[str]:
    """The methods that an address answers to."""
    allowed = {"OPTIONS"}
    for method in ("GET", "POST"):
        asked = dict(request.scope, method=method)
        if any(route.matches(asked)[0] is Match.FULL for route in request.app.routes):
            allowed |= {"GET", "HEAD"} if method == "GET" else {method}
    return sorted(allowed)


def _noted(request: Request) -> str:
    """The path as a log may have it: on one line, and without what opens a permanent link."""
    path: str = request.scope["path"]
    return "/check/..." if path.startswith("/check/") else quote(path, errors="replace")


def wants_page(request: Request) -> bool:
    """Whether a person asks: a browser, at an address that is not one of data."""
    path = request.url.path.rsplit("/", 1)[-1]
    data = path.endswith((".json", ".csv", ".svg", ".png"))
    return not data and "text/html" in request.headers.get("accept", "")
