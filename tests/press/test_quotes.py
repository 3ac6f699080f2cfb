"""Quoted speech is a slice of the text, without its marks."""

from __future__ import annotations

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from votewire.press.quotes import find_quotes


def quotes(text: str) -> list[str]:
    return [text[start:end] for start, end in find_quotes(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We welcome this," he said.', ["We welcome this,"]),
        ("“We welcome this,” he said. “It helps.”", ["We welcome this,", "It helps."]),
        ('The "much more balanced" stance', ["much more balanced"]),
        ("« Un signal », dit-il.", ["Un signal"]),
        ("„Ein Signal“, sagte er.", ["Ein Signal"]),
        ("उन्होंने “यह सही है” कहा", ["यह सही है"]),
        ('("Yes," he said)', ["Yes,"]),
        ('a 6" gun and a 5" one', []),
        ("no marks at all, only the states' own", []),
    ],
)
def test_quotes_are_paired_by_their_marks(text: str, expected: list[str]) -> None:
    assert quotes(text) == expected


def test_quotes_left_open_run_to_the_end_of_the_paragraph() -> None:
    assert quotes('He said: "We go on.\n\nThe text passed.') == ["We go on."]


def test_quotes_continued_over_paragraphs_are_one_span_each() -> None:
    assert quotes('"We go on.\n"We never stop," he said.') == ["We go on.", "We never stop,"]


def test_quotes_opened_twice_count_as_speech_up_to_the_second_mark() -> None:
    assert quotes('"We go, he said. "We stay," said she.') == ["We go, he said.", "We stay,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'We will not vote for this,' she said.", ["We will not vote for this,"]),
        ("‘It isn’t over yet, friends,’ he said.", ["It isn’t over yet, friends,"]),
        ("Russia welcomes 'more balanced' stance", []),
        ("the members' vote and the states' own choice, in 'scare' marks", []),
    ],
)
def test_quotes_in_single_marks_count_where_they_are_clauses(
    text: str, expected: list[str]
) -> None:
    assert quotes(text) == expected


def test_quotes_stay_in_the_given_range() -> None:
    text = '"One," he said. "Two," she said.'
    assert [text[a:b] for a, b in find_quotes(text, 16, len(text))] == ["Two,"]


def test_quotes_of_the_seed_are_the_three_of_the_gold() -> None:
    text = shared("articles/seed.txt").read_text(encoding="utf-8")
    gold = json.loads(shared("articles/gold/seed.json").read_text(encoding="utf-8"))
    expected = [(each["start"], each["text"]) for each in gold["quotes"]]
    assert [(a, text[a:b]) for a, b in find_quotes(text, 0, len(text))] == expected


@given(st.text(alphabet=st.sampled_from("ab ,.\"”“«»'\n"), max_size=200))
def test_quotes_never_overlap_and_are_trimmed_slices(text: str) -> None:
    spans = find_quotes(text, 0, len(text))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
