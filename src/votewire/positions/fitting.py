"""Dynamic ordinal ideal points: rolls in, positions with their uncertainty out.

Model: Bailey, Strezhnev and Voeten (2017). State i at period t stands at theta_it in K dimensions;
text j has discriminations beta_j and cutpoints c1_j < c2_j; P(y <= k) = F(c_jk - beta_j . theta_it)
for yes < abstain < no and F logistic. Recurring texts share their parameters.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from votewire.errors import FitError
from votewire.positions.hastening import Hastened
from votewire.positions.learning import kept_to, steps_of, walks
from votewire.positions.levels import Groups, groups_of, levelled, standard
from votewire.positions.problem import MISSING, Problem
from votewire.positions.sweeps import (
    Items,
    Layout,
    Positions,
    Steps,
    sweep_items,
    sweep_positions,
)

__all__ = ["FREEDOM", "POPULATION", "Fitted", "fit_problem"]

Floats = NDArray[np.float64]


# Held-out log loss of the Assembly's casts to 2019 (43,472 of them, bench/fit.py), standard error
# .003, of differences .0002. Prior of the items (variance of beta and c): 9 and 9 .2691, 9 and 25
# .2697, 16 and 25 .2694, 4 and 25 .2707, 1 and 25 .2762; learned from the items themselves .2705,
# since a few texts that separate perfectly make it ever wider. Normal steps .0003 worse than
# Student-t with 4 or 8 degrees of freedom; a population of variance 1/2 or 2 no different.
_SPREAD = 9.0
POPULATION = 1.0
FREEDOM = 4.0
# Sweeps in which steps from general positions are free: with narrow ones from the beginning a
# jump is never seen, since the calm path is a mode of its own.
_OPEN = 20
_FREE_STEP = 0.5  # variance of a session's step in them
_FIRST_STEP = 0.03  # variance of a session's step to begin with; it is learned from then on
_ITEM_STEPS = 2  # with one, all items and all positions overshoot by turns
_WARM = 4  # sweeps with both sides as points: far from the fit their variances mean nothing
_SETTLING = 10  # sweeps before any is extrapolated: until then moves are cut short
_PATIENCE = 60.0  # sweeps after which the pace is held down: what still turns then settles
_MEMORY, _EVERY = 10, 4  # sweeps that an extrapolation looks back on; sweeps between two
_FARTHEST = 10.0  # largest move that ends it over the typical one: a few states settle last


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """A fit of one problem.

    positions, items: means and covariances, standardised: mean 0 and variance 1 in each dimension
    over all state-periods. steps: the prior of the paths as learned. scale (s,): standard deviation
    of each state's usual step in a period. sweeps: how many it took. change: the largest move of a
    position in the last one. centre (m, K): what the paths return to, where it is not 0.
    """

    problem: Problem
    layout: Layout
    positions: Positions
    items: Items
    steps: Steps
    scale: Floats
    sweeps: int
    change: float
    centre: Floats | None = None


@dataclass(frozen=True, slots=True)
class _Going:
    """A fit under way; scale (s,): variance of each state's steps.

    pace (m, K): the share of each Newton move that is made; move: the last one.
    """

    positions: Positions
    items: Items
    steps: Steps
    scale: Floats
    pace: Floats
    move: Floats
    centre: Floats | None = None

    def vector(self) -> Floats:
        """All that the next sweep follows from but covariances, positions first."""
        parts = (self.positions.mean, np.log(self.scale), self.items.mean)
        return np.concatenate([part.ravel() for part in parts])

    def at(self, vector: Floats) -> _Going:
        """This one with the means and scale of a vector."""
        m, s = self.positions.mean.size, len(self.scale)
        items = vector[m + s :].reshape(self.items.mean.shape).copy()
        items[:, -1] = items[:, -1].clip(-4.0, 3.0)
        return replace(
            self,
            positions=replace(self.positions, mean=vector[:m].reshape(self.positions.mean.shape)),
            items=replace(self.items, mean=items),
            scale=np.exp(vector[m : m + s]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sweeping:
    """What stays the same from sweep to sweep."""

    layout: Layout
    groups: Groups
    population: float
    freedom: float
    pool: ThreadPoolExecutor
    general: Floats | None

    @property
    def steps(self) -> int:
        """How many steps there are."""
        return int((~self.layout.first).sum())


def fit_problem(
    problem: Problem,
    start: Floats,
    *,
    population: float = POPULATION,
    freedom: float = FREEDOM,
    tolerance: float = 1e-3,
    most: int = 500,
    threads: int | None = None,
    general: Floats | None = None,
    on_sweep: Callable[[int, float], None] | None = None,
) -> Fitted:
    """Positions of every state in every period, with the uncertainty of each.

    start: (t, s, K) where the search begins; its sign decides that of the result. population:
    variance of the population to which paths return. freedom: of the Student-t distribution of
    steps, inf for normal ones. tolerance: the search ends with a sweep whose moves of positions
    have this root mean square for each dimension, and none is more than ten times as long. general:
    (t, s, K) positions that paths keep to, with a share that is learned, in place of 0;
    `population` is then learned too. on_sweep: told the number of each sweep and its longest move.
    Raises FitError if it has not ended after `most` sweeps, ValueError
    for another shape of start.
    """
    if start.shape[:2] != problem.present.shape:
        raise ValueError(f"start {start.shape}, problem {problem.present.shape}")
    layout = Layout(problem)
    going = _begin(layout, start, population, _FIRST_STEP if general is None else _FREE_STEP)
    hastened = Hastened(going.positions.mean.size, memory=_MEMORY, every=_EVERY)
    change, tolerance = np.inf, tolerance * start.shape[2]
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        same = _Sweeping(
            layout=layout,
            groups=groups_of(layout),
            population=population,
            freedom=freedom,
            pool=pool,
            general=None if general is None else general[layout.period, layout.state],
        )
        for sweep in range(1, most + 1):
            found = _sweep(same, going, sweep)
            moves = found.positions.mean - going.positions.mean
            change = float(np.abs(moves).max())
            if on_sweep is not None:
                on_sweep(sweep, change)
            typical = float(np.sqrt((moves**2).mean()))
            if (
                sweep > (_SETTLING if general is None else 2 * _OPEN)
                and typical < tolerance
                and change < _FARTHEST * tolerance
            ):
                return _fitted(layout, found, sweep, change)
            hastens = general is None and _SETTLING < sweep < 2 * _PATIENCE
            going = _next(hastened, going, found) if hastens else found
    raise FitError(
        f"not converged after {most} sweeps (the last moved a position by {change:.2g}): "
        "allow more sweeps or a larger tolerance."
    )


def _fitted(layout: Layout, going: _Going, sweep: int, change: float) -> Fitted:
    return Fitted(
        problem=layout.problem,
        layout=layout,
        positions=going.positions,
        items=going.items,
        steps=going.steps,
        scale=np.sqrt(going.scale),
        sweeps=sweep,
        change=change,
        centre=going.centre,
    )


def _next(hastened: Hastened, before: _Going, after: _Going) -> _Going:
    vector = hastened.seen(before.vector(), after.vector())
    return after if vector is None else after.at(vector)


def _sweep(same: _Sweeping, going: _Going, sweep: int) -> _Going:
    """Items, positions, levels of periods, priors, each once."""
    layout, before, warm = same.layout, going.positions, sweep <= _WARM
    items = sweep_items(layout, going.items, before, same.pool, 3 if sweep == 1 else _ITEM_STEPS)
    if warm:
        items = replace(items, cov=np.zeros_like(items.cov))
    found = sweep_positions(layout, items, before, going.steps, same.pool, going.centre)
    # A move that turns back is cut in half the next time: where casts are all alike the curvature
    # is nearly 0 and Newton's steps overshoot.
    move = found.mean - before.mean
    turned = move * going.move < 0
    most = min(1.0, max(_PATIENCE / sweep, 0.1))
    pace = np.where(turned, (going.pace / 2).clip(0.05), (going.pace * 1.25).clip(max=most))
    found = replace(found, mean=before.mean + pace * move)
    going = replace(going, pace=pace, move=move)
    if sweep > (_PATIENCE if same.general is None else _WARM + 1):
        found = _between(before, found, most / 2)
    if warm:
        found = replace(found, var=np.zeros_like(found.var), lag=np.zeros_like(found.lag))
    if warm or same.general is not None:
        found, items = standard(layout, same.groups, found, items)
    else:
        found, items = levelled(layout, same.groups, found, items, going.steps)
    going = replace(going, positions=found, items=_as_before(items, going.items))
    return going if warm else _learned(same, going, sweep)


def _between(before: Positions, found: Positions, share: float) -> Positions:
    """The means found, and covariances between both: few casts make them turn back and forth."""
    return replace(
        found,
        var=before.var + share * (found.var - before.var),
        lag=before.lag + share * (found.lag - before.lag),
    )


def _learned(same: _Sweeping, going: _Going, sweep: int) -> _Going:
    """The fit under way with the priors that its positions suggest."""
    positions, centre, population = going.positions, None, same.population
    if same.general is not None:
        centre, population = kept_to(positions, same.general)
        positions = replace(positions, mean=positions.mean - centre)
        if sweep <= _OPEN:
            steps = walks(same.layout, np.ones(same.steps), going.scale, population)
            return replace(going, steps=steps, centre=centre)
    steps, scale = steps_of(same.layout, positions, same.freedom, going.scale, population)
    return replace(going, steps=steps, scale=scale, centre=centre)


def _as_before(items: Items, before: Items) -> Items:
    """The items with the prior of others: it is of texts among standard positions, and stays."""
    return replace(items, prior_mean=before.prior_mean, prior_cov=before.prior_cov)


def _begin(layout: Layout, start: Floats, population: float, step: float) -> _Going:
    problem, dims = layout.problem, start.shape[2]
    mean = start[layout.period, layout.state].clip(-2.5, 2.5)
    nothing = np.zeros((len(layout), dims, dims))
    item = layout.rolls.item
    yes = np.concatenate([(block.casts == 0).sum(axis=1) for block in problem.blocks])
    voted = np.concatenate([(block.casts != MISSING).sum(axis=1) for block in problem.blocks])
    yes, voted = (np.bincount(item, weights=w, minlength=problem.items) for w in (yes, voted))
    share = (yes + 0.5) / (voted + 1.0)
    items = np.zeros((problem.items, dims + 2))
    items[:, dims], items[:, dims + 1] = np.log(share / (1 - share)), 0.5
    first = Items(
        mean=items,
        cov=np.zeros((problem.items, dims + 2, dims + 2)),
        prior_mean=np.array([0.0] * dims + [0.0, 0.5]),
        prior_cov=np.diag([_SPREAD] * dims + [_SPREAD, 1.0]),
    )
    scale = np.full(len(problem.states), step)
    return _Going(
        positions=Positions(mean=mean, var=nothing, lag=nothing),
        items=first,
        steps=walks(layout, np.ones(int((~layout.first).sum())), scale, population),
        scale=scale,
        pace=np.ones_like(mean),
        move=np.zeros_like(mean),
    )
