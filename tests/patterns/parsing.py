"""What a regular expression tells apart, read from its parse: letters, first letters, doubt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from re import _compiler, _parser  # type: ignore[attr-defined]
from re import _constants as ops  # type: ignore[attr-defined]
from typing import Any

Item = tuple[Any, Any]

MANY = 12  # a repeat that ends sooner costs a bounded time for each letter
_REPEATS = frozenset({ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT})
_SINGLE = frozenset({ops.LITERAL, ops.NOT_LITERAL, ops.IN, ops.ANY})
# Letters that stand for a class, and letters beside it: spaces, marks, figures, other scripts.
_CLASSES = {
    ops.CATEGORY_DIGIT: "7१",
    ops.CATEGORY_NOT_DIGIT: "a -",
    ops.CATEGORY_SPACE: " \n\t",
    ops.CATEGORY_NOT_SPACE: "a7.",
    ops.CATEGORY_WORD: "aZ7é_क",
    ops.CATEGORY_NOT_WORD: " .-\n",
}
_ALWAYS = "\n aZ7-.,("


@dataclass(frozen=True, slots=True)
class Place:
    """A repeat without a near end: what stands before it, and what is repeated.

    doubtful: whether the same letters can be read in two ways there: the repeat may end where it
    may also go on, or its body holds a repeat or alternatives that begin alike.
    """

    before: tuple[Item, ...]
    body: tuple[Item, ...]
    doubtful: bool


class Parsed:
    """A regular expression as Python parses it, with strings that parts of it match."""

    def __init__(self, pattern: str, flags: int) -> None:
        parsed = _parser.parse(pattern, flags)
        self.tree: tuple[Item, ...] = tuple(parsed)
        self.flags: int = parsed.state.flags
        self._random = Random(pattern.encode("utf-8", "surrogatepass"))
        self._taken: dict[str, str] = {}
        self._groups: dict[int, str] = {}

    @cached_property
    def letters(self) -> str:
        """One letter at least for all that the pattern tells apart."""
        return "".join(dict.fromkeys((*_letters(self.tree), *_ALWAYS)))

    def taken(self, item: Item) -> str:
        """Those of the letters that an item of one letter takes."""
        key = str(item)
        if key not in self._taken:
            takes = _single(item, self.flags)
            self._taken[key] = "".join(each for each in self.letters if takes.fullmatch(each))
        return self._taken[key]

    def taken_alone(self, item: Item) -> str:
        """The letters that an item takes if it is one of one letter; "" for any other."""
        return self.taken(item) if item[0] in _SINGLE else ""

    @cached_property
    def common(self) -> Counter[str]:
        """Letter -> how many parts of the pattern take it."""
        return Counter(each for item in _singles(self.tree) for each in self.taken(item))

    @cached_property
    def rare(self) -> list[str]:
        """The letters that the fewest parts take: what a rest may fail at."""
        return sorted(self.letters, key=lambda each: self.common[each])[:2]

    @cached_property
    def begins(self) -> frozenset[str]:
        """The letters that a match may begin with."""
        return self._first(self.tree)

    def sample(self, items: Iterable[Item]) -> str:
        """A string that the items match, another one each time; what looks around is left out."""
        return "".join(map(self._sample, items))

    def _sample(self, item: Item) -> str:
        op, held = item
        if op is ops.LITERAL:
            return chr(held)
        if op in _SINGLE:
            return self._random.choice(self.taken(item) or "a")
        if op in _REPEATS:
            times = held[0] or self._random.randint(0, min(1, held[1]))
            return "".join(self.sample(held[2]) for _ in range(times))
        if op is ops.BRANCH:
            return self.sample(self._random.choice(held[1]))
        if op is ops.SUBPATTERN:
            self._groups[held[0]] = said = self.sample(held[3])
            return said
        if op is ops.GROUPREF:
            return self._groups.get(held, "")
        return self.sample(held) if op is ops.ATOMIC_GROUP else ""

    def places(self) -> list[Place]:
        """Every repeat without a near end, those that look around included."""
        return list(self._places(self.tree, (), frozenset()))

    def _places(
        self, items: tuple[Item, ...], before: tuple[Item, ...], after: frozenset[str]
    ) -> Iterator[Place]:
        for at, (op, held) in enumerate(items):
            follows = self._first(items[at + 1 :], after)
            if op in _REPEATS:
                body = tuple(held[2])
                if held[1] is ops.MAXREPEAT or held[1] >= MANY:
                    alike = op is not ops.POSSESSIVE_REPEAT and self._first(body) & follows
                    yield Place(before, body, bool(alike) or self._forks(body))
                yield from self._places(body, before, follows | self._first(body))
            for part in () if op in _REPEATS else _parts((op, held)):
                yield from self._places(tuple(part), before, follows)
            before = (*before, (op, held))

    def _first(self, items: Sequence[Item], after: frozenset[str] = frozenset()) -> frozenset[str]:
        """The letters that the items may begin with; `after` where all of them may be empty."""
        found: set[str] = set()
        for item in items:
            first, empty = self._first_of(item)
            found |= first
            if not empty:
                return frozenset(found)
        return frozenset(found | after)

    def _first_of(self, item: Item) -> tuple[frozenset[str], bool]:
        """The letters that one item may begin with, and whether it may be empty."""
        op, held = item
        if op in _SINGLE:
            return frozenset(self.taken(item)), False
        if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            return frozenset(), True
        if op is ops.GROUPREF:
            return frozenset(self.letters), True
        parts = [tuple(part) for part in _parts(item)]
        empty = any(self._empty(part) for part in parts) or (op in _REPEATS and held[0] == 0)
        return frozenset().union(*(self._first(part) for part in parts)), empty

    def _empty(self, items: Sequence[Item]) -> bool:
        return all(self._first_of(item)[1] for item in items)

    def _forks(self, items: Sequence[Item]) -> bool:
        """Whether a repeated body can be read in two ways: a repeat in it, alternatives alike."""
        for op, held in items:
            parts = [tuple(part) for part in _parts((op, held))]
            if op in _REPEATS or any(self._forks(part) for part in parts):
                return True
            firsts = [self._first(part) for part in parts] if op is ops.BRANCH else []
            if sum(map(len, firsts)) > len(frozenset().union(*firsts)):
                return True
        return False


def _single(item: Item, flags: int) -> re.Pattern[str]:
    """The pattern of one item alone."""
    alone = _parser.SubPattern(_parser.State(), [item])
    return _compiler.compile(alone, flags)


def _parts(item: Item) -> list[Sequence[Item]]:
    """The sequences that an item holds."""
    op, held = item
    if op in _REPEATS:
        return [held[2]]
    if op is ops.BRANCH:
        return list(held[1])
    if op is ops.SUBPATTERN:
        return [held[3]]
    if op is ops.ATOMIC_GROUP:
        return [held]
    if op in (ops.ASSERT, ops.ASSERT_NOT):
        return [held[1]]
    if op is ops.GROUPREF_EXISTS:
        return [part for part in held[1:] if part is not None]
    return []


def _singles(items: Iterable[Item]) -> Iterator[Item]:
    for item in items:
        if item[0] in _SINGLE:
            yield item
        for part in _parts(item):
            yield from _singles(part)


def _letters(items: Iterable[Item]) -> Iterator[str]:
    for op, held in items:
        if op in (ops.LITERAL, ops.NOT_LITERAL):
            yield chr(held)
        elif op is ops.IN:
            yield from _letters_of_class(held)
        for part in _parts((op, held)):
            yield from _letters(part)


def _letters_of_class(members: Iterable[Item]) -> Iterator[str]:
    for op, held in members:
        if op is ops.LITERAL:
            yield chr(held)
        elif op is ops.RANGE:
            yield from map(chr, held)
        elif op is ops.CATEGORY:
            yield from _CLASSES[held]
