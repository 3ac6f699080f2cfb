"""The fewest changed casts that turn an outcome over: from adopted to not adopted, or back.

Abstaining and not voting count alike in both chambers, so they are one choice here: a change from
one to the other is none. More Yes and fewer No never hurt a text, so a smallest set holds only
changes in one direction, and the sets can be counted by how many changes of each kind they hold.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import comb

from votewire.rules.majorities import Rule, Side, tally

__all__ = ["Flip", "Move", "smallest_flip"]

# Kinds of change by direction, the first preferred in the example that is given: from, to.
_AGAINST = ((Side.YES, Side.NO), (Side.YES, Side.ABSTAIN), (Side.ABSTAIN, Side.NO))
_IN_FAVOUR = ((Side.NO, Side.YES), (Side.NO, Side.ABSTAIN), (Side.ABSTAIN, Side.YES))
# Of a holder of a veto an abstention is the smaller change.
_LIFTING = ((Side.NO, Side.ABSTAIN), (Side.NO, Side.YES), (Side.ABSTAIN, Side.YES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """So many states from one side to another; `abstain` stands for not voting too."""

    states: int
    before: Side
    after: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The smallest sets of changed casts that turn an outcome over.

    size: changed casts in each. ways: how many such sets there are, exactly. moves, changes: one
    of them, by kind and by state. alone: the holders of a veto that could do it by themselves.
    """

    size: int
    ways: int
    moves: tuple[Move, ...]
    changes: Mapping[str, Side]
    alone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Changes of one kind, open to these states: by holder of a veto or not, from, to."""

    holder: bool
    before: Side
    after: Side
    states: tuple[str, ...]


def smallest_flip(casts: Mapping[str, Side], rule: Rule) -> Flip:
    """The smallest set of changed casts that flips the outcome, and how many such sets there are.

    casts: every member's side. Raises ValueError where no change can: too few members to adopt.
    """
    trial = _Trial(casts, rule)
    size = 1 + bisect_left(range(1, trial.movable + 1), True, key=trial.feasible)
    found = list(trial.flipping(size))
    if not found:
        raise ValueError(f"{len(casts)} members cannot adopt anything by the rule {rule.name}")
    best = max(found)
    changes = trial.example(best)
    alone = tuple(s for s in sorted(rule.holders & casts.keys()) if trial.alone(s))
    return Flip(
        size=size,
        ways=sum(trial.ways(numbers) for numbers in found),
        moves=_moves(casts, changes),
        changes=changes,
        alone=alone if size == 1 else (),
    )


class _Trial:
    """One roll under one rule, and the changes that may turn it over."""

    def __init__(self, casts: Mapping[str, Side], rule: Rule) -> None:
        self.casts, self.rule = casts, rule
        count = tally(casts, rule)
        self.start = (count.yes, count.no, len(count.vetoes))
        self.adopted = rule.adopts(*self.start)
        self.kinds = [*self._kinds(holder=True), *self._kinds(holder=False)]
        self.movable = len({state for kind in self.kinds for state in kind.states})

    def _kinds(self, *, holder: bool) -> Iterator[_Kind]:
        inside = [s for s in self.casts if (s in self.rule.holders) == holder]
        upward = _LIFTING if holder else _IN_FAVOUR
        for before, after in _AGAINST if self.adopted else upward:
            states = [s for s in inside if _merged(self.casts[s]) is before]
            # In an example those that abstained come before those that were away.
            states.sort(key=lambda s: (self.casts[s] is Side.NON_VOTING, s))
            if states:
                yield _Kind(holder, before, after, tuple(states))

    def feasible(self, size: int) -> bool:
        """Whether some set of this many changes turns the outcome over."""
        return next(self.flipping(size), None) is not None

    def flipping(self, size: int) -> Iterator[tuple[int, ...]]:
        """How many changes of each kind, for all sets of this size that turn it over."""
        most = [min(size, len(kind.states)) for kind in self.kinds]
        *first, last = most or [0]
        for numbers in product(*(range(n, -1, -1) for n in first)):
            rest = size - sum(numbers)
            whole = (*numbers, rest)
            if 0 <= rest <= last and self._possible(whole) and self._flips(whole):
                yield whole

    def _possible(self, numbers: tuple[int, ...]) -> bool:
        used: dict[tuple[str, ...], int] = {}
        for kind, number in zip(self.kinds, numbers, strict=True):
            used[kind.states] = used.get(kind.states, 0) + number
        return all(number <= len(states) for states, number in used.items())

    def _flips(self, numbers: tuple[int, ...]) -> bool:
        yes, no, vetoes = self.start
        for kind, number in zip(self.kinds, numbers, strict=True):
            yes += number * ((kind.after is Side.YES) - (kind.before is Side.YES))
            against = number * ((kind.after is Side.NO) - (kind.before is Side.NO))
            no += against
            vetoes += against * kind.holder
        return self.rule.adopts(yes, no, vetoes) != self.adopted

    def ways(self, numbers: tuple[int, ...]) -> int:
        """In how many ways states can be chosen for so many changes of each kind."""
        ways, used = 1, dict[tuple[str, ...], int]()
        for kind, number in zip(self.kinds, numbers, strict=True):
            taken = used.get(kind.states, 0)
            ways *= comb(len(kind.states) - taken, number)
            used[kind.states] = taken + number
        return ways

    def example(self, numbers: tuple[int, ...]) -> dict[str, Side]:
        """One set with so many changes of each kind, states in order."""
        changes: dict[str, Side] = {}
        for kind, number in zip(self.kinds, numbers, strict=True):
            free = [state for state in kind.states if state not in changes]
            changes |= dict.fromkeys(free[:number], kind.after)
        return changes

    def alone(self, state: str) -> bool:
        """Whether this state's own change is enough."""
        others = [side for side in Side if side is not self.casts[state]]
        counts = [tally({**self.casts, state: side}, self.rule) for side in others]
        return any(
            self.rule.adopts(count.yes, count.no, len(count.vetoes)) != self.adopted
            for count in counts
        )


def _merged(side: Side) -> Side:
    return Side.ABSTAIN if side is Side.NON_VOTING else side


def _moves(casts: Mapping[str, Side], changes: Mapping[str, Side]) -> tuple[Move, ...]:
    kinds = [(_merged(casts[state]), after) for state, after in changes.items()]
    return tuple(
        Move(states=kinds.count(kind), before=kind[0], after=kind[1])
        for kind in dict.fromkeys(kinds)
    )
