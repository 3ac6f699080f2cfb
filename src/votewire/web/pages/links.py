"""Permanent links: a page that was kept, checked again; how long it is kept, and how it goes."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from votewire.addresses import is_web_address
from votewire.check import Report
from votewire.check.as_json import as_json
from votewire.errors import UsageError
from votewire.pipeline.links import KeptPage
from votewire.web.checked import SECRET, page_of, refuse_strangers, result, told
from votewire.web.checking import checked_page
from votewire.web.faults import wants_page
from votewire.web.links import Reports, key_fits, links_of, page_of_link, today
from votewire.web.pasting import Form, Pasted, form_of

__all__ = ["router"]

_TOKEN = 100  # characters, more than a token has
_CITED = 2000  # of the address of what cites a link

router = APIRouter()


@router.get("/check/{token}.json", include_in_schema=False)
async def kept_json(request: Request, token: str) -> Response:
    """A page that was kept, checked against the record in force, as JSON."""
    kept, report = await _kept(request, token)
    found_now = {
        **as_json(report),
        "kept_on": kept.kept_on.isoformat(),
        "kept_until": kept.until and kept.until.isoformat(),
        "first_record": kept.record,
    }
    return told(found_now, SECRET)


@router.get("/check/{token}", include_in_schema=False)
async def kept(request: Request, token: str) -> Response:
    """A page that was kept, checked against the record in force."""
    found, report = await _kept(request, token)
    pasted = Pasted(source=found.source or b"", published=found.published)
    form = Form(fields={"link": _short(token)})
    return await run_in_threadpool(result, request, form, pasted, report, kept=found)


Key = Annotated[str, Query(max_length=_TOKEN, description="What was given to change the page by.")]


@router.get("/check/{token}/delete", include_in_schema=False)
@router.get("/check/{token}/change", include_in_schema=False)
def ask_change(request: Request, token: str, key: Key = "") -> Response:
    """Asks whether a kept page is to be deleted, or kept for longer; that alone changes nothing."""
    return _change(request, token, key)


@router.post("/check/{token}/delete", include_in_schema=False)
async def delete(request: Request, token: str) -> Response:
    """Deletes a kept page."""
    key = await _key_of(request, token, await form_of(request))
    await run_in_threadpool(links_of(request).forget, _short(token))
    return _change(request, token, key, done="deleted")


@router.post("/check/{token}/extend", include_in_schema=False)
async def extend(request: Request, token: str) -> Response:
    """Keeps a page for longer, because something that is published cites its link."""
    form = await form_of(request)
    key = await _key_of(request, token, form)
    cited = form["cited"].strip()
    if not is_web_address(cited) or len(cited) > _CITED:
        problem = UsageError(
            f"{cited[:60]!r}: give the whole address of what cites the link: https://example.org/."
        )
        if not wants_page(request):
            raise problem
        return _change(request, token, key, problem=problem)
    extended = partial(links_of(request).extend, _short(token), cited=cited, today=today())
    await run_in_threadpool(extended)
    return _change(request, token, key, done="extended")


async def _key_of(request: Request, token: str, form: Form) -> str:
    """The key in a form that changes a page. Raises HTTPException where it may not."""
    refuse_strangers(request)
    key = form["key"]
    await run_in_threadpool(key_fits, request, _short(token), key)
    return key


def _change(
    request: Request, token: str, key: str, *, done: str = "", problem: UsageError | None = None
) -> Response:
    kept = None if done == "deleted" else page_of_link(request, _short(token))
    return page_of(
        request,
        "check_change.html",
        problem=problem,
        token=token,
        key=key,
        done=done,
        kept=kept,
        headers=SECRET,
    )


async def _kept(request: Request, token: str) -> tuple[KeptPage, Report]:
    """A kept page and the report on it, which is at hand where somebody has asked for it lately."""
    found = await run_in_threadpool(page_of_link, request, _short(token))
    reports: Reports = request.app.state.reports
    report = reports.found(found)
    if report is None:
        pasted = Pasted(source=found.source or b"", published=found.published)
        report = await checked_page(request, pasted)
        reports.keep(found, report)
    return found, report


def _short(token: str) -> str:
    return token[:_TOKEN]
