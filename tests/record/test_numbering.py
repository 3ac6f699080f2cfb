from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

import votewire
from votewire.record.numbering import impossible
from votewire.record.tables import ROLLCALLS

GA: dict[str, Any] = {"chamber": "GA", "session": "67", "date": date(2012, 12, 3)}
SC: dict[str, Any] = {"chamber": "SC", "session": "2012", "date": date(2012, 12, 31)}


def reasons(symbol: str | None, **facts: Any) -> list[str]:
    names = ("symbol", "chamber", "session", "date")
    schema = {name: ROLLCALLS.schema[name] for name in names}
    frame = pl.DataFrame([{"symbol": symbol, **facts}], schema=schema)
    return [reason for _, reason in impossible(frame)]


@pytest.mark.parametrize(
    ("symbol", "facts"),
    [
        ("A/RES/67/46", GA),
        ("A/RES/67/183 B", GA),
        ("A/RES/67/XX", GA),
        ("A/DEC/67/506", GA),
        ("A/RES/ES-11/7", {**GA, "session": "ES-11"}),
        ("A/RES/377(V)[A-C]", {**GA, "session": "5", "date": date(1950, 11, 3)}),
        ("A/RES/217 A (III)", {**GA, "session": "3", "date": date(1948, 12, 10)}),
        ("A/RES/104(S-1)", {**GA, "session": "S-1"}),
        ("A/RES/2252(ES-V)", {**GA, "session": "ES-5"}),
        ("A/RES/996(ES-IandII)", {**GA, "session": "ES-1"}),
        ("A/RES/67/46", {**GA, "session": ""}),
        ("A/RES/67/46", {**GA, "date": date(2012, 9, 18)}),
        ("A/RES/67/46", {**GA, "date": date(2013, 10, 30)}),
        ("A/RES/1(I)", {**GA, "session": "1", "date": date(1946, 1, 24)}),
        ("A/RES/12/6", {**GA, "session": "11"}),
        ("A/67/L.9", {**GA, "session": "66"}),
        ("S/RES/2083(2012)", SC),
        ("S/RES/2083 (2012)", SC),
        ("S/RES/2083", SC),
        ("S/RES/2084(2013)", SC),
        (None, GA),
    ],
)
def test_impossible_leaves_what_can_be(symbol: str | None, facts: dict[str, Any]) -> None:
    assert reasons(symbol, **facts) == []


@pytest.mark.parametrize(
    ("symbol", "facts", "reason"),
    [
        ("A/RES/677/46", GA, "its symbol names session 677, but the vote is of session 67"),
        ("A/RES/66/46", GA, "its symbol names session 66, but the vote is of session 67"),
        ("A/RES/3379(XXX)", GA, "its symbol names session 30, but the vote is of session 67"),
        ("A/RES/3601(XXXI)", {**GA, "session": "31"}, "its symbol is none that the series has"),
        ("A/RES/36//235IX", {**GA, "session": "36"}, "its symbol is none that the series has"),
        (
            "A/RES/80/1",
            {**GA, "session": "80", "date": date(2025, 2, 24)},
            "its symbol names session 80, which did not vote on 2025-02-24: correct one",
        ),
        (
            "A/RES/67/46",
            {**GA, "date": date(2014, 2, 24)},
            "its symbol names session 67, which did not vote on 2014-02-24: correct one",
        ),
        (
            "A/RES/377(V)",
            {**GA, "session": "5"},
            "its symbol names session 5, which did not vote on 2012-12-03: correct one",
        ),
        ("A/RES/67/L.9", GA, "its symbol is none that the series has"),
        ("S/RES/2083(2012)", GA, "its symbol is one of the other chamber"),
        ("A/RES/67/46", SC, "its symbol is one of the other chamber"),
        ("S/RES/2083(2014)", SC, "its symbol names the year 2014, but the vote is of 2012-12-31"),
        ("S/RES/2083(2011)", SC, "its symbol names the year 2011, but the vote is of 2012-12-31"),
        (
            "S/RES/20838(2012)",
            SC,
            "the Council cannot have reached its number by 2012",
        ),
    ],
)
def test_impossible_says_what_cannot_be(symbol: str, facts: dict[str, Any], reason: str) -> None:
    assert reasons(symbol, **facts) == [reason]


def test_impossible_of_no_rollcall_is_none() -> None:
    assert impossible(ROLLCALLS.empty()) == []


def test_impossible_finds_nothing_in_the_record() -> None:
    assert impossible(votewire.open_record().rollcalls) == []
