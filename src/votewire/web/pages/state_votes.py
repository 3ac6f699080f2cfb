"""The votes of one state: filtered, newest first, page by page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from fastapi import Query

from votewire import states
from votewire.record.listing import Asked, listing
from votewire.record.topics import Topic, topics
from votewire.web.choosing import PageNumber, Paging, Since, TopicName, Until, chosen_window
from votewire.web.pages.states import StateCode, code_of
from votewire.web.phrases import phrase
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "state_votes"]

_EACH = 50

AnyChamber = Annotated[
    Literal["", "GA", "SC"],
    Query(description="GA: General Assembly. SC: Security Council. Both if not given."),
]
ChoiceMade = Annotated[
    Literal["", "yes", "no", "abstain", "non_voting"],
    Query(description="What the state chose; any choice if not given."),
]
Words = Annotated[str, Query(max_length=100, description="Words in title, agenda or symbol.")]


@dataclass(frozen=True, kw_only=True)
class StateVotes(Page):
    """What the list of a state's votes says beside it."""

    code: str = field(metadata={"help": "the state's code"})
    name: str = field(metadata={"help": "its name in English"})
    paging: Paging = field(metadata={"help": "which page of how many"})
    asked: dict[str, str] = field(metadata={"help": "the conditions, as they were typed"})
    topics: tuple[Topic, ...] = field(metadata={"help": "the topics to choose from"})


def state_votes(
    site: Site,
    code: StateCode,
    choice: ChoiceMade = "",
    chamber: AnyChamber = "",
    topic: TopicName = "",
    since: Since = "",
    until: Until = "",
    text: Words = "",
    page: PageNumber = 1,
) -> StateVotes:
    """The rollcalls on which a state chose, newest first: those that fit every condition."""
    record, code = site.record, code_of(code, "/votes")
    window = chosen_window(chamber, since, until, topic)
    chosen = window.selection()
    asked = Asked(
        state=code,
        choice=choice or None,
        chamber=chamber or None,
        since=chosen.since,
        until=chosen.until,
        topic=chosen.topic,
        text=text.strip() or None,
        newest_first=True,
    )
    answer = listing(record, asked, top=_EACH, skip=(page - 1) * _EACH)
    name = states.name_of(code)
    return StateVotes(
        title=phrase("Votes of %(state)s", state=name),
        description=phrase("How %(state)s voted at the United Nations.", state=name),
        panels=(
            Panel(
                id="votes",
                answer=answer,
                heading=phrase("Votes, newest first"),
                drawn=False,
                open=True,
                rows=_EACH,
            ),
        ),
        code=code,
        name=name,
        paging=Paging.of(page, answer.facts["found"], _EACH),
        asked={
            "choice": choice,
            "chamber": chamber,
            "topic": chosen.topic or "",
            "since": window.since,
            "until": window.until,
            "text": text.strip(),
        },
        topics=topics(),
    )


VIEWS = (
    View(
        path="/states/{code}/votes",
        make=state_votes,
        template="state_votes.html",
        name="Votes of a state",
    ),
)
