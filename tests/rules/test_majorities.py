"""What the rules of the two chambers make of a count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.chambers import FIVE, TODAY, votes
from votewire import rules
from votewire.rules import Count, Outcome, Side

SIMPLE, TWO_THIRDS = rules.assembly(), rules.assembly(two_thirds=True)
COUNCIL = rules.council(TODAY, FIVE)


def outcome(count: Count, rule: rules.Rule) -> str:
    return rules.decide(count, rule).outcome.value


@pytest.mark.parametrize(
    ("yes", "no", "simple", "two_thirds"),
    [
        (93, 18, "adopted", "adopted"),
        (93, 83, "adopted", "rejected"),
        (50, 50, "rejected", "rejected"),
        (2, 1, "adopted", "adopted"),  # exactly two-thirds is enough
        (199, 100, "adopted", "rejected"),
        (0, 0, "rejected", "rejected"),
        (1, 0, "adopted", "adopted"),
    ],
)
def test_majorities_of_the_assembly(yes: int, no: int, simple: str, two_thirds: str) -> None:
    count = Count(yes=yes, no=no, abstain=65)
    assert (outcome(count, SIMPLE), outcome(count, TWO_THIRDS)) == (simple, two_thirds)


@pytest.mark.parametrize(
    ("yes", "vetoes", "expected"),
    [
        (10, (), "adopted"),
        (9, (), "adopted"),
        (8, (), "rejected"),
        (11, ("RUS",), "vetoed"),
        (8, ("RUS",), "rejected"),  # without the votes a No is no veto
        (11, ("DNK",), "adopted"),  # not a permanent member
    ],
)
def test_majorities_of_the_council(yes: int, vetoes: tuple[str, ...], expected: str) -> None:
    assert outcome(Count(yes=yes, no=15 - yes, vetoes=vetoes), COUNCIL) == expected


@pytest.mark.parametrize(
    ("day", "needed"),
    [(date(1946, 2, 16), 7), (date(1965, 12, 31), 7), (date(1966, 1, 1), 9)],
)
def test_majorities_council_needs_nine_since_1966(day: date, needed: int) -> None:
    assert rules.council(day, FIVE).needed(11) == needed


def test_majorities_no_veto_on_procedure() -> None:
    count = Count(yes=11, no=1, abstain=3, vetoes=("RUS",))
    ruling = rules.decide(count, rules.council(TODAY, FIVE, procedural=True))
    assert (ruling.outcome, ruling.margin) == (Outcome.ADOPTED, 2)


def test_majorities_reason_names_who_vetoed() -> None:
    names = {"FRA": "France", "GBR": "the United Kingdom"}
    count = Count(yes=10, no=2, abstain=3, vetoes=("FRA", "GBR"))
    assert rules.decide(count, COUNCIL, named=names.__getitem__).reason == (
        "vetoed with 10 votes in favour, 9 needed: France and the United Kingdom, permanent "
        "members, voted against"
    )


@given(votes())
def test_majorities_margin_agrees_with_outcome(vote: tuple[dict[str, Side], rules.Rule]) -> None:
    casts, rule = vote
    count = rules.tally(casts, rule)
    ruling = rules.decide(count, rule)
    assert ruling.margin is not None
    assert (ruling.margin < 0) == (ruling.outcome is Outcome.REJECTED)
    assert (ruling.outcome is Outcome.ADOPTED) == rule.adopts(
        count.yes, count.no, len(count.vetoes)
    )


@given(votes(), st.data())
def test_majorities_abstaining_more_makes_no_veto(
    vote: tuple[dict[str, Side], rules.Rule], data: st.DataObject
) -> None:
    casts, rule = vote
    away = data.draw(st.sets(st.sampled_from(sorted(casts))))
    fewer = {**casts, **dict.fromkeys(away, Side.ABSTAIN)}
    if rule.quota is None or rules.decide(rules.tally(casts, rule), rule).outcome is Outcome.VETOED:
        return
    assert rules.decide(rules.tally(fewer, rule), rule).outcome is not Outcome.VETOED


@given(votes(), st.data())
def test_majorities_another_yes_never_hurts(
    vote: tuple[dict[str, Side], rules.Rule], data: st.DataObject
) -> None:
    casts, rule = vote
    more = {**casts, data.draw(st.sampled_from(sorted(casts))): Side.YES}
    before, after = (rules.tally(roll, rule) for roll in (casts, more))
    assert rule.adopts(after.yes, after.no, len(after.vetoes)) >= rule.adopts(
        before.yes, before.no, len(before.vetoes)
    )
