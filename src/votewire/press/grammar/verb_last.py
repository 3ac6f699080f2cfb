"""Claims in a language whose verb comes last: the subject, the text and its side, then the verb.

Hindi marks the subject of a finished action by a postposition: "भारत ने ... प्रस्ताव के पक्ष में वोट
दिया". A clause ends with its verb, so each verb has what stands between the verb before and itself:
its holders, and its side where the verb is only "voted". What a form of a verb tells is its class
(lang/hi/verbs.toml); those that tell nothing, such as a future, are no verbs here.
"""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.counting import Count
from votewire.press.grammar.drafts import PERMANENT, SIDE_ACTIONS, Heading, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.holders import add_listed, is_listed
from votewire.press.grammar.last_clauses import (
    Clause,
    agent_of,
    clauses_of,
    is_last,
    party_of,
    sides_in,
    takes_side,
)
from votewire.press.grammar.last_texts import (
    add_authors,
    add_drafters,
    add_outcome,
    add_supporters,
    add_vetoes,
    entry_at,
)
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.parties import (
    Party,
    antecedent,
    bare_party,
    list_after,
    marked_party,
    party_before,
)
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.tallies import SideCount

__all__ = ["read_verb_last"]

_TWO = 2
_EQUATED = frozenset(("count", "members", "num", "det", "adv"))
_UNSHARED = frozenset(("actors", "count", "word", "erg"))
_SIDES = {action: side for side, action in SIDE_ACTIONS.items()}
_SIDES |= {"backed": "yes", "opposed": "no"}


class _Reader:
    """Reads one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading, self.sentence, self.nodes = reading, sentence, sentence.nodes
        self.counts: list[SideCount] = []
        self.told: list[Heading] = []
        self.last: Party | None = None

    def read(self) -> list[SideCount]:
        """Adds the claims of the sentence; returns the counts that its verbs give."""
        add_authors(self.reading, self.sentence)
        add_vetoes(self.reading, self.sentence)
        add_supporters(self.reading, self.sentence)
        for clause in clauses_of(self.sentence):
            if not self.sentence.foreign(clause.first):
                self._clause(clause)
        self._side_lists()
        return self.counts

    def _clause(self, clause: Clause) -> None:
        verb = clause.phrase.verb
        if verb.object == "near" and not (self._is_near() and self._is_from_vote(clause)):
            return
        if verb.decides:
            add_outcome(self.reading, self.sentence, clause)
            self._adopters(clause)
        elif verb.state == "drafted":
            add_drafters(self.reading, self.sentence, clause)
        elif verb.state == "fall":
            self._fallen(clause)
        elif clause.form == "noun":
            self._deed(clause)
        elif verb.state == "side":
            self._sided(clause)
        elif self._fits(clause):
            self._chosen(clause, clause.phrase.verb.state)

    def _adopters(self, clause: Clause) -> None:
        """The count of "26 सदस्यों ने प्रस्ताव को मंजूरी दी"."""
        party = marked_party(self.nodes, clause.start, clause.first)
        if party is None or party.count is None or clause.form != "past":
            return
        if self.nodes[clause.first - 1].kind in ("prep", "text") and self.sentence.entries:
            side = "yes" if clause.phrase.verb.body == "adopted" else "no"
            span = self.nodes[party.first].start, self.nodes[clause.end - 1].end
            self._count(clause, party.count, side, span)

    def _is_near(self) -> bool:
        """Whether the sentence, or those before it, speak of a vote."""
        kinds = self.sentence.kinds
        return bool(kinds & {"vote", "ballots", "text"}) or self.reading.just_voted()

    def _is_from_vote(self, clause: Clause) -> bool:
        """Whether what somebody kept away from is a vote, where that is named: "मतदान से"."""
        for at in range(clause.first - 1, clause.start, -1):
            if self.nodes[at].kind == "prep" and self.nodes[at].value == "from":
                return self.nodes[at - 1].kind in ("vote", "text", "ballots")
        return True

    def _fits(self, clause: Clause) -> bool:
        """Whether the verb has the object that it needs before it."""
        verb, first = clause.phrase.verb, clause.first
        if verb.object == "unsided":  # "did not vote for it" is no choice
            return not sides_in(self.nodes, clause.start, first)
        if verb.object == "sided":
            return self._is_near() and takes_side(self.nodes, first)
        if verb.object != "text":
            return True
        return self._owns_text(clause)

    def _owns_text(self, clause: Clause) -> bool:
        """Whether "प्रस्ताव का" or "इसका" stands before the verb, or, in a headline, no noun does."""
        if clause.first == clause.start:
            return self.reading.just_voted()
        i = clause.first - 1
        while i > clause.start and self.nodes[i].kind in (*FLOATING, "det"):
            i -= 1
        node = self.nodes[i]
        if node.kind == "prep" and node.value == "of":
            return i - 1 in self.sentence.entries
        if node.kind == "pron" and node.value == "this":
            return bool(self.sentence.entries) or self.reading.just_voted()
        known = bool(self.sentence.entries or self.told or "vote" in self.sentence.kinds)
        asked = node.kind == "generic" and self.reading.just_voted()
        return asked or (node.kind == "erg" and known)

    # The sides of "voted".

    def _sided(self, clause: Clause) -> None:
        """The claims of "voted" with its sides: "A ने पक्ष में और B ने विरोध में वोट दिया"."""
        loose = self.sentence.names_body() or self.reading.just_voted()
        sides = sides_in(self.nodes, clause.start, clause.first, loose=loose)
        if len(sides) < 2:
            for at in sides:
                self._chosen(clause, SIDE_ACTIONS[str(self.nodes[at].value)])
            return
        leads = party_of(self.nodes, clause, clause.start, sides[0]) is None
        edges = [clause.start, *(at + 1 for at in sides)]
        for place, at in enumerate(sides):
            start = at + 1 if leads else edges[place]
            stop = at if not leads else (*sides, clause.first)[place + 1]
            party = party_of(self.nodes, clause, start, stop) or bare_party(self.nodes, start, stop)
            if party is not None:
                action = SIDE_ACTIONS[str(self.nodes[at].value)]
                self._add(clause, party, action)

    # Who chose.

    def _chosen(self, clause: Clause, action: str) -> None:
        """The claims of a verb that says `action` of its holders."""
        if clause.form == "head":
            self._headed(clause, action)
            return
        if clause.form == "passive":
            party = agent_of(self.nodes, clause)
        else:
            party = party_of(self.nodes, clause, clause.start, clause.first)
        if party is None and clause.rel is not None and self.nodes[clause.rel].value == "subject":
            party = antecedent(self.nodes, 0, clause.rel)
        elif party is None and self._is_inverted(clause):
            party = Party(clause.end, members=self.nodes[clause.end].value.members)
        elif party is None and self._is_shared(clause):
            party = self.last
        party = self._resolved(party)
        if party is not None and clause.phrase.verb.object == "near" and self._is_person(party):
            return  # a minister who was not there
        if party is not None:
            self._add(clause, party, action)
        if party is None or not party.members:
            self._listed(clause, action, list_after(self.nodes, clause.end))
        self._tell(clause, action)

    def _is_person(self, party: Party) -> bool:
        node = self.nodes[party.first] if party.first < len(self.nodes) else None
        return node is not None and node.kind == "actors" and bool(node.value.person)

    def _is_inverted(self, clause: Clause) -> bool:
        """Whether a headline puts the subject last: "वोटिंग से दूर रहा भारत"."""
        at = clause.end
        return at < len(self.nodes) and self.nodes[at].kind == "actors" and is_last(self.nodes, at)

    def _is_shared(self, clause: Clause) -> bool:
        """Whether the clause goes on with the subject of the verb before: "और पक्ष में वोट दिया"."""
        node = self.nodes[clause.start] if clause.start < len(self.nodes) else None
        inner = self.nodes[clause.start : clause.first]
        opens = node is not None and node.kind in ("and", ",")
        return opens and all(each.kind not in _UNSHARED for each in inner)

    def _resolved(self, party: Party | None) -> Party | None:
        """The party that a pronoun stands for."""
        if party is None or not party.pronoun:
            return party
        node = self.nodes[party.first]
        subject, several = self.reading.subject, self.reading.several
        if party.pronoun == "two":
            members = self._pair(party.first) or several
            return Party(party.first, members=members) if len(members) == _TWO else None
        code = self.reading.person if party.pronoun in ("we", "country") else subject
        if code is None or code.startswith("@") or party.pronoun == "they":
            return None
        return Party(party.first, members=(Actor(code=code, start=node.start, end=node.end),))

    def _pair(self, at: int) -> tuple[Actor, ...]:
        """The list of states that the sentence names last before "both" at `at`."""
        for node in reversed(self.nodes[:at]):
            if node.kind == "actors":
                members: tuple[Actor, ...] = node.value.members
                return members
        return ()

    def _headed(self, clause: Clause, action: str) -> None:
        """The claims of "वोट देने वालों में A शामिल हैं", "A वोट देने वाला एकमात्र देश था"."""
        after = self.nodes[clause.end : clause.end + 1]
        members = list_after(self.nodes, clause.end, linked=True)
        if after and after[0].kind == "count" and action in _SIDES:
            span = self.nodes[clause.first].start, after[0].end
            self._count(clause, clause.end, _SIDES[action], span)
        if members and after and (after[0].kind != "actors" or self._is_equated(clause.end + 1)):
            self._listed(clause, action, members)
        elif self._is_equated(clause.end):
            party = bare_party(self.nodes, clause.start, clause.first)
            if party is not None:
                self._add(clause, party, action)
        self._tell(clause, action)

    def _is_equated(self, at: int) -> bool:
        """Whether "(18) देशों में शामिल", "एकमात्र देश था" stands at `at`."""
        i = at
        while i < len(self.nodes) and self.nodes[i].kind in _EQUATED:
            i += 1
        rest = self.nodes[i : i + 2]
        sole = any(node.sense("sole") is not None for node in self.nodes[at : at + 3])
        among = [node.kind for node in rest[:1]] == ["prep"] and len(rest) > 1
        return sole or (among and rest[1].sense("coming") is not None)

    def _listed(self, clause: Clause, action: str, members: Sequence[Actor]) -> None:
        if members:
            self._say([m.code for m in members], action, clause, members[-1].end, members[0].start)

    # What is said.

    def _entry(self, at: int, body: str | None = None) -> Entry:
        return entry_at(self.reading, self.sentence, at, body)

    def _add(self, clause: Clause, party: Party, action: str) -> None:
        """Adds what the party chose: of states claims, of a number a count."""
        self.last = party if party.members else self.last
        end, start = self.nodes[clause.end - 1].end, self.nodes[party.first].start
        if party.members:
            start = min(start, party.members[0].start)
            self._say([m.code for m in party.members], action, clause, end, start)
        if party.body not in (None, "-") and action == "voted_yes":
            entry = self._entry(clause.first)
            entry.take_body(party.body)
            self.reading.outcome("adopted", entry, (start, end), f"{clause.phrase.verb.id}/body")
        again = clause.rel is not None and self.nodes[clause.rel].value == "members"
        if party.count is not None and action in _SIDES and not again:
            self._count(clause, party.count, _SIDES[action], (start, end))

    def _say(self, codes: Sequence[str], action: str, clause: Clause, end: int, start: int) -> None:
        verb, nodes = clause.phrase.verb, self.nodes
        if action == "vetoed":
            codes = [code for code in codes if code in PERMANENT]
        start = min(start, nodes[clause.first].start)
        span = start, max(end, nodes[clause.end - 1].end)
        body = "SC" if action == "vetoed" else None
        entry = self._entry(clause.first, body)
        self.reading.add(codes, action, entry, span, f"{verb.id}/verb-last")

    def _count(self, clause: Clause, at: int, side: str, span: tuple[int, int]) -> None:
        """Keeps the number of the members that chose a side."""
        node = self.nodes[at]
        if node.kind == "count":
            count: Count = node.value
            if count.unit != "members":
                return
            number = count.number if count.exact else None
        else:
            number = int(node.value)
        entry = self._entry(clause.first)
        entry.voted = True
        self.counts.append(
            SideCount(side=side, number=number, start=span[0], end=span[1], entry=entry)
        )

    def _tell(self, clause: Clause, action: str) -> None:
        """Remembers the choice for a list in the next sentence or line."""
        self.told.append(Heading(action=action, entry=self._entry(clause.first)))

    # Outcomes and authors.

    def _fallen(self, clause: Clause) -> None:
        """Adds "A का वोट प्रस्ताव के पक्ष में पड़ा"."""
        sides = sides_in(self.nodes, clause.start, clause.first)
        kinds = [node.kind for node in self.nodes]
        for at in range(clause.start + 2, clause.first):
            owned = kinds[at] == "ballots" and kinds[at - 2 : at] == ["actors", "prep"]
            if owned and len(sides) == 1 and sides[0] == clause.first - 1:
                party = Party(at - 2, members=self.nodes[at - 2].value.members)
                self._add(clause, party, SIDE_ACTIONS[str(self.nodes[sides[0]].value)])

    def _deed(self, clause: Clause) -> None:
        """Adds a deed that a noun names as done: "A के मतदान से दूर रहने पर"."""
        after = self.nodes[clause.end] if clause.end < len(self.nodes) else None
        before = self.nodes[clause.first - 1] if clause.first else None
        action = clause.phrase.verb.state
        if after is None or after.sense("fact") is None or action not in (*_SIDES, "vetoed"):
            return
        governed = before is not None and before.kind == "prep" and before.value in ("of", "by")
        if governed and self.nodes[clause.first - 2].kind == "actors":
            self._add(clause, party_before(self.nodes, 0, clause.first - 1), action)
        elif after.sense("fact") == "own":
            party = marked_party(self.nodes, clause.start, clause.first)
            if party is not None:
                self._add(clause, party, action)

    # Lists beside sides, and those that look back.

    def _side_lists(self) -> None:
        """Adds "पक्ष में- A, B; अनुपस्थित- C"."""
        for at, node in enumerate(self.nodes[:-2]):
            side = node.sense("side")
            if side not in SIDE_ACTIONS or any(p.at <= at < p.end for p in self.sentence.phrases):
                continue
            i = at + 1
            while self.nodes[i].kind in ("ballots", "vote", "members") and i < len(self.nodes) - 2:
                i += 1
            if self.nodes[i].kind in (":", "dash") and self.nodes[i + 1].kind == "actors":
                members = self.nodes[i + 1].value.members
                codes = [member.code for member in members]
                span = node.start, members[-1].end
                self.reading.add(codes, SIDE_ACTIONS[side], self._entry(at), span, "side/list")


def read_verb_last(reading: Reading, sentence: Sentence) -> list[SideCount]:
    """Adds the claims of the sentence to `reading`; returns the counts that verbs give."""
    heading, told = reading.heading, reading.told
    reading.heading, reading.told = None, ()
    if sentence.question:
        reading.heading = _asked(reading, sentence)
        return []
    reader = _Reader(reading, sentence)
    counts = reader.read()
    reading.told = tuple(reader.told)
    subject = marked_party(sentence.nodes, 0, len(sentence.nodes))
    if subject is not None:
        reading.remember(subject.members)
    lists = [at for at, node in enumerate(sentence.nodes) if node.kind == "actors"]
    if reader.told:
        reading.heading = reader.told[0] if not lists and len(reader.told) == 1 else None
    elif lists and _looks_back(sentence.nodes) and len(told) == 1:
        add_listed(reading, sentence, lists[:1], told[0])
        reading.heading = None
    elif lists and heading is not None and all(is_listed(node) for node in sentence.nodes):
        add_listed(reading, sentence, lists, heading)
    return counts


def _asked(reading: Reading, sentence: Sentence) -> Heading | None:
    """What a question asks for, where names alone may answer it: "किन देशों ने विरोध किया?"."""
    if "generic" not in sentence.kinds or "actors" in {node.kind for node in sentence.nodes}:
        return None
    for clause in clauses_of(sentence):
        sides = sides_in(sentence.nodes, clause.start, clause.first)
        named = [SIDE_ACTIONS[str(sentence.nodes[at].value)] for at in sides]
        action = named[0] if len(named) == 1 else clause.phrase.verb.state
        if action in _SIDES:
            return Heading(action=action, entry=entry_at(reading, sentence, clause.first))
    return None


def _looks_back(nodes: Sequence[Node]) -> bool:
    """Whether the sentence opens as "इनमें A, B शामिल हैं" does."""
    opens = next((node for node in nodes if node.kind not in FLOATING), None)
    back = opens is not None and opens.sense("back") in ("words", "last")
    these = [node.kind for node in nodes[:3]] == ["det", "count", "prep"]
    these = these or [node.kind for node in nodes[:2]] == ["count", "prep"]
    return (back or these) and bool(list_after(nodes, 0, linked=these))
