"""Checking an article: the form, what the record says of what was pasted, permanent links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from votewire.check.as_json import as_json
from votewire.check.sheet import schema
from votewire.errors import VotewireError
from votewire.pipeline import judge
from votewire.web.checked import (
    DESCRIPTION,
    SHAPES,
    TITLE,
    page_of,
    result,
    told,
)
from votewire.web.checking import checked_page
from votewire.web.faults import wants_page
from votewire.web.limiting import LONGEST, largest_page
from votewire.web.pasting import (
    EARLIEST,
    LATEST,
    Form,
    PageSent,
    form_of,
    page_sent,
)
from votewire.web.shown import Page, View
from votewire.web.site import Site
from votewire.web.trying import Example, example, examples

__all__ = ["VIEWS", "check", "router"]

router = APIRouter()


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """The form to paste an article into, and what may be pasted."""

    examples: tuple[Example, ...] = field(metadata={"help": "short articles to try it with"})
    most_bytes: int = field(metadata={"help": "the largest page that is checked, in bytes"})
    most_characters: int = field(metadata={"help": "the longest text that is checked"})


def check(site: Site) -> CheckPage:
    """Where an article is pasted to be checked."""
    return CheckPage(
        title=TITLE,
        description=DESCRIPTION,
        examples=examples(),
        most_bytes=largest_page(site.settings),
        most_characters=LONGEST,
    )


VIEWS = (View(path="/check", make=check, template="check.html", name="Check", tables=False),)

Day = Annotated[
    date | None,
    Query(ge=EARLIEST, le=LATEST, description="Day of publication, used where the page has none."),
]
_BODY = {
    "required": True,
    "content": {
        "text/plain": {
            "schema": {"type": "string"},
            "example": "Russia voted No on A/RES/ES-11/7.",
        },
        "text/html": {"schema": {"type": "string"}},
        "application/json": {"schema": PageSent.model_json_schema()},
    },
}
_FAULTS: dict[int | str, Any] = {
    status: {"description": meaning, "content": {"application/problem+json": {}}}
    for status, meaning in (
        (400, "The body did not come whole"),
        (408, "The body did not come in time"),
        (413, "The page is too large"),
        (415, "The body is neither text, HTML nor JSON, or it is packed"),
        (422, "There is no text to check in it"),
        (429, "This address has used its checks; Retry-After says for how long"),
        (503, "Too many checks at once; Retry-After says when to try again"),
    )
}


@router.post(
    "/check.json",
    tags=["Check"],
    summary="Check a page",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}, **_FAULTS},
    openapi_extra={"requestBody": _BODY},
)
async def check_json(request: Request, published: Day = None) -> Response:
    """The claims of the page sent, each with its verdict and evidence, as `check --json` has it."""
    report = await checked_page(request, await page_sent(request, published))
    return await run_in_threadpool(lambda: told(as_json(report)))


@router.post(
    "/judge.json",
    tags=["Check"],
    summary="Judge claims",
    response_class=Response,
    responses={200: {"content": {"application/json": {}}}, **_FAULTS},
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema()}}}
    },
)
async def judge_json(request: Request) -> Response:
    """Claims from any reader, each with its verdict and evidence, as `judge --json` has it."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise HTTPException(415, "Send the claims as application/json.")
    record, source = request.app.state.site.record, await request.body()
    async with request.app.state.work.check(request.state.client):
        report = await run_in_threadpool(judge, source, record)
    return await run_in_threadpool(lambda: told(as_json(report)))


@router.post("/check", include_in_schema=False)
async def sent(request: Request) -> Response:
    """What the record says of the page in a form, in the shape that the form asks for."""
    form = await form_of(request)
    shape = SHAPES.get(form["as"])
    if shape is None:
        raise HTTPException(400, f"A check cannot be had as {form['as'][:40]!r}.")
    try:
        pasted = example(form["example"]) if form["example"] else form.pasted()
        report = await checked_page(request, pasted)
    except (VotewireError, HTTPException) as error:
        if not wants_page(request):
            raise
        return _form(request, form, error)
    try:
        return await run_in_threadpool(shape, request, form, pasted, report)
    except (VotewireError, HTTPException) as error:
        if not wants_page(request):
            raise
        return result(request, form, pasted, report, problem=error)


def _form(request: Request, form: Form, error: VotewireError | HTTPException) -> Response:
    """The form again, with what was pasted and why it could not be checked."""
    page = check(request.app.state.site)
    given = {name: getattr(page, name) for name in ("examples", "most_bytes", "most_characters")}
    return page_of(request, "check.html", problem=error, form=form, **given)
