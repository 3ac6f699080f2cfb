from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from scipy import stats

from tests.positions.chambers import made_chamber
from tests.positions.test_posterior import CHAMBERS, arrow, chamber
from votewire.positions.density import Density, Point, Prior
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.hyperpriors import begin, drawn_walks
from votewire.positions.metric import Metric
from votewire.positions.places import Places
from votewire.positions.problem import problem_of
from votewire.positions.sampling import sample, standardised
from votewire.positions.stretches import gain, scaled, shifted, stretches_of
from votewire.positions.sweeps import Layout

C = 3


def prior_of(fitted: Fitted, places: Places, chains: int = C) -> Prior:
    pull, diagonal = places.pull(fitted.steps)
    precision = np.linalg.inv(fitted.items.prior_cov)
    return Prior(
        centre=np.zeros((places.size, 1, chains)),
        pull=np.repeat(pull[:, None], chains, axis=1),
        diagonal=np.repeat(diagonal[:, None], chains, axis=1),
        mean=np.repeat(fitted.items.prior_mean[:, None], chains, axis=1),
        precision=np.repeat(precision[:, :, None], chains, axis=2),
    )


def points(fitted: Fitted, places: Places, seed: int, far: float = 0.3) -> Point:
    rng = np.random.default_rng(seed)
    theta = places.spread(fitted.positions.mean)[:, :, None]
    texts = fitted.items.mean[:, :, None]
    return Point(
        theta=theta + far * rng.normal(size=(*theta.shape[:2], C)),
        texts=texts + far * rng.normal(size=(*texts.shape[:2], C)),
    )


def metric_of(fitted: Fitted, places: Places) -> Metric:
    with ThreadPoolExecutor(2) as pool:
        return Metric(fitted, places, pool)


def slow_value(fitted: Fitted, places: Places, point: Point, prior: Prior, c: int) -> float:
    """The log posterior, cast by cast and pair by pair."""
    theta, texts = point.theta[..., c], point.texts[..., c]
    dims, total = theta.shape[1], 0.0
    for t, block in enumerate(fitted.problem.blocks):
        for row, item in zip(block.casts, block.items, strict=True):
            low, high = texts[item, dims], texts[item, dims] + np.exp(texts[item, dims + 1])
            for cast, q in zip(row, fitted.layout.columns[t], strict=True):
                eta = float(texts[item, :dims] @ theta[places.of[q]])
                yes, not_no = 1 / (1 + np.exp(eta - low)), 1 / (1 + np.exp(eta - high))
                total += {0: np.log(yes), 1: np.log(not_no - yes), 2: np.log1p(-not_no), 3: 0.0}[
                    int(cast)
                ]
    for a, b, pull in zip(places.before, places.after, prior.pull[:, c], strict=True):
        total -= pull * ((theta[b] - theta[a]) ** 2).sum() / 2
    total -= (prior.diagonal[:, c, None] * theta**2).sum() / 2
    for text in texts - prior.mean[:, c]:
        total -= text @ prior.precision[..., c] @ text / 2
    return total


@pytest.mark.parametrize("dims", [1, 2])
@pytest.mark.parametrize("kind", CHAMBERS)
def test_density_is_the_one_written_out(kind: str, dims: int) -> None:
    fitted = chamber(4, *CHAMBERS[kind], dims=dims)
    places = Places(fitted.layout)
    prior, point = prior_of(fitted, places), points(fitted, places, 5)
    with ThreadPoolExecutor(2) as pool:
        found = Density(fitted.layout, places, pool).value(point, prior)
    slow = [slow_value(fitted, places, point, prior, c) for c in range(C)]
    np.testing.assert_allclose(found, slow, rtol=1e-7)


@pytest.mark.parametrize("dims", [1, 2])
@pytest.mark.parametrize("kind", CHAMBERS)
def test_density_gradient_is_its_slope(kind: str, dims: int) -> None:
    fitted = chamber(6, *CHAMBERS[kind], dims=dims)
    places = Places(fitted.layout)
    prior, point = prior_of(fitted, places), points(fitted, places, 7)
    along, h = points(fitted, places, 8, far=1.0), 1e-5
    with ThreadPoolExecutor(2) as pool:
        density = Density(fitted.layout, places, pool)
        ends = [
            density.value(
                Point(
                    theta=point.theta + sign * h * along.theta,
                    texts=point.texts + sign * h * along.texts,
                ),
                prior,
            )
            for sign in (1, -1)
        ]
        slope = density.gradient(point, prior)
    expected = (slope.theta * along.theta).sum(axis=(0, 1)) + (slope.texts * along.texts).sum(
        axis=(0, 1)
    )
    np.testing.assert_allclose((ends[0] - ends[1]) / (2 * h), expected, rtol=2e-4, atol=2e-3)


def test_places_of_a_gap_leave_the_path_prior_as_it_is() -> None:
    """A step over a gap, divided: with the places in between at their best the cost is the same."""
    fitted = chamber(9, *CHAMBERS["gaps"])
    places = Places(fitted.layout)
    pull, diagonal = places.pull(fitted.steps)
    wide = np.diag(diagonal)
    for a, b, p in zip(places.before, places.after, pull, strict=True):
        wide[[a, b], [a, b]] += p
        wide[[a, b], [b, a]] -= p
    empty = np.setdiff1d(np.arange(places.size), places.of)
    assert empty.size
    of = places.of
    inner = wide[np.ix_(empty, empty)]
    left = wide[np.ix_(of, of)] - wide[np.ix_(of, empty)] @ np.linalg.solve(
        inner, wide[np.ix_(empty, of)]
    )
    layout, steps = fitted.layout, fitted.steps
    direct = np.diag(steps.diagonal)
    for q in np.flatnonzero(~layout.first):
        direct[[q, q - 1], [q, q - 1]] += steps.precision[q]
        direct[[q, q - 1], [q - 1, q]] -= steps.precision[q]
    np.testing.assert_allclose(left, direct, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("dims", [1, 2])
def test_metric_is_the_posterior_normal_approximation(dims: int) -> None:
    fitted = chamber(11, *CHAMBERS["gaps"], dims=dims)
    places = Places(fitted.layout)
    metric = metric_of(fitted, places)
    size, j, width = places.size * dims, *fitted.items.mean.shape
    unit = np.eye(size).reshape(places.size, dims, size)
    none = np.zeros((j, width, size))
    root = metric.out(Point(theta=unit, texts=none)).theta.reshape(size, size)
    found = arrow(fitted)
    ends = np.cumsum([0, *(len(d) for d in found.diagonals)])
    whole = np.zeros((size, size))
    for t, block in enumerate(found.diagonals):
        whole[ends[t] : ends[t + 1], ends[t] : ends[t + 1]] = block
    for t, link in enumerate(found.links):
        here, there = slice(ends[t], ends[t + 1]), slice(ends[t + 1], ends[t + 2])
        whole[here, there], whole[there, here] = -link, -link.T
    np.testing.assert_allclose(root @ root.T, np.linalg.inv(whole), rtol=2e-3, atol=2e-5)


@pytest.mark.parametrize("kind", CHAMBERS)
def test_metric_out_and_inwards_are_each_others_transpose(kind: str) -> None:
    fitted = chamber(12, *CHAMBERS[kind], dims=2)
    places = Places(fitted.layout)
    metric = metric_of(fitted, places)
    z, gradient = points(fitted, places, 1, far=1.0), points(fitted, places, 2, far=1.0)
    x, back = metric.out(z), metric.inwards(gradient)
    one = (x.theta * gradient.theta).sum() + (x.texts * gradient.texts).sum()
    other = (z.theta * back.theta).sum() + (z.texts * back.texts).sum()
    np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize("change", [scaled, shifted])
@pytest.mark.parametrize("dims", [1, 2])
def test_stretches_change_the_density_by_what_they_say(change: object, dims: int) -> None:
    made = made_chamber(3, states=10, periods=5, rollcalls=8, dims=dims, recurring=0)
    problem = made.problem()
    assert len(stretches_of(problem, Places(Layout(problem)))) == 4 + 3
    start = np.where(problem.present[:, :, None], made.theta, 0.0)
    fitted = fit_problem(problem, start, tolerance=0.1)
    places = Places(fitted.layout)
    prior, point = prior_of(fitted, places), points(fitted, places, 3)
    amount = np.array([0.3, -0.2, 0.1])
    with ThreadPoolExecutor(1) as pool:
        density = Density(fitted.layout, places, pool)
        for stretch in stretches_of(problem, places):
            proposal = change(point, stretch, dims - 1, amount)  # type: ignore[operator]
            there = Point(theta=point.theta.copy(), texts=point.texts.copy())
            there.theta[stretch.places, proposal.k] = proposal.theta
            there.texts[stretch.items, proposal.column] = proposal.texts
            told = gain(point, proposal, prior, stretch, places)
            found = density.value(there, prior) - density.value(point, prior)
            np.testing.assert_allclose(told, found, rtol=1e-7, atol=1e-6)


def test_stretches_end_where_no_text_is_shared() -> None:
    made = made_chamber(3, states=10, periods=5, rollcalls=8, recurring=2)
    problem = made.problem()  # recurring texts come back in every period: no break at all
    assert stretches_of(problem, Places(Layout(problem))) == []


def test_hyperpriors_walks_find_the_steps_that_made_the_paths() -> None:
    rng = np.random.default_rng(1)
    periods, s, sd = 60, 60, 0.1
    own = sd * np.exp(0.2 * rng.normal(size=s))
    rho = np.sqrt(1 - own**2)
    theta = np.zeros((periods, s))
    theta[0] = rng.normal(size=s)
    for t in range(1, periods):
        theta[t] = rho * theta[t - 1] + own * rng.standard_t(4.0, size=s)
    casts = np.tile(np.arange(3, dtype=np.int8), (periods, s // 3))
    labels = [str(t) for t in range(periods)]
    layout = Layout(problem_of(casts, labels, states=[str(i) for i in range(s)]))
    flat = theta[layout.period, layout.state][:, None]
    walks, kept = begin(layout, np.full(s, 0.03), 4.0), []
    for turn in range(300):
        walks = drawn_walks(walks, layout, flat, 1.0, rng)
        if turn >= 100:
            kept.append(np.sqrt(walks.variance))
    found = np.mean(kept, axis=0)
    assert 0.9 < np.median(found / own) < 1.1
    assert stats.pearsonr(found, own)[0] > 0.6


def test_sample_covers_the_truth_and_is_the_same_again() -> None:
    made = made_chamber(2, states=30, periods=6, rollcalls=40, recurring=0, step=0.2)
    problem = made.problem()
    start = np.where(problem.present[:, :, None], made.theta, 0.0)
    fitted = fit_problem(problem, start)
    found = sample(fitted, 160, seed=3, warm=80)
    layout = fitted.layout
    truth = made.theta[layout.period, layout.state, 0]
    low, high = np.quantile(found.draws[:, :, 0], [0.05, 0.95], axis=0)
    covered = ((low <= truth) & (truth <= high)).mean()
    assert 0.75 < covered < 0.97
    assert np.corrcoef(found.draws.mean(axis=0)[:, 0], truth)[0, 1] > 0.97
    np.testing.assert_allclose(found.draws.mean(axis=1), 0.0, atol=1e-4)
    np.testing.assert_allclose(found.draws.std(axis=1), 1.0, atol=1e-4)
    assert 0.5 < found.facts["accepted"] <= 1.0
    again = sample(fitted, 160, seed=3, warm=80, threads=1)
    np.testing.assert_array_equal(found.draws, again.draws)
    with pytest.raises(ValueError, match="7 draws of 4 chains"):
        sample(fitted, 7)


def test_standardised_leaves_every_cast_as_likely() -> None:
    rng = np.random.default_rng(4)
    theta, texts = (
        rng.normal(size=(40, 2)) @ [[2.0, 0.3], [0.1, 0.5]] + 1.0,
        rng.normal(size=(9, 4)),
    )
    toward = rng.normal(size=(40, 2))
    moved, items = standardised(theta, texts, toward=toward)
    np.testing.assert_allclose(np.cov(moved.T, bias=True), np.eye(2), atol=1e-9)
    np.testing.assert_allclose(
        moved @ items[:, :2].T - items[:, 2], theta @ texts[:, :2].T - texts[:, 2], atol=1e-9
    )
    turned, _ = standardised(-theta, texts, toward=toward)
    np.testing.assert_allclose(turned, moved, atol=1e-9)
