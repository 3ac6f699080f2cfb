"""The gradient and the value of the log-likelihood at points: positions and texts at once."""

from __future__ import annotations

import numpy as np
from numba import njit

from votewire.positions.kernels.cells import _logistic

__all__ = ["joint_gradient", "joint_value"]

f4 = np.float32


@njit(fastmath=True, cache=True, nogil=True, error_model="numpy")
def joint_gradient(casts, theta, beta, c1, c2, of_theta, of_beta, of_c1, of_c2):
    """Writes the gradient of a period's log-likelihood.

    casts (r, n) int8; theta (K, n), beta (r, K), c1, c2 (r,): float32. of_theta (K, n), of_beta
    (r, K), of_c1, of_c2 (r,): float32, written over; of_c2 is without what abstentions add through
    log(exp(c2 - c1) - 1).
    """
    dims, n = theta.shape
    zero = f4(0.0)
    e, f = np.empty(n, dtype=np.float32), np.empty(n, dtype=np.float32)
    of_theta[:] = zero
    for at in range(casts.shape[0]):
        for s in range(n):
            f[s] = zero
        for k in range(dims):
            b = beta[at, k]
            for s in range(n):
                f[s] += b * theta[k, s]
        cut, cut2 = c1[at], c2[at]
        for s in range(n):
            e[s] = f[s] - cut
            f[s] = cut2 - f[s]
        _logistic(e)
        _logistic(f)
        a, b = zero, zero
        for s in range(n):
            y = casts[at, s]
            e[s] = e[s] if y < 2 else zero
            f[s] = f[s] if (y == 1 or y == 2) else zero
            a += e[s]
            b += f[s]
            f[s] -= e[s]
        of_c1[at], of_c2[at] = a, -b
        for k in range(dims):
            b, a = beta[at, k], zero
            for s in range(n):
                of_theta[k, s] += b * f[s]
                a += f[s] * theta[k, s]
            of_beta[at, k] = a


@njit(fastmath=True, cache=True, nogil=True, error_model="numpy")
def joint_value(casts, theta, beta, c1, c2):
    """The log-likelihood of a period's casts; arguments as in `joint_gradient`, but float64."""
    dims, n = theta.shape
    total = 0.0
    for at in range(casts.shape[0]):
        gap = c2[at] - c1[at]
        between = gap + np.log(-np.expm1(-gap))
        for s in range(n):
            y = casts[at, s]
            if y > 2:
                continue
            eta = 0.0
            for k in range(dims):
                eta += beta[at, k] * theta[k, s]
            if y < 2:
                x = eta - c1[at]
                total -= max(x, 0.0) + np.log1p(np.exp(-abs(x)))
            if y > 0:
                x = c2[at] - eta
                total -= max(x, 0.0) + np.log1p(np.exp(-abs(x)))
            if y == 1:
                total += between
    return total
