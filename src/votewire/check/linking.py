"""Which rollcall a text of the article is: candidates, what speaks for each, and how sure it is.

A wrong link makes a wrong "contradicted", the worst error, so two questions are kept apart:
which rollcall fits best (`Link.best`), and which others the page does not rule out (`Link.open`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import polars as pl

from votewire import states
from votewire.check.texts import TextFacts, expected_choices
from votewire.press import Tally
from votewire.record import Chamber, Kind, Outcome, Record, Rollcall

__all__ = ["Candidate", "Link", "link", "with_counts"]

_WINDOW = timedelta(days=4)  # a page that names no day reports a vote of the last days
_MARGIN = 1.5  # candidates within this much of the best evidence stay open
_FEW_TEXTS = 6  # a day with fewer whole texts: any of them may be meant by "the resolution"
_FEW = 3  # so many rollcalls on a day need no word of their subject to be told apart
_WHOLE = (Kind.RESOLUTION, Kind.DECISION, Kind.DRAFT, Kind.UNSTATED)
_PARTS = {"amendment": Kind.AMENDMENT, "paragraph": Kind.PARAGRAPH}
_SIDES = ("yes", "no", "abstain", "non_voting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One rollcall that a text may be.

    score: what the page says of the text apart from who voted how (higher fits better).
    conflicts: how much of it this rollcall breaks (outcome, tally, whole or part).
    fit: how many of the page's casts this roll has, less how many it has otherwise.
    topical: whether title, tally or symbol tie it to the page, not the day alone.
    sure: the page's full tally names it. part: an amendment or a paragraph, no whole text.
    """

    rollcall: Rollcall
    score: float
    conflicts: int
    fit: int
    topical: bool
    sure: bool
    part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The answer for one text: best is None where nothing in the record can be meant.

    open: all rollcalls that the page does not rule out, the best first.
    rivals: other rollcalls of the same days, of both chambers, that a sentence may mean even so; a
    claim is contradicted only where it is false of them too.
    settled: whether no other rollcall fits as well. why: what is missing, where best is None.
    """

    best: Candidate | None
    open: tuple[Candidate, ...] = ()
    rivals: tuple[Candidate, ...] = ()
    settled: bool = False
    why: str = ""


def link(
    facts: TextFacts, *, published: date | None, record: Record, elsewhere: bool = False
) -> Link:
    """The rollcall that a text is, among those of its chamber and day.

    published: the page's own day, the anchor where a claim names none. elsewhere: whether the page
    speaks of the other chamber too, so that a chamber carried over from an earlier sentence can be
    wrong; a tally then settles it.
    """
    if facts.chamber is not None and facts.chamber not in set(Chamber):
        return Link(best=None, why=f"votes of another body ({facts.chamber}) are not in the record")
    rollcalls, why = _rollcalls(facts, published, record, elsewhere=elsewhere)
    if not rollcalls:
        return Link(best=None, why=why)
    anchors = facts.dates or ((published,) if published else ())
    scored = [_scored(rollcall, facts, anchors) for rollcall in rollcalls]
    days = {rollcall.date for rollcall in rollcalls}
    near = [r for day in sorted(days) for r in _between(record, day, day, None)]
    around = [_scored(rollcall, facts, anchors) for rollcall in near]
    return _settle(scored, around, facts)


def _settle(scored: list[Candidate], around: list[Candidate], facts: TextFacts) -> Link:
    sure = [c for c in scored if c.sure]
    pool = sure or scored
    least = min(c.conflicts for c in pool)
    pool = sorted((c for c in pool if c.conflicts == least), key=_rank, reverse=True)
    if facts.kind in _PARTS and not pool[0].part:
        return Link(best=None, why=f"the record has no vote on the {facts.kind} of that time")
    top = max(c.score for c in pool)
    near = [c for c in pool if c.score >= top - _MARGIN]
    best = max(near, key=_rank)
    if not (best.sure or best.topical or len(near) <= _FEW):
        named = "no word of the page tells which of them it was" if facts.dates else "no day named"
        return Link(
            best=None,
            open=tuple(near[:_FEW]),
            why=f"{len(near)} rollcalls of that time fit, and {named}",
        )
    equals = [c for c in near if c is not best and c.fit >= best.fit]
    return Link(
        best=best,
        open=(best, *(c for c in pool if c is not best)),
        rivals=_rivals(best, around),
        settled=not equals,
    )


def _rivals(best: Candidate, scored: list[Candidate]) -> tuple[Candidate, ...]:
    """On a day of few texts each of them; on a busy day those on the page's subject."""
    others = [c for c in scored if c.rollcall.id != best.rollcall.id]
    few = sum(not c.part for c in others) < _FEW_TEXTS
    return tuple(others if few else [c for c in others if c.topical])


def _rank(candidate: Candidate) -> tuple[float, ...]:
    return (candidate.fit, candidate.score)


def _rollcalls(
    facts: TextFacts, published: date | None, record: Record, *, elsewhere: bool
) -> tuple[list[Rollcall], str]:
    """The rollcalls to choose from, and why there are none."""
    if facts.symbols:
        return _named(facts, record)
    if facts.another_time and not facts.dates:
        return _with_its_counts(facts, published, record)
    if facts.dates:
        spans = [(day - timedelta(days=1), day + timedelta(days=1)) for day in facts.dates]
    elif published is not None:
        spans = [(published - _WINDOW, published)]
    else:
        return [], "the page gives no date to look for the vote"
    either = elsewhere and not facts.chamber_named and facts.tally.yes is not None
    chamber = None if either else facts.chamber
    found = [r for first, last in spans for r in _between(record, first, last, chamber)]
    return found, _nothing(facts, spans, record)


def _named(facts: TextFacts, record: Record) -> tuple[list[Rollcall], str]:
    """The rollcalls of the symbols that the page names, if its own days do not speak against it."""
    # A bare number is of the chamber that the page speaks of; a symbol with a slash says its own.
    named = [
        rollcall
        for symbol in facts.symbols
        for rollcall in record.candidates(symbol)
        if "/" in symbol or facts.chamber in (None, rollcall.chamber)
    ]
    fitting = [r for r in named if _on_the_days(r, facts)]
    symbols = ", ".join(facts.symbols)
    if named and not fitting:
        days = ", ".join(str(day) for day in facts.dates)
        return [], f"{symbols} is of {named[0].date}, and the page speaks of {days}"
    return fitting, f"{symbols} is not in the record"


def _with_its_counts(
    facts: TextFacts, published: date | None, record: Record
) -> tuple[list[Rollcall], str]:
    """Earlier rollcalls with every count that the page gives for "last year"."""
    why = f"the page speaks of another time ({facts.another_time}), and names no day"
    if published is None:
        return [], why
    return with_counts(facts.tally, chamber=facts.chamber, before=published, record=record), why


def with_counts(
    tally: Tally, *, chamber: str | None, before: date, record: Record
) -> list[Rollcall]:
    """Rollcalls before a day that have every count stated, oldest first; none for one count."""
    stated = {side: n for side in _SIDES if (n := getattr(tally, side)) is not None}
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


def _scored(rollcall: Rollcall, facts: TextFacts, anchors: Iterable[date]) -> Candidate:
    words, about = _title(rollcall.title or "", rollcall.agenda)
    shared_words = min(3, len(facts.subject & words))
    shared_about = bool(facts.about & about)
    tally_score, tally_sure, tally_conflict = _tally_evidence(rollcall, facts)
    outcome_score, outcome_conflict = _outcome_evidence(rollcall, facts)
    kind_score, kind_conflict = _kind_evidence(rollcall, facts)
    named = bool(facts.symbols)
    abroad = int(facts.chamber not in (None, rollcall.chamber))
    return Candidate(
        rollcall=rollcall,
        score=_day_evidence(rollcall, facts, anchors)
        + tally_score
        + outcome_score
        + kind_score
        + _sponsor_evidence(rollcall, facts)
        + 0.5 * shared_words
        + (1.0 if shared_about else 0.0),
        conflicts=outcome_conflict + kind_conflict + tally_conflict + abroad,
        fit=_fit(rollcall, facts),
        topical=named or tally_sure or shared_words > 0 or shared_about,
        sure=tally_sure,
        part=rollcall.kind not in _WHOLE,
    )


def _day_evidence(rollcall: Rollcall, facts: TextFacts, anchors: Iterable[date]) -> float:
    away = min((abs((rollcall.date - day).days) for day in anchors), default=0)
    if facts.dates:
        return 1.5 if away == 0 else 0.0
    return -0.1 * away


def _tally_evidence(rollcall: Rollcall, facts: TextFacts) -> tuple[float, bool, int]:
    pairs = [
        (stated, counted)
        for side in _SIDES
        if (stated := getattr(facts.tally, side)) is not None
        and (counted := getattr(rollcall.tally, side)) is not None
    ]
    equal = sum(stated == counted for stated, counted in pairs)
    # Two equal counts of a large chamber hardly meet by chance; the Council's small ones do.
    sure = equal == len(pairs) and equal >= 2 and rollcall.chamber == Chamber.GA
    wrong = len(pairs) - equal
    return float(2 * equal - wrong), sure, 1 if wrong > equal else 0


def _outcome_evidence(rollcall: Rollcall, facts: TextFacts) -> tuple[float, int]:
    if not facts.outcomes or rollcall.outcome == Outcome.UNSTATED:
        return 0.0, 0
    same = {rollcall.outcome, "rejected"} if rollcall.outcome == "vetoed" else {rollcall.outcome}
    if not facts.outcomes & same:
        return -1.5, 1
    parted = facts.unanimous and (rollcall.tally.no or rollcall.tally.abstain)
    return (0.5, 0) if parted else (1.5, 0)


def _kind_evidence(rollcall: Rollcall, facts: TextFacts) -> tuple[float, int]:
    part = _PARTS.get(facts.kind or "")
    if part is not None:
        return (1.5, 0) if rollcall.kind == part else (-1.5, 2)
    return (1.0, 0) if rollcall.kind in _WHOLE else (-1.0, 2)


def _sponsor_evidence(rollcall: Rollcall, facts: TextFacts) -> float:
    if not facts.drafters or not rollcall.sponsors:
        return 0.0
    return 1.5 if facts.drafters & set(rollcall.sponsors) else -0.5


def _fit(rollcall: Rollcall, facts: TextFacts) -> int:
    fit = 0
    for claim in facts.claims:
        expected = expected_choices(claim.action)
        cast = rollcall.casts.get(claim.actor)
        if expected and cast is not None and not claim.hedged:
            fit += 1 if cast in expected else -1
    return fit


@lru_cache(maxsize=4096)
def _title(title: str, agenda: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of a title and its agenda, and the states that they name."""
    text = " ".join((title, *agenda))
    # The Library writes subjects in capitals; names are looked for in the way a title writes them.
    spelled = text.title() if text.isupper() else f"{title} {' '.join(a.title() for a in agenda)}"
    named = frozenset(m.code for m in states.find_mentions(spelled) if m.kind == "state")
    return frozenset(re.findall(r"[a-z]{4,}", text.lower())), named
