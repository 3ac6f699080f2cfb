"""A disk that is full, or breaks, at one call of the system among those that write."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

FAULTS = (errno.ENOSPC, errno.EIO)
_CALLS = (
    "open",
    "write",
    "fsync",
    "close",
    "replace",
    "rename",
    "mkdir",
    "chmod",
    "unlink",
    "link",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Disk:
    """Counts the calls that write. The one with the number `fails` is not done, but `done` first.

    done: what takes the place of the error, such as ending the process.
    """

    def __init__(self, fails: int, error: int, done: Callable[[], None] | None = None) -> None:
        self.calls: list[str] = []
        self._fails, self._error, self._done = fails, error, done

    def wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            reading = name == "open" and not (given[1:2] or (0,))[0] & _WRITING
            if reading:
                return call(*given, **named)
            self.calls.append(name)
            if len(self.calls) == self._fails:
                self._fault(name, call, given)
            return call(*given, **named)

        return counted

    def _fault(self, name: str, call: Callable[..., Any], given: tuple[Any, ...]) -> None:
        if self._done is not None:
            self._done()
        if name == "close":  # a file is closed all the same, and only then is told what was lost
            call(*given)
        raise OSError(self._error, os.strerror(self._error))


@contextmanager
def disk(fails: int, error: int = errno.ENOSPC, **given: Any) -> Iterator[Disk]:
    """The system's calls, counted, of which one fails; none for 0."""
    counting = Disk(fails, error, **given)
    with pytest.MonkeyPatch.context() as patched:
        for name in _CALLS:
            patched.setattr(os, name, counting.wrapped(name, getattr(os, name)))
        yield counting
