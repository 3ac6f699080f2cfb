"""All states on the line of one session, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Query

from votewire.positions import Fit, answers, company
from votewire.positions.answers import session_table
from votewire.positions.tables import FIRST_YEAR
from votewire.web.choosing import latest_session
from votewire.web.phrases import phrase
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "Positions", "SessionNumber", "positions"]

SessionNumber = Annotated[
    int | None,
    Query(ge=1, le=9999, description="A regular session: 79. The last well under way if none."),
]


@dataclass(frozen=True, kw_only=True)
class Positions(Page):
    """What the page of a session says beside its answers."""

    session: int = field(metadata={"help": "the session's number"})
    year: int = field(metadata={"help": "the year in which it opened"})
    rollcalls: int = field(metadata={"help": "its contested rollcalls, on which positions rest"})
    sessions: tuple[int, ...] = field(metadata={"help": "the sessions to choose from"})
    permanent: tuple[str, ...] = field(metadata={"help": "permanent members of the Council then"})


def positions(site: Site, session: SessionNumber = None) -> Positions:
    """Every state of a session in order, with its interval; groups on the same line."""
    record, fit = site.record, site.fit
    chosen = latest_session(fit, record) if session is None else session
    ranked = answers.rank(fit, chosen, record=record)
    grouped = company.in_groups(fit, chosen, record=record)
    five = grouped.table.filter(grouped.table["group"] == "P5")
    return Positions(
        title=phrase(
            "Positions in session %(number)d (%(year)d)", number=chosen, year=FIRST_YEAR + chosen
        ),
        description=phrase(
            "Where every state stood in the General Assembly in session %(number)d, with 90 %% "
            "intervals.",
            number=chosen,
        ),
        panels=(
            Panel(id="groups", answer=grouped, heading=phrase("All states and groups on one line")),
            Panel(
                id="states",
                answer=ranked,
                heading=phrase("Every state in order, with its interval"),
                drawn=False,
                rows=250,
            ),
        ),
        session=chosen,
        year=FIRST_YEAR + chosen,
        rollcalls=_rollcalls(site, chosen),
        sessions=_sessions(fit),
        permanent=tuple(five["states"][0]) if five.height else (),
    )


def _rollcalls(site: Site, session: int) -> int:
    table = session_table(site.fit, site.record)
    return int(table.filter(table["session"] == session)["rollcalls"].sum())


def _sessions(fit: Fit) -> tuple[int, ...]:
    return tuple(sorted((int(label) for label in fit.periods), reverse=True))


VIEWS = (View(path="/positions", make=positions, template="positions.html", name="Positions"),)
