from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given

from tests.record.made_rolls import assembly, changed, library, veto, voeten
from tests.record.sources import rolls
from votewire import states
from votewire.record.merging.entry import Entry, SetAside
from votewire.record.merging.seats import Seated, seat
from votewire.record.readers.result import ReadRollcall, Totals, count
from votewire.record.tables import Choice, Roll

ROLL = assembly(1)
SOUTH_SUDAN = date(2011, 7, 14)  # the day of its admission


def seated(rollcall: ReadRollcall) -> tuple[Seated | SetAside, Counter[str]]:
    kept, aside, applied = seat([Entry.of("MADE-1", "made", rollcall)])
    assert len(kept) + len(aside) == 1
    return (kept[0] if kept else aside[0]), applied


def kept(rollcall: ReadRollcall) -> Seated:
    one, _ = seated(rollcall)
    assert isinstance(one, Seated), one
    return one


def refused(rollcall: ReadRollcall) -> SetAside:
    one, _ = seated(rollcall)
    assert isinstance(one, SetAside)
    return one


@given(rolls())
def test_seat_adds_up(made: tuple[date, dict[str, Choice]]) -> None:
    day, casts = made
    voted = sum(choice is not Choice.NON_VOTING for choice in casts.values())
    one, _ = seated(library(1, casts, date=day))
    if voted < len(casts) / 10:
        assert isinstance(one, SetAside)
        return
    assert isinstance(one, Seated)
    assert one.totals == count(casts)
    member = one.choices != Choice.NOT_MEMBER
    assert np.array_equal(member, states.membership(np.array([day], dtype="datetime64[D]"))[0])


def test_seat_takes_no_roll_for_no_casts() -> None:
    one = kept(library(1, {}))
    assert (one.roll, one.tally_from, one.totals) == (Roll.NONE, "none", Totals(members=193))


def test_seat_keeps_announced_totals_without_a_roll() -> None:
    one = kept(voeten(1, {}, announced=Totals(yes=31, no=71, abstain=59)))
    assert (one.roll, one.tally_from) == (Roll.NONE, "announced")
    assert one.totals == Totals(yes=31, no=71, abstain=59, non_voting=32, members=193)


def test_seat_sets_aside_what_contradicts_its_own_totals() -> None:
    totals = count(ROLL)
    said = Totals(yes=totals.yes, no=(totals.no or 0) + 1, abstain=totals.abstain)
    row = refused(voeten(1, ROLL, announced=said))
    assert row.rule == "contradicts-itself"
    assert f"announces {said.yes}-{said.no}-{said.abstain}" in row.reason


def test_seat_keeps_announced_totals_that_members_without_a_mark_can_fill() -> None:
    short = {code: choice for code, choice in ROLL.items() if code not in ("SRB", "ZWE")}
    totals = count(short)
    said = Totals(yes=(totals.yes or 0) + 1, no=totals.no, abstain=totals.abstain)
    one = kept(voeten(1, short, announced=said))
    assert (one.roll, one.tally_from, one.totals.yes) == (Roll.PARTIAL, "announced", said.yes)
    assert one.totals.non_voting == 1


def test_seat_has_members_absent_for_whom_the_totals_leave_no_vote() -> None:
    short = {code: choice for code, choice in ROLL.items() if code != "SRB"}
    one, applied = seated(voeten(1, short))
    assert isinstance(one, Seated)
    assert (one.roll, one.totals.non_voting) == (Roll.FULL, 1)
    assert applied["no-vote-left"] == 1


def test_seat_sets_a_vote_of_no_member_aside() -> None:
    row = refused(library(1, {**ROLL, "SUN": Choice.YES}))
    assert (row.rule, row.reason) == ("held-no-seat", "SUN voted, but held no seat that day")


def test_seat_takes_no_vote_that_the_totals_leave_out() -> None:
    said = count(ROLL)
    one, applied = seated(voeten(1, {**ROLL, "SUN": Choice.NO}, announced=said))
    assert isinstance(one, Seated)
    assert one.totals == replace(said, members=193)
    (difference,) = one.entry.differences
    assert (difference.field, difference.kept, difference.other) == ("cast:SUN", "not_member", "no")
    assert applied["beyond-totals"] == 1


def test_seat_sets_a_vote_of_no_member_aside_that_the_totals_count() -> None:
    roll = {**ROLL, "SUN": Choice.NO}
    assert refused(voeten(1, roll, announced=count(roll))).rule == "held-no-seat"


def test_seat_leaves_an_absent_outsider_out() -> None:
    one, applied = seated(library(1, {**ROLL, "SUN": Choice.NON_VOTING}))
    assert isinstance(one, Seated)
    assert one.totals.members == 193
    assert applied["absent-outsider"] == 1


@pytest.mark.parametrize(("listed", "members"), [(True, 193), (False, 192)])
def test_seat_asks_the_roll_whether_a_state_admitted_that_day_was_there(
    listed: bool, members: int
) -> None:
    roll = assembly(1, SOUTH_SUDAN)
    if not listed:
        del roll["SSD"]
    one = kept(library(1, roll, date=SOUTH_SUDAN))
    assert (one.roll, one.totals.members) == (Roll.FULL, members)


def test_seat_moves_an_inexact_day_until_all_were_members() -> None:
    roll = changed(assembly(1, SOUTH_SUDAN), "SSD", Choice.YES)
    vague = voeten(1, roll, date=date(2011, 7, 3), date_exact=False)
    one, applied = seated(vague)
    assert isinstance(one, Seated)
    assert one.entry.facts.date == SOUTH_SUDAN
    assert applied["first-day-all-members"] == 1
    assert refused(voeten(1, roll, date=date(2011, 7, 3))).rule == "held-no-seat"


def test_seat_sets_a_roll_of_a_few_aside() -> None:
    few = dict.fromkeys(ROLL, Choice.NON_VOTING) | {"USA": Choice.NO}
    row = refused(voeten(1, few))
    assert (row.rule, row.reason) == (
        "too-few-votes",
        "its marks hold 0-1-0 (yes-no-abstain) of 193 members",
    )


def test_seat_asks_no_quorum_of_the_council() -> None:
    one = kept(veto(1, date(2017, 2, 28), "CHN RUS"))
    assert one.totals == Totals(members=15)
