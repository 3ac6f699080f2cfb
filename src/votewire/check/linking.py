"""Which rollcall a text of the article is: candidates, what speaks for each, and how sure it is.

A wrong link makes a wrong "contradicted", the worst error, so two questions are kept apart:
which rollcall fits best (`Link.best`), and which others the page does not rule out (`Link.open`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import polars as pl

from votewire.check.dating import known_by_tally, may_be_misdated, off_by
from votewire.check.scoring import (
    PARTS,
    Candidate,
    content,
    fit_of,
    is_named_by_tally,
    is_part,
    scored_by,
    tells_subject,
)
from votewire.check.texts import TextFacts
from votewire.press import Tally
from votewire.record import Chamber, Record, Rollcall

__all__ = ["Candidate", "Link", "link", "with_counts"]

_WINDOW = timedelta(days=4)  # a page that names no day reports a vote of the last days
_MARGIN = 1.5  # candidates within this much of the best evidence stay open
_FEW_TEXTS = 6  # a day with fewer whole texts: any of them may be meant by "the resolution"
_UNLIKE = -1  # casts that a roll has otherwise, less those that it has: one may be a mistake
_FEW = 3  # so many rollcalls on a day need no word of their subject to be told apart
_CASTS = 3  # casts that name a vote beside two counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The answer for one text: best is None where nothing in the record can be meant.

    open: all rollcalls that the page does not rule out, the best first.
    find_rivals: gives `rivals`, other rollcalls of the same days, of both chambers, that a sentence
    may mean even so; a claim is contradicted only where it is false of them too.
    settled: whether no other rollcall fits as well. why: what is missing, where best is None.
    lacks: whether the record lacks what the page speaks of, where best is None; else the page does
    not settle it. misdated: whether the best is of another day than the page's own. busy: whether
    many texts were voted on that day.
    """

    best: Candidate | None
    open: tuple[Candidate, ...] = ()
    find_rivals: Callable[[], tuple[Candidate, ...]] = tuple
    settled: bool = False
    why: str = ""
    lacks: bool = False
    misdated: bool = False
    busy: bool = False

    @property
    def rivals(self) -> tuple[Candidate, ...]:
        """Looked for only when a claim is doubted: a busy day has a hundred of them."""
        return self.find_rivals()


def link(
    facts: TextFacts, *, published: date | None, record: Record, elsewhere: bool = False
) -> Link:
    """The rollcall that a text is, among those of its chamber and day.

    published: the page's own day, the anchor where a claim names none. elsewhere: whether the page
    speaks of the other chamber too, so that a chamber carried over from an earlier sentence can be
    wrong; a tally then settles it.
    """
    if facts.chamber is not None and facts.chamber not in set(Chamber):
        why = f"votes of another body ({facts.chamber}) are not in the record"
        return Link(best=None, why=why, lacks=True)
    rollcalls, why, lacks = _rollcalls(facts, published, record, elsewhere=elsewhere)
    if facts.beside and not any(is_named_by_tally(r, facts) for r in rollcalls):
        beside = replace(facts, symbols=facts.beside)
        if named := _named(beside, record)[0]:
            facts, rollcalls = beside, named
    elif facts.beside and rollcalls:
        facts, rollcalls = _symbol_or_tally(facts, rollcalls, record)
    if not rollcalls:
        return Link(best=None, why=why, lacks=lacks)
    anchors = facts.dates or ((published,) if published else ())
    scored = [scored_by(rollcall, facts, anchors) for rollcall in rollcalls]
    days = {rollcall.date for rollcall in rollcalls}
    around = [r for day in sorted(days) for r in _between(record, day, day, None)]
    found = _settle(scored, around, facts, anchors)
    return _unless_elsewhere(found, facts, published, record)


def _unless_elsewhere(
    found: Link, facts: TextFacts, published: date | None, record: Record
) -> Link:
    """The link, unless nothing but the day speaks for it and much speaks for another vote.

    That is so where most casts of the page are otherwise on the roll, and where the record ends
    before the page's days, so that the vote may be missing.
    """
    best = found.best
    if best is None or best.sure or best.topical:
        return found
    last = max(
        (*facts.dates, *((published,) if published and not facts.dates else ())), default=None
    )
    ends = record.complete_to.get(best.rollcall.chamber)
    open_ended = last is not None and ends is not None and last > ends
    if best.fit >= (0 if open_ended else _UNLIKE):
        return found
    why = "no vote of those days in the record has the casts that the page tells"
    if open_ended:
        why = f"{why}; the record is complete to {record.completeness}"
    return Link(best=None, open=found.open[:_FEW], why=why, lacks=open_ended)


def _symbol_or_tally(
    facts: TextFacts, rollcalls: list[Rollcall], record: Record
) -> tuple[TextFacts, list[Rollcall]]:
    """What to choose from where a symbol and a tally name two texts: what the casts fit better."""
    beside = replace(facts, symbols=facts.beside)
    named = _named(beside, record)[0]
    sure = [r for r in rollcalls if is_named_by_tally(r, facts)]
    if named and max(fit_of(r, facts) for r in named) > max(fit_of(r, facts) for r in sure):
        return beside, named
    return facts, rollcalls


def _settle(
    scored: list[Candidate], around: list[Rollcall], facts: TextFacts, anchors: Sequence[date]
) -> Link:
    pool = _pool(scored)
    least = min(c.conflicts for c in pool)
    pool = sorted((c for c in pool if c.conflicts == least), key=_rank, reverse=True)
    if facts.kind in PARTS and not pool[0].part:
        why = f"the record has no vote on the {facts.kind} of that time"
        return Link(best=None, why=why, lacks=True)
    top = max(c.score for c in pool)
    near = [c for c in pool if c.score >= top - _MARGIN]
    best = max(near, key=_rank)
    few = len(near) <= _FEW and sum(not c.part for c in scored) <= _FEW_TEXTS
    if not (best.sure or best.topical or few):
        named = "no word of the page tells which of them it was" if facts.dates else "no day named"
        return Link(
            best=None,
            open=tuple(near[:_FEW]),
            why=f"{len(around)} rollcalls of that time may be meant, and {named}",
        )
    equals = [c for c in near if c is not best and c.fit >= best.fit]
    tied = best.tied or _is_alone(best, around, facts)
    return Link(
        best=replace(best, tied=tied),
        open=(best, *(c for c in pool if c is not best)),
        find_rivals=cache(
            lambda: _rivals(best, [scored_by(rollcall, facts, anchors) for rollcall in around])
        ),
        settled=not equals,
        misdated=off_by(best.rollcall, facts.dates) > 0,
        busy=sum(not is_part(r) for r in around) >= _FEW_TEXTS,
    )


def _is_alone(best: Candidate, around: list[Rollcall], facts: TextFacts) -> bool:
    """Whether it is the chamber's only text of a day that the page names, about no other state."""
    if not (facts.dates and facts.chamber_named):
        return False
    whole = [r for r in around if r.chamber == best.rollcall.chamber and not is_part(r)]
    about = content(best.rollcall)[1]
    return len(whole) == 1 and (not (facts.about and about) or bool(facts.about & about))


def _pool(scored: list[Candidate]) -> list[Candidate]:
    """Those that the page's tally names, unless its casts and its subject name another."""
    sure = [c for c in scored if c.sure]
    fit = max((c.fit for c in sure), default=0)
    better = any(c.topical and not c.sure and c.fit > max(fit + 1, 0) for c in scored)
    return scored if not sure or (fit < 0 and better) else sure


def _rivals(best: Candidate, scored: list[Candidate]) -> tuple[Candidate, ...]:
    """On a day of few texts each of them; on a busy day those on the page's subject."""
    others = [c for c in scored if c.rollcall.id != best.rollcall.id]
    few = sum(not c.part for c in others) < _FEW_TEXTS
    return tuple(others if few else [c for c in others if c.topical])


def _rank(candidate: Candidate) -> tuple[float, ...]:
    return (candidate.fit, candidate.score)


def _rollcalls(
    facts: TextFacts, published: date | None, record: Record, *, elsewhere: bool
) -> tuple[list[Rollcall], str, bool]:
    """The rollcalls to choose from, why there are none, and whether the record lacks them."""
    if facts.symbols:
        return _named(facts, record)
    if facts.dates:
        spans = [(day - timedelta(days=1), day + timedelta(days=1)) for day in facts.dates]
    elif published is not None:
        spans = [(published - _WINDOW, published)]
    else:
        return [], "the page gives no date to look for the vote", False
    either = elsewhere and not facts.chamber_named and facts.tally.yes is not None
    chamber = None if either else facts.chamber
    found = [r for first, last in spans for r in _between(record, first, last, chamber)]
    if facts.tally.yes is not None and not any(is_named_by_tally(r, facts) for r in found):
        # A page without a day for the vote may be put out again some weeks after it.
        dated = facts if facts.dates or published is None else replace(facts, dates=(published,))
        found = known_by_tally(dated, record, is_told=lambda r: _is_told(r, facts)) or found
    return found, _nothing(facts, spans, record), True


def _is_told(rollcall: Rollcall, facts: TextFacts) -> bool:
    """Whether the page tells the subject as the title does, or casts that are all the roll's."""
    return tells_subject(rollcall, facts) or fit_of(rollcall, facts) >= _CASTS


def _named(facts: TextFacts, record: Record) -> tuple[list[Rollcall], str, bool]:
    """The rollcalls of the symbols that the page names, if its own days do not speak against it."""
    # A bare number is of the chamber that the page speaks of; a symbol with a slash says its own.
    named = [
        rollcall
        for symbol in facts.symbols
        for rollcall in record.candidates(symbol)
        if "/" in symbol or facts.chamber in (None, rollcall.chamber)
    ]
    fitting = [r for r in named if _on_the_days(r, facts)]
    fitting = fitting or [r for r in named if may_be_misdated(r, facts)]
    symbols = ", ".join(facts.symbols)
    if named and not fitting:
        days = ", ".join(str(day) for day in facts.dates)
        return [], f"{symbols} is of {named[0].date}, and the page speaks of {days}", False
    return fitting, f"{symbols} is not in the record", True


def with_counts(
    tally: Tally, *, chamber: str | None, before: date, record: Record
) -> list[Rollcall]:
    """Rollcalls before a day that have every count stated, oldest first; none for one count."""
    stated = tally.stated
    if len(stated) < 2:
        return []
    alike = pl.all_horizontal(pl.col(side) == count for side, count in stated.items())
    frame = record.rollcalls.with_row_index("row").filter(alike & (pl.col("date") < before))
    found = [record.at(row) for row in frame["row"]]
    return [r for r in found if chamber in (None, r.chamber)]


def _on_the_days(rollcall: Rollcall, facts: TextFacts) -> bool:
    return (
        not facts.dates
        or not rollcall.date_exact
        or any(abs(rollcall.date - day) <= _WINDOW for day in facts.dates)
    )


def _between(record: Record, first: date, last: date, chamber: str | None) -> list[Rollcall]:
    low = int(np.searchsorted(record.days, np.datetime64(first), side="left"))
    high = int(np.searchsorted(record.days, np.datetime64(last), side="right"))
    near = (record.at(row) for row in range(low, high))
    return [r for r in near if chamber in (None, r.chamber)]


def _nothing(facts: TextFacts, spans: list[tuple[date, date]], record: Record) -> str:
    last = min(record.complete_to.values())
    if max(end for _, end in spans) > last:
        return f"the record is complete to {record.completeness}"
    where = {"GA": "of the General Assembly ", "SC": "of the Security Council "}
    days = ", ".join(str(day) for day in facts.dates) or "the days before the page"
    nothing = f"no recorded vote {where.get(facts.chamber or '', '')}on {days} in the record"
    failed = record.failed_complete_to.get(facts.chamber or "")
    if failed is not None and max(end for _, end in spans) > failed:
        nothing += f", which has texts that were not adopted only to {failed}"
    return nothing
