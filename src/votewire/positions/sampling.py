"""Draws from the joint posterior itself: Hamiltonian Monte Carlo around a fit.

Each draw follows the gradient of the posterior along a path (Neal 2011, "MCMC using Hamiltonian
dynamics") in the coordinates of `metric`, where all directions are about equally wide: the level
and the scale of whole sessions too, along which a sampler that draws each parameter by itself
creeps. What the prior of the paths is made of is drawn in between (`hyperpriors`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from votewire.errors import FitError
from votewire.positions.density import Density, Point, Prior
from votewire.positions.fitting import FREEDOM, POPULATION, Fitted
from votewire.positions.following import general_of
from votewire.positions.hyperpriors import begin, drawn_walks
from votewire.positions.metric import Metric
from votewire.positions.places import Places
from votewire.positions.stretches import moved, stretches_of

__all__ = ["Sampled", "sample"]

Floats = NDArray[np.float64]

CHAINS = 4
_WARM = 120  # draws of each chain before the first that is kept
_LENGTH = 2.0  # of a path, in standard deviations; each is 0.6 to 1.4 times that
_FIRST = 0.1  # size of a step to begin with
_ACCEPTED = 0.8  # share of paths that step sizes aim at
_SLOW, _FALL, _PULL = 10.0, 0.75, 0.2  # of dual averaging (Hoffman and Gelman 2014)
_STEPS = (0.01, 0.5)  # least and largest step


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """Draws of a fit's posterior.

    draws (n, m, K) float32: positions of the m state-periods, each draw with mean 0 and unit
    covariance; chain by chain, n / chains of each. texts (j, K + 2): posterior means of the items'
    parameters (beta, c, delta) on that scale. chains: how many. facts: accepted (share of paths),
    step (size), gradients (of a draw), step_sd (usual
    step of a state in a period).
    """

    draws: NDArray[np.float32]
    texts: Floats
    chains: int
    facts: Mapping[str, Any]


def sample(
    fitted: Fitted,
    draws: int,
    *,
    seed: int = 0,
    chains: int = CHAINS,
    warm: int = _WARM,
    population: float = POPULATION,
    threads: int | None = None,
    on_draw: Callable[[int, int], None] | None = None,
) -> Sampled:
    """Joint draws of all positions, texts and priors; same fit and seed, same draws.

    draws: of all chains together, a multiple of `chains`. warm: draws of each chain before, in
    which the step size is found. on_draw: told after each step how many are done, and of how many.
    Raises FitError where no path is accepted, ValueError where the numbers do not fit.
    """
    if draws < chains or draws % chains:
        raise ValueError(f"{draws} draws of {chains} chains")
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        going = _Chains(fitted, chains, np.random.default_rng(seed), population, pool)
        wanted = draws // chains
        kept, texts = [], np.zeros_like(fitted.items.mean)
        for turn in range(warm + wanted):
            going.move(adapt=turn < warm)
            if turn >= warm:
                theta, items = going.standard()
                kept.append(theta)
                texts += items.mean(axis=0) / wanted
            if on_draw is not None:
                on_draw(turn + 1, warm + wanted)
    if not going.taken:
        raise FitError(
            "no path of the sampler was accepted: fit more rollcalls or fewer dimensions."
        )
    return Sampled(
        draws=np.concatenate(np.stack(kept, axis=1)),
        texts=texts,
        chains=chains,
        facts=going.facts(),
    )


class _Chains:
    """C chains under way, each at its point with its prior."""

    def __init__(
        self,
        fitted: Fitted,
        chains: int,
        rng: np.random.Generator,
        population: float,
        pool: ThreadPoolExecutor,
    ) -> None:
        self._fitted, self._rng = fitted, rng
        self._layout = fitted.layout
        self._places = Places(fitted.layout)
        self._density = Density(fitted.layout, self._places, pool)
        self._metric = Metric(fitted, self._places, pool)
        self._stretches = stretches_of(fitted.problem, self._places)
        j, width = fitted.items.mean.shape
        self._shapes = (self._places.size, width - 2, chains), (j, width, chains)
        away = self._metric.out(self._normal(0.5))
        self._point = Point(
            theta=self._places.spread(fitted.positions.mean)[:, :, None] + away.theta,
            texts=fitted.items.mean[:, :, None] + away.texts,
        )
        self._walks = [begin(fitted.layout, fitted.scale**2, FREEDOM) for _ in range(chains)]
        self._general, followed = general_of(fitted, population)
        self._followed = [followed] * chains
        self._mean = fitted.items.prior_mean[:, None]
        self._precision = np.asarray(np.linalg.inv(fitted.items.prior_cov))[:, :, None]
        self._step = _StepSize()
        self.taken, self._paths, self._gradients = 0, 0, 0

    def move(self, *, adapt: bool) -> None:
        """Draws the priors, then moves each chain along a path or leaves it where it is."""
        prior = self._priors()
        if self._general is None:  # with general positions given, no stretch is free to move
            self._point = moved(self._point, prior, self._stretches, self._places, self._rng)
        size = self._step.size(adapt)
        paths = max(1, round(_LENGTH * self._rng.uniform(0.6, 1.4) / size))
        momentum = self._normal(1.0)
        before = self._density.value(self._point, prior) - _energy(momentum)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            end, momentum = self._path(momentum, prior, size, paths)
            after = self._density.value(end, prior) - _energy(momentum)
        chance = np.exp(np.nan_to_num(after - before, nan=-np.inf, posinf=-np.inf).clip(max=0.0))
        taken = self._rng.uniform(size=len(chance)) < chance
        self._point = Point(
            theta=np.where(taken, end.theta, self._point.theta),
            texts=np.where(taken, end.texts, self._point.texts),
        )
        if adapt:
            self._step.learn(float(chance.mean()))
        else:
            self.taken += int(taken.sum())
            self._paths += len(taken)
            self._gradients += len(taken) * paths

    def standard(self) -> tuple[NDArray[np.float32], Floats]:
        """(C, m, K) positions with mean 0 and unit covariance, (C, j, K + 2) texts with them.

        Positions on a topic are on the scale of the general ones as they are.
        """
        mean = self._fitted.positions.mean
        found, texts = [], []
        for c in range(self._shapes[0][2]):
            theta = self._point.theta[self._places.of, :, c]
            items = self._point.texts[:, :, c]
            if self._general is None:
                theta, items = standardised(theta, items, toward=mean)
            found.append(theta.astype(np.float32))
            texts.append(items)
        return np.stack(found), np.stack(texts)

    def facts(self) -> dict[str, Any]:
        return {
            "accepted": self.taken / self._paths,
            "step": self._step.size(False),
            "gradients": self._gradients / self._paths,
            **self._following(),
            "step_sd": float(np.sqrt(np.mean([walks.common for walks in self._walks]))),
        }

    def _following(self) -> dict[str, float]:
        if self._general is None:
            return {}
        names = ("share", "population")
        return {n: float(np.mean([getattr(one, n) for one in self._followed])) for n in names}

    def _normal(self, sd: float) -> Point:
        theta, texts = (self._rng.normal(scale=sd, size=shape) for shape in self._shapes)
        return Point(theta=theta, texts=texts)

    def _priors(self) -> Prior:
        drawn = [self._drawn(c) for c in range(len(self._walks))]
        centre, pull, diagonal = (np.stack(part, axis=-1) for part in zip(*drawn, strict=True))
        return Prior(
            centre=centre, pull=pull, diagonal=diagonal, mean=self._mean, precision=self._precision
        )

    def _drawn(self, c: int) -> tuple[Floats, Floats, Floats]:
        """Centre, pull and diagonal of one chain."""
        theta = self._point.theta[self._places.of, :, c]
        centre = np.zeros_like(theta)
        if self._general is not None:
            followed = self._followed[c] = self._followed[c].drawn(
                self._walks[c], self._layout, theta, self._general, self._rng
            )
            centre = followed.share * self._general
        population = self._followed[c].population
        walks = drawn_walks(self._walks[c], self._layout, theta - centre, population, self._rng)
        self._walks[c] = walks
        pull, diagonal = self._places.pull(walks.steps(self._layout, population))
        return self._places.spread(centre), pull, diagonal

    def _path(self, momentum: Point, prior: Prior, size: float, steps: int) -> tuple[Point, Point]:
        """The end of a path of leapfrog steps and the momentum there."""
        at = self._point
        p, q = momentum.theta, momentum.texts
        pull = self._metric.inwards(self._density.gradient(at, prior))
        for _ in range(steps):
            p, q = p + size / 2 * pull.theta, q + size / 2 * pull.texts
            by = self._metric.out(Point(theta=p, texts=q))
            at = Point(theta=at.theta + size * by.theta, texts=at.texts + size * by.texts)
            pull = self._metric.inwards(self._density.gradient(at, prior))
            p, q = p + size / 2 * pull.theta, q + size / 2 * pull.texts
        return at, Point(theta=p, texts=q)


class _StepSize:
    """The size of steps, found by dual averaging."""

    def __init__(self) -> None:
        self._now = self._mean = np.log(_FIRST)
        self._off, self._turns = 0.0, 0

    def size(self, adapt: bool) -> float:
        return float(np.exp(self._now if adapt else self._mean).clip(*_STEPS))

    def learn(self, accepted: float) -> None:
        self._turns += 1
        weight = 1 / (self._turns + _SLOW)
        self._off += weight * (_ACCEPTED - accepted - self._off)
        self._now = np.log(_FIRST) - np.sqrt(self._turns) / _PULL * self._off
        self._now = float(np.clip(self._now, *np.log(_STEPS)))
        share = self._turns**-_FALL
        self._mean += share * (self._now - self._mean)


def standardised(theta: Floats, texts: Floats, *, toward: Floats) -> tuple[Floats, Floats]:
    """Positions (m, K) with mean 0 and unit covariance, and texts (j, K + 2) that go with them.

    toward (m, K): of the rotations and reflections that are left, the one nearest to it is taken
    (orthogonal Procrustes, Schoenemann 1966).
    """
    dims = theta.shape[1]
    centre = theta.mean(axis=0)
    spread = np.linalg.cholesky(np.cov(theta.T, bias=True).reshape(dims, dims))
    inside = (theta - centre) @ np.linalg.inv(spread).T
    u, _, v = np.linalg.svd(inside.T @ toward)
    turn = u @ v
    moved = texts.copy()
    moved[:, :dims] = texts[:, :dims] @ spread @ turn
    moved[:, dims] = texts[:, dims] - texts[:, :dims] @ centre
    return inside @ turn, moved


def _energy(momentum: Point) -> Floats:
    return np.asarray(
        ((momentum.theta**2).sum(axis=(0, 1)) + (momentum.texts**2).sum(axis=(0, 1))) / 2
    )
