"""The first page: the newest votes, the most surprising casts, the largest shifts; one search."""

from __future__ import annotations

import numpy as np

from votewire.positions import shifts as moves
from votewire.positions.sessions import regular_sessions
from votewire.positions.surprise import most_surprising
from votewire.record import Record, Selection
from votewire.record.listing import Asked, listing
from votewire.web.phrases import phrase
from votewire.web.shown import Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "home"]

_NEWEST, _TOP = 14, 8
_ENOUGH = 20  # votes with a roll from which a session is under way


def home(site: Site) -> Page:
    """What is new in the record, and what was out of the ordinary in the last session."""
    record = site.record
    session, within = _last_session(record)
    newest = listing(record, Asked(newest_first=True), top=_NEWEST)
    surprising = most_surprising(site.surprises, record, None, _TOP, within=within)
    shifts = moves.shifts(site.fit, moves.Asked(session=session), _TOP, record=record)
    return Page(
        title=phrase("Who voted how at the United Nations"),
        description=phrase(
            "Who voted how on the resolutions of the General Assembly and the Security Council "
            "since 1946, with whom, how surprising it was, and whether an article gets it right."
        ),
        panels=(
            Panel(id="newest", answer=newest, heading=phrase("The newest votes"), drawn=False),
            Panel(
                id="surprising",
                answer=surprising,
                heading=phrase("The most surprising votes of session %(number)d", number=session),
                drawn=False,
            ),
            Panel(
                id="shifts",
                answer=shifts,
                heading=phrase("The largest shifts, session %(number)d", number=session),
                drawn=False,
            ),
        ),
    )


def _last_session(record: Record) -> tuple[int, Selection]:
    """The last session of the Assembly that has enough votes with a roll, and its days."""
    frame = record.rollcalls
    rows = np.flatnonzero(((frame["chamber"] == "GA") & (frame["roll"] != "none")).to_numpy())
    sessions = regular_sessions(record, rows)
    numbers, votes = np.unique(sessions, return_counts=True)
    last = int(numbers[votes >= _ENOUGH][-1])
    days = frame["date"].gather(rows[sessions == last])
    return last, Selection(since=days.min(), until=days.max())  # type: ignore[arg-type]


VIEWS = (View(path="/", make=home, template="home.html", name="Home"),)
