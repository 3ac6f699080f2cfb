"""Every page in a browser, by the rules of axe-core; nothing in its console, no other host."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")

from axe_playwright_python.sync_playwright import Axe

from votewire.web.app import views
from votewire.web.pages.api import example_of

PAGES = sorted({example_of(view.path) for view in views()} | {"/api", "/votes/S/2025/115"})
# Rows after these are made by the same line of a template; to look at them takes most of the time.
PARTS = {"include": [["html"]], "exclude": [["tbody tr:nth-child(n+13)"]]}


def violations(tab: Any) -> list[str]:
    """What axe finds wrong, one line each."""
    found = Axe().run(tab, context=PARTS, options={"resultTypes": ["violations"]}).response
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:160]} ({len(one['nodes'])} nodes)"
        for one in found["violations"]
    ]


# Each page in two of the eight ways to see it; of language, scheme and width both values are seen.
@pytest.mark.parametrize("path", PAGES)
def test_accessible_in_english_light_and_wide(tab: Any, path: str) -> None:
    tab.goto(path)
    assert violations(tab) == []


@pytest.mark.parametrize("path", PAGES)
def test_accessible_in_hindi_dark_and_narrow(tab: Any, path: str) -> None:
    tab.set_viewport_size({"width": 390, "height": 800})
    tab.emulate_media(color_scheme="dark")
    tab.goto(f"/hi{path if path != '/' else ''}")
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
