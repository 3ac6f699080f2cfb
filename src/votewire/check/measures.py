"""Words that only a figure answers: a dramatic shift, exposed divisions, a balanced stance.

The figure here is counted: agreement of the state with others over the rollcalls on the same
matter, or its balance between two of them, before and after; and on the page's own votes, how many
of a group did as the state did. Definition, window and n stand beside every figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from votewire import blocs, states
from votewire.check.report import Evidence, Figure, Moved, Verdict
from votewire.check.verdicts import DID, Judgement, evidence_of
from votewire.press import Claim
from votewire.record import Choice, Record, Rollcall

__all__ = ["Matter", "Measured", "measure"]

Period = tuple[date, date]  # first and last day, both counted

_BEFORE = timedelta(days=3 * 365)  # long enough for a state's usual vote, short enough for one era
_SOME = 6  # evidence rows shown for a figure; the figure itself rests on all of them
_NAMED = 4  # members of a group that are named
_KEPT = 4096  # figures kept, 1 kB each
_FEW = 16  # periods whose rolls are kept, some 200 kB each
_ENOUGH = 3  # fewer shared rollcalls make no figure worth a headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A judgement with its figures."""

    judgement: Judgement
    figures: tuple[Figure, ...] = ()
    votes: tuple[str, ...] = ()
    moves: tuple[Moved, ...] = ()


class Matter:
    """What an article's votes are about, and the rollcalls of the record on it.

    votes: the rollcalls of the article. The matter is the state that most of their titles and
    agenda name, apart from those whose votes the article reports; any matter where none does.
    """

    def __init__(self, votes: Sequence[Rollcall], apart_from: set[str], record: Record) -> None:
        self.votes = votes
        self.record = record
        self.about = _about(votes, apart_from)

    @property
    def name(self) -> str:
        """`Ukraine`, or `any matter`."""
        return _matter_name(self.about)

    def sides(self, states_told: Sequence[str]) -> tuple[str, ...]:
        """The two states that a balanced stance is between, or () where the votes show none.

        The state that the matter names, and the first of those told of that voted the other way,
        Yes against No, on one of the article's own votes.
        """
        for other in states_told:
            for vote in self.votes:
                pair = {vote.casts.get(self.about or ""), vote.casts.get(other)}
                if pair == {Choice.YES, Choice.NO}:
                    return (other, self.about or "")
        return ()

    def agreement(self, actor: str, other: str, period: Period) -> Figure:
        """Agreement of a state with another or a group ("G:EU") on the matter, in a period."""
        return _agreement(self.record, self.about, actor, other, period)

    def balance(self, actor: str, a: str, b: str, period: Period) -> Figure:
        """Balance of a state between two others on the matter, in a period."""
        return _balance(self.record, self.about, actor, (a, b), period)


def _matter_name(about: str | None) -> str:
    return states.name_of(about) if about else "any matter"


# The pages of a day ask for the same figures, of the same votes and the same periods.
@lru_cache(maxsize=_KEPT)
def _agreement(record: Record, about: str | None, actor: str, other: str, period: Period) -> Figure:
    side = blocs.Side(id=other.removeprefix("G:"), is_group=other.startswith("G:"))
    counted = blocs.agreement_over(_rolls(record, about, period), actor, side)
    definition = f"over rollcalls on {_matter_name(about)}: {blocs.DEFINITION}"
    if side.is_group:
        definition += "; for a group the mean over its members of the day"
    name = f"agreement of {states.name_of(actor)} with {_label(other)}"
    return _figured(name, period, counted, definition)


@lru_cache(maxsize=_KEPT)
def _balance(
    record: Record, about: str | None, actor: str, between: tuple[str, str], period: Period
) -> Figure:
    counted = blocs.balance_over(_rolls(record, about, period), actor, between)
    one, other = map(states.name_of, between)
    definition = (
        f"over rollcalls on {_matter_name(about)}: agreement with {one} less agreement with "
        f"{other}, from -1 to 1, where all three chose"
    )
    name = f"balance of {states.name_of(actor)} between {one} and {other}"
    return _figured(name, period, counted, definition)


@lru_cache(maxsize=_FEW)
def _rolls(record: Record, about: str | None, period: Period) -> blocs.Rolls:
    first, last = (np.datetime64(day) for day in period)
    low = int(np.searchsorted(record.days, first, side="left"))
    high = int(np.searchsorted(record.days, last, side="right"))
    rows = np.arange(low, max(low, high))
    kept = rows[record.naming(states.name_of(about), whole=True)[rows]] if about else rows
    return blocs.rolls_at(record, kept)


def measure(
    claim: Claim, *, others: Sequence[str], matter: Matter, since: date, until: date
) -> Measured:
    """Agreement of the claim's actor with others on the matter, before `since` and up to `until`.

    others: the states and groups ("G:EU") to compare with; a balanced stance is measured between
    the first two, where they are states. Gives `not_in_record` where fewer than three rollcalls
    before or one after can be counted.
    """
    periods = ((since - _BEFORE, since - timedelta(days=1)), (since, until))
    figures = [f for f in _figures(claim, others, matter, periods) if f.n]
    known = {name for name in (f.name for f in figures) if _both(figures, name)}
    kept = tuple(f for f in figures if f.name in known)
    if not kept:
        reason = (
            f"too few rollcalls on {matter.name} before and after {since} to measure "
            f"{states.name_of(claim.actor)} by."
        )
        return Measured(judgement=Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason))
    evidence = _evidence(matter.votes, claim.actor, others)
    votes = tuple(_alongside(matter.votes, claim.actor, others))
    moved = _moves(matter, claim.actor) if claim.action == "shifted" else ()
    counted = f"Intervals are of 90 %. Counted {kept[0].definition}."
    reason = " ".join([*votes, _told(kept), counted, *(move.told for move in moved)])
    judged = Judgement(verdict=Verdict.MEASURED, reason=reason, evidence=evidence)
    return Measured(judgement=judged, figures=kept, votes=votes, moves=moved)


def _moves(matter: Matter, actor: str) -> tuple[Moved, ...]:
    """What the model of positions says; loaded for a page that tells of a shift, and no other."""
    from votewire.check.moving import moves

    return tuple(moves(matter.votes, actor, matter.record))


def _figures(
    claim: Claim, others: Sequence[str], matter: Matter, periods: Sequence[Period]
) -> Iterator[Figure]:
    sides = [other for other in others if not other.startswith("G:")]
    if claim.action == "balanced" and len(sides) == 2:
        yield from (matter.balance(claim.actor, sides[0], sides[1], p) for p in periods)
    for other in others:
        yield from (matter.agreement(claim.actor, other, period) for period in periods)


def _alongside(votes: Sequence[Rollcall], actor: str, others: Sequence[str]) -> Iterator[str]:
    """A sentence for each vote of the page: how many of each group chose as the state did."""
    groups = [other.removeprefix("G:") for other in others if other.startswith("G:")]
    each = {vote.id: vote for vote in votes}
    for vote in sorted(each.values(), key=lambda vote: (vote.date, vote.id)):
        own = vote.casts.get(actor)
        for group in groups if own is not None else ():
            members = states.group_members(group, vote.date) & vote.casts.keys() - {actor}
            alike = sorted(states.name_of(c) for c in members if vote.casts[c] == own)
            if not members or own is None:
                continue
            named = f" ({', '.join(alike)})" if 0 < len(alike) <= _NAMED else ""
            yield (
                f"On {vote.name} {states.name_of(actor)} {DID[own]}, and so did "
                f"{len(alike)} of {len(members)} {_label(group)}{named}."
            )


def _label(code: str) -> str:
    """What a figure calls a state or a group: `France`, `European Union members`."""
    group = code.removeprefix("G:")
    if group not in states.groups():
        return states.name_of(code)
    name = states.group(group).name
    return name if name.endswith("s") or " of " in name else f"{name} members"


def _figured(name: str, period: Period, counted: blocs.Agreement, definition: str) -> Figure:
    return Figure(
        name=name,
        period=f"{period[0]} to {period[1]}",
        value=counted.value,
        low=counted.low,
        high=counted.high,
        n=counted.n,
        definition=definition,
    )


def _about(votes: Sequence[Rollcall], apart_from: set[str]) -> str | None:
    named: Counter[str] = Counter()
    for vote in votes:
        # The Library writes subjects in capitals; names are looked for as a title writes them.
        found = _states_in(f"{vote.title or ''} {' '.join(vote.agenda)}".title())
        named.update(sorted(found - apart_from))
    return named.most_common(1)[0][0] if named else None


@lru_cache(maxsize=_KEPT)
def _states_in(text: str) -> frozenset[str]:
    return frozenset(m.code for m in states.find_mentions(text) if m.kind == "state")


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
    return f"{figure.value:.2f} from {figure.period} ({figure.interval})"


def _evidence(votes: Sequence[Rollcall], actor: str, others: Sequence[str]) -> tuple[Evidence, ...]:
    rows = [e for vote in votes for e in evidence_of(vote, actor, *others) if e.choice is not None]
    return tuple(rows[:_SOME])
