"""The states' paths over periods: posterior means and covariances of a random walk, by state."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["inverse_of", "smooth"]


@njit(cache=True, nogil=True, inline="always")
def inverse_of(a, out):
    """Writes the inverse of a small symmetric positive definite matrix by Gauss-Jordan."""
    n = a.shape[0]
    work = a.copy()
    for i in range(n):
        for j in range(n):
            out[i, j] = 1.0 if i == j else 0.0
    for i in range(n):
        pivot = work[i, i]
        for j in range(n):
            work[i, j] /= pivot
            out[i, j] /= pivot
        for k in range(n):
            if k != i:
                factor = work[k, i]
                for j in range(n):
                    work[k, j] -= factor * work[i, j]
                    out[k, j] -= factor * out[i, j]


@njit(cache=True, nogil=True, inline="always")
def _forward(begin, end, precision, linear, step, inverse, right):
    """Writes what each state-period is given those before it: inverse precision, linear term."""
    dims = linear.shape[1]
    block = np.empty((dims, dims))
    for q in range(begin, end):
        diagonal = step[q] + (0.0 if q + 1 == end else step[q + 1])
        for k in range(dims):
            right[q, k] = linear[q, k]
            for j in range(dims):
                block[k, j] = precision[q, k, j] + (diagonal if k == j else 0.0)
        if q > begin:
            w = step[q]
            for k in range(dims):
                for j in range(dims):
                    block[k, j] -= w * w * inverse[q - 1, k, j]
                    right[q, k] += w * inverse[q - 1, k, j] * right[q - 1, j]
        inverse_of(block, inverse[q])


@njit(cache=True, nogil=True, inline="always")
def _backward(begin, end, step, inverse, right, mean, var, lag):
    """Writes mean, var and lag of each state-period given all of the path."""
    dims = mean.shape[1]
    for q in range(end - 1, begin - 1, -1):
        w = 0.0 if q + 1 == end else step[q + 1]
        after = min(q + 1, end - 1)  # itself at the end, where w = 0 leaves it out
        if q + 1 == end:
            mean[q], var[q] = 0.0, 0.0
        for k in range(dims):
            right[q, k] += w * mean[after, k]
            for j in range(dims):
                lag[q, k, j] = 0.0
                for a in range(dims):
                    lag[q, k, j] += w * inverse[q, k, a] * var[after, a, j]
        for k in range(dims):
            mean[q, k] = 0.0
            for j in range(dims):
                mean[q, k] += inverse[q, k, j] * right[q, j]
                var[q, k, j] = inverse[q, k, j]
                for a in range(dims):
                    var[q, k, j] += w * lag[q, k, a] * inverse[q, a, j]


@njit(cache=True, nogil=True)
def smooth(start, precision, linear, step, mean, var, lag):
    """Solves each state's block-tridiagonal system; writes means, covariances, lag-one covariances.

    start (s + 1,): where each state's path begins among the m state-periods. precision (m, K, K)
    and linear (m, K): of the data and the prior of the first, so that without steps the mean is
    precision^-1 linear. step (m,): precision of the step into each state-period, 0 for the first
    of a path. Writes mean (m, K), var (m, K, K), lag (m, K, K): covariance with the next.
    """
    m, dims = linear.shape
    inverse = np.empty((m, dims, dims))
    right = np.empty((m, dims))
    for i in range(start.shape[0] - 1):
        _forward(start[i], start[i + 1], precision, linear, step, inverse, right)
        _backward(start[i], start[i + 1], step, inverse, right, mean, var, lag)
