"""Names with what belongs to them: appositions ("X, the Y of Z,"), lists, subjects of a verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from votewire.press.naming import Named, read_named, skip_leading
from votewire.press.speech import Speech, Token

__all__ = ["COMMAS", "STOPS", "first_subject", "read_name_phrase", "subject_before"]

COMMAS = frozenset((",", "—", "–", "―"))
STOPS = frozenset((";", ":", "(", ")", "[", "]", "?", "!", "…", "."))
_REACH = 40  # tokens that a subject may stand before its verb
_PARENTHESES = 4  # commas tried for the start of a parenthesis
_AFTER_APPOSITION = frozenset(("prep", "quote", "adv", "time"))


def first_subject(words: Speech, text: str, tokens: Sequence[Token]) -> Named | None:
    """What the sentence begins with, after "On Monday," and the like; None if it is no name."""
    at = skip_leading(tokens, 0)
    if at < len(tokens) and tokens[at].kind in ("prep", "time", "verb"):
        comma = next((n for n in range(at, len(tokens)) if tokens[n].low in COMMAS), None)
        if comma is None:
            return None
        at = skip_leading(tokens, comma + 1)
    who, size = read_name_phrase(words, text, tokens, at)
    after = at + size
    if who is None or after >= len(tokens) or tokens[after].low in (*STOPS, "and"):
        return None
    return who if who.kind != "document" else None


def read_name_phrase(
    words: Speech, text: str, tokens: Sequence[Token], at: int
) -> tuple[Named | None, int]:
    """A name from `at` on with its apposition ("X, the Y of Z,") or fellows ("X and Y")."""
    who, size = read_named(words, text, tokens[at : at + _REACH])
    if who is None:
        return None, 0
    past = at + size
    if past < len(tokens) and tokens[past].low in COMMAS and who.kind in ("person", "office"):
        named, more = _apposed(words, text, tokens, past + 1, who)
        if named is not who:
            return named, past + 1 + more - at
    if past + 1 < len(tokens) and tokens[past].low == "and":
        other, more = read_named(words, text, tokens[past + 1 : past + _REACH])
        ends = past + 1 + more >= len(tokens) or tokens[past + 1 + more].kind != "verb"
        both = _two_offices(text, (who, other)) if other is not None else None
        if both is not None:
            return both, past + 1 + more - at
        if other is not None and ends and who.kind == other.kind:
            return _joined(text, (who, other)), past + 1 + more - at
    return who, size


def _apposed(
    words: Speech, text: str, tokens: Sequence[Token], at: int, who: Named
) -> tuple[Named, int]:
    """`who` with what an apposition from `at` on says; `who` itself where there is none."""
    other, size = read_named(words, text, tokens[at : at + _REACH])
    if other is None:
        return who, 0
    after = tokens[at + size] if at + size < len(tokens) else None
    if after is not None and after.low not in (*COMMAS, *STOPS):
        loose = after.kind in _AFTER_APPOSITION and other.kind != who.kind
        merged = _merged(who, other) if loose else who
    else:
        merged = _merged(who, other)
    return merged, size if merged is not who else 0


def _merged(who: Named, other: Named) -> Named:
    """A person and an office beside it as one; `who` where they do not fit."""
    if who.kind == "person" and other.kind == "office" and who.role is None and not other.plural:
        person, office = who, other
    elif who.kind == "office" and other.kind == "person" and other.role is None:
        person, office = other, who
    else:
        return who
    return replace(
        person,
        start=who.start,
        end=max(who.end, other.end),
        role=office.role,
        state=office.state or person.state,
        gender=person.gender or office.gender,
        head=office.head,
    )


def subject_before(
    words: Speech, text: str, tokens: Sequence[Token], end: int
) -> tuple[Named | None, int]:
    """The subject that ends before token `end`, and the token that it starts at."""
    if end == 0:
        return None, end
    last = tokens[end - 1]
    if last.kind == "pron":
        return read_named(words, text, tokens[end - 1 : end])[0], end - 1
    if last.low == "who" or last.low == "which":
        return _antecedent(words, text, tokens, end - 1)
    if last.low in COMMAS:
        return _over_parenthesis(words, text, tokens, end - 1)
    return _ending(words, text, tokens, end)


def _antecedent(
    words: Speech, text: str, tokens: Sequence[Token], at: int
) -> tuple[Named | None, int]:
    """What "who" stands for: the name before it, without the comma between."""
    end = at - 1 if at and tokens[at - 1].low in COMMAS else at
    return _ending(words, text, tokens, end)


def _over_parenthesis(
    words: Speech, text: str, tokens: Sequence[Token], comma: int
) -> tuple[Named | None, int]:
    """The subject of "X, the envoy, said" and "X, speaking in Geneva, said"."""
    tried = 0
    for at in range(comma - 1, max(-1, comma - _REACH), -1):
        if tokens[at].kind == "quote" or tokens[at].low in STOPS:
            break
        if tokens[at].low in COMMAS:
            who, first = _ending(words, text, tokens, at)
            if who is not None:
                named, size = _apposed(words, text, tokens[:comma], at + 1, who)
                whole = at + 1 + size == comma
                return (named if whole else who), first
            tried += 1
            if tried == _PARENTHESES:
                break
    return None, comma


def _ending(
    words: Speech, text: str, tokens: Sequence[Token], end: int
) -> tuple[Named | None, int]:
    """The name phrase that ends before `end`: from the clause's start, else the nearest words."""
    start = end
    while start > 0 and end - start < _REACH and not _bounds(tokens[start - 1]):
        start -= 1
    for first in _starts(tokens, start, end):
        who, size = read_named(words, text, tokens[first:end])
        if who is None:
            continue
        if first + size < end and tokens[first + size].low == "and":
            members = _list(words, text, tokens, first, end)
            both = _two_offices(text, members)
            if both is not None:
                return both, first
            if members:
                return _all_listed(words, text, tokens, first, members)
        elif first + size == end or _adverbial(tokens[first + size : end]):
            return who, first
    return None, end


def _bounds(token: Token) -> bool:
    return token.kind in ("quote", "sub") or token.low in STOPS or token.low in COMMAS


def _starts(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    """Where a subject may begin: the clause's start, then any article or capital after no "of"."""
    first = skip_leading(tokens[:end], start)
    if first + 1 < end and tokens[first].kind in ("prep", "time"):
        while first < end and tokens[first].kind in ("prep", "time", "adv", "number"):
            first += 1
    found = [first] if first < end else []
    for at in range(first + 1, end):
        last, token = tokens[at - 1], tokens[at]
        if last.kind in ("prep", "det", "adj", "poss", "name", "office", "body", "title"):
            continue
        if token.kind in ("det", "name", "office", "adj", "title", "body", "pron"):
            found.append(at)
    return found[:8]


def _adverbial(tokens: Sequence[Token]) -> bool:
    """Whether what stands between a subject and its verb only says when, where or how."""
    return (
        tokens[0].kind in ("prep", "adv", "time")
        and len(tokens) <= 8
        and all(token.kind not in ("verb", "aux", "pron", "sub", "mark") for token in tokens)
    )


def _list(words: Speech, text: str, tokens: Sequence[Token], first: int, end: int) -> list[Named]:
    """The members of "X and Y", which is all that stands before `end`; none where it is not."""
    members: list[Named] = []
    at = first
    while at < end:
        who, size = read_named(words, text, tokens[at:end])
        if who is None:
            return []
        members.append(who)
        at += size
        if at < end and tokens[at].low != "and":
            return members if _adverbial(tokens[at:end]) else []
        at += 1
    return members if len(members) > 1 else []


def _two_offices(text: str, members: Sequence[Named]) -> Named | None:
    """ "Prime Minister and Foreign Minister X": one person; None where it is not so."""
    if [each.kind for each in members] != ["office", "person"] or members[0].plural:
        return None
    first, last = members
    role = last.role
    if role is None or not text[last.start : last.end].startswith(role):
        return None
    begin = first.end - len(first.name)
    return replace(
        last,
        start=first.start,
        role=" ".join(text[begin : last.start + len(role)].split()),
        state=first.state or last.state,
    )


def _all_listed(
    words: Speech, text: str, tokens: Sequence[Token], first: int, members: list[Named]
) -> tuple[Named, int]:
    """The members with those before them: "X, Y" of "X, Y and Z"."""
    while first > 1 and tokens[first - 1].low == ",":
        who, start = _ending(words, text, tokens, first - 1)
        if who is None or who.kind != members[0].kind:
            break
        members, first = [who, *members], start
    return _joined(text, members), first


def _joined(text: str, members: Sequence[Named]) -> Named:
    """Several names as one speaker."""
    first, last = members[0], members[-1]
    bare = first.end - len(first.name)
    begin = bare if text[bare : first.end] == first.name else first.start
    return Named(
        kind="several",
        name=" ".join(text[begin : last.end].split()),
        start=first.start,
        end=last.end,
        plural=True,
    )
