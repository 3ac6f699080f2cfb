"""The object of an active verb and the agent of a passive one: searched to the right."""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.clauses import NOUNS, Object, Subject, listed_after, noun_at
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING

__all__ = ["find_agent", "find_object"]

_STEPS = 8
_ASIDE = 60
_AGENT = 12  # nodes between a passive verb and its "by"
_VOTE = 6  # nodes of "the Security Council vote"
_INTO = frozenset(("on", "of", "for", "from", "to", "in"))
_NO_OBJECT = frozenset(
    (
        ",",
        ")",
        "dash",
        "sub",
        "and",
        "rel",
        "prep",
        ";",
        ":",
        ".",
        "(",
        "incl",
        "join",
        "aux",
        "?",
        "verb",
    )
)
_VOTE_LEAD = frozenset(
    ("body", "time", "name", "'", "word", "another", "hyphen", "num", "actors", "count")
)
_AGENT_LEAD = FLOATING | {"det", "another", "name", "word", "adjective", "'"}
_BOUNDARY = frozenset(("sub", ";", ":", "rel", ".", "verb", "and"))


def find_object(nodes: Sequence[Node], at: int) -> Object:
    """The object that starts at index `at`, just after a verb."""
    i = at
    for _ in range(_STEPS):
        if i >= len(nodes):
            break
        node = nodes[i]
        if node.kind in FLOATING or node.kind in ("nominal", "det") or _is_voting_on(nodes, i):
            i += 1
        elif node.kind == "prep" and _is_place(nodes, i):
            i = _after_place(nodes, i)
        elif node.kind in ("prep", "aux") and node.value in _INTO:
            i += 1
        elif node.kind == "," and (end := _past_aside(nodes, i)) is not None:
            i = end
        else:
            return _object(nodes, i)
    return Object("none", i, i)


def _past_aside(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the text after "(adopted), by a vote of 12 to 3, a text" whose comma is at `at`."""
    if at + 1 >= len(nodes) or nodes[at + 1].kind != "prep":
        return None
    for i in range(at + 2, min(len(nodes) - 1, at + _ASIDE)):
        if nodes[i].kind == "," and nodes[i + 1].kind == "text":
            return i + 1
        if nodes[i].kind in ("sub", ";", "rel", "verb"):
            break
    return None


def _is_voting_on(nodes: Sequence[Node], at: int) -> bool:
    """Whether "voting on" (a text) stands at `at`, as in "abstained from voting on it"."""
    gerund = nodes[at].kind == "verb" and nodes[at].value.forms == {"ing"}
    return gerund and at + 1 < len(nodes) and nodes[at + 1].value == "on"


def _is_place(nodes: Sequence[Node], at: int) -> bool:
    """Whether "in the Security Council" stands at `at`, and not "in the Security Council vote"."""
    end = _after_place(nodes, at)
    if end == at + 1:
        return False
    return end >= len(nodes) or nodes[end].kind not in ("vote", "ballots", "'", "word")


def _after_place(nodes: Sequence[Node], at: int) -> int:
    """Index after "in the Security Council" at `at`; at + 1 where no body follows."""
    i = at + 1
    while i < len(nodes) and nodes[i].kind in ("det", "another"):
        i += 1
    return i + 1 if i < len(nodes) and nodes[i].kind == "body" else at + 1


def _object(nodes: Sequence[Node], at: int) -> Object:
    """The object whose first word, determiner aside, is at `at`."""
    node = nodes[at]
    if node.kind == "text":
        return Object("text", at, at + 1)
    if node.kind == "pron" and node.value in ("it", "they"):
        return Object("it" if node.value == "it" else "them", at, at + 1)
    i = at
    while i < len(nodes) and i - at < _VOTE and nodes[i].kind in _VOTE_LEAD:
        i += 1
    if i < len(nodes) and (nodes[i].kind == "outcome" or nodes[i].sense("vote") is not None):
        return _vote(nodes, i)
    if node.kind in _NO_OBJECT or node.kind in ("num", "count"):
        return Object("none", at, at)
    return Object("other", at, at + 1)


def _vote(nodes: Sequence[Node], at: int) -> Object:
    """The vote, or the text where "the vote on the text" is said."""
    i = at + 1
    while i < len(nodes) and i - at < 5 and (nodes[i].kind in FLOATING or nodes[i].kind == "prep"):
        i += 1
    if i < len(nodes) and nodes[i].kind == "text" and i > at + 1:
        return Object("text", i, i + 1)
    return Object("vote", at, at + 1)


def find_agent(nodes: Sequence[Node], at: int) -> Subject:
    """The agent of a passive verb that ends before `at`: "by Russia and China", "by 93 votes"."""
    for i in range(at, min(len(nodes), at + _AGENT)):
        if nodes[i].kind == "prep" and nodes[i].value == "by":
            return _agent(nodes, i + 1)
        if nodes[i].kind in _BOUNDARY:
            break
    return Subject("unknown")


def _agent(nodes: Sequence[Node], at: int) -> Subject:
    """The agent whose first word is at `at`; of "US allies such as Japan" those that are named."""
    i = at
    while i < len(nodes) and i - at < _STEPS and nodes[i].kind in _AGENT_LEAD:
        i += 1
    loose = any(node.kind in ("name", "word") for node in nodes[at:i])
    if i >= len(nodes) or (loose and nodes[i].kind not in ("members", "incl")):
        return Subject("unknown", at)
    if nodes[i].kind == "incl":
        named = listed_after(nodes, i)
        return Subject("actors" if named else "unknown", i, named, examples=True)
    if nodes[i].kind not in NOUNS:
        return Subject("unknown", at)
    subject = noun_at(nodes, i)
    if subject.kind in ("generic", "count", "actors"):
        subject.members = (*subject.members, *listed_after(nodes, i + 1))
    if subject.kind == "generic" and subject.members:
        subject.kind, subject.examples = "actors", True
    return subject
