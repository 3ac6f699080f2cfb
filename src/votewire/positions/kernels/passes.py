"""All periods of a problem in one call, and Newton's steps of the items from their sums.

The arrays of the periods lie one after the other: casts and, for each period, theta (K, n) and
var (K, K, n) of its states. A call takes the periods or items from `first` to `last`, so that
threads share the work.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from votewire.positions.kernels.cells import ItemTerms, item_sums, state_sums
from votewire.positions.kernels.paths import inverse_of

__all__ = ["item_pass", "item_steps", "state_pass", "terms_of"]

f4 = np.float32


@njit(cache=True, nogil=True)
def terms_of(of, mean, cov, beta, c1, c2, bb, b1, b2, v1, v2):
    """Writes the terms of some items: c2 = c + exp(delta), its covariances to first order."""
    dims = mean.shape[1] - 2
    for r in range(of.shape[0]):
        j = of[r]
        gap = np.exp(mean[j, dims + 1])
        c1[r], c2[r] = mean[j, dims], mean[j, dims] + gap
        v1[r] = cov[j, dims, dims]
        v2[r] = v1[r] + 2 * gap * cov[j, dims, dims + 1] + gap**2 * cov[j, dims + 1, dims + 1]
        for k in range(dims):
            beta[r, k] = mean[j, k]
            b1[r, k] = cov[j, k, dims]
            b2[r, k] = b1[r, k] + gap * cov[j, k, dims + 1]
            for m in range(dims):
                bb[r, k, m] = cov[j, k, m]


@njit(cache=True, nogil=True, inline="always")
def _terms(item, a, b):
    return ItemTerms(
        item.beta[a:b],
        item.c1[a:b],
        item.c2[a:b],
        item.bb[a:b],
        item.b1[a:b],
        item.b2[a:b],
        item.v1[a:b],
        item.v2[a:b],
    )


@njit(cache=True, nogil=True)
def item_pass(first, last, casts, rolls, places, theta, var, item, g, h):
    """Writes `item_sums` of every rollcall of some periods.

    casts: int8, flat. rolls, places (t + 1,): where each period's rollcalls and states begin.
    theta, var: flat. item: terms of each rollcall. g (r, K + 2), h (r, 2 K K + 2 K + 2).
    """
    dims = item.beta.shape[1]
    begin = np.int64(0)
    for t in range(last):
        a, b, p, q = rolls[t], rolls[t + 1], places[t], places[t + 1]
        n = q - p
        end = begin + (b - a) * n
        if t >= first:
            work = np.empty((4, n), dtype=f4)
            item_sums(
                casts[begin:end].reshape((b - a, n)),
                theta[p * dims : q * dims].reshape((dims, n)),
                var[p * dims * dims : q * dims * dims].reshape((dims, dims, n)),
                _terms(item, a, b),
                g[a:b],
                h[a:b],
                work[0],
                work[1],
                work[2],
                work[3],
            )
        begin = end


@njit(cache=True, nogil=True)
def state_pass(first, last, casts, rolls, places, theta, var, item, g, h):
    """Adds `state_sums` of every state of some periods to g and h, flat as theta and var are."""
    dims = item.beta.shape[1]
    begin = np.int64(0)
    for t in range(last):
        a, b, p, q = rolls[t], rolls[t + 1], places[t], places[t + 1]
        n = q - p
        end = begin + (b - a) * n
        if t >= first:
            work = np.empty((4, n), dtype=f4)
            state_sums(
                casts[begin:end].reshape((b - a, n)),
                theta[p * dims : q * dims].reshape((dims, n)),
                var[p * dims * dims : q * dims * dims].reshape((dims, dims, n)),
                _terms(item, a, b),
                g[p * dims : q * dims].reshape((dims, n)),
                h[p * dims * dims : q * dims * dims].reshape((dims, dims, n)),
                work[0],
                work[1],
                work[2],
                work[3],
            )
        begin = end


@njit(cache=True, nogil=True)
def item_steps(first, last, order, starts, g, h, abstained, prior_mean, prior, longest, mean, cov):
    """Moves the items from `first` to `last` by Newton's step each; writes over mean and cov.

    order (r,): rollcalls by item; starts (j + 1,): where each item's begin in it. g, h: as
    `item_pass` writes them. abstained (j,). prior (K + 2, K + 2) precision. longest: move of any
    parameter, more where one is above 4. cov becomes the inverse of the curvature at the old mean.
    """
    width = mean.shape[1]
    dims = width - 2
    gradient, curvature = np.empty(width), np.empty((width, width))
    sums, squares = np.empty(g.shape[1]), np.empty(h.shape[1])
    for j in range(first, last):
        sums[:], squares[:] = 0.0, 0.0
        for at in range(starts[j], starts[j + 1]):
            r = order[at]
            for k in range(g.shape[1]):
                sums[k] += g[r, k]
            for k in range(h.shape[1]):
                squares[k] += h[r, k]
        _derivatives(sums, squares, abstained[j], mean[j], gradient, curvature)
        for k in range(width):
            for m in range(width):
                gradient[k] -= prior[k, m] * (mean[j, m] - prior_mean[m])
                curvature[k, m] += prior[k, m]
        inverse_of(curvature, cov[j])
        largest, size = 1e-9, 1.0
        for k in range(width):
            sums[k] = 0.0
            for m in range(width):
                sums[k] += cov[j, k, m] * gradient[m]
            largest = max(largest, abs(sums[k]))
            size = max(size, 0.25 * abs(mean[j, k]))
        for k in range(width):
            mean[j, k] += min(1.0, longest * size / largest) * sums[k]
        mean[j, dims + 1] = min(max(mean[j, dims + 1], -4.0), 3.0)  # cutpoints .02 to 20 apart


@njit(cache=True, nogil=True, inline="always")
def _derivatives(sums, squares, abstained, mean, gradient, curvature):
    """Writes an item's gradient and curvature without its prior."""
    dims = mean.shape[0] - 2
    square, after = dims * dims, 2 * dims * dims
    gap = np.exp(mean[dims + 1])
    spread = np.expm1(gap)
    in_gap = -sums[dims + 1] + abstained * (1 + 1 / spread)  # derivative in c2 - c1
    gradient[dims] = -sums[dims] - sums[dims + 1]
    gradient[dims + 1] = gap * in_gap
    for k in range(dims):
        gradient[k] = sums[k]
        for m in range(dims):
            gradient[k] -= squares[square + k * dims + m] * mean[m]
            curvature[k, m] = squares[k * dims + m] + squares[square + k * dims + m]
        curvature[k, dims] = curvature[dims, k] = -squares[after + k]
        curvature[k, dims + 1] = curvature[dims + 1, k] = -gap * squares[after + dims + k]
    both, lower = squares[after + 2 * dims], squares[after + 2 * dims + 1]
    curvature[dims, dims] = both
    curvature[dims, dims + 1] = curvature[dims + 1, dims] = gap * lower
    # Of the gap's own curvature only what keeps the matrix positive definite.
    bend = abstained * (1 + 1 / spread) / spread
    curvature[dims + 1, dims + 1] = gap**2 * (lower + bend) + max(-gap * in_gap, 0.0)
