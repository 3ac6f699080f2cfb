from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.record.made_rolls import DAY, LATER, assembly, library, lifted, voeten
from votewire.record.merging import assembly as merging
from votewire.record.merging import pairs
from votewire.record.merging.pairs import Pair
from votewire.record.readers.result import ReadRollcall
from votewire.record.tables import Kind

MEMBERS = 193


def match(kept: list[ReadRollcall], other: list[ReadRollcall]) -> list[Pair]:
    return pairs.match(kept, other, label=merging.label, title=merging.title_of_part)


def test_match_by_symbol_takes_the_nearest_of_several() -> None:
    casts = assembly(1)
    kept = [library(7, casts)]
    other = [
        voeten(1, lifted(casts, 8), symbol="A/RES/67/7"),
        voeten(2, casts, symbol="A/RES/67/7"),
    ]
    assert match(kept, other) == [Pair(kept=0, other=1, how="symbol")]


@pytest.mark.parametrize(("states_off", "found"), [(28, True), (29, False)])
def test_match_by_symbol_lets_fifteen_in_a_hundred_differ(states_off: int, found: bool) -> None:
    casts = assembly(1)
    other = voeten(1, lifted(casts, states_off), symbol="A/RES/67/7")
    assert bool(match([library(7, casts)], [other])) is found


@pytest.mark.parametrize(("states_off", "found"), [(9, True), (10, False)])
def test_match_by_roll_lets_five_in_a_hundred_differ(states_off: int, found: bool) -> None:
    casts = assembly(1)
    assert 9 / MEMBERS < pairs.BY_ROLL < 10 / MEMBERS
    assert bool(match([library(7, casts)], [voeten(1, lifted(casts, states_off))])) is found


def test_match_by_roll_is_milder_where_the_totals_are_the_same() -> None:
    casts = assembly(1)
    kept = library(7, casts)
    other = voeten(1, lifted(casts, 19))
    assert match([kept], [other]) == []
    same = voeten(1, lifted(casts, 19), announced=voeten(2, casts).announced)
    assert match([kept], [same]) == [Pair(kept=0, other=0, how="roll")]


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2012, 11, 3), True), (date(2013, 1, 31), True), (date(2013, 2, 1), False)],
)
def test_match_by_roll_stays_within_a_month(day: date, found: bool) -> None:
    casts = assembly(1)
    assert bool(match([library(7, casts)], [voeten(1, casts, date=day)])) is found


PARTS: dict[str, Any] = {"session": "41", "title": "Loan to UNIDO"}


@pytest.mark.parametrize(
    ("states_off", "facts", "found"),
    [
        (28, {}, True),
        (29, {}, False),
        (28, {"title": "LOAN  to unido"}, True),
        (28, {"title": "Judgement No. 370"}, False),
        (28, {"symbol": "A/RES/41/210E"}, False),
        (28, {"kind": Kind.PARAGRAPH}, False),
        (28, {"date": date(2013, 1, 4)}, False),
        (28, {"session": "30"}, False),
    ],
)
def test_match_by_title_takes_the_letter_of_a_section_for_its_numeral(
    states_off: int, facts: dict[str, Any], found: bool
) -> None:
    casts = assembly(1)
    section = library(7, casts, **{**PARTS, "symbol": "A/RES/41/209[V]"})
    vote = voeten(1, lifted(casts, states_off), **{**PARTS, "symbol": "A/RES/41/209E", **facts})
    expected = [Pair(kept=0, other=0, how="title")] if found else []
    assert match([section], [vote]) == expected


def test_match_pairs_each_rollcall_once() -> None:
    casts = assembly(1)
    kept = [library(7, casts), library(8, casts)]
    other = [voeten(1, casts), voeten(2, casts), voeten(3, casts)]
    found = match(kept, other)
    assert len(found) == 2
    assert len({pair.other for pair in found}) == 2


def test_match_prefers_the_whole_text_to_a_part_of_it() -> None:
    casts = assembly(1)
    part = voeten(1, casts, kind=Kind.PARAGRAPH)
    whole = voeten(2, lifted(casts, 2), announced=part.announced)
    assert match([library(7, casts)], [part, whole]) == [Pair(kept=0, other=1, how="roll")]


def test_match_prefers_the_same_day() -> None:
    casts = assembly(1)
    other = [voeten(1, casts, date=LATER), voeten(2, casts, date=DAY)]
    assert match([library(7, casts)], other) == [Pair(kept=0, other=1, how="roll")]


def test_match_takes_no_symbol_of_another_session() -> None:
    casts = assembly(1)
    other = voeten(1, lifted(casts, 20), symbol="A/RES/67/7", session="66")
    assert match([library(7, casts)], [other]) == []


def test_match_of_nothing_is_nothing() -> None:
    assert match([], []) == []
    assert match([library(7, assembly(1))], []) == []


def test_share_apart_counts_states_of_both_rolls_only() -> None:
    casts = assembly(1)
    half = {code: casts[code] for code in sorted(casts)[:100]}
    assert pairs.share_apart(library(7, casts), voeten(1, lifted(half, 10))) == 0.1
    assert pairs.share_apart(library(7, {}), voeten(1, half)) == 1.0
