"""The rolls that a question counts over: those selected, and texts adopted without a vote if asked.

A text adopted without a vote has no roll. Where such texts are counted, every member of the day
stands as having voted Yes: nobody objected.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.phrasing import counted
from votewire.record import Choice, Modality, Record, Selection
from votewire.record.periods import Part, parts

__all__ = ["Rolls", "gather", "rolls_at"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolls:
    """Rolls in order of time.

    choices: (n, n_states) int8 Choice codes, columns as `states.codes()`. days: (n,). rows: (n,)
    of the record. within: how they were selected. without_vote: how many of them are texts adopted
    without a vote; None where such texts were not asked for.
    """

    record: Record
    within: Selection
    rows: NDArray[np.intp]
    choices: NDArray[np.int8]
    days: NDArray[np.datetime64]
    without_vote: int | None = None

    def column(self, code: str) -> NDArray[np.int8]:
        """(n,) one state's choices."""
        return self.choices[:, states.codes().index(code)]

    def periods(self, by: str | None) -> Iterator[tuple[str, NDArray[np.intp]]]:
        """Each period and the places in `rows` of its rollcalls, earliest first."""
        for period, rows in self.within.periods(self.record, self.rows, by):
            yield period, np.searchsorted(self.rows, rows)

    def parts(self, by: str | None, counted: Collection[str]) -> dict[str, Part]:
        """Those of the periods counted of which there is a part only, by label."""
        found = parts(self.record, self.within, self.rows, by)
        return {label: part for label, part in found.items() if label in counted}

    @property
    def basis(self) -> str:
        """Which rollcalls they are, in words."""
        if self.without_vote is None:
            return self.within.told(self.rows)
        told = self.within.told(self.rows[self.without_vote :])  # only their number is told
        return f"{told}, and {_texts(self.without_vote)}"

    @property
    def consensus(self) -> str:
        """What is said of texts adopted without a vote: left out, or how many are counted."""
        if self.without_vote is None:
            return "Texts adopted without a vote are no part of it."
        whole = self.record.rollcalls["modality"].eq(Modality.WITHOUT_VOTE).sum()
        return (
            "Texts adopted without a vote count as agreement of all members of the day, as if each "
            f"had voted Yes: {self.without_vote} here. The record states {whole} in all and lacks "
            "most of the Assembly's."
        )


def gather(
    record: Record,
    within: Selection,
    *,
    with_consensus: bool = False,
    with_predecessor: tuple[str, ...] = (),
) -> Rolls:
    """The rolls that a selection chooses. Raises TooFewRollcalls where there is none.

    with_consensus: also its texts adopted without a vote. with_predecessor: codes of states whose
    column takes the choices of the state whose seat they continue, before they had it.
    """
    rows = within.rows(record)
    without = within.adopted_without_vote(record) if with_consensus else rows[:0]
    rows = np.union1d(rows, without)
    choices = record.choices[rows]
    choices[np.isin(rows, without)] = _all_yes(record.choices[without])
    for code in with_predecessor:
        _continue_seat(choices, code)
    return Rolls(
        record=record,
        within=within,
        rows=rows,
        choices=choices,
        days=record.days[rows],
        without_vote=len(without) if with_consensus else None,
    )


def rolls_at(record: Record, rows: NDArray[np.intp]) -> Rolls:
    """The rolls in some rows of the record, of either chamber or both, in order of time."""
    return Rolls(
        record=record,
        within=Selection(),
        rows=rows,
        choices=record.choices[rows],
        days=record.days[rows],
    )


def _all_yes(choices: NDArray[np.int8]) -> NDArray[np.int8]:
    member = choices != Choice.NOT_MEMBER
    return np.where(member, np.int8(Choice.YES), choices)


def _continue_seat(choices: NDArray[np.int8], code: str) -> None:
    columns = states.codes()
    held = states.state(code).continues
    if held is None:
        raise ValueError(f"{code} continues no other state's seat")
    own, before = choices[:, columns.index(code)], choices[:, columns.index(held)]
    own[:] = np.where(own == Choice.NOT_MEMBER, before, own)


def _texts(n: int) -> str:
    return f"{counted(n, 'text')} adopted without a vote"
