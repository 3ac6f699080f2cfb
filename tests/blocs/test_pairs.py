"""The matrix kernel against the slow loop, and what must not matter to it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import votewire
from votewire import states
from votewire.blocs import (
    Definition,
    agreement,
    agreement_by_period,
    agreement_matrix,
    contingency,
    pairs_reference,
)
from votewire.record import Choice, Selection

SHAPES = st.tuples(st.integers(1, 12), st.integers(1, 5))
ROLLS = SHAPES.flatmap(lambda shape: arrays(np.int8, shape, elements=st.integers(0, 5)))
DEFINITIONS = st.sampled_from(list(Definition))


@given(ROLLS, DEFINITIONS)
def test_pairs_kernel_equals_the_reference(rolls: np.ndarray, definition: Definition) -> None:
    values, n = agreement_matrix(rolls, definition)
    slow = pairs_reference.agreement_matrix(rolls.tolist(), definition)
    expected = [[np.nan if v is None else float(v) for v, _ in row] for row in slow]
    assert n.tolist() == [[count for _, count in row] for row in slow]
    np.testing.assert_allclose(values, expected, rtol=0, atol=1e-12)


@given(ROLLS, DEFINITIONS)
def test_pairs_are_symmetric_full_with_oneself_and_in_range(
    rolls: np.ndarray, definition: Definition
) -> None:
    values, n = agreement_matrix(rolls, definition)
    assert np.array_equal(values, values.T, equal_nan=True)
    assert np.array_equal(n, n.T)
    known = values[~np.isnan(values)]
    assert ((known >= (0 if definition.is_share else -1)) & (known <= 1)).all()
    own = np.diag(values)
    if definition.is_share:
        assert (own[np.diag(n) > 0] == 1).all()
    assert (own[~np.isnan(own)] == 1).all()


@given(ROLLS, DEFINITIONS, st.randoms(use_true_random=False))
def test_pairs_order_does_not_matter(
    rolls: np.ndarray, definition: Definition, draw: object
) -> None:
    rows, columns = (draw.sample(range(n), n) for n in rolls.shape)  # type: ignore[attr-defined]
    values, n = agreement_matrix(rolls, definition)
    mixed, mixed_n = agreement_matrix(rolls[rows][:, columns], definition)
    assert np.array_equal(mixed, values[np.ix_(columns, columns)], equal_nan=True)
    assert np.array_equal(mixed_n, n[np.ix_(columns, columns)])


@given(ROLLS, DEFINITIONS, st.sampled_from([c for c in Choice if c > Choice.NO]))
def test_pairs_rollcall_in_which_nobody_voted_does_not_matter(
    rolls: np.ndarray, definition: Definition, absent: Choice
) -> None:
    more = np.vstack([rolls, np.full((1, rolls.shape[1]), absent, dtype=np.int8)])
    for one, other in zip(
        agreement_matrix(rolls, definition), agreement_matrix(more, definition), strict=True
    ):
        assert np.array_equal(one, other, equal_nan=True)


@given(ROLLS, DEFINITIONS)
def test_pairs_and_a_single_pair_are_the_same_figure(
    rolls: np.ndarray, definition: Definition
) -> None:
    values, n = agreement_matrix(rolls, definition)
    alone = agreement(rolls[:, 0], rolls[:, -1], definition)
    assert alone.n == n[0, -1]
    assert alone.value == values[0, -1] or np.isnan([alone.value, values[0, -1]]).all()


def test_pairs_contingency_of_some_columns_is_a_slice_of_all() -> None:
    rolls = np.random.default_rng(0).integers(0, 6, (40, 7)).astype(np.int8)
    assert np.array_equal(contingency(rolls, [2, 5]), contingency(rolls)[:, :, [2, 5]])


def test_pairs_refuse_a_single_roll() -> None:
    with pytest.raises(ValueError, match="rollcalls x states"):
        contingency(np.zeros(3, dtype=np.int8))


def test_pairs_by_year_are_the_years_own_matrix() -> None:
    record = votewire.open_record()
    years = {found.period: found for found in agreement_by_period(record)}
    assert list(years) == sorted(years)
    assert sum(found.rollcalls for found in years.values()) == len(Selection().rows(record))
    found = years["2016"]
    usa, russia = (found.columns.tolist().index(states.codes().index(c)) for c in ("USA", "RUS"))
    rows = Selection(since=date(2016, 1, 1), until=date(2016, 12, 31)).rows(record)
    rolls = record.choices[rows][:, found.columns[[usa, russia]]]
    for definition in Definition:
        alone = agreement(rolls[:, 0], rolls[:, 1], definition)
        assert found.pairs[definition].values[usa, russia] == alone.value
        assert found.pairs[definition].n[usa, russia] == alone.n
