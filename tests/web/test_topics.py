"""Topics and the page of each."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire import blocs
from votewire.record import Selection
from votewire.record.topics import on_topic, topics


def test_topics_lists_each_with_its_votes(client: TestClient) -> None:
    rows = client.get("/topics.json").json()["panels"]["topics"]["table"]
    assert {row["topic"] for row in rows} == {each.id for each in topics()}
    page = client.get("/topics").text
    assert all(f'href="/topics/{each.id}"' in page for each in topics())


def test_topic_lists_every_vote_on_it(client: TestClient, app: FastAPI) -> None:
    record = app.state.site.record
    ids: list[str] = []
    paging = client.get("/topics/ukraine.json").json()["paging"]
    for page in range(1, paging["pages"] + 1):
        found = client.get(f"/topics/ukraine.json?page={page}").json()["panels"]["votes"]
        ids += [row["id"] for row in found["table"]]
    on_it = (record.rollcalls["chamber"] == "GA").to_numpy() & on_topic(record, "ukraine")
    assert sorted(ids) == sorted(record.rollcalls["id"].filter(on_it))


def test_topic_says_what_makes_a_vote_one_of_it(client: TestClient) -> None:
    page = client.get("/topics/ukraine").text
    assert "What a vote must say to be on this topic" in page
    assert "sevastopol" in page
    assert "votewire positions fit --topic ukraine" in page


def test_topic_agreement_is_what_blocs_counts(client: TestClient, app: FastAPI) -> None:
    panels = client.get("/topics/nuclear.json").json()["panels"]
    expected = blocs.matrix(app.state.site.record, within=Selection(topic="nuclear"), group="P5")
    assert panels["permanent"]["table"] == expected.table.to_dicts()
    years = panels["years"]["table"]
    assert all(0 < row["rollcalls"] <= row["of"] for row in years)
    assert sum(row["rollcalls"] for row in years) == 1019
    assert panels["surprising"]["table"][0]["bits"] > 5


def test_topic_of_the_council_tells_what_is_missing_there(client: TestClient) -> None:
    found = client.get("/topics/apartheid.json?chamber=SC&since=2015").json()
    assert found["paging"]["found"] == 0
    assert found["missing"]
    assert "No vote fits" in client.get("/topics/apartheid?chamber=SC&since=2015").text


@pytest.mark.parametrize("typed", ["human rights", "Human-Rights"])
def test_topic_is_found_by_its_name(client: TestClient, typed: str) -> None:
    sent = client.get(f"/topics/{typed}")
    assert (sent.status_code, sent.headers["location"]) == (307, "/topics/human-rights")


def test_topic_unknown_is_not_found(client: TestClient) -> None:
    answer = client.get("/topics/ukrane.json")
    assert answer.status_code == 404
    assert answer.json()["nearest"][0] == "ukraine"
