"""Lists of states as people write them: "Bolivia (Plurinational State of), Congo and Sao Tome".

A comma ends a name unless it stands in brackets or both sides together are a name; "and" ends one
unless it is part of it, as in Trinidad and Tobago.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence

from votewire.errors import UnknownState

__all__ = ["Resolve", "states_in"]

Resolve = Callable[[str], str]

_NOBODY = {"none", "nil", "no one", "nobody", "no state", "n/a"}
_CONNECTIVES = {"and", "And", "&"}  # not AND, which is a state's code
_COMMA = re.compile(r"[,;]")
_COMMA_OR_BRACKET = re.compile(r"[,;()\[\]]")
_AND = re.compile(r"(?<!\s)\s++(?:and|&)\s+", re.IGNORECASE)
_LEADING = re.compile(r"^(?:and|&)\s+", re.IGNORECASE)
_THE = re.compile(r"^the\s+", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[*†‡]+|\[\d+\]")
_HYPHENATED = re.compile(r"(\w)-[ \t]*\n[ \t]*(\w)")


def states_in(text: str, resolvers: Sequence[Resolve]) -> list[tuple[str, str]]:
    """The states of a list, in order, as (name as written, code).

    resolvers: each gives a name's code or raises UnknownState; the next is asked where one fails,
    so put the quick and strict one first. Raises UnknownState for the first part that none knows,
    neither whole, nor divided at "and", nor joined with what follows its comma.
    """
    text = _HYPHENATED.sub(r"\1-\2", _FOOTNOTE.sub("", text)).strip()
    if _COMMA.search(text) or "\n" not in text:
        return _read(list(_between_commas(text)), resolvers)
    try:
        return _read(text.split("\n"), resolvers)  # one name on each line
    except UnknownState:
        with contextlib.suppress(UnknownState):
            return _read([text], resolvers)  # or one or two names, broken over two lines
        raise


def _between_commas(text: str) -> Iterator[str]:
    """The text divided at its commas, but at none that a closing bracket follows before another."""
    start, commas = 0, list[int]()
    for mark in _COMMA_OR_BRACKET.finditer(text + "("):
        if mark[0] in ",;":
            commas.append(mark.start())
            continue
        for comma in commas if mark[0] in "([" else ():
            yield text[start:comma]
            start = comma + 1
        commas.clear()
    yield text[start:]


def _read(pieces: Sequence[str], resolvers: Sequence[Resolve]) -> list[tuple[str, str]]:
    parts = list(_cleaned(pieces))
    found: list[tuple[str, str]] = []
    while parts:
        first, before = parts.pop(0), ""
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
        parts[:1] = [rest] if rest else []
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
    ends = [*(match.span() for match in _AND.finditer(second)), (len(second), len(second))]
    for end, after in ends:
        tail = second[:end]
        if _code(tail, resolve) is not None:
            return None
        for name in (f"{first}, {tail}", f"{tail} {first}"):
            code = _code(name, resolve)
            if code is not None:
                return f"{first}, {tail}", code, second[after:]
    return None


def _divided(part: str, resolvers: Sequence[Resolve]) -> list[tuple[str, str]]:
    """The part as one state, or as several joined by "and". Raises UnknownState for the part."""
    for resolve in resolvers[:-1]:
        try:
            return _split(part, resolve)
        except UnknownState:
            continue
    return _split(part, resolvers[-1])


def _split(part: str, resolve: Resolve) -> list[tuple[str, str]]:
    try:
        return [(part, resolve(part))]
    except UnknownState:
        bare = _THE.sub("", part)
        code = _code(bare, resolve) if bare != part else None
        if code is not None:
            return [(part, code)]
        for match in _AND.finditer(part):
            before, after = part[: match.start()], part[match.end() :]
            code = _code(_THE.sub("", before), resolve)
            if code is not None:
                return [(before, code), *_split(after, resolve)]
        raise


def _code(name: str, resolve: Resolve) -> str | None:
    try:
        return resolve(name)
    except UnknownState:
        return None
