from __future__ import annotations

from starlette.testclient import TestClient

BROWSER = {"accept": "text/html"}


def test_home_shows_the_newest_votes_with_links_to_their_pages(client: TestClient) -> None:
    answer = client.get("/", headers=BROWSER)
    assert answer.status_code == 200
    assert "S/RES/2798(2025)" in answer.text
    assert "Record complete to" in answer.text
