"""Whose vote a list of states tells: each list is tied to the words of a choice beside it.

A list stands after a verb, a colon, a dash or a heading, before its verb, between "including" and a
comma, after "with", in the line below a heading, in the sentence after ("the latter include"). It
is one thing wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from votewire.press.grammar.case import case_of
from votewire.press.grammar.choices import VOTES, Choice, choices_of
from votewire.press.grammar.clauses import Object, Subject
from votewire.press.grammar.drafts import PERMANENT, Draft, Heading, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.matters import matter_of_state, understood
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.ways import HEADS, Held, Ways

__all__ = ["add_listed", "is_listed", "read_holders"]

_NAMING = frozenset(("actors", "name", ",", ";", ".", "and", "dash", "hyphen", "det", "(", ")"))
_LINE = _NAMING | {"num", "others"}
_PHRASE = frozenset(("verb", "rel", "side", "text", "det", "prep", "pron", "ballots", "vote"))
_TITLE = HEADS | _PHRASE | {"(", ")", ":", "dash", "hyphen"}
_SAYING = frozenset(("verb", "aux", "sub", "rel", "cat", "not", "pron"))
_BACK = frozenset(("generic", "pron", "incl", "members"))
_BETWEEN = frozenset(("det", "prep", "incl", "aux", ":", "dash", "pron", ",", "vote", "ballots"))


def read_holders(reading: Reading, sentence: Sentence, *, inverted: bool) -> None:
    """Adds the claims of lists that no verb took for its subject.

    inverted: whether the language puts the subject after its verb without further ado.
    """
    heading, reading.heading = reading.heading, None
    before = reading.before
    lists = [at for at, node in enumerate(sentence.nodes) if node.kind == "actors"]
    choices = choices_of(sentence)
    reading.before = (sentence, choices)
    if choices:
        way = Ways(sentence, choices, inverted=inverted)
        found = [held for at in lists if (held := way.of(at)) is not None]
        for held in found:
            _add(reading, sentence, held)
        if not found:
            _open_list(reading, sentence, choices)
    elif not lists:
        unknown = heading is not None and all(is_listed(node) for node in sentence.nodes)
        reading.heading = heading if unknown else None
    elif (meant := _meant(reading, before, sentence.nodes, lists[0])) is not None:
        add_listed(reading, sentence, lists[:1], meant)
        reading.heading = None
    elif heading is not None and _is_line(sentence.nodes, lists):
        add_listed(reading, sentence, lists, heading)


def _told(reading: Reading, sentence: Sentence, choices: Sequence[Choice]) -> tuple[Heading, ...]:
    """What the sentence says was chosen, for a list in the next one."""
    here = (
        _entry(reading, sentence, Held(at=c.first, members=(), choice=c, way="told"))
        for c in choices
    )
    return tuple(Heading(action=c.action, entry=e) for c, e in zip(choices, here, strict=True) if e)


def _meant(
    reading: Reading,
    before: tuple[Sentence, Sequence[Choice]] | None,
    nodes: Sequence[Node],
    at: int,
) -> Heading | None:
    """The choice that "the latter include A" looks back to; None where it does not, or to two."""
    linked, back = False, ""
    for node in nodes[:at]:
        linked = linked or node.kind in ("incl", ":") or node.value == "be"
        back = back or str(node.sense("back") or "") or ("words" if node.kind in _BACK else "")
        if node.sense("back") is None and node.kind not in HEADS | FLOATING | _BETWEEN:
            return None
    if before is None or not linked or not back:
        return None
    told = _told(reading, *before)
    return told[-1] if told and (back == "last" or len(told) == 1) else None


def _open_list(reading: Reading, sentence: Sentence, choices: Sequence[Choice]) -> None:
    """Remembers a line such as "Countries that abstained:" for the names below it."""
    nodes = sentence.nodes
    marked = nodes[-1].kind in (":", "dash") and not sentence.question
    plain = len(choices) == 1 and all(_is_heading(node) for node in nodes)
    if marked or plain:
        choice = choices[-1]
        held = Held(at=choice.first, members=(), choice=choice, way="heading")
        entry = _entry(reading, sentence, held)
        reading.heading = None if entry is None else Heading(action=choice.action, entry=entry)


def add_listed(
    reading: Reading, sentence: Sentence, lists: Sequence[int], heading: Heading
) -> None:
    """Adds the names of a line below a heading; the next line may go on with them."""
    members = [member for at in lists for member in sentence.nodes[at].value.members]
    span = members[0].start, members[-1].end
    codes = [member.code for member in members]
    reading.add(codes, heading.action, heading.entry, span, "heading/list")
    reading.heading = heading


def _is_line(nodes: Sequence[Node], lists: Sequence[int]) -> bool:
    """Whether a line is one of names: nothing in it says anything, and names are most of it."""
    if any(node.kind in _SAYING for node in nodes):
        return False
    names = sum(len(nodes[at].value.members) for at in lists)
    return sum(not is_listed(node) for node in nodes) <= names


def is_listed(node: Node) -> bool:
    """Whether a node may stand in a line of names and nothing else."""
    return node.kind in _LINE or (node.kind == "word" and (node.capital or not node.low.isalnum()))


def _is_heading(node: Node) -> bool:
    """Whether a node may stand in a line that heads a list of names."""
    return node.kind in _TITLE or node.kind in FLOATING or node.sense("side") is not None


def _add(reading: Reading, sentence: Sentence, held: Held) -> None:
    """Adds the claims of a list, but for states of which the sentence has said a vote already."""
    here = _here(reading)
    said = {draft.actor for draft in here if draft.action in VOTES}
    members = [member for member in held.members if member.code not in said]
    if held.choice.action == "vetoed":
        members = [member for member in members if member.code in PERMANENT]
    entry = _entry(reading, sentence, held) if members else None
    if entry is None:
        return
    nodes = sentence.nodes
    start = min(nodes[held.choice.first].start, held.members[0].start)
    end = max(nodes[held.choice.end - 1].end, held.members[-1].end)
    codes = [member.code for member in members]
    hedged, name = False, "side"
    if held.choice.phrase is not None:
        case = case_of(reading, sentence, held.choice.phrase, [])
        hedged, name = case.hedged, case.verb.id
    reading.add(codes, held.choice.action, entry, (start, end), f"{name}/{held.way}", hedged=hedged)


def _here(reading: Reading) -> list[Draft]:
    """The drafts of this sentence."""
    found: list[Draft] = []
    for draft in reversed(reading.drafts):
        if draft.sentence != reading.sentence:
            break
        found.append(draft)
    return found


def _entry(reading: Reading, sentence: Sentence, held: Held) -> Entry | None:
    """The text of the choice."""
    if held.choice.phrase is None:
        return sentence.spoken_of(reading.discourse, held.choice.first)
    case = case_of(reading, sentence, held.choice.phrase, [])
    case.subject = Subject("actors", held.at, held.members)
    if held.way != "subject" and case.object.kind == "other":
        case = replace(case, object=Object("none", case.phrase.end, case.phrase.end))
    if case.verb.object == "text" and case.object.kind == "none" and held.way != "subject":
        return understood(case)
    entry = matter_of_state(case)
    if entry is None and held.way != "subject" and case.verb.object == "vote":
        return understood(case)  # "those who voted against the request were A and B"
    return entry
