from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.asked import example, pages, routes
from votewire.web.asking import DATA

BROWSER = {"accept": "text/html"}


def test_asking_drops_what_a_page_does_not_know(app: FastAPI, client: TestClient) -> None:
    """Of every page: a name that others added changes nothing, not even its tag."""
    for path in pages(app):
        plain = client.get(path, headers=BROWSER)
        added = client.get(f"{path}?utm_source=a%20b&zz=1", headers=BROWSER)
        assert added.status_code == plain.status_code, path
        assert added.headers.get("etag") == plain.headers.get("etag"), path
        assert "utm_source" not in added.text, path


def test_asking_refuses_what_data_do_not_know(app: FastAPI, client: TestClient) -> None:
    for route in routes(app):
        path = example(route)
        if path.endswith(DATA) and "/static/" not in path and "/check/" not in path:
            answer = client.get(f"{path}?zz=1")
            assert answer.status_code == 422, path
            assert answer.json()["detail"].startswith("zz: not known here."), path


def test_asking_takes_an_empty_field_for_none(client: TestClient) -> None:
    assert client.get("/find.json?q=").json()["asked"] == ""
    named = client.get("/find.json?q=hungary&q=")
    assert named.json()["asked"] == "hungary"


def test_asking_refuses_an_address_that_is_too_long(client: TestClient) -> None:
    answer = client.get("/find", params={"q": "x" * 64_100})
    assert answer.status_code == 414
    assert client.get("/" + "x" * 9000).status_code == 414
