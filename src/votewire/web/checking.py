"""Having a page checked: in a process of its own, when the asker's turn comes."""

from __future__ import annotations

from functools import partial

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from votewire.check import Report
from votewire.errors import PageGivenUp
from votewire.web.limiting import largest_page
from votewire.web.pasting import Pasted

__all__ = ["checked_page"]


async def checked_page(request: Request, pasted: Pasted) -> Report:
    """The report on a page.

    Raises what a check raises; HTTPException 413 for a page that is too large, 422 for one that
    took too long, 429 and 503 where the asker has to wait.
    """
    settings = request.app.state.site.settings
    most = largest_page(settings)
    if len(pasted.source) > most:
        raise HTTPException(
            413,
            f"{pasted.name} has {len(pasted.source):,} bytes, {most:,} are the most. "
            "Paste the article's text alone.",
        )
    check = partial(
        request.app.state.checkers.check,
        pasted.source,
        name=pasted.name,
        published=pasted.published,
    )
    async with request.app.state.work.check(request.state.client):
        try:
            report: Report = await run_in_threadpool(check)
        except PageGivenUp as given_up:
            raise HTTPException(422, _given_up(given_up)) from None
        except OSError:
            raise HTTPException(
                503, "The site has no room for a check now. Try again later.", {"Retry-After": "30"}
            ) from None
    return report


def _given_up(error: PageGivenUp) -> str:
    if error.seconds is None:
        return "The page was too much for a check and was given up. Paste the article's text alone."
    return (
        f"The page took more than the {error.seconds:g} seconds that a check may take and was "
        "given up. Paste the article's text alone."
    )
