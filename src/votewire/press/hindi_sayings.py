"""Who says something in a Hindi sentence: the subject before "ने", its verb of speech at the end.

"X ने कहा", "X ने इसे ... बताया", "X का कहना है", "X के अनुसार"; in the present the subject stands bare
before the verb. The name ends the subject, behind its office: "भारत के राजदूत X".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from votewire.press.allegiance import on_one_line
from votewire.press.naming import Named
from votewire.press.romance_names import mentions_in
from votewire.press.saying import Saying
from votewire.press.speech import Office, Speech, Token, plain

__all__ = ["find_hindi_sayings", "first_hindi_named", "read_hindi_phrase"]

_ERGATIVE = "ने"
_REACH = 16  # tokens of a subject
_VERB = 60  # tokens from "ने" to its verb
_NAMES = 5  # words of a name
_DENYING = 2  # tokens on either side of a verb in which a negation denies it
_PERSONAL = frozenset(("word", "name", "particle", "title"))


def find_hindi_sayings(words: Speech, text: str, tokens: Sequence[Token]) -> list[Saying]:
    """The sayings of a sentence in order."""
    found: list[Saying] = []
    taken: set[int] = set()
    for at, token in enumerate(tokens):
        saying = None
        if token.kind == "according":
            saying = _according(words, text, tokens, at)
        elif token.low == _ERGATIVE or (token.kind == "pron" and token.low.endswith(_ERGATIVE)):
            saying = _ergative(words, text, tokens, at)
        elif token.kind == "verb" and at not in taken:
            saying = _bare(words, text, tokens, at)
        if saying is not None:
            taken.add(saying.verb_at)
            found.append(saying)
    return [replace(each, verb_at=each.end - 1) for each in found]


def first_hindi_named(words: Speech, text: str, tokens: Sequence[Token]) -> Named | None:
    """Who the first "ने" of a sentence makes its subject; None where that is no person."""
    for at, token in enumerate(tokens):
        if token.low == _ERGATIVE:
            who, _ = _ending(words, text, tokens, at)
            return who if who is not None and who.kind in ("person", "office", "body") else None
    return None


def read_hindi_phrase(
    words: Speech, text: str, tokens: Sequence[Token], at: int
) -> tuple[Named | None, int]:
    """What the tokens from `at` up to the first mark name, and how many they are."""
    end = at
    while end < len(tokens) and end - at < _REACH and tokens[end].kind not in ("mark", "quote"):
        end += 1
    who, first = _ending(words, text, tokens, end)
    return (who, end - at) if who is not None and first == at else (None, 0)


def _according(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Saying:
    who, first = _ending(words, text, tokens, at)
    return Saying(
        verb=tokens[at].text,
        use="speech",
        at=first,
        end=at + 1,
        verb_at=at,
        who=who,
        according=True,
    )


def _ergative(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Saying | None:
    """The saying of the subject before "ने"; None where its verb is none of speech.

    It ends before the first quote, so that what stands between subject and verb is in its reach.
    """
    verb = _verb_of(tokens, at)
    if verb is None:
        return None
    if tokens[at].kind == "pron":
        who: Named | None = _pronoun(tokens[at])
        first = at
    else:
        who, first = _ending(words, text, tokens, at)
    quotes = [n for n in range(at + 1, verb) if tokens[n].kind == "quote"]
    return Saying(
        verb=tokens[verb].text,
        use=tokens[verb].value.use,
        at=first,
        end=quotes[0] if quotes else verb + 1,
        verb_at=verb,
        who=who,
        denied=_is_denied(words, tokens, verb),
    )


def _verb_of(tokens: Sequence[Token], at: int) -> int | None:
    """The verb of speech that "ने" at `at` governs: the first one before another subject."""
    for place in range(at + 1, min(len(tokens), at + _VERB)):
        token = tokens[place]
        if token.low == _ERGATIVE or (token.kind == "pron" and token.low.endswith(_ERGATIVE)):
            return None
        if token.kind == "verb":
            return place
    return None


def _bare(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Saying | None:
    """A verb in the present with its subject right before it: "X कहते हैं"."""
    who, first = _ending(words, text, tokens, at)
    if who is None or who.kind == "body":
        return None
    return Saying(
        verb=tokens[at].text,
        use=tokens[at].value.use,
        at=first,
        end=at + 1,
        verb_at=at,
        who=who,
        denied=_is_denied(words, tokens, at),
    )


def _is_denied(words: Speech, tokens: Sequence[Token], at: int) -> bool:
    near = tokens[max(0, at - _DENYING) : at + 1 + _DENYING]
    return any(token.low in words.sets["negations"] for token in near)


def _pronoun(token: Token) -> Named:
    return Named(kind="pronoun", name=token.value, start=token.start, end=token.end)


def _ending(
    words: Speech, text: str, tokens: Sequence[Token], end: int
) -> tuple[Named | None, int]:
    """Who the words before token `end` name, and where they start."""
    if end and tokens[end - 1].kind == "pron":
        return _pronoun(tokens[end - 1]), end - 1
    start = end
    while start > 0 and end - start < _REACH and not _bounds(tokens[start - 1]):
        start -= 1
    start = _past_adverbials(words, tokens, start, end)
    while start < end and tokens[start].kind in ("and", "adv", "time", "det", "number"):
        start += 1
    if start == end:
        return None, end
    return _classified(words, text, tokens, start, end), start


def _bounds(token: Token) -> bool:
    return token.kind in ("quote", "mark", "sub", "verb", "according") or token.low == _ERGATIVE


def _past_adverbials(words: Speech, tokens: Sequence[Token], start: int, end: int) -> int:
    """Behind the last "... में", "... के बाद"; "संयुक्त राष्ट्र में" belongs to the office."""
    for at in range(end - 1, start - 1, -1):
        if tokens[at].low not in words.sets["adverbials"]:
            continue
        post = at > start and tokens[at - 1].low in words.sets["posts"]
        office = any(token.kind == "office" for token in tokens[at:end])
        if not (post and office and at - start <= 3):
            return at + 1
    return start


def _classified(
    words: Speech, text: str, tokens: Sequence[Token], start: int, end: int
) -> Named | None:
    """The person, office or body that tokens[start:end] name."""
    offices = [at for at in range(start, end) if tokens[at].kind == "office"]
    if offices:
        return _holder(words, text, tokens, start, end, offices[-1])
    name = on_one_line(text[tokens[start].start : tokens[end - 1].end])
    found = mentions_in(name, words.lang)
    whole = len(found) == 1 and found[0].start == 0 and found[0].end == len(name)
    if whole or tokens[end - 1].kind == "body":
        state = found[0].code if found and found[0].kind == "state" else None
        return _named("body", name, tokens, start, end, state=state, head=tokens[end - 1].low)
    if found and all(token.kind in ("and", *_PERSONAL) for token in tokens[start:end]):
        joined = any(token.kind == "and" for token in tokens[start:end])
        return _named("several", name, tokens, start, end) if joined else None
    return _person(text, tokens, start, end)


def _person(text: str, tokens: Sequence[Token], start: int, end: int) -> Named | None:
    first = start
    while first < end and tokens[first].kind in ("title", "adj"):
        first += 1
    own = tokens[first:end]
    if not own or len(own) > _NAMES or any(token.kind not in _PERSONAL for token in own):
        return None
    name = on_one_line(text[own[0].start : own[-1].end])
    return _named("person", name, tokens, start, end)


def _holder(
    words: Speech, text: str, tokens: Sequence[Token], start: int, end: int, office: int
) -> Named | None:
    """The holder of an office, by name where one follows it."""
    held: Office = tokens[office].value
    role = on_one_line(text[tokens[start].start : tokens[office].end])
    state = _state(words, tokens, start, office, role) if held.state else None
    if office + 1 == end:
        return _named(
            "office", role, tokens, start, end, role=role, state=state, head=tokens[office].low
        )
    who = None if held.plural else _person(text, tokens, office + 1, end)
    if who is None:
        return None
    return replace(who, start=tokens[start].start, role=role, state=state, head=tokens[office].low)


def _state(
    words: Speech, tokens: Sequence[Token], start: int, office: int, role: str
) -> str | None:
    """The state of an office: the last that is named, unless it is where the holder is sent."""
    if any(token.low in words.sets["former"] for token in tokens[start:office]):
        return None
    found = [each for each in mentions_in(role, words.lang) if each.kind == "state"]
    if not found:
        return None
    after = role[found[-1].end :].split()
    sent = bool(after) and plain(after[0]) in ("में", "पर")
    return None if sent else found[-1].code


def _named(
    kind: str,
    name: str,
    tokens: Sequence[Token],
    start: int,
    end: int,
    *,
    role: str | None = None,
    state: str | None = None,
    head: str = "",
) -> Named:
    return Named(
        kind=kind,
        name=name,
        start=tokens[start].start,
        end=tokens[end - 1].end,
        role=role,
        state=state,
        head=head,
        plural=kind == "several",
    )
