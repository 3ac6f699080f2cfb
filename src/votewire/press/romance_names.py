"""Who a few words name in French and Spanish, where what belongs to a noun follows it.

"l'ambassadeur de France auprès de l'ONU, Nicolas X", "la portavoz rusa Maria X": an office with its
adjectives and complements, then a name, beside it or set off by commas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from votewire.press.allegiance import on_one_line
from votewire.press.naming import Named
from votewire.press.speech import Office, Speech, Token
from votewire.states import Mention, find_mentions

__all__ = ["first_named", "mentions_in", "read_romance_name", "read_romance_phrase"]

_COMMAS = frozenset((",", "—", "–", "―"))
_STOPS = frozenset((";", ":", "(", ")", "[", "]", "?", "!", "…", "."))
_AFTER_APPOSITION = frozenset(("prep", "quote", "adv", "time", "and", "sub", "verb", "aux"))
_NOUNS = frozenset(("name", "body", "office", "word", "doc", "adj", "title"))
_MOST = 24  # tokens of a name with all that belongs to it
_NAMES = 6  # words of a name


@lru_cache(maxsize=4096)
def mentions_in(words: str, lang: str) -> tuple[Mention, ...]:
    """The states and groups in the first 200 characters; the same names come often."""
    return tuple(find_mentions(words[:200], lang=lang))


def first_named(words: Speech, text: str, tokens: Sequence[Token]) -> Named | None:
    """What the sentence begins with, after "Lundi," and the like; None if it is no name."""
    at = 0
    while at < len(tokens) and tokens[at].kind in ("and", "sub", "adv"):
        at += 1
    if at < len(tokens) and tokens[at].kind in ("prep", "time", "verb", "according"):
        commas = (n for n in range(at, min(len(tokens), at + _MOST)) if tokens[n].low in _COMMAS)
        comma = next(commas, None)
        if comma is None:
            return None
        at = comma + 1
    who, size = read_romance_phrase(words, text, tokens, at)
    after = at + size
    if who is None or after >= len(tokens) or tokens[after].low in _STOPS:
        return who if who is not None and after >= len(tokens) and at == 0 else None
    return who if who.kind != "document" else None


def read_romance_phrase(
    words: Speech, text: str, tokens: Sequence[Token], at: int
) -> tuple[Named | None, int]:
    """A name from `at` on with its apposition ("X, ministre de Y,") or a fellow ("X et Y")."""
    who, size = read_romance_name(words, text, tokens, at)
    if who is None:
        return None, 0
    past = at + size
    if past < len(tokens) and tokens[past].low in _COMMAS and who.kind in ("person", "office"):
        named, more = _apposed(words, text, tokens, past + 1, who)
        if more:
            return named, past + 1 + more - at
    if past + 1 < len(tokens) and tokens[past].kind == "and":
        other, more = read_romance_name(words, text, tokens, past + 1)
        if other is not None and other.kind == who.kind and who.kind in ("person", "body"):
            return _joined(text, who, other), past + 1 + more - at
    return who, size


def read_romance_name(
    words: Speech, text: str, tokens: Sequence[Token], at: int
) -> tuple[Named | None, int]:
    """What the tokens name from `at` on, and how many tokens that takes; (None, 0) if none."""
    if at >= len(tokens):
        return None, 0
    if tokens[at].kind == "pron":
        return _pronoun(tokens[at]), 1
    begin = at
    while begin < len(tokens) and tokens[begin].kind == "det":
        begin += 1
    head = begin
    while head < len(tokens) and tokens[head].kind == "adj" and head < begin + 3:
        head += 1
    if head >= len(tokens):
        return None, 0
    if tokens[head].kind == "office":
        return _office(words, text, tokens, at, begin, head)
    if tokens[head].kind == "doc" and head == begin:
        return _document(words, text, tokens, at, head)
    return _proper(words, text, tokens, at, begin)


def _pronoun(token: Token) -> Named:
    kind = token.value
    gender = kind if kind in ("masculine", "feminine") else ""
    return Named(
        kind="pronoun",
        name=kind,
        start=token.start,
        end=token.end,
        gender=gender,
        plural=kind == "plural",
    )


def _office(
    words: Speech, text: str, tokens: Sequence[Token], at: int, begin: int, head: int
) -> tuple[Named | None, int]:
    """An office with what belongs to it, and the name behind it where there is one."""
    held: Office = tokens[head].value
    past = _belongings(words, text, tokens, head + 1)
    role = on_one_line(text[tokens[begin].start : tokens[past - 1].end])
    state = _state(words, text, tokens, begin, head, past) if held.state else None
    first = past
    if first < len(tokens) and tokens[first].kind == "title":
        first += 1
    end = _name_end(words, text, tokens, first)
    low = tokens[head].low
    gender = held.gender or _gender_of_words(words, tokens, at, begin)
    if end > first and not held.plural:
        named = Named(
            kind="person",
            name=on_one_line(text[tokens[first].start : tokens[end - 1].end]),
            start=tokens[at].start,
            end=tokens[end - 1].end,
            role=role,
            state=state,
            gender=gender,
            head=low,
        )
        return named, end - at
    named = Named(
        kind="office",
        name=role,
        start=tokens[at].start,
        end=tokens[past - 1].end,
        role=role,
        state=state,
        gender=gender,
        plural=held.plural,
        definite=tokens[at].low in words.sets["definite"],
        head=low,
    )
    return named, past - at


def _belongings(words: Speech, text: str, tokens: Sequence[Token], at: int) -> int:
    """The end of the adjectives and complements behind a noun: "français des Affaires ..."."""
    limit = min(len(tokens), at + _MOST)
    while at < limit:
        token = tokens[at]
        if _is_adjective(words, text, token) or _may_describe(tokens, at):
            at += 1
        elif token.low in words.sets["belonging"] or token.low in words.sets["posted"]:
            past = _complement(words, text, tokens, at, posted=token.low in words.sets["posted"])
            if past == at:
                break
            at = past
        elif token.kind == "and" and at + 1 < limit and _goes_on(words, tokens, at + 1):
            at += 1
            past = _noun_group(words, text, tokens, at)
            at = past if past > at else at
        else:
            break
    return at


def _goes_on(words: Speech, tokens: Sequence[Token], at: int) -> bool:
    """Whether what follows "et" belongs to the office: "et des Affaires", "y Cooperación"."""
    return tokens[at].low in words.sets["belonging"] or tokens[at].low in words.sets["portfolios"]


def _complement(words: Speech, text: str, tokens: Sequence[Token], at: int, *, posted: bool) -> int:
    """The end of "de la République", "auprès de l'ONU"; `at` where it does not belong."""
    inner = at + 1
    while inner < len(tokens) and (
        tokens[inner].kind == "det" or tokens[inner].low in words.sets["belonging"]
    ):
        inner += 1
    past = _noun_group(words, text, tokens, inner)
    if past == inner:
        return at
    if posted and not (
        tokens[inner].kind == "body"
        or tokens[inner].text.isupper()
        or _mention_at(words, text, tokens, inner)
    ):
        return at
    return past


def _noun_group(words: Speech, text: str, tokens: Sequence[Token], at: int) -> int:
    """The end of the noun at `at` with its adjectives; of a place, not of the name behind it."""
    if at >= len(tokens):
        return at
    token = tokens[at]
    acronym = token.text.isupper() and len(token.text) > 1
    past = _mention_at(words, text, tokens, at)
    if past:
        pass
    elif token.kind == "name" and not (acronym or token.low in words.sets["portfolios"]):
        past = _name_end(words, text, tokens, at)
    elif acronym or token.kind in _NOUNS:
        past = at + 1
    else:
        return at
    while past < len(tokens) and (
        tokens[past].low in words.sets["portfolios"] or _is_adjective(words, text, tokens[past])
    ):
        past += 1
    return past


def _mention_at(words: Speech, text: str, tokens: Sequence[Token], at: int) -> int:
    """The end of the state or group named at token `at`; 0 where none is."""
    if at >= len(tokens):
        return 0
    start = tokens[at].start
    last = tokens[min(len(tokens), at + 8) - 1].end
    found = mentions_in(text[start:last], words.lang)
    if not found or found[0].start != 0:
        return 0
    stop = start + found[0].end
    end = at
    while end < len(tokens) and tokens[end].end <= stop:
        end += 1
    return end if end > at else 0


def _is_adjective(words: Speech, text: str, token: Token) -> bool:
    """Whether a word behind a noun is its adjective: one of the list, or of a state."""
    if token.kind in ("adj", "name"):
        return token.low in words.sets["adjectives"]
    return token.kind == "word" and _is_demonym(words, text, token)


def _may_describe(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown word right between an office and a name must be an adjective."""
    if tokens[at].kind != "word" or at + 1 >= len(tokens) or tokens[at + 1].kind != "name":
        return False
    return tokens[at - 1].kind == "office"


def _is_demonym(words: Speech, text: str, token: Token) -> bool:
    found = mentions_in(text[token.start : token.end], words.lang)
    return bool(found) and found[0].how == "demonym"


def _name_end(words: Speech, text: str, tokens: Sequence[Token], at: int) -> int:
    """The end of the run of capitalised names from `at` on, particles between them included."""
    end = at
    while end < len(tokens) and end - at < _NAMES:
        token = tokens[end]
        if token.kind == "name" or (
            token.kind in ("adj", "time", "title") and token.cap and end > at
        ):
            end += 1
            continue
        inner = end
        while inner < len(tokens) and tokens[inner].low in words.sets["particles"]:
            inner += 1
        joins = end > at and end < inner < len(tokens) and tokens[inner].kind == "name"
        if not joins or _mention_at(words, text, tokens, inner):
            break
        end = inner + 1
    return end


def _state(
    words: Speech, text: str, tokens: Sequence[Token], begin: int, head: int, past: int
) -> str | None:
    """The state that an office speaks for: one of an adjective, or one behind "de"."""
    if any(token.low in words.sets["former"] for token in tokens[begin:past]):
        return None
    if tokens[head].low.startswith("ex-"):
        return None
    start = tokens[begin].start
    for found in mentions_in(text[start : tokens[past - 1].end], words.lang):
        if found.kind != "state":
            return None
        place = next((n for n in range(begin, past) if tokens[n].end > start + found.start), begin)
        before = place - 1
        while (
            before > head and tokens[before].kind == "det" and not _belongs(words, tokens[before])
        ):
            before -= 1
        seat = found.how in ("seat", "demonym")
        if seat or (before > head and _belongs(words, tokens[before])):
            sent = before - 1 > head and tokens[before - 1].low in words.sets["posted"]
            return None if sent else found.code
        return None
    return None


def _belongs(words: Speech, token: Token) -> bool:
    return token.low in words.sets["belonging"]


def _document(
    words: Speech, text: str, tokens: Sequence[Token], at: int, head: int
) -> tuple[Named | None, int]:
    """A statement of a body speaks for the body, any other for nobody."""
    past = head + 1
    while past < len(tokens) and tokens[past].kind == "adj":
        past += 1
    if past < len(tokens) and tokens[past].low in words.sets["belonging"]:
        owner, size = read_romance_name(words, text, tokens, past + 1)
        if owner is not None and owner.kind in ("body", "person", "office"):
            return owner, past + 1 + size - at
        past = max(past, _complement(words, text, tokens, past, posted=False))
    named = Named(
        kind="document",
        name=on_one_line(text[tokens[head].start : tokens[past - 1].end]),
        start=tokens[at].start,
        end=tokens[past - 1].end,
    )
    return named, past - at


def _proper(
    words: Speech, text: str, tokens: Sequence[Token], at: int, begin: int
) -> tuple[Named | None, int]:
    """A state, a body, or a person by the name alone."""
    first = begin + 1 if tokens[begin].kind == "title" else begin
    titled = first > begin
    article = begin > at
    placed = 0 if titled else _mention_at(words, text, tokens, first)
    end = _name_end(words, text, tokens, first)
    if placed and not (end > placed and not article):
        return _body(words, text, tokens, at, begin, placed)
    if not titled and first < len(tokens) and tokens[first].kind == "body":
        return _body(words, text, tokens, at, begin, _belongings(words, text, tokens, first + 1))
    if end == first or not tokens[first].cap:
        return None, 0
    name = on_one_line(text[tokens[first].start : tokens[end - 1].end])
    if not titled and (article or (name.isupper() and len(name) > 1)):
        return _body(words, text, tokens, at, begin, end)
    named = Named(
        kind="person",
        name=name,
        start=tokens[at].start,
        end=tokens[end - 1].end,
        gender=_gender_of_words(words, tokens, at, first),
    )
    return named, end - at


def _body(
    words: Speech, text: str, tokens: Sequence[Token], at: int, begin: int, past: int
) -> tuple[Named, int]:
    name = on_one_line(text[tokens[begin].start : tokens[past - 1].end])
    found = mentions_in(name, words.lang)
    code = found[0].code if found and found[0].kind == "state" else None
    named = Named(
        kind="body",
        name=name,
        start=tokens[at].start,
        end=tokens[past - 1].end,
        state=code,
        definite=tokens[at].low in words.sets["definite"],
        head=tokens[begin].low,
    )
    return named, past - at


def _gender_of_words(words: Speech, tokens: Sequence[Token], at: int, past: int) -> str:
    """The gender that an article or a title says."""
    lows = {token.low for token in tokens[at : past + 1]}
    if lows & words.sets["feminine"] or tokens[at].low in ("la", "une", "una"):
        return "feminine"
    masculine = bool(lows & words.sets["masculine"]) or tokens[at].low in ("le", "un", "el")
    return "masculine" if masculine else ""


def _apposed(
    words: Speech, text: str, tokens: Sequence[Token], at: int, who: Named
) -> tuple[Named, int]:
    """`who` with what an apposition from `at` on says, and its length; 0 where there is none."""
    other, size = read_romance_name(words, text, tokens, at)
    if other is None:
        return who, 0
    after = tokens[at + size] if at + size < len(tokens) else None
    closed = after is None or after.low in _COMMAS or after.low in _STOPS
    if not closed and after is not None and after.kind not in _AFTER_APPOSITION:
        return who, 0
    if who.kind == "person" and who.role is None and other.kind == "office" and not other.plural:
        return _merged(who, other), size
    if who.kind == "office" and other.kind == "person" and other.role is None and not who.plural:
        return _merged(other, who), size
    return who, 0


def _merged(person: Named, office: Named) -> Named:
    return replace(
        person,
        start=min(person.start, office.start),
        end=max(person.end, office.end),
        role=office.role,
        state=office.state,
        gender=person.gender or office.gender,
        head=office.head,
    )


def _joined(text: str, who: Named, other: Named) -> Named:
    return Named(
        kind="several",
        name=on_one_line(text[who.start : other.end]),
        start=who.start,
        end=other.end,
        plural=True,
    )
