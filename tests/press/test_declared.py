"""What the markup of a page or the JSON of a feed declares may be anything at all."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire import press
from votewire.errors import SourceError, UnreadablePage
from votewire.press.entities import unescape
from votewire.press.feeds import read_feed
from votewire.press.feeds_items import read_item

PAGE = (
    "<html><head><script type='application/ld+json'>{declared}</script>"
    "<meta property='article:published_time' content='2025-02-24T10:00:00Z'></head>"
    "<body><h1>Assembly votes on a text</h1><p>China voted against the resolution in the UN "
    "General Assembly on Monday.</p></body></html>"
)
LONG = "9" * 5_000  # digits; Python makes no number of more than 4,300
MANY = 100_000
# Text or markup that may stand in any of the fields, and what may stand in place of a text.
TEXTS = ("NewsArticle", "2025-02-24", "9999-12-31T23:59:59-23:59", "<p>", f"&#{LONG};", "text/html")
KEYS = (
    *("@type", "@graph", "headline", "description", "author", "publisher", "name", "value", "role"),
    *("datePublished", "dateModified", "articleSection", "headlines", "bodies", "contentType"),
    *("body_text", "body_html", "uri", "language", "versionCreated", "firstCreated", "located"),
    *("infoSources", "copyrightHolder", "byline", "items"),
)
ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(TEXTS)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=8)


def page_of(declared: str) -> bytes:
    return PAGE.format(declared=declared).encode()


@pytest.mark.parametrize(
    "declared",
    [
        "[" * MANY,
        "[" * MANY + "]" * MANY,
        '{"a":' * MANY + "1" + "}" * MANY,
        '{"a":' * 900 + "1" + "}" * 900,
        "[" + "{}," * MANY + "{}]",
        "[" + "[]," * MANY + "[]]",
        f'{{"@type": "NewsArticle", "datePublished": {LONG}}}',
        f'{{"@type": "NewsArticle", "headline": "&#{LONG};"}}',
        '{"@type": [{}, [], null, "Place"]}',
    ],
    ids=[
        *("open", "lists", "objects", "near", "wide", "empty", "number", "reference", "kinds"),
    ],
)
def test_declared_json_of_any_depth_and_size_leaves_the_page_its_day(declared: str) -> None:
    published = press.read(page_of(declared)).metadata.published
    assert published is not None
    assert published.date() == date(2025, 2, 24)


def test_declared_article_is_found_by_any_of_its_kinds() -> None:
    declared = json.dumps({"@type": [{}, 1, "NewsArticle"], "datePublished": "2025-02-25"})
    published = press.read(page_of(declared)).metadata.published
    assert published is not None
    assert published.date() == date(2025, 2, 25)


@given(declared=OBJECTS, article=st.booleans())
def test_declared_article_of_any_shape_is_read(declared: dict[str, object], article: bool) -> None:
    shown = declared | {"@type": "NewsArticle"} if article else declared
    page = press.read(page_of(json.dumps(shown)))
    assert "China voted against" in page.text


@given(OBJECTS)
def test_declared_item_of_any_shape_leaves_the_other_items(item: dict[str, object]) -> None:
    good = {"headline": "Votes", "body_text": "China abstained."}
    first, drawn, last = read_feed(json.dumps([good, item, good]).encode())
    assert (first.headline, last.headline) == ("Votes", "Votes")
    with suppress(UnreadablePage):
        read_item(drawn.packed())


@pytest.mark.parametrize("depth", [900, MANY])
def test_declared_lines_nested_too_deep_leave_the_next_ones(depth: int) -> None:
    good = json.dumps({"headline": "Votes", "body_text": "China abstained."})
    source = "\n".join((good, "[" * depth, '{"a":' * depth + "1" + "}" * depth, good))
    found = list(read_feed(source.encode()))
    assert [each.headline for each in found] == ["Votes", None, None, "Votes"]
    assert all(each.problem for each in found[1:3])


def test_declared_items_of_a_broken_number_are_no_feed() -> None:
    with pytest.raises(SourceError, match="number too long"):
        list(read_feed(f'{{"headline": {LONG}}}'.encode()))


@pytest.mark.parametrize(
    ("reference", "letter"),
    [
        ("&amp;", "&"),
        ("&#2325;", "\u0915"),
        ("&#0002325;", "\u0915"),
        ("&#x915;", "\u0915"),
        (f"&#{LONG};", "\ufffd"),
        (f"&#{LONG}", "\ufffd"),
        (f"&#x{LONG};", "\ufffd"),
    ],
)
def test_declared_reference_of_any_length_is_one_letter(reference: str, letter: str) -> None:
    assert unescape(f"a {reference} b") == f"a {letter} b"
