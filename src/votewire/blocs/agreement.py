"""How often two sides chose alike, counted from the rolls; no fitted model.

`agreement` is for two rolls of choices, `estimate` for any tables that are summed over rollcalls:
one of a state and a state, or of a state and a group's shares (`votewire.blocs.sides`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from numpy.typing import NDArray

from votewire.blocs.definitions import (
    Definition,
    Floats,
    agreement_of,
    choices_counted,
    disagreement,
)
from votewire.blocs.intervals import Interval, bounds, draws, wilson
from votewire.record import Choice

__all__ = [
    "DEFINITION",
    "Agreement",
    "agreement",
    "estimate",
    "estimates",
    "of_table",
    "scores",
    "wilson",
]

DEFINITION = "1 for the same choice, 1/2 where one of the two abstained, 0 for opposite votes"
_CELLS = np.eye(9).reshape(9, 3, 3)  # the nine kinds of rollcall that two states can have


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Agreement of two sides over n rollcalls.

    value, low, high: shares in [0, 1], kappa and pi in [-1, 1], with a 90 % interval; NaN where n
    is 0 and where kappa or pi is undefined. n: rollcalls counted under the definition.
    """

    value: float
    low: float
    high: float
    n: int


def scores(
    a: NDArray[np.int8], b: NDArray[np.int8], definition: Definition = Definition.HALF
) -> Floats:
    """Agreement on each rollcall: 1, 0.5 or 0, NaN where either took no position that counts.

    a, b: (n_rollcalls,) Choice codes of two states on the same rollcalls.
    Raises ValueError if lengths differ.
    """
    _same_length(a, b)
    choices = np.array(choices_counted(definition), dtype=np.int8)
    both = np.isin(a, choices) & np.isin(b, choices)
    at, of = (np.searchsorted(choices, np.where(both, side, choices[0])) for side in (a, b))
    return np.where(both, 1.0 - disagreement(definition)[at, of], np.nan)


def agreement(
    a: NDArray[np.int8],
    b: NDArray[np.int8],
    definition: Definition = Definition.HALF,
    interval: Interval | None = None,
) -> Agreement:
    """Agreement of two states over the rollcalls given, with its 90 % interval.

    a, b: (n_rollcalls,) Choice codes. interval: as in `estimate`. Raises ValueError if lengths
    differ.
    """
    _same_length(a, b)
    both = (a <= Choice.NO) & (b <= Choice.NO)
    # Yes, abstain, No are 0, 1, 2: each pair of choices is one of nine numbers.
    cells = np.bincount(3 * a[both] + b[both], minlength=9)
    return of_table(cells.reshape(3, 3), definition, interval)


def of_table(
    table: NDArray[np.integer],
    definition: Definition = Definition.HALF,
    interval: Interval | None = None,
) -> Agreement:
    """Agreement of two states from their table of choices, (3, 3) counts as in `contingency`."""
    if definition.is_share and interval is not Interval.BOOTSTRAP:
        return _by_wilson(*agreement_of(table, definition))
    return estimate(_CELLS, table.reshape(9).astype(np.float64), definition, interval)


def estimate(
    kinds: Floats,
    counts: Floats,
    definition: Definition,
    interval: Interval | None = None,
    *,
    seed: int = 0,
) -> Agreement:
    """Agreement with its interval, from the kinds of rollcall and how many there are of each.

    kinds: (u, 3, 3) what a rollcall of each kind adds to the table; counts: (u,). interval: Wilson
    for shares and the bootstrap for kappa and pi if not given. Raises ValueError for a Wilson
    interval of kappa or pi, which are no shares.
    """
    interval = interval or (Interval.WILSON if definition.is_share else Interval.BOOTSTRAP)
    if interval is Interval.WILSON and not definition.is_share:
        raise ValueError(f"{definition} is no share: Wilson's interval does not fit it")
    if interval is Interval.WILSON:
        return _by_wilson(*agreement_of(np.tensordot(counts, kinds, axes=1), definition))
    return estimates(kinds, counts, (definition,), seed=seed)[definition]


def estimates(
    kinds: Floats, counts: Floats, definitions: Iterable[Definition], *, seed: int = 0
) -> dict[Definition, Agreement]:
    """As `estimate` with the bootstrap, under several definitions of the same draws."""
    kinds, counts = _in_order(kinds, counts)
    table = np.tensordot(counts, kinds, axes=1)
    drawn = draws(kinds, counts, seed=seed)
    return {each: _by_draws(table, drawn, each) for each in definitions}


def _by_draws(table: Floats, drawn: Floats | None, definition: Definition) -> Agreement:
    value, n = (x.item() for x in agreement_of(table, definition))
    if isnan(value):
        return Agreement(value=nan, low=nan, high=nan, n=round(n))
    low, high = bounds(drawn, lambda t: agreement_of(t, definition)[0])
    return Agreement(value=value, low=low, high=high, n=round(n))


def _by_wilson(share: Floats, over: Floats) -> Agreement:
    value, n = share.item(), over.item()
    low, high = wilson(value, n) if n else (nan, nan)
    return Agreement(value=value, low=low, high=high, n=round(n))


def _in_order(kinds: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """The kinds that occur, in an order that does not depend on which side is named first.

    Every definition is symmetric, and the seed's draws follow the order of the kinds.
    """
    kinds, counts = kinds[counts > 0], counts[counts > 0]
    table = np.tensordot(counts, kinds, axes=1)
    if table.T.ravel().tolist() < table.ravel().tolist():
        kinds = kinds.transpose(0, 2, 1)
    order = np.lexsort(kinds.reshape(len(kinds), 9).T)
    return kinds[order], counts[order]


def _same_length(a: NDArray[np.int8], b: NDArray[np.int8]) -> None:
    if a.shape != b.shape:
        raise ValueError(f"rolls of different length: {a.shape} and {b.shape}")
