"""The first page."""

from __future__ import annotations

from starlette.testclient import TestClient


def test_home_shows_votes_casts_and_shifts(client: TestClient) -> None:
    panels = client.get("/index.json").json()["panels"]
    assert list(panels) == ["newest", "surprising", "shifts"]
    days = [row["date"] for row in panels["newest"]["table"]]
    assert days == sorted(days, reverse=True)
    assert all(len(panel["table"]) > 5 for panel in panels.values())


def test_home_takes_a_session_with_enough_votes(client: TestClient) -> None:
    """The 80th has three votes with a roll in the shipped record; the 79th has over a hundred."""
    panels = client.get("/index.json").json()["panels"]
    assert panels["shifts"]["session"] == 79
    assert {row["symbol"].split("/")[2] for row in panels["surprising"]["table"]} <= {"79", "ES-11"}


def test_home_says_each_cast_with_its_odds_and_interval(client: TestClient) -> None:
    panels = client.get("/index.json").json()["panels"]
    page = client.get("/").text
    first = panels["surprising"]["table"][0]
    assert f"{first['bits']:.1f} bits (90 % interval {first['low']:.1f} to" in page
    assert page.count("about one in ") == len(panels["surprising"]["table"])


def test_home_newest_votes_tell_outcome_by_word(client: TestClient) -> None:
    page = client.get("/").text
    listed = page.partition('<ol class="votes"')[2].partition("</ol>")[0]
    assert listed.count("<li>") == listed.count("adopted</span>") > 5


def test_home_box_sends_to_the_search(client: TestClient) -> None:
    page = client.get("/").text
    assert '<form class="ask" action="/search" method="post"' in page
    assert '<form class="ask" action="/hi/search" method="post"' in client.get("/hi").text


def test_home_is_kept_and_not_sent_twice(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304


def test_home_says_no_more_of_the_record_than_it_holds(client: TestClient) -> None:
    """Every resolution adopted by a recorded vote is in it; votes that failed are of some years."""
    page = client.get("/").text
    record = client.app.state.site.record  # type: ignore[attr-defined]
    assert "Every recorded vote" not in page
    assert "this article" not in page
    assert f"The record ends on {record.rollcalls['date'].max()}." in page
    assert '<a href="/data#missing">' in page
    assert 'id="missing"' in client.get("/data").text
