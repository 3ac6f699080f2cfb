"""Whether a page gives a vote a wrong day: which rollcall it is even so, and what then is wrong.

A day is wrong where the page says by other means which rollcall it speaks of, by its symbol or its
whole tally, and that rollcall was taken on another. The words must stand beside the claim and
allow of no other reading: a weekday may be that of another week, "yesterday" that of a page put
out again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from votewire.check.report import Verdict
from votewire.check.texts import TextFacts, expected_choices
from votewire.check.verdicts import Judgement
from votewire.press import Claim, Tally, When
from votewire.press.calendars import calendar
from votewire.record import Record, Rollcall

__all__ = ["at_its_day", "known_by_tally", "may_be_misdated", "off_by"]

_ZONES = 1  # days: the evening of New York is the next morning elsewhere
_NEAR = timedelta(days=31)  # a slip of the day or of the month; further off the link is doubtful
_SIDES = ("yes", "no", "abstain")
_YEAR = re.compile(r"\b\d{4}\b")


def known_by_tally(
    facts: TextFacts, record: Record, *, is_told: Callable[[Rollcall], bool]
) -> list[Rollcall]:
    """The one rollcall of the weeks around the page's days with its tally; [] without one.

    Three counts of the Assembly hardly meet in two votes; two need a subject that the page tells as
    the rollcall's title does (`is_told`), and those of the Council do meet.
    """
    stated = {side: n for side in _SIDES if (n := getattr(facts.tally, side)) is not None}
    if len(stated) < 2 or not facts.dates or facts.chamber not in (None, "GA"):
        return []
    first, last = min(facts.dates) - _NEAR, max(facts.dates) + _NEAR
    low = int(np.searchsorted(record.days, np.datetime64(first), side="left"))
    high = int(np.searchsorted(record.days, np.datetime64(last), side="right"))
    near = record.rollcalls.slice(low, high - low)
    alike = (near["chamber"] == "GA").to_numpy()
    for side, count in stated.items():
        alike &= (near[side] == count).fill_null(False).to_numpy()
    rows = low + np.flatnonzero(alike)
    found = [record.at(int(row)) for row in rows]
    if len(stated) < len(_SIDES):
        found = [rollcall for rollcall in found if is_told(rollcall)]
    return found if len(found) == 1 else []


def may_be_misdated(rollcall: Rollcall, facts: TextFacts) -> bool:
    """Whether a rollcall whose symbol the page names may be meant although its days are others.

    It may where the day is near, or where the tally that the page gives is the rollcall's.
    """
    if not rollcall.date_exact:
        return False
    near = any(abs(rollcall.date - day) <= _NEAR for day in facts.dates)
    return near or _has_tally(rollcall, facts.tally)


def off_by(rollcall: Rollcall, days: Iterable[date]) -> int:
    """By how many days the nearest of the days misses the rollcall; 0 where zones explain it."""
    away = min((abs((rollcall.date - day).days) for day in days), default=0)
    return away if rollcall.date_exact and away > _ZONES else 0


def at_its_day(
    claim: Claim, rollcall: Rollcall, judgement: Judgement, record: Record, lang: str
) -> Judgement:
    """The judgement of a claim about a rollcall that the page dates otherwise.

    What is true but for the day is contradicted where it says what became of the text or by how
    many votes, and partly right where it says how a state voted. What is otherwise wrong too is
    likelier about another vote, unless the tally settles which it was.
    """
    if judgement.verdict is Verdict.SUPPORTED and _day_is_wrong(claim, rollcall, record, lang):
        cast = bool(expected_choices(claim.action))
        told = judgement.reason.removesuffix(".")
        day = claim.reference.date
        reason = f"{told}; the vote was on {rollcall.date}, and the page says on {day}."
        verdict = Verdict.PARTLY if cast else Verdict.CONTRADICTED
        return replace(judgement, verdict=verdict, reason=reason)
    told_tally = claim.reference.tally
    settled = told_tally is not None and _has_tally(rollcall, told_tally)
    if judgement.verdict is Verdict.CONTRADICTED and not settled:
        told = judgement.reason
        reason = f"the page's day is not that of {rollcall.name}, which may not be meant: {told}"
        return replace(judgement, verdict=Verdict.UNCLEAR, reason=reason)
    return judgement


def _day_is_wrong(claim: Claim, rollcall: Rollcall, record: Record, lang: str) -> bool:
    """Whether the words for the day beside the claim can mean no day of the rollcall."""
    said, day = claim.reference.date_text, claim.reference.date
    if said is None or day is None or claim.time.kind is not When.THIS:
        return False
    days = claim.days
    last = record.complete_to.get(rollcall.chamber, date.min)
    if day not in days or day > last or off_by(rollcall, days) == 0:
        return False
    gap = abs((rollcall.date - day).days)
    if _YEAR.search(said):
        return True
    if gap > _NEAR.days:
        return False
    return _has_digit(said) or (_names_weekday(said, lang) and gap % 7 != 0)


def _has_tally(rollcall: Rollcall, tally: Tally) -> bool:
    stated = {side: n for side in _SIDES if (n := getattr(tally, side)) is not None}
    same = all(getattr(rollcall.tally, side) == count for side, count in stated.items())
    return same and len(stated) > 1


def _has_digit(words: str) -> bool:
    return any(letter.isdecimal() for letter in words)


def _names_weekday(words: str, lang: str) -> bool:
    return bool(set(words.lower().split()) & set(calendar(lang).weekdays))
