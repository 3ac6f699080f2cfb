"""Processes that stand ready to check pages, for as long as a site runs.

A page is checked in a process that can be ended, whatever it is at; one that had to be is replaced.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from votewire.config import Settings
from votewire.many import Gone, Worker

if TYPE_CHECKING:
    from votewire.check import Report

__all__ = ["Checkers"]


class Checkers:
    """So many processes, started when the first page comes or before; they end with this one.

    longest: the most characters of text that a page may have.
    """

    def __init__(self, settings: Settings, *, longest: int | None = None, count: int = 2) -> None:
        self._settings, self._count = settings, count
        self._prepare = partial(_checking, longest=longest)
        # None stands for one that could not be started when it was to be.
        self._idle: deque[Worker | None] = deque()
        self._changed = threading.Condition()
        self._begun = False

    def start(self) -> None:
        """Starts the processes, if they are not started."""
        with self._changed:
            begun, self._begun = self._begun, True
        if not begun:
            for _ in range(self._count):
                self._put(self._new(), warm=False)

    def check(self, source: bytes, *, name: str, published: date | None = None) -> Report:
        """The report on a page, as `check_page` makes it; waits until a process is free.

        Raises what `check_page` raises, PageGivenUp where it takes longer than a page may, and
        OSError where no process can be started.
        """
        self.start()
        worker = self._take()
        try:
            if worker is None or not worker.alive:
                worker = Worker(self._prepare, self._settings)
            told: Report | Gone = worker.call(source, name, published)
            if isinstance(told, Gone) and told.code is not None:
                # Perhaps it was ended from outside before it had the page: once more, in a new one.
                worker = Worker(self._prepare, self._settings)
                told = worker.call(source, name, published)
        finally:
            alive = worker is not None and worker.alive
            self._put(worker if alive else self._new(), warm=alive)
        if isinstance(told, Gone):
            raise told.of(name)
        return told

    def close(self) -> None:
        """Ends the processes that are idle."""
        with self._changed:
            idle, self._begun = list(self._idle), False
            self._idle.clear()
        for worker in filter(None, idle):
            worker.end(now=True)

    def _new(self) -> Worker | None:
        with suppress(OSError):  # tried again for the next page
            return Worker(self._prepare, self._settings)
        return None

    def _take(self) -> Worker | None:
        """The process that was used last: one that was just started may not be ready."""
        with self._changed:
            while not self._idle:
                self._changed.wait()
            return self._idle.pop()

    def _put(self, worker: Worker | None, *, warm: bool) -> None:
        with self._changed:
            if warm:
                self._idle.append(worker)
            else:
                self._idle.appendleft(worker)
            self._changed.notify()


def _checking(
    settings: Settings, *, longest: int | None
) -> tuple[str, Callable[[bytes, str, date | None], Report]]:
    """The hash of the record that a process has opened, and how it checks a page."""
    from votewire.pipeline.records import check_page, open_with_layer

    record = open_with_layer(settings)

    def answer(source: bytes, name: str, published: date | None) -> Report:
        return check_page(source, record, name=name, published=published, longest=longest)

    return record.hash, answer
