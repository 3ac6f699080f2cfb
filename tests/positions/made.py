"""A fit of real sessions without fitting: where a search begins, with intervals of known width."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from functools import cache

import numpy as np

import votewire
from votewire.positions.making import settings_of
from votewire.positions.problem import MISSING, Problem
from votewire.positions.result import LAPLACE, SAMPLED, Fit, Texts
from votewire.positions.sessions import assembly_problem, start_from
from votewire.positions.summaries import Summary, of_draws, of_normal
from votewire.record import Selection

RECORD = votewire.open_record()
WITHIN = Selection(since=date(2016, 9, 1), until=date(2019, 8, 31))  # sessions 71 to 73
SD = 0.2
DRAWS = 64


@cache
def problem() -> Problem:
    return assembly_problem(RECORD, WITHIN)


@cache
def fit(sd: float = SD, dims: int = 1) -> Fit:
    """Sessions 71 to 73, every position and shift with the same standard deviation.

    A second dimension is the first turned round.
    """
    found, mean = problem(), _means(dims)
    first = np.diff(np.nonzero(found.present.T)[0], prepend=-1) != 0
    shift_sd = np.where(first[:, None], np.nan, np.full(mean.shape, sd))
    return _fit(of_normal(mean, np.full(mean.shape, sd), shift_sd), dims)


@cache
def sampled(dims: int = 1) -> Fit:
    """The same from independent draws around the same means."""
    base = fit(dims=dims)
    rng = np.random.default_rng(5)
    draws = base.mean + SD * rng.normal(size=(DRAWS, *base.mean.shape))
    draws = draws.astype(np.float32)
    found = of_draws(draws, base.first)
    settings = {**base.settings, "draws": DRAWS}
    summary = {f.name: getattr(found, f.name) for f in fields(Summary)}
    return replace(base, **summary, method=SAMPLED, sample=draws, settings=settings)


def _means(dims: int) -> np.ndarray:
    found = problem()
    state, period = np.nonzero(found.present.T)
    one = start_from(found, "USA")[period, state]
    return np.hstack([one, -one, one / 2][:dims])


def _fit(summary: Summary, dims: int) -> Fit:
    found = problem()
    state, period = np.nonzero(found.present.T)
    casts = np.zeros(found.present.shape, dtype=np.intp)
    for t, block in enumerate(found.blocks):
        casts[t, block.columns] = (block.casts != MISSING).sum(axis=0)
    of_row = np.concatenate([block.items for block in found.blocks])
    rng = np.random.default_rng(2)
    lower = rng.normal(1.0, 1.0, found.items)[of_row]
    return Fit(
        states=found.states,
        periods=found.periods,
        times=found.times,
        state=state,
        period=period,
        n_casts=casts[period, state],
        texts=Texts(
            rows=found.rows,
            beta=rng.normal(1.0, 1.5, (found.items, dims))[of_row],
            cut=np.stack([lower, lower + 1], axis=1),
        ),
        prior="rw",
        method=LAPLACE,
        casts=found.casts,
        rollcalls=len(found.rows),
        dropped=found.dropped,
        items=found.items,
        sweeps=12,
        change=0.001,
        record_hash=RECORD.hash,
        settings=settings_of(WITHIN, dims=dims),
        **{f.name: getattr(summary, f.name) for f in fields(Summary)},
    )
