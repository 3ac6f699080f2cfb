"""Positions by the sampler of the published estimates: prior `bsv`, full posterior.

Bailey, Strezhnev and Voeten (2017) and their code of 2020: F of the model is the normal
distribution function (probit), beta ~ N(0, 1), cutpoints flat between -7 and 7. A position looks
back only: given all else theta ~ N(last, .5 n / (n + n_last)), `last` the conditional mean of the
state's last position as of the sweep before, n the casts in each of the two sessions; a state's
first position looks at its second, and over a gap at the last before it. That is no joint model of
the paths: a session does not learn from those after it. After each sweep positions, held between -5
and 5, have mean 0 and standard deviation 1 over all state-periods.
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
from votewire.positions.kernels.gibbs import sweep_texts
from votewire.positions.looking_back import first_texts, looking_back, rolls_of
from votewire.positions.problem import Problem
from votewire.positions.sweeps import Layout

__all__ = ["BsvFit", "fit_bsv"]

Floats = NDArray[np.float64]

_FARTHEST = 5.0
_PARTS = 16  # of the texts; sums of the parts are added in this order by any number of threads
_ACCEPTED = 0.35  # share of moves of the cutpoints that their scales are learned to reach
_THIN = 2  # sweeps for each draw: neighbours say much the same, and every draw takes memory


@dataclass(frozen=True, slots=True, kw_only=True)
class BsvFit:
    """Draws of the posterior of m state-periods, in the order of the layout.

    draws: (n, m, 1). texts: (j, 3) posterior means of beta and c1, and the logarithm of that of
    c2 - c1; probit. facts: sweeps, thin, burn, accepted (share of the moves of cutpoints), turned
    (draws whose sign was turned to that of the start).
    """

    problem: Problem
    layout: Layout
    draws: NDArray[np.float32]
    texts: Floats
    facts: Mapping[str, Any]


def fit_bsv(
    problem: Problem,
    start: Floats,
    *,
    draws: int = 400,
    burn: int = 150,
    thin: int = _THIN,
    seed: int = 0,
    threads: int | None = None,
    on_draw: Callable[[int, int], None] | None = None,
) -> BsvFit:
    """Draws of all positions under the prior of Bailey, Strezhnev and Voeten.

    start: (t, s, 1) where the chain begins; each draw has the sign that agrees with it. draws: how
    many are kept, each `thin` sweeps after the last. Before them come `burn` sweeps in which the
    moves of cutpoints are tuned. on_draw: told of the draws made and those in all. Same seed, same
    bytes on one machine, by any number of threads. Raises FitError where the start tells no states
    apart or the chain leaves the finite numbers; ValueError for another shape of start or fewer
    than one draw.
    """
    if start.shape != (*problem.present.shape, 1):
        raise ValueError(f"start {start.shape}, problem {problem.present.shape} in one dimension")
    if draws < 1 or burn < 0 or thin < 1:
        raise ValueError(f"draws {draws} and thin {thin} must be 1 or more, burn {burn} 0 or more")
    chain = _Chain(problem, start, seed)
    kept = np.empty((draws, len(chain.layout), 1), dtype=np.float32)
    texts, turned, accepted = np.zeros((problem.items, 3)), 0, 0.0
    with ThreadPoolExecutor(threads or os.cpu_count() or 1) as pool:
        for sweep in range(burn):
            chain.sweep(pool)
            chain.tune(sweep)
        for draw in range(draws):
            for _ in range(thin):
                accepted += chain.sweep(pool)
            kept[draw, chain.order, 0], sign = chain.signed()
            texts += chain.texts_now(sign)
            turned += sign < 0
            if on_draw is not None:
                on_draw(draw + 1, draws)
    texts /= draws
    texts[:, 2] = np.log(texts[:, 2])
    facts = {
        "sweeps": burn + thin * draws,
        "burn": burn,
        "thin": thin,
        "accepted": accepted / (thin * draws),
        "turned": turned,
    }
    return BsvFit(problem=problem, layout=chain.layout, draws=kept, texts=texts, facts=facts)


class _Chain:
    """A chain under way. Positions are held period by period; `order` is where each belongs."""

    def __init__(self, problem: Problem, start: Floats, seed: int) -> None:
        self.layout = layout = Layout(problem)
        self.order = np.concatenate(layout.columns)
        self.start = _standard(start[layout.period, layout.state, 0][self.order])
        self.theta, self.mean = self.start.astype(np.float32), self.start
        self.rolls = rolls_of(problem)
        self.texts = first_texts(self.rolls)
        self.random = np.random.default_rng(seed)
        self._prior()
        self._divide(problem.items)

    def _prior(self) -> None:
        """The prior in the order of the chain."""
        prior, place = looking_back(self.layout), np.argsort(self.order)
        self.last = place[prior.last[self.order]]
        self.prior = prior.precision[self.order]
        self.pull = np.where(prior.alone[self.order], 0.0, self.prior)

    def _divide(self, items: int) -> None:
        """Parts of the texts with about as many casts each, and what each part works in."""
        ends = self.rolls.begin[self.rolls.first]
        longest = int(np.diff(ends).max())
        inner = np.searchsorted(ends[1:], np.linspace(0, ends[-1], _PARTS + 1)[1:-1])
        self.edges = [0, *inner.tolist(), items]
        self.linear = np.empty((_PARTS, len(self.order)), dtype=np.float32)
        self.precision = np.empty_like(self.linear)
        self.work = [
            tuple(np.empty(longest, dtype=np.float32) for _ in range(5)) for _ in range(_PARTS)
        ]

    def sweep(self, pool: ThreadPoolExecutor) -> float:
        """Moves texts, then positions; the share of texts whose cutpoints moved."""
        key = self.random.integers(2**64, dtype=np.uint64)
        self.texts.accepted[:] = 0
        list(pool.map(lambda part: self._sweep_part(part, key), range(_PARTS)))
        precision = self.precision.sum(axis=0, dtype=np.float64) + self.prior
        linear = self.linear.sum(axis=0, dtype=np.float64)
        self.mean = (linear + self.pull * self.mean[self.last]) / precision
        noise = self.random.standard_normal(len(precision)) / np.sqrt(precision)
        found = _standard((self.mean + noise).clip(-_FARTHEST, _FARTHEST))
        self.theta = found.astype(np.float32)
        return float(self.texts.accepted.mean())

    def _sweep_part(self, part: int, key: np.uint64) -> None:
        linear, precision = self.linear[part], self.precision[part]
        linear[:], precision[:] = 0.0, 0.0
        begin, end = self.edges[part], self.edges[part + 1]
        sweep_texts(
            self.rolls, self.texts, self.theta, key, begin, end, linear, precision, self.work[part]
        )

    def tune(self, sweep: int) -> None:
        """Widens the moves of cutpoints that were made, narrows the others, less each time."""
        by = np.exp(2.0 * (self.texts.accepted - _ACCEPTED) / (sweep + 3) ** 0.6)
        self.texts.scale[:] *= by
        self.texts.gap_scale[:] *= by

    def signed(self) -> tuple[NDArray[np.float32], int]:
        """The positions with the sign that agrees with the start, and which it is of the chain."""
        # No dot product: the threads of BLAS wait for one another, 20 ms on a busy machine.
        sign = -1 if (self.theta * self.start).sum() < 0 else 1
        return sign * self.theta, sign

    def texts_now(self, sign: int) -> Floats:
        """(j, 3) beta, c1 and c2 - c1."""
        return np.stack([sign * self.texts.beta, self.texts.c1, self.texts.gap], axis=1)


def _standard(values: Floats) -> Floats:
    """The values with mean 0 and standard deviation 1."""
    spread = float(values.std(ddof=1)) if len(values) > 1 and np.isfinite(values).all() else 0.0
    if not spread > 0:
        raise FitError(
            "the positions are all the same or not finite, so nothing tells the states apart: "
            "begin from another state's agreement, or take more rollcalls."
        )
    return np.asarray((values - values.mean()) / spread)
