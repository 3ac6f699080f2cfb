"""The definitions of power and of the smallest flip, tried out one by one; for small chambers only.

Slow on purpose: the fast ways in `power` and `flipping` are held against these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from fractions import Fraction
from itertools import combinations, permutations, product
from math import factorial

from votewire.rules.majorities import Rule, Side, tally
from votewire.rules.power import Power

__all__ = ["power", "smallest_flip"]


def power(members: Collection[str], rule: Rule) -> dict[str, Power]:
    """Each member's power, by going through every order and every coalition."""
    swings = _swings(members, rule)
    pivots = Counter(_pivot(order, members, rule) for order in permutations(members))
    total = sum(swings.values())
    return {
        member: Power(
            shapley_shubik=Fraction(pivots[member], factorial(len(members))),
            banzhaf=Fraction(swings[member], total),
            banzhaf_absolute=Fraction(swings[member], 2 ** (len(members) - 1)),
        )
        for member in members
    }


def smallest_flip(casts: Mapping[str, Side], rule: Rule) -> tuple[int, int]:
    """How many casts must change at least, and how many sets of that size do it; every set tried.

    Abstaining stands for not voting too. Raises ValueError where no change flips the outcome.
    """
    merged = {s: Side.ABSTAIN if c is Side.NON_VOTING else c for s, c in casts.items()}
    before = _adopts(merged, rule)
    choices = (Side.YES, Side.NO, Side.ABSTAIN)
    for size in range(1, len(casts) + 1):
        ways = 0
        for states in combinations(merged, size):
            for sides in product(choices, repeat=size):
                changes = dict(zip(states, sides, strict=True))
                changed = all(merged[state] is not side for state, side in changes.items())
                ways += changed and _adopts({**merged, **changes}, rule) != before
        if ways:
            return size, ways
    raise ValueError("no change flips the outcome")


def _adopts(casts: Mapping[str, Side], rule: Rule) -> bool:
    count = tally(casts, rule)
    return rule.adopts(count.yes, count.no, len(count.vetoes))


def _wins(coalition: Collection[str], members: Collection[str], rule: Rule) -> bool:
    sides = {m: Side.YES if m in coalition else Side.NO for m in members}
    return _adopts(sides, rule)


def _pivot(order: tuple[str, ...], members: Collection[str], rule: Rule) -> str:
    """The member that makes a winning coalition of those before it in an order."""
    return next(m for i, m in enumerate(order) if _wins(order[: i + 1], members, rule))


def _swings(members: Collection[str], rule: Rule) -> Counter[str]:
    swings: Counter[str] = Counter()
    for size in range(len(members)):
        for coalition in combinations(members, size):
            for member in set(members) - set(coalition):
                wins = _wins((*coalition, member), members, rule)
                swings[member] += wins and not _wins(coalition, members, rule)
    return swings
