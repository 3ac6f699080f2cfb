"""Claims in a language whose verb comes last: the marked subject, the text, then the verb.

Hindi marks the subject of a finished action by a postposition: "भारत ने ... प्रस्ताव पर मतदान से दूरी
बनाई". Each verb of voting takes the last such subject before it, or the noun that opens its clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.clauses import NOUNS, Subject, clause_bounds, noun_at
from votewire.press.grammar.drafts import PERMANENT, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.tallies import SideCount
from votewire.press.grammar.verbs import VerbPhrase

__all__ = ["read_verb_last"]

_VOTERS = frozenset(("actors", "count", "num", "body"))


def read_verb_last(reading: Reading, sentence: Sentence) -> list[SideCount]:
    """Adds the claims of the sentence's verbs to `reading`; returns the counts that verbs give."""
    counts: list[SideCount] = []
    last = 0
    for phrase in sentence.phrases:
        if not phrase.hedged and not _is_denied(sentence.nodes, phrase):
            _read(reading, sentence, phrase, counts, last)
        last = phrase.end
    return counts


def _is_denied(nodes: Sequence[Node], phrase: VerbPhrase) -> bool:
    """Whether a negation stands beside the verb; one that is part of it does not count."""
    beside = (*nodes[max(0, phrase.at - 1) : phrase.at], *nodes[phrase.end : phrase.end + 1])
    return phrase.denied or any(node.kind in ("not", "cat") for node in beside)


def _read(
    reading: Reading, sentence: Sentence, phrase: VerbPhrase, counts: list[SideCount], last: int
) -> None:
    nodes, verb = sentence.nodes, phrase.verb
    subject = _own_subject(nodes, last, phrase.at) or _subject(nodes, phrase.at)
    if subject.at < 0 or (verb.object == "text" and not _has_text(sentence, subject, phrase)):
        return
    entry = _entry(reading, sentence, phrase)
    span = nodes[subject.at].start, nodes[phrase.end - 1].end
    codes = [member.code for member in subject.members]
    if subject.kind == "actors" and verb.state:
        if verb.state != "vetoed" or PERMANENT.issuperset(codes):
            reading.add(codes, verb.state, entry, span, f"{verb.id}/verb-last")
    elif subject.kind == "body" and verb.body and subject.body != "-":
        entry.take_body(subject.body)
        reading.outcome(verb.body, entry, span, f"{verb.id}/verb-last")
    elif subject.kind == "text" and verb.text:
        reading.outcome(verb.text, entry, span, f"{verb.id}/verb-last")
    elif subject.kind == "count" and verb.count:
        number = subject.number if subject.exact else None
        count = SideCount(side=verb.count, number=number, start=span[0], end=span[1], entry=entry)
        counts.append(count)
        entry.voted = True


def _own_subject(nodes: Sequence[Node], last: int, at: int) -> Subject | None:
    """The actor or number between the verb before and this one: "5 ने विरोध किया और 10 दूर रहे"."""
    start, _ = clause_bounds(nodes, at)
    if last <= start:
        return None
    for i in range(at - 1, last - 1, -1):
        marked = i + 1 < at and nodes[i + 1].kind == "erg"
        if nodes[i].kind in _VOTERS and (marked or nodes[i + 1].kind != "prep"):
            return noun_at(nodes, i)
    return None


def _subject(nodes: Sequence[Node], at: int) -> Subject:
    """The noun that the subject's postposition marks before the verb at `at`, else a bare one."""
    start, _ = clause_bounds(nodes, at)
    for i in range(at - 1, start, -1):
        if nodes[i].kind == "erg":
            return noun_at(nodes, i - 1)
    for i in range(at - 1, start - 1, -1):
        if nodes[i].kind in NOUNS and nodes[i + 1].kind != "prep":
            return noun_at(nodes, i)
    return Subject("unknown")


def _has_text(sentence: Sentence, subject: Subject, phrase: VerbPhrase) -> bool:
    """Whether a text is the object, or the subject, of the verb."""
    return any(at in sentence.entries for at in range(max(0, subject.at), phrase.at))


def _entry(reading: Reading, sentence: Sentence, phrase: VerbPhrase) -> Entry:
    """The text before the verb, else the one spoken of, at the time that the clause names."""
    body = "SC" if phrase.verb.state == "vetoed" else None
    entry = sentence.spoken_of(reading.discourse, phrase.at, body)
    when = sentence.when(phrase.at)
    return reading.discourse.at_time(entry, when) if when is not None else entry
