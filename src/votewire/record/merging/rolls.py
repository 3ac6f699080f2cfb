"""Rolls of several rollcalls as one matrix, and how far two rolls are apart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.record.readers.result import ReadRollcall
from votewire.record.tables import Choice

__all__ = ["RECORDED", "apart", "matrix"]

RECORDED = (Choice.YES, Choice.ABSTAIN, Choice.NO, Choice.NON_VOTING)


def matrix(rollcalls: Sequence[ReadRollcall]) -> NDArray[np.int8]:
    """(n, n_states) of Choice codes, columns as `states.codes()`; NOT_RECORDED for no mark."""
    column = {code: at for at, code in enumerate(states.codes())}
    table = np.full((len(rollcalls), len(column)), Choice.NOT_RECORDED, dtype=np.int8)
    for row, rollcall in enumerate(rollcalls):
        at = [column[code] for code in rollcall.casts]
        table[row, at] = list(rollcall.casts.values())
    return table


def apart(
    kept: NDArray[np.int8], other: NDArray[np.int8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How many states differ, and how many both have, for every pair: (n_kept, n_other) each."""
    both = _ones(kept <= Choice.NON_VOTING) @ _ones(other <= Choice.NON_VOTING).T
    equal = np.zeros_like(both)
    for choice in RECORDED:
        equal += _ones(kept == choice) @ _ones(other == choice).T
    return both - equal, both


def _ones(mask: NDArray[np.bool_]) -> NDArray[np.float32]:
    return mask.astype(np.float32)
