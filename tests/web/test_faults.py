from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.asked import addresses
from votewire import errors
from votewire.web.faults import STATUSES, status_of

DOCS = Path(__file__).parents[2] / "docs" / "reference" / "errors.md"
BROWSER = {"accept": "text/html"}


def tree(kind: type[errors.VotewireError]) -> Iterator[type[errors.VotewireError]]:
    yield kind
    for child in kind.__subclasses__():
        if child.__module__ == errors.__name__:
            yield from tree(child)


def test_faults_every_class_has_a_status_that_the_reference_names() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (\d{3}) \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    documented = {name: int(status) for name, status in rows}
    for kind in tree(errors.VotewireError):
        status = status_of(kind.__new__(kind))
        assert 300 <= status < 600
        if kind is not errors.VotewireError:
            assert documented[kind.__name__] == status, kind
    assert set(STATUSES) <= set(tree(errors.VotewireError))


def test_faults_are_problems_for_programs_and_pages_for_people(client: TestClient) -> None:
    problem = client.get("/nothing")
    assert problem.headers["content-type"] == "application/problem+json"
    told = problem.json()
    assert (told["status"], told["title"]) == (404, "Not Found")
    assert re.fullmatch(r"urn:votewire:fault:[0-9a-f]{12}", told["instance"])
    page = client.get("/nothing", headers=BROWSER)
    assert page.status_code == 404
    assert re.search(r"<code>[0-9a-f]{12}</code>", page.text)
    assert problem.headers["vary"].startswith("Accept")
    data = client.get("/nothing.json", headers=BROWSER)
    assert data.headers["content-type"] == "application/problem+json"


def test_faults_methods_are_refused_with_those_that_are_known(
    app: FastAPI, client: TestClient
) -> None:
    for path in addresses(app):
        for method in ("PUT", "DELETE", "PATCH", "TRACE", "FOO"):
            answer = client.request(method, path)
            assert answer.status_code == 405, (method, path)
            assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
        options = client.options(path)
        assert (options.status_code, options.content) == (204, b""), path
        assert options.headers["allow"] == answer.headers["allow"]
        if "/check/" not in path:
            head = client.head(path, headers=BROWSER)
            assert head.content == b"", path
            assert head.status_code == client.get(path, headers=BROWSER).status_code, path


def test_faults_methods_of_an_address_with_a_form(client: TestClient) -> None:
    for path in ("/check", "/check.json"):
        assert client.put(path).headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.options("/nothing").status_code == 404


def test_faults_are_noted_on_one_line_without_secrets(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="votewire")
    client.get("/no%0Athing%1b[31m")
    client.get("/check/secrettoken")
    lines = [each.getMessage() for each in caplog.records if each.name.startswith("votewire")]
    assert all(line.isprintable() for line in lines)
    assert len(lines) == 2
    assert "secrettoken" not in caplog.text


def test_faults_name_the_parameter_that_is_wrong(client: TestClient) -> None:
    answer = client.post("/check.json?published=1066-10-14", content=b"x")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("published:")
    assert "input" not in answer.json()["errors"][0]
