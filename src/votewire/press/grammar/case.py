"""One verb of voting in its sentence: its subject with pronouns resolved, its object, its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.clauses import Object, Subject, clause_bounds
from votewire.press.grammar.drafts import BODY, Reading
from votewire.press.grammar.lexicon import Verb
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.objects import find_object
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.subjects import find_subject
from votewire.press.grammar.tallies import SideCount
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["TEXTUAL", "Case", "case_of"]

TEXTUAL = frozenset(("text", "it", "them"))  # kinds of objects that are texts
_SPAN = 240  # a longer claim keeps to its verb
_INVERTED = frozenset(("have", "do", "modal"))


@dataclass(slots=True, kw_only=True)
class Case:
    """One verb phrase of a sentence, with what it says of whom.

    hedged: nothing is stated: a modal, a plan, a question, a condition. counts: where counts that
    the verb gives are kept.
    """

    reading: Reading
    sentence: Sentence
    phrase: VerbPhrase
    subject: Subject
    object: Object
    hedged: bool
    counts: list[SideCount]

    @property
    def nodes(self) -> Sequence[Node]:
        """The sentence's nodes."""
        return self.sentence.nodes

    @property
    def verb(self) -> Verb:
        """The verb of voting."""
        return self.phrase.verb

    def rule(self, construction: str) -> str:
        """The id of the rule: the verb's, and the construction it stands in."""
        return f"{self.verb.id}/{construction}"

    def span(self, *around: int) -> tuple[int, int]:
        """Start and end of the claim's words: the verb with its subject, object or agent."""
        nodes, phrase = self.nodes, self.phrase
        first, last = nodes[phrase.first].start, nodes[phrase.end - 1].end
        start, end = first, last
        if self.object.kind in TEXTUAL and self.object.at >= phrase.end:
            end = max(end, nodes[self.object.at].end)
        for at in around:
            if at >= 0 and not self.subject.shared:
                start, end = min(start, nodes[at].start), max(end, nodes[at].end)
        return (start, end) if end - start <= _SPAN else (first, last)


def case_of(reading: Reading, sentence: Sentence, which: int, counts: list[SideCount]) -> Case:
    """The case of sentence.phrases[which]."""
    phrase = sentence.phrases[which]
    subject = find_subject(sentence.nodes, sentence.phrases, which)
    found = Object("none") if phrase.voice != "active" else find_object(sentence.nodes, phrase.end)
    case = Case(
        reading=reading,
        sentence=sentence,
        phrase=phrase,
        subject=subject,
        object=found,
        hedged=phrase.hedged or sentence.question,
        counts=counts,
    )
    case.hedged = case.hedged or _is_conditional(case) or _is_inverted(case)
    case.hedged = case.hedged or bool(sentence.supposed(phrase.first)) or _is_habit(case)
    if phrase.voice == "active":
        _resolve(case)
    return case


def _is_conditional(case: Case) -> bool:
    """Whether the clause is a condition ("if Russia vetoes")."""
    start, _ = clause_bounds(case.nodes, case.phrase.at)
    last = case.nodes[start - 1] if start else None
    return last is not None and last.kind == "sub" and last.value == "conditional"


def _is_habit(case: Case) -> bool:
    """Whether the clause opens with a word of habit: "Historically, Brazil voted against"."""
    if "habit" not in case.sentence.kinds:
        return False
    start, _ = clause_bounds(case.nodes, case.phrase.at)
    opening = case.nodes[start : min(start + 2, case.phrase.first)]
    return any(node.kind == "habit" for node in opening)


def _is_inverted(case: Case) -> bool:
    """Whether an auxiliary stands before the subject: "had it opposed the text", "did China"."""
    at = case.subject.at
    if at < 1 or case.subject.shared:
        return False
    at -= case.nodes[at - 1].kind == "det"
    last = case.nodes[at - 1] if at else None
    return last is not None and last.kind == "aux" and last.value in _INVERTED


def _resolve(case: Case) -> None:
    """Replaces a pronoun by what it stands for, and remembers the subject for the next one."""
    subject, reading = case.subject, case.reading
    if subject.kind == "it":
        _resolve_it(case)
    elif subject.kind in ("they", "two", "three"):
        wanted = {"two": 2, "three": 3}.get(subject.kind)
        several = reading.several
        fits = len(several) > 1 if wanted is None else len(several) == wanted
        subject.kind, subject.members = ("actors", several) if fits else ("unknown", ())
    elif subject.kind == "country" and reading.person:
        _stands_for(case, reading.person)
    elif subject.kind == "nation" and reading.here:
        _stands_for(case, reading.here)
    elif subject.kind == "actors" and not subject.examples and not _is_relative(case):
        reading.remember(subject.members)
    elif subject.kind == "body" and subject.body not in (None, "-"):
        reading.subject = f"{BODY}{subject.body}"


def _is_relative(case: Case) -> bool:
    """Whether the clause says which text is meant: "a text that Ukraine wrote"."""
    start, _ = clause_bounds(case.nodes, case.phrase.at)
    return start > 0 and case.nodes[start - 1].kind == "rel" and not case.subject.relative


def _resolve_it(case: Case) -> None:
    """Resolves "it": the text in "it passed", else the state or body that was the last subject.

    "Praised the stance of A after it ..." speaks of A: a reaction is about what its object did.
    """
    if case.verb.text and case.object.kind == "none":
        case.subject.kind = "text"
        return
    stands_for = case.reading.subject
    last = case.nodes[case.subject.at - 1] if case.subject.at > 0 else None
    if case.reading.reacted is not None and last is not None and last.kind == "sub":
        stands_for = case.reading.reacted
    if stands_for is None:
        case.subject.kind = "unknown"
    elif stands_for.startswith(BODY):
        case.subject.kind, case.subject.body = "body", stands_for[len(BODY) :]
    else:
        _stands_for(case, stands_for)


def _stands_for(case: Case, code: str) -> None:
    node = case.nodes[case.subject.at]
    case.subject.kind = "actors"
    actor = Actor(code=code, start=node.start, end=node.end)
    case.subject.members = (actor, *case.subject.members)
