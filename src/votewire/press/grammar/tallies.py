"""Counts of votes: "93-18-65", "93 in favour, 18 against", "eleven votes to one", "13 members"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from votewire.press.article import Tally
from votewire.press.grammar.actors import Actor
from votewire.press.grammar.clauses import listed_after
from votewire.press.grammar.counting import number_of
from votewire.press.grammar.entries import Entry
from votewire.press.grammar.nodes import Node
from votewire.press.grammar.settling import FLOATING
from votewire.states.bounds import MOST_MEMBERS

__all__ = ["SideCount", "find_counts", "tallies"]

_MOST = 200  # more votes than there ever were members
_ORDER = ("yes", "no", "abstain", "non_voting")
_CLOSE = 6  # nodes between a word of adoption and "by 187 votes"
_NEAR = 7  # nodes between "vote" and a pair of figures
_AFTER_NUMBER = frozenset(
    (",", ".", ";", "and", ")", "sub", "adv", "verb", "ballots", "vote", "erg", "side", "|")
)
_ENDS = frozenset((",", ";", ".", "and", ")", "(", "sub", "dash", "aux", "prep", "time", "adv"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCount:
    """How many votes the words at start:end give to one side.

    number: None where the words are inexact. at: index of the node. entry: the text, None for the
    one spoken of there. members: the states listed for that side. weak: counts only beside others.
    """

    side: str
    number: int | None
    start: int
    end: int
    at: int = -1
    entry: Entry | None = None
    members: tuple[Actor, ...] = ()
    weak: bool = False

    def of(self, entry: Entry) -> SideCount:
        """The same count, said of `entry`."""
        return replace(self, entry=entry)


def find_counts(nodes: Sequence[Node], *, side_first: bool = False) -> list[SideCount]:
    """The counts that nouns and figures give, in order; verbs give theirs in `voting`.

    side_first: the language puts the side before its number, as Hindi does. After a word of
    rejection "by 71 votes to 12" names the votes against first.
    """
    found: list[SideCount] = []
    at = 0
    while at < len(nodes):
        counts, end = _counts_at(nodes, at, side_first=side_first)
        found.extend(counts)
        at = max(end, at + 1)
    return found


def tallies(counts: Sequence[SideCount]) -> list[tuple[list[SideCount], Tally]]:
    """The counts of one sentence as tallies: a new one starts when a side comes back.

    Counts that no chamber has members for are none (`votewire.states.bounds`).
    """
    strong = any(not count.weak for count in counts)
    kept = [each for each in counts if _can_be(each.number) and (strong or not each.weak)]
    groups: list[list[SideCount]] = []
    for count in sorted(kept, key=lambda each: each.start):
        last = groups[-1] if groups and groups[-1][-1].entry is count.entry else []
        if any((each.side, each.number) == (count.side, count.number) for each in last):
            continue
        if last and all(each.side != count.side for each in last):
            last.append(count)
        else:
            groups.append([count])
    return [(group, Tally(**{each.side: each.number for each in group})) for group in groups]


def _can_be(number: int | None) -> bool:
    return number is not None and number <= MOST_MEMBERS


def _counts_at(nodes: Sequence[Node], at: int, *, side_first: bool) -> tuple[list[SideCount], int]:
    """The counts that start at node `at`, and the index after them."""
    node = nodes[at]
    if node.kind == "side" or node.sense("side") is not None:
        headed = _side_first(nodes, at)
        if headed is not None:
            return [headed], at + 3
        owned = side_first and at + 1 < len(nodes) and _is_of_text(nodes, at)
        if owned and _is_of_side(nodes, at + 1):
            return [_headed(nodes, at, at + 1)], at + 2
    if _is_single_abstention(nodes, at):
        return [_single(nodes, at)], at + 2
    number = _number(node)
    if number is None or number > _MOST:
        return [], at + 1
    for read in (_figures, _postposed if side_first else _to, _with_side, _bare):
        found = read(nodes, at)
        if found is not None:
            return found
    return [], at + 1


def _is_single_abstention(nodes: Sequence[Node], at: int) -> bool:
    """Whether "une abstention", "an abstention" stands at `at`; of votes "a" is no number."""
    article = nodes[at].kind == "det" and nodes[at].sense("one") is not None
    return article and at + 1 < len(nodes) and nodes[at + 1].sense("side") == "abstain"


def _single(nodes: Sequence[Node], at: int) -> SideCount:
    """The one abstention at `at`; it counts only beside other sides."""
    start, end = nodes[at].start, nodes[at + 1].end
    members = listed_after(nodes, at + 2)
    return SideCount(
        side="abstain", number=1, start=start, end=end, at=at, members=members, weak=True
    )


def _number(node: Node) -> int | None:
    return int(node.value.number) if node.kind == "count" else number_of((node,))


def _exact(nodes: Sequence[Node], at: int) -> int | None:
    """The number at `at`, None where it is about right only."""
    if nodes[at].kind == "count" and not nodes[at].value.exact:
        return None
    if at and nodes[at - 1].kind == "approx" and nodes[at - 1].value == "inexact":
        return None
    return _number(nodes[at])


def _count(nodes: Sequence[Node], at: int, end: int, side: str, *, weak: bool = False) -> SideCount:
    """The count whose number is at `at` and whose words end before `end`."""
    return SideCount(
        side=side,
        number=_exact(nodes, at),
        start=nodes[at].start,
        end=nodes[end - 1].end,
        at=at,
        members=_members(nodes, at, end),
        weak=weak,
    )


def _members(nodes: Sequence[Node], at: int, end: int) -> tuple[Actor, ...]:
    """The states listed after a count; after a mere comma only where they are as many."""
    listed = listed_after(nodes, end)
    if listed or end + 1 >= len(nodes):
        return listed
    source = nodes[end + (nodes[end].kind in (",", "dash")) :][:2]
    if [node.kind for node in source] == ["prep", "actors"] and source[0].value in ("from", "by"):
        return tuple(source[1].value.members)  # "four abstentions, from A and B"
    if nodes[end].kind != "," or nodes[end + 1].kind != "actors":
        return ()
    members: tuple[Actor, ...] = nodes[end + 1].value.members
    closed = end + 2 >= len(nodes) or nodes[end + 2].kind in (".", ",", ";", "and", ")")
    return members if closed and len(members) == _number(nodes[at]) else ()


def _figures(nodes: Sequence[Node], at: int) -> tuple[list[SideCount], int] | None:
    """The counts of "93-18-65", or of "14-0" where a vote is spoken of; yes, no, abstaining."""
    numbers, end = [at], at + 1
    while end + 1 < len(nodes) and nodes[end].kind in ("hyphen", "dash"):
        if nodes[end + 1].kind not in ("num", "count"):
            break
        numbers.append(end + 1)
        end += 2
        if len(numbers) > len(_ORDER):
            return None
    if not 2 <= len(numbers) <= len(_ORDER):
        return None
    if any(nodes[i].kind == "num" and not nodes[i].low[0].isdigit() for i in numbers):
        return None
    if any((_number(nodes[i]) or 0) > _MOST for i in numbers):
        return None
    if len(numbers) == 2 and not _is_vote(nodes, at, end):
        return None
    if len(numbers) == 2 and _is_lost_behind(nodes, end):
        numbers.sort(key=lambda i: _number(nodes[i]) or 0)  # "19-17 से गिर गया"
    sides = zip(numbers, _ORDER, strict=False)
    return [_count(nodes, i, i + 1, side) for i, side in sides], end


def _is_lost_behind(nodes: Sequence[Node], end: int) -> bool:
    """Whether a verb of rejection follows figures that end before `end` and are marked "from"."""
    if end >= len(nodes) or nodes[end].value != "from":
        return False
    reach = range(end, min(len(nodes), end + _CLOSE))
    verb = next((i for i in reach if nodes[i].kind == "verb"), None)
    return verb is not None and _rejects(nodes, verb + 1)


def _is_vote(nodes: Sequence[Node], at: int, end: int) -> bool:
    """Whether the words around a pair of figures speak of a vote."""
    behind = end < len(nodes) and nodes[end].value == "from"  # "13-0 से ... पारित": the verb is last
    reach = _CLOSE if behind else 2
    around = (*nodes[max(0, at - _NEAR) : at], *nodes[end : end + reach])
    return any(_speaks_of_vote(node) for node in around)


def _speaks_of_vote(node: Node) -> bool:
    return node.kind in ("verb", "vote", "ballots") or node.sense("tally") is not None


def _to(nodes: Sequence[Node], at: int) -> tuple[list[SideCount], int] | None:
    """The counts of "eleven votes to one", "152 in favour (A, B) to 5 against"."""
    yes_end = _past_side(nodes, at + 1, "yes")
    link = _past_list(nodes, yes_end)
    if link + 1 >= len(nodes) or nodes[link].kind != "aux" or nodes[link].value != "to":
        return None
    other = link + 1
    number = _number(nodes[other])
    if number is None or number > _MOST:
        return None
    unsided = yes_end == at + 1
    ballots = nodes[at].kind == "count" and nodes[at].value.unit == "ballots"
    if unsided and not (ballots or _is_vote(nodes, at, other + 1) or _is_margin(nodes, at)):
        return None
    no_end = _past_side(nodes, other + 1, "no")
    sides = ["yes", "no"]
    if unsided and no_end == other + 1 and (_number(nodes[at]) or 0) > number:
        sides = ["no", "yes"] if _rejects(nodes, at) else sides
    counts = [_count(nodes, at, yes_end, sides[0]), _count(nodes, other, no_end, sides[1])]
    return counts, no_end


def _is_margin(nodes: Sequence[Node], at: int) -> bool:
    """Whether "by 44 (to 7)" stands in a sentence in which something was decided."""
    by = at > 0 and nodes[at - 1].kind == "prep" and nodes[at - 1].value == "by"
    return by and any(n.kind == "verb" and any(v.decides for v in n.value.verbs) for n in nodes)


def _rejects(nodes: Sequence[Node], at: int) -> bool:
    """Whether the verb before `at` is one of rejection."""
    last = next((i for i in range(at - 1, -1, -1) if nodes[i].kind == "verb"), None)
    if last is None:
        return False
    verbs = nodes[last].value.verbs
    particle = nodes[last + 1].low if last + 1 < len(nodes) else ""
    if particle == "down":  # "voted down", where "voted" alone says neither
        return True
    adopts = any(each.body == "adopted" for each in verbs)
    return not adopts and any(each.body == "rejected" for each in verbs)


def _past_list(nodes: Sequence[Node], at: int) -> int:
    """Index after "(A, B and C)" at `at`."""
    kinds = [node.kind for node in nodes[at : at + 3]]
    return at + 3 if kinds == ["(", "actors", ")"] else at


def _past_side(nodes: Sequence[Node], at: int, side: str) -> int:
    """Index after the words for `side` at `at`, where they stand there."""
    if at < len(nodes) and nodes[at].sense("ballots") is not None:
        at += 1
    if at < len(nodes) and nodes[at].sense("side") in (side, f"maybe_{side}"):
        return at + 1
    return at


def _with_side(nodes: Sequence[Node], at: int) -> tuple[list[SideCount], int] | None:
    """The count of "93 in favour", "12 abstentions", "18 members were absent", "17 for"."""
    i = at + 1
    while i < len(nodes) and i - at < 4 and _before_side(nodes[i]):
        i += 1
    side = str(nodes[i].sense("side") or "") if i < len(nodes) else ""
    if not side:
        return None
    if side == "no" and i + 1 < len(nodes) and _number(nodes[i + 1]) is not None:
        # "184 voix contre 2": of the first the side is Yes.
        return [_count(nodes, at, i, "yes"), _count(nodes, i + 1, i + 2, "no")], i + 2
    weak = side.startswith("maybe_")
    governs = weak or nodes[i].kind == "prep"
    if governs and not _stands_alone(nodes, i, texts=not weak):
        return None
    return [_count(nodes, at, i + 1, side.removeprefix("maybe_"), weak=weak)], i + 1


def _before_side(node: Node) -> bool:
    """Whether a node may stand between a number and its side: "votes", "members were", "only"."""
    if node.kind in FLOATING or node.kind in ("members", "rel"):
        return True
    return node.sense("ballots") is not None or (node.kind == "aux" and node.value == "be")


def _stands_alone(nodes: Sequence[Node], at: int, *, texts: bool) -> bool:
    """Whether "for" or "against" at `at` ends its phrase instead of governing a noun."""
    if at + 1 >= len(nodes):
        return True
    after = nodes[at + 1]
    if after.kind in _ENDS or after.kind in ("incl", ":") or after.value == "it":
        return True
    return texts and after.kind in ("text", "pron", "join")


def _side_first(nodes: Sequence[Node], at: int) -> SideCount | None:
    """The count of "in favour: 93", "abstentions: 65"."""
    if at + 2 >= len(nodes) or nodes[at + 1].kind not in (":", "dash"):
        return None
    number = nodes[at + 2]
    if number.kind != "num" or number.value > _MOST:
        return None
    return _headed(nodes, at, at + 2)


def _headed(nodes: Sequence[Node], at: int, number: int) -> SideCount:
    """The count of the side word at `at` whose number stands at `number`."""
    side = str(nodes[at].sense("side")).removeprefix("maybe_")
    start, end = nodes[at].start, nodes[number].end
    single = nodes[number].sense("single") is not None
    stated = 1 if single else _number(nodes[number])
    return SideCount(side=side, number=stated, start=start, end=end, at=at)


def _is_of_text(nodes: Sequence[Node], at: int) -> bool:
    """Whether the side at `at` is that of a text, and not of a state: "के पक्ष में"."""
    if at < 2 or nodes[at - 1].kind != "prep" or nodes[at - 1].value != "of":
        return True
    return nodes[at - 2].kind in ("text", "pron", ")")


def _is_of_side(nodes: Sequence[Node], at: int) -> bool:
    """Whether a number of votes stands at `at`, after its side, and no number of other things."""
    after = nodes[at + 1] if at + 1 < len(nodes) else None
    if nodes[at].kind == "count":
        were = after is not None and after.kind == "aux"  # "पक्ष में 9 देश थे"
        return were or bool(nodes[at].value.unit == "ballots")
    number = nodes[at].kind in ("num", "none") or nodes[at].sense("single") is not None
    return number and (after is None or after.kind in _AFTER_NUMBER)


def _postposed(nodes: Sequence[Node], at: int) -> tuple[list[SideCount], int] | None:
    """The counts of "(9 के मुकाबले) 128 मतों से पारित", "143 देशों का समर्थन मिला"."""
    if at + 3 < len(nodes) and [n.kind for n in nodes[at + 1 : at + 4]] == ["text", "prep", "side"]:
        return [_count(nodes, at, at + 4, str(nodes[at + 3].value))], at + 4
    if nodes[at].kind != "count" or at + 2 >= len(nodes):
        return None
    ballots, link = nodes[at].value.unit == "ballots", nodes[at + 1]
    if link.value == "of" and nodes[at + 2].sense("support") is not None:
        return [_count(nodes, at, at + 3, str(nodes[at + 2].sense("support")))], at + 3
    before = [node for node in nodes[max(0, at - 4) : at] if node.kind not in FLOATING][-2:]
    got = link.sense("getting") is not None and [n.kind for n in before] == ["text", "prep"]
    by = link.kind == "join" or link.value in ("from", "with")
    adopted = any(node.kind == "verb" for node in nodes[at + 2 : at + 2 + _CLOSE])
    if not ballots or not (got or (by and adopted)):
        return None
    after = next((i for i in range(at + 2, len(nodes)) if nodes[i].kind == "verb"), None)
    lost = not got and after is not None and _rejects(nodes, after + 1)
    sides = ["no", "yes"] if lost else ["yes", "no"]
    counts = [_count(nodes, at, at + 2, sides[0])]
    if at > 1 and nodes[at - 1].value == "versus" and _number(nodes[at - 2]) is not None:
        counts.append(_count(nodes, at - 2, at, sides[1]))
    return counts, at + 2


def _bare(nodes: Sequence[Node], at: int) -> tuple[list[SideCount], int] | None:
    """The votes in favour of "by 187 votes", "it got 128 votes", "the backing of 187 states"."""
    if nodes[at].kind != "count" or at == 0:
        return None
    last = nodes[at - 1]
    if nodes[at].value.unit == "ballots":
        with_by = last.kind == "prep" and last.value in ("by", "with")
        if last.sense("getting") is not None and at > 1 and nodes[at - 2].kind == "actors":
            return None  # a candidate's votes
        if last.sense("getting") is not None or (with_by and _follows_outcome(nodes, at)):
            return [_count(nodes, at, at + 1, "yes")], at + 1
        return None
    support = nodes[at - 2].sense("support") if at > 1 and last.kind == "prep" else None
    return ([_count(nodes, at, at + 1, str(support))], at + 1) if support is not None else None


def _follows_outcome(nodes: Sequence[Node], at: int) -> bool:
    """Whether "by 187 votes" follows a verb of voting or the word "vote"."""
    return any(_speaks_of_vote(node) for node in nodes[max(0, at - _CLOSE) : at - 1])
