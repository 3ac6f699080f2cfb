"""Who says something in a sentence: each verb of speech with its subject.

A subject stands before its verb ("the envoy told reporters"), after it ("said the envoy"), or after
"by" in the passive. Where the words between do not read as a name, there is no subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from votewire.press.name_phrases import (
    COMMAS,
    STOPS,
    first_subject,
    read_name_phrase,
    subject_before,
)
from votewire.press.saying import Saying
from votewire.press.speech import Speech, Token, Verb

__all__ = ["Saying", "find_sayings"]

_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "'s", "am"))
_SKIPPED = frozenset(("adv", "aux", "modal", "not", "chain", "time"))
_CLAUSES = frozenset(("verb", "sub"))
_AGENT = 12  # tokens between a passive verb and its "by"
_TAKING = frozenset(("of", "for", "from", "against", "about", "over", "without"))
_QUOTED = frozenset(("quoted", "cited"))


def find_sayings(
    words: Speech, text: str, tokens: Sequence[Token], *, headline: bool
) -> list[Saying]:
    """The sayings of a sentence in order, participles with the subject that they hang on."""
    found: list[Saying] = []
    for at, token in enumerate(tokens):
        if token.kind == "according":
            found.append(_according(words, text, tokens, at))
        elif token.kind == "verb" and (not token.value.tail or _tail(tokens, at)):
            saying = _saying(words, text, tokens, at, headline=headline)
            if saying is not None:
                found.append(_hung(words, text, tokens, found, saying))
    return found


def _tail(tokens: Sequence[Token], at: int) -> bool:
    return at + 1 < len(tokens) and tokens[at + 1].low == tokens[at].value.tail


def _according(words: Speech, text: str, tokens: Sequence[Token], at: int) -> Saying:
    who, size = read_name_phrase(words, text, tokens, at + 1)
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


def _saying(
    words: Speech, text: str, tokens: Sequence[Token], at: int, *, headline: bool
) -> Saying | None:
    """What the verb at `at` says; None where it is a noun or has another's form."""
    verb: Verb = tokens[at].value
    begin, flags = _before(tokens, at)
    whole = Saying(
        verb=tokens[at].low,
        use=verb.use,
        at=begin,
        end=at + 1,
        verb_at=at,
        who=None,
        hearer=verb.hearer,
    )
    turned = _inverted(words, text, tokens, whole) if _may_invert(tokens, at, verb) else None
    if turned is not None:
        return turned
    if flags & {"not", "modal"}:
        return replace(whole, denied=True)
    if _is_passive(tokens, at, verb, flags):
        return _passive(words, text, tokens, whole)
    if "gerund" in verb.forms and "be" not in flags:
        return _gerund(words, text, tokens, whole)
    if begin and tokens[begin - 1].low == "to":
        staged = "chain" in flags or _is_staged(words, tokens, begin - 1)
        return replace(whole, denied=not staged, hanging=staged)
    who, first = subject_before(words, text, tokens, begin)
    if who is None and verb.noun:
        return None
    if verb.noun and not headline and who is not None and who.kind not in ("pronoun", "person"):
        return None
    if who is None:
        return _passive(words, text, tokens, whole)
    if verb.documents and who.kind not in ("document", "body"):
        return None
    return replace(whole, at=first, who=who)


def _is_staged(words: Speech, tokens: Sequence[Token], to: int) -> bool:
    """Whether what an infinitive says was said: "took the floor to denounce"."""
    for at in range(to - 1, max(-1, to - 8), -1):
        if tokens[at].low in words.sets["stages"]:
            return True
        if tokens[at].kind in ("verb", "mark", "quote", "sub", "not", "modal"):
            break
    return False


def _before(tokens: Sequence[Token], at: int) -> tuple[int, frozenset[str]]:
    """Where the auxiliaries and adverbs before a verb begin, and of what kinds they are."""
    flags: set[str] = set()
    begin = at
    while begin > 0:
        last = tokens[begin - 1]
        timed = last.kind == "prep" and begin < at and tokens[begin].kind == "time"
        linked = last.low == "to" and begin > 1 and tokens[begin - 2].kind == "chain"
        if last.low == "to" and last.kind == "prep" and begin > 1:
            linked = linked or tokens[begin - 2].kind == "chain"
        surname = last.value == "name" and begin > 1 and tokens[begin - 2].kind == "name"
        if surname or not (last.kind in _SKIPPED or timed or linked):
            break
        flags.add("be" if last.low in _BE else last.kind)
        begin -= 1
    return begin, frozenset(flags)


def _may_invert(tokens: Sequence[Token], at: int, verb: Verb) -> bool:
    """Whether the verb may stand before its subject: after a quote or a comma, or first."""
    if verb.use != "speech" or not verb.forms & {"past", "third"}:
        return False
    return at == 0 or tokens[at - 1].low in COMMAS or _after_quote(tokens, at)


def _after_quote(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing but a comma or an adverb stands between a quote and token `at`."""
    while at > 0 and (tokens[at - 1].low in COMMAS or tokens[at - 1].kind == "adv"):
        at -= 1
    return at > 0 and tokens[at - 1].kind == "quote"


def _inverted(words: Speech, text: str, tokens: Sequence[Token], whole: Saying) -> Saying | None:
    """The verb with the subject after it; without a quote before it that must end a clause."""
    at = whole.verb_at
    who, size = read_name_phrase(words, text, tokens, at + 1)
    if who is None:
        return None
    end = at + 1 + size
    if not _after_quote(tokens, at):
        closed = end >= len(tokens) or tokens[end].low in (*COMMAS, *STOPS)
        if not closed or who.kind == "pronoun":
            return None
    return replace(whole, at=at, end=end, who=who, inverted=True)


def _is_passive(tokens: Sequence[Token], at: int, verb: Verb, flags: frozenset[str]) -> bool:
    if "gerund" in verb.forms or "participle" not in verb.forms:
        return False
    by = at + 1 < len(tokens) and tokens[at + 1].low == "by"
    return by or "be" in flags


def _passive(words: Speech, text: str, tokens: Sequence[Token], whole: Saying) -> Saying:
    """The agent after "by", if there is one."""
    for at in range(whole.verb_at + 1, min(len(tokens) - 1, whole.verb_at + _AGENT)):
        if tokens[at].low == "by":
            who, size = read_name_phrase(words, text, tokens, at + 1)
            return replace(whole, who=who, end=max(whole.end, at + 1 + size), passive=True)
        if tokens[at].low in STOPS or (tokens[at].kind in _CLAUSES and tokens[at].low != "as"):
            break
    return whole


def _gerund(words: Speech, text: str, tokens: Sequence[Token], whole: Saying) -> Saying:
    """A participle: it hangs on the sentence's subject, but for "was quoted as saying"."""
    last = tokens[whole.at - 1] if whole.at else None
    if last is not None and last.low == "as":
        return _reported(words, text, tokens, whole)
    if last is not None and last.low in _TAKING:
        return replace(whole, denied=True)
    return replace(whole, hanging=True)


def _reported(words: Speech, text: str, tokens: Sequence[Token], whole: Saying) -> Saying:
    """ "X was quoted as saying", "quoted X as saying"."""
    for at in range(whole.at - 2, max(-1, whole.at - 12), -1):
        if tokens[at].low in _QUOTED:
            break
    else:
        return replace(whole, denied=True)
    if at + 1 < whole.at - 1:
        who, size = read_name_phrase(words, text, tokens[: whole.at - 1], at + 1)
        _, first = subject_before(words, text, tokens, _before(tokens, at)[0])
        return replace(whole, at=first, who=who if at + 1 + size == whole.at - 1 else None)
    who, first = subject_before(words, text, tokens, _before(tokens, at)[0])
    return replace(whole, at=first, who=who)


def _hung(
    words: Speech, text: str, tokens: Sequence[Token], found: Sequence[Saying], saying: Saying
) -> Saying:
    """A hanging participle with the subject of the last verb of speech, or of the sentence."""
    if not saying.hanging:
        return saying
    for earlier in reversed(found):
        if earlier.who is not None and not earlier.denied:
            return replace(saying, who=earlier.who)
        if earlier.denied:
            continue
        break
    return replace(saying, who=first_subject(words, text, tokens[: saying.at]))
