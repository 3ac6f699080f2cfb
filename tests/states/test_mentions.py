"""Words of texts that stand for states and groups."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from votewire.states import codes, find_mentions, groups
from votewire.states.datafiles import languages, read_table
from votewire.states.gazetteer import Phrase, gazetteer, phrases, split

CASES = tomllib.loads((Path(__file__).parent / "data" / "mention_cases.toml").read_text("utf-8"))
LANGUAGES = ("en", "es", "fr", "hi", "pt")


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["text"][:40])
def test_find_mentions_reads_what_it_must_and_nothing_else(case: dict[str, Any]) -> None:
    found = find_mentions(case["text"], lang=case.get("lang", "en"))
    assert [word for mention in found for word in (mention.text, mention.code)] == case["finds"]


def _keys(phrase: Phrase) -> tuple[str, ...]:
    return tuple(split(phrase.text).keys)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_find_mentions_reads_every_phrase_of_the_data_whole(lang: str) -> None:
    known = list(phrases(lang))
    blocked = {_keys(phrase) for phrase in known if phrase.kind == "blocked"}
    for phrase in known:
        if _keys(phrase) in blocked or (phrase.code, phrase.text) == ("SRB", "Yugoslavia"):
            continue
        [mention] = find_mentions(f"– {phrase.text} –", lang=lang)
        assert (mention.text, mention.code) == (phrase.text, phrase.code)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_find_mentions_reads_nothing_in_a_blocked_phrase_that_would_else_be_read(lang: str) -> None:
    words = {key for phrase in phrases(lang) if phrase.kind != "blocked" for key in _keys(phrase)}
    for phrase in phrases(lang):
        if phrase.kind == "blocked":
            assert find_mentions(f"– {phrase.text} –", lang=lang) == []
            assert words & set(_keys(phrase)), f"{phrase.text} holds no word that could be read"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_aliases_have_a_source_and_lead_to_states_and_groups(lang: str) -> None:
    assert lang in languages()
    for name, table in read_table(f"aliases.{lang}").items():
        assert name == "ended" or table["source"]
    for phrase in phrases(lang, typed=True):
        assert phrase.code in (groups() if phrase.kind == "group" else codes()), phrase


@pytest.mark.parametrize("how", ["demonym", "capital"])
def test_aliases_en_cover_every_present_member(how: str) -> None:
    no_word = {
        "demonym": {"COD", "COG", "DMA"},  # shared by two states, or by another's nationals
        "capital": {"MCO", "SGP", "SMR"},  # the city has the state's name
    }
    table = read_table("aliases.en")[how]
    named = {*table["states"], *table.get("typed", {})}
    now = {code for code in codes() if code not in {"CSK", "DDR", "SUN", "YMD", "YUG", "ZAN"}}
    assert now - named == no_word[how]


def test_find_mentions_on_the_seed_page() -> None:
    text = shared("articles/seed.txt").read_text("utf-8")
    named = [mention.code for mention in find_mentions(text)]
    assert named.count("RUS") == 9
    assert {"USA", "RUS", "UKR", "GBR", "FRA", "CHN", "EU", "EUROPE", "EUROPEAN_ALLIES"} == set(
        named
    )


WORDS = st.sampled_from(
    [
        *("US", "us", "U.S.", "Russia", "the", "Latin", "American", "Guinea", "-", "Bissau"),
        *("Papua", "New", "Congo", "DR", ",", ".", "(", ")", "’", "s", "Côte", "d", "Ivoire"),
        *("Islamic", "Republic", "of", "Iran", "China", "रूस", "की", "फ़", "\u0301", "\u200d"),
        *("\n", "\n\n", "\u00a0"),
    ]
)


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.lists(WORDS).map("".join) | st.text())
def test_find_mentions_are_slices_in_order_that_never_overlap(text: str) -> None:
    for lang in LANGUAGES:
        past = 0
        for mention in find_mentions(text, lang=lang):
            assert past <= mention.start < mention.end <= len(text)
            assert mention.text == text[mention.start : mention.end]
            past = mention.end


def test_gazetteer_takes_the_longest_phrase_first() -> None:
    for entries in gazetteer("en").index.values():
        lengths = [len(keys) for keys, _ in entries]
        assert lengths == sorted(lengths, reverse=True)
