"""What holds of the claims of any text: spans are slices, nothing raises, time is linear."""

from __future__ import annotations

import sys
from itertools import pairwise
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.press.articles import article, claims_of
from votewire.press.claims import read_claims
from votewire.press.grammar.lexicon import languages, lexicon
from votewire.press.grammar.nodes import row
from votewire.press.grammar.words import folded

PIECES = st.sampled_from(
    [
        *("The", "UN", "Security Council", "General Assembly", "resolution", "draft", "US-drafted"),
        *("Russia", "China", "France", "it", "they", "voted", "against", "for", "abstained", "was"),
        *("backed", "by", "adopted", "rejected", "vetoed", "by", "which", "that", "and", ",", "–"),
        *("(", ")", "93-18-65", "13", "votes", "to", "none", "including", "those", "were", "not"),
        *("“", "”", "'s", ".", "had", "would", "on Monday", "both of which", "together with", ":"),
        *(
            "the only",
            "countries",
            "its",
            "own",
            "as did",
            "last year",
            "İ",
            "\u00a0",
            "अ",
            "S/2025/1",
        ),
    ]
)


@given(st.text(max_size=400), st.sampled_from([*languages(), "xx"]))
def test_claims_any_text_is_read_and_spans_are_slices(text: str, lang: str) -> None:
    read = article(text, lang=lang)
    for claim in read_claims(read):
        assert text[claim.start : claim.start + len(claim.span)] == claim.span


@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_claims_any_words_of_voting_are_read_and_spans_are_slices(text: str) -> None:
    for claim in claims_of(text):
        assert text[claim.start : claim.end] == claim.span
        assert claim.span
        assert claim.reference.key > 0


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_claims_same_text_gives_the_same_claims(text: str) -> None:
    assert claims_of(text) == claims_of(text)


@given(st.text(max_size=300))
def test_nodes_cover_every_word_once_in_order(text: str) -> None:
    nodes = row(folded(text), text, (0, len(text)), [], lexicon("en"))
    spans = [(node.start, node.end) for node in nodes]
    assert spans == sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(at in covered for at, letter in enumerate(text) if letter.isalnum())


@given(st.text(max_size=300))
def test_nodes_folded_text_keeps_its_length(text: str) -> None:
    assert len(folded(text)) == len(text)


def test_claims_language_without_lexicon_has_none() -> None:
    assert claims_of("Der Sicherheitsrat nahm die Resolution an.", lang="de") == ()


UNITS = [
    "The UN Security Council adopted a resolution on Mali, with Russia voting against ",
    "The UN Security Council rejected a text. ",
    "Russia, ",
    "93-18-65 ",
    "voted against ",
    "the resolution ",
    "((( ",
    "and Russia ",
    "Russia's ",
    "said “no ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_claims_work_is_linear_in_one_long_paragraph(unit: str) -> None:
    def calls(size: int) -> int:
        """How many calls reading takes: seconds would depend on what else the machine does."""
        read = article(("The UN met. " + unit * (size // len(unit) + 1))[:size])
        seen = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal seen
            seen += 1

        before = sys.getprofile()
        sys.setprofile(count)
        try:
            read_claims(read)
        finally:
            sys.setprofile(before)
        return seen

    read_claims(article("The UN met."))
    assert calls(120_000) < 4.4 * calls(30_000)  # linear is 4, quadratic is 16


def test_claims_five_megabytes_of_one_paragraph_end() -> None:
    text = "grain prices rose in the harbour towns again " * (5_000_000 // 45)
    assert claims_of("The UN Security Council met. " + text) == ()
