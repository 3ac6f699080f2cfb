"""Which rollcall of another time a page recalls: "last year it passed by 189 votes to two".

Looked for in the stretch of days that the words name, first in the same text of that time, then on
the same matter, then anywhere. One rollcall must be left; a guess would be a wrong verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from votewire.check.linking import Link
from votewire.check.scoring import PARTS, Candidate, content, is_part, scored_by
from votewire.check.texts import TextFacts, expected_choices
from votewire.record import Record, Rollcall
from votewire.record.chains import same_matter, same_text

__all__ = ["recall"]

_SHOWN = 6  # candidates that an answer lists
_ZONE = timedelta(days=1)
_ENOUGH = 2  # counts that are hardly two votes' of a year


def recall(
    facts: TextFacts, pages: Sequence[Rollcall], record: Record, *, same: bool = False
) -> Link:
    """The rollcall of another time that a text is; `why` where there is none or no single one.

    facts: of a text whose time is a stretch. pages: the rollcalls that the page itself reports.
    same: whether the text is one of these at another time; else its own subject must fit too.
    """
    first, last = facts.time.first, facts.time.last
    if first is None or last is None:
        return Link(best=None, why="the page names no time to look for that vote")
    within = [r for r in _between(record, first, last) if facts.chamber in (None, r.chamber)]
    seeds = [r for r in pages if facts.chamber in (None, r.chamber)]
    named = [r for symbol in facts.symbols for r in record.candidates(symbol)]
    at_time = [r for r in named if first - _ZONE <= r.date <= last + _ZONE]
    if at_time:
        return _link(at_time, facts, found=at_time[0] if len(at_time) == 1 else None)
    if not within:
        return _nothing(facts, first, last, record)
    if not same:
        within = [r for r in within if _may_be_on(r, facts)]
    for pool, choose in _pools(within, [*seeds, *named], pages, facts, record):
        found = choose(pool)
        if len(found) == 1:
            return _link(pool, facts, found=found[0])
    return _link(_open(within, facts), facts, found=None)


_Choose = Callable[[Sequence[Rollcall]], list[Rollcall]]


def _pools(
    within: list[Rollcall],
    seeds: list[Rollcall],
    pages: Sequence[Rollcall],
    facts: TextFacts,
    record: Record,
) -> Iterator[tuple[list[Rollcall], _Choose]]:
    """The rollcalls to choose from, the likeliest first, each with how to choose."""
    rows = {record.row_of(seed.id) for seed in seeds}
    whole = _whole(within, facts)
    text = {int(at) for row in rows for at in same_text(record, row)} - rows
    yield [r for r in whole if record.row_of(r.id) in text], lambda pool: _alone(pool, facts)
    matter = {int(at) for row in rows for at in same_matter(record, row)} - rows
    of_matter = [r for r in whole if record.row_of(r.id) in matter]
    yield of_matter, lambda pool: _alone(pool, facts)
    yield whole, lambda pool: _told(pool, pages, facts)


def _whole(rollcalls: Sequence[Rollcall], facts: TextFacts) -> list[Rollcall]:
    """The votes of the kind that the page speaks of: on whole texts unless it says otherwise."""
    part = PARTS.get(facts.kind or "")
    return [r for r in rollcalls if (r.kind == part if part else not is_part(r))]


def _alone(pool: Sequence[Rollcall], facts: TextFacts) -> list[Rollcall]:
    """The only one, or the only one that all the page says of it is true of."""
    if len(pool) < 2:
        return list(pool)
    return _true_of(pool, facts) if _says_much(facts) else list(pool)


def _told(pool: Sequence[Rollcall], pages: Sequence[Rollcall], facts: TextFacts) -> list[Rollcall]:
    """Those with two counts that the page gives; else those on its subject that all fits."""
    if len(facts.tally.stated) >= _ENOUGH:
        return _true_of(pool, facts)
    if not _says_much(facts):
        return []
    return [r for r in _true_of(pool, facts) if _on_subject(r, pages, facts)]


def _true_of(pool: Sequence[Rollcall], facts: TextFacts) -> list[Rollcall]:
    return [r for r in pool if _has_counts(r, facts) and _has_casts(r, facts) and _ended(r, facts)]


def _says_much(facts: TextFacts) -> bool:
    """Whether the page says more of the vote than that there was one."""
    casts = any(expected_choices(c.action) for c in facts.claims if not c.hedged)
    return casts or bool(facts.tally.stated) or bool(facts.outcomes - {"adopted"})


def _has_counts(rollcall: Rollcall, facts: TextFacts) -> bool:
    return all(getattr(rollcall.tally, side) == n for side, n in facts.tally.stated.items())


def _has_casts(rollcall: Rollcall, facts: TextFacts) -> bool:
    if len(facts.tally.stated) >= _ENOUGH:
        return True  # the counts name it; a cast may be wrong
    voted = [c for c in facts.claims if expected_choices(c.action)]
    casts = [(rollcall.casts.get(c.actor), expected_choices(c.action)) for c in voted]
    known = [cast in expected for cast, expected in casts if cast is not None]
    return all(known) and (bool(known) or not voted)


def _ended(rollcall: Rollcall, facts: TextFacts) -> bool:
    outcomes = {str(rollcall.outcome)} | ({"rejected"} if rollcall.outcome == "vetoed" else set())
    return not facts.outcomes or bool(facts.outcomes & outcomes)


def _may_be_on(rollcall: Rollcall, facts: TextFacts) -> bool:
    """Whether the subject that the page gives the text may be the rollcall's."""
    words, about = content(rollcall)
    if not (facts.subject or facts.about) or len(facts.tally.stated) >= _ENOUGH:
        return True
    return bool(facts.subject & words or facts.about & about)


def _on_subject(rollcall: Rollcall, pages: Sequence[Rollcall], facts: TextFacts) -> bool:
    """Whether title or agenda share a word, or a state, with the page or with its own votes."""
    words, about = content(rollcall)
    if facts.subject & words or facts.about & about:
        return True
    others = [content(page) for page in pages]
    own = frozenset[str]().union(*(named for _, named in others))
    return bool(about & own) or any(len(words & told) > 1 for told, _ in others)


def _link(pool: Sequence[Rollcall], facts: TextFacts, *, found: Rollcall | None) -> Link:
    """The link to the rollcall found, or none with the open ones."""
    scored = [scored_by(r, facts, ()) for r in pool]
    if found is None:
        words = f" ({facts.time.words})" if facts.time.words else ""
        why = f"the page speaks of another time{words} and does not settle which vote of it"
        return Link(best=None, open=tuple(scored[:_SHOWN]), why=why)
    best: Candidate = next(c for c in scored if c.rollcall.id == found.id)
    return Link(best=replace(best, tied=True), open=(best,), settled=True)


def _open(within: Sequence[Rollcall], facts: TextFacts) -> list[Rollcall]:
    """What may be meant: the few that all fits, else none worth a list."""
    fitting = _true_of(_whole(within, facts), facts)
    return fitting if len(fitting) <= _SHOWN else []


def _nothing(facts: TextFacts, first: date, last: date, record: Record) -> Link:
    ends = record.complete_to.get(facts.chamber or "", min(record.complete_to.values()))
    what = f"no vote from {first} to {last} in the record"
    if last > ends:
        what += f", which is complete to {record.completeness}"
    return Link(best=None, why=what, lacks=True)


def _between(record: Record, first: date, last: date) -> list[Rollcall]:
    low = int(np.searchsorted(record.days, np.datetime64(first), side="left"))
    high = int(np.searchsorted(record.days, np.datetime64(last), side="right"))
    return [record.at(row) for row in range(low, high)]
