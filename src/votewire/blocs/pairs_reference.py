"""The same figures as `pairs`, one rollcall at a time with the papers' symbols; slow on purpose.

Nothing but the tests and the benchmark uses it. Choices 0, 1, 2 are Yes, abstain, No.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

__all__ = ["agreement_matrix", "agreement_of_pair"]

Pair = tuple[Fraction | None, int]


def agreement_matrix(choices: Sequence[Sequence[int]], definition: str) -> list[list[Pair]]:
    """(value, n) of every pair of columns; the value is None where undefined.

    choices: rollcalls, each with the Choice code of every state. definition: as `Definition`.
    """
    states = range(len(choices[0]))
    rolls = [[row[state] for row in choices] for state in states]
    return [[agreement_of_pair(rolls[i], rolls[j], definition) for j in states] for i in states]


def agreement_of_pair(a: Sequence[int], b: Sequence[int], definition: str) -> Pair:
    """(value, n) of two states, exactly."""
    known = (0, 2) if definition == "yes-no" else (0, 1, 2)
    both = [(x, y) for x, y in zip(a, b, strict=True) if x in known and y in known]
    n = len(both)
    if n == 0:
        return None, 0
    if definition in ("strict", "yes-no"):
        return Fraction(sum(x == y for x, y in both), n), n
    # p_o = sum_kl w_kl p_kl with w_kl = 1 - |k - l| / 2: Cohen (1968), equation 1, linear weights.
    observed = sum((_weight(x, y) for x, y in both), Fraction()) / n
    if definition == "half":
        return observed, n
    return _corrected(observed, _by_chance(both, definition)), n


def _weight(k: int, m: int) -> Fraction:
    return 1 - Fraction(abs(k - m), 2)


def _by_chance(both: Sequence[tuple[int, int]], definition: str) -> Fraction:
    """p_e = sum_kl w_kl p_k q_l; for pi, p and q are both the mean of the two states' shares."""
    n = len(both)
    p = [Fraction(sum(x == k for x, _ in both), n) for k in range(3)]
    q = [Fraction(sum(y == k for _, y in both), n) for k in range(3)]
    if definition == "pi":  # Scott (1955), equation 3
        p = q = [(p[k] + q[k]) / 2 for k in range(3)]
    return sum((_weight(k, m) * p[k] * q[m] for k in range(3) for m in range(3)), Fraction())


def _corrected(observed: Fraction, by_chance: Fraction) -> Fraction | None:
    """(p_o - p_e) / (1 - p_e): Cohen (1960), equation 1; undefined where p_e is 1."""
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
