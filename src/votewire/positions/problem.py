"""The casts of a chamber made ready for a fit: contested rollcalls in one block for each period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire.errors import FitError
from votewire.record import Choice

__all__ = ["MISSING", "Block", "Problem", "problem_of"]

MISSING = np.int8(Choice.NON_VOTING)  # every choice that is no position is held as this one

Choices = NDArray[np.int8]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The rolls of one period.

    casts: (r, n) int8, Yes 0, abstain 1, No 2, missing 3. items: (r,) the item of each rollcall.
    columns: (n,) the states that took a position in the period, as columns of the problem.
    """

    casts: Choices
    items: Ints
    columns: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a fit is given.

    states: (s,) labels. periods: (t,) labels in order of time. times: (t,) when each period was,
    in periods; a difference of more than 1 is a gap. blocks: (t,). rows: the rows of the rolls that
    were kept, in the order of the blocks. items: how many different texts they are, where votes on
    one recurring text share one. dropped: how many rollcalls had no two different positions.
    present: (t, s) whether a state took a position in a period.
    """

    states: tuple[str, ...]
    periods: tuple[str, ...]
    times: NDArray[np.float64]
    blocks: tuple[Block, ...]
    rows: Ints
    items: int
    dropped: int
    present: NDArray[np.bool_]

    @property
    def casts(self) -> int:
        """How many casts are positions: Yes, abstain or No."""
        return sum(int((block.casts != MISSING).sum()) for block in self.blocks)


def problem_of(
    choices: Choices,
    periods: Sequence[str],
    *,
    states: Sequence[str],
    items: Sequence[int] | Ints | None = None,
    times: Sequence[float] | None = None,
) -> Problem:
    """The problem that rolls make: unanimous rollcalls dropped, the others in blocks by period.

    choices: (n, s) Choice codes. periods: (n,) the label of each rollcall's period, in order of
    time. items: (n,) equal numbers for votes on the same recurring text; each rollcall its own text
    if not given. times: when each different period was; 0, 1, 2, ... if not given.
    Raises FitError where nothing can be fitted: no rollcall with two different positions, fewer
    than two states, or periods that no state and no text connects. Raises ValueError where lengths
    differ or times do not increase.
    """
    labels = tuple(dict.fromkeys(periods))
    number = {label: at for at, label in enumerate(labels)}
    period = np.array([number[label] for label in periods], dtype=np.intp)
    if choices.shape != (len(period), len(states)):
        raise ValueError(f"choices {choices.shape}, {len(period)} periods, {len(states)} states")
    if (np.diff(period) < 0).any():
        raise ValueError("rollcalls must come period by period")
    if items is not None and len(items) != len(period):
        raise ValueError(f"{len(items)} items for {len(period)} rollcalls")
    taken = np.where(choices <= Choice.NO, choices, MISSING).astype(np.int8)
    contested = sum(((taken == side).any(axis=1) for side in range(3)), np.zeros(len(taken))) > 1
    _check(taken, contested)
    rows = np.flatnonzero(contested)
    texts = np.arange(len(taken)) if items is None else np.asarray(items)
    _, item = np.unique(texts[rows], return_inverse=True)
    kept = np.unique(period[rows])
    when = np.arange(len(labels), dtype=float) if times is None else np.asarray(times, dtype=float)
    if len(when) != len(labels) or (np.diff(when) <= 0).any():
        raise ValueError(f"times must be {len(labels)} increasing numbers, one for each period")
    blocks = tuple(_block(taken[rows], item, period[rows] == at) for at in kept)
    present = np.zeros((len(kept), len(states)), dtype=bool)
    for at, block in enumerate(blocks):
        present[at, block.columns] = True
    found = Problem(
        states=tuple(states),
        periods=tuple(labels[at] for at in kept),
        times=when[kept],
        blocks=blocks,
        rows=rows,
        items=int(item.max()) + 1,
        dropped=int((~contested).sum()),
        present=present,
    )
    _check_connected(found)
    return found


def _block(taken: Choices, item: Ints, here: NDArray[np.bool_]) -> Block:
    columns = np.flatnonzero((taken[here] != MISSING).any(axis=0))
    casts = np.ascontiguousarray(taken[here][:, columns])
    return Block(casts=casts, items=item[here], columns=columns)


def _check(taken: Choices, contested: NDArray[np.bool_]) -> None:
    if not (taken != MISSING).any():
        raise FitError("no cast is a Yes, an abstention or a No: take other rollcalls or states.")
    if (taken != MISSING).any(axis=0).sum() < 2:
        raise FitError("one state alone has no position beside others: give the rolls of several.")
    if not contested.any():
        raise FitError(
            f"none of {len(taken)} rollcalls is contested, so nothing tells the states apart: "
            "take a longer period or more topics."
        )


def _check_connected(problem: Problem) -> None:
    """Periods are comparable only where states or recurring texts lead from each to the next."""
    group = np.arange(len(problem.periods))
    of_item: dict[int, int] = {}
    for at, block in enumerate(problem.blocks):
        with_states = np.flatnonzero((problem.present[:at] & problem.present[at]).any(axis=1))
        with_items = {of_item[i] for i in block.items.tolist() if i in of_item}
        for other in {*with_states.tolist(), *with_items}:
            group[group == group[other]] = group[at]
        of_item |= dict.fromkeys(block.items.tolist(), at)
    if len(np.unique(group)) > 1:
        begins = sorted(int(np.flatnonzero(group == g)[0]) for g in np.unique(group))
        apart = ", ".join(problem.periods[at] for at in begins[:4])
        raise FitError(
            f"no state and no recurring text leads between the periods that begin with "
            f"{apart}: fit them apart, or take the periods between them too."
        )
