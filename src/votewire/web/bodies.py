"""Bodies of requests: how large, how long they may take to come, how many are held at once.

What comes slowly holds little, so it is counted by what has come: an address that opens eight
requests and sends nothing takes no room from the others.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

__all__ = ["AROUND", "Bodies"]

AROUND = 64 * 1024  # bytes of a form around the page in it
_READING = 20.0  # seconds in which a body must have come
_EACH = 6  # bodies of one address at once
_HELD = 64 * 1024 * 1024  # bytes of all bodies at once


class Bodies:
    """The bodies that are held at present."""

    def __init__(self) -> None:
        self._of: Counter[str] = Counter()
        self._held = 0

    @asynccontextmanager
    async def one(
        self, scope: Scope, receive: Receive, client: str, *, most: int
    ) -> AsyncIterator[bytes]:
        """The whole body, held for as long as the block runs. most: the bytes that it may have.

        Raises HTTPException where it is packed, too large, too slow or breaks off, where the
        address sends many already, and where there is no room.
        """
        _check_headers(Headers(scope=scope), most)
        if self._of[client] >= _EACH:
            raise HTTPException(
                429,
                f"This address sends {_EACH} pages already. Wait for one.",
                {"Retry-After": "3"},
            )
        self._of[client] += 1
        body = bytearray()
        try:
            await self._read_in_time(receive, body, most)
            yield bytes(body)
        finally:
            self._held -= len(body)
            self._of[client] -= 1
            if not self._of[client]:
                del self._of[client]

    async def _read_in_time(self, receive: Receive, body: bytearray, most: int) -> None:
        try:
            await asyncio.wait_for(self._read(receive, body, most), _READING)
        except TimeoutError:
            raise HTTPException(
                408, f"The page did not come within {_READING:.0f} seconds."
            ) from None

    async def _read(self, receive: Receive, body: bytearray, most: int) -> None:
        while True:
            message: Message = await receive()
            if message["type"] == "http.disconnect":
                raise HTTPException(400, "The connection ended before the page had come.")
            part = message.get("body", b"")
            if len(body) + len(part) > most:
                raise _too_large(most)
            if self._held + len(part) > _HELD:
                raise HTTPException(
                    503,
                    "Too many pages are sent at once. Try again in a moment.",
                    {"Retry-After": "3"},
                )
            body += part
            self._held += len(part)
            if not message.get("more_body", False):
                return


def _check_headers(headers: Headers, most: int) -> None:
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise HTTPException(415, "Packed bodies are not read: send the page as it is.")
    announced = headers.get("content-length", "")
    if announced.isdigit() and int(announced[:20]) > most:
        raise _too_large(most)


def _too_large(most: int) -> HTTPException:
    page = (most - AROUND) // 2 or most
    return HTTPException(
        413,
        f"The page is too large: {page:,} bytes are the most. Give the article's text alone.",
        {"Connection": "close"},
    )
