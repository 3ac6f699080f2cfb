"""Positions on one topic, which keep to the general ones as far as its votes do.

On the rollcalls of a topic a state stands at b times its general position and a deviation of its
own. The deviation is a walk around 0 as positions are around the population in the general fit,
with Student-t steps, so that states stay where they are in general unless the topic's votes say
otherwise, and a jump is let through. b, the variance of deviations and each state's variance of
steps are learned; general positions are taken as known. A topic with two rollcalls a session has
positions in this way, and where it says nothing of a state it leaves it where it stands in general.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from votewire.errors import FitError
from votewire.positions.fitting import Fitted, fit_problem
from votewire.positions.problem import Problem
from votewire.positions.sessions import assembly_problem
from votewire.record import Record, Selection

__all__ = ["fit_topic", "general_paths"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


_TOLERANCE, _MOST = 2e-3, 600  # positions on a topic have standard deviations of .15 and more


class General(Protocol):
    """What is asked of a general fit: m state-periods with their means in K dimensions."""

    @property
    def states(self) -> tuple[str, ...]: ...
    @property
    def periods(self) -> tuple[str, ...]: ...
    @property
    def state(self) -> Ints: ...
    @property
    def period(self) -> Ints: ...
    @property
    def mean(self) -> Floats: ...


def fit_topic(
    record: Record,
    within: Selection,
    general: General | Fitted,
    *,
    on_sweep: Callable[[int, float], None] | None = None,
) -> Fitted:
    """Positions on the rollcalls chosen, which borrow from a fit of all of them.

    within: with a topic, words, or both. general: a fit of the Assembly's votes, of which the first
    dimension is used. The positive side is that of the general fit. `posterior_of` gives the
    standard deviations of positions and shifts: those with general positions known. Raises
    TooFewRollcalls where no rollcall fits, FitError where nothing can be fitted or the general fit
    has no position of these states.
    """
    problem = assembly_problem(record, within)
    paths = general_paths(general, problem)
    return fit_problem(
        problem, paths, general=paths, tolerance=_TOLERANCE, most=_MOST, on_sweep=on_sweep
    )


def general_paths(general: General | Fitted, problem: Problem) -> Floats:
    """(t, s, 1) the general positions of a problem's states, standard over its state-periods.

    A state without a position in a session stands where it last did, before its first where it
    first did, without any at 0. Raises FitError where no state has a position, or all the same.
    """
    known = _table(general)
    found = np.full((*problem.present.shape, 1), np.nan)
    for at, label in enumerate(problem.periods):
        for column, code in enumerate(problem.states):
            path = known.get(code, {})
            found[at, column, 0] = _nearest(path, float(label)) if path else np.nan
    here = found[problem.present]
    here = here[~np.isnan(here)]
    if here.size < 2 or here.std() == 0:
        raise FitError(
            "the general fit has no positions of these states: fit all votes of the period first."
        )
    return np.asarray(np.nan_to_num((found - here.mean()) / here.std()))


def _table(general: General | Fitted) -> dict[str, dict[float, float]]:
    """The positions of each state by the number of the session."""
    if isinstance(general, Fitted):
        states, periods = general.problem.states, general.problem.periods
        state, period, mean = general.layout.state, general.layout.period, general.positions.mean
    else:
        states, periods, mean = general.states, general.periods, general.mean
        state, period = general.state, general.period
    found: dict[str, dict[float, float]] = {}
    for i, t, value in zip(state.tolist(), period.tolist(), mean[:, 0].tolist(), strict=True):
        found.setdefault(states[i], {})[float(periods[t])] = value
    return found


def _nearest(path: dict[float, float], label: float) -> float:
    before = [t for t in path if t <= label]
    return path[max(before) if before else min(path)]
