"""Whose vote a list of states tells: each list is tied to the words of a choice beside it.

A list stands after a verb, a colon, a dash or a heading, before its verb, between "including" and a
comma, after "with". Wherever it stands it is one thing, and so is the way to its choice: nothing
may lie between but what leads from one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.case import case_of
from votewire.press.grammar.clauses import Object, Subject
from votewire.press.grammar.drafts import (
    PERMANENT,
    SIDE_ACTIONS,
    Draft,
    Heading,
    Reading,
)
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.matters import matter_of_state, understood
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["add_listed", "is_listed", "read_holders"]

_REACH = 40
_ASIDE = 60
_MATTER = 25
_HEADS = frozenset(("count", "num", "none", "members", "others", "generic", "another"))
_LISTS = _HEADS | {"actors", "name", "adjective", "det", "approx", "pron", "body"}
_OBJECT = frozenset(("text", "pron", "vote", "ballots", "body", "nominal"))
_INTO = frozenset(("in", "on", "of", "for", "against", "at"))
_CLOSED = frozenset((".", ";", ")", "dash", ",", "and", "incl", "sub", "join", ":", "(", "?"))
_LEADING = frozenset(("by", "from", "of", "with", "as"))
_MARKS = frozenset((":", "dash", "("))
_OPEN = {")": "(", "dash": "dash", ",": ","}
_LINE = frozenset(("actors", "name", ",", ";", ".", "and", "dash", "hyphen", "det", "(", ")", "num", "others"))
_TITLE = _HEADS | {"verb", "rel", "side", "text", "det", "prep", "(", ")", "num", ":", "dash", "pron", "ballots", "vote", "hyphen"}
_BACK = frozenset(("generic", "pron", "incl", "members"))
_BETWEEN = frozenset(("det", "prep", "incl", "aux", ":", "dash", "pron", ",", "vote", "ballots"))
_SUPPORT = {"yes": "backed", "no": "opposed"}
_VOTES = frozenset(("voted_yes", "voted_no", "abstained", "absent", "vetoed", "backed", "opposed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Words that say what was chosen: nodes[first:end]. phrase: of a verb, its index; else None."""

    action: str
    first: int
    end: int
    phrase: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A list of states and the choice that it is tied to; way: how it stands to it."""

    at: int
    members: tuple[Actor, ...]
    choice: Choice
    way: str


def read_holders(reading: Reading, sentence: Sentence, *, inverted: bool) -> None:
    """Adds the claims of lists that no verb took for its subject.

    inverted: whether the language puts the subject after its verb without further ado.
    """
    heading, reading.heading = reading.heading, None
    told = reading.told
    lists = [at for at, node in enumerate(sentence.nodes) if node.kind == "actors"]
    choices = _choices(sentence)
    reading.told = _told(reading, sentence, choices)
    if not lists:
        _open_list(reading, sentence, choices)
    elif choices:
        way = _Ways(sentence, choices, inverted=inverted)
        for at in lists:
            held = way.of(at)
            if held is not None:
                _add(reading, sentence, held)
    elif (meant := _meant(told, sentence.nodes, lists[0])) is not None:
        add_listed(reading, sentence, lists[:1], meant)
        reading.heading = None
    elif heading is not None and all(is_listed(node) for node in sentence.nodes):
        add_listed(reading, sentence, lists, heading)


def _told(reading: Reading, sentence: Sentence, choices: Sequence[Choice]) -> tuple[Heading, ...]:
    """What the sentence says was chosen, for a list in the next one."""
    here = (_entry(reading, sentence, Held(at=c.first, members=(), choice=c, way="told")) for c in choices)
    return tuple(Heading(action=c.action, entry=e) for c, e in zip(choices, here, strict=True) if e)


def _meant(told: Sequence[Heading], nodes: Sequence[Node], at: int) -> Heading | None:
    """The choice that "the latter include A" looks back to; None where it does not, or to two."""
    linked, back = False, ""
    for node in nodes[:at]:
        linked = linked or node.kind in ("incl", ":") or node.value == "be"
        back = back or str(node.sense("back") or "") or ("words" if node.kind in _BACK else "")
        if node.sense("back") is None and node.kind not in _HEADS | FLOATING | _BETWEEN:
            return None
    if not told or not linked or not back or (back != "last" and len(told) > 1):
        return None
    return told[-1]


def _open_list(reading: Reading, sentence: Sentence, choices: Sequence[Choice]) -> None:
    """Remembers a line such as "Countries that abstained:" for the names below it."""
    nodes = sentence.nodes
    if len(choices) != 1 or sentence.question:
        return
    marked = nodes[-1].kind in (":", "dash")
    if marked or all(_is_heading(node) for node in nodes):
        at = choices[0].first
        held = Held(at=at, members=(), choice=choices[0], way="heading")
        entry = _entry(reading, sentence, held)
        reading.heading = None if entry is None else Heading(action=choices[0].action, entry=entry)


def add_listed(
    reading: Reading, sentence: Sentence, lists: Sequence[int], heading: Heading
) -> None:
    """Adds the names of a line below a heading; the next line may go on with them."""
    members = [member for at in lists for member in sentence.nodes[at].value.members]
    span = members[0].start, members[-1].end
    codes = [member.code for member in members]
    reading.add(codes, heading.action, heading.entry, span, "heading/list")
    reading.heading = heading


def is_listed(node: Node) -> bool:
    """Whether a node may stand in a line of names and nothing else."""
    return node.kind in _LINE or (node.kind == "word" and (node.capital or not node.low.isalnum()))


def _is_heading(node: Node) -> bool:
    """Whether a node may stand in a line that heads a list of names."""
    return node.kind in _TITLE or node.kind in FLOATING or node.sense("side") is not None


def _choices(sentence: Sentence) -> tuple[Choice, ...]:
    """The choices that the sentence names, in order."""
    phrases = [
        Choice(action=action, first=phrase.first, end=phrase.end, phrase=at)
        for at, phrase in enumerate(sentence.phrases)
        if (action := _action(phrase)) in _VOTES
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
    if node.kind == "verb":
        return side if at + 1 < len(nodes) and nodes[at + 1].kind == "members" else ""
    if node.kind != "prep":
        return side
    after = nodes[at + 1].kind if at + 1 < len(nodes) else "."
    return side if after in _CLOSED or after == "aux" else ""


class _Ways:
    """The ways from the lists of one sentence to its choices."""

    def __init__(self, sentence: Sentence, choices: Sequence[Choice], *, inverted: bool) -> None:
        self.sentence, self.nodes, self.inverted = sentence, sentence.nodes, inverted
        self.starts = {choice.first: choice for choice in choices}
        self.ends = {choice.end - 1: choice for choice in choices}
        self.choices = choices
        self.copying = {p.first: p.end for p in sentence.phrases if p.verb.copies}

    def of(self, at: int) -> Held | None:
        """The choice of the list at `at`, the one that follows before the one before it."""
        leads = self._governor(at)
        if leads is not None and leads not in _LEADING:
            return None
        after = self._after(at) if leads not in ("by", "from", "of") else None
        before = self._before(at)
        if before is not None and before.way in ("mark", "listed"):
            return before
        return after or before

    def _governor(self, at: int) -> str | None:
        """The preposition that takes the list away from every choice: "to Ukraine"."""
        i = at - 1
        while i >= 0 and self.nodes[i].kind in ("det", "adv", "approx"):
            i -= 1
        node = self.nodes[i] if i >= 0 else None
        return str(node.value) if node is not None and node.kind in ("prep", "except") else None

    def _held(self, at: int, choice: Choice, way: str) -> Held:
        return Held(at=at, members=self.nodes[at].value.members, choice=choice, way=way)

    def _after(self, at: int) -> Held | None:
        """The choice after the list: "A and B, along with C, abstained", "A was among those ..."."""
        nodes, i, among = self.nodes, at + 1, False
        joined, passed_own = self._is_joined(at), False
        passed = joined or self._is_led_by(at, "incl")
        while i < len(nodes) and i - at < _REACH:
            node = nodes[i]
            choice = self.starts.get(i)
            if choice is not None:
                way = "among" if among else "joined" if joined else "subject"
                return self._held(at, choice, way) if self._may_follow(choice, way, passed) else None
            if node.kind == "rel" and node.value == "none":
                return None
            passed = passed or node.kind not in FLOATING
            if node.kind in FLOATING or node.kind == "rel" or node.value == "trailing":
                i += 1
            elif node.kind == self._opened_by(at) and not passed_own:
                i, passed_own = i + 1, True
            elif node.kind in (",", "(", "dash"):
                i = self._past_mark(i)
            elif node.kind == "and" and i + 1 < len(nodes) and nodes[i + 1].kind in _HEADS:
                i = self._past_list(i)
            elif i in self.copying:
                i, joined = self._past_list(self.copying[i] - 1), True
            elif node.kind in ("join", "incl", "except"):
                joined = joined or node.kind == "join"
                i = self._past_list(i)
            elif joined and node.kind == "prep" and i + 1 in self.starts:
                i += 1  # "joined A in opposing", "se unieron a A para oponerse"
            elif node.kind == "aux" and node.value == "be" and self._is_among(i):
                i, among = i + 1, True
            elif node.kind == "aux" and node.value == "be" and self._is_side_after(i):
                i += 1
            elif among and (node.kind in _LISTS or node.kind in ("aux", "prep")):
                i += 1
            elif node.kind == "prep" and node.value == "in" and (end := self._past_body(i)) > i:
                i = end
            else:
                return None
            if i < 0:
                return None
        return None

    def _opened_by(self, at: int) -> str:
        """The mark that closes the aside that the list opens: "the five - A and B - ..."."""
        i = at - 1
        while i >= 0 and self.nodes[i].kind in ("det", "adv", "approx", "incl"):
            i -= 1
        kind = self.nodes[i].kind if i > 0 else ""
        return {"(": ")", "dash": "dash", ",": ","}.get(kind, "none")

    def _is_joined(self, at: int) -> bool:
        """Whether the list is that of "B joined (A)"."""
        return self._is_led_by(at, "join") or at in self.copying.values()

    def _is_led_by(self, at: int, kind: str) -> bool:
        i = at - 1
        while i >= 0 and self.nodes[i].kind in ("det", "adv", "approx"):
            i -= 1
        return i >= 0 and self.nodes[i].kind == kind

    def _may_follow(self, choice: Choice, way: str, passed: bool) -> bool:
        """Whether a list may be the subject of the choice after it."""
        if choice.end < len(self.nodes) and self.nodes[choice.end].kind == ":":
            return False
        if choice.phrase is None:
            return True
        phrase = self.sentence.phrases[choice.phrase]
        if phrase.voice != "active" or (phrase.dropped and way == "subject"):
            return False
        return passed  # next to its subject a verb has it already

    def _is_among(self, at: int) -> bool:
        """Whether "(was) among the 14", "(were) the only countries" stands after `at`."""
        rest = [n for n in self.nodes[at + 1 : at + 5] if n.kind not in FLOATING and n.kind != "det"]
        first = rest[0] if rest else None
        if first is None:
            return False
        heads = any(n.kind in _HEADS or _is_group(n) for n in rest)
        return heads and (first.kind in _HEADS or _is_group(first) or first.kind == "prep" or first.sense("sole") is not None)

    def _is_side_after(self, at: int) -> bool:
        """Whether "(were) absent", "(was) against" stands after the copula at `at`."""
        i = at + 1
        while i < len(self.nodes) and self.nodes[i].kind in FLOATING:
            i += 1
        choice = self.starts.get(i)
        return choice is not None and choice.phrase is None

    def _past_mark(self, at: int) -> int:
        """Index after a comma before the choice, or after an aside between two marks; -1."""
        nodes = self.nodes
        if at + 1 in self.starts:
            return at + 1
        follows = nodes[at + 1].kind if at + 1 < len(nodes) else "."
        if nodes[at].kind == "," and follows in ("join", "incl", "except", "rel", "adv", "time"):
            return at + 1
        close = {"(": ")"}.get(nodes[at].kind, nodes[at].kind)
        for i in range(at + 1, min(len(nodes), at + _ASIDE)):
            if nodes[i].kind == close and i > at + 1:
                return i + 1
            if nodes[i].kind in (";", ".", "sub") or i in self.starts:
                return -1
        return -1

    def _past_list(self, at: int) -> int:
        """Index after "along with A, B and others" at `at`."""
        i = at + 1
        while i < len(self.nodes) and self.nodes[i].kind in _LISTS:
            i += 1
        return i

    def _past_body(self, at: int) -> int:
        i = at + 1
        while i < len(self.nodes) and self.nodes[i].kind == "det":
            i += 1
        return i + 1 if i < len(self.nodes) and self.nodes[i].kind == "body" else at

    def _before(self, at: int) -> Held | None:
        """The choice before the list: "those against were A", "in favour: A, B", "13, including A"."""
        nodes, i = self.nodes, at - 1
        way, noun_only = "", False
        while i >= 0 and at - i < _REACH:
            node = nodes[i]
            choice = self.ends.get(i)
            if choice is not None:
                return self._tied(at, choice, way, noun_only=noun_only)
            if node.kind in FLOATING or node.kind in ("det", ",") or node.kind in _HEADS:
                pass
            elif node.kind in _MARKS:
                way = "mark" if node.kind != "dash" or not way else way
            elif node.kind == "incl":
                way = way or "listed"
            elif (node.kind == "aux" and node.value == "be") or node.sense("coming") is not None:
                way = way or "equated"
            elif node.kind == "join":
                way = way or "joined"
            elif node.kind == "prep" and node.value == "of" and i - 1 in self.ends:
                way, noun_only = "of", True
            elif node.kind == "prep" and node.value in ("from", "by") and not noun_only and i + 4 >= at:
                way, noun_only = way or "from", True
            elif node.value == "as" or (node.kind == "actors" and nodes[i + 1].kind == "actors"):
                pass
            elif node.kind in _OBJECT or (node.kind == "prep" and node.value in _INTO):
                pass
            elif way and (start := self._matter(i)) is not None:
                i = start
                continue
            else:
                return None
            i -= 1
        return None

    def _matter(self, at: int) -> int | None:
        """Index of the text whose matter the words that end at `at` say; None where none is."""
        for i in range(at, max(-1, at - _MATTER), -1):
            if self.nodes[i].kind == "text":
                return i
            if self.nodes[i].kind not in ("word", "det", "prep", "name", "actors", "and", "hyphen", "'", "num", "adjective"):
                return None
        return None

    def _tied(self, at: int, choice: Choice, way: str, *, noun_only: bool) -> Held | None:
        if noun_only and choice.phrase is not None:
            return None
        if way:
            return self._held(at, choice, way) if self._is_closed(at) else None
        plain = self.inverted and choice.phrase is not None and not self._has_subject(choice)
        return self._held(at, choice, "inverted") if plain and self._is_closed(at) else None

    def _is_closed(self, at: int) -> bool:
        """Whether the list ends a phrase, and is no subject of what comes after it."""
        return at + 1 >= len(self.nodes) or self.nodes[at + 1].kind in _CLOSED or at + 1 in self.starts

    def _has_subject(self, choice: Choice) -> bool:
        """Whether a voter stands before the choice in its clause."""
        for i in range(choice.first - 1, -1, -1):
            if self.nodes[i].kind in ("actors", "count", "generic", "members", "body"):
                return True
            if self.nodes[i].kind in ("sub", ";", ".", ":"):
                return False
        return False


def _is_group(node: Node) -> bool:
    """Whether the node names a group, as in "the only EU members (that)"."""
    return node.kind == "name" and node.value.kind == "group"


def _add(reading: Reading, sentence: Sentence, held: Held) -> None:
    """Adds the claims of a list, but for states of which the sentence has said a vote already."""
    here = _here(reading)
    said = {draft.actor for draft in here if draft.action in _VOTES}
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
    return matter_of_state(case)
