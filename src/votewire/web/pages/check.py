"""Checking an article: the form, what the record says of what was pasted, permanent links."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from votewire.check import Report
from votewire.check.as_json import as_json
from votewire.errors import VotewireError
from votewire.pipeline import check_page
from votewire.web.checked import (
    DESCRIPTION,
    SECRET,
    SHAPES,
    TITLE,
    links_of,
    page_of,
    refuse_strangers,
    result,
    told,
)
from votewire.web.faults import wants_page
from votewire.web.limiting import LONGEST, Turns, largest_page
from votewire.web.links import KeptPage
from votewire.web.pasting import (
    EARLIEST,
    LATEST,
    Form,
    PageSent,
    Pasted,
    form_of,
    page_sent,
)
from votewire.web.shown import Page, View
from votewire.web.site import Site
from votewire.web.trying import Example, example, examples

__all__ = ["VIEWS", "check", "router"]

_TURNS = Turns()  # of this process
_TOKEN = 100  # characters, more than a token has

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
    pasted = await page_sent(request, published)
    report = await _checked(request, pasted)
    return told(as_json(report))


@router.post("/check", include_in_schema=False)
async def sent(request: Request) -> Response:
    """What the record says of the page in a form, in the shape that the form asks for."""
    form = await form_of(request)
    try:
        pasted = example(form["example"]) if form["example"] else form.pasted()
        report = await _checked(request, pasted)
    except (VotewireError, HTTPException) as error:
        if not wants_page(request):
            raise
        return _form(request, form, error)
    try:
        return SHAPES[form["as"]](request, form, pasted, report)
    except (VotewireError, HTTPException) as error:
        if not wants_page(request):
            raise
        return result(request, form, pasted, report, problem=error)
    except KeyError:
        raise HTTPException(400, f"A check cannot be had as {form['as'][:40]!r}.") from None


@router.get("/check/{token}.json", include_in_schema=False)
async def kept_json(request: Request, token: str) -> Response:
    """A page that was kept, checked against the record in force, as JSON."""
    kept, report = await _kept(request, token)
    found_now = {
        **as_json(report),
        "kept_on": kept.kept_on.isoformat(),
        "first_record": kept.record,
    }
    return told(found_now, SECRET)


@router.get("/check/{token}", include_in_schema=False)
async def kept(request: Request, token: str) -> Response:
    """A page that was kept, checked against the record in force."""
    found, report = await _kept(request, token)
    pasted = Pasted(source=found.source, published=found.published)
    return result(request, Form(), pasted, report, kept=found)


Key = Annotated[str, Query(max_length=_TOKEN, description="What was given to delete the page by.")]


@router.get("/check/{token}/delete", include_in_schema=False)
def ask_delete(request: Request, token: str, key: Key = "") -> Response:
    """Asks whether a kept page is to be deleted; that alone deletes nothing."""
    links_of(request).found(_short(token))
    return page_of(request, "check_delete.html", token=token, key=key, done=False, headers=SECRET)


@router.post("/check/{token}/delete", include_in_schema=False)
async def delete(request: Request, token: str) -> Response:
    """Deletes a kept page."""
    refuse_strangers(request)
    form = await form_of(request)
    links_of(request).forget(_short(token), form["key"])
    return page_of(request, "check_delete.html", token=token, key="", done=True, headers=SECRET)


async def _checked(request: Request, pasted: Pasted) -> Report:
    """The report on a page, made in a thread when a turn comes."""
    site: Site = request.app.state.site
    most = largest_page(site.settings)
    if len(pasted.source) > most:
        raise HTTPException(
            413,
            f"{pasted.name} has {len(pasted.source):,} bytes, {most:,} are the most. "
            "Paste the article's text alone.",
        )
    async with _TURNS.one():
        return await run_in_threadpool(
            check_page,
            pasted.source,
            site.record,
            name=pasted.name,
            published=pasted.published,
            longest=LONGEST,
        )


async def _kept(request: Request, token: str) -> tuple[KeptPage, Report]:
    found = links_of(request).found(_short(token))
    pasted = Pasted(source=found.source, published=found.published)
    return found, await _checked(request, pasted)


def _form(request: Request, form: Form, error: VotewireError | HTTPException) -> Response:
    """The form again, with what was pasted and why it could not be checked."""
    page = check(request.app.state.site)
    given = {name: getattr(page, name) for name in ("examples", "most_bytes", "most_characters")}
    return page_of(request, "check.html", problem=error, form=form, **given)


def _short(token: str) -> str:
    return token[:_TOKEN]
