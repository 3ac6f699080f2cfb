"""Small chambers for properties: who is in them, how they vote, by which rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import strategies as st

from votewire import rules
from votewire.rules import Rule, Side

TODAY = date(2025, 7, 1)
FIVE = ("CHN", "FRA", "GBR", "RUS", "USA")


def small_rules(members: tuple[str, ...]) -> st.SearchStrategy[Rule]:
    """Rules of both chambers for so many members: shares, quotas, with and without veto."""
    council = rules.council(TODAY, members[:2])
    quotas = st.integers(1, len(members)).map(lambda quota: replace(council, quota=quota))
    procedural = quotas.map(lambda rule: replace(rule, holders=frozenset()))
    three_quarters = replace(rules.assembly(two_thirds=True), share=Fraction(3, 4))
    shares = st.sampled_from([rules.assembly(), rules.assembly(two_thirds=True), three_quarters])
    return st.one_of(quotas, procedural, shares)


@st.composite
def votes(draw: st.DrawFn, most: int = 5) -> tuple[dict[str, Side], Rule]:
    """A roll of up to so many members and a rule."""
    members = tuple("ABCDEFGH"[: draw(st.integers(1, most))])
    casts = {member: draw(st.sampled_from(Side)) for member in members}
    return casts, draw(small_rules(members))
