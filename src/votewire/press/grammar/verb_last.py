"""Claims in a language whose verb comes last: the subject, the text and its side, then the verb.

Hindi marks the subject of a finished action by a postposition: "भारत ने ... प्रस्ताव के पक्ष में वोट
दिया". A clause ends with its verb, so each verb has what stands between the verb before and itself:
its holders, and its side where the verb is only "voted". What a form of a verb tells is its class
(lang/hi/verbs.toml); those that tell nothing, such as a future, are no verbs here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.counting import Count
from votewire.press.grammar.drafts import PERMANENT, SIDE_ACTIONS, Heading, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.holders import add_listed, is_listed
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
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["read_verb_last"]

_FINITE = frozenset(("past", "bare", "passive", "with"))
_ENDS = frozenset(
    ("aux", ",", ".", ";", "and", "sub", "rel", ")", "(", "dash", ":", "incl", "?", "|", '"', "'")
)
_BOUNDARY = frozenset(("sub", "rel", ";", ".", ":", "|"))
_SIDES = {action: side for side, action in SIDE_ACTIONS.items()} | {"backed": "yes", "opposed": "no"}
_MATTER = 10  # nodes between an author and the text
_IN_MATTER = frozenset(("word", "prep", "name", "actors", "adjective", "det", "hyphen", "and", "adv"))
# What a side may stand after: the text, a pronoun for it, or no noun at all.
_BEFORE_SIDE = FLOATING | {"text", "pron", "erg", ",", "and", "count", "num", "dash", ")", "prep"}
_BEFORE_SIDE |= {"ballots", "aux", "sub", "vote", ":", "actors", "members", "rel", "others", "generic"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """A verb with the index where its words begin; rel: of the relative pronoun before them."""

    phrase: VerbPhrase
    start: int
    rel: int | None
    form: str

    @property
    def first(self) -> int:
        return self.phrase.at

    @property
    def end(self) -> int:
        return self.phrase.end


class _Reader:
    """Reads one sentence."""

    def __init__(self, reading: Reading, sentence: Sentence) -> None:
        self.reading, self.sentence, self.nodes = reading, sentence, sentence.nodes
        self.counts: list[SideCount] = []
        self.told: list[Heading] = []
        self.last: Party | None = None

    def read(self) -> list[SideCount]:
        """Adds the claims of the sentence; returns the counts that its verbs give."""
        self._authors()
        self._vetoes()
        for clause in self._clauses():
            if not self.sentence.foreign(clause.first):
                self._clause(clause)
        self._side_lists()
        return self.counts

    def _clauses(self) -> Iterator[_Clause]:
        """The verbs that tell something, each with its words."""
        done = 0
        for phrase in self.sentence.phrases:
            start, rel, supposed = self._bounds(done, phrase.at)
            form = self._form(phrase)
            if form and not supposed and not phrase.denied:
                yield _Clause(phrase=phrase, start=start, rel=rel, form=form)
            if form in _FINITE and form != "with" and phrase.verb.state != "fall":
                done = phrase.end

    def _form(self, phrase: VerbPhrase) -> str:
        """The class of the verb's form; "" for a finite one that another noun follows."""
        forms = self.nodes[phrase.at].value.forms
        form: str = min(forms)
        if form == "with" or form not in (*_FINITE, "pp", "title"):
            return form
        after = self.nodes[phrase.end] if phrase.end < len(self.nodes) else None
        ends = after is None or after.kind in _ENDS or after.kind in FLOATING
        return form if ends or self._goes_on(phrase.end) else ""

    def _goes_on(self, at: int) -> bool:
        """Whether a finite verb ends before `at` though no mark says so: a list or, inverted, its text."""
        inverted = at in self.sentence.entries or self.nodes[at].kind == "actors"
        return self.nodes[at].sense("back") is not None or (inverted and self._is_last(at))

    def _is_last(self, at: int) -> bool:
        """Whether the noun at `at` ends its clause, with its mark or without."""
        rest = [node.kind for node in self.nodes[at + 1 : at + 3] if node.kind != "erg"]
        return not rest or rest[0] in _ENDS

    def _bounds(self, done: int, at: int) -> tuple[int, int | None, bool]:
        """(start of the words of the verb at `at`, its relative pronoun, whether it is supposed).

        A clause without verb goes on after "while": its side waits for the verb.
        """
        start = at
        while start > done:
            node = self.nodes[start - 1]
            if node.kind in _BOUNDARY and not (node.kind == "sub" and self._waits(done, start - 1)):
                break
            start -= 1
        mark = self.nodes[start - 1] if start > done else None
        rel = start - 1 if mark is not None and mark.kind == "rel" else None
        supposed = mark is not None and mark.kind == "sub" and mark.value == "conditional"
        return start, rel, supposed

    def _waits(self, done: int, at: int) -> bool:
        """Whether the words before `at` end with a side whose verb is still to come."""
        i = at - 1
        while i > done and self.nodes[i].kind in (*FLOATING, ","):
            i -= 1
        return i > done and self.nodes[i].kind in ("side", "erg") and bool(self._sides(done, at))

    def _clause(self, clause: _Clause) -> None:
        verb = clause.phrase.verb
        if verb.object == "near" and not (self._is_near() and self._is_from_vote(clause)):
            return
        if verb.decides:
            self._outcome(clause)
        elif verb.state == "drafted":
            self._drafted(clause)
        elif verb.state == "fall":
            self._fallen(clause)
        elif clause.form == "noun":
            self._deed(clause)
        elif verb.state == "side":
            self._sided(clause)
        elif self._fits(clause):
            self._chosen(clause, self._action(clause))

    def _is_near(self) -> bool:
        """Whether the sentence, or those before it, speak of a vote."""
        kinds = self.sentence.kinds
        return bool(kinds & {"vote", "ballots", "text"}) or self.reading.just_voted()

    def _is_from_vote(self, clause: _Clause) -> bool:
        """Whether what somebody kept away from is a vote, where that is named: "मतदान से"."""
        for at in range(clause.first - 1, clause.start, -1):
            if self.nodes[at].kind == "prep" and self.nodes[at].value == "from":
                return self.nodes[at - 1].kind in ("vote", "text", "ballots")
        return True

    def _action(self, clause: _Clause) -> str:
        return clause.phrase.verb.state

    def _fits(self, clause: _Clause) -> bool:
        """Whether the verb has the object that it needs before it."""
        verb, first = clause.phrase.verb, clause.first
        if verb.state == "uncast":
            return False if self._sides(clause.start, first) else self._uncast(clause)
        if verb.id.startswith("stand"):
            return self._takes_side(first)
        if verb.object != "text":
            return True
        return self._owns_text(clause)

    def _uncast(self, clause: _Clause) -> bool:
        self._chosen(clause, "abstained")
        return False

    def _owns_text(self, clause: _Clause) -> bool:
        """Whether "प्रस्ताव का" or "इसका" stands before the verb, or, in a headline, no noun does."""
        i = clause.first - 1
        while i > clause.start and self.nodes[i].kind in FLOATING:
            i -= 1
        if i < 0:
            return False
        node = self.nodes[i]
        if node.kind == "prep" and node.value == "of":
            return i - 1 in self.sentence.entries
        if node.kind == "pron" and node.value == "this":
            return bool(self.sentence.entries) or self.reading.just_voted()
        known = bool(self.sentence.entries or self.told)
        asked = node.kind == "generic" and self.reading.just_voted()
        return asked or (node.kind == "erg" and known)

    # The sides of "voted".

    def _sides(self, start: int, stop: int) -> list[int]:
        """The sides in nodes[start:stop] that a vote may take."""
        return [
            at
            for at in range(start, stop)
            if self.nodes[at].kind == "side" and self._takes_side(at)
        ]

    def _takes_side(self, at: int) -> bool:
        """Whether the side at `at` is that of a vote: of a text, and no attribute of one."""
        after = self.nodes[at + 1].kind if at + 1 < len(self.nodes) else "."
        if after == "text" and self.nodes[at].kind == "side":
            return False
        if at == 0 or self.nodes[at - 1].value != "of" or self.nodes[at - 1].kind != "prep":
            return at == 0 or self.nodes[at - 1].kind in _BEFORE_SIDE
        return self.nodes[at - 2].kind in ("text", "pron", ")")

    def _sided(self, clause: _Clause) -> None:
        """The claims of "voted" with its sides: "A ने पक्ष में और B ने विरोध में वोट दिया"."""
        sides = self._sides(clause.start, clause.first)
        if len(sides) < 2:
            for at in sides:
                self._chosen(clause, SIDE_ACTIONS[str(self.nodes[at].value)], side=at)
            return
        leads = self._party(clause, clause.start, sides[0]) is None
        edges = [clause.start, *(at + 1 for at in sides)]
        for place, at in enumerate(sides):
            start = at + 1 if leads else edges[place]
            stop = at if not leads else (*sides, clause.first)[place + 1]
            party = self._party(clause, start, stop)
            if party is not None:
                action = SIDE_ACTIONS[str(self.nodes[at].value)]
                self._add(clause, party, action)

    # Who chose.

    def _party(self, clause: _Clause, start: int, stop: int) -> Party | None:
        """The subject in nodes[start:stop]: marked, or bare where the verb asks for no mark."""
        marked = marked_party(self.nodes, start, stop)
        if clause.form in ("bare", "head"):
            return bare_party(self.nodes, start, stop) or marked
        return marked

    def _chosen(self, clause: _Clause, action: str, side: int | None = None) -> None:
        """The claims of a verb that says `action` of its holders."""
        if clause.form == "head":
            self._headed(clause, action)
            return
        if clause.form == "passive":
            party = self._agent(clause)
        else:
            party = self._party(clause, clause.start, clause.first)
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

    def _is_inverted(self, clause: _Clause) -> bool:
        """Whether a headline puts the subject last: "वोटिंग से दूर रहा भारत"."""
        at = clause.end
        return at < len(self.nodes) and self.nodes[at].kind == "actors" and self._is_last(at)

    def _is_shared(self, clause: _Clause) -> bool:
        """Whether the clause goes on with the subject of the verb before: "और पक्ष में वोट दिया"."""
        node = self.nodes[clause.start] if clause.start < len(self.nodes) else None
        inner = self.nodes[clause.start : clause.first]
        return node is not None and node.kind in ("and", ",") and not any(
            each.kind in ("actors", "count", "word", "erg") for each in inner
        )

    def _agent(self, clause: _Clause) -> Party | None:
        """The party before "द्वारा"."""
        for at in range(clause.first - 1, clause.start, -1):
            if self.nodes[at].kind == "prep" and self.nodes[at].value == "by":
                return party_before(self.nodes, clause.start, at)
            if self._is_authoring(at):
                return None  # "by A" says who wrote the text
        return None

    def _resolved(self, party: Party | None) -> Party | None:
        """The party that a pronoun stands for."""
        if party is None or not party.pronoun:
            return party
        node = self.nodes[party.first]
        subject, several = self.reading.subject, self.reading.several
        if party.pronoun == "it" and subject is not None and not subject.startswith("@"):
            return Party(party.first, members=(Actor(code=subject, start=node.start, end=node.end),))
        if party.pronoun in ("we", "country") and self.reading.person is not None:
            code = self.reading.person
            return Party(party.first, members=(Actor(code=code, start=node.start, end=node.end),))
        if party.pronoun == "two" and len(several) == 2:
            return Party(party.first, members=several)
        return None

    def _headed(self, clause: _Clause, action: str) -> None:
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
        while i < len(self.nodes) and self.nodes[i].kind in ("count", "members", "num", "det", "adv"):
            i += 1
        rest = self.nodes[i : i + 2]
        sole = any(node.sense("sole") is not None for node in self.nodes[at : at + 3])
        among = [node.kind for node in rest[:1]] == ["prep"] and len(rest) > 1
        return sole or (among and rest[1].sense("coming") is not None)

    def _listed(self, clause: _Clause, action: str, members: Sequence[Actor]) -> None:
        if members:
            self._say([m.code for m in members], action, clause, members[-1].end, members[0].start)

    # What is said.

    def _add(self, clause: _Clause, party: Party, action: str) -> None:
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

    def _say(
        self, codes: Sequence[str], action: str, clause: _Clause, end: int, start: int
    ) -> None:
        verb, nodes = clause.phrase.verb, self.nodes
        if action == "vetoed":
            codes = [code for code in codes if code in PERMANENT]
        start = min(start, nodes[clause.first].start)
        span = start, max(end, nodes[clause.end - 1].end)
        body = "SC" if action == "vetoed" else None
        entry = self._entry(clause.first, body)
        self.reading.add(codes, action, entry, span, f"{verb.id}/verb-last")

    def _count(self, clause: _Clause, at: int, side: str, span: tuple[int, int]) -> None:
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

    def _entry(self, at: int, body: str | None = None) -> Entry:
        """The text before the verb, else the one spoken of, at the time that the clause names."""
        entry = self.sentence.spoken_of(self.reading.discourse, at, body)
        when = self.sentence.when(at)
        return self.reading.discourse.at_time(entry, when) if when is not None else entry

    def _tell(self, clause: _Clause, action: str) -> None:
        """Remembers the choice for a list in the next sentence or line."""
        self.told.append(Heading(action=action, entry=self._entry(clause.first)))

    # Outcomes and authors.

    def _outcome(self, clause: _Clause) -> None:
        """Adds what became of a text: "महासभा ने प्रस्ताव पारित किया", "प्रस्ताव पारित हुआ"."""
        if clause.form in ("noun", "head"):
            return
        verb, at = clause.phrase.verb, self._object(clause)
        party = marked_party(self.nodes, clause.start, clause.first)
        if at is None or (clause.form == "title" and not self._ends_title(clause, at)):
            return
        entry = self.sentence.entries[at] if at >= 0 else self._entry(clause.first)
        outcome = verb.text
        if clause.form in ("past", "with") or (clause.form == "pp" and party is not None):
            if party is None or party.body in (None, "-"):
                return
            outcome = verb.body or verb.text
            if party.body != "UN":
                entry.take_body(party.body)
        elif party is not None and clause.form in ("pp", "title"):
            return
        agent = self._agent(clause)
        if agent is not None and agent.body is None:
            return
        if agent is not None and agent.body not in ("-", "UN"):
            entry.take_body(agent.body)
        self._decide(clause, entry, outcome, party)

    def _decide(self, clause: _Clause, entry: Entry, outcome: str, party: Party | None) -> None:
        nodes = self.nodes
        entry.take_body(self.sentence.clause_body(clause.first))
        first = party.first if party is not None else max(clause.start, clause.first - 4)
        span = nodes[min(first, clause.first)].start, nodes[clause.end - 1].end
        said = {node.sense("manner") for node in nodes[clause.start : clause.first]} - {None, "short"}
        manner = str(said.pop()) if len(said) == 1 and outcome == "adopted" else ""
        when = self.sentence.when(clause.first)
        if when is not None:
            entry = self.reading.discourse.at_time(entry, when)
        rule = f"{clause.phrase.verb.id}/verb-last"
        self.reading.outcome(outcome, entry, span, rule, manner=manner)

    def _object(self, clause: _Clause) -> int | None:
        """Index of the text that the verb is about; -1 for a pronoun, None where there is none."""
        if clause.end in self.sentence.entries and self._goes_on(clause.end):
            return clause.end  # a headline: "पास नहीं हुआ प्रस्ताव"
        for at in range(clause.first - 1, clause.start - 1, -1):
            after = self.nodes[at + 1]
            if at in self.sentence.entries:
                free = after.kind not in ("prep", "erg") or after.value == "to"
                return at if free else None
            if self.nodes[at].kind == "pron" and self.nodes[at].value == "this":
                return -1 if after.kind != "side" and self.reading.just_voted() else None
        return None

    def _ends_title(self, clause: _Clause, at: int) -> bool:
        """Whether the text stands right before a participle alone: "प्रस्ताव पास"."""
        between = self.nodes[at + 1 : clause.first] if at >= 0 else []
        quiet = all(n.kind in (*FLOATING, "count", "num", "prep", "word") for n in between)
        after = self.nodes[clause.end].kind if clause.end < len(self.nodes) else "."
        return quiet and after in (",", ".", "dash", ":", "|", ";", "sub", "and")

    def _drafted(self, clause: _Clause) -> None:
        """Adds who wrote a text: "A ने प्रस्ताव पेश किया", "प्रस्ताव A द्वारा पेश किया गया"."""
        at = self._object(clause) if clause.form in ("past", "passive", "pp", "bare") else None
        passive = clause.form != "past" and self._agent(clause) is not None
        if at is None or at < 0 or clause.first - at > 4 + 3 * passive:
            return
        party = self._agent(clause) or self._party(clause, clause.start, clause.first)
        if party is None or not party.members or self.sentence.entries[at].plural:
            return
        span = party.members[0].start, self.nodes[clause.end - 1].end
        codes = [member.code for member in party.members]
        self.reading.add(codes, "drafted", self.sentence.entries[at], span, "draft/verb-last")

    def _fallen(self, clause: _Clause) -> None:
        """Adds "A का वोट प्रस्ताव के पक्ष में पड़ा"."""
        sides = self._sides(clause.start, clause.first)
        kinds = [node.kind for node in self.nodes]
        for at in range(clause.start + 2, clause.first):
            owned = kinds[at] == "ballots" and kinds[at - 2 : at] == ["actors", "prep"]
            if owned and len(sides) == 1 and sides[0] == clause.first - 1:
                party = Party(at - 2, members=self.nodes[at - 2].value.members)
                self._add(clause, party, SIDE_ACTIONS[str(self.nodes[sides[0]].value)])

    def _deed(self, clause: _Clause) -> None:
        """Adds a deed that a noun names as done: "A के मतदान से दूर रहने पर"."""
        after = self.nodes[clause.end] if clause.end < len(self.nodes) else None
        before = self.nodes[clause.first - 1] if clause.first else None
        action = self._action(clause)
        if after is None or after.sense("fact") is None or action not in (*_SIDES, "vetoed"):
            return
        governed = before is not None and before.kind == "prep" and before.value in ("of", "by")
        if governed and self.nodes[clause.first - 2].kind == "actors":
            self._add(clause, party_before(self.nodes, 0, clause.first - 1), action)
        elif after.sense("fact") == "own":
            party = marked_party(self.nodes, clause.start, clause.first)
            if party is not None:
                self._add(clause, party, action)

    def _vetoes(self) -> None:
        """Adds the veto of "रूस के वीटो के कारण", "अमेरिकी वीटो के बाद"."""
        for at, node in enumerate(self.nodes[:-1]):
            if node.kind != "vetonoun" or self.nodes[at + 1].sense("fact") is None or at == 0:
                continue
            owner = self.nodes[at - 2] if at > 1 and self.nodes[at - 1].value == "of" else None
            owner = owner or self.nodes[at - 1]
            if owner.kind == "actors":
                codes = [m.code for m in owner.value.members if m.code in PERMANENT]
                span = owner.start, node.end
                self.reading.add(codes, "vetoed", self._entry(at, "SC"), span, "veto/noun")

    def _authors(self) -> None:
        """Adds the authors that stand before a text: "A की ओर से पेश प्रस्ताव", "A का प्रस्ताव"."""
        for at, entry in self.sentence.entries.items():
            end = self._author_end(at)
            end = self._far_author(at) if end is None else end
            if end is None or entry.plural:
                continue
            members = self.nodes[end].value.members
            span = members[0].start, self.nodes[at].end
            codes = [member.code for member in members]
            self.reading.add(codes, "drafted", entry, span, "draft/author")

    def _author_end(self, at: int) -> int | None:
        """Index of the states that wrote the text at `at`, where they stand before it."""
        i, told = at - 1, False
        while i > 0 and (self._is_authoring(i) or self.nodes[i].kind in FLOATING):
            i, told = i - 1, True
        node = self.nodes[i] if i > 0 else None
        if node is None or node.kind != "prep" or self.nodes[i - 1].kind != "actors":
            return None
        if node.value == "by":
            return i - 1
        return i - 1 if node.value == "of" and not told and self._is_plain(at) else None

    def _far_author(self, at: int) -> int | None:
        """Index of the author where the text's matter stands between: "A द्वारा पेश ... पर प्रस्ताव"."""
        for i in range(at - 1, max(0, at - _MATTER), -1):
            node = self.nodes[i]
            if node.kind == "prep" and node.value == "by":
                named = self.nodes[i - 1].kind == "actors" and self._is_authoring(i + 1)
                return i - 1 if named else None
            if node.kind not in _IN_MATTER and not self._is_authoring(i):
                return None
        return None

    def _is_authoring(self, at: int) -> bool:
        node = self.nodes[at]
        if node.kind == "verb":
            return any(verb.state == "drafted" for verb in node.value.verbs)
        if node.kind == "text":
            return any(inner.sense("partner") is not None for inner in node.value.members)
        return node.sense("partner") is not None

    def _is_plain(self, at: int) -> bool:
        """Whether no word before the noun makes the text one about the state: "A विरोधी प्रस्ताव"."""
        inner = self.nodes[at].value.members[:-1]
        return all(n.kind not in ("word", "verb") or n.sense("plain") is not None for n in inner)

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
        return []
    reader = _Reader(reading, sentence)
    counts = reader.read()
    reading.told = tuple(reader.told)
    subject = marked_party(sentence.nodes, 0, len(sentence.nodes))
    if subject is not None:
        reading.remember(subject.members)
    lists = [at for at, node in enumerate(sentence.nodes) if node.kind == "actors"]
    if reader.told:
        if not lists and sentence.nodes[-1].kind in (":", "dash"):
            reading.heading = reader.told[-1]
    elif lists and _looks_back(sentence.nodes) and len(told) == 1:
        add_listed(reading, sentence, lists[:1], told[0])
        reading.heading = None
    elif lists and heading is not None and all(is_listed(node) for node in sentence.nodes):
        add_listed(reading, sentence, lists, heading)
    return counts


def _looks_back(nodes: Sequence[Node]) -> bool:
    """Whether the sentence opens as "इनमें A, B शामिल हैं" does."""
    opens = next((node for node in nodes if node.kind not in FLOATING), None)
    back = opens is not None and opens.sense("back") in ("words", "last")
    these = [node.kind for node in nodes[:3]] == ["det", "count", "prep"]
    these = these or [node.kind for node in nodes[:2]] == ["count", "prep"]
    return (back or these) and bool(list_after(nodes, 0, linked=these))
