"""Votes and outcomes that nouns state: "a US veto", "Rwanda's abstention", "the defeat (19-17)"."""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.clauses import clause_bounds
from votewire.press.grammar.drafts import PERMANENT, SIDE_ACTIONS, Reading
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.texts import is_possessive

__all__ = ["read_nouns"]

_BETWEEN = frozenset(("'", "another", "adv", "word"))
_UNSAID = frozenset((None, "UN", "SC"))


def read_nouns(reading: Reading, sentence: Sentence) -> None:
    """Adds the vetoes, votes and outcomes that nouns of the sentence state as facts."""
    if "text" in sentence.kinds:
        _written_by(reading, sentence)
    if sentence.question or not sentence.kinds & {"vetonoun", "outcome", "side"}:
        return
    for at, node in enumerate(sentence.nodes):
        if node.kind == "vetonoun":
            _veto(reading, sentence, at)
        elif node.kind == "side" and node.value in SIDE_ACTIONS:
            _side(reading, sentence, at)
        elif node.kind == "outcome":
            _outcome(reading, sentence, at)


def _written_by(reading: Reading, sentence: Sentence) -> None:
    """Adds who wrote "a resolution by Mali": named right after the text."""
    nodes = sentence.nodes
    for at, entry in sentence.entries.items():
        after = nodes[at + 1 : at + 3]
        sure = nodes[at].kind == "text" and nodes[at].value.noun.strength != "any"
        if sure and [node.kind for node in after] == ["prep", "actors"] and after[0].value == "by":
            codes = [member.code for member in after[1].value.members]
            reading.add(codes, "drafted", entry, (nodes[at].start, after[1].end), "draft/by-noun")


def _veto(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds the veto of "after a US veto", "Russia's veto of the text"."""
    nodes = sentence.nodes
    named = _owner(nodes, at)
    if named is None and (codes := _owners_after(nodes, at)):
        spoken = sentence.spoken_of(reading.discourse, at, "SC")
        if spoken.known_body() not in (None, "SC"):
            spoken = reading.discourse.new("SC")
        last = nodes[at + 1 + (nodes[at + 1].kind == "prep")]
        reading.add(codes, "vetoed", spoken, (nodes[at].start, last.end), "veto/noun")
        return
    if named is None or nodes[named].value.code not in PERMANENT or not _is_cast(nodes, named, at):
        return
    near = (sentence.entries.get(at + 2), sentence.entries.get(at + 3))
    entry = next((each for each in near if each is not None and each.body in _UNSAID), None)
    entry = entry or sentence.spoken_of(reading.discourse, at, "SC")
    span = nodes[named].start, nodes[at].end
    reading.add((nodes[named].value.code,), "vetoed", entry, span, "veto/noun")


def _owners_after(nodes: Sequence[Node], at: int) -> tuple[str, ...]:
    """Whose veto "(après) le veto américain", "(por) el veto de Rusia" tells as cast."""
    first = at - 1 if at and nodes[at - 1].kind == "det" else at
    last = nodes[first - 1] if first else None
    if last is None or (last.sense("fact") is None and last.value != "by"):
        return ()
    after = nodes[at + 1 : at + 3]
    codes: list[str] = []
    if after and after[0].kind == "name" and after[0].value.kind == "state":
        codes = [after[0].value.code]
    elif len(after) > 1 and after[0].value == "of" and after[1].kind == "actors":
        codes = [member.code for member in after[1].value.members]
    return tuple(code for code in codes if code in PERMANENT)


def _owner(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the state before the noun: "the US veto", "Russia's second veto"."""
    for i in range(at - 1, max(-1, at - 5), -1):
        if nodes[i].kind == "name" and nodes[i].value.kind == "state":
            return i
        if nodes[i].kind not in _BETWEEN:
            break
    return None


def _is_cast(nodes: Sequence[Node], named: int, at: int) -> bool:
    """Whether the veto is stated as cast: after "after", "following", "despite", or "of" a text."""
    after = nodes[at + 1] if at + 1 < len(nodes) else None
    if after is not None and after.kind in ("word", "rep", "hyphen"):
        return False  # "veto power", "veto threat"
    first = named - 1 if named and nodes[named - 1].kind == "det" else named
    last = nodes[first - 1] if first else None
    if last is not None and last.sense("fact") is not None:
        return True
    definite = is_possessive(nodes, named) or nodes[first].value == "definite"
    of_text = after is not None and after.kind == "prep" and after.value in ("of", "on", "against")
    return definite and of_text and (last is None or last.kind in ("sub", ","))


def _side(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds the vote of "Rwanda's abstention", "Hungary's no vote"."""
    nodes = sentence.nodes
    named = _owner(nodes, at)
    if named is None or not is_possessive(nodes, named):
        return
    start, end = clause_bounds(nodes, at)
    if any(node.kind == "aux" and "modal" in node.value for node in nodes[start:end]):
        return
    entry = sentence.spoken_of(reading.discourse, at)
    span = nodes[named].start, nodes[at].end
    action = SIDE_ACTIONS[str(nodes[at].value)]
    reading.add((nodes[named].value.code,), action, entry, span, "side/noun")


def _outcome(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds the outcome of "the defeat (19 against, 17 for)": a noun with its tally in brackets."""
    nodes = sentence.nodes
    if at == 0 or at + 2 >= len(nodes) or nodes[at - 1].kind != "det" or nodes[at + 1].kind != "(":
        return
    if not any(node.kind in ("num", "count") for node in nodes[at + 2 : at + 4]):
        return
    entry = sentence.spoken_of(reading.discourse, at)
    span = nodes[at].start, nodes[at].end
    reading.outcome(str(nodes[at].value), entry, span, "outcome/noun")
