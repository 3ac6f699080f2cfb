"""The clauses of a sentence whose verbs come last: each verb with what stands before it.

A clause ends with its verb, so it begins where the one before ended, or after a conjunction. What a
form of a verb tells is its class (lang/hi/verbs.toml); a finite form before a noun is an attribute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from votewire.press.grammar.nodes import Node
from votewire.press.grammar.parties import Party, bare_party, marked_party, party_before
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.verbs import VerbPhrase

__all__ = [
    "Clause",
    "agent_of",
    "clauses_of",
    "is_authoring",
    "is_last",
    "party_of",
    "sides_in",
    "takes_side",
]

_FINITE = frozenset(("past", "bare", "passive", "with"))
_CLOSING = frozenset(("past", "bare", "passive", "pp", "title"))
_ENDS = frozenset(
    ("aux", ",", ".", ";", "and", "sub", "rel", ")", "(", "dash", ":", "incl", "?", "|", '"', "'")
)
_BOUNDARY = frozenset(("sub", "rel", ";", ".", ":", "|"))
# What a side may stand after: the text, a pronoun for it, or no noun at all.
_BEFORE_SIDE = FLOATING | frozenset(
    (
        "text",
        "pron",
        "erg",
        ",",
        "and",
        "count",
        "num",
        "dash",
        ")",
        "prep",
        "ballots",
        "aux",
        "sub",
        "vote",
        ":",
        "actors",
        "members",
        "rel",
        "others",
        "generic",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A verb with the index where its words begin; rel: of the relative pronoun before them.

    form: the class of the verb's form.
    """

    phrase: VerbPhrase
    start: int
    rel: int | None
    form: str

    @property
    def first(self) -> int:
        """Index of the verb."""
        return self.phrase.at

    @property
    def end(self) -> int:
        """Index after the verb."""
        return self.phrase.end


def clauses_of(sentence: Sentence) -> Iterator[Clause]:
    """The verbs that tell something, each with its words."""
    done = 0
    for phrase in sentence.phrases:
        start, rel, supposed = _bounds(sentence.nodes, done, phrase.at)
        form = _form(sentence, phrase)
        if form and not supposed and not phrase.denied:
            yield Clause(phrase=phrase, start=start, rel=rel, form=form)
        if form in _CLOSING and phrase.verb.state != "fall":
            done = phrase.end


def _form(sentence: Sentence, phrase: VerbPhrase) -> str:
    """The class of the verb's form; "" for a finite one that another noun follows."""
    forms = sentence.nodes[phrase.at].value.forms
    form: str = min(forms)
    if form == "with" or form not in (*_FINITE, "pp", "title"):
        return form
    after = sentence.nodes[phrase.end] if phrase.end < len(sentence.nodes) else None
    ends = after is None or after.kind in _ENDS or after.kind in FLOATING
    return form if ends or _goes_on(sentence, phrase.end) else ""


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether a finite verb ends before `at` without a mark: before a list, or its own noun."""
    inverted = at in sentence.entries or sentence.nodes[at].kind == "actors"
    return sentence.nodes[at].sense("back") is not None or (
        inverted and is_last(sentence.nodes, at)
    )


def is_last(nodes: Sequence[Node], at: int) -> bool:
    """Whether the noun at `at` ends its clause, with its mark or without."""
    rest = [node.kind for node in nodes[at + 1 : at + 3] if node.kind != "erg"]
    return not rest or rest[0] in _ENDS


def _bounds(nodes: Sequence[Node], done: int, at: int) -> tuple[int, int | None, bool]:
    """(start of the words of the verb at `at`, its relative pronoun, whether it is supposed).

    A clause without verb goes on after "while": its side waits for the verb.
    """
    start = at
    while start > done:
        node = nodes[start - 1]
        if node.kind in _BOUNDARY and not (node.kind == "sub" and _waits(nodes, done, start - 1)):
            break
        start -= 1
    mark = nodes[start - 1] if start > done else None
    rel = start - 1 if mark is not None and mark.kind == "rel" else None
    if mark is not None and mark.value == "members":  # "के विरोध में जिन देशों ने": the side is before it
        while start > done and nodes[start - 1].kind not in _BOUNDARY - {"rel"}:
            start -= 1
    supposed = mark is not None and mark.kind == "sub" and mark.value == "conditional"
    return start, rel, supposed


def _waits(nodes: Sequence[Node], done: int, at: int) -> bool:
    """Whether the words before `at` end with a side whose verb is still to come."""
    i = at - 1
    while i > done and nodes[i].kind in (*FLOATING, ","):
        i -= 1
    return i > done and nodes[i].kind in ("side", "erg") and bool(sides_in(nodes, done, at))


def sides_in(nodes: Sequence[Node], start: int, stop: int, *, loose: bool = False) -> list[int]:
    """The sides in nodes[start:stop] that a vote may take.

    loose: a vote in favour of something that is called no text counts too; one against a state or
    its deeds may be one for the text.
    """
    found = [at for at in range(start, stop) if nodes[at].kind == "side"]
    return [at for at in found if takes_side(nodes, at) or (loose and _is_for_matter(nodes, at))]


def _is_for_matter(nodes: Sequence[Node], at: int) -> bool:
    """Whether "सदस्यता के समर्थन में" ends at `at`."""
    if nodes[at].value != "yes" or at < 2 or nodes[at - 1].value != "of":
        return False
    return nodes[at - 2].kind == "word"


def takes_side(nodes: Sequence[Node], at: int) -> bool:
    """Whether the side at `at` is that of a vote: of a text, and no attribute of one."""
    after = nodes[at + 1].kind if at + 1 < len(nodes) else "."
    if after == "text" and nodes[at].kind == "side":
        return False
    if at == 0 or nodes[at - 1].value != "of" or nodes[at - 1].kind != "prep":
        return at == 0 or nodes[at - 1].kind in _BEFORE_SIDE
    return nodes[at - 2].kind in ("text", "pron", ")")


def agent_of(nodes: Sequence[Node], clause: Clause) -> Party | None:
    """The party before "द्वारा"."""
    for at in range(clause.first - 1, clause.start, -1):
        if nodes[at].kind == "prep" and nodes[at].value == "by":
            return party_before(nodes, clause.start, at)
        if is_authoring(nodes[at]):
            return None  # "by A" says who wrote the text
    return None


def is_authoring(node: Node) -> bool:
    """Whether the node says that somebody wrote a text: "पेश", "लाए गए"."""
    if node.kind == "verb":
        return any(verb.state == "drafted" for verb in node.value.verbs)
    if node.kind == "text":
        return any(inner.sense("partner") is not None for inner in node.value.members)
    return node.sense("partner") is not None


def party_of(nodes: Sequence[Node], clause: Clause, start: int, stop: int) -> Party | None:
    """The subject in nodes[start:stop]: marked, or bare where the verb asks for no mark."""
    marked = marked_party(nodes, start, stop)
    if clause.form in ("bare", "head"):
        return bare_party(nodes, start, stop) or marked
    return marked
