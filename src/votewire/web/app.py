"""The application: its pages, what stands around every answer, and what becomes of errors."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from votewire import __version__
from votewire.config import Settings, load
from votewire.web import faults, pages
from votewire.web.answering import add_view
from votewire.web.asking import Asked
from votewire.web.guarding import Guarded
from votewire.web.keeping import Kept
from votewire.web.languages import Languages
from votewire.web.limiting import Limited
from votewire.web.memory import give_back
from votewire.web.shown import View
from votewire.web.site import open_site
from votewire.web.statics import add_statics

__all__ = ["create_app", "views"]

_DESCRIPTION = (
    "Who voted how at the United Nations. Every page is also data: the same address ending in "
    ".json, its tables in .csv, its charts in .svg and .png. Shares are in [0, 1], intervals are "
    "of 90 %, and every answer says how far the record reaches and its hash."
)


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
    )
    app.state.site = open_site(chosen)
    faults.add_handlers(app)
    add_statics(app)
    for room in _rooms():
        # First what a room answers by itself: a page at /votes/{symbol} would take it for its own.
        if hasattr(room, "router"):
            app.include_router(room.router)
        for view in getattr(room, "VIEWS", ()):
            add_view(app, view)
    # The last added is the outermost.
    app.add_middleware(faults.Unbroken)
    app.add_middleware(Limited, settings=chosen)
    app.add_middleware(Kept, version=f"{__version__} {app.state.site.record.hash}")
    app.add_middleware(Asked)
    app.add_middleware(Languages)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"])
    app.add_middleware(Guarded)
    return app


def views() -> Iterable[View]:
    """Every page of the site."""
    return [view for room in _rooms() for view in getattr(room, "VIEWS", ())]


def _rooms() -> list[object]:
    names = sorted(found.name for found in iter_modules(pages.__path__))
    return [import_module(f"{pages.__name__}.{name}") for name in names]
