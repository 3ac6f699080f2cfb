"""Processes that check pages, each one page at a time, so that one which dies names its page.

The pools of the standard library lose every page that waits when one of their processes is killed,
and leave their processes behind when they are killed themselves. These end with whoever started
them: the pipe that they wait at is closed then.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from votewire.config import Settings
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.check.batch import PageResult, PageSource

__all__ = ["work"]

# A page is checked no faster with more, and one for each core in each process would be many.
_ONE_THREAD = {"POLARS_MAX_THREADS": "1"}


def work(
    pages: Iterator[PageSource], settings: Settings, *, record_hash: str, jobs: int
) -> Iterator[tuple[PageSource, PageResult]]:
    """Each page with its result, in the order in which they are done.

    pages: asked for the next one whenever a process is free. A page whose process dies has the
    result that says so, and another process takes its place. Raises UsageError where a process
    cannot start, or opens another record than that of record_hash.
    """
    first = list(islice(pages, jobs))  # no more processes than there are pages
    if not first:
        return
    pages = chain(first, pages)
    crew = _Crew(settings, len(first))
    try:
        while crew.workers:
            for worker in crew.ready():
                page, answer = worker.page, worker.answer()
                if page is None:
                    _check_start(answer, record_hash)
                else:
                    yield page, answer or _died(worker)
                crew.go_on(worker, pages, alive=answer is not None)
    finally:
        crew.end()


class _Crew:
    """The processes at work."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self.workers: dict[Connection, _Worker] = {}
        for _ in range(jobs):
            self._start()

    def ready(self) -> list[_Worker]:
        """Those that have an answer, or have died; waits for one."""
        return [self.workers[said] for said in wait(list(self.workers)) if said in self.workers]

    def go_on(self, worker: _Worker, pages: Iterator[PageSource], *, alive: bool) -> None:
        """Gives the worker the next page; ends it where there is none, replaces it if it died."""
        page = next(pages, None) if alive else None
        if page is not None:
            worker.give(page)
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
        worker = _Worker(self._settings)
        self.workers[worker.said] = worker


class _Worker:
    """One process, the page that it has, and the ends of two pipes.

    said: where its answers come from; the first is the hash of the record that it has opened.
    """

    def __init__(self, settings: Settings) -> None:
        # Spawned on every system: a fork would take over Polars' locks without its threads.
        context = get_context("spawn")
        asked, self._asks = context.Pipe(duplex=False)
        self.said, says = context.Pipe(duplex=False)
        self.page: PageSource | None = None
        self._process = context.Process(target=_answer, args=(asked, says, settings), daemon=True)
        with _inherited():
            self._process.start()
        asked.close()
        says.close()

    def give(self, page: PageSource) -> None:
        """Hands it a page."""
        self.page = page
        with suppress(OSError):  # it has died since; its answer will tell
            self._asks.send((page.source, page.item))

    def answer(self) -> Any:
        """What it says next, or None where it has died."""
        try:
            return self.said.recv()
        except (EOFError, OSError):
            return None

    def end(self, *, now: bool = False) -> int | None:
        """Its exit code, once it has ended."""
        self._asks.close()
        if now:
            self._process.terminate()
        self._process.join()
        self.said.close()
        return self._process.exitcode


def _answer(asked: Connection, says: Connection, settings: Settings) -> None:
    """The life of one process: opens the record, then answers each page with its result."""
    from votewire.check.batch import check_source
    from votewire.pipeline.records import open_with_layer

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    record = open_with_layer(settings)
    with suppress(EOFError, BrokenPipeError):
        says.send(record.hash)
        while True:
            source, item = asked.recv()
            says.send(check_source(source, record, item=item))


@contextmanager
def _inherited() -> Iterator[None]:
    """What a process that is started meanwhile takes over: one thread, no answer to Ctrl-C."""
    unset = {name: value for name, value in _ONE_THREAD.items() if name not in os.environ}
    os.environ.update(unset)
    main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if main else None
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
        for name in unset:
            del os.environ[name]


def _check_start(answer: str | None, record_hash: str) -> None:
    if answer is None:
        raise UsageError(
            "A process that checks pages ended before it could begin, perhaps for want of memory. "
            "Try again with --jobs 1."
        )
    if answer != record_hash:
        raise UsageError(
            "The record was changed while the pages were checked. Run the same command again."
        )


def _died(worker: _Worker) -> PageResult:
    from votewire.check.batch import PageResult, Status

    code = worker.end()
    return PageResult(
        status=Status.ERROR, error=f"the process that checked it ended (exit code {code})"
    )
