"""Answers kept ready: what was made once is sent again, packed or as "not modified".

A page follows from the record, the code and its address alone, so its ETag is made of these, and
what is public is kept as long as there is room. The least recently asked goes first.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from votewire.web.templating import digest

__all__ = ["Kept"]

_ROOM = 48 * 1024 * 1024  # bytes of answers kept in a process
_LARGEST = 4 * 1024 * 1024
_WORTH = 500  # bytes from which an answer is packed
_PACKED = ("text/", "application/json", "image/svg", "application/problem")

Key = tuple[bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    packed: bytes | None


class Kept:
    """ASGI middleware that keeps public answers to GET, tags them, and packs what is text."""

    def __init__(self, app: ASGIApp, *, version: str) -> None:
        self._app = app
        self._version = f"{version} {digest()}".encode()
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        key = scope["path"].encode("utf-8", "surrogatepass"), scope["query_string"]
        found = self._answers.get(key)
        if found is None:
            found = await self._made(key, scope, receive, send)
        else:
            with self._lock:
                if key in self._answers:
                    self._answers.move_to_end(key)
        if found is not None:
            await _sent(found, scope, send)

    async def _made(self, key: Key, scope: Scope, receive: Receive, send: Send) -> _Answer | None:
        """The answer, if it is one to keep; any other is sent on as it comes."""
        begun: Message | None = None
        parts: list[bytes] = []

        async def caught(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                if _public(message):
                    begun = message
                    return
            elif begun is not None:
                parts.append(message.get("body", b""))
                return
            await send(message)

        asked = dict(scope, method="GET")
        await self._app(asked if scope["method"] == "HEAD" else scope, receive, caught)
        if begun is None:
            return None
        answer = self._tagged(key, begun, b"".join(parts))
        self._keep(key, answer)
        return answer

    def _tagged(self, key: Key, begun: Message, body: bytes) -> _Answer:
        headers = MutableHeaders(raw=list(begun["headers"]))
        tag = hashlib.sha256(b"\0".join((self._version, *key))).hexdigest()[:24]
        headers["ETag"] = f'W/"{tag}"'
        headers["Vary"] = "Accept-Encoding"
        kind = headers.get("content-type", "")
        packs = kind.startswith(_PACKED) and len(body) >= _WORTH
        packed = gzip.compress(body, 6, mtime=0) if packs else None
        return _Answer(headers.raw, body, packed)

    def _keep(self, key: Key, answer: _Answer) -> None:
        size = len(answer.body) + len(answer.packed or b"")
        if size > _LARGEST:
            return
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = answer
            self._size += size
            while self._size > _ROOM:
                _, gone = self._answers.popitem(last=False)
                self._size -= len(gone.body) + len(gone.packed or b"")


def _public(message: Message) -> bool:
    control = Headers(raw=message["headers"]).get("cache-control", "")
    return message["status"] == 200 and control.startswith("public")


async def _sent(answer: _Answer, scope: Scope, send: Send) -> None:
    asked = Headers(scope=scope)
    headers = MutableHeaders(raw=list(answer.headers))
    if _matches(asked.get("if-none-match", ""), headers["ETag"]):
        for name in ("content-length", "content-type"):
            del headers[name]
        await send({"type": "http.response.start", "status": 304, "headers": headers.raw})
        await send({"type": "http.response.body", "body": b""})
        return
    body = answer.body
    if answer.packed is not None and "gzip" in asked.get("accept-encoding", ""):
        body = answer.packed
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _matches(asked: str, tag: str) -> bool:
    """Whether one of the tags asked about is this one (weak comparison, RFC 9110)."""
    tags = [part.strip().removeprefix("W/") for part in asked.split(",")]
    return asked.strip() == "*" or tag.removeprefix("W/") in tags
