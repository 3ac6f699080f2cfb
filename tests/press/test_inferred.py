"""The day and the byline of a page that states none itself, as the libraries find them."""

from __future__ import annotations

from datetime import date

import pytest

from votewire.press.bylines import persons
from votewire.press.metadata import article_date
from votewire.press.page import read_page

BODY = (
    "<p>The Assembly adopted a text on Monday after a debate that went on for most of the day, and "
    "its president said so.</p><p>Ninety-three members voted for it and eighteen against it.</p>"
)


def page(head: str = "", top: str = "", bottom: str = "") -> bytes:
    return (
        f"<!doctype html><html><head><title>A text is adopted</title>{head}</head><body><article>"
        f"<h1>Assembly backs a text after a long debate</h1>{top}{BODY}</article>{bottom}"
        "</body></html>"
    ).encode()


@pytest.mark.parametrize(
    ("head", "top", "day", "origin"),
    [
        (
            "<meta property='article:published_time' content='2025-02-25T10:00:00Z'>",
            "",
            date(2025, 2, 25),
            "declared",
        ),
        ("", "<p>Published: 25 February 2025</p>", date(2025, 2, 25), "shown"),
        (
            "<link rel='canonical' href='https://a.example/2025/02/25/assembly-text'>",
            "",
            date(2025, 2, 25),
            "inferred",
        ),
        ("", "<p class='meta'>Stand: 25.02.2025</p>", date(2025, 2, 25), "inferred"),
        ("", "", None, None),
        # Not known, as computers write it; and a year alone.
        (
            "<meta property='article:published_time' content='1970-01-01T00:00:00Z'>",
            "",
            None,
            None,
        ),
        ("", "<p>Published: 1 January 1970</p>", None, None),
        ("<meta name='date' content='0001-01-01'>", "<p>© 2019 Courier</p>", None, None),
    ],
)
def test_inferred_day_only_where_the_page_states_none(
    head: str, top: str, day: date | None, origin: str | None
) -> None:
    read = read_page(page(head, top)).metadata
    assert (article_date(read), read.published_from) == (day, origin)


def test_inferred_day_is_told_in_the_warnings_and_replaces_that_there_is_none() -> None:
    head = "<link rel='canonical' href='https://a.example/2025/02/25/assembly-text'>"
    notes = read_page(page(head)).warnings
    assert [note for note in notes if "publication date" in note] == [
        "no publication date on the page; 2025-02-25 was inferred from its address or from dates "
        "on it"
    ]


@pytest.mark.parametrize(
    "said", ["24 Feb 10:30", "Updated 2 hours ago, 10:30", "Monday 24 February at 10:30 pm", "2019"]
)
def test_inferred_day_never_hangs_on_today(said: str) -> None:
    read = read_page(page(top=f"<p class='date'>{said}</p>", bottom="<p>© 2019 Courier</p>"))
    assert read.metadata.published is None


def test_inferred_day_of_plain_text_is_none() -> None:
    read = read_page(
        b"Assembly backs a text\nhttps://a.example/2025/02/25/text\nIt voted on Monday."
    )
    assert read.metadata.published is None


@pytest.mark.parametrize(
    ("markup", "byline"),
    [
        ("<meta name='author' content='Ana Lindt'>", "Ana Lindt"),
        ("<meta name='author' content='Admin'>", None),
        ("<meta name='author' content='World News'>", None),
        ("<meta name='author' content='No Author'>", None),
        ("<meta name='author' content='newsroom@courier.example'>", None),
        ("<meta name='author' content='www.courier.com'>", None),
        ("<meta name='author' content='Meridian Courier Online'>", None),
        ("<meta name='author' content='Ana Lindt, Meridian Courier'>", "Ana Lindt"),
        ("<meta name='author' content='By Ana Lindt and Jon Abbey'>", "Ana Lindt, Jon Abbey"),
    ],
)
def test_inferred_byline_is_a_person_and_no_site_agency_or_stand_in(
    markup: str, byline: str | None
) -> None:
    site = "<meta property='og:site_name' content='The Meridian Courier'>"
    assert read_page(page(site + markup)).metadata.byline == byline


@pytest.mark.parametrize(
    "top",
    [
        "<p><a rel='author' href='/people/7'>Ana Lindt</a></p>",
        "<p>By <span itemprop='author'>Ana Lindt</span></p>",
        "<p><a href='/author/ana/'>Ana Lindt</a></p>",
    ],
)
def test_inferred_byline_from_the_markup_around_it(top: str) -> None:
    others = "<aside><a rel='author' href='/people/8'>Jon Abbey</a></aside>"
    assert read_page(page(top=top, bottom=others)).metadata.byline == "Ana Lindt"


def test_inferred_byline_that_the_library_finds() -> None:
    top = "<div class='byline'>By Ana Lindt</div>"
    assert read_page(page(top=top)).metadata.byline == "Ana Lindt"


def test_inferred_byline_of_json_ld_by_its_id() -> None:
    declared = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "A", '
        '"author": {"@id": "#ana"}}, {"@type": "Person", "@id": "#ana", "name": "Ana Lindt"}]}'
        "</script>"
    )
    assert read_page(page(declared)).metadata.byline == "Ana Lindt"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (["Ana Lindt; Jon Abbey"], "Ana Lindt, Jon Abbey"),
        (["Ana Lindt", "ANA LINDT", "Reuters"], "Ana Lindt"),
        (["View all posts by Ana Lindt"], "Ana Lindt"),
        (["Courier Verlag GmbH"], None),
        (["https://www.facebook.com/courier"], None),
        (["Staff"], None),
        (["courier.com"], None),
        (["Ana Lindt, PhD"], "Ana Lindt"),
        (["अना लिंट"], "अना लिंट"),
        ([""], None),
        ([], None),
    ],
)
def test_inferred_persons_of_what_stands_for_an_author(said: list[str], named: str | None) -> None:
    assert persons(said) == named
