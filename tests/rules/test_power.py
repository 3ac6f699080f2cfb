"""Power indices: the Council's known ones, exact, and held against their definitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.chambers import FIVE, TODAY, small_rules
from votewire import rules
from votewire.rules import Power, Rule, reference

ELECTED = tuple("ABCDEFGHIJ")

chambers = st.integers(1, 5).flatmap(
    lambda n: st.tuples(st.just(tuple("ABCDE"[:n])), small_rules(tuple("ABCDE"[:n])))
)


def indices(found: Power) -> tuple[float, float]:
    return round(float(found.shapley_shubik), 6), round(float(found.banzhaf), 6)


def test_power_of_the_council_today() -> None:
    found = rules.power([*FIVE, *ELECTED], rules.council(TODAY, FIVE))
    assert indices(found["USA"]) == (0.196270, 0.166929)
    assert indices(found["A"]) == (0.001865, 0.016535)
    assert found["USA"].shapley_shubik == Fraction(421, 2145)


def test_power_of_the_council_before_1966() -> None:
    found = rules.power([*FIVE, *ELECTED[:6]], rules.council(date(1960, 7, 1), FIVE))
    assert round(float(found["USA"].shapley_shubik), 6) == 0.197403
    assert round(float(found["A"].shapley_shubik), 6) == 0.002165


def test_power_of_an_assembly_is_even() -> None:
    """One of 193: it decides where the 192 others are split evenly."""
    members = [f"S{at}" for at in range(193)]
    found = rules.power(members, rules.assembly())["S0"]
    assert found.shapley_shubik == found.banzhaf == Fraction(1, 193)
    assert found.banzhaf_absolute == Fraction(comb(192, 96), 2**192)


@settings(max_examples=60)
@given(chambers)
def test_power_is_what_the_definitions_say(chamber: tuple[tuple[str, ...], Rule]) -> None:
    members, rule = chamber
    assert rules.power(members, rule) == reference.power(members, rule)


@given(chambers, st.randoms(use_true_random=False))
def test_power_adds_up_and_ignores_order(
    chamber: tuple[tuple[str, ...], Rule], random: st.Random
) -> None:
    members, rule = chamber
    found = rules.power(members, rule)
    assert sum(power.shapley_shubik for power in found.values()) == 1
    assert sum(power.banzhaf for power in found.values()) == 1
    assert rules.power(random.sample(members, len(members)), rule) == found


@given(st.integers(1, 15), st.integers(1, 5))
def test_power_of_a_veto_is_never_less(quota: int, holders: int) -> None:
    rule = replace(rules.council(TODAY, FIVE[:holders]), quota=quota)
    found = rules.power([*FIVE, *ELECTED], rule)
    assert found["CHN"].shapley_shubik >= found["A"].shapley_shubik


def test_power_refuses_a_chamber_that_cannot_decide() -> None:
    with pytest.raises(ValueError, match="cannot adopt anything"):
        rules.power(FIVE, rules.council(TODAY, FIVE))
