"""Joint moves of whole groups of periods, which neither side's own steps can make.

Where a group of periods shares no item with another, all its positions can be shifted and scaled
with its items turned the other way, and no cast is told apart: the two priors alone say where the
group stands. Steps of items and positions by turns come there by a thousandth at a time; here it is
one Newton step of all groups at once (parameter expansion, Liu, Rubin and Wu 1998), up to the mean
0 and unit covariance that are the convention for the whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from votewire.positions.kernels.levels import (
    item_moments,
    moved_items,
    moved_positions,
    path_moments,
)
from votewire.positions.sweeps import Items, Layout, Positions, Steps

__all__ = ["Groups", "groups_of", "levelled", "standard"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_LONGEST = 0.4  # move of a group's scale or centre in one step


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Periods that items lead between. of_position (m,), of_item (j,): the group of each; n."""

    of_position: Ints
    of_item: Ints
    n: int


def groups_of(layout: Layout) -> Groups:
    """The groups of periods that share items."""
    group = np.arange(len(layout.problem.periods))
    seen: dict[int, int] = {}
    for t, block in enumerate(layout.problem.blocks):
        for other in {seen[i] for i in block.items.tolist() if i in seen}:
            group[group == group[t]] = group[other]
        seen |= dict.fromkeys(block.items.tolist(), t)
    _, group = np.unique(group, return_inverse=True)
    of_item = np.zeros(layout.problem.items, dtype=np.intp)
    for t, block in enumerate(layout.problem.blocks):
        of_item[block.items] = group[t]
    return Groups(of_position=group[layout.period], of_item=of_item, n=int(group.max()) + 1)


def levelled(
    layout: Layout, groups: Groups, positions: Positions, items: Items, steps: Steps
) -> tuple[Positions, Items]:
    """Both sides after the groups' joint step; mean 0 and unit covariance of the whole."""
    move = _newton(groups, positions, items, steps)
    dims = positions.mean.shape[1]
    by, shift = np.eye(dims) + move[:, :, :dims], move[:, :, dims]
    return _moved(layout, groups, positions, items, by, shift)


def standard(
    layout: Layout, groups: Groups, positions: Positions, items: Items
) -> tuple[Positions, Items]:
    """Both sides moved and scaled so that positions have mean 0 and unit covariance."""
    dims = positions.mean.shape[1]
    by = np.tile(np.eye(dims), (groups.n, 1, 1))
    return _moved(layout, groups, positions, items, by, np.zeros((groups.n, dims)))


def _moved(
    layout: Layout, groups: Groups, positions: Positions, items: Items, by: Floats, shift: Floats
) -> tuple[Positions, Items]:
    """theta = by_g theta + shift_g in each group, then standardised; beta . theta - c is kept."""
    at = groups.of_position
    moved = (by[at] @ positions.mean[:, :, None])[:, :, 0] + shift[at]
    centre = moved.mean(axis=0)
    away = moved - centre
    spread = np.linalg.cholesky(away.T @ away / len(away))
    inside = np.linalg.inv(spread)
    by, shift = inside @ by, (shift - centre) @ inside.T
    mean, var, lag = positions.mean.copy(), positions.var.copy(), positions.lag.copy()
    moved_positions(layout.start, at, by, shift, mean, var, lag)
    turn = _of_items(by, shift)
    own, cov = items.mean.copy(), items.cov.copy()
    moved_items(groups.of_item, turn, own, cov)
    whole = _of_items(inside[None], (-centre @ inside.T)[None])[0]
    return Positions(mean=mean, var=var, lag=lag), replace(
        items,
        mean=own,
        cov=cov,
        prior_mean=whole @ items.prior_mean,
        prior_cov=whole @ items.prior_cov @ whole.T,
    )


def _of_items(by: Floats, shift: Floats) -> Floats:
    """(g, K + 2, K + 2) what keeps beta . theta - c where theta becomes by theta + shift.

    beta' = by'^-1 beta and c' = c + beta' . shift.
    """
    dims = by.shape[1]
    back = np.linalg.inv(by).transpose(0, 2, 1)
    found = np.tile(np.eye(dims + 2), (len(by), 1, 1))
    found[:, :dims, :dims] = back
    found[:, dims, :dims] = (shift[:, None, :] @ back)[:, 0]
    return found


def _newton(groups: Groups, positions: Positions, items: Items, steps: Steps) -> Floats:
    """(g, K, K + 1) the step of each group's (B, a), theta' = theta + B theta + a.

    Of minus the evidence's lower bound: the expected log priors of paths and items and the
    entropies, which change by log |I + B| for each position and by its negative for each item. The
    likelihood is the same. Curvature is Gauss-Newton's.
    """
    dims = positions.mean.shape[1]
    width, size = dims + 2, dims * (dims + 1)
    paths = np.zeros((groups.n, groups.n, dims + 1, dims + 1))
    path_moments(
        groups.of_position,
        steps.precision,
        steps.diagonal,
        positions.mean,
        positions.var,
        positions.lag,
        paths,
    )
    first, second = np.zeros((groups.n, width)), np.zeros((groups.n, width, width))
    item_moments(groups.of_item, items.mean, items.cov, first, second)
    gradient = paths.sum(axis=0)[:, :dims, :].copy()  # d/dZ_g at Z = (I, 0)
    count = np.bincount(groups.of_position, minlength=groups.n) - np.bincount(
        groups.of_item, minlength=groups.n
    )
    gradient[:, :, :dims] -= count[:, None, None] * np.eye(dims)
    change = _change_of_items(dims)
    inside = np.linalg.inv(items.prior_cov)
    away = second - first[:, :, None] * items.prior_mean  # E[phi_j (phi - mu)_i]
    pulled = np.einsum("ajz,ab,gjb->gz", change, inside, away, optimize=True)
    curved = np.einsum("ajz,ab,bkw,gjk->gzw", change, inside, change, second, optimize=True)
    hessian = np.einsum("ghab,kl->gkahlb", paths, np.eye(dims)).reshape(
        groups.n, size, groups.n, size
    )
    each = np.arange(groups.n)
    hessian[each, :, each, :] += curved
    flat = hessian.reshape(groups.n * size, -1)
    flat[np.diag_indices(len(flat))] *= 1 + 1e-9
    right = (gradient.reshape(groups.n, size) + pulled).ravel()
    move = -np.linalg.solve(flat, right)
    return np.asarray(move.reshape(groups.n, dims, dims + 1).clip(-_LONGEST, _LONGEST))


def _change_of_items(dims: int) -> Floats:
    """(K + 2, K + 2, K (K + 1)) phi's change for a small (B, a): (-B' beta, beta . a, 0)."""
    found = np.zeros((dims + 2, dims + 2, dims, dims + 1))
    for k in range(dims):
        found[dims, k, k, dims] = 1.0
        for j in range(dims):
            found[j, k, k, j] = -1.0
    return found.reshape(dims + 2, dims + 2, -1)
