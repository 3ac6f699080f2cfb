"""Read, open, add: the record, a user's layer of it, and one page against them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from votewire import files
from votewire.config import Settings
from votewire.errors import SourceError, UnreadablePage, UsageError
from votewire.record import Record, open_record
from votewire.states.bounds import is_possible

if TYPE_CHECKING:
    from votewire.check import Report
    from votewire.press import Article
    from votewire.record.layer import Added, Layer
    from votewire.record.readers.result import ReadResult

__all__ = [
    "add_files",
    "check_page",
    "judge",
    "open_record",
    "open_with_layer",
    "user_layer",
]

# Bytes of a source file. The largest, the Digital Library's of the Assembly, has 360 million.
_LARGEST = 1024 * 1024 * 1024


def check_page(
    source: bytes,
    record: Record,
    *,
    name: str = "page",
    published: date | None = None,
    longest: int | None = None,
) -> Report:
    """The report on one news page: its bytes (text or HTML, UTF-8) against a record.

    published: the day from which "on Monday" counts, where the page states none itself; one that
    no page can be of is none. longest: the most characters of text that are checked. Raises
    UnreadablePage where the bytes are no such page, or a longer one, and UnreadLanguage for a page
    in a language that is not read.
    """
    from votewire import check, press

    article = press.read_page(source, name=name)
    if longest is not None and len(article.text) > longest:
        raise UnreadablePage(
            f"{name} has {len(article.text):,} characters of text, {longest:,} are the most. "
            "Give the article alone."
        )
    press.refuse_unread(article.lang)
    undated = (
        press.article_date(article.metadata) is None
        or article.metadata.published_from == "inferred"
    )
    if published is not None and undated and is_possible(published):
        article = _dated(article, published)
    return check.check(press.with_claims(article), record)


def judge(claims: Any, record: Record, *, name: str = "the claims") -> Report:
    """The report on claims from any reader: the same verdicts by the same rules as of a page.

    claims: the bytes of a JSON document, or what it holds: an object of the schema, or a list of
    its claims (docs/reference/claims.md). Raises UnreadableClaims.
    """
    from votewire.check import check
    from votewire.check.sheet import read_sheet, sheet_of

    if isinstance(claims, bytes):
        return check(read_sheet(claims, name=name), record)
    return check(sheet_of(claims, name=name), record)


def _dated(article: Article, published: date) -> Article:
    """An article that names no day of its own, with the day that it is said to be of."""
    stated = replace(
        article.metadata,
        published=datetime.combine(published, time()),
        published_from="given",
    )
    noted = [note for note in article.warnings if not note.startswith("no publication date")]
    noted.append(f"no publication date on the page; relative days count from {published}, as given")
    return replace(article, metadata=stated, warnings=tuple(noted))


def user_layer(settings: Settings) -> Layer:
    """The user's own additions to the record."""
    from votewire.record.layer import Layer

    return Layer(settings.layer_dir)


def open_with_layer(settings: Settings) -> Record:
    """The record in force: the shipped or named one, with the user's additions laid over it."""
    record = open_record(settings.record)
    additions = [] if files.is_absent(settings.layer_dir) else user_layer(settings).load()
    if not additions:
        return record
    from votewire.record.overlay import overlay

    named = [
        (f"own:{entry.sequence}:{entry.source_name}", rollcall)
        for entry, rollcalls in additions
        for rollcall in rollcalls
    ]
    return overlay(record, named, [entry.sha256 for entry, _ in additions])


def add_files(
    paths: Sequence[Path], settings: Settings, *, today: date, skip_broken: bool = False
) -> Added:
    """Reads source files that belong together and adds their rollcalls to the user's layer.

    What the record already has cast for cast counts as repeated and is not stored.
    skip_broken: leave out rollcalls that break an invariant, listed in the result's problems,
    instead of refusing the whole. Raises SourceError (or one of its kinds) where a file is not what
    a reader knows or holds a broken rollcall, and LessThanStored where it brings less than is
    there; nothing is changed then.
    """
    from votewire.record.overlay import known_casts, says_the_same

    sources = [(_name(path), _source(path)) for path in paths]
    record = open_record(settings.record)
    result, repeated = _read_sources(sources, record, skip_broken=skip_broken)
    fresh = tuple(r for r in result.rollcalls if not says_the_same(record, r))
    digest = hashlib.sha256(b"".join(source for _, source in sources)).hexdigest()
    added = user_layer(settings).add(
        replace(result, rollcalls=fresh),
        source_name=" ".join(name for name, _ in sources),
        sha256=digest,
        read_on=today,
        known=partial(known_casts, record),
    )
    repeated += added.repeated + len(result.rollcalls) - len(fresh)
    return replace(added, repeated=repeated)


def _read_sources(
    sources: Sequence[tuple[str, bytes]], record: Record, *, skip_broken: bool
) -> tuple[ReadResult, int]:
    """What the files bring, and how many rollcalls more they have that the record has already."""
    from votewire.press.coverage import is_coverage
    from votewire.record.readers import detect

    if len(sources) == 1 and is_coverage(sources[0][1]):
        return _read_coverage(*sources[0], record, skip_broken=skip_broken)
    result = detect.read_files(sources)
    if result.problems and not skip_broken:
        raise SourceError(_broken(sources[0][0], result))
    return result, 0


def _read_coverage(
    name: str, source: bytes, record: Record, *, skip_broken: bool
) -> tuple[ReadResult, int]:
    """The rollcalls of a page of the UN's meetings coverage."""
    from votewire.check.covering import coverage_rolls
    from votewire.press.coverage import read_coverage
    from votewire.record.readers.result import ReadResult

    page = read_coverage(source, name=name)
    covered = coverage_rolls(page, record, name=name, skip_broken=skip_broken)
    return ReadResult(rollcalls=covered.rollcalls, problems=covered.left_out), covered.known


def _broken(name: str, result: ReadResult) -> str:
    first = result.problems[0]
    broken, total = len(result.problems), len(result.problems) + len(result.rollcalls)
    return (
        f"{name}: {broken} of {total} rollcalls cannot be stored; "
        f"{first.symbol or first.source_key}: {first.reason.rstrip('.')}. Nothing was stored; "
        "--skip-broken stores the others."
    )


def _name(path: Path) -> str:
    """A file's name as text; bytes of it that are none are escaped."""
    return path.name.encode("utf-8", "backslashreplace").decode()


def _source(path: Path) -> bytes:
    try:
        source = files.read(path, _LARGEST + 1)
    except FileNotFoundError:
        raise UsageError(f"{path}: no such file. Give the path of a source file.") from None
    except IsADirectoryError:
        raise UsageError(f"{path}: this is a folder. Give the files in it.") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from None
    if len(source) > _LARGEST:
        raise UsageError(f"{path}: over {_LARGEST >> 20:,} MiB. Give a part of it at a time.")
    return source
