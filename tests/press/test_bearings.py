"""What stands around a claim: its sentence, its time, its chamber, what its numbers count."""

from __future__ import annotations

from datetime import date

import pytest

from tests.press.articles import article, claims_of
from votewire.press import Claim, Counts, When, with_claims
from votewire.press.bearing_words import BearingPattern, bearing_words, with_groups
from votewire.press.grammar.lexicon import languages
from votewire.press.grammar.words import folded

PATTERNS = [(lang, each) for lang in languages() for each in bearing_words(lang).patterns]


def low(words: str) -> str:
    at = words.find("GROUP")
    return with_groups(folded(words), [(at, at + 5)] if at >= 0 else [])


@pytest.mark.parametrize(
    ("lang", "pattern"), PATTERNS, ids=lambda given: getattr(given, "match", given)
)
def test_bearings_patterns_find_their_example_and_nothing_else(
    lang: str, pattern: BearingPattern
) -> None:
    assert pattern.regex.search(low(pattern.match))
    assert not pattern.regex.search(low(pattern.avoid))


def test_bearings_every_language_has_the_same_kinds() -> None:
    kinds = {lang: {each.kind for each in bearing_words(lang).patterns} for lang in languages()}
    assert all(kinds[lang] == kinds["en"] for lang in languages())


def last(text: str, *, day: str = "2025-02-25", lang: str = "en") -> Claim:
    return claims_of(text, day=day, lang=lang)[-1]


def test_bearings_a_claim_knows_its_sentence_and_what_this_names() -> None:
    text = "The UN met. The General Assembly adopted A/RES/ES-11/7 on Monday. Russia voted against."
    adopted, russia = claims_of(text, day="2025-02-25")
    assert text[slice(*adopted.sentence)].startswith("The General Assembly adopted")
    assert adopted.names_chamber
    assert adopted.names_symbol
    assert adopted.days == (date(2025, 2, 24),)
    assert not russia.names_chamber
    assert not russia.names_symbol
    assert russia.days == ()


@pytest.mark.parametrize(
    ("words", "first", "until"),
    [
        ("Last year, the assembly voted 189-2.", date(2024, 1, 1), date(2024, 12, 31)),
        ("In 2016 it voted 191-0.", date(2016, 1, 1), date(2016, 12, 31)),
        ("In February 2023 it passed by 141 votes.", date(2023, 2, 1), date(2023, 2, 28)),
        ("A year ago 187 were in favour and two against.", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_bearings_a_stretch_makes_it_another_vote(words: str, first: date, until: date) -> None:
    claim = last(f"The General Assembly adopted a text on Cuba on Monday. {words}")
    assert (claim.time.kind, claim.time.first, claim.time.last) == (When.OTHER, first, until)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "fr",
            "L'Assemblée générale a adopté lundi un texte. "
            "L'an dernier, 187 voix pour et 2 contre.",
        ),
        (
            "es",
            "La Asamblea General aprobó el lunes un texto. "
            "El año pasado hubo 187 votos a favor y 2 en contra.",
        ),
        ("hi", "महासभा ने सोमवार को प्रस्ताव पारित किया। पिछले साल पक्ष में 187 और विरोध में 2 वोट पड़े थे।"),
    ],
)
def test_bearings_last_year_is_another_time_in_every_language(lang: str, text: str) -> None:
    assert last(text, lang=lang).time.kind is When.OTHER


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        (
            "en",
            "The General Assembly adopted a text on Monday. Germany had already voted against it.",
        ),
        (
            "fr",
            "L'Assemblée générale a adopté lundi une résolution. "
            "L'Allemagne avait voté contre la résolution.",
        ),
        (
            "es",
            "La Asamblea General aprobó el lunes una resolución. "
            "Alemania había votado en contra de la resolución.",
        ),
    ],
)
def test_bearings_the_pluperfect_is_an_earlier_vote(lang: str, text: str) -> None:
    assert last(text, lang=lang).time.kind is When.EARLIER


def test_bearings_a_time_after_a_clause_is_of_that_clause_alone() -> None:
    voted, abstained = claims_of(
        "The United States voted against the General Assembly resolution, after it abstained in "
        "2016.",
        day="2017-11-02",
    )
    assert voted.time.kind is When.THIS
    assert abstained.time.kind is When.OTHER


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Of the 27 EU members, eight voted in favour and four voted against.", Counts.GROUP),
        ("Of the 141 that backed it in 2023, 33 abstained.", Counts.OF_SIDE),
        ("Envoys had predicted 80 votes in favour.", Counts.EXPECTED),
        ("It received 93 votes in favour, 18 against.", Counts.WHOLE),
    ],
)
def test_bearings_say_what_a_number_counts(words: str, what: Counts) -> None:
    claim = last(f"The General Assembly adopted a text on Ukraine on Monday. {words}")
    assert claim.counts.what is what


def test_bearings_a_vote_without_text_is_of_the_sentence_before() -> None:
    found = claims_of(
        "The General Assembly adopted a text on Cuba on Monday.\n\nIn 2023 the Assembly adopted a "
        "similar text by 141 votes to 7. India abstained.",
        day="2025-02-25",
    )
    assert found[-1].reference.key == found[-2].reference.key != found[0].reference.key
    assert found[-1].time.kind is When.OTHER


def test_bearings_a_pronoun_is_no_sure_actor() -> None:
    text = "The Security Council met. Britain abstained on the resolution. It had vetoed a text."
    assert all(claim.sure for claim in claims_of(text)[:1])
    assert not [c for c in claims_of(text) if c.action == "vetoed" and c.sure]


def test_bearings_a_sentence_of_voting_without_a_claim_is_unread() -> None:
    text = "The General Assembly adopted a text. The voting went on all night in the Assembly."
    read = with_claims(article(text))
    (unread,) = read.unread
    assert text[unread.start : unread.end] == unread.words
    assert unread.words.startswith("The voting")
    assert read.voting == 2
