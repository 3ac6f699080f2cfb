"""Which rule decided a rollcall, what the rule makes of its votes, and whether that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from votewire import rules, states
from votewire.check.decided import Fact, facts
from votewire.record import Chamber, Choice, Modality, Outcome, Rollcall

__all__ = [
    "Explained",
    "How",
    "explain",
    "named",
    "permanent_members",
    "rule_of",
    "ruling",
    "votes_of",
]

_SIDES = ("yes", "no", "abstain", "non_voting")


class How(StrEnum):
    """How the outcome in the record is explained."""

    EITHER = "adopted, by two-thirds too"
    SIMPLE = "adopted by a simple majority, short of two-thirds"
    NEITHER = "not adopted, by a simple majority either"
    QUOTA = "adopted: it had the votes, no permanent member against"
    SHORT = "not adopted: it lacked the votes"
    VETO = "vetoed: it had the votes, a permanent member against"
    CITED = "by a cited fact about that vote"
    WITHOUT_VOTE = "adopted without a vote"
    OPEN = "outcome not stated; it depends on the majority required"
    UNCOUNTED_VETO = "vetoed, on the word of the source: no tally"
    UNCOUNTED = "no tally in the sources to test it by"
    UNEXPLAINED = "not explained"

    @property
    def tested(self) -> bool | None:
        """True where a rule explains the outcome, False where none does, None if none can tell."""
        if self is How.UNEXPLAINED:
            return False
        return None if self in (How.OPEN, How.UNCOUNTED_VETO, How.UNCOUNTED) else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """One rollcall's outcome: the rule that applied, what it gives, and how that explains it."""

    how: How
    rule: rules.Rule
    ruling: rules.Ruling
    fact: Fact | None = None


def rule_of(
    rollcall: Rollcall, *, two_thirds: bool = False, procedural: bool = False
) -> rules.Rule:
    """The rule of the rollcall's chamber and day, or the one that a cited fact names.

    two_thirds, procedural: take that rule whatever the facts say; only in the chamber that has it.
    """
    fact = facts().get(rollcall.id)
    cited = fact.rule if fact else ""
    if rollcall.chamber == Chamber.GA:
        return rules.assembly(two_thirds=two_thirds or cited == "two_thirds")
    no_veto = procedural or cited in ("procedural", "any_seven")
    rule = rules.council(rollcall.date, permanent_members(rollcall.date), procedural=no_veto)
    if cited == "any_seven" and fact is not None and not procedural:
        return replace(rule, name="any seven members", text=f"{fact.sentence} ({fact.source})")
    return rule


def ruling(rollcall: Rollcall) -> rules.Ruling:
    """What the rule that applied makes of the rollcall, with the reason as a clause.

    The outcome is `unknown`, and the reason says why, where the record has no tally, or where it
    depends on a majority of which no source says whether it was required.
    """
    return explain(rollcall).ruling


def explain(rollcall: Rollcall) -> Explained:
    """The rollcall's outcome explained, or told as unexplained."""
    rule, fact = rule_of(rollcall), facts().get(rollcall.id)
    count = votes_of(rollcall, rule)
    if count is None:
        how, result = _uncounted(rollcall, rule)
        return Explained(how=how, rule=rule, ruling=result)
    result = rules.decide(count, rule, named=named(rollcall.date))
    if fact is not None:
        agrees = rollcall.outcome in (Outcome.UNSTATED, result.outcome)
        how = How.CITED if agrees else How.UNEXPLAINED
    elif rollcall.outcome == Outcome.UNSTATED:
        how, result = _open(count, result)
    else:
        how = _ordinary(rollcall, count, result)
    return Explained(how=how, rule=rule, ruling=result, fact=fact)


def votes_of(rollcall: Rollcall, rule: rules.Rule) -> rules.Count | None:
    """The rollcall's count under a rule; None where the record has no tally."""
    tally = rollcall.tally
    counts = {side: getattr(tally, side) for side in _SIDES}
    if tally.yes is None or tally.no is None:
        return None
    against = tuple(sorted(s for s in rule.holders if rollcall.casts.get(s) == Choice.NO))
    return rules.Count(**{side: n or 0 for side, n in counts.items()}, vetoes=against)


def permanent_members(on: date) -> frozenset[str]:
    """The codes of the Council's permanent members that day."""
    return states.group_members("P5", on)


def named(on: date) -> Callable[[str], str]:
    """What a sentence calls a state on a day: `the Soviet Union`, `France`."""

    def name(code: str) -> str:
        return f"{'the ' if states.state(code).article else ''}{states.name_of(code, on=on)}"

    return name


def _ordinary(rollcall: Rollcall, count: rules.Count, result: rules.Ruling) -> How:
    if result.outcome != rollcall.outcome:
        return How.UNEXPLAINED
    if rollcall.chamber == Chamber.SC:
        ways = {Outcome.ADOPTED: How.QUOTA, Outcome.VETOED: How.VETO, Outcome.REJECTED: How.SHORT}
        return ways[Outcome(rollcall.outcome)]
    if rollcall.outcome == Outcome.REJECTED:
        return How.NEITHER
    two_thirds = rules.assembly(two_thirds=True).adopts(count.yes, count.no)
    return How.EITHER if two_thirds else How.SIMPLE


def _open(count: rules.Count, simple: rules.Ruling) -> tuple[How, rules.Ruling]:
    """A vote of the Assembly whose outcome no source states."""
    two_thirds = rules.decide(count, rules.assembly(two_thirds=True))
    if two_thirds.outcome == simple.outcome:
        return How.UNEXPLAINED, simple
    reason = (
        f"with {count.yes} in favour and {count.no} against it passes by a simple majority "
        f"({simple.needed} needed) and fails by two-thirds ({two_thirds.needed} needed), and no "
        "source here says which was applied"
    )
    return How.OPEN, rules.Ruling(outcome=rules.Outcome.UNKNOWN, reason=reason)


def _uncounted(rollcall: Rollcall, rule: rules.Rule) -> tuple[How, rules.Ruling]:
    if rollcall.modality == Modality.WITHOUT_VOTE:
        reason = "adopted without a vote, so that no majority was counted"
        adopted = rules.Ruling(outcome=rules.Outcome.ADOPTED, reason=reason)
        return How.WITHOUT_VOTE, adopted
    against = sorted(rule.holders & set(rollcall.states(Choice.NO)))
    if rollcall.outcome == Outcome.VETOED and against:
        names = ", ".join(map(named(rollcall.date), against))
        reason = (
            f"{names} voted against, which stops a text that has the votes; no source here gives "
            f"the tally, so whether it had the {rule.quota} needed is not known"
        )
        return How.UNCOUNTED_VETO, rules.Ruling(outcome=rules.Outcome.UNKNOWN, reason=reason)
    reason = f"{rollcall.outcome}, says the source; no source here gives the tally"
    return How.UNCOUNTED, rules.Ruling(outcome=rules.Outcome.UNKNOWN, reason=reason)
