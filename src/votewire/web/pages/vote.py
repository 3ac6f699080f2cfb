"""One vote: how it ended and why, who voted how, who surprised, and what would have changed it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path, Query

from votewire.errors import Ambiguous
from votewire.web.shown import Page, View
from votewire.web.site import Site
from votewire.web.vote_files import router
from votewire.web.vote_found import vote_at
from votewire.web.vote_page import Several, Vote, several, vote_page
from votewire.web.vote_whatif import Supposed, supposed_of

__all__ = ["VIEWS", "Several", "Supposed", "Vote", "router", "vote", "whatif"]

Symbol = Annotated[
    str, Path(max_length=200, description="A symbol, alias, draft or id: A/RES/ES-11/7, 2774.")
]
Sort = Annotated[
    Literal["name", "choice", "surprise"], Query(description="The order of the roll of states.")
]
Votes = Annotated[
    list[str] | None,
    Query(alias="set", max_length=250, description="Another vote: GBR=no, abstainers=no."),
]
States = Annotated[
    list[str] | None,
    Query(alias="state", max_length=20, description="A state, with its other vote in `vote`."),
]
Choices = Annotated[list[str] | None, Query(alias="vote", max_length=20, description="Its vote.")]
TwoThirds = Annotated[bool, Query(description="General Assembly: decided by two-thirds.")]
Procedural = Annotated[bool, Query(description="Security Council: procedure, without a veto.")]


def vote(site: Site, symbol: Symbol, sort: Sort = "name") -> Page:
    """The page of a vote, or of the several votes that a symbol names."""
    try:
        rollcall = vote_at(site.record, symbol)
    except Ambiguous:
        return several(site.record, symbol)
    return vote_page(site, rollcall, sort)


def whatif(
    site: Site,
    symbol: Symbol,
    votes: Votes = None,
    of_states: States = None,
    choices: Choices = None,
    two_thirds: TwoThirds = False,
    procedural: Procedural = False,
) -> Page:
    """The vote with other votes, or decided by another rule."""
    rollcall = vote_at(site.record, symbol, "/whatif")
    typed = [
        f"{state}={choice}"
        for state, choice in zip(of_states or (), choices or (), strict=False)
        if state.strip()
    ]
    return supposed_of(
        site.record,
        rollcall,
        [*(votes or ()), *typed],
        two_thirds=two_thirds,
        procedural=procedural,
    )


# The first that fits answers: what stands below a vote goes before the vote.
VIEWS = (
    View(path="/votes/{symbol:path}/whatif", make=whatif, template="whatif.html", name="What if"),
    View(path="/votes/{symbol:path}", make=vote, template="vote.html", name="Vote"),
)
