"""Verbs of voting in a sentence: which verb, its voice, whether it is denied or only possible."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from votewire.press.grammar.lexicon import Verb
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING, before

__all__ = ["VerbPhrase", "verb_phrases"]

_GAP = 7  # nodes between a head and its tail, or a catenative's head and its "to"
_REACH = 14  # nodes of auxiliaries and adverbs before a head
_APART = FLOATING | {"num", "hyphen", "count", "side", "prep"}
_SUPERLATIVE = FLOATING | {"members", "count", "others", "word", "name", "adjective", "det", "num"}
_RANK = ("", "plain", "fails", "not", "hedge")


@dataclass(slots=True, kw_only=True)
class VerbPhrase:
    """A verb of voting with its auxiliaries and tail: nodes[first:end], the head at `at`.

    voice: active, passive ("was backed by") or reduced ("backed by", a participle alone). gerund:
    an -ing form. denied: "did not". failed: "failed to". hedged: no statement of fact. dropped: an
    infinitive that states nothing ("urged Mali to vote").
    """

    at: int
    first: int
    end: int
    verb: Verb
    voice: str
    gerund: bool = False
    denied: bool = False
    failed: bool = False
    hedged: bool = False
    dropped: bool = False


@dataclass(slots=True)
class _Group:
    """What stands before a verb's head: its auxiliaries and the verb that governs it."""

    first: int
    be: bool = False
    have: bool = False
    to: bool = False
    denied: bool = False
    modal: bool = False
    cat: str = ""

    @property
    def active(self) -> bool:
        """Whether a participle after it is no passive."""
        return self.have or self.denied or bool(self.cat) or self.modal or self.to


def verb_phrases(nodes: Sequence[Node], low: str) -> list[VerbPhrase]:
    """The phrases of the verbs of voting in a grouped row, in order; `low` is the folded text."""
    found = (_phrase(nodes, at, low) for at, node in enumerate(nodes) if node.kind == "verb")
    phrases: list[VerbPhrase] = []
    for phrase in found:
        garbled = bool(phrases) and phrases[-1].verb.id == "fail"  # "the text failed approved"
        if phrase is not None and not (garbled and phrases[-1].end == phrase.first):
            phrases.append(phrase)
    return phrases


def _phrase(nodes: Sequence[Node], at: int, low: str) -> VerbPhrase | None:
    """The phrase whose head is at `at`; None where no verb's tail follows it."""
    group = _group(nodes, at)
    denied, failed = group.denied or group.cat == "not", group.cat == "fails"
    chosen = _choose(nodes, at, low, denied=denied, failed=failed)
    if chosen is None or (chosen[0].copular and not group.be):
        return None
    verb, end = chosen
    return VerbPhrase(
        at=at,
        first=group.first,
        end=end,
        verb=verb,
        voice=_voice(nodes, at, end, group, verb),
        gerund="ing" in nodes[at].value.forms and not group.be and not group.cat,
        denied=denied,
        failed=failed,
        hedged=group.modal or group.cat == "hedge",
        dropped=_is_infinitive(nodes, at, group) and not _is_caused(nodes, group.first),
    )


def _is_infinitive(nodes: Sequence[Node], at: int, group: _Group) -> bool:
    """Whether the verb is an infinitive of its own: "(urged Mali) to vote", "para oponerse"."""
    if group.cat:
        return False
    governed = group.first > 0 and nodes[group.first - 1].kind == "prep"
    return group.to or (governed and nodes[at].value.forms == {"base"})


def _group(nodes: Sequence[Node], at: int) -> _Group:
    """The auxiliaries, denials and catenatives before the head, read from right to left."""
    group = _Group(first=at)
    i = at - 1
    while i >= 0 and at - i < _REACH:
        node = nodes[i]
        if node.kind in FLOATING:
            group.modal = group.modal or node.kind == "habit"
            i -= 1
            continue
        if node.kind == "aux":
            _read_auxiliary(group, str(node.value))
        elif node.kind == "not":
            group.denied = not group.denied
        elif node.kind == "cat":
            _read_catenative(group, str(node.value))
        elif group.to and (start := _apart(nodes, i)) is not None:
            _read_catenative(group, str(nodes[start].sense("head") or "plain"))
            i = start
        else:
            break
        group.first = i
        i -= 1
    return group


def _read_auxiliary(group: _Group, value: str) -> None:
    """Notes an auxiliary; "be" before "to" belongs to another verb."""
    kind, _, negative = value.partition("_")
    if kind == "to":
        group.to = group.to or not group.cat
    elif kind == "modal":
        group.modal = True
    elif kind == "be" and not group.cat and not group.to:
        group.be = True
    elif kind == "have":
        group.have = True
    if negative:
        group.denied = not group.denied


def _read_catenative(group: _Group, value: str) -> None:
    """Notes a catenative; a hedge outweighs a denial, a denial outweighs a plain one."""
    if _RANK.index(value) > _RANK.index(group.cat):
        group.cat = value


def _apart(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the head of a catenative apart from its "to": "failed on Monday (to adopt)".

    Or of the copula of "was the only country (to)".
    """
    if nodes[at].kind in ("members", "count", "others") or nodes[at].sense("sole") is not None:
        return _superlative(nodes, at)
    i = at
    while i > 0 and at - i < _GAP and nodes[i].kind in _APART:
        i -= 1
    return i if nodes[i].sense("head") is not None else None


def _superlative(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the copula of "was the only African country" that ends at `at`."""
    i, sole = at, False
    while i > 0 and at - i < _GAP and nodes[i].kind in _SUPERLATIVE:
        sole = sole or nodes[i].sense("sole") is not None
        sole = sole or (nodes[i].kind == "count" and nodes[i].value.sole)
        i -= 1
    return i if sole and nodes[i].kind == "aux" and nodes[i].value == "be" else None


def _is_caused(nodes: Sequence[Node], at: int) -> bool:
    """Whether "allowed the Council (to adopt)" stands before index `at`."""
    i = at - 1
    if i < 1 or nodes[i].kind not in ("body", "text", "pron"):
        return False
    while i > 0 and nodes[i].kind in ("body", "text", "pron", "det"):
        i -= 1
    return nodes[i].sense("causative") is not None


def _choose(
    nodes: Sequence[Node], at: int, low: str, *, denied: bool, failed: bool
) -> tuple[Verb, int] | None:
    """The verb that the head and what follows it make up, and the index after its tail.

    Some verbs exist only in denial ("did not take part"); they win where there is one.
    """
    best: tuple[Verb, int] | None = None
    for verb in nodes[at].value.verbs:
        wants_denial = bool(verb.denied or verb.denied_count)
        if (wants_denial and not denied) or (verb.only_refused and not (failed or denied)):
            continue
        if best is not None and not wants_denial:
            continue
        end = _tail_end(nodes, at, low, verb)
        if end is None:
            continue
        if wants_denial or not denied:
            return verb, end
        best = verb, end
    return best


def _tail_end(nodes: Sequence[Node], at: int, low: str, verb: Verb) -> int | None:
    """Index after the verb's tail; adverbs, days, bodies and tallies may stand before the tail."""
    if not verb.tail:
        particle = at + 1 < len(nodes) and bool(verb.after) and nodes[at + 1].low == verb.after
        return at + 2 if particle else at + 1
    i, stop = at + 1, nodes[-1].end
    while True:
        start = nodes[i].start if i < len(nodes) else stop
        floating = i < len(nodes) and nodes[i].kind in FLOATING
        found = None if floating else _pattern(verb.tail).match(low, start, stop)
        if found is not None:
            return _index_after(nodes, i, found.end())
        following = _past_gap(nodes, i) if i - at < _GAP and not verb.copies else i
        if following == i or following >= len(nodes):
            return None
        i = following


@cache
def _pattern(tail: str) -> re.Pattern[str]:
    """The compiled tail; when first needed, for a page has few of the verbs."""
    return re.compile(tail)


def _index_after(nodes: Sequence[Node], at: int, end: int) -> int:
    while at < len(nodes) and nodes[at].end <= end:
        at += 1
    return at


def _past_gap(nodes: Sequence[Node], at: int) -> int:
    """Index after one adverb, day, tally or "in the Council" at `at`; `at` where there is none."""
    node = nodes[at] if at < len(nodes) else None
    if node is None:
        return at
    if node.kind in FLOATING or node.kind in ("num", "hyphen", "count"):
        return at + 1
    if (node.kind == "join" or node.value == "with") and _kind(nodes, at + 1) == "actors":
        return at + 2
    if node.kind == "prep" and node.value in ("in", "with", "by"):
        end = at + 1
        while _kind(nodes, end) in ("det", "another"):
            end += 1
        if _kind(nodes, end) in ("body", "count"):
            return end + 1
        if _kind(nodes, end) == "num" and _kind(nodes, end + 1) == "side":
            return end + 2
    return at


def _kind(nodes: Sequence[Node], at: int) -> str:
    return nodes[at].kind if 0 <= at < len(nodes) else ""


def _voice(nodes: Sequence[Node], at: int, end: int, group: _Group, verb: Verb) -> str:
    """active, passive, or reduced: a participle without auxiliary that "by" follows."""
    if "pp" not in nodes[at].value.forms or verb.copular or verb.reflexive:
        return "active"
    if group.be:
        return "passive"
    if group.active or not _is_by(nodes, end):
        return "active"
    last = before(nodes, at)
    if last is not None and nodes[last].kind in ("pron", "rel"):
        return "active"
    counted = any(node.kind in ("count", "num") for node in nodes[end : end + 3])
    return "active" if verb.text and counted else "reduced"


def _is_by(nodes: Sequence[Node], at: int) -> bool:
    """Whether "by" follows, adverbs and days aside."""
    while _kind(nodes, at) in FLOATING:
        at += 1
    return at < len(nodes) and nodes[at].kind == "prep" and nodes[at].value == "by"
