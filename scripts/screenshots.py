"""Pictures of every page of the site, to be looked at; and those of the tutorial.

python -m scripts.screenshots FOLDER      each page, wide and narrow, light and dark, and in Hindi
python -m scripts.screenshots --tutorial  the pictures of docs/tutorial/questions.md

Needs Playwright (the extra `dev`) and the system's browser.
"""

from __future__ import annotations

import argparse
import io
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from tests.web.browsing import FLAGS, browser_path, free_port, served

from votewire.web.app import views
from votewire.web.pages.api import example_of

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WAYS = {
    "wide": {"width": 1440},
    "narrow": {"width": 390},
    "dark": {"width": 1440, "scheme": "dark"},
    "dark-narrow": {"width": 390, "scheme": "dark"},
    "hi": {"width": 1440, "lang": "hi"},
    "hi-narrow": {"width": 390, "lang": "hi"},
}
TALLEST = 5000  # pixels of a page that are kept
SIZE = {"width": 1100, "height": 760}  # of a picture in the tutorial
QUALITY = 60

# The tutorial's pictures: the page, and the part of it that the picture begins with.
TUTORIAL = {
    "vote": ("/votes/A/RES/ES-11/7", "h1"),
    "question-whatif": ("/votes/A/RES/ES-11/7/whatif?set=abstainers%3Dno&two_thirds=1", "h1"),
    "question-veto": ("/votes/S/2025/116", "h1"),
    "question-surprise": ("/votes/A/RES/ES-11/7", "#surprise"),
    "question-groups": ("/votes/A/RES/ES-11/7", "#groups"),
    "question-changed": ("/votes/A/RES/ES-11/7", "#changed"),
    "question-state": ("/states/USA", "#position"),
    "question-topic": ("/states/USA/votes?topic=ukraine", "h1"),
    "question-friends": ("/states/IND", "#friends"),
    "question-roll": ("/votes/A/RES/ES-11/7", "#roll"),
    "question-definitions": ("/compare?a=USA&b=RUS", "#definitions"),
    "question-shift": ("/shifts?state=ARG", "h1"),
    "question-cite": ("/votes/A/RES/ES-11/7", "#cite"),
    "question-choices": ("/methods", "#choice"),
    "question-data": ("/data", "#files"),
}


def pages() -> list[str]:
    """An address of every page."""
    return sorted({example_of(view.path) for view in views()} | {"/api", "/votes/S/2025/115"})


def name_of(path: str) -> str:
    return re.sub(r"[^\w]+", "-", path).strip("-") or "home"


def all_pages(browser: Browser, site: str, folder: Path) -> Iterator[Path]:
    """Writes each page in each way; says where one is wider than the screen."""
    for way, how in WAYS.items():
        context = browser.new_context(
            base_url=site,
            viewport={"width": int(how["width"]), "height": 900},
            color_scheme=how.get("scheme", "light"),
        )
        tab = context.new_page()
        for path in pages():
            lang = f"/{how['lang']}" if "lang" in how else ""
            tab.goto(lang + path if path != "/" else lang or "/")
            size = settled(tab)
            if size["width"] > how["width"]:
                print(f"{path} ({way}): {size['width']} pixels wide")
            out = folder / f"{name_of(path)}.{way}.png"
            clip = {"x": 0, "y": 0, "width": how["width"], "height": min(size["height"], TALLEST)}
            tab.screenshot(path=out, full_page=True, clip=clip)
            yield out
        context.close()


def settled(tab: Page) -> dict[str, int]:
    """Waits for pictures that are drawn when they come into view; returns the page's size."""
    tab.evaluate(
        """async () => {
            for (const img of document.images) img.loading = "eager";
            await document.fonts.ready;
            await Promise.all([...document.images].map((img) => img.decode().catch(() => {})));
        }"""
    )
    size: dict[str, int] = tab.evaluate(
        "({ width: document.documentElement.scrollWidth, "
        "height: document.documentElement.scrollHeight })"
    )
    return size


def tutorial(browser: Browser, site: str) -> Iterator[Path]:
    """Writes the pictures of the tutorial, as small as they can be read."""
    tab = browser.new_context(base_url=site, viewport=SIZE).new_page()
    for name, (path, part) in TUTORIAL.items():
        tab.goto(path)
        settled(tab)
        top = tab.locator(part).first.bounding_box()
        yield kept(name, shot(tab, int(top["y"]) - 12 if top else 0))
    tab.goto("/")
    tab.locator("#ask").fill((Path(__file__).parents[1] / ARTICLE).read_text(encoding="utf-8"))
    tab.get_by_role("button", name="Search or check").click()
    tab.wait_for_selector("article.checked")
    yield kept("question-check", shot(tab, 0))
    tab.goto("/")
    yield kept("question-home", shot(tab, 0))


ARTICLE = "examples/assembly-and-council.txt"


def shot(tab: Page, top: int) -> bytes:
    height = int(tab.evaluate("document.documentElement.scrollHeight"))
    clip: Any = {"x": 0, "y": max(top, 0), **SIZE}
    clip["height"] = min(SIZE["height"], height - clip["y"])
    return tab.screenshot(full_page=True, clip=clip)


def kept(name: str, png: bytes) -> Path:
    out = IMAGES / f"{name}.webp"
    Image.open(io.BytesIO(png)).convert("RGB").save(out, quality=QUALITY, method=6)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--tutorial", action="store_true")
    asked = parser.parse_args()
    if not asked.tutorial and asked.folder is None:
        parser.error("name a folder, or ask for --tutorial")
    with (
        tempfile.TemporaryDirectory() as data,
        served(Path(data), free_port()) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        if asked.tutorial:
            made = list(tutorial(browser, site))
        else:
            asked.folder.mkdir(parents=True, exist_ok=True)
            made = list(all_pages(browser, site, asked.folder))
        print(f"{len(made)} pictures, {sum(path.stat().st_size for path in made):,} bytes")
        browser.close()


if __name__ == "__main__":
    main()
