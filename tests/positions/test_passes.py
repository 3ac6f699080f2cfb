"""Whole passes and joint steps, compiled, against the slow loops and what they must keep."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.positions.chambers import made_chamber
from votewire.positions import reference
from votewire.positions.kernels.levels import path_moments
from votewire.positions.kernels.passes import item_steps
from votewire.positions.levels import groups_of, levelled
from votewire.positions.sweeps import (
    Items,
    Layout,
    Positions,
    Steps,
    item_terms,
    sweep_items,
    sweep_positions,
)

SEEDS = st.integers(0, 2**32 - 1)


def sides(seed: int, dims: int) -> tuple[Layout, Positions, Items, Steps]:
    """A small chamber with both sides at random."""
    made = made_chamber(seed % 50, states=8, periods=4, rollcalls=6, dims=dims, recurring=1, late=2)
    layout = Layout(made.problem())
    rng = np.random.default_rng(seed)
    m, j, width = len(layout), layout.problem.items, dims + 2
    half, own = rng.normal(size=(m, dims, dims)), rng.normal(size=(j, width, width))
    items = Items(
        mean=rng.normal(size=(j, width)),
        cov=0.05 * own @ own.transpose(0, 2, 1),
        prior_mean=np.zeros(width),
        prior_cov=np.diag(rng.uniform(1, 5, size=width)),
    )
    positions = Positions(
        mean=rng.normal(size=(m, dims)),
        var=0.05 * half @ half.transpose(0, 2, 1),
        lag=np.zeros((m, dims, dims)),
    )
    precision = np.where(layout.first, 0.0, rng.uniform(1, 9, size=m))
    return layout, positions, items, Steps(precision=precision, diagonal=np.full(m, 0.7))


@given(SEEDS, st.integers(1, 3))
def test_passes_item_steps_equal_the_reference(seed: int, dims: int) -> None:
    layout, positions, items, _ = sides(seed, dims)
    with ThreadPoolExecutor(2) as pool:
        found = sweep_items(layout, items, positions, pool)
    g, h = (np.zeros((len(items.mean), n)) for n in (dims + 2, 2 * dims * dims + 2 * dims + 2))
    for at, block in zip(layout.columns, layout.problem.blocks, strict=True):
        theta = positions.mean[at].T.astype(np.float32)
        var = positions.var[at].transpose(1, 2, 0).astype(np.float32)
        sums = reference.item_sums(block.casts, theta, var, item_terms(items, block.items))
        for r, j in enumerate(block.items):
            g[j] += sums[0][r]
            h[j] += sums[1][r]
    prior = np.linalg.inv(items.prior_cov)
    for j, mean in enumerate(items.mean):
        step, cov = reference.item_step(
            g[j], h[j], layout.abstentions[j], mean, items.prior_mean, prior
        )
        step *= min(1.0, max(1.0, np.abs(mean).max() / 4) / np.abs(step).max())
        expected = mean + step
        expected[-1] = expected[-1].clip(-4.0, 3.0)
        np.testing.assert_allclose(found.cov[j], cov, rtol=1e-3, atol=1e-4)
        np.testing.assert_allclose(found.mean[j], expected, rtol=0, atol=1e-3)


@given(SEEDS, st.integers(1, 3))
def test_passes_position_steps_equal_the_reference(seed: int, dims: int) -> None:
    layout, positions, items, steps = sides(seed, dims)
    with ThreadPoolExecutor(2) as pool:
        found = sweep_positions(layout, items, positions, steps, pool)
    m = len(layout)
    linear, precision = np.zeros((m, dims)), np.zeros((m, dims, dims))
    for at, block in zip(layout.columns, layout.problem.blocks, strict=True):
        theta = positions.mean[at].T.astype(np.float32)
        var = positions.var[at].transpose(1, 2, 0).astype(np.float32)
        g, h = reference.state_sums(block.casts, theta, var, item_terms(items, block.items))
        linear[at], precision[at] = g.T, h.transpose(2, 0, 1)
    linear += np.einsum("mij,mj->mi", precision, positions.mean)
    precision += steps.diagonal[:, None, None] * np.eye(dims)
    mean, var, lag = reference.smooth(layout.start, precision, linear, steps.precision)
    moved = positions.mean + (mean - positions.mean).clip(-0.6, 0.6)
    np.testing.assert_allclose(found.mean, moved, atol=1e-3)
    np.testing.assert_allclose(found.var, var, rtol=1e-3, atol=1e-5)
    np.testing.assert_allclose(found.lag, lag, rtol=1e-3, atol=1e-5)


@given(SEEDS, st.integers(1, 3))
def test_passes_path_moments_equal_the_reference(seed: int, dims: int) -> None:
    layout, positions, _, steps = sides(seed, dims)
    group = layout.period % 3
    nothing = np.zeros_like(positions.var)
    found = np.zeros((3, 3, dims + 1, dims + 1))
    path_moments(group, steps.precision, steps.diagonal, positions.mean, nothing, nothing, found)
    expected = reference.path_moments(
        layout.start, group, steps.precision, steps.diagonal, positions.mean
    )
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)


@given(SEEDS, st.integers(1, 3))
def test_passes_joint_step_changes_no_probability(seed: int, dims: int) -> None:
    layout, positions, items, steps = sides(seed, dims)
    groups = groups_of(layout)
    found, turned = levelled(layout, groups, positions, items, steps)
    for at, block in zip(layout.columns, layout.problem.blocks, strict=True):
        before = positions.mean[at] @ items.mean[block.items, :dims].T
        after = found.mean[at] @ turned.mean[block.items, :dims].T
        np.testing.assert_allclose(
            after - turned.mean[block.items, dims],
            before - items.mean[block.items, dims],
            atol=1e-7,
        )
    np.testing.assert_allclose(found.mean.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(np.cov(found.mean.T, bias=True), np.eye(dims), atol=1e-9)


@given(SEEDS)
def test_passes_joint_step_is_for_groups_that_share_no_item(seed: int) -> None:
    layout = sides(seed, 1)[0]
    groups = groups_of(layout)
    of_period = np.full(len(layout.problem.periods), -1)
    of_period[layout.period] = groups.of_position
    for t, block in enumerate(layout.problem.blocks):
        assert (groups.of_item[block.items] == of_period[t]).all()


def test_passes_item_step_is_cut_to_the_longest_move() -> None:
    mean, cov = np.zeros((1, 3)), np.zeros((1, 3, 3))
    g, h = np.array([[900.0, 0.0, 0.0]]), np.ones((1, 6)) * 1e-6
    one = np.arange(1), np.array([0, 1])
    item_steps(0, 1, *one, g, h, np.zeros(1), np.zeros(3), np.eye(3), 1.0, mean, cov)
    assert np.abs(mean).max() == pytest.approx(1.0)
