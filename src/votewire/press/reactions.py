"""The reactions in an article: who welcomed, condemned, urged or thanked whom, each with its words.

The grammar of the claims finds the verb, its voice and whether it is denied; its subject is what
that grammar reads as states, groups or bodies, and else whom the reader of speech reads as persons
and bodies. Where neither reads one, there is no event. A reaction is never a vote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from votewire.press.article import Article, Block, Party, Quote, Reaction
from votewire.press.grammar.clauses import Subject, clause_bounds, noun_at
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.objects import find_agent
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.subjects import find_subject
from votewire.press.grammar.verbs import VerbPhrase
from votewire.press.grammar.words import folded
from votewire.press.quotes import find_marked
from votewire.press.reaction_clauses import asked_end, hangs, is_conditional, is_stated
from votewire.press.reaction_parties import named_party, object_end, states, target
from votewire.press.reaction_sentences import reacting_sentences
from votewire.press.reaction_speech import Speakers
from votewire.press.reaction_words import ReactionWords, reaction_words

__all__ = ["read_reactions"]

_SPAN = 400  # characters of an event; a longer one keeps to its verb and what it is about
_NAME = re.compile(r"(?<=[a-z,;]\s)[A-Z][\w'’-]{1,40}")
_AGENT = 12  # nodes between a passive verb and its "by"


def read_reactions(article: Article) -> tuple[Reaction, ...]:
    """The reactions in the article's prose, in page order; () in a language without verbs for them.

    Every span is a slice of `article.text`, and so are the words of both parties. Several who react
    together are one event each. `article.quotes` are used where they have been read. Time is linear
    in the length of the text.
    """
    words = reaction_words(article.lang)
    if words is None:
        return ()
    low = folded(article.text)
    if words.heads.search(low) is None:
        return ()
    return tuple(_Reader(article, words, low).read())


class _Reader:
    """Reads the reactions of one article."""

    def __init__(self, article: Article, words: ReactionWords, low: str) -> None:
        self.article, self.text, self.words, self.low = article, article.text, words, low
        marks = [
            mark
            for block in article.prose()
            for mark in find_marked(self.text, block.start, block.end)
        ]
        self.quoted = [(mark.start, mark.end) for mark in marks]
        said = words.speech
        self.speakers = Speakers(article=article, words=said, quotes=marks) if said else None

    def read(self) -> Iterator[Reaction]:
        """The reactions, in page order."""
        for sentence, block in reacting_sentences(self.article, self.words, self.low):
            yield from self._of_sentence(sentence, block)

    def _of_sentence(self, sentence: Sentence, block: Block) -> Iterator[Reaction]:
        if sentence.question:
            return
        read = self._verb_last if self.words.lexicon.verb_last else self._verb
        for which, phrase in enumerate(sentence.phrases):
            if phrase.verb.id in self.words.entries and is_stated(sentence.nodes, phrase):
                yield from read(sentence, which, block)

    def _verb(self, sentence: Sentence, which: int, block: Block) -> Iterator[Reaction]:
        """The events of a verb between its subject and its object."""
        nodes, phrase = sentence.nodes, sentence.phrases[which]
        if is_conditional(nodes, phrase.at):
            return
        found: Party | None
        if phrase.voice == "active":
            subject = find_subject(nodes, sentence.phrases, which)
            actors = [] if subject.denied else self._actors(sentence, phrase, subject)
            end = object_end(self.low, nodes, phrase.end, self.words.ends)
            found = self._target(
                nodes, phrase.end, asked_end(nodes, phrase, end, self._entry(phrase))
            )
        else:
            actors = self._agents(sentence, phrase)
            found = self._patient(sentence, which)
            end = phrase.end
        yield from self._made(sentence, phrase, block, actors, found, end)

    def _verb_last(self, sentence: Sentence, which: int, block: Block) -> Iterator[Reaction]:
        """The events of a verb after its marked subject and its object."""
        nodes, phrase = sentence.nodes, sentence.phrases[which]
        beside = (*nodes[max(0, phrase.at - 1) : phrase.at], *nodes[phrase.end : phrase.end + 1])
        if any(node.kind in ("not", "cat") for node in beside):
            return
        start, _ = clause_bounds(nodes, phrase.at)
        marked = [at for at in range(start + 1, phrase.at) if nodes[at].kind == "erg"]
        if not marked:
            return
        actors = self._grammatical(nodes, noun_at(nodes, marked[-1] - 1))
        end = phrase.first
        while end > marked[-1] + 1 and nodes[end - 1].kind in ("prep", "adv"):
            end -= 1
        found = self._target(nodes, marked[-1] + 1, end)
        yield from self._made(sentence, phrase, block, actors, found, phrase.end)

    def _made(
        self,
        sentence: Sentence,
        phrase: VerbPhrase,
        block: Block,
        actors: Sequence[Party],
        found: Party | None,
        end: int,
    ) -> Iterator[Reaction]:
        """One event for each actor, where the entry allows such a target."""
        entry = self._entry(phrase)
        if entry.get("party") and (found is None or found.kind in ("vote", "other")):
            return
        nodes = sentence.nodes
        verb = nodes[phrase.first].start, nodes[max(end, phrase.end) - 1].end
        within = self._within(nodes[phrase.at].start, actors)
        for actor in actors:
            if found is not None and found.start <= actor.start < found.end:
                continue
            if actor.kind == "body" and actor.codes and not entry.get("votes", True):
                continue  # "the Council rejected the amendment" is a vote
            start, stop = _span(verb, actor, found)
            yield Reaction(
                kind=entry["kind"],
                verb=self.text[nodes[phrase.at].start : nodes[phrase.at].end],
                actor=actor,
                target=found,
                span=self.text[start:stop],
                start=start,
                where=block.role,
                rule=entry["id"],
                within=within,
            )

    def _actors(self, sentence: Sentence, phrase: VerbPhrase, subject: Subject) -> list[Party]:
        """Who reacts: whom the grammar reads, or else the reader of speech."""
        nodes = sentence.nodes
        if subject.kind == "they" and nodes[subject.at].low in self.words.first:
            return self._first_person(nodes[subject.at])
        known = self._grammatical(nodes, subject)
        if phrase.gerund and not known and not hangs(nodes, phrase):
            return []
        if self.speakers is None or (phrase.dropped and known):
            return [] if phrase.dropped else known
        spoken = self.speakers.subject(nodes[phrase.at].start)
        if spoken is None or spoken.who is None or (phrase.dropped and not spoken.hanging):
            return [] if phrase.dropped else known
        party = named_party(self.text, spoken.who)
        if party is None or (party.kind == "other" and party.name not in self._names):
            return known
        if not known:
            return [party]
        if party.kind == "person" and _same_place(party, known):
            codes = party.codes or known[-1].codes
            return [*known[:-1], replace(party, codes=codes)]
        return known

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words with a capital inside a sentence: "Critics" at the head of one is no name."""
        return frozenset(_NAME.findall(self.text))

    def _grammatical(self, nodes: Sequence[Node], subject: Subject) -> list[Party]:
        """The states, groups or body that the grammar reads as the subject."""
        if subject.kind == "actors":
            found = list(states(self.text, subject))
            if nodes[subject.at].kind == "actors" and nodes[subject.at].value.person:
                found[-1] = self._as_named(found[-1])
            return found
        if subject.kind == "body" and subject.body not in (None, "-", "UN"):
            first = max(0, subject.at - (nodes[subject.at - 1].kind == "det"))
            start, end = nodes[first].start, nodes[subject.at].end
            codes = (str(subject.body),)
            return [Party(kind="body", words=self.text[start:end], start=start, codes=codes)]
        return []

    def _first_person(self, pronoun: Node) -> list[Party]:
        """The speaker of the quote that "we" stands in."""
        at = bisect_right([quote.start for quote in self.article.quotes], pronoun.start) - 1
        quote: Quote | None = self.article.quotes[at] if at >= 0 else None
        if quote is None or quote.speaker is None or quote.end < pronoun.end:
            return []
        alone = quote.role is None and quote.state is not None
        return [
            Party(
                kind="state" if alone else "person",
                words=self.text[pronoun.start : pronoun.end],
                start=pronoun.start,
                codes=(quote.state,) if quote.state else (),
                name=quote.speaker if quote.speaker != quote.role else None,
                role=quote.role,
            )
        ]

    def _agents(self, sentence: Sentence, phrase: VerbPhrase) -> list[Party]:
        """Who reacts in the passive: whom "by" names."""
        nodes = sentence.nodes
        known = self._grammatical(nodes, find_agent(nodes, phrase.end))
        if known or self.speakers is None:
            return known
        spoken = self.speakers.subject(nodes[phrase.at].start)
        who = spoken.who if spoken is not None and spoken.passive else None
        party = named_party(self.text, who) if who is not None else None
        return [party] if party and (party.kind != "other" or party.name in self._names) else []

    def _patient(self, sentence: Sentence, which: int) -> Party | None:
        """What a passive verb is about: the words before it in its clause."""
        nodes, phrase = sentence.nodes, sentence.phrases[which]
        start, _ = clause_bounds(nodes, phrase.at)
        if phrase.voice == "reduced":
            start = max(start, phrase.first - _AGENT)
        end = phrase.first
        while end > start and nodes[end - 1].kind in (",", "dash", "("):
            end -= 1
        commas = [at for at in range(start, end) if nodes[at].kind in (",", "and")]
        return self._target(nodes, commas[-1] + 1 if commas else start, end)

    def _entry(self, phrase: VerbPhrase) -> Mapping[str, Any]:
        return self.words.entries[phrase.verb.id]

    def _target(self, nodes: Sequence[Node], first: int, end: int) -> Party | None:
        found = target(self.text, nodes, first, end, self.words.results)
        return self._as_named(found) if found and found.kind in ("person", "other") else found

    def _as_named(self, party: Party) -> Party:
        """The party as a person or a body, where the reader of speech knows its words as one."""
        who = self.speakers.named(party.start, party.end) if self.speakers is not None else None
        if who is None or who.kind not in ("person", "body") or not who.name[0].isupper():
            return party
        found = named_party(self.text, who)
        return party if found is None else replace(found, codes=found.codes or party.codes)

    def _within(self, at: int, actors: Sequence[Party]) -> str | None:
        """Whose voice says it: a quote, somebody's reported speech, or the page's own."""
        before = bisect_right(self.quoted, (at, len(self.text))) - 1
        if before >= 0 and at < self.quoted[before][1]:
            return "quote"
        if self.speakers is None or not actors:
            return None
        return "speech" if self.speakers.reports(at, actors[0].start) else None


def _same_place(party: Party, known: Sequence[Party]) -> bool:
    """Whether a person is the last of those that the grammar read, office and all."""
    last = known[-1]
    return party.start < last.end and last.start < party.end


def _span(verb: tuple[int, int], actor: Party, found: Party | None) -> tuple[int, int]:
    """The words from the first to the last of actor, verb and target."""
    parts = [verb] if found is None else [verb, (found.start, found.end)]
    start, end = min(part[0] for part in parts), max(part[1] for part in parts)
    wide = min(start, actor.start), max(end, actor.end)
    return wide if wide[1] - wide[0] <= _SPAN else (start, end)
