"""The Security Council day by day, with the members' positions in the Assembly as their prior.

Fifteen members a year are too few to place a state by the Council's votes alone. A member stands
where the Assembly's casts before that day put it, moved by what sets its votes in the Council apart
from those in the Assembly, which is learned from its Council casts before. The Assembly's positions
learn nothing from the Council.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.positions.chances import chances_of, chances_without_own
from votewire.positions.filtering import States, states_after, texts_of
from votewire.positions.forward import Forward, stepped
from votewire.positions.problem import MISSING
from votewire.positions.standing import Prior, Standing, nothing, remember, texts_before

__all__ = ["Council", "council_day", "empty_council"]

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]
Ints = NDArray[np.intp]

_TURNS = 2


@dataclass(frozen=True, slots=True)
class Council:
    """apart: how far each state's position in the Council is from that in the Assembly, with the
    texts of the Council; prior: of texts, and of `apart` (population, step)."""

    apart: Standing
    prior: Prior


def empty_council(prior: Prior, states: int) -> Council:
    """A Council of which nothing is known but the prior."""
    return Council(nothing(prior, states), prior)


def council_day(
    casts: Choices, names: Ints, now: float, assembly: Standing, step: float, council: Council
) -> Forward:
    """The odds of a day's casts (r, s) in the Council; `council` is moved to the day's end.

    names (r, 2): texts and matters. assembly: as it stood before the day. step: variance of a
    state's usual step in the Assembly in a year.
    """
    here = np.flatnonzero((casts <= 2).any(axis=0))
    seen = np.where(casts[:, here] <= 2, casts[:, here], MISSING).astype(np.int8)
    apart, prior = council.apart, council.prior
    since = [np.nan_to_num(now - s.last[here]) for s in (assembly, apart)]
    base = stepped(assembly.states, here, step * since[0])
    own = stepped(apart.states, here, prior.step * since[1])
    states = States(base.mean + own.mean, base.var + own.var)
    before = texts_before(names, apart, prior)
    _, after = texts_of(seen, states, before)
    odds = chances_without_own(seen, states, before, after)
    ahead = chances_of(seen, states, before)
    moved, texts = states_after(seen, states, before, _TURNS)
    apart.states.mean[here], apart.states.var[here] = _shared(own, states, moved)
    apart.last[here] = now
    remember(names, seen, texts, apart)
    row, column = np.nonzero(seen != MISSING)
    return Forward(row, here[column], seen[row, column], odds, ahead)


def _shared(own: States, before: States, after: States) -> States:
    """What a day told of the sum of two unknowns, as far as it tells of one of them."""
    gain = own.var @ np.linalg.inv(before.var)
    mean = own.mean + (gain @ (after.mean - before.mean)[..., None])[..., 0]
    return States(mean, own.var - gain @ (before.var - after.var) @ gain.transpose(0, 2, 1))
