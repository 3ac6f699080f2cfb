"""Small chambers made up by the model itself, so that the truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.positions.problem import Problem, problem_of
from votewire.record import Choice

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A made chamber and the truth behind it.

    choices (n, s) Choice codes, period by period; period (n,) and item (n,) of each rollcall.
    theta (t, s, K): standardised to mean 0 and unit covariance over all state-periods. beta (j, K),
    c1, c2 (j,): of the items. present (t, s): False where a state was no member yet.
    """

    choices: NDArray[np.int8]
    period: NDArray[np.intp]
    item: NDArray[np.intp]
    states: tuple[str, ...]
    theta: Floats
    beta: Floats
    c1: Floats
    c2: Floats
    present: NDArray[np.bool_]

    def problem(self) -> Problem:
        labels = [f"{1946 + t}" for t in self.period]
        return problem_of(self.choices, labels, states=self.states, items=self.item)


def made_chamber(
    seed: int = 0,
    *,
    states: int = 24,
    periods: int = 6,
    rollcalls: int = 40,
    dims: int = 1,
    step: float = 0.15,
    recurring: int = 5,
    missing: float = 0.1,
    late: int = 3,
) -> Made:
    """A chamber of `states` in `periods` with `rollcalls` each.

    step: standard deviation of a position's move in a period, before standardising. recurring: how
    many texts come back in every period. missing: share of casts that are none (in equal parts
    non-voting and not recorded). late: how many states join only in the second period.
    """
    rng = np.random.default_rng(seed)
    theta = _walks(rng, (periods, states, dims), step)
    period = np.repeat(np.arange(periods), rollcalls)
    item = np.arange(len(period))
    again = item % rollcalls < recurring
    item[again] %= rollcalls
    beta, c1, c2 = _items(rng, len(period), dims)
    eta = np.einsum("nk,nsk->ns", beta[item], theta[period])
    choices = _casts(rng, eta, c1[item], c2[item])
    lost = rng.random(choices.shape)
    choices[lost < missing] = Choice.NON_VOTING
    choices[lost < missing / 2] = Choice.NOT_RECORDED
    present = np.ones((periods, states), dtype=bool)
    present[0, states - late :] = periods == 1
    choices[~present[period]] = Choice.NOT_MEMBER
    return Made(
        choices=choices,
        period=period,
        item=item,
        states=tuple(f"S{i:02}" for i in range(states)),
        theta=theta,
        beta=beta,
        c1=c1,
        c2=c2,
        present=present,
    )


def _walks(rng: np.random.Generator, shape: tuple[int, int, int], step: float) -> Floats:
    """Random walks from standard normal beginnings; mean 0 and unit covariance over all of them."""
    moves = rng.normal(scale=step, size=shape)
    moves[0] = rng.normal(size=shape[1:])
    theta = moves.cumsum(axis=0)
    theta -= theta.mean(axis=(0, 1))
    flat = theta.reshape(-1, shape[2])
    spread = np.linalg.cholesky(np.cov(flat.T, bias=True).reshape(shape[2], shape[2]))
    whitened: Floats = np.linalg.solve(spread, flat.T).T.reshape(shape)
    return whitened


def _items(rng: np.random.Generator, n: int, dims: int) -> tuple[Floats, Floats, Floats]:
    """Mostly Yes, as in the Assembly: cutpoints above most positions, both signs of beta."""
    beta = rng.normal(scale=1.8, size=(n, dims))
    c1 = rng.normal(1.5, 1.5, size=n)
    return beta, c1, c1 + np.exp(rng.normal(0.2, 0.4, size=n))


def _casts(rng: np.random.Generator, eta: Floats, c1: Floats, c2: Floats) -> NDArray[np.int8]:
    """Yes below c1, No above c2, for a logistic draw about eta."""
    drawn = eta + rng.logistic(size=eta.shape)
    above = (drawn > c1[:, None]).astype(np.int8) + (drawn > c2[:, None]).astype(np.int8)
    return above.astype(np.int8)
