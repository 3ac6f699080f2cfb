"""One claim against one rollcall: does the roll say so?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from votewire import states
from votewire.check.deciding import permanent_members, ruling
from votewire.check.report import Evidence, Verdict
from votewire.check.texts import expected_choices
from votewire.press import Claim, Tally
from votewire.record import Chamber, Choice, Outcome, Roll, Rollcall

__all__ = ["DID", "NEAR", "Judgement", "counts_as_said", "evidence_of", "judge"]

_CHAMBER = {Chamber.GA: "General Assembly", Chamber.SC: "Security Council"}
_SIDES = {"yes": "in favour", "no": "against", "abstain": "abstaining", "non_voting": "not voting"}
DID = {
    Choice.YES: "voted Yes",
    Choice.NO: "voted No",
    Choice.ABSTAIN: "abstained",
    Choice.NON_VOTING: "did not vote",
}
# Words of the press that a choice does not refute although it is not what they say: a state that
# "opposed" a text may have abstained on it, and "absent" is often written for an abstention.
NEAR = {
    "opposed": (Choice.ABSTAIN, Choice.NON_VOTING),
    "abstained": (Choice.NON_VOTING,),
    "absent": (Choice.ABSTAIN,),
}
_MANNERS = {"unanimous": "unanimously", "consensus": "without a vote"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Verdict, the reason in a sentence, and the facts it rests on."""

    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()


def judge(claim: Claim, rollcall: Rollcall) -> Judgement:
    """What one rollcall says of one claim, taking for granted that the claim is about it."""
    if claim.action in _CHAMBER_ACTIONS:
        return _CHAMBER_ACTIONS[claim.action](claim, rollcall)
    if claim.actor.startswith("G:"):
        return _group(claim, rollcall)
    if claim.action == "vetoed":
        return _vetoed(claim, rollcall)
    if claim.action == "drafted":
        return _drafted(claim, rollcall)
    return _cast(claim, rollcall)


def evidence_of(rollcall: Rollcall, *codes: str) -> tuple[Evidence, ...]:
    """The rollcall as evidence: one row for each state given, or one for its outcome and tally."""
    return tuple(_evidence(rollcall, code) for code in codes or (None,))


def _evidence(rollcall: Rollcall, code: str | None) -> Evidence:
    cast = rollcall.casts.get(code) if code else None
    return Evidence(
        rollcall=rollcall.id,
        symbol=rollcall.name,
        chamber=rollcall.chamber,
        date=rollcall.date,
        outcome=rollcall.outcome,
        tally=str(rollcall.tally),
        state=code,
        choice=cast.label if cast is not None else None,
    )


def _cast(claim: Claim, rollcall: Rollcall) -> Judgement:
    cast = rollcall.casts.get(claim.actor)
    name = states.name_of(claim.actor, on=rollcall.date)
    if cast is None:
        return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=_no_cast(rollcall, name))
    told = f"{name} {DID[cast]} on {rollcall.name} ({rollcall.outcome}, {rollcall.tally})"
    evidence = evidence_of(rollcall, claim.actor)
    if cast in expected_choices(claim.action):
        reason = f"{told}{_not_stopped(claim.actor, cast, rollcall)}."
        return Judgement(verdict=Verdict.SUPPORTED, reason=reason, evidence=evidence)
    if cast in NEAR.get(claim.action, ()):
        return Judgement(verdict=Verdict.PARTLY, reason=f"{told}.", evidence=evidence)
    said = {"voted_yes": "voted Yes", "voted_no": "voted No"}.get(claim.action, claim.action)
    return Judgement(
        verdict=Verdict.CONTRADICTED, reason=f"{told}; the page says {said}.", evidence=evidence
    )


def _not_stopped(code: str, cast: Choice, rollcall: Rollcall) -> str:
    """That an abstention is no veto, where a permanent member's let a text of the Council pass."""
    let_pass = rollcall.chamber == Chamber.SC and rollcall.outcome == Outcome.ADOPTED
    abstained = cast is Choice.ABSTAIN and code in permanent_members(rollcall.date)
    return "; a permanent member's abstention is no veto" if let_pass and abstained else ""


def _no_cast(rollcall: Rollcall, name: str) -> str:
    if rollcall.roll == Roll.FULL:
        chamber = _CHAMBER[Chamber(rollcall.chamber)]
        return f"{name} was no member of the {chamber} that voted on {rollcall.name}."
    if rollcall.roll == Roll.PARTIAL:
        return f"the record has {name}'s vote on {rollcall.name} from no source."
    return f"{rollcall.name} has no roll of states in the record ({rollcall.modality})."


def _vetoed(claim: Claim, rollcall: Rollcall) -> Judgement:
    judged = _cast(claim, rollcall)
    if judged.verdict is not Verdict.SUPPORTED:
        return judged
    if rollcall.chamber == Chamber.SC and rollcall.outcome == Outcome.VETOED:
        name = states.name_of(claim.actor, on=rollcall.date)
        reason = f"{name}'s No vetoed {rollcall.name} ({rollcall.tally})."
        return Judgement(verdict=Verdict.SUPPORTED, reason=reason, evidence=judged.evidence)
    return Judgement(
        verdict=Verdict.PARTLY, reason=_no_veto(rollcall, judged.reason), evidence=judged.evidence
    )


def _no_veto(rollcall: Rollcall, told: str) -> str:
    if rollcall.chamber == Chamber.GA:
        return f"{told} There is no veto in the General Assembly."
    outcome, _, _ = ruling(rollcall).reason.partition(";")
    return f"{told} That was no veto: the text was {outcome}."


def _drafted(claim: Claim, rollcall: Rollcall) -> Judgement:
    evidence = evidence_of(rollcall)
    if not rollcall.sponsors:
        reason = f"the record does not name the sponsors of {rollcall.name}."
        return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason, evidence=evidence)
    named = ", ".join(_sponsor(s) for s in rollcall.sponsors)
    if claim.actor in rollcall.sponsors:
        reason = f"{rollcall.name} was submitted by {named}."
        return Judgement(verdict=Verdict.SUPPORTED, reason=reason, evidence=evidence)
    # Co-sponsors join after a text is submitted, and who held the pen is no matter of record.
    reason = f"the record names {named} as submitting {rollcall.name}, and no co-sponsors."
    return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason, evidence=evidence)


def _sponsor(code: str) -> str:
    return states.name_of(code) if code in states.codes() else code


def _outcome(claim: Claim, rollcall: Rollcall) -> Judgement:
    evidence = evidence_of(rollcall)
    if rollcall.outcome == Outcome.UNSTATED:
        reason = f"no source states the outcome of {rollcall.name}."
        return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason, evidence=evidence)
    told = _decided(rollcall)
    holds = (rollcall.outcome == Outcome.ADOPTED) == (claim.action == "adopted")
    wrong = ([] if holds else [claim.action]) + _wrong_counts(claim, rollcall)
    manner = _manner(claim, rollcall) if holds else Verdict.SUPPORTED
    wrong += [_MANNERS[claim.manner]] if manner is not Verdict.SUPPORTED else []
    verdict = Verdict.CONTRADICTED if wrong else Verdict.SUPPORTED
    said = f"; the page says {', '.join(wrong)}" if wrong else ""
    if len(wrong) == 1 and manner is Verdict.PARTLY:
        verdict, said = Verdict.PARTLY, f"{said}, and nobody voted against"
    return Judgement(verdict=verdict, reason=f"{told}{said}.", evidence=evidence)


def _decided(rollcall: Rollcall) -> str:
    """What became of the text, and by what rule where the rule gives what the record has."""
    found = ruling(rollcall)
    if found.outcome != rollcall.outcome or rollcall.tally.yes is None:
        return f"{rollcall.name} was {rollcall.outcome}, {rollcall.tally}, on {rollcall.date}"
    return f"{rollcall.name} ({rollcall.tally}, {rollcall.date}) was {found.reason}"


def _manner(claim: Claim, rollcall: Rollcall) -> Verdict:
    """Whether it was adopted as the page says: a vote against refutes it, an abstention in part."""
    if not claim.manner:
        return Verdict.SUPPORTED
    if rollcall.tally.no:
        return Verdict.CONTRADICTED
    return Verdict.PARTLY if rollcall.tally.abstain else Verdict.SUPPORTED


def _tally(claim: Claim, rollcall: Rollcall) -> Judgement:
    evidence = evidence_of(rollcall)
    if not _compared(claim, rollcall):
        reason = f"the record has no tally of {rollcall.name} to compare."
        return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason, evidence=evidence)
    wrong = _wrong_counts(claim, rollcall)
    verdict = Verdict.CONTRADICTED if wrong else Verdict.SUPPORTED
    said = f"; the page says {', '.join(wrong)}" if wrong else ""
    reason = f"{rollcall.name}: {rollcall.tally} (yes-no-abstaining){said}."
    return Judgement(verdict=verdict, reason=reason, evidence=evidence)


def _wrong_counts(claim: Claim, rollcall: Rollcall) -> list[str]:
    return [
        f"{said} {_SIDES[side]} (record: {counted})"
        for side, said, counted in _compared(claim, rollcall)
        if said != counted
    ]


def _compared(claim: Claim, rollcall: Rollcall) -> list[tuple[str, int, int]]:
    stated = counts_as_said(claim.tally, rollcall)
    return [
        (side, said, counted)
        for side in _SIDES
        if (said := stated.get(side)) is not None
        and (counted := getattr(rollcall.tally, side)) is not None
    ]


def counts_as_said(tally: Tally | None, rollcall: Rollcall) -> dict[str, int]:
    """The counts of a page by side; "60 were absent" of the 60 that abstained is a way of speaking.

    Hindi pages write it so, and others that translate them.
    """
    stated = tally.stated if tally else {}
    absent = stated.get("non_voting")
    spoken = absent is not None and absent == rollcall.tally.abstain
    if spoken and absent != rollcall.tally.non_voting and "abstain" not in stated:
        stated["abstain"] = stated.pop("non_voting")
    return stated


def _group(claim: Claim, rollcall: Rollcall) -> Judgement:
    """A group did something where each of its members that voted did it."""
    group = claim.actor.removeprefix("G:")
    expected = expected_choices(claim.action)
    if not expected or group not in states.groups() or states.group(group).open:
        reason = f"{_group_name(group)} has no fixed list of members to count."
        return Judgement(verdict=Verdict.NOT_CHECKABLE, reason=reason)
    voters = sorted(states.group_members(group, rollcall.date) & set(rollcall.casts))
    if not voters:
        reason = f"the record has no votes of {_group_name(group)} members on {rollcall.name}."
        return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason)
    others = [code for code in voters if rollcall.casts[code] not in expected]
    did = len(voters) - len(others)
    names = ", ".join(states.name_of(code) for code in others)
    members = f"{_group_name(group)} members voting"
    reason = f"{did} of {len(voters)} {members} did so on {rollcall.name}"
    reason += f"; not {names}." if others and did else "."
    mixed = Verdict.PARTLY if did else Verdict.CONTRADICTED
    return Judgement(
        verdict=mixed if others else Verdict.SUPPORTED,
        reason=reason,
        evidence=evidence_of(rollcall, *voters),
    )


def _group_name(group: str) -> str:
    return states.group(group).name if group in states.groups() else group.replace("_", " ")


_CHAMBER_ACTIONS: dict[str, Callable[[Claim, Rollcall], Judgement]] = {
    "adopted": _outcome,
    "rejected": _outcome,
    "tally": _tally,
}
