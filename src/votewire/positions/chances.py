"""The chance of each cast before it was known: the text as the other states' casts make it.

One Newton step takes a state's own cast out of the text. Where that cast was improbable it had bent
the text far, so there the text is fitted again without it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from votewire.positions.filtering import GAPS, States, Texts, bent, inverted, slopes, texts_of
from votewire.positions.problem import MISSING

__all__ = ["Chances", "chances_of", "chances_without_own", "of_choices"]

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]

_AGAIN = 0.15  # a cast less probable than this has its text fitted again without it
_BATCH = 256


class Chances(NamedTuple):
    """Of n casts: yes, not_no (n,) log odds of Yes and of not No; spread (n,) their variance."""

    yes: Floats
    not_no: Floats
    spread: Floats


def chances_without_own(
    casts: Choices, states: States, before: Texts, after: Texts, *, again: float = _AGAIN
) -> Chances:
    """The odds of every cast of a day, in the order of `np.nonzero(casts != MISSING)`.

    before, after: the texts before and after all casts (r, n), both with inverse covariances.
    again: casts less probable than this have the text fitted again without them.
    """
    row, column = np.nonzero(casts != MISSING)
    who = States(states.mean[column], states.var[column])
    items, cov = _step_back(casts[row, column], who, Texts(after.mean[row], after.matrix[row]))
    found = _odds(who, items, cov)
    made = of_choices(found)[np.arange(len(row)), casts[row, column]]
    odd = np.flatnonzero(made < again)
    for start in range(0, len(odd), _BATCH):
        at = odd[start : start + _BATCH]
        left = casts[row[at]]
        left[np.arange(len(at)), column[at]] = MISSING
        known = Texts(before.mean[row[at]], before.matrix[row[at]])
        texts, _ = texts_of(left, states, known, items[at])
        for part, new in zip(found, _odds(_some(who, at), *texts), strict=True):
            part[at] = new
    return found


def chances_of(casts: Choices, states: States, texts: Texts) -> Chances:
    """The odds of every cast of a day from texts with inverse covariances, none taken out."""
    row, column = np.nonzero(casts != MISSING)
    who = States(states.mean[column], states.var[column])
    return _odds(who, texts.mean[row], inverted(texts.matrix)[row])


def of_choices(chances: Chances, z: float | None = None) -> Floats:
    """(n, 3) the chances of Yes, abstaining and No; at z deviations from the mean, if given."""
    if z is None:
        k = 1 / np.sqrt(1 + np.pi / 8 * chances.spread)
        yes, not_no = k * chances.yes, k * chances.not_no
    else:
        by = z * np.sqrt(chances.spread)
        yes, not_no = chances.yes + by, chances.not_no + by
    first = 1 / (1 + np.exp(-yes.clip(-40.0, 40.0)))
    last = 1 / (1 + np.exp(not_no.clip(-40.0, 40.0)))
    return np.stack([first, (1 - first - last).clip(0.0), last], axis=-1)


def _some(states: States, at: NDArray[np.intp]) -> States:
    return States(states.mean[at], states.var[at])


def _step_back(choice: Choices, who: States, texts: Texts) -> tuple[Floats, Floats]:
    """Each cast's text without the cast: parameters (n, D) and covariances (n, D, D)."""
    dims = who.mean.shape[1]
    beta, c, gap = texts.mean[:, :dims], texts.mean[:, dims], np.exp(texts.mean[:, dims + 1])
    vb = (who.var @ beta[..., None])[..., 0]
    v = (vb * beta).sum(axis=1)
    s = slopes(choice, (beta * who.mean).sum(axis=1), c, gap, v, v)
    w = s.w1 + s.w2
    first, second = bent(gap)
    x = np.concatenate([who.mean, -np.ones((len(gap), 1)), np.zeros((len(gap), 1))], axis=1)
    y = x.copy()
    y[:, dims + 1] = -gap
    h = s.w1[:, None, None] * _outer(x) + s.w2[:, None, None] * _outer(y)
    h[:, :dims, :dims] += w[:, None, None] * who.var
    h[:, dims + 1, dims + 1] += gap**2 * second * (choice == 1)
    g = s.r1[:, None] * x + s.r2[:, None] * y
    g[:, :dims] -= w[:, None] * vb
    g[:, dims + 1] += gap * first * (choice == 1)
    cov = inverted(texts.matrix - h)
    items = texts.mean - (cov @ g[..., None])[..., 0]
    items[:, -1] = items[:, -1].clip(*GAPS)
    return items, cov


def _odds(who: States, items: Floats, cov: Floats) -> Chances:
    dims = who.mean.shape[1]
    beta, c, gap = items[:, :dims], items[:, dims], np.exp(items[:, dims + 1])
    eta = (beta * who.mean).sum(axis=1)
    wide = np.einsum("nk,nkm,nm->n", beta, who.var, beta)
    wide += np.einsum("nkm,nkm->n", cov[:, :dims, :dims], who.var)
    x = np.concatenate([who.mean, -np.ones((len(gap), 1)), np.zeros((len(gap), 1))], axis=1)
    lower = np.einsum("na,nab,nb->n", x, cov, x)
    x[:, dims + 1] = -gap
    upper = np.einsum("na,nab,nb->n", x, cov, x)
    # One variance for both cutpoints: with two, the lower one could come out above the upper.
    spread = (wide + (lower + upper) / 2).clip(0.0)
    return Chances(c - eta, c + gap - eta, spread)


def _outer(x: Floats) -> Floats:
    return np.asarray(x[:, :, None] * x[:, None, :], dtype=np.float64)
