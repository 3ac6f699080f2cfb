"""The smallest flip: held against every set of changes in small chambers, and known ones."""

from __future__ import annotations

from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.chambers import FIVE, TODAY, votes
from votewire import rules
from votewire.rules import Move, Rule, Side, reference

Vote = tuple[dict[str, Side], Rule]


def roll(yes: int, no: int, abstain: int, away: int = 0) -> dict[str, Side]:
    """States S000, S001, ... with so many of each side."""
    sides = [Side.YES] * yes + [Side.NO] * no + [Side.ABSTAIN] * abstain
    return {f"S{at:03}": side for at, side in enumerate(sides + [Side.NON_VOTING] * away)}


def adopted(casts: dict[str, Side], rule: Rule) -> bool:
    count = rules.tally(casts, rule)
    return rule.adopts(count.yes, count.no, len(count.vetoes))


@settings(max_examples=150)
@given(votes())
def test_flipping_is_smallest_and_counted_right(vote: Vote) -> None:
    casts, rule = vote
    flip = rules.smallest_flip(casts, rule)
    assert (flip.size, flip.ways) == reference.smallest_flip(casts, rule)


@given(votes(most=8))
def test_flipping_example_flips(vote: Vote) -> None:
    casts, rule = vote
    flip = rules.smallest_flip(casts, rule)
    assert len(flip.changes) == flip.size == sum(move.states for move in flip.moves)
    assert adopted({**casts, **flip.changes}, rule) != adopted(casts, rule)


@given(votes(most=6), st.randoms(use_true_random=False))
def test_flipping_ignores_the_order_of_states(vote: Vote, random: st.Random) -> None:
    casts, rule = vote
    mixed = random.sample(list(casts.items()), len(casts))
    assert rules.smallest_flip(dict(mixed), rule) == rules.smallest_flip(casts, rule)


def test_flipping_simple_majority_counts_mixed_sets() -> None:
    """93-18-65 and 17 away: 38 from Yes to No, or 37 and one change of half the weight."""
    flip = rules.smallest_flip(roll(93, 18, 65, 17), rules.assembly())
    halves = (93 - 37) + 65 + 17
    assert (flip.size, flip.ways) == (38, comb(93, 38) + comb(93, 37) * halves)
    assert flip.moves == (Move(states=38, before=Side.YES, after=Side.NO),)


def test_flipping_permanent_members_alone() -> None:
    casts = dict.fromkeys(["CHN", "RUS", "USA", *"ABCDEFG"], Side.YES)
    casts |= dict.fromkeys(["FRA", "GBR", "DNK", "GRC", "SVN"], Side.ABSTAIN)
    flip = rules.smallest_flip(casts, rules.council(TODAY, FIVE))
    assert (flip.size, flip.ways, flip.alone) == (1, 5, FIVE)


def test_flipping_a_veto_needs_its_holder() -> None:
    casts = {**dict.fromkeys([*FIVE, *"ABCDEFGHIJ"], Side.YES), "RUS": Side.NO}
    flip = rules.smallest_flip(casts, rules.council(TODAY, FIVE))
    assert (flip.changes, flip.ways, flip.alone) == ({"RUS": Side.ABSTAIN}, 2, ("RUS",))


def test_flipping_refuses_a_chamber_too_small() -> None:
    with pytest.raises(ValueError, match="2 members cannot adopt anything"):
        rules.smallest_flip({"A": Side.YES, "B": Side.YES}, rules.council(TODAY, ()))
