"""From bytes to an article: what is refused, and what holds for every page."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from votewire.errors import UnreadablePage
from votewire.press.article import Article
from votewire.press.lines import fold_page
from votewire.press.page import MAX_BYTES, read_page, read_text

DATA = Path(__file__).parent / "data"
PROSE = "The Council adopted a text on Monday by ten votes to none, its president said."


def assert_sound(article: Article) -> None:
    """What holds for every page: ordered blocks that do not overlap and lose no word."""
    blocks = article.blocks
    assert all(0 <= block.start < block.end <= len(article.text) for block in blocks)
    assert all(before.end <= after.start for before, after in itertools.pairwise(blocks))
    folded = fold_page(article.text)  # without a text browser's marks, which are no words
    covered = "".join(folded[block.start : block.end] for block in blocks)
    assert [c for c in covered if c.isalnum()] == [c for c in folded if c.isalnum()]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"", "is empty"),
        (b" \n\xc2\xa0\n", "is empty"),
        (b"%PDF-1.7\n...", "is a PDF"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\xff\xfeH\x00i", "not UTF-16-LE"),
        (b"text with a \x00 byte", "byte 12 is zero"),
        (b"caf\xe9 au lait", "byte 3 is 0xe9"),
        (b"<html><body></body></html>", "without text"),
    ],
)
def test_page_refuses_what_is_no_page_and_says_why(source: bytes, says: str) -> None:
    with pytest.raises(UnreadablePage, match=says) as caught:
        read_page(source, name="article.txt")
    assert str(caught.value).startswith("article.txt ")
    assert "\n" not in str(caught.value)


def test_page_refuses_more_than_the_limit_before_it_decodes() -> None:
    with pytest.raises(UnreadablePage, match="more than 5 MB"):
        read_page(b"\xff" * (MAX_BYTES + 1))


def test_page_accepts_a_byte_order_mark() -> None:
    assert read_page(b"\xef\xbb\xbf" + PROSE.encode()).text == PROSE


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_page_accepts_utf_16_with_its_mark(codec: str) -> None:
    assert read_page(f"\ufeff{PROSE}".encode(codec)).text == PROSE


def test_page_text_is_the_decoded_file_untouched() -> None:
    source = "A\u00a0headline about the vote\r\n\r\n“Yes,”\u2009he said\u2026\r\n" + PROSE
    assert read_page(source.encode()).text == source


def test_page_of_the_seed_is_sound_and_untouched() -> None:
    source = shared("articles/seed.txt").read_bytes()
    article = read_page(source)
    assert article.text == source.decode()
    assert article.lang == "en"
    assert_sound(article)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.txt")), ids=lambda path: path.name)
def test_page_of_every_layout_is_sound(path: Path) -> None:
    assert_sound(read_page(path.read_bytes()))


def test_page_with_body_alone_is_all_body() -> None:
    article = read_text(f"{PROSE}\n\nRussia voted for it. France abstained.")
    assert [block.role for block in article.blocks] == ["body", "body"]
    assert article.metadata.headline is None


def test_page_with_a_title_alone_has_a_headline() -> None:
    article = read_text("Council adopts a text on the war in Ukraine")
    assert [block.role for block in article.blocks] == ["headline"]


def test_page_with_headline_and_dek_and_body() -> None:
    dek = "Five European members abstained from it on Monday"
    article = read_text(f"Council adopts a text on the war\n\n{dek}\n\n{PROSE}")
    assert [block.role for block in article.blocks] == ["headline", "dek", "body"]


def test_page_with_a_dek_that_ends_in_a_full_stop_needs_a_byline_below() -> None:
    dek = "Five European members abstained from the text on Monday."
    plain = read_text(f"Council adopts a text on the war\n{dek}\n{PROSE}")
    signed = read_text(f"Council adopts a text on the war\n{dek}\nBy Ana Lindt\n{PROSE}")
    assert [block.role for block in plain.blocks] == ["headline", "body", "body"]
    assert [block.role for block in signed.blocks] == ["headline", "dek", "byline", "body"]


def test_page_headline_repeated_is_furniture() -> None:
    title = "Council adopts a text on the war"
    article = read_text(f"{title} | Harbour News\n{title}\n{PROSE}\n{title}")
    assert [block.role for block in article.blocks] == ["repeat", "headline", "body", "repeat"]
    assert article.metadata.publisher == "Harbour News"


def test_page_headline_is_no_running_ticker() -> None:
    ticker = "Live updates: talks on the war go on"
    article = read_text(f"{ticker}\nCouncil adopts a text on the war\nBy Ana Lindt\n{PROSE}")
    assert article.metadata.headline == "Council adopts a text on the war"
    assert read_text(f"{ticker}\n{PROSE}").metadata.headline == ticker


def test_page_paragraph_wrapped_over_lines_is_one_block() -> None:
    wrapped = (
        "The Security Council adopted a text on Monday that asks\n"
        "for an early end to the war, with ten members in favour\n"
        "and five abstaining from it in the end.\n\n"
        "Russia vetoed two amendments before that vote, and the\n"
        "president of the Council closed the meeting soon after.\n"
    )
    article = read_text(wrapped)
    assert [block.role for block in article.blocks] == ["body", "body"]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n", "\u2028"])
def test_page_any_line_end_separates_lines(newline: str) -> None:
    article = read_text(newline.join(["Council adopts a text on the war", "By Ana Lindt", PROSE]))
    assert [block.role for block in article.blocks] == ["headline", "byline", "body"]


def test_page_without_prose_says_so() -> None:
    article = read_text("Home | World | Sport\nShare\n24 Feb 2025")
    assert any("no running text" in warning for warning in article.warnings)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (PROSE, "en"),
        ("Le Conseil a adopté un texte sur la guerre et la Russie a voté pour.", "fr"),
        ("El Consejo adoptó un texto sobre la guerra y los miembros se abstuvieron.", "es"),
        ("O Conselho adotou um texto sobre a guerra e os membros não se abstiveram.", "pt"),
        ("सुरक्षा परिषद ने प्रस्ताव पारित किया और भारत ने मतदान में हिस्सा नहीं लिया।", "hi"),
        ("Совет принял резолюцию, и Россия голосовала за неё.", "ru"),
        ("اعتمد المجلس القرار وامتنعت خمس دول عن التصويت.", "ar"),
        ("安全理事会通过了决议。", "zh"),
        ("Der Rat hat die Resolution mit zehn Stimmen und ohne Gegenstimme angenommen.", "de"),
    ],
)
def test_page_language_is_told_by_script_and_common_words(text: str, lang: str) -> None:
    assert read_text(text).lang == lang


@given(st.binary(max_size=400))
def test_page_any_bytes_give_an_article_or_a_clear_error(source: bytes) -> None:
    try:
        article = read_page(source)
    except UnreadablePage:
        return
    assert_sound(article)


LINES = [
    "Home / World / Council adopts a text",
    "Council adopts a text on the war",
    "2 min read Last Updated : Feb 25 2025 | 4:33 PM IST",
    "Reuters",
    "By Ana Lindt",
    "ALSO READ: Envoys clash",
    "he said. ALSO READ: Envoys clash over a comma  And so on.",
    "The hall. | Image: Shutterstock",
    "Photo: Getty Images",
    "(With inputs from PTI)",
    "UNITED NATIONS, Feb 24 (Reuters) - The Council met on Monday to vote on the draft text.",
    "First Published: Feb 25 2025 | 4:32 PM IST",
    "More from World",
    "[12]* \u00a0",
    "date 2025-02-25 Tuesday, February 25, 2025 | 05:39 PM ISTहिंदी में पढें",
    PROSE,
    "",
    '"We go on," she said.',
]


@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=14))
def test_page_any_order_of_lines_is_sound(lines: list[str]) -> None:
    assert_sound(read_text("\n".join(lines)))


@pytest.mark.parametrize(
    "text",
    [
        "word and word in the United Nations. " * 130_000,
        "x" * 5_000_000,
        "\n" * 200_000 + "x",
        "(" * 2_000_000,
        "ALSO READ: x. " * 20_000,
        "Feb 24 2025 " * 400_000,
        "قال المجلس إن الدول صوتت. " * 60_000,
        "‮" + "ציר הביטחון הצביע. " * 50_000,
        '"a ' * 1_000_000,
        "\u00a0 " * 1_000_000 + "x",
        "Home / " * 700_000,
        "| photo: " * 300_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_page_of_five_megabytes_is_read_in_time(text: str) -> None:
    began = time.process_time()
    assert_sound_enough(read_text(text))
    # The slowest took 2 s; a pattern that is quadratic takes minutes.
    assert time.process_time() - began < 20


def assert_sound_enough(article: Article) -> None:
    assert all(b.end <= a.start for b, a in itertools.pairwise(article.blocks))
