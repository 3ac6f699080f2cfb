"""Pages that somebody asked to keep: one file each, found by its token, deleted by its key.

The file's name is the hash of the token, and the file holds the hash of the key: who reads the
folder has neither. When the store is full a page is refused; none is dropped for another.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Lock

from starlette.exceptions import HTTPException

from votewire.config import Settings

__all__ = ["KeptPage", "Links"]

_BYTES = 24  # of a token and of a key, at random
_ENDING = ".json"
_WRITING = Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPage:
    """A page as it was pasted. record: hash of the record that it was first checked against."""

    source: bytes
    published: date | None
    kept_on: date
    record: str


class Links:
    """The pages kept below a folder, so many and so many bytes at most."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.checks_dir
        self._most = settings.links_kept
        self._room = settings.links_bytes

    @property
    def offered(self) -> bool:
        """Whether the site keeps pages at all."""
        return self._most > 0

    def keep(self, source: bytes, published: date | None, record: str) -> tuple[str, str]:
        """The token and the key of a page that is now kept; they are nowhere else.

        Raises HTTPException 507 where there is no room for it.
        """
        token, key = secrets.token_urlsafe(_BYTES), secrets.token_urlsafe(_BYTES)
        held = {
            "key": _hash(key),
            "published": published and published.isoformat(),
            "kept_on": datetime.now(UTC).date().isoformat(),
            "record": record,
            "text": source.decode("utf-8"),
        }
        content = json.dumps(held, ensure_ascii=False).encode()
        with _WRITING:
            self._make_room(len(content))
            self._write(self._path(token), content)
        return token, key

    def found(self, token: str) -> KeptPage:
        """The page of a token. Raises HTTPException 404 where there is none."""
        held = self._held(token)
        return KeptPage(
            source=held["text"].encode(),
            published=date.fromisoformat(held["published"]) if held["published"] else None,
            kept_on=date.fromisoformat(held["kept_on"]),
            record=held["record"],
        )

    def forget(self, token: str, key: str) -> None:
        """Deletes a page. Raises HTTPException 404 where there is none, 403 for another key."""
        held = self._held(token)
        if not hmac.compare_digest(held["key"], _hash(key)):
            raise HTTPException(403, "This is not the key that deletes the page.")
        self._path(token).unlink(missing_ok=True)

    def _held(self, token: str) -> dict[str, str]:
        try:
            held: dict[str, str] = json.loads(self._path(token).read_bytes())
        except FileNotFoundError:
            raise HTTPException(
                404, "There is no checked page at this address; it may have been deleted."
            ) from None
        return held

    def _path(self, token: str) -> Path:
        return self._folder / (_hash(token) + _ENDING)

    def _make_room(self, size: int) -> None:
        """Makes the folder, and raises HTTPException 507 where it has no room for so many bytes."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.scandir(self._folder) as entries:
            sizes = [each.stat().st_size for each in entries if each.name.endswith(_ENDING)]
        if len(sizes) >= self._most or sum(sizes) + size > self._room:
            raise HTTPException(
                507,
                f"There is no room for another permanent link: {len(sizes):,} pages are kept. "
                "Delete one that you no longer need, or take the check as a file.",
            )

    def _write(self, path: Path, content: bytes) -> None:
        """Writes a file that only this user can read, whole or not at all."""
        beside = path.with_suffix(f".{os.getpid()}.part")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as f:
                f.write(content)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
