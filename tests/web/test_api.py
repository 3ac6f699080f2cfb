"""The description of the API, and the manners of its answers."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire.web.app import views
from votewire.web.pages.api import addresses, example_of


def test_api_document_is_openapi(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1.")
    assert document["info"]["title"] == "votewire"
    names = [
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
    ]
    assert len(names) == len(set(names))


def test_api_page_lists_every_address_of_the_document(client: TestClient, app: FastAPI) -> None:
    page = client.get("/api").text
    for listed in addresses(app.openapi()).values():
        for one in listed:
            assert f"<code>{one.method} {one.path}</code>" in page
            assert "{" not in one.example, f"no example for {one.path}"


def test_api_parameters_say_what_they_mean(app: FastAPI) -> None:
    untold = [
        f"{one.path} {each.name}"
        for listed in addresses(app.openapi()).values()
        for one in listed
        for each in one.parameters
        if not each.meaning or not each.type
    ]
    assert untold == []


def test_api_every_example_answers(client: TestClient) -> None:
    for view in views():
        ending = ".json"
        answer = client.get(example_of(view.path, ending), follow_redirects=True)
        assert answer.status_code in (200, 300), view.path
        assert answer.headers["content-type"] == "application/json"


def test_api_answers_are_tagged_by_record_and_open_to_all(client: TestClient) -> None:
    answer = client.get("/methods.json", headers={"Origin": "https://example.org"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"].startswith("public, max-age=")
    tag = answer.headers["etag"]
    again = client.get("/methods.json", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/data.json").headers["etag"] != tag


def test_api_page_as_data_is_the_document(client: TestClient) -> None:
    answer = client.get("/api.json")
    assert (answer.status_code, answer.headers["location"]) == (308, "/api/openapi.json")
    guessed = client.get("/openapi.json")
    assert (guessed.status_code, guessed.headers["location"]) == (308, "/api/openapi.json")
    assert client.get("/api.png").content.startswith(b"\x89PNG")
