"""The largest moves of states from one session to the next, and what drove them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Query

from votewire import states
from votewire.positions import shifts as moves
from votewire.record import Answer
from votewire.web.choosing import latest_session
from votewire.web.pages.positions import SessionNumber
from votewire.web.phrases import phrase
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "Shifts", "shifts"]

_TOP, _DRIVERS, _NAMED = 30, 15, 2
_SPEAKS = 0.05  # bits that are not 0.0 when printed

Year = Annotated[
    int | None, Query(ge=1946, le=9999, description="Sessions that opened in this year or later.")
]
OfState = Annotated[str, Query(max_length=80, description="A state; all of them if none.")]


@dataclass(frozen=True, kw_only=True)
class Shifts(Page):
    """What the page of shifts says beside its answers."""

    state: str = field(metadata={"help": "the state asked for, empty for all"})
    session: int | None = field(metadata={"help": "the session asked for"})
    since: int | None = field(metadata={"help": "the year from which sessions count"})
    latest: int = field(metadata={"help": "the last session that is well under way"})
    sessions: tuple[int, ...] = field(metadata={"help": "the sessions to choose from"})
    drivers: tuple[tuple[dict[str, Any], ...], ...] = field(
        metadata={"help": "of each shift shown, the votes that speak most for it, in bits"}
    )


def shifts(
    site: Site, since: Year = None, session: SessionNumber = None, state: OfState = ""
) -> Shifts:
    """The largest shifts of all states or of one, with what drove each."""
    fit, record = site.fit, site.record
    code = states.resolve(state).code if state.strip() else None
    asked = moves.Asked(state=code, since=since, session=session)
    answer = moves.shifts(fit, asked, _TOP, record=record)
    drove = moves.shift_drivers(fit, asked, _DRIVERS, record=record)
    what = phrase("Shifts of %(state)s", state=states.name_of(code)) if code else phrase("Shifts")
    return Shifts(
        title=what,
        description=phrase(
            "How far states moved in the General Assembly from one session to the next, with "
            "intervals, ranks and the votes that drove each move."
        ),
        panels=(
            Panel(id="shifts", answer=answer, heading=phrase("The largest shifts"), rows=_TOP),
            Panel(
                id="drivers",
                answer=drove,
                heading=phrase("What drove the largest of them"),
                drawn=False,
                open=True,
            ),
        ),
        state=code or "",
        session=session,
        since=since,
        latest=latest_session(fit, record),
        sessions=tuple(sorted((int(label) for label in fit.periods), reverse=True)),
        drivers=_drivers(site, answer),
    )


def _drivers(site: Site, answer: Answer) -> tuple[tuple[dict[str, Any], ...], ...]:
    """Of each shift, the first votes that speak for it; none where nothing does."""
    found = []
    for row in answer.table.iter_rows(named=True):
        drove = moves.drivers(site.fit, site.record, row["state"], row["session"])
        speaking = drove.filter(drove["bits"] >= _SPEAKS).head(_NAMED)
        found.append(tuple(speaking.select("id", "symbol", "cast", "bits").to_dicts()))
    return tuple(found)


VIEWS = (View(path="/shifts", make=shifts, template="shifts.html", name="Shifts"),)
