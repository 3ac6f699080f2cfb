"""HTML pages: text, roles and what the markup declares."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import shared
from votewire.errors import UnreadablePage
from votewire.press.page import read_page

PARAGRAPHS = (
    "<p>NEW YORK, Feb 24 (Meridian Wire) - The Assembly adopted a text on Monday after a debate "
    "that went on for most of the day.</p><p>ALSO READ: Envoys clash over a comma</p>"
    "<p>Ninety-three members voted for it and eighteen voted against it, the tally showed.</p>"
)
DECLARED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Meridian Courier"},
        {
            "@type": ["NewsArticle"],
            "headline": "Assembly backs a text on Ukraine after a long debate",
            "description": "Members chose between two drafts.",
            "datePublished": "2025-02-25T16:32:00+05:30",
            "dateModified": "2025-02-25T16:33:00+05:30",
            "author": [
                {"@type": "Organization", "name": "Reuters"},
                {"@type": "Person", "name": "Ana Lindt"},
            ],
            "publisher": {"@type": "Organization", "name": "The Meridian Courier"},
            "articleSection": ["World"],
        },
    ],
}


def page(head: str = "", body: str = PARAGRAPHS, declared: object = None) -> bytes:
    script = (
        f'<script type="application/ld+json">{json.dumps(declared)}</script>' if declared else ""
    )
    return (
        f"<!doctype html><html lang='en'><head>{head}{script}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav><article>"
        "<h1>Assembly backs a text on Ukraine after a long debate</h1>"
        "<p class='dek'>Members chose between two drafts.</p>"
        "<figure><img alt='flags'><figcaption>Delegates in the hall on Monday. Photo: Ana Name"
        f"</figcaption></figure>{body}<script>alert('no')</script></article>"
        "<footer>© 2025 The Meridian Courier</footer></body></html>"
    ).encode()


def roles(source: bytes) -> list[tuple[str, str]]:
    article = read_page(source)
    return [(each.role, article.text[each.start : each.end]) for each in article.blocks]


def test_html_metadata_from_json_ld() -> None:
    read = read_page(page(declared=DECLARED)).metadata
    assert read.headline == "Assembly backs a text on Ukraine after a long debate"
    assert (read.agency, read.byline, read.publisher) == (
        "Reuters",
        "Ana Lindt",
        "The Meridian Courier",
    )
    assert read.published is not None
    assert read.published.isoformat() == "2025-02-25T16:32:00+05:30"
    assert read.updated is not None
    assert read.updated.isoformat() == "2025-02-25T16:33:00+05:30"
    assert read.section == ("World",)
    assert read.dek == "Members chose between two drafts."


def test_html_metadata_from_meta_tags() -> None:
    head = (
        "<meta property='og:title' content='Assembly backs a text on Ukraine after a long debate'>"
        "<meta property='og:site_name' content='The Meridian Courier'>"
        "<meta property='article:published_time' content='2025-02-24T22:10:00Z'>"
        "<meta name='author' content='Ana Lindt'><link rel='alternate' hreflang='hi' href='/hi'>"
    )
    read = read_page(page(head)).metadata
    assert (read.publisher, read.byline) == ("The Meridian Courier", "Ana Lindt")
    assert read.published is not None
    assert read.published.isoformat() == "2025-02-24T22:10:00+00:00"
    assert [link.lang for link in read.language_links] == ["hi"]


def test_html_metadata_from_a_time_element() -> None:
    body = "<time datetime='2025-02-24T20:00:00-05:00'>Monday</time>" + PARAGRAPHS
    read = read_page(page(body=body)).metadata
    assert read.published is not None
    assert read.published.isoformat() == "2025-02-24T20:00:00-05:00"


def test_html_text_has_headline_dek_caption_and_body_each_with_its_role() -> None:
    found = roles(page(declared=DECLARED))
    assert found[:4] == [
        ("headline", "Assembly backs a text on Ukraine after a long debate"),
        ("dek", "Members chose between two drafts."),
        ("caption", "Delegates in the hall on Monday."),
        ("credit", "Photo: Ana Name"),
    ]
    assert ("related", "ALSO READ: Envoys clash over a comma") in found
    assert ("byline", "NEW YORK, Feb 24 (Meridian Wire) -") in found
    assert [text for role, text in found if role == "body"][-1].startswith("Ninety-three members")


def test_html_scripts_are_never_text() -> None:
    assert "alert" not in read_page(page()).text


def test_html_offset_that_the_markup_declares_settles_the_zone_that_the_text_prints() -> None:
    body = "<p>First Published: Feb 25 2025 | 4:32 PM IST</p>" + PARAGRAPHS
    read = read_page(page(body=body, declared=DECLARED)).metadata
    assert read.zone == "Asia/Kolkata"


def test_html_seed_in_paragraphs_is_cleaned_as_the_plain_seed_is() -> None:
    text = shared("articles/seed.txt").read_text(encoding="utf-8")
    markup = "".join(f"<p>{line}</p>" for line in text.splitlines() if line.strip())
    article = read_page(f"<html><body>{markup}</body></html>".encode())
    assert (article.metadata.agency, article.metadata.publisher) == ("Reuters", "Business Standard")
    assert article.metadata.zone == "Asia/Kolkata"
    prose = " ".join(article.text[each.start : each.end] for each in article.prose())
    assert "ALSO READ" not in prose
    assert "syndicated feed" not in prose


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + "<div>" * 10_000 + "<p>The Council met.</p>",
        "<html><body><p>The Council met.</p>" + "<b>" * 100_000,
        "<html><body>" + "<table><tr><td>" * 10_000 + "The Council met.",
        '<html><head><script type="application/ld+json">'
        + "[" * 200_000
        + "</script></head><body><p>The Council met.</p>",
        "<html><body " + 'a="b" ' * 100_000 + "><p>The Council met.</p>",
        "<html><body><p>The Council met.</p>" + "<script>" * 20_000,
    ],
    ids=["divs", "bold", "tables", "json", "attributes", "scripts"],
)
def test_html_hostile_markup_is_read_all_the_same(markup: str) -> None:
    assert "The Council met." in read_page(markup.encode()).text


def test_html_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10 if i else "ha"}">' for i in range(9))
    source = f"<!DOCTYPE html [{bomb}]><html><body><p>The Council met. &e8;</p></body></html>"
    assert len(read_page(source.encode()).text) < 2_000


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "</div>",
                "<h1>",
                "<a href=x>",
                "<!--",
                "&#0;",
                "<![CDATA[",
                "word ",
                "<script>",
                "\n",
                "<table>",
                "<li>",
            ]
        ),
        max_size=40,
    )
)
def test_html_any_tags_give_an_article_or_a_clear_error(parts: list[str]) -> None:
    try:
        article = read_page(("<html>" + "".join(parts)).encode())
    except UnreadablePage:
        return
    assert all(0 <= block.start < block.end <= len(article.text) for block in article.blocks)
