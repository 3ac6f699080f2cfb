"""States listed after a head: "those voting against included A and B", "In favour: A, B, C"."""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.clauses import Object, Subject, clause_bounds
from votewire.press.grammar.counting import number_of
from votewire.press.grammar.drafts import SIDE_ACTIONS, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.objects import find_object
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.subjects import find_subject, subject_before
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["leading_states", "read_rolls"]

_BEFORE_COPULA = FLOATING | {"prep", "body", "det", ",", "vote"}
_COPULA = frozenset(("incl", ":", "dash", "approx", "adv", ","))
_BEFORE_HEAD = FLOATING | {"prep", "det", "num", "word", "another", "count", "generic"}
_PAIRS = {"two": 2, "three": 3}
_OPENERS = FLOATING | {"det", "join", "actors", ",", "and"}


def read_rolls(reading: Reading, sentence: Sentence) -> None:
    """Adds the claims of states that a list names under a head that says how they voted."""
    for which, phrase in enumerate(sentence.phrases):
        action = phrase.verb.denied if phrase.denied else phrase.verb.state
        if action and not phrase.dropped and not phrase.hedged:
            _under_verb(reading, sentence, which, action)
    if reading.discourse.voted is not None and sentence.kinds & {"num", "none", "pron"}:
        for at, node in enumerate(sentence.nodes):
            counted = node.kind in ("num", "count") or _counted(node) is not None
            if counted and not _has_verb(sentence, at):
                _under_count(reading, sentence, at)
    if not sentence.kinds & {"side", "sponsor"}:
        return
    for at, node in enumerate(sentence.nodes):
        if node.kind == "sponsor":
            _sponsors(reading, sentence, at)
        elif node.sense("side") in SIDE_ACTIONS and not _in_phrase(sentence, at):
            _under_side(reading, sentence, at)


def leading_states(nodes: Sequence[Node], at: int) -> tuple[Actor, ...]:
    """The states that open the clause around `at`: "alongside the US, those voting ..."."""
    start, _ = clause_bounds(nodes, at)
    opens = start + 1 < at and nodes[start].kind == "join" and nodes[start + 1].kind == "actors"
    return tuple(nodes[start + 1].value.members) if opens else ()


def _in_phrase(sentence: Sentence, at: int) -> bool:
    return any(phrase.at < at < phrase.end for phrase in sentence.phrases)


def _under_verb(reading: Reading, sentence: Sentence, which: int, action: str) -> None:
    """Adds "those voting against were A", "voting against were A", "A was among those who ..."."""
    nodes, phrase = sentence.nodes, sentence.phrases[which]
    subject = find_subject(nodes, sentence.phrases, which)
    if not _is_head(nodes, phrase, subject):
        return
    found = find_object(nodes, phrase.end)
    if not _object_fits(sentence, phrase, found):
        return
    end = max(phrase.end, found.end if found.kind in ("text", "it", "vote") else 0)
    start = subject.at if subject.at >= 0 else phrase.first
    members, stop = _listed(nodes, end)
    if members:
        members = (*leading_states(nodes, phrase.at), *members)
    else:
        members, start = _equated(nodes, subject.at)
    if members:
        entry = _entry(reading, sentence, found, phrase.at)
        span = min(nodes[start].start, members[0].start), nodes[stop - 1].end
        codes = [member.code for member in members]
        reading.add(codes, action, entry, span, f"{phrase.verb.id}/roll")


def _is_head(nodes: Sequence[Node], phrase: VerbPhrase, subject: Subject) -> bool:
    """Whether the verb's subject are unnamed members: "those", "35 countries", or nobody."""
    if subject.kind in ("generic", "count") or (subject.kind == "actors" and subject.examples):
        return True
    if subject.kind != "unknown":
        return False
    start, _ = clause_bounds(nodes, phrase.at)
    heads = phrase.end < len(nodes) and nodes[phrase.end].kind == ":"  # "ABSTAINED: A, B"
    opens = all(node.kind in _OPENERS for node in nodes[start : phrase.first])
    return opens and (phrase.gerund or heads)


def _object_fits(sentence: Sentence, phrase: VerbPhrase, found: Object) -> bool:
    """Whether the verb has the object that it needs, and a text that is one of the UN."""
    if phrase.verb.object == "text" and found.kind not in ("text", "it"):
        return False
    return found.kind != "text" or found.at in sentence.entries


def _listed(nodes: Sequence[Node], at: int) -> tuple[tuple[Actor, ...], int]:
    """The states after "were", "included" or a colon that follow `at`, and the index after them."""
    i = at
    while i < len(nodes) and i - at < 8 and nodes[i].kind in _BEFORE_COPULA:
        if nodes[i].value in ("by", "with"):
            break
        i += 1
    link = i
    while i < len(nodes) and i - link < 4 and (_is_be(nodes[i]) or nodes[i].kind in _COPULA):
        i += 1
    if i == link or i >= len(nodes) or nodes[i].kind != "actors":
        return (), at
    linked = any(_is_be(n) or n.kind in (":", "dash") or _is_included(n) for n in nodes[link:i])
    return (nodes[i].value.members, i + 1) if linked else ((), at)


def _is_be(node: Node) -> bool:
    return node.kind == "aux" and node.value == "be"


def _is_included(node: Node) -> bool:
    """Whether "included" may be the finite verb of a list, as "such as" cannot."""
    return node.kind == "incl" and node.value == "verb"


def _equated(nodes: Sequence[Node], head: int) -> tuple[tuple[Actor, ...], int]:
    """The states of "A and B were among the countries (that abstained)", and where they start."""
    i, lowest = head - 1, head - 8
    while i > lowest and i >= 0 and nodes[i].kind in _BEFORE_HEAD:
        i -= 1
    if i > 0 and _is_elided(nodes, i):
        return nodes[i].value.members, i
    if i < 1 or not _is_be(nodes[i]):
        return (), head
    while i > 0 and (nodes[i].kind == "aux" or nodes[i].kind in FLOATING):
        i -= 1
    found = subject_before(nodes, i)
    if found.kind == "actors" and not found.examples:
        return found.members, found.at
    return (), head


def _is_elided(nodes: Sequence[Node], at: int) -> bool:
    """Whether the copula is left out: "(A was one of those that ...), B one of those (that)"."""
    parted = nodes[at - 1].kind in (",", "and")
    one_of = at + 1 < len(nodes) and nodes[at + 1].low.startswith("one of")
    return nodes[at].kind == "actors" and parted and one_of


def _entry(reading: Reading, sentence: Sentence, found: Object | None, at: int) -> Entry:
    """The text of a roll: the verb's object, else the one spoken of."""
    if found is not None and found.kind in ("text", "it") and found.at in sentence.entries:
        return sentence.entries[found.at]
    entry = sentence.spoken_of(reading.discourse, at)
    return entry.root if entry.root is not None and sentence.era(at) == "present" else entry


def _sponsors(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds "co-sponsors included A and B", "A and B were sponsors of the text"."""
    nodes = sentence.nodes
    members, end = _listed(nodes, at + 1)
    start = at
    if not members:
        members, start = _equated(nodes, at)
    if members:
        entry = _entry(reading, sentence, None, at)
        span = nodes[start].start, nodes[end - 1].end
        reading.add([m.code for m in members], "drafted", entry, span, "sponsors/roll")


def _under_side(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds "the abstentions came from A", "against: A, B", "with A against"."""
    nodes = sentence.nodes
    if at and nodes[at - 1].kind == "actors" and _is_elliptical(nodes, at):
        _add(reading, sentence, at, nodes[at - 1].value.members, "side/with")
        return
    if nodes[at].kind == "side":
        equated, _ = _equated(nodes, at)
        if equated:
            _add(reading, sentence, at, equated, "side/equated")
            return
    i = at + 1
    while i < len(nodes) and (nodes[i].sense("ballots") is not None or nodes[i].kind in FLOATING):
        i += 1
    end = i
    while end < len(nodes) and end - i < 4 and _leads_to_roll(nodes[end]):
        end += 1
    links = [node.value if node.kind == "prep" else "" for node in nodes[i:end]]
    of = "of" in links and nodes[at].value == "abstain"  # "the abstention of Britain"
    marked = of or any(link in ("", "from") for link in links)
    counted = at > 0 and nodes[at - 1].kind in ("num", "count")  # a count reads its own list
    if marked and not counted and end < len(nodes) and nodes[end].kind == "actors":
        _add(reading, sentence, at, nodes[end].value.members, "side/roll")


def _under_count(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds "among the 54 were A and B", "the 54 included A": the side that had so many votes."""
    nodes = sentence.nodes
    definite = at > 0 and nodes[at - 1].kind == "det" and nodes[at - 1].value == "definite"
    if not definite and nodes[at].low[:3] not in ("the", "tho"):
        return
    members, end = _listed(nodes, at + 1)
    start = at
    if not members:
        members, start = _equated(nodes, at)
        end = at + 1
    action = _side_of(reading, number_of((nodes[at],)) or _counted(nodes[at])) if members else None
    if action is not None:
        entry = _entry(reading, sentence, None, at)
        span = min(nodes[start].start, members[0].start), nodes[end - 1].end
        reading.add([member.code for member in members], action, entry, span, "count/roll")


def _has_verb(sentence: Sentence, at: int) -> bool:
    """Whether a verb of voting stands in the clause around `at`."""
    start, end = clause_bounds(sentence.nodes, at)
    return any(start <= phrase.at < end for phrase in sentence.phrases)


def _counted(node: Node) -> int | None:
    if node.kind == "count":
        return int(node.value.number)
    return _PAIRS.get(str(node.value)) if node.kind == "pron" else None


def _side_of(reading: Reading, number: int | None) -> str | None:
    """What members did that are so many; None where no side, or two, had that number of votes."""
    voted = reading.discourse.voted
    if voted is None or not voted.tallies or not number:
        return None
    stated = voted.tallies[-3:]
    sides = {side for side in SIDE_ACTIONS for t in stated if getattr(t, side) == number}
    return SIDE_ACTIONS[sides.pop()] if len(sides) == 1 else None


def _leads_to_roll(node: Node) -> bool:
    """Whether a node may stand between "abstentions" and those who abstained."""
    if node.sense("coming") is not None or node.kind in (":", "incl"):
        return True
    return node.kind == "prep" and node.value in ("from", "by", "of")


def _is_elliptical(nodes: Sequence[Node], at: int) -> bool:
    """Whether "with A and B against" ends at the side word `at`."""
    last = nodes[at - 2] if at > 1 else None
    after = nodes[at + 1].kind if at + 1 < len(nodes) else "."
    linked = last is not None and (last.value == "with" or last.kind == "and")
    return linked and after in (",", ".", ";", "and", "sub", ")")


def _add(
    reading: Reading, sentence: Sentence, at: int, members: Sequence[Actor], rule: str
) -> None:
    """Adds what the side word at `at` says of the members."""
    node = sentence.nodes[at]
    entry = _entry(reading, sentence, None, at)
    span = min(node.start, members[0].start), max(node.end, members[-1].end)
    action = SIDE_ACTIONS[str(node.sense("side"))]
    reading.add([member.code for member in members], action, entry, span, rule)
