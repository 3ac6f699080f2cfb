"""Every address of the site with values that it can answer, found by walking its routes."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.routing import APIRoute

from votewire.web.asking import routes_of

# Values of path parameters; one that is not here is tried with a word that no page has.
KNOWN = {
    "symbol": "A/RES/ES-11/7",
    "id": "A/RES/ES-11/7",
    "code": "HUN",
    "state": "HUN",
    "name": "EU",
    "group": "EU",
    "topic": "ukraine",
    "token": "none",
    "mark": "0",
}


def routes(app: FastAPI, method: str = "GET") -> Iterator[APIRoute]:
    """The routes that answer a method, pages of whatever file."""
    for route in routes_of(app.routes):
        if method in (route.methods or ()):
            yield route


def example(route: APIRoute) -> str:
    """An address of a route."""
    path = route.path
    for each in route.dependant.path_params:
        value = KNOWN.get(each.alias, "none")
        if "/topics" in path:
            value = "ukraine"
        for kind in ("", ":path"):
            path = path.replace(f"{{{each.alias}{kind}}}", value)
    return path


def pages(app: FastAPI) -> list[str]:
    """An address of every page for people."""
    ends = (".json", ".csv", ".svg", ".png")
    found = [example(route) for route in routes(app)]
    return [path for path in found if not path.endswith(ends) and "/static/" not in path]


def addresses(app: FastAPI) -> list[str]:
    """An address of every page and its JSON, and of a few of the slower kinds of data."""
    slower = (".vl.json", ".csv", ".svg", ".png")
    found = [example(route) for route in routes(app)]
    shown = [path for path in found if not path.endswith(slower)]
    return shown + [p for kind in slower for p in found if p.endswith(kind)][:: len(found) // 8]
