"""The subject of a verb: searched to the left, past adverbs, phrases and interpolations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.clauses import NOUNS, RUN, Subject, clause_bounds, noun_at
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["clause_subject", "find_subject", "subject_before", "text_behind"]

_REACH = 60
_RUN_REACH = 7
_LEADING = frozenset(("det", "approx", "another", "adv"))
_LOOSE = RUN | {"body", "members", "vote", "outcome", "ballots", "vetonoun"}
_OPENERS = frozenset(
    (
        "rel",
        "prep",
        "join",
        "incl",
        "except",
        "sub",
        "adv",
        "time",
        "when",
        "det",
        "word",
        "actors",
        "approx",
        "another",
        "aux",
        "members",
        "adjective",
        "count",
    )
)
_COUNTED = frozenset(("actors", "count", "num"))
_BEHIND = RUN | {"actors", "prep", "body", "and", "time", "verb", "text", ",", "members", "count"}
_BEHIND_REACH = 16


@dataclass(slots=True)
class _Search:
    """A search to the left: where it stands, and the states that interpolations named."""

    at: int
    joined: list[Actor] = field(default_factory=list)
    examples: list[Actor] = field(default_factory=list)
    refined: int = -1  # index of a list that says who "US allies" or "two countries" are
    timed: bool = False


def find_subject(nodes: Sequence[Node], phrases: Sequence[VerbPhrase], which: int) -> Subject:
    """The subject of phrases[which]; of a passive verb the noun that something is done to."""
    phrase = phrases[which]
    if phrase.gerund:
        return _gerund_subject(nodes, phrases, which)
    if phrase.voice == "reduced":
        return _modified(nodes, phrases, which)
    subject = _left_subject(nodes, phrases, which, phrase.first - 1)
    if phrase.voice == "passive" and phrase.verb.decides and subject.kind == "unknown":
        return _opening_text(nodes, phrase.first)
    if phrase.voice == "passive" and subject.relative and subject.kind == "actors":
        behind = _behind(nodes, subject.at)  # "a text by Kyiv and Riga, which was approved"
        return behind if behind.kind == "text" else subject
    return subject


def subject_before(nodes: Sequence[Node], at: int) -> Subject:
    """The noun left of index `at`, interpolations and prepositional phrases skipped."""
    search = _Search(at=at)
    stop = _walk(nodes, search)
    if stop == ",":
        return clause_subject(nodes, clause_bounds(nodes, at)[0], at)
    return _found(nodes, search) if stop == "noun" else Subject("unknown", at)


def clause_subject(nodes: Sequence[Node], start: int, end: int) -> Subject:
    """The first noun of the clause nodes[start:end] that no preposition governs."""
    i = start
    while i < end:
        kind = nodes[i].kind
        if kind in ("prep", "join", "except"):
            i = _past_prepositional(nodes, i, end)
            continue
        if kind in NOUNS and kind not in ("vote", "outcome"):
            return noun_at(nodes, i)
        if kind not in FLOATING and kind not in (",", "det", "and", "rel", "sub"):
            break
        i += 1
    return Subject("unknown", start)


def _past_prepositional(nodes: Sequence[Node], at: int, end: int) -> int:
    """Index after the prepositional phrase that starts at `at`."""
    i = at + 1
    while i < end and nodes[i].kind in RUN:
        i += 1
    return i + 1 if i < end and (nodes[i].kind in NOUNS or nodes[i].kind == "time") else i


def _left_subject(
    nodes: Sequence[Node], phrases: Sequence[VerbPhrase], which: int, at: int
) -> Subject:
    """The subject that stands left of index `at`, or is shared with an earlier verb."""
    search = _Search(at=at)
    stop = _walk(nodes, search)
    if stop == "noun":
        return _found(nodes, search)
    if stop == "rel":
        return _antecedent(nodes, search.at)
    inner = _phrase_at(phrases[:which], search.at)
    if inner is not None:
        return _past_relative(nodes, inner)
    named = (*search.joined, *search.examples)
    if stop == "word":
        if named:  # "European partners such as Malta"
            return Subject("actors", search.at, named, examples=not search.joined)
        return _first_text(nodes, search.at)
    if stop in ("and", ","):
        return _shared(nodes, phrases, which, search.at)
    return Subject("unknown", search.at)


def _phrase_at(phrases: Sequence[VerbPhrase], at: int) -> VerbPhrase | None:
    """The last verb phrase that covers index `at`."""
    return next((each for each in reversed(phrases) if each.first <= at < each.end), None)


def _past_relative(nodes: Sequence[Node], inner: VerbPhrase) -> Subject:
    """The noun of a relative clause that ends right before the verb.

    "The text that Ghana put forward (was adopted)", "the text Ghana had drafted (failed)".
    """
    for i in range(inner.first - 1, max(-1, inner.first - 8), -1):
        if nodes[i].kind == "rel":
            return _antecedent(nodes, i)
        if nodes[i].kind == "text":
            return Subject("text", i)
        if nodes[i].kind not in RUN | FLOATING | {"actors", "body", "pron"}:
            break
    return Subject("unknown", inner.at)


def _walk(nodes: Sequence[Node], search: _Search) -> str:
    """Moves left to what may be the subject; says what it met: noun, rel, and, `,`, word, end."""
    lowest = max(0, search.at - _REACH)
    while search.at >= lowest:
        node = nodes[search.at]
        if node.kind in FLOATING:
            search.timed = node.kind == "time"
            search.at -= 1
            continue
        if (node.kind == "prep" and search.timed) or _modifies(nodes, search):
            search.at -= 1
        elif node.kind in NOUNS:
            if not _skip_prepositional(nodes, search):
                return "noun"
        elif node.kind in (",", "dash", ")"):
            if not _skip_interpolation(nodes, search):
                return ","
        elif node.kind in RUN:
            if not _skip_prepositional(nodes, search):
                return "word"
        elif node.kind == "sub":
            return "and" if node.value == "contrast" else "end"
        else:
            return node.kind if node.kind in ("and", "rel") else "end"
        search.timed = False
    return "end"


def _modifies(nodes: Sequence[Node], search: _Search) -> bool:
    """Whether a participle modifies the noun before it ("a text backed by China failed")."""
    at = search.at
    if at == 0 or nodes[at].kind != "verb" or not nodes[at].value.forms & {"pp", "ing"}:
        return False
    return nodes[at - 1].kind in ("text", "word", "members", "generic", ",", "adv")


def _skip_prepositional(nodes: Sequence[Node], search: _Search) -> bool:
    """Skips "in Geneva", "of the Council", "along with Mali" where the noun ends such a phrase."""
    node = nodes[search.at]
    first = _phrase_start(nodes, search.at)
    link = nodes[first - 1] if first else None
    if link is None:
        return False
    if link.kind in ("join", "incl", "except") or link.value == "composed":
        _keep(search, node, link)
    elif link.value == "to" and node.kind == "text":
        pass  # "an amendment to the resolution (failed)"
    elif link.kind != "prep" or _governs_clause(node, link, adjacent=first == search.at):
        return False
    search.at = first - 2
    return True


def _phrase_start(nodes: Sequence[Node], at: int) -> int:
    """Index of the first word of the noun phrase that ends at `at`."""
    first = at
    run = RUN if nodes[first].kind in _LOOSE else _LEADING
    while first > 0 and at - first < _RUN_REACH and nodes[first - 1].kind in run:
        first -= 1
        if nodes[first].kind == "det":
            break
    return first


def _governs_clause(node: Node, link: Node, *, adjacent: bool) -> bool:
    """Whether the noun after the preposition is a subject: "as China abstained"."""
    if link.value == "as":
        return node.kind in ("actors", "body", "count")
    if node.kind == "text" and link.low.startswith("before"):
        return True  # "before the resolution (was adopted)"; texts stand before bodies
    return link.value == "with" and adjacent and node.kind in _COUNTED


def _keep(search: _Search, node: Node, link: Node) -> None:
    """Keeps the states that "along with" or "including" brought in."""
    if node.kind == "actors" and link.kind != "except":
        kept = search.joined if link.kind == "join" else search.examples
        kept.extend(node.value.members)


def _skip_interpolation(nodes: Sequence[Node], search: _Search) -> bool:
    """Skips what stands between two commas, dashes or brackets, and keeps the states it names."""
    opening = _opening(nodes, search.at)
    if opening is None:
        return False
    inside = nodes[opening + 1 : search.at]
    if len(inside) == 1 and inside[0].kind == "actors":
        search.refined = opening + 1
    elif len(inside) == 2 and inside[0].kind == "actors" and inside[1].value == "trailing":
        search.examples.extend(inside[0].value.members)
    elif inside and inside[0].kind in ("join", "incl"):
        for node in inside[1:]:
            _keep(search, node, inside[0])
    search.at = opening - 1
    return True


def _opening(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the mark that opens the interpolation closed at `at`; None where there is none."""
    mark = {")": "("}.get(nodes[at].kind, nodes[at].kind)
    for i in range(at - 1, max(0, at - _REACH), -1):
        if nodes[i].kind == mark and (mark != "," or _opens(nodes, i, at)):
            return i
        if nodes[i].kind == ";":
            return None
    return None


def _opens(nodes: Sequence[Node], at: int, end: int) -> bool:
    """Whether the comma at `at` may open an interpolation that ends at `end`."""
    if at + 1 >= end or not (nodes[at - 1].kind in NOUNS or nodes[at - 1].kind in _LOOSE | {")"}):
        return False
    first = nodes[at + 1]
    if first.kind == "verb":
        return bool(first.value.forms & {"pp", "ing"})
    return first.kind in _OPENERS or first.value in ("two", "three")


def _found(nodes: Sequence[Node], search: _Search) -> Subject:
    """The subject whose noun is at `search.at`, with the states of the interpolations passed."""
    subject = noun_at(nodes, search.at)
    named = (*search.joined, *search.examples)
    if subject.kind == "actors":
        subject.members = (*subject.members, *search.joined)
        return subject
    if search.refined >= 0:
        named = (*nodes[search.refined].value.members, *named)
        if subject.kind == "generic":
            return Subject("actors", search.refined, named)
        subject.examples = False
    subject.members = named
    if subject.kind == "generic" and named:
        subject.kind, subject.examples = "actors", True
    return subject


def _antecedent(nodes: Sequence[Node], rel: int) -> Subject:
    """The noun that the relative pronoun at `rel` stands for."""
    value = nodes[rel].value
    at = rel - 1
    while at >= 0 and nodes[at].kind in (",", "dash", "approx"):
        at -= 1
    if value == "possessive" or at < 0:
        return Subject("unknown", rel)
    parted = nodes[rel - 1].kind == ","
    if nodes[at].kind not in NOUNS or (parted and nodes[at].kind in ("body", "time")):
        behind = _behind(nodes, at) if parted else Subject("unknown", rel)
        if behind.kind == "text" or nodes[at].kind != "body":
            return behind
    if nodes[at].kind == "actors" and not parted:
        if _is_bloc(nodes[at]):
            return Subject("generic", at)  # "the European countries that": some of them
        if value == "restrictive":
            return _behind(nodes, at)  # a name takes "who" or "which"
    of = nodes[at - 1 - (nodes[at - 1].kind == "det")] if at > 1 else None
    within = not parted and value == "restrictive" and nodes[at].kind == "body"
    if within and of is not None and of.value == "of":
        return Subject("generic", at)  # "the only member of the Council that"
    subject = noun_at(nodes, at)
    if value == "quantified" and subject.kind not in ("actors", "text"):
        subject = _nearest_list(nodes, at)
    subject.denied, subject.relative = value == "none", True
    return subject


def _is_bloc(node: Node) -> bool:
    """Whether the node is the name of a group of states."""
    return all(member.code.startswith("G:") for member in node.value.members)


def _nearest_list(nodes: Sequence[Node], at: int) -> Subject:
    for i in range(at, max(-1, at - 8), -1):
        if nodes[i].kind == "actors" and nodes[i].value.plural:
            return noun_at(nodes, i)
    return Subject("unknown", at)


def _shared(nodes: Sequence[Node], phrases: Sequence[VerbPhrase], which: int, at: int) -> Subject:
    """The subject that a coordinated verb shares with the verb before it, or with its clause."""
    start, _ = clause_bounds(nodes, at)
    for earlier in range(which - 1, -1, -1):
        if phrases[earlier].at < start:
            break
        if phrases[earlier].voice != "reduced" and not phrases[earlier].gerund:
            subject = find_subject(nodes, phrases, earlier)
            subject.shared = True
            return subject
    subject = clause_subject(nodes, start, at)
    if subject.kind == "unknown" and start and nodes[start - 1].kind == "rel":
        subject = _antecedent(nodes, start - 1)
    subject.shared = True
    return subject


def _first_text(nodes: Sequence[Node], at: int) -> Subject:
    """The text that opens the clause, where words unknown stand between it and its verb."""
    start, _ = clause_bounds(nodes, at)
    for i in range(start, at):
        if nodes[i].kind == "text" and (i == start or nodes[i - 1].kind != "prep"):
            finite = any(n.kind == "aux" and n.value != "to" for n in nodes[i:at])
            return Subject("unknown", at) if finite else Subject("text", i)
    return Subject("unknown", at)


def _opening_text(nodes: Sequence[Node], at: int) -> Subject:
    """The text that opens the sentence, a relative clause of it ending at the verb.

    "The resolution on aid that came before the Assembly (was carried)".
    """
    first = next((i for i in range(at) if nodes[i].kind not in FLOATING | {","}), at)
    relative = any(node.kind == "rel" for node in nodes[first:at])
    opens = first < at and nodes[first].kind == "text" and relative
    return Subject("text", first) if opens else Subject("unknown", at)


def _gerund_subject(nodes: Sequence[Node], phrases: Sequence[VerbPhrase], which: int) -> Subject:
    """The subject of an -ing form: the noun right before it, or that of the clause around it."""
    at = phrases[which].first - 1
    while at >= 0 and nodes[at].kind in FLOATING:
        at -= 1
    if at < 0:
        return Subject("unknown")
    node = nodes[at]
    if node.kind in NOUNS - {"text", "body", "vote", "outcome"}:
        return noun_at(nodes, at)
    if node.value == "in" and at and nodes[at - 1].kind == "actors":
        return _joiners(nodes, at - 1)
    if node.kind == ")" or (node.kind == "," and _names_some(nodes, at)):
        return _left_subject(nodes, phrases, which, at)
    if node.kind == "," and at and nodes[at - 1].kind == "text":
        return Subject("unknown", at)
    if node.kind in (",", "sub") or (node.kind == "prep" and node.value in ("by", "in")):
        return _shared(nodes, phrases, which, at - 1)
    return Subject("unknown", at)


def _joiners(nodes: Sequence[Node], at: int) -> Subject:
    """Who joined whom: both of "A joined B"; of "four countries (who) joined B" B and the four."""
    subject = noun_at(nodes, at)
    if at > 1 and nodes[at - 1].value == "with":  # "A sided with B in voting"
        start, _ = clause_bounds(nodes, at)
        first = clause_subject(nodes, start, at - 1)
        if first.kind == "actors":
            return Subject("actors", first.at, (*first.members, *subject.members))
    counted = at > 1 and nodes[at - 2].kind in ("count", "generic", "members", "rel")
    if counted and nodes[at - 1].kind == "join":
        return Subject("count", at - 2, subject.members, examples=True, exact=False)
    return subject


def _names_some(nodes: Sequence[Node], at: int) -> bool:
    """Whether the comma at `at` closes "11 nations, including A,"."""
    opening = _opening(nodes, at)
    return opening is not None and nodes[opening + 1].kind in ("incl", "actors", "join")


def _modified(nodes: Sequence[Node], phrases: Sequence[VerbPhrase], which: int) -> Subject:
    """The noun that a participle modifies: "a text, backed by A"; "drafted by A and backed"."""
    at = phrases[which].first - 1
    before = phrases[which - 1] if which else None
    goes_on = nodes[at].kind == "," and before is not None and before.voice == "passive"
    if goes_on and before and clause_bounds(nodes, at) == clause_bounds(nodes, before.at):
        return find_subject(nodes, phrases, which - 1)  # "was backed by A, opposed by B"
    while at >= 0 and nodes[at].kind in FLOATING | {",", "dash", "("}:
        at -= 1
    if at < 0:
        return _opened(nodes, phrases[which].end)
    if nodes[at].kind == "and":
        for earlier in range(which - 1, -1, -1):
            if phrases[earlier].voice != "active":
                return find_subject(nodes, phrases, earlier)
        return Subject("unknown")
    return _behind(nodes, at)


def _opened(nodes: Sequence[Node], at: int) -> Subject:
    """What "Drafted by Gabon, it (passed)" opens the sentence for: the noun after its comma."""
    comma = next((i for i in range(at, len(nodes)) if nodes[i].kind == ","), len(nodes))
    found = clause_subject(nodes, comma + 1, len(nodes))
    return found if found.kind in ("text", "it") else Subject("unknown")


def text_behind(nodes: Sequence[Node], at: int) -> int:
    """Index of the text before words that modify it and end at `at`; -1 where there is none."""
    found = _behind(nodes, at)
    return found.at if found.kind == "text" else -1


def _behind(nodes: Sequence[Node], at: int) -> Subject:
    """The text before words that modify it: "a resolution on aid (drafted by Gabon)"."""
    loose = -1  # "the declaration on aid" may be what a resolution is about
    for i in range(at, max(-1, at - _BEHIND_REACH), -1):
        if nodes[i].kind == "text" and nodes[i].value.noun.kind != "symbol":
            if nodes[i].value.noun.strength != "any":
                return Subject("text", i)
            loose = max(loose, i)
        if nodes[i].kind not in _BEHIND and nodes[i].value != "to":
            break
    return Subject("text", loose) if loose >= 0 else Subject("unknown", at)
