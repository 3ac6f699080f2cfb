from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.record.made_rolls import changed, council, extract, resolution, sheet, veto
from votewire.record.merge import Merged, merge
from votewire.record.merging.seats import Seated
from votewire.record.readers.result import ReadRollcall
from votewire.record.tables import Choice, Kind, Modality, Outcome, Roll

DAY = date(2025, 2, 24)
ROLL = council(DAY, abstain="FRA GBR DNK GRC SVN")
ADOPTED: dict[str, Any] = {"outcome": Outcome.ADOPTED, "kind": Kind.RESOLUTION}


def both(
    texts: list[ReadRollcall], sheets: list[ReadRollcall], vetoes: list[ReadRollcall]
) -> Merged:
    return merge(
        {
            "undl": extract(*texts),
            "council-workbook": extract(*sheets),
            "veto-list": extract(*vetoes),
        }
    )


def merged(
    texts: list[ReadRollcall],
    sheets: list[ReadRollcall],
    vetoes: list[ReadRollcall] | None = None,
) -> dict[str, Seated]:
    return {one.entry.id: one for one in both(texts, sheets, vetoes or []).rollcalls}


def adopted(
    key: int, number: int, day: date, casts: dict[str, Choice], **facts: Any
) -> ReadRollcall:
    return sheet(key, day, casts, **{"symbol": f"S/RES/{number}({day.year})", **ADOPTED, **facts})


def rules(one: Seated) -> list[tuple[str, str]]:
    return [(difference.field, difference.rule) for difference in one.entry.differences]


def test_merge_adds_draft_and_sponsors_of_a_resolution() -> None:
    found = merged(
        [resolution(2774, DAY, ROLL)], [adopted(112, 2774, DAY, ROLL, sponsors=("USA",))]
    )
    (one,) = found.values()
    assert (one.entry.id, one.entry.facts.draft) == ("UNDL-2774", "S/2025/112")
    assert one.entry.facts.sponsors == ("USA",)
    assert one.entry.differences == ()
    assert (one.totals.yes, one.totals.no, one.totals.abstain) == (10, 0, 5)


def test_merge_keeps_the_librarys_cast_in_the_council() -> None:
    other = changed(ROLL, "FRA", Choice.NO)
    (one,) = merged([resolution(2774, DAY, ROLL)], [adopted(112, 2774, DAY, other)]).values()
    assert one.entry.facts.casts["FRA"] is Choice.ABSTAIN
    assert rules(one) == [("cast:FRA", "library-over-workbook")]


def test_merge_does_not_use_a_roll_of_another_years_members() -> None:
    before = council(date(2023, 6, 1))
    (one,) = merged([resolution(2774, DAY, ROLL)], [adopted(112, 2774, DAY, before)]).values()
    assert rules(one) == [("roll", "workbook-other-members")]
    assert one.entry.facts.casts == ROLL
    assert "no Council members:" in one.entry.differences[0].other


def test_merge_reads_an_exchanged_day_and_month_without_a_word() -> None:
    day = date(2025, 2, 3)
    roll = council(day)
    found = both([resolution(2774, day, roll)], [adopted(1, 2774, date(2025, 3, 2), roll)], [])
    (one,) = found.rollcalls
    assert (one.entry.facts.date, one.entry.differences) == (day, ())
    assert found.applied["workbook-swapped-date"] == 1


def test_merge_lists_a_day_that_is_merely_different() -> None:
    found = merged([resolution(2774, DAY, ROLL)], [adopted(1, 2774, date(2025, 2, 25), ROLL)])
    (one,) = found.values()
    assert rules(one) == [("date", "library-over-workbook")]


def test_merge_finds_a_resolution_without_number_by_meeting_and_day() -> None:
    text = resolution(2774, DAY, ROLL, meeting="S/PV.9866")
    row = adopted(112, 2774, DAY, ROLL, symbol=None, meeting="S/PV.9866")
    found = both([text], [row], [])
    assert [one.entry.facts.draft for one in found.rollcalls] == ["S/2025/112"]
    assert found.applied["same-vote-by-meeting"] == 1


def test_merge_makes_a_vetoed_draft_a_rollcall_of_its_own() -> None:
    roll = council(DAY, no="RUS", abstain="CHN")
    (one,) = merged([], [sheet(115, DAY, roll, kind=Kind.AMENDMENT)]).values()
    assert one.entry.id == "SC-2025-115"
    assert (one.roll, one.tally_from) == (Roll.FULL, "counted")
    assert one.entry.facts.outcome is Outcome.VETOED


def test_merge_makes_each_other_veto_a_rollcall_with_the_vetoes_only() -> None:
    day = date(1946, 2, 16)
    rows = [veto(at, day, "SUN", meeting="S/PV.23") for at in (1, 2)]
    found = merged([], [], rows)
    assert list(found) == ["SC-VETO-1946-02-16-PV.23", "SC-VETO-1946-02-16-PV.23-no2"]
    one = found["SC-VETO-1946-02-16-PV.23"]
    assert (one.roll, one.tally_from, one.totals.no) == (Roll.PARTIAL, "none", None)
    assert int((one.choices == Choice.NOT_RECORDED).sum()) == 10


def test_merge_lists_a_veto_of_both_once() -> None:
    roll = council(DAY, no="RUS")
    row = veto(1, DAY, "RUS", draft="S/2025/115")
    found = both([], [sheet(115, DAY, roll)], [row])
    (one,) = found.rollcalls
    assert [source.source for source in one.entry.sources] == ["council-workbook", "veto-list"]
    assert one.entry.differences == ()


def test_merge_lists_a_veto_of_which_the_sources_differ() -> None:
    roll = council(DAY, no="RUS")
    row = veto(1, date(2025, 2, 25), "RUS CHN", draft="S/2025/115")
    (one,) = merged([], [sheet(115, DAY, roll)], [row]).values()
    assert rules(one) == [
        ("cast:CHN", "workbook-over-veto-list"),
        ("date", "workbook-over-veto-list"),
    ]


def test_merge_keeps_an_unvetoed_namesake_apart_from_the_veto() -> None:
    failed = sheet(115, DAY, council(DAY, abstain="FRA"), outcome=Outcome.REJECTED)
    found = merged([], [failed], [veto(1, DAY, "RUS", draft="S/2025/115")])
    assert list(found) == ["SC-2025-115", "SC-2025-115-no2"]


def test_merge_exchanges_day_and_month_of_a_draft_between_its_neighbours() -> None:
    days = [date(2025, 2, 3), date(2025, 2, 20)]
    texts, rows = neighbours(days)
    middle = sheet(50, date(2025, 5, 2), council(days[0], no="RUS"), meeting="S/PV.9850")
    found = both(texts, [*rows, middle], [])
    draft = next(one for one in found.rollcalls if one.entry.id.startswith("SC-"))
    assert draft.entry.facts.date == date(2025, 2, 5)
    assert found.applied["workbook-date-by-meeting"] == 1


def test_merge_marks_a_draft_whose_day_fits_neither_way() -> None:
    days = [date(2025, 2, 3), date(2025, 2, 20)]
    texts, rows = neighbours(days)
    middle = sheet(50, date(2025, 5, 6), council(days[0], no="RUS"), meeting="S/PV.9850")
    draft = merged(texts, [*rows, middle])["SC-2025-50"]
    assert not draft.entry.facts.date_exact
    assert draft.entry.differences[0].other == "2025-02-03 to 2025-02-20"
    assert rules(draft) == [("date", "unresolved")]


def test_merge_sets_a_draft_of_other_members_aside() -> None:
    found = both([], [sheet(50, DAY, council(date(2023, 6, 1), no="RUS"))], [])
    assert found.rollcalls == ()
    (row,) = found.set_aside
    assert (row.key, row.rule) == ("50", "held-no-seat")


def test_merge_sets_an_unnumbered_adoption_of_a_vetoed_draft_aside() -> None:
    vetoed = sheet(3, DAY, council(DAY, no="RUS"), meeting="S/PV.9866")
    rival = sheet(9, DAY, ROLL, meeting="S/PV.9866", draft="S/2025/3", **ADOPTED)
    found = both([], [vetoed, rival], [])
    assert [one.entry.id for one in found.rollcalls] == ["SC-2025-3"]
    assert found.set_aside[0].reason == "has the meeting and draft of 3, which was vetoed"


def test_merge_keeps_an_unnumbered_adoption_without_rival_as_unstated() -> None:
    (one,) = merged([], [sheet(9, DAY, ROLL, **ADOPTED)]).values()
    assert one.entry.facts.kind is Kind.UNSTATED
    assert one.entry.facts.note == "adopted, by the workbook, without a resolution number"


@pytest.mark.parametrize("exchanged", [True, False])
def test_merge_notices_a_resolution_out_of_order(exchanged: bool) -> None:
    days = [date(2025, 2, 3), date(2025, 2, 5), date(2025, 2, 20)]
    wrong = date(2025, 5, 2) if exchanged else date(2025, 7, 20)
    given = [days[0], wrong, days[2]]
    texts = [resolution(2770 + at, day, council(days[0])) for at, day in enumerate(given)]
    one = merged(texts, [])["UNDL-2771"]
    rule = "order-of-numbers" if exchanged else "unresolved"
    assert rules(one) == [("date", rule)]
    assert one.entry.facts.date == (days[1] if exchanged else days[0])
    assert one.entry.facts.date_exact is exchanged
    assert one.entry.differences[0].other == wrong.isoformat()


def test_merge_says_between_which_days_a_resolution_out_of_order_is() -> None:
    days = [date(2024, 12, 20), date(2025, 5, 20), date(2025, 1, 14)]
    texts = [resolution(2770 + at, day, council(days[1])) for at, day in enumerate(days)]
    texts[0] = resolution(2770, days[0], council(days[0]))
    facts = merged(texts, [])["UNDL-2771"].entry.facts
    assert (facts.date, facts.session) == (date(2025, 1, 1), "2025")
    assert facts.note == (
        "its day is not known; by its number it is not before 2025-01-01 and not after 2025-01-14"
    )


def test_merge_takes_a_day_that_nothing_settles_from_the_hand_table() -> None:
    days = [date(2025, 2, 3), date(2025, 7, 20), date(2025, 2, 20)]
    texts = [resolution(2770 + at, day, council(days[0])) for at, day in enumerate(days)]
    row = by_hand(2771, date(2025, 2, 5))
    sources = {"undl": extract(*texts), "hand-table": extract(row)}
    one = next(o for o in merge(sources).rollcalls if o.entry.id == "UNDL-2771")
    facts = one.entry.facts
    assert (facts.date, facts.date_exact, facts.note) == (date(2025, 2, 5), True, None)
    assert rules(one) == [("date", "hand-table-day")]
    assert one.entry.differences[0].other == "2025-07-20"


def test_merge_takes_no_day_of_the_hand_table_where_the_order_holds() -> None:
    row = by_hand(2774, date(2025, 2, 25))
    sources = {"undl": extract(resolution(2774, DAY, ROLL)), "hand-table": extract(row)}
    (one,) = merge(sources).rollcalls
    assert (one.entry.facts.date, one.entry.differences) == (DAY, ())


def by_hand(number: int, day: date) -> ReadRollcall:
    """A row of the hand table that says the day of a resolution."""
    name = f"S/RES/{number}(2025)"
    return resolution(number, day, {}, source_key=name, modality=Modality.RECORDED)


def neighbours(days: list[date]) -> tuple[list[ReadRollcall], list[ReadRollcall]]:
    """Resolutions of meetings 9840 and 9860, in both sources."""
    texts, rows = [], []
    for at, day in enumerate(days):
        meeting = f"S/PV.{9840 + 20 * at}"
        texts.append(resolution(2770 + at, day, council(day), meeting=meeting))
        rows.append(adopted(at + 1, 2770 + at, day, council(day), meeting=meeting))
    return texts, rows
