"""Words that only a figure answers: a dramatic shift, exposed divisions.

The figure here is counted: agreement of the state with others over the rollcalls on the same
matter, before and after. Definition, window and n stand beside every figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import blocs, states
from votewire.check.report import Evidence, Figure, Verdict
from votewire.check.verdicts import Judgement, evidence_of
from votewire.press import Claim
from votewire.record import Record, Rollcall

__all__ = ["Measured", "Topic", "measure"]

_BEFORE = timedelta(days=3 * 365)  # long enough for a state's usual vote, short enough for one era
_SOME = 6  # evidence rows shown for a figure; the figure itself rests on all of them
_ENOUGH = 3  # fewer shared rollcalls make no figure worth a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """The matter that an article is about: the states named in the titles of its rollcalls."""

    about: tuple[str, ...]

    @property
    def words(self) -> str:
        """`Ukraine`, or `any matter` where the article's rollcalls name no state."""
        return " or ".join(states.name_of(code) for code in self.about) or "any matter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A judgement with its figures."""

    judgement: Judgement
    figures: tuple[Figure, ...] = ()


def measure(
    claim: Claim,
    *,
    others: Sequence[str],
    topic: Topic,
    since: date,
    until: date,
    votes: Sequence[Rollcall],
    record: Record,
) -> Measured:
    """Agreement of the claim's actor with others on the topic, before `since` and up to `until`.

    others: the states to compare with. votes: the rollcalls of the article itself, as evidence.
    Gives `not_in_record` where fewer than three rollcalls before or one after can be counted.
    """
    periods = ((since - _BEFORE, since - timedelta(days=1)), (since, until))
    rows = [_rows(record, topic, first, last) for first, last in periods]
    figures = [
        figure
        for other in others
        for (first, last), part in zip(periods, rows, strict=True)
        if (figure := _agreement(record, claim.actor, other, part, f"{first} to {last}")).n
    ]
    known = {name for name in (f.name for f in figures) if _both(figures, name)}
    kept = tuple(f for f in figures if f.name in known)
    if not kept:
        reason = (
            f"too few rollcalls on {topic.words} before and after {since} to measure "
            f"{states.name_of(claim.actor)} by."
        )
        return Measured(judgement=Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason))
    evidence = _evidence(votes, claim.actor, others)
    reason = f"{_told(kept)} Counted over rollcalls on {topic.words}; {blocs.DEFINITION}."
    judged = Judgement(verdict=Verdict.MEASURED, reason=reason, evidence=evidence)
    return Measured(judgement=judged, figures=kept)


def _rows(record: Record, topic: Topic, first: date, last: date) -> NDArray[np.intp]:
    low = int(np.searchsorted(record.days, np.datetime64(first), side="left"))
    high = int(np.searchsorted(record.days, np.datetime64(last), side="right"))
    part = record.rollcalls.slice(low, max(0, high - low))
    keep = (part["roll"] != "none").to_numpy()
    if topic.about:
        names = "|".join(states.name_of(code).lower() for code in topic.about)
        text = pl.concat_str(
            pl.col("title").fill_null(""), pl.col("agenda").list.join(" "), separator=" "
        )
        named = part.select(text.str.to_lowercase().str.contains(names)).to_series()
        keep &= named.to_numpy()
    return np.flatnonzero(keep) + low


def _agreement(
    record: Record, actor: str, other: str, rows: NDArray[np.intp], period: str
) -> Figure:
    codes = states.codes()
    counted = blocs.agreement(
        record.choices[rows, codes.index(actor)], record.choices[rows, codes.index(other)]
    )
    return Figure(
        name=f"agreement of {states.name_of(actor)} with {states.name_of(other)}",
        period=period,
        value=counted.value,
        low=counted.low,
        high=counted.high,
        n=counted.n,
        definition=blocs.DEFINITION,
    )


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
