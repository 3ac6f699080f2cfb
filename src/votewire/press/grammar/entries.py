"""One text as far as an article has described it, and whether two descriptions may be of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from votewire.press.article import Tally, TextReference
from votewire.press.dates import DayMention
from votewire.press.grammar.lexicon import TextNoun

__all__ = ["Entry", "bodies_fit", "kinds_fit", "may_be_at", "share_author"]

_SAME_VOTE = timedelta(days=1)  # time zones make "Monday" and "Tuesday" of one evening
_EUROPEAN = frozenset(("G:EU", "G:EUROPE", "G:EUROPEAN_ALLIES"))
_UNSAID = frozenset((None, "UN"))
_APART = frozenset(("amendment", "paragraph", "treaty"))
_SIDES = ("yes", "no", "abstain", "non_voting")


@dataclass(slots=True, eq=False)
class Entry:
    """One text as far as the article has described it; `key` is what its claims share.

    root: the entry that this one repeats at another time ("last year it passed"). voted: some claim
    says how somebody voted on it, or what became of it. aside: it was voted on at another time than
    the article's own vote. near: the body that its paragraph spoke of before it. role, block,
    sentence: where it was mentioned first and last.
    """

    key: int
    body: str | None = None
    symbol: str | None = None
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    day: date | None = None
    day_text: str | None = None
    drafters: dict[str, None] = field(default_factory=dict)
    words: dict[str, None] = field(default_factory=dict)
    about: dict[str, None] = field(default_factory=dict)
    tallies: list[Tally] = field(default_factory=list)
    outcomes: dict[str, None] = field(default_factory=dict)
    plural: bool = False
    voted: bool = False
    aside: bool = False
    role: str = "body"
    block: int = -1
    sentence: int = -1
    root: Entry | None = None
    near: str | None = None

    def known_body(self) -> str | None:
        """The body, None where nothing or only "the UN" is said."""
        return None if self.body in _UNSAID else self.body

    def take_body(self, body: str | None) -> None:
        """Gives the entry a body where it has none, or only "the UN"."""
        if self.body in _UNSAID and body is not None:
            self.body = body

    def take_time(self, when: DayMention) -> None:
        """Gives the entry its day, or the stretch of days that the article names first."""
        if self.day is None and (when.day is not None or self.day_text is None):
            self.day, self.day_text = when.day, when.text
            self.first, self.last = when.first, when.last

    def reference(self, body: str | None) -> TextReference:
        """The reference that claims about this text carry; `body` is its chamber."""
        return TextReference(
            key=self.key,
            chamber=body,
            symbol=self.symbol,
            date=self.day,
            date_text=self.day_text,
            drafters=tuple(self.drafters),
            subject=tuple(self.words),
            about=tuple(self.about),
            kind=self.kind,
            tally=_merged(self.tallies),
            outcome=next(iter(self.outcomes)) if len(self.outcomes) == 1 else None,
        )


def bodies_fit(one: str | None, other: str | None) -> bool:
    """Whether two bodies may be the same; "UN" may be any."""
    return one in _UNSAID or other in _UNSAID or one == other


def kinds_fit(entry: Entry, noun: TextNoun) -> bool:
    """Whether the noun may name the text: an amendment or a paragraph is no resolution."""
    if noun.kind not in _APART and entry.kind not in _APART:
        return True
    return entry.kind == noun.kind or (entry.kind == "treaty" and noun.kind == "text")


def may_be_at(entry: Entry, when: DayMention) -> bool:
    """Whether the vote may have been at that time; unknown times may be one."""
    if entry.first is None or entry.last is None or when.first is None or when.last is None:
        return True
    return entry.first - _SAME_VOTE <= when.last and when.first - _SAME_VOTE <= entry.last


def share_author(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of authors share one; the EU, Europe and its allies count as the same."""
    first, second = set(one), set(other)
    return bool(first & second) or bool(first & _EUROPEAN and second & _EUROPEAN)


def _merged(tallies: Sequence[Tally]) -> Tally | None:
    """All counts stated about one text together; None where two of them contradict each other."""
    counts: dict[str, int] = {}
    for tally in tallies:
        for side in _SIDES:
            count = getattr(tally, side)
            if count is not None and counts.setdefault(side, count) != count:
                return None
    return Tally(**counts) if counts else None
