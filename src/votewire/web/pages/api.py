"""/api: every address that answers with data, with its parameters and an example to copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from votewire.web.drawing import share_png
from votewire.web.languages import addressed
from votewire.web.phrases import phrase
from votewire.web.shown import Page
from votewire.web.templating import rendered

__all__ = ["PARTS", "QUERIES", "Address", "Addresses", "addresses", "example_of", "router"]

router = APIRouter(include_in_schema=False)
_FRESH = {"Cache-Control": "public, max-age=300"}
_ENDINGS = (".vl.json", ".json", ".csv", ".svg", ".png")

# What stands for a parameter of a path, by the address's first part and the parameter's name.
PARTS = {
    "{symbol}": "A/RES/ES-11/7",
    "{code}": "HUN",
    "/groups/{name}": "/groups/EU",
    "/topics/{name}": "/topics/ukraine",
    "/data/{name}": "/data/rollcalls.csv",
}
# What an address is asked with, where it needs it or says more with it.
QUERIES = {
    "/votes": "chamber=GA",
    "/compare": "a=USA&b=RUS",
    "/positions": "session=79",
    "/find": "q=Hungary+Ukraine",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter: its name, where it stands, whether it must, its type, its meaning."""

    name: str
    place: str
    required: bool
    type: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address: how it is asked, as what it answers, what it takes, and an example."""

    method: str
    path: str
    summary: str
    endings: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    example: str


@dataclass(frozen=True, kw_only=True)
class Addresses(Page):
    """The addresses of the API."""

    rooms: dict[str, list[Address]] = field(metadata={"help": "addresses by what they are about"})


def addresses(document: dict[str, Any]) -> dict[str, list[Address]]:
    """The addresses of an OpenAPI document, by tag; those that differ by their ending are one."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            stem, ending = _split(path) if method == "get" else (path, "")
            known = found.setdefault((method, stem), {"operation": operation, "endings": []})
            known["endings"].append(ending)
    rooms: dict[str, list[Address]] = {}
    for (method, stem), known in found.items():
        tag = (known["operation"].get("tags") or ["Other"])[0]
        rooms.setdefault(tag, []).append(_address(method, stem, **known))
    return dict(sorted(rooms.items()))


@router.get("/api")
def api(request: Request) -> Response:
    """The page."""
    return HTMLResponse(rendered(request, "api.html", _page(request)), headers=_FRESH)


@router.get("/openapi.json")  # where FastAPI has it, and people look for it
@router.get("/api.json")
def document(request: Request) -> Response:
    """The same as data: the OpenAPI document."""
    return RedirectResponse(addressed("/api/openapi.json", request.state.lang), 308)


@router.get("/api.png")
def picture(request: Request) -> Response:
    """The picture by which the page is shared."""
    return Response(share_png(_page(request)), media_type="image/png", headers=_FRESH)


def example_of(path: str, ending: str = "") -> str:
    """An address to try: the path with real names in it, its ending, what it is asked with."""
    query = QUERIES.get(path, "")
    page = "/index" if path == "/" and ending else path.replace(":path}", "}")
    for part, value in PARTS.items():
        page = page.replace(part, value)
    return f"{page}{ending}{'?' if query else ''}{query}"


def _page(request: Request) -> Addresses:
    return Addresses(
        title=phrase("API"),
        description=phrase("Every page is also data: its addresses, their parameters, examples."),
        rooms=addresses(request.app.openapi()),
    )


def _split(path: str) -> tuple[str, str]:
    for ending in _ENDINGS:
        if path.endswith(ending):
            stem = path.removesuffix(ending)
            return ("/" if stem == "/index" else stem), ending
    return path, ""


def _address(method: str, stem: str, *, operation: dict[str, Any], endings: list[str]) -> Address:
    ending = ".json" if ".json" in endings else endings[0]
    return Address(
        method=method.upper(),
        path=stem,
        summary=operation.get("summary", "").partition(" as ")[0],
        endings=tuple(sorted(filter(None, endings))),
        parameters=tuple(_parameters(operation)),
        example=example_of(stem, ending),
    )


def _parameters(operation: dict[str, Any]) -> Iterator[Parameter]:
    for each in operation.get("parameters", []):
        if each["in"] in ("path", "query"):
            yield Parameter(
                name=each["name"],
                place=each["in"],
                required=each.get("required", False),
                type=_type(each.get("schema", {})),
                meaning=each.get("description", ""),
            )


def _type(schema: dict[str, Any]) -> str:
    """The type of a parameter in a few words: its choices, its kind, its default."""
    kinds = [one for one in schema.get("anyOf", [schema]) if one.get("type") != "null"]
    default = schema.get("default")
    return " or ".join(map(_kind, kinds)) + (
        f", default {default}" if default not in (None, "") else ""
    )


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"] if value != "")
    return str(schema.get("format") or schema.get("type", "string"))
