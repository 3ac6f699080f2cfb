"""Pages checked on a Dask cluster: the same work as `workers.work`, on other machines.

A few pages at a time are sent to a worker with the settings; the worker opens the record once and
keeps it. Where a worker is lost, Dask gives its pages to another. Pages that several workers were
lost with are sent again one by one; the one that loses more has a result that says so.
"""

from __future__ import annotations

import threading
from asyncio import CancelledError
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from votewire import __version__
from votewire.config import Settings
from votewire.errors import MissingExtra, UsageError
from votewire.many import limited

if TYPE_CHECKING:
    from votewire.check.batch import PageResult, PageSource
    from votewire.record import Record

__all__ = ["check_there", "work_on"]

_TOGETHER = 8  # pages sent at once: one at a time, Dask takes longer over a page than the check
_AT_MOST = 2**20  # bytes sent at once, but for a single page
_AHEAD = 2  # times that many are under way for each thread of the cluster, so that none waits
_PATIENCE = "10s"
_ONE_AT_A_TIME = threading.Lock()  # threads of a worker share one interpreter: no speed is lost


def work_on(
    address: str, pages: Iterator[PageSource], settings: Settings, *, record_hash: str
) -> Iterator[tuple[PageSource, PageResult]]:
    """Each page with its result, as they are done, from the Dask cluster at `address`.

    pages: asked for the next ones whenever some are done; 16 for each thread of the cluster are in
    memory. Raises MissingExtra, and UsageError where no cluster answers, it has no workers, or
    they have another version of votewire or another record than that of record_hash.
    """
    distributed = _distributed()
    first = next(pages, None)
    if first is None:
        return
    client = _client(distributed, address)
    try:
        _check_workers(client, settings, record_hash)
        yield from _done(distributed, client, chain([first], pages), (settings, record_hash))
    finally:
        with suppress(OSError, TimeoutError):  # the cluster is gone already
            client.close(timeout=_PATIENCE)


def check_there(
    pages: Sequence[tuple[bytes, bool]], settings: Settings, record_hash: str
) -> list[PageResult]:
    """The results of some pages, on a worker; one that came later must have the same record too.

    pages: each its bytes, and whether they are an item of a feed.
    """
    with _ONE_AT_A_TIME:
        record = _record(settings)
        if record.hash != record_hash:
            raise UsageError(f"a worker has another record, {record.hash[:12]}")
        return [_checked(source, record, item, settings) for source, item in pages]


def _checked(source: bytes, record: Record, item: bool, settings: Settings) -> PageResult:
    """The result of one page. One that takes too long ends the worker, and Dask starts another.

    A worker of Dask's may start no process of its own.
    """
    from votewire.check.batch import check_source

    with limited(settings.page_seconds):
        return check_source(source, record, item=item)


@cache
def _record(settings: Settings) -> Record:
    from votewire.pipeline.records import open_with_layer

    return open_with_layer(settings)


def _made_with(settings: Settings) -> tuple[str, str]:
    """The version of votewire and the hash of the record, on a worker."""
    with _ONE_AT_A_TIME:
        return __version__, _record(settings).hash


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        raise MissingExtra("Checking on a Dask cluster", extra="cluster") from None
    return distributed


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"{address}: no Dask scheduler answers there ({error}). Start one with "
            "`dask scheduler` and name its address, such as tcp://127.0.0.1:8786."
        ) from None


def _check_workers(client: Any, settings: Settings, record_hash: str) -> None:
    """Every worker has this votewire and this record, else the rows would not be the same."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise UsageError(
            "The cluster has no workers. Start one with `dask worker ADDRESS`."
        ) from None
    try:
        told = client.run(_made_with, settings)
    except Exception as error:
        raise UsageError(
            f"A worker of the cluster cannot check pages ({type(error).__name__}: {error}). It "
            "needs votewire and the record where this machine has them."
        ) from error
    for worker, made_with in told.items():
        if made_with != (__version__, record_hash):
            raise UsageError(
                f"{worker} has votewire {made_with[0]} and record {made_with[1][:12]}, this "
                f"machine {__version__} and {record_hash[:12]}. Give all of them the same, also "
                "what `votewire record add` has added."
            )


def _done(
    distributed: Any, client: Any, pages: Iterator[PageSource], against: tuple[Settings, str]
) -> Iterator[tuple[PageSource, PageResult]]:
    under_way: dict[Any, list[PageSource]] = {}

    def submitted(some: list[PageSource]) -> Any:
        sent = [(page.source, page.item) for page in some]
        future = client.submit(check_there, sent, *against, pure=False)
        under_way[future] = some
        return future

    parts = _parts(pages)
    threads = sum(client.nthreads().values())
    begun = [submitted(some) for some in islice(parts, _AHEAD * threads)]
    queue = distributed.as_completed(begun, loop=client.loop)
    del begun
    for future in queue:
        some = under_way.pop(future)
        results = _results(distributed, future, len(some))
        future.release()
        if results is None:
            for page in some:
                queue.add(submitted([page]))
            continue
        if (following := next(parts, None)) is not None:
            queue.add(submitted(following))
        yield from zip(some, results, strict=True)


def _parts(pages: Iterator[PageSource]) -> Iterator[list[PageSource]]:
    """The pages, some at a time."""
    some: list[PageSource] = []
    size = 0
    for page in pages:
        if some and (len(some) == _TOGETHER or size + len(page.source) > _AT_MOST):
            yield some
            some, size = [], 0
        some.append(page)
        size += len(page.source)
    if some:
        yield some


def _results(distributed: Any, future: Any, count: int) -> list[PageResult] | None:
    """The results that a future holds; None where its workers were lost with several pages."""
    from votewire.check.batch import PageResult, Status

    try:
        found: list[PageResult] = future.result()
    except distributed.KilledWorker:
        why = "it ended the workers that checked it; it took too long, or too much memory"
        return [PageResult(status=Status.ERROR, error=why)] if count == 1 else None
    except (Exception, CancelledError) as error:
        raise UsageError(
            f"The cluster gave up ({type(error).__name__}: {error}). What is done is kept: run the "
            "same command again, there or here."
        ) from error
    return found
