"""The charts of every page: whole on a phone as on a large screen, of the size that was said."""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from starlette.testclient import TestClient

from votewire.web.app import views
from votewire.web.pages.api import example_of

SVG = "{http://www.w3.org/2000/svg}"
# Pages with a chart: one of each kind, and names that are as long as any.
CHARTED = (
    "/states/COD",
    "/states/SUN",
    "/compare?a=USA&b=RUS",
    "/compare?a=VCT&b=EU",
    "/groups/EU",
    "/positions",
    "/topics/nuclear",
    "/votes/A/RES/79/7",
)
PAGES = sorted({example_of(view.path) for view in views()} | set(CHARTED))
PICTURES = re.compile(
    r'<source media="[^"]*" srcset="([^"]+)" width="(\d+)" height="(\d+)">\s*'
    r'<img src="([^"]+)" width="(\d+)" height="(\d+)"'
)
# What of a page's charts lies outside its box, is not loaded, or changed its shape when it came.
OUTSIDE = """() => [...document.querySelectorAll("vote-chart img")].flatMap((img) => {
  const [own, box] = [img, img.closest("figure")].map((each) => each.getBoundingClientRect());
  const { source } = { source: img.parentElement.querySelector("source") };
  const said = matchMedia(source.media).matches ? source : img;
  const ratio = img.naturalWidth / img.naturalHeight;
  const kept = Math.abs(ratio - said.getAttribute("width") / said.getAttribute("height")) < 0.001;
  const whole = own.left >= box.left && own.right <= box.right + 0.5 && box.right <= innerWidth;
  return whole && kept && img.complete ? [] : [img.currentSrc];
})"""
LOADED = """async () => {
  const images = [...document.images];
  images.forEach((img) => { img.loading = "eager"; });
  await Promise.all(images.map((img) => img.decode()));
}"""
# Words of a chart that reach out of it, by more than a hair.
CUT = """async (address) => {
  document.body.innerHTML = await (await fetch(address)).text();
  const { left, right } = document.querySelector("svg").getBoundingClientRect();
  return [...document.querySelectorAll("svg text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < left - 1 || box.right > right + 1);
  }).map((text) => text.textContent);
}"""


def pictures(page: str) -> list[tuple[str, tuple[int, int]]]:
    """The addresses of a page's charts, narrow and wide, with the sizes that it gives them."""
    return [
        (each[at].replace("&amp;", "&"), (int(each[at + 1]), int(each[at + 2])))
        for each in PICTURES.findall(page)
        for at in (0, 3)
    ]


def words(root: Element) -> str:
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("path", CHARTED)
def test_charts_have_the_size_that_their_page_reserves(client: TestClient, path: str) -> None:
    found = pictures(client.get(path).text)
    assert found
    for address, (width, height) in found:
        root = fromstring(client.get(address).content)
        assert (root.get("width"), root.get("height")) == (str(width), str(height)), address
        left, top, wide, high = map(float, root.get("viewBox", "").split())
        assert left <= top == 0
        assert wide / high == pytest.approx(width / height, rel=1e-3)
        # Fitted, and not drawn much smaller than it could be.
        assert max(wide / width, high / height) < 1.15, address


@pytest.mark.parametrize("path", ["/states/COD", "/compare?a=USA&b=RUS", "/groups/EU"])
def test_charts_for_a_phone_have_title_last_year_and_source(client: TestClient, path: str) -> None:
    for address, (width, _) in pictures(client.get(path).text)[::2]:
        assert "width=narrow" in address
        assert width == 300
        root = fromstring(client.get(address).content)
        drawn = words(root)
        assert root[0].text.split()[0] in drawn
        assert "Source: " in drawn
        if "year" in root[0].text or "memberships" in root[0].text:
            assert "2025" in drawn


def test_charts_are_drawn_in_two_widths_and_no_more(client: TestClient) -> None:
    address = "/states/HUN.svg?panel=friends"
    assert client.get(f"{address}&width=narrow").status_code == 200
    assert client.get(f"{address}&width=301").status_code == 422
    assert client.get(f"{address}&width=wide").status_code == 422
    assert client.get("/states/HUN.csv?panel=friends&width=narrow").status_code == 422
    narrow, wide = (
        client.get(f"/states/HUN.vl.json?panel=friends{width}").json()
        for width in ("&width=narrow", "")
    )
    assert narrow["description"] == wide["description"]
    assert narrow != wide


@pytest.mark.parametrize(("width", "lang", "scheme"), [(320, "", "light"), (390, "/hi", "dark")])
@pytest.mark.parametrize("path", PAGES)
def test_charts_are_whole_on_a_phone(
    tab: Any, path: str, width: int, lang: str, scheme: Any
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=scheme)
    tab.goto(f"{lang}{path}" if path != "/" else lang or "/")
    tab.evaluate(LOADED)
    assert tab.evaluate(OUTSIDE) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", CHARTED)
def test_charts_are_whole_on_a_large_screen(tab: Any, path: str) -> None:
    tab.goto(path)
    tab.evaluate(LOADED)
    assert tab.evaluate(OUTSIDE) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1440


@pytest.mark.parametrize("path", CHARTED)
def test_charts_for_a_phone_cut_no_word(tab: Any, client: TestClient, path: str) -> None:
    tab.goto(path)
    for address, _ in pictures(client.get(path).text)[::2]:
        assert tab.evaluate(CUT, address) == [], address


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", ["/states/COD", "/groups/G77"])
def test_charts_explored_fit_their_box(tab: Any, path: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(path)
    for _ in range(tab.locator("vote-chart").count()):
        chart = tab.locator("vote-chart").filter(has=tab.locator("button")).first
        chart.get_by_role("button").click()
        tab.wait_for_function("() => !document.querySelector('vote-chart button[disabled]')")
    boxes = tab.evaluate(
        """() => [...document.querySelectorAll("vote-chart canvas")].map((canvas) =>
            [canvas, canvas.closest("figure")].map((each) => each.getBoundingClientRect().width))"""
    )
    assert len(boxes) == tab.locator("vote-chart").count()
    assert all(canvas <= figure for canvas, figure in boxes)
    if width < 1440:
        assert all(canvas > figure - 8 for canvas, figure in boxes)
