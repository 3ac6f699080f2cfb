"""Lists of states wherever they stand: whose vote each of them tells."""

from __future__ import annotations

import pytest

from tests.press.articles import claims_of
from votewire.press.article import Claim

HEAD = "The General Assembly adopted a resolution on Monday."


def told(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for claim in claims_of(f"{HEAD} {text}"):
        if claim.actor != "GA":
            found.setdefault(claim.action, []).append(claim.actor)
    return {action: sorted(set(actors)) for action, actors in found.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Against: Chad, Mali. Abstaining: Peru.", "voted_no TCD MLI; abstained PER"),
        ("The following states voted against it: Chad, Mali and Togo.", "voted_no TCD MLI TGO"),
        ("It was backed by 18, including Chad and Mali.", "backed TCD MLI"),
        ("Chad, along with Mali, Togo and 14 others, voted against it.", "voted_no TCD MLI TGO"),
        ("Ten states, Chad and Mali included, voted in favour.", "voted_yes TCD MLI"),
        ("Joining Chad in opposing the resolution were Mali and Togo.", "opposed TCD MLI TGO"),
        ("Chad was among those to abstain, as were Mali and Togo.", "abstained TCD MLI TGO"),
        ("Chad, Mali and Atlantica, Togo and Peru abstained.", "abstained TCD MLI TGO PER"),
        ("Chad, Mali (MLI), Togo and Peru abstained.", "abstained TCD MLI TGO PER"),
        ("Votes against the resolution came from Chad and Mali.", "voted_no TCD MLI"),
        ("Ten voted against it. The latter include Chad and Mali.", "voted_no TCD MLI"),
        ("It passed, with Chad abstaining and nine others, including Mali, in favor.",
         "abstained TCD; voted_yes MLI"),
        ("Of ten that voted no – Chad and Mali among them – none spoke.", "voted_no TCD MLI"),
        ("Chad, which has ties with Mali, abstained.", "abstained TCD"),
        ("A text needs the votes of Chad and Mali in favour to pass.", ""),
    ],
)  # fmt: skip
def test_lists_are_tied_to_their_choice(text: str, expected: str) -> None:
    wanted = dict(part.split(" ", 1) for part in expected.split("; ") if part)
    assert told(text) == {action: sorted(codes.split()) for action, codes in wanted.items()}


def test_lists_below_a_heading_are_of_its_choice() -> None:
    text = f"{HEAD}\nCountries that abstained:\nChad, Mali\nTogo\nVoted against:\n1. Peru"
    found = {(claim.actor, claim.action) for claim in claims_of(text) if claim.actor != "GA"}
    abstained = {(code, "abstained") for code in ("TCD", "MLI", "TGO")}
    assert found == abstained | {("PER", "voted_no")}


@pytest.mark.parametrize(
    "text",
    [
        "The premier of Chad rejected the text as absurd.",
        "Envoys from Chad and Mali spoke in favour of a pause.",
        "The court ruled by 14 votes to one.",
        "If Chad and Mali vote against the resolution, it fails.",
    ],
)
def test_words_that_are_no_votes_give_none(text: str) -> None:
    found: list[Claim] = [c for c in claims_of(f"{HEAD} {text}") if not c.hedged]
    assert [c for c in found if c.actor != "GA"] == []
    assert [c for c in found if c.action == "tally"] == []


def test_the_seat_of_the_soviet_union_is_its_own() -> None:
    found = claims_of(f"{HEAD} Moscow abstained.", day="1983-11-14")
    assert {claim.actor for claim in found if claim.action == "abstained"} == {"SUN"}
