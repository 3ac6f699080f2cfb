"""The Assembly's rolls as a problem of one period for each regular session, and where to begin.

A session is dated by its opening: the 79th from September 2024. Session 19 has one rollcall and is
left out, as Bailey, Strezhnev and Voeten (2017) do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.errors import FitError
from votewire.positions.problem import MISSING, Block, Problem, problem_of
from votewire.record import Chamber, Record, Selection
from votewire.record.chains import chains

__all__ = ["assembly_problem", "regular_sessions", "start_by_component", "start_from"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

_LEFT_OUT = 19
_OPENS = 9  # the month: rollcalls from September on are of the session that opens that year
_ZERO = 1945  # the session of number n opens in this year + n
# Texts drift: sharing an item over a whole chain predicts held-out casts worse than over two
# sessions (log loss .283 against .266).
_SHARED = 2
_PRODUCTS = 100
_FLAT = 1e-9  # a spread under this tells no states apart


def assembly_problem(
    record: Record, within: Selection = Selection(), *, bridge: bool = True
) -> Problem:
    """The Assembly's contested rollcalls by regular session, special sessions by their day.

    `rows` of the problem are rows of the record. bridge: a text that comes back has the same item
    in two following sessions (`chains`); without, each rollcall is an item of its own. Raises
    FitError where nothing can be fitted, and for the Security Council; TooFewRollcalls where no
    rollcall fits the selection.
    """
    if within.chamber != Chamber.GA:
        raise FitError(
            "positions are fitted to the General Assembly: a year of the Council has 15 members, "
            "ten of them there for two years, too few to tell a state's move from a change of "
            "members. Ask without --chamber."
        )
    rows = within.rows(record)
    session = regular_sessions(record, rows)
    order = np.argsort(session, kind="stable")
    order = order[session[order] != _LEFT_OUT]
    rows, session = rows[order], session[order]
    items = chains(record)[rows].astype(np.intp) * 1000 + session // _SHARED if bridge else None
    found = problem_of(
        record.choices[rows],
        session.astype(str).tolist(),
        states=states.codes(),
        items=items,
        times=np.unique(session).astype(float).tolist(),
    )
    return replace(found, rows=rows[found.rows])


def regular_sessions(record: Record, rows: Ints) -> Ints:
    """(n,) the regular session of each row: its own, or the one in whose year it falls.

    Special and emergency sessions have numbers of their own; they count to the regular session that
    opened last in or before their month, September being the month of opening. So A/RES/ES-11/7 of
    February 2025 is of the 79th.
    """
    months = record.days[rows].astype("datetime64[M]").astype(int)
    year, month = 1970 + months // 12, 1 + months % 12
    of_day = np.where(month >= _OPENS, year - _ZERO, year - _ZERO - 1)
    labels = record.rollcalls["session"].gather(rows).to_list()
    own = [int(label) if label.isdecimal() else 0 for label in labels]
    return np.where(own, own, of_day).astype(np.intp)


def start_from(problem: Problem, anchor: str) -> Floats:
    """(t, s, 1) agreement of each state with the anchor, standardised within each period.

    Agreement counts an abstention half. The anchor is at the positive end. A state that shares no
    rollcall with it stands in the middle; in a period without the anchor, states stand where they
    were in the period before or, at the beginning, after. Raises FitError where the anchor is no
    state of the problem or its agreement is the same with every other state.
    """
    if anchor not in problem.states:
        raise FitError(f"{anchor!r} is no state of these rolls: take one that voted in them.")
    column = problem.states.index(anchor)
    found = np.full((*problem.present.shape, 1), np.nan)
    for at, block in enumerate(problem.blocks):
        found[at, block.columns, 0] = _agreement(block, column)
    if not (np.abs(found) > 0).any():
        raise FitError(
            f"{anchor} agrees with every other state alike, which tells no states apart: take "
            "another state to begin with."
        )
    return _filled(found)


def start_by_component(problem: Problem, *, toward: str | None = None) -> Floats:
    """(t, s, 1) each period's first principal component of the casts, standardised.

    For a chamber without an anchor. A component has no sign of its own: each period takes that of
    the last positions of the states in it, and the whole is turned so that the state `toward` is
    positive on average; without one, the state with the longest row of casts. Raises FitError
    where no period has a component.
    """
    found = np.full((*problem.present.shape, 1), np.nan)
    last = np.zeros(len(problem.states))
    for at, scores in enumerate(_components(problem)):
        columns = problem.blocks[at].columns
        sign = -1.0 if scores @ last[columns] < 0 else 1.0
        found[at, columns, 0] = last[columns] = sign * scores
    if not (np.abs(found) > 0).any():
        raise FitError("the casts have no principal component: take more rollcalls.")
    known = problem.states.index(toward) if toward else int(problem.present.sum(axis=0).argmax())
    sign = -1.0 if np.nansum(found[:, known, 0]) < 0 else 1.0
    return _filled(sign * found)


def _agreement(block: Block, anchor: int) -> Floats:
    """(n,) agreement with the state in one column of the problem; NaN where it took no position."""
    own = np.flatnonzero(block.columns == anchor)
    if not own.size:
        return np.full(len(block.columns), np.nan)
    casts = block.casts.astype(float)
    shared = (block.casts != MISSING) & (block.casts[:, own] != MISSING)
    n = shared.sum(axis=0)
    alike = (shared * (1 - np.abs(casts - casts[:, own]) / 2)).sum(axis=0)
    return _standard(np.divide(alike, n, out=np.full(len(n), np.nan), where=n > 0))


def _components(problem: Problem) -> Iterator[Floats]:
    """The scores of the states of each period on its first principal component."""
    for block in problem.blocks:
        cast = block.casts != MISSING
        values = np.where(cast, block.casts.astype(float), 0.0)
        mean = values.sum(axis=1) / np.maximum(cast.sum(axis=1), 1)
        away = np.where(cast, values - mean[:, None], 0.0)
        yield _standard(_leading(away.T @ away))


def _leading(products: Floats) -> Floats:
    """The direction of the largest eigenvalue, by repeated products: near enough to begin with."""
    found = products[:, products.diagonal().argmax()]
    for _ in range(_PRODUCTS):
        found = found / (np.abs(found).max() or 1.0) @ products
    return found


def _standard(values: Floats) -> Floats:
    """The values with mean 0 and standard deviation 1, the unknown at 0; all 0 where all alike."""
    known = ~np.isnan(values)
    if not known.any():
        return values
    away = np.where(known, values - values[known].mean(), 0.0)
    spread = float(away[known].std())
    return away / spread if spread > _FLAT else np.zeros_like(away)


def _filled(found: Floats) -> Floats:
    """NaN as the state's last value before, else its first after, else 0."""
    filled = found.copy()
    for order in (range(1, len(filled)), range(len(filled) - 2, -1, -1)):
        step = 1 if order.step > 0 else -1
        for at in order:
            here = filled[at]
            here[np.isnan(here)] = filled[at - step][np.isnan(here)]
    return np.nan_to_num(filled)
