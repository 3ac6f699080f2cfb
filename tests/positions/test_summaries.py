"""Means, intervals and shifts out of normal distributions and out of draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.positions.summaries import of_draws, of_normal

FIRST = np.array([True, False, False, True, False])


@pytest.mark.parametrize("dims", [1, 2])
def test_summaries_of_many_normal_draws_are_those_of_the_normal(dims: int) -> None:
    rng = np.random.default_rng(0)
    mean = rng.normal(size=(5, dims))
    draws = (mean + 0.3 * rng.normal(size=(40_000, 5, dims))).astype(np.float32)
    shift_sd = np.where(FIRST[:, None], np.nan, np.full((5, dims), 0.3 * 2**0.5))
    exact, drawn = of_normal(mean, np.full((5, dims), 0.3), shift_sd), of_draws(draws, FIRST)
    for name in type(exact).__slots__:
        assert np.allclose(getattr(exact, name), getattr(drawn, name), atol=0.02, equal_nan=True)


def test_summaries_of_draws_that_move_together_have_sure_shifts() -> None:
    common = np.random.default_rng(1).normal(size=(500, 1, 1))
    draws = (common + np.arange(5.0)[:, None]).astype(np.float32)
    found = of_draws(draws, FIRST)
    assert found.sd.min() > 0.9
    assert np.allclose(found.shift_sd[~FIRST], 0, atol=1e-6)
    assert np.allclose(found.shift[~FIRST], 1, atol=1e-6)
    assert found.shift_up[~FIRST].tolist() == [[1.0]] * 3


@given(shift=st.sampled_from([-0.5, 0.0, 0.5]))
def test_summaries_certain_shift_has_a_certain_sign(shift: float) -> None:
    mean = np.array([[0.0], [shift]])
    found = of_normal(mean, np.zeros((2, 1)), np.array([[np.nan], [0.0]]))
    assert found.shift_up[1, 0] == (1 + np.sign(shift)) / 2
