"""Groups and the page of each."""

from __future__ import annotations

from datetime import date

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire import blocs, states


def test_groups_counts_members_of_the_day(client: TestClient) -> None:
    rows = client.get("/groups.json?on=2019-06-01").json()["panels"]["groups"]["table"]
    members = {row["group"]: row["members"] for row in rows}
    assert members["EU"] == len(states.group_members("EU", date(2019, 6, 1))) == 28
    assert members["WEST"] is None
    assert client.get("/groups").text.count('<th scope="row">') == len(states.groups())


def test_group_lists_members_with_the_day_they_joined(client: TestClient) -> None:
    rows = client.get("/groups/EU.json?on=2019-06-01").json()["panels"]["members"]["table"]
    assert {row["state"]: row["since"] for row in rows}["GBR"] == "1973-01-01"
    page = client.get("/groups/EU?on=2019-06-01").text
    assert "since 1973-01-01, until 2020-01-31" in page


def test_group_figures_are_those_of_the_commands(client: TestClient, app: FastAPI) -> None:
    panels = client.get("/groups/EU.json").json()["panels"]
    record = app.state.site.record
    own = blocs.cohesion(record, "EU", by="year").table
    assert [row["value"] for row in panels["cohesion"]["table"]] == own["value"].to_list()
    assert panels["splits"]["table"][0]["broke"]
    broke = panels["breakers"]["table"]
    assert all(row["low"] <= row["rate"] <= row["high"] for row in broke)
    assert [row["rate"] for row in broke] == sorted((r["rate"] for r in broke), reverse=True)


@pytest.mark.parametrize("typed", ["eu", "European Union", "the European Union"])
def test_group_is_found_by_its_name(client: TestClient, typed: str) -> None:
    sent = client.get(f"/groups/{typed}")
    assert (sent.status_code, sent.headers["location"]) == (307, "/groups/EU")


def test_group_that_is_a_word_of_the_press_lists_nobody(client: TestClient) -> None:
    page = client.get("/groups/WEST")
    assert page.status_code == 200
    assert "a word of the press" in page.text
    assert client.get("/groups/WEST.json").json()["panels"] == {}


def test_group_that_ended_shows_its_last_years(client: TestClient) -> None:
    found = client.get("/groups/WARSAW_PACT.json").json()
    last = states.group("WARSAW_PACT").last
    assert last is not None
    assert found["on"] == last.isoformat()
    assert found["panels"]["members"]["table"]
    assert found["panels"]["breakers"]["table"]


@pytest.mark.parametrize(("path", "status"), [("/groups/XYZ", 404), ("/groups/EU?on=June", 400)])
def test_group_refuses_with_the_right_status(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status
