"""The point fit: it finds what made the casts, ends, and nothing else moves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest

import votewire
from tests.positions.chambers import Made, made_chamber
from votewire.errors import FitError
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.problem import Problem, problem_of
from votewire.positions.sessions import assembly_problem, start_from
from votewire.record import Selection

RECORD = votewire.open_record()
WITHIN = Selection(since=date(2018, 9, 1))


@cache
def problem() -> Problem:
    return assembly_problem(RECORD, WITHIN)


@cache
def fitted(threads: int = 2) -> Fitted:
    return fit_problem(problem(), start_from(problem(), "USA"), threads=threads)


def truth_of(made: Made, fit: Fitted) -> np.ndarray:
    return np.asarray(made.theta[fit.layout.period, fit.layout.state])


def test_fitting_finds_the_positions_that_made_the_casts() -> None:
    made = made_chamber(3, states=40, periods=5, rollcalls=60)
    rng = np.random.default_rng(0)
    fit = fit_problem(made.problem(), made.theta + rng.normal(scale=0.7, size=made.theta.shape))
    assert np.corrcoef(fit.positions.mean[:, 0], truth_of(made, fit)[:, 0])[0, 1] > 0.97


def test_fitting_is_standard_in_every_dimension() -> None:
    made = made_chamber(5, states=40, dims=2, periods=4, rollcalls=60)
    fit = fit_problem(made.problem(), made.theta)
    mean = fit.positions.mean
    np.testing.assert_allclose(mean.mean(axis=0), 0.0, atol=1e-9)
    np.testing.assert_allclose(np.cov(mean.T, bias=True), np.eye(2), atol=1e-9)


def test_fitting_of_recent_sessions_puts_states_where_they_are_known_to_stand() -> None:
    fit, codes = fitted(), problem().states
    last = fit.layout.period == len(problem().periods) - 2
    order = np.argsort(fit.positions.mean[last, 0])
    ranked = [codes[i] for i in fit.layout.state[last][order]]
    assert ranked[-1] == "USA"
    assert {"SYR", "PRK", "CUB"} & set(ranked[:15])
    assert ranked.index("GBR") > ranked.index("BRA") > ranked.index("CUB")


def test_fitting_does_not_depend_on_the_number_of_threads() -> None:
    assert np.array_equal(fitted(1).positions.mean, fitted(2).positions.mean)


def test_fitting_again_from_its_end_stays_there() -> None:
    """A stop is near the fixed point: .05 is a third of a position's standard deviation."""
    fit = fitted()
    start = np.zeros((*problem().present.shape, 1))
    start[fit.layout.period, fit.layout.state] = fit.positions.mean
    again = fit_problem(problem(), start, tolerance=1e-4)
    away = again.positions.mean - fit.positions.mean
    assert np.sqrt((away**2).mean()) < 0.02


def test_fitting_sign_is_that_of_the_start() -> None:
    start = start_from(problem(), "USA")
    other = fit_problem(problem(), -start)
    assert np.corrcoef(other.positions.mean[:, 0], fitted().positions.mean[:, 0])[0, 1] < -0.99


def test_fitting_is_told_of_every_sweep() -> None:
    told: list[tuple[int, float]] = []
    fit = fit_problem(
        problem(), start_from(problem(), "USA"), on_sweep=lambda n, move: told.append((n, move))
    )
    assert [n for n, _ in told] == list(range(1, fit.sweeps + 1))
    assert told[-1][1] == fit.change


def test_fitting_that_does_not_end_says_so() -> None:
    with pytest.raises(FitError, match=r"not converged after 3 sweeps .*: allow more sweeps"):
        fit_problem(problem(), start_from(problem(), "USA"), most=3)


@pytest.mark.parametrize("shape", [(1, 2, 1), (3, 3, 1)])
def test_fitting_start_of_another_shape_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="start"):
        fit_problem(problem(), np.zeros(shape))


def test_fitting_two_states_that_always_differ_stay_finite() -> None:
    rolls = np.tile(np.array([[0, 2]], dtype=np.int8), (12, 1))
    small = problem_of(rolls, ["1"] * 12, states=("AAA", "BBB"))
    fit = fit_problem(small, np.array([[[1.0], [-1.0]]]))
    assert np.isfinite(fit.positions.mean).all()
    assert np.isfinite(fit.items.mean).all()


def test_fitting_learns_wider_steps_of_states_that_move() -> None:
    made = made_chamber(8, states=30, periods=8, rollcalls=60, step=0.03)
    theta = made.theta.copy()
    calm = fit_problem(made.problem(), theta)
    restless = replace(made_chamber(8, states=30, periods=8, rollcalls=60, step=0.6))
    wide = fit_problem(restless.problem(), restless.theta)
    assert np.median(wide.scale) > 2 * np.median(calm.scale)
