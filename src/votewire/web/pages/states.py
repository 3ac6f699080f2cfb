"""All states in one table, and the page of each: where it stands, with whom, what it chose."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated

import numpy as np
from fastapi import Path

from votewire import blocs, states
from votewire.pipeline.every_state import every_state
from votewire.positions import company
from votewire.positions import shifts as moves
from votewire.positions.surprise import most_surprising
from votewire.record import Choice, Record, Selection, grouped
from votewire.record.listing import Asked, listing
from votewire.states import DatedName, Spell
from votewire.web.choosing import PERMANENT, panels_of
from votewire.web.phrases import phrase
from votewire.web.shown import Moved, Page, Panel, View
from votewire.web.site import Site

__all__ = ["VIEWS", "StateCode", "code_of", "one_state", "states_page"]

_YEARS, _TOP, _NEWEST = 3, 10, 12
_DAY = timedelta(days=1)

StateCode = Annotated[
    str, Path(max_length=80, description="A state's code: USA, RUS, SUN; a name leads to it.")
]


@dataclass(frozen=True, kw_only=True)
class Kin:
    """A state that has to do with the seat of another."""

    code: str
    name: str
    since: date
    how: str = field(metadata={"help": "continued_by, continues, successor or predecessor"})


@dataclass(frozen=True, kw_only=True)
class StatePage(Page):
    """What the page of one state says beside its answers."""

    code: str = field(metadata={"help": "the state's code"})
    name: str = field(metadata={"help": "its name in English"})
    member: bool = field(metadata={"help": "whether it was a member on the record's last day"})
    spells: tuple[Spell, ...] = field(
        metadata={"help": "membership; end is the day after the last"}
    )
    names: tuple[DatedName, ...] = field(metadata={"help": "the UN's names of it over time"})
    note: str = field(metadata={"help": "what to know about its seat"})
    kin: tuple[Kin, ...] = field(metadata={"help": "whose seat it continues, who came after it"})
    groups: tuple[str, ...] = field(metadata={"help": "the groups it is in, or was in at its end"})
    missing: tuple[str, ...] = field(metadata={"help": "what cannot be answered of it, and why"})


def states_page(site: Site) -> Page:
    """Every state with its last position and its agreement with two others."""
    answer = every_state(site.record, site.fit)
    return Page(
        title=phrase("States"),
        description=phrase(
            "Every member of the United Nations, now and before: where it stands, and how often it "
            "votes with the United States and China."
        ),
        panels=(Panel(id="states", answer=answer, drawn=False, open=True, rows=250),),
    )


def one_state(site: Site, code: StateCode) -> StatePage:
    """Where a state stands, with whom it votes, how it moved, what surprised, what it chose."""
    record = site.record
    code = code_of(code)
    found = states.state(code)
    last = record.complete_to["GA"]
    member = states.is_member(code, last)
    end = last if member else (found.spells[-1].end or last) - _DAY
    panels, missing = _panels(site, code)
    return StatePage(
        title=states.name_of(code),
        description=phrase(
            "%(state)s at the United Nations: its position over time, who votes most and least "
            "like it, its largest shifts, its most surprising votes, and every vote.",
            state=states.name_of(code),
        ),
        panels=panels,
        code=code,
        name=found.name,
        member=member,
        spells=found.spells,
        names=found.names,
        note=found.note,
        kin=_kin(code),
        groups=states.groups_of(code, end),
        missing=missing,
    )


def code_of(typed: str, below: str = "") -> str:
    """The code typed; raises Moved to the code's page for a name, UnknownState for none.

    below: the rest of the page's path.
    """
    code = states.resolve(typed).code
    if code != typed:
        raise Moved(f"/states/{code}{below}")
    return code


def _panels(site: Site, code: str) -> tuple[tuple[Panel, ...], tuple[str, ...]]:
    record, fit, name = site.record, site.fit, states.name_of(code)
    year, years = (_lately(record, code, n) for n in (1, _YEARS))
    mine = moves.Asked(state=code)
    return panels_of(
        lambda: Panel(
            id="position",
            answer=company.beside(fit, [code], PERMANENT, record=record),
            heading=phrase("Position over time"),
            rows=100,
        ),
        lambda: Panel(
            id="company",
            answer=blocs.agree_each(record, code, PERMANENT, within=year, by=None),
            heading=phrase("Agreement with the permanent members, the last year"),
            drawn=False,
            open=True,
        ),
        lambda: Panel(
            id="friends",
            answer=blocs.friends(record, code, within=years, top=_TOP),
            heading=phrase("Who votes most and least like %(state)s", state=name),
        ),
        lambda: Panel(
            id="agreement",
            answer=blocs.agree_each(record, code, PERMANENT),
            heading=phrase("Agreement with the permanent members by year"),
        ),
        lambda: Panel(
            id="shifts",
            answer=moves.shifts(fit, mine, _TOP, record=record),
            heading=phrase("Largest shifts from one session to the next"),
        ),
        lambda: Panel(
            id="drivers",
            answer=moves.shift_drivers(fit, mine, _TOP, record=record),
            heading=phrase("What drove the largest shift"),
            open=True,
        ),
        lambda: Panel(
            id="surprising",
            answer=most_surprising(site.surprises, record, code, _TOP),
            heading=phrase("Most surprising votes in the General Assembly"),
        ),
        lambda: Panel(
            id="groups",
            answer=grouped.groups_with(record, code, None),
            heading=phrase("Groups"),
            rows=60,
        ),
        lambda: Panel(
            id="votes",
            answer=listing(record, Asked(state=code, newest_first=True), top=_NEWEST),
            heading=phrase("Newest votes"),
            open=True,
        ),
    )


def _lately(record: Record, code: str, years: int) -> Selection:
    """The Assembly's rollcalls in the years up to the last one on which the state chose."""
    chose = record.choices[:, states.codes().index(code)] <= Choice.NO
    chose &= (record.rollcalls["chamber"] == "GA").to_numpy()
    rows = np.flatnonzero(chose)
    whole = record.complete_to["GA"]
    last = record.rollcalls["date"][int(rows[-1])] if rows.size else whole
    recent = whole - last < timedelta(days=365)
    until = whole if recent else last
    return Selection(since=until - timedelta(days=365 * years), until=None if recent else last)


def _kin(code: str) -> tuple[Kin, ...]:
    """Whose seat a state continues, who continues its own, what came after it and before."""
    own = states.state(code)
    after = [each for each in states.codes() if states.state(each).continues == code]
    found = dict.fromkeys(after, "continued_by")
    found |= {own.continues: "continues"} if own.continues else {}
    for how, codes in (("successor", own.successors), ("predecessor", own.predecessors)):
        for each in codes:
            found.setdefault(each, how)
    return tuple(
        Kin(code=each, name=states.name_of(each), since=states.state(each).spells[0].start, how=how)
        for each, how in found.items()
    )


VIEWS = (
    View(path="/states", make=states_page, template="states.html", name="States"),
    View(path="/states/{code}", make=one_state, template="state.html", name="State"),
)
