"""Who acts: lists of states, persons who speak for them, and names that only modify a noun."""

from __future__ import annotations

import pytest

from tests.press.articles import claims_of

TAIL = "voted against the General Assembly resolution."


def voters(text: str) -> list[str]:
    return sorted({claim.actor for claim in claims_of(text) if claim.action == "voted_no"})


@pytest.mark.parametrize(
    ("subject", "codes"),
    [
        ("Russia", "RUS"),
        ("The United States", "USA"),
        ("Russia and China", "CHN RUS"),
        ("Russia, China and Mali", "CHN MLI RUS"),
        ("Russia, China, and Mali", "CHN MLI RUS"),
        ("Both Russia and China", "CHN RUS"),
        ("Russia & China", "CHN RUS"),
        ("Russia as well as China", "CHN RUS"),
        ("Russia, along with Mali and Niger,", "MLI NER RUS"),
        ("Russia, joined by Belarus,", "BLR RUS"),
        ("Russia and its close ally Belarus", "BLR RUS"),
        ("Israel and its ally, the United States,", "ISR USA"),
        ("Russia and 16 other states", "RUS"),
        ("Russia's strategic partner China", "CHN"),
        ("The Americans", "USA"),
        ("The French", "FRA"),
        ("Moscow", "RUS"),
        ("The Kremlin", "RUS"),
        ("US Ambassador Jane Doe", "USA"),
        ("Russia's ambassador, Ivan Ivanov,", "RUS"),
        ("Deputy US Ambassador Jane Doe", "USA"),
        ("The Israeli government", "ISR"),
        ("Israeli Foreign Minister Israel Katz", "ISR"),
        ("The Chinese delegation", "CHN"),
        ("The EU", "G:EU"),
        ("Unlike Hungary, Slovakia", "SVK"),
        ("Western partners such as Malta and Ireland", "IRL MLT"),
        ("Several states, among them Cuba,", "CUB"),
        ("Several states, including Cuba,", "CUB"),
        ("Two countries (Cuba and Syria)", "CUB SYR"),
        ("Two US allies – Israel and Palau –", "ISR PLW"),
        ("One country, Nauru,", "NRU"),
        ("Nine countries, the US and Israel among them,", "ISR USA"),
        ("The US, which had lobbied for weeks,", "USA"),
        ("Brazil, whose vote had been in doubt,", "BRA"),
        ("Turkey, a NATO member,", "TUR"),
        ("Bosnia and Herzegovina and Trinidad and Tobago", "BIH TTO"),
    ],
)
def test_actors_that_are_the_subject(subject: str, codes: str) -> None:
    assert voters(f"{subject} {TAIL}") == codes.split()


@pytest.mark.parametrize(
    "subject",
    [
        "US allies",
        "Russian lawmakers",
        "Ukraine's neighbours",
        "American voters",
        "The US Senate",
        "Protesters in Britain",
        "A friend of Russia",
        "The author of a book on China",
        "European diplomats",
        "French-speaking countries",
        "The US-led coalition",
        "The Russia sanctions committee's chairman",
    ],
)
def test_actors_names_that_only_modify_a_noun_do_not_vote(subject: str) -> None:
    assert voters(f"{subject} {TAIL}") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The General Assembly met. Togo spoke first. It voted against the resolution.", "TGO"),
        ("Togo and Mali spoke at the UN. They voted against the resolution.", "MLI TGO"),
        ("Togo and Mali spoke at the UN. Both countries voted against the resolution.", "MLI TGO"),
        ("Togo, Mali and Fiji spoke at the UN. The two voted against the resolution.", ""),
        (
            "Jane Doe, of the Togo mission to the UN, said her country voted against the text.",
            "TGO",
        ),
        ("The UN met. It voted against the resolution.", ""),
    ],
)
def test_actors_pronouns(text: str, codes: str) -> None:
    assert voters(text) == codes.split()


def test_actors_it_after_a_reaction_is_who_the_reaction_is_about() -> None:
    text = (
        "At the UN, Russia praised the policy of the United States after it voted against the "
        "General Assembly resolution."
    )
    assert voters(text) == ["USA"]
