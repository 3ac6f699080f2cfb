"""How many moves are found where there are none: rollcalls shuffled within pairs of sessions.

The rollcalls of sessions 2k and 2k + 1 are put in a random order, as many in each as before:
whatever a state did in one, it did in the other. A move between the two whose 90 % interval does
not hold 0 is then a false one. The intervals are those of the normal approximation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.positions.fitting import fit_problem
from votewire.positions.posterior import posterior_of
from votewire.positions.problem import Problem, problem_of
from votewire.positions.sessions import assembly_problem, start_from
from votewire.record import Record

__all__ = ["Placebo", "placebo"]

Floats = NDArray[np.float64]

_WIDE = 1.6448536269514722  # standard deviations on each side of a 90 % interval
_LARGE = 0.99  # quantile of real moves' sizes above which one is called large


@dataclass(frozen=True, slots=True, kw_only=True)
class Placebo:
    """Shares of moves whose interval does not hold 0.

    real: with the dates as they are; shuffled (seeds,): each time shuffled; large (seeds,): those
    of the shuffled that are as large too as the largest hundredth of the real ones. moves: how many
    moves within pairs of sessions there are.
    """

    real: float
    shuffled: tuple[float, ...]
    large: tuple[float, ...]
    moves: int

    @property
    def rate(self) -> float:
        """The mean share of false moves."""
        return float(np.mean(self.shuffled))


def placebo(record: Record, seeds: int = 5, *, anchor: str = "USA") -> Placebo:
    """The share of moves of the whole record that are found with the dates shuffled.

    seeds: how many times, with the seeds 0, 1, ... Raises FitError where nothing can be fitted.
    """
    problem = assembly_problem(record)
    real, found = _moves(problem, problem, anchor), []
    for seed in range(seeds):
        shuffled = _shuffled(record, problem, np.random.default_rng(seed))
        found.append(_moves(shuffled, problem, anchor))
    least = float(np.quantile(np.abs(real[0]), _LARGE))
    return Placebo(
        real=_share(real, 0.0),
        shuffled=tuple(_share(one, 0.0) for one in found),
        large=tuple(_share(one, least) for one in found),
        moves=len(real[0]),
    )


def _shuffled(record: Record, problem: Problem, rng: np.random.Generator) -> Problem:
    lengths = [len(block.items) for block in problem.blocks]
    session = np.repeat([int(label) for label in problem.periods], lengths)
    items = np.concatenate([block.items for block in problem.blocks])
    order = np.lexsort((rng.random(len(session)), session // 2))
    return problem_of(
        record.choices[problem.rows[order]],
        session.astype(str).tolist(),  # in the order of sessions: as many in each as before
        states=problem.states,
        items=items[order],
        times=problem.times.tolist(),
    )


def _moves(problem: Problem, of: Problem, anchor: str) -> tuple[Floats, Floats]:
    """Moves from session 2k to 2k + 1 and their sd, of states that took part in both in `of`."""
    fitted = fit_problem(problem, start_from(problem, anchor))
    posterior, layout = posterior_of(fitted), fitted.layout
    at = np.flatnonzero(~layout.first & (layout.gap == 1))
    period, state = layout.period[at], layout.state[at]
    odd = np.array([int(label) % 2 == 1 for label in problem.periods])
    at = at[odd[period] & of.present[period, state] & of.present[period - 1, state]]
    return posterior.mean[at, 0] - posterior.mean[at - 1, 0], posterior.shift_sd[at, 0]


def _share(moves: tuple[Floats, Floats], least: float) -> float:
    shift, sd = np.abs(moves[0]), moves[1]
    return float(((shift > _WIDE * sd) & (shift >= least)).mean())
