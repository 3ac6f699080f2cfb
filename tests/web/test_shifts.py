"""The largest shifts."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire.positions import shifts as moves


def test_shifts_are_those_of_the_command(client: TestClient, app: FastAPI) -> None:
    site = app.state.site
    told = client.get("/shifts.json?session=79").json()["panels"]["shifts"]
    expected = moves.shifts(site.fit, moves.Asked(session=79), 30, record=site.record)
    assert [row["state"] for row in told["table"]] == expected.table["state"].to_list()
    assert told["table"][0]["shift"] == pytest.approx(expected.table["shift"][0])


def test_shifts_state_the_placebo_rate_and_drivers(client: TestClient) -> None:
    page = client.get("/shifts?session=79").text
    assert "with the dates of rollcalls shuffled between two sessions" in page
    assert "above 0.99" in page
    assert 'href="/shifts?state=ARG&amp;session=79"' in page
    found = client.get("/shifts.json?state=Argentina&session=79").json()
    assert found["state"] == "ARG"
    drove = found["panels"]["drivers"]["table"]
    assert [row["symbol"] for row in drove[:2]] == [row["symbol"] for row in found["drivers"][0]]
    assert drove[0]["bits"] == max(row["bits"] for row in drove)


def test_shifts_since_a_year_hold_no_earlier_one(client: TestClient) -> None:
    rows = client.get("/shifts.json?since=2015").json()["panels"]["shifts"]["table"]
    assert min(row["year"] for row in rows) >= 2015
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)


@pytest.mark.parametrize(
    ("query", "status"),
    [("state=Atlantis", 404), ("session=19", 404), ("since=1066", 422), ("since=2400", 404)],
)
def test_shifts_refuse_with_the_right_status(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/shifts.json?{query}").status_code == status
