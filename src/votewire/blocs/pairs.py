"""All pairs of states at once: their tables of choices as matrix products, agreement from these.

With X the (n_rollcalls, 3 n_states) matrix of ones where a state chose Yes, abstained or voted No,
X'X holds the table of every pair. `pairs_reference.py` counts the same one rollcall at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from votewire.blocs.definitions import POSITIONS, Definition, Floats, agreement_of
from votewire.record import Record, Selection

__all__ = ["Pairs", "PeriodPairs", "agreement_by_period", "agreement_matrix", "contingency"]

Choices = NDArray[np.int8]
Counts = NDArray[np.int32]


class Pairs(NamedTuple):
    """Agreement of all pairs: values (s, s), NaN where undefined; n (s, s) rollcalls counted."""

    values: Floats
    n: NDArray[np.int64]


class PeriodPairs(NamedTuple):
    """All pairs in one period.

    rollcalls: how many the period has. columns: (s,) the columns of `states.codes()` that took a
    position in it. pairs: for each definition asked for, agreement of those s states.
    """

    period: str
    rollcalls: int
    columns: NDArray[np.intp]
    pairs: dict[Definition, Pairs]


def contingency(choices: Choices, first: Sequence[int] | None = None) -> Counts:
    """The table of every pair: (3, 3, f, s); [k, l, a, b] is how often a chose k while b chose l.

    choices: (n, s) Choice codes; those that are no position (absent, no member, not recorded) count
    nowhere. k, l: Yes, abstain, No. first: (f,) columns of `choices` that are compared with all of
    them; every column if not given. Raises ValueError if choices is not two-dimensional.
    """
    if choices.ndim != 2:
        raise ValueError(f"choices must be rollcalls x states, not of shape {choices.shape}")
    every = _ones(choices)
    some = every if first is None else _ones(choices[:, first])
    products = (some.T @ every).reshape(3, -1, 3, choices.shape[1])
    return products.transpose(0, 2, 1, 3).astype(np.int32)


def agreement_matrix(choices: Choices, definition: Definition = Definition.HALF) -> Pairs:
    """Agreement of all pairs of columns: `values` (s, s) and `n` (s, s), both symmetric.

    choices: (n, s) Choice codes. values: in [0, 1], kappa and pi in [-1, 1]; NaN where n is 0 and
    where kappa or pi is undefined. n: the rollcalls that the definition counts for that pair.
    """
    return _pairs(contingency(choices), definition)


def agreement_by_period(
    record: Record,
    within: Selection = Selection(),
    *,
    by: str | None = "year",
    definitions: Sequence[Definition] = tuple(Definition),
) -> Iterator[PeriodPairs]:
    """Agreement of all pairs in each year or session, earliest first, under each definition.

    within: which rollcalls; all recorded votes of the Assembly if not given. by: year, session or
    None for all at once. Raises TooFewRollcalls where no rollcall fits.
    """
    for period, rows in within.periods(record, within.rows(record), by):
        rolls = record.choices[rows]
        columns = np.flatnonzero((rolls <= POSITIONS[-1]).any(axis=0))
        tables = contingency(rolls[:, columns]).astype(np.float64)
        pairs = {definition: _pairs(tables, definition) for definition in definitions}
        yield PeriodPairs(period, len(rows), columns, pairs)


def _ones(choices: Choices) -> NDArray[np.float32]:
    """(n, 3 s) ones where a state chose Yes, abstained or voted No."""
    # float32 products are of the machine's fast kind, and exact up to 2^24 rollcalls.
    return np.concatenate([choices == k for k in POSITIONS], axis=1).astype(np.float32)


def _pairs(tables: Counts | Floats, definition: Definition) -> Pairs:
    values, n = agreement_of(tables, definition)
    return Pairs(values, n.astype(np.int64))
