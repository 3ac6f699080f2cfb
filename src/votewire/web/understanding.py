"""What the words of a search name: states, groups, topics, rollcalls, and what is left over.

A person types "how did hungary vote on ukraine 2025": two names, a year, and words that say
nothing. A name may be read in two ways, Ukraine as a state and as a topic; both readings are given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from votewire import states
from votewire.errors import NotInRecord, UnknownState
from votewire.record import Record
from votewire.record.topics import topics
from votewire.states.datafiles import languages
from votewire.states.folding import fold
from votewire.states.gazetteer import phrases

__all__ = ["Named", "Understood", "is_article", "understood"]

_LONGEST = 5  # words of one name
_MOST = 24  # words looked at
_CODE = 3  # letters of a code; as words, "in", "no" and "can" are more than codes
_ARTICLE = 300  # characters from which a text is no search
_YEAR = re.compile(r"(?:19[4-9]\d|20\d\d)\Z")
_SHORT = frozenset({"us", "uk", "usa", "eu", "uae", "drc", "au", "p5"})  # names in small letters
_IDLE = re.compile(
    "a|about|against|an|and|at|between|by|compared?|country|did|does|do|for|from|has|have|how|in|"
    "is|it|of|on|or|over|positions?|shift|states|that|the|their|to|un|v|versus|vs|vote|voted|votes|"
    "voting|was|were|what|when|where|which|who|whom|why|with"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name among the words. Each reading is a code or id, None where it cannot be meant."""

    words: str
    state: str | None = None
    group: str | None = None
    topic: str | None = None
    rollcalls: tuple[str, ...] = ()

    @property
    def side(self) -> str | None:
        """What /compare takes for it: the state, else the group."""
        return self.state or self.group


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """Words taken apart: the names in them, a year, and the words to look for in titles."""

    names: tuple[Named, ...] = ()
    year: int | None = None
    others: tuple[str, ...] = ()


def is_article(text: str) -> bool:
    """Whether a text is one to check rather than words to look for: long, or of several lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(text.strip()) > _ARTICLE or len(lines) > 1


def understood(record: Record, text: str) -> Understood:
    """The names in a text, the longest first where two overlap, in the order of the text."""
    words = [word.strip(",;:?!\"'“”‘’") for word in text.split()[:_MOST]]
    words = [word for word in words if word]
    whole = " ".join(words)
    names: list[Named] = []
    others: list[str] = []
    year: int | None = None
    at = 0
    while at < len(words):
        name, taken = _first(record, words[at : at + _LONGEST], whole)
        if name is not None:
            names.append(name)
        elif _YEAR.match(words[at]):
            year = int(words[at])
        elif not _IDLE.fullmatch(words[at].lower()):
            others.append(words[at])
        at += taken
    return Understood(names=tuple(names), year=year, others=tuple(others))


def _first(record: Record, words: list[str], whole: str) -> tuple[Named | None, int]:
    """The longest name that these words begin with, and of how many words it is."""
    for taken in range(len(words), 0, -1):
        name = _named(record, " ".join(words[:taken]), whole)
        if name is not None:
            return name, taken
    return None, 1


def _named(record: Record, words: str, whole: str) -> Named | None:
    """What the words name, if anything; a short word only where it is written as a name."""
    lower, alone = words.lower(), words == whole
    if not alone and (_IDLE.fullmatch(lower) or _YEAR.match(words)):
        return None
    clear = alone or len(words) > _CODE or words.isupper() or lower in _SHORT
    known = fold(words) in _common() or (alone and not words.isascii())
    rows = record.rows(words) if any(letter.isdigit() for letter in words) else []
    found = Named(
        words=words,
        state=_state(words) if clear and known else None,
        group=_group(words) if clear and known else None,
        topic=_topics().get(fold(words)),
        rollcalls=tuple(record.rollcalls["id"].gather(rows)),
    )
    return found if found.side or found.topic or found.rollcalls else None


def _state(words: str) -> str | None:
    try:
        return states.resolve(words).code
    except UnknownState:
        return None


def _group(words: str) -> str | None:
    try:
        return states.resolve_group(words)
    except NotInRecord:
        return None


@cache
def _common() -> frozenset[str]:
    """Names of states and groups in the languages that the press is read in, and every code.

    To look in all of CLDR's languages takes a twentieth of a second for each word that is no name.
    """
    groups = [(known, states.group(known).name) for known in states.groups()]
    texts = [*states.codes(), *(name for pair in groups for name in pair)]
    texts += [one.text for lang in languages() for one in phrases(lang, typed=True)]
    return frozenset(map(fold, texts))


@cache
def _topics() -> dict[str, str]:
    known: dict[str, str] = {}
    for each in topics():
        for name in (each.id, each.name, *each.aliases):
            known.setdefault(fold(name), each.id)
    return known
