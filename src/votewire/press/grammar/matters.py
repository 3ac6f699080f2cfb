"""Which text a verb of voting is about: its object, what "it" means, or the one understood."""

from __future__ import annotations

from votewire.press.grammar.case import TEXTUAL, Case
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.subjects import text_behind
from votewire.press.grammar.texts import matter

__all__ = [
    "at_its_time",
    "loose_text",
    "matter_of_body",
    "matter_of_object",
    "matter_of_state",
    "patient",
    "understood",
]

_UNIONS = frozenset(("EU", "NATO", "AFRICAN_UNION", "ARAB_LEAGUE", "G7", "G20", "ASEAN"))
_ENDS = frozenset(("prep", ",", "sub", "and"))
_OBJECT_REACH = 6
_SHORT: frozenset[str] = frozenset()
_LETTERS = 3  # shorter words say little of a subject


def matter_of_state(case: Case) -> Entry | None:
    """The text that states voted on, by what the verb asks of its object; None for no claim."""
    wants, kind = case.verb.object, case.object.kind
    if case.verb.reaction:
        return _reaction(case)
    if case.verb.after and not _has_particle(case):
        return None
    if kind in ("text", "it"):
        if (wants == "ballot" and kind == "it") or (
            wants == "motion-only" and not _is_motion(case)
        ):
            return None
        if kind == "it" and wants == "vote":  # "voted for it", where no text is named before
            return matter_of_object(case) or understood(case)
        return matter_of_object(case)
    relative = _relative_object(case)
    if relative is not None:
        return relative
    if (kind == "vote" and wants not in ("text", "motion-only")) or wants == "free":
        return understood(case)
    if kind == "none" and wants in ("vote", "any", "optional"):
        return understood(case)
    if kind == "none" and wants == "text" and (_is_absolute(case) or _is_beside_votes(case)):
        return understood(case)
    if kind == "none" and wants == "ballot" and case.phrase.denied and _is_of_vote(case):
        return understood(case)
    return _other(case) if kind == "other" else None


def matter_of_body(case: Case) -> Entry | None:
    """The text that a body adopted or rejected; None for no claim."""
    if case.object.kind in TEXTUAL:
        return matter_of_object(case)
    relative = _relative_object(case)
    if relative is not None:
        return relative
    wants, kind = case.verb.object, case.object.kind
    # "UN votes against recognising X": a text against X was adopted, or one for X was not.
    open_ended = wants == "vote" and kind == "other" and case.verb.body == "adopted"
    if (wants == "motion" and kind in ("other", "none")) or open_ended:
        return _fresh(case, case.subject.body)
    return None


def matter_of_object(case: Case) -> Entry | None:
    """The text that is the verb's object, at the time the clause names; None where it is none."""
    at = case.object.at
    if case.object.kind == "text":
        entry = case.sentence.entries.get(at)
        if entry is None and _is_told(case, at):
            entry = understood(case)
        elif entry is None and _is_loose(case):
            entry = loose_text(case, at)
        return at_its_time(case, entry, at)
    if case.object.kind in ("it", "them"):
        return at_its_time(case, _pronoun(case, at, plural=case.object.kind == "them"), at)
    return None


def patient(case: Case) -> Entry | None:
    """The text that is the subject: of a passive verb, or of "the resolution passed"."""
    kind, at = case.subject.kind, case.subject.at
    if kind == "text" and case.nodes[at].kind == "text":
        entry = case.sentence.entries.get(at)
        if entry is None and _is_told(case, at):
            return understood(case)
        return at_its_time(case, entry, at)
    if kind in ("it", "they", "text"):
        return at_its_time(case, _pronoun(case, at, plural=kind == "they"), at)
    return None


def understood(case: Case) -> Entry:
    """The text of a verb without object."""
    body = "SC" if case.verb.state == "vetoed" else None
    entry = case.sentence.spoken_of(case.reading.discourse, case.phrase.at, body)
    return at_its_time(case, entry) or entry


def at_its_time(case: Case, entry: Entry | None, at: int = -1) -> Entry | None:
    """The entry at the time that the clause names, and so also at node `at` of the sentence.

    Drafting and reactions have their own time.
    """
    if entry is None or case.hedged or case.verb.reaction or case.verb.state == "drafted":
        return entry
    discourse = case.reading.discourse
    era = case.sentence.era(case.phrase.at)
    when = case.sentence.when(case.phrase.at)
    if era == "present":
        return entry.root or entry
    if when is not None:
        found = discourse.at_time(entry, when)
    elif era == "past":
        found = discourse.repeated(entry.root or entry, None)
    else:
        return entry
    if found is not entry:
        discourse.latest = discourse.voted = found
    if at >= 0:
        case.sentence.entries[at] = found
    return found


def _is_absolute(case: Case) -> bool:
    """Whether the verb is a participle after "with A": "with Israel opposed"."""
    at = case.subject.at
    forms = case.nodes[case.phrase.at].value.forms
    return at > 0 and case.nodes[at - 1].value == "with" and bool(forms & {"pp", "ing"})


def _is_beside_votes(case: Case) -> bool:
    """Whether the verb stands beside one of voting: "Israel opposed and Australia abstained"."""
    others = (each for each in case.sentence.phrases if each is not case.phrase)
    return any(each.verb.object == "vote" and each.verb.state for each in others)


def _is_of_vote(case: Case) -> bool:
    """Whether the sentence, or the one before, speaks of a vote of the UN."""
    return case.sentence.names_body() or case.reading.just_voted()


def _reaction(case: Case) -> Entry | None:
    """An entry of its own for a reaction: it is about no vote in particular."""
    at = case.object.at
    clause = at < len(case.nodes) and case.nodes[at].kind == "rel"  # "welcomed what it called ..."
    if case.object.kind == "none" and not clause:
        return None
    entry = case.reading.discourse.apart()
    entry.kind = "reaction"
    return entry


def _other(case: Case) -> Entry | None:
    """The text of a vote whose object is not called a text: "voted against lifting the ban"."""
    wants = case.verb.object
    if wants not in ("vote", "any", "motion", "free") or _object_is_foreign(case):
        return None
    if wants == "any":
        return _fresh(case, case.sentence.body(case.phrase.at) or "SC")
    if not case.sentence.names_body() and not case.reading.just_voted():
        return None
    if wants == "motion":
        return _fresh(case, case.sentence.body(case.phrase.at))
    return understood(case)


def _object_is_foreign(case: Case) -> bool:
    """Whether the object is a parliament's or a union's ("vetoed EU sanctions")."""
    for node in case.nodes[case.object.at : case.object.at + _OBJECT_REACH]:
        if node.kind == "body":
            return bool(node.value == "-")
        if node.kind in _ENDS:
            break
        if _is_union(node) or node.sense("unfit") is not None:
            return True
    return False


def _is_union(node: Node) -> bool:
    if node.kind == "actors":
        return node.value.members[0].code.removeprefix("G:") in _UNIONS
    return node.kind == "name" and node.value.code in _UNIONS


def _is_motion(case: Case) -> bool:
    node = case.nodes[case.object.at]
    return node.kind == "text" and node.value.noun.kind == "motion"


def _has_particle(case: Case) -> bool:
    """Whether the verb's particle stands after it or its object ("pushed a text through")."""
    nodes, phrase = case.nodes, case.phrase
    if any(node.low == case.verb.after for node in nodes[phrase.at + 1 : phrase.end]):
        return True
    end = case.object.end
    return 0 < end < len(nodes) and nodes[end].low == case.verb.after


def _relative_object(case: Case) -> Entry | None:
    """The text before "(that) Russia and China supported", where nothing follows the verb."""
    subject, nodes = case.subject, case.nodes
    if case.object.kind == "other" or subject.at < 1 or subject.relative:
        return None
    at = subject.at - 1
    while at >= 0 and nodes[at].kind in ("rel", ",", "det"):
        at -= 1
    between = nodes[at + 1 : subject.at]
    linked = any(node.kind == "rel" for node in between)
    if at >= 0 and nodes[at].kind != "text" and linked:
        at = text_behind(nodes, at)  # "a resolution on aid, which Chad opposed"
    if at < 0 or nodes[at].kind != "text":
        return None
    bare = not any(node.kind == "," for node in between)
    within = at > 0 and nodes[at - 1].kind == "prep" and nodes[at - 1].value == "in"
    if within:  # "much in the resolution that Washington supported"
        return None
    return case.sentence.entries.get(at) if linked or bare else None


def _is_told(case: Case, at: int) -> bool:
    """Whether "the proposal", "the document" is the text whose vote has just been told."""
    phrase = case.nodes[at].value
    plain = phrase.article == "definite" and phrase.noun.strength == "any" and not phrase.another
    return plain and phrase.body is None and case.reading.just_voted()


def _is_loose(case: Case) -> bool:
    """Whether a loose noun ("demand") is what this verb was about: a veto, or a body's vote."""
    phrase = case.nodes[case.object.at].value
    if phrase.noun.strength != "any" or phrase.body == "-":
        return False
    bodily = case.subject.kind == "body" and phrase.noun.kind in ("proposal", "treaty")
    bodily = bodily and case.verb.decides
    ballot = case.verb.object == "vote" and phrase.body is not None
    return case.verb.object == "any" or bodily or ballot


def loose_text(case: Case, at: int) -> Entry:
    """The new entry of the text at node `at` that is called a demand, a bid, a proposal."""
    phrase = case.nodes[at].value
    own = phrase.body if phrase.body not in (None, "UN") else None
    entry = _fresh(case, own or case.sentence.body(case.phrase.at))
    entry.kind, entry.aside = phrase.noun.kind, phrase.another == "past"
    entry.words.update(dict.fromkeys(phrase.words))
    case.sentence.entries[at] = entry
    return entry


def _fresh(case: Case, body: str | None) -> Entry:
    """A new entry that is now the text named last; not of a wish, which names none."""
    if case.hedged:
        return case.reading.discourse.apart(body)
    entry = case.reading.discourse.new(body)
    case.reading.discourse.latest = entry
    if case.object.kind == "other":  # "extended the mandate of its mission in Mali"
        words, states = matter(case.nodes, case.object.at - 1, _SHORT)
        entry.words.update(dict.fromkeys(word for word in words if len(word) > _LETTERS))
        entry.about.update(dict.fromkeys(states))
    return at_its_time(case, entry) or entry


def _pronoun(case: Case, at: int, *, plural: bool = False) -> Entry | None:
    """The text that "it" at `at` stands for: the last of the sentence, else of the article."""
    entry = None if plural else case.sentence.text_before(at)
    entry = entry or case.reading.discourse.pronoun(plural=plural)
    if entry is not None:
        case.sentence.entries[at] = entry
    return entry
