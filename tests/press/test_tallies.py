"""Counts of votes in all their forms, and what only looks like one."""

from __future__ import annotations

import pytest

from tests.press.articles import article, claims_of, figures
from votewire.press.article import Tally
from votewire.press.claims import read_claims


def tally_of(text: str) -> str:
    """All tallies that a sentence about an Assembly vote gives, one after the other."""
    tallies = [claim.tally for claim in claims_of(text) if claim.tally]
    return " ".join(figures(tally) for tally in tallies)


@pytest.mark.parametrize(
    ("words", "tally"),
    [
        ("by a vote of 93-18-65", "93-18-65"),
        ("by 93–18–65", "93-18-65"),
        ("with 93 votes in favour, 18 against and 65 abstentions", "93-18-65"),
        ("by 151 votes in favour, six against and eleven abstentions", "151-6-11"),
        ("by a recorded vote of 152 in favour to 5 against, with 6 abstentions", "152-5-6"),
        ("by 14 votes to none", "14-0-"),
        ("by eleven votes to one, with three abstentions", "11-1-3"),
        ("with 141 votes", "141--"),
        ("by 128 votes to nine", "128-9-"),
        ("(120 for, 12 against, 40 abstentions)", "120-12-40"),
        ("with 12 in favour and none against", "12-0-"),
        ("by a hundred and forty-one votes to seven", "141-7-"),
        ("with 13 votes for, 0 against and two abstentions", "13-0-2"),
        ("with 99 in favor and 10 opposed", "99-10-"),
    ],
)
def test_tallies_on_an_outcome(words: str, tally: str) -> None:
    assert tally_of(f"The General Assembly adopted the resolution {words}.") == tally


@pytest.mark.parametrize(
    ("text", "tally"),
    [
        ("Eighty-one countries backed it, while 22 voted no and 40 abstained.", "81-22-40"),
        ("Twelve members voted in favour of the text.", "12--"),
        ("The vote was 12 in favor, two against and one abstention.", "12-2-1"),
        ("The vote in the council was 10-0.", "10-0-"),
        ("It had the backing of 176 member states.", "176--"),
        ("It got 117 votes.", "117--"),
        ("A further 33 abstained and 19 were absent.", "--33"),
        ("Fourteen members were opposed and 50 abstained.", "-14-50"),
        ("No country voted against it and two abstained.", "-0-2"),
        ("Cuba and three others voted against and 28 abstained.", "-4-28"),
        ("Thirteen of the council's 15 members voted for it.", "13--"),
        ("In favour: 93. Against: 18.", "93-- -18-"),
        (
            "The draft was carried by 88 votes in favour; 16 countries voted against it.",
            "88-16-",
        ),
        ("All 15 members voted for it.", "15--"),
    ],
)
def test_tallies_of_their_own(text: str, tally: str) -> None:
    assert tally_of(f"The UN Security Council met. {text}") == tally


@pytest.mark.parametrize(
    ("verb", "tally"),
    [("adopted", "71-12-"), ("rejected", "12-71-"), ("voted down", "12-71-")],
)
def test_tallies_after_a_rejection_name_the_winners_first(verb: str, tally: str) -> None:
    text = f"The amendment was {verb} in the General Assembly by 71 votes to 12."
    assert tally_of(text) == tally


def test_tallies_with_sides_said_are_not_turned_around() -> None:
    text = "The Security Council rejected the text by 4 votes in favour to 9 against."
    assert tally_of(text) == "4-9-"


@pytest.mark.parametrize(
    "text",
    [
        "On 2025-02-24 the General Assembly debated resolution ES-11/7.",
        "The General Assembly debated for 3-4 hours.",
        "Resolution 2774 of the Security Council has 93 paragraphs.",
        "The General Assembly heard 17 speakers for the first time.",
        "About 140 countries backed the General Assembly resolution.",
        "More than 120 states voted for the General Assembly resolution.",
        "The General Assembly spent 12 million votes of thanks.",
        "The French parliament adopted the text by 300 votes to 200, the UN noted.",
        "The US Senate passed the measure 51-49 while the UN met.",
        "The General Assembly sat for 24 hours against the clock.",
    ],
)
def test_tallies_are_not_found_where_nobody_voted(text: str) -> None:
    assert tally_of(text) == ""


def test_tallies_repeated_sides_are_of_two_texts() -> None:
    text = (
        "The General Assembly kept a paragraph by 152 votes in favour to 2 against, and another by "
        "150 in favour to 1 against."
    )
    claims = [claim for claim in claims_of(text) if claim.tally]
    assert [figures(claim.tally) for claim in claims if claim.tally] == ["152-2-", "150-1-"]
    assert len({claim.reference.key for claim in claims}) == 2


def test_tallies_of_one_text_are_merged_in_its_reference() -> None:
    text = (
        "The General Assembly adopted the resolution with 93 votes in favour. Eighteen countries "
        "voted against it. China abstained."
    )
    references = {claim.reference for claim in read_claims(article(text))}
    assert {reference.tally for reference in references} == {Tally(yes=93, no=18)}


def test_tallies_that_contradict_each_other_are_not_merged() -> None:
    text = (
        "The General Assembly adopted the resolution with 93 votes in favour. The resolution got "
        "94 votes in favour."
    )
    assert {claim.reference.tally for claim in claims_of(text)} == {None}


def test_tallies_of_more_members_than_the_council_has_are_the_assemblys() -> None:
    text = "A UN resolution got 128 votes in favour; the Security Council had met before."
    (claim,) = [claim for claim in claims_of(text) if claim.tally]
    assert claim.reference.chamber == "GA"
