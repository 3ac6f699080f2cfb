"""Choices, lists and counts as the sentences of an answer say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from votewire import states
from votewire.record import Choice, Rollcall

__all__ = ["HOUSES", "VOTED", "counted", "group_name", "listed", "named", "tally_told", "the_state"]

HOUSES: Mapping[str, str] = MappingProxyType({"GA": "General Assembly", "SC": "Security Council"})

VOTED: Mapping[Choice, str] = MappingProxyType(
    {
        Choice.YES: "voted Yes",
        Choice.ABSTAIN: "abstained",
        Choice.NO: "voted No",
        Choice.NON_VOTING: "did not vote",
        Choice.NOT_MEMBER: "was not a member",
        Choice.NOT_RECORDED: "has no choice in the record",
    }
)


def counted(n: int, what: str) -> str:
    """The number with its noun: `1 rollcall`, `2,430 rollcalls`."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def listed(items: Sequence[str], limit: int = 12) -> str:
    """The items as a sentence lists them: `A, B and C`, or `A, B and 3 more` past the limit."""
    if len(items) > limit:
        return f"{', '.join(items[:limit])} and {len(items) - limit} more"
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def named(rollcall: Rollcall) -> str:
    """The rollcall as a sentence names it: `A/RES/ES-11/7 (2025-02-24)`."""
    return f"{rollcall.name} ({rollcall.date})"


def group_name(group: str) -> str:
    """The group's name as it stands at the head of a sentence, with a capital."""
    name = states.group(group).name
    return f"{name[:1].upper()}{name[1:]}"


def the_state(code: str) -> str:
    """The state's name as it stands inside a sentence: `the United States`, `Hungary`."""
    found = states.state(code)
    return f"{'the ' if found.article else ''}{found.name}"


def tally_told(yes: int, no: int, abstain: int) -> str:
    """Three counts in words: `26 voted Yes, 1 voted No, 0 abstained`."""
    return f"{yes} voted Yes, {no} voted No, {abstain} abstained"
