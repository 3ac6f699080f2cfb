"""Groups of states: all of them, and the page of each: members, cohesion, splits, who breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated

from fastapi import Path, Query

from votewire import blocs, states
from votewire.errors import UsageError
from votewire.record import Record, Selection, grouped
from votewire.record.topics import Topic, topics
from votewire.states import Group
from votewire.web.choosing import (
    ChamberName,
    Since,
    TopicName,
    Until,
    Window,
    chosen_window,
    panels_of,
)
from votewire.web.phrases import phrase
from votewire.web.shown import Moved, Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "GroupPage", "GroupsPage", "groups_page", "one_group"]

_RECENT, _TOP = timedelta(days=5 * 365), 25
_FOUNDED = date(1945, 10, 24)  # the United Nations

GroupName = Annotated[
    str, Path(max_length=80, description="A group's id: EU, NATO, G77; a name leads to it.")
]
Day = Annotated[
    str,
    Query(max_length=10, description="Members on a day: 2019-06-01; the record's last if none."),
]


@dataclass(frozen=True, kw_only=True)
class GroupsPage(Page):
    """What the page of all groups says beside its answer."""

    on: date = field(metadata={"help": "the day of which members are counted"})


@dataclass(frozen=True, kw_only=True)
class GroupPage(Page):
    """What the page of one group says beside its answers."""

    group: str = field(metadata={"help": "the group's id"})
    name: str = field(metadata={"help": "its name"})
    note: str = field(metadata={"help": "what to know of it"})
    source: str = field(metadata={"help": "what its memberships rest on"})
    see: tuple[str, ...] = field(metadata={"help": "groups that come near a word of the press"})
    on: date = field(metadata={"help": "the day of which members are listed"})
    since: date | None = field(metadata={"help": "first day of the splits and breaks counted"})
    asked: Window = field(metadata={"help": "the rollcalls chosen, as they were typed"})
    topics: tuple[Topic, ...] = field(metadata={"help": "the topics to choose from"})
    missing: tuple[str, ...] = field(metadata={"help": "what cannot be answered, and why"})


def groups_page(site: Site, on: Day = "") -> GroupsPage:
    """All groups with their members on a day."""
    day = _day(on, site.record)
    return GroupsPage(
        title=phrase("Groups"),
        description=phrase(
            "Groups of states with their members by date: the EU, NATO, BRICS, the Group of 77 and "
            "others."
        ),
        panels=(
            Panel(id="groups", answer=grouped.groups_on(site.record, day), rows=100, drawn=False),
        ),
        on=day,
    )


def one_group(
    site: Site,
    name: GroupName,
    on: Day = "",
    chamber: ChamberName = "GA",
    since: Since = "",
    until: Until = "",
    topic: TopicName = "",
) -> GroupPage:
    """Who is in a group, how united it votes, what split it most, who breaks ranks most often."""
    group = states.group(states.resolve_group(name))
    if group.id != name:
        raise Moved(f"/groups/{group.id}")
    window = chosen_window(chamber, since, until, topic)
    within = window.selection()
    lately = _lately(site.record, group, within)
    day = min(_day(on, site.record), group.last or date.max) if not on else _day(on, site.record)
    panels, missing = _panels(site.record, group, within, lately, day)
    shown = group.name[:1].upper() + group.name[1:]
    return GroupPage(
        title=shown if group.id == group.name else f"{shown} ({group.id.replace('_', ' ')})",
        description=phrase(
            "%(group)s at the United Nations: its members by date, how united it votes, and who "
            "breaks ranks.",
            group=shown,
        ),
        panels=panels,
        group=group.id,
        name=shown,
        note=group.note,
        source=group.source,
        see=group.see,
        on=day,
        since=lately.since,
        asked=window,
        topics=topics(),
        missing=missing,
    )


def _panels(
    record: Record, group: Group, within: Selection, lately: Selection, day: date
) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    if group.open:
        return (), ()
    return panels_of(
        lambda: Panel(
            id="members",
            answer=grouped.members_of(record, group.id, day),
            heading=phrase("Members on %(day)s", day=day),
            drawn=False,
            rows=200,
        ),
        lambda: Panel(
            id="cohesion",
            answer=blocs.cohesion(record, group.id, within=within, by="year"),
            heading=phrase("How united it votes, by year"),
            rows=100,
        ),
        lambda: Panel(
            id="breakers",
            answer=blocs.breakers(record, group.id, within=lately),
            heading=phrase("Who breaks ranks most often, since %(day)s", day=lately.since),
            rows=200,
        ),
        lambda: Panel(
            id="splits",
            answer=blocs.top_splits(record, group.id, within=lately, top=_TOP),
            heading=phrase("The votes that split it most, since %(day)s", day=lately.since),
            rows=_TOP,
        ),
        lambda: Panel(
            id="history",
            answer=grouped.members_of(record, group.id, None),
            heading=phrase("Every membership, past ones too"),
            rows=300,
        ),
    )


def _lately(record: Record, group: Group, within: Selection) -> Selection:
    """The rollcalls chosen; where no first day was given those of the last years of the group."""
    if within.since is not None:
        return within
    ends = [record.complete_to[within.chamber], within.until, group.last]
    last = min(end for end in ends if end is not None)
    return Selection(
        chamber=within.chamber,
        since=max(last, _FOUNDED + _RECENT) - _RECENT,
        until=within.until,
        topic=within.topic,
    )


def _day(typed: str, record: Record) -> date:
    """The day typed; the record's last without one."""
    if not typed.strip():
        return max(record.complete_to.values())
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise UsageError(f"on {typed!r}: give a day, such as 2019-06-01.") from None


VIEWS = (
    View(path="/groups", make=groups_page, template="groups.html", name="Groups"),
    View(path="/groups/{name}", make=one_group, template="group.html", name="Group"),
)
