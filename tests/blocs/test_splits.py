from datetime import date

import numpy as np
import pytest

import votewire
from votewire import states
from votewire.blocs import cohesion_reference as reference
from votewire.blocs.splits import splits, top_splits
from votewire.errors import NotInRecord, UsageError
from votewire.record import Choice, Selection

RECORD = votewire.open_record()
UKRAINE = RECORD.rollcall("A/RES/ES-11/7")


def by_hand(group: str, state: str, since: date, before: date) -> tuple[int, int, list[float]]:
    """Breaks, votes and the group's cohesion on each rollcall, one at a time."""
    codes, broke, votes, indices = states.codes(), 0, 0, []
    for row in Selection(since=since).rows(RECORD):
        day = RECORD.days[row].item()
        if day >= before:
            break
        members = [codes.index(code) for code in states.group_members(group, day)]
        roll = RECORD.choices[row, members].tolist()
        if sum(choice <= Choice.NO for choice in roll) < 3:
            continue
        indices.append(reference.agreement_index(roll))
        own, majority = int(RECORD.choices[row, codes.index(state)]), reference.modal_choice(roll)
        if majority is not None and own <= Choice.NO and codes.index(state) in members:
            votes += 1
            broke += own != majority
    return broke, votes, indices


def test_splits_hungary_broke_ranks_in_the_eu() -> None:
    answer = splits(RECORD, "EU", UKRAINE)
    assert answer.table.columns == [
        "state", "name", "choice", "with_group", "breaks", "votes", "rate",
    ]  # fmt: skip
    apart = answer.table.filter(~answer.table["with_group"])
    assert apart.select("state", "choice").rows() == [("HUN", "no")]
    assert answer.table.height == 27
    assert "26 voted Yes, 1 voted No" in answer.told[0]
    assert "1 broke ranks: Hungary (voted No)" in answer.told[0]
    assert answer.facts["cohesion"] == pytest.approx(25.5 / 27)


def test_splits_past_is_what_counting_by_hand_gives() -> None:
    since = date(2023, 6, 1)
    answer = splits(RECORD, "EU", UKRAINE, within=Selection(since=since))
    broke, votes, indices = by_hand("EU", "HUN", since, UKRAINE.date)
    hungary = answer.table.filter(answer.table["state"] == "HUN").row(0, named=True)
    assert (hungary["breaks"], hungary["votes"]) == (broke, votes)
    assert hungary["rate"] == pytest.approx(broke / votes)
    assert 0 < broke < votes
    lower = sum(index < 25.5 / 27 - 1e-9 for index in indices)
    assert answer.facts["earlier"] == len(indices)
    assert answer.facts["earlier_lower"] == lower
    assert answer.facts["rank"] == lower + 1
    assert f"{lower:,} of {len(indices):,} earlier" in answer.told[1]


def test_splits_past_does_not_hold_the_day_itself() -> None:
    within = Selection(since=UKRAINE.date)
    answer = splits(RECORD, "EU", UKRAINE, within=within)
    assert answer.facts["earlier"] == 0
    assert answer.facts["share_lower"] is None
    assert answer.table["rate"].null_count() == 27
    assert "No earlier rollcall" in answer.told[1]


def test_splits_a_tie_has_no_ranks_to_break() -> None:
    tied = RECORD.rollcall("A/RES/33/205[A]")  # four Yes, four No, one abstaining in the EC
    answer = splits(RECORD, "EU", tied)
    assert answer.facts["majority"] is None
    assert answer.table["with_group"].null_count() == answer.table.height
    assert "none broke ranks" in answer.told[0]


def test_splits_absent_members_are_listed_and_break_nothing() -> None:
    answer = splits(RECORD, "CARICOM", UKRAINE)
    absent = answer.table.filter(answer.table["choice"] == "non_voting")
    assert absent.height
    assert absent["with_group"].null_count() == absent.height


def test_splits_in_the_council_compares_with_the_council() -> None:
    answer = splits(RECORD, "P5", RECORD.rollcall("S/RES/2774"))
    assert "earlier rollcalls" in answer.told[1]
    assert "Security Council" in answer.told[1]
    assert "vetoed drafts" in answer.told[-1]
    apart = answer.table.filter(~answer.table["with_group"])
    assert sorted(apart["state"]) == ["FRA", "GBR"]


def test_top_splits_gives_the_least_united_first() -> None:
    answer = top_splits(RECORD, "EU", within=Selection(since=date(2010, 1, 1)), top=12)
    table = answer.table
    assert table.columns == [
        "id", "date", "symbol", "title", "cohesion", "yes", "no", "abstain", "broke",
    ]  # fmt: skip
    assert table.height == 12
    assert table["cohesion"].is_sorted()
    for line in table.iter_rows(named=True):
        counts = (line["yes"], line["abstain"], line["no"])
        tied = counts.count(max(counts)) > 1
        assert len(line["broke"]) == (0 if tied else sum(counts) - max(counts))


def test_top_splits_agrees_with_the_split_itself() -> None:
    line = top_splits(RECORD, "NATO", within=Selection(since=date(2024, 1, 1))).table.row(
        0, named=True
    )
    one = splits(RECORD, "NATO", RECORD.at(RECORD.row_of(line["id"])))
    assert one.facts["cohesion"] == pytest.approx(line["cohesion"])
    apart = one.table.filter(one.table["with_group"].eq(False).fill_null(False))
    assert sorted(apart["state"]) == sorted(line["broke"])


def test_splits_refuses_what_has_no_ranks() -> None:
    with pytest.raises(UsageError, match="1 member of Nordic states voted"):
        splits(RECORD, "NORDIC", RECORD.rollcall("S/RES/2774"))
    without = RECORD.rollcalls.filter(RECORD.rollcalls["modality"] == "without_vote")["id"][0]
    with pytest.raises(UsageError, match="no roll of states"):
        splits(RECORD, "P5", RECORD.at(RECORD.row_of(without)))
    early = RECORD.at(int(np.flatnonzero(RECORD.days >= np.datetime64("1947-09-01"))[0]))
    with pytest.raises(UsageError, match="had no member on 1947"):
        splits(RECORD, "EU", early)
    with pytest.raises(NotInRecord, match="Nearest"):
        splits(RECORD, "EUU", UKRAINE)
