"""The description of the API is whole, and no example made from it breaks the site.

VOTEWIRE_SCHEMA_EXAMPLES asks for more examples of each operation.
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.asked import routes
from votewire.web.asking import DATA

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from hypothesis import HealthCheck, Phase, given, settings  # noqa: E402

EXAMPLES = int(os.environ.get("VOTEWIRE_SCHEMA_EXAMPLES", "3"))
DRAWN = (".svg", ".png")  # drawn anew for each example: one each


def test_schema_is_openapi_and_has_every_address_of_data(app: FastAPI, client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    data = {
        route.path.replace(":path", "")
        for route in routes(app)
        if route.path.endswith(DATA) and route.include_in_schema
    }
    assert data <= described["paths"].keys()
    sent = described["paths"]["/check.json"]["post"]
    assert set(sent["requestBody"]["content"]) == {"text/plain", "text/html", "application/json"}
    assert {"413", "415", "422", "429", "503"} <= sent["responses"].keys()


def test_schema_examples_find_no_server_error(app: FastAPI) -> None:
    schema: Any = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for result in schema.get_all_operations():
        operation = result.ok()
        examples = 1 if operation.path.endswith(DRAWN) else EXAMPLES

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def run(case: Any) -> None:
            response = case.call()
            case.validate_response(response, checks=[schemathesis.checks.not_a_server_error])

        given(case=operation.as_strategy())(run)()
