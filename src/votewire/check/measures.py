"""Words that only a figure answers: a dramatic shift, exposed divisions.

The figure here is counted: agreement of the state with others over the rollcalls on the same
matter, before and after. Definition, window and n stand beside every figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from votewire import blocs, states
from votewire.check.report import Evidence, Figure, Verdict
from votewire.check.verdicts import Judgement, evidence_of
from votewire.press import Claim
from votewire.record import Record, Rollcall

__all__ = ["Matter", "Measured", "measure"]

Period = tuple[date, date]  # first and last day, both counted

_BEFORE = timedelta(days=3 * 365)  # long enough for a state's usual vote, short enough for one era
_SOME = 6  # evidence rows shown for a figure; the figure itself rests on all of them
_ENOUGH = 3  # fewer shared rollcalls make no figure worth a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A judgement with its figures."""

    judgement: Judgement
    figures: tuple[Figure, ...] = ()


class Matter:
    """What an article's votes are about, and the rollcalls of the record on it.

    votes: the rollcalls of the article. The matter is the state that most of their titles and
    agenda name, apart from those whose votes the article reports; any matter where none does.
    """

    def __init__(self, votes: Sequence[Rollcall], apart_from: set[str], record: Record) -> None:
        self.votes = votes
        self.record = record
        self.about = _about(votes, apart_from)
        self.rows = cache(self._rows)
        self.agreement = cache(self._agreement)

    @property
    def name(self) -> str:
        """`Ukraine`, or `any matter`."""
        return states.name_of(self.about) if self.about else "any matter"

    def _rows(self, period: Period) -> NDArray[np.intp]:
        first, last = (np.datetime64(day) for day in period)
        low = int(np.searchsorted(self.record.days, first, side="left"))
        high = int(np.searchsorted(self.record.days, last, side="right"))
        rows = np.arange(low, max(low, high))
        return rows[self.record.naming(states.name_of(self.about))[rows]] if self.about else rows

    def _agreement(self, actor: str, other: str, period: Period) -> Figure:
        codes = states.codes()
        rolls = self.record.choices[self.rows(period)]
        counted = blocs.agreement(rolls[:, codes.index(actor)], rolls[:, codes.index(other)])
        return Figure(
            name=f"agreement of {states.name_of(actor)} with {states.name_of(other)}",
            period=f"{period[0]} to {period[1]}",
            value=counted.value,
            low=counted.low,
            high=counted.high,
            n=counted.n,
            definition=f"over rollcalls on {self.name}: {blocs.DEFINITION}",
        )


def measure(
    claim: Claim, *, others: Sequence[str], matter: Matter, since: date, until: date
) -> Measured:
    """Agreement of the claim's actor with others on the matter, before `since` and up to `until`.

    others: the states to compare with. Gives `not_in_record` where fewer than three rollcalls
    before or one after can be counted.
    """
    periods = ((since - _BEFORE, since - timedelta(days=1)), (since, until))
    figures = [
        figure
        for other in others
        for period in periods
        if (figure := matter.agreement(claim.actor, other, period)).n
    ]
    known = {name for name in (f.name for f in figures) if _both(figures, name)}
    kept = tuple(f for f in figures if f.name in known)
    if not kept:
        reason = (
            f"too few rollcalls on {matter.name} before and after {since} to measure "
            f"{states.name_of(claim.actor)} by."
        )
        return Measured(judgement=Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason))
    evidence = _evidence(matter.votes, claim.actor, others)
    reason = f"{_told(kept)} Counted {kept[0].definition}."
    judged = Judgement(verdict=Verdict.MEASURED, reason=reason, evidence=evidence)
    return Measured(judgement=judged, figures=kept)


def _about(votes: Sequence[Rollcall], apart_from: set[str]) -> str | None:
    named: Counter[str] = Counter()
    for vote in votes:
        # The Library writes subjects in capitals; names are looked for as a title writes them.
        text = f"{vote.title or ''} {' '.join(vote.agenda)}".title()
        found = {m.code for m in states.find_mentions(text) if m.kind == "state"}
        named.update(sorted(found - apart_from))
    return named.most_common(1)[0][0] if named else None


def _both(figures: Sequence[Figure], name: str) -> bool:
    """Whether there is a figure before and one after, the earlier over enough rollcalls."""
    same = [f for f in figures if f.name == name]
    return len(same) == 2 and same[0].n >= _ENOUGH


def _told(figures: Sequence[Figure]) -> str:
    pairs = zip(figures[::2], figures[1::2], strict=True)
    told = [
        f"{earlier.name} was {_figure(earlier)} and {_figure(later)}" for earlier, later in pairs
    ]
    sentence = "; ".join(told)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _figure(figure: Figure) -> str:
    interval = f"90 % interval {figure.low:.2f} to {figure.high:.2f}"
    return f"{figure.value:.2f} from {figure.period} (n={figure.n}, {interval})"


def _evidence(votes: Sequence[Rollcall], actor: str, others: Sequence[str]) -> tuple[Evidence, ...]:
    rows = [e for vote in votes for e in evidence_of(vote, actor, *others) if e.choice is not None]
    return tuple(rows[:_SOME])
