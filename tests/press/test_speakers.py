"""Quotes with their speakers: cases of our own, the examples of the data, and invariants."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.press.articles import article, cases
from votewire.press.article import Quote
from votewire.press.langfiles import read_toml
from votewire.press.speakers import read_quotes
from votewire.press.speech import speech

CASES = cases("quotes.toml")
TABLE = read_toml("en", "speech.toml")
VERBS = [pytest.param(row, id=row["id"]) for row in TABLE["verb"]]
OFFICES = [pytest.param(row, id=row["words"][0]) for row in TABLE["office"]]


def quotes(text: str, **how: str) -> tuple[Quote, ...]:
    return read_quotes(article(text, **how))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_speakers_case_has_these_quotes_and_no_others(case: dict) -> None:
    found = quotes(case["text"], role=case.get("role", "body"))
    rows = [[q.text, q.speaker or "", q.role or "", q.state or ""] for q in found]
    wanted = case["quotes"]
    assert [row[: len(want)] for row, want in zip(rows, wanted, strict=False)] == wanted
    assert len(rows) == len(wanted)


def test_speakers_cases_are_many_and_a_third_of_them_traps() -> None:
    assert len(CASES) >= 120
    assert sum(case.get("trap", False) for case in CASES) >= len(CASES) / 3


def by(row: dict, text: str) -> list[Quote]:
    """The quotes of the text that have a speaker by a verb of the row."""
    forms = {form for forms in row["forms"] for form in forms.split()}
    return [quote for quote in quotes(text) if quote.speaker and quote.verb in forms]


@pytest.mark.parametrize("row", VERBS)
def test_speech_verb_matches_its_example_and_not_the_other(row: dict) -> None:
    assert by(row, row["match"])
    assert not by(row, row["avoid"])


@pytest.mark.parametrize("row", OFFICES)
def test_speech_office_matches_its_example_and_not_the_other(row: dict) -> None:
    words = [*row["words"], *row.get("plural", ())]
    with_office = [
        any(quote.role and any(word in quote.role.lower() for word in words) for quote in found)
        for found in (quotes(row["match"]), quotes(row["avoid"]))
    ]
    assert with_office == [True, False]


def test_speech_words_are_of_one_office_and_verbs_have_five_forms() -> None:
    words = [word for row in TABLE["office"] for word in [*row["words"], *row.get("plural", ())]]
    assert len(words) == len(set(words))
    assert all(len(forms.split()) == 5 for row in TABLE["verb"] for forms in row["forms"])


def test_speakers_of_a_language_without_words_of_speech_are_open() -> None:
    assert speech("xx") is None
    found = quotes("“Sí,” dijo Marta Kovac. “No.”", lang="xx")
    assert [(quote.text, quote.speaker) for quote in found] == [("Sí,", None), ("No.", None)]


def test_speakers_words_are_where_the_quote_says() -> None:
    text = "“We stay,” said Lena Vogt, a spokeswoman for Peru. “Always.”"
    first, second = quotes(text)
    assert first.words == "Lena Vogt, a spokeswoman for Peru"
    assert first.words_start == text.index("Lena")
    assert (first.verb, first.continued) == ("said", False)
    assert (second.words, second.verb, second.continued) == (None, None, True)
    assert (second.speaker, second.role) == (first.speaker, "spokeswoman for Peru")


def test_speakers_in_a_caption_do_not_go_on_in_the_body() -> None:
    page = article("Lena Vogt said the vote was close.\n“We stay.”")
    caption = page.blocks[0].__class__(role="caption", start=0, end=page.blocks[0].end)
    changed = page.__class__(
        text=page.text, lang="en", blocks=(caption, page.blocks[1]), metadata=page.metadata
    )
    assert read_quotes(changed)[0].speaker is None


WORDS = [
    "“We go,”",
    "said",
    "he",
    "Kenji Mori",
    "the envoy",
    ",",
    ".",
    "calling it",
    "“thin”",
    "\n",
]
WORDS += ["and", "Norway", "'s", "spokesman", "according to", "who", '"', "was", "by", ":", "to"]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_speakers_are_slices_in_order_whatever_the_words(text: str) -> None:
    found = quotes(text)
    assert all(text[quote.start : quote.end] == quote.text for quote in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for quote in found:
        assert quote.words is None or text[quote.words_start :].startswith(quote.words)
        assert quote.speaker is not None or (quote.role, quote.state) == (None, None)


@given(st.text(max_size=120), st.sampled_from(["body", "headline"]))
def test_speakers_of_any_text_are_read_without_an_error(text: str, role: str) -> None:
    quotes(f"“{text}” said {text}", role=role)
