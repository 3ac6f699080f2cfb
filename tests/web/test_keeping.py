from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from votewire.web.keeping import Answers, Kept, Made
from votewire.web.languages import FONTS
from votewire.web.statics import address_of

BROWSER = {"accept": "text/html"}


class Maker:
    """An application that counts what it makes; `/no` is not public, `/slow` takes a while."""

    def __init__(self, size: int = 2000) -> None:
        self.made: list[str] = []
        self.size = size

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        self.made.append(scope["path"])
        await asyncio.sleep(0.02 if scope["path"] == "/slow" else 0)
        if scope["path"] == "/bug":
            raise RuntimeError
        control = b"no-store" if scope["path"] == "/no" else b"public, max-age=300"
        headers = [(b"cache-control", control), (b"content-type", b"text/html; charset=utf-8")]
        body = f"{scope['path']} {scope['query_string'].decode()} ".encode().ljust(self.size, b"x")
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


def keeping(app: Any, answers: Answers | None = None) -> Kept:
    """An application whose public answers are kept."""
    answers = answers or Answers(version="1")
    return Kept(Made(app, answers=answers), answers=answers)


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture
def kept(maker: Maker) -> TestClient:
    return TestClient(keeping(maker), raise_server_exceptions=False)


def test_keeping_makes_a_public_answer_once(kept: TestClient, maker: Maker) -> None:
    first, second = kept.get("/a?q=1"), kept.get("/a?q=1")
    assert first.text == second.text
    assert kept.get("/a?q=2").text != first.text
    assert maker.made == ["/a", "/a"]


def test_keeping_keeps_nothing_that_is_not_public(kept: TestClient, maker: Maker) -> None:
    assert "etag" not in kept.get("/no").headers
    kept.get("/no")
    kept.post("/a")
    kept.post("/a")
    assert len(maker.made) == 4


def test_keeping_says_not_modified_to_who_has_it(kept: TestClient) -> None:
    tag = kept.get("/a").headers["etag"]
    for asked in (tag, f'"other", {tag}', tag.removeprefix("W/"), "*"):
        answer = kept.get("/a", headers={"if-none-match": asked})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == tag
        assert {"cache-control", "vary"} <= answer.headers.keys()
        assert "content-length" not in answer.headers
    for asked in ('"other"', "", "W/", tag[:-2]):
        assert kept.get("/a", headers={"if-none-match": asked}).status_code == 200
    assert kept.get("/b").headers["etag"] != tag


def test_keeping_answers_head_as_get_without_a_body(kept: TestClient, maker: Maker) -> None:
    head, got = kept.head("/a"), kept.get("/a")
    assert head.content == b""
    for name in ("etag", "content-type", "content-length", "vary", "cache-control"):
        assert head.headers[name] == got.headers[name]
    assert maker.made == ["/a"]
    assert kept.head("/no").content == b""


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br;q=1.0, gzip;q=0.8", True),
        ("*", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000", False),
        ("identity", False),
        ("", False),
        ("*, gzip;q=0", False),
    ],
)
def test_keeping_packs_for_who_unpacks(kept: TestClient, accepted: str, packed: bool) -> None:
    answer = kept.get("/a", headers={"accept-encoding": accepted})
    assert (answer.headers.get("content-encoding") == "gzip") is packed
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.text.startswith("/a ")
    plain = kept.get("/a", headers={"accept-encoding": "identity"})
    assert int(plain.headers["content-length"]) == len(plain.content)


def test_keeping_tells_languages_apart() -> None:
    async def worded(scope: Scope, receive: Receive, send: Send) -> None:
        await Kept_(dict(scope, state={"lang": scope["headers"][0][1].decode()}), receive, send)

    async def say(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"cache-control", b"public")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": scope["state"]["lang"].encode()})

    Kept_ = keeping(say)  # noqa: N806
    said = [_asked(worded, "/a", lang) for lang in ("en", "hi", "en")]
    assert said == [b"en", b"hi", b"en"]


def _asked(app: Any, path: str, lang: str = "en") -> bytes:
    body = bytearray()

    async def send(message: Message) -> None:
        body.extend(message.get("body", b""))

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"x-lang", lang.encode())],
    }
    asyncio.run(app(scope, receive, send))
    return bytes(body)


def together(app: Any, paths: list[str]) -> None:
    """Many requests at once."""

    async def send(message: Message) -> None:
        pass

    async def receive() -> Message:
        return {"type": "http.request"}

    async def one(path: str) -> None:
        scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}
        try:
            await app(scope, receive, send)
        except RuntimeError:
            assert path == "/bug"

    async def many() -> None:
        await asyncio.gather(*(one(path) for path in paths))

    asyncio.run(many())


def test_keeping_makes_once_what_many_ask_for_at_once(maker: Maker) -> None:
    together(keeping(maker), ["/slow"] * 30)
    assert maker.made == ["/slow"]


def test_keeping_lets_nobody_wait_for_an_answer_that_failed(maker: Maker) -> None:
    made = Made(maker, answers=Answers(version="1"))
    together(made, ["/bug"] * 5 + ["/no"] * 5 + ["/a"] * 5)
    assert maker.made.count("/a") == 1
    assert maker.made.count("/no") == maker.made.count("/bug") == 5
    assert made._making == {}


def test_keeping_lets_nobody_wait_for_who_reads_slowly(maker: Maker) -> None:
    app = Made(maker, answers=Answers(version="1"))
    scope = {"type": "http", "method": "GET", "path": "/no", "query_string": b"", "headers": []}

    async def receive() -> Message:
        return {"type": "http.request"}

    async def both() -> None:
        read, begun = asyncio.Event(), asyncio.Event()

        async def slowly(message: Message) -> None:
            begun.set()
            await read.wait()

        async def at_once(message: Message) -> None:
            pass

        slow = asyncio.ensure_future(app(scope, receive, slowly))
        await begun.wait()
        await asyncio.wait_for(app(scope, receive, at_once), 10)
        read.set()
        await slow

    asyncio.run(both())
    assert maker.made == ["/no"] * 2


def test_keeping_hands_a_large_answer_over_in_pieces() -> None:
    """So that the server, which waits for who does not read, holds a piece of it and not all."""
    maker = Maker(size=200_001)
    app = keeping(maker)
    scope = {"type": "http", "method": "GET", "path": "/a", "query_string": b"", "headers": []}
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    for _ in range(2):  # as it is made, and as it is kept
        sent.clear()
        asyncio.run(app(scope, receive, send))
        parts = [len(message["body"]) for message in sent[1:]]
        assert sum(parts) == 200_001
        assert max(parts) <= 64 * 1024
        assert [message["more_body"] for message in sent[1:]] == [True] * 3 + [False]
    assert maker.made == ["/a"]


def test_keeping_sends_one_address_so_many_large_answers_at_once() -> None:
    app = keeping(Maker(size=200_000))
    statuses: dict[str, list[int]] = {"203.0.113.9": [], "198.51.100.7": []}

    async def receive() -> Message:
        return {"type": "http.request"}

    async def many() -> None:
        read = asyncio.Event()

        async def ask(client: str) -> None:
            async def send(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses[client].append(message["status"])
                await read.wait()

            scope = {"type": "http", "method": "GET", "path": "/a", "query_string": b""}
            state = {"lang": "en"}
            await app(
                {**scope, "headers": [], "client": (client, 1), "state": state}, receive, send
            )

        read.set()
        await ask("203.0.113.9")  # made, and kept
        read.clear()
        rude = [asyncio.ensure_future(ask("203.0.113.9")) for _ in range(40)]
        await asyncio.sleep(0.05)
        honest = asyncio.ensure_future(ask("198.51.100.7"))
        await asyncio.sleep(0.05)
        read.set()
        await asyncio.gather(*rude, honest)

    asyncio.run(many())
    assert statuses["203.0.113.9"].count(200) == 33
    assert statuses["203.0.113.9"].count(429) == 8
    assert statuses["198.51.100.7"] == [200]


def test_keeping_is_flat_under_a_flood_of_addresses() -> None:
    maker = Maker(size=20_000)
    answers = Answers(version="1", room=1_000_000, most=1000)
    app = keeping(maker, answers)
    together(app, [f"/{each}" for each in range(200)])
    tracemalloc.start()
    for part in range(1, 6):
        together(app, [f"/{part}-{each}" for each in range(400)])
        assert answers._size <= 1_000_000
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 2_500_000
    assert answers._size == sum(each.size for each in answers._answers.values())
    made = len(maker.made)
    together(app, ["/5-399"])
    assert len(maker.made) == made


def test_keeping_never_lets_others_push_out_what_everybody_opens(maker: Maker) -> None:
    answers = Answers(version="1", room=100_000, most=20, always=("/", "/votes"))
    app = keeping(maker, answers)
    together(app, ["/", "/votes"])
    together(app, [f"/{each}" for each in range(300)])
    made = len(maker.made)
    together(app, ["/", "/votes", "/"])
    assert len(maker.made) == made
    together(app, ["/299"])
    assert len(maker.made) == made


def test_keeping_takes_no_room_apart_for_what_is_asked_beside_the_page(maker: Maker) -> None:
    answers = Answers(version="1", most=20, always=("/",))
    app = keeping(maker, answers)
    for number in range(100):
        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        together(_with_query(app, scope, f"x={number}"), [""])
    assert len(answers._answers) == 20
    assert not answers._apart


def _with_query(app: Any, scope: Scope, query: str) -> Any:
    async def asked(_scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "query_string": query.encode()}, receive, send)

    return asked


def test_keeping_gives_a_large_answer_no_more_than_its_share(maker: Maker) -> None:
    answers = Answers(version="1", room=320_000)
    app = keeping(maker, answers)
    together(app, [f"/{each}" for each in range(5)])
    maker.size = 20_000
    together(app, ["/large"])
    together(app, ["/large"])
    assert maker.made.count("/large") == 2
    made = len(maker.made)
    together(app, [f"/{each}" for each in range(5)])
    assert len(maker.made) == made


def test_keeping_of_the_site_keeps_apart_what_everybody_opens(
    app: FastAPI, client: TestClient
) -> None:
    (answers,) = {each.kwargs["answers"] for each in app.user_middleware if each.cls is Kept}
    first = ["/", "/hi", "/check", "/hi/check", "/votes", "/states", "/hi/states"]
    for path in [*first, address_of("style.css")]:
        assert client.get(path, headers=BROWSER).status_code == 200
        lang, _, rest = path.removeprefix("/").partition("/")
        key = (b"hi", f"/{rest}".encode(), b"") if lang == "hi" else (b"en", path.encode(), b"")
        assert key in answers._apart
    apart = len(answers._apart)
    for path in ("/groups", "/votes?year=2024", f"/static/other/{FONTS['hi']}", "/votes.csv"):
        assert client.get(path, headers=BROWSER).status_code == 200
    assert len(answers._apart) == apart


def test_keeping_holds_so_many_small_answers() -> None:
    answers = Answers(version="1", most=50)
    together(keeping(Maker(size=10), answers), [f"/{each}" for each in range(300)])
    assert len(answers._answers) == 50


def test_keeping_leaves_long_addresses_and_large_answers(maker: Maker) -> None:
    answers = Answers(version="1")
    together(keeping(maker, answers), ["/" + "a" * 2000])
    maker.size = 5 * 1024 * 1024
    together(keeping(maker, answers), ["/large"])
    assert not answers._answers


def test_keeping_packs_large_answers_beside_the_others() -> None:
    answers = Answers(version="1")
    body = _asked(keeping(Maker(size=300_000), answers), "/a")
    (answer,) = answers._answers.values()
    assert answer.packed is not None
    assert gzip.decompress(answer.packed) == body


def test_keeping_of_the_site_has_one_answer_whatever_a_link_adds(
    app: FastAPI, client: TestClient
) -> None:
    first = client.get("/find?q=hungary", headers=BROWSER)
    for more in ("utm_source=x&q=hungary", "q=hungary&fbclid=1&fbclid=2", "q=hungary&since="):
        other = client.get(f"/find?{more}", headers=BROWSER)
        assert other.headers["etag"] == first.headers["etag"]
        assert "utm_source" not in other.text
