"""Votes said by pointing at others: "as did Iran", "voted with Russia", "as it did on 18 April"."""

from __future__ import annotations

from votewire.press.grammar.case import Case
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.matters import at_its_time
from votewire.press.grammar.settling import FLOATING

__all__ = ["copied_vote", "ellipsis", "same_of_others"]


def same_of_others(case: Case, action: str, entry: Entry) -> None:
    """Adds "..., as did Iran and Cuba", "and so did Iran": the same of others."""
    at = _after(case)
    if at < len(case.nodes) and case.nodes[at].kind == "and":
        at += 1
    words = case.nodes[at : at + 3]
    did = [word.value for word in words[1:2]] == ["do"] and words[-1].kind == "actors"
    if not did or not (words[0].value == "as" or words[0].low == "so"):
        return
    members = words[-1].value.members
    span = words[0].start, members[-1].end
    codes = [member.code for member in members]
    case.reading.add(codes, action, entry, span, case.rule("as-did"), hedged=case.hedged)


def copied_vote(case: Case) -> None:
    """Adds "the US voted with Russia there": both as the US is said to have voted there."""
    at = case.phrase.end
    if (
        case.phrase.denied
        or case.hedged
        or at >= len(case.nodes)
        or case.nodes[at].kind != "actors"
    ):
        return
    body = case.sentence.clause_body(case.phrase.at)
    members = (*case.subject.members, *case.nodes[at].value.members)
    votes = (case.reading.vote_of(member.code, body) for member in members)
    vote = next((vote for vote in votes if vote is not None), None)
    if vote is None:
        return
    vote.entry.take_body(body)
    entry = at_its_time(case, vote.entry) or vote.entry
    span = case.span(case.subject.at, at)
    codes = [member.code for member in members]
    case.reading.add(codes, vote.action, entry, span, case.rule("copied"))


def ellipsis(case: Case) -> None:
    """Adds the fact in "would veto again, as it did on 18 April": a vote on another text."""
    at = _after(case)
    words = case.nodes[at : at + 3]
    if len(words) < 3 or words[0].value != "as" or words[2].value != "do":
        return
    when = case.sentence.when(at + 3)
    if words[1].kind not in ("pron", "actors") or when is None or not case.verb.state:
        return
    entry = case.reading.discourse.apart("SC" if case.verb.state == "vetoed" else None)
    entry.take_time(when)
    span = case.nodes[case.phrase.first].start, max(words[2].end, when.end)
    codes = [member.code for member in case.subject.members]
    case.reading.add(codes, case.verb.state, entry, span, case.rule("ellipsis"))


def _after(case: Case) -> int:
    """Index of the first node after the verb and its object, adverbs and a comma skipped."""
    at = max(case.phrase.end, case.object.end)
    while at < len(case.nodes) and case.nodes[at].kind in FLOATING | {","}:
        at += 1
    return at
