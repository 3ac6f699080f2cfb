"""How much one asker may ask: the size and time of a body, checks a minute, checks at once.

A thread that checks a page cannot be stopped, so its time is bounded beforehand: by the bytes of
the page and the characters of its text, in both of which a check takes linear time. Slow headers
are for the server, or the proxy before it, to cut off.
"""

from __future__ import annotations

import asyncio
import math
import threading
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from votewire.config import Settings
from votewire.press import MAX_BYTES
from votewire.web.faults import answered

__all__ = ["LONGEST", "Buckets", "Limited", "Turns", "client_of", "largest_page"]

LONGEST = 250_000  # characters of text in one check, the length of a novel's half
_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")
_AROUND = 64 * 1024  # bytes of a form around the page in it
_READING = 20.0  # seconds in which a body must have come
_IN_HAND = 8  # requests whose bodies are held at once
_AT_ONCE = 2  # checks that run at once in a process
_PATIENCE = 5.0  # seconds that a check waits for its turn
_A_CHECK = 128 * 1024  # bytes from which a page counts as two checks, and so on
_CLIENTS = 10_000  # addresses whose checks are counted


def largest_page(settings: Settings) -> int:
    """Bytes of the largest page that the site checks."""
    return min(settings.check_bytes, MAX_BYTES)


class Limited:
    """ASGI middleware that bounds the bodies of requests, and the checks of one address."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        # A form or JSON may need two bytes for one of the page.
        self._most = 2 * largest_page(settings) + _AROUND
        self._proxies = settings.proxies
        self._buckets = Buckets(settings.checks_per_minute)
        self._in_hand = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or not (_has_body(scope) or _is_check(scope)):
            await self._app(scope, receive, send)
            return
        try:
            await self._limited(scope, receive, send)
        except HTTPException as refusal:
            answer = answered(Request(scope), refusal.status_code, refusal.detail)
            answer.headers.update(refusal.headers or {})
            await answer(scope, receive, send)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        client = client_of(scope, self._proxies)
        if _is_check(scope):
            self._buckets.take(client)
        if self._in_hand >= _IN_HAND:
            raise _busy()
        self._in_hand += 1
        try:
            body = await _body(scope, receive, self._most) if _has_body(scope) else b""
            if _is_check(scope):
                self._buckets.owe(client, len(body) // _A_CHECK)
            await self._app(scope, _replayed(body, receive), send)
        finally:
            self._in_hand -= 1


class Buckets:
    """What each address has left of its checks; they come back evenly over a minute.

    rate: checks a minute, 0 for any number. clock: seconds, rising. The addresses that asked last
    are remembered, ten thousand of them.
    """

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._left)

    def take(self, client: str) -> None:
        """Takes one check. Raises HTTPException 429 where none is left."""
        left = self._now(client)
        if self._rate and left < 1:
            wait = math.ceil((1 - left) * 60 / self._rate)
            raise HTTPException(
                429,
                f"This address has used its {self._rate} checks a minute; large pages count for "
                f"more. Try again in {wait} seconds.",
                {"Retry-After": str(wait)},
            )
        self._put(client, left - 1)

    def owe(self, client: str, checks: int) -> None:
        """Takes further checks for a large page, to be waited for before the next."""
        if checks:
            self._put(client, self._now(client) - checks)

    def _now(self, client: str) -> float:
        left, since = self._left.get(client, (float(self._rate), self._clock()))
        return min(float(self._rate), left + (self._clock() - since) * self._rate / 60)

    def _put(self, client: str, left: float) -> None:
        if not self._rate:
            return
        self._left[client] = left, self._clock()
        self._left.move_to_end(client)
        while len(self._left) > _CLIENTS:
            self._left.popitem(last=False)


class Turns:
    """Lets so many checks of this process run at once; the others wait a few seconds."""

    def __init__(self, at_once: int = _AT_ONCE, patience: float = _PATIENCE) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._patience = patience

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A turn, for as long as the block runs. Raises HTTPException 503 where none comes."""
        until = time.monotonic() + self._patience
        while not self._free.acquire(blocking=False):
            if time.monotonic() >= until:
                raise _busy()
            await asyncio.sleep(0.02)
        try:
            yield
        finally:
            self._free.release()


def client_of(scope: Scope, proxies: int) -> str:
    """The address that asks: of the connection, or what so many trusted proxies say of it.

    Each proxy adds at the end of X-Forwarded-For whom it answers, so that the entry as far from the
    end as there are proxies is theirs, and all before it is anybody's word. Addresses of one IPv6
    network of 64 bits count as one.
    """
    peer = scope.get("client")
    found = peer[0] if peer else ""
    if proxies:
        said = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        found = said[-proxies].strip() if len(said) >= proxies else found
    try:
        address = ip_address(found.strip("[]"))
    except ValueError:
        return peer[0] if peer else ""
    if not isinstance(address, IPv6Address):
        return str(address)
    within = address.ipv4_mapped or ip_network((address, 64), strict=False)
    return str(within)


def _has_body(scope: Scope) -> bool:
    return scope["method"] not in _WITHOUT_BODY


def _is_check(scope: Scope) -> bool:
    """Whether the request may start a check: a page sent, or a permanent link looked at."""
    path: str = scope["path"]
    return path.startswith("/check/") or (_has_body(scope) and path in ("/check", "/check.json"))


def _busy() -> HTTPException:
    return HTTPException(
        503, "Too many pages are being checked. Try again in a moment.", {"Retry-After": "3"}
    )


async def _body(scope: Scope, receive: Receive, most: int) -> bytes:
    """The whole body. Raises HTTPException where it is packed, too large or too slow."""
    headers = Headers(scope=scope)
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise HTTPException(415, "Packed bodies are not read: send the page as it is.")
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > most:
        raise _too_large(most)
    try:
        return await asyncio.wait_for(_read(receive, most), _READING)
    except TimeoutError:
        raise HTTPException(408, f"The page did not come within {_READING:.0f} seconds.") from None


async def _read(receive: Receive, most: int) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400, "The connection ended before the page had come.")
        body += message.get("body", b"")
        if len(body) > most:
            raise _too_large(most)
        if not message.get("more_body", False):
            return bytes(body)


def _too_large(most: int) -> HTTPException:
    page = (most - _AROUND) // 2
    return HTTPException(
        413,
        f"The page is too large: {page:,} bytes are the most. Give the article's text alone.",
        {"Connection": "close"},
    )


def _replayed(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives the body that was read, then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
