"""Other votes as a person types them for a what-if: `GBR=no`, `South Korea=abstain`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from votewire import states
from votewire.errors import UsageError

if TYPE_CHECKING:
    from votewire.record import Choice, Rollcall

__all__ = ["TypedVotes", "votes_typed"]

_CHOICES = {
    "yes": "YES",
    "no": "NO",
    "abstain": "ABSTAIN",
    "non_voting": "NON_VOTING",
    "absent": "NON_VOTING",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedVotes:
    """Each state's other choice by code, and sentences on what the words may also mean."""

    changes: dict[str, Choice]
    notes: tuple[str, ...] = ()


def votes_typed(typed: Iterable[str], rollcall: Rollcall, what: str) -> TypedVotes:
    """The votes typed as `GBR=no` or `abstainers=no`, by state, on the day of a rollcall.

    what: what the words are called where they are typed, such as --set. What is said of a state
    goes before what is said of all abstainers. Raises UsageError for words that are no such vote or
    set a state twice, UnknownState for a name that is no member's.
    """
    from votewire.record import Choice

    named: dict[str, Choice] = {}
    whole: dict[str, Choice] = {}
    notes: list[str] = []
    for words in typed:
        name, equals, label = words.rpartition("=")
        choice = _CHOICES.get(label.strip().lower())
        if not equals or choice is None:
            raise UsageError(
                f"{what} {words!r}: give a state and yes, no, abstain or absent, such as GBR=no."
            )
        codes = _all_of(name.strip().lower(), rollcall)
        found = None if codes is not None else states.resolve(name.strip(), rollcall.date)
        changes = named if found else whole
        for code in (found.code,) if found else codes or ():
            if code in changes:
                raise UsageError(f"{what} {words!r}: {code} is set twice.")
            changes[code] = Choice[choice]
        notes += [found.note] if found and found.note else []
    return TypedVotes(changes=whole | named, notes=tuple(notes))


def _all_of(name: str, rollcall: Rollcall) -> tuple[str, ...] | None:
    """All `abstainers` or `absentees` of the rollcall; None for any other name."""
    from votewire.record import Choice

    every = {"abstainers": Choice.ABSTAIN, "absentees": Choice.NON_VOTING}.get(name)
    return None if every is None else rollcall.states(every)
