"""Claims of states that are the subject or the agent of a verb of voting."""

from __future__ import annotations

from collections.abc import Sequence

from votewire.press.grammar.actors import Actor
from votewire.press.grammar.case import Case, case_of
from votewire.press.grammar.clauses import Subject, listed_after
from votewire.press.grammar.drafts import PERMANENT, Reading
from votewire.press.grammar.echoes import copied_vote, ellipsis, same_of_others
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.matters import (
    at_its_time,
    loose_text,
    matter_of_object,
    matter_of_state,
    patient,
    understood,
)
from votewire.press.grammar.objects import find_agent
from votewire.press.grammar.outcomes import body_outcome, passive_outcome, text_outcome
from votewire.press.grammar.rolls import leading_states
from votewire.press.grammar.sentence import Sentence
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.tallies import SideCount

__all__ = ["read_votes"]

_STANCES = frozenset(("backed", "opposed"))
_REACTION = 14  # nodes after a verb of reaction in which its object is named


def read_votes(reading: Reading, sentence: Sentence) -> list[SideCount]:
    """Adds the claims of the sentence's verbs to `reading`; returns the counts that verbs give."""
    counts: list[SideCount] = []
    for which, phrase in enumerate(sentence.phrases):
        if phrase.dropped or sentence.supposed(phrase.first) == "rule":
            continue
        case = case_of(reading, sentence, which, counts)
        if _is_headless(case):
            _decided(case)
        elif phrase.voice == "active":
            _active(case)
        else:
            _passive(case)
    return counts


def _is_headless(case: Case) -> bool:
    """Whether a participle stands alone at the head: "(Adopted 13-0; Cuba abstained)"."""
    phrase, nodes = case.phrase, case.nodes
    opens = all(node.kind in ("(", '"', "dash") for node in nodes[: phrase.first])
    bare = "pp" in nodes[phrase.at].value.forms and case.object.kind in ("none", "vote")
    return opens and bare and case.verb.decides and case.verb.body in ("adopted", "rejected")


def _decided(case: Case) -> None:
    """The outcome of the text that was named last."""
    outcome = case.verb.body
    if not (case.hedged or case.phrase.denied or case.phrase.failed):
        case.reading.outcome(outcome, understood(case), case.span(), case.rule("headless"))


def _active(case: Case) -> None:
    """Reads an active verb by the kind of its subject."""
    kind = case.subject.kind
    if case.verb.passive_only and kind != "text":
        return
    if kind == "actors":
        _states(case)
    elif kind == "body":
        body_outcome(case)
    elif kind == "count":
        _counted(case)
    elif kind == "text":
        text_outcome(case)
    elif kind == "generic":
        _membership(case)


def _membership(case: Case) -> None:
    """The outcome of "members adopted a resolution": a body is its members, where one is named."""
    body = case.sentence.body(case.phrase.at)
    plain = case.nodes[case.subject.at].kind == "members" and not case.subject.relative
    if plain and case.verb.decides and body not in (None, "-"):
        case.subject.body = body
        body_outcome(case)


def _states(case: Case) -> None:
    """Claims of the states that are the subject."""
    if case.hedged:
        ellipsis(case)
    if case.verb.copies:
        copied_vote(case)
    action = _action(case)
    if action is None or (
        action in _STANCES and case.nodes[case.subject.at].kind == "actors" and _speaks(case)
    ):
        return
    members = (*case.subject.members, *_joined(case))
    entry = matter_of_state(case) if _may(action, members) else None
    if case.verb.only_against and entry is not None:
        entry = _opposed_by_it(case)
    if entry is None:
        return
    if action == "vetoed" and entry.known_body() not in (None, "SC"):
        entry = _of_council(case, entry)  # no other body knows a veto
    codes = [member.code for member in members]
    if _is_own(case) and entry.drafters and entry.drafters.keys().isdisjoint(codes):
        entry = _another(case, entry)  # "its own resolution" is not the one that others wrote
    span = case.span(case.subject.at)
    if case.verb.reaction:
        span = span[0], _reaction_end(case)
        _note_reacted(case)
    case.reading.add(codes, action, entry, span, case.rule("active"), hedged=case.hedged)
    same_of_others(case, action, entry)
    _own_text(case, codes, entry)
    _implied(case, entry, span)
    _others(case, entry, span)


def _opposed_by_it(case: Case) -> Entry | None:
    """The text just voted on, where it is against what the verb keeps: "voted to keep the ban"."""
    voted = case.reading.discourse.voted
    ends = voted is not None and not set(voted.words).isdisjoint(case.verb.only_against)
    return voted if ends else None


def _another(case: Case, entry: Entry) -> Entry:
    """Another text of the same body and day."""
    found = case.reading.discourse.new(entry.body)
    found.kind, found.first, found.last = entry.kind, entry.first, entry.last
    found.day, found.day_text = entry.day, entry.day_text
    case.sentence.entries[case.object.at] = found
    case.reading.discourse.latest = found
    return found


def _of_council(case: Case, entry: Entry) -> Entry:
    """A text of the Council on the matter of one of another body."""
    found = case.reading.discourse.new("SC")
    found.words, found.about = dict(entry.words), dict(entry.about)
    found.kind, found.drafters = entry.kind, dict(entry.drafters)
    return at_its_time(case, found) or found


def _speaks(case: Case) -> bool:
    """Whether a person is the subject: "the premier rejected the text" is a statement."""
    return bool(case.nodes[case.subject.at].value.person)


def _action(case: Case) -> str | None:
    """What the states did, by denial and failure; None where nothing definite is said."""
    verb, phrase = case.verb, case.phrase
    if phrase.failed or _in_vain(case):
        return verb.failed or ("opposed" if verb.state == "opposed" else None)
    if phrase.denied != case.subject.denied:
        return verb.denied or None
    return verb.state or None


def _in_vain(case: Case) -> bool:
    """Whether "unsuccessfully" or "in vain" stands beside the verb."""
    if "vain" not in case.sentence.kinds:
        return False
    first = max(0, case.phrase.first - 1)
    return any(node.kind == "vain" for node in case.nodes[first : case.phrase.end + 1])


def _may(action: str, members: Sequence[Actor]) -> bool:
    """Whether such members can do this at all: only permanent members veto."""
    return action != "vetoed" or all(member.code in PERMANENT for member in members)


def _joined(case: Case) -> list[Actor]:
    """States that "together with", "alongside" or "with" add: before, inside or after the verb."""
    nodes, phrase = case.nodes, case.phrase
    joined = [
        actor
        for node in nodes[phrase.at : phrase.end]
        if node.kind == "actors"
        for actor in node.value.members
    ]
    after = max(phrase.end, case.object.end)
    while after < len(nodes) and nodes[after].kind in FLOATING | {","}:
        after += 1
    if after + 1 < len(nodes) and nodes[after].kind == "join" and nodes[after + 1].kind == "actors":
        joined.extend(nodes[after + 1].value.members)
    joined.extend(leading_states(nodes, phrase.at))
    return joined


def _implied(case: Case, entry: Entry, span: tuple[int, int]) -> None:
    """The outcome that "unsuccessfully opposed" or "won approval of" says besides."""
    outcome = case.verb.implies
    if case.phrase.failed or _in_vain(case):
        outcome = case.verb.failed_outcome or ("adopted" if case.verb.state == "opposed" else "")
    if outcome:
        rule = case.rule("implied")
        case.reading.outcome(outcome, entry, span, rule, hedged=case.hedged)


def _others(case: Case, entry: Entry, span: tuple[int, int]) -> None:
    """Counts five votes in "Russia and four others voted against", beside other counts."""
    subject, side = case.subject, case.verb.count
    if subject.others and side and not (case.hedged or case.phrase.denied):
        number = len(subject.members) + subject.others
        count = SideCount(
            side=side, number=number, start=span[0], end=span[1], entry=entry, weak=True
        )
        case.counts.append(count)


def _own_text(case: Case, codes: Sequence[str], entry: Entry) -> None:
    """Adds the author in "abstained on its own resolution"."""
    phrase = case.nodes[case.object.at].value if case.object.kind == "text" else None
    if phrase is not None and _is_own(case):
        case.reading.add(codes, "drafted", entry, (phrase.start, phrase.end), "draft/own")


def _is_own(case: Case) -> bool:
    """Whether the object is "its own resolution"."""
    if case.object.kind != "text":
        return False
    phrase = case.nodes[case.object.at].value
    owned = phrase.article == "possessive" and bool(phrase.members)
    return owned and phrase.members[0].kind == "det"


def _reaction_end(case: Case) -> int:
    """Where the words of a reaction end: before the next clause, comma or full stop."""
    nodes, end = case.nodes, case.phrase.end
    end += end < len(nodes) and nodes[end].kind == "rel"  # "welcomed what it called ..."
    while end < len(nodes) and nodes[end].kind not in ("sub", ",", ";", ".", "rel", "dash"):
        if nodes[end].end - nodes[case.phrase.first].start > 120:
            break
        end += 1
    return nodes[end - 1].end


def _note_reacted(case: Case) -> None:
    """Keeps the state that a reaction is about: the last one named in its object."""
    codes = [
        node.value.code if node.kind == "name" else node.value.members[-1].code
        for node in case.nodes[case.phrase.end : case.phrase.end + _REACTION]
        if node.kind in ("name", "actors")
    ]
    case.reading.reacted = codes[-1] if codes else None


def _counted(case: Case) -> None:
    """The side of a counted number of members, and of those that are named among them."""
    verb, subject = case.verb, case.subject
    side = verb.denied_count if case.phrase.denied else verb.count
    if not side or case.hedged or case.phrase.failed:
        return
    entry = matter_of_object(case)
    if entry is None:
        if case.object.kind not in ("none", "vote", "it"):
            return
        entry = understood(case)
    if subject.body not in (None, "-", "UN"):
        entry.take_body(subject.body)
    span = case.span(subject.at)
    number = subject.number if subject.exact else None
    case.counts.append(SideCount(side=side, number=number, start=span[0], end=span[1], entry=entry))
    after = max(case.phrase.end, case.object.end)
    _name(case, (*subject.members, *listed_after(case.nodes, after)), entry, span)
    entry.voted = True
    case.reading.discourse.voted = entry


def _name(case: Case, members: Sequence[Actor], entry: Entry, span: tuple[int, int]) -> None:
    """The claims of members that a count names."""
    action = case.verb.denied if case.phrase.denied else case.verb.state
    if not members or not action:
        return
    wide = min(span[0], members[0].start), max(span[1], members[-1].end)
    codes = [member.code for member in members]
    case.reading.add(codes, action, entry, wide, case.rule("counted"))


def _passive(case: Case) -> None:
    """Reads "was adopted", "was backed by Russia and China", "a text drafted by Gabon"."""
    agent = find_agent(case.nodes, case.phrase.end)
    if case.subject.kind == "count" and agent.kind == "unknown":
        _counted(case)
        return
    entry = patient(case) or _loose_patient(case, agent) or _voted_patient(case, agent)
    if entry is None or case.verb.reaction:
        return
    if agent.kind == "actors":
        action = case.verb.denied if case.phrase.denied else case.verb.state
        if action and not case.phrase.failed and _may(action, agent.members):
            codes = [member.code for member in agent.members]
            span = case.span(case.subject.at, agent.at)
            case.reading.add(codes, action, entry, span, case.rule("by"), hedged=case.hedged)
    elif agent.kind == "count":
        passive_outcome(case, entry)
        node = case.nodes[agent.at]
        members = node.kind == "num" or (node.kind == "count" and node.value.unit == "members")
        if case.verb.count and members:
            _count_by(case, entry, agent)
    elif agent.kind == "body":
        passive_outcome(case, entry, agent)
    elif agent.kind != "it":
        passive_outcome(case, entry)


def _voted_patient(case: Case, agent: Subject) -> Entry | None:
    """The text of "the initiative was opposed by A and B" on a page that tells of a vote."""
    several = agent.kind == "actors" and len(agent.members) > 1
    voted = case.verb.state in ("opposed", "backed", "vetoed") and not case.verb.reaction
    near = case.sentence.names_body() or case.reading.just_voted()
    return understood(case) if several and voted and near else None


def _loose_patient(case: Case, agent: Subject) -> Entry | None:
    """The text of "a plan was approved by the Council": what a body of the UN decides is one."""
    if agent.kind != "body" or agent.body in (None, "-") or not case.verb.decides:
        return None
    at = case.subject.at
    if case.subject.kind != "text" or case.nodes[at].kind != "text":
        return None
    entry = loose_text(case, at)
    entry.take_body(agent.body)
    return at_its_time(case, entry, at)


def _is_sponsored(case: Case) -> bool:
    """Whether those who back a draft are its sponsors: "the draft was backed by 40 countries"."""
    node = case.nodes[case.subject.at]
    return case.verb.state == "backed" and node.kind == "text" and "draft" in node.low


def _count_by(case: Case, entry: Entry, agent: Subject) -> None:
    """Counts the votes in "supported by 143 countries, including A"."""
    if case.phrase.denied or case.hedged or _is_sponsored(case):
        return
    span = case.span(case.subject.at, agent.at)
    number = agent.number if agent.exact else None
    side = case.verb.count
    case.counts.append(SideCount(side=side, number=number, start=span[0], end=span[1], entry=entry))
    _name(case, agent.members, entry, span)
