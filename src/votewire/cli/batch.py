"""`votewire check` of many pages: finding them, a line of progress, and what it came to."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from votewire.cli.output import print_lines
from votewire.cli.terminal import tell
from votewire.errors import UsageError
from votewire.files import is_absent, is_file, is_folder, read

if TYPE_CHECKING:
    from votewire.pipeline import Batch

__all__ = [
    "ENDINGS",
    "Cluster",
    "Jobs",
    "Pages",
    "TableFile",
    "Withheld",
    "are_many",
    "check_pages",
    "find_pages",
]

Pages = Annotated[
    list[Path],
    typer.Argument(
        help="News pages, text or HTML; feeds (RSS, Atom, ninjs, NewsML-G2); folders of them; "
        "- for one page on standard input."
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", min=1, help="Processes for many pages; one a core if not given."),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Dask scheduler whose workers check many pages."
    ),
]
Withheld = Annotated[
    bool,
    typer.Option(
        "--withheld", help="Check items of feeds too that their publisher canceled or holds back."
    ),
]
TableFile = Annotated[
    Path | None,
    typer.Option("--out", help="Table for many pages: a .parquet, .csv or .jsonl file."),
]

ENDINGS = (".htm", ".html", ".txt", ".xhtml")
_ADDRESS = re.compile(r"(https?):/{1,2}", re.IGNORECASE)  # a path has lost one of the slashes
_LISTED = 10  # pages named on the terminal; the table has them all


def are_many(pages: Sequence[Path], *options: object) -> bool:
    """Whether many pages are meant: several paths, a folder, a feed, or an option of theirs.

    Raises UsageError for the address of something that would have to be fetched.
    """
    for page in pages:
        if _ADDRESS.match(str(page)):
            address = _ADDRESS.sub(r"\1://", str(page))
            raise UsageError(
                f"{address}: votewire check fetches nothing. Download it first, for instance with "
                "`curl -o feed.xml ADDRESS`, and name the file."
            )
    return any(options) or len(pages) > 1 or is_folder(pages[0]) or _is_feed(pages[0])


def _is_feed(path: Path) -> bool:
    """Whether a file begins like a feed; one that cannot be read does not."""
    from votewire.press.feeds import SNIFFED, feed_kind

    try:
        return is_file(path) and feed_kind(read(path, SNIFFED)) is not None
    except OSError:
        return False


def check_pages(
    pages: Sequence[Path],
    jobs: int | None,
    out: Path | None,
    record: Path | None,
    cluster: str | None = None,
    *,
    withheld: bool = False,
) -> int:
    """The exit status of checking many pages: 1 where any claim is contradicted, else 0.

    pages: files, feeds and folders. cluster: a Dask scheduler that has them checked, not processes
    here. withheld: whether items that their publisher took back are checked too. A page that
    cannot be read or checked is told on stderr and does not change the status. Raises UsageError
    before anything is checked.
    """
    from votewire.config import load
    from votewire.pipeline import check_many

    settings = load(record=record)
    if out is None:
        raise UsageError("Many pages make a table: name its file with --out results.parquet.")
    if cluster is not None and jobs is not None:
        raise UsageError("--cluster and --jobs exclude each other: give one.")
    found = find_pages(pages)
    log = settings.data_dir / "votewire.log"
    jobs = jobs or os.cpu_count() or 1
    try:
        with _progress() as on_step, _logged(log):
            batch = check_many(
                found,
                settings,
                out=out,
                jobs=jobs,
                cluster=cluster,
                withheld=withheld,
                on_step=on_step,
            )
    except KeyboardInterrupt:
        tell("votewire: stopped. The same command goes on from here.")
        raise
    except OSError as error:
        raise UsageError(
            f"{out}: cannot be written ({error.strerror}). Put that right; the same command goes "
            "on from where it was."
        ) from None
    _tell_failures(batch, log, out)
    print_lines(*_summary(batch, out))
    return 1 if batch.contradicted else 0


def find_pages(paths: Sequence[Path]) -> list[Path]:
    """The files given and those in the folders given, sorted, each once.

    In a folder and all folders in it, files with one of ENDINGS are pages, and so are files with an
    ending of feeds that begin like one; hidden files and folders are left out, and links to
    folders are not followed. Raises UsageError where a path is
    not there, or there is no page.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        if is_absent(path):
            raise UsageError(f"{path}: no such file or folder. Give pages, or folders of them.")
        for page in _pages_in(path) if is_folder(path) else [path]:
            found.setdefault(page.resolve(), page)
    if not found:
        raise UsageError(
            f"{', '.join(map(str, paths))}: no pages found ({', '.join(ENDINGS)}). A file with "
            "another ending is read where you name it."
        )
    return sorted(found.values(), key=lambda page: page.as_posix())


def _pages_in(folder: Path) -> Iterator[Path]:
    from votewire.press.feeds import FEED_ENDINGS

    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            page = Path(root, name)
            if name.startswith(".") or not is_file(page):
                continue
            ending = page.suffix.lower()
            if ending in ENDINGS or (ending in FEED_ENDINGS and _is_feed(page)):
                yield page


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """What is told of each page: a counter on stderr, on a terminal alone."""
    terminal = sys.stderr.isatty()

    def told(done: int, total: int) -> None:
        if terminal:
            typer.echo(f"\rchecking: {done:,} of {total:,} pages ", nl=False, err=True)

    try:
        yield told
    finally:
        if terminal:
            typer.echo("\r\x1b[K", nl=False, err=True)


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    """Failures of the checker go to the log file meanwhile; it is made with the first of them."""
    import logging  # 14 ms, which `votewire --help` need not take

    class LogFile(logging.FileHandler):
        def emit(self, record: logging.LogRecord) -> None:
            with suppress(OSError):  # a log that cannot be written stops nothing
                path.parent.mkdir(parents=True, exist_ok=True)
                super().emit(record)

    handler = LogFile(path, encoding="utf-8", delay=True)
    handler.setLevel(logging.ERROR)
    logger = logging.getLogger("votewire")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


def _tell_failures(batch: Batch, log: Path, out: Path) -> None:
    if batch.damaged:
        what = "a line was" if batch.damaged == 1 else f"{batch.damaged:,} lines were"
        tell(f"votewire: {out}.journal: {what} cut off or changed; its pages were checked anew.")
    for page, why in batch.failed[:_LISTED]:
        tell(f"votewire: {page}: {why}")
    if len(batch.failed) > _LISTED:
        more = len(batch.failed) - _LISTED
        tell(f"votewire: and {more:,} pages more; the table says why.")
    if batch.statuses.get("error"):
        tell(f"votewire: failures are in {log} too; please report them.")


def _summary(batch: Batch, out: Path) -> list[str]:
    from votewire.check import Verdict

    statuses = {
        "with claims": batch.statuses.get("ok", 0),
        "without": batch.statuses.get("no_claims", 0),
        "withheld": batch.statuses.get("withheld", 0),
        "unreadable": batch.statuses.get("unreadable", 0),
        "given up": batch.statuses.get("given_up", 0),
        "not checked": batch.statuses.get("error", 0),
    }
    verdicts = {v.replace("_", " "): batch.verdicts.get(v, 0) for v in Verdict}
    lines = [_counted(batch.pages, "page", statuses)]
    if batch.resumed:
        lines.append(f"{batch.resumed:,} of them were checked by an earlier run.")
    lines.append(_counted(sum(verdicts.values()), "claim", verdicts))
    lines += [f"contradicted: {page}" for page in batch.contradicted[:_LISTED]]
    if len(batch.contradicted) > _LISTED:
        lines.append(f"and {len(batch.contradicted) - _LISTED:,} pages more")
    rows = f"{batch.rows:,} row{'' if batch.rows == 1 else 's'}"
    ends = f"Record complete to {batch.complete_to}, {batch.record_hash[:12]}."
    return [*lines, f"{out}: {rows}. {ends}"]


def _counted(total: int, what: str, parts: dict[str, int]) -> str:
    told = ", ".join(f"{n:,} {name}" for name, n in parts.items() if n)
    return f"{total:,} {what}{'' if total == 1 else 's'}{': ' if told else ''}{told}."
