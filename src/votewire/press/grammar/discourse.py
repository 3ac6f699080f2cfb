"""The texts an article speaks of, kept apart as it goes on.

The same text comes back as "the resolution", "it", "the US draft", or again as "a resolution" in
the caption and in the body. Where two mentions may be of two texts they stay two.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from votewire.press.dates import DayMention
from votewire.press.grammar.entries import (
    Entry,
    bodies_fit,
    kinds_fit,
    may_be_at,
    share_author,
)
from votewire.press.grammar.texts import TextPhrase

__all__ = ["Discourse", "Hints"]

_NEWS = timedelta(days=5)  # the vote that an article reports is no older than that
_SYMBOLS = (("S/", "SC"), ("A/RES/", "GA"), ("A/ES-", "GA"), ("A/DEC/", "GA"))
_REMEMBERED = 100  # texts of one article that a later mention may mean
_SUMMARIES = frozenset(("headline", "dek", "caption"))  # they tell of the body's texts


@dataclass(slots=True, kw_only=True)
class Hints:
    """What surrounds a mention of a text: its body, time and outcome as the clause gives them.

    also: "it also adopted". empty: the mention says nothing of what the text is about. role, block,
    sentence: where it stands.
    """

    body: str | None = None
    when: DayMention | None = None
    outcome: str | None = None
    also: bool = False
    empty: bool = False
    role: str = "body"
    block: int = 0
    sentence: int = 0


class Discourse:
    """The texts of one article, in the order of their first mention.

    latest: the text named last. voted: the text voted on last. body: the body spoken of last; near:
    the same within this paragraph.
    """

    def __init__(self, published: date | None = None) -> None:
        self._fresh = published - _NEWS if published is not None else None
        self._keys = 0
        self.entries: list[Entry] = []
        self.latest: Entry | None = None
        self.voted: Entry | None = None
        self.body: str | None = None
        self.near: str | None = None

    def begin_block(self) -> None:
        """A new paragraph speaks again of the article's own vote, not of an earlier one."""
        self.near = None
        if self.latest is not None and self.latest.root is not None:
            self.latest = self.latest.root
        if self.voted is not None and self.voted.root is not None:
            self.voted = self.voted.root

    def end_sentence(self, body: str | None) -> None:
        """What was voted on last is again the article's own vote; `body` was spoken of last."""
        if self.voted is not None and self.voted.aside:
            recent = reversed(self.entries[-_REMEMBERED:])
            own = (each for each in recent if each.voted and not each.aside)
            self.voted = next(own, self.voted)
        if self.voted is not None and not self.voted.aside:
            body = body or self.voted.known_body()
        if body is not None:
            self.body = self.near = body

    def meet(self, phrase: TextPhrase, hints: Hints) -> Entry:
        """The entry of the text that a phrase names: a known one, or a new one."""
        entry = self._known(phrase, hints)
        if entry is None:
            entry = self.new(hints.body or self._inherited(phrase))
            entry.aside = phrase.another == "past"
            entry.near = self.near
        _describe(entry, phrase, hints)
        self.latest = entry
        return entry

    def new(self, body: str | None = None) -> Entry:
        """A text not spoken of before."""
        entry = self.apart(body)
        self.entries.append(entry)
        return entry

    def apart(self, body: str | None = None) -> Entry:
        """An entry that no later mention can mean: the matter of a reaction, an aside."""
        self._keys += 1
        return Entry(key=self._keys, body=body)

    def understood(self, body: str | None) -> Entry:
        """The text of a vote without an object ("China abstained"): the last one voted on."""
        first, then = self.voted, self.latest
        if first is not None and then is not None and _is_newer(then, first):
            first, then = then, first
        for entry in (first, then):
            if entry is not None and bodies_fit(entry.body, body):
                return entry
        for entry in reversed(self.entries[-_REMEMBERED:]):
            if body is not None and entry.body == body and not entry.plural:
                return entry
        fresh = self.new(body or self.body)
        self.latest = self.latest or fresh
        return fresh

    def pronoun(self, *, plural: bool = False) -> Entry | None:
        """The text that "it" (or "them") stands for: the one named last."""
        return next((entry for entry in self._recent() if entry.plural == plural), None)

    def at_time(self, entry: Entry, when: DayMention) -> Entry:
        """The entry at that time: itself, or the vote on such a text at another time."""
        if entry.first is None or may_be_at(entry, when):
            entry.take_time(when)
            entry.aside = entry.aside or self._is_old(entry)
            return entry
        root = entry.root or entry
        recent = self.entries[-_REMEMBERED:]
        for other in (root, *(each for each in recent if each.root is root)):
            if may_be_at(other, when):
                return other
        return self.repeated(root, when)

    def repeated(self, root: Entry, when: DayMention | None) -> Entry:
        """A vote on the same matter at another time: a new entry without outcome and tally."""
        entry = self.new(root.body)
        entry.root, entry.kind, entry.aside = root, root.kind, True
        entry.words, entry.about = dict(root.words), dict(root.about)
        if when is not None:
            entry.take_time(when)
            entry.aside = self._is_old(entry)
        return entry

    def is_past(self, when: DayMention) -> bool:
        """Whether a time was longer before the article than news is."""
        return self._fresh is not None and when.last is not None and when.last < self._fresh

    def _is_old(self, entry: Entry) -> bool:
        """Whether the vote was longer before the article than news is."""
        return self._fresh is not None and entry.last is not None and entry.last < self._fresh

    def _inherited(self, phrase: TextPhrase) -> str | None:
        """The body of a new text that the sentence gives none: of the one spoken of before.

        Only for a definite text, an amendment and a rival text: "a resolution" may be of any body.
        """
        near = phrase.noun.kind in ("amendment", "paragraph") or phrase.another == "rival"
        return self.body if near or phrase.article in ("definite", "possessive") else None

    def _recent(self) -> Iterator[Entry]:
        """Entries, the one named last first."""
        if self.latest is not None:
            yield self.latest
        for entry in reversed(self.entries[-_REMEMBERED:]):
            if entry is not self.latest:
                yield entry

    def _known(self, phrase: TextPhrase, hints: Hints) -> Entry | None:
        """The entry that a phrase means, None for a text not spoken of before."""
        if phrase.symbol is not None:
            recent = self.entries[-_REMEMBERED:]
            return next((each for each in recent if each.symbol == phrase.symbol), None)
        if phrase.another:
            return None
        opens = hints.role == "headline" or phrase.noun.plural
        if phrase.article == "indefinite" or (phrase.article == "bare" and opens):
            return self._again(phrase, hints)
        return self._definite(phrase, hints)

    def _definite(self, phrase: TextPhrase, hints: Hints) -> Entry | None:
        """The latest text that fits "the US text", "the Council resolution", "the resolution"."""
        fitting = [
            entry
            for entry in self._recent()
            if entry.plural == phrase.noun.plural
            and bodies_fit(entry.body, hints.body)
            and not _elsewhere(entry, hints)
            and kinds_fit(entry, phrase.noun)
            and not (_is_apart(entry, phrase) and _is_here(entry, hints))
        ]
        if phrase.drafters:
            named = [each for each in fitting if share_author(each.drafters, phrase.drafters)]
            free = [each for each in fitting if not each.drafters and each.voted]
            return next(iter((*named, *free)), None)
        other = hints.body is not None
        fitting.sort(
            key=lambda each: (
                other and each.body != hints.body,
                _is_apart(each, phrase),
                each.aside,
            )
        )
        return fitting[0] if fitting else None

    def _again(self, phrase: TextPhrase, hints: Hints) -> Entry | None:
        """A known text that "a resolution" names once more, in another place of the page."""
        if phrase.noun.plural or hints.also:
            return None
        if hints.empty and self.voted is not None and _may_mean(self.voted, phrase, hints):
            return self.voted
        for entry in self._recent():
            if entry.root is None and not entry.plural and _means(entry, phrase, hints):
                return entry
        return None


def _is_apart(entry: Entry, phrase: TextPhrase) -> bool:
    """Whether the two are said to be about different states."""
    return bool(phrase.about and entry.about) and entry.about.keys().isdisjoint(phrase.about)


def _is_here(entry: Entry, hints: Hints) -> bool:
    """Whether the entry was named in this very sentence."""
    return (entry.block, entry.sentence) == (hints.block, hints.sentence)


def _is_newer(entry: Entry, voted: Entry) -> bool:
    """Whether a text has been named by its symbol since the last vote, with no vote of its own."""
    return entry.symbol is not None and not entry.voted and entry.block > voted.block


def _elsewhere(entry: Entry, hints: Hints) -> bool:
    """Whether a text of no named body was voted on where another body was spoken of."""
    if entry.known_body() is not None or not entry.voted or entry.near is None:
        return False
    return hints.body not in (None, "UN", entry.near)


def _means(entry: Entry, phrase: TextPhrase, hints: Hints) -> bool:
    """Whether an indefinite phrase must mean this entry once more.

    It does where nothing speaks against it and one of the two stands in a headline, dek or caption,
    or both are of one body, or of one author.
    """
    if not _may_mean(entry, phrase, hints):
        return False
    summary = entry.role in _SUMMARIES or hints.role in _SUMMARIES
    same_body = entry.body is not None and entry.body == hints.body
    same_author = share_author(entry.drafters, phrase.drafters)
    return entry.kind is None or summary or same_body or same_author


def _may_mean(entry: Entry, phrase: TextPhrase, hints: Hints) -> bool:
    """Whether what is said of the two mentions can be true of one text."""
    if _is_here(entry, hints):
        return False
    if not bodies_fit(entry.body, hints.body) or not kinds_fit(entry, phrase.noun):
        return False
    drafters = phrase.drafters
    spurned = entry.kind == "proposal" and "rejected" in entry.outcomes
    if spurned and hints.outcome != "rejected" and not share_author(entry.drafters, drafters):
        return False  # "UN rejects the move" tells of a text against it
    if drafters and entry.drafters and not share_author(entry.drafters, drafters):
        return False
    if hints.outcome and entry.outcomes and hints.outcome not in entry.outcomes:
        return False
    if phrase.about and entry.about and not set(phrase.about) & set(entry.about):
        return False
    return hints.when is None or may_be_at(entry, hints.when)


def _body_of(symbol: str | None) -> str | None:
    """The body whose texts have such symbols; None for those of committees and other bodies."""
    return next((body for start, body in _SYMBOLS if (symbol or "").startswith(start)), None)


def _describe(entry: Entry, phrase: TextPhrase, hints: Hints) -> None:
    """Adds to an entry what a phrase says of it."""
    entry.take_body(hints.body)
    entry.body = _body_of(phrase.symbol) or entry.body
    entry.symbol = entry.symbol or phrase.symbol
    if phrase.noun.kind != "symbol":
        entry.kind = entry.kind or phrase.noun.kind
    if entry.block < 0:
        entry.role, entry.plural = hints.role, phrase.noun.plural
    entry.block, entry.sentence = hints.block, hints.sentence
    entry.drafters.update(dict.fromkeys(sorted(phrase.drafters)))
    entry.words.update(dict.fromkeys(phrase.words))
    entry.about.update(dict.fromkeys(phrase.about))
