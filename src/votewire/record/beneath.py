"""The record beneath a user's additions: what was made of it, told of the record laid over it.

Fits and surprises come ready for the shipped record and take minutes for another one. With a few
votes of one's own over it they still answer, of the rollcalls that they know.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.record.answer import Answer
from votewire.record.record import Record

__all__ = ["beneath", "choices_beneath", "rows_above", "told_without", "without_own"]

Rows = NDArray[np.intp]


def beneath(record: Record) -> Record:
    """The record without a user's additions; itself where there are none."""
    return record.base or record


def rows_above(record: Record) -> Rows:
    """(n,) of each row of the record beneath its row in this one; -1 where it was set aside."""
    return _rows_in(record, of=beneath(record))


def choices_beneath(record: Record, rows: Rows) -> NDArray[np.int8]:
    """(n, n_states) the choices on some rows, without the casts that a user's additions brought.

    Raises ValueError for a rollcall that the record beneath has not.
    """
    below = beneath(record)
    at = _rows_in(below, of=record)[rows]
    if (at < 0).any():
        raise ValueError("a rollcall of the user's own is not in the record beneath")
    return np.asarray(below.choices[at])


def _rows_in(record: Record, *, of: Record) -> Rows:
    """(n,) of each row of one record the row of the same rollcall in another, or -1."""
    rows = record.rollcalls.select("id", row=pl.int_range(pl.len()))
    found = of.rollcalls.select("id").join(rows, on="id", how="left", maintain_order="left")
    return found["row"].fill_null(-1).to_numpy().astype(np.intp)


def without_own(answer: Answer, record: Record, what: str) -> Answer:
    """The answer, which says so where its figures are of the record beneath a user's additions.

    what: the figures, such as `Positions are`.
    """
    told = told_without(record, answer.record_hash, what)
    if not told:
        return answer
    basis = f"{answer.basis}, {_without(record)}"
    return replace(answer, told=(*answer.told, *told), basis=basis)


def told_without(record: Record, figures_of: str, what: str) -> tuple[str, ...]:
    """The sentence that figures leave the user's votes out; none where they do not.

    figures_of: the hash of the record that they are of.
    """
    if figures_of == record.hash or not record.own:
        return ()
    return (f"{what} of the shipped record, {_without(record)}.",)


def _without(record: Record) -> str:
    return f"without your {len(record.own):,} vote{'' if len(record.own) == 1 else 's'}"
