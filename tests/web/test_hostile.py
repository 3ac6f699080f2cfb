"""Hostile requests over every address there is: none breaks the site.

VOTEWIRE_HOSTILE says how many, 2000 before a release.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.web.asked import KNOWN, routes

REQUESTS = int(os.environ.get("VOTEWIRE_HOSTILE", "500"))
SLOW = (".svg", ".png", ".vl.json")  # drawn anew for each request: asked a tenth as often
MARK = "hOsTiLe"
WORDS = [
    f"<script>{MARK}</script>",
    f'"><svg/onload={MARK}>',
    f"javascript:{MARK}",
    "' OR 1=1 --",
    "../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%00",
    "\x00",
    "\r\nSet-Cookie: a=b",
    "{{7*7}}",
    "{% for x in y %}",
    "${jndi:ldap://x}",
    "\ud800",
    "\u202e\u2028",
    "A/RES/" + "9" * 300,
    "A" * 900,
    "-1",
    "0",
    "99999999999999999999",
    "1e999",
    "NaN",
    "inf",
    "0001-01-01",
    "9999-12-31",
    "2025-02-30",
    "USA",
    "G:EU",
    "EU",
    "HUN:no",
    "ukraine",
    "(((((((((((",
    "a" * 50 + "!",
    "٣",
    "₹",
    "*",
    "?",
    "#",
    "[",
    "\\",
]
HEADERS = [
    "accept",
    "accept-encoding",
    "accept-language",
    "content-encoding",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "if-none-match",
    "origin",
    "range",
    "referer",
    "sec-fetch-site",
    "transfer-encoding",
    "x-forwarded-for",
    "x-forwarded-host",
]
FIELDS = ["text", "as", "published", "key", "example", "reviewer", "reviewer_url", "page_url"]
words = st.one_of(st.sampled_from(WORDS), st.text(max_size=40), st.integers().map(str))
headers = st.lists(
    st.tuples(
        st.sampled_from(HEADERS),
        st.one_of(
            words, st.sampled_from(["text/html", "gzip", "*/*", 'W/"x"', "application/json"])
        ),
    ),
    max_size=3,
)
texts = st.one_of(
    words,
    st.lists(words, max_size=6).map(" ".join),
    st.builds("{} voted {} on {} on {} by {}-{}-{}.".format, *[words] * 7),
)


def escaped(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


@st.composite
def addressed(draw: st.DrawFn, route: APIRoute) -> tuple[str, str]:
    """Path and query of a route with hostile values, some of them left as they should be."""
    path = route.path
    for each in route.dependant.path_params:
        value = draw(st.one_of(words, st.just(KNOWN.get(each.alias, "none"))))
        for kind in ("", ":path"):
            path = path.replace(f"{{{each.alias}{kind}}}", value)
    names = [each.alias for each in route.dependant.query_params]
    chosen = draw(st.lists(st.sampled_from(names), max_size=3)) if names else []
    query = "&".join(f"{escaped(name)}={escaped(draw(words))}" for name in chosen)
    return path, query + draw(st.sampled_from(["", "", "&zz=1", "&&=;", "%"]))


@st.composite
def bodies(draw: st.DrawFn) -> tuple[str, bytes]:
    """Type and bytes of a body: a form whole or broken, JSON, text, anything."""
    fields = draw(
        st.dictionaries(
            st.sampled_from(FIELDS),
            texts,
            max_size=4,
        )
    )
    shape = draw(st.sampled_from(["urlencoded", "multipart", "json", "text", "any"]))
    if shape == "urlencoded":
        sent = "&".join(f"{name}={escaped(value)}" for name, value in fields.items())
        return "application/x-www-form-urlencoded", sent.encode()
    if shape == "multipart":
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        file = '--b\r\nContent-Disposition: form-data; name="file"; filename="{}"\r\n\r\n{}\r\n'
        parts += [file.format(draw(words), draw(texts))] if draw(st.booleans()) else []
        whole = "".join(parts) + draw(st.sampled_from(["--b--\r\n", "", "--b"]))
        charset = draw(st.sampled_from(["", "; charset=idna", "; charset=utf-16", "; charset=x"]))
        return f"multipart/form-data; boundary=b{charset}", whole.encode("utf-8", "replace")
    if shape == "json":
        sent = draw(st.one_of(st.just(json.dumps(fields)), st.just("[" * 3000), texts))
        return "application/json", sent.encode("utf-8", "replace")
    if shape == "text":
        return "text/html", draw(texts).encode("utf-8", "replace")
    return draw(words), draw(st.binary(max_size=200))


async def answered(
    app: FastAPI, method: str, path: str, query: str, given: list[tuple[str, str]], body: bytes
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request, asked of the application itself."""
    raw = [(name.encode(), value.encode("utf-8", "replace")) for name, value in given]
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": query.encode("utf-8", "replace"),
        "root_path": "",
        "headers": raw,
        "client": ("203.0.113.9", 1),
        "server": ("site.example", 80),
        "state": {},
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    told = {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:])


def holds(status: int, told: dict[str, str], body: bytes) -> None:
    """What every answer has, whatever was asked."""
    assert 200 <= status < 500 or status in (501, 503, 507), body[:300]
    assert "content-security-policy" in told
    assert not any(sign in value for value in told.values() for sign in "\r\n\x00")
    assert b"Traceback" not in body
    location = told.get("location", "/")
    assert not re.match(r"//|/\\|\w+:", location), location
    if told.get("content-type", "").startswith("text/html"):
        assert f"<script>{MARK}".encode() not in body
        assert f"<svg/onload={MARK}".encode() not in body
        assert not re.search(rb"(?i)(?:href|src|action)=\"?\s*javascript:", body)


@pytest.fixture(scope="module")
def loop() -> Any:
    made = asyncio.new_event_loop()
    yield made
    made.close()


def hostile(app: FastAPI, loop: Any, found: list[APIRoute], method: str, examples: int) -> None:
    """So many requests to some routes."""

    @given(st.data())
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def run(data: st.DataObject) -> None:
        path, query = data.draw(addressed(data.draw(st.sampled_from(found))))
        path = data.draw(st.sampled_from(["", "", "", "/hi"])) + path
        kind, body = data.draw(bodies()) if method == "POST" else ("", b"")
        said = data.draw(headers)
        said += [("content-type", kind)] if kind else []
        note(f"{method} {path}?{query} {said} {body!r}")
        holds(*loop.run_until_complete(answered(app, method, path, query, said, body)))

    run()


def test_hostile_pages_and_data(app: FastAPI, loop: Any) -> None:
    found = [each for each in routes(app) if not each.path.endswith(SLOW)]
    hostile(app, loop, found, "GET", REQUESTS * 6 // 10)


def test_hostile_charts(app: FastAPI, loop: Any) -> None:
    found = [each for each in routes(app) if each.path.endswith(SLOW)]
    hostile(app, loop, found, "GET", REQUESTS // 20)


# The framework leaves the file of a form that is cut off open until it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_hostile_bodies(app: FastAPI, loop: Any) -> None:
    hostile(app, loop, list(routes(app, "POST")), "POST", REQUESTS * 7 // 20)


@pytest.mark.parametrize("day", ["1 January 0001", "31 December 9999", "29 February 2023"])
def test_hostile_days_of_a_page(app: FastAPI, loop: Any, day: str) -> None:
    text = f"Published: {day}\n\nOn Monday Russia voted against the Assembly resolution on Ukraine."
    said = [("content-type", "text/plain")]
    holds(*loop.run_until_complete(answered(app, "POST", "/check.json", "", said, text.encode())))
