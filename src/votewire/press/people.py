"""The people that an article names: full names, offices, and the order in which they come up."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from votewire.press.allegiance import is_state
from votewire.press.article import Article
from votewire.press.naming import Named
from votewire.press.orders import order_of
from votewire.press.speech import Speech, Token, tokenise

__all__ = ["People"]

_CAPITALS = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_WORD = rf"[{_CAPITALS}](?:\w|[-'’](?=\w)(?!s\b)|\.(?=\s?[{_CAPITALS}])){{0,60}}+"
_RUN = re.compile(
    rf"(?<![\w.'’-])(?:al-)?{_WORD}(?:\s{{1,2}}"
    r"(?:(?:de|da|del|della|di|du|van|von|der|den|bin|ibn|ben|al|el|la|le)\s){0,2}"
    rf"(?:al-)?{_WORD}){{1,12}}+"
)
_NOT_NAMES = frozenset(
    (
        "office",
        "adj",
        "body",
        "doc",
        "title",
        "time",
        "det",
        "prep",
        "sub",
        "and",
        "adv",
        "pron",
        "aux",
        "modal",
        "not",
        "according",
        "verb",
    )
)
_OCCURRENCES = 6  # of a name, tried for its office
_BEFORE, _AFTER = 90, 130  # characters around a name in which its office may stand
_MOST_WORDS = 5


class People:
    """The names in an article's prose, found when first asked for; quotes are left out.

    quotes: their (start, end) in page order.
    """

    def __init__(self, article: Article, words: Speech, quotes: Sequence[tuple[int, int]]) -> None:
        self._article = article
        self._words = words
        self._quotes = quotes
        self._roles: dict[str, Named | None] = {}
        self._heard: dict[
            str, set[str]
        ] = {}  # last word -> full names, in a script without capitals
        self.genders: dict[str, str] = {}

    @cached_property
    def places(self) -> list[tuple[int, int, str]]:
        """(start, end, full name) of every full name, in page order."""
        found = []
        for block in self._article.prose():
            if block.role != "headline":
                found += self._in_block(block.start, block.end)
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [place[0] for place in self.places]

    @cached_property
    def _by_last(self) -> dict[str, set[str]]:
        table: dict[str, set[str]] = {}
        for _, _, name in self.places:
            table.setdefault(name.split()[-1], set()).add(name)
        return table

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[int, int]]]:
        table: dict[str, list[tuple[int, int]]] = {}
        for start, end, name in self.places:
            table.setdefault(name, []).append((start, end))
        return table

    def within(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """(start, end, full name) in text[start:end] outside quotes, but for possessives."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        text = self._article.text
        return [
            place
            for place in self.places[first:last]
            if text[place[1] : place[1] + 2] not in ("'s", "’s")
        ]

    def full(self, name: str) -> str:
        """The one full name in the article that ends in `name`; `name` where there is none."""
        table = self._heard if self._words.grammar == "hindi" else self._by_last
        known = table.get(name, set())
        return next(iter(known)) if len(known) == 1 else name

    def described(self, who: Named) -> Named:
        """A person with the full name, and with office, state and gender from the article."""
        name = self.full(who.name)
        if name not in self._roles:
            self._roles[name] = self._office_of(name)
        known = self._roles[name]
        gender = self.genders.get(name) or who.gender
        if who.role is None and known is not None:
            state = who.state or known.state
            gender = gender or known.gender
            who = replace(who, role=known.role, state=state, head=known.head)
        if gender:
            self.genders[name] = gender
        return replace(who, name=name, gender=gender)

    def remember(self, who: Named) -> None:
        """Keeps the office that stands beside a name, for where the name stands alone."""
        if who.kind == "person" and who.role is not None and self._roles.get(who.name) is None:
            self._roles[who.name] = who
        if who.kind == "person" and " " in who.name and self._words.grammar == "hindi":
            self._heard.setdefault(who.name.split()[-1], set()).add(who.name)

    def _in_block(self, start: int, end: int) -> list[tuple[int, int, str]]:
        found = []
        for run in _RUN.finditer(self._article.text, start, end):
            if self._is_quoted(run.start()):
                continue
            name = self._stripped(run[0])
            if name:
                found.append((run.end() - len(name), run.end(), " ".join(name.split())))
        return found

    def _is_quoted(self, at: int) -> bool:
        before = bisect_right(self._quotes, (at, len(self._article.text))) - 1
        return before >= 0 and at < self._quotes[before][1]

    def _stripped(self, run: str) -> str:
        """The name that a run of capitals ends with; "" where it is no person's full name."""
        parts = re.split(r"(\s+)", run)
        kinds = [self._kind(part) for part in parts[::2]]
        if parts[0].lower() in self._words.sets["names_too"]:
            kinds[0] = "time"
        if kinds[-1] == "office":
            kinds[-1] = ""  # Larry King
        first = max((at + 1 for at, kind in enumerate(kinds) if kind in _NOT_NAMES), default=0)
        name = "".join(parts[2 * first :])
        count = len(kinds) - first
        if not 2 <= count <= _MOST_WORDS or kinds[-1] == "body" or is_state(" ".join(name.split())):
            return ""
        return name

    def _kind(self, word: str) -> str:
        found = self._words.kinds.get(word.lower().replace("’", "'").rstrip("."))
        if found is None:
            return ""
        return "" if found[1] == "name" else found[0]

    def _office_of(self, name: str) -> Named | None:
        """The office beside the first occurrence of the name that has one."""
        for start, end in self._by_name.get(name, ())[:_OCCURRENCES]:
            found = self._beside(start, end)
            if found is not None:
                return found
        return None

    def _beside(self, start: int, end: int) -> Named | None:
        """The person at (start, end) with an office before the name or in apposition to it."""
        text = self._article.text
        before = self._clause(max(0, start - _BEFORE), end)
        for at in range(len(before)):
            if at and before[at - 1].kind in ("prep", "poss", "adj", "name", "office", "body"):
                continue
            who, size = order_of(self._words).phrase(self._words, text, before, at)
            if who is not None and who.kind == "person" and who.role and at + size == len(before):
                return who
        after = self._clause(start, min(len(text), end + _AFTER), forward=True)
        who, _ = order_of(self._words).phrase(self._words, text, after, 0)
        return who if who is not None and who.kind == "person" and who.role else None

    def _clause(self, start: int, end: int, *, forward: bool = False) -> list[Token]:
        """The tokens of text[start:end], of one sentence and outside quotes."""
        text = self._article.text
        part = text[start:end]
        if forward:
            stop = re.search(r"[.!?;\n]\s|[\"“”«»]", part)
            end = start + stop.start() if stop else end
        else:
            for stop in re.finditer(r"[a-z)][.!?;]\s|\n|[\"“”«»]", part):
                start = max(start, end - len(part) + stop.end())
        return tokenise(self._words, text, start, end, headline=False)
