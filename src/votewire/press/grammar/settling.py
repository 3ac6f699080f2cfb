"""Words that may be of two kinds, such as "votes" or "those", settled by their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.nodes import Node

__all__ = ["FLOATING", "before", "settle"]

# What may stand between the parts of a verb phrase, or between it and its subject or object.
FLOATING = frozenset(("adv", "approx", "time", "when", "vain", "habit", '"'))
_SUBJECTS = frozenset(("name", "body", "rel", "rep", "pron", "none", ")", "members"))
_NO_AUXILIARY_OF_BASE = frozenset(("be", "be_not", "have", "have_not"))
_AFTER_THOSE = frozenset(("verb", "rel", "aux", "prep"))
_AFTER_EARLIER = frozenset(("verb", "adv", "prep", ",", "."))
_PLURAL = frozenset(("they", "two", "three"))


def settle(nodes: Sequence[Node], *, infinitives: bool = False) -> None:
    """Makes each word that may be a verb or a noun one of them, in place.

    infinitives: whether a bare form is an infinitive, which a preposition may govern.
    """
    for at, node in enumerate(nodes):
        if node.senses is None or (len(node.senses) < 2 and node.kind != "verb"):
            continue
        sense = node.senses.get("verb")
        if sense is None:
            _settle_word(nodes, at)
        elif _is_verb(nodes, at, infinitives=infinitives):
            node.kind, node.value = "verb", sense
        elif node.kind == "verb":
            others = [kind for kind in node.senses if kind != "verb"]
            node.kind = others[0] if others else "word"
            node.value = node.sense(node.kind)


def before(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the last node before `at` that is no adverb or day; None where there is none."""
    at -= 1
    while at >= 0 and nodes[at].kind in FLOATING:
        at -= 1
    return at if at >= 0 else None


def _settle_word(nodes: Sequence[Node], at: int) -> None:
    """Makes "those" before a verb a pronoun, and "earlier" before a verb an adverb."""
    node = nodes[at]
    following = nodes[at + 1].kind if at + 1 < len(nodes) else "."
    if node.kind == "det" and node.sense("generic") is not None:
        node.kind = "generic" if following in _AFTER_THOSE else "det"
    elif node.kind == "another" and node.sense("adv") is not None:
        node.kind = "adv" if following in _AFTER_EARLIER else "another"


def _is_verb(nodes: Sequence[Node], at: int, *, infinitives: bool) -> bool:
    """Whether the word form at `at` stands where a verb does."""
    forms = nodes[at].sense("verb").forms
    last = before(nodes, at)
    if forms == {"base"}:
        governed = last is not None and infinitives and nodes[last].kind == "prep"
        return governed or (last is not None and _takes_base(nodes, last))
    if forms == {"s"}:
        return last is not None and nodes[last].kind in _SUBJECTS
    if forms == {"ing"}:
        noun = (last is not None and nodes[last].kind in ("det", "'")) or nodes[at - 1].low == "s"
        of = at + 1 < len(nodes) and nodes[at + 1].value == "of"
        return not noun and not of
    return True


def _takes_base(nodes: Sequence[Node], at: int) -> bool:
    """Whether a base form may follow the node: `to`, a modal, a denial, or a plural subject."""
    node = nodes[at]
    if node.kind in ("cat", "not", "rel", "generic"):
        return True
    if node.kind == "aux":
        return node.value not in _NO_AUXILIARY_OF_BASE
    if node.kind == "pron":
        return node.value in _PLURAL
    if node.kind in ("members", "others"):
        return node.low.endswith("s")
    if node.kind == "name" and at:
        linked = at - 2 if nodes[at - 1].kind == "det" else at - 1
        return linked >= 0 and nodes[linked].kind in ("and", ",")
    return False
