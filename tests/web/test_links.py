from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from votewire.config import Settings
from votewire.web.links import Links

BROWSER = {"accept": "text/html"}
TEXT = "Russia voted against A/RES/ES-11/7. India voted in favour of A/RES/ES-11/7."


@pytest.fixture
def site(app: FastAPI, tmp_path: Path, client: TestClient) -> Iterator[Path]:
    """The site with a store of its own, of two pages."""
    own = app.state.site
    settings = replace(own.settings, data_dir=tmp_path, links_kept=2)
    app.state.site = replace(own, settings=settings)
    yield settings.checks_dir
    app.state.site = own


def kept(client: TestClient) -> tuple[str, str]:
    """Paths of a new link, and of its deletion."""
    answer = client.post("/check", data={"text": TEXT, "as": "link"}, headers=BROWSER)
    assert answer.status_code == 200
    found = re.findall(r'class="secret" href="http://127.0.0.1:8000(.*?)"', answer.text)
    return found[0], found[1]


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
    told = client.get(f"{link}.json").json()
    assert told["first_record"] == told["record"]["hash"]


def test_links_tell_that_the_record_has_changed(site: Path, client: TestClient) -> None:
    links = Links(replace(Settings(data_dir=site.parent), links_kept=2))
    token, _ = links.keep(TEXT.encode(), None, "0123456789abcdef")
    assert (
        "The record has changed since: it was 0123456789ab."
        in client.get(f"/check/{token}", headers=BROWSER).text
    )


def test_links_are_stored_under_hashes_for_this_user_alone(site: Path, client: TestClient) -> None:
    link, gone = kept(client)
    token, key = link.rpartition("/")[2], gone.rpartition("=")[2]
    assert min(len(token), len(key)) >= 32
    (file,) = site.iterdir()
    assert file.stat().st_mode & 0o077 == 0
    said = f"{file.name} {file.read_text(encoding='utf-8')}"
    assert token not in said
    assert key not in said


def test_links_are_deleted_by_their_key_alone(site: Path, client: TestClient) -> None:
    link, gone = kept(client)
    asked = client.get(gone, headers=BROWSER)
    assert "Delete this checked page?" in asked.text
    assert client.get(link).status_code == 200
    action = f"{link}/delete"
    assert client.post(action, data={"key": "wrong"}).status_code == 403
    assert client.post(action, data={"key": ""}).status_code == 403
    stranger = {"sec-fetch-site": "cross-site"}
    key = {"key": gone.rpartition("=")[2]}
    assert client.post(action, data=key, headers=stranger).status_code == 403
    assert client.post(action, data=key, headers=BROWSER).status_code == 200
    assert client.get(link).status_code == 404
    assert client.post(action, data=key).status_code == 404
    assert list(site.iterdir()) == []


def test_links_are_refused_when_the_store_is_full(site: Path, client: TestClient) -> None:
    first, _ = kept(client)
    kept(client)
    answer = client.post("/check", data={"text": TEXT, "as": "link"}, headers=BROWSER)
    assert answer.status_code == 507
    assert "There is no room for another permanent link: 2 pages are kept." in answer.text
    assert 'class="line contradicted' in answer.text
    assert client.get(first).status_code == 200


def test_links_are_bounded_in_bytes(tmp_path: Path) -> None:
    links = Links(Settings(data_dir=tmp_path, links_bytes=500))
    links.keep(b"x" * 200, None, "0")
    with pytest.raises(HTTPException) as refused:
        links.keep(b"x" * 200, None, "0")
    assert refused.value.status_code == 507


def test_links_are_not_offered_where_none_are_kept(tmp_path: Path) -> None:
    assert not Links(Settings(data_dir=tmp_path, links_kept=0)).offered


def test_links_are_made_by_the_sites_own_pages(site: Path, client: TestClient) -> None:
    answer = client.post(
        "/check", data={"text": TEXT, "as": "link"}, headers={"sec-fetch-site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not site.exists()


@pytest.mark.parametrize("token", ["..%2f..%2fetc%2fpasswd", "x" * 3000, "%00", "a.json", "é"])
def test_links_of_no_token_lead_nowhere(site: Path, client: TestClient, token: str) -> None:
    for path in (f"/check/{token}", f"/check/{token}.json", f"/check/{token}/delete"):
        assert client.get(path).status_code == 404
