"""Two states side by side, or a state and a group: how often they agree, and where they did not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Query

from votewire import blocs
from votewire.blocs import Side
from votewire.pipeline.typed_sides import TypedSide, side_typed
from votewire.positions import company
from votewire.record import Record, Selection
from votewire.record.topics import Topic, topics
from votewire.web.choosing import (
    ChamberName,
    DefinitionName,
    Since,
    TopicName,
    Until,
    Window,
    chosen_definition,
    chosen_window,
    panels_of,
)
from votewire.web.phrases import phrase
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "Comparison", "compare"]

_NEWEST = 40

SideName = Annotated[
    str,
    Query(max_length=80, description="A state, or a group for one of the two: USA, Russia, EU."),
]


@dataclass(frozen=True, kw_only=True)
class Comparison(Page):
    """What the page of two sides says beside its answers."""

    a: str = field(metadata={"help": "the first side, as a code or id; as typed if none is meant"})
    b: str = field(metadata={"help": "the second side"})
    names: tuple[str, ...] = field(metadata={"help": "what the two are called"})
    definition: str = field(metadata={"help": "the definition of agreement"})
    definitions: dict[str, str] = field(metadata={"help": "every definition, in words"})
    asked: Window = field(metadata={"help": "the rollcalls chosen, as they were typed"})
    topics: tuple[Topic, ...] = field(metadata={"help": "the topics to choose from"})
    notes: tuple[str, ...] = field(metadata={"help": "what to know of the two"})
    missing: tuple[str, ...] = field(metadata={"help": "what cannot be answered, and why"})


def compare(
    site: Site,
    a: SideName = "",
    b: SideName = "",
    definition: DefinitionName = "half",
    chamber: ChamberName = "GA",
    since: Since = "",
    until: Until = "",
    topic: TopicName = "",
) -> Comparison:
    """How often two sides agree, in all and by year; where they differed; where they stand."""
    chosen = chosen_definition(definition)
    window = chosen_window(chamber, since, until, topic)
    within = window.selection()
    sides = _sides(site.record, within, a, b)
    panels, missing = _panels(site, [each.side for each in sides], within, chosen)
    names = tuple(each.side.name for each in sides)
    both = phrase("%(a)s and %(b)s", a=names[0], b=names[1]) if sides else phrase("Compare")
    return Comparison(
        title=both,
        description=phrase(
            "How often %(a)s and %(b)s vote alike at the United Nations, year by year, and the "
            "votes on which they chose opposite.",
            a=names[0],
            b=names[1],
        )
        if sides
        else phrase("How often two states vote alike, or a state and a group."),
        panels=panels,
        a=sides[0].side.id if sides else a,
        b=sides[1].side.id if sides else b,
        names=names,
        definition=chosen.value.replace("-", "_"),
        definitions={each.value.replace("-", "_"): each.text for each in blocs.Definition},
        asked=window,
        topics=topics(),
        notes=tuple(dict.fromkeys(note for each in sides for note in each.notes)),
        missing=missing,
    )


def _sides(record: Record, within: Selection, a: str, b: str) -> list[TypedSide]:
    """The two sides meant; none where one was not typed."""
    if not (a.strip() and b.strip()):
        return []
    last = within.until or record.complete_to[within.chamber]
    return [side_typed(typed, within.since, last) for typed in (a, b)]


def _panels(
    site: Site, sides: list[Side], within: Selection, definition: blocs.Definition
) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    if not sides:
        return (), ()
    record, (a, b) = site.record, sides
    states = [each.id for each in sides if not each.is_group]
    return panels_of(
        lambda: Panel(
            id="agreement",
            answer=blocs.agree(record, a, b, within=within, by="year", definition=definition),
            heading=phrase("Agreement by year"),
            rows=100,
        ),
        lambda: Panel(
            id="definitions",
            answer=blocs.agree_definitions(record, a, b, within=within),
            heading=phrase("Agreement under each definition"),
            drawn=False,
            open=True,
        ),
        lambda: Panel(
            id="positions",
            answer=company.beside(site.fit, states, record=record),
            heading=phrase("Positions over time, from all votes of the General Assembly"),
            rows=200,
        ),
        lambda: Panel(
            id="opposite",
            answer=blocs.differed(record, a, b, within=within, top=_NEWEST),
            heading=phrase("Where they chose opposite, newest first"),
            drawn=False,
            rows=_NEWEST,
        ),
    )


VIEWS = (View(path="/compare", make=compare, template="compare.html", name="Comparison"),)
