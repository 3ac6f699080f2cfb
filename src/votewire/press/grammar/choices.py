"""The words of a sentence that say what was chosen: verbs of voting, and sides as nouns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from votewire.press.grammar.drafts import SIDE_ACTIONS
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["CLOSED", "VOTES", "Choice", "choices_of"]

VOTES = frozenset(("voted_yes", "voted_no", "abstained", "absent", "vetoed", "backed", "opposed"))
# What may follow a list of names, or a side, where it ends its phrase.
CLOSED = frozenset((".", ";", ")", "dash", ",", "and", "incl", "sub", "join", ":", "(", "?"))
_SUPPORT = {"yes": "backed", "no": "opposed"}
_HEAD = 8  # nodes before the colon of a heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Words that say what was chosen: nodes[first:end]. phrase: of a verb, its index; else None."""

    action: str
    first: int
    end: int
    phrase: int | None = None


def choices_of(sentence: Sentence) -> tuple[Choice, ...]:
    """The choices that the sentence names, in order."""
    phrases = [
        Choice(action=action, first=phrase.first, end=phrase.end, phrase=at)
        for at, phrase in enumerate(sentence.phrases)
        if (action := _action(phrase)) in VOTES
    ]
    taken = {i for choice in phrases for i in range(choice.first, choice.end)}
    sides = [
        Choice(action=SIDE_ACTIONS[side], first=at, end=at + 1)
        for at, node in enumerate(sentence.nodes)
        if at not in taken and (side := _side(sentence.nodes, at)) in SIDE_ACTIONS
    ]
    support = [
        Choice(action=_SUPPORT[str(node.sense("support"))], first=at, end=at + 1)
        for at, node in enumerate(sentence.nodes[:-2])
        if node.sense("support") in _SUPPORT and sentence.nodes[at + 1].kind == "prep"
    ]
    return tuple(sorted((*phrases, *sides, *support), key=lambda choice: choice.first))


def _action(phrase: VerbPhrase) -> str:
    """What a state does that is the subject of the verb; "" where nothing definite is said."""
    if phrase.failed:
        return phrase.verb.failed
    return phrase.verb.denied if phrase.denied else phrase.verb.state


def _side(nodes: Sequence[Node], at: int) -> str:
    """The side that the node at `at` names as a noun, an adverb or an adjective; "" for none."""
    node = nodes[at]
    side = str(node.sense("side") or "")
    if side and at and nodes[at - 1].kind == "ballots":
        return side.removeprefix("maybe_")
    if side.startswith("maybe_") and _counts_ballots(nodes, at):
        return side.removeprefix("maybe_")
    if node.kind == "verb":
        return side if at + 1 < len(nodes) and nodes[at + 1].kind == "members" else ""
    if node.kind != "prep":
        return side
    after = nodes[at + 1].kind if at + 1 < len(nodes) else "."
    if _follows_copula(nodes, at):
        return side.removeprefix("maybe_")
    heads = at == 0 and any(each.kind == ":" for each in nodes[1:_HEAD])  # "For the text: A, B"
    stands = after in CLOSED or (after == "aux" and not side.startswith("maybe_"))
    return side.removeprefix("maybe_") if heads or stands else ""


def _follows_copula(nodes: Sequence[Node], at: int) -> bool:
    """Whether the side is what somebody was: "A and B were against the text"."""
    i = at - 1
    while i > 0 and nodes[i].kind in FLOATING:
        i -= 1
    return i > 0 and nodes[i].kind == "aux" and nodes[i].value == "be"


def _counts_ballots(nodes: Sequence[Node], at: int) -> bool:
    """Whether "votes" follow, a closing quotation mark aside: "two “no” votes"."""
    after = [n for n in nodes[at + 1 : at + 3] if n.kind not in ('"', "'")]
    return bool(after) and after[0].sense("ballots") is not None
