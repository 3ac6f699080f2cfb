"""Whose choices are compared: a state, or a group as the mean of its members of the day.

On each rollcall a side has a share of Yes, of abstentions and of No: all of one for a state, the
members' shares for a group. Multiplied for two sides they give that rollcall's table, so that a
group is compared under the same definitions as a state.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.definitions import POSITIONS, Definition, Floats, choices_counted
from votewire.blocs.rolls import Rolls
from votewire.errors import UsageError
from votewire.record import Choice

__all__ = ["Side", "kinds_of", "side", "two_sides"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A state by its code, or a group by its id."""

    id: str
    is_group: bool = False

    @property
    def name(self) -> str:
        """What a title calls it: `Russia`, `EU`, `African Union`."""
        if self.is_group:
            return states.group(self.id).name if "_" in self.id else self.id
        return states.name_of(self.id)

    @property
    def told(self) -> str:
        """What a sentence calls it: `the United States`, `the EU members`."""
        if self.is_group:
            return f"the {self.name} members"
        return f"the {self.name}" if states.state(self.id).article else self.name

    def shares(
        self, rolls: Rolls, definition: Definition, *, without: tuple[str, ...] = ()
    ) -> Floats:
        """(n, 3) the side's share of Yes, abstain and No on each rollcall; zeros for no position.

        Only choices that the definition counts are looked at. without: states that are left out of
        a group, since they are what it is compared with.
        """
        columns = states.codes()
        if not self.is_group:
            return np.asarray(_chosen(rolls.column(self.id)[:, None], definition)[:, :, 0])
        members = states.group_membership(self.id, rolls.days)
        members[:, [columns.index(code) for code in without]] = False
        inside = np.where(members, rolls.choices, np.int8(Choice.NOT_MEMBER))
        votes: Floats = _chosen(inside, definition).sum(axis=2)
        total = votes.sum(axis=1, keepdims=True)
        return np.asarray(np.divide(votes, total, out=np.zeros_like(votes), where=total > 0))


def side(given: str | Side) -> Side:
    """The side that a state's code or, where no state has it, a group's id stands for.

    Raises NotInRecord for an id that neither has.
    """
    if isinstance(given, Side):
        return given
    if given in states.codes():
        return Side(id=given)
    return Side(id=states.group(given).id, is_group=True)


def two_sides(first: Side, second: Side) -> tuple[Side, Side]:
    """The two sides, if they can be compared; raises UsageError for one twice or two groups."""
    if first == second:
        raise UsageError(f"{first.name} twice: give two different states.")
    if first.is_group and second.is_group:
        raise UsageError(
            f"{first.name} and {second.name} are both groups: give a state for one of them."
        )
    return first, second


def kinds_of(rows: Floats) -> tuple[Floats, Floats]:
    """The different rows and how often each occurs, as floats; rows: (n, ...)."""
    flat, counts = np.unique(rows.reshape(len(rows), -1), axis=0, return_counts=True)
    return flat.reshape(-1, *rows.shape[1:]), counts.astype(np.float64)


def _chosen(choices: NDArray[np.int8], of: Definition) -> Floats:
    """(n, 3, s) ones where a choice that counts was made."""
    wanted = choices_counted(of)
    ones = [(choices == k) & (k in wanted) for k in POSITIONS]
    return np.stack(ones, axis=1).astype(np.float64)
