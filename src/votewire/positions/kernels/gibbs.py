"""One sweep of the probit sampler over texts: cutpoints, latent casts, discriminations.

A cast y of a state at theta on a text with discrimination beta and cutpoints c1 < c2 is a latent
z ~ N(beta theta, 1) seen through the cutpoints: Yes below c1, No above c2, abstention between
(Albert and Chib 1993). Cutpoints move by a random walk with the latents integrated out (Cowles
1996), then the latents are drawn, then beta given them. Every interval is turned so that its
probabilities are those of a lower tail, where 32 bits lose nothing. Random numbers are hashes of
(key, row, state): the same whatever the order in which texts are taken.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from votewire.positions.kernels.normals import (
    FAST,
    below,
    fraction,
    log_of,
    mixed,
    normals,
    quantile,
    uniform,
)

__all__ = ["Rolls", "Texts", "ends", "latents", "log_ratio", "pull", "sweep_texts"]

f4, u4, u8 = np.float32, np.uint32, np.uint64
_CAP = f4(9.0)  # of a latent cast
_CUT = 7.0  # farthest cutpoint


class Rolls(NamedTuple):
    """The rolls ordered by text; n cells in all, R rows, J texts, m state-periods.

    casts: (n,) int8, row after row. begin: (R + 1,) where each row's cells begin. place: (R,) where
    in the m state-periods, ordered by period, a row's states begin. first: (J + 1,) the first row
    of each text.
    """

    casts: NDArray[np.int8]
    begin: NDArray[np.int64]
    place: NDArray[np.int64]
    first: NDArray[np.int64]


class Texts(NamedTuple):
    """Where the texts are: beta, c1, gap = c2 - c1 and the scales of the moves of c1 and gap (J,).

    accepted: (J,) how many moves of cutpoints were made. All but that float64.
    """

    beta: NDArray[np.float64]
    c1: NDArray[np.float64]
    gap: NDArray[np.float64]
    scale: NDArray[np.float64]
    gap_scale: NDArray[np.float64]
    accepted: NDArray[np.int64]


@njit(**FAST)
def _interval(y, x1, x2):
    """The interval (low, high) of the latent's error, turned to its lower tail, and the turn."""
    far, one, zero = f4(30.0), f4(1.0), f4(0.0)
    turned = x1 + x2 > zero
    low = (-x2 if turned else x1) if y == 1 else -far
    high = (-x1 if turned else x2) if y == 1 else far
    sign = -one if (turned and y == 1) or y == 2 else one
    high = x1 if y == 0 else high
    high = -x2 if y == 2 else high
    return low, high, sign


@njit(**FAST)
def ends(casts, theta, beta, c1, c2, low, high):
    """Writes the probabilities below the two ends of each cast's interval."""
    b, one, two = f4(beta), f4(c1), f4(c2)
    for s in range(casts.shape[0]):
        m = b * theta[s]
        lower, upper, _ = _interval(casts[s], one - m, two - m)
        low[s] = below(lower)
        high[s] = below(upper)


@njit(**FAST)
def log_ratio(low, high, new_low, new_high):
    """The sum over casts of log P(new) - log P(old)."""
    found = f4(0.0)
    least = f4(1e-37)
    for s in range(low.shape[0]):
        new, old = new_high[s] - new_low[s], high[s] - low[s]
        found += log_of(max(new, least) / max(old, least))
    return np.float64(found)


@njit(**FAST)
def latents(casts, theta, beta, c1, c2, low, high, key, z, sums):
    """Writes the latent casts z, 0 where missing; adds theta z and theta^2 over them to sums."""
    b, one, two = f4(beta), f4(c1), f4(c2)
    first, second = u4(key & u8(0xFFFFFFFF)), u4(key >> u8(32))
    with_z, squares = f4(0.0), f4(0.0)
    for s in range(casts.shape[0]):
        y, t = casts[s], theta[s]
        m = b * t
        lower, upper, sign = _interval(y, one - m, two - m)
        p = low[s] + uniform(first, second, s) * (high[s] - low[s])
        w = min(max(quantile(p), lower), upper)
        drawn = min(max(m + sign * w, -_CAP), _CAP)
        drawn = drawn if y < 3 else f4(0.0)
        z[s] = drawn
        with_z += t * drawn
        squares += t * t if y < 3 else f4(0.0)
    sums[0] += with_z
    sums[1] += squares


@njit(**FAST)
def pull(casts, z, beta, linear, precision):
    """Adds beta z and beta^2 of each cast to its state's sums."""
    b = f4(beta)
    square = b * b
    for s in range(casts.shape[0]):
        linear[s] += b * z[s]
        precision[s] += square if casts[s] < 3 else f4(0.0)


@njit(**FAST)
def _moved(j, texts, key):
    """A move of the cutpoints: c1 and gap, c2 at most 7 and c1 at least -7; whether it may be."""
    a, b = normals(key)
    c1 = texts.c1[j] + texts.scale[j] * a
    gap = abs(texts.gap[j] + texts.gap_scale[j] * b)  # turned back at 0: as likely either way
    return c1, gap, c1 > -_CUT and c1 + gap < _CUT


@njit(**FAST)
def _cutpoints(rolls, texts, theta, j, own, work):
    """Moves the cutpoints of text j, or not; which half of work its probabilities are in.

    Leaves there the probabilities below the ends of each cast's interval under the cutpoints that
    stand afterwards.
    """
    start = rolls.begin[rolls.first[j]]
    beta, c1, c2 = texts.beta[j], texts.c1[j], texts.c1[j] + texts.gap[j]
    new, gap, may = _moved(j, texts, own)
    ratio = 0.0
    for row in range(rolls.first[j], rolls.first[j + 1]):
        a, b, at = rolls.begin[row], rolls.begin[row + 1], rolls.place[row]
        casts, here = rolls.casts[a:b], theta[at : at + b - a]
        low, high = work[0][a - start : b - start], work[1][a - start : b - start]
        ends(casts, here, beta, c1, c2, low, high)
        if may:
            new_low, new_high = work[2][a - start : b - start], work[3][a - start : b - start]
            ends(casts, here, beta, new, new + gap, new_low, new_high)
            ratio += log_ratio(low, high, new_low, new_high)
    if not may or np.log(fraction(own ^ u8(0x8EBC6AF09C88C6E3))) >= ratio:
        return 0
    texts.c1[j], texts.gap[j] = new, gap
    texts.accepted[j] += 1
    return 2


@njit(**FAST)
def sweep_texts(rolls, texts, theta, key, begin, end, linear, precision, work):
    """Moves texts begin .. end and adds what their latents say of the states.

    theta (m,) float32, by period. key: uint64 of this sweep. linear, precision (m,) float32: sums
    of beta z and of beta^2 over a state's casts. work: five arrays (cells of the longest text,)
    float32.
    """
    sums = np.zeros(2)
    for j in range(begin, end):
        own = mixed(u8(key + u8(j) * u8(0xA0761D6478BD642F)))
        side = _cutpoints(rolls, texts, theta, j, own, work)
        start = rolls.begin[rolls.first[j]]
        beta, c1, c2 = texts.beta[j], texts.c1[j], texts.c1[j] + texts.gap[j]
        sums[:] = 0.0
        for row in range(rolls.first[j], rolls.first[j + 1]):
            a, b, at = rolls.begin[row], rolls.begin[row + 1], rolls.place[row]
            low, high = work[0][a - start : b - start], work[1][a - start : b - start]
            if side:
                low, high = work[2][a - start : b - start], work[3][a - start : b - start]
            drawn = mixed(u8(own + u8(row + 1) * u8(0xE7037ED1A0B428DB)))
            casts, here, z = (
                rolls.casts[a:b],
                theta[at : at + b - a],
                work[4][a - start : b - start],
            )
            latents(casts, here, beta, c1, c2, low, high, drawn, z, sums)
        normal, _ = normals(u8(own ^ u8(0x589965CC75374CC3)))
        beta = sums[0] / (sums[1] + 1.0) + normal / np.sqrt(sums[1] + 1.0)
        texts.beta[j] = beta
        for row in range(rolls.first[j], rolls.first[j + 1]):
            a, b, at = rolls.begin[row], rolls.begin[row + 1], rolls.place[row]
            z, states = work[4][a - start : b - start], slice(at, at + b - a)
            pull(rolls.casts[a:b], z, beta, linear[states], precision[states])
