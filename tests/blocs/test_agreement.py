from fractions import Fraction
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.blocs import agreement, scores, wilson
from votewire.record import Choice

CHOICES = st.sampled_from(list(Choice))
PAIRS = st.lists(st.tuples(CHOICES, CHOICES), max_size=60)


def rolls(pairs: list[tuple[Choice, Choice]]) -> tuple[np.ndarray, np.ndarray]:
    a = np.array([p[0] for p in pairs], dtype=np.int8)
    b = np.array([p[1] for p in pairs], dtype=np.int8)
    return a, b


def by_the_definition(pairs: list[tuple[Choice, Choice]]) -> Fraction | None:
    """The definition of DESIGN section 6, one rollcall at a time."""
    points = []
    for a, b in pairs:
        if {a, b} <= {Choice.YES, Choice.NO, Choice.ABSTAIN}:
            same = Fraction(1) if a == b else Fraction(0)
            points.append(Fraction(1, 2) if a != b and Choice.ABSTAIN in (a, b) else same)
    return sum(points, Fraction()) / len(points) if points else None


@given(PAIRS)
def test_agreement_equals_the_definition(pairs: list[tuple[Choice, Choice]]) -> None:
    counted = agreement(*rolls(pairs))
    expected = by_the_definition(pairs)
    if expected is None:
        assert counted.n == 0
        assert isnan(counted.value)
    else:
        assert counted.value == pytest.approx(float(expected))
        assert 0 <= counted.low <= counted.value + 1e-12
        assert counted.value - 1e-12 <= counted.high <= 1


@given(PAIRS)
def test_agreement_is_symmetric_and_full_with_oneself(pairs: list[tuple[Choice, Choice]]) -> None:
    a, b = rolls(pairs)
    assert np.array_equal(scores(a, b), scores(b, a), equal_nan=True)
    own = agreement(a, a)
    assert own.n == 0 or own.value == 1


def test_agreement_refuses_rolls_of_different_length() -> None:
    with pytest.raises(ValueError, match="different length"):
        scores(np.zeros(2, dtype=np.int8), np.zeros(3, dtype=np.int8))


def test_wilson_known_values() -> None:
    # 5 of 10 at 90 %: centre 0.5, half-width 1.6449 / (1 + 2.7055/10) * sqrt(.025 + 2.7055/400)
    low, high = wilson(0.5, 10)
    assert (low, high) == (pytest.approx(0.2693, abs=1e-4), pytest.approx(0.7307, abs=1e-4))
    with pytest.raises(ValueError, match="at least one"):
        wilson(0.5, 0)
