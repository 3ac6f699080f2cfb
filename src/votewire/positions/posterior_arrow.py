"""Symmetric positive definite systems that are block-tridiagonal but for a border.

    [ T  B ]   T: a block for each period, and one between each two neighbouring ones.
    [ B' Z ]   B, Z: a few unknowns of many periods.

T is factorised block by block (Cholesky); the border is eliminated by its Schur complement
Z - B' T^-1 B. Cost: periods x rows^2 x border + rows of all x border^2; nothing is ever as large as
all rows squared.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import blas, lapack

__all__ = ["Arrow", "Factored", "factor"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.intp]
_ROWS = 1500  # of the border taken at once: fewer make slow products, more take memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A system of t blocks.

    diagonals: (n, n) each. links: t - 1 of (n, n'), minus what is between a block and the next;
    pairs: t - 1, rows of a block and of the next whose covariances are asked for. columns: which
    of the b border columns each block touches; borders: (n, those) their values. corner: (b, b).
    """

    diagonals: list[Floats]
    links: list[Floats]
    pairs: list[tuple[Ints, Ints]]
    columns: list[Ints]
    borders: list[Floats]
    corner: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Factored:
    """A factorised system V^-1.

    factors: lower Cholesky factors of the blocks, what comes before eliminated. spread: (n, b)
    each, T^-1 B times the inverse factor of the Schur complement, so that V = T^-1 + spread spread'
    on the rows of the blocks; in single precision, of which 1e-6 of a variance is left. own, lag:
    the diagonal of V, and V at each pair. solved: (n, p) each, V times the right-hand sides.
    """

    factors: list[Floats]
    links: list[Floats]
    spread: list[Singles]
    own: list[Floats]
    lag: list[Floats]
    solved: list[Floats]

    def draws(self, n: int, rng: np.random.Generator) -> list[Floats]:
        """(rows of the block, n) each: normal draws of mean 0 and covariance V."""
        border = rng.standard_normal((self.spread[0].shape[1], n)).astype(np.float32)
        found: list[Floats] = []
        for t in reversed(range(len(self.factors))):
            x = rng.standard_normal((len(self.factors[t]), n))
            if found:
                pull = self.links[t] @ found[-1]
                x += blas.dtrsm(1.0, self.factors[t], pull, lower=1)
            found.append(blas.dtrsm(1.0, self.factors[t], x, lower=1, trans_a=1))
        return [x - s @ border for x, s in zip(found[::-1], self.spread, strict=True)]


def factor(arrow: Arrow, right: list[Floats]) -> Factored:
    """The factors of a system, and the parts of its inverse V that are asked for.

    right: (n, p) for each block: V times these is given too. Raises ValueError if the system is
    not positive definite.
    """
    p = right[0].shape[1]
    rank, active = _order_of_border(arrow, p)
    wide = []
    for t, (r, columns, values) in enumerate(zip(right, arrow.columns, arrow.borders, strict=True)):
        wide.append(np.zeros((len(r), active[t]), order="F"))
        wide[t][:, :p] = r
        wide[t][:, p + rank[columns]] = values
    factors, inverses, gram = _eliminate(arrow, wide, active)
    schur = -gram[p:, p:]
    schur[np.ix_(rank, rank)] += arrow.corner
    upper = _cholesky(schur, lower=False).astype(np.float32)
    own, lag, solved, spread = _substitute(arrow, inverses, wide, upper, p)
    inner = sum((s.T @ r for s, r in zip(spread, right, strict=True)), np.zeros((len(rank), p)))
    return Factored(
        factors=factors,
        links=arrow.links,
        spread=spread,
        own=own,
        lag=lag,
        solved=[x + s @ inner for x, s in zip(solved, spread, strict=True)],
    )


def _order_of_border(arrow: Arrow, p: int) -> tuple[Ints, list[int]]:
    """Where each border column goes, and how many columns of `wide` are not zero by each block.

    A column is zero until the first block that touches it; in order of that, zeros come last.
    """
    first = np.full(len(arrow.corner), len(arrow.columns))
    for t in reversed(range(len(arrow.columns))):
        first[arrow.columns[t]] = t
    rank = np.empty(len(first), dtype=np.intp)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    return rank, [p + int((first <= t).sum()) for t in range(len(arrow.columns))]


def _eliminate(
    arrow: Arrow, wide: list[Floats], active: list[int]
) -> tuple[list[Floats], list[Floats], Floats]:
    """Factors and inverses of the blocks, and the upper half of B' T^-1 B; writes over `wide`."""
    factors: list[Floats] = []
    inverses: list[Floats] = []
    halves: list[Floats] = []
    width = active[-1]
    gram = np.zeros((width, width), order="F")
    for t, diagonal in enumerate(arrow.diagonals):
        block = diagonal.copy()
        if t:
            link = arrow.links[t - 1]
            block -= link.T @ inverses[-1] @ link
            wide[t][:, : active[t - 1]] += link.T @ wide[t - 1]
        factors.append(_cholesky(block, lower=True))
        halves.append(blas.dtrsm(1.0, factors[-1], wide[t], lower=1))
        wide[t] = blas.dtrsm(1.0, factors[-1], halves[-1], lower=1, trans_a=1)
        inverses.append(_inverse(factors[-1]))
        if sum(map(len, halves)) >= _ROWS or t + 1 == len(wide):
            _add_products(gram, halves)
            halves = []
    return factors, inverses, gram


def _add_products(gram: Floats, halves: list[Floats]) -> None:
    width = halves[-1].shape[1]
    stacked = np.zeros((sum(map(len, halves)), width), order="F")
    begin = 0
    for half in halves:
        stacked[begin : begin + len(half), : half.shape[1]] = half
        begin += len(half)
    gram[:width, :width] += blas.dsyrk(1.0, stacked, trans=1)


def _substitute(
    arrow: Arrow,
    inverses: list[Floats],
    wide: list[Floats],
    upper: Singles,
    p: int,
) -> tuple[list[Floats], list[Floats], list[Floats], list[Singles]]:
    """own, lag and spread of `Factored`, and T^-1 times the right-hand sides; empties `wide`."""
    own, lag, solved, spread = [], [], [], []
    full, x = inverses[-1], wide.pop()
    for t in reversed(range(len(inverses))):
        if t + 1 < len(inverses):
            pull = np.asfortranarray(inverses[t] @ arrow.links[t])
            across = blas.dgemm(1.0, pull, full)
            full = inverses[t] + blas.dgemm(1.0, across, pull, trans_b=1)
            x = blas.dgemm(1.0, pull, x)
            before = wide.pop()
            x[:, : before.shape[1]] += before
        solved.append(x[:, :p].copy())
        spread.append(_over(upper, x[:, p:]))
        own.append(np.diagonal(full) + _products(spread[-1], spread[-1]))
        if t + 1 < len(inverses):
            here, there = arrow.pairs[t]
            lag.append(across[here, there] + _products(spread[-1][here], spread[-2][there]))
    return own[::-1], lag[::-1], solved[::-1], spread[::-1]


def _over(upper: Singles, x: Floats) -> Singles:
    """x upper^-1."""
    if not len(upper):
        return x.astype(np.float32)
    return np.asarray(blas.strsm(1.0, upper, x.astype(np.float32, order="F"), side=1))


def _products(a: Singles, b: Singles) -> Floats:
    return np.asarray((a * b).sum(axis=1, dtype=np.float64))


def _cholesky(a: Floats, *, lower: bool) -> Floats:
    if not len(a):
        return a
    found, failed = lapack.dpotrf(a, lower=lower, clean=1)
    if failed:
        raise ValueError(f"not positive definite at row {failed} of {len(a)}")
    return np.asarray(found)


def _inverse(lower: Floats) -> Floats:
    half, _ = lapack.dpotri(lower, lower=1)
    return np.asarray(np.tril(half) + np.tril(half, -1).T)
