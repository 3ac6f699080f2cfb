"""Moves of whole stretches of periods: their positions shifted or scaled, their texts with them.

If all positions of some following periods are multiplied by a and their texts' beta divided by it,
or all are shifted by d and c by beta d, every cast is as likely as before; only priors tell. So the
level and scale of stretches are nearly free in a posterior, and sampled best by moves that change
nothing else (Liu and Wu 1999, "Parameter expansion for data augmentation", have the idea). A
stretch begins and ends where no text is shared by periods on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.positions.density import Point, Prior
from votewire.positions.places import Places
from votewire.positions.problem import Problem

__all__ = ["Stretch", "moved", "stretches_of"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_SIZES = (0.005, 0.02)  # standard deviations of the moves that are tried: log scale, and shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some following periods: places (slice) of their positions, items of their texts.

    inside: the pairs of neighbouring places within it; into, out: those across its beginning and
    its end (slices of the pairs).
    """

    places: slice
    items: Ints
    inside: slice
    into: slice
    out: slice


def stretches_of(problem: Problem, places: Places) -> list[Stretch]:
    """From each break to the next, and from each break to the end."""
    n = len(problem.blocks)
    first, last = np.full(problem.items, n), np.zeros(problem.items, dtype=np.intp)
    for t, block in enumerate(problem.blocks):
        first[block.items] = np.minimum(first[block.items], t)
        last[block.items] = t
    across = np.zeros(n + 1, dtype=np.intp)  # at t: texts of periods before t and from t on
    np.add.at(across, first + 1, 1)
    np.add.at(across, last + 1, -1)
    breaks = (np.flatnonzero(np.cumsum(across)[1:n] == 0) + 1).tolist()
    ends = [*breaks[1:], n][: len(breaks)]
    spans = [*zip(breaks, ends, strict=True), *((begin, n) for begin in breaks[:-1])]
    return [_stretch(places, first, begin, end) for begin, end in spans]


def _stretch(places: Places, first: Ints, begin: int, end: int) -> Stretch:
    edges = [*places.edges.tolist(), int(places.edges[-1])]  # after the last period there is none
    return Stretch(
        places=slice(int(places.begin[begin]), int(places.begin[end])),
        items=np.flatnonzero((first >= begin) & (first < end)),
        inside=slice(edges[begin], edges[end - 1]),
        into=slice(edges[begin - 1], edges[begin]),
        out=slice(edges[end - 1], edges[end]),
    )


def moved(
    point: Point,
    prior: Prior,
    stretches: list[Stretch],
    places: Places,
    rng: np.random.Generator,
) -> Point:
    """The point after trying each move of each stretch once, in each dimension (Metropolis)."""
    found = Point(theta=point.theta.copy(), texts=point.texts.copy())
    chains = point.theta.shape[-1]
    for stretch in stretches:
        for k in range(point.theta.shape[1]):
            for size in _SIZES:
                for change in (scaled, shifted):
                    amount = rng.normal(scale=size, size=(chains,))
                    chance = rng.uniform(size=(chains,))
                    proposal = change(found, stretch, k, amount)
                    _take(found, proposal, prior, stretch, places, np.log(chance))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Dimension k of a stretch's positions anew (n, C), one parameter of its texts anew (j, C).

    volume (C,): log determinant of the move's derivative.
    """

    k: int
    theta: Floats
    column: int
    texts: Floats
    volume: Floats


def scaled(point: Point, stretch: Stretch, k: int, amount: Floats) -> Proposal:
    """Positions times exp(amount (C,)), beta divided by it."""
    old = point.theta[stretch.places, k]
    return Proposal(
        k=k,
        theta=old * np.exp(amount),
        column=k,
        texts=point.texts[stretch.items, k] * np.exp(-amount),
        volume=(len(old) - len(stretch.items)) * amount,
    )


def shifted(point: Point, stretch: Stretch, k: int, amount: Floats) -> Proposal:
    """Positions plus amount (C,), c plus beta times it."""
    dims = point.theta.shape[1]
    beta, c = point.texts[stretch.items, k], point.texts[stretch.items, dims]
    return Proposal(
        k=k,
        theta=point.theta[stretch.places, k] + amount,
        column=dims,
        texts=c + beta * amount,
        volume=np.zeros_like(amount),
    )


def _take(
    point: Point,
    proposal: Proposal,
    prior: Prior,
    stretch: Stretch,
    places: Places,
    least: Floats,
) -> None:
    """Writes the proposal over the point in the chains in which it is accepted."""
    keep = least < gain(point, proposal, prior, stretch, places) + proposal.volume
    theta = point.theta[stretch.places, proposal.k]
    point.theta[stretch.places, proposal.k] = np.where(keep, proposal.theta, theta)
    texts = point.texts[stretch.items, proposal.column]
    point.texts[stretch.items, proposal.column] = np.where(keep, proposal.texts, texts)


def gain(
    point: Point, proposal: Proposal, prior: Prior, stretch: Stretch, places: Places
) -> Floats:
    """(C,) what the log posterior gains by a proposal; the casts' likelihood is the same."""
    theta, begin = point.theta[:, proposal.k], stretch.places.start
    old, new = theta[stretch.places], proposal.theta
    lost = (prior.diagonal[stretch.places] * (new**2 - old**2)).sum(axis=0)
    for edges, own_before, own_after in (
        (stretch.inside, True, True),
        (stretch.into, False, True),
        (stretch.out, True, False),
    ):
        a, b = places.before[edges], places.after[edges]
        was = theta[b] - theta[a]
        to = (new[b - begin] if own_after else theta[b]) - (
            new[a - begin] if own_before else theta[a]
        )
        lost += (prior.pull[edges] * (to**2 - was**2)).sum(axis=0)
    texts, column = point.texts[stretch.items], proposal.column
    by = proposal.texts - texts[:, column]
    pulled = np.einsum("bc,jbc->jc", prior.precision[column], texts - prior.mean)
    lost += (2 * by * pulled + prior.precision[column, column] * by**2).sum(axis=0)
    return np.asarray(-lost / 2)
