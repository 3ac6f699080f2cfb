"""Coordinates in which the posterior around a fit is near a standard normal distribution.

The precision of all positions and texts around the fit, as `posterior_blocks` has it, is L L'; a
point is the fit + L'^-1 z. Texts come first, each with its own small block, then positions period
by period, of which only neighbouring periods are coupled. A text of periods that are further apart
is taken without its coupling to positions: coordinates need not be exact, draws are all the same.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from votewire.positions.density import Point
from votewire.positions.places import Places
from votewire.positions.posterior_blocks import Precision, precision_of

if TYPE_CHECKING:
    from votewire.positions.fitting import Fitted

__all__ = ["Metric"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]


class Metric:
    """The factor L of the precision around a fit.

    Raises ValueError where the precision is not positive definite.
    """

    def __init__(self, fitted: Fitted, places: Places, pool: ThreadPoolExecutor) -> None:
        self.places = places
        found = precision_of(fitted, places, pool)
        self._rows, self._texts, self._root = found.rows, found.texts, found.root
        self._cross = [np.ascontiguousarray(one, dtype=np.float32) for one in found.wide]
        self._inverse, self._link = _factored(found)

    def out(self, z: Point) -> Point:
        """L'^-1 z."""
        shape = z.theta.shape
        theta = np.empty(shape, dtype=np.float32)
        taken = z.texts.astype(np.float32)
        right = z.theta.astype(np.float32)
        after: Singles | None = None
        for t in reversed(range(len(self._inverse))):
            here = slice(self.places.begin[t], self.places.begin[t + 1])
            own = right[here].reshape(-1, shape[-1])
            if after is not None:
                own = own - self._link[t] @ after
            after = self._inverse[t].T @ own
            theta[here] = after.reshape(-1, *shape[1:])
            share = self._cross[t].T @ after[self._rows[t]]
            taken[self._texts[t]] -= share.reshape(-1, *taken.shape[1:])
        texts = np.einsum("jba,jbc->jac", self._root, taken)
        return Point(theta=theta.astype(np.float64), texts=texts)

    def inwards(self, gradient: Point) -> Point:
        """L^-1 of a gradient."""
        shape = gradient.theta.shape
        texts = np.einsum("jab,jbc->jac", self._root, gradient.texts)
        known = texts.astype(np.float32)
        theta = gradient.theta.astype(np.float32)
        before: Singles | None = None
        for t in range(len(self._inverse)):
            here = slice(self.places.begin[t], self.places.begin[t + 1])
            own = theta[here].reshape(-1, shape[-1])
            own[self._rows[t]] -= self._cross[t] @ known[self._texts[t]].reshape(-1, shape[-1])
            if before is not None:
                own -= self._link[t - 1].T @ before
            before = self._inverse[t] @ own
            theta[here] = before.reshape(-1, *shape[1:])
        return Point(theta=theta.astype(np.float64), texts=texts)


def _factored(found: Precision) -> tuple[list[Singles], list[Singles]]:
    """Inverses of the diagonal blocks of L, and the blocks beside them, transposed."""
    inverses: list[Singles] = []
    links: list[Singles] = []
    inverse = np.zeros((0, 0))
    for t, block in enumerate(found.diagonals):
        if t:
            link = inverse @ found.links[t - 1]
            block = block - link.T @ link
            links.append(np.asarray(-link, dtype=np.float32))
        lower, failed = lapack.dpotrf(block, lower=1, clean=1)
        if failed:
            raise ValueError(f"not positive definite in period {t}, row {failed} of {len(block)}")
        inverse, _ = lapack.dtrtri(lower, lower=1)
        inverses.append(np.ascontiguousarray(inverse, dtype=np.float32))
    return inverses, links
