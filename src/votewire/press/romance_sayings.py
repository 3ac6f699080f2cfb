"""Who says something in a French or Spanish sentence: each verb of speech with its subject.

The subject stands before the verb ("X a déclaré"), behind it ("a déclaré lundi X", "dijo X"), in it
("a-t-il ajouté"), or nowhere, which in Spanish is the last one who spoke ("añadió").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from votewire.press.naming import Named
from votewire.press.romance_names import first_named, read_romance_name, read_romance_phrase
from votewire.press.saying import Saying
from votewire.press.speech import STANCES, Speech, Token, Verb

__all__ = ["find_romance_sayings"]

_COMMAS = frozenset((",", "—", "–", "―"))
_STOPS = frozenset((";", ":", "(", ")", "[", "]", "?", "!", "…", "."))
_GROUP = 8  # tokens of a verb with its auxiliaries
_BEHIND = 14  # tokens from a verb to the subject behind it
_REACH = 40  # tokens that a subject may stand before its verb
_TRIED = 8  # places tried for its beginning
_AGENT = 16  # tokens from a passive verb to its "par"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """A verb with its auxiliaries: tokens [begin, end), what they say, and a pronoun in them."""

    begin: int
    end: int
    flags: frozenset[str]
    inner: int | None


def find_romance_sayings(words: Speech, text: str, tokens: Sequence[Token]) -> list[Saying]:
    """The sayings of a sentence in order, gerunds with the subject that they hang on."""
    found: list[Saying] = []
    for at, token in enumerate(tokens):
        if token.kind == "according" or _leads(words, tokens, at):
            found.append(_according(words, text, tokens, at))
        elif token.kind == "verb" and not _is_noun(tokens, at):
            saying = _saying(words, text, tokens, at)
            if saying is not None:
                found.append(_hung(words, text, tokens, found, saying))
    return found


def _leads(words: Speech, tokens: Sequence[Token], at: int) -> bool:
    """Whether "Pour" says whose view it is: first in the sentence, and a comma ends it."""
    if at or tokens[at].low not in words.sets["first"]:
        return False
    low = [token.low for token in tokens[:20]]
    return "," in low and any(token.kind == "quote" for token in tokens[: 2 * _BEHIND])


def _according(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Saying:
    who, size = read_romance_phrase(words, text, tokens, at + 1)
    return Saying(
        verb=" ".join(tokens[at].text.lower().split()),
        use="speech",
        at=at,
        end=at + 1 + size,
        verb_at=at,
        who=who,
        inverted=True,
        according=True,
    )


def _is_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a form that may be a noun is one: behind an article or an adjective."""
    if not at or not tokens[at].value.noun:
        return False
    last = tokens[at - 1]
    return last.kind in ("det", "adj", "prep", "number") and not last.low.endswith("'")


def _saying(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Saying | None:
    """What the verb at `at` says; None where it has another's form."""
    verb: Verb = tokens[at].value
    group = _group(words, tokens, at)
    flags = group.flags
    whole = Saying(
        verb=tokens[at].low, use=verb.use, at=group.begin, end=group.end, verb_at=at, who=None
    )
    if flags & {"not", "modal"}:
        return replace(whole, denied=True)
    finite = verb.forms & {"third", "past"}
    if not finite and "participle" in verb.forms and "aux" not in flags:
        return _passive(words, text, tokens, whole)
    if "be" in flags and "reflexive" not in flags and "participle" in verb.forms:
        return _passive(words, text, tokens, whole)
    if verb.forms == {"gerund"}:
        return replace(whole, hanging=True)
    if verb.forms == {"base"} and "chain" not in flags:
        governed = (
            at > 0 and tokens[at - 1].kind == "verb"
        )  # "a dit espérer": the first one says it
        return None if governed else replace(whole, denied=True)
    return _active(words, text, tokens, whole, group)


def _active(
    words: Speech, text: str, tokens: Sequence[Token], whole: Saying, group: _Group
) -> Saying | None:
    """The verb with its subject, wherever it stands."""
    if group.inner is not None:
        who, _ = read_romance_name(words, text, tokens, group.inner)
        return replace(whole, who=who, inverted=True)
    quoted = _after_quote(tokens, group.begin)
    if quoted:
        behind = _behind(words, text, tokens, whole)
        if behind is not None:
            return behind
    who, first = _subject(words, text, tokens, group.begin)
    if who is not None:
        return replace(whole, at=first, who=who)
    if quoted or _may_turn(words, tokens, group.begin):
        behind = None if quoted else _behind(words, text, tokens, whole)
        return behind or _unsaid(words, tokens, whole, quoted=quoted)
    if whole.verb and tokens[whole.verb_at].value.noun:
        return None
    return _passive(words, text, tokens, whole)


def _group(words: Speech, tokens: Sequence[Token], at: int) -> _Group:
    """The auxiliaries, adverbs and small pronouns around a verb."""
    flags: set[str] = set()
    inner = None
    begin = at
    while begin > 0 and at - begin < _GROUP:
        last = tokens[begin - 1]
        if last.low == ",":
            begin = _parenthesis(tokens, begin - 1) or begin
            if tokens[begin].low != ",":
                break
            continue
        told = _told_by(words, tokens, begin - 1)
        if told is None:
            break
        flags |= told
        begin -= 1
        inner = begin if last.low.startswith("-") else inner
    while begin < at and tokens[begin].kind == "adv":
        begin += 1
    end = at + 1
    if inner is None and end < len(tokens) and _is_joined(tokens[end]):
        inner, end = end, end + 1
    return _Group(begin=begin, end=end, flags=frozenset(flags), inner=inner)


def _told_by(words: Speech, tokens: Sequence[Token], at: int) -> frozenset[str] | None:
    """What a token before a verb says of it; None where it does not belong to the verb."""
    token, sets = tokens[at], words.sets
    if token.low in sets["negations"]:
        return frozenset(("not",))
    if token.low in sets["clitics"] and _is_clitic(words, tokens, at):
        return frozenset(("reflexive",)) if token.low in sets["reflexives"] else frozenset()
    if token.kind == "aux":
        return frozenset(("aux", "be")) if token.low in sets["be"] else frozenset(("aux",))
    if token.kind == "modal":
        return frozenset(("modal",))
    if token.low in sets["chains"]:
        return frozenset(("chain",))
    belongs = token.kind == "adv" or _is_joined(token) or _links(words, tokens, at)
    return frozenset() if belongs else None


def _is_joined(token: Token) -> bool:
    """Whether it is a pronoun that a hyphen joins to the verb: "-t-il"."""
    return token.kind == "pron" and token.low.startswith("-")


def _parenthesis(tokens: Sequence[Token], comma: int) -> int:
    """The comma that opens ", pour sa part," behind an auxiliary; 0 where it is none."""
    at = comma - 1
    while at > 1 and tokens[at].kind == "adv":
        at -= 1
    opens = at < comma - 1 and at > 0 and tokens[at].low == "," and tokens[at - 1].kind == "aux"
    return at if opens else 0


def _is_clitic(words: Speech, tokens: Sequence[Token], at: int) -> bool:
    """Whether a small pronoun stands before its verb: an article before a noun does not."""
    after = tokens[at + 1]
    return after.kind in ("aux", "verb") or after.low in words.sets["clitics"]


def _links(words: Speech, tokens: Sequence[Token], at: int) -> bool:
    """Whether "à" or "de" joins a verb to one that governs it: "a tenu à", "a refusé de"."""
    if tokens[at].kind != "prep" or not at:
        return False
    governs = tokens[at - 1].low
    return governs in words.sets["chains"] or governs in words.sets["negations"]


def _after_quote(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but a comma, a dash or an adverb stands between a quote and token `at`."""
    while at > 0 and (tokens[at - 1].low in _COMMAS or tokens[at - 1].kind == "adv"):
        at -= 1
    return at > 0 and tokens[at - 1].kind == "quote"


def _may_turn(words: Speech, tokens: Sequence[Token], at: int) -> bool:
    """Whether the verb may stand before its subject: first, behind a comma, or behind "comme"."""
    return at == 0 or tokens[at - 1].low in _COMMAS or tokens[at - 1].low in words.sets["likewise"]


def _behind(words: Speech, text: str, tokens: Sequence[Token], whole: Saying) -> Saying | None:
    """The subject behind the verb, over a time, a place or a hearer: "a dit lundi à Genève X"."""
    if whole.use in STANCES and not _after_quote(tokens, whole.at):
        return None
    at, limit = whole.end, min(len(tokens), whole.end + _BEHIND)
    while at < limit:
        token = tokens[at]
        who, size = read_romance_phrase(words, text, tokens, at)
        timed = token.kind == "det" and at + 1 < limit and tokens[at + 1].kind == "time"
        if who is not None and not timed:
            return replace(whole, end=at + size, who=who, inverted=True)
        if token.kind in ("adv", "time", "number") or timed:
            at += 1 + timed
        elif token.kind == "prep":
            at = _past_place(tokens, at)
        else:
            return None
    return None


def _past_place(tokens: Sequence[Token], at: int) -> int:
    """The index behind a preposition and what it governs."""
    at += 1
    while at < len(tokens) and tokens[at].kind in ("det", "prep"):
        at += 1
    if at < len(tokens) and tokens[at].kind == "name":
        while at < len(tokens) and tokens[at].kind == "name":
            at += 1
        return at
    if at < len(tokens) and tokens[at].kind not in ("mark", "quote", "verb", "sub"):
        at += 1
        while at < len(tokens) and tokens[at].kind in ("adj", "word"):
            at += 1
    return at


def _unsaid(
    words: Speech, tokens: Sequence[Token], whole: Saying, *, quoted: bool
) -> Saying | None:
    """A verb without a subject, where the language allows it: the last one who spoke."""
    if not words.unsaid or not (whole.at == 0 or quoted):
        return None
    finite = tokens[whole.verb_at].value.forms & {"third", "past"}
    if not finite and whole.at == whole.verb_at:  # a participle without its auxiliary
        return None
    at = tokens[whole.at].start
    who = Named(kind="pronoun", name="either", start=at, end=at)
    return replace(whole, who=who, inverted=True)


def _subject(
    words: Speech, text: str, tokens: Sequence[Token], end: int
) -> tuple[Named | None, int]:
    """The subject that ends before token `end`, and where it starts; the longest that reads."""
    if not end:
        return None, end
    if tokens[end - 1].low in ("qui", "que", "quien", "quienes"):
        end -= 1 + (end > 1 and tokens[end - 2].low in _COMMAS)
    for first in _starts(tokens, end):
        who, size = read_romance_phrase(words, text, tokens[:end], first)
        if who is not None and _reaches(tokens, first, first + size, end):
            return who, first
    return None, end


def _starts(tokens: Sequence[Token], end: int) -> list[int]:
    """Where the subject of a verb at `end` may begin, the farthest first."""
    hard = end
    while hard > 0 and end - hard < _REACH and not _bounds(tokens[hard - 1]):
        hard -= 1
    found = [hard]
    for at in range(hard + 1, end):
        last = tokens[at - 1]
        opens = tokens[at].kind == "det" and last.kind not in ("prep", "office", "body", "adj")
        if opens or last.low in _COMMAS or last.kind in ("and", "time", "adv"):
            found.append(at)
    starts = [_past_leading(tokens, at, end) for at in found]
    return list(dict.fromkeys(at for at in starts if at < end))[:_TRIED]


def _past_leading(tokens: Sequence[Token], at: int, end: int) -> int:
    while at < end and tokens[at].kind in ("and", "adv"):
        at += 1
    return at


def _bounds(token: Token) -> bool:
    """Whether a subject cannot reach over the token."""
    return token.kind in ("quote", "sub", "verb", "according") or token.low in _STOPS


def _reaches(tokens: Sequence[Token], first: int, at: int, end: int) -> bool:
    """Whether only circumstances stand between a subject, tokens [first, at), and its verb.

    A single comma closes what another opened inside the subject; alone it parts the two.
    """
    gap = tokens[at:end]
    if not gap:
        return True
    if gap[0].low in _COMMAS:
        apposed = any(token.low in _COMMAS for token in tokens[first:at])
        return apposed if len(gap) == 1 else gap[-1].low in _COMMAS
    loose = gap[0].kind in ("prep", "adv", "time") and len(gap) <= 8
    return loose and all(token.kind not in ("verb", "aux", "pron", "sub", "mark") for token in gap)


def _passive(words: Speech, text: str, tokens: Sequence[Token], whole: Saying) -> Saying:
    """The agent behind "par", if there is one."""
    agents = words.sets["agents"]
    for at in range(whole.verb_at + 1, min(len(tokens) - 1, whole.verb_at + _AGENT)):
        if tokens[at].low in agents:
            who, size = read_romance_phrase(words, text, tokens, at + 1)
            if who is not None:
                return replace(whole, who=who, end=max(whole.end, at + 1 + size), passive=True)
        if tokens[at].low in _STOPS or tokens[at].kind in ("verb", "sub"):
            break
    return replace(whole, passive=True)


def _hung(
    words: Speech, text: str, tokens: Sequence[Token], found: Iterable[Saying], saying: Saying
) -> Saying:
    """A gerund with the subject of the last verb of speech, or of the sentence."""
    if not saying.hanging:
        return saying
    for earlier in reversed(list(found)[-4:]):
        if earlier.who is not None and not earlier.denied:
            return replace(saying, who=earlier.who)
    return replace(saying, who=first_named(words, text, tokens[: saying.at]))
