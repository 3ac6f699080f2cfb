"""Checked pages to which somebody asked for a permanent link: one SQLite file, known by hashes.

The file holds hashes of the token that finds a page, of the key that deletes it and of the address
that asked, this one under a key of the file's own. A link ends on its day: the page goes, and the
day is kept for a while, so that the link can say so.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from votewire import files
from votewire.config import Settings
from votewire.errors import LinksUnreadable, NoRoom

__all__ = ["KeptPage", "Link", "Links", "Secrets", "id_of"]

_FILE = "links.sqlite"
_BYTES = 24  # of a token and of a key, at random
_SHARE = 10  # one address may fill a tenth of the store
_PATIENCE = 5.0  # seconds to wait for another process that writes
_YEAR = timedelta(days=365)  # that a cited link is kept on, and that an ended one is remembered
_ID = 12  # digits of a hash by which a page is named in a list
_SCHEMA = """
CREATE TABLE IF NOT EXISTS links (
    token TEXT PRIMARY KEY, key TEXT NOT NULL, asker TEXT NOT NULL, kept_on TEXT NOT NULL,
    until TEXT, record TEXT NOT NULL, published TEXT, cited TEXT, size INTEGER NOT NULL,
    source BLOB
);
CREATE TABLE IF NOT EXISTS secret (value BLOB NOT NULL);
"""
_ADD = "INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What finds a page and what deletes it; they are nowhere else. until: when the link ends."""

    token: str
    key: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as it was pasted. record: hash of the record that it was first checked against.

    until: the last day of its link, None if it has none. source: None once that is past. cited: the
    address of who cites it.
    """

    source: bytes | None
    published: date | None
    kept_on: date
    record: str
    until: date | None
    cited: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as an operator sees it. id: the first digits of the token's hash.

    asker: digits that are the same for pages of one address. size: bytes, 0 once it has ended.
    """

    id: str
    kept_on: date
    until: date | None
    size: int
    asker: str
    cited: str | None


class Links:
    """The pages kept below a folder, so many and so many bytes at most."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.checks_dir
        self._file = settings.checks_dir / _FILE
        self._most = settings.links_kept
        self._room = settings.links_bytes
        self._days = settings.links_days

    @property
    def offered(self) -> bool:
        """Whether pages are kept at all."""
        return self._most > 0

    def keep(
        self, source: bytes, published: date | None, record: str, *, asker: str, today: date
    ) -> Secrets:
        """What finds and deletes a page that is now kept.

        asker: the address that asks. Raises NoRoom where the store is full, the address has filled
        its share of it, or the disk is full.
        """
        made = Secrets(
            token=secrets.token_urlsafe(_BYTES),
            key=secrets.token_urlsafe(_BYTES),
            until=today + timedelta(days=self._days) if self._days else None,
        )
        with self._writing() as store:
            _sweep(store, today)
            who = hmac.new(_secret(store), asker.encode(), hashlib.sha256).hexdigest()
            self._make_room(store, who, len(source))
            held = (_hash(made.token), _hash(made.key), who, today.isoformat(), _iso(made.until))
            about = (record, _iso(published), None, len(source), source)
            store.execute(_ADD, (*held, *about))
        return made

    def found(self, token: str, today: date) -> KeptPage | None:
        """The page of a token; without its source where its link has ended, None if it has none."""
        row = self._row(token)
        if row is None:
            return None
        ended = row["until"] is not None and row["until"] < today.isoformat()
        return KeptPage(
            source=None if ended else row["source"],
            published=_day(row["published"]),
            kept_on=date.fromisoformat(row["kept_on"]),
            record=row["record"],
            until=_day(row["until"]),
            cited=row["cited"],
        )

    def opens(self, token: str, key: str) -> bool:
        """Whether the key is that of the token's page."""
        row = self._row(token)
        return row is not None and hmac.compare_digest(row["key"], _hash(key))

    def forget(self, token: str) -> None:
        """Deletes the page of a token."""
        with self._writing() as store:
            store.execute("DELETE FROM links WHERE token = ?", (_hash(token),))

    def extend(self, token: str, *, cited: str, today: date) -> date | None:
        """The last day of a link that something cites: a year from now, or later if it was so."""
        with self._writing() as store:
            store.execute(
                "UPDATE links SET cited = ?, until = max(until, ?) WHERE token = ? AND source "
                "IS NOT NULL",
                (cited, (today + _YEAR).isoformat(), _hash(token)),
            )
        found = self.found(token, today)
        return None if found is None else found.until

    def sweep(self, today: date) -> None:
        """Deletes the pages whose links have ended."""
        if not files.is_absent(self._file):
            with self._writing() as store:
                _sweep(store, today)

    def listed(self) -> list[Link]:
        """Every link, the newest first."""
        if files.is_absent(self._file):
            return []
        with self._reading() as store:
            rows = store.execute(
                "SELECT token, kept_on, until, size, asker, cited FROM links "
                "ORDER BY kept_on DESC, token"
            ).fetchall()
        return [
            Link(
                id=row["token"][:_ID],
                kept_on=date.fromisoformat(row["kept_on"]),
                until=_day(row["until"]),
                size=row["size"],
                asker=row["asker"][:_ID],
                cited=row["cited"],
            )
            for row in rows
        ]

    def drop(self, ids: Iterable[str]) -> int:
        """How many of these links were there, and are deleted now."""
        if files.is_absent(self._file):
            return 0
        with self._writing() as store:
            found = [
                store.execute("DELETE FROM links WHERE substr(token, 1, ?) = ?", (_ID, each))
                for each in ids
            ]
            return sum(each.rowcount for each in found)

    def _row(self, token: str) -> sqlite3.Row | None:
        if files.is_absent(self._file):
            return None
        with self._reading() as store:
            found = store.execute("SELECT * FROM links WHERE token = ?", (_hash(token),))
            row: sqlite3.Row | None = found.fetchone()
            return row

    def _make_room(self, store: sqlite3.Connection, asker: str, size: int) -> None:
        """Raises NoRoom where the store, or an address's share of it, is full for so many bytes."""
        held = "SELECT count(*), coalesce(sum(size), 0) FROM links WHERE source IS NOT NULL"
        pages, taken = store.execute(held).fetchone()
        if pages >= self._most or taken + size > self._room:
            raise NoRoom(
                f"There is no room for another permanent link: {pages:,} pages are kept. Take the "
                "check as a file."
            )
        own, taken = store.execute(f"{held} AND asker = ?", (asker,)).fetchone()
        if own and (own >= self._most // _SHARE or taken + size > self._room // _SHARE):
            raise NoRoom(
                f"This address keeps {own:,} pages already, its share of this site's room. Delete "
                "one that you no longer need, or take the check as a file."
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The file, for one change: made whole or not at all.

        Raises NoRoom where the disk does not take it, LinksUnreadable where the file is damaged.
        """
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite gives its other files the rights of this one.
            os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
            with self._open() as store:
                store.executescript(_SCHEMA)
                store.execute("BEGIN IMMEDIATE")
                yield store
                store.execute("COMMIT")
        except (OSError, sqlite3.OperationalError) as error:
            why = (
                getattr(error, "strerror", None) or error
            )  # without the path, which visitors need not know
            raise NoRoom(
                f"The page cannot be kept: this site's disk does not take it ({why}). Take the "
                "check as a file."
            ) from error
        except sqlite3.Error as error:
            raise LinksUnreadable(self._file.name, error) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The file, to be read. Raises LinksUnreadable where it cannot be."""
        try:
            with self._open() as store:
                yield store
        except (OSError, sqlite3.Error) as error:
            raise LinksUnreadable(self._file.name, error) from error

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)) as store:
            store.row_factory = sqlite3.Row
            store.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file
            yield store


def id_of(token: str) -> str:
    """What a list calls the page of a token."""
    return _hash(token)[:_ID]


def _sweep(store: sqlite3.Connection, today: date) -> None:
    """Deletes the pages whose links have ended, and after a year the day on which they did."""
    store.execute("UPDATE links SET source = NULL, size = 0 WHERE until < ?", (today.isoformat(),))
    store.execute("DELETE FROM links WHERE until < ?", ((today - _YEAR).isoformat(),))


def _secret(store: sqlite3.Connection) -> bytes:
    """The key under which addresses are hashed; made with the file."""
    row = store.execute("SELECT value FROM secret").fetchone()
    if row is None:
        store.execute("INSERT INTO secret VALUES (?)", (secrets.token_bytes(32),))
        row = store.execute("SELECT value FROM secret").fetchone()
    return bytes(row["value"])


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
