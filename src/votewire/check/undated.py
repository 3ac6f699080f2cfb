"""Which rollcall a page speaks of that names no day: the one that its counts and casts fit alone.

An archive, a clipping or a page that lost its date still tells who voted how and how many. Three
counts of a large chamber hardly meet in two votes, nor do many casts; the subject must fit as well
where they are few. One rollcall must stand out; a guess would be a wrong verdict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.check.linking import Link
from votewire.check.scoring import PARTS, content, is_part, scored_by
from votewire.check.texts import TextFacts, expected_choices
from votewire.check.verdicts import NEAR
from votewire.press import Claim
from votewire.record import Chamber, Choice, Record, Rollcall

__all__ = ["link_undated"]

_MANY = 8  # casts that hardly two rolls share
_SOME = 3  # casts that tell votes on one subject apart
_WHOLE = 3  # counts that hardly two votes share
_MARGIN = 2  # by so much the best must stand out
_SHOWN = 6  # candidates that an answer lists
_MOST = 400  # rollcalls whose titles are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A rollcall and what of the page it has: counts, casts, words of its subject."""

    rollcall: Rollcall
    counts: int
    casts: int
    words: int

    @property
    def weight(self) -> int:
        """How much of the page speaks for it."""
        return 2 * self.counts + min(self.casts, _MANY) + 2 * min(self.words, _SOME)

    @property
    def is_enough(self) -> bool:
        """Whether so much names a vote."""
        if self.counts >= _WHOLE or self.casts >= _MANY:
            return True
        return self.words > 1 and (self.counts > 1 or self.casts >= _SOME)


def link_undated(
    facts: TextFacts, days: Sequence[date], record: Record, *, words: frozenset[str], why: str
) -> Link:
    """The rollcall that counts, casts and subject of a text single out; `why` where none does.

    days: those that the page names with their year; a vote on one of them wins. words: what the
    page says of all its texts, for one that is only called "the resolution".
    """
    found = _settled_by(_fitting(facts, record, wrong=0), facts, days, record, words, why)
    if found.best is not None or found.open:
        return found
    # The page may be wrong in one thing; no rollcall has all that it says.
    return _settled_by(_fitting(facts, record, wrong=1), facts, days, record, words, why)


def _settled_by(
    rows: NDArray[np.intp],
    facts: TextFacts,
    days: Sequence[date],
    record: Record,
    words: frozenset[str],
    why: str,
) -> Link:
    named = frozenset(days)
    found = [_fit(record.at(int(row)), facts, words) for row in rows[:_MOST]]
    found = [each for each in found if _is_of_kind(each.rollcall, facts)]
    of_day = [each for each in found if _is_near(each.rollcall.date, named)]
    ranked = sorted(of_day or found, key=lambda each: -each.weight)
    return _settled(ranked, facts, why, of_day=bool(of_day))


def _settled(ranked: Sequence[_Fit], facts: TextFacts, why: str, *, of_day: bool) -> Link:
    enough = [each for each in ranked if each.is_enough or (of_day and each.words)]
    if not enough:
        return Link(best=None, why=why)
    scored = [scored_by(each.rollcall, facts, ()) for each in enough[:_SHOWN]]
    alone = len(enough) == 1 or enough[0].weight - enough[1].weight >= _MARGIN
    if not alone:
        return Link(best=None, open=tuple(scored), why=f"{why}; several fit what it tells")
    best = replace(scored[0], tied=True)
    return Link(best=best, open=(best,), settled=True)


def _fitting(facts: TextFacts, record: Record, *, wrong: int) -> NDArray[np.intp]:
    """Rows of the rollcalls that have all but `wrong` of the page's counts and casts, best first.

    With one wrong, twice as much must be right, or three times as many casts.
    """
    keep = np.ones(len(record.rollcalls), dtype=bool)
    if facts.chamber is not None:
        keep &= (record.rollcalls["chamber"] == facts.chamber).to_numpy()
    right, off = _counts(facts, record)
    held, broken = _casts(facts.claims, record)
    keep &= (off + broken <= wrong) | ((off == 0) & (broken * _MANY <= held))
    keep &= (held > 0) | (right > 0)
    if wrong:
        keep &= (right >= 2 * (off + broken)) | (held >= _SOME * (off + broken))
        keep &= off + broken > 0
        # Fifteen votes fall alike too often: another year's vote would do as well.
        keep &= (record.rollcalls["chamber"] == Chamber.GA.value).to_numpy()
    rows = np.flatnonzero(keep)
    return rows[np.argsort(-(held + 2 * right)[rows], kind="stable")]


def _counts(facts: TextFacts, record: Record) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """How many of the page's counts each rollcall has, and how many it has otherwise."""
    right = np.zeros(len(record.rollcalls), dtype=int)
    off = np.zeros_like(right)
    for side, stated in facts.tally.stated.items():
        counted = record.rollcalls[side]
        same = (counted == stated).fill_null(value=False).to_numpy()
        right += same
        off += ~same & counted.is_not_null().to_numpy()
    return right, off


def _casts(claims: Sequence[Claim], record: Record) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """How many of the page's casts each rollcall has, and how many it has otherwise."""
    held = np.zeros(len(record.rollcalls), dtype=int)
    broken = np.zeros_like(held)
    index = {code: at for at, code in enumerate(states.codes())}
    told = {(c.actor, c.action) for c in claims if c.actor in index and not c.hedged}
    for actor, action in told:
        expected = expected_choices(action)
        if expected:
            cast = record.choices[:, index[actor]]
            held += np.isin(cast, expected)
            broken += ~np.isin(cast, (*expected, *NEAR.get(action, ()), Choice.NOT_RECORDED))
    return held, broken


def _fit(rollcall: Rollcall, facts: TextFacts, words: frozenset[str]) -> _Fit:
    title, about = content(rollcall)
    subject = facts.subject or words
    counts = sum(getattr(rollcall.tally, side) == n for side, n in facts.tally.stated.items())
    held = sum(
        rollcall.casts.get(claim.actor) in expected_choices(claim.action)
        for claim in {(c.actor, c.action): c for c in facts.claims if not c.hedged}.values()
    )
    shared = len(subject & title) + 2 * len(facts.about & about)  # a state says more than a word
    return _Fit(rollcall=rollcall, counts=counts, casts=held, words=shared)


def _is_of_kind(rollcall: Rollcall, facts: TextFacts) -> bool:
    part = PARTS.get(facts.kind or "")
    return rollcall.kind == part if part else not is_part(rollcall)


def _is_near(day: date, named: frozenset[date]) -> bool:
    return any(abs((day - each).days) <= 1 for each in named)
