"""Permanent links as the site answers them: what is not there or has ended, who may change one."""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, date, datetime
from threading import Lock

from fastapi import Request
from starlette.exceptions import HTTPException

from votewire.check import Report
from votewire.pipeline.links import KeptPage, Links

__all__ = ["Reports", "key_fits", "links_of", "page_of_link", "today"]

_ROOM = 4_000_000  # characters of the pages whose reports are at hand


def today() -> date:
    """The day on which links are made and end."""
    return datetime.now(UTC).date()


def links_of(request: Request) -> Links:
    """The pages that this site keeps."""
    return Links(request.app.state.site.settings)


def page_of_link(request: Request, token: str) -> KeptPage:
    """The page of a token. Raises HTTPException 404 where there is none, 410 where it has ended."""
    found = links_of(request).found(token, today())
    if found is None:
        raise HTTPException(
            404, "There is no checked page at this address; it may have been deleted."
        )
    if found.source is None:
        raise HTTPException(
            410, f"This link ended on {found.until}, and the page that it led to is deleted."
        )
    return found


def key_fits(request: Request, token: str, key: str) -> None:
    """Raises HTTPException 404 where there is no page of the token, 403 for another key."""
    page_of_link(request, token)
    if not links_of(request).opens(token, key):
        raise HTTPException(403, "This is not the key of the page.")


class Reports:
    """Reports on pages that links lead to, so that who reads one again waits for no check."""

    def __init__(self, room: int = _ROOM) -> None:
        self._room, self._size = room, 0
        self._reports: OrderedDict[tuple[bytes, date | None], Report] = OrderedDict()
        self._lock = Lock()

    def found(self, kept: KeptPage) -> Report | None:
        """The report on a page, if it is at hand."""
        with self._lock:
            report = self._reports.get(_of(kept))
            if report is not None:
                self._reports.move_to_end(_of(kept))
            return report

    def keep(self, kept: KeptPage, report: Report) -> None:
        """Has the report at hand for a while; those asked for longest ago go."""
        with self._lock:
            if _of(kept) in self._reports:
                return
            self._reports[_of(kept)] = report
            self._size += len(report.article.text)
            while self._size > self._room:
                _, gone = self._reports.popitem(last=False)
                self._size -= len(gone.article.text)


def _of(kept: KeptPage) -> tuple[bytes, date | None]:
    return kept.source or b"", kept.published
