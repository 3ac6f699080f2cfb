"""The forward pass: filter steps against a grid, and that nothing of the cast or later enters."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.positions import forward_reference as reference
from votewire.positions.chances import Chances, chances_without_own, of_choices
from votewire.positions.filtering import States, Texts, states_after, texts_of
from votewire.positions.forward import Forward, forward
from votewire.positions.priors import ASSEMBLY
from votewire.positions.problem import MISSING
from votewire.positions.standing import nothing, standing_from

KNOWN = 1e-6  # variance of what is taken as known


def rolls(seed: int = 0, days: int = 5, each: int = 3, states: int = 12) -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(seed)
    theta, beta = rng.standard_normal(states), 2 * rng.standard_normal((days * each, 1))
    eta = beta * theta + rng.logistic(size=(days * each, states))
    choices = np.where(eta < 0.5, 0, np.where(eta < 1.2, 1, 2))
    choices = np.where(rng.random(choices.shape) < 0.1, 3, choices).astype(np.int8)
    return choices, np.repeat(np.arange(days, dtype=float), each)


def passed(choices: np.ndarray, times: np.ndarray, dims: int = 1, **change: float) -> Forward:
    prior = replace(ASSEMBLY[dims], **change)
    return forward(choices, times, prior, nothing(prior, choices.shape[1]))


@pytest.mark.parametrize("choices", [(0, 0), (1, 0), (2, 1), (2, 2)])
def test_filtering_moves_a_state_as_a_grid_does(choices: tuple[int, int]) -> None:
    texts = [(1.5, 0.4, 0.0), (-0.8, 0.2, -0.5)]
    states = States(np.array([[0.3]]), np.array([[[0.25]]]))
    before = Texts(np.array(texts), np.tile(np.eye(3) / KNOWN, (2, 1, 1)))
    casts = np.array(choices, dtype=np.int8)[:, None]
    moved, _ = states_after(casts, states, before, 8)
    mean, sd = reference.position(choices, texts, 0.3, 0.5)
    assert moved.mean[0, 0] == pytest.approx(mean, abs=0.03)
    assert np.sqrt(moved.var[0, 0, 0]) == pytest.approx(sd, rel=0.05)


@given(st.floats(-2, 2), st.floats(0.05, 0.8), st.floats(-2, 2), st.floats(-2, 2), st.floats(-1, 1))
@settings(max_examples=15, deadline=None)
def test_chances_average_over_what_the_state_may_be(
    theta: float, sd: float, beta: float, c: float, delta: float
) -> None:
    gap = np.exp(delta)
    odds = Chances(
        np.array([c - beta * theta]),
        np.array([c + gap - beta * theta]),
        np.array([(beta * sd) ** 2]),
    )
    exact = reference.expected_chance(theta, sd, (beta, c, delta))
    assert of_choices(odds)[0] == pytest.approx(exact, abs=0.02)


@given(st.integers(0, 1000), st.sampled_from([1, 2, 3]), st.sampled_from([0.0, 0.1]))
@settings(max_examples=12, deadline=None)
def test_forward_gives_each_cast_chances_that_sum_to_1(seed: int, dims: int, often: float) -> None:
    choices, times = rolls(seed)
    found = passed(choices, times, dims, often=often)
    assert len(found.choice) == (choices <= 2).sum()
    assert (choices[found.rollcall, found.state] == found.choice).all()
    for odds in (found.chances, found.ahead):
        p = of_choices(odds)
        assert np.allclose(p.sum(axis=1), 1.0)
        assert (p >= 0).all()
        assert np.isfinite(p).all()


@given(st.integers(0, 1000), st.integers(0, 14), st.integers(0, 11), st.integers(0, 2))
@settings(max_examples=15, deadline=None)
def test_forward_knows_neither_the_cast_nor_anything_later(
    seed: int, row: int, column: int, choice: int
) -> None:
    choices, times = rolls(seed)
    choices[row, column] = (choice + 1) % 3
    changed = choices.copy()
    changed[row, column] = choice
    one, other = passed(choices, times), passed(changed, times)
    earlier = times[one.rollcall] < times[row]
    for part in range(3):
        assert np.array_equal(one.chances[part][earlier], other.chances[part][earlier])
    own = (one.rollcall == row) & (one.state == column)
    assert of_choices(one.ahead)[own] == pytest.approx(of_choices(other.ahead)[own], abs=1e-12)
    given_one, given_other = of_choices(one.chances)[own], of_choices(other.chances)[own]
    # Exact where the text is fitted again without the cast; else one Newton step from it.
    assert given_one == pytest.approx(given_other, abs=0.05)


def test_forward_fits_the_text_again_without_an_improbable_cast() -> None:
    choices = np.zeros((1, 40), dtype=np.int8)
    choices[0, :12] = 2
    choices[0, -1] = 2
    states = States(np.linspace(2, -2, 40)[:, None], np.full((40, 1, 1), 0.05))
    prior = ASSEMBLY[1]
    before = Texts(prior.items_mean[None], np.linalg.inv(prior.items_cov)[None])
    _, after = texts_of(choices, states, before)
    found = chances_without_own(choices, states, before, after)
    left = choices.copy()
    left[0, -1] = MISSING
    texts, _ = texts_of(left, states, before)
    assert found.yes[-1] == pytest.approx(
        texts.mean[0, 1] - texts.mean[0, 0] * states.mean[-1, 0], abs=1e-3
    )
    assert of_choices(found)[-1, 2] < 0.05


def test_forward_learns_from_the_last_vote_on_a_text() -> None:
    choices, times = rolls(3, days=2, each=1, states=60)
    choices[1] = choices[0]
    prior = ASSEMBLY[1]
    named = np.zeros((2, 2), dtype=np.intp)
    same = forward(choices, times, prior, nothing(prior, 60), names=named)
    apart = forward(choices, times, prior, nothing(prior, 60))
    second = same.rollcall == 1
    made = np.arange(second.sum()), same.choice[second]
    known, unknown = (of_choices(f.ahead)[second][made] for f in (same, apart))
    assert np.log(known).mean() > np.log(unknown).mean() + 0.03


def test_forward_jumps_let_a_state_that_changes_move_farther() -> None:
    rng = np.random.default_rng(5)
    theta = np.linspace(-2, 2, 30)
    beta = np.where(rng.random((60, 1)) < 0.5, 2.0, -2.0)
    theta = np.repeat(theta[None], 60, axis=0)
    theta[40:, 0] = 2.0
    choices = np.where(beta * theta < 0, 0, 2).astype(np.int8)
    times = np.repeat(np.arange(6, dtype=float), 10)
    ends = []
    for often in (0.0, 0.2):
        prior = replace(ASSEMBLY[1], often=often, jump=4.0)
        standing = standing_from(choices[:40], prior, 29)
        forward(choices[:50], times[:50], prior, standing)
        ends.append(standing.states.mean[0, 0])
    assert ends[1] > ends[0] + 0.1


def test_standing_from_few_rolls_is_nothing_known() -> None:
    prior = ASSEMBLY[3]
    found = standing_from(np.zeros((2, 5), dtype=np.int8), prior, 0)
    assert (found.states.mean == 0).all()
    assert np.isnan(found.last).all()
