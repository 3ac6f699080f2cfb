"""What subjects and objects are, and how far a clause goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.counting import Count
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING

__all__ = ["NOUNS", "RUN", "Object", "Subject", "clause_bounds", "listed_after", "noun_at"]

# Kinds of nodes that may be a subject, and those that only lead up to a noun.
NOUNS = frozenset(
    (
        "actors",
        "body",
        "count",
        "text",
        "pron",
        "generic",
        "num",
        "none",
        "members",
        "vote",
        "outcome",
        "ballots",
        "others",
        "vetonoun",
    )
)
RUN = frozenset(
    (
        "word",
        "det",
        "name",
        "adjective",
        "hyphen",
        "'",
        "num",
        "rep",
        "another",
        "approx",
        "adv",
        "side",
    )
)
_BOUNDARY = frozenset(("sub", ";", ":", "rel", "."))
_REACH = 60
_LISTING = frozenset((",", "(", "dash", ":", "incl", "join"))


@dataclass(slots=True)
class Subject:
    """What a verb says something of.

    kind: actors, body, count, text, generic (unnamed members), vote, unknown, or a pronoun: it,
    they, two, three, country, nation. at: index of its node, -1 where it has none. members: the
    states that it is, with `examples` only some of them. others: how many more a list counts.
    number: of members or votes, where counted; exact: and not about right only. denied: "neither
    of which". relative: a relative pronoun stands for it. shared: said with another verb.
    """

    kind: str
    at: int = -1
    members: tuple[Actor, ...] = ()
    examples: bool = False
    others: int = 0
    number: int | None = None
    exact: bool = True
    body: str | None = None
    denied: bool = False
    relative: bool = False
    shared: bool = False


@dataclass(slots=True)
class Object:
    """What a verb is about: text, it, them, vote, none or other.

    at: index of its node, end: the index after it; where `kind` is none, where it would be.
    """

    kind: str
    at: int = -1
    end: int = -1


def noun_at(nodes: Sequence[Node], at: int) -> Subject:
    """The noun of the node at `at` as a subject."""
    node = nodes[at]
    if node.kind == "actors":
        return Subject("actors", at, node.value.members, others=node.value.others)
    if node.kind == "count":
        count: Count = node.value
        found = Subject("count", at, examples=True, number=count.number, exact=count.exact)
        found.body = count.body
        return found
    if node.kind in ("num", "none"):
        number = int(node.value) if node.kind == "num" else 0
        return Subject("count", at, examples=True, number=number)
    if node.kind in ("members", "generic", "others"):
        return Subject("generic", at)
    if node.kind == "pron":
        return Subject(str(node.value), at)
    if node.kind == "body":
        return Subject("body", at, body=node.value)
    return Subject(node.kind if node.kind in ("text", "vote") else "unknown", at)


def clause_bounds(nodes: Sequence[Node], at: int) -> tuple[int, int]:
    """(first index, index after the last) of the clause around `at`, as far as marks tell."""
    start = min(at, len(nodes) - 1)
    lowest = max(0, at - _REACH)
    while start > lowest and nodes[start - 1].kind not in _BOUNDARY:
        start -= 1
    end, highest = at + 1, min(len(nodes), at + _REACH)
    while end < highest and nodes[end].kind not in _BOUNDARY:
        end += 1
    return start, end


def listed_after(nodes: Sequence[Node], at: int) -> tuple[Actor, ...]:
    """The states listed at `at`: "(A, B)", ", including A", "– A –", ": A", ", A among them"."""
    i = at
    while i < len(nodes) and nodes[i].kind in FLOATING:
        i += 1
    if [node.kind for node in nodes[i : i + 3]] == [",", "actors", "incl"]:  # "A among them"
        trailing: tuple[Actor, ...] = nodes[i + 1].value.members
        return trailing if nodes[i + 2].value == "trailing" else ()
    marks = 0
    while i < len(nodes) and nodes[i].kind in _LISTING and marks < 3:
        marks += nodes[i].kind != ","
        i += 1
    if marks and i < len(nodes) and nodes[i].kind == "actors":
        members: tuple[Actor, ...] = nodes[i].value.members
        return members
    return ()
