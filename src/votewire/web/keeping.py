"""Answers kept ready: what was made once is sent again, packed or as "not modified".

A page follows from the record, the code and its address alone, so its ETag is made of these, and
what is public is kept as long as there is room. The least recently asked goes first; pages that
everybody opens are kept apart, and no other takes their room. Of several who ask at once for an
answer that is not there, one has it made and the others wait for it.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from votewire.web.clients import client_of
from votewire.web.faults import answered
from votewire.web.templating import digest

__all__ = ["Answers", "Kept", "Made"]

_ROOM = 48 * 1024 * 1024  # bytes of answers kept in a process
_MOST = 20_000  # answers, each of which takes room beside its bytes
_SHARE = 32  # the largest answer takes so small a part of the room
_LARGEST = 4 * 1024 * 1024  # of those that are kept apart
_LONGEST_KEY = 1000  # bytes of an address that is asked often enough to be kept
_PIECE = 64 * 1024  # bytes that are handed to the server at once
_SENDING = 32  # answers of more than a piece that one address is sent at once
_WORTH = 500  # bytes from which an answer is packed
_LONG = 128 * 1024  # bytes whose packing others need not wait for
_PACKED = ("text/", "application/json", "image/svg", "application/ld+json")

Key = tuple[bytes, bytes, bytes]


@dataclass(frozen=True, slots=True)
class _Answer:
    headers: list[tuple[bytes, bytes]]
    body: bytes
    packed: bytes | None

    @property
    def size(self) -> int:
        around = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.body) + len(self.packed or b"") + around


class Answers:
    """The answers that a process keeps: so many, and so many bytes.

    always: paths whose answers stay, beside these, where nothing is asked of the page but itself.
    """

    def __init__(
        self,
        *,
        version: str,
        room: int = _ROOM,
        most: int = _MOST,
        always: Collection[str] = (),
    ) -> None:
        self.version = f"{version} {digest()}".encode()
        self._room, self._most = room, most
        self._always = frozenset(path.encode() for path in always)
        self._apart: dict[Key, _Answer] = {}
        self._answers: OrderedDict[Key, _Answer] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def found(self, key: Key) -> _Answer | None:
        """The answer of an address; None where there is none."""
        with self._lock:
            if key in self._apart:
                return self._apart[key]
            found = self._answers.get(key)
            if found is not None:
                self._answers.move_to_end(key)
            return found

    def keep(self, key: Key, answer: _Answer) -> None:
        """Keeps an answer, where it is not too large; those asked for longest ago go."""
        apart = key[1] in self._always and not key[2]
        largest = _LARGEST if apart else self._room // _SHARE
        if answer.size > largest or sum(map(len, key)) > _LONGEST_KEY:
            return
        with self._lock:
            if apart:
                self._apart[key] = answer
                return
            if key in self._answers:
                return
            self._answers[key] = answer
            self._size += answer.size
            while self._size > self._room or len(self._answers) > self._most:
                _, gone = self._answers.popitem(last=False)
                self._size -= gone.size


class Kept:
    """ASGI middleware that sends answers that are kept, before anybody has to wait for a turn.

    proxies: see `client_of`. One address is sent so many large answers at once.
    """

    def __init__(self, app: ASGIApp, *, answers: Answers, proxies: int = 0) -> None:
        self._app = app
        self._answers = answers
        self._proxies = proxies
        self._sending: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        found = self._answers.found(_key(scope)) if _reads(scope) else None
        if found is None:
            await self._app(scope, receive, send)
        elif len(found.body) <= _PIECE:
            await _sent(found, scope, send)
        else:
            await self._sent_large(found, scope, receive, send)

    async def _sent_large(self, found: _Answer, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_of(scope, self._proxies)
        if self._sending[client] >= _SENDING:
            why = f"This address reads {_SENDING} large answers already. Wait for one."
            refusal = answered(Request(scope), 429, why)
            refusal.headers["Retry-After"] = "3"
            await refusal(scope, receive, send)
            return
        self._sending[client] += 1
        try:
            await _sent(found, scope, send)
        finally:
            self._sending[client] -= 1
            if not self._sending[client]:
                del self._sending[client]


class Made:
    """ASGI middleware that has public answers to GET made once, tagged, packed and kept.

    Within a turn: who asks for what another is having made waits in a turn of their own, not for
    the other's to come.
    """

    def __init__(self, app: ASGIApp, *, answers: Answers) -> None:
        self._app = app
        self._answers = answers
        self._making: dict[Key, Future[_Answer | None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if not _reads(scope):
            await self._app(scope, receive, send)
            return
        key = _key(scope)
        found = self._answers.found(key) or await self._made_once(key, scope, receive, send)
        if found is not None:
            await _sent(found, scope, send)

    async def _made_once(
        self, key: Key, scope: Scope, receive: Receive, send: Send
    ) -> _Answer | None:
        """The answer, made here or by who asked before; None where it was sent on, not to keep."""
        waited = self._making.get(key)
        if waited is not None:
            found = await asyncio.shield(asyncio.wrap_future(waited))
            return found or await self._made(key, scope, receive, send)
        making: Future[_Answer | None] = Future()
        self._making[key] = making
        found = None

        def told() -> None:
            if not making.done():
                del self._making[key]
                making.set_result(found)

        try:
            found = await self._made(key, scope, receive, send, passed=told)
            return found
        finally:
            told()

    async def _made(
        self,
        key: Key,
        scope: Scope,
        receive: Receive,
        send: Send,
        passed: Callable[[], None] | None = None,
    ) -> _Answer | None:
        """The answer, if it is one to keep; any other is sent on as it comes.

        passed: called before such another is sent, since who reads it may be slow.
        """
        begun: Message | None = None
        parts: list[bytes] = []
        silent = scope["method"] == "HEAD"

        async def caught(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                if _public(message):
                    begun = message
                    return
                if passed is not None:
                    passed()
            elif begun is not None:
                parts.append(message.get("body", b""))
                return
            elif silent:
                message = dict(message, body=b"")
            await send(message)

        await self._app(dict(scope, method="GET") if silent else scope, receive, caught)
        if begun is None:
            return None
        answer = await self._tagged(key, begun, b"".join(parts))
        self._answers.keep(key, answer)
        return answer

    async def _tagged(self, key: Key, begun: Message, body: bytes) -> _Answer:
        headers = MutableHeaders(raw=list(begun["headers"]))
        tag = hashlib.sha256(b"\0".join((self._answers.version, *key))).hexdigest()[:24]
        headers["ETag"] = f'W/"{tag}"'
        headers.add_vary_header("Accept-Encoding")
        # Said to all: a shared store must not keep an answer that other sites' scripts cannot read.
        headers["Access-Control-Allow-Origin"] = "*"
        kind = headers.get("content-type", "")
        packed = None
        if kind.startswith(_PACKED) and len(body) >= _WORTH:
            long = len(body) >= _LONG
            packed = await run_in_threadpool(_pack, body) if long else _pack(body)
        return _Answer(headers.raw, body, packed)


def _reads(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in ("GET", "HEAD")


def _key(scope: Scope) -> Key:
    lang: str = scope.get("state", {}).get("lang", "")
    path: str = scope["path"]
    return lang.encode(), path.encode("utf-8", "surrogatepass"), scope["query_string"]


def _pack(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


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
    if answer.packed is not None and _unpacks(asked.get("accept-encoding", "")):
        body = answer.packed
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    await send({"type": "http.response.start", "status": 200, "headers": headers.raw})
    await _in_pieces(b"" if scope["method"] == "HEAD" else body, send)


async def _in_pieces(body: bytes, send: Send) -> None:
    """Sends a body a piece at a time, and lets others have theirs between two.

    Of who does not read, the server then holds one piece, not all.
    """
    for at in range(0, len(body) or 1, _PIECE):
        part, more = body[at : at + _PIECE], at + _PIECE < len(body)
        await send({"type": "http.response.body", "body": part, "more_body": more})
        if more:
            await asyncio.sleep(0)


def _matches(asked: str, tag: str) -> bool:
    """Whether one of the tags asked about is this one (weak comparison, RFC 9110)."""
    tags = [part.strip().removeprefix("W/") for part in asked.split(",")]
    return asked.strip() == "*" or tag.removeprefix("W/") in tags


def _unpacks(accepted: str) -> bool:
    """Whether gzip is among what is accepted, and not as the refusal `gzip;q=0`."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "").removeprefix("q=") or "1"
    said = weights.get("gzip", weights.get("*", "0"))
    return said.strip("0.") != ""
