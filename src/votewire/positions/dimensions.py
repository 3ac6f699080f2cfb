"""More than one dimension: where a search begins, and axes that a reader can name.

A fit in K dimensions is one of many that predict the same: its axes can be turned together with the
texts'. Positions of mean 0 and unit covariance leave a rotation open. It is chosen by named states:
the first axis points from the mean of all to the mean position of the first, the second to that of
the second as far as it lies beside the first axis, and so on. The prior of paths is the same in
every direction, so that the posterior of the turned fit is the posterior turned.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from votewire.errors import FitError
from votewire.positions.fitting import Fitted
from votewire.positions.problem import MISSING, Block, Problem
from votewire.positions.sessions import start_from

__all__ = ["ANCHORS", "rotated", "start_in"]

Floats = NDArray[np.float64]

# Of the states named, each lies farther out on its own axis than most: see the page on positions.
ANCHORS = ("USA", "GBR", "IND")
_BESIDE = 0.05  # a state less far beside the axes before it names no axis of its own


def start_in(problem: Problem, dims: int, anchor: str = ANCHORS[0]) -> Floats:
    """(t, s, K) agreement with the anchor, then principal components of what it leaves.

    Each period's casts, centred by rollcall, lose the part that goes with the axes before; the
    states' scores on the first component of the rest are the next axis, standard, with the sign
    that the states' last scores give. Raises FitError as `start_from` does.
    """
    found = start_from(problem, anchor)
    for _ in range(1, dims):
        found = np.concatenate([found, _component(problem, found)], axis=2)
    return found


def rotated(fitted: Fitted, anchors: tuple[str, ...] = ANCHORS) -> Fitted:
    """The same fit with axes towards named states, the first K of `anchors`; nothing else changes.

    Means, covariances and items turn together, so that every probability stays. Raises FitError
    where a state has no position or none beside the axes before it.
    """
    dims = fitted.positions.mean.shape[1]
    turn = _turn(fitted, anchors[:dims])
    whole = np.eye(dims + 2)
    whole[:dims, :dims] = turn
    old, items = fitted.positions, fitted.items
    return replace(
        fitted,
        positions=replace(
            old,
            mean=old.mean @ turn.T,
            var=turn @ old.var @ turn.T,
            lag=turn @ old.lag @ turn.T,
        ),
        items=replace(
            items,
            mean=items.mean @ whole.T,
            cov=whole @ items.cov @ whole.T,
            prior_mean=whole @ items.prior_mean,
            prior_cov=whole @ items.prior_cov @ whole.T,
        ),
        centre=None if fitted.centre is None else fitted.centre @ turn.T,
    )


def _turn(fitted: Fitted, anchors: tuple[str, ...]) -> Floats:
    """(K, K) the rotation whose rows are the axes in the old ones (Gram and Schmidt)."""
    dims = fitted.positions.mean.shape[1]
    if len(anchors) != dims:
        raise FitError(f"{dims} dimensions need {dims} states to name them: give {dims}.")
    axes = np.zeros((0, dims))
    for code in anchors:
        away = _mean_of(fitted, code)
        beside = away - axes.T @ (axes @ away)
        length = float(np.linalg.norm(beside))
        if length < _BESIDE:
            raise FitError(f"{code} stands on the axes before it: name another state.")
        axes = np.vstack([axes, beside / length])
    return axes


def _mean_of(fitted: Fitted, code: str) -> Floats:
    layout, states = fitted.layout, fitted.problem.states
    here = layout.state == states.index(code) if code in states else np.zeros(len(layout), bool)
    if not here.any():
        raise FitError(f"{code} has no position in this fit: name a state that voted.")
    return np.asarray(fitted.positions.mean[here].mean(axis=0))


def _component(problem: Problem, before: Floats) -> Floats:
    """(t, s, 1) each period's first component of casts beside the axes before."""
    found = np.zeros((*problem.present.shape, 1))
    last = np.zeros(len(problem.states))
    for at, block in enumerate(problem.blocks):
        scores = _scores(block, before[at, block.columns])
        sign = -1.0 if scores @ last[block.columns] < 0 else 1.0
        found[at, block.columns, 0] = last[block.columns] = sign * scores
        missing = np.setdiff1d(np.arange(len(problem.states)), block.columns)
        found[at, missing, 0] = last[missing]
    return found


def _scores(block: Block, before: Floats) -> Floats:
    cast = block.casts != MISSING
    values = np.where(cast, block.casts.astype(float), 0.0)
    mean = values.sum(axis=1) / np.maximum(cast.sum(axis=1), 1)
    away = np.where(cast, values - mean[:, None], 0.0)
    known, _ = np.linalg.qr(np.column_stack([np.ones(len(before)), before]))
    away -= (away @ known) @ known.T
    scores = np.linalg.svd(away, full_matrices=False)[2][0]
    spread = float(scores.std())
    return np.asarray(scores / spread if spread > 0 else scores)
