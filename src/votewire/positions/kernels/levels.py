"""Sums over positions and items that a joint move of whole groups of periods needs."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["item_moments", "moved_items", "moved_positions", "path_moments"]


@njit(cache=True, nogil=True)
def path_moments(group, precision, diagonal, mean, var, lag, found):
    """Adds the prior of the paths in x = (theta, 1), summed over pairs of groups.

    group (m,): of each state-period. precision, diagonal (m,): of the steps. found (G, G, K + 1,
    K + 1): the paths' minus twice log density is the sum over g, h of tr(Z_g found_gh Z_h') once
    theta has become Z_g x in group g.
    """
    m, dims = mean.shape
    x, y = np.ones(dims + 1), np.ones(dims + 1)
    for q in range(m):
        a, w = group[q], precision[q]
        after = q + 1 < m and precision[q + 1] > 0.0
        own = diagonal[q] + w + (precision[q + 1] if after else 0.0)
        for k in range(dims):
            x[k] = mean[q, k]
        for k in range(dims + 1):
            for j in range(dims + 1):
                spread = var[q, k, j] if k < dims and j < dims else 0.0
                found[a, a, k, j] += own * (x[k] * x[j] + spread)
        if w > 0.0:
            b = group[q - 1]
            for k in range(dims):
                y[k] = mean[q - 1, k]
            for k in range(dims + 1):
                for j in range(dims + 1):
                    # lag[q - 1] is the covariance of theta[q - 1] with theta[q]
                    spread = lag[q - 1, j, k] if k < dims and j < dims else 0.0
                    value = w * (x[k] * y[j] + spread)
                    found[a, b, k, j] -= value
                    found[b, a, j, k] -= value


@njit(cache=True, nogil=True)
def item_moments(group, mean, cov, first, second):
    """Adds the items' E[phi] to first (G, K + 2) and E[phi phi'] to second (G, K + 2, K + 2)."""
    for j in range(mean.shape[0]):
        g = group[j]
        for k in range(mean.shape[1]):
            first[g, k] += mean[j, k]
            for m in range(mean.shape[1]):
                second[g, k, m] += mean[j, k] * mean[j, m] + cov[j, k, m]


@njit(cache=True, nogil=True, inline="always")
def _between(left, a, right, half):
    """Writes left a right' over a."""
    n = a.shape[0]
    for i in range(n):
        for j in range(n):
            half[i, j] = 0.0
            for k in range(n):
                half[i, j] += left[i, k] * a[k, j]
    for i in range(n):
        for j in range(n):
            a[i, j] = 0.0
            for k in range(n):
                a[i, j] += half[i, k] * right[j, k]


@njit(cache=True, nogil=True, inline="always")
def _times(by, x, work):
    """Writes by x over x."""
    for i in range(x.shape[0]):
        work[i] = 0.0
        for k in range(x.shape[0]):
            work[i] += by[i, k] * x[k]
    x[:] = work


@njit(cache=True, nogil=True)
def moved_positions(start, group, by, shift, mean, var, lag):
    """Makes theta by_g theta + shift_g in each group, writing over mean, var and lag."""
    dims = mean.shape[1]
    half, work = np.empty((dims, dims)), np.empty(dims)
    for i in range(start.shape[0] - 1):
        for q in range(start[i], start[i + 1]):
            g = group[q]
            beside = group[q + 1] if q + 1 < start[i + 1] else g
            _times(by[g], mean[q], work)
            mean[q] += shift[g]
            _between(by[g], var[q], by[g], half)
            _between(by[g], lag[q], by[beside], half)


@njit(cache=True, nogil=True)
def moved_items(group, by, mean, cov):
    """Makes phi by_g phi, writing over mean and cov."""
    width = mean.shape[1]
    half, work = np.empty((width, width)), np.empty(width)
    for j in range(mean.shape[0]):
        g = group[j]
        _times(by[g], mean[j], work)
        _between(by[g], cov[j], by[g], half)
