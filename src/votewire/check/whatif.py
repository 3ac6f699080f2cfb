"""What another vote, or another majority, would have made of a text; the fewest votes that flip it.

Before and after are decided by the same rule. A text whose roll is partial can be asked about as
long as the record has its tally and the votes that are changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import polars as pl

from votewire import rules, states
from votewire.check.deciding import named, rule_of, votes_of
from votewire.errors import NotInRecord, UsageError
from votewire.record import Answer, Chamber, Choice, Outcome, Record, Roll, Rollcall
from votewire.rules import Count, Rule, Side

__all__ = ["smallest_flip", "whatif"]

_SCHEMA = dict.fromkeys(("state", "name", "before", "after"), pl.String())
_COUNTED = ("yes", "no", "abstain", "non_voting")
_DID = {
    Choice.YES: "voted Yes",
    Choice.NO: "voted No",
    Choice.ABSTAIN: "abstained",
    Choice.NON_VOTING: "did not vote",
}
_FLIPPED = {Side.YES: "Yes", Side.NO: "No", Side.ABSTAIN: "abstaining or not voting"}
_NAMED = 4
_PLAIN = 10**9  # numbers above are told by their magnitude


def whatif(
    record: Record,
    rollcall: Rollcall,
    changes: Mapping[str, Choice],
    *,
    two_thirds: bool = False,
    procedural: bool = False,
) -> Answer:
    """Tally and outcome with some votes changed, beside those that were; one row for each change.

    changes: state code -> its other choice. two_thirds, procedural: decide by that rule.
    Raises UsageError for a state without a vote there or a rule of the other chamber, and
    NotInRecord where the record lacks the tally or a vote that is to be changed.
    """
    rule = _rule(rollcall, two_thirds=two_thirds, procedural=procedural)
    before = _count(record, rollcall, rule)
    changed = _changed(record, rollcall, changes)
    after = _recounted(before, rollcall, changed, rule)
    return _answer(
        record,
        rollcall,
        rule,
        before=before,
        after=after,
        changes=changed,
        title=f"{rollcall.name}, {rollcall.date}: {_supposed(rollcall, changed)}; {rule.name}",
    )


def smallest_flip(
    record: Record,
    rollcall: Rollcall,
    changes: Mapping[str, Choice],
    *,
    two_thirds: bool = False,
    procedural: bool = False,
) -> Answer:
    """The fewest changed votes that turn the outcome over, and how many such sets there are.

    One row for each vote of one such set. changes: votes supposed changed beforehand. Raises what
    `whatif` raises, and NotInRecord for a roll that is not complete.
    """
    rule = _rule(rollcall, two_thirds=two_thirds, procedural=procedural)
    if rollcall.roll != Roll.FULL:
        raise NotInRecord(f"the whole roll of {rollcall.name}", complete_to=record.completeness)
    supposed = _changed(record, rollcall, changes)
    roll = {**rollcall.casts, **supposed}
    casts = {code: Side(choice.label) for code, choice in roll.items()}
    flip = rules.smallest_flip(casts, rule)
    flipped = {code: Choice[side.value.upper()] for code, side in flip.changes.items()}
    return _answer(
        record,
        rollcall,
        rule,
        before=rules.tally(casts, rule),
        after=rules.tally({**casts, **flip.changes}, rule),
        changes=flipped,
        title=f"{rollcall.name}, {rollcall.date}: the fewest changed votes that flip it"
        + (f"; {_supposed(rollcall, supposed)}" if supposed else ""),
        told=tuple(_flip_told(rollcall, flip)),
        was=roll,
        more={
            "size": flip.size,
            "ways": str(flip.ways),
            "alone": list(flip.alone),
            "moves": [asdict(move) for move in flip.moves],
        },
    )


def _rule(rollcall: Rollcall, *, two_thirds: bool, procedural: bool) -> Rule:
    if two_thirds and rollcall.chamber != Chamber.GA:
        raise UsageError(f"{rollcall.name}: two-thirds is a majority of the General Assembly's.")
    if procedural and rollcall.chamber != Chamber.SC:
        raise UsageError(f"{rollcall.name}: there is no veto in the General Assembly to set aside.")
    return rule_of(rollcall, two_thirds=two_thirds, procedural=procedural)


def _count(record: Record, rollcall: Rollcall, rule: Rule) -> Count:
    count = votes_of(rollcall, rule)
    if count is None:
        raise NotInRecord(f"a tally of {rollcall.name}", complete_to=record.completeness)
    return count


def _changed(
    record: Record, rollcall: Rollcall, changes: Mapping[str, Choice]
) -> dict[str, Choice]:
    """The changes that change something, by state. Raises as `whatif` does."""
    for code in changes:
        if code not in rollcall.casts:
            _no_vote(record, rollcall, states.name_of(code, on=rollcall.date))
    return {c: choice for c, choice in sorted(changes.items()) if rollcall.casts[c] != choice}


def _no_vote(record: Record, rollcall: Rollcall, name: str) -> None:
    if rollcall.roll == Roll.FULL:
        raise UsageError(f"{name} was not a member of the chamber that voted on {rollcall.name}.")
    raise NotInRecord(f"{name}'s vote on {rollcall.name}", complete_to=record.completeness)


def _recounted(
    before: Count, rollcall: Rollcall, changes: Mapping[str, Choice], rule: Rule
) -> Count:
    counts = {side: getattr(before, side) for side in _COUNTED}
    for code, choice in changes.items():
        counts[rollcall.casts[code].label] -= 1
        counts[choice.label] += 1
    casts = {**rollcall.casts, **changes}
    against = tuple(sorted(s for s in rule.holders if casts.get(s) == Choice.NO))
    return Count(**counts, vetoes=against)


def _answer(
    record: Record,
    rollcall: Rollcall,
    rule: Rule,
    *,
    before: Count,
    after: Count,
    changes: Mapping[str, Choice],
    title: str,
    told: tuple[str, ...] = (),
    was: Mapping[str, Choice] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Answer:
    then = (before, after)
    first, second = (rules.decide(c, rule, named=named(rollcall.date)) for c in then)
    rows = _rows(rollcall, changes, was or rollcall.casts)
    return Answer(
        question="whatif",
        title=title,
        told=(
            *told,
            f"{'Before' if rows else 'As it was'}, {before}: {first.reason}.",
            *([f"After, {after}: {second.reason}."] if rows else []),
            *_in_fact(rollcall, first, rule),
        ),
        table=pl.DataFrame(rows, schema=_SCHEMA, orient="row"),
        definition=rule.text,
        basis=f"One rollcall: {rollcall.id}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            "id": rollcall.id,
            "rule": rule.name,
            "tally_before": {side: getattr(before, side) for side in _COUNTED},
            "tally_after": {side: getattr(after, side) for side in _COUNTED},
            "outcome_before": first.outcome.value,
            "outcome_after": second.outcome.value,
            "needed_before": first.needed,
            "needed_after": second.needed,
            **(more or {}),
        },
    )


def _rows(
    rollcall: Rollcall, changes: Mapping[str, Choice], was: Mapping[str, Choice]
) -> list[tuple[str, str, str, str]]:
    return [
        (code, states.name_of(code, on=rollcall.date), was[code].label, choice.label)
        for code, choice in changes.items()
    ]


def _in_fact(rollcall: Rollcall, before: rules.Ruling, rule: Rule) -> Iterator[str]:
    """A sentence where the rule supposed gives another outcome than the record has."""
    if rollcall.outcome == Outcome.UNSTATED:
        yield "No source here states what became of it."
    elif before.outcome != rollcall.outcome:
        yield f"In the record it was {rollcall.outcome}; {rule.name} is supposed here."


def _supposed(rollcall: Rollcall, changes: Mapping[str, Choice]) -> str:
    if not changes:
        return "no vote changed"
    if len(changes) > _NAMED:
        return f"what if {len(changes)} states had voted otherwise"
    name = named(rollcall.date)
    return "what if " + ", ".join(f"{name(code)} {_DID[c]}" for code, c in changes.items())


def _flip_told(rollcall: Rollcall, flip: rules.Flip) -> Iterator[str]:
    votes = "1 changed vote is enough" if flip.size == 1 else f"{flip.size} changed votes at least"
    moves = ", ".join(
        f"{m.states} from {_FLIPPED[m.before]} to {_FLIPPED[m.after]}" for m in flip.moves
    )
    sets = "set does it" if flip.ways == 1 else "sets do it"
    yield (
        f"{votes}; {_large(flip.ways)} {sets} (abstaining and not voting are one choice here). "
        f"For instance {moves}."
    )
    if flip.alone:
        names = ", ".join(map(named(rollcall.date), flip.alone))
        yield f"A permanent member that could do it alone: {names}."


def _large(number: int) -> str:
    """`120`, or `about 1.6 x 10^28` with the exact number in the facts."""
    if number < _PLAIN:
        return f"{number:,}"
    mantissa, _, exponent = f"{number:.1e}".partition("e+")
    return f"about {mantissa} x 10^{exponent}"
