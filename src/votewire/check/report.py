"""What a check answers: each claim with its verdict, the reason, and the rolls it rests on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isnan

from votewire.blocs import FEWEST
from votewire.press import Article, Claim

__all__ = ["Checked", "Evidence", "Figure", "Report", "Verdict"]


class Verdict(StrEnum):
    """What the record says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    PARTLY = "partly"  # part of it holds; the reason says which
    MEASURED = "measured"  # a word such as "dramatic", answered with a figure
    UNCLEAR = "unclear"  # the page does not settle which vote is meant
    NOT_IN_RECORD = "not_in_record"  # the record lacks that chamber, kind of vote, or time
    NOT_CHECKABLE = "not_checkable"  # opinion, motive, forecast, a statement outside a vote


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One fact of the record that a verdict rests on.

    state and choice are None where the fact is the outcome or the tally of the rollcall.
    """

    rollcall: str
    symbol: str
    chamber: str
    date: date
    outcome: str
    tally: str
    state: str | None = None
    choice: str | None = None
    url: str | None = None

    def __repr__(self) -> str:
        cast = f", {self.state} {self.choice}" if self.state else ""
        return f"<Evidence: {self.symbol} ({self.date}) {self.outcome} {self.tally}{cast}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured quantity over n rollcalls, with its 90 % interval.

    An agreement is in [0, 1], a balance in [-1, 1]. value is NaN where n is 0; low and high are NaN
    where n is too small for an interval.
    """

    name: str
    period: str
    value: float
    low: float
    high: float
    n: int
    definition: str

    def __repr__(self) -> str:
        return f"<Figure: {self.name}, {self.period}: {self.value:.2f} [{self.interval}]>"

    @property
    def interval(self) -> str:
        """The interval in words, or why there is none: too few rollcalls, or all alike."""
        if not isnan(self.low):
            return f"{self.low:.2f} to {self.high:.2f}, n={self.n}"
        return f"no interval, n={self.n}{' all alike' if self.n >= FEWEST else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A figure of the model of positions, and the sentence that tells it with its ranks."""

    told: str
    figure: Figure

    def __repr__(self) -> str:
        return f"<Moved: {self.figure.name} {self.figure.value:.2f}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One claim with its verdict.

    rollcall: symbol of the rollcall that the claim was tied to, or None.
    votes: of a measured claim, how many of a group did as the state did on the page's own votes.
    moves: of a shift, how surprising the page's votes were and how far the state's position moved.
    candidates: the rollcalls that it may be about where the page does not settle which.
    """

    claim: Claim
    verdict: Verdict
    reason: str
    rollcall: str | None = None
    evidence: tuple[Evidence, ...] = ()
    figures: tuple[Figure, ...] = ()
    votes: tuple[str, ...] = ()
    moves: tuple[Moved, ...] = ()
    candidates: tuple[str, ...] = ()

    def __repr__(self) -> str:
        on = f" on {self.rollcall}" if self.rollcall else ""
        return f"<Checked: {self.verdict}, {self.claim.actor} {self.claim.action}{on}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole answer for one page, with the record it was checked against.

    withheld: why its claims were given no verdicts, in words ("canceled by its publisher").
    """

    article: Article
    checked: tuple[Checked, ...]
    record_hash: str
    complete_to: str
    withheld: str = ""

    def __repr__(self) -> str:
        wrong = sum(item.verdict is Verdict.CONTRADICTED for item in self.checked)
        claims = f"{len(self.checked)} claim{'' if len(self.checked) == 1 else 's'}"
        return f"<Report: {claims}, {wrong} contradicted; record {self.record_hash[:12]}>"

    @property
    def contradicted(self) -> bool:
        """Whether the record contradicts any claim."""
        return any(item.verdict is Verdict.CONTRADICTED for item in self.checked)

    @property
    def summary(self) -> str:
        """One line: how many claims, and how many of each verdict."""
        if not self.checked:
            return f"No vote claims found. Record complete to {self.complete_to}."
        count = Counter(item.verdict for item in self.checked)
        told = [f"{count[v]} {v.replace('_', ' ')}" for v in Verdict if count[v]]
        claims = "1 claim" if len(self.checked) == 1 else f"{len(self.checked)} claims"
        return f"{claims}: {', '.join(told)}. Record complete to {self.complete_to}."
