"""One sentence, parsed: its nodes, its verbs of voting, and the text that each place speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from votewire.press.dates import DayMention
from votewire.press.grammar.actors import group_actors
from votewire.press.grammar.clauses import clause_bounds
from votewire.press.grammar.discourse import Discourse, Hints
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.lexicon import Lexicon
from votewire.press.grammar.nodes import Node, Overlay, row
from votewire.press.grammar.settling import settle
from votewire.press.grammar.subjects import clause_subject
from votewire.press.grammar.texts import (
    TextPhrase,
    group_texts,
    matter,
    matter_before,
    subject_nodes,
    writers,
)
from votewire.press.grammar.verbs import VerbPhrase, verb_phrases

__all__ = ["Bodies", "Place", "Sentence", "meet_texts", "parse"]

_UNSAID = frozenset((None, "UN"))
_LOOK_BACK = 150  # nodes; a longer sentence is a list, and time must stay linear
_MENTION = 16  # nodes between a text and another that its subject names
_GOVERNING = frozenset(("of", "by", "with", "from", "other", "in", "to"))
_NEVER_TAKES = frozenset((",", "and", "sub", "rel", ":", ";", "dash", "time", '"', "(", "'"))
_OPENING = 14  # nodes before the main clause that may hold its day


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a sentence stands: the role of its block, and its number and the block's."""

    role: str
    block: int
    sentence: int


class Bodies:
    """The bodies an article names, so that "the Council" is the one it named last.

    named: their codes in order. seen: a body of the UN is named at all, were it "the UN" itself.
    """

    def __init__(self, weak: Mapping[str, tuple[str, ...]]) -> None:
        self._weak = weak
        self.named: list[str] = []
        self.seen = False

    def settle(self, nodes: Iterable[Node]) -> None:
        """Gives each body node its code; one that stays open becomes None."""
        for node in nodes:
            if node.kind != "body":
                continue
            code = str(node.value)
            self.seen = self.seen or (code[0] != "?" and code != "-")
            if code.startswith("?"):
                node.value = self._weakly(code)
            elif code not in ("-", "UN"):
                self.named.append(code)

    def _weakly(self, name: str) -> str | None:
        able = self._weak.get(name, ())
        for code in reversed(self.named):
            if code in able:
                return code
        return able[-1] if "" in able else None

    @property
    def only(self) -> str | None:
        """The one body that the article names, None where it names several or none."""
        distinct = set(self.named)
        return distinct.pop() if len(distinct) == 1 else None


@dataclass(slots=True, kw_only=True)
class Sentence:
    """nodes: the grouped row. phrases: the verbs of voting. entries: node index -> its text.

    kinds: the kinds and senses that occur, so that a rule without its words is not tried.
    question: it ends with a question mark, so that it states nothing. subjects: the nodes that say
    what a text is about; a body that one of them names did not vote on it. verb_last: the language
    puts the verb last, and what governs a noun after it.
    """

    nodes: list[Node]
    phrases: list[VerbPhrase]
    kinds: set[str]
    place: Place
    question: bool = False
    entries: dict[int, Entry] = field(default_factory=dict)
    subjects: frozenset[int] = frozenset()
    verb_last: bool = False

    def clause_body(self, at: int) -> str | None:
        """The body that the clause around node `at` names: before it, else after it."""
        start, end = clause_bounds(self.nodes, at)
        return self._first_body((*range(at - 1, start - 1, -1), *range(at, end)))

    def body(self, at: int) -> str | None:
        """The body of the clause, else the nearest one that the sentence names before `at`."""
        return self.clause_body(at) or self._first_body(range(at - 1, max(-1, at - _LOOK_BACK), -1))

    def _first_body(self, places: Iterable[int]) -> str | None:
        if "body" not in self.kinds:
            return None
        found = (_body_of(self.nodes[i]) for i in places if self._may_vote(i))
        return next((body for body in found if body is not None), None)

    def _may_vote(self, at: int) -> bool:
        """Whether a body named at `at` may be the one that voted.

        It is not where it is what something was done to ("asked the Council", "expelled from it"),
        nor in words that say what a text is about.
        """
        if at in self.subjects:
            return False
        if self.verb_last:
            return not self._is_governed(at)
        i = at - 1
        while i >= 0 and self.nodes[i].kind in ("det", "another", "adv", "approx"):
            i -= 1
        node = self.nodes[i] if i >= 0 else None
        if node is None or node.kind in _NEVER_TAKES or self._modifies(at) or self._goes_on(at):
            return True
        if node.kind == "prep":
            return node.value not in ("from", "on", "against", "to", "between")
        return node.kind not in ("word", "verb") and node.value != "to"

    def _goes_on(self, at: int) -> bool:
        """Whether a clause about the body follows: "took it to the Council, where it passed"."""
        return [n.kind for n in self.nodes[at + 1 : at + 3]] in ([",", "sub"], [",", "rel"])

    def _is_governed(self, at: int) -> bool:
        """Whether a postposition after the body at `at` says that something is done to it."""
        after = self.nodes[at + 1] if at + 1 < len(self.nodes) else None
        if after is None or after.kind != "prep":
            return False
        further = self.nodes[at + 2].kind if at + 2 < len(self.nodes) else "."
        of_side = after.value == "of" and further == "side"
        return of_side or after.value not in ("in", "of", "by", "with")

    def _modifies(self, at: int) -> bool:
        """Whether "Council (members)", "Assembly (vote)" stands at `at`."""
        after = self.nodes[at + 1] if at + 1 < len(self.nodes) else None
        return after is not None and after.kind in (
            "text",
            "vote",
            "ballots",
            "members",
            "word",
            "'",
        )

    def topic(self) -> str | None:
        """The body that the sentence is about: its subject, else the only one that it names."""
        if "body" not in self.kinds:
            return None
        subject = clause_subject(self.nodes, 0, len(self.nodes))
        if subject.kind == "body" and subject.body not in (None, "-", "UN"):
            return subject.body
        named = {
            found
            for at, node in enumerate(self.nodes)
            if (found := _body_of(node)) not in _UNSAID and self._may_vote(at)
        }
        return named.pop() if len(named) == 1 and not self.entries else None

    def when(self, at: int) -> DayMention | None:
        """The day or stretch of days that the clause around node `at` names, the nearest one."""
        if "time" not in self.kinds:
            return None
        start, end = clause_bounds(self.nodes, at)
        times = [i for i in range(start, end) if self._is_of_vote(i)]
        times = times or self._opening_time(start)
        if not times:
            return None
        found: DayMention = self.nodes[min(times, key=lambda i: abs(i - at))].value
        return found

    def _is_of_vote(self, at: int) -> bool:
        """Whether a day stands at `at` that is no part of a subject: "on the judgment of 3 May"."""
        if self.nodes[at].kind != "time":
            return False
        return at not in self.subjects or self.nodes[at - 1].value != "of"

    def _opening_time(self, start: int) -> list[int]:
        """The day before the first verb, for its clause: "on Monday, after hours of debate,"."""
        if not self.phrases or self.phrases[0].first < start:
            return []
        before = self.nodes[: min(start, _OPENING)]
        if [node.kind for node in before] == ["time", ":"]:
            return [0]  # an entry of a chronicle
        if any(node.kind in ("verb", "aux", ".", ";", ":", "rel") for node in before):
            return []
        return [i for i, node in enumerate(before) if node.kind == "time"]

    def day_of_text(self, entry: Entry) -> DayMention | None:
        """The day of "the text of 23 February 2023", where that names the entry."""
        for at in (at for at, each in self.entries.items() if each is entry):
            after = [node for node in self.nodes[at + 1 : at + 3] if node.value != "of"]
            if after and after[0].kind == "time" and after[0].value.day is not None:
                found: DayMention = after[0].value
                return found
        return None

    def day_of_vote(self) -> DayMention | None:
        """The day of "Thursday's vote", "the vote on Thursday"; None where it is not said so."""
        if "time" not in self.kinds or not self.kinds & {"vote", "ballots"}:
            return None
        for i, node in enumerate(self.nodes):
            if node.kind != "time" or node.value.day is None:
                continue
            after = [n for n in self.nodes[i + 1 : i + 5] if n.kind not in ("'", "body", "det")]
            owned = any(n.kind == "'" for n in self.nodes[i + 1 : i + 2])
            after = after[1:] if owned and after and after[0].low == "s" else after
            if (owned and after and _is_vote(after[0])) or (i and _is_vote(self.nodes[i - 1])):
                found: DayMention = node.value
                return found
        return None

    def era(self, at: int) -> str | None:
        """past or present where the clause says so in words ("in previous years", "this time")."""
        if "when" not in self.kinds:
            return None
        start, end = clause_bounds(self.nodes, at)
        eras = (str(node.value) for node in self.nodes[start:end] if node.kind == "when")
        return next(eras, None)

    def foreign(self, at: int) -> bool:
        """Whether a parliament or another body that is no UN body stands in the clause."""
        if "body" not in self.kinds:
            return False
        start, end = clause_bounds(self.nodes, at)
        return any(
            self.nodes[i].kind == "body"
            and self.nodes[i].value == "-"
            and self._may_vote(i)
            and not (i and self.nodes[i - 1 - (self.nodes[i - 1].kind == "det")].value == "of")
            for i in range(start, end)
        )

    def supposed(self, at: int) -> str:
        """rule or forecast where the clause says before node `at` that it tells one, else ""."""
        if "supposed" not in self.kinds:
            return ""
        start, _ = clause_bounds(self.nodes, at)
        said = (str(node.sense("supposed") or "") for node in self.nodes[start:at])
        return next(filter(None, said), "")

    def names_body(self) -> bool:
        """Whether the sentence names a UN body."""
        return any(node.kind == "body" and node.value != "-" for node in self.nodes)

    def text_before(self, at: int) -> Entry | None:
        """The text that the sentence names last before node `at`, where it is one text."""
        if not self.entries:
            return None
        for i in range(at - 1, max(-1, at - _LOOK_BACK), -1):
            entry = self.entries.get(i)
            if entry is not None and not entry.plural:
                return entry
        return None

    def only_text(self) -> Entry | None:
        """The one text that the sentence names, were it after its tally; None where it names more.

        "Voted by 93 to 18, with 65 abstentions, for a resolution on aid".
        """
        named = list({id(entry): entry for entry in self.entries.values()}.values())
        return named[0] if len(named) == 1 and not named[0].plural else None

    def spoken_of(self, discourse: Discourse, at: int, body: str | None = None) -> Entry:
        """The text of a vote at node `at` that names none: the sentence's last, else the article's.

        A body that the clause names must fit; `body` is taken where it names none.
        """
        named = self.clause_body(at)
        body = body if named in _UNSAID and body is not None else named
        entry = self.text_before(at)
        if entry is None or not ({body, entry.body} & _UNSAID or body == entry.body):
            entry = discourse.understood(body)
        entry.take_body(body)
        return entry


def parse(
    text: str,
    low: str,
    span: tuple[int, int],
    overlay: Overlay,
    lexicon: Lexicon,
    bodies: Bodies,
    place: Place,
) -> Sentence:
    """The sentence text[span]; `low` is the folded text, `overlay` its names and days."""
    nodes = row(low, text, span, overlay, lexicon)
    kinds = {node.kind for node in nodes}
    kinds.update(*[node.senses for node in nodes if node.senses is not None])
    if "body" in kinds:
        bodies.settle(nodes)
    bodies.seen = bodies.seen or "symbol" in kinds or any(n.value == "recorded" for n in nodes)
    settle(nodes, infinitives=lexicon.adjectives_after)
    if "text" in kinds or "symbol" in kinds:
        nodes = group_texts(nodes, lexicon)
    nodes = group_actors(nodes, marked=lexicon.verb_last)
    phrases = verb_phrases(nodes, low) if "verb" in kinds else []
    question = text[span[0] : span[1]].rstrip("\"”’')").endswith("?")
    return Sentence(
        nodes=nodes,
        phrases=phrases,
        kinds=kinds,
        place=place,
        question=question,
        subjects=subject_nodes(nodes) if "text" in kinds and not lexicon.verb_last else frozenset(),
        verb_last=lexicon.verb_last,
    )


def meet_texts(sentence: Sentence, discourse: Discourse, stop_words: frozenset[str]) -> None:
    """Gives each text that the sentence names its entry, in order."""
    if not sentence.kinds & {"text", "symbol"}:
        return
    for at, node in enumerate(sentence.nodes):
        if node.kind != "text" or node.value.noun.strength == "any":
            continue
        phrase: TextPhrase = node.value
        if at in sentence.subjects or _is_mere_mention(sentence, at):
            continue
        if phrase.body == "-" or (phrase.body is None and sentence.foreign(at)):
            continue
        if (named := _apposed(sentence, at)) is not None:
            named.symbol = phrase.symbol
            sentence.entries[at] = named
            continue
        behind = matter_before if sentence.verb_last else matter
        words, states = behind(sentence.nodes, at, stop_words)
        phrase.words += words
        phrase.about += states
        phrase.written_by = writers(sentence.nodes, at)
        sentence.entries[at] = discourse.meet(phrase, _hints(sentence, at, phrase))


def _apposed(sentence: Sentence, at: int) -> Entry | None:
    """The text before "the draft, (S/2019/961), got 13 votes" whose symbol stands at `at`."""
    nodes = sentence.nodes
    entry = sentence.entries.get(at - 2)
    alone = nodes[at].value.noun.kind == "symbol" and nodes[at - 1].kind in (",", "dash", "(")
    return entry if alone and at > 1 and entry is not None and entry.symbol is None else None


def _is_mere_mention(sentence: Sentence, at: int) -> bool:
    """Whether a numbered text stands in words about another: "a text on sanctions under 2206"."""
    nodes, last = sentence.nodes, max((i for i in sentence.entries if i < at), default=-1)
    if last < 0 or at - last > _MENTION or nodes[at].value.symbol is None:
        return False
    link = nodes[at - 1]
    governed = link.kind in ("prep", "aux") and link.value in _GOVERNING
    return governed and not any(last < phrase.at < at for phrase in sentence.phrases)


def _hints(sentence: Sentence, at: int, phrase: TextPhrase) -> Hints:
    """What the clause around the text at `at` says of it."""
    own = phrase.body if phrase.body not in _UNSAID else sentence.body(at) or phrase.body
    governing = _governing(sentence, at)
    place = sentence.place
    return Hints(
        body=own,
        when=sentence.when(at) if governing is not None else None,
        outcome=governing.verb.body if governing is not None and not governing.failed else None,
        also=governing is not None and _says_also(sentence.nodes[governing.first : at]),
        empty=_is_empty(sentence.nodes, at, phrase),
        role=place.role,
        block=place.block,
        sentence=place.sentence,
    )


def _governing(sentence: Sentence, at: int) -> VerbPhrase | None:
    """The verb of voting right before the text at `at`, whose object it is."""
    for phrase in sentence.phrases:
        if phrase.end <= at <= phrase.end + 3 and not phrase.verb.reaction:
            return phrase
    return None


def _says_also(nodes: Sequence[Node]) -> bool:
    return any(node.kind == "adv" and node.value == "additive" for node in nodes)


def _is_empty(nodes: Sequence[Node], at: int, phrase: TextPhrase) -> bool:
    """Whether the phrase says nothing of the matter: "a resolution that China supported"."""
    if phrase.words or phrase.about or phrase.authors or phrase.symbol:
        return False
    rest = nodes[at + 1 : at + 3]
    if not rest or rest[0].kind in (",", ".", ";", ")"):
        return True
    return rest[0].kind == "rel" and rest[-1].kind in ("actors", "verb", "aux")


def _is_vote(node: Node) -> bool:
    return node.kind == "vote" or node.sense("vote") is not None


def _body_of(node: Node) -> str | None:
    """The UN body that a node names: "the Council", or "141 assembly members"."""
    if node.kind not in ("body", "count"):
        return None
    value = node.value if node.kind == "body" else node.value.body
    return None if value in (None, "-") else str(value)
