"""Lists of states as people write them: "Bolivia (Plurinational State of), Congo and Sao Tome".

A comma ends a name unless it stands in brackets or both sides together are a name; "and" ends one
unless it is part of it, as in Trinidad and Tobago.
"""

from __future__ import annotations

import contextlib
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from votewire.errors import SourceError, UnknownState

__all__ = ["Resolve", "states_in"]

Resolve = Callable[[str], str]

_NOBODY = {"none", "nil", "no one", "nobody", "no state", "n/a"}
_CONNECTIVES = {"and", "And", "&"}  # not AND, which is a state's code
_COMMA = re.compile(r"[,;]")
_MARK = re.compile(r"[,;()\[\]]")
_AND = re.compile(r"(?<!\s)\s++(?:and|&)\s+", re.IGNORECASE)
_LEADING = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[*†‡]+|\[\d+\]")
_HYPHENATED = re.compile(r"(\w)-[ \t]*\n[ \t]*(\w)")
# What is longer is no name and is not looked up: the longest that is known, in Maltese, has 81
# characters, and none has more than one "and".
_LONGEST = 120
_ANDS = 2
_MOST = 1_000  # names in a list; no chamber has 200 members


def states_in(text: str, resolvers: Sequence[Resolve]) -> list[tuple[str, str]]:
    """The states of a list, in order, as (name as written, code).

    resolvers: each gives a name's code or raises UnknownState; the next is asked where one fails,
    so put the quick and strict one first. Raises UnknownState for the first part that none knows,
    neither whole, nor divided at "and", nor joined with what follows its comma, and SourceError for
    more names than there could be states.
    """
    text = _HYPHENATED.sub(r"\1-\2", _FOOTNOTE.sub("", text)).strip()
    if _COMMA.search(text) or "\n" not in text:
        return _read(_pieces(text), resolvers)
    try:
        return _read(text.split("\n"), resolvers)  # one name on each line
    except UnknownState:
        with contextlib.suppress(UnknownState):
            return _read([text], resolvers)  # or one or two names, broken over two lines
        raise


def _pieces(text: str) -> list[str]:
    """The text divided at commas outside brackets: those after which no bracket closes first."""
    inside, cuts = False, []
    for at, mark in reversed([(match.start(), match[0]) for match in _MARK.finditer(text)]):
        if mark not in ",;":
            inside = mark in ")]"
        elif not inside:
            cuts.append(at)
    cuts.reverse()
    starts, ends = [0, *(cut + 1 for cut in cuts)], [*cuts, len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _read(pieces: Sequence[str], resolvers: Sequence[Resolve]) -> list[tuple[str, str]]:
    parts = deque(_cleaned(pieces))
    _refuse_many(len(parts))
    found: list[tuple[str, str]] = []
    while parts:
        first, before = parts.popleft(), ""
        joined = _joined(first, parts[0], resolvers[0]) if parts else None
        ands = list(_AND.finditer(first))
        if parts and joined is None and ands:
            before, tail = first[: ands[-1].start()], first[ands[-1].end() :]
            joined = _joined(tail, parts[0], resolvers[0])
        if joined is None:
            found.extend(_divided(first, resolvers))
            continue
        name, code, rest = joined
        found.extend([*(_divided(before, resolvers) if before else ()), (name, code)])
        parts.popleft()
        if rest:
            parts.appendleft(rest)
    return found


def _cleaned(pieces: Sequence[str]) -> Iterator[str]:
    """The pieces without line ends, full stops, bullets and leading "and"; none for nobody."""
    for piece in pieces:
        cleaned = _LEADING.sub("", " ".join(piece.split()).strip(" .:•·–—-"))
        if cleaned and cleaned.casefold() not in _NOBODY and cleaned not in _CONNECTIVES:
            yield cleaned


def _joined(first: str, second: str, resolve: Resolve) -> tuple[str, str, str] | None:
    """The state that "Congo, Democratic Republic of the" names, or None where these are two.

    Returns its name, its code, and what follows it after an "and" ("" if nothing).
    """
    for end, after in _ends(second):
        tail = second[:end]
        if _code(tail, resolve) is not None:
            return None
        for name in (f"{first}, {tail}", f"{tail} {first}"):
            code = _code(name, resolve)
            if code is not None:
                return f"{first}, {tail}", code, second[after:]
    return None


def _ends(text: str) -> list[tuple[int, int]]:
    """Where a name that begins a text may end, and where the next one would begin."""
    spans = [match.span() for match in islice(_AND.finditer(text), _ANDS + 1)]
    return [*spans, (len(text), len(text))]


def _divided(part: str, resolvers: Sequence[Resolve]) -> list[tuple[str, str]]:
    """The part as one state, or as several joined by "and". Raises UnknownState for the part."""
    for resolve in resolvers[:-1]:
        try:
            return _split(part, resolve)
        except UnknownState:
            continue
    return _split(part, resolvers[-1])


def _split(part: str, resolve: Resolve) -> list[tuple[str, str]]:
    """The names in a part, each as short as it can be, but for what is one name to its end."""
    ands = [match.span() for match in _AND.finditer(part)]
    _refuse_many(len(ands))
    starts = [0, *(end for _, end in ands)]
    ends = [*(start for start, _ in ands), len(part)]
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(ends):
        near = range(at, min(at + _ANDS + 1, len(ends)))
        for last in (near[-1], *near) if near[-1] == len(ends) - 1 else near:
            name = part[starts[at] : ends[last]]
            bare = _THE.sub("", name)
            code = _code(name, resolve) or (_code(bare, resolve) if bare != name else None)
            if code is not None:
                found.append((name, code))
                at = last + 1
                break
        else:
            raise _unknown(part[starts[at] :], part[starts[at] : ends[at]], resolve)
    return found


def _unknown(rest: str, first: str, resolve: Resolve) -> UnknownState:
    """The error for what no state is called: the rest of a part, of a long one its first name."""
    name = rest if len(rest) <= _LONGEST else first[:_LONGEST]
    try:
        resolve(name)
    except UnknownState as error:
        return error
    return UnknownState(name)


def _refuse_many(names: int) -> None:
    if names > _MOST:
        raise SourceError(f"A list has {names:,} names, more than there are states.")


def _code(name: str, resolve: Resolve) -> str | None:
    """The code of a name; None for what is no state's, or too long for a name."""
    try:
        return resolve(name) if len(name) <= _LONGEST else None
    except UnknownState:
        return None
