from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from votewire.check import check
from votewire.pipeline.links import KeptPage, Links
from votewire.press import read
from votewire.record import open_record
from votewire.web import links as web_links
from votewire.web.links import Reports, today

BROWSER = {"accept": "text/html"}
TEXT = "Russia voted against A/RES/ES-11/7. India voted in favour of A/RES/ES-11/7."
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture
def site(app: FastAPI, tmp_path: Path, client: TestClient) -> Iterator[Path]:
    """The site with a store of its own, of two pages."""
    own = app.state.site
    settings = replace(own.settings, data_dir=tmp_path, links_kept=2)
    app.state.site = replace(own, settings=settings)
    yield settings.checks_dir
    app.state.site = own


def store(app: FastAPI) -> Links:
    return Links(app.state.site.settings)


def kept(client: TestClient) -> tuple[str, str]:
    """Paths of a new link, and of where it is changed."""
    answer = client.post("/check", data={"text": TEXT, "as": "link"}, headers=BROWSER)
    assert answer.status_code == 200
    found = re.findall(r'class="secret" href="http://127.0.0.1:8000(.*?)"', answer.text)
    return found[0], found[1]


def parts(at: tuple[str, str]) -> tuple[str, str]:
    """Token and key."""
    return at[0].rpartition("/")[2], at[1].rpartition("=")[2]


def test_links_lead_to_the_page_checked_again(site: Path, client: TestClient) -> None:
    link, _ = kept(client)
    answer = client.get(link, headers=BROWSER)
    assert answer.status_code == 200
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "etag" not in answer.headers
    assert 'class="line contradicted' in answer.text
    assert "The record is still the same." in answer.text
    until = (today() + timedelta(days=90)).isoformat()
    assert f"Its link lasts until {until}." in answer.text
    told = client.get(f"{link}.json").json()
    assert told["first_record"] == told["record"]["hash"]
    assert told["kept_until"] == until


def test_links_tell_that_the_record_has_changed(
    site: Path, app: FastAPI, client: TestClient
) -> None:
    made = store(app).keep(TEXT.encode(), None, "0123456789abcdef", asker="", today=today())
    assert (
        "The record has changed since: it was 0123456789ab."
        in client.get(f"/check/{made.token}", headers=BROWSER).text
    )


def test_links_that_are_read_again_wait_for_no_check(
    site: Path, app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = kept(client)
    first = client.get(link, headers=BROWSER)
    monkeypatch.setattr(app.state.checkers, "check", None)
    assert client.get(link, headers=BROWSER).text == first.text
    assert client.get(f"{link}.json").status_code == 200


def test_links_are_deleted_by_their_key_alone(site: Path, app: FastAPI, client: TestClient) -> None:
    link, change = kept(client)
    asked = client.get(change, headers=BROWSER)
    assert "Delete this checked page?" in asked.text
    assert client.get(link).status_code == 200
    action = f"{link}/delete"
    assert client.post(action, data={"key": "wrong"}).status_code == 403
    assert client.post(action, data={"key": ""}).status_code == 403
    key = {"key": change.rpartition("=")[2]}
    assert client.post(action, data=key, headers=BROWSER).status_code == 200
    assert client.get(link).status_code == 404
    assert client.post(action, data=key).status_code == 404
    assert store(app).listed() == []


@pytest.mark.parametrize("cited", ["http://[::1", "http://a]b", "https://x.org:99999999/"])
def test_links_are_not_extended_for_what_is_no_address(
    site: Path, app: FastAPI, client: TestClient, cited: str
) -> None:
    made = store(app).keep(TEXT.encode(), None, "0", asker="", today=today())
    sent = {"key": made.key, "cited": cited}
    answer = client.post(f"/check/{made.token}/extend", data=sent)
    assert answer.status_code == 400
    assert "give the whole address" in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site", "origin": ORIGIN}, 403),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[x"}, 403),
        ({"origin": "http://[::1"}, 403),
        ({"origin": "http://testserver:99999"}, 403),
        ({"origin": ""}, 403),
        ({"origin": ORIGIN}, 200),
        ({"origin": "http://testserver"}, 200),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({}, 200),
    ],
)
def test_links_are_made_and_changed_by_the_sites_own_pages(
    site: Path, app: FastAPI, client: TestClient, headers: dict[str, str], status: int
) -> None:
    made = store(app).keep(TEXT.encode(), None, "0", asker="", today=today())
    asked = {"text": TEXT, "as": "link"}
    assert client.post("/check", data=asked, headers=headers).status_code == status
    assert len(store(app).listed()) == 1 + (status == 200)
    for what in ("extend", "delete"):
        sent = {"key": made.key, "cited": "https://desk.example/"}
        answer = client.post(f"/check/{made.token}/{what}", data=sent, headers=headers)
        assert answer.status_code == status


def test_links_are_kept_longer_where_something_cites_them(
    site: Path, app: FastAPI, client: TestClient
) -> None:
    link, change = kept(client)
    key = change.rpartition("=")[2]
    until = (today() + timedelta(days=365)).isoformat()
    wrong = client.post(f"{link}/extend", data={"key": key, "cited": "my site"}, headers=BROWSER)
    assert "give the whole address" in wrong.text
    assert client.post(f"{link}/extend", data={"key": key, "cited": "x"}).status_code == 400
    assert (
        client.post(f"{link}/extend", data={"key": "no", "cited": "https://a.example/"}).status_code
        == 403
    )
    cited = {"key": key, "cited": "https://desk.example/review"}
    answer = client.post(f"{link}/extend", data=cited, headers=BROWSER)
    assert f"The link lasts until {until} now." in answer.text
    assert "https://desk.example/review" in client.get(change, headers=BROWSER).text
    assert store(app).listed()[0].cited == "https://desk.example/review"


def test_links_that_have_ended_say_when(
    site: Path, app: FastAPI, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, change = kept(client)
    until = today() + timedelta(days=90)
    monkeypatch.setattr(web_links, "today", lambda: until + timedelta(days=1))
    for path in (link, f"{link}.json", change):
        answer = client.get(path)
        assert answer.status_code == 410
        assert f"This link ended on {until}" in answer.json()["detail"]
    key = {"key": change.rpartition("=")[2], "cited": "https://desk.example/"}
    assert client.post(f"{link}/extend", data=key).status_code == 410


def test_links_are_cited_by_the_reviews_that_are_taken_from_them(
    site: Path, client: TestClient
) -> None:
    link, _ = kept(client)
    page = client.get(link, headers=BROWSER).text
    token = re.findall(r'name="link" value="(.*?)"', page)[0]
    who = {"reviewer": "Desk", "reviewer_url": "https://a.example/", "reviewed_on": "2025-02-26"}
    asked = {"text": TEXT, "as": "claimreview", **who}
    reviews = client.post("/check", data={**asked, "link": token}).json()
    assert {each["url"].partition("#")[0] for each in reviews} == {f"{ORIGIN}{link}"}
    assert client.post("/check", data={**asked, "link": "another"}).status_code == 404
    assert "url" not in client.post("/check", data=asked).json()[0]


def test_links_are_refused_when_the_store_is_full(
    site: Path, app: FastAPI, client: TestClient
) -> None:
    first, _ = kept(client)
    store(app).keep(TEXT.encode(), None, "0", asker="another", today=today())
    answer = client.post("/check", data={"text": TEXT, "as": "link"}, headers=BROWSER)
    assert answer.status_code == 507
    assert "There is no room for another permanent link: 2 pages are kept." in answer.text
    assert 'class="line contradicted' in answer.text
    assert client.get(first).status_code == 200


def test_links_of_one_address_do_not_fill_the_store(
    site: Path, app: FastAPI, client: TestClient
) -> None:
    kept(client)
    answer = client.post("/check", data={"text": TEXT, "as": "link"})
    assert answer.status_code == 507
    assert "This address keeps 1 pages already" in answer.json()["detail"]


def test_links_of_a_disk_that_takes_nothing_are_507(site: Path, client: TestClient) -> None:
    site.parent.mkdir(exist_ok=True)
    site.write_bytes(b"no folder")
    answer = client.post("/check", data={"text": TEXT, "as": "link"})
    assert answer.status_code == 507


def test_links_are_not_offered_where_none_are_kept(
    site: Path, app: FastAPI, client: TestClient
) -> None:
    own = app.state.site
    app.state.site = replace(own, settings=replace(own.settings, links_kept=0))
    page = client.post("/check", data={"text": TEXT}, headers=BROWSER).text
    assert "permanent link" not in page
    refused = client.post("/check", data={"text": TEXT, "as": "link"})
    assert refused.status_code == 403


@pytest.mark.parametrize("token", ["..%2f..%2fetc%2fpasswd", "x" * 3000, "%00", "a.json", "é"])
def test_links_of_no_token_lead_nowhere(site: Path, client: TestClient, token: str) -> None:
    for path in (f"/check/{token}", f"/check/{token}.json", f"/check/{token}/change"):
        assert client.get(path).status_code == 404


def test_links_have_so_many_reports_at_hand() -> None:
    def page(text: str) -> KeptPage:
        day = date(2025, 1, 1)
        return KeptPage(
            source=text.encode(), published=None, kept_on=day, record="", until=None, cited=None
        )

    record = open_record()
    texts = [f"Russia voted against A/RES/ES-11/7. {n}" for n in range(3)]
    made = [check(read(text.encode()), record) for text in texts]
    reports = Reports(room=2 * len(texts[0]))
    for text, report in zip(texts, made, strict=True):
        reports.keep(page(text), report)
        reports.keep(page(text), report)
    assert [reports.found(page(text)) for text in texts] == [None, *made[1:]]
