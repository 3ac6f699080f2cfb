"""How much one address may ask: bodies, checks a minute, and seconds of answers that are not kept.

What is kept is sent before anything here is asked. All else is work, done by few at once: each
address has its turn, and pays for it with the seconds that it took.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from votewire.config import Settings
from votewire.press import MAX_BYTES
from votewire.web.bodies import AROUND, Bodies
from votewire.web.budgets import Budgets
from votewire.web.clients import client_of
from votewire.web.faults import answered
from votewire.web.turns import Turns

__all__ = ["LONGEST", "Limited", "Work", "largest_page"]

LONGEST = 250_000  # characters of text in one check, the length of a novel's half
_WITHOUT_BODY = ("GET", "HEAD", "OPTIONS")
_A_CHECK = 128 * 1024  # bytes from which a page counts as two checks, and so on
# One thread of Python works at a time, so more at once would only make each of them slower.
_PAGES_AT_ONCE, _CHECKS_AT_ONCE = 2, 2
_PATIENCE_PAGES, _PATIENCE_CHECKS = 20.0, 5.0  # seconds that one waits for its turn
_LEAST = 0.02  # seconds that any answer counts for, so that their number is bounded too
_ENOUGH = 1.0  # seconds that must be left to begin with


def largest_page(settings: Settings) -> int:
    """Bytes of the largest page that the site checks."""
    return min(settings.check_bytes, MAX_BYTES)


class Work:
    """The work of one process: whose turn it is, and what each address has spent.

    Pages of the site are made two at a time, and checks, which have processes of their own, too; of
    one address one, so that no one address ever holds all places.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.checks = Budgets(settings.checks_per_minute, clock)
        self._seconds = Budgets(settings.seconds_per_minute, clock)
        self._rate = settings.seconds_per_minute
        self._clock = clock
        self._pages = Turns(_PAGES_AT_ONCE, each=1, patience=_PATIENCE_PAGES)
        self._checking = Turns(_CHECKS_AT_ONCE, each=1, patience=_PATIENCE_CHECKS)

    def take_check(self, client: str, rate: int) -> None:
        """Takes one check of the address. Raises HTTPException 429 where none is left."""
        wait = self.checks.wait(client, 1)
        if wait:
            raise HTTPException(
                429,
                f"This address has used its {rate} checks a minute; large pages count for more. "
                f"Try again in {wait} seconds.",
                {"Retry-After": str(wait)},
            )
        self.checks.spend(client, 1)

    @asynccontextmanager
    async def page(self, client: str) -> AsyncIterator[None]:
        """The turn of an address to have a page made, which it pays for. Raises as `_paid` does."""
        async with self._paid(self._pages, client):
            yield

    @asynccontextmanager
    async def check(self, client: str) -> AsyncIterator[None]:
        """The turn of an address to have a page checked. Raises as `_paid` does."""
        async with self._paid(self._checking, client):
            yield

    @asynccontextmanager
    async def _paid(self, turns: Turns, client: str) -> AsyncIterator[None]:
        """A turn, paid for by its seconds.

        Raises HTTPException 429 where the address has none left, 503 where no turn comes.
        """
        self._refuse_spent(client)
        async with turns.one(client):
            self._refuse_spent(client)  # what else it asked for may have been dear
            begun = self._clock()
            try:
                yield
            finally:
                self._seconds.spend(client, max(_LEAST, self._clock() - begun))

    def _refuse_spent(self, client: str) -> None:
        wait = self._seconds.wait(client, _ENOUGH)
        if wait:
            raise HTTPException(
                429,
                f"This address has used its {self._rate} seconds of work a minute. Try again in "
                f"{wait} seconds; pages that were asked for lately are to be had at any time.",
                {"Retry-After": str(wait)},
            )


class Limited:
    """ASGI middleware that bounds the bodies, the checks and the work of one address."""

    def __init__(self, app: ASGIApp, *, settings: Settings, work: Work) -> None:
        self._app = app
        self._bodies = Bodies()
        # A form or JSON may need two bytes for one of the page.
        self._with_page = 2 * largest_page(settings) + AROUND
        self._settings = settings
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = client_of(scope, self._settings.proxies)
        scope = dict(scope, state={**scope.get("state", {}), "client": client})
        try:
            if scope["method"] in _WITHOUT_BODY:
                await self._without_body(scope, receive, send, client)
            else:
                await self._with_body(scope, receive, send, client)
        except HTTPException as refusal:
            answer = answered(Request(scope), refusal.status_code, refusal.detail)
            answer.headers.update(refusal.headers or {})
            await answer(scope, receive, send)

    async def _without_body(self, scope: Scope, receive: Receive, send: Send, client: str) -> None:
        async with AsyncExitStack() as turn:
            await turn.enter_async_context(self._work.page(client))

            async def made(message: Message) -> None:
                await turn.aclose()  # who reads slowly keeps nobody waiting
                await send(message)

            await self._app(scope, receive, made)

    async def _with_body(self, scope: Scope, receive: Receive, send: Send, client: str) -> None:
        checks = scope["path"] in ("/check", "/check.json", "/judge.json")
        if checks:
            self._work.take_check(client, self._settings.checks_per_minute)
        # To change a link takes a few words.
        most = AROUND if scope["path"].startswith("/check/") else self._with_page
        async with self._bodies.one(scope, receive, client, most=most) as body:
            if not checks and len(body) > AROUND:  # an article, pasted where one searches
                self._work.take_check(client, self._settings.checks_per_minute)
            self._work.checks.spend(client, len(body) // _A_CHECK)
            await self._app(scope, _replayed(body, receive), send)


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
