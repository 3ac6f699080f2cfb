"""What the rules have read so far: claims not yet finished, and who was spoken of last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from votewire.press.article import Tally
from votewire.press.grammar.actors import Actor
from votewire.press.grammar.discourse import Discourse
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.subjects import clause_subject

if TYPE_CHECKING:
    from votewire.press.grammar.choices import Choice
    from votewire.press.grammar.sentence import Sentence

__all__ = ["BODY", "PERMANENT", "SIDE_ACTIONS", "Draft", "Heading", "Reading"]

SIDE_ACTIONS = {
    "yes": "voted_yes",
    "no": "voted_no",
    "abstain": "abstained",
    "non_voting": "absent",
}
# Article 27 of the Charter: only these can veto, and in the Council alone.
PERMANENT = frozenset(("USA", "RUS", "SUN", "CHN", "GBR", "FRA"))
BODY = "@"  # the actor that is the text's body, once that is known
_VOTES = frozenset(("voted_yes", "voted_no", "abstained", "absent", "vetoed", "backed", "opposed"))
_JUST = 2
_OUTCOMES = frozenset(("adopted", "rejected"))


@dataclass(slots=True, kw_only=True)
class Draft:
    """A claim whose text may still become better known; the fields are those of `Claim`.

    sentence: the number of its sentence in the article.
    """

    actor: str
    action: str
    entry: Entry
    start: int
    end: int
    rule: str
    sentence: int
    tally: Tally | None = None
    hedged: bool = False
    others: tuple[str, ...] = ()
    since: date | None = None
    manner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A line that says what was chosen, for the names in the lines below it."""

    action: str
    entry: Entry


@dataclass(slots=True)
class Reading:
    """The state of reading one article.

    subject: the state, or "@" and the body, spoken of last as a subject. several: the last list of
    states. person: the state that the last person with an office speaks for. here: the one state
    that this sentence began with. reacted: the state that its reaction is about ("praised the
    stance of the United States after it ..."). sentence: its number. heading: the line above, where
    it heads a list of names. told: what the sentence before says was chosen, where that is known.
    before: that sentence and its choices.
    """

    discourse: Discourse
    drafts: list[Draft] = field(default_factory=list)
    subject: str | None = None
    several: tuple[Actor, ...] = ()
    person: str | None = None
    here: str | None = None
    reacted: str | None = None
    sentence: int = 0
    heading: Heading | None = None
    told: tuple[Heading, ...] = ()
    before: tuple[Sentence, Sequence[Choice]] | None = None

    def begin_sentence(self, nodes: Sequence[Node]) -> None:
        """Remembers who a sentence begins by speaking of, and whom a person speaks for."""
        self.sentence += 1
        self.reacted = None
        subject = clause_subject(nodes, 0, len(nodes))
        self.here = subject.members[0].code if len(subject.members) == 1 else None
        if subject.kind == "actors":
            self.remember(subject.members)
        elif subject.kind == "body" and subject.body not in (None, "-"):
            self.subject = f"{BODY}{subject.body}"
        for node in nodes:
            if node.kind == "actors" and node.value.person:
                self.person = node.value.members[-1].code

    def remember(self, members: tuple[Actor, ...]) -> None:
        """Keeps the states that were a subject for the pronouns to come."""
        if len(members) == 1:
            self.subject = members[0].code
        elif members:
            self.several = members

    def add(
        self,
        actors: Iterable[str],
        action: str,
        entry: Entry,
        span: tuple[int, int],
        rule: str,
        *,
        hedged: bool = False,
        tally: Tally | None = None,
        manner: str = "",
    ) -> None:
        """Keeps one draft for each actor, and notes on the text what it says of its fate."""
        codes = tuple(actors)
        for actor in codes:
            draft = Draft(
                actor=actor,
                action=action,
                entry=entry,
                start=span[0],
                end=span[1],
                rule=rule,
                sentence=self.sentence,
                hedged=hedged,
                tally=tally,
                manner=manner,
            )
            self.drafts.append(draft)
        if not hedged:
            self._note(codes, action, entry)

    def _note(self, codes: Sequence[str], action: str, entry: Entry) -> None:
        """Notes on the text that it was voted on, what became of it, who wrote it."""
        if action in _VOTES or action in _OUTCOMES:
            entry.voted = True
            self.discourse.voted = entry
        if action in _OUTCOMES or action == "vetoed":
            entry.outcomes[action] = None
        if action == "vetoed":
            entry.take_body("SC")
        if action == "drafted":
            entry.drafters.update(dict.fromkeys(codes))

    def outcome(
        self,
        action: str,
        entry: Entry,
        span: tuple[int, int],
        rule: str,
        *,
        hedged: bool = False,
        manner: str = "",
    ) -> None:
        """Keeps a claim of what the body of the text did."""
        self.add((BODY,), action, entry, span, rule, hedged=hedged, manner=manner)

    def vote_of(self, actor: str, body: str | None) -> Draft | None:
        """The last vote of `actor` on a text that may be of `body`."""
        for draft in reversed(self.drafts):
            fits = body is None or draft.entry.known_body() in (None, body)
            if draft.actor == actor and draft.action in _VOTES and fits and not draft.hedged:
                return draft
        return None

    def just_voted(self) -> bool:
        """Whether this sentence or one of the two before it said what somebody voted."""
        last = self.drafts[-1] if self.drafts else None
        return last is not None and last.entry.voted and self.sentence - last.sentence <= _JUST

    def here_voted(self, before: int) -> list[Draft]:
        """The claims of this sentence, begun before that offset, of what became of a text."""
        drafts = []
        for draft in reversed(self.drafts):
            if draft.sentence != self.sentence:
                break
            if draft.action in _OUTCOMES and draft.start < before:
                drafts.append(draft)
        return drafts[::-1]

    def outcome_here(self, entry: Entry) -> Draft | None:
        """A claim of this sentence, still without tally, of what became of `entry`."""
        for draft in reversed(self.drafts):
            if draft.sentence != self.sentence:
                break
            if draft.entry is entry and draft.action in _OUTCOMES and draft.tally is None:
                return draft
        return None
