"""Who reacts and what to, as the grammar or the reader of speech has read the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from votewire.press.allegiance import whole_mention
from votewire.press.article import Party
from votewire.press.grammar.actors import Actors
from votewire.press.grammar.clauses import NOUNS, Subject
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.texts import code_of
from votewire.press.naming import Named

__all__ = ["named_party", "object_end", "states", "target"]

_LONGEST = 160  # characters of what a reaction is about
_ENDS = frozenset((",", ";", ".", "?", ":", "rel", "sub", "dash", "(", ")", "/", "|"))
_BEFORE = (_ENDS | {"time", "when"}) - {"rel"}
_LOOSE = FLOATING | {"prep", "det", "and", "aux"}
_HEADS = frozenset(("text", "vote", "outcome", "vetonoun"))
_LEADING = frozenset(("det", "another", "adjective", "approx", "adv"))
_UNNAMED = frozenset((None, "-"))
_PARTICLE = r"(?:(?:de|da|del|della|di|du|van|von|der|den|bin|ibn|ben|al|el|la|le) |al-|el-|d['’])"
_WORD = r"[^\W\d_a-zà-ÿ][\w.'’-]*"
_PROPER = re.compile(rf"{_PARTICLE}?{_WORD}(?: {_PARTICLE}{{0,2}}{_WORD})*")
_WHOLE = frozenset(("", "the", "all", "all the"))
_KINDS = {"office": "person", "several": "several", "person": "person"}


def states(text: str, subject: Subject) -> Iterator[Party]:
    """The states and groups that are the subject, with the words of one who speaks for them."""
    for member in subject.members:
        kind = "group" if member.code.startswith("G:") else "state"
        words = text[member.start : member.end]
        yield Party(kind=kind, words=words, start=member.start, codes=(member.code,))


def named_party(text: str, who: Named) -> Party | None:
    """A person, a body or several as the reader of speech names them; None for a document."""
    if who.kind in ("document", "pronoun"):
        return None
    kind = _KINDS.get(who.kind) or ("state" if who.state and _is_bare(who) else "body")
    group = whole_mention(who.name) if kind == "body" and who.state is None else None
    if group is not None and group.kind != "state":
        return _group(text, who, group.code)
    if kind == "person" and who.role is None:
        if not _PROPER.fullmatch(who.name):
            return None  # "Critics in Chile"
        if " " not in who.name:
            kind = "other"  # a single name may be a movement's, such as "Hamas"
    return Party(
        kind=kind,
        words=text[who.start : who.end],
        start=who.start,
        codes=(who.state,) if who.state else (),
        name=who.name if kind in ("person", "body", "other") and who.name != who.role else None,
        role=who.role,
    )


def _group(text: str, who: Named, code: str) -> Party | None:
    """A group of states; None where only some of it are meant ("several African countries")."""
    words = text[who.start : who.end]
    some = words[: -len(who.name)].strip().lower()
    if some not in _WHOLE:
        return None
    return Party(kind="group", words=words, start=who.start, codes=(f"G:{code}",))


def _is_bare(who: Named) -> bool:
    """Whether a body is named by its state alone: "Norway", and not "Norway's ministry"."""
    return not who.head


def object_end(low: str, nodes: Sequence[Node], at: int, ends: re.Pattern[str] | None) -> int:
    """Index after the words that a reaction whose verb ends before `at` is about.

    low: the folded text. ends: phrases that end them.
    """
    end = at + (at < len(nodes) and nodes[at].kind == "rel")  # "welcomed what it called ..."
    while end < len(nodes) and nodes[end].kind not in _ENDS:
        if _is_end(low, nodes, end, ends) or nodes[end].end - nodes[at].start > _LONGEST:
            break
        end += 1
    while end > at and (nodes[end - 1].kind in _LOOSE or nodes[end - 1].kind == '"'):
        if end - 1 == at and nodes[at].kind == "det":  # "welcomed this"
            break
        if nodes[end - 1].kind == '"' and _is_paired(nodes[at:end]):
            break
        end -= 1
    return end


def _is_end(low: str, nodes: Sequence[Node], at: int, ends: re.Pattern[str] | None) -> bool:
    """Whether what a reaction is about ends before `at`: a day, another clause, a circumstance."""
    node = nodes[at]
    after = nodes[at + 1] if at + 1 < len(nodes) else None
    if node.kind == "time" or (node.kind == "prep" and after is not None and after.kind == "time"):
        return True
    if node.kind == "and" and after is not None and _may_be_verb(after):
        return True
    if node.kind == "and" and _verb_follows(nodes, at + 1):
        return True
    return ends is not None and ends.match(low, node.start) is not None


def _may_be_verb(node: Node) -> bool:
    return node.kind in ("verb", "aux", "cat", "adv") or node.sense("verb") is not None


def _verb_follows(nodes: Sequence[Node], at: int) -> bool:
    """Whether "China denounced it" stands at `at`: a new clause with a subject of its own."""
    if at + 1 >= len(nodes) or nodes[at].kind not in NOUNS | {"name"}:
        return False
    nxt = nodes[at + 1]
    return nxt.kind == "aux" or (nxt.kind == "verb" and bool(nxt.value.forms & {"past", "s"}))


def _is_paired(nodes: Sequence[Node]) -> bool:
    return sum(node.kind == '"' for node in nodes) % 2 == 0


def _stretch(nodes: Sequence[Node], first: int, end: int) -> tuple[int, int] | None:
    """Offsets of nodes[first:end] without days and marks around; None where nothing is left."""
    while first < end and nodes[first].kind in _BEFORE:
        first += 1
    while end > first and nodes[end - 1].kind in FLOATING - {'"'}:
        end -= 1
    return (nodes[first].start, nodes[end - 1].end) if first < end else None


def target(
    text: str, nodes: Sequence[Node], first: int, end: int, results: frozenset[str]
) -> Party | None:
    """What nodes[first:end] are: a state, a group, a body, a vote, or other words.

    results: nouns that name a vote where "of" and one follow.
    """
    while first < end and nodes[first].kind in ("time", "when"):
        first += 1
    if first < end and nodes[first].kind == "prep" and end - first > 1:
        first += 1
    whole = _stretch(nodes, first, end)
    if whole is None:
        return None
    head = first
    while head < end - 1 and nodes[head].kind in _LEADING:
        head += 1
    node = nodes[head]
    if node.kind == "actors" and _stands_alone(nodes, head, end):
        return _actors(text, nodes[first].start, node)
    if node.kind == "body" and node.value not in _UNNAMED and _stands_alone(nodes, head, end):
        return _party(text, "body", (nodes[first].start, node.end), (str(node.value),))
    kind = "vote" if _is_vote(nodes[first:end], results) else "other"
    return _party(text, kind, whole, _named_in(nodes[first:end]))


def _stands_alone(nodes: Sequence[Node], at: int, end: int) -> bool:
    """Whether nothing follows the name but what it is thanked for, accused of, asked to do."""
    return at + 1 >= end or nodes[at + 1].kind in ("prep", "aux", "adv", "cat", "incl", "time")


def _actors(text: str, start: int, node: Node) -> Party:
    actors: Actors = node.value
    codes = tuple(member.code for member in actors.members)
    group = all(code.startswith("G:") for code in codes)
    kind = "person" if actors.person else "group" if group else "state"
    return _party(text, kind, (min(start, node.start), node.end), codes)


def _party(text: str, kind: str, span: tuple[int, int], codes: tuple[str, ...]) -> Party:
    return Party(kind=kind, words=text[span[0] : span[1]], start=span[0], codes=codes)


def _is_vote(nodes: Sequence[Node], results: frozenset[str]) -> bool:
    """Whether the first noun is a UN text, a vote on one, or the result of one."""
    for at, node in enumerate(nodes):
        if node.kind in _HEADS or node.sense("vote") is not None:
            return node.kind != "text" or node.value.noun.strength != "any"
        if node.kind in ("prep", "rel", "aux") and not (at and nodes[at - 1].low in results):
            return False
    return False


def _named_in(nodes: Sequence[Node]) -> tuple[str, ...]:
    """The states and groups that the words name, each once, in order."""
    found: dict[str, None] = {}
    for node in nodes:
        if node.kind == "actors":
            found.update((member.code, None) for member in node.value.members)
        elif node.kind == "name":
            found[code_of(node)] = None
        elif node.kind == "text":
            found.update(
                (code_of(each), None) for each in node.value.members if each.kind == "name"
            )
            found.update((author.code, None) for author in node.value.authors)
    return tuple(found)
