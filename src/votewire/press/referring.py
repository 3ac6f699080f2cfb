"""Whom "he", "the spokesman" and "the ministry" stand for: the last that fits, or nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from votewire.press.article import Block
from votewire.press.attribution import Sentence
from votewire.press.naming import Named
from votewire.press.people import People
from votewire.press.speech import STANCES

__all__ = ["Referring"]

_BACK = 30  # sentences
_FLOWING = frozenset(("body", "dek"))  # roles that are read on from one another
_PERSONS = frozenset(("person", "office"))


class Referring:
    """What the sentences of an article, in page order, have named so far."""

    def __init__(
        self,
        people: People,
        sentences: Sequence[Sentence],
        blocks: Sequence[Block],
    ) -> None:
        self._people = people
        self._sentences = sentences
        self._blocks = blocks
        self._spoken: set[str] = set()

    def resolve(self, at: int, who: Named) -> Named:
        """Who is meant in sentence `at`, with the words that name him or her there.

        A pronoun that nothing settles stays of kind "pronoun".
        """
        found = self._meant(at, who)
        if found.kind != "pronoun":
            self._spoken.add(found.name)
            self._people.remember(found)
        return replace(found, start=who.start, end=who.end)

    def speakers(self, at: int) -> list[Named]:
        """Who says something in sentence `at`, which has no quote; one that stays open ends it."""
        sayings = self._sentences[at].sayings
        said = [each for each in sayings if each.use not in STANCES and not each.denied]
        return [self._meant(at, each.who) for each in said if each.who is not None]

    def _meant(self, at: int, who: Named) -> Named:
        if who.kind == "person":
            return self._people.described(who)
        if who.kind == "office" and who.definite and not who.plural:
            return self._last_holder(at, who) or who
        if who.kind == "body" and who.definite and who.state is None:
            return self._last_body(at, who) or who
        if who.kind == "pronoun":
            return self._antecedent(at, who) or who
        return who

    def _before(self, at: int) -> Iterator[int]:
        """The sentences that one at `at` may look back to, nearest first."""
        if self._blocks[self._sentences[at].block].role not in _FLOWING:
            return
        for earlier in range(at - 1, max(-1, at - 1 - _BACK), -1):
            if self._blocks[self._sentences[earlier].block].role in _FLOWING:
                yield earlier

    def _antecedent(self, at: int, who: Named) -> Named | None:
        """Whom a pronoun stands for."""
        if who.name in ("masculine", "feminine", "either"):
            return self._person(at, who)
        if who.name == "body":
            return self._it(at, who)
        return self._they(at) if who.name == "plural" else None

    def _person(self, at: int, who: Named) -> Named | None:
        """The last person who fits: in this sentence a speaker, in one before anybody named."""
        own = [found for found in self._subjects(at, before=who.start) if self._fits(found, who)]
        if own:
            return self._bound(own[-1], who)
        for earlier in self._before(at):
            speaking = self._distinct(self._subjects(earlier), who)
            others = self._distinct(self._others(earlier), who)
            named = {each.name: each for each in (*others, *speaking)}
            if not named:
                continue
            if len(named) == 1:
                return self._bound(next(iter(named.values())), who)
            spoke = [each for each in speaking if self._has_spoken(earlier, each)]
            return self._bound(spoke[0], who) if len(spoke) == 1 else None
        return None

    def _bound(self, found: Named, who: Named) -> Named:
        """The person, whose gender the pronoun settles."""
        if found.kind == "person" and who.gender:
            self._people.genders[found.name] = who.gender
        return found

    def _distinct(self, found: Sequence[Named], who: Named) -> list[Named]:
        return list({each.name: each for each in found if self._fits(each, who)}.values())

    def _fits(self, found: Named, who: Named) -> bool:
        """Whether the pronoun may stand for that person."""
        gender = self._people.genders.get(found.name) or found.gender
        agrees = gender in ("", who.gender) or who.name == "either"
        return found.kind in _PERSONS and not found.plural and agrees

    def _has_spoken(self, at: int, found: Named) -> bool:
        """Whether the person has a quote so far, or says something in sentence `at`."""
        return found.name in self._spoken or found.name in {
            each.name for each in self.speakers(at) if each.kind in _PERSONS
        }

    def _subjects(self, at: int, *, before: int | None = None) -> list[Named]:
        """Subjects in sentence `at` up to an offset: who speaks there, and what it begins with."""
        sentence = self._sentences[at]
        if before is None and sentence.resolved:
            found = list(sentence.resolved)
        else:
            found = [
                each.who for each in sentence.sayings if each.who is not None and not each.denied
            ]
            found += [sentence.opening] if sentence.opening is not None else []
        named = [each for each in found if before is None or each.end <= before]
        return [self._known(at, each) for each in named if each.kind != "pronoun"]

    def _known(self, at: int, who: Named) -> Named:
        return self._meant(at, who) if who.kind == "person" else who

    def _others(self, at: int) -> list[Named]:
        """Everybody else named in full in sentence `at`, quotes and possessives apart."""
        sentence = self._sentences[at]
        return [
            self._people.described(Named(kind="person", name=name, start=start, end=end))
            for start, end, name in self._people.within(sentence.start, sentence.end)
        ]

    def _last_holder(self, at: int, who: Named) -> Named | None:
        """The last person with the office that "the spokesman" names."""
        for earlier in (at, *self._before(at)):
            limit = who.start if earlier == at else None
            found = [*self._others(earlier), *self._subjects(earlier, before=limit)]
            for each in reversed(found):
                same = each.head == who.head and each.kind in _PERSONS and each.start != who.start
                if same and (who.state is None or who.state == each.state):
                    return each if each.kind == "person" or not each.definite else None
        return None

    def _last_body(self, at: int, who: Named) -> Named | None:
        """The last body of the same kind with more of a name: "the ministry"."""
        for earlier in self._before(at):
            for each in self._subjects(earlier):
                if each.kind == "body" and each.head == who.head and len(each.name) > len(who.name):
                    return each
        return None

    def _it(self, at: int, who: Named) -> Named | None:
        """The last body or state that is a subject; none where a sentence has two."""
        own = [each for each in self._subjects(at, before=who.start) if each.kind == "body"]
        if own:
            return own[-1]
        for earlier in self._before(at):
            found = {each.name: each for each in self._subjects(earlier) if each.kind == "body"}
            if found:
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def _they(self, at: int) -> Named | None:
        """Several who spoke last."""
        for earlier in self._before(at):
            found = self._subjects(earlier)
            if found:
                return found[-1] if found[-1].plural and len(found) == 1 else None
        return None
