"""Topics: all of them, and the page of each: its votes, the permanent members on it, surprises."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Path

from votewire import blocs
from votewire.positions.surprise import most_surprising
from votewire.record import Selection, subjects
from votewire.record.listing import Asked, listing
from votewire.record.topics import Topic, topic
from votewire.web.choosing import (
    ChamberName,
    PageNumber,
    Paging,
    Since,
    Until,
    Window,
    chosen_window,
    panels_of,
)
from votewire.web.phrases import phrase
from votewire.web.shown import Moved, Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "TopicPage", "TopicsPage", "one_topic", "topics_page"]

_EACH, _TOP = 25, 12

TopicId = Annotated[
    str, Path(max_length=80, description="A topic's id: ukraine, nuclear; a name leads to it.")
]


@dataclass(frozen=True, kw_only=True)
class TopicsPage(Page):
    """What the page of all topics says beside its answer."""

    asked: Window = field(metadata={"help": "the rollcalls chosen, as they were typed"})


@dataclass(frozen=True, kw_only=True)
class TopicPage(Page):
    """What the page of one topic says beside its answers."""

    topic: Topic = field(metadata={"help": "the topic and what a rollcall must say to be on it"})
    asked: Window = field(metadata={"help": "the rollcalls chosen, as they were typed"})
    paging: Paging = field(metadata={"help": "which page of the list of votes, of how many"})
    missing: tuple[str, ...] = field(metadata={"help": "what cannot be answered, and why"})


def topics_page(
    site: Site, chamber: ChamberName = "GA", since: Since = "", until: Until = ""
) -> TopicsPage:
    """All topics with their recorded votes."""
    window = chosen_window(chamber, since, until)
    answer = subjects.all_topics(site.record, within=window.selection())
    return TopicsPage(
        title=phrase("Topics"),
        description=phrase("Subjects of recorded votes, and how many votes there were on each."),
        panels=(Panel(id="topics", answer=answer, drawn=False, rows=100),),
        asked=window,
    )


def one_topic(
    site: Site,
    name: TopicId,
    chamber: ChamberName = "GA",
    since: Since = "",
    until: Until = "",
    page: PageNumber = 1,
) -> TopicPage:
    """The votes on a topic, how the permanent members agree on it, the most surprising of them."""
    found = topic(name)
    if found.id != name:
        raise Moved(f"/topics/{found.id}")
    window = chosen_window(chamber, since, until, found.id)
    within = window.selection()
    asked = Asked(
        chamber=chamber,
        since=within.since,
        until=within.until,
        topic=found.id,
        newest_first=True,
    )
    votes = listing(site.record, asked, top=_EACH, skip=(page - 1) * _EACH)
    paging = Paging.of(page, votes.facts["found"], _EACH)
    panels, missing = _panels(site, found, within)
    return TopicPage(
        title=phrase("Votes on: %(topic)s", topic=found.name),
        description=found.definition,
        panels=(
            Panel(id="votes", answer=votes, heading=phrase("Votes, newest first"), drawn=False),
            *panels,
        ),
        topic=found,
        asked=window,
        paging=paging,
        missing=missing,
    )


def _panels(
    site: Site, found: Topic, within: Selection
) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    record = site.record
    without = Selection(chamber=within.chamber, since=within.since, until=within.until)
    return panels_of(
        lambda: Panel(
            id="years",
            answer=subjects.topic_years(record, found.id, within=without),
            heading=phrase("How many votes each year"),
            rows=100,
        ),
        lambda: Panel(
            id="permanent",
            answer=blocs.matrix(record, within=within, group="P5"),
            heading=phrase("How the permanent members agree on it"),
        ),
        lambda: Panel(
            id="surprising",
            answer=most_surprising(site.surprises, record, None, _TOP, within=within),
            heading=phrase("Who stood out: the most surprising votes on it"),
            rows=_TOP,
        ),
    )


VIEWS = (
    View(path="/topics", make=topics_page, template="topics.html", name="Topics"),
    View(path="/topics/{name}", make=one_topic, template="topic.html", name="Topic"),
)
