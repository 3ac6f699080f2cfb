from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from votewire.positions.fitting import Fitted
from votewire.positions.places import Places, rows_of
from votewire.positions.posterior import arrow_of, posterior_of
from votewire.positions.posterior_arrow import Arrow
from votewire.positions.posterior_blocks import (
    _cross,
    _own,
    _states,
    curvatures,
    precision_of,
)
from votewire.positions.problem import Block, problem_of
from votewire.positions.sweeps import Items, Layout, Positions, Steps

PERIODS, STATES, EACH = 5, 6, 7
CHAMBERS = {  # how many rollcalls share a text with an earlier one, share of absent state-periods
    "unlinked": (0.0, 0.0),
    "some linked": (0.4, 0.0),
    "gaps": (0.0, 0.4),
    "linked and gaps": (0.4, 0.4),
    "all linked": (1.0, 0.3),
}


def chamber(seed: int, linked: float, absent: float, dims: int = 1, far: float = 1.0) -> Fitted:
    """Casts at random around made-up means: the posterior is asked of means, not of a fit."""
    rng = np.random.default_rng(seed)
    casts = rng.integers(0, 4, (PERIODS * EACH, STATES)).astype(np.int8)
    period = np.repeat(np.arange(PERIODS), EACH)
    away = rng.random((PERIODS, STATES)) < absent
    away[:, 0] = False
    casts[away[period]] = 3
    casts[:, 0] = np.arange(len(casts)) % 3
    items = np.arange(len(casts))
    old = rng.random(len(items)) < linked
    items[old] = rng.integers(0, 6, old.sum())
    times = np.array([0.0, 1.0, 2.0, 5.0, 6.0])
    labels = [str(t) for t in period]
    problem = problem_of(casts, labels, states=list("abcdef"), items=items, times=times)
    layout = Layout(problem)
    m, j, width = len(layout), problem.items, dims + 2
    mean = rng.normal(size=(m, dims)) * far
    mean = (mean - mean.mean(axis=0)) / mean.std(axis=0)
    of_items = rng.normal(size=(j, width)) * far
    of_items[:, -1] = of_items[:, -1].clip(-4.0, 3.0)  # as a fit keeps it
    precision = rng.uniform(2, 40, m) * ~layout.first
    return Fitted(
        problem=problem,
        layout=layout,
        positions=Positions(
            mean=mean, var=_covariances(rng, m, dims, 0.1), lag=np.zeros((m, dims, dims))
        ),
        items=Items(
            mean=of_items,
            cov=_covariances(rng, j, width, 0.2),
            prior_mean=np.zeros(width),
            prior_cov=_covariances(rng, 1, width, 4.0)[0],
        ),
        steps=Steps(precision=precision, diagonal=np.full(len(precision), 0.7)),
        scale=np.ones(STATES),
        sweeps=1,
        change=0.0,
    )


def _covariances(rng: np.random.Generator, n: int, width: int, size: float) -> np.ndarray:
    a = rng.normal(size=(n, width, width))
    return size * (a @ a.transpose(0, 2, 1) / width + 0.1 * np.eye(width))


def arrow(fitted: Fitted) -> Arrow:
    places = Places(fitted.layout)
    with ThreadPoolExecutor(1) as pool:
        found = precision_of(fitted, places, pool)
    return arrow_of(found, places, fitted.positions.mean.shape[1])


def dense_precision(fitted: Fitted) -> np.ndarray:
    """Of all positions and items, cast by cast: a sum of squares for each, and the priors."""
    layout, items = fitted.layout, fitted.items
    m, dims = fitted.positions.mean.shape
    width = dims + 2
    found = np.zeros((m * dims + len(items.mean) * width,) * 2)
    found[: m * dims, : m * dims] += np.diag(np.repeat(fitted.steps.diagonal, dims))
    for q in np.flatnonzero(~layout.first):
        for k in range(dims):
            a, b, w = q * dims + k, (q - 1) * dims + k, fitted.steps.precision[q]
            found[[a, b, a, b], [a, b, b, a]] += [w, w, -w, -w]
    for j in range(len(items.mean)):
        own = slice(m * dims + j * width, m * dims + (j + 1) * width)
        found[own, own] += np.linalg.inv(items.prior_cov)
    for t, block in enumerate(fitted.problem.blocks):
        for r, j in enumerate(block.items):
            for s, q in enumerate(layout.columns[t]):
                _add_cast(found, fitted, q, j, block.casts[r, s])
    return found


def _add_cast(found: np.ndarray, fitted: Fitted, q: int, j: int, y: int) -> None:
    theta, var = fitted.positions.mean[q], fitted.positions.var[q]
    mean, cov = fitted.items.mean[j], fitted.items.cov[j]
    m, dims = fitted.positions.mean.shape
    at = np.r_[q * dims : (q + 1) * dims, m * dims + j * (dims + 2) + np.arange(dims + 2)]
    beta, gap = mean[:dims], np.exp(mean[-1])
    eta = beta @ theta
    for which, cut in enumerate((mean[dims], mean[dims] + gap)):
        if y == 3 or y == (2 if which == 0 else 0):
            continue
        inner = np.r_[theta, -1.0, -gap if which else 0.0]  # of eta - cut in the item's own
        v = inner @ cov @ inner + beta @ var @ beta + np.trace(cov[:dims, :dims] @ var)
        k = 1 / np.sqrt(1 + np.pi * v / 8)
        p = 1 / (1 + np.exp(-k * (eta - cut)))
        slope = np.r_[beta, inner]
        found[np.ix_(at, at)] += k * p * (1 - p) * np.outer(slope, slope)
    if y == 1:
        found[at[-1], at[-1]] += gap**2 * np.exp(gap) / np.expm1(gap) ** 2


def dense_covariance(fitted: Fitted) -> np.ndarray:
    """Of all positions with the level taken out."""
    m, dims = fitted.positions.mean.shape
    whole = np.linalg.inv(dense_precision(fitted))[: m * dims, : m * dims]
    affine = np.column_stack([np.ones(m), fitted.positions.mean])
    out = np.kron(np.eye(m) - affine @ np.linalg.pinv(affine), np.eye(dims))
    return out @ whole @ out.T


@pytest.mark.parametrize("dims", [1, 2])
@pytest.mark.parametrize("kind", CHAMBERS)
def test_posterior_is_that_of_a_dense_computation(kind: str, dims: int) -> None:
    fitted = chamber(3, *CHAMBERS[kind], dims)
    m = len(fitted.layout)
    cov = dense_covariance(fitted)
    found = posterior_of(fitted)
    np.testing.assert_allclose(found.sd.ravel(), np.sqrt(np.diag(cov)), rtol=2e-5)
    first = fitted.layout.first
    cov4 = cov.reshape(m, dims, m, dims)
    for q in np.flatnonzero(~first):
        for k in range(dims):
            pair = cov4[q - 1 : q + 1, k, q - 1 : q + 1, k]
            wanted = np.sqrt(pair[0, 0] + pair[1, 1] - 2 * pair[0, 1])
            np.testing.assert_allclose(found.shift_sd[q, k], wanted, rtol=2e-5)
    assert np.isnan(found.shift_sd[first]).all()


def test_posterior_has_gaps_and_links_where_the_tests_say_so() -> None:
    gaps = chamber(3, *CHAMBERS["linked and gaps"])
    assert (np.diff(gaps.layout.period)[~gaps.layout.first[1:]] > 1).any()
    assert sum(map(len, rows_of(gaps.layout).states)) > len(gaps.layout)
    assert len(arrow(gaps).corner) > 0
    assert len(arrow(chamber(3, *CHAMBERS["gaps"])).corner) == 0


@pytest.mark.parametrize("kind", ["unlinked", "linked and gaps"])
def test_draws_have_the_mean_and_the_covariance_of_the_posterior(kind: str) -> None:
    """Every mean and covariance of 20,000 draws is within 5 of its standard errors."""
    fitted = chamber(5, *CHAMBERS[kind], 2)
    cov, n = dense_covariance(fitted), 20_000
    drawn = posterior_of(fitted).draws(n, np.random.default_rng(0)).reshape(n, -1)
    var = np.diag(cov)
    away = drawn.mean(axis=0) - fitted.positions.mean.ravel()
    assert (np.abs(away) < 5 * np.sqrt(var / n)).all()
    error = np.sqrt((np.outer(var, var) + cov**2) / n)
    assert (np.abs(np.cov(drawn.T) - cov) < 5 * error).all()


def test_draws_repeat_with_the_seed_and_keep_the_level() -> None:
    found = posterior_of(chamber(5, *CHAMBERS["some linked"], 2))
    once, again = (found.draws(10, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(once, again)
    assert once.shape == (10, *found.mean.shape)
    moved = np.einsum("mp,nmk->npk", found.level, once - found.mean)
    np.testing.assert_allclose(moved, 0.0, atol=1e-12)
    np.testing.assert_allclose(once.mean(axis=1), np.zeros((10, 2)), atol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_posterior_is_positive_definite_however_far_the_means_are(seed: int) -> None:
    """Random casts contradict items and positions drawn far out, so the exact one is not."""
    fitted = chamber(seed, 0.4, 0.3, dims=1 + seed % 3, far=4.0)
    whole = arrow(fitted)
    for block in (*whole.diagonals, whole.corner):
        np.testing.assert_allclose(block, block.T, rtol=1e-9, atol=1e-9)
    found = posterior_of(fitted)
    assert (found.sd > 0).all()
    assert np.isfinite(found.draws(3, np.random.default_rng(0))).all()


def test_curvatures_are_the_expected_second_derivatives_of_the_log_likelihood() -> None:
    """By finite differences of sum_y p(y) log P(y | theta, beta, c, delta) at p the model's own."""
    at = np.array([0.7, -0.4, 1.1, 0.6, -0.3, 0.2])  # theta, beta, c, delta in two dimensions
    p = np.exp(_log_shares(at))
    items = Items(
        mean=np.tile(at[2:], (3, 1)),
        cov=np.zeros((3, 4, 4)),
        prior_mean=np.zeros(4),
        prior_cov=np.eye(4),
    )
    casts = np.arange(3, dtype=np.int8)[:, None]
    block = Block(casts=casts, items=np.arange(3), columns=np.arange(1))
    theta, none = at[None, :2], np.zeros((1, 2, 2))
    _, w1, w2, abstained = curvatures(block, items, theta, none)
    w1, w2 = (p @ w1)[None], (p @ w2)[None]
    gap, beta = np.exp(at[5:]), at[None, 2:4]
    cross = _cross(theta, w1 + w2, w2 * gap[:, None])
    found = np.zeros((6, 6))
    found[:2, :2] = _states(beta, w1 + w2)
    found[:2, 2:] = beta.T * cross[0]
    found[2:, :2] = found[:2, 2:].T
    found[2:, 2:] = _own(theta, cross, w2, gap, p @ abstained[:, None])[0]
    np.testing.assert_allclose(found, -_hessian(lambda x: p @ _log_shares(x), at), atol=2e-6)


def _log_shares(x: np.ndarray) -> np.ndarray:
    eta, c1 = x[:2] @ x[2:4], x[4]
    below = 1 / (1 + np.exp(eta - np.array([c1, c1 + np.exp(x[5])])))
    return np.log(np.diff(np.r_[0.0, below, 1.0]))


def _hessian(of, at: np.ndarray, h: float = 1e-3) -> np.ndarray:
    steps = h * np.eye(len(at))
    return np.array(
        [
            [of(at + a + b) - of(at + a - b) - of(at - a + b) + of(at - a - b) for b in steps]
            for a in steps
        ]
    ) / (4 * h * h)


def test_posterior_of_one_period_needs_no_steps() -> None:
    rng = np.random.default_rng(0)
    casts = rng.integers(0, 3, (12, 6)).astype(np.int8)
    problem = problem_of(casts, ["1"] * 12, states=list("abcdef"))
    whole = chamber(0, 0.0, 0.0)
    mean = whole.positions.mean[:6]
    fitted = Fitted(
        problem=problem,
        layout=Layout(problem),
        positions=Positions(
            mean=mean, var=whole.positions.var[:6], lag=np.zeros_like(whole.positions.lag[:6])
        ),
        items=Items(
            mean=whole.items.mean[: problem.items],
            cov=whole.items.cov[: problem.items],
            prior_mean=whole.items.prior_mean,
            prior_cov=whole.items.prior_cov,
        ),
        steps=Steps(precision=np.zeros(6), diagonal=np.ones(6)),
        scale=np.ones(6),
        sweeps=1,
        change=0.0,
    )
    found = posterior_of(fitted)
    wanted = np.sqrt(np.diag(dense_covariance(fitted)))
    np.testing.assert_allclose(found.sd[:, 0], wanted, rtol=2e-5)
    assert np.isnan(found.shift_sd).all()
