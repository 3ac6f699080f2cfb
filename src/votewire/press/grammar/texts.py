"""Noun phrases that name a UN text: "a US-drafted Council resolution", "resolution 2774"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from votewire.press.grammar.lexicon import Lexicon, TextNoun
from votewire.press.grammar.nodes import Node

__all__ = [
    "Author",
    "TextPhrase",
    "code_of",
    "group_texts",
    "is_possessive",
    "manner",
    "matter",
    "matter_before",
    "subject_nodes",
    "writers",
]

_REACH = 12  # nodes from the noun back to its determiner
_MATTER = 18  # nodes after the noun that may say what the text is about
_MATTER_ENDS = frozenset(
    (",", ".", ";", ":", "dash", "(", ")", "sub", "side", "count", "pron", "when")
)
_MATTER_STARTS = frozenset((",", ".", ";", ":", "sub", "erg", "verb", "rel", "body", "aux"))
# What may stand between the determiner and the noun.
_INSIDE = frozenset(
    (
        "word",
        "name",
        "adjective",
        "body",
        "text",
        "hyphen",
        "num",
        "another",
        "adv",
        "rep",
        "members",
        "approx",
        "generic",
        "'",
        '"',
        "vote",
    )
)
_NEVER_FIRST = frozenset(("adv", "generic", "members", "rep"))
_PERMANENT = frozenset(("USA", "RUS", "SUN", "CHN", "GBR", "FRA"))
_AUTHORING = frozenset(("draft", "put-forward", "bring", "sponsor"))
_COUNTED = frozenset(("members", "ballots", "side", "hyphen", "others", "vote"))
_SYMBOL = TextNoun(kind="symbol", strength="strong", plural=False)
_UNNAMED = TextNoun(kind="text", strength="strong", plural=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A state or group that a phrase names as author or backer of its text, with its place.

    loose: "European", "Western" say whose text it is, but no state wrote it.
    """

    code: str
    verb: str  # id of the verb: draft, back, ...
    start: int
    end: int
    loose: bool = False


@dataclass(slots=True, kw_only=True)
class TextPhrase:
    """What a phrase says of the text that it names.

    article: definite, indefinite, possessive or bare. another: it is said to be another text, a
    rival one or one of the past; "" where it is not. written_by: who "(a text) that A had drafted",
    "drafted by A" names. body: GA, SC, ..., "UN", "-" for a
    parliament's, None where the phrase has none. members: the nodes from determiner to noun.
    """

    noun: TextNoun
    start: int
    end: int
    article: str = "bare"
    another: str = ""
    body: str | None = None
    symbol: str | None = None
    authors: tuple[Author, ...] = ()
    about: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    members: list[Node] = field(default_factory=list)
    written_by: frozenset[str] = frozenset()

    @property
    def drafters(self) -> frozenset[str]:
        """The authors that the phrase names, or the words after it."""
        named = frozenset(author.code for author in self.authors if author.verb == "draft")
        return named | self.written_by


def group_texts(nodes: Sequence[Node], lexicon: Lexicon) -> list[Node]:
    """The row with each phrase that names a text as one node of kind "text".

    The noun of a "policy measure" becomes a mere word. Read from right to left, so that the last
    noun of "a draft Council resolution" takes the others in.
    """
    out: list[Node] = []  # reversed
    at = len(nodes) - 1
    while at >= 0:
        node = nodes[at]
        if node.kind == "text" and not _is_foreign(nodes, at, lexicon):
            first = _first(nodes, at)
            first = _past_listed(nodes, first) if lexicon.verb_last else first
            trail = _trail(out) if lexicon.adjectives_after else []
            out.append(_phrase(nodes, first, at, out, trail))
            at = first
        elif node.kind == "text":
            out.append(Node("word", node.start, node.end, node.low))
        elif node.kind == "symbol":
            out.append(_alone(node, [node], _SYMBOL, symbol=str(node.value)))
        elif node.kind == "another" and _is_elliptic(nodes, at):
            out.append(_alone(node, [nodes[at - 1], node], _UNNAMED, another=str(node.value)))
            at -= 1
        else:
            out.append(node)
        at -= 1
    out.reverse()
    return out


def matter(
    nodes: Sequence[Node], at: int, stop_words: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(content words, states) of what the words after the text at `at` say it is about."""
    words: dict[str, None] = {}
    states: dict[str, None] = {}
    start = at + 1 + _is_set_off(nodes, at)
    for i in range(start, min(len(nodes), at + 1 + _MATTER)):
        node = nodes[i]
        if _ends_matter(nodes, i):
            break
        if node.kind == "actors":
            states.update((member.code, None) for member in node.value.members)
        elif node.kind == "name":
            states[code_of(node)] = None
        elif node.kind in ("word", "verb", "text", "vote") and node.low not in stop_words:
            words[node.low] = None
    return tuple(words), tuple(states)


def matter_before(
    nodes: Sequence[Node], at: int, stop_words: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(content words, states) of what stands before the text at `at`, where the noun comes last."""
    words: dict[str, None] = {}
    states: dict[str, None] = {}
    for i in range(at - 1, max(-1, at - 1 - _MATTER), -1):
        node = nodes[i]
        if node.kind in _MATTER_STARTS:
            break
        if node.kind == "actors":
            states.update((member.code, None) for member in node.value.members)
        elif node.kind == "name":
            states[code_of(node)] = None
        elif node.kind == "word" and node.low not in stop_words:
            words[node.low] = None
    return tuple(words), tuple(states)


def writers(nodes: Sequence[Node], at: int) -> frozenset[str]:
    """Who wrote the text at `at`, where that is said right after it.

    "A draft that the United States had written", "a text put forward by Gabon".
    """
    after = [n for n in nodes[at + 1 : at + 6] if n.kind not in ("aux", "adv", "time", ",")]
    kinds = [node.kind for node in after]
    if kinds[:3] == ["rel", "actors", "verb"]:
        named, verb = after[1], after[2]
    elif kinds[:3] == ["verb", "prep", "actors"] and after[1].value == "by":
        named, verb = after[2], after[0]
    else:
        return frozenset()
    wrote = any(each.id in _AUTHORING for each in verb.value.verbs)
    return frozenset(member.code for member in named.value.members) if wrote else frozenset()


def subject_nodes(nodes: Sequence[Node]) -> frozenset[int]:
    """Indexes of the nodes that say what a text is about: after "on", "for" or "concerning".

    They end where the body that voted is named after "in", "at" or "by".
    """
    found: set[int] = set()
    for at, node in enumerate(nodes):
        if node.kind != "text" or at + 1 >= len(nodes):
            continue
        parted = _is_set_off(nodes, at)
        lead = nodes[at + 1 + parted]
        if lead.kind != "prep" or lead.value not in ("on", "for", "other"):
            continue
        for i in range(at + 2 + parted, min(len(nodes), at + 1 + _MATTER)):
            if _ends_matter(nodes, i) or _is_in_body(nodes, i):
                break
            found.add(i)
    return frozenset(found)


def _is_set_off(nodes: Sequence[Node], at: int) -> bool:
    """Whether a comma parts the text at `at` from its subject: "the text, on aid, was adopted"."""
    after = nodes[at + 1 : at + 3]
    return len(after) > 1 and after[0].kind == "," and after[1].value == "on"


def _is_in_body(nodes: Sequence[Node], at: int) -> bool:
    """Whether "in the Security Council", "at the Assembly" starts at `at`."""
    if nodes[at].kind != "prep" or nodes[at].value != "in":
        return False
    following = nodes[at + 1 : at + 3]
    return any(node.kind == "body" for node in following)


def is_possessive(nodes: Sequence[Node], at: int) -> bool:
    """Whether the node at `at` carries a possessive: `'s`, or a bare apostrophe after -s."""
    if at + 1 >= len(nodes) or nodes[at + 1].kind != "'" or nodes[at + 1].start != nodes[at].end:
        return False
    after = nodes[at + 2] if at + 2 < len(nodes) else None
    if after is not None and after.low == "s" and after.start == nodes[at + 1].end:
        return True
    return nodes[at].low.endswith("s")


def code_of(node: Node) -> str:
    """ISO3 of the state that a name or adjective means, "G:EU" of a group."""
    if node.kind == "adjective":
        return f"G:{node.value}"
    return str(node.value.code) if node.value.kind == "state" else f"G:{node.value.code}"


def manner(node: Node) -> str:
    """How a name stands for its state: demonym, acronym (told by its capitals), name, ..."""
    if node.kind == "adjective" or node.value.how in ("demonym", "adjective"):
        return "demonym"
    bare = node.value.text.replace(".", "").replace(" ", "")
    return "acronym" if bare.isupper() and len(bare) <= 4 else str(node.value.how)


def _ends_matter(nodes: Sequence[Node], at: int) -> bool:
    """Whether what the text is about ends before node `at`: at a clause, an agent, a vote."""
    node = nodes[at]
    if node.kind == "aux" and node.value != "to":
        return True  # "the resolution were the states that"
    if node.kind in _MATTER_ENDS or (node.kind == "prep" and node.value in ("by", "with")):
        return True
    if node.kind == "rel":
        return at + 1 < len(nodes) and nodes[at + 1].kind == "actors"
    if node.kind == "verb" and nodes[at - 1].kind == "prep" and "ing" in node.value.forms:
        return False  # "on taking forward the talks"
    return node.kind == "verb" and not any(
        verb.reaction or verb.object == "motion-only" for verb in node.value.verbs
    )


def _is_foreign(nodes: Sequence[Node], at: int, lexicon: Lexicon) -> bool:
    """Whether the word before the noun says that it is no UN text ("budget resolution")."""
    before = nodes[at - 1] if at else None
    loose = before is not None and before.kind in ("word", "another")
    return loose and before is not None and before.low in lexicon.foreign


def _first(nodes: Sequence[Node], at: int) -> int:
    """Index of the first node of the phrase whose noun is at `at`."""
    first = at
    while first > 0 and at - first < _REACH:
        before = nodes[first - 1]
        if before.kind == "det":
            return first - 1
        if _shares_participle(nodes, first - 1):
            first -= 2
            continue
        if before.kind not in _INSIDE and not _is_participle(nodes, first - 1):
            break
        if before.kind in ('"', "'") and not _is_inner_mark(nodes, first - 1, at):
            break
        first -= 1
    return _bare_first(nodes, first, at)


def _past_listed(nodes: Sequence[Node], first: int) -> int:
    """Index after a name that ends a list of subjects before the text: "A और B (प्रस्ताव)"."""
    last = nodes[first - 1].kind if first else ""
    named = nodes[first].kind == "name" and manner(nodes[first]) != "demonym"
    return first + 1 if named and last in ("and", ",") else first


def _shares_participle(nodes: Sequence[Node], at: int) -> bool:
    """Whether the "and" of "a US- and Panama-backed text" stands at `at`."""
    if nodes[at].kind != "and" or at < 2 or nodes[at - 1].kind not in ("dash", "hyphen"):
        return False
    glued = nodes[at - 1].start == nodes[at - 2].end
    return glued and nodes[at - 2].kind == "name"


def _is_inner_mark(nodes: Sequence[Node], mark: int, noun: int) -> bool:
    """Whether a quotation mark stands between the words of the phrase, or is an apostrophe."""
    if mark == 0:
        return False
    if nodes[mark].start == nodes[mark - 1].end:
        return True
    return nodes[mark].kind == '"' and any(node.kind == '"' for node in nodes[mark + 1 : noun])


def _is_participle(nodes: Sequence[Node], at: int) -> bool:
    """Whether a verb form stands as an adjective: "US-drafted", "the proposed text"."""
    if nodes[at].kind != "verb" or at == 0:
        return False
    before = nodes[at - 1]
    if before.kind == "hyphen":
        return True
    if not nodes[at].value.forms & {"pp", "ing"}:
        return False
    if before.kind in ("det", "another", "'"):
        return True
    return before.low == "s" and at > 1 and nodes[at - 2].kind == "'"


def _bare_first(nodes: Sequence[Node], first: int, at: int) -> int:
    """The first node of a phrase without determiner: nothing that may be a verb or a subject."""
    start = at
    while start > first and nodes[start - 1].kind not in _NEVER_FIRST:
        before = nodes[start - 1]
        linked = start > 1 and nodes[start - 2].kind == "hyphen"
        if before.kind == "word" and before.low.endswith("ed") and not linked:
            break
        start -= 1
    return start


def _trail(after: list[Node]) -> list[Node]:
    """Takes the adjectives off `after` (a reversed row): "(le texte) ukrainien"."""
    trail: list[Node] = []
    while after and len(trail) < 3 and _is_adjective(after[-1]):
        trail.append(after.pop())
    return trail


def _is_adjective(node: Node) -> bool:
    return node.kind == "another" or (node.kind == "name" and manner(node) == "demonym")


def _phrase(
    nodes: Sequence[Node], first: int, at: int, after: list[Node], trail: Sequence[Node] = ()
) -> Node:
    """The text node of nodes[first:at + 1]; takes a number or symbol off `after` (reversed row).

    trail: adjectives after the noun, in languages that have them there.
    """
    members = [*nodes[first:at], *trail, nodes[at]]
    end, symbol = _symbol_after(after, max(node.end for node in members))
    authors = tuple(_authors(members))
    written = {author.code for author in authors}
    named = dict.fromkeys(code_of(node) for node in members if node.kind == "name")
    phrase = TextPhrase(
        noun=nodes[at].value,
        start=members[0].start,
        end=end,
        article=_article(members),
        another=next((str(node.value) for node in members if node.kind == "another"), ""),
        body=next((node.value for node in reversed(members) if node.kind == "body"), None),
        symbol=symbol,
        authors=authors,
        about=tuple(code for code in named if code not in written),
        words=tuple(n.low for n in members[:-1] if n.kind == "word" and len(n.low) > 1),
        members=members,
    )
    return Node("text", phrase.start, phrase.end, members[-1].low, phrase)


def _article(members: Sequence[Node]) -> str:
    """How the phrase begins: by its determiner, or by the owner's name ("Ukraine's text")."""
    if members[0].kind == "det":
        return "definite" if members[0].value == "definite" else str(members[0].value)
    owned = (is_possessive(members, at) for at, n in enumerate(members) if n.kind == "name")
    return "possessive" if any(owned) else "bare"


def _is_elliptic(nodes: Sequence[Node], at: int) -> bool:
    """Whether "a second (was adopted)" stands at `at` without its noun."""
    if not 0 < at < len(nodes) - 1 or nodes[at].value != "rival":
        return False
    return nodes[at - 1].value == "indefinite" and nodes[at + 1].kind in ("aux", "verb")


def _alone(
    node: Node,
    members: list[Node],
    noun: TextNoun,
    *,
    symbol: str | None = None,
    another: str = "",
) -> Node:
    """The node of a text that a symbol, or "a second", names without a noun."""
    start, end = members[0].start, node.end
    article = "definite" if symbol is not None else "indefinite"
    phrase = TextPhrase(
        noun=noun,
        start=start,
        end=end,
        article=article,
        symbol=symbol,
        another=another,
        members=members,
    )
    return Node("text", start, end, node.low, phrase)


def _symbol_after(after: list[Node], end: int) -> tuple[int, str | None]:
    """End of the phrase and the symbol right after the noun: `2774`, `ES-11/7`, `(S/2025/112)`."""
    if after and after[-1].kind == "num" and after[-1].low[0].isdigit() and not _counts(after):
        number = after.pop()
        return number.end, number.low
    if after and _is_symbol(after[-1]):
        node = after.pop()
        return node.end, node.value.symbol
    if len(after) > 1 and after[-1].kind == "(" and _is_symbol(after[-2]):
        after.pop()
        node = after.pop()
        end = after.pop().end if after and after[-1].kind == ")" else node.end
        return end, node.value.symbol
    return end, None


def _is_symbol(node: Node) -> bool:
    return node.kind == "text" and node.value.noun.kind == "symbol"


def _counts(after: Sequence[Node]) -> bool:
    """Whether the number that follows a noun counts members or votes instead of naming a text."""
    if len(after) < 2:
        return False
    counted = after[-2].kind in _COUNTED or after[-2].value == "versus"
    return counted or after[-2].sense("side") is not None


def _authors(members: Sequence[Node]) -> list[Author]:
    """The states and groups that the phrase names as authors or backers of its text."""
    found = []
    for at, node in enumerate(members):
        verb = _relation(members, at) if node.kind in ("name", "adjective") else None
        if verb is not None:
            loose = node.kind == "adjective"
            code, start, end = code_of(node), node.start, node.end
            found.append(Author(code=code, verb=verb, start=start, end=end, loose=loose))
    return found


def _relation(members: Sequence[Node], at: int) -> str | None:
    """How the state at `at` stands to the text: the id of a verb, None where it is the subject.

    "The US text" and "the Russian draft" are theirs; "the Libya resolution" is about Libya, and so
    is one with a noun of its own between ("the Syrian aid resolution").
    """
    rest = members[at + 1 :]
    if len(rest) > 4 and rest[0].kind in ("dash", "hyphen") and rest[1].kind == "and":
        return _relation(members, at + 3)
    if rest[0].kind == "hyphen" and len(rest) > 1:
        return _linked(rest[1])
    between = [n for n in rest[:-1] if n.kind not in ("'", "hyphen", "body", "text", "another")]
    between = [n for n in between if n.low != "s" and n.kind != "verb"]
    plain = all(node.sense("plain") is not None for node in between)
    if is_possessive(members, at):
        return "draft" if plain or len(between) <= 1 else None
    if not plain or manner(members[at]) not in ("demonym", "acronym"):
        return None
    return None if _is_topic(members, members[at]) else "draft"


def _is_topic(members: Sequence[Node], name: Node) -> bool:
    """Whether "the Libyan resolution" may be the one on Libya, and is not said to be Libya's.

    Permanent members write texts and are seldom what one is about.
    """
    plain = members[-1].value.kind == "resolution" and members[0].value == "definite"
    drafted = plain and "draft" in members[-1].low
    return bool(plain and not drafted and code_of(name) not in _PERMANENT)


def _linked(node: Node) -> str | None:
    """The verb of "US-drafted", "Arab-backed"."""
    if node.kind != "verb":
        return None
    verbs = {verb.id for verb in node.value.verbs}
    if verbs & _AUTHORING:
        return "draft"
    return next((verb.id for verb in node.value.verbs if verb.state == "backed"), None)
