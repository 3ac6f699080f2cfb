"""Which text a claim is about: the same one again, another one, or one of another year."""

from __future__ import annotations

from datetime import date

import pytest

from tests.press.articles import claims_of
from votewire.press.article import Claim


def by_actor(text: str, **how: str) -> dict[tuple[str, str], Claim]:
    return {(claim.actor, claim.action): claim for claim in claims_of(text, **how)}


@pytest.mark.parametrize(
    "again",
    [
        "Mali voted against it.",
        "Mali voted against the resolution.",
        "Mali voted against the text.",
        "Mali voted against the US draft.",
        "Mali abstained.",
        "Two members, Mali and Togo, voted against.",
        "Those voting against were Mali and Togo.",
        "Mali opposed a resolution that Togo supported.",
    ],
)
def test_discourse_same_text_keeps_its_key(again: str) -> None:
    found = claims_of(f"The Security Council adopted a US-drafted resolution on Haiti. {again}")
    assert {claim.reference.key for claim in found} == {found[0].reference.key}
    assert {claim.reference.chamber for claim in found} == {"SC"}


@pytest.mark.parametrize(
    "other",
    [
        "A rival Russian draft was rejected.",
        "It also adopted a resolution on Yemen.",
        "Another text was rejected.",
        "A second draft was rejected.",
        "The Russian draft was rejected.",
        "The General Assembly rejected a text.",
        "An amendment was rejected.",
        "Resolution 2334 was adopted.",
    ],
)
def test_discourse_another_text_gets_a_key_of_its_own(other: str) -> None:
    found = claims_of(f"The Security Council adopted a US-drafted resolution on Haiti. {other}")
    assert len({claim.reference.key for claim in found}) == 2


def test_discourse_headline_and_body_speak_of_one_text() -> None:
    text = (
        "UN Security Council adopts resolution on Haiti\n"
        "The Security Council adopted a resolution on Haiti on Friday, with China abstaining."
    )
    assert len({claim.reference.key for claim in claims_of(text)}) == 1


def test_discourse_the_vote_of_last_year_is_another_vote() -> None:
    found = claims_of(
        "The General Assembly adopted the resolution on Wednesday by 165 votes. Last year it "
        "passed by 187 votes. Mali abstained this time.",
        day="2025-10-31",
    )
    now, before, mali = found
    assert now.reference.date == date(2025, 10, 29)
    assert before.reference.date is None
    assert before.reference.date_text == "Last year"
    assert now.reference.key != before.reference.key
    assert mali.reference.key == now.reference.key


def test_discourse_after_an_aside_the_articles_own_vote_is_meant() -> None:
    found = by_actor(
        "The General Assembly adopted the resolution on Tuesday. The United States vetoed a "
        "similar text in the Security Council two months ago. Mali abstained.",
        day="2025-10-31",
    )
    assert found["MLI", "abstained"].reference.chamber == "GA"
    assert found["USA", "vetoed"].reference.chamber == "SC"


def test_discourse_day_of_another_clause_is_not_taken() -> None:
    found = by_actor(
        "Russia said on Tuesday that the Security Council had adopted the resolution on Monday.",
        day="2025-02-25",
    )
    assert found["SC", "adopted"].reference.date == date(2025, 2, 24)


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("The Security Council adopted resolution 2774.", "2774"),
        ("The General Assembly adopted resolution ES-11/7.", "ES-11/7"),
        ("The General Assembly adopted A/RES/ES-11/7.", "A/RES/ES-11/7"),
        ("Russia vetoed the Security Council draft (S/2022/155).", "S/2022/155"),
        ("The General Assembly adopted A/RES/79/7 by 187 votes.", "A/RES/79/7"),
    ],
)
def test_discourse_symbols_are_kept_verbatim(text: str, symbol: str) -> None:
    assert {claim.reference.symbol for claim in claims_of(text)} == {symbol}


@pytest.mark.parametrize(
    ("phrase", "drafters"),
    [
        ("a US-drafted resolution", ("USA",)),
        ("an American resolution", ("USA",)),
        ("the US text", ("USA",)),
        ("Washington's draft resolution", ("USA",)),
        ("a resolution drafted by the US and Albania", ("USA", "ALB")),
        ("a resolution that Albania had tabled", ("ALB",)),
        ("a resolution, put forward by Albania,", ("ALB",)),
        ("the Albania resolution", ()),
        ("an Albanian aid resolution", ()),
    ],
)
def test_discourse_authors_of_a_text(phrase: str, drafters: tuple[str, ...]) -> None:
    claims = claims_of(f"The Security Council adopted {phrase} on Friday.")
    adopted = next(claim for claim in claims if claim.action == "adopted")
    assert set(adopted.reference.drafters) == set(drafters)
    assert {claim.actor for claim in claims if claim.action == "drafted"} == set(drafters)


def test_discourse_a_draft_that_nobody_votes_on_makes_no_claim() -> None:
    text = "The General Assembly adopted a resolution on Cuba. Diplomats spoke of a Russian draft."
    assert ("RUS", "drafted") not in by_actor(text)


def test_discourse_subject_words_and_states_are_kept() -> None:
    claims = by_actor(
        "The General Assembly adopted a resolution demanding aid for Haiti and peace."
    )
    reference = claims["GA", "adopted"].reference
    assert {"demanding", "aid", "peace"} <= set(reference.subject)
    assert reference.about == ("HTI",)
    assert reference.outcome == "adopted"


def test_discourse_chamber_stays_open_where_two_are_named_and_neither_fits() -> None:
    claims = by_actor(
        "The General Assembly and the Security Council met.\nA UN resolution was opposed by Mali."
    )
    assert claims["MLI", "opposed"].reference.chamber is None
