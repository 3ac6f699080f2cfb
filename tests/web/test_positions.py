"""All states on the line of one session."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire.positions import answers


def test_positions_shows_every_state_in_order(client: TestClient, app: FastAPI) -> None:
    found = client.get("/positions.json?session=79").json()
    expected = answers.rank(app.state.site.fit, 79, record=app.state.site.record).table
    assert [row["state"] for row in found["panels"]["states"]["table"]] == expected[
        "state"
    ].to_list()
    page = client.get("/positions?session=79").text
    assert page.count('<svg class="whisker"') == expected.height


def test_positions_takes_the_last_session_well_under_way(client: TestClient) -> None:
    """Session 80 has three contested votes in the shipped record."""
    assert client.get("/positions.json").json()["session"] == 79
    assert "This session has 3 contested votes so far" in client.get("/positions?session=80").text


def test_positions_marks_permanent_members_by_word(client: TestClient) -> None:
    page = client.get("/positions?session=79").text
    assert page.count('<tr class="marked">') == page.count(">P5</abbr>") == 5
    then = client.get("/positions.json?session=30").json()["permanent"]
    assert "SUN" in then
    assert "RUS" not in then


def test_positions_says_what_the_line_does_not_mean(client: TestClient) -> None:
    page = client.get("/positions").text
    assert "no scale of good and bad" in page
    assert 'href="/methods"' in page


def test_positions_of_another_session_is_not_found(client: TestClient) -> None:
    answer = client.get("/positions.json?session=19")
    assert answer.status_code == 404
    assert answer.json()["nearest"]
    assert client.get("/positions.json?session=last").status_code == 422
