"""Claims that only a measurement can answer: a shift, a division, a balanced position."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.clauses import clause_bounds
from votewire.press.grammar.drafts import Reading
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.subjects import clause_subject
from votewire.press.grammar.texts import is_possessive

__all__ = ["read_measured"]

_NEAR = 7
_MODIFIERS = frozenset(("word", "det", "adv", "another", "others"))
_MEASURING = frozenset(("change", "break", "rift", "balance", "isolation"))
_WITH = frozenset(("with", "from"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Measure:
    """A state, the others it is measured against, and the words that say so (node indices)."""

    actor: str
    first: int
    last: int
    others: tuple[str, ...] = ()


def read_measured(reading: Reading, sentence: Sentence) -> None:
    """Adds the claims of shift, division and balance in the sentence."""
    if not sentence.kinds & _MEASURING:
        return
    nodes = sentence.nodes
    for at, node in enumerate(nodes):
        if node.senses is None or node.kind != "word":
            continue
        if node.sense("change") is not None:
            _add(reading, sentence, "shifted", _shift(nodes, at), since=_since(nodes, at))
        if node.sense("break") is not None:
            _add(reading, sentence, "divided", _break(nodes, at))
        elif node.sense("rift") is not None:
            _add(reading, sentence, "divided", _rift(nodes, at))
        if node.sense("balance") is not None:
            _add(reading, sentence, "balanced", _balance(nodes, at))
        if node.sense("isolation") is not None:
            _add(reading, sentence, "divided", _isolated(nodes, at))


def _add(
    reading: Reading,
    sentence: Sentence,
    action: str,
    found: _Measure | None,
    since: date | None = None,
) -> None:
    if found is None:
        return
    entry = reading.discourse.apart()
    entry.kind = "reaction"
    span = (sentence.nodes[found.first].start, sentence.nodes[found.last].end)
    reading.add((found.actor,), action, entry, span, f"measured/{action}", hedged=sentence.question)
    reading.drafts[-1].others, reading.drafts[-1].since = found.others, since


def _shift(nodes: Sequence[Node], at: int) -> _Measure | None:
    """Whose shift it is: "a shift in Washington's position", "a US U-turn"."""
    strong = nodes[at].sense("change") == "strong"
    first = _modifiers(nodes, at)
    after = nodes[at + 1] if at + 1 < len(nodes) else None
    if (
        after is not None
        and after.kind == "prep"
        and after.value in ("in", "of", "for", "by", "from")
    ):
        owner = _owner_right(nodes, at + 2, stance=after.value == "in" or not strong)
        if owner is not None:
            return _Measure(actor=owner[0], first=first, last=owner[1])
    for i in range(at - 1, max(-1, at - 5), -1):
        if nodes[i].kind == "name" and nodes[i].value.kind == "state" and strong:
            return _Measure(actor=nodes[i].value.code, first=i, last=at)
        if nodes[i].kind not in ("word", "'", "another", "adv"):
            break
    return None


def _modifiers(nodes: Sequence[Node], at: int) -> int:
    """Index of the first node of the phrase whose noun is at `at`."""
    first = at
    while first > 0 and at - first < 5 and nodes[first - 1].kind in _MODIFIERS:
        first -= 1
        if nodes[first].kind == "det":
            break
    return first


def _owner_right(nodes: Sequence[Node], at: int, *, stance: bool) -> tuple[str, int] | None:
    """(state, last index) of "Washington's position"; with `stance` false of a mere name."""
    for i in range(at, min(len(nodes), at + 4)):
        node = nodes[i]
        if node.kind == "name" and node.value.kind == "state":
            for j in range(i + 1, min(len(nodes), i + _NEAR)):
                if nodes[j].sense("stance") is not None:
                    return node.value.code, j
                if nodes[j].kind not in ("'", "word", "another", "body"):
                    break
            return None if stance else (node.value.code, i)
        if node.kind == "actors" and len(node.value.members) == 1 and not stance:
            return node.value.members[0].code, i
        if node.kind == "word" and node.sense("stance") is not None:
            return _of_owner(nodes, i)
        if node.kind not in ("det", "word", "another"):
            break
    return None


def _of_owner(nodes: Sequence[Node], at: int) -> tuple[str, int] | None:
    """The owner of "the position of the United States" whose noun is at `at`."""
    if at + 2 < len(nodes) and nodes[at + 1].value in ("of", "by", "from"):
        owner = nodes[at + 2]
        if owner.kind == "actors" and len(owner.value.members) == 1:
            return owner.value.members[0].code, at + 2
    return None


def _since(nodes: Sequence[Node], at: int) -> date | None:
    """The first day of the time named after "since", in the same sentence."""
    since = next(
        (
            i
            for i in range(at, len(nodes))
            if nodes[i].sense("since") is not None or _opens_with_since(nodes[i])
        ),
        None,
    )
    if since is None:
        return None
    for node in nodes[since:]:
        if node.kind == "time":
            day: date | None = node.value.first
            return day
    return None


def _opens_with_since(node: Node) -> bool:
    """Whether a mention of days takes the "since" in: "since January"."""
    return node.kind == "time" and node.low.startswith("since")


def _rift(nodes: Sequence[Node], at: int) -> _Measure | None:
    """Who is divided: "divisions with US allies such as A and B", "a rift between A and B"."""
    for i in range(at + 1, min(len(nodes), at + _NEAR)):
        node = nodes[i]
        if node.value == "between" and i + 1 < len(nodes) and nodes[i + 1].kind == "actors":
            return _between(nodes, at, i + 1)
        if node.kind == "prep" and node.value in _WITH:
            return _against(nodes, at, i + 1)
        if node.kind in (",", ";", ".", "sub", "dash"):
            break
    return None


def _between(nodes: Sequence[Node], at: int, pair: int) -> _Measure | None:
    codes = [member.code for member in nodes[pair].value.members]
    last = pair
    if len(codes) == 1 and pair + 1 < len(nodes) and nodes[pair + 1].kind == "and":
        found = _allies(nodes, pair + 2)
        if found is not None:
            codes, last = [*codes, *found[1]], found[2]
    if len(codes) < 2:
        return None
    return _Measure(actor=codes[0], first=at, last=last, others=tuple(codes[1:]))


def _against(nodes: Sequence[Node], at: int, target: int) -> _Measure | None:
    """The state that is divided from those named at `target`."""
    found = _allies(nodes, target)
    if found is None:
        return None
    actor, others, last = found
    first = at
    if actor is None:
        actor, first = _subject(nodes, at)
    if actor is None or actor in others:
        return None
    return _Measure(actor=actor, first=min(first, at), last=last, others=others)


def _allies(nodes: Sequence[Node], at: int) -> tuple[str | None, tuple[str, ...], int] | None:
    """(whose allies, who they are, last index) of "US allies such as A", "its European allies"."""
    owner: str | None = None
    others: list[str] = []
    last = at - 1
    for i in range(at, min(len(nodes), at + 8)):
        node = nodes[i]
        if node.kind == "actors":
            others = [member.code for member in node.value.members]
            last = i
            break
        if node.kind == "name":
            if node.value.kind == "state":
                owner = node.value.code
            else:
                others = [f"G:{node.value.code}"]
        elif node.kind == "adjective":
            others = [f"G:{node.value}"]
        elif node.kind not in ("det", "word", "members", "incl", "'", "another", "adv", "approx"):
            break
        last = i
    return (owner, tuple(others), last) if others or owner else None


def _break(nodes: Sequence[Node], at: int) -> _Measure | None:
    """Who broke with whom: "broke with its European allies", "splitting with Britain"."""
    return _against(nodes, at, at + 1)


def _subject(nodes: Sequence[Node], at: int) -> tuple[str | None, int]:
    """The one state that is the subject of the clause around `at`, and its index."""
    start, _ = clause_bounds(nodes, at)
    subject = clause_subject(nodes, start, at)
    if subject.kind == "actors" and len(subject.members) == 1:
        return subject.members[0].code, subject.at
    return None, at


def _isolated(nodes: Sequence[Node], at: int) -> _Measure | None:
    """Who is isolated: "the vote left Russia isolated"."""
    for i in range(at - 1, max(-1, at - 4), -1):
        if nodes[i].kind == "actors" and len(nodes[i].value.members) == 1:
            member: Actor = nodes[i].value.members[0]
            return _Measure(actor=member.code, first=i, last=at)
        if (
            nodes[i].kind == "name"
            and nodes[i].value.kind == "state"
            and not is_possessive(nodes, i)
        ):
            return _Measure(actor=nodes[i].value.code, first=i, last=at)
        if nodes[i].kind not in ("adv", "aux", "word", "another"):
            break
    return None


def _balance(nodes: Sequence[Node], at: int) -> _Measure | None:
    """Whose stance is balanced: "a balanced US stance", "Brazil's balanced stance"."""
    stance = next(
        (i for i in range(at + 1, min(len(nodes), at + 5)) if nodes[i].sense("stance") is not None),
        None,
    )
    if stance is None:
        return None
    first = _modifiers(nodes, at)
    for i in range(at + 1, stance):
        if nodes[i].kind == "name" and nodes[i].value.kind == "state":
            return _Measure(actor=nodes[i].value.code, first=first, last=stance)
    owner = _of_owner(nodes, stance)
    if owner is not None:
        return _Measure(actor=owner[0], first=first, last=owner[1])
    for i in range(at - 1, max(-1, at - 6), -1):
        if nodes[i].kind == "name" and is_possessive(nodes, i):
            return _Measure(actor=nodes[i].value.code, first=i, last=stance)
    start, _ = clause_bounds(nodes, at)
    actor, subject = _subject(nodes, at)
    denied = any(node.kind == "not" for node in nodes[start:at])
    if (
        actor is None
        or denied
        or not any(node.kind in ("aux", "word") for node in nodes[subject + 1 : first])
    ):
        return None
    return _Measure(actor=actor, first=subject, last=stance)
