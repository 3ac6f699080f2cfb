"""The precision of positions around a fit, texts of one or two periods eliminated.

Each cast adds w1 (d(eta - c1))^2 + w2 (d(eta - c2))^2 to the precision of (theta, beta, c, delta),
w1 and w2 the curvatures of its two binary parts as expected under the fit. These are the expected
second derivatives (Fisher's): the exact ones differ by the residual r = r1 + r2 times d2 eta =
d theta . d beta, whose mean is 0 and which can make the whole indefinite where a fit of two
separate normal distributions is no joint mode. A sum of squares and a prior never is.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from votewire.positions.places import Places
from votewire.positions.problem import Block
from votewire.positions.sweeps import Items, item_terms

if TYPE_CHECKING:
    from votewire.positions.fitting import Fitted

__all__ = ["Precision", "TextCurvature", "curvatures", "precision_of", "spread", "text_curvature"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """The precision around a fit, t periods, K dimensions.

    diagonals: (n, n) of each period's places, texts of one period or of two neighbouring ones
    eliminated. links: t - 1 of (n, n'), minus what is between a period's places and the next's.
    rows: of each period the rows of its states with casts. texts: of each period those eliminated;
    wide: (rows, texts times K + 2) their cross derivatives times root', where root (j, K + 2,
    K + 2) is the inverse Cholesky factor of each text's own curvature and prior. far, far_cross:
    of each period the texts of periods further apart, and theirs with the period's rows (rows,
    far times K + 2); own (j, K + 2, K + 2).
    """

    diagonals: list[Floats]
    links: list[Floats]
    rows: list[Ints]
    texts: list[Ints]
    wide: list[Floats]
    root: Floats
    far: list[Ints]
    far_cross: list[Floats]
    own: Floats


def precision_of(fitted: Fitted, places: Places, pool: ThreadPoolExecutor) -> Precision:
    """The precision of positions around a fit: of casts, paths and texts."""
    periods = range(len(fitted.problem.blocks))
    found = list(pool.map(lambda t: text_curvature(fitted, t), periods))
    dims = fitted.positions.mean.shape[1]
    own = np.tile(np.linalg.inv(fitted.items.prior_cov), (fitted.problem.items, 1, 1))
    for one in found:
        own[one.items] += one.own
    root = np.asarray(np.linalg.inv(np.linalg.cholesky(own)), dtype=np.float64)
    near = _near([one.items for one in found], fitted.problem.items)
    texts = [one.items[near[one.items]] for one in found]
    wide = list(pool.map(lambda one: _wide(one, near, root), found))
    rows = [spread(at, dims) for at in places.rows.at]
    diagonals = []
    for t, one in enumerate(found):
        size = int(places.begin[t + 1] - places.begin[t]) * dims
        diagonals.append(np.zeros((size, size)))
        diagonals[t][np.ix_(rows[t], rows[t])] = one.states - wide[t] @ wide[t].T
    links = [_link(t, texts, wide, rows, diagonals, dims) for t in periods[1:]]
    _add_paths(fitted, places, diagonals, links)
    return Precision(
        diagonals=diagonals,
        links=links,
        rows=rows,
        texts=texts,
        wide=wide,
        root=root,
        far=[one.items[~near[one.items]] for one in found],
        far_cross=[_flat(one.cross[~near[one.items]]) for one in found],
        own=own,
    )


def spread(at: Ints, width: int) -> Ints:
    """The rows of places that have `width` rows each."""
    return np.asarray((at[:, None] * width + np.arange(width)).ravel())


def curvatures(
    block: Block, items: Items, theta: Floats, var: Floats
) -> tuple[Ints, Floats, Floats, Ints]:
    """The different items (j,) of a period, their sums (j, n) of w1 and of w2, abstentions (j,).

    theta (n, K) and var (n, K, K): of the period's states. As in `kernels.cells`, E[F'(x)] is taken
    as k F'(k x), k = 1 / sqrt(1 + pi v / 8), v the variance of x.
    """
    order = np.argsort(block.items, kind="stable")
    unique, starts = np.unique(block.items[order], return_index=True)
    casts = block.casts[order]
    upper = np.add.reduceat((casts < 2).astype(np.float64), starts, axis=0)
    lower = np.add.reduceat(((casts == 1) | (casts == 2)).astype(np.float64), starts, axis=0)
    abstained = np.add.reduceat((casts == 1).sum(axis=1), starts)
    terms = item_terms(items, unique)
    dims = theta.shape[1]
    outer = (theta[:, :, None] * theta[:, None, :]).reshape(-1, dims * dims)
    bb = terms.bb.reshape(-1, dims * dims).astype(np.float64)
    twice = (terms.beta[:, :, None] * terms.beta[:, None, :]).reshape(-1, dims * dims)
    shared = bb @ outer.T + (twice + bb) @ var.reshape(-1, dims * dims).T
    eta = terms.beta.astype(np.float64) @ theta.T
    first = _curvature(eta - terms.c1[:, None], shared - 2 * terms.b1 @ theta.T + terms.v1[:, None])
    other = _curvature(eta - terms.c2[:, None], shared - 2 * terms.b2 @ theta.T + terms.v2[:, None])
    return unique, upper * first, lower * other, abstained


def _curvature(x: Floats, v: Floats) -> Floats:
    k = 1 / np.sqrt(1 + np.pi / 8 * v)
    e = np.exp(-np.abs(k * x))
    return np.asarray(k * e / (1 + e) ** 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCurvature:
    """What a period's casts say of its j different texts and n states, as curvature at a fit.

    items (j,). own (j, K + 2, K + 2) of the texts; cross (j, n K, K + 2) between positions and
    texts; states (n K, n K) of the positions.
    """

    items: Ints
    own: Floats
    cross: Floats
    states: Floats


def text_curvature(fitted: Fitted, t: int) -> TextCurvature:
    """The curvature of the casts of period t, without any prior."""
    at = fitted.layout.columns[t]
    theta, dims = fitted.positions.mean[at], fitted.positions.mean.shape[1]
    items, block = fitted.items, fitted.problem.blocks[t]
    unique, w1, w2, abstained = curvatures(block, items, theta, fitted.positions.var[at])
    beta, gap = items.mean[unique][:, :dims], np.exp(items.mean[unique][:, -1])
    cross = _cross(theta, w1 + w2, w2 * gap[:, None])
    return TextCurvature(
        items=unique,
        own=_own(theta, cross, w2, gap, abstained),
        cross=-_beside(beta, cross),
        states=_states(beta, w1 + w2),
    )


def _near(items: list[Ints], n: int) -> NDArray[np.bool_]:
    """(n,) whether a text is of one period or of two neighbouring ones."""
    first, last = np.full(n, len(items)), np.zeros(n, dtype=np.intp)
    for t, these in enumerate(items):
        first[these] = np.minimum(first[these], t)
        last[these] = t
    return np.asarray(last - first <= 1)


def _wide(one: TextCurvature, near: NDArray[np.bool_], root: Floats) -> Floats:
    kept = near[one.items]
    return _flat(one.cross[kept] @ root[one.items[kept]].transpose(0, 2, 1))


def _flat(cross: Floats) -> Floats:
    """(rows, j (K + 2)) of (j, rows, K + 2)."""
    return np.ascontiguousarray(cross.transpose(1, 0, 2).reshape(cross.shape[1], -1))


def _link(
    t: int,
    texts: list[Ints],
    wide: list[Floats],
    rows: list[Ints],
    diagonals: list[Floats],
    dims: int,
) -> Floats:
    """What the texts of period t and the one before couple between their places."""
    _, a, b = np.intersect1d(texts[t - 1], texts[t], return_indices=True)
    found = np.zeros((len(diagonals[t - 1]), len(diagonals[t])))
    shared = wide[t - 1][:, spread(a, dims + 2)] @ wide[t][:, spread(b, dims + 2)].T
    found[np.ix_(rows[t - 1], rows[t])] = shared
    return found


def _add_paths(
    fitted: Fitted, places: Places, diagonals: list[Floats], links: list[Floats]
) -> None:
    dims = fitted.positions.mean.shape[1]
    pull, diagonal = places.pull(fitted.steps)
    np.add.at(diagonal, places.before, pull)
    np.add.at(diagonal, places.after, pull)
    for t, block in enumerate(diagonals):
        own = diagonal[places.begin[t] : places.begin[t + 1]]
        block[np.diag_indices_from(block)] += np.repeat(own, dims)
    for t, link in enumerate(links):
        edges = slice(places.edges[t], places.edges[t + 1])
        here = spread(places.before[edges] - places.begin[t], dims)
        there = spread(places.after[edges] - places.begin[t + 1], dims)
        link[here, there] += np.repeat(pull[edges], dims)


def _cross(theta: Floats, w: Floats, w2: Floats) -> Floats:
    """(j, n, K + 2): second derivatives in eta and in the item's parameters, negated."""
    return np.concatenate([w[:, :, None] * theta, -w[:, :, None], -w2[:, :, None]], axis=2)


def _beside(beta: Floats, cross: Floats) -> Floats:
    """(j, n K, K + 2): the same in the positions, d eta / d theta being beta."""
    wide = cross[:, :, None, :] * beta[:, None, :, None]
    return wide.reshape(len(cross), -1, cross.shape[2])


def _own(theta: Floats, cross: Floats, w2: Floats, gap: Floats, abstained: Ints) -> Floats:
    """(j, K + 2, K + 2): minus the second derivatives in the item's parameters."""
    dims = theta.shape[1]
    found = np.empty((len(gap), dims + 2, dims + 2))
    found[:, :dims] = theta.T @ cross
    found[:, dims] = -cross.sum(axis=1)
    found[:, dims + 1] = found[:, :, dims + 1]
    between = abstained / (-np.expm1(-gap) * np.expm1(gap))  # of log(exp(c2 - c1) - 1)
    found[:, dims + 1, dims + 1] = gap**2 * (w2.sum(axis=1) + between)
    return found


def _states(beta: Floats, w: Floats) -> Floats:
    """(n K, n K) the sums of w beta beta' on the diagonal."""
    n, dims = w.shape[1], beta.shape[1]
    each = np.einsum("jn,ja,jb->nab", w, beta, beta, optimize=True)
    found = np.zeros((n, dims, n, dims))
    found[np.arange(n), :, np.arange(n), :] = each
    return found.reshape(n * dims, n * dims)
