from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.web.test_budgets import Clock
from votewire.config import Settings
from votewire.web import bodies, limiting
from votewire.web.keeping import Answers, Kept, Made
from votewire.web.limiting import Limited, Work

BROWSER = {"accept": "text/html"}
SENT = b"Russia voted against A/RES/ES-11/7."
PLAIN = {"content-type": "text/plain"}


def limited(app: ASGIApp, settings: Settings, clock: Clock | None = None) -> Limited:
    work = Work(settings, clock) if clock else Work(settings)
    return Limited(app, settings=settings, work=work)


@pytest.fixture
def strict(app: FastAPI, tmp_path: Path) -> Iterator[TestClient]:
    """The site behind a limit of its own: three checks a minute, small pages."""
    settings = Settings(data_dir=tmp_path, checks_per_minute=3, check_bytes=10_000)
    outer = limited(app, settings)

    async def entry(scope: Scope, receive: Receive, send: Send) -> None:
        state = {**scope.get("state", {}), "lang": "en"}
        await outer(dict(scope, app=app, state=state), receive, send)

    with TestClient(entry, raise_server_exceptions=False) as made:
        yield made


def test_limiting_answers_429_to_checks_and_leaves_pages_alone(strict: TestClient) -> None:
    statuses = [strict.post("/check.json", content=SENT, headers=PLAIN) for _ in range(4)]
    assert [each.status_code for each in statuses] == [200, 200, 200, 429]
    refused = statuses[-1]
    assert int(refused.headers["retry-after"]) in range(1, 21)
    assert refused.json()["status"] == 429
    assert "checks a minute" in strict.post("/check", data={"text": "x"}, headers=BROWSER).text
    assert strict.get("/check").status_code == 200


def test_limiting_takes_no_check_for_a_permanent_link(strict: TestClient) -> None:
    assert [strict.get("/check/none").status_code for _ in range(5)] == [404] * 5
    assert strict.post("/check.json", content=SENT, headers=PLAIN).status_code == 200


def test_limiting_counts_a_large_page_for_more(app: FastAPI, tmp_path: Path) -> None:
    clock = Clock()
    settings = Settings(data_dir=tmp_path, checks_per_minute=6)
    outer = limited(nothing, settings, clock)
    sent(outer, posted(app), body(b"x" * 600_000))
    assert outer._work.checks.wait("203.0.113.9", 1) == 0
    sent(outer, posted(app), body(b"x" * 600_000))
    assert outer._work.checks.wait("203.0.113.9", 1) == 50


def test_limiting_reads_no_body_that_is_too_large(strict: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b"x" * 10_000

    announced = strict.post("/check.json", content=b"x" * 200_000, headers=PLAIN)
    assert announced.status_code == 413
    assert "10,000 bytes are the most" in announced.json()["detail"]
    streamed = strict.post("/check.json", content=endless(), headers=PLAIN)
    assert streamed.status_code == 413


@pytest.mark.parametrize("packing", ["gzip", "br", "deflate", "GZIP, gzip"])
def test_limiting_unpacks_no_body(strict: TestClient, packing: str) -> None:
    answer = strict.post(
        "/check.json", content=SENT, headers={**PLAIN, "content-encoding": packing}
    )
    assert answer.status_code == 415


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers 200 and no more."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def body(content: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    return receive


def posted(app: FastAPI, client: str = "203.0.113.9") -> Scope:
    return {
        "type": "http",
        "method": "POST",
        "path": "/check.json",
        "query_string": b"",
        "headers": [],
        "client": (client, 1),
        "server": ("site", 80),
        "scheme": "http",
        "app": app,
        "state": {"lang": "en"},
    }


def asked(app: FastAPI, path: str, client: str = "203.0.113.9") -> Scope:
    return {**posted(app, client), "method": "GET", "path": path}


async def status(app: Any, scope: Scope, receive: Receive) -> int:
    """The status that an application answers with."""
    found: list[int] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    await app(scope, receive, send)
    return found[0]


def sent(app: Any, scope: Scope, receive: Receive) -> int:
    return asyncio.run(status(app, scope, receive))


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def gone() -> Message:
    return {"type": "http.disconnect"}


def test_limiting_waits_so_long_for_a_body(
    app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_READING", 0.05)
    assert sent(limited(nothing, Settings(data_dir=tmp_path)), posted(app), never) == 408


def test_limiting_of_a_connection_that_ends_is_no_bug(app: FastAPI, tmp_path: Path) -> None:
    assert sent(limited(nothing, Settings(data_dir=tmp_path)), posted(app), gone) == 400


def test_limiting_lets_slow_bodies_keep_nobody_else_out(app: FastAPI, tmp_path: Path) -> None:
    """One address opens more requests than it may and sends nothing; another is answered."""
    outer = limited(nothing, Settings(data_dir=tmp_path))

    async def many() -> tuple[list[int], int, int]:
        slow = [
            asyncio.ensure_future(status(outer, posted(app), never)) for _ in range(bodies._EACH)
        ]
        await asyncio.sleep(0)
        more = [await status(outer, posted(app), never) for _ in range(3)]
        other = await status(outer, posted(app, "198.51.100.7"), body(SENT))
        page = await status(outer, asked(app, "/check/none", "198.51.100.7"), gone)
        for each in slow:
            each.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        again = await status(outer, posted(app), body(SENT))
        assert again == 200
        return more, other, page

    assert asyncio.run(many()) == ([429] * 3, 200, 200)


def test_limiting_holds_so_many_bytes_of_all_bodies(
    app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "_HELD", 1000)
    outer = limited(nothing, Settings(data_dir=tmp_path))

    def some_of_it(size: int) -> Receive:
        parts = iter([{"type": "http.request", "body": b"x" * size, "more_body": True}])

        async def receive() -> Message:
            for part in parts:
                return part
            return await never()

        return receive

    async def many() -> int:
        holding = [
            asyncio.ensure_future(status(outer, posted(app, f"198.51.100.{n}"), some_of_it(450)))
            for n in range(2)
        ]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        full = await status(outer, posted(app), body(b"x" * 200))
        for each in holding:
            each.cancel()
        await asyncio.gather(*holding, return_exceptions=True)
        assert await status(outer, posted(app), body(b"x" * 200)) == 200
        return full

    assert asyncio.run(many()) == 503


class Dear:
    """An application whose every page takes so many seconds of a clock."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock, self.seconds = clock, seconds
        self.made: list[str] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.clock.now += self.seconds
        self.made.append(scope["path"])
        headers = [(b"cache-control", b"public, max-age=300")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"x"})


def test_limiting_has_each_address_pay_for_its_pages(app: FastAPI, tmp_path: Path) -> None:
    clock = Clock()
    dear = Dear(clock, 2.0)
    outer = limited(dear, Settings(data_dir=tmp_path, seconds_per_minute=10), clock)
    found = [sent(outer, asked(app, f"/compare/{n}"), gone) for n in range(20)]
    assert found.count(200) == 6  # ten seconds of work, and what came back meanwhile
    assert set(found[6:]) == {429}
    assert sent(outer, asked(app, "/compare/1", "198.51.100.7"), gone) == 200


def test_limiting_bounds_how_many_pages_one_address_has_made(app: FastAPI, tmp_path: Path) -> None:
    """Also those that take no time."""
    clock = Clock()
    dear = Dear(clock, 0.0)
    outer = limited(dear, Settings(data_dir=tmp_path, seconds_per_minute=10), clock)
    found = [sent(outer, asked(app, f"/{n}"), gone) for n in range(1000)]
    assert found.count(200) == 451
    refused = next(n for n, each in enumerate(found) if each == 429)
    assert set(found[refused:]) == {429}


def test_limiting_sends_what_is_kept_to_who_has_spent_all(app: FastAPI, tmp_path: Path) -> None:
    clock = Clock()
    dear = Dear(clock, 20.0)
    answers = Answers(version="1")
    settings = Settings(data_dir=tmp_path, seconds_per_minute=10)
    outer = Kept(limited(Made(dear, answers=answers), settings, clock), answers=answers)
    statuses = [sent(outer, asked(app, path), gone) for path in ("/a", "/b", "/a")]
    assert statuses == [200, 429, 200]
    assert dear.made == ["/a"]


def test_limiting_says_when_to_come_again(app: FastAPI, tmp_path: Path) -> None:
    clock = Clock()
    work = Work(Settings(data_dir=tmp_path, seconds_per_minute=30), clock)

    async def spend() -> dict[str, str]:
        async with work.page("a"):
            clock.now += 40
        with pytest.raises(HTTPException) as refused:
            async with work.check("a"):
                raise AssertionError
        assert refused.value.status_code == 429
        assert "30 seconds of work a minute" in refused.value.detail
        return dict(refused.value.headers or {})

    wait = int(asyncio.run(spend())["Retry-After"])
    clock.now += wait
    assert asyncio.run(spend())


def test_limiting_keeps_nobody_waiting_for_a_slow_reader(app: FastAPI, tmp_path: Path) -> None:
    """The turn ends when an answer is made, not when it has been read."""
    outer = limited(nothing, Settings(data_dir=tmp_path))

    async def many() -> int:
        stuck = asyncio.Event()

        async def slow_send(message: Message) -> None:
            await stuck.wait()

        slow = [
            asyncio.ensure_future(outer(asked(app, f"/{n}"), gone, slow_send)) for n in range(10)
        ]
        await asyncio.sleep(0.01)
        found = await status(outer, asked(app, "/other", "198.51.100.7"), gone)
        stuck.set()
        await asyncio.gather(*slow)
        return found

    assert asyncio.run(many()) == 200


def test_limiting_lets_one_address_check_one_page_at_a_time(tmp_path: Path) -> None:
    work = Work(Settings(data_dir=tmp_path))
    order: list[str] = []

    async def check(client: str) -> None:
        async with work.check(client):
            order.append(client)
            await asyncio.sleep(0.01)

    async def many() -> None:
        await asyncio.gather(*(check("a") for _ in range(4)), check("b"))

    asyncio.run(many())
    assert order[:2] == ["a", "b"]


def test_limiting_largest_page_is_what_the_reader_takes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, check_bytes=10**12)
    assert limiting.largest_page(settings) == 5 * 1024 * 1024
    assert limiting.largest_page(replace(settings, check_bytes=7)) == 7


def test_limiting_takes_large_bodies_for_checks_alone(app: FastAPI, tmp_path: Path) -> None:
    made = TestClient(limited(app, Settings(data_dir=tmp_path)), raise_server_exceptions=False)
    body = b"&" * 200_000
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert made.post("/check/x/delete", content=body, headers=kind).status_code == 413
    assert made.post("/check", content=b"text=a", headers=kind).status_code != 413
