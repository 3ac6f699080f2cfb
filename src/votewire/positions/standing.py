"""What is known at the end of a day of states, texts and matters, and what before any day."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from votewire.positions.filtering import States, Texts, inverted

__all__ = ["Prior", "Standing", "nothing", "remember", "standing_from", "texts_before"]

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]
Ints = NDArray[np.intp]

_KNOWN = 0.2  # variance of the positions from components: of the size of their misfit
_LEAST = 20  # casts that give a state a position of its own at the beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """What is known before any cast.

    items_mean (D,), items_cov (D, D): of a text's (beta, c, delta). population: variance of a first
    position. step: variance of a state's usual step in a year; jump: variance of a jump, often: how
    many of them a state makes in a year. same, akin: correlation of a text with its last vote, and
    with earlier votes on its matter.
    """

    items_mean: Floats
    items_cov: Floats
    population: float = 1.0
    step: float = 0.01
    jump: float = 0.3
    often: float = 0.0
    same: float = 0.99
    akin: float = 0.85


@dataclass(slots=True, kw_only=True)
class Standing:
    """What is known at the end of a day.

    states: of all columns. last (s,): the time of each one's last cast, NaN before its first.
    texts: of each recurring text, parameters and covariance that its last vote left; matters: the
    same of the contested votes on a matter, the latest counting most.
    """

    states: States
    last: Floats
    texts: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)
    matters: dict[int, tuple[Floats, Floats]] = field(default_factory=dict)


def nothing(prior: Prior, states: int) -> Standing:
    """Nothing known but the prior."""
    dims = len(prior.items_mean) - 2
    var = np.tile(np.eye(dims) * prior.population, (states, 1, 1))
    return Standing(states=States(np.zeros((states, dims)), var), last=np.full(states, np.nan))


def standing_from(choices: Choices, prior: Prior, anchor: int) -> Standing:
    """A beginning by the principal components of some first rolls (n, s).

    Dimensions of one model are alike until something tells them apart; this does. The column
    `anchor` is positive in each. States with few casts, and records with few states, begin with
    nothing.
    """
    found = nothing(prior, choices.shape[1])
    dims = found.states.mean.shape[1]
    cast = choices <= 2
    who = np.flatnonzero(cast.sum(axis=0) >= _LEAST)
    if min(len(who), len(choices)) <= dims:
        return found
    values = np.where(cast, choices.astype(np.float64), 0.0)
    mean = values.sum(axis=1) / np.maximum(cast.sum(axis=1), 1)
    away = np.where(cast, values - mean[:, None], 0.0)[:, who]
    _, _, right = np.linalg.svd(away, full_matrices=False)
    scores = right[:dims].T * np.sqrt(len(who))
    found.states.mean[who] = scores
    found.states.mean[:] *= np.where(found.states.mean[anchor] < 0, -1.0, 1.0)
    found.states.var[who] *= _KNOWN
    return found


def texts_before(names: Ints, standing: Standing, prior: Prior) -> Texts:
    """What is known of texts before a vote, with inverse covariances.

    names (r, 2): the text and the matter of each. A text that has been voted on is what that vote
    told, else what earlier votes on the same matter told, each as far as the correlation goes.
    """
    mean = np.tile(prior.items_mean, (len(names), 1))
    cov = np.tile(prior.items_cov, (len(names), 1, 1))
    for at, (text, matter) in enumerate(names.tolist()):
        if text in standing.texts:
            last, left, share = *standing.texts[text], prior.same
        elif matter in standing.matters:
            last, left, share = *standing.matters[matter], prior.akin
        else:
            continue
        mean[at] += share * (last - mean[at])
        cov[at] = share**2 * left + (1 - share**2) * cov[at]
    return Texts(mean, inverted(cov))


def remember(names: Ints, casts: Choices, texts: Texts, standing: Standing) -> None:
    """Keeps what a day's casts (r, n) told of its texts (with covariances) and of its matters."""
    standing.texts |= dict(zip(names[:, 0].tolist(), zip(*texts, strict=True), strict=True))
    sides = np.stack([(casts == side).any(axis=1) for side in range(3)])
    contested = sides.sum(axis=0) > 1
    for matter in np.unique(names[contested, 1]).tolist():
        mine = contested & (names[:, 1] == matter)
        mean = texts.mean[mine].mean(axis=0)
        away = texts.mean[mine] - mean
        cov = texts.matrix[mine].mean(axis=0) + away.T @ away / mine.sum()
        if matter in standing.matters:
            # A running mean: half of what was known, half of the day.
            old, left = standing.matters[matter]
            apart = (mean - old)[:, None] / 2
            mean, cov = (old + mean) / 2, (left + cov) / 2 + apart @ apart.T
        standing.matters[matter] = (mean, cov)
