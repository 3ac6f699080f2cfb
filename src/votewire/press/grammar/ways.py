"""How a list of states stands to the words of a choice: the way from one to the other.

Nothing may lie on the way but what leads along it: asides, adverbs, the object of the choice, a
copula, a colon, a count of those who are named. A state that a preposition governs is on no way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.choices import CLOSED, Choice
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING

__all__ = ["HEADS", "Held", "Ways"]

# Unnamed members of a chamber, of whom a list may name some.
HEADS = frozenset(("count", "num", "none", "members", "others", "generic", "another"))
_REACH = 40
_OBJECT_WORDS = 12
_ASIDE = 60
_MATTER = 25
_NEAR = 4  # nodes between a list and the "from" or "by" before it
_LISTS = HEADS | {"actors", "name", "adjective", "det", "approx", "pron", "body"}
_DESCRIBED = HEADS | {"word", "adjective", "hyphen"}  # "mostly neutralist (countries)"
_RUN = frozenset(("word", "det", "name", "adjective", "hyphen", "'", "num", "actors", "prep"))
_OBJECT_RUN = _RUN | {"verb", "body"}
_MATTER_RUN = _RUN | {"and"}
_OBJECT = frozenset(("text", "pron", "vote", "ballots", "body", "nominal"))
_INTO = frozenset(("in", "on", "of", "for", "against", "at"))
_SOURCES = frozenset(("by", "from", "of"))
_LEADING = _SOURCES | {"with", "as"}
_CLAUSAL = frozenset(("sub", ";", ":", ".", "verb", "dash"))
_LED = frozenset(("join", "incl", "except", "rel", "adv", "time"))
_JOINING = frozenset(("join", "incl", "except"))
_MARKS = frozenset((":", "dash", "("))
_CLOSING = {"(": ")", "dash": "dash", ",": ","}
_VOTERS = frozenset(("actors", "count", "generic", "members", "body"))
_BEFORE_NAMES = frozenset(("det", "adv", "approx"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A list of states and the choice that it is tied to.

    way: how it stands to it: subject, among, joined, mark (after a colon or a dash), listed (after
    "including"), equated ("were"), from, of, inverted.
    """

    at: int
    members: tuple[Actor, ...]
    choice: Choice
    way: str


@dataclass(slots=True, kw_only=True)
class _Walk:
    """A walk from the list at `at`: where it is, and what it has met.

    among: "was among those". joined: "along with". passed: more than adverbs lay on the way.
    closed: the aside that the list itself opens has been left. way, noun: of a walk to the left.
    """

    at: int
    i: int
    among: bool = False
    joined: bool = False
    passed: bool = False
    closed: bool = False
    way: str = ""
    noun: bool = False

    @property
    def steps(self) -> int:
        """How far it has gone."""
        return abs(self.i - self.at)


class Ways:
    """The ways from the lists of one sentence to its choices.

    inverted: whether the language puts a subject after its verb without further ado.
    """

    def __init__(self, sentence: Sentence, choices: Sequence[Choice], *, inverted: bool) -> None:
        self.sentence, self.nodes, self.inverted = sentence, sentence.nodes, inverted
        self.starts = {choice.first: choice for choice in choices}
        self.ends = {choice.end - 1: choice for choice in choices}
        self.copying = {p.first: p.end for p in sentence.phrases if p.verb.copies}

    def of(self, at: int) -> Held | None:
        """The choice of the list at `at`; the one after it before the one before it."""
        governor = self._governor(at)
        if governor is not None and governor not in _LEADING:
            return None
        # "India, which has ties with Moscow, abstained": India did.
        parted = governor == "with" and self._kind(at + 1) == ","
        after = self._after(at) if governor not in _SOURCES and not parted else None
        before = self._before(at)
        if before is not None and before.way in ("mark", "listed"):
            return before
        return after or before

    def _led_by(self, at: int) -> Node | None:
        """The node before the list and its articles."""
        i = at - 1
        while i >= 0 and self.nodes[i].kind in _BEFORE_NAMES:
            i -= 1
        return self.nodes[i] if i >= 0 else None

    def _governor(self, at: int) -> str | None:
        """The preposition that takes the list away from every choice: "to Ukraine"."""
        node = self._led_by(at)
        return str(node.value) if node is not None and node.kind in ("prep", "except") else None

    def _after(self, at: int) -> Held | None:
        """The choice after the list: "A, along with C, abstained", "A was among those who ..."."""
        led = self._led_by(at)
        joined = self.nodes[at].value.joined or at in self.copying.values()
        joined = joined or (led is not None and led.kind == "join")
        passed = joined or (led is not None and led.kind == "incl")
        walk = _Walk(at=at, i=at + 1, joined=joined, passed=passed)
        while walk.i < len(self.nodes) and walk.steps < _REACH:
            choice = self.starts.get(walk.i)
            if choice is not None:
                return self._followed(walk, choice)
            node = self.nodes[walk.i]
            if node.kind == "rel" and node.value == "none":
                return None  # "neither of which"
            walk.passed = walk.passed or node.kind not in FLOATING
            following = self._step_right(walk, node)
            if following is None:
                return None
            walk.i = following
        return None

    def _followed(self, walk: _Walk, choice: Choice) -> Held | None:
        """The list as the subject of the choice after it, where it may be that."""
        way = "among" if walk.among else "joined" if walk.joined else "subject"
        if choice.end < len(self.nodes) and self.nodes[choice.end].kind == ":":
            return None  # it heads a list of its own
        if choice.phrase is not None:
            phrase = self.sentence.phrases[choice.phrase]
            infinitive = phrase.dropped and way == "subject"
            # Next to its subject a verb has it already.
            if phrase.voice != "active" or infinitive or not walk.passed:
                return None
        return self._held(walk.at, choice, way)

    def _held(self, at: int, choice: Choice, way: str) -> Held:
        return Held(at=at, members=self.nodes[at].value.members, choice=choice, way=way)

    def _step_right(self, walk: _Walk, node: Node) -> int | None:
        """Where the walk goes on after the node; None where the way ends."""
        i, kind = walk.i, node.kind
        if kind in FLOATING or kind == "rel" or node.value == "trailing":
            return i + 1
        if kind in _CLOSING or kind == ")":
            return self._past_mark(walk, kind)
        if i in self.copying:
            walk.joined = True
            return self._past_list(self.copying[i] - 1)
        if kind in _JOINING or (kind == "and" and self._kind(i + 1) in HEADS):
            walk.joined = walk.joined or kind == "join"
            return self._past_list(i)
        if kind == "aux" and node.value == "be" and not walk.among:
            return self._past_copula(walk)
        if walk.among and (kind in _LISTS or kind in ("aux", "prep")):
            return i + 1
        return self._past_preposition(walk) if kind == "prep" else None

    def _kind(self, at: int) -> str:
        return self.nodes[at].kind if at < len(self.nodes) else "."

    def _past_copula(self, walk: _Walk) -> int | None:
        """Index after "was" in "was among those who", "was absent"."""
        if self._is_among(walk.i):
            walk.among = True
            return walk.i + 1
        return walk.i + 1 if self._is_side_after(walk.i) else None

    def _past_preposition(self, walk: _Walk) -> int | None:
        """Index after "in" of "joined A in opposing", after "in the Council"."""
        if walk.joined and walk.i + 1 in self.starts:
            return walk.i + 1
        i = walk.i + 1
        while self._kind(i) == "det":
            i += 1
        in_body = self.nodes[walk.i].value == "in" and self._kind(i) == "body"
        return i + 1 if in_body else None

    def _is_among(self, at: int) -> bool:
        """Whether "(was) among the 14", "(were) the only countries" stands after `at`."""
        near = self.nodes[at + 1 : at + 5]
        rest = [n for n in near if n.kind not in FLOATING and n.kind != "det"]
        if not any(_is_head(node) for node in rest):
            return False
        return _is_head(rest[0]) or rest[0].kind == "prep" or rest[0].sense("sole") is not None

    def _is_side_after(self, at: int) -> bool:
        """Whether "(were) absent", "(was) against" stands after the copula at `at`."""
        i = at + 1
        while self._kind(i) in FLOATING:
            i += 1
        choice = self.starts.get(i)
        return choice is not None and choice.phrase is None

    def _past_mark(self, walk: _Walk, mark: str) -> int | None:
        """Index after a comma before the choice, or after an aside between two marks."""
        at, nodes = walk.i, self.nodes
        led = self._led_by_mark(walk.at)
        if not walk.closed and mark == _CLOSING.get(led, "none"):
            walk.closed = True  # the mark closes the aside in which the list stands
            return at + 1
        if mark == ")":
            return None
        if at + 1 in self.starts:
            return at + 1
        if mark == ",":
            start = self._past_asides(at)
            if start is not None or self._kind(at + 1) in _LED:
                return at + 1 if start is None else start
        for i in range(at + 2, min(len(nodes), at + _ASIDE)):
            if nodes[i].kind == _CLOSING[mark]:
                return i + 1
            if nodes[i].kind in (";", ".", "sub") or i in self.starts:
                return None
        return None

    def _led_by_mark(self, at: int) -> str:
        """The mark before the list, articles and "including" aside."""
        i = at - 1
        while i >= 0 and self.nodes[i].kind in _BEFORE_NAMES | {"incl"}:
            i -= 1
        return self.nodes[i].kind if i > 0 else ""

    def _past_asides(self, at: int) -> int | None:
        """Index of the choice after asides: "Mali, led by X, once a partner, (voted)"."""
        within = range(at + 1, min(len(self.nodes), at + _ASIDE))
        start = next((i for i in within if i in self.starts), None)
        if start is None:
            return None
        last = start - 1
        while last > at and self.nodes[last].kind in FLOATING:
            last -= 1
        between = self.nodes[at + 1 : last]
        if last == at or self.nodes[last].kind != "," or any(n.kind in _CLAUSAL for n in between):
            return None
        acting = (i for i in range(at + 1, last) if self.nodes[i].kind == "actors")
        return None if any(self._governor(i) is None for i in acting) else start

    def _past_list(self, at: int) -> int:
        """Index after "along with A, B and others" at `at`."""
        i = at + 1
        while self._kind(i) in _LISTS:
            i += 1
        return i

    def _before(self, at: int) -> Held | None:
        """The choice before the list: "those against were A", "in favour: A", "13, including A"."""
        walk = _Walk(at=at, i=at - 1)
        while walk.i >= 0 and walk.steps < _REACH:
            choice = self.ends.get(walk.i)
            if choice is not None:
                return self._tied(walk, choice)
            following = self._step_left(walk, self.nodes[walk.i])
            if following is None:
                return None
            walk.i = following
        return None

    def _tied(self, walk: _Walk, choice: Choice) -> Held | None:
        """The list as what the choice before it is of, where it may be that."""
        if (walk.noun and choice.phrase is not None) or not self._is_closed(walk.at):
            return None
        if walk.way:
            return self._held(walk.at, choice, walk.way)
        plain = self.inverted and choice.phrase is not None and not self._has_subject(choice)
        return self._held(walk.at, choice, "inverted") if plain else None

    def _step_left(self, walk: _Walk, node: Node) -> int | None:
        """Where the walk goes on before the node; None where the way ends."""
        i, kind = walk.i, node.kind
        if i + 1 in self.copying.values():
            walk.way = walk.way or "joined"
            return next(start for start, end in self.copying.items() if end == i + 1) - 1
        if kind == ")":
            return self._before_bracket(i)
        if self._leads(walk, node) or self._is_passed(walk, node):
            return i - 1
        return self._before_object(i) if walk.way else None

    def _leads(self, walk: _Walk, node: Node) -> bool:
        """Whether the node says how the list stands to its choice; notes that."""
        kind = node.kind
        if kind in _MARKS:
            walk.way = walk.way if kind == "dash" and walk.way else "mark"
        elif kind == "incl":
            walk.way = walk.way or "listed"
        elif (kind == "aux" and node.value == "be") or node.sense("coming") is not None:
            walk.way = walk.way or "equated"
        elif kind == "join":
            walk.way = walk.way or "joined"
        elif kind == "prep" and node.value == "of" and self._takes_of(walk.i - 1):
            walk.way, walk.noun = "of", True
        elif kind == "prep" and node.value in ("from", "by") and not walk.noun:
            walk.way, walk.noun = walk.way or "from", True
            return walk.steps <= _NEAR
        else:
            return False
        return True

    def _is_passed(self, walk: _Walk, node: Node) -> bool:
        """Whether the node may stand between a list and its choice and says nothing of it."""
        kind, after = node.kind, self.nodes[walk.i + 1].kind
        if kind in FLOATING or kind in HEADS or kind in ("det", ",") or node.value == "as":
            return True
        if kind in _OBJECT or (kind == "prep" and node.value in _INTO):
            return True
        if kind in ("word", "adjective", "hyphen"):
            return after in _DESCRIBED
        return kind == "actors" and (walk.way == "joined" or after == "actors")

    def _takes_of(self, at: int) -> bool:
        """Whether the noun of a choice at `at` has its holders after "of": "the abstention of A".

        What is against or in favour of a state is no vote of it.
        """
        choice = self.ends.get(at)
        if choice is None or choice.phrase is not None:
            return False
        noun = self.nodes[at].sense("cast") is not None  # "el voto en contra de A"
        return noun or choice.action in ("abstained", "absent", "backed", "opposed")

    def _before_bracket(self, at: int) -> int | None:
        """Index before the bracket that the one at `at` closes."""
        within = range(at - 1, max(-1, at - _ASIDE), -1)
        return next((i - 1 for i in within if self.nodes[i].kind == "("), None)

    def _before_object(self, at: int) -> int | None:
        """Index of the text or choice of which the words that end at `at` say more.

        "(the text) on glorifying Nazism", "(voted for) suspending Russia".
        """
        for i in range(at, max(-1, at - _MATTER), -1):
            if self.nodes[i].kind == "text":
                return i
            if self.nodes[i].kind not in _MATTER_RUN:
                break
        for i in range(at, max(-1, at - _OBJECT_WORDS), -1):
            if i in self.ends:
                return i
            if self.nodes[i].kind not in _OBJECT_RUN:
                break
        return None

    def _is_closed(self, at: int) -> bool:
        """Whether the list ends a phrase, and is no subject of what comes after it."""
        after = self.nodes[at + 1] if at + 1 < len(self.nodes) else None
        if after is None or after.kind in CLOSED or at + 1 in self.starts:
            return True
        return after.kind in FLOATING or (after.kind == "prep" and after.value != "of")

    def _has_subject(self, choice: Choice) -> bool:
        """Whether a voter stands before the choice in its clause."""
        for at in range(choice.first - 1, -1, -1):
            kind = self.nodes[at].kind
            if kind in ("sub", ";", ".", ":"):
                return False
            # "En la Asamblea General se abstuvieron A y B": where, and not who.
            if kind in _VOTERS and (kind != "body" or self._governor(at) is None):
                return True
        return False


def _is_head(node: Node) -> bool:
    """Whether the node stands for members, or a group: "the only EU members (that)"."""
    return node.kind in HEADS or (node.kind == "name" and node.value.kind == "group")
