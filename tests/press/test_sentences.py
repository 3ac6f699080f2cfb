"""Sentences are slices of the text, cut where a reader would cut them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from votewire.press.sentences import split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It passed. Two states left.", ["It passed.", "Two states left."]),
        ("The U.S. Ambassador spoke. He left.", ["The U.S. Ambassador spoke.", "He left."]),
        (
            "It was vetoed by the U.S. The text fell.",
            ["It was vetoed by the U.S.", "The text fell."],
        ),
        ("On Feb. 24 it passed. Mr. X left.", ["On Feb. 24 it passed.", "Mr. X left."]),
        (
            "Gen. Assembly no. 5 met. No. It did not.",
            ["Gen. Assembly no. 5 met.", "No.", "It did not."],
        ),
        ("Donald J. Trump won. W. Bush lost.", ["Donald J. Trump won.", "W. Bush lost."]),
        ("It rose 3.5 percent. Fine.", ["It rose 3.5 percent.", "Fine."]),
        ("The war.He said so at un.org today.", ["The war.", "He said so at un.org today."]),
        ("Talks went on... and on. Then not.", ["Talks went on... and on.", "Then not."]),
        (
            "At 5 p.m. EST they met. At 6 p.m. They left.",
            ["At 5 p.m. EST they met.", "At 6 p.m.", "They left."],
        ),
        ("मतदान हुआ। भारत नहीं था।", ["मतदान हुआ।", "भारत नहीं था।"]),
        ("Gone? Never! Yes.", ["Gone?", "Never!", "Yes."]),
        (
            "1. Reaffirms the Charter.\n2. Calls for peace.",
            ["1. Reaffirms the Charter.", "2. Calls for peace."],
        ),
        ("First (it was late.) Second.", ["First (it was late.)", "Second."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"It is over." He left.', ['"It is over."', "He left."]),
        (
            "“It is over,” he said. “Go.” She went.",
            ["“It is over,” he said.", "“Go.”", "She went."],
        ),
        (
            "“Why?” Deputy Envoy Ann B. Lee asked. All left.",
            ["“Why?” Deputy Envoy Ann B. Lee asked.", "All left."],
        ),
        (
            "“Why?” The text was adopted by ten votes.",
            ["“Why?”", "The text was adopted by ten votes."],
        ),
    ],
)
def test_sentences_keep_closing_quotes_and_their_speaker(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_sentences_go_on_over_a_wrapped_line_and_stop_at_a_blank_one() -> None:
    assert sentences("one line\nand the next\n\nAnother") == ["one line\nand the next", "Another"]


def test_sentences_leave_out_outer_space_of_every_kind() -> None:
    assert sentences("\u00a0 One.\u00a0  \u00a0 Two.\u00a0\n") == ["One.", "Two."]


def test_sentences_stay_in_the_given_range() -> None:
    text = "Skip this. Take this. Skip that."
    assert [text[a:b] for a, b in split_sentences(text, 11, 21)] == ["Take this."]


def test_sentences_of_the_seed_begin_as_the_gold_says() -> None:
    text = shared("articles/seed.txt").read_text(encoding="utf-8")
    found = sentences(text)
    for start in (
        "But in the Security Council, it won",
        "They exposed divisions",
        "Peskov said Europe",
    ):
        assert sum(sentence.startswith(start) for sentence in found) == 1


@given(st.text(alphabet=st.sampled_from("ab .!?\"”“'\n।U.S0"), max_size=200))
def test_sentences_never_overlap_and_lose_no_word(text: str) -> None:
    spans = split_sentences(text, 0, len(text))
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    kept = "".join("".join(text[a:b].split()) for a, b in spans)
    assert kept == "".join(text.split())
