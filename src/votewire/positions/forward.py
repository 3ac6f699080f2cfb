"""Forward through the record, day by day: what the model expected of each cast before it was known.

For every rollcall of a day the states stand where all casts before that day put them, and the text
is what earlier votes on it and the other states' casts on that same rollcall make of it. So the
odds that a cast is given owe nothing to the cast itself, nor to anything later, but for the few
numbers that all texts and steps have in common (their prior).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from votewire.positions.chances import Chances, chances_of, chances_without_own
from votewire.positions.filtering import States, states_after, texts_of
from votewire.positions.jumps import with_jumps
from votewire.positions.problem import MISSING
from votewire.positions.standing import Prior, Standing, remember, texts_before

__all__ = ["Forward", "days_of", "forward", "joined", "some", "stepped"]

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]
Ints = NDArray[np.intp]
Widened = Callable[[Ints, int], Floats]

_TURNS = 2  # between a day's texts and its states; four change the log loss by less than .0001


class Forward(NamedTuple):
    """Casts in order of time and state, with the odds that each had before it was known.

    rollcall, state (n,): places in the input. choice (n,): 0 Yes, 1 abstain, 2 No. chances: with
    the text as the other states' casts make it. ahead: with what was known of the text before the
    day alone.
    """

    rollcall: Ints
    state: Ints
    choice: Choices
    chances: Chances
    ahead: Chances


def forward(
    choices: Choices,
    times: Floats,
    prior: Prior,
    standing: Standing,
    *,
    names: Ints | None = None,
    widened: Widened | None = None,
    on_day: Callable[[int, int], None] | None = None,
) -> Forward:
    """The odds of every cast before it was known; see `days_of`. on_day: told (done, of all)."""
    days = len(np.unique(times))
    found = []
    going = days_of(choices, times, prior, standing, names=names, widened=widened)
    for done, day in enumerate(going, start=1):
        found.append(day)
        if on_day is not None:
            on_day(done, days)
    return joined(found)


def days_of(
    choices: Choices,
    times: Floats,
    prior: Prior,
    standing: Standing,
    *,
    names: Ints | None = None,
    widened: Widened | None = None,
) -> Iterator[Forward]:
    """Each day's casts with their odds.

    choices (n, s): Choice codes, rollcalls in order of time. times (n,): the day of each, in
    years; equal times are one day. standing: what is known before, brought up to each day in place.
    names (n, 2): equal numbers for votes on the same recurring text, and on the same matter; each
    rollcall its own if not given. widened: the variance that the steps of some columns add before
    the day that begins with a rollcall; prior.step for each year since their last cast if not
    given. Rollcalls on which nobody differed count too: they tell little and are expected by all.
    """
    named = np.tile(np.arange(len(times))[:, None], 2) if names is None else names
    starts = np.flatnonzero(np.diff(times, prepend=-np.inf))
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(times)], strict=True):
        casts = np.where(choices[start:end] <= 2, choices[start:end], MISSING).astype(np.int8)
        here = np.flatnonzero((casts != MISSING).any(axis=0))
        if not here.size:
            continue
        gap = np.nan_to_num(float(times[start]) - standing.last[here])
        step = prior.step * gap if widened is None else widened(here, start)
        found = _one_day(casts[:, here], here, named[start:end], gap, step, prior, standing)
        standing.last[here] = float(times[start])
        yield found._replace(rollcall=found.rollcall + start)


def joined(days: list[Forward]) -> Forward:
    """Several days as one."""
    return Forward(
        rollcall=np.concatenate([day.rollcall for day in days]),
        state=np.concatenate([day.state for day in days]),
        choice=np.concatenate([day.choice for day in days]),
        chances=_odds_joined([day.chances for day in days]),
        ahead=_odds_joined([day.ahead for day in days]),
    )


def some(found: Forward, kept: NDArray[np.bool_] | Ints) -> Forward:
    """Some of the casts."""
    return Forward(
        rollcall=found.rollcall[kept],
        state=found.state[kept],
        choice=found.choice[kept],
        chances=Chances(*(part[kept] for part in found.chances)),
        ahead=Chances(*(part[kept] for part in found.ahead)),
    )


def _odds_joined(parts: list[Chances]) -> Chances:
    return Chances(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def _one_day(
    casts: Choices,
    here: Ints,
    names: Ints,
    gap: Floats,
    step: Floats,
    prior: Prior,
    standing: Standing,
) -> Forward:
    """A day's casts with their odds; `standing` is moved to its end."""
    states = stepped(standing.states, here, step)
    before = texts_before(names, standing, prior)
    _, after = texts_of(casts, states, before)
    odds = chances_without_own(casts, states, before, after)
    ahead = chances_of(casts, states, before)
    moved, texts = states_after(casts, states, before, _TURNS)
    if prior.often:
        moved = with_jumps(states, moved, gap, prior.jump, prior.often)
    standing.states.mean[here], standing.states.var[here] = moved
    remember(names, casts, texts, standing)
    row, column = np.nonzero(casts != MISSING)
    return Forward(row, here[column], casts[row, column], odds, ahead)


def stepped(states: States, here: Ints, step: Floats) -> States:
    """Some of the states, their positions less certain by the variance of the steps since."""
    eye = np.eye(states.mean.shape[1])
    return States(states.mean[here], states.var[here] + step[:, None, None] * eye)
