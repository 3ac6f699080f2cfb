"""One day of votes: what its casts make of the texts and of the states, both uncertain.

P(y <= k) = F(c_k - beta . theta) for yes < abstain < no, F logistic, c_2 = c_1 + exp(delta). With
both sides normal, E F(x) is F(k x) with k = 1 / sqrt(1 + pi v / 8), v the variance of x (MacKay
1992). A text's parameters are (beta_1 .. beta_K, c_1, delta); D = K + 2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "GAPS",
    "Slopes",
    "States",
    "Texts",
    "bent",
    "inverted",
    "slopes",
    "states_after",
    "texts_of",
]

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]

GAPS = (-4.0, 3.0)  # of delta: cutpoints nearer than 0.02 or farther than 20 tell nothing more
_STEPS = 25  # Newton steps at most; from the prior's mean five are usual
_FAR = 1.0  # the longest Newton step of a parameter
_NEAR = 1e-3  # a step under this ends the search
_CLIP = 0.6  # the longest move of a state in one turn


class States(NamedTuple):
    """Positions of n states: mean (n, K), var (n, K, K)."""

    mean: Floats
    var: Floats


class Texts(NamedTuple):
    """Parameters of r texts: mean (r, D), and their covariance or its inverse (r, D, D)."""

    mean: Floats
    matrix: Floats


class Slopes(NamedTuple):
    """First (r) and second (w) derivatives of each cast's log-likelihood at both cutpoints."""

    r1: Floats
    r2: Floats
    w1: Floats
    w2: Floats


def slopes(casts: Choices, eta: Floats, c: Floats, gap: Floats, v1: Floats, v2: Floats) -> Slopes:
    """Derivatives in eta = beta . theta, all 0 where a cast is missing; any shape.

    gap: exp(delta). v1, v2: variances of eta - c_1 and of eta - c_2. Yes has log F(c_1 - eta), No
    log F(eta - c_2), an abstention both of them and a term of the gap alone.
    """
    k1, k2 = 1 / np.sqrt(1 + np.pi / 8 * v1), 1 / np.sqrt(1 + np.pi / 8 * v2)
    e = 1 / (1 + np.exp(-k1 * (eta - c)))
    f = 1 / (1 + np.exp(k2 * (eta - c - gap)))
    upper, lower = casts < 2, (casts == 1) | (casts == 2)
    return Slopes(upper * -e, lower * f, upper * (k1 * e * (1 - e)), lower * (k2 * f * (1 - f)))


def inverted(matrices: Floats) -> Floats:
    """The inverse of each matrix (..., D, D)."""
    return np.asarray(np.linalg.inv(matrices), dtype=np.float64)


def bent(gap: Floats) -> tuple[Floats, Floats]:
    """First derivative in the gap of an abstention's own term, and its negative second one."""
    spread = np.expm1(gap)
    return 1 + 1 / spread, (1 + 1 / spread) / spread


def texts_of(
    casts: Choices, states: States, before: Texts, begin: Floats | None = None
) -> tuple[Texts, Texts]:
    """The texts given the casts (r, n) on them: with covariances, and with their inverses.

    before: what was known of them, with inverse covariances. begin (r, D): where the search starts.
    """
    items = before.mean if begin is None else begin
    for _ in range(_STEPS):
        gradient, curvature, brake = _newton(casts, states, items, before)
        damped = curvature.copy()
        damped[:, -1, -1] += brake
        move = np.linalg.solve(damped, gradient[..., None])[..., 0]
        farthest = np.abs(move).max(axis=1, initial=1e-9)
        items = items + move * np.minimum(1.0, _FAR / farthest)[:, None]
        items[:, -1] = items[:, -1].clip(*GAPS)
        if farthest.max(initial=0.0) < _NEAR:
            break
    return Texts(items, inverted(curvature)), Texts(items, curvature)


def _newton(
    casts: Choices, states: States, items: Floats, before: Texts
) -> tuple[Floats, Floats, Floats]:
    """Gradient (r, D), curvature (r, D, D), and what the curvature in delta may lack (r,)."""
    n, dims = states.mean.shape
    beta, c, gap = items[:, :dims], items[:, dims], np.exp(items[:, dims + 1])
    flat = states.var.reshape(n, -1)
    v = (beta[:, :, None] * beta[:, None, :]).reshape(len(beta), -1) @ flat.T
    s = slopes(casts, beta @ states.mean.T, c[:, None], gap[:, None], v, v)
    r, w = s.r1 + s.r2, s.w1 + s.w2
    first, second = bent(gap)
    abstained = (casts == 1).sum(axis=1)
    away = items - before.mean
    gradient = -(before.matrix @ away[..., None])[..., 0]
    wv = (w @ flat).reshape(-1, dims, dims)
    gradient[:, :dims] += r @ states.mean - (wv @ beta[..., None])[..., 0]
    gradient[:, dims] -= r.sum(axis=1)
    in_gap = gap * (first * abstained - s.r2.sum(axis=1))
    gradient[:, dims + 1] += in_gap
    h = before.matrix.copy()
    outer = (states.mean[:, :, None] * states.mean[:, None, :]).reshape(n, -1)
    h[:, :dims, :dims] += wv + (w @ outer).reshape(-1, dims, dims)
    one, two = w @ states.mean, gap[:, None] * (s.w2 @ states.mean)
    h[:, :dims, dims] -= one
    h[:, dims, :dims] -= one
    h[:, :dims, dims + 1] -= two
    h[:, dims + 1, :dims] -= two
    h[:, dims, dims] += w.sum(axis=1)
    both = gap * s.w2.sum(axis=1)
    h[:, dims, dims + 1] += both
    h[:, dims + 1, dims] += both
    h[:, dims + 1, dims + 1] += gap * both + gap**2 * second * abstained
    return gradient, h, np.maximum(-in_gap, 0.0)


def states_after(casts: Choices, states: States, before: Texts, turns: int) -> tuple[States, Texts]:
    """States and texts after a day's casts (r, n), settled by turns; texts with covariances."""
    inverse = inverted(states.var)
    now = states
    texts, _ = texts_of(casts, now, before)
    for turn in range(turns):
        if turn:
            texts, _ = texts_of(casts, now, before, texts.mean)
        gradient, data = _told(casts, now.mean, texts)
        gradient -= (inverse @ (now.mean - states.mean)[..., None])[..., 0]
        var = inverted(inverse + data)
        move = (var @ gradient[..., None])[..., 0].clip(-_CLIP, _CLIP)
        now = States(now.mean + move, var)
    return now, texts


def _told(casts: Choices, mean: Floats, texts: Texts) -> tuple[Floats, Floats]:
    """What a day's casts tell of states at `mean`: gradient (n, K) and precision (n, K, K)."""
    dims = mean.shape[1]
    beta, c, gap = texts.mean[:, :dims], texts.mean[:, dims], np.exp(texts.mean[:, dims + 1])
    bb = texts.matrix[:, :dims, :dims]
    c1 = texts.matrix[:, :dims, dims]
    c2 = c1 + gap[:, None] * texts.matrix[:, :dims, dims + 1]
    square = (mean[:, :, None] * mean[:, None, :]).reshape(len(mean), -1)
    own = bb.reshape(len(bb), -1) @ square.T
    v = []
    for cross, slope in ((c1, 0.0), (c2, 1.0)):
        at = np.zeros(texts.mean.shape[1])
        at[dims] = 1.0
        x = np.tile(at, (len(beta), 1))
        x[:, dims + 1] = slope * gap
        cut = np.einsum("ra,rab,rb->r", x, texts.matrix, x)
        v.append((own - 2 * cross @ mean.T + cut[:, None]).clip(0.0))
    s = slopes(casts, beta @ mean.T, c[:, None], gap[:, None], *v)
    r, w = s.r1 + s.r2, s.w1 + s.w2
    wbb = (w.T @ bb.reshape(len(bb), -1)).reshape(-1, dims, dims)
    gradient = r.T @ beta - (wbb @ mean[..., None])[..., 0] + s.w1.T @ c1 + s.w2.T @ c2
    outer = (beta[:, :, None] * beta[:, None, :]).reshape(len(beta), -1)
    return gradient, wbb + (w.T @ outer).reshape(-1, dims, dims)
