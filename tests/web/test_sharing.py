"""The pictures by which pages are shared."""

from __future__ import annotations

import struct

import pytest
from starlette.testclient import TestClient

from votewire.record import Answer
from votewire.web import sharing
from votewire.web.shown import Page, Panel

pl = pytest.importorskip("polars")


def page(title: str, told: str) -> Page:
    answer = Answer(
        question="rule",
        title=title,
        told=(told,),
        table=pl.DataFrame(),
        definition="",
        basis="",
        record_hash="0" * 64,
        complete_to="GA 2025-10-29",
    )
    return Page(title=title, description="What it is.", panels=(Panel(id="rule", answer=answer),))


@pytest.mark.parametrize("path", ["/index.png", "/methods.png", "/hi/index.png"])
def test_sharing_picture_is_as_large_as_sites_want_it(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "image/png"
    assert struct.unpack(">II", answer.content[16:24]) == (1200, 630)
    assert 5_000 < len(answer.content) < 200_000


def test_sharing_shows_the_tally_large() -> None:
    drawn = sharing._svg(page("A/RES/ES-11/7", "Adopted 93-18-65 on 2025-02-24 by a majority of"))
    assert ">93–18–65</text>" in drawn
    assert "record 000000000000" in drawn


def test_sharing_no_figure_stands_without_its_words() -> None:
    drawn = sharing._svg(page("Hungary", "Hungary in session 80 (2025): 1.67, on 2025-09-12."))
    assert f'font-size="{sharing._FIGURE}"' not in drawn


def test_sharing_long_words_stay_in_the_picture() -> None:
    drawn = sharing._svg(page("Necessity of ending the embargo " * 20, "Words and words " * 200))
    heights = [float(part.partition('"')[0]) for part in drawn.split(' y="')[1:]]
    assert max(heights) <= sharing._HEIGHT - sharing._EDGE / 2
    assert "…" in drawn


def test_sharing_words_are_escaped() -> None:
    assert "<script>" not in sharing._svg(page("<script>alert(1)</script>", "x & y"))


def test_sharing_each_page_names_its_picture(client: TestClient) -> None:
    text = client.get("/hi/methods").text
    assert 'property="og:image" content="http://127.0.0.1:8000/hi/methods.png"' in text
