"""Where two sides chose opposite."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

import votewire
from votewire import states
from votewire.blocs import differed
from votewire.errors import UsageError
from votewire.record import Choice, Selection

RECORD = votewire.open_record()
WITHIN = Selection(since=date(2024, 1, 1))


def by_hand(a: str, members: bool = False) -> tuple[list[str], int]:
    """The ids on which a state and Russia, or the EU, chose opposite, one rollcall at a time."""
    ids, n = [], 0
    for row in WITHIN.rows(RECORD):
        vote = RECORD.at(int(row))
        own, other = vote.casts.get(a), vote.casts.get("RUS")
        if members:
            inside = states.group_members("EU", vote.date) - {a}
            counted = Counter(vote.casts.get(c) for c in inside)
            ranked = Counter({k: v for k, v in counted.items() if k in list(Choice)[:3]})
            best = ranked.most_common(2)
            tie = len(best) > 1 and best[0][1] == best[1][1]
            other = None if tie or not best else best[0][0]
        if {own, other} <= {Choice.YES, Choice.NO}:
            n += 1
            if own != other:
                ids.append(vote.id)
    return ids[::-1], n


@pytest.mark.parametrize(("a", "b"), [("USA", "RUS"), ("HUN", "EU")])
def test_differing_is_what_counting_by_hand_gives(a: str, b: str) -> None:
    found = differed(RECORD, a, b, within=WITHIN)
    ids, n = by_hand(a, members=b == "EU")
    assert found.table["id"].to_list() == ids
    assert (found.facts["found"], found.facts["n"]) == (len(ids), n)
    assert all({row["a"], row["b"]} == {"yes", "no"} for row in found.table.to_dicts())


def test_differing_shows_the_newest_and_counts_all() -> None:
    whole, top = (differed(RECORD, "USA", "RUS", within=WITHIN, top=t) for t in (None, 3))
    assert top.table.equals(whole.table.head(3))
    assert top.facts == whole.facts


def test_differing_may_find_nothing() -> None:
    found = differed(RECORD, "EST", "LVA", within=Selection(since=date(2025, 1, 1)))
    assert found.table.is_empty()
    assert "Opposite on 0 of" in found.told[0]


def test_differing_refuses_two_groups() -> None:
    with pytest.raises(UsageError, match="both groups"):
        differed(RECORD, "EU", "NATO")
