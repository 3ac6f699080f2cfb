"""What pages let a reader choose: chamber, days, topic, definition, the page of a list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from fastapi import Query

from votewire import blocs, states
from votewire.errors import NotInRecord, UsageError
from votewire.pipeline.typed_days import day_typed
from votewire.positions import Fit
from votewire.record import Record, Selection
from votewire.record.topics import topic as topic_named
from votewire.web.shown import Panel

__all__ = [
    "PERMANENT",
    "ChamberName",
    "DefinitionName",
    "PageNumber",
    "Paging",
    "Since",
    "TopicName",
    "Until",
    "Window",
    "chosen_definition",
    "chosen_window",
    "known_groups",
    "latest_session",
    "panels_of",
]

# The Soviet Union stands beside Russia: together they are one seat.
PERMANENT = ("USA", "CHN", "RUS", "SUN", "FRA", "GBR")

_ENOUGH = 20  # contested rollcalls from which a session is under way

Since = Annotated[
    str, Query(max_length=10, description="First day, month or year: 2022-02-24, 2022.")
]
Until = Annotated[str, Query(max_length=10, description="Last day, month or year, counted too.")]
ChamberName = Annotated[
    Literal["GA", "SC"], Query(description="GA: General Assembly. SC: Security Council.")
]
TopicName = Annotated[
    str, Query(max_length=60, description="On a topic, by its name or id: see /topics.")
]
DefinitionName = Annotated[
    str,
    Query(
        max_length=20,
        description="half (an abstention is half-way), strict, yes_no (without abstentions), kappa "
        "or pi (corrected for chance).",
    ),
]
PageNumber = Annotated[int, Query(ge=1, le=10_000, description="Which page of the list.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The rollcalls chosen, as they were typed: for the form, and for links to the same choice."""

    chamber: str
    since: str
    until: str
    topic: str

    def selection(self) -> Selection:
        """The same as the questions take it. Raises UsageError, NotInRecord for what is unknown."""
        since = day_typed(self.since or None, "since", last=False)
        until = day_typed(self.until or None, "until", last=True)
        if since is not None and until is not None and since > until:
            raise UsageError(f"since {since} is after until {until}: give the earlier day first.")
        topic = topic_named(self.topic).id if self.topic else None
        return Selection(chamber=self.chamber, since=since, until=until, topic=topic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """One page of a list. page: its number from 1; pages: how many there are; found: of all."""

    page: int
    pages: int
    found: int
    each: int

    @classmethod
    def of(cls, page: int, found: int, each: int) -> Paging:
        """Page number `page` of a list; raises NotInRecord where the list has no such page."""
        pages = max(1, -(-found // each))
        if page > pages:
            raise NotInRecord(f"page {page} of a list of {pages}")
        return cls(page=page, pages=pages, found=found, each=each)


def chosen_window(chamber: str, since: str, until: str, topic: str = "") -> Window:
    """What was typed, without spaces around it."""
    return Window(chamber=chamber, since=since.strip(), until=until.strip(), topic=topic.strip())


def chosen_definition(typed: str) -> blocs.Definition:
    """The definition of agreement meant; raises UsageError for another word."""
    try:
        return blocs.Definition(typed.strip().lower().replace("_", "-") or "half")
    except ValueError:
        known = ", ".join(each.replace("-", "_") for each in blocs.Definition)
        raise UsageError(f"definition {typed!r}: give one of {known}.") from None


def known_groups() -> tuple[str, ...]:
    """The ids of the groups that have a dated list of members."""
    return tuple(each for each in states.groups() if not states.group(each).open)


def latest_session(fit: Fit, record: Record) -> int:
    """The last session that is well under way: one just opened has a handful of votes."""
    from votewire.positions.sessions import regular_sessions

    numbers, votes = np.unique(regular_sessions(record, fit.texts.rows), return_counts=True)
    return int(numbers[votes >= _ENOUGH][-1]) if (votes >= _ENOUGH).any() else int(numbers[-1])


def panels_of(
    *makers: Callable[[], Panel],
) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    """The panels that can be made, and why the others cannot: too few rollcalls, no position."""
    made: list[Panel] = []
    missing: list[str] = []
    for make in makers:
        try:
            made.append(make())
        except NotInRecord as error:
            missing.append(str(error))
    return tuple(made), tuple(missing)
