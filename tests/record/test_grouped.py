"""Answers about groups."""

from __future__ import annotations

from datetime import date

import pytest

from votewire import states
from votewire.errors import NotInRecord, UnknownState
from votewire.record import Record, open_record
from votewire.record.grouped import groups_on, groups_with, members_of


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


def test_groups_on_counts_members_and_leaves_words_of_the_press_without(record: Record) -> None:
    answer = groups_on(record, date(2025, 2, 24))
    rows = {row["group"]: row for row in answer.table.to_dicts()}
    assert answer.table.columns[:5] == ["group", "name", "members", "first", "last"]
    assert list(rows) == list(states.groups())
    assert (rows["EU"]["members"], rows["EU"]["first"]) == (27, date(1958, 1, 1))
    assert (rows["G8"]["members"], rows["G8"]["last"]) == (0, date(2014, 3, 23))
    assert (rows["WEST"]["members"], rows["WEST"]["kind"]) == (None, "press")


def test_groups_on_a_day_after_the_data_says_so(record: Record) -> None:
    kept_to = states.groups_kept_to()
    assert not any("kept to" in told for told in groups_on(record, kept_to).told)
    later = groups_on(record, date(kept_to.year + 1, 12, 31))
    assert f"Memberships are kept to {kept_to}" in later.told[-1]


def test_members_of_gives_the_members_of_the_day_with_their_spells(record: Record) -> None:
    answer = members_of(record, "EU", date(2019, 6, 1))
    rows = {row["state"]: row for row in answer.table.to_dicts()}
    assert answer.table.columns == ["state", "name", "since", "until", "exact"]
    assert set(rows) == states.group_members("EU", date(2019, 6, 1))
    assert (rows["GBR"]["since"], rows["GBR"]["until"]) == (date(1973, 1, 1), date(2020, 1, 31))
    assert rows["FRA"]["until"] is None
    assert answer.columns == ("state", "name", "since", "until")


def test_members_of_without_a_day_gives_every_spell(record: Record) -> None:
    answer = members_of(record, "AFRICAN_UNION", None)
    spells = answer.table.filter(state="MAR").select("since", "until").rows()
    assert spells == [
        (date(1963, 5, 25), date(1984, 11, 11)),
        (date(2017, 1, 31), None),
    ]
    assert answer.columns[-1] == "exact"
    assert set(answer.table["exact"]) == {"day", "month"}


def test_members_of_names_those_who_were_no_un_members(record: Record) -> None:
    told = members_of(record, "EU", date(1960, 1, 1)).told
    assert "No UN member that day: Germany, Federal Republic of." in told


def test_members_of_a_group_that_has_ended_says_when_it_had_members(record: Record) -> None:
    answer = members_of(record, "WARSAW_PACT", date(2000, 1, 1))
    assert answer.table.is_empty()
    assert answer.told[0].endswith("from 1955-05-14 to 1991-06-30.")
    before = members_of(record, "BRICS", date(2000, 1, 1))
    assert before.told[0].endswith("from 2009-06-16 on.")


def test_members_of_a_word_of_the_press_is_not_in_the_record(record: Record) -> None:
    with pytest.raises(NotInRecord, match="Western states"):
        members_of(record, "WEST", date(2025, 1, 1))


@pytest.mark.parametrize("code", ["HUN", "SUN", "USA"])
def test_groups_with_agrees_with_the_groups_of_a_state(record: Record, code: str) -> None:
    on = date(1985, 1, 1)
    answer = groups_with(record, code, on)
    assert tuple(answer.table["group"]) == states.groups_of(code, on)
    over_time = groups_with(record, code, None)
    assert set(answer.table["group"]) <= set(over_time.table["group"])


def test_groups_with_an_unknown_state_says_so(record: Record) -> None:
    with pytest.raises(UnknownState):
        groups_with(record, "XXX", date(1985, 1, 1))
