"""The site's own files."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from votewire.web.statics import VEGA, address_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("style.css", "text/css"),
        ("votewire.js", "text/javascript"),
        ("mark.svg", "image/svg+xml"),
        ("noto-sans-devanagari-5.3.0.woff2", "font/woff2"),
    ],
)
def test_statics_are_kept_for_good_by_their_content(
    client: TestClient, name: str, kind: str
) -> None:
    answer = client.get(address_of(name))
    assert answer.headers["content-type"].startswith(kind)
    assert "immutable" in answer.headers["cache-control"]


def test_statics_by_another_mark_are_not_kept(client: TestClient) -> None:
    answer = client.get("/static/000000000000/style.css")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_statics_only_files_that_there_are(client: TestClient) -> None:
    for name in ("nothing.css", "..%2fapp.py", "%2e%2e", "__init__.py"):
        assert client.get(f"/static/0/{name}").status_code == 404
    with pytest.raises(ValueError, match="no static file"):
        address_of("nothing.css")


def test_statics_bundle_interprets_expressions(client: TestClient) -> None:
    """What the policy of the site needs: Vega's expressions are not compiled by `Function`."""
    answer = client.get(address_of(VEGA))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "export" in answer.text
    assert "https://cdn" not in answer.text[:2000]


def test_statics_font_is_found_by_the_style(client: TestClient) -> None:
    style = client.get(address_of("style.css")).text
    assert 'url("noto-sans-devanagari-5.3.0.woff2")' in style
    beside = address_of("style.css").rsplit("/", 1)[0] + "/noto-sans-devanagari-5.3.0.woff2"
    assert "immutable" in client.get(beside).headers["cache-control"]


def test_statics_font_is_asked_for_before_the_style_on_hindi_pages_alone(
    client: TestClient,
) -> None:
    beside = address_of("style.css").rsplit("/", 1)[0] + "/noto-sans-devanagari-5.3.0.woff2"
    preload = f'rel="preload" as="font" type="font/woff2" crossorigin href="{beside}"'
    assert preload in client.get("/hi", headers={"accept": "text/html"}).text
    assert "preload" not in client.get("/", headers={"accept": "text/html"}).text
