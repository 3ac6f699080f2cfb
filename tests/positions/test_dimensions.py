"""Two dimensions: where a search begins, and axes turned towards named states."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest

import votewire
from votewire.errors import FitError
from votewire.positions.dimensions import rotated, start_in
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.sessions import assembly_problem, start_from
from votewire.record import Selection

RECORD = votewire.open_record()


@cache
def fitted() -> Fitted:
    problem = assembly_problem(RECORD, Selection(since=date(2016, 9, 1), until=date(2020, 8, 31)))
    return fit_problem(problem, start_in(problem, 2), tolerance=5e-3)


def eta(fit: Fitted) -> np.ndarray:
    dims = fit.positions.mean.shape[1]
    return np.asarray(fit.positions.mean @ fit.items.mean[:, :dims].T)


def test_dimensions_start_is_agreement_and_then_what_it_leaves() -> None:
    problem = fitted().problem
    start = start_in(problem, 3)
    assert start.shape == (*problem.present.shape, 3)
    assert np.array_equal(start[:, :, :1], start_from(problem, "USA"))
    for t, block in enumerate(problem.blocks):
        r = np.corrcoef(start[t, block.columns].T)
        assert np.abs(r - np.eye(3)).max() < 0.35


def test_dimensions_rotation_keeps_every_probability() -> None:
    fit, turned = fitted(), rotated(fitted())
    np.testing.assert_allclose(eta(turned), eta(fit), atol=1e-9)
    assert np.array_equal(turned.items.mean[:, 2:], fit.items.mean[:, 2:])
    trace = np.trace(fit.positions.var, axis1=1, axis2=2)
    np.testing.assert_allclose(np.trace(turned.positions.var, axis1=1, axis2=2), trace)
    beta = fit.items.mean[:, :2], turned.items.mean[:, :2]
    own = [
        np.einsum("jk,jkl,jl->j", b, f.items.cov[:, :2, :2], b)
        for b, f in zip(beta, (fit, turned), strict=True)
    ]
    np.testing.assert_allclose(own[0], own[1], rtol=1e-9)


def test_dimensions_rotated_axes_point_to_the_states_named() -> None:
    turned = rotated(fitted(), ("USA", "RUS"))
    mean = {
        code: turned.positions.mean[turned.layout.state == turned.problem.states.index(code)].mean(
            axis=0
        )
        for code in ("USA", "RUS")
    }
    assert mean["USA"][0] > 0
    assert mean["USA"][1] == pytest.approx(0, abs=1e-9)
    assert mean["RUS"][1] > 0
    np.testing.assert_allclose(np.cov(turned.positions.mean.T, bias=True), np.eye(2), atol=1e-9)


def test_dimensions_rotating_twice_is_rotating_once() -> None:
    once = rotated(fitted())
    np.testing.assert_allclose(rotated(once).positions.mean, once.positions.mean, atol=1e-9)


@pytest.mark.parametrize(
    ("anchors", "why"),
    [
        (("USA",), "need 2 states"),
        (("USA", "SUN"), "SUN has no position"),
        (("USA", "USA"), "USA stands on the axes before it"),
    ],
)
def test_dimensions_anchors_that_name_nothing_are_refused(
    anchors: tuple[str, ...], why: str
) -> None:
    with pytest.raises(FitError, match=why):
        rotated(fitted(), anchors)
