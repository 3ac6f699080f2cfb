"""Several processes that check many pages, so that one which dies names its page.

The pools of the standard library lose every page that waits when one of their processes is killed,
and leave their processes behind when they are killed themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from votewire.config import Settings
from votewire.errors import UsageError
from votewire.many import Gone, Worker

if TYPE_CHECKING:
    from votewire.check.batch import PageResult, PageSource

__all__ = ["work"]


def work(
    pages: Iterator[PageSource], settings: Settings, *, record_hash: str, jobs: int
) -> Iterator[tuple[PageSource, PageResult]]:
    """Each page with its result, in the order in which they are done.

    pages: asked for the next one whenever a process is free. A page that takes longer than
    `settings.page_seconds`, or whose process dies, has the result that says so, and another process
    takes the place. Raises UsageError where a process cannot start, or opens another record than
    that of record_hash.
    """
    first = list(islice(pages, jobs))  # no more processes than there are pages
    if not first:
        return
    pages = chain(first, pages)
    crew = _Crew(settings, len(first))
    try:
        while crew.workers:
            for worker in crew.ready():
                page, answer = crew.pages.pop(worker.said, None), worker.answer()
                if page is None:
                    _check_start(answer, record_hash)
                else:
                    yield page, _without(answer) if isinstance(answer, Gone) else answer
                crew.go_on(worker, pages, alive=not isinstance(answer, Gone))
    finally:
        crew.end()


class _Crew:
    """The processes at work, and the page that each has."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self.workers: dict[Connection, Worker] = {}
        self.pages: dict[Connection, PageSource] = {}
        for _ in range(jobs):
            self._start()

    def ready(self) -> list[Worker]:
        """Those that have an answer, have ended, or should have had one by now; waits for one."""
        lefts = [left for each in self.workers.values() if (left := each.left) is not None]
        said = wait(list(self.workers), min(lefts, default=None))
        return [each for at, each in self.workers.items() if at in said or each.left == 0]

    def go_on(self, worker: Worker, pages: Iterator[PageSource], *, alive: bool) -> None:
        """Gives the worker the next page; ends it where there is none, replaces it if it is gone.

        One that has been waited for in vain is gone too.
        """
        page = next(pages, None) if alive else None
        if page is not None:
            self.pages[worker.said] = page
            worker.give(page.source, page.item)
            return
        del self.workers[worker.said]
        worker.end()
        if not alive:
            self._start()

    def end(self) -> None:
        """Ends those that are left, whatever they are at."""
        for worker in self.workers.values():
            worker.end(now=True)

    def _start(self) -> None:
        worker = Worker(_checking, self._settings)
        self.workers[worker.said] = worker


def _checking(settings: Settings) -> tuple[str, Callable[[bytes, bool], PageResult]]:
    """The hash of the record that this process has opened, and how it checks a page."""
    from votewire.check.batch import check_source
    from votewire.pipeline.records import open_with_layer

    record = open_with_layer(settings)
    return record.hash, lambda source, item: check_source(source, record, item=item)


def _check_start(answer: str | Gone, record_hash: str) -> None:
    if isinstance(answer, Gone):
        raise UsageError(
            "A process that checks pages ended before it could begin, perhaps for want of memory. "
            "Try again with --jobs 1."
        )
    if answer != record_hash:
        raise UsageError(
            "The record was changed while the pages were checked. Run the same command again."
        )


def _without(gone: Gone) -> PageResult:
    """The result of a page that has none."""
    from votewire.check.batch import PageResult, Status

    status = Status.ERROR if gone.seconds is None else Status.GIVEN_UP
    return PageResult(status=status, error=str(gone.of("it")))
