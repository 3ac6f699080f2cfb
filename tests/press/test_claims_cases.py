"""Sentences with all the claims that they make (data/claims.toml), and all examples of the data."""

from __future__ import annotations

import dataclasses

import pytest

from tests.press.articles import cases, claims_of, key, wanted
from votewire.press.grammar.lexicon import (
    KINDS,
    SOFT_KINDS,
    Verb,
    languages,
    lexicon,
    read_table,
)

TONGUES = ("fr", "es", "pt")
CASES = cases("claims.toml") + [
    {**case, "lang": lang, "name": f"{lang}: {case['name']}"}
    for lang in TONGUES
    for case in cases(f"claims.{lang}.toml")
]
HINDI = cases("claims.hi.toml")
VERBS = [
    pytest.param(lang, verb, id=f"{lang}-{verb['id']}")
    for lang in languages()
    for verb in read_table(lang, "verbs")["verb"]
]
MEASURED = [
    pytest.param(lang, example, id=f"{lang}-{example['action']}")
    for lang in languages()
    for example in read_table(lang, "measured").get("example", ())
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_claims_case_makes_these_claims_and_no_others(case: dict[str, str]) -> None:
    how = {name: case[name] for name in ("day", "lang", "role") if name in case}
    found = {key(claim) for claim in claims_of(case["text"], **how) if not claim.hedged}
    assert found == wanted(case)


@pytest.mark.parametrize("case", HINDI, ids=[case["name"] for case in HINDI])
def test_claims_hindi_case_makes_these_claims_and_no_others(case: dict[str, str]) -> None:
    how = {name: case[name] for name in ("day", "role") if name in case}
    found = {key(claim) for claim in claims_of(case["text"], lang="hi", **how) if not claim.hedged}
    assert found == wanted(case)


def test_claims_cases_are_many_and_a_third_of_them_traps() -> None:
    assert len(CASES) >= 100
    assert sum(not case["claims"] for case in CASES) >= 20
    for lang in TONGUES:
        own = [case for case in CASES if case.get("lang") == lang]
        assert len(own) >= 60
        assert sum(not case["claims"] for case in own) >= 10


@pytest.mark.parametrize(("lang", "verb"), VERBS)
def test_verbs_example_that_must_match_does(lang: str, verb: dict[str, str]) -> None:
    found = claims_of(verb["match"], lang=lang)
    own = [claim for claim in found if claim.rule.startswith(f"{verb['id']}/") and not claim.hedged]
    counted = verb.get("count") and any(claim.action == "tally" for claim in found)
    assert own or counted


@pytest.mark.parametrize(("lang", "verb"), VERBS)
def test_verbs_example_that_must_not_match_does_not(lang: str, verb: dict[str, str]) -> None:
    found = claims_of(verb["avoid"], lang=lang)
    assert not [c for c in found if c.rule.startswith(f"{verb['id']}/") and not c.hedged]


@pytest.mark.parametrize(("lang", "example"), MEASURED)
def test_measured_examples_hold(lang: str, example: dict[str, str]) -> None:
    action = example["action"]
    assert any(claim.action == action for claim in claims_of(example["match"], lang=lang))
    assert all(claim.action != action for claim in claims_of(example["avoid"], lang=lang))


@pytest.mark.parametrize("lang", languages())
def test_verbs_ids_are_unique_within_a_language(lang: str) -> None:
    ids = [verb["id"] for verb in read_table(lang, "verbs")["verb"]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("lang", languages())
def test_lexicon_reads_every_section_of_its_files(lang: str) -> None:
    settings = {"language", "order", "inversion", "adjectives", "endings", "stop"}
    assert set(read_table(lang, "words")) <= {*KINDS, *SOFT_KINDS, *settings}
    fields = {field.name for field in dataclasses.fields(Verb)} | {"forms", "match", "avoid"}
    assert all(set(verb) <= fields for verb in read_table(lang, "verbs")["verb"])


def test_lexicon_of_an_unknown_language_is_empty() -> None:
    assert not lexicon("xx").phrases


@pytest.mark.parametrize("name", ["US", "U.S."])
def test_claims_author_with_points_is_read_as_one_without(name: str) -> None:
    """Agencies write "U.S.-drafted": the point is the name's, and the dash no pause."""
    found = claims_of(
        f"The Assembly met. Hours later the Security Council adopted a {name}-drafted resolution "
        "with ten votes in favor. Britain and France abstained."
    )
    assert [(claim.actor, claim.action) for claim in found] == [
        ("SC", "adopted"),
        ("USA", "drafted"),
        ("GBR", "abstained"),
        ("FRA", "abstained"),
    ]
    assert {claim.reference.chamber for claim in found} == {"SC"}
