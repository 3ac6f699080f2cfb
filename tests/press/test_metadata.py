"""What pages say about themselves: the seed, and pages in other layouts."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import shared
from votewire.press.article import Article, Link
from votewire.press.dates import resolve_day
from votewire.press.metadata import article_date
from votewire.press.page import read_page, read_text

DATA = Path(__file__).parent / "data"
EXPECTED: dict[str, dict[str, Any]] = json.loads((DATA / "expected.json").read_text("utf-8"))


@pytest.fixture
def seed() -> Article:
    return read_page(shared("articles/seed.txt").read_bytes(), name="seed.txt")


def words(article: Article, *, furniture: bool) -> str:
    """All text of the blocks of one kind, white space single."""
    return " ".join(blocks(article, furniture=furniture))


def blocks(article: Article, *, furniture: bool) -> list[str]:
    """The text of each block of one kind, white space single."""
    kept = [block for block in article.blocks if block.furniture == furniture]
    return [" ".join(article.text[block.start : block.end].split()) for block in kept]


def plain(value: object) -> object:
    """A metadata value as JSON has it."""
    if isinstance(value, tuple):
        return [[each.text, each.lang] if isinstance(each, Link) else each for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_metadata_of_the_seed(seed: Article) -> None:
    read = seed.metadata
    assert (read.agency, read.publisher, read.byline) == ("Reuters", "Business Standard", None)
    assert plain(read.published) == "2025-02-25T16:32:00+05:30"
    assert plain(read.updated) == "2025-02-25T16:33:00+05:30"
    assert plain(read.page_clock) == "2025-02-25T17:39:00+05:30"
    assert read.zone == "Asia/Kolkata"
    assert "Business Standard" in (read.zone_note or "")
    assert read.read_minutes == 2
    assert read.section == ("Home", "World News")
    assert [(link.text, link.lang) for link in read.language_links] == [("हिंदी में पढें", "hi")]
    assert seed.warnings == ()


def test_metadata_of_the_seed_agrees_with_the_gold(seed: Article) -> None:
    gold = json.loads(shared("articles/gold/seed.json").read_text(encoding="utf-8"))["metadata"]
    read = seed.metadata
    assert read.headline == gold["headline"]
    assert read.dek == gold["dek"]
    assert read.picture_alt == gold["picture"]["alt"]
    assert read.caption == gold["picture"]["caption"]
    assert read.credit == gold["picture"]["credit"]
    assert read.notice == gold["feed_notice"]
    assert [link.text for link in read.related] == gold["related_links"]
    assert read.dateline == gold["dateline"]


def test_metadata_of_the_seed_puts_monday_on_the_day_of_the_votes(seed: Article) -> None:
    anchor = article_date(seed.metadata)
    assert anchor is not None
    assert resolve_day("on Monday", anchor) == date(2025, 2, 24)


def test_metadata_all_furniture_strings_of_the_seed_are_furniture(seed: Article) -> None:
    gold = json.loads(shared("articles/gold/seed.json").read_text(encoding="utf-8"))
    outside = words(seed, furniture=True)
    for chrome in gold["chrome"]:
        assert " ".join(chrome.split()) in outside


def test_metadata_all_body_sentences_of_the_seed_are_body(seed: Article) -> None:
    gold = json.loads(shared("articles/gold/seed.json").read_text(encoding="utf-8"))
    body = " ".join(seed.text[b.start : b.end] for b in seed.blocks if b.role == "body")
    for sentence in gold["body_sentences"]:
        assert body.count(sentence.removesuffix(" (2nd)")) == 1


def test_metadata_headline_block_of_the_seed_is_the_line_and_not_the_breadcrumb(
    seed: Article,
) -> None:
    [headline] = [block for block in seed.blocks if block.role == "headline"]
    assert headline.start == 163
    assert [b.role for b in seed.blocks if b.role in ("dek", "caption", "credit")] == [
        "dek",
        "caption",
        "credit",
    ]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_metadata_of_pages_in_other_layouts(name: str) -> None:
    article = read_page((DATA / name).read_bytes(), name=name)
    expected = EXPECTED[name]
    read = {field: plain(getattr(article.metadata, field)) for field in expected["metadata"]}
    assert read == expected["metadata"]
    assert article.lang == expected["lang"]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_metadata_pages_in_other_layouts_keep_prose_and_furniture_apart(name: str) -> None:
    article = read_page((DATA / name).read_bytes(), name=name)
    assert blocks(article, furniture=False) == EXPECTED[name]["prose"]
    assert blocks(article, furniture=True) == EXPECTED[name]["furniture"]


def test_metadata_a_zone_that_nothing_settles_is_left_out_with_a_warning() -> None:
    article = read_page((DATA / "levant_post.txt").read_bytes())
    assert plain(article.metadata.published) == "2025-02-24T23:40:00"
    assert article.metadata.zone is None
    assert any("IST could be" in warning for warning in article.warnings)


def test_metadata_the_same_page_under_a_known_name_has_its_zone() -> None:
    text = (
        (DATA / "levant_post.txt")
        .read_text("utf-8")
        .replace("The Levant Post", "The Times of Israel")
    )
    read = read_text(text).metadata
    assert (read.publisher, read.zone) == ("The Times of Israel", "Asia/Jerusalem")
    assert plain(read.published) == "2025-02-24T23:40:00+02:00"


@pytest.mark.parametrize(
    ("top", "published", "clock"),
    [
        (
            "Monday, 24 February 2025, 19:01\nA headline about the vote in New York",
            "2025-02-24T19:01:00",
            None,
        ),
        (
            "Home / World\n24 February 2025\nA headline about it all\nPublished: 23 February 2025",
            "2025-02-23T00:00:00",
            "2025-02-24T00:00:00",
        ),
        (
            "25 February 2025\nA headline about the vote in New York\n24 February 2025",
            "2025-02-24T00:00:00",
            "2025-02-25T00:00:00",
        ),
        (
            "25 February 2025 हिंदी में पढ़ें\nA headline about the vote in New York",
            None,
            "2025-02-25T00:00:00",
        ),
    ],
)
def test_metadata_dates_without_a_label_are_the_story_s_or_the_page_s(
    top: str, published: str | None, clock: str | None
) -> None:
    body = "\nThe Council adopted a text on Monday by ten votes to none, its president said."
    read = read_text(top + body).metadata
    assert (plain(read.published), plain(read.page_clock)) == (published, clock)


@pytest.mark.parametrize(
    ("line", "agency", "byline"),
    [
        ("Reuters\n2 min read", "Reuters", None),
        ("Meridian Wire\n2 min read", "Meridian Wire", None),
        ("Ana Lindt\n2 min read", None, "Ana Lindt"),
        ("World Desk\n2 min read", None, "World Desk"),
        ("By Ana Lindt", None, "Ana Lindt"),
        ("By The Associated Press", "AP", None),
        ("By Ana Lindt and Reuters", "Reuters", "Ana Lindt"),
        ("PTI | United Nations | Feb 25, 2025 08:07 IST", "PTI", None),
        ("Source: Meridian Wire", "Meridian Wire", None),
    ],
)
def test_metadata_credits_are_agencies_or_people(
    line: str, agency: str | None, byline: str | None
) -> None:
    read = read_text(
        f"A headline about the vote in New York\n{line}\nThe Council adopted a text on Monday by "
        "ten votes to none, its president said."
    ).metadata
    assert (read.agency, read.byline) == (agency, byline)


@pytest.mark.parametrize(
    ("notice", "publisher"),
    [
        (
            "(This story has not been edited by NDTV staff and comes from a syndicated feed.)",
            "NDTV",
        ),
        (
            "Except for the headline, this story has not been edited by The Harbour News staff "
            "and is published from a syndicated feed.",
            "Harbour News",
        ),
        (
            "(Headline and picture were chosen by the Meridian Courier desk; the rest comes "
            "unchanged from an agency feed.)",
            "Meridian Courier",
        ),
        (
            "This story was originally published by Harbour News and comes from a wire feed.",
            "Harbour News",
        ),
    ],
)
def test_metadata_syndication_notices_are_kept_verbatim_and_name_the_outlet(
    notice: str, publisher: str
) -> None:
    text = (
        "A headline about the vote in New York\nThe Council adopted a text on Monday by ten votes "
        f"to none, its president said.\n{notice}\n"
    )
    read = read_text(text).metadata
    assert (read.notice, read.publisher) == (notice, publisher)


def test_metadata_of_the_example_page() -> None:
    page = Path(__file__).parents[2] / "examples" / "assembly-and-council.txt"
    article = read_page(page.read_bytes())
    read = article.metadata
    assert read.headline == "Assembly and Council part ways over the war in Ukraine"
    assert (read.agency, read.publisher) == ("Meridian Wire", "Meridian Courier")
    assert plain(read.published) == "2025-02-25T17:01:00+05:30"
    assert read.read_minutes == 3
    assert read.credit == "Meridian Pictures"
    assert "ALSO READ" not in words(article, furniture=False)
    assert article.warnings == ()
