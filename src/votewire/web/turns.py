"""Who goes next where few may work at once: each address in turn, however much one asks for."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.exceptions import HTTPException

__all__ = ["Turns"]

_WAITING = 32  # requests of one address that may wait
_ALL_WAITING = 512  # requests that may wait


class Turns:
    """Lets so many work at once, of one address `each` at most; the others wait so many seconds.

    A free place goes to the address that has fewest at work, and of these to the one that has
    waited longest since its last: who asks for one thing does not wait behind who asks for forty.
    For the requests of one event loop.
    """

    def __init__(self, at_once: int, *, each: int, patience: float) -> None:
        self._at_once, self._each, self._patience = at_once, each, patience
        self._working: Counter[str] = Counter()
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()

    @asynccontextmanager
    async def one(self, client: str) -> AsyncIterator[None]:
        """A turn, for as long as the block runs. Raises HTTPException 503 where none comes."""
        await self._come(client)
        try:
            yield
        finally:
            self._leave(client)

    async def _come(self, client: str) -> None:
        if not self._waiting and self._may(client):
            self._working[client] += 1
            return
        place = self._queued(client)
        self._call()
        try:
            await asyncio.wait_for(place, self._patience)
        except BaseException as ended:
            if place.done() and not place.cancelled():
                self._leave(client)  # its turn came while it went
            if isinstance(ended, TimeoutError):
                raise _busy() from None
            raise

    def _queued(self, client: str) -> asyncio.Future[None]:
        queue = self._waiting.get(client, deque())
        if len(queue) >= _WAITING or sum(map(len, self._waiting.values())) >= _ALL_WAITING:
            raise _busy()
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(place)
        self._waiting[client] = queue
        return place

    def _leave(self, client: str) -> None:
        self._working[client] -= 1
        if not self._working[client]:
            del self._working[client]
        self._call()

    def _call(self) -> None:
        """Gives away the places that are free, and forgets who no longer waits."""
        self._tidy()
        while (client := self._next()) is not None:
            self._waiting[client].popleft().set_result(None)
            self._waiting.move_to_end(client)
            self._working[client] += 1
            self._tidy()

    def _tidy(self) -> None:
        """Leaves in each queue only who waits still, first."""
        for client, queue in list(self._waiting.items()):
            while queue and queue[0].done():
                queue.popleft()
            if not queue:
                del self._waiting[client]

    def _next(self) -> str | None:
        able = [client for client in self._waiting if self._may(client)]
        return min(able, key=self._working.__getitem__, default=None)

    def _may(self, client: str) -> bool:
        return self._working.total() < self._at_once and self._working[client] < self._each


def _busy() -> HTTPException:
    return HTTPException(
        503, "Too much is asked of this site at once. Try again in a moment.", {"Retry-After": "3"}
    )
