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
from starlette.types import Message, Receive, Scope, Send

from votewire.config import Settings
from votewire.web import limiting
from votewire.web.limiting import Buckets, Limited, Turns, client_of

BROWSER = {"accept": "text/html"}
SENT = b"Russia voted against A/RES/ES-11/7."
PLAIN = {"content-type": "text/plain"}


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(buckets: Buckets, client: str = "a") -> str | None:
    """None where a check was to be had, else in how many seconds one will be."""
    try:
        buckets.take(client)
    except HTTPException as refused:
        return dict(refused.headers or {})["Retry-After"]
    return None


def test_limiting_gives_so_many_checks_a_minute_to_each_address() -> None:
    clock = Clock()
    buckets = Buckets(6, clock)
    assert [taken(buckets) for _ in range(7)] == [None] * 6 + ["10"]
    assert taken(buckets, "b") is None
    clock.now += 9.9
    assert taken(buckets) == "1"
    clock.now += 0.2
    assert taken(buckets) is None
    clock.now += 3600
    assert [taken(buckets) for _ in range(7)] == [None] * 6 + ["10"]


def test_limiting_counts_a_large_page_for_more() -> None:
    clock = Clock()
    buckets = Buckets(6, clock)
    buckets.take("a")
    buckets.owe("a", 8)
    assert taken(buckets) == "40"
    clock.now += 40
    assert taken(buckets) is None


def test_limiting_remembers_so_many_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "_CLIENTS", 100)
    buckets = Buckets(6)
    for each in range(1000):
        buckets.take(str(each))
    assert len(buckets) == 100
    unlimited = Buckets(0)
    assert [taken(unlimited) for _ in range(50)] == [None] * 50
    assert len(unlimited) == 0


@pytest.mark.parametrize(
    ("said", "proxies", "client"),
    [
        ("", 0, "203.0.113.9"),
        ("198.51.100.1", 0, "203.0.113.9"),
        ("198.51.100.1", 1, "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1", 1, "198.51.100.1"),
        ("1.1.1.1, 198.51.100.1, 10.0.0.1", 2, "198.51.100.1"),
        ("198.51.100.1", 2, "203.0.113.9"),
        ("nonsense", 1, "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", 1, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.1", 1, "198.51.100.1"),
    ],
)
def test_limiting_knows_who_asks(said: str, proxies: int, client: str) -> None:
    headers = [(b"x-forwarded-for", said.encode())] if said else []
    scope = {"type": "http", "client": ("203.0.113.9", 5), "headers": headers}
    assert client_of(scope, proxies) == client


def test_limiting_of_a_connection_without_address_is_one_asker() -> None:
    assert client_of({"type": "http", "client": None, "headers": []}, 0) == ""


@pytest.fixture
def strict(app: FastAPI, tmp_path: Path) -> Iterator[TestClient]:
    """The site behind a limit of its own: three checks a minute, small pages."""
    settings = Settings(data_dir=tmp_path, checks_per_minute=3, check_bytes=10_000)
    limited = Limited(app, settings=settings)

    async def entry(scope: Scope, receive: Receive, send: Send) -> None:
        state = {**scope.get("state", {}), "lang": "en"}
        await limited(dict(scope, app=app, state=state), receive, send)

    with TestClient(entry, raise_server_exceptions=False) as made:
        yield made


def test_limiting_answers_429_to_checks_and_leaves_pages_alone(strict: TestClient) -> None:
    statuses = [strict.post("/check.json", content=SENT, headers=PLAIN) for _ in range(4)]
    assert [each.status_code for each in statuses] == [200, 200, 200, 429]
    refused = statuses[-1]
    assert int(refused.headers["retry-after"]) in range(1, 21)
    assert refused.json()["status"] == 429
    assert "checks a minute" in strict.post("/check", data={"text": "x"}, headers=BROWSER).text
    assert strict.get("/check/none").status_code == 429
    assert strict.get("/check").status_code == 200


def test_limiting_reads_no_body_that_is_too_large(strict: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            read.append(1)
            yield b"x" * 10_000

    read: list[int] = []
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


def answers(app: Any, scope: Scope, receive: Receive) -> list[Message]:
    """What an application answers to one request."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return sent


def posted(app: FastAPI) -> Scope:
    return {
        "type": "http",
        "method": "POST",
        "path": "/check.json",
        "query_string": b"",
        "headers": [],
        "client": ("203.0.113.9", 1),
        "server": ("site", 80),
        "scheme": "http",
        "app": app,
        "state": {"lang": "en"},
    }


def test_limiting_waits_so_long_for_a_body(
    app: FastAPI, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limiting, "_READING", 0.05)

    async def never() -> Message:
        await asyncio.wait_for(asyncio.Event().wait(), 60)
        raise AssertionError

    limited = Limited(app, settings=Settings(data_dir=tmp_path))
    sent = answers(limited, posted(app), never)
    assert sent[0]["status"] == 408


def test_limiting_of_a_connection_that_ends_is_no_bug(app: FastAPI, tmp_path: Path) -> None:
    async def gone() -> Message:
        return {"type": "http.disconnect"}

    limited = Limited(app, settings=Settings(data_dir=tmp_path))
    assert answers(limited, posted(app), gone)[0]["status"] == 400


def test_limiting_holds_so_many_bodies_at_once(app: FastAPI, tmp_path: Path) -> None:
    waiting = 0

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        nonlocal waiting
        waiting += 1
        await asyncio.sleep(0.05)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def body() -> Message:
        return {"type": "http.request", "body": SENT, "more_body": False}

    limited = Limited(slow, settings=Settings(data_dir=tmp_path, checks_per_minute=0))
    statuses: list[int] = []

    async def one() -> None:
        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await limited(posted(app), body, send)

    async def many() -> None:
        await asyncio.gather(*(one() for _ in range(20)))

    asyncio.run(many())
    assert (statuses.count(200), statuses.count(503)) == (8, 12)
    asyncio.run(one())
    assert statuses[-1] == 200


def test_limiting_lets_checks_wait_their_turn() -> None:
    turns = Turns(at_once=2, patience=60)
    running, most = 0, 0

    async def one() -> None:
        nonlocal running, most
        async with turns.one():
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.02)
            running -= 1

    async def many() -> None:
        await asyncio.gather(*(one() for _ in range(8)))

    asyncio.run(many())
    assert most == 2


def test_limiting_refuses_where_no_turn_comes() -> None:
    turns = Turns(at_once=1, patience=0.03)

    async def two() -> None:
        async with turns.one():
            with pytest.raises(HTTPException) as refused:
                async with turns.one():
                    raise AssertionError
            assert refused.value.status_code == 503
            assert dict(refused.value.headers or {})["Retry-After"]
        async with turns.one():
            pass

    asyncio.run(two())


def test_limiting_largest_page_is_what_the_reader_takes(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, check_bytes=10**12)
    assert limiting.largest_page(settings) == 5 * 1024 * 1024
    assert limiting.largest_page(replace(settings, check_bytes=7)) == 7
