"""What an article says of one UN text, gathered from all the claims that speak of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from votewire.press import Claim, ClaimTime, Counts, Tally, When
from votewire.record import Choice

__all__ = ["TextFacts", "expected_choices", "gather"]

_T = TypeVar("_T")

_EXPECTED = {
    "voted_yes": (Choice.YES,),
    "backed": (Choice.YES,),
    "voted_no": (Choice.NO,),
    "opposed": (Choice.NO,),
    "vetoed": (Choice.NO,),
    "abstained": (Choice.ABSTAIN,),
    "absent": (Choice.NON_VOTING,),
}
_SIDES = ("yes", "no", "abstain", "non_voting")
_OUTCOME = {"adopted": "adopted", "rejected": "rejected", "vetoed": "vetoed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFacts:
    """All that the article says of one text; the linker looks for the rollcall that fits it."""

    claims: tuple[Claim, ...]
    chamber: str | None
    symbols: tuple[str, ...]
    beside: tuple[str, ...]  # symbols that the page gives near it, while its tally stands apart
    dates: tuple[date, ...]
    time: ClaimTime  # of which vote its claims speak; OTHER: it is none of the page's own days
    drafters: frozenset[str]
    about: frozenset[str]
    subject: frozenset[str]
    kind: str | None
    outcomes: frozenset[str]
    tally: Tally
    unanimous: bool  # adopted without a vote against or an abstention, as some claim says
    chamber_named: bool  # a sentence about it names the chamber; it is not carried over


def expected_choices(action: str) -> tuple[Choice, ...]:
    """The choices in the roll that an action of a state speaks of; empty where it is no vote."""
    return _EXPECTED.get(action, ())


def gather(claims: Iterable[Claim]) -> list[TextFacts]:
    """The texts that claims speak of, in order of first mention.

    Claims with the same reference key and chamber are about one text; a claim that leaves the
    chamber open joins the only text of its key where there is just one. Claims that the reader put
    together although they state different tallies, a symbol and another text's tally, or another
    time ("last year"), are parted again.
    """
    by_key: dict[int, list[Claim]] = {}
    for claim in claims:
        by_key.setdefault(claim.reference.key, []).append(claim)
    return [
        facts
        for same_key in by_key.values()
        for same_chamber in _by_chamber(same_key)
        for facts in _of_one_name(same_chamber)
    ]


def _of_one_name(claims: Sequence[Claim]) -> Iterator[TextFacts]:
    """The texts of claims that the reader took for one; a symbol is beside its only rival."""
    for named, same_name in _by_symbol(claims):
        groups = [g for same_time in _by_time(same_name) for g in _by_tally(same_time)]
        for group in groups:
            yield _facts(group, symbol=named, beside=len(groups) == 1)


def _by_chamber(claims: Sequence[Claim]) -> list[list[Claim]]:
    chambers = list(dict.fromkeys(c.reference.chamber for c in claims if c.reference.chamber))
    if len(chambers) <= 1:
        return [list(claims)]
    open_ones = [c for c in claims if c.reference.chamber is None]
    groups = [[c for c in claims if c.reference.chamber == chamber] for chamber in chambers]
    return [*groups, open_ones] if open_ones else groups


def _by_symbol(claims: Sequence[Claim]) -> list[tuple[bool, Sequence[Claim]]]:
    """Claims, and whether the symbol is theirs: it is not where others beside it state a tally."""
    named = [c for c in claims if c.names_symbol]
    others = [c for c in claims if not c.names_symbol]
    if not named or not any(c.tally for c in others):
        return [(True, claims)]
    return [(True, named), (False, others)]


def _by_time(claims: Sequence[Claim]) -> list[Sequence[Claim]]:
    """Sentences that speak of another time, such as "last year", apart from the others."""
    by_time: dict[tuple[date | None, date | None], list[Claim]] = {}
    for claim in claims:
        then = claim.time if claim.time.kind is When.OTHER else ClaimTime()
        by_time.setdefault((then.first, then.last), []).append(claim)
    return list(by_time.values())


def _by_tally(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Runs of claims in page order; each begins where a tally contradicts the run's own."""
    groups: list[list[Claim]] = []
    current: list[Claim] = []
    for claim in sorted(claims, key=lambda c: c.start):
        part = claim.counts.what is not Counts.WHOLE
        if claim.tally is not None and not part and not _may_be(current, claim.tally):
            fitting = [g for g in groups if _states(g) and _may_be(g, claim.tally)]
            current = fitting[0] if fitting else []
        if not any(current is g for g in groups):
            groups.append(current)
        current.append(claim)
    return groups


def _states(claims: Iterable[Claim]) -> list[Tally]:
    """The tallies that claims give the whole roll; the count of a part says nothing of it."""
    whole = (c for c in claims if c.counts.what is Counts.WHOLE and not c.hedged)
    return [c.tally for c in whole if c.tally is not None]


def _may_be(claims: Sequence[Claim], tally: Tally) -> bool:
    """Whether no count of a tally differs from one that the claims state."""
    return not any(
        a is not None and b is not None and a != b
        for stated in _states(claims)
        for a, b in ((getattr(stated, side), getattr(tally, side)) for side in _SIDES)
    )


def _facts(claims: Sequence[Claim], *, symbol: bool, beside: bool) -> TextFacts:
    references = [claim.reference for claim in claims]
    sure = [claim for claim in claims if not claim.hedged]
    outcomes = {_OUTCOME[c.action] for c in sure if c.action in _OUTCOME}
    other = next((c.time for c in claims if c.time.kind is When.OTHER), None)
    if other is None:  # what the page says of the same text at its own time is of another vote
        outcomes |= {r.outcome for r in references if r.outcome}
    return TextFacts(
        claims=tuple(claims),
        chamber=_chamber(claims),
        symbols=_unique(r.symbol for r in references if r.symbol and symbol),
        beside=_unique(r.symbol for r in references if r.symbol and beside and not symbol),
        dates=() if other else _unique(r.date for r in references if r.date),
        time=other or ClaimTime(),
        drafters=frozenset(d for r in references for d in r.drafters),
        about=frozenset(s for r in references for s in r.about),
        subject=frozenset(word for r in references for word in r.subject),
        kind=next((r.kind for r in references if r.kind), None),
        outcomes=frozenset(outcomes),
        tally=_tally(claims, own=other is not None),
        unanimous=any(c.manner for c in sure),
        chamber_named=any(c.names_chamber for c in claims),
    )


def _chamber(claims: Sequence[Claim]) -> str | None:
    if any(claim.action == "vetoed" for claim in claims):
        return "SC"  # the Assembly knows no veto, whatever a page says of it
    return next((c.reference.chamber for c in claims if c.reference.chamber), None)


def _tally(claims: Sequence[Claim], *, own: bool) -> Tally:
    """The counts stated of the whole roll. own: those of the claims alone, not of their text."""
    stated = _states(claims)
    if not stated and not own:
        stated = [c.reference.tally for c in claims if c.reference.tally]

    def first(side: str) -> int | None:
        return next((getattr(t, side) for t in stated if getattr(t, side) is not None), None)

    return Tally(
        yes=first("yes"), no=first("no"), abstain=first("abstain"), non_voting=first("non_voting")
    )


def _unique(items: Iterable[_T]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(items))
