"""Many pages at once: what each came to, and the table that all of them make.

A result is plain values, so that it can be passed between processes and kept as a line of a
journal, with which a run that was ended goes on where it was. It depends on the page's bytes, the
record and the version of votewire, on nothing else.
"""

from __future__ import annotations

import hashlib
import json
import os
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from math import isnan
from typing import Any, BinaryIO

import polars as pl

from votewire import press
from votewire.check.checker import check
from votewire.check.report import Checked, Figure, Report
from votewire.errors import UnreadablePage
from votewire.record import Record
from votewire.record.tables import Column, Table

__all__ = [
    "RESULTS",
    "Journal",
    "PageResult",
    "PageSource",
    "Status",
    "check_source",
    "is_journal",
    "rows_of",
    "table_of",
]


class Status(StrEnum):
    """What became of a page."""

    OK = "ok"  # read, with claims
    NO_CLAIMS = "no_claims"  # read, and it says nothing of a vote
    WITHHELD = "withheld"  # an item taken back or held by its publisher: `error` says how
    UNREADABLE = "unreadable"  # not UTF-8, empty, too large, a broken feed, or a file that is gone
    GIVEN_UP = "given_up"  # it took longer than a page may
    ERROR = "error"  # the checker failed on it: a mistake of votewire's, not of the page's


_OPEN = (Status.GIVEN_UP, Status.ERROR)  # tried again by the next run
_TEXT = pl.String()

RESULTS = Table(
    name="results",
    meaning="One row for each claim of each page, and one for each page without claims.",
    key=("page", "claim"),
    columns=(
        Column(
            name="page",
            type=_TEXT,
            meaning="path of the page, as given or found in a folder; of an item of a feed the "
            "feed's path, # and the item's id",
        ),
        Column(
            name="sha256",
            type=_TEXT,
            nullable=True,
            meaning="SHA-256 of the bytes of the page, or of what the feed says in its item; none "
            "where they could not be read, or are too many",
        ),
        Column(
            name="status",
            type=_TEXT,
            meaning="ok, no_claims, withheld, unreadable, given_up or error",
        ),
        Column(
            name="error",
            type=_TEXT,
            nullable=True,
            meaning="why it is unreadable or was given up, or what failed",
        ),
        Column(
            name="published",
            type=_TEXT,
            nullable=True,
            meaning="when the page says it was published: ISO 8601, with offset where it gives one",
        ),
        Column(name="headline", type=_TEXT, nullable=True, meaning="the page's headline"),
        Column(
            name="claim",
            type=pl.Int32(),
            nullable=True,
            meaning="number of the claim on its page, from 1; none in the row of a page without "
            "claims, as in all columns to its right but the last",
        ),
        Column(
            name="actor", type=_TEXT, nullable=True, meaning="state code, G: and a group, or body"
        ),
        Column(name="action", type=_TEXT, nullable=True, meaning="what it is said to have done"),
        Column(
            name="chamber",
            type=_TEXT,
            nullable=True,
            meaning="GA, SC or another body; none where the page does not say",
        ),
        Column(
            name="rollcall",
            type=_TEXT,
            nullable=True,
            meaning="symbol of the rollcall that it was tied to, if any",
        ),
        Column(
            name="verdict",
            type=_TEXT,
            nullable=True,
            meaning="supported, contradicted, partly, measured, unclear, not_in_record or "
            "not_checkable",
        ),
        Column(name="reason", type=_TEXT, nullable=True, meaning="the verdict in a sentence"),
        Column(name="span", type=_TEXT, nullable=True, meaning="the words that say so"),
        Column(
            name="start",
            type=pl.Int32(),
            nullable=True,
            meaning="where they start: characters of the page's text",
        ),
        Column(name="where", type=_TEXT, nullable=True, meaning="headline, dek, caption or body"),
        Column(
            name="quoted",
            type=pl.Boolean(),
            nullable=True,
            meaning="inside somebody's quoted speech",
        ),
        Column(
            name="figures",
            type=_TEXT,
            nullable=True,
            meaning="of a measured claim, its figures: JSON, as in the report of one page",
        ),
        Column(name="record_hash", type=_TEXT, meaning="the record that it was checked against"),
    ),
)

_LONGEST = 500  # characters of a failure that the table repeats; the log has it all
_KEPT = ("status", "error", "published", "headline", "claims")
_MARK = b"votewire-journal "  # begins each line of a journal; nobody else's file begins so
_DIGITS = 32  # of a line's SHA-256, before what it is of
_OF_PAGE = ("page", "sha256", "status", "error", "published", "headline", "record_hash")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """A page to be checked. sha256: of its bytes; None where they are not all there.

    item: whether the bytes are a packed item of a feed, and no page.
    """

    name: str
    sha256: str | None
    source: bytes = b""
    item: bool = False

    @property
    def key(self) -> str:
        """What its result goes by: the content, or the name of a page whose content is unknown."""
        return self.sha256 or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class PageResult:
    """What one page came to.

    claims: their columns of the table, in page order. trace: where the checker failed, for a log;
    no part of a journal.
    """

    status: Status
    error: str | None = None
    published: str | None = None
    headline: str | None = None
    claims: tuple[dict[str, Any], ...] = ()
    trace: str | None = None


def check_source(source: bytes, record: Record, *, item: bool = False) -> PageResult:
    """The result of one page from its bytes; whatever the page, and whatever fails, a result.

    item: the bytes are a packed item of a feed.
    """
    try:
        article = _article(source, item=item)
        if article.status:
            return _held_back(article)
        report = check(article, record)
    except UnreadablePage as error:
        return PageResult(status=Status.UNREADABLE, error=str(error))
    except Exception as error:  # noqa: BLE001 - one page must not stop the others
        return PageResult(
            status=Status.ERROR,
            error=traceback.format_exception_only(error)[-1].strip()[:_LONGEST],
            trace=traceback.format_exc(),
        )
    return _result(report)


def _held_back(article: press.Article) -> PageResult:
    """An item that its publisher took back or holds: said so, and given no verdicts."""
    data = article.metadata
    return PageResult(
        status=Status.WITHHELD,
        error=article.status,
        published=data.published.isoformat(timespec="minutes") if data.published else None,
        headline=data.headline,
    )


def _article(source: bytes, *, item: bool) -> press.Article:
    if not item:
        return press.read(source, name="the page", quotes=False)
    from votewire.press.feeds_items import read_item

    return read_item(source)


def is_journal(begins: bytes) -> bool:
    """Whether a file that begins so is a journal, or one of which nothing much was written yet."""
    return begins.startswith(_MARK) or _MARK.startswith(begins)


class Journal:
    """The results of a run so far, a line each, in a file opened for appending and reading.

    A line is JSON with its checksum before it. It counts for one version of votewire and one
    record; others are passed over, and so is one that is not what was written: torn when its run
    was killed, or changed since. damaged: how many of these were passed over at the last reading.
    """

    def __init__(self, file: BinaryIO, *, record_hash: str, version: str) -> None:
        self.damaged = 0
        self._file = file
        self._made_with = {"version": version, "record_hash": record_hash}
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # what comes next must not be lost with the torn line
                file.write(b"\n")

    def add(self, page: PageSource, result: PageResult) -> None:
        """Appends the result of a page and flushes it."""
        of_result = {name: getattr(result, name) for name in _KEPT}
        values = {**self._made_with, "page": page.name, "sha256": page.sha256, **of_result}
        # Metadata may hold halves of characters (a JSON escape of its own), which no table can.
        told = json.dumps(values, ensure_ascii=False).encode("utf-8", "replace")
        self._file.write(_MARK + _checksum(told) + b" " + told + b"\n")
        self._file.flush()

    def settled(self) -> set[str]:
        """Keys of the pages that need not be checked again: their bytes were read, and answered."""
        return {
            values["sha256"]
            for _, values in self._lines()
            if values["sha256"] is not None and values["status"] not in _OPEN
        }

    def places(self) -> dict[str, int]:
        """Where the last line of each key starts, for `at`."""
        return {v["sha256"] or v["page"]: start for start, v in self._lines()}

    def at(self, start: int) -> dict[str, Any]:
        """The values of the line that starts there."""
        self._file.seek(start)
        values: dict[str, Any] = json.loads(_verified(self._file.readline()) or b"{}")
        return values

    def _lines(self) -> Iterator[tuple[int, dict[str, Any]]]:
        start = self._file.seek(0)
        self.damaged = 0
        for line in self._file:
            told = _verified(line)
            if told is None:
                self.damaged += 1
            else:
                values = json.loads(told)
                if values.items() >= self._made_with.items():
                    yield start, values
            start += len(line)


def _checksum(told: bytes) -> bytes:
    return hashlib.sha256(told).hexdigest()[:_DIGITS].encode()


def _verified(line: bytes) -> bytes | None:
    """What a line of a journal tells; None where it is not what was written."""
    if not line.startswith(_MARK):
        return None
    checksum, _, told = line.removeprefix(_MARK).rstrip(b"\n").partition(b" ")
    return told if checksum == _checksum(told) else None


def rows_of(values: dict[str, Any], *, page: str) -> list[dict[str, Any]]:
    """A line's rows of the table, under a page's name: one a claim, or one in all.

    page: two pages with the same bytes share a line, and each has rows of its own.
    """
    common = {**{name: values[name] for name in _OF_PAGE}, "page": page}
    numbered = enumerate(values["claims"], start=1)
    return [{**common, "claim": number, **claim} for number, claim in numbered] or [common]


def table_of(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with the columns of RESULTS."""
    return RESULTS.check(pl.DataFrame(list(rows), schema=RESULTS.schema))


def _result(report: Report) -> PageResult:
    data = report.article.metadata
    return PageResult(
        status=Status.OK if report.checked else Status.NO_CLAIMS,
        published=data.published.isoformat(timespec="minutes") if data.published else None,
        headline=data.headline,
        claims=tuple(_claim(item) for item in report.checked),
    )


def _claim(item: Checked) -> dict[str, Any]:
    claim = item.claim
    return {
        "actor": claim.actor,
        "action": claim.action,
        "chamber": claim.reference.chamber,
        "rollcall": item.rollcall,
        "verdict": item.verdict.value,
        "reason": item.reason,
        "span": claim.span,
        "start": claim.start,
        "where": claim.where,
        "quoted": claim.quoted,
        "figures": _figures([*item.figures, *(move.figure for move in item.moves)]),
    }


def _figures(figures: Sequence[Figure]) -> str | None:
    if not figures:
        return None
    told = [
        {
            name: None if isinstance(value, float) and isnan(value) else value
            for name, value in asdict(figure).items()
        }
        for figure in figures
    ]
    return json.dumps(told, ensure_ascii=False)
