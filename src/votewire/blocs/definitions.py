"""What agreement means: the definitions, each with its denominator, and a table's value under it.

A table holds, for two sides, how often one chose k while the other chose l (k, l = Yes, abstain,
No). Every definition is a function of that table, so all figures of agreement are made here.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire.record import Choice

__all__ = ["POSITIONS", "Definition", "Floats", "agreement_of", "choices_counted", "disagreement"]

Floats = NDArray[np.float64]

POSITIONS = (Choice.YES, Choice.ABSTAIN, Choice.NO)

# How far two choices are apart: 0 for the same, 1 for opposite.
_HALF = np.array([[0, 0.5, 1], [0.5, 0, 0.5], [1, 0.5, 0]])
_STRICT = 1.0 - np.eye(3)
_UNLIKE = tuple(np.argwhere(_HALF).tolist())
_VOTED = (Choice.YES, Choice.NO)


class Definition(StrEnum):
    """How two states' choices are made into one figure; `text` says it in a sentence."""

    HALF = "half"
    STRICT = "strict"
    YES_NO = "yes-no"
    KAPPA = "kappa"
    PI = "pi"

    @property
    def text(self) -> str:
        """The definition in words, with its denominator."""
        return _TEXTS[self]

    @property
    def is_share(self) -> bool:
        """Whether the value is a share in [0, 1]; else it is a coefficient in [-1, 1]."""
        return self not in (Definition.KAPPA, Definition.PI)


_BOTH = "over the rollcalls where both voted Yes, No or abstained"
_FROM_HALF = "of the agreement that counts 1/2 where one of the two abstained"
_TEXTS = {
    Definition.HALF: "1 for the same choice, 1/2 where one of the two abstained, 0 for opposite "
    f"votes; the mean {_BOTH}",
    Definition.STRICT: f"1 for the same choice, 0 for another; the mean {_BOTH}",
    Definition.YES_NO: "1 for the same vote, 0 for opposite votes; the mean over the rollcalls "
    "where both voted Yes or No, abstentions left out",
    Definition.KAPPA: f"Cohen's kappa (1960), linear weights: the excess {_FROM_HALF} over what "
    "the two states' own shares of Yes, abstain and No give by chance, 1 at most, 0 by chance; "
    f"{_BOTH}",
    Definition.PI: f"Scott's pi (1955), linear weights: the excess {_FROM_HALF} over what the two "
    "states' common shares of Yes, abstain and No give by chance, 1 at most, 0 by chance; "
    f"{_BOTH}",
}


def disagreement(definition: Definition) -> Floats:
    """The distance of choice k from choice l, 0 for the same to 1 for opposite.

    Shape (3, 3); (2, 2) for `yes-no`, which knows Yes and No only.
    """
    if definition is Definition.YES_NO:
        return _STRICT[:2, :2]
    return _STRICT if definition is Definition.STRICT else _HALF


@cache
def _apart(definition: Definition) -> tuple[tuple[int, int, float], ...]:
    """The pairs of choices that are apart, and how far."""
    weights = disagreement(definition)
    return tuple((k, m, float(weights[k, m])) for k, m in np.argwhere(weights).tolist())


def choices_counted(definition: Definition) -> tuple[Choice, ...]:
    """The choices that the definition counts; a rollcall with another one is left out."""
    return _VOTED if definition is Definition.YES_NO else POSITIONS


def agreement_of(table: NDArray[Any], definition: Definition) -> tuple[Floats, Floats]:
    """Agreement under a definition and the number of rollcalls it is over, for each table.

    table: (3, 3, ...) counts, or sums of shares, of choice k by one side and l by the other; any
    further axes are tables of their own. Returns two arrays of the shape of those axes; the value
    is NaN where nothing is counted, and for kappa and pi also where chance alone agrees fully.
    Source: Cohen (1960), Cohen (1968) for weights, Scott (1955); see Haege (2011).
    """
    cells = np.asarray(table, dtype=np.float64)
    if definition is Definition.YES_NO:
        cells = cells[np.ix_(_VOTED, _VOTED)]
    n = cells.sum(axis=(0, 1))
    apart = np.asarray(sum(weight * cells[k, m] for k, m, weight in _apart(definition)))
    with np.errstate(invalid="ignore", divide="ignore"):
        if definition.is_share:
            # Shares of a group add up to 1 only within rounding; no share is below 0 for that.
            return np.maximum(n - apart, 0.0) / n, n
        # 1 - observed / expected; both scaled to whole numbers, so that no order of sums matters.
        return 1.0 - n * apart / _expected(cells, definition), n


def _expected(cells: Floats, definition: Definition) -> Floats:
    """Disagreement by chance times n squared; NaN where there is none."""
    first, second = cells.sum(axis=1), cells.sum(axis=0)
    if definition is Definition.PI:
        first = second = (first + second) / 2.0
    by_chance = np.asarray(sum(_HALF[k, m] * (first[k] * second[m]) for k, m in _UNLIKE))
    return np.where(by_chance > 0, by_chance, np.nan)
