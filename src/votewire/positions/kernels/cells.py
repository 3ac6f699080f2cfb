"""Sums over the casts of one period, for the items and for the states; one exp for each cast.

A cast y of a state at theta on a text with discrimination beta and cutpoints c1 < c2 has
P(yes) = F(c1 - eta), P(no) = F(eta - c2), eta = beta . theta, F logistic. With D = c2 - c1,
P(abstain) = F(c1 - eta) F(eta - c2) (exp(D) - 1), so that the log-likelihood is a sum of two
binary ones: log F(c1 - eta) over Yes and abstain, log F(eta - c2) over abstain and No. The sums are
of their expected derivatives r1, r2 in eta and curvatures w1, w2, where eta - c is normal with
variance v: E[F(x)] is near F(kappa x) and E[F'(x)] near kappa F'(kappa x) with
kappa = 1 / sqrt(1 + pi v / 8).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

__all__ = ["ItemTerms", "item_sums", "state_sums"]

Floats = NDArray[np.float32]
f4 = np.float32


class ItemTerms(NamedTuple):
    """What the kernels know of r items in K dimensions: means, and covariances of what is summed.

    beta (r, K), c1 (r,), c2 (r,); bb (r, K, K) covariance of beta; b1, b2 (r, K) of beta with c1
    and with c2; v1, v2 (r,) variances of c1 and c2. All float32.
    """

    beta: Floats
    c1: Floats
    c2: Floats
    bb: Floats
    b1: Floats
    b2: Floats
    v1: Floats
    v2: Floats


@intrinsic
def _float_of_bits(_typing: Any, _bits: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), generate


@njit(fastmath=True, cache=True, nogil=True, error_model="numpy", inline="always")
def _logistic(x):
    """Writes F(x) over x, with an error under 1e-6.

    exp(-x) is 2**i * 2**w with |w| <= 1/2 and a polynomial in w: the compiler makes vectors of it,
    which it does not of a library call.
    """
    one = f4(1.0)
    for s in range(x.shape[0]):
        z = min(max(-x[s], f4(-60.0)), f4(60.0)) * f4(1.44269504)
        i = np.floor(z + f4(0.5))
        w = z - i
        p = f4(1.33335581e-3)
        p = p * w + f4(9.61812911e-3)
        p = p * w + f4(5.55041087e-2)
        p = p * w + f4(2.40226507e-1)
        p = p * w + f4(6.93147181e-1)
        p = p * w + one
        x[s] = one / (one + p * _float_of_bits((np.int32(i) + np.int32(127)) << np.int32(23)))


@njit(fastmath=True, cache=True, nogil=True, error_model="numpy", inline="always")
def _moments(casts, at, theta, var, item, r1, r2, w1, w2):
    """Writes r1, r2, w1, w2 of every state on the rollcall `at`; 0 where the cast is missing."""
    dims, n = theta.shape
    one, two, zero = f4(1.0), f4(2.0), f4(0.0)
    for s in range(n):
        r1[s] = zero
        w1[s] = item.v1[at]
        w2[s] = item.v2[at]
    for k in range(dims):
        b, h1, h2 = item.beta[at, k], two * item.b1[at, k], two * item.b2[at, k]
        for s in range(n):
            r1[s] += b * theta[k, s]
            w1[s] -= h1 * theta[k, s]
            w2[s] -= h2 * theta[k, s]
    for k in range(dims):
        for m in range(dims):
            own = item.bb[at, k, m]
            both = item.beta[at, k] * item.beta[at, m] + own
            for s in range(n):
                z = own * theta[k, s] * theta[m, s] + both * var[k, m, s]
                w1[s] += z
                w2[s] += z
    c1, c2 = item.c1[at], item.c2[at]
    for s in range(n):
        k1 = one / np.sqrt(one + f4(0.39269908) * w1[s])
        k2 = one / np.sqrt(one + f4(0.39269908) * w2[s])
        w1[s], w2[s] = k1 * (r1[s] - c1), k2 * (c2 - r1[s])
        r1[s], r2[s] = k1, k2
    _logistic(w1)
    _logistic(w2)
    for s in range(n):
        y = casts[at, s]
        upper = one if y < 2 else zero  # Yes or abstain
        lower = one if (y == 1 or y == 2) else zero  # abstain or No
        e, f = w1[s], w2[s]
        w1[s] = upper * r1[s] * e * (one - e)
        w2[s] = lower * r2[s] * f * (one - f)
        r1[s] = -upper * e
        r2[s] = lower * f


@njit(fastmath=True, cache=True, nogil=True, error_model="numpy")
def item_sums(casts, theta, var, item, g, h, r1, r2, w1, w2):
    """Writes the sums over states of each rollcall of a period.

    casts (r, n) int8; theta (K, n), var (K, K, n) of the states' positions. g (r, K + 2): sum of
    (r1 + r2) theta, of r1, of r2. h (r, 2 K K + 2 K + 2): sums of w theta theta', of w var, of
    w theta, of w2 theta, of w, of w2, with w = w1 + w2. r1, r2, w1, w2: (n,) to work in.
    """
    dims, n = theta.shape
    after = 2 * dims * dims
    for at in range(casts.shape[0]):
        _moments(casts, at, theta, var, item, r1, r2, w1, w2)
        a, b, c, d = f4(0.0), f4(0.0), f4(0.0), f4(0.0)
        for s in range(n):
            a += r1[s]
            b += r2[s]
            c += w1[s] + w2[s]
            d += w2[s]
        g[at, dims], g[at, dims + 1] = a, b
        h[at, after + 2 * dims], h[at, after + 2 * dims + 1] = c, d
        for k in range(dims):
            a, b, c = f4(0.0), f4(0.0), f4(0.0)
            for s in range(n):
                a += (r1[s] + r2[s]) * theta[k, s]
                b += (w1[s] + w2[s]) * theta[k, s]
                c += w2[s] * theta[k, s]
            g[at, k], h[at, after + k], h[at, after + dims + k] = a, b, c
            for m in range(dims):
                a, b = f4(0.0), f4(0.0)
                for s in range(n):
                    w = w1[s] + w2[s]
                    a += w * theta[k, s] * theta[m, s]
                    b += w * var[k, m, s]
                h[at, k * dims + m], h[at, (dims + k) * dims + m] = a, b


@njit(fastmath=True, cache=True, nogil=True, error_model="numpy")
def state_sums(casts, theta, var, item, g, h, r1, r2, w1, w2):
    """Adds the sums over a period's rollcalls of each state: g (K, n) gradient, h (K, K, n).

    h is minus the second derivative without the correction. Arguments else as in `item_sums`.
    """
    dims, n = theta.shape
    for at in range(casts.shape[0]):
        _moments(casts, at, theta, var, item, r1, r2, w1, w2)
        for k in range(dims):
            b, h1, h2 = item.beta[at, k], item.b1[at, k], item.b2[at, k]
            for s in range(n):
                g[k, s] += b * (r1[s] + r2[s]) + w1[s] * h1 + w2[s] * h2
            for m in range(dims):
                own = item.bb[at, k, m]
                both = b * item.beta[at, m] + own
                for s in range(n):
                    w = w1[s] + w2[s]
                    g[k, s] -= w * own * theta[m, s]
                    h[k, m, s] += both * w
