from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.record.made_rolls import (
    DAY,
    LATER,
    assembly,
    council,
    extract,
    library,
    lifted,
    resolution,
    sheet,
    veto,
    voeten,
)
from votewire.record.extracts.extract import Extract
from votewire.record.merge import Merged, merge
from votewire.record.readers.result import Problem, ReadRollcall, Totals
from votewire.record.rules import rules
from votewire.record.tables import Chamber, Kind, Outcome

COUNCIL_DAY = date(2012, 12, 20)


def made(seed: int) -> dict[str, list[ReadRollcall]]:
    """Rollcalls of every source, with repeats, parts, near misses and vetoes among them."""
    draw = random.Random(seed)
    texts, votes = [], []
    for key in range(1, 9):
        casts = assembly(draw.randrange(5))
        day = draw.choice([DAY, LATER])
        texts.append(library(key, casts if draw.random() < 0.8 else {}, date=day))
        for times in range(draw.randrange(3)):
            facts: dict[str, Any] = {"kind": draw.choice([Kind.UNSTATED, Kind.PARAGRAPH])}
            facts["symbol"] = draw.choice([None, f"A/RES/67/{key}"])
            votes.append(
                voeten(10 * key + times, lifted(casts, draw.randrange(40)), date=day, **facts)
            )
    roll = council(COUNCIL_DAY, no="CHN RUS")
    drafts = [sheet(key, COUNCIL_DAY, roll, draft=f"S/2012/{key % 2}") for key in (1, 2, 3)]
    vetoes = [veto(row, COUNCIL_DAY, "CHN RUS", draft=f"S/2012/{row}") for row in (1, 2)]
    return {
        "undl": [*texts, resolution(2083, COUNCIL_DAY, council(COUNCIL_DAY))],
        "voeten": votes,
        "council-workbook": drafts,
        "veto-list": vetoes,
    }


def merged(sources: dict[str, list[ReadRollcall]]) -> Merged:
    return merge({name: extract(*rollcalls) for name, rollcalls in sources.items()})


def plain(found: Merged) -> tuple[object, ...]:
    """What two results can be compared by: a matrix has no plain equality."""
    rows = [(one.entry, one.choices.tolist(), one.totals, one.roll) for one in found.rollcalls]
    return rows, found.set_aside, found.applied


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_merge_is_independent_of_every_order(seed: int, order: random.Random) -> None:
    sources = made(seed)
    expected = plain(merged(sources))
    names = list(sources)
    order.shuffle(names)
    shuffled = {name: order.sample(sources[name], len(sources[name])) for name in names}
    assert plain(merged(shuffled)) == expected


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_merge_of_a_source_with_itself_gives_no_disagreement(seed: int) -> None:
    texts = [text for text in made(seed)["undl"] if text.chamber == Chamber.GA]
    found = merged({"undl": texts, "voeten": [text for text in texts if text.casts]})
    assert [one.entry.id for one in found.rollcalls if one.entry.differences] == []
    assert len(found.rollcalls) == len(texts)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_merge_loses_no_rollcall(seed: int) -> None:
    sources = made(seed)
    found = merged(sources)
    listed = [(row.source, row.key) for one in found.rollcalls for row in one.entry.sources]
    aside = [(row.source, row.key) for row in found.set_aside]
    assert sorted(listed + aside) == sorted(
        (name, rollcall.source_key) for name, held in sources.items() for rollcall in held
    )


def test_merge_refuses_a_source_without_precedence() -> None:
    with pytest.raises(ValueError, match="without a rule of precedence: hearsay"):
        merge({"hearsay": Extract(rollcalls=())})


def test_merge_sets_aside_what_a_reader_would_not_let_in() -> None:
    problem = Problem(source_key="9", symbol="A/RES/67/9", reason="has no date")
    found = merge({"undl": extract(problems=(problem,))})
    (row,) = found.set_aside
    assert (row.source, row.key, row.reason) == ("undl", "9", "has no date")
    assert row.rule == "unreadable-source-row"


def test_merge_adds_what_the_hand_table_says_of_a_rollcall() -> None:
    hand = library(1, {}, symbol="A/RES/67/7", draft="A/67/L.1", sponsors=("USA",), title=None)
    found = merge({"undl": extract(library(7, assembly(1))), "hand-table": extract(hand)})
    (one,) = found.rollcalls
    assert (one.entry.facts.draft, one.entry.facts.sponsors) == ("A/67/L.1", ("USA",))
    assert one.entry.facts.title == "Text 7"
    assert one.entry.differences == ()


def test_merge_lists_a_tally_of_the_hand_table_that_the_marks_do_not_have() -> None:
    hand = library(1, {}, symbol="A/RES/67/7", announced=Totals(yes=1, no=2, abstain=3))
    found = merge({"undl": extract(library(7, assembly(1))), "hand-table": extract(hand)})
    (difference,) = found.rollcalls[0].entry.differences
    assert (difference.field, difference.other) == ("tally", "1-2-3")
    assert difference.rule == "hand-table-adds"


def test_merge_takes_a_rollcall_that_only_the_hand_table_has() -> None:
    facts: dict[str, Any] = {"source_key": "GA-amendment-1", "symbol": None}
    hand = library(1, {}, kind=Kind.AMENDMENT, outcome=Outcome.REJECTED, **facts)
    (one,) = merge({"hand-table": extract(hand)}).rollcalls
    assert (one.entry.id, one.entry.origin) == ("GA-amendment-1", "hand-table")


def test_rules_say_what_each_does() -> None:
    kinds = {rule.does for rule in rules().values()}
    assert kinds == {"reads", "pairs", "chooses", "derives", "sets aside"}
    assert all(rule.sentence.endswith(".") for rule in rules().values())
