"""The compiled sums and paths against the slow loops, and what must not matter to them.

Tolerances: the kernels' arrays are float32 (each operation rounds by 6e-8) and their logistic errs
by under 1e-6, so a sum is held to 1e-6 of the number of casts times the largest size of a term; in
3,000 random problems the worst was 3.5e-7. Paths are float64 and are held to 1e-9 of the largest
entry (worst in 3,000: 9e-11, where steps are ten thousand times as sure as the data).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from votewire.positions import kernels, reference
from votewire.positions.kernels import ItemTerms
from votewire.positions.kernels.joint import joint_value

SINGLE = 1e-6
DOUBLE = 1e-9
SPREADS = st.sampled_from([0.0, 1e-3, 0.1, 1.0, 4.0])
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolls:
    """What the sums are given, in the kernels' order: states last."""

    casts: NDArray[np.int8]
    theta: NDArray[np.float32]
    var: NDArray[np.float32]
    item: ItemTerms


def item_sums(rolls: Rolls) -> tuple[Floats, Floats]:
    dims, n = rolls.theta.shape
    g = np.full((len(rolls.casts), dims + 2), np.nan, dtype=np.float32)
    h = np.full((len(rolls.casts), 2 * dims * dims + 2 * dims + 2), np.nan, dtype=np.float32)
    kernels.item_sums(rolls.casts, rolls.theta, rolls.var, rolls.item, g, h, *_work(n))
    return g.astype(float), h.astype(float)


def state_sums(rolls: Rolls) -> tuple[Floats, Floats]:
    g, h = np.zeros_like(rolls.theta), np.zeros_like(rolls.var)
    work = _work(rolls.theta.shape[1])
    kernels.state_sums(rolls.casts, rolls.theta, rolls.var, rolls.item, g, h, *work)
    return g.astype(float), h.astype(float)


def period_sums(rolls: Rolls) -> float:
    item = rolls.item
    at = [np.ascontiguousarray(a, dtype=float) for a in (rolls.theta, item.beta, item.c1, item.c2)]
    return float(joint_value(rolls.casts, *at))


def _work(n: int) -> list[NDArray[np.float32]]:
    return [np.full(n, np.nan, dtype=np.float32) for _ in range(4)]


def _semidefinite(rng: np.random.Generator, n: int, size: int, scale: float) -> Floats:
    """n covariances of any rank from 0 to size."""
    factor = rng.normal(size=(n, size, size)) * (rng.random((n, 1, size)) < 0.7)
    found: Floats = scale * factor @ factor.transpose(0, 2, 1) / size
    return found


def made_rolls(
    seed: int, casts: NDArray[np.int8], dims: int, spreads: tuple[float, float]
) -> Rolls:
    """Rolls with random positions and items whose covariances have the two given sizes."""
    rng = np.random.default_rng(seed)
    r, n = casts.shape
    beta, c1 = rng.normal(scale=1.5, size=(r, dims)), rng.normal(scale=2.0, size=r)
    joint = _semidefinite(rng, r, dims + 2, spreads[0])
    terms = (
        beta,
        c1,
        c1 + np.exp(rng.normal(scale=0.5, size=r)),
        joint[:, :dims, :dims],
        joint[:, :dims, dims],
        joint[:, :dims, dims + 1],
        joint[:, dims, dims],
        joint[:, dims + 1, dims + 1],
    )
    theta = rng.normal(size=(dims, n)).astype(np.float32)
    var = _semidefinite(rng, n, dims, spreads[1]).transpose(1, 2, 0)
    item = ItemTerms(*(np.ascontiguousarray(a, dtype=np.float32) for a in terms))
    return Rolls(casts=casts, theta=theta, var=np.ascontiguousarray(var, np.float32), item=item)


CASTS = st.tuples(st.integers(1, 6), st.integers(1, 8)).flatmap(
    lambda shape: arrays(np.int8, shape, elements=st.integers(0, 3))
)
SEEDS, DIMS = st.integers(0, 2**32 - 1), st.integers(1, 3)
ROLLS = st.builds(made_rolls, SEEDS, CASTS, DIMS, st.tuples(SPREADS, SPREADS))
CERTAIN = st.builds(made_rolls, SEEDS, CASTS, DIMS, st.just((0.0, 0.0)))


def _sizes(rolls: Rolls) -> float:
    """How large the terms of a sum can be: r and w are under 1, and w kappa**2 v is too."""
    theta, item = np.abs(rolls.theta).max(), rolls.item
    largest = max(float(np.abs(a).max()) for a in (item.beta, item.bb, item.b1, item.b2))
    side = max(1.0, theta, largest, float(np.abs(rolls.var).max()))
    return rolls.casts.size * side**2


@given(ROLLS)
def test_kernels_sums_equal_the_reference(rolls: Rolls) -> None:
    asked = (rolls.casts, rolls.theta, rolls.var, rolls.item)
    found = (*item_sums(rolls), *state_sums(rolls))
    slow = (*reference.item_sums(*asked), *reference.state_sums(*asked))
    for fast, expected in zip(found, slow, strict=True):
        np.testing.assert_allclose(fast, expected, rtol=0, atol=SINGLE * _sizes(rolls))


@given(ROLLS)
def test_kernels_log_likelihood_equals_the_reference(rolls: Rolls) -> None:
    expected = reference.period_sums(rolls.casts, rolls.theta, rolls.item)
    assert period_sums(rolls) == pytest.approx(expected, rel=1e-6, abs=1e-6)


def test_kernels_hold_at_casts_that_are_all_but_impossible() -> None:
    casts = np.arange(3, dtype=np.int8).repeat(4)[:, None]
    rolls = made_rolls(1, casts, 1, (0.0, 0.0))
    far = np.tile([-300.0, -60.0, 60.0, 300.0], 3).astype(np.float32)[:, None]
    rolls = replace(rolls, item=rolls.item._replace(beta=far), theta=np.ones((1, 1), np.float32))
    slow = reference.item_sums(rolls.casts, rolls.theta, rolls.var, rolls.item)
    for fast, expected in zip(item_sums(rolls), slow, strict=True):
        np.testing.assert_allclose(fast, expected, rtol=0, atol=SINGLE)
    assert np.isfinite(period_sums(rolls))


def test_kernels_logistic_errs_by_under_a_millionth() -> None:
    """r2 of a No at eta = 0 is F(c2): every cutpoint from -30 to 30 in steps of 0.001."""
    at = np.arange(-30, 30, 0.001).astype(np.float32)
    zero = [np.zeros((len(at), *shape), np.float32) for shape in ((1,), (1, 1), (1,), (1,), (), ())]
    item = ItemTerms(zero[0], at, at, *zero[1:])
    rolls = Rolls(
        casts=np.full((len(at), 1), 2, np.int8),
        theta=np.zeros((1, 1), np.float32),
        var=np.zeros((1, 1, 1), np.float32),
        item=item,
    )
    found = item_sums(rolls)[0][:, 2]
    np.testing.assert_allclose(found, 1 / (1 + np.exp(-at.astype(float))), rtol=0, atol=1e-6)


# ---- derivatives -------------------------------------------------------------------------------

STEP = 1e-3  # of central differences in float64: shorter ones round, longer ones bend
DIFFERENCES = 2e-6  # of the same sizes as SINGLE; worst in 400 random problems: 2e-7


def _log_likelihood(rolls: Rolls, theta: Floats, beta: Floats, c1: Floats, c2: Floats) -> float:
    item = rolls.item._replace(beta=beta, c1=c1, c2=c2)  # type: ignore[arg-type]
    return reference.period_sums(rolls.casts, theta, item)


def _slopes(rolls: Rolls, which: int) -> tuple[Floats, Floats]:
    """First and second derivatives in each entry of theta, beta, c1 or c2, by differences."""
    at = [a.astype(float) for a in (rolls.theta, rolls.item.beta, rolls.item.c1, rolls.item.c2)]
    first, second = np.zeros_like(at[which]), np.zeros_like(at[which])
    for place in np.ndindex(at[which].shape):
        values = []
        for move in (-STEP, 0.0, STEP):
            moved = [a.copy() for a in at]
            moved[which][place] += move
            values.append(_log_likelihood(rolls, *moved))
        first[place] = (values[2] - values[0]) / (2 * STEP)
        second[place] = (values[2] - 2 * values[1] + values[0]) / STEP**2
    return first, second


@given(CERTAIN)
def test_kernels_state_sums_are_derivatives_of_the_log_likelihood(rolls: Rolls) -> None:
    g, h = state_sums(rolls)
    gradient, curvature = _slopes(rolls, 0)
    np.testing.assert_allclose(g, gradient, rtol=0, atol=DIFFERENCES * _sizes(rolls))
    own = np.einsum("kkn->kn", h)
    np.testing.assert_allclose(-own, curvature, rtol=0, atol=DIFFERENCES * _sizes(rolls))


@given(CERTAIN)
def test_kernels_item_sums_are_derivatives_in_beta(rolls: Rolls) -> None:
    g, h = item_sums(rolls)
    dims = len(rolls.theta)
    gradient, curvature = _slopes(rolls, 1)
    np.testing.assert_allclose(g[:, :dims], gradient, rtol=0, atol=DIFFERENCES * _sizes(rolls))
    own = h[:, [k * dims + k for k in range(dims)]]
    np.testing.assert_allclose(-own, curvature, rtol=0, atol=DIFFERENCES * _sizes(rolls))


@given(CERTAIN)
def test_kernels_item_sums_are_derivatives_in_the_cutpoints(rolls: Rolls) -> None:
    g, h = item_sums(rolls)
    dims = len(rolls.theta)
    gap = rolls.item.c2.astype(float) - rolls.item.c1.astype(float)
    # log(exp(c2 - c1) - 1), once for each abstention, has this derivative in c2 - c1, which itself
    # falls by its own amount over exp(c2 - c1) - 1.
    bend = (rolls.casts == 1).sum(axis=1) * np.exp(gap) / np.expm1(gap)
    in_c1, in_c2 = _slopes(rolls, 2), _slopes(rolls, 3)
    bound = {"rtol": 3e-4, "atol": DIFFERENCES * _sizes(rolls)}
    np.testing.assert_allclose(-g[:, dims] - bend, in_c1[0], **bound)
    np.testing.assert_allclose(-g[:, dims + 1] + bend, in_c2[0], **bound)
    upper, lower = h[:, -2] - h[:, -1], h[:, -1]
    np.testing.assert_allclose(-upper - bend / np.expm1(gap), in_c1[1], **bound)
    np.testing.assert_allclose(-lower - bend / np.expm1(gap), in_c2[1], **bound)


def test_kernels_expected_gradient_is_near_the_integral() -> None:
    """Signs and sizes of all covariance terms, by Gauss-Hermite over item and position (12**4).

    The kernels' formula approximates these integrals to 0.010; without any one of the terms bb, b1,
    b2, v1, v2, var some gradient here is wrong by 0.032 or more.
    """
    mean = np.array([0.8, 0.9, -0.4, 0.7])  # theta; beta, c1, c2
    cov = np.zeros((4, 4))
    cov[0, 0] = 0.4
    factor = np.array([[0.7, 0.0, 0.0], [0.5, 1.2, 0.0], [0.5, 0.4, 1.4]])
    cov[1:, 1:] = factor @ factor.T
    nodes, weights = np.polynomial.hermite_e.hermegauss(12)
    points = np.array(list(product(nodes, repeat=4))) @ np.linalg.cholesky(cov).T + mean
    mass = np.prod(list(product(weights / weights.sum(), repeat=4)), axis=1)
    theta, beta, c1, c2 = points.T
    single = [np.full((1, 1), v, np.float32) for v in (mean[1], cov[1, 1], cov[1, 2], cov[1, 3])]
    flat = [np.full(1, v, np.float32) for v in (mean[2], mean[3], cov[2, 2], cov[3, 3])]
    item = ItemTerms(
        single[0], flat[0], flat[1], single[1][:, :, None], single[2], single[3], flat[2], flat[3]
    )
    for y in range(3):
        rolls = Rolls(
            casts=np.full((1, 1), y, np.int8),
            theta=np.full((1, 1), mean[0], np.float32),
            var=np.full((1, 1, 1), cov[0, 0], np.float32),
            item=item,
        )
        r1 = -(y < 2) / (1 + np.exp(c1 - beta * theta))
        r2 = (y > 0) / (1 + np.exp(beta * theta - c2))
        g, h = item_sums(rolls)
        assert state_sums(rolls)[0].item() == pytest.approx(mass @ (beta * (r1 + r2)), abs=0.015)
        assert g[0, 0] - h[0, 1] * mean[1] == pytest.approx(mass @ (theta * (r1 + r2)), abs=0.015)
        assert g[0, 1:] == pytest.approx([mass @ r1, mass @ r2], abs=0.015)


# ---- what must not matter ----------------------------------------------------------------------


@given(ROLLS, st.randoms(use_true_random=False))
def test_kernels_order_does_not_matter(rolls: Rolls, draw: object) -> None:
    by_roll, by_state = (draw.sample(range(n), n) for n in rolls.casts.shape)  # type: ignore[attr-defined]
    mixed = Rolls(
        casts=np.ascontiguousarray(rolls.casts[by_roll][:, by_state]),
        theta=np.ascontiguousarray(rolls.theta[:, by_state]),
        var=np.ascontiguousarray(rolls.var[:, :, by_state]),
        item=ItemTerms(*(a[by_roll] for a in rolls.item)),
    )
    bound = SINGLE * _sizes(rolls)
    for one, other in zip(item_sums(rolls), item_sums(mixed), strict=True):
        np.testing.assert_allclose(other, one[by_roll], rtol=0, atol=bound)
    for one, other in zip(state_sums(rolls), state_sums(mixed), strict=True):
        np.testing.assert_allclose(other, one[..., by_state], rtol=0, atol=bound)
    assert period_sums(mixed) == pytest.approx(period_sums(rolls), rel=1e-12, abs=1e-12)


@given(ROLLS)
def test_kernels_rollcall_in_which_nobody_voted_does_not_matter(rolls: Rolls) -> None:
    nobody = np.full((1, rolls.casts.shape[1]), 3, dtype=np.int8)
    again = ItemTerms(*(np.concatenate([a, a[:1]]) for a in rolls.item))
    more = replace(rolls, casts=np.vstack([rolls.casts, nobody]), item=again)
    for one, other in zip(item_sums(rolls), item_sums(more), strict=True):
        assert np.array_equal(other[:-1], one)
        assert not other[-1].any()
    for one, other in zip(state_sums(rolls), state_sums(more), strict=True):
        assert np.array_equal(other, one)
    assert period_sums(more) == period_sums(rolls)


@given(ROLLS, st.integers(0, 5))
def test_kernels_state_that_took_no_position_gets_nothing(rolls: Rolls, which: int) -> None:
    at = which % rolls.casts.shape[1]
    casts = rolls.casts.copy()
    casts[:, at] = 3
    for found in state_sums(replace(rolls, casts=casts)):
        assert not found[..., at].any()


@given(ROLLS)
def test_kernels_state_sums_add_to_what_is_there(rolls: Rolls) -> None:
    g, h = np.ones_like(rolls.theta), np.ones_like(rolls.var)
    work = _work(rolls.theta.shape[1])
    kernels.state_sums(rolls.casts, rolls.theta, rolls.var, rolls.item, g, h, *work)
    alone = state_sums(rolls)
    np.testing.assert_allclose(g - 1.0, alone[0], rtol=0, atol=SINGLE * _sizes(rolls))
    np.testing.assert_allclose(h - 1.0, alone[1], rtol=0, atol=SINGLE * _sizes(rolls))


# ---- paths -------------------------------------------------------------------------------------


def made_paths(seed: int, lengths: list[int], dims: int, size: float, stiff: float) -> list[Floats]:
    """start, precision, linear, step of paths; only the first precision of a path has full rank."""
    rng = np.random.default_rng(seed)
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
    m = int(start[-1])
    first = np.isin(np.arange(m), start)
    precision = _semidefinite(rng, m, dims, size)
    precision[first] += np.eye(dims)
    step = np.where(first, 0.0, stiff * np.exp(rng.normal(scale=2.0, size=m)))
    return [start, precision, rng.normal(scale=1 + size, size=(m, dims)), step]


LENGTHS = st.lists(st.integers(0, 7), min_size=1, max_size=4).filter(any)
SIZES = st.sampled_from([1e-2, 1.0, 100.0])
PATHS = st.builds(made_paths, SEEDS, LENGTHS, DIMS, SIZES, SIZES)


def smooth(paths: list[Floats]) -> list[Floats]:
    m, dims = paths[2].shape
    found = [np.full(shape, np.nan) for shape in ((m, dims), (m, dims, dims), (m, dims, dims))]
    kernels.smooth(*paths, *found)
    return found


@given(PATHS)
def test_kernels_smooth_equals_the_dense_inverse(paths: list[Floats]) -> None:
    for fast, slow in zip(smooth(paths), reference.smooth(*paths), strict=True):  # type: ignore[arg-type]
        np.testing.assert_allclose(fast, slow, rtol=0, atol=DOUBLE * max(1.0, np.abs(slow).max()))


def test_kernels_smooth_of_one_period_is_the_data_and_the_prior() -> None:
    precision = np.array([[[4.0, 1.0], [1.0, 2.0]], [[2.0, 0.0], [0.0, 5.0]]])
    linear = np.array([[1.0, 2.0], [3.0, -1.0]])
    mean, var, lag = smooth([np.array([0, 1, 2]), precision, linear, np.zeros(2)])
    np.testing.assert_allclose(var, np.linalg.inv(precision), rtol=1e-14)
    np.testing.assert_allclose(mean, np.linalg.solve(precision, linear[:, :, None])[:, :, 0])
    assert not lag.any()


@given(PATHS, PATHS)
def test_kernels_smooth_of_a_state_depends_on_no_other(
    one: list[Floats], other: list[Floats]
) -> None:
    if one[2].shape[1] != other[2].shape[1]:
        other = one
    both = [np.concatenate(pair) for pair in zip(one[1:], other[1:], strict=True)]
    start = np.concatenate([one[0], other[0][1:] + one[0][-1]])
    for joint, first, second in zip(
        smooth([start, *both]), smooth(one), smooth(other), strict=True
    ):
        assert np.array_equal(joint, np.concatenate([first, second]))


@given(PATHS)
def test_kernels_smooth_covariances_are_symmetric_and_positive(paths: list[Floats]) -> None:
    _, var, _ = smooth(paths)
    np.testing.assert_allclose(var, var.transpose(0, 2, 1), rtol=0, atol=DOUBLE * var.max())
    assert (np.linalg.eigvalsh(var) > 0).all()
