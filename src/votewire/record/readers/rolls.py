"""Rolls out of a long table: one row for each mark becomes one dict for each rollcall, recounted.

Bulk files hold about a million marks, so everything here is an array over rows; a name is resolved
once for each name, never once for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.errors import UnknownState
from votewire.record.readers.result import Totals
from votewire.record.tables import Choice

__all__ = ["UNKNOWN", "Marks", "resolve_keys"]

Ints = NDArray[np.int64]
Days = NDArray[np.datetime64]
Key = TypeVar("Key")

UNKNOWN = -1
_WRONG = 300  # names of no state after which none is looked up: what is nearest to each takes 3 ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of n rows in k rolls.

    roll: (n,) which roll, 0 to k - 1, never decreasing. state: (n,) column in `states.codes()`, or
    UNKNOWN. choice: (n,) Choice values YES, ABSTAIN, NO, NON_VOTING, or UNKNOWN. rolls: k.
    """

    roll: Ints
    state: Ints
    choice: Ints
    rolls: int

    def only(self, keep: NDArray[np.bool_]) -> Marks:
        """The marks of some rows."""
        return Marks(
            roll=self.roll[keep], state=self.state[keep], choice=self.choice[keep], rolls=self.rolls
        )

    def totals(self) -> list[Totals]:
        """The totals that each roll's marks add up to; unreadable marks are not counted."""
        known = self.choice >= 0
        cells = self.roll[known] * len(Choice) + self.choice[known]
        table = np.bincount(cells, minlength=self.rolls * len(Choice)).reshape(self.rolls, -1)
        members = np.bincount(self.roll, minlength=self.rolls)
        return [
            Totals(
                yes=row[Choice.YES],
                no=row[Choice.NO],
                abstain=row[Choice.ABSTAIN],
                non_voting=row[Choice.NON_VOTING],
                members=size,
            )
            for row, size in zip(table.tolist(), members.tolist(), strict=True)
        ]

    def repeated(self) -> tuple[NDArray[np.bool_], list[tuple[int, int]]]:
        """Rows that say again what an earlier row of the roll says of that state, and conflicts.

        Returns (n,) True for such a repeat, and (roll, state column) pairs with two choices.
        """
        again = np.zeros(len(self.roll), dtype=bool)
        key = self.roll * (len(states.codes()) + 1) + self.state
        order = np.argsort(key, kind="stable")
        twice = np.flatnonzero((np.diff(key[order]) == 0) & (self.state[order][1:] != UNKNOWN))
        if not twice.size:
            return again, []
        first, second = order[twice], order[twice + 1]
        again[second] = True
        clash = self.choice[first] != self.choice[second]
        rolls, columns = self.roll[first[clash]].tolist(), self.state[first[clash]].tolist()
        return again, sorted(set(zip(rolls, columns, strict=True)))

    def members_only(self, days: Days) -> tuple[Marks, dict[int, list[str]], list[tuple[int, str]]]:
        """The marks without absences of states that were no UN member on the roll's day.

        Files list a state as absent from rolls of the weeks before its admission; that is no
        absence. days: (k,) datetime64[D]. Returns the marks, the codes left out by roll, and
        (roll, code) pairs of non-members that voted, whose marks stay.
        """
        distinct, place = np.unique(days, return_inverse=True)
        member = states.membership(distinct)
        outside = ~member[place[self.roll], self.state] & (self.state != UNKNOWN)
        absent = outside & (self.choice == Choice.NON_VOTING)
        codes = states.codes()
        left_out: dict[int, list[str]] = {}
        for at in np.flatnonzero(absent).tolist():
            left_out.setdefault(int(self.roll[at]), []).append(codes[self.state[at]])
        voted = [
            (int(self.roll[at]), codes[self.state[at]])
            for at in np.flatnonzero(outside & ~absent).tolist()
        ]
        return self.only(~absent), left_out, voted

    def casts(self) -> list[dict[str, Choice]]:
        """One dict of state code -> choice for each roll."""
        codes = np.array(states.codes(), dtype=object)[self.state].tolist()
        marks = _objects(list(Choice))[self.choice].tolist()
        ends = np.searchsorted(self.roll, np.arange(self.rolls + 1)).tolist()
        return [
            dict(zip(codes[start:end], marks[start:end], strict=True))
            for start, end in pairwise(ends)
        ]


def resolve_keys(
    keys: Sequence[Key],
    key_of_row: Ints,
    day_of_row: Days,
    resolve: Callable[[Key, date], str],
) -> tuple[Ints, dict[Key, str]]:
    """The state column of each row, and what is wrong with the keys that no state answers to.

    keys: the distinct names, numbers or codes of the source; key_of_row: (n,) index into them;
    day_of_row: (n,) datetime64[D]. A key is resolved on its first and last day; only where those
    differ, as for a seat that changed hands, on each of its days.
    Returns (n,) columns in `states.codes()`, UNKNOWN where a key has no state, and their messages.
    """
    column = {code: at for at, code in enumerate(states.codes())}
    found = np.full(len(key_of_row), UNKNOWN, dtype=np.int64)
    wrong: dict[Key, str] = {}
    order = np.argsort(key_of_row, kind="stable")
    ends = np.searchsorted(key_of_row[order], np.arange(len(keys) + 1))
    for at, key in enumerate(keys):
        rows = order[ends[at] : ends[at + 1]]
        if len(wrong) >= _WRONG:
            wrong[key] = f"{key!r} was not looked up, as {_WRONG} names before it are of no state"
            continue
        try:
            found[rows] = _columns(key, day_of_row[rows], resolve, column)
        except UnknownState as error:
            wrong[key] = str(error)
    return found, wrong


def _columns(
    key: Key, days: Days, resolve: Callable[[Key, date], str], column: dict[str, int]
) -> Ints | int:
    if not len(days):
        return UNKNOWN
    first, last = days.min().item(), days.max().item()
    code = resolve(key, first)
    if resolve(key, last) == code:
        return column[code]
    distinct, place = np.unique(days, return_inverse=True)
    answers = np.array([column[resolve(key, day)] for day in distinct.tolist()], dtype=np.int64)
    return answers[place]


def _objects(things: list[Choice]) -> NDArray[np.object_]:
    array = np.empty(len(things), dtype=object)
    array[:] = things
    return array
