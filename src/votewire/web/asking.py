"""What of a query is asked: known names with a value, in one order; one question, one address.

Links that are shared come back with names that others added. A page drops them: they neither make
another page nor take room among the answers kept. At an address of data a name that is not known
is refused, for what it was to choose would else be silently left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from votewire.web.faults import answered

__all__ = ["DATA", "Asked", "routes_of"]

DATA = (".json", ".csv", ".svg", ".png")
_LONGEST_PATH, _LONGEST_QUERY = 4000, 64_000  # bytes; each parameter has a limit of its own
_READS = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class _Address:
    path: re.Pattern[str]
    names: frozenset[str]


class Asked:
    """ASGI middleware that leaves of a query what the address knows."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._addresses: tuple[_Address, ...] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] == "http" and scope["method"] in _READS:
            problem = self._settle(scope)
            if problem is not None:
                await answered(Request(scope), *problem)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _settle(self, scope: Scope) -> tuple[int, str] | None:
        """Sets the query to what is asked; the status and the words where it cannot be."""
        query: bytes = scope["query_string"]
        if len(query) > _LONGEST_QUERY or len(scope["path"]) > _LONGEST_PATH:
            return 414, "The address is too long. A page to check is sent to /check, as a form."
        names = self._names(scope) if query else None
        if names is None:
            return None
        given = list(_given(query))
        unknown = sorted({name for name, _ in given} - names)
        if unknown and scope["path"].endswith(DATA):
            known = ", ".join(sorted(names)) or "none"
            return 422, f"{unknown[0][:60]}: not known here. Known are: {known}."
        kept = sorted((each for each in given if each[0] in names), key=lambda each: each[0])
        scope["query_string"] = b"&".join(raw for _, raw in kept)
        return None

    def _names(self, scope: Scope) -> frozenset[str] | None:
        if not self._addresses:
            self._addresses = tuple(_addresses(scope["app"].routes))
        path: str = scope["path"]
        return next((each.names for each in self._addresses if each.path.match(path)), None)


def routes_of(routes: Iterable[BaseRoute]) -> Iterator[APIRoute]:
    """Every route of an application, with those of the routers that it includes."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif hasattr(route, "original_router"):
            yield from routes_of(route.original_router.routes)


def _addresses(routes: Iterable[BaseRoute]) -> Iterator[_Address]:
    for route in routes_of(routes):
        if "GET" in (route.methods or ()):
            yield _Address(route.path_regex, frozenset(_known(route.dependant)))


def _known(taken: Dependant) -> Iterator[str]:
    """The names that an address reads from its query."""
    yield from (each.alias for each in taken.query_params)
    for other in taken.dependencies:
        yield from _known(other)


def _given(query: bytes) -> Iterator[tuple[str, bytes]]:
    """Each name that has a value, with the bytes that say so; a field left empty is not given."""
    for raw in query.split(b"&"):
        name, _, value = raw.partition(b"=")
        if value:
            yield unquote_plus(name.decode("latin-1")), raw
