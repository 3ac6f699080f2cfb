"""Many pages: which are still to be checked, the journal of what is done, and the table at the end.

Nothing here grows with the pages but their names and hashes: a page is in memory while it is
checked, and its result goes to the journal and from there, a part at a time, to the table.
"""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from votewire import __version__, files
from votewire.config import Settings
from votewire.errors import UsageError

if TYPE_CHECKING:
    import polars as pl

    from votewire.check.batch import Journal, PageResult, PageSource

__all__ = ["TABLE_ENDINGS", "Batch", "check_many"]

TABLE_ENDINGS = (".parquet", ".csv", ".jsonl")

_LOG = logging.getLogger(__name__)
_LOG.addHandler(logging.NullHandler())
_PART = 5_000  # rows of the table that are in memory at a time, some 10 MB
_BEGINS = 100  # bytes of a file that are looked at before it is taken for a journal
_GROUP = 20_000  # rows of a row group of Parquet

OnStep = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What checking many pages came to.

    pages: how many. resumed: of these, how many an earlier run had checked. statuses, verdicts: how
    many pages and claims of each. contradicted: the pages with a contradicted claim. failed: those
    that could not be read or checked, each with the reason. rows: of the table. damaged: lines of
    the journal that were not as written, whose pages were checked again.
    """

    pages: int
    resumed: int
    statuses: Mapping[str, int]
    verdicts: Mapping[str, int]
    contradicted: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    rows: int
    damaged: int
    record_hash: str
    complete_to: str


def check_many(
    pages: Sequence[Path],
    settings: Settings,
    *,
    out: Path,
    jobs: int = 1,
    cluster: str | None = None,
    withheld: bool = False,
    on_step: OnStep = lambda _done, _total: None,
) -> Batch:
    """Checks pages in `jobs` processes and writes one table of all their claims to `out`.

    pages: files, each a page or a feed (RSS, Atom, ninjs, NewsML-G2), told by its content; an item
    of a feed is a page. out: .parquet, .csv or .jsonl, with the columns of
    `votewire.check.batch.RESULTS`. Its rows are in the order of `pages`, the same whatever `jobs`.
    cluster: address of a Dask scheduler, whose workers check the pages instead. A page that cannot
    be read, that the checker fails on, or whose process dies is a row with the reason. Until all
    are done, the results are kept in a journal beside `out`, from which another run with the same
    `out` goes on. A link at `out` is followed, and a pipe or a device written to. withheld: whether
    items of feeds that their publisher canceled or holds back are checked too. on_step:
    called with how many pages of how many are done; a feed counts as one
    until it is read. Raises UsageError, MissingExtra and RecordDamaged.

    Processes are spawned: a script calls this below `if __name__ == "__main__"`.
    """
    from votewire.check.batch import Journal
    from votewire.pipeline.cluster import work_on
    from votewire.pipeline.records import open_with_layer
    from votewire.pipeline.workers import work

    with _journal_beside(out) as file:
        record = open_with_layer(settings)
        record_hash, complete_to = record.hash, record.completeness
        del record  # each process opens its own
        journal = Journal(file, record_hash=record_hash, version=__version__)
        queue = _Queue(pages, journal, on_step, withheld=withheld)
        if cluster is None:
            done = work(queue.unchecked(), settings, record_hash=record_hash, jobs=max(1, jobs))
        else:
            done = work_on(cluster, queue.unchecked(), settings, record_hash=record_hash)
        for page, result in done:
            queue.finish(page, result)
        told = _Told()
        _save(told.frames(queue.results()), out)
        file.truncate(0)
    return Batch(
        pages=queue.pages,
        resumed=queue.resumed,
        statuses=dict(told.statuses),
        verdicts=dict(told.verdicts),
        contradicted=tuple(told.contradicted),
        failed=tuple(told.failed),
        rows=told.rows,
        damaged=journal.damaged,
        record_hash=record_hash,
        complete_to=complete_to,
    )


class _Queue:
    """The pages of one run: those still to be checked, how many are done, and their results.

    resumed: how many an earlier run had checked. pages: how many have been read.
    """

    def __init__(
        self, paths: Sequence[Path], journal: Journal, on_step: OnStep, *, withheld: bool
    ) -> None:
        self.resumed = 0
        self._withheld = withheld
        self._paths, self._journal, self._on_step = paths, journal, on_step
        self._names: list[str] = []
        self._keys: list[str] = []
        self._files = 0  # read so far
        self._done = 0

    @property
    def pages(self) -> int:
        """How many pages have been read."""
        return len(self._keys)

    def unchecked(self) -> Iterator[PageSource]:
        """Pages without a result, read one at a time; of several with the same bytes the first."""
        from votewire.pipeline.sources import pages_in

        settled = self._journal.settled()
        taken: set[str] = set()
        for path in self._paths:
            self._files += 1
            for page, failed in pages_in(path, withheld=self._withheld):
                self._names.append(page.name)
                self._keys.append(page.key)
                if failed is not None:
                    self.finish(page, failed)
                elif page.key in settled or page.key in taken:
                    self.resumed += page.key in settled
                    self._step()
                else:
                    taken.add(page.key)
                    yield page

    def finish(self, page: PageSource, result: PageResult) -> None:
        """Notes the result of a page; what failed in it goes to the log as well."""
        if result.status == "error":
            _LOG.error("page=%s failed: %s", page.name, result.trace or result.error)
        self._journal.add(page, result)
        self._step()

    def results(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each page's name and result, in the order of the pages, once all are read and done."""
        places = self._journal.places()
        for name, key in zip(self._names, self._keys, strict=True):
            yield name, self._journal.at(places[key])

    def _step(self) -> None:
        self._done += 1
        self._on_step(self._done, len(self._keys) + len(self._paths) - self._files)


class _Told:
    """What is counted while the table is made."""

    def __init__(self) -> None:
        self.statuses: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.contradicted: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.rows = 0

    def frames(self, results: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[pl.DataFrame]:
        """The table of the results, some rows at a time."""
        from votewire.check.batch import rows_of, table_of

        rows: list[dict[str, Any]] = []
        for page, values in results:
            self._count(page, values)
            rows += rows_of(values, page=page)
            if len(rows) >= _PART:
                yield table_of(rows)
                rows = []
        yield table_of(rows)

    def _count(self, page: str, values: dict[str, Any]) -> None:
        verdicts = [claim["verdict"] for claim in values["claims"]]
        self.statuses[values["status"]] += 1
        self.verdicts.update(verdicts)
        self.rows += max(1, len(verdicts))
        if "contradicted" in verdicts:
            self.contradicted.append(page)
        if values["error"] is not None:
            self.failed.append((page, values["error"]))


@contextmanager
def _journal_beside(out: Path) -> Iterator[BinaryIO]:
    """The journal's file, which goes at the end where nothing is in it.

    Raises UsageError where `out` is no place for a table, or something else than a journal of
    votewire's has the journal's name.
    """
    _refuse_place(out)
    kept = out.with_name(f"{out.name}.journal")
    empty = False
    try:
        with _opened(kept, out) as file:
            _refuse_other(file, kept)
            try:
                yield file
            finally:
                empty = not file.seek(0, os.SEEK_END)
    finally:
        if empty:  # closed first, as Windows wants it
            kept.unlink(missing_ok=True)


def _refuse_place(out: Path) -> None:
    if out.suffix not in TABLE_ENDINGS:
        endings = ", ".join(TABLE_ENDINGS)
        raise UsageError(f"{out}: a table's file ends in one of {endings}.")
    try:
        place = files.place_of(out)
    except IsADirectoryError:
        raise UsageError(f"{out} is a folder; name a file.") from None
    except OSError as error:
        raise UsageError(f"{out}: nothing can be written there ({error.strerror}).") from None
    folder = out.parent if place is None else place.parent
    if files.is_absent(folder):
        raise UsageError(
            f"{out}: nothing can be written there (no such folder). Make {folder} first."
        )


def _opened(kept: Path, out: Path) -> BinaryIO:
    try:
        return files.appending(kept)
    except OSError as error:
        if files.is_absent(kept) and not kept.is_symlink():
            raise UsageError(f"{out}: nothing can be written there ({error.strerror}).") from None
        raise UsageError(_not_a_journal(kept, f"it is not ({error.strerror})")) from None


def _refuse_other(file: BinaryIO, kept: Path) -> None:
    """Raises UsageError, and leaves the file alone, where it is no journal."""
    from votewire.check.batch import is_journal

    file.seek(0)
    if not is_journal(file.read(_BEGINS)):
        raise UsageError(_not_a_journal(kept, "what is in it is not"))


def _not_a_journal(kept: Path, why: str) -> str:
    return (
        f"{kept}: a journal of votewire's has that name, and {why}. Nothing was touched: move it "
        "away, or give another --out."
    )


def _save(frames: Iterable[pl.DataFrame], out: Path) -> None:
    """Writes the frames as one table, in the format of the file's ending: whole or not at all."""
    place = files.place_of(out)
    beside = None if place is None else place.parent
    with TemporaryDirectory(dir=beside, prefix=f".{out.name}.") as folder:
        made = Path(folder) / out.name
        if out.suffix == ".parquet":
            _save_parquet(frames, made)
        else:
            with made.open("wb") as file:
                for number, frame in enumerate(frames):
                    if out.suffix == ".csv":
                        frame.write_csv(file, include_header=not number)
                    else:
                        frame.write_ndjson(file)
        files.deliver(made, out)


def _save_parquet(frames: Iterable[pl.DataFrame], made: Path) -> None:
    """Through a file for each frame, since Parquet cannot be appended to."""
    import polars as pl

    from votewire.check.batch import RESULTS

    parts = []
    for number, frame in enumerate(frames):
        parts.append(made.with_name(f"{number}.part"))
        frame.write_parquet(parts[-1])
    meanings = {f"votewire:{column.name}": column.meaning for column in RESULTS.columns}
    pl.scan_parquet(parts).sink_parquet(
        made, compression="zstd", statistics=False, row_group_size=_GROUP, metadata=meanings
    )
