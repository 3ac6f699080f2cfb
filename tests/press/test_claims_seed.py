"""The page that the project began with: all its vote claims, each with the right body and place."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import shared
from votewire.press.article import Article, Claim
from votewire.press.claims import read_claims
from votewire.press.page import read_page


def page(old: bytes = b"", new: bytes = b"") -> Article:
    source = shared("articles/seed.txt").read_bytes()
    return read_page(source.replace(old, new) if old else source, name="seed.txt")


@pytest.fixture(scope="module")
def claims() -> tuple[Claim, ...]:
    return read_claims(page())


def said(claims: tuple[Claim, ...], actor: str, action: str, chamber: str | None) -> list[str]:
    """Where the claim stands, once for each time."""
    keys = ((c.actor, c.action, c.reference.chamber, c.where) for c in claims)
    return [where for *key, where in keys if key == [actor, action, chamber]]


@pytest.mark.parametrize(
    ("actor", "action", "chamber", "places"),
    [
        ("RUS", "welcomed", None, ["headline", "body"]),
        ("USA", "opposed", "GA", ["caption", "body"]),
        ("GA", "adopted", "GA", ["caption", "body"]),
        ("SC", "adopted", "SC", ["body", "body"]),
        ("USA", "drafted", "SC", ["body"]),
        ("USA", "backed", "SC", ["body"]),
        ("GBR", "abstained", "SC", ["body"]),
        ("FRA", "abstained", "SC", ["body"]),
        ("RUS", "backed", "SC", ["body"]),
        ("CHN", "backed", "SC", ["body"]),
        ("USA", "shifted", None, ["dek", "body"]),
        ("USA", "divided", None, ["body"]),
    ],
)
def test_seed_claim_is_read_where_it_stands(
    claims: tuple[Claim, ...], actor: str, action: str, chamber: str | None, places: list[str]
) -> None:
    assert said(claims, actor, action, chamber) == places


def test_seed_has_no_other_vote_claims(claims: tuple[Claim, ...]) -> None:
    assert len([claim for claim in claims if claim.action != "balanced"]) == 17


def test_seed_texts_are_two_and_of_the_right_day(claims: tuple[Claim, ...]) -> None:
    voted = [claim.reference for claim in claims if claim.reference.chamber]
    assert {(ref.key, ref.chamber) for ref in voted} == {
        (voted[0].key, "GA"),
        (next(ref.key for ref in voted if ref.chamber == "SC"), "SC"),
    }
    assert {ref.date for ref in voted} == {date(2025, 2, 24)}


def test_seed_shift_is_since_january_against_the_month_named(claims: tuple[Claim, ...]) -> None:
    shifts = [claim for claim in claims if claim.action == "shifted"]
    assert {claim.since for claim in shifts} == {date(2025, 1, 1)}


def test_seed_division_is_from_the_allies_named(claims: tuple[Claim, ...]) -> None:
    (division,) = [claim for claim in claims if claim.action == "divided"]
    assert division.others == ("GBR", "FRA")


def test_seed_subject_words_tell_the_texts_apart(claims: tuple[Claim, ...]) -> None:
    subjects = {c.reference.chamber: c.reference for c in claims if c.reference.chamber}
    assert "withdrawal" in subjects["GA"].subject
    assert set(subjects["GA"].about) == {"RUS", "UKR"}
    assert subjects["SC"].drafters == ("USA",)


def test_seed_mutated_to_voted_against_is_read_so() -> None:
    claims = read_claims(page(b"both of which abstained", b"both of which voted against"))
    assert said(claims, "GBR", "voted_no", "SC") == ["body"]
    assert said(claims, "FRA", "voted_no", "SC") == ["body"]
    assert not said(claims, "GBR", "abstained", "SC")


def test_seed_quoted_words_are_marked(claims: tuple[Claim, ...]) -> None:
    assert [claim.action for claim in claims if claim.quoted] == ["balanced"]
