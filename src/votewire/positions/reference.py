"""What `kernels/` computes, cast by cast and with dense matrices, in the symbols of the model.

The model is that of Bailey, Strezhnev and Voeten (2017), Estimating Dynamic State Preferences from
United Nations Voting Data, Journal of Conflict Resolution 61: ordered choices with two cutpoints
and positions that walk from period to period; here in K dimensions and with F logistic. Tiny inputs
only, never made faster; tests/positions/test_kernels.py holds the two together.

Functions have the kernels' names and arguments, without the arrays to write to and to work in: they
return what the kernels write or add.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from votewire.positions.kernels import ItemTerms

__all__ = [
    "Moments",
    "item_step",
    "item_sums",
    "moments",
    "path_moments",
    "period_sums",
    "smooth",
    "state_sums",
]

Floats = NDArray[np.float64]


class Moments(NamedTuple):
    """One cast's expected derivatives r1, r2 in eta and curvatures w1, w2, at c1 and at c2."""

    r1: float
    r2: float
    w1: float
    w2: float


def moments(y: int, theta: Floats, var: Floats, item: ItemTerms, j: int) -> Moments:
    """The expected derivatives of the log-likelihood of cast y on item j; zeros if it is missing.

    theta (K,), var (K, K): the state's position, normal as the item is, the two independent.
    """
    beta, c1, c2 = item.beta[j].astype(float), float(item.c1[j]), float(item.c2[j])
    eta = float(beta @ theta)
    # eta = beta . theta has Var(eta) = theta' B theta + beta' V beta + tr(B V), and
    # v = Var(eta - c) = Var(eta) - 2 theta . Cov(beta, c) + Var(c).
    spread = _variance(beta, item.bb[j].astype(float), theta, var)
    v1 = spread - 2 * float(item.b1[j] @ theta) + float(item.v1[j])
    v2 = spread - 2 * float(item.b2[j] @ theta) + float(item.v2[j])
    kappa1, kappa2 = 1 / np.sqrt(1 + np.pi * v1 / 8), 1 / np.sqrt(1 + np.pi * v2 / 8)
    # log P(y) = [y < 2] log F(c1 - eta) + [y > 0] log F(eta - c2) + [y = 1] log(exp(c2 - c1) - 1)
    # d/d eta log F(c1 - eta) = -F(eta - c1),  d/d eta log F(eta - c2) = F(c2 - eta)
    # E F(x) = F(kappa E x),  E F'(x) = kappa F'(kappa E x)
    at1, at2 = _logistic(kappa1 * (eta - c1)), _logistic(kappa2 * (c2 - eta))
    upper, lower = float(y in (0, 1)), float(y in (1, 2))
    return Moments(
        r1=-upper * at1,
        r2=lower * at2,
        w1=upper * kappa1 * at1 * (1 - at1),
        w2=lower * kappa2 * at2 * (1 - at2),
    )


def item_sums(
    casts: NDArray[np.int8], theta: Floats, var: Floats, item: ItemTerms
) -> tuple[Floats, Floats]:
    """The sums over states of each rollcall: g (r, K + 2), h (r, 2 K K + 2 K + 2).

    casts (r, n); theta (K, n), var (K, K, n).
    """
    g, h = [], []
    for j, roll in enumerate(casts):
        # sum (r1 + r2) theta, sum r1, sum r2
        first = np.zeros(len(theta) + 2)
        # sum w theta theta', sum w V, sum w theta, sum w2 theta, sum w, sum w2, with w = w1 + w2
        second = np.zeros(2 * len(theta) ** 2 + 2 * len(theta) + 2)
        for i, y in enumerate(roll):
            t, v = theta[:, i].astype(float), var[:, :, i].astype(float)
            r1, r2, w1, w2 = moments(int(y), t, v, item, j)
            w = w1 + w2
            first += [*((r1 + r2) * t), r1, r2]
            second += [*(w * np.outer(t, t)).ravel(), *(w * v).ravel(), *(w * t), *(w2 * t), w, w2]
        g.append(first)
        h.append(second)
    return np.array(g), np.array(h)


def state_sums(
    casts: NDArray[np.int8], theta: Floats, var: Floats, item: ItemTerms
) -> tuple[Floats, Floats]:
    """The sums over rollcalls of each state: gradient g (K, n), curvature h (K, K, n)."""
    dims, n = theta.shape
    g, h = np.zeros((dims, n)), np.zeros((dims, dims, n))
    for j, roll in enumerate(casts):
        beta, cov = item.beta[j].astype(float), item.bb[j].astype(float)
        with_c1, with_c2 = item.b1[j].astype(float), item.b2[j].astype(float)
        for i, y in enumerate(roll):
            t, v = theta[:, i].astype(float), var[:, :, i].astype(float)
            r1, r2, w1, w2 = moments(int(y), t, v, item, j)
            # E[r beta] = E[r] E[beta] - E[w] Cov(beta, eta - c) (Stein's lemma), and
            # Cov(beta, eta - c) = B theta - Cov(beta, c)
            g[:, i] += r1 * beta - w1 * (cov @ t - with_c1)
            g[:, i] += r2 * beta - w2 * (cov @ t - with_c2)
            # E[w beta beta'] = E[w] (beta beta' + B), what depends on both left out
            h[:, :, i] += (w1 + w2) * (np.outer(beta, beta) + cov)
    return g, h


def item_step(
    g: Floats, h: Floats, abstained: float, mean: Floats, prior_mean: Floats, prior: Floats
) -> tuple[Floats, Floats]:
    """One item's Newton step (K + 2,) and inverse curvature, from sums g and h over its rollcalls.

    mean: (beta, c, delta), c2 = c + exp(delta). prior: precision.
    """
    dims = len(mean) - 2
    beta, gap = mean[:dims], float(np.exp(mean[-1]))
    twice, with_var = h[: dims**2].reshape(dims, dims), h[dims**2 : 2 * dims**2].reshape(dims, dims)
    once, once2 = h[2 * dims**2 :][:dims], h[2 * dims**2 + dims :][:dims]
    both, lower = float(h[-2]), float(h[-1])
    # d log(exp(D) - 1) / dD = exp(D) / (exp(D) - 1) for each abstention, D = c2 - c1
    in_gap = abstained * np.exp(gap) / np.expm1(gap) - g[-1]
    bend = abstained * np.exp(gap) / np.expm1(gap) ** 2
    gradient = np.array([*(g[:dims] - with_var @ beta), -g[-2] - g[-1], gap * in_gap])
    curvature = np.zeros((dims + 2, dims + 2))
    curvature[:dims, :dims] = twice + with_var
    curvature[:dims, -2] = curvature[-2, :dims] = -once
    curvature[:dims, -1] = curvature[-1, :dims] = -gap * once2
    curvature[-2, -2] = both
    curvature[-2, -1] = curvature[-1, -2] = gap * lower
    curvature[-1, -1] = gap**2 * (lower + bend) + max(-gap * in_gap, 0.0)
    cov = np.asarray(np.linalg.inv(curvature + prior), dtype=np.float64)
    return cov @ (gradient - prior @ (mean - prior_mean)), cov


def path_moments(
    start: NDArray[np.intp], group: NDArray[np.intp], step: Floats, own: Floats, theta: Floats
) -> Floats:
    """(G, G, K + 1, K + 1) the prior of known paths as a form in (theta, 1), by pairs of groups."""
    m, dims = theta.shape
    size = int(group.max()) + 1
    found = np.zeros((size, size, dims + 1, dims + 1))
    x = np.column_stack([theta, np.ones(m)])
    for begin, end in pairwise(start.tolist()):
        # own_q theta_q^2 + step_q (theta_q - theta_(q-1))^2 as theta' P theta, entry by entry
        precision = _precision(own[begin:end, None, None], step[begin:end])
        for p in range(end - begin):
            for q in range(end - begin):
                cell = precision[p, q] * np.outer(x[begin + p], x[begin + q])
                found[group[begin + p], group[begin + q]] += cell
    return found


def period_sums(casts: NDArray[np.int8], theta: Floats, item: ItemTerms) -> float:
    """The log-likelihood of a period's casts at the means, missing ones left out."""
    total = 0.0
    for j, roll in enumerate(casts):
        c1, c2 = float(item.c1[j]), float(item.c2[j])
        for i, y in enumerate(roll):
            eta = float(item.beta[j].astype(float) @ theta[:, i].astype(float))
            # P(y <= k) = F(c_k - beta . theta), yes < abstain < no
            yes, no = _logistic(c1 - eta), _logistic(eta - c2)
            # The same difference from above or from below, whichever loses no digits.
            below, above = _logistic(eta - c1) - no, _logistic(c2 - eta) - yes
            abstain = below if eta < c1 else above
            total += float(np.log((yes, abstain, no, 1.0)[int(y)]))
    return total


def smooth(
    start: NDArray[np.intp], precision: Floats, linear: Floats, step: Floats
) -> tuple[Floats, Floats, Floats]:
    """Means (m, K), covariances (m, K, K) and lag-one covariances (m, K, K) of all paths.

    start (s + 1,): where each state's path begins. precision (m, K, K), linear (m, K), step (m,).
    """
    m, dims = linear.shape
    mean, var, lag = np.zeros((m, dims)), np.zeros((m, dims, dims)), np.zeros((m, dims, dims))
    for begin, end in pairwise(start.tolist()):
        if begin == end:
            continue
        cov = np.linalg.inv(_precision(precision[begin:end], step[begin:end]))
        mean[begin:end] = (cov @ linear[begin:end].ravel()).reshape(-1, dims)
        blocks = cov.reshape(end - begin, dims, end - begin, dims)
        for q in range(end - begin):
            var[begin + q] = blocks[q, :, q]
            if begin + q + 1 < end:
                lag[begin + q] = blocks[q, :, q + 1]
    return mean, var, lag


def _precision(own: Floats, step: Floats) -> Floats:
    """The precision of one path: (length * K, length * K).

    The walk's log density is -1/2 sum_q step_q |theta_q - theta_(q-1)|^2, q from the second on.
    """
    length, dims = own.shape[:2]
    whole = np.zeros((length, dims, length, dims))
    for q in range(length):
        whole[q, :, q] += own[q]
        if q > 0:
            pull = step[q] * np.eye(dims)
            whole[q, :, q] += pull
            whole[q - 1, :, q - 1] += pull
            whole[q - 1, :, q] -= pull
            whole[q, :, q - 1] -= pull
    return whole.reshape(length * dims, length * dims)


def _variance(beta: Floats, cov: Floats, theta: Floats, var: Floats) -> float:
    """Var(beta . theta) of independent beta ~ N(beta, cov) and theta ~ N(theta, var)."""
    return float(theta @ cov @ theta + beta @ var @ beta + np.trace(cov @ var))


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))
