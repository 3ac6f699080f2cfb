"""Counts of a part of the roll: of a group's members, or of those that had voted one way before."""

from __future__ import annotations

from collections.abc import Sequence

from votewire import states
from votewire.check.report import Verdict
from votewire.check.verdicts import DID, Judgement, evidence_of
from votewire.press import Claim, Counts
from votewire.record import Choice, Record, Rollcall

__all__ = ["judge_part", "vote_then"]

_CHOICES = {
    "yes": Choice.YES,
    "no": Choice.NO,
    "abstain": Choice.ABSTAIN,
    "non_voting": Choice.NON_VOTING,
}
_NAMED = 8  # states that a reason names
_ELSE = "the page's number is not of this roll"
_UNCLEAR = {
    Counts.EXPECTED: "the number is of votes foretold or needed, not of votes cast",
    Counts.UNSURE: f"{_ELSE}, and the page does not say so that it can be counted",
    Counts.OF_SIDE: f"{_ELSE} alone, and the page does not settle which earlier vote is meant",
}


def judge_part(claim: Claim, rollcall: Rollcall, then: Rollcall | None) -> Judgement:
    """What the casts of a part say of the claim's counts.

    then: the earlier vote by which the states are chosen, where the claim counts so.
    """
    counts = claim.counts
    if counts.what is Counts.GROUP:
        return _of_group(claim, rollcall)
    if counts.what is Counts.OF_SIDE and then is not None and then.id != rollcall.id:
        return _of_side(claim, rollcall, then)
    if counts.what is Counts.EXPECTED:
        return Judgement(verdict=Verdict.NOT_CHECKABLE, reason=f"{_UNCLEAR[counts.what]}.")
    reason = f"{_UNCLEAR.get(counts.what, _ELSE)}."
    return Judgement(verdict=Verdict.UNCLEAR, reason=reason)


def vote_then(claim: Claim, pages: Sequence[Rollcall], record: Record) -> Rollcall | None:
    """The earlier vote that a count starts from: by its symbol, else the page's with that count."""
    counts = claim.counts
    if counts.what is not Counts.OF_SIDE:
        return None
    if counts.symbol is not None:
        found = record.candidates(counts.symbol)
    else:
        side = counts.choice or "yes"
        found = [r for r in pages if counts.whole and getattr(r.tally, side) == counts.whole]
    return found[0] if len(found) == 1 else None


def _of_group(claim: Claim, rollcall: Rollcall) -> Judgement:
    code = claim.counts.group or ""
    if code not in states.groups() or states.group(code).open:
        name = states.group(code).name if code in states.groups() else code
        reason = f"{name} have no fixed list of members to count."
        return Judgement(verdict=Verdict.UNCLEAR, reason=reason)
    voters = states.group_members(code, rollcall.date) & set(rollcall.casts)
    whose = f"of {states.group(code).name} members"
    return _compared(claim, rollcall, sorted(voters), whose)


def _of_side(claim: Claim, rollcall: Rollcall, then: Rollcall) -> Judgement:
    choice = _CHOICES[claim.counts.choice or "yes"]
    chosen = [s for s in then.states(choice) if s in rollcall.casts]
    whose = f"of the {len(then.states(choice))} that {DID[choice]} on {then.name}"
    judged = _compared(claim, rollcall, chosen, whose)
    known = then.states(choice)
    if claim.counts.whole is not None and claim.counts.whole != len(known):
        reason = f"{judged.reason.removesuffix('.')}; the page says {claim.counts.whole} did."
        return Judgement(verdict=Verdict.CONTRADICTED, reason=reason, evidence=judged.evidence)
    evidence = (*evidence_of(then), *judged.evidence)
    return Judgement(verdict=judged.verdict, reason=judged.reason, evidence=evidence)


def _compared(claim: Claim, rollcall: Rollcall, voters: Sequence[str], whose: str) -> Judgement:
    """The claim's counts against the casts of these states."""
    if not voters:
        reason = f"the record has no votes {whose} on {rollcall.name}."
        return Judgement(verdict=Verdict.NOT_IN_RECORD, reason=reason)
    stated = claim.tally.stated if claim.tally else {}
    did = {side: [s for s in voters if rollcall.casts[s] == _CHOICES[side]] for side in stated}
    wrong = [side for side, count in stated.items() if len(did[side]) != count]
    told = "; ".join(_told(side, did[side]) for side in stated)
    said = ", ".join(f"{stated[side]} {DID[_CHOICES[side]]}" for side in wrong)
    reason = f"on {rollcall.name}, {whose}, {told}"
    reason = f"{reason[0].upper()}{reason[1:]}{f'; the page says {said}' if said else ''}."
    return Judgement(
        verdict=Verdict.CONTRADICTED if wrong else Verdict.SUPPORTED,
        reason=reason,
        evidence=evidence_of(rollcall, *dict.fromkeys(s for side in did for s in did[side])),
    )


def _told(side: str, codes: Sequence[str]) -> str:
    names = ", ".join(states.name_of(code) for code in codes)
    named = f" ({names})" if 0 < len(codes) <= _NAMED else ""
    return f"{len(codes)} {DID[_CHOICES[side]]}{named}"
