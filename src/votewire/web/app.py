"""The application: its pages, what stands around every answer, and what becomes of errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pkgutil import iter_modules

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from starlette.concurrency import run_in_threadpool

from votewire import __version__
from votewire.config import Settings, load
from votewire.errors import LinksUnreadable, NoRoom
from votewire.pipeline.checkers import Checkers
from votewire.pipeline.links import Links
from votewire.web import faults, pages
from votewire.web.answering import add_view
from votewire.web.asking import Asked
from votewire.web.guarding import Guarded
from votewire.web.keeping import Answers, Kept, Made
from votewire.web.languages import Languages
from votewire.web.limiting import LONGEST, Limited, Work
from votewire.web.links import Reports, today
from votewire.web.memory import give_back
from votewire.web.shown import View
from votewire.web.site import open_site
from votewire.web.statics import add_statics, addresses

__all__ = ["create_app", "views"]

_DESCRIPTION = (
    "Who voted how at the United Nations. Every page is also data: the same address ending in "
    ".json, its tables in .csv, its charts in .svg and .png. Shares are in [0, 1], intervals are "
    "of 90 %, and every answer says how far the record reaches and its hash."
)
_OPENED_FIRST = ("/", "/check", "/votes", "/states")  # in each language
_SOON = 2.0  # seconds after the start, when the first pages have been asked for
_AN_HOUR = 3600.0


def create_app(settings: Settings | None = None) -> FastAPI:
    """The site over the record that the settings name; those of the environment if none given."""
    give_back()
    chosen = settings or load()
    app = FastAPI(
        title="votewire",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_ready,
    )
    app.state.site = open_site(chosen)
    app.state.work = Work(chosen)
    app.state.checkers = Checkers(chosen, longest=LONGEST)
    app.state.reports = Reports()
    faults.add_handlers(app)
    add_statics(app)
    for room in _rooms():
        # First what a room answers by itself: a page at /votes/{symbol} would take it for its own.
        if hasattr(room, "router"):
            app.include_router(room.router)
        for view in getattr(room, "VIEWS", ()):
            add_view(app, view)
    # The last added is the outermost.
    answers = Answers(
        version=f"{__version__} {app.state.site.record.hash}",
        always=(*_OPENED_FIRST, *addresses()),
    )
    app.add_middleware(faults.Unbroken)
    app.add_middleware(Made, answers=answers)
    app.add_middleware(Limited, settings=chosen, work=app.state.work)
    app.add_middleware(Kept, answers=answers, proxies=chosen.proxies)
    app.add_middleware(Asked)
    app.add_middleware(Languages)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"])
    app.add_middleware(Guarded)
    return app


@asynccontextmanager
async def _ready(app: FastAPI) -> AsyncIterator[None]:
    """Has the processes that check pages ready, the pages of ended links deleted, no file left."""

    async def tended() -> None:
        await asyncio.sleep(_SOON)
        await run_in_threadpool(app.state.checkers.start)
        while True:
            with suppress(NoRoom, LinksUnreadable):  # a disk that fails now may work in an hour
                await run_in_threadpool(Links(app.state.site.settings).sweep, today())
            await asyncio.sleep(_AN_HOUR)

    tending = asyncio.create_task(tended())
    yield
    tending.cancel()
    app.state.site.downloads.close()


def views() -> Iterable[View]:
    """Every page of the site."""
    return [view for room in _rooms() for view in getattr(room, "VIEWS", ())]


def _rooms() -> list[object]:
    names = sorted(found.name for found in iter_modules(pages.__path__))
    return [import_module(f"{pages.__name__}.{name}") for name in names]
