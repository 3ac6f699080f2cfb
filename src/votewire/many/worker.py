"""One process that answers jobs one at a time, and is ended where a job takes too long.

The limit is of processor time: a page is not given up because the machine is busy with others. A
timer of the system ends the process, whatever it is at, in C code that never comes back too. Where
there is no such timer (Windows), and for a process that waits for nothing, the clock decides.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from votewire.config import Settings
from votewire.errors import PageGivenUp

__all__ = ["Gone", "Prepare", "Worker", "answer_once", "limited"]

# What a process does first, and with what it answers each job. Found by its name in the new
# process, so it stands at the top of a module.
Prepare = Callable[[Settings], tuple[Any, Callable[..., Any]]]

# A page is checked no faster with more, and one for each core in each process would be many.
_ONE_THREAD = {"POLARS_MAX_THREADS": "1"}
_TIMED = hasattr(signal, "setitimer")
_ON_THE_CLOCK = 6 if _TIMED else 1  # seconds on the clock for each one allowed of the processor


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """Why a process has no answer: its job took longer than `seconds`, or it ended with `code`."""

    seconds: float | None = None
    code: int | None = None

    def of(self, page: str) -> PageGivenUp:
        """What to say of the page that it had."""
        if self.seconds is not None:
            return PageGivenUp(page, seconds=self.seconds)
        return PageGivenUp(page, code=self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Raised:
    """What a job raised; a note on it says where."""

    error: Exception


class Worker:
    """A process, the job that it has, and the ends of two pipes.

    said: where its answers come from. The first is of no job but what `prepare` told. The process
    ends with whoever started it: the pipe that it waits at is closed then. alone: no other is
    started from this process, so that it may be a copy of it where that is safe.
    """

    def __init__(self, prepare: Prepare, settings: Settings, *, alone: bool = False) -> None:
        fork = alone and _may_fork()
        # Else spawned on every system: a fork would take over Polars' locks without its threads.
        context: Any = get_context("fork" if fork else "spawn")
        asked, self._asks = context.Pipe(duplex=False)
        self.said, says = context.Pipe(duplex=False)
        self.job: tuple[Any, ...] | None = None
        self._prepared = self._ended = False
        self._seconds = settings.page_seconds
        self._given = time.monotonic()
        # A copy has these ends too, and would never see them closed.
        ends = (self._asks, self.said) if fork else ()
        self._process = context.Process(
            target=_live, args=(prepare, settings, asked, says, ends), daemon=True
        )
        with _inherited():
            self._process.start()
        asked.close()
        says.close()

    @property
    def alive(self) -> bool:
        """Whether it can be given another job."""
        return not self._ended and self._process.is_alive()

    @property
    def left(self) -> float | None:
        """Seconds on the clock until its job has taken too long; None where it has no limit."""
        if self.job is None or not self._seconds:
            return None
        return max(0.0, self._given + self._seconds * _ON_THE_CLOCK - time.monotonic())

    def give(self, *job: Any) -> None:
        """Hands it a job; its answer is to be had before the next one."""
        self.job, self._given = job, time.monotonic()
        with suppress(OSError):  # it has ended since; its answer will tell
            self._asks.send(job)

    def answer(self) -> Any:
        """What it says next, or why it says nothing more; waits as long as a job may take.

        Raises what the job raised.
        """
        try:
            said = self.said.recv() if self.said.poll(self.left) else None
        except (EOFError, OSError):
            return self._gone(self.end())
        if said is None:
            self.end(now=True)
            return Gone(seconds=self._seconds)
        self.job = None
        if isinstance(said[0], _Raised):
            self._ended = not self._prepared
            raise said[0].error
        self._prepared = True
        return said[0]

    def call(self, *job: Any) -> Any:
        """The answer to a job, once the process is prepared, or why there is none.

        Raises what the job raised.
        """
        if not self._prepared and isinstance(told := self.answer(), Gone):
            return told
        self.give(*job)
        return self.answer()

    def end(self, *, now: bool = False) -> int | None:
        """Its exit code, once it has ended."""
        self._ended = True
        self._asks.close()
        if now:
            self._process.kill()
        self._process.join()
        self.said.close()
        code: int | None = self._process.exitcode
        return code

    def _gone(self, code: int | None) -> Gone:
        timed_out = _TIMED and code == -signal.SIGPROF
        return Gone(seconds=self._seconds) if timed_out else Gone(code=code)


def answer_once(prepare: Prepare, settings: Settings, *job: Any, page: str) -> Any:
    """The answer to one job, from a process of its own; in this one where pages have no limit.

    page: what to call it. Raises what the job raises, and PageGivenUp where it takes too long.
    """
    if not settings.page_seconds:
        return prepare(settings)[1](*job)
    worker = Worker(prepare, settings, alone=True)
    try:
        told = worker.call(*job)
        if isinstance(told, Gone):
            raise told.of(page)
        return told
    finally:
        worker.end(now=True)


def _live(
    prepare: Prepare,
    settings: Settings,
    asked: Connection,
    says: Connection,
    ends: tuple[Connection, ...],
) -> None:
    """The life of one process: it prepares itself, then answers each job within its limit."""
    for end in ends:
        end.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    if _TIMED:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
    with suppress(EOFError, BrokenPipeError):
        ready = _outcome(prepare, settings)
        if isinstance(ready, _Raised):
            says.send((ready,))
            return
        told, answer = ready
        says.send((told,))
        while True:
            job = asked.recv()
            with limited(settings.page_seconds):
                outcome = _outcome(answer, *job)
            says.send((outcome,))


def _outcome(task: Callable[..., Any], *job: Any) -> Any:
    """What the task returns, or what it raised."""
    try:
        return task(*job)
    except Exception as error:  # noqa: BLE001 - it is raised again by who asked
        return _Raised(error=_sendable(error))


def _sendable(error: Exception) -> Exception:
    """The error, or one in its words where it cannot leave the process; a note says where it was.

    Where, not with what: the lines of code alone, which a log may have.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    try:
        sent: Exception = pickle.loads(pickle.dumps(error))  # noqa: S301 - what was just dumped
    except Exception:  # noqa: BLE001 - whatever its own code does
        sent = RuntimeError(traceback.format_exception_only(error)[-1].strip())
    sent.add_note(where)
    return sent


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Lets the system end this process once it has worked so long; 0 for any time."""
    if not _TIMED:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _may_fork() -> bool:
    """Whether a copy of this process could go on: it has one thread, and Polars has no locks.

    A fork starts in no time where a new interpreter takes a tenth of a second. Other systems than
    Linux have libraries of their own that do not outlive it.
    """
    alone = threading.active_count() == 1 and "polars" not in sys.modules
    return sys.platform == "linux" and alone


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
