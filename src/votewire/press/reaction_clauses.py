"""Whether a verb of reaction states an event in its clause, and how far its words go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from votewire.press.grammar.clauses import clause_bounds
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["asked_end", "hangs", "is_conditional", "is_stated"]


def is_stated(nodes: Sequence[Node], phrase: VerbPhrase) -> bool:
    """Whether the word is a verb here, and what it says has happened.

    After an article a participle is an adjective. Any negation denies it, two as well as one.
    """
    if phrase.denied or phrase.failed or phrase.hedged:
        return False
    if any(node.kind == "not" for node in nodes[phrase.first : phrase.at]):
        return False
    return phrase.at == 0 or nodes[phrase.at - 1].kind != "det"


def asked_end(nodes: Sequence[Node], phrase: VerbPhrase, end: int, entry: Mapping[str, Any]) -> int:
    """Index after whom somebody is urged or warned, without what he is to do: "to stop"."""
    if entry["kind"] not in ("urged", "warned"):
        return end
    asked = (at for at in range(phrase.end + 1, end) if nodes[at].value == "to")
    return next((at for at in asked if nodes[at].kind == "aux"), end)


def is_conditional(nodes: Sequence[Node], at: int) -> bool:
    """Whether the clause is a condition: "if Russia condemns it"."""
    start, _ = clause_bounds(nodes, at)
    last = nodes[start - 1] if start else None
    return last is not None and last.kind == "sub" and last.value == "conditional"


def hangs(nodes: Sequence[Node], phrase: VerbPhrase) -> bool:
    """Whether an -ing form has the sentence's subject: after a comma that follows no text."""
    first = phrase.first
    if first == 0:
        return True
    if nodes[first - 1].kind != ",":
        return bool(nodes[first - 1].kind == "prep" and nodes[first - 1].value in ("by", "in"))
    return first == 1 or nodes[first - 2].kind != "text"
