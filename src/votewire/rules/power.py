"""Voting power: Shapley-Shubik and Banzhaf, exact fractions, by sums over classes of players.

A chamber has two classes, holders of a veto and the others; within a class all are alike, so a
coalition is told by two numbers, and the sums run over those and binomial coefficients.
Abstention is left out of these indices: a member is in the coalition or against it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import comb, factorial

from votewire.rules.majorities import Rule

__all__ = ["Power", "power"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """One member's power.

    shapley_shubik: the share of all orders of joining in which it is the one that decides.
    banzhaf_absolute: the share of all coalitions of the others that it turns from losing to
    winning. banzhaf: the same, normalised so that all members add up to 1.
    """

    shapley_shubik: Fraction
    banzhaf: Fraction
    banzhaf_absolute: Fraction


@dataclass(frozen=True, slots=True)
class _Swings:
    """What one member decides: coalitions, and orders of all members."""

    coalitions: int
    orders: int


def power(members: Collection[str], rule: Rule) -> dict[str, Power]:
    """Each member's power under a rule, in the order of `members`.

    Source: Shapley and Shubik (1954); Banzhaf (1965). Raises ValueError where the members cannot
    adopt anything, for then nobody decides.
    """
    held = sorted(set(members) & rule.holders)
    sizes = (len(held), len(set(members)) - len(held))
    swings = [_swings(sizes, one, rule) for one in ((1, 0), (0, 1))]
    total = sum(size * found.coalitions for size, found in zip(sizes, swings, strict=True))
    if total == 0:
        raise ValueError(f"{sum(sizes)} members cannot adopt anything by the rule {rule.name}")
    indices = [_indices(found, sum(sizes), total) for found in swings]
    return {member: indices[member not in rule.holders] for member in members}


def _swings(sizes: tuple[int, int], one: tuple[int, int], rule: Rule) -> _Swings:
    """What a member of the class `one` decides among so many holders of a veto and others."""
    holders, others = sizes[0] - one[0], sizes[1] - one[1]
    if holders < 0 or others < 0:
        return _Swings(0, 0)
    n = sum(sizes)
    coalitions = orders = 0
    for h, o in product(range(holders + 1), range(others + 1)):
        joined = _wins((h + one[0], o + one[1]), sizes, rule)
        if joined and not _wins((h, o), sizes, rule):
            ways = comb(holders, h) * comb(others, o)
            coalitions += ways
            orders += ways * factorial(h + o) * factorial(n - h - o - 1)
    return _Swings(coalitions, orders)


def _wins(inside: tuple[int, int], sizes: tuple[int, int], rule: Rule) -> bool:
    yes = sum(inside)
    return rule.adopts(yes, sum(sizes) - yes, sizes[0] - inside[0])


def _indices(found: _Swings, n: int, total: int) -> Power:
    return Power(
        shapley_shubik=Fraction(found.orders, factorial(n)),
        banzhaf=Fraction(found.coalitions, total),
        banzhaf_absolute=Fraction(found.coalitions, 2 ** (n - 1)),
    )
