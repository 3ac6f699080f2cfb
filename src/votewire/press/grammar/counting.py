"""Counted members and votes: "93 countries", "thirteen of the Council's 15 members", "12 votes"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from votewire.press.grammar.nodes import Node

__all__ = ["Count", "count_at", "number_of"]

_BEFORE = frozenset(("det", "approx", "another", "adv", "others"))
_BETWEEN = frozenset(("num", "prep", "det", "another", "adv", "'"))
_OF = frozenset(("of", "in", "on", "from"))
_MOST_BEFORE = 3
_REACH = 9  # "13 of the Security Council's 15 members" has seven nodes after its number


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A counted number of members or votes.

    unit: members or ballots. exact: no "about" or "more than" stands before it. body: the body
    whose members are counted, where the phrase names it ("141 assembly members"). sole: "the only
    two nations". A count of some kind of member ("five Arab states") is not exact either.
    """

    number: int
    unit: str
    exact: bool = True
    body: str | None = None
    sole: bool = False


def count_at(
    nodes: Sequence[Node], at: int, *, whole_first: bool = False
) -> tuple[Count | None, int]:
    """The count that starts at `at` and the index after it; (None, at) where none does.

    whole_first: the language says "of 15 members 14", so that the last number is the one counted.
    """
    end, exact = at, True
    while end < len(nodes) and end - at <= _MOST_BEFORE and nodes[end].kind in _BEFORE:
        if nodes[end].sense("none") is not None and number_of(nodes[end + 1 : end + 2]) is None:
            break
        exact = exact and nodes[end].value != "inexact"
        end += 1
    number = number_of(nodes[end : end + 1])
    if number is None or end - at > _MOST_BEFORE:
        return None, at
    count, last = _with_unit(nodes, end + 1, number, exact=exact, whole_first=whole_first)
    if count is not None and any(node.sense("sole") is not None for node in nodes[at:end]):
        count = replace(count, sole=True)
    return count, last


def number_of(nodes: Sequence[Node]) -> int | None:
    """The number that the first of the nodes is: a numeral, or 0 for "none" and "no"."""
    if not nodes:
        return None
    if nodes[0].kind == "num":
        return int(nodes[0].value)
    return 0 if nodes[0].kind == "none" or nodes[0].sense("none") is not None else None


def _with_unit(
    nodes: Sequence[Node], at: int, number: int, *, exact: bool, whole_first: bool
) -> tuple[Count | None, int]:
    """The count whose number stands before `at`, and the index after its noun."""
    body, end = None, at
    while end < len(nodes) and end - at < _REACH:
        node = nodes[end]
        # "Five European nations voted for it" says nothing of the other members.
        exact = exact and node.kind != "adjective"
        if whole_first and node.kind == "approx":  # "100 से ज्यादा देश"
            exact = exact and node.value != "inexact"
        elif node.kind == "body":
            body = node.value
        elif node.kind == "name" and node.value.kind == "group" and end == at:  # "five Arab states"
            after = nodes[end + 1].kind if end + 1 < len(nodes) else ""
            end += 1 if after == "members" else 0
            return Count(number=number, unit="members", exact=False), end + 1
        elif node.kind in ("members", "others"):
            return Count(number=number, unit="members", exact=exact, body=body), end + 1
        elif node.sense("ballots") is not None:
            return Count(number=number, unit="ballots", exact=exact, body=body), end + 1
        elif node.kind not in _BETWEEN and node.low != "s" and node.kind != "adjective":
            break
        elif node.kind == "prep" and (whole_first or node.value not in _OF):
            break  # "(84 to) 19 with 68 nations abstaining"
        end += 1
    return None, at
