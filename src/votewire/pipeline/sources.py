"""The pages in files: a file is one page, or a feed with many; read one at a time."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from votewire import files
from votewire.errors import SourceError

if TYPE_CHECKING:
    from votewire.check.batch import PageResult, PageSource

__all__ = ["pages_in"]

_LONGEST = 300  # characters of an item's id that stay in the name of its row


def pages_in(
    path: Path, *, withheld: bool = False
) -> Iterator[tuple[PageSource, PageResult | None]]:
    """The pages in a file, each with why it cannot be read where that is known; a feed's in order.

    A file is a feed where its content says so. An item goes by "path#id"; of several with one id
    the later ones have a number after it. withheld: whether items that their publisher took back
    are to be checked as if they were published.
    """
    from votewire.press import MAX_BYTES
    from votewire.press.feeds import MAX_FEED_BYTES, SNIFFED, feed_kind

    try:
        source = files.read(path, MAX_FEED_BYTES + 1)
    except OSError as error:
        yield _unread(path, f"it cannot be read ({error.strerror})")
        return
    if feed_kind(source[:SNIFFED]) is not None:
        yield from _in_feed(path, source, withheld=withheld)
    else:
        whole = len(source) <= MAX_BYTES
        yield _page(path, source[: MAX_BYTES + 1], whole=whole), None


def _in_feed(
    path: Path, source: bytes, *, withheld: bool
) -> Iterator[tuple[PageSource, PageResult | None]]:
    from votewire.check.batch import PageSource
    from votewire.press.feeds import read_feed

    seen: Counter[str] = Counter()
    try:
        for item in read_feed(source, name="the feed"):
            packed = (replace(item, status=None) if withheld else item).packed()
            named = _escaped(f"{path.as_posix()}#{' '.join(item.id.split())[:_LONGEST]}")
            seen[named] += 1
            name = named if seen[named] == 1 else f"{named} ({seen[named]})"
            # Marked as an item, so that a page with the same bytes is another.
            sha256 = hashlib.sha256(b"item\0" + packed).hexdigest()
            yield PageSource(name=name, sha256=sha256, source=packed, item=True), None
    except SourceError as error:
        yield _unread(path, str(error))


def _page(path: Path, source: bytes, *, whole: bool) -> PageSource:
    """A page, at most a byte more than one may have."""
    from votewire.check.batch import PageSource

    sha256 = hashlib.sha256(source).hexdigest() if whole else None
    return PageSource(name=_escaped(path.as_posix()), sha256=sha256, source=source)


def _unread(path: Path, why: str) -> tuple[PageSource, PageResult]:
    from votewire.check.batch import PageResult, PageSource, Status

    page = PageSource(name=_escaped(path.as_posix()), sha256=None)
    return page, PageResult(status=Status.UNREADABLE, error=why)


def _escaped(name: str) -> str:
    """A name that is text everywhere: bytes of a file's name that are none are escaped."""
    return name.encode("utf-8", "backslashreplace").decode()
