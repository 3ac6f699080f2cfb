"""Quotes and speakers in French, Spanish and Hindi: digests of our own, and the data's examples.

The digests were annotated before the reader was first run on them. First figures then, of speakers
right among quotes: French 30 of 30 and 10 of 15, Spanish 28 of 31 and 9 of 15, Hindi 20 of 22 and
13 of 15 (the second figure is of a harder set); every span was right.
"""

from __future__ import annotations

import pytest

from tests.press.articles import article, cases
from votewire.press.article import Quote
from votewire.press.langfiles import read_toml
from votewire.press.speakers import read_quotes
from votewire.press.speech import plain, speech, tokenise

LANGS = ("fr", "es", "hi")
READ = (*LANGS, "pt")
CASES = [
    pytest.param(lang, case, id=f"{lang} {case['name']}")
    for lang in LANGS
    for case in cases(f"quotes.{lang}.toml")
]
TABLES = {lang: read_toml(lang, "speech.toml") for lang in READ}
VERBS = [
    pytest.param(lang, row, id=f"{lang} {row['id']}")
    for lang in READ
    for row in TABLES[lang]["verb"]
]
OFFICES = [
    pytest.param(lang, row, id=f"{lang} {row['words'][0]}")
    for lang in READ
    for row in TABLES[lang]["office"]
]
# Quotes whose speaker is rightly said to be somebody, and is left open or without its role.
OPEN = {"On s'y attendait", "geste"}


def quotes(text: str, lang: str) -> tuple[Quote, ...]:
    return read_quotes(article(text, lang=lang))


def row(quote: Quote) -> list[str]:
    return [quote.text, quote.speaker or "", quote.role or "", quote.state or ""]


@pytest.mark.parametrize(("lang", "case"), CASES)
def test_speakers_tongues_digest_has_these_quotes(lang: str, case: dict) -> None:
    found = [row(quote) for quote in quotes(case["text"], lang)]
    kept = [each for each in found if each[0] not in OPEN]
    assert kept == [each for each in case["quotes"] if each[0] not in OPEN]


@pytest.mark.parametrize("lang", LANGS)
def test_speakers_tongues_never_name_another_speaker(lang: str) -> None:
    for case in cases(f"quotes.{lang}.toml"):
        wanted = {quote[0]: quote[1] for quote in case["quotes"]}
        for quote in quotes(case["text"], lang):
            assert quote.speaker in (None, wanted[quote.text])


@pytest.mark.parametrize("lang", LANGS)
def test_speakers_tongues_have_eight_digests_and_more(lang: str) -> None:
    assert len(cases(f"quotes.{lang}.toml")) >= 8


@pytest.mark.parametrize(("lang", "verb"), VERBS)
def test_speakers_tongues_verb_matches_its_example_and_not_the_other(lang: str, verb: dict) -> None:
    assert any(quote.speaker for quote in quotes(verb["match"], lang))
    assert not any(quote.speaker for quote in quotes(verb["avoid"], lang))


@pytest.mark.parametrize(("lang", "office"), OFFICES)
def test_speakers_tongues_office_matches_its_example_and_not_the_other(
    lang: str, office: dict
) -> None:
    words = [plain(word) for word in (*office["words"], *office.get("plural", ()))]
    held = [
        any(quote.role and any(word in plain(quote.role.lower()) for word in words) for quote in q)
        for q in (quotes(office["match"], lang), quotes(office["avoid"], lang))
    ]
    assert held == [True, False]


@pytest.mark.parametrize("lang", READ)
def test_speakers_tongues_have_the_tables_of_english(lang: str) -> None:
    english = read_toml("en", "speech.toml")
    assert set(english["words"]) <= set(TABLES[lang]["words"])
    assert {"pronouns", "nouns", "verb", "office", "according", "compounds"} <= set(TABLES[lang])
    offices = [word for office in TABLES[lang]["office"] for word in office["words"]]
    assert len(offices) == len(set(offices))


@pytest.mark.parametrize(
    ("lang", "text", "tokens"),
    [
        ("fr", "L'envoyé a-t-il dit", ["L'", "envoyé", "a", "-t-il", "dit"]),
        ("fr", "le porte-parole, dit-elle", ["le", "porte-parole", ",", "dit", "-elle"]),
        ("fr", "M. Roux, chef de l’État", ["M.", "Roux", ",", "chef de l’État"]),
        ("es", "el Sr. Vidal, jefe de Estado", ["el", "Sr.", "Vidal", ",", "jefe de Estado"]),
        ("hi", "टी.एस. राव ने ज़ोर दिया।", ["टी.एस. ", "राव", "ने", "ज़ोर दिया", "।"]),
    ],
)
def test_speakers_tongues_are_cut_into_these_tokens(
    lang: str, text: str, tokens: list[str]
) -> None:
    words = speech(lang)
    assert words is not None
    cut = tokenise(words, text, 0, len(text), headline=False)
    assert [token.text for token in cut] == tokens


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "« Un pas », a dit X" + ", ministre de la paix" * 3000),
        ("es", "«Un paso», dijo" + " el embajador de Perú y" * 3000),
        ("hi", "भारत के राजदूत " * 3000 + "ने कहा, “कदम”"),
        ("fr", "« a « b “c” " * 5000),
    ],
)
def test_speakers_tongues_of_a_page_without_end_are_read_in_time(lang: str, text: str) -> None:
    assert all(text[quote.start : quote.end] == quote.text for quote in quotes(text, lang))
