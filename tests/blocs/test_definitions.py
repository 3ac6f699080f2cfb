"""Each definition on tables whose value can be worked out by hand or was published."""

from __future__ import annotations

import numpy as np
import pytest

from votewire.blocs import Definition
from votewire.blocs.definitions import agreement_of

# Yes-Yes 4, Yes-abstain 2, Yes-No 1, abstain-abstain 1, No-abstain 1, No-No 1: n = 10.
TABLE = np.array([[4, 2, 1], [0, 1, 0], [0, 1, 1]])


@pytest.mark.parametrize(
    ("definition", "value", "n"),
    [
        (Definition.HALF, (6 + 3 / 2) / 10, 10),
        (Definition.STRICT, 6 / 10, 10),
        (Definition.YES_NO, 5 / 6, 6),
        # Rows 7 1 2, columns 4 4 2: disagreement by chance (28 + 4 + 2 + 8) / 2 + 14 + 8 of 100.
        (Definition.KAPPA, 1 - 10 * 2.5 / (42 / 2 + 22), 10),
        # Shares 5.5 2.5 2: (5.5 x 2.5 + 2.5 x 2) + 2 x 5.5 x 2 of 100.
        (Definition.PI, 1 - 10 * 2.5 / (18.75 + 22), 10),
    ],
)
def test_definitions_by_hand(definition: Definition, value: float, n: int) -> None:
    found, counted = agreement_of(TABLE, definition)
    assert found == pytest.approx(value, abs=1e-12)
    assert counted == n


def test_definitions_kappa_of_two_choices_is_cohens() -> None:
    # Cohen's kappa of 20, 5, 10, 15 of 50: observed .7, by chance .5, so .4 (a textbook example).
    table = np.array([[20, 0, 5], [0, 0, 0], [10, 0, 15]])
    assert agreement_of(table, Definition.KAPPA)[0] == pytest.approx(0.4, abs=1e-12)


@pytest.mark.parametrize("definition", [Definition.KAPPA, Definition.PI])
def test_definitions_chance_alone_agreeing_fully_is_undefined(definition: Definition) -> None:
    value, n = agreement_of(np.diag([9, 0, 0]), definition)
    assert np.isnan(value)
    assert n == 9


def test_definitions_each_says_its_denominator() -> None:
    for definition in Definition:
        assert "over the rollcalls where both" in definition.text
