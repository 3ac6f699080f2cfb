from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.record.made_rolls import (
    DAY,
    LATER,
    Casts,
    assembly,
    changed,
    extract,
    library,
    lifted,
    voeten,
)
from votewire.record.extracts.extract import Remark
from votewire.record.merge import Merged, merge
from votewire.record.merging.entry import Difference
from votewire.record.merging.seats import Seated
from votewire.record.readers.result import ReadRollcall, Totals
from votewire.record.tables import Choice, Kind, Outcome, Roll

ROLL = assembly(1)
PART = assembly(2)


def merged(
    texts: list[ReadRollcall], votes: list[ReadRollcall], *remarks: Remark
) -> dict[str, Seated]:
    found = both(texts, votes, *remarks)
    return {one.entry.id: one for one in found.rollcalls}


def both(texts: list[ReadRollcall], votes: list[ReadRollcall], *remarks: Remark) -> Merged:
    return merge({"undl": extract(*texts, remarks=remarks), "voeten": extract(*votes)})


def rules(one: Seated) -> list[tuple[str, str]]:
    return [(difference.field, difference.rule) for difference in one.entry.differences]


def test_merge_keeps_the_librarys_cast_and_lists_the_other() -> None:
    other = changed(ROLL, "AFG", Choice.NON_VOTING)
    found = merged([library(7, ROLL)], [voeten(1, other, symbol="A/RES/67/7", announced=None)])
    (one,) = found.values()
    assert one.entry.facts.casts == ROLL
    assert one.entry.differences == (
        Difference(
            field="cast:AFG",
            kept=ROLL["AFG"].label,
            other="non_voting",
            source="voeten",
            rule="library-over-voeten",
        ),
    )
    assert [row.source for row in one.entry.sources] == ["undl", "voeten"]


def test_merge_takes_voetens_issues() -> None:
    (one,) = merged([library(7, ROLL)], [voeten(1, ROLL)]).values()
    assert one.entry.facts.issues == ("nu",)
    assert one.entry.differences == ()


def test_merge_calls_a_tally_announced_where_the_other_source_states_it() -> None:
    (one,) = merged([library(7, ROLL)], [voeten(1, ROLL)]).values()
    assert one.tally_from == "announced"
    (one,) = merged([library(7, ROLL)], [voeten(1, ROLL, announced=None)]).values()
    assert one.tally_from == "counted"


def test_merge_lists_an_announced_tally_that_the_marks_do_not_have() -> None:
    (one,) = merged([library(7, ROLL)], [voeten(1, ROLL, announced=Totals(yes=99))]).values()
    assert rules(one) == [("tally", "library-over-voeten")]
    assert one.entry.differences[0].other == "99-?-?"
    assert one.tally_from == "counted"


def test_merge_reads_an_unreadable_mark_from_the_other_source() -> None:
    remark = Remark(
        source_key="7", field="cast:PAK", kept="not_recorded", other="?", rule="unreadable-mark"
    )
    unread = {code: choice for code, choice in ROLL.items() if code != "PAK"}
    (one,) = merged([library(7, unread)], [voeten(1, ROLL)], remark).values()
    assert one.entry.facts.casts == ROLL
    assert one.roll is Roll.FULL
    (difference,) = one.entry.differences
    assert (difference.kept, difference.other) == (ROLL["PAK"].label, "?")


def test_merge_leaves_a_member_out_that_no_source_lists() -> None:
    missing = {code: choice for code, choice in ROLL.items() if code != "PAK"}
    (one,) = merged([library(7, missing)], []).values()
    assert (one.roll, one.tally_from) == (Roll.PARTIAL, "none")
    assert one.totals == Totals(members=193)
    assert int((one.choices == Choice.NOT_RECORDED).sum()) == 1


def test_merge_gives_a_vote_of_its_own_what_the_text_is_called() -> None:
    paragraph = voeten(1, PART, symbol="A/RES/67/7", kind=Kind.PARAGRAPH, title="Paragraph 2")
    found = merged([library(7, ROLL)], [voeten(2, ROLL), paragraph])
    own = found["VOETEN-1"].entry.facts
    assert (own.symbol, own.title, own.note) == ("A/RES/67/7", "Text 7", "Paragraph 2")
    assert own.kind is Kind.PARAGRAPH
    assert list(found) == ["UNDL-7", "VOETEN-1"]


@pytest.mark.parametrize(
    ("yes", "no", "kind", "outcome"),
    [
        (50, 50, Kind.DRAFT, Outcome.REJECTED),
        (40, 60, Kind.DRAFT, Outcome.REJECTED),
        (80, 40, Kind.UNSTATED, Outcome.ADOPTED),
        (79, 40, Kind.UNSTATED, Outcome.UNSTATED),
    ],
)
def test_merge_says_how_a_vote_ended_only_where_any_majority_rule_gives_it(
    yes: int, no: int, kind: Kind, outcome: Outcome
) -> None:
    (own,) = merged([], [voeten(1, tally(yes, no))]).values()
    assert (own.entry.facts.kind, own.entry.facts.outcome) == (kind, outcome)


def test_merge_takes_a_second_listing_of_a_vote_for_the_same() -> None:
    again = voeten(2, lifted(ROLL, 3), symbol="A/RES/67/7", announced=Totals(yes=1))
    found = both([library(7, ROLL)], [voeten(1, ROLL, symbol="A/RES/67/7"), again])
    (one,) = found.rollcalls
    assert [row.key for row in one.entry.sources] == ["7", "1", "2"]
    assert found.applied["voeten-repeat"] == 1


def test_merge_does_not_use_another_roll_said_to_be_of_the_text() -> None:
    found = merged([library(7, ROLL)], [voeten(1, PART, symbol="A/RES/67/7")])
    (one,) = found.values()
    assert rules(one) == [("roll", "other-roll-same-text")]
    assert one.entry.facts.casts == ROLL


def test_merge_notes_what_may_be_the_same_vote() -> None:
    part = voeten(2, ROLL, symbol="A/RES/67/7", kind=Kind.PARAGRAPH, announced=None)
    found = both([library(7, ROLL)], [voeten(1, ROLL, symbol="A/RES/67/7"), part])
    notes = {one.entry.id: one.entry.facts.note for one in found.rollcalls}
    assert notes["VOETEN-2"] == "cast for cast the same as UNDL-7: perhaps that very vote"
    assert found.applied["voeten-may-repeat"] == 1


def test_merge_trusts_no_number_before_the_31st_session() -> None:
    early = date(1970, 11, 20)
    roll, other = assembly(1, early), assembly(2, early)
    facts: dict[str, Any] = {"session": "25", "date": early}
    text = library(7, roll, symbol="A/RES/2700(XXV)", **facts)
    found = merged(
        [text], [voeten(1, other, symbol="A/RES/2700(XXV)", kind=Kind.PARAGRAPH, **facts)]
    )
    assert found["VOETEN-1"].entry.facts.symbol is None


def test_merge_keeps_the_librarys_day_and_lists_the_other() -> None:
    (one,) = merged([library(7, ROLL)], [voeten(1, ROLL, date=LATER)]).values()
    assert one.entry.facts.date == DAY
    assert rules(one) == [("date", "library-over-voeten")]


def test_merge_compares_only_months_where_a_day_is_not_exact() -> None:
    vague = voeten(1, ROLL, date=LATER, date_exact=False)
    (one,) = merged([library(7, ROLL)], [vague]).values()
    assert one.entry.differences == ()


def test_merge_takes_the_day_that_voeten_and_the_meetings_other_texts_have() -> None:
    wrong = library(7, ROLL, date=date(2012, 11, 4))
    others = [library(key, assembly(key)) for key in (8, 9)]
    found = merged([wrong, *others], [voeten(1, ROLL)])
    assert found["UNDL-7"].entry.facts.date == DAY
    assert rules(found["UNDL-7"]) == [("date", "day-of-meeting")]


def test_merge_gives_a_part_the_day_of_its_text() -> None:
    vague: dict[str, Any] = {"date": date(2012, 12, 2), "date_exact": False}
    part = voeten(1, PART, symbol="A/RES/67/7", kind=Kind.PARAGRAPH, **vague)
    found = merged([library(7, ROLL)], [part])["VOETEN-1"].entry.facts
    assert (found.date, found.date_exact) == (DAY, False)


def test_merge_moves_a_vague_day_to_the_first_meeting() -> None:
    early = date(1946, 1, 4)
    facts: dict[str, Any] = {"session": "1", "date": early}
    roll = assembly(1, early)
    found = both([], [voeten(1, roll, date_exact=False, **facts), voeten(2, roll, **facts)])
    days = {one.entry.id: one.entry.facts.date for one in found.rollcalls}
    assert days == {"VOETEN-1": date(1946, 1, 10), "VOETEN-2": early}
    assert found.applied["not-before-session"] == 1


def tally(yes: int, no: int) -> Casts:
    codes = sorted(ROLL)
    return {
        **dict.fromkeys(codes, Choice.ABSTAIN),
        **dict.fromkeys(codes[:yes], Choice.YES),
        **dict.fromkeys(codes[yes : yes + no], Choice.NO),
    }
