"""What became of a text: "the Council adopted it", "it was rejected", "the resolution passed"."""

from __future__ import annotations

from votewire.press.grammar.case import Case
from votewire.press.grammar.clauses import Subject, clause_bounds
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.matters import matter_of_body, patient

__all__ = ["body_outcome", "passive_outcome", "text_outcome"]

_OUTCOMES = frozenset(("adopted", "rejected"))


def body_outcome(case: Case) -> None:
    """Adds the outcome when a body is the subject: "the Council adopted the text"."""
    if case.subject.body == "-":
        return
    outcome = _denied(case, case.verb.body)
    if not outcome or (case.verb.only_refused and outcome == "adopted"):
        return
    entry = matter_of_body(case)
    if entry is not None:
        if case.subject.body != "UN":
            entry.take_body(case.subject.body)
        _add(case, outcome, entry, "body")


def text_outcome(case: Case) -> None:
    """Adds the outcome when the text is the subject: "the text passed", "adopted on Monday"."""
    verb = case.verb
    refused = case.phrase.denied or case.phrase.failed
    outcome = verb.text_failed if refused and verb.text_failed else _denied(case, verb.text)
    if not outcome and _is_bare_participle(case):
        outcome = verb.body
    fits = verb.object == "free" or case.object.kind in ("none", "vote") or _is_body(case)
    entry = patient(case) if outcome and fits else None
    if entry is not None:
        _add(case, outcome, entry, "text")


def passive_outcome(case: Case, entry: Entry, agent: Subject | None = None) -> None:
    """Adds the outcome of "was adopted", of "was backed" only where a body is the agent."""
    verb = case.verb
    if agent is not None and agent.body == "-":
        return
    if verb.body not in _OUTCOMES or (agent is None and not verb.decides):
        return
    outcome = _denied(case, verb.body)
    if outcome:
        if agent is not None and agent.body != "UN":
            entry.take_body(agent.body)
        at = agent.at if agent is not None else -1
        _add(case, outcome, entry, "by" if agent is not None else "passive", at)


def _is_body(case: Case) -> bool:
    """Whether the object is the body: "the text passed the Council"."""
    at = case.object.at
    at += at >= 0 and case.nodes[at].kind == "det"
    return case.object.kind == "other" and case.nodes[at].kind == "body"


def _is_bare_participle(case: Case) -> bool:
    """Whether a participle alone modifies the text: "the resolution adopted on Monday"."""
    forms = case.nodes[case.phrase.at].value.forms
    bare = "pp" in forms and case.object.kind == "none" and not case.phrase.gerund
    return bare and case.verb.decides and case.subject.at >= 0


def _denied(case: Case, outcome: str) -> str:
    """The outcome, or its contrary where the verb is denied or failed; "" where nothing is said."""
    if not (case.phrase.denied or case.phrase.failed):
        return outcome
    return case.verb.refused or ("rejected" if outcome == "adopted" else "")


def _add(case: Case, outcome: str, entry: Entry, construction: str, at: int = -1) -> None:
    span = case.span(case.subject.at, at)
    manner = _manner(case) if outcome == "adopted" else ""
    case.reading.outcome(
        outcome, entry, span, case.rule(construction), hedged=case.hedged, manner=manner
    )


def _manner(case: Case) -> str:
    """How it was adopted, such as "unanimously": words of its clause that no verb parts from it."""
    nodes, phrase = case.nodes, case.phrase
    start, end = clause_bounds(nodes, phrase.at)
    others = [other for other in case.sentence.phrases if other is not phrase]
    start = max(start, *(other.end for other in others if other.end <= phrase.first), 0)
    end = min(end, *(other.first for other in others if other.first >= phrase.end), len(nodes))
    said = {node.sense("manner") for node in nodes[start:end]} - {None, "short"}
    return str(said.pop()) if len(said) == 1 else ""
