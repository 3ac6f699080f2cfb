"""All votes: filters in the address, newest first, page by page; all that fit as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from markupsafe import Markup

from votewire import states
from votewire.errors import NotInRecord, UsageError
from votewire.pipeline.typed_days import day_typed
from votewire.plots.tally_bar import small_bar
from votewire.record import Record
from votewire.record.export import flat
from votewire.record.listing import Asked, listing
from votewire.record.tables import Chamber, Kind, Outcome
from votewire.record.topics import Topic, topics
from votewire.web.phrases import phrase
from votewire.web.shown import Panel, View
from votewire.web.site import Site
from votewire.web.vote_drawings import Drawn

__all__ = ["PAGE", "VIEWS", "Votes", "router", "votes"]

PAGE = 50  # votes on a page
CHOICES = ("yes", "no", "abstain", "non_voting")

router = APIRouter(tags=["Votes"])


ChamberName = Annotated[str, Query(max_length=10, description="GA or SC.")]
OutcomeName = Annotated[str, Query(max_length=20, description=", ".join(Outcome))]
KindName = Annotated[str, Query(max_length=20, description=", ".join(Kind))]
StateName = Annotated[str, Query(max_length=80, description="A state: USA, Russia.")]
ChoiceName = Annotated[str, Query(max_length=20, description="The state's: " + ", ".join(CHOICES))]
TopicName = Annotated[str, Query(max_length=80, description="A topic: ukraine, human rights.")]
First = Annotated[str, Query(max_length=10, description="First day, month or year: 2022-02-24.")]
Last = Annotated[str, Query(max_length=10, description="Last day, month or year, counted too.")]
Words = Annotated[str, Query(max_length=200, description="Words of title, agenda or symbol.")]
Number = Annotated[int, Query(ge=1, le=10_000, description=f"The page, of {PAGE} votes each.")]


@dataclass(frozen=True, kw_only=True)
class Votes(Drawn):
    """A page of the votes that fit."""

    asked: Mapping[str, str] = field(metadata={"help": "the filters, as they were typed"})
    found: int = field(metadata={"help": "how many votes fit"})
    number: int = field(metadata={"help": "which page this is, from 1"})
    pages: int = field(metadata={"help": "how many pages there are"})
    notes: tuple[str, ...] = field(metadata={"help": "what to know of the state as typed"})

    @staticmethod
    def mini(row: Mapping[str, Any]) -> Markup:
        """The inside of the bar of one row's tally."""
        counts = {side: row[side] for side in ("yes", "no", "abstain")}
        return Markup(small_bar(counts))  # noqa: S704

    @staticmethod
    def all_topics() -> tuple[Topic, ...]:
        """What can be chosen as a topic."""
        return tuple(sorted(topics(), key=lambda each: each.name))

    def other(self, **changed: Any) -> dict[str, Any]:
        """The query of this page with some of it changed."""
        return {**self.asked, **changed}


def votes(
    site: Site,
    chamber: ChamberName = "",
    outcome: OutcomeName = "",
    kind: KindName = "",
    state: StateName = "",
    choice: ChoiceName = "",
    topic: TopicName = "",
    since: First = "",
    until: Last = "",
    text: Words = "",
    page: Number = 1,
) -> Votes:
    """The votes that fit every filter, newest first."""
    typed = {
        "chamber": chamber,
        "outcome": outcome,
        "kind": kind,
        "state": state,
        "choice": choice,
        "topic": topic,
        "since": since,
        "until": until,
        "text": text,
    }
    asked, notes = _asked(site.record, typed)
    answer = listing(site.record, asked, top=PAGE, skip=(page - 1) * PAGE)
    found = int(answer.facts["found"])
    pages = max(1, ceil(found / PAGE))
    if page > pages:
        raise NotInRecord(f"page {page} of {pages}", complete_to=site.record.completeness)
    return Votes(
        title=phrase("Votes"),
        description=phrase(
            "Recorded votes and adoptions of the General Assembly and the Security Council, newest "
            "first: %(n)s of them.",
            n=f"{found:,}",
        ),
        panels=(Panel(id="votes", answer=answer, drawn=False, rows=PAGE),),
        asked={name: value.strip() for name, value in typed.items() if value.strip()},
        found=found,
        number=page,
        pages=pages,
        notes=notes,
    )


@router.get(
    "/votes.csv",
    summary="All votes that fit, as CSV",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
def votes_csv(
    request: Request,
    chamber: ChamberName = "",
    outcome: OutcomeName = "",
    kind: KindName = "",
    state: StateName = "",
    choice: ChoiceName = "",
    topic: TopicName = "",
    since: First = "",
    until: Last = "",
    text: Words = "",
) -> Response:
    """Every vote that fits, newest first, and not those of one page alone."""
    typed = {
        "chamber": chamber,
        "outcome": outcome,
        "kind": kind,
        "state": state,
        "choice": choice,
        "topic": topic,
        "since": since,
        "until": until,
        "text": text,
    }
    site: Site = request.app.state.site
    asked, _ = _asked(site.record, typed)
    content = flat(listing(site.record, asked).table).write_csv()
    headers = {"Cache-Control": "public, max-age=300"}
    return Response(content, 200, headers, "text/csv; charset=utf-8")


def _asked(record: Record, typed: Mapping[str, str]) -> tuple[Asked, tuple[str, ...]]:
    """The filters as the record knows them, and what to know of the state."""
    given = {name: value.strip() or None for name, value in typed.items()}
    first = day_typed(given["since"], "since", last=False)
    last = day_typed(given["until"], "until", last=True)
    if first and last and first > last:
        raise UsageError(f"since {first} is after until {last}: give the earlier day first.")
    on = last or max(record.complete_to.values())
    found = states.resolve(given["state"], on) if given["state"] else None
    if given["choice"] and not found:
        raise UsageError("choice is a state's: name the state too.")
    asked = Asked(
        state=found.code if found else None,
        choice=_one_of("choice", given["choice"], CHOICES),
        chamber=_one_of("chamber", given["chamber"] and given["chamber"].upper(), tuple(Chamber)),
        outcome=_one_of("outcome", given["outcome"], tuple(Outcome)),
        kind=_one_of("kind", given["kind"], tuple(Kind)),
        topic=given["topic"],
        since=first,
        until=last,
        text=given["text"],
        newest_first=True,
    )
    return asked, (found.note,) if found and found.note else ()


def _one_of(name: str, given: str | None, allowed: tuple[str, ...]) -> str | None:
    if given is not None and given not in allowed:
        raise UsageError(f"{name} {given!r}: give one of {', '.join(allowed)}.")
    return given


VIEWS = (View(path="/votes", make=votes, template="votes.html", name="Votes", tables=False),)
