"""The normal distribution in 32 bits, both ways, and random numbers that are hashes of a key.

Formulas without branches or library calls, of which the compiler makes vectors: a sampler needs
them some millions of times a sweep. Coefficients are least-squares fits, reweighted towards the
largest error. A random number depends on its key and place alone, so that it is the same in
whatever order, and by however many threads, the places are taken.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

__all__ = ["FAST", "below", "fraction", "log_of", "mixed", "normals", "quantile", "uniform"]

f4, i4, u4, u8 = np.float32, np.int32, np.uint32, np.uint64
FAST: dict[str, Any] = {"fastmath": True, "cache": True, "nogil": True, "error_model": "numpy"}
_FAR = f4(12.9)  # probabilities beyond it are below what 32 bits hold


@intrinsic
def _float_of(_typing: Any, _bits: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        return builder.bitcast(arguments[0], ir.FloatType())

    return types.float32(types.int32), generate


@intrinsic
def _bits_of(_typing: Any, _number: Any) -> Any:
    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        from llvmlite import ir

        return builder.bitcast(arguments[0], ir.IntType(32))

    return types.int32(types.float32), generate


@njit(**FAST)
def exp_of(x):
    """exp(x) for x from -87 to 0: a power of two, and a polynomial in what is left over."""
    z = x * f4(1.44269504)
    i = np.floor(z + f4(0.5))
    w = x - i * f4(0.693359375) + i * f4(2.12194440e-4)
    p = f4(0.00831252062)
    p = p * w + f4(0.0418901576)
    p = p * w + f4(0.166671146)
    p = p * w + f4(0.499992315)
    p = p * w * w + w + f4(1.0)
    return p * _float_of(i4(i4(i4(i) + i4(127)) << i4(23)))


@njit(**FAST)
def log_of(x):
    """The natural logarithm of a positive number: its power of two, and a polynomial."""
    bits = _bits_of(x)
    shifted = i4(bits - i4(0x3F3504F3))  # so that the mantissa is between sqrt(1/2) and sqrt(2)
    e = i4(shifted >> i4(23))
    w = _float_of(i4(bits - i4(e << i4(23)))) - f4(1.0)
    p = f4(0.0870041813)
    p = p * w + f4(-0.142674845)
    p = p * w + f4(0.149147724)
    p = p * w + f4(-0.16577585)
    p = p * w + f4(0.199630634)
    p = p * w + f4(-0.25001337)
    p = p * w + f4(0.333339107)
    return f4(e) * f4(0.69314718) + (w - f4(0.5) * w * w + p * w * w * w)


@njit(**FAST)
def below(x):
    """P(Z < x) of a standard normal, to 2e-6 of itself down to x = -6, 5e-6 down to -12.9.

    The ratio of the tail to the density is a polynomial in 1 / (1 + 0.3 |x|), fitted to 1.5e-7.
    """
    y = min(abs(x), _FAR)
    t = f4(1.0) / (f4(1.0) + f4(0.3) * y)
    p = f4(0.0356751237)
    p = p * t + f4(-0.157204471)
    p = p * t + f4(0.206355762)
    p = p * t + f4(-0.053685581)
    p = p * t + f4(0.128562573)
    p = p * t + f4(0.0999132301)
    p = p * t + f4(0.120753994)
    p = p * t + f4(0.119629297)
    tail = p * t * exp_of(f4(-0.5) * y * y)
    return tail if x < f4(0.0) else f4(1.0) - tail


@njit(**FAST)
def quantile(p):
    """The x with P(Z < x) = p, to 2e-6, for p between 1e-37 and 1.

    With s = sqrt(-2 log p), x + s is a smooth function of s in the lower half; its ratio of
    polynomials, fitted to s from 1.17 to 13, has an error of 2e-7. One formula without branches,
    as the compiler makes no vectors of more.
    """
    s = np.sqrt(f4(-2.0) * log_of(max(min(p, f4(1.0) - p), f4(1e-37))))
    above = (f4(0.0479290353) * s + f4(1.77675971)) * s + f4(7.70525257)
    above = above * s + f4(3.1409254)
    under = (f4(0.00739126251) * s + f4(0.456836357)) * s + f4(3.59508436)
    under = (under * s + f4(4.91554729)) * s + f4(1.0)
    x = s - above / under
    return -x if p < f4(0.5) else x


@njit(**FAST)
def mixed(key):
    """A 64-bit hash (the finalizer of SplitMix64)."""
    z = u8(key + u8(0x9E3779B97F4A7C15))
    z = u8((z ^ (z >> u8(30))) * u8(0xBF58476D1CE4E5B9))
    z = u8((z ^ (z >> u8(27))) * u8(0x94D049BB133111EB))
    return u8(z ^ (z >> u8(31)))


@njit(**FAST)
def uniform(low, high, s):
    """A number in (0, 1) by two rounds of a 32-bit hash of s, each with a key of its own."""
    x = u4(u4(u4(s) * u4(0x9E3779B9)) + low)
    x = u4(x ^ u4(x >> u4(16)))
    x = u4(x * u4(0x7FEB352D))
    x = u4(x ^ u4(x >> u4(15)))
    x = u4(x * u4(0x846CA68B))
    x = u4(x ^ u4(x >> u4(16)))
    x = u4(x ^ high)
    x = u4(x * u4(0x7FEB352D))
    x = u4(x ^ u4(x >> u4(15)))
    x = u4(x * u4(0x846CA68B))
    x = u4(x ^ u4(x >> u4(16)))
    return (f4(i4(x >> u4(9))) + f4(0.5)) * f4(1.1920929e-7)


@njit(**FAST)
def fraction(key):
    """A number in (0, 1) of a key."""
    return (np.float64(mixed(key) >> u8(11)) + 0.5) / 9007199254740992.0


@njit(**FAST)
def normals(key):
    """Two standard normals of a key (Box and Muller)."""
    u, v = fraction(key), fraction(key ^ u8(0xD1B54A32D192ED03))
    r = np.sqrt(-2.0 * np.log(u))
    return r * np.cos(2 * np.pi * v), r * np.sin(2 * np.pi * v)
