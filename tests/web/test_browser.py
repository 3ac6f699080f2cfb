"""What a reader does, in a browser: every way through the site that the tutorial shows."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.conftest import shared
from tests.web import browsing

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

# Written for this test about the votes of 24 February 2025; the third sentence is wrong.
ARTICLE = """UNITED NATIONS, Feb 24, 2025

The United States opposed a General Assembly resolution on Monday that demands the withdrawal of \
Russian forces from Ukraine. The Assembly adopted it with 93 votes in favor, 18 against and 65 \
abstentions.

Hungary abstained.

Hours later the Security Council adopted a U.S.-drafted resolution with ten votes in favor. \
Britain and France abstained.
"""


def seed() -> str:
    """The page that votewire began with; a skip where it is not beside this checkout."""
    return shared("articles/seed.txt").read_text(encoding="utf-8")


def test_browser_search_leads_to_the_vote(tab: Any) -> None:
    tab.goto("/")
    tab.get_by_label("A symbol, a state, a topic, a group").fill("es-11/7")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/votes/.*(ES-11/7|UNDL-4076672)"))
    expect(tab.locator("h1")).to_have_text(
        "Advancing a comprehensive, just and lasting peace in Ukraine"
    )
    expect(tab.get_by_text("93–18–65").first).to_be_visible()


def test_browser_what_if_flips_the_outcome(tab: Any) -> None:
    tab.goto("/votes/A/RES/ES-11/7")
    whatif = tab.locator("what-if")
    whatif.get_by_label("two-thirds needed").check()
    whatif.get_by_label("All that abstained").select_option(label="No")
    result = whatif.locator('[data-part="result"]')
    expect(result).to_contain_text("The outcome changes.")
    expect(result).to_contain_text("93–83–0")


def test_browser_what_if_needs_no_script(browser: Any, site: str) -> None:
    with browsing.opened(browser, site, java_script_enabled=False) as plain:
        plain.goto("/votes/S/RES/2774/whatif?set=FRA=no")
        expect(plain.get_by_text("The outcome changes.")).to_be_visible()


def test_browser_pasted_seed_gets_its_verdicts(tab: Any) -> None:
    tab.goto("/")
    tab.get_by_label("A symbol, a state, a topic, a group").fill(seed())
    tab.get_by_role("button", name="Search or check").click()
    expect(tab).to_have_url(re.compile(r"/check$"))
    article = tab.get_by_role("article", name="The article")
    expect(article).to_be_visible()
    expect(tab.locator("footer.site")).to_be_visible()  # the page is there to its end
    assert tab.locator("article.checked .supported").count() >= 3
    assert tab.locator("article.checked .contradicted").count() == 0


def test_browser_pasted_mistake_is_contradicted(tab: Any) -> None:
    tab.goto("/check")
    tab.get_by_label("The page’s text, or its HTML").fill(
        ARTICLE.replace("abstained.\n\nH", "voted yes.\n\nH")
    )
    tab.get_by_role("button", name="Check", exact=True).click()
    expect(tab.locator("article.checked .contradicted").first).to_be_visible()


def test_browser_pasted_script_does_not_run(tab: Any) -> None:
    tab.goto("/check")
    tab.get_by_label("The page’s text, or its HTML").fill(
        ARTICLE + "\n<script>document.title = 'taken'</script><img src=x onerror=alert(1)>"
    )
    tab.get_by_role("button", name="Check", exact=True).click()
    expect(tab.locator("article.checked").first).to_be_visible()
    assert tab.title() != "taken"


def test_browser_compares_two_states(tab: Any) -> None:
    tab.goto("/compare")
    first, second = tab.get_by_label("State or group").all()
    first.fill("Hungary")
    second.fill("Russia")
    second.press("Enter")
    expect(tab).to_have_url(re.compile(r"/compare\?.*a=(HUN|Hungary)"))
    expect(tab.locator("h1")).to_contain_text("Hungary")
    expect(tab.locator("main img, main svg").first).to_be_visible()


def test_browser_keyboard_alone(tab: Any) -> None:
    """The first key leads past the head; the box is reached and sent; focus is always seen."""
    tab.goto("/methods")
    tab.keyboard.press("Tab")
    expect(tab.locator(":focus")).to_have_text("Skip to the content")
    expect(tab.locator(":focus")).to_be_in_viewport()
    tab.keyboard.press("Enter")
    expect(tab.locator("#main")).to_be_focused()
    tab.goto("/")
    for _ in range(14):
        tab.keyboard.press("Tab")
        if tab.locator(":focus").get_attribute("id") == "ask":
            break
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.type("India nuclear weapons")
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/states/IND/votes\?topic=nuclear"))


def test_browser_chart_is_explored_under_the_policy(tab: Any) -> None:
    tab.goto("/states/HUN")
    chart = tab.locator("vote-chart").first
    chart.get_by_role("button", name="Explore the chart").click()
    expect(chart.locator("canvas")).to_be_visible()
    box = chart.locator("canvas").bounding_box()
    assert box["width"] > 300
    tab.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_browser_hindi_has_its_font(tab: Any) -> None:
    tab.goto("/hi")
    assert tab.evaluate("document.documentElement.lang") == "hi"
    tab.wait_for_function("document.fonts.check('16px \"Votewire Devanagari\"', 'मत')")


def test_browser_state_and_topic_in_one_search(tab: Any) -> None:
    tab.goto("/")
    box = tab.locator("header").get_by_role("searchbox")
    box.fill("Hungary Ukraine")
    box.press("Enter")
    tab.get_by_role("link", name="Hungary on: Ukraine").click()
    expect(tab).to_have_url(re.compile(r"/states/HUN/votes\?topic=ukraine"))
    expect(tab.get_by_role("link", name="A/RES/ES-11/7")).to_be_visible()
