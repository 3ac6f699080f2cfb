from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.press.coverage_pages import casts_at
from votewire import open_record
from votewire.record.readers.result import ReadRollcall, Totals
from votewire.record.same_roll import fits, fitting, holds, same_name
from votewire.record.tables import Choice, Kind

SYMBOL = "A/RES/66/253A"


def row() -> int:
    return open_record().rows(SYMBOL)[0]


def told(**changed: object) -> ReadRollcall:
    """The roll of SYMBOL as a page tells it: a draft, and the resolution's number nowhere."""
    rollcall = ReadRollcall(
        source_key="GA/11207 vote 1",
        chamber="GA",
        session="66",
        date=date(2012, 2, 16),
        draft="A/66/L.36",
        kind=Kind.RESOLUTION,
        casts=casts_at(open_record(), row()),
        announced=Totals(yes=137, no=12, abstain=17),
    )
    return replace(rollcall, **changed)  # type: ignore[arg-type]


def test_same_roll_finds_a_rollcall_by_its_roll() -> None:
    assert fitting(open_record(), told()) == [row()]
    assert holds(open_record().choices[row()], told())


def test_same_roll_a_part_of_the_roll_is_enough_with_the_counts() -> None:
    against = {code: its for code, its in told().casts.items() if its is Choice.NO}
    assert fitting(open_record(), told(casts=against)) == [row()]


@pytest.mark.parametrize(
    "changed",
    [
        {"symbol": "A/RES/66/1"},
        {"chamber": "SC"},
        {"date": date(2012, 2, 17)},
        {"kind": Kind.PARAGRAPH},
        {"announced": Totals(yes=137, no=12, abstain=18)},
        {"casts": {}},
        {"casts": {"USA": Choice.NO}},
    ],
)
def test_same_roll_is_none_where_anything_contradicts(changed: dict[str, object]) -> None:
    assert fitting(open_record(), told(**changed)) == []


def test_same_roll_looks_at_the_night_after_and_no_further() -> None:
    eve, before = (date(2012, 2, 16) - timedelta(days=days) for days in (1, 2))
    assert fitting(open_record(), told(date=eve)) == [row()]
    assert fitting(open_record(), told(date=before)) == []


def test_same_roll_finds_each_full_rollcall_of_a_day_with_many() -> None:
    record = open_record()
    frame = record.rollcalls
    day = (frame["date"] == date(2019, 12, 12)) & (frame["roll"] == "full")
    rows = (day & (frame["chamber"] == "GA")).arg_true().to_list()
    assert len(rows) > 20
    for at in rows:
        yes, no, abstain = frame.select("yes", "no", "abstain").row(at)
        roll = told(
            date=date(2019, 12, 12),
            draft=None,
            kind=Kind(frame["kind"][at]),
            title=frame["title"][at],
            casts=casts_at(record, at),
            announced=Totals(yes=yes, no=no, abstain=abstain),
        )
        found = fitting(record, roll)
        assert at in found
        assert all(np.array_equal(record.choices[other], record.choices[at]) for other in found)


def test_same_roll_names_are_the_same_where_one_is_shared() -> None:
    facts = open_record().rollcalls.row(row(), named=True)
    assert same_name(facts, told(symbol=SYMBOL))
    assert not same_name(facts, told())
    assert not same_name(facts, told(symbol=SYMBOL, kind=Kind.PARAGRAPH))
    assert not fits(facts, open_record().choices[row()], told(symbol="A/RES/66/1"))
