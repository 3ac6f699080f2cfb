"""The sampler of the published estimates: kernels, prior, and what a chain gives back."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from tests.positions.chambers import made_chamber
from votewire.errors import FitError
from votewire.positions import reference_gibbs as reference
from votewire.positions.bsv import BsvFit, fit_bsv
from votewire.positions.kernels import gibbs
from votewire.positions.kernels.normals import below, quantile, uniform
from votewire.positions.looking_back import first_texts, looking_back, rolls_of
from votewire.positions.problem import Problem, problem_of
from votewire.positions.sweeps import Layout

CHAMBER = made_chamber(3, states=30, periods=6, rollcalls=40)
NUMBER = st.floats(-3, 3, width=32)


def start_of(problem: Problem, *, noise: float = 0.8, seed: int = 5) -> np.ndarray:
    """The truth with noise: a beginning of the right sign."""
    rng = np.random.default_rng(seed)
    return CHAMBER.theta + noise * rng.normal(size=CHAMBER.theta.shape)


@cache
def fitted(seed: int = 0, threads: int = 2, sign: int = 1) -> BsvFit:
    problem = CHAMBER.problem()
    start = sign * start_of(problem)
    return fit_bsv(problem, start, draws=150, burn=100, seed=seed, threads=threads)


def test_normals_are_those_of_scipy() -> None:
    x = np.linspace(-12.8, 8, 4001, dtype=np.float32)
    found = np.array([below(one) for one in x])
    np.testing.assert_allclose(found, ndtr(x.astype(float)), rtol=6e-6)
    p = np.concatenate([np.geomspace(1e-36, 0.4, 2000), np.linspace(0.4, 1 - 1e-6, 2000)])
    found = np.array([quantile(one) for one in p.astype(np.float32)])
    np.testing.assert_allclose(found, ndtri(p.astype(np.float32).astype(float)), atol=4e-6)


def test_uniform_numbers_are_even_and_of_their_place() -> None:
    keys = np.random.default_rng(1).integers(2**32, size=(200, 2), dtype=np.uint32)
    drawn = np.array([[uniform(a, b, s) for s in range(150)] for a, b in keys])
    assert 0 < drawn.min() < drawn.max() < 1
    counts = np.histogram(drawn, bins=50, range=(0, 1))[0]
    assert ((counts - 600) ** 2 / 600).sum() < 90  # chi-squared of 49 degrees: 1 in 3,000
    for one, other in ((drawn[:, 1:], drawn[:, :-1]), (drawn[1:], drawn[:-1])):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.025


@settings(max_examples=60)
@given(
    cast=st.lists(st.tuples(st.integers(0, 3), NUMBER), min_size=1, max_size=40),
    beta=NUMBER,
    cuts=st.tuples(NUMBER, st.floats(0.0625, 3, width=32)),
    move=st.tuples(st.floats(-0.5, 0.5, width=32), st.floats(0.03125, 2, width=32)),
)
def test_gibbs_kernels_are_the_reference(
    cast: list[tuple[int, float]],
    beta: float,
    cuts: tuple[float, float],
    move: tuple[float, float],
) -> None:
    casts = np.array([y for y, _ in cast], dtype=np.int8)
    theta = np.array([t for _, t in cast], dtype=np.float32)
    old = cuts[0], cuts[0] + cuts[1]
    new = cuts[0] + move[0], cuts[0] + move[0] + move[1]
    low, high, new_low, new_high, z = (np.empty(len(cast), dtype=np.float32) for _ in range(5))
    gibbs.ends(casts, theta, beta, *old, low, high)
    gibbs.ends(casts, theta, beta, *new, new_low, new_high)
    expected = [reference.probability(y, t, beta, *old) for y, t in cast]
    np.testing.assert_allclose(high - low, expected, rtol=2e-3, atol=1e-30)
    ratio = gibbs.log_ratio(low, high, new_low, new_high)
    assert ratio == pytest.approx(reference.log_ratio(cast, beta, old, new), rel=1e-3, abs=5e-3)

    sums, linear, precision = np.zeros(2), np.zeros_like(theta), np.zeros_like(theta)
    gibbs.latents(casts, theta, beta, *old, low, high, np.uint64(7), z, sums)
    voted = casts < 3
    ends = {0: (-9.0, old[0]), 1: old, 2: (old[1], 9.0), 3: (0.0, 0.0)}
    for y, latent in zip(casts.tolist(), z.tolist(), strict=True):
        assert ends[y][0] - 1e-4 <= latent <= ends[y][1] + 1e-4
    mean, var = reference.text_given(z[voted].tolist(), theta[voted].tolist())
    assert sums[0] / (sums[1] + 1) == pytest.approx(mean, rel=1e-4, abs=1e-4)
    assert 1 / (sums[1] + 1) == pytest.approx(var, rel=1e-4)
    gibbs.pull(casts, z, beta, linear, precision)
    for at in range(len(cast)):
        mean, var = reference.state_given([float(z[at])], [beta * voted[at]], 0.3, 0.2)
        assert (linear[at] + 0.3 / 0.2) / (precision[at] + 1 / 0.2) == pytest.approx(
            mean, rel=1e-4, abs=1e-4
        )
        assert 1 / (precision[at] + 1 / 0.2) == pytest.approx(var, rel=1e-4)


@pytest.mark.parametrize("y", [0, 1, 2])
@pytest.mark.parametrize(("theta", "beta"), [(0.5, 1.0), (2.0, 1.5), (-2.5, 2.0), (3.0, -1.5)])
def test_latents_have_the_moments_of_a_truncated_normal(y: int, theta: float, beta: float) -> None:
    n, c1, c2 = 40_000, 0.4, 1.1
    casts, at = np.full(n, y, dtype=np.int8), np.full(n, theta, dtype=np.float32)
    low, high, z = (np.empty(n, dtype=np.float32) for _ in range(3))
    gibbs.ends(casts, at, beta, c1, c2, low, high)
    gibbs.latents(casts, at, beta, c1, c2, low, high, np.uint64(11), z, np.zeros(2))
    mean, var = reference.moments(y, theta, beta, c1, c2)
    assert z.mean() == pytest.approx(mean, abs=4 * np.sqrt(var / n) + 1e-5)
    assert z.var() == pytest.approx(var, rel=0.06)


def test_sweep_moves_each_text_alone_and_adds_up() -> None:
    problem = CHAMBER.problem()
    rolls, m = rolls_of(problem), len(Layout(problem))
    theta = np.random.default_rng(2).normal(size=m).astype(np.float32)

    def swept(cuts: list[int]) -> tuple[gibbs.Texts, np.ndarray]:
        texts = first_texts(rolls)
        sums = np.zeros((2, m), dtype=np.float32)
        work = tuple(np.empty(10_000, dtype=np.float32) for _ in range(5))
        for begin, end in pairwise(cuts):
            gibbs.sweep_texts(rolls, texts, theta, np.uint64(9), begin, end, *sums, work)
        return texts, sums

    whole, parts = swept([0, problem.items]), swept([0, 7, 60, problem.items])
    for one, other in zip(whole[0], parts[0], strict=True):
        assert np.array_equal(one, other)
    assert np.array_equal(whole[1], parts[1])
    assert 0 < whole[0].accepted.mean() < 1
    assert len(np.unique(whole[0].beta)) == problem.items


def test_cutpoints_stay_in_order_and_between_their_bounds() -> None:
    found = fitted().texts
    assert np.isfinite(found).all()
    assert (np.abs(found[:, 1]) <= 7).all()
    assert (found[:, 1] + np.exp(found[:, 2]) <= 7).all()


def test_looking_back_over_gaps_and_at_first_ones() -> None:
    rolls = [[0, 2, 0, 3], [2, 0, 3, 3], [0, 2, 3, 0], [2, 0, 2, 3], [0, 2, 0, 3]]
    periods = ["1", "1", "2", "4", "4"]
    problem = problem_of(
        np.array(rolls, dtype=np.int8), periods, states=("A", "B", "C", "D"), times=[1, 2, 4]
    )
    layout = Layout(problem)
    found = looking_back(layout)
    for state in range(4):
        mine = np.flatnonzero(layout.state == state)
        n = [
            int((problem.blocks[t].casts[:, problem.blocks[t].columns == state] < 3).sum())
            for t in layout.period[mine]
        ]
        for k, at in enumerate(mine):
            other, variance = reference.looks_at(layout.period[mine].tolist(), n, k)
            assert found.alone[at] == (other is None)
            assert found.last[at] == (at if other is None else mine[other])
            assert 1 / found.precision[at] == pytest.approx(variance)


def test_bsv_finds_the_positions() -> None:
    fit, layout = fitted(), fitted().layout
    truth = CHAMBER.theta[layout.period, layout.state, 0]
    mean = fit.draws[:, :, 0].mean(axis=0)
    assert np.corrcoef(mean, truth)[0, 1] > 0.95
    error = (mean - truth) / fit.draws[:, :, 0].std(axis=0)
    assert 0.85 < np.sqrt((error**2).mean()) < 1.15  # the sds are right


def test_bsv_draws_are_standard_and_in_the_order_of_the_layout() -> None:
    fit = fitted()
    assert fit.draws.shape == (150, len(fit.layout), 1)
    assert fit.draws.dtype == np.float32
    np.testing.assert_allclose(fit.draws.mean(axis=1), 0, atol=1e-5)
    np.testing.assert_allclose(fit.draws.std(axis=1, ddof=1), 1, atol=1e-5)
    assert fit.facts["sweeps"] == 100 + 150 * fit.facts["thin"]
    assert 0.2 < fit.facts["accepted"] < 0.5


def test_bsv_sign_is_that_of_the_start() -> None:
    one, other = fitted(), fitted(sign=-1)
    a, b = (fit.draws[:, :, 0].mean(axis=0) for fit in (one, other))
    assert np.corrcoef(a, b)[0, 1] < -0.97
    assert np.corrcoef(one.texts[:, 0], other.texts[:, 0])[0, 1] < -0.9
    assert np.corrcoef(one.texts[:, 1], other.texts[:, 1])[0, 1] > 0.9


def test_bsv_same_seed_same_bytes_whatever_the_threads() -> None:
    one, other = (
        fitted(),
        fit_bsv(
            CHAMBER.problem(), start_of(CHAMBER.problem()), draws=150, burn=100, seed=0, threads=1
        ),
    )
    assert one.draws.tobytes() == other.draws.tobytes()
    assert one.texts.tobytes() == other.texts.tobytes()
    assert fitted(seed=1).draws.tobytes() != one.draws.tobytes()


def test_bsv_tells_of_its_draws() -> None:
    told: list[tuple[int, int]] = []
    problem = CHAMBER.problem()
    fit_bsv(
        problem,
        start_of(problem),
        draws=3,
        burn=0,
        on_draw=lambda done, of: told.append((done, of)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_bsv_two_choices_and_a_state_of_one_session() -> None:
    rng = np.random.default_rng(4)
    rolls = np.where(rng.random((30, 6)) < 0.5, 0, 2).astype(np.int8)
    rolls[10:, 5] = 3
    problem = problem_of(rolls, ["1"] * 10 + ["2"] * 20, states=tuple("ABCDEF"))
    fit = fit_bsv(problem, rng.normal(size=(2, 6, 1)), draws=20, burn=20)
    assert np.isfinite(fit.draws).all()
    assert np.isfinite(fit.texts).all()


@pytest.mark.parametrize("value", [0.0, 1.0, np.nan, np.inf])
def test_bsv_start_that_tells_nothing_apart_is_refused(value: float) -> None:
    problem = CHAMBER.problem()
    with pytest.raises(FitError, match="tells the states apart"):
        fit_bsv(problem, np.full(CHAMBER.theta.shape, value), draws=2)


def test_bsv_slips_are_value_errors() -> None:
    problem = CHAMBER.problem()
    start = start_of(problem)
    with pytest.raises(ValueError, match="one dimension"):
        fit_bsv(problem, np.repeat(start, 2, axis=2))
    for wrong in ({"draws": 0}, {"burn": -1}, {"thin": 0}):
        with pytest.raises(ValueError, match="1 or more"):
            fit_bsv(problem, start, **wrong)
