"""Texts in a language whose verb comes last: which one a vote is of, who wrote it, its outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from votewire.press.dates import DayMention
from votewire.press.grammar.clauses import clause_bounds
from votewire.press.grammar.drafts import PERMANENT, Reading
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.last_clauses import Clause, agent_of, is_authoring, is_last, party_of
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.parties import Party, marked_party
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.texts import code_of

__all__ = ["add_authors", "add_drafters", "add_outcome", "add_supporters", "add_vetoes", "entry_at"]

_WRITING = frozenset(("past", "passive", "pp", "bare"))
_OPENING = 3
_YEARS = range(1946, 2100)
_MATTER = 10  # nodes between an author and the text
_IN_MATTER = frozenset(
    ("word", "prep", "name", "actors", "adjective", "det", "hyphen", "and", "adv")
)


def entry_at(reading: Reading, sentence: Sentence, at: int, body: str | None = None) -> Entry:
    """The text before the verb, else the one spoken of, at the time that the clause names."""
    discourse, era = reading.discourse, sentence.era(at)
    if era == "past" and not sentence.entries:
        found = discourse.new(sentence.clause_body(at) or body)
        found.aside = True
        return found
    entry = sentence.spoken_of(discourse, at, body)
    found = _at_its_time(reading, entry, sentence.when(at) or _year(sentence, at), era)
    if found is not entry:
        discourse.latest = discourse.voted = found
        for place in [place for place, each in sentence.entries.items() if each is entry]:
            sentence.entries[place] = found
    return found


def _at_its_time(reading: Reading, entry: Entry, when: DayMention | None, era: str | None) -> Entry:
    """The entry at the time that the clause names; a vote of the past is another one."""
    discourse = reading.discourse
    told = entry.voted and not entry.aside
    if when is None:
        return discourse.repeated(entry.root or entry, None) if told and era == "past" else entry
    if told and entry.first is None and discourse.is_past(when):
        return discourse.repeated(entry, when)
    return discourse.at_time(entry, when)


def _year(sentence: Sentence, at: int) -> DayMention | None:
    """The year of "(साल) 2017 में" that opens the clause around node `at`."""
    start, _ = clause_bounds(sentence.nodes, at)
    for i in range(start, min(start + _OPENING, len(sentence.nodes) - 1)):
        node, after = sentence.nodes[i], sentence.nodes[i + 1]
        if node.kind == "num" and node.value in _YEARS and after.kind == "prep":
            days = {"first": date(node.value, 1, 1), "last": date(node.value, 12, 31)}
            return DayMention(start=node.start, end=node.end, text=node.low, **days)
    return None


def add_outcome(reading: Reading, sentence: Sentence, clause: Clause) -> None:
    """Adds what became of a text: "महासभा ने प्रस्ताव पारित किया", "प्रस्ताव पारित हुआ"."""
    if clause.form in ("noun", "head"):
        return
    nodes = sentence.nodes
    verb, at = clause.phrase.verb, _object(reading, sentence, clause)
    party = marked_party(nodes, clause.start, clause.first)
    if at is None or (clause.form == "title" and not _ends_title(nodes, clause, at)):
        return
    entry = sentence.entries[at] if at >= 0 else entry_at(reading, sentence, clause.first)
    outcome = verb.text
    if clause.form in ("past", "with") or (clause.form == "pp" and party is not None):
        if party is None or party.body in (None, "-"):
            return
        outcome = verb.body or verb.text
        if party.body != "UN":
            entry.take_body(party.body)
    elif party is not None and clause.form in ("pp", "title"):
        return
    agent = agent_of(nodes, clause) if clause.form == "passive" else None
    if agent is not None and agent.body is None:
        return
    if agent is not None and agent.body not in ("-", "UN"):
        entry.take_body(agent.body)
    _decide(reading, sentence, clause, entry, outcome, party)


def _decide(
    reading: Reading,
    sentence: Sentence,
    clause: Clause,
    entry: Entry,
    outcome: str,
    party: Party | None,
) -> None:
    """Adds the outcome of the entry, at the body and the time that the clause names."""
    nodes = sentence.nodes
    entry.take_body(sentence.clause_body(clause.first))
    first = party.first if party is not None else max(clause.start, clause.first - 4)
    span = nodes[min(first, clause.first)].start, nodes[clause.end - 1].end
    said = {node.sense("manner") for node in nodes[clause.start : clause.first]}
    said -= {None, "short"}
    manner = str(said.pop()) if len(said) == 1 and outcome == "adopted" else ""
    when = sentence.when(clause.first)
    if when is not None:
        entry = reading.discourse.at_time(entry, when)
    rule = f"{clause.phrase.verb.id}/verb-last"
    reading.outcome(outcome, entry, span, rule, manner=manner)


def _object(reading: Reading, sentence: Sentence, clause: Clause) -> int | None:
    """Index of the text that the verb is about; -1 for a pronoun, None where there is none."""
    nodes = sentence.nodes
    if clause.end in sentence.entries and is_last(nodes, clause.end):
        return clause.end  # a headline: "पास नहीं हुआ प्रस्ताव"
    for at in range(clause.first - 1, clause.start - 1, -1):
        after = nodes[at + 1]
        if at in sentence.entries:
            free = after.kind not in ("prep", "erg") or after.value == "to"
            return at if free else None
        if nodes[at].kind == "pron" and nodes[at].value == "this":
            return -1 if after.kind != "side" and reading.just_voted() else None
    return None


def _ends_title(nodes: Sequence[Node], clause: Clause, at: int) -> bool:
    """Whether the text stands right before a participle alone: "प्रस्ताव पास"."""
    between = nodes[at + 1 : clause.first] if at >= 0 else []
    quiet = all(n.kind in (*FLOATING, "count", "num", "prep", "word") for n in between)
    after = nodes[clause.end].kind if clause.end < len(nodes) else "."
    return quiet and after in (",", ".", "dash", ":", "|", ";", "sub", "and")


def add_drafters(reading: Reading, sentence: Sentence, clause: Clause) -> None:
    """Adds who wrote a text: "A ने प्रस्ताव पेश किया", "प्रस्ताव A द्वारा पेश किया गया"."""
    nodes = sentence.nodes
    at = _object(reading, sentence, clause) if clause.form in _WRITING else None
    passive = clause.form != "past" and agent_of(nodes, clause) is not None
    if at is None or at < 0 or clause.first - at > 4 + 3 * passive:
        return
    party = agent_of(nodes, clause) or party_of(nodes, clause, clause.start, clause.first)
    if party is None or not party.members or sentence.entries[at].plural:
        return
    span = party.members[0].start, nodes[clause.end - 1].end
    codes = [member.code for member in party.members]
    reading.add(codes, "drafted", sentence.entries[at], span, "draft/verb-last")


def add_vetoes(reading: Reading, sentence: Sentence) -> None:
    """Adds the veto of "रूस के वीटो के कारण", "अमेरिकी वीटो के बाद"."""
    nodes = sentence.nodes
    for at, node in enumerate(nodes[:-1]):
        if node.kind != "vetonoun" or nodes[at + 1].sense("fact") is None or at == 0:
            continue
        owner = nodes[at - 2] if at > 1 and nodes[at - 1].value == "of" else None
        owner = owner or nodes[at - 1]
        if owner.kind == "actors":
            codes = [m.code for m in owner.value.members if m.code in PERMANENT]
            span = owner.start, node.end
            reading.add(codes, "vetoed", entry_at(reading, sentence, at, "SC"), span, "veto/noun")


def add_supporters(reading: Reading, sentence: Sentence) -> None:
    """Adds those of "प्रस्ताव को A और B का समर्थन मिला"."""
    nodes = sentence.nodes
    for at in range(2, len(nodes) - 3):
        words = nodes[at + 1].value, nodes[at - 1].value, nodes[at - 2].kind
        got = nodes[at + 3].sense("getting") is not None
        side = nodes[at + 2].sense("support")
        if nodes[at].kind == "actors" and words == ("of", "to", "text") and got and side:
            codes = [member.code for member in nodes[at].value.members]
            span = nodes[at].start, nodes[at + 3].end
            action = "backed" if side == "yes" else "opposed"
            reading.add(codes, action, entry_at(reading, sentence, at), span, "support/got")


def add_authors(reading: Reading, sentence: Sentence) -> None:
    """Adds the authors that stand before a text: "A की ओर से पेश प्रस्ताव", "A का प्रस्ताव"."""
    nodes = sentence.nodes
    for at, entry in sentence.entries.items():
        _add_backers(reading, sentence, at)
        end = _author_end(nodes, at)
        end = _far_author(nodes, at) if end is None else end
        if end is None or entry.plural:
            continue
        members = nodes[end].value.members
        span = members[0].start, nodes[at].end
        codes = [member.code for member in members]
        reading.add(codes, "drafted", entry, span, "draft/author")


def _add_backers(reading: Reading, sentence: Sentence, at: int) -> None:
    """Adds the state of "अमेरिका समर्थित प्रस्ताव", whose text stands at `at`."""
    nodes = sentence.nodes
    inner = nodes[at].value.members
    backed = next((i for i, n in enumerate(inner) if n.sense("partner") == "backed"), None)
    if backed is None:
        return
    owner = inner[backed - 1] if backed else nodes[at - 1]
    codes = [code_of(owner)] if owner.kind == "name" and owner.value.kind == "state" else []
    if owner.kind == "actors":
        codes = [member.code for member in owner.value.members]
    span = owner.start, nodes[at].end
    reading.add(codes, "backed", sentence.entries[at], span, "back/author")


def _author_end(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the states that wrote the text at `at`, where they stand before it."""
    i, told = at - 1, False
    while i > 0 and (is_authoring(nodes[i]) or nodes[i].kind in (*FLOATING, "pron")):
        i, told = i - 1, told or is_authoring(nodes[i])
    node = nodes[i] if i > 0 else None
    if node is None or node.kind != "prep" or nodes[i - 1].kind != "actors":
        return None
    if node.value == "by":
        return i - 1
    return i - 1 if node.value == "of" and not told and _is_plain(nodes, at) else None


def _far_author(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the author where the text's matter stands between: "A द्वारा पेश ... पर प्रस्ताव"."""
    for i in range(at - 1, max(0, at - _MATTER), -1):
        node = nodes[i]
        if node.kind == "prep" and node.value == "by":
            named = nodes[i - 1].kind == "actors" and is_authoring(nodes[i + 1])
            return i - 1 if named else None
        if node.kind not in _IN_MATTER and not is_authoring(nodes[i]):
            return None
    return None


def _is_plain(nodes: Sequence[Node], at: int) -> bool:
    """Whether no word before the noun makes the text one about the state: "A विरोधी प्रस्ताव"."""
    inner = nodes[at].value.members[:-1]
    return all(n.kind not in ("word", "verb") or n.sense("plain") is not None for n in inner)
