"""Who votes in a language whose verb comes last: the nouns before a verb, and lists after it.

"A, B समेत 35 देश", "सात देश (A, B)", "A के अलावा B": such a phrase is read from its end to the
left, as far as its links reach. A noun with a postposition is no subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING

__all__ = ["Party", "antecedent", "bare_party", "list_after", "marked_party", "party_before"]

_LINKS = frozenset((",", "and", "join", "incl", "hyphen", "dash"))
_PASSED = FLOATING | {"det", "another", "members", "others", "generic"}
_GOVERNORS = frozenset(("prep", "erg", "join", "except", "hyphen", "vetonoun", "rep"))
_PRONOUNS = frozenset(("two", "it", "they", "we", "country"))
_MARKED = frozenset(("it", "they", "we"))  # pronouns whose mark is part of the word
_PERSON = 7  # words of a person's name and office
_TO_LIST = FLOATING | {"aux", ",", ":", "dash", "(", "incl", "det", "members", "prep", "generic"}
_TO_LIST |= {"count", "num"}
_LINKED = frozenset((":", "dash", "(", "incl"))
_BEHIND = FLOATING | {
    ",",
    "aux",
    "another",
    "det",
    "members",
    "count",
    "num",
    "prep",
    "others",
    "generic",
}


@dataclass(slots=True)
class Party:
    """The subject of a verb: the states that it names, how many it counts, or a body.

    first: index of its first node. count: index of the node of its number. unnamed: "these
    countries", without number or names. pronoun: which one it is, "" where it is none.
    """

    first: int
    members: tuple[Actor, ...] = ()
    count: int | None = None
    body: str | None = None
    unnamed: bool = False
    pronoun: str = ""

    @property
    def known(self) -> bool:
        """Whether it says who acts."""
        return bool(self.members or self.body or self.pronoun) or self.count is not None


def marked_party(nodes: Sequence[Node], start: int, stop: int) -> Party | None:
    """The last subject with its mark in nodes[start:stop]; None where none is marked."""
    for at in range(stop - 1, start, -1):
        if nodes[at].kind == "erg":
            return party_before(nodes, start, at)
    last = next((i for i in range(stop - 1, start - 1, -1) if nodes[i].kind == "pron"), None)
    if last is not None and nodes[last].value in _MARKED:
        return Party(last, pronoun=str(nodes[last].value))
    return None


def bare_party(nodes: Sequence[Node], start: int, stop: int) -> Party | None:
    """The last noun without a postposition in nodes[start:stop]; None where there is none."""
    for at in range(stop - 1, start - 1, -1):
        if _is_bare(nodes, at):
            found = party_before(nodes, start, at + 1)
            if found.known:
                return found
    return None


def _is_bare(nodes: Sequence[Node], at: int) -> bool:
    """Whether nothing governs the noun or the aside that ends at `at`."""
    node = nodes[at]
    two = node.kind == "pron" and node.value == "two"
    if node.kind not in ("actors", "count", "num", ")") and not two:
        return False
    i = at + 1
    while i < len(nodes) and nodes[i].kind in FLOATING:
        i += 1
    after = nodes[i] if i < len(nodes) else None
    if after is None or after.kind in _GOVERNORS or after.sense("ballots") is not None:
        return after is None
    if node.kind == "num" and after.kind == "word":
        return False  # "120 times"
    # "Ukraine war (on)": a noun with its own postposition takes the name before it.
    following = nodes[i + 1].kind if i + 1 < len(nodes) else "."
    return after.kind != "word" or following not in ("prep", "erg")


def party_before(nodes: Sequence[Node], start: int, end: int) -> Party:
    """The party whose words end before index `end`."""
    found = Party(end)
    i, rest, linked = end - 1, False, True
    while i >= start:
        node = nodes[i]
        rest = rest or node.sense("back") == "rest"
        if node.kind == "actors" and linked:
            found.members, found.first = (*node.value.members, *found.members), i
            linked = False
        elif (
            node.kind in ("count", "num")
            and found.count is None
            and (linked or found.first == i + 1)
        ):
            found.count, found.first = i, i
            linked = False
        elif node.kind in _LINKS:
            if node.kind == "join" and rest and node.value == "besides":
                break  # "all but A"
            linked = True
        elif node.kind == ")" and (opened := _opened(nodes, start, i)) is not None:
            found.members = (*_aside(nodes, opened, i), *found.members)
            i = opened
        elif node.kind == "pron" and node.value == "this":
            linked = linked or found.first == end  # "A सहित उसके सहयोगियों ने"
        elif node.kind == "pron" and i > start and nodes[i - 1].kind == "actors":
            pass  # "A और B दोनों ने"
        elif node.kind in ("body", "pron") and not found.known:
            return _single(node, i)
        elif (named := _person(nodes, start, i)) is not None and not found.known:
            found.members, found.first = nodes[named].value.members, named
            i, linked = named, False
        elif node.kind in _PASSED or node.sense("back") == "rest":
            found.unnamed = found.unnamed or node.kind in ("members", "generic", "others")
        else:
            break
        i -= 1
    return found


def _single(node: Node, at: int) -> Party:
    """The party that is a body or a pronoun."""
    if node.kind == "body":
        return Party(at, body=str(node.value) if node.value is not None else None)
    return Party(at, pronoun=str(node.value) if node.value in _PRONOUNS else "")


def _opened(nodes: Sequence[Node], start: int, at: int) -> int | None:
    """Index of the bracket that the one at `at` closes."""
    return next((i for i in range(at, start - 1, -1) if nodes[i].kind == "("), None)


def _aside(nodes: Sequence[Node], start: int, end: int) -> tuple[Actor, ...]:
    """The states named between two brackets."""
    named = [node.value.members for node in nodes[start:end] if node.kind == "actors"]
    return tuple(actor for members in named for actor in members)


def _person(nodes: Sequence[Node], start: int, at: int) -> int | None:
    """Index of the state that the person whose name ends at `at` speaks for."""
    i, office = at, False
    while i >= start and at - i < _PERSON:
        node = nodes[i]
        if node.kind == "actors":
            return i if office or node.value.person else None
        office = office or node.kind == "rep"
        if node.kind not in ("word", "rep", "hyphen", ".", "body", "num") and not (
            office and node.kind == "prep" and node.value in ("of", "in")
        ):
            return None
        i -= 1
    return None


def list_after(nodes: Sequence[Node], at: int, *, linked: bool = False) -> tuple[Actor, ...]:
    """The states listed after index `at`: ", जिनमें A शामिल हैं", "उनके नाम हैं- A", ": A".

    linked: what stands before leads to a list already, as "वोट देने वालों में" does.
    """
    i = at
    while i < len(nodes) and _leads_to_list(nodes[i]):
        if nodes[i].kind == "prep" and nodes[i].value != "in":
            return ()
        linked = linked or nodes[i].kind in _LINKED or nodes[i].sense("back") is not None
        i += 1
    if not linked or i >= len(nodes) or nodes[i].kind != "actors" or not _is_closed(nodes, i + 1):
        return ()
    members: tuple[Actor, ...] = nodes[i].value.members
    return members


def _leads_to_list(node: Node) -> bool:
    """Whether a node may stand between a verb, or the head of a sentence, and a list."""
    named = node.sense("back") is not None or node.sense("coming") is not None
    return named or node.kind in _TO_LIST


def _is_closed(nodes: Sequence[Node], at: int) -> bool:
    """Whether a list ends before `at`, and is no subject of another verb."""
    while at < len(nodes) and nodes[at].kind in (*FLOATING, "join", "others", "members", "count"):
        at += 1
    if at >= len(nodes) or nodes[at].kind in (".", ")", ";", "aux", "sub", ","):
        return True
    return nodes[at].sense("coming") is not None or nodes[at].sense("sole") is not None


def antecedent(nodes: Sequence[Node], start: int, at: int) -> Party | None:
    """The party that a relative pronoun at `at` takes up: "A उन 32 देशों में थे (जो)"."""
    count, i = None, at - 1
    while i >= start and _leads_back(nodes[i]):
        if nodes[i].kind in ("count", "num") and count is None:
            count = i
        i -= 1
    if i < start or nodes[i].kind != "actors":
        return None if count is None else Party(count, count=count)
    found = party_before(nodes, start, i + 1)
    found.count = count if found.count is None else found.count
    return found


def _leads_back(node: Node) -> bool:
    """Whether a node may stand between a noun and the pronoun that takes it up."""
    if node.kind == "prep":
        return node.value in ("in", "from")
    senses = ("coming", "sole", "back")
    return node.kind in _BEHIND or any(node.sense(sense) is not None for sense in senses)
