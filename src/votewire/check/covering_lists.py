"""The lists of states of one vote in meetings coverage as choices, each as long as counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from votewire import states
from votewire.errors import DuplicateState, SourceError, TallyMismatch, UnknownState
from votewire.press.coverage import PlainRoll
from votewire.record.readers.name_lists import states_in
from votewire.record.tables import Choice

__all__ = ["CHOICES", "VOTING", "called_as", "casts_of"]

CHOICES = {
    "yes": Choice.YES,
    "no": Choice.NO,
    "abstain": Choice.ABSTAIN,
    "non_voting": Choice.NON_VOTING,
}
VOTING = ("yes", "no", "abstain")


def casts_of(
    roll: PlainRoll, *, day: date, seats: frozenset[str], called: str
) -> dict[str, Choice]:
    """The choices that a roll's lists give, each list as long as it is counted.

    seats: who could vote. Raises TallyMismatch, UnknownState, DuplicateState and SourceError.
    """
    if roll.twice:
        raise SourceError(f"{called}: two lists under one label ({', '.join(roll.twice)}).")
    casts: dict[str, Choice] = {}
    for side, words in roll.lists.items():
        for code in _codes(words, day, seats):
            if code in casts:
                raise DuplicateState(rollcall=called, state=code)
            casts[code] = CHOICES[side]
    _check(roll, casts, called)
    return casts


def called_as(roll: PlainRoll, release: str, at: int) -> str:
    """What the roll is called in errors and keys: its symbol or draft, else its place."""
    return roll.matter.symbol or roll.matter.draft or f"{release} vote {at}"


def _codes(words: str, day: date, seats: frozenset[str]) -> Iterable[str]:
    """The states of a list, by their UN names, else by any name that means a member."""

    def by_un_name(name: str) -> str:
        code = states.from_un_name(name, day)
        if code not in seats:
            raise UnknownState(name)
        return code

    def by_any_name(name: str) -> str:
        return states.resolve(name, day).code

    for name, code in states_in(words, (by_un_name, by_any_name)):
        if code not in seats:
            raise UnknownState(name, why=f" with a seat in the chamber on {day}")
        yield code


def _check(roll: PlainRoll, casts: Mapping[str, Choice], called: str) -> None:
    """Raises where a list is not as long as counted, or is not counted at all."""
    listed = Counter(casts.values())
    lists = roll.lists
    for side in VOTING:
        if side in lists and roll.sides[side].number is None:
            raise SourceError(f"{called}: its list ({side}) has no announced count to check it by.")
    stated = {side: each.number for side, each in roll.sides.items()}
    read = {side: listed[CHOICES[side]] for side in lists}
    if any(stated.get(side) not in (None, number) for side, number in read.items()):
        sides = [side for side in CHOICES if side in VOTING or stated.get(side) is not None]
        raise TallyMismatch(
            rollcall=called,
            read=[read.get(side) for side in sides],
            announced=[stated.get(side) for side in sides],
        )
