"""Words looked for in titles: whole, or how they begin, and never inside another word."""

from __future__ import annotations

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import votewire
from votewire.record.naming import having

RECORD = votewire.open_record()
TITLES = pl.Series(
    [
        "situation in ukraine",
        "uk amendment, no coordinator named",
        "commodities and modifications",
        "nuclear tests; disarmament of niger and nigeria",
        "a/res/79/70 (xxi)",
    ]
)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("Ukraine", [0]),
        ("ukr", []),
        ("UK", [1]),
        ("NATO", []),
        ("Modi", []),
        ("modif", [2]),
        ("test", [3]),
        ("disarm", [3]),
        ("nuclear test", [3]),
        ("armament", []),
        ("Niger", [3]),
        ("79/7", []),
        ("79/70", [4]),
        ("(XXI)", [4]),
        ("in ukra", []),
        ("in ukraine", [0]),
        ("यूके", []),
        ("", [0, 1, 2, 3, 4]),
    ],
)
def test_naming_finds_words_and_how_they_begin(words: str, titles: list[int]) -> None:
    assert having(TITLES, words).arg_true().to_list() == titles


def test_naming_whole_words_do_not_begin_others() -> None:
    only = pl.Series(["nigeria", "niger", "the nigers"])
    assert having(only, "Niger").to_list() == [True, True, True]
    assert having(only, "Niger", whole=True).to_list() == [False, True, True]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_naming_any_text_is_words_and_no_pattern(text: str) -> None:
    low = text.lower()
    found = having(pl.Series([low, f"x{low}"]), text)
    assert found[0]
    assert not (found[1] and text[:1].isalpha())


@pytest.mark.parametrize("words", ["UK", "NATO", "Modi", "ice", "us"])
def test_naming_letters_inside_words_of_the_record_are_not_found(words: str) -> None:
    word = re.compile(rf"\b{words}s?\b", re.IGNORECASE)
    found = RECORD.select(text=words)
    fields = ("title", "symbol", "draft")
    for row in found.iter_rows(named=True):
        assert word.search(" ".join([*(row[name] or "" for name in fields), *row["agenda"]]))
    assert found.height < 20
