from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.asked import addresses
from tests.web.test_check import runs_nothing

BROWSER = {"accept": "text/html"}
STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
}


def guarded(policy: str) -> None:
    parts = {part.strip() for part in policy.split(";")}
    assert parts >= STRICT
    assert parts - STRICT <= {"frame-ancestors 'none'", "frame-ancestors *"}


def test_guarding_holds_for_every_address(app: FastAPI, client: TestClient) -> None:
    """Every GET there is: a strict policy, no type guessed, no word of the software."""
    for path in addresses(app):
        answer = client.get(path, headers=BROWSER)
        guarded(answer.headers["content-security-policy"])
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.status_code < 500, (path, answer.text[:300])
        assert not {"server", "x-powered-by"} & answer.headers.keys()
        if answer.headers.get("content-type", "").startswith("text/html"):
            runs_nothing(answer.text)


@pytest.mark.parametrize("path", ["/nothing", "/find?q=" + "x" * 400, "/check/none"])
def test_guarding_holds_for_errors(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    guarded(answer.headers["content-security-policy"])
    assert answer.headers["cache-control"] == "no-store"
    runs_nothing(answer.text)


def test_guarding_holds_for_a_bug(
    app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("inner workings")

    monkeypatch.setattr(app.state.checkers, "check", broken)
    for accept in ("text/html", "*/*"):
        answer = client.post("/check", data={"text": "x"}, headers={"accept": accept})
        assert answer.status_code == 500
        guarded(answer.headers["content-security-policy"])
        assert "inner workings" not in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "[", "a b", "evil.example:99999", ""])
def test_guarding_lets_no_host_into_an_answer(app: FastAPI, client: TestClient, host: str) -> None:
    named = {"host": host, "x-forwarded-host": "evil.example", "x-forwarded-proto": "evil"}
    for path in ["/check", "/find?q=hungary", "/nothing", "/search?q=hungary", "/check/"]:
        answer = client.get(path, headers={**BROWSER, **named})
        assert answer.status_code < 500, path
        assert "evil" not in answer.text
        location = answer.headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))
    link = client.get("/check", headers=named).text
    assert '<link rel="canonical" href="http://127.0.0.1:8000/check">' in link


@pytest.mark.parametrize("path", ["//evil.example/", "/\\evil.example/", "//evil.example/check/"])
def test_guarding_redirects_nobody_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(f"http://testserver{path}")
    location = answer.headers.get("location", "/")
    assert not location.startswith(("//", "/\\", "http"))


def test_guarding_lets_other_sites_read_and_not_write(client: TestClient) -> None:
    asked = {"origin": "https://a.example", "access-control-request-method": "GET"}
    assert client.options("/find.json", headers=asked).status_code == 200
    asked["access-control-request-method"] = "DELETE"
    assert client.options("/find.json", headers=asked).status_code == 400
    read = client.get("/find.json?q=hungary", headers={"origin": "https://a.example"})
    assert read.headers["access-control-allow-origin"] == "*"
    # Said to who does not ask, too: a shared store would keep the answer without it.
    assert client.get("/find.json?q=hungary").headers["access-control-allow-origin"] == "*"
