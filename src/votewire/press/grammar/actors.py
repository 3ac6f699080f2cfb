"""Who acts: states and groups in lists, persons who speak for a state, and counted members.

A name alone is not an actor: in "US allies", "Russian forces" or "Ukraine's war" it only modifies a
noun. An ambassador or a government acts for the state whose name stands before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from votewire.press.grammar.counting import count_at
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING
from votewire.press.grammar.texts import code_of, is_possessive, manner

__all__ = ["Actor", "Actors", "group_actors"]

_PERSON = 8  # nodes of a person's name
_LINKS = frozenset((",", "and", "join"))
_LISTED = frozenset(("name", ",", "and", "det", "members", "others"))
_ASIDE = 10  # nodes of what a list says of one of its members
_UNKNOWN = 4  # words of a name that nobody knows
_PARTIAL = frozenset(("approx", "num", "generic", "another", "others"))  # "the only EU members"
_COUNTED = frozenset(("num", "none", "approx", "det", "another", "others"))
_NEVER_AFTER = frozenset(("hyphen", "text", "num", "vetonoun", "vote", "rep", "name", "'"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One state (ISO3) or group ("G:EU") and its place in the article."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """A list of states and groups that act together.

    others: how many more the list counts without naming ("and 16 other states"), 0 for none.
    person: the last of them is spoken for by a person or an office. unknown: the places of names in
    the list that are no state's or group's, such as one that is misspelt. joined: "A joined B".
    """

    members: tuple[Actor, ...]
    others: int = 0
    person: bool = False
    unknown: tuple[tuple[int, int], ...] = ()
    joined: bool = False

    @property
    def plural(self) -> bool:
        """Whether more than one state acts."""
        return len(self.members) + self.others > 1


@dataclass(slots=True, kw_only=True)
class _List:
    """A list as it is read: its members, where it goes on, and whether an "and" has closed it."""

    items: list[tuple[Actor, int, bool]]  # (actor, index after it, a person speaks)
    end: int
    others: int = 0
    closed: bool = False
    unknown: list[tuple[int, int]] = field(default_factory=list)
    joined: bool = False
    marked: bool = False


def group_actors(nodes: Sequence[Node], *, marked: bool = False) -> list[Node]:
    """The row with lists of acting states as nodes "actors" and counted members as "count".

    marked: the language marks a name that modifies a noun, so that a bare one is none's modifier.
    """
    out: list[Node] = []
    at = 0
    while at < len(nodes):
        if _name_at(nodes, at):
            at = _add_list(nodes, at, out, marked=marked)
        elif nodes[at].kind in _COUNTED:
            count, end = count_at(nodes, at, whole_first=marked)
            if count is None:
                out.append(nodes[at])
                at += 1
            else:
                last = nodes[end - 1]
                out.append(Node("count", nodes[at].start, last.end, last.low, count))
                at = end
        else:
            out.append(nodes[at])
            at += 1
    return out


def _name_at(nodes: Sequence[Node], at: int) -> bool:
    """Whether a name stands at `at`, or right after a determiner there."""
    if nodes[at].kind == "name" or _is_styled(nodes, at):
        return True
    return nodes[at].kind == "det" and at + 1 < len(nodes) and nodes[at + 1].kind == "name"


def _is_styled(nodes: Sequence[Node], at: int) -> bool:
    """Whether "nation of Palau" stands at `at`: a state's style before its name."""
    style = nodes[at].kind == "members" and not nodes[at].low.endswith("s")
    after = nodes[at + 1 : at + 3]
    return style and len(after) == 2 and after[0].value == "of" and after[1].kind == "name"


def _add_list(nodes: Sequence[Node], at: int, out: list[Node], *, marked: bool) -> int:
    """Adds the list that starts at `at`, or the node itself; returns where to go on."""
    some = bool(out) and out[-1].kind == "det" and out[-1].value == "indefinite"
    item = None if some else _item(nodes, at, marked=marked)
    if item is None:
        out.append(nodes[at])
        return at + 1
    found = _List(items=[item], end=item[1], marked=marked)
    while _take_next(nodes, found):
        pass
    _cut_object(nodes, found, out)
    out.append(_node(nodes, found.items, found))
    return found.end


def _node(
    nodes: Sequence[Node], items: Sequence[tuple[Actor, int, bool]], found: _List, end: int = -1
) -> Node:
    """The node of a list, or of its first items, to before `end`; each state counts once."""
    seen = {actor.code: actor for actor, _, _ in reversed(items)}
    whole = end < 0
    actors = Actors(
        members=tuple(sorted(seen.values(), key=lambda actor: actor.start)),
        others=found.others if whole else 0,
        person=items[-1][2],
        unknown=tuple(found.unknown) if whole else (),
        joined=found.joined,
    )
    last = nodes[(found.end if whole else end) - 1]
    return Node("actors", items[0][0].start, last.end, last.low, actors)


def _take_next(nodes: Sequence[Node], found: _List) -> bool:
    """Takes the next member or "16 other states" into the list; False where it ends."""
    at, last, joined = _past_aside(nodes, found.end), False, False
    found.end = at
    while at < len(nodes) and _links(nodes, at, marked=found.marked) and at - found.end < 3:
        last = last or nodes[at].kind != ","
        joined = joined or nodes[at].kind == "join"
        at += 1
    if at == found.end or at >= len(nodes):
        return False
    if found.closed and not last and not _goes_on(nodes, at):
        return False
    others = _others(nodes, at) if last else None
    if others is not None:
        found.others += others[0]
        found.end, found.closed = others[1], True
        return True
    item = _item(nodes, at, listed=True, marked=found.marked) if _name_at(nodes, at) else None
    if item is None and last:
        item = _ally(nodes, at)
    if item is None and (known := _past_unknown(nodes, at)) is not None:
        found.unknown.append((nodes[at].start, nodes[known - 1].end))
        found.end = known
        return True
    if item is None:
        return False
    found.items.append(item)
    found.end, found.closed = item[1], last and not joined
    found.joined = found.joined or joined
    return True


def _past_aside(nodes: Sequence[Node], at: int) -> int:
    """Index after "(FSM)" or "– its main partner –" inside a list; `at` where none stands there."""
    close = {"(": ")", "dash": "dash"}.get(nodes[at].kind if at < len(nodes) else "", "")
    for end in range(at + 1, min(len(nodes) - 1, at + _ASIDE) if close else 0):
        if nodes[end].kind == close:
            goes_on = nodes[end + 1].kind in (",", "and")
            return end + 1 if goes_on and end > at + 1 else at
        if nodes[end].kind in ("verb", "sub", ".", ";", ":"):
            break
    return at


def _links(nodes: Sequence[Node], at: int, *, marked: bool) -> bool:
    """Whether a node may link two names; a hyphen does where no name modifies one after it."""
    return nodes[at].kind in _LINKS or (marked and nodes[at].kind in ("hyphen", "dash"))


def _goes_on(nodes: Sequence[Node], at: int) -> bool:
    """Whether a list goes on after its "and", to the end of the sentence: "A and B, C, D and E"."""
    while at < len(nodes) and (nodes[at].kind in _LISTED or _is_capital(nodes[at])):
        at += 1
    return at >= len(nodes) or nodes[at].kind in (".", ";")


def _past_unknown(nodes: Sequence[Node], at: int) -> int | None:
    """Index after a name in a list that is no state's, where the list goes on with one that is."""
    end = at
    while end < len(nodes) and end - at < _UNKNOWN and _is_name_word(nodes[end], first=end == at):
        end += 1
    if end == at or end >= len(nodes) or nodes[end].kind not in (",", "and"):
        return None
    follows = end
    while follows < len(nodes) and nodes[follows].kind in (",", "and"):
        follows += 1
    goes_on = follows < len(nodes) and _name_at(nodes, follows)
    return end if goes_on and _is_capital(nodes[at]) else None


def _is_name_word(node: Node, *, first: bool) -> bool:
    return _is_capital(node) or (not first and node.kind in ("name", "hyphen", "'"))


def _is_capital(node: Node) -> bool:
    return node.kind == "word" and node.capital


def _others(nodes: Sequence[Node], at: int) -> tuple[int, int] | None:
    """(how many, index after) of "16 other states" or "others" at `at`."""
    if nodes[at].kind == "num" and at + 1 < len(nodes) and nodes[at + 1].kind == "others":
        return int(nodes[at].value), at + 2
    return (0, at + 1) if nodes[at].kind in ("others", "generic") else None


def _ally(nodes: Sequence[Node], at: int) -> tuple[Actor, int, bool] | None:
    """The state of "(and) its close ally Hungary" at `at`."""
    if nodes[at].kind != "det":
        return None
    end = _is_styled_by(nodes, at + 1)
    while end < len(nodes) and end - at < 4 and _is_partner(nodes[end]):
        end += 1
    found = end > at + 1
    if found and end + 1 < len(nodes) and nodes[end].kind == ",":
        end += 1  # "its ally, the United States,"
    return _item(nodes, end) if found and end < len(nodes) and _name_at(nodes, end) else None


def _is_styled_by(nodes: Sequence[Node], at: int) -> int:
    """Index of the name in "veto-holding Russia" at `at`; `at` itself elsewhere."""
    compound = [node.kind for node in nodes[at + 1 : at + 4]] == ["hyphen", "word", "name"]
    return at + 3 if compound and nodes[at].kind in ("word", "vetonoun") else at


def _is_partner(node: Node) -> bool:
    return node.kind == "members" or node.sense("partner") is not None


def _cut_object(nodes: Sequence[Node], found: _List, out: list[Node]) -> None:
    """Cuts "(withdrawal from) Ukraine and Russia (voted)" into an object and a new subject.

    So also "(unlike) Hungary, Slovakia (voted)".
    """
    before = out[-1] if out else None
    if before is None or len(found.items) < 2:
        return
    gap = found.items[0][1]
    # The group of "among the members of ASEAN, Singapore and Laos voted" is no voter.
    group = before.kind == "prep" and found.items[0][0].code.startswith("G:")
    group = group and nodes[gap].kind == ","
    if not group and (len(found.items) != 2 or not _is_finite(nodes[found.end : found.end + 3])):
        return
    governed = before.kind == "prep" and before.value not in ("by", "with", "composed")
    governed = governed or [node.kind for node in nodes[gap : gap + 2]] == [",", "and"]
    parted = nodes[gap].kind == "," and before.kind in ("prep", "except", "join")
    if not governed and not parted and not group:
        return
    out.append(_node(nodes, found.items[:1], found, gap))
    while nodes[gap].kind in _LINKS:
        out.append(nodes[gap])
        gap += 1
    del found.items[0]


def _is_finite(nodes: Sequence[Node]) -> bool:
    """Whether a finite verb comes first, adverbs and days aside."""
    nodes = [node for node in nodes if node.kind not in FLOATING]
    if not nodes:
        return False
    if nodes[0].kind == "verb":
        forms = nodes[0].value.forms
        return bool(forms & {"past", "s"}) and "base" not in forms
    return nodes[0].kind == "aux" and nodes[0].value != "to"


def _item(
    nodes: Sequence[Node], at: int, *, listed: bool = False, marked: bool = False
) -> tuple[Actor, int, bool] | None:
    """(actor, index after it, whether a person speaks) of the acting state at `at`, or None.

    listed: others of the list stand before it.
    """
    first = at
    if nodes[at].kind == "det":
        if nodes[at].value == "indefinite":
            return None  # "several European countries" are not Europe
        at += 1
    if (
        at
        and nodes[at].kind == "name"
        and nodes[at].value.kind == "group"
        and nodes[at - 1].kind in _PARTIAL
    ):
        return None
    at = _partner(nodes, at + 2 if _is_styled(nodes, at) else at)
    subject = listed or first == 0
    end, person = _reach(nodes, at, determined=first != at, subject=subject, marked=marked)
    if end is None:
        return None
    start, stop = nodes[first].start, nodes[end - 1].end
    return Actor(code=code_of(nodes[at]), start=start, end=stop), end, person


def _partner(nodes: Sequence[Node], at: int) -> int:
    """Index of "China" in "Russia's strategic partner China"; `at` itself elsewhere."""
    if not is_possessive(nodes, at):
        return at
    i = at + 2
    while i < len(nodes) and i - at < 6 and nodes[i].kind in ("word", "members", "adv"):
        i += 1
    apposed = i < len(nodes) and i - at > 3 and nodes[i].kind == "name"
    return i if apposed and nodes[i - 1].kind in ("word", "members") else at


def _reach(
    nodes: Sequence[Node], at: int, *, determined: bool, subject: bool, marked: bool
) -> tuple[int | None, bool]:
    """Index after the actor whose name is at `at`; None where the name only modifies a noun.

    subject: it opens the sentence or ends a list, so that an unknown word after it is its verb.
    """
    rest = at + 1
    if is_possessive(nodes, at):
        rest += 2 if rest + 1 < len(nodes) and nodes[rest + 1].low == "s" else 1
        person = _person(nodes, rest)
        return person, person is not None
    person = _person(nodes, rest)
    if person is not None:
        return person, True
    after = nodes[rest] if rest < len(nodes) else None
    if after is not None and after.kind == "members":
        some = rest + 1 < len(nodes) and nodes[rest + 1].value == "restrictive"
        bloc = nodes[at].value.kind == "group" and after.low.endswith("s") and not some
        return (rest + 1 if bloc else None), False
    if marked:
        spoken = _person(nodes, rest + 1) if _is_of(after) else None
        if spoken is not None:
            return spoken, True
        return (None if manner(nodes[at]) == "demonym" else rest), False
    if after is not None and after.kind in _NEVER_AFTER:
        return None, False
    full = manner(nodes[at]) not in ("demonym", "acronym")
    if after is not None and _may_be_noun(after) and not (subject and full):
        return None, False
    adjective = manner(nodes[at]) == "demonym" and not nodes[at].low.endswith("s")
    if adjective and not determined and not _shares_office(nodes, rest):
        return None, False
    return rest, False


def _shares_office(nodes: Sequence[Node], at: int) -> bool:
    """Whether "(Indian) and Egyptian delegates" goes on at `at`."""
    while at + 1 < len(nodes) and nodes[at].kind in (",", "and") and nodes[at + 1].kind == "name":
        at += 2
    return (
        at < len(nodes)
        and nodes[at].kind == "rep"
        and nodes[at - 1].kind == "name"
        and nodes[at - 2].kind in (",", "and")
    )


def _is_of(node: Node | None) -> bool:
    """Whether the node is a genitive after the name: "भारत के (राजदूत)"."""
    return node is not None and node.kind == "prep" and node.value == "of"


def _may_be_noun(node: Node) -> bool:
    """Whether an unknown word after a name may be the noun that the name modifies."""
    return node.kind == "word" and node.low.isalpha() and not node.low.endswith("ed")


def _person(nodes: Sequence[Node], at: int) -> int | None:
    """Index after "UN ambassador Jane Doe" that starts at `at`; None where no office follows."""
    end = at
    while end < len(nodes) and end - at < 4 and _may_precede_office(nodes[end]):
        end += 1
    if end >= len(nodes) or nodes[end].kind != "rep":
        return None
    while end < len(nodes) and nodes[end].kind == "rep":
        end += 1
    end = _past_posting(nodes, end)
    first = end
    while end < len(nodes) and end - first < _PERSON and _is_name_part(nodes, end, first):
        end += 1
    return end


def _may_precede_office(node: Node) -> bool:
    return node.kind in ("body", "another") or node.sense("title") is not None


def _past_posting(nodes: Sequence[Node], at: int) -> int:
    """Index after "to the United Nations" where it stands at `at`."""
    end = at + 1
    if at >= len(nodes) or nodes[at].kind not in ("aux", "prep"):
        return at
    if end < len(nodes) and nodes[end].kind == "det":
        end += 1
    return end + 1 if end < len(nodes) and nodes[end].kind == "body" else at


def _is_name_part(nodes: Sequence[Node], at: int, first: int) -> bool:
    """Whether the node goes on with a person's name: capitalised words, hyphens, initials."""
    node = nodes[at]
    following = nodes[at + 1] if at + 1 < len(nodes) else None
    if node.kind == "word":
        return node.capital
    if node.kind == "name":  # "Israel Katz"
        return at > first or (following is not None and following.capital)
    inner = node.kind in ("hyphen", ".") and following is not None and following.kind == "word"
    return at > first and inner
