"""What speaks for each rollcall that a text of the article may be, as one number and its parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from votewire import states
from votewire.check.texts import TextFacts, expected_choices
from votewire.check.verdicts import NEAR, counts_as_said
from votewire.press import When
from votewire.record import Chamber, Kind, Outcome, Rollcall

__all__ = [
    "PARTS",
    "Candidate",
    "content",
    "fit_of",
    "is_named_by_tally",
    "is_part",
    "scored_by",
    "tells_subject",
]

PARTS = {"amendment": Kind.AMENDMENT, "paragraph": Kind.PARAGRAPH}
_WHOLE = (Kind.RESOLUTION, Kind.DECISION, Kind.DRAFT, Kind.UNSTATED)
_COMMON = frozenset(("the", "and", "for", "with", "from", "its", "their", "that", "which", "all"))
_SUBJECT = 3  # words that tell a subject; a page with fewer tells little of it
_ENOUGH = 0.6  # share of the page's words for its subject that are in the title


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One rollcall that a text may be.

    score: what the page says of the text apart from who voted how (higher fits better).
    conflicts: how much of it this rollcall breaks (outcome, tally, whole or part).
    fit: how many of the page's casts this roll has, less how many it has otherwise.
    topical: whether title, tally or symbol tie it to the page, not the day alone. shared: how many
    words of its title and agenda the page says of the text. tied: whether anything but the day ties
    it to the page: symbol, subject, a count, two casts, a veto.
    sure: the page's full tally names it. part: an amendment or a paragraph, no whole text.
    """

    rollcall: Rollcall
    score: float
    conflicts: int
    fit: int
    topical: bool
    sure: bool
    part: bool
    shared: int = 0
    tied: bool = True

    def is_plainly_worse(self, best: Candidate) -> bool:
        """Whether both the subject and the casts of a page speak for another, or much of one."""
        words, casts = best.shared - self.shared, best.fit - self.fit
        return words > 1 or (words > 0 and casts > 1)


def scored_by(rollcall: Rollcall, facts: TextFacts, anchors: Iterable[date]) -> Candidate:
    """The rollcall as a candidate for a text; anchors: the page's days, else that of the page."""
    words, about = _title(rollcall.title or "", rollcall.agenda)
    shared, told = len(facts.subject & words), _told(rollcall, facts)
    shared_about = bool(facts.about & about)
    tally_score, tally_sure, tally_conflict = _tally_evidence(rollcall, facts)
    # A subject told at length outweighs counts, which meet by chance on a day of fifty texts.
    tally_conflict = 0 if told > _ENOUGH else tally_conflict
    outcome_score, outcome_conflict = _outcome_evidence(rollcall, facts)
    kind_score, kind_conflict = _kind_evidence(rollcall, facts)
    named, fit = bool(facts.symbols), fit_of(rollcall, facts)
    abroad = int(facts.chamber not in (None, rollcall.chamber))
    return Candidate(
        rollcall=rollcall,
        score=_day_evidence(rollcall, facts, anchors)
        + tally_score
        + outcome_score
        + kind_score
        + _sponsor_evidence(rollcall, facts)
        + 0.5 * min(3, shared)
        + 3.0 * told
        + (1.0 if shared_about else 0.0),
        conflicts=outcome_conflict
        + kind_conflict
        + tally_conflict
        + abroad
        + _has_no_roll(rollcall, facts),
        fit=fit,
        topical=named or tally_sure or shared > 0 or shared_about,
        tied=named
        or tally_score > 0
        or shared > 0
        or shared_about
        or bool(facts.drafters & (about | set(rollcall.sponsors)))
        or fit > 1
        or (rollcall.outcome == Outcome.VETOED and rollcall.outcome in facts.outcomes),
        sure=tally_sure,
        part=is_part(rollcall),
        shared=shared + len(facts.about & about),
    )


def _told(rollcall: Rollcall, facts: TextFacts) -> float:
    """Share of the page's words for the subject that are in the rollcall's title, in [0, 1]."""
    words, _ = _title(rollcall.title or "", rollcall.agenda)
    return len(facts.subject & words) / max(_SUBJECT, len(facts.subject))


def _day_evidence(rollcall: Rollcall, facts: TextFacts, anchors: Iterable[date]) -> float:
    away = min((abs((rollcall.date - day).days) for day in anchors), default=0)
    if facts.dates:
        return 1.5 if away == 0 else 0.0
    return -0.1 * away


def _tally_evidence(rollcall: Rollcall, facts: TextFacts) -> tuple[float, bool, int]:
    pairs = [
        (stated, counted)
        for side, stated in counts_as_said(facts.tally, rollcall).items()
        if (counted := getattr(rollcall.tally, side)) is not None
    ]
    equal = sum(stated == counted for stated, counted in pairs)
    # Two equal counts of a large chamber hardly meet by chance; the Council's small ones do.
    sure = equal == len(pairs) and equal >= 2 and rollcall.chamber == Chamber.GA
    sure = sure and (facts.tally.yes is not None or equal > 2)
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
    part = PARTS.get(facts.kind or "")
    if part is not None:
        return (1.5, 0) if rollcall.kind == part else (-1.5, 2)
    return (1.0, 0) if rollcall.kind in _WHOLE else (-1.0, 2)


def _has_no_roll(rollcall: Rollcall, facts: TextFacts) -> int:
    """1 where the page tells who voted how, and the record has neither roll nor tally."""
    told = any(expected_choices(claim.action) for claim in facts.claims)
    return int(told and not rollcall.casts and rollcall.tally.yes is None)


def _sponsor_evidence(rollcall: Rollcall, facts: TextFacts) -> float:
    if not facts.drafters or not rollcall.sponsors:
        return 0.0
    return 1.5 if facts.drafters & set(rollcall.sponsors) else -0.5


def is_named_by_tally(rollcall: Rollcall, facts: TextFacts) -> bool:
    """Whether the counts that the page gives name the rollcall."""
    return _tally_evidence(rollcall, facts)[1]


def is_part(rollcall: Rollcall) -> bool:
    """Whether the vote was on an amendment or a paragraph, on no whole text."""
    return rollcall.kind not in _WHOLE


def tells_subject(rollcall: Rollcall, facts: TextFacts) -> bool:
    """Whether the page tells the subject much as the rollcall's title does."""
    return _told(rollcall, facts) > _ENOUGH


def fit_of(rollcall: Rollcall, facts: TextFacts) -> int:
    """How many of the page's casts the roll has, less how many it has otherwise."""
    fit = 0
    for claim in facts.claims:
        expected = expected_choices(claim.action)
        cast = rollcall.casts.get(claim.actor)
        if expected and cast is not None and not claim.hedged:
            against = cast not in NEAR.get(claim.action, ()) and claim.time.kind is not When.EARLIER
            fit += 1 if cast in expected else -against
    return fit


def content(rollcall: Rollcall) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of a rollcall's title and agenda, and the states that they name."""
    return _title(rollcall.title or "", rollcall.agenda)


@lru_cache(maxsize=2**14)  # every title of the record
def _title(title: str, agenda: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of a title and its agenda, and the states that they name."""
    text = " ".join((title, *agenda))
    # The Library writes subjects in capitals; names are looked for in the way a title writes them.
    spelled = text.title() if text.isupper() else f"{title} {' '.join(a.title() for a in agenda)}"
    named = frozenset(m.code for m in states.find_mentions(spelled) if m.kind == "state")
    return frozenset(re.findall(r"[a-z]{3,}", text.lower())) - _COMMON, named
