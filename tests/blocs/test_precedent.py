from datetime import date

import pytest

import votewire
from votewire.blocs.precedent import first, state_and_choice
from votewire.errors import UsageError
from votewire.record import Choice, Selection

RECORD = votewire.open_record()
UKRAINE = RECORD.rollcall("A/RES/ES-11/7")


@pytest.mark.parametrize(
    ("typed", "state", "choice"),
    [
        ("USA no", "USA", Choice.NO),
        ("Russia abstain", "Russia", Choice.ABSTAIN),
        ("United States  voted No", "United States", Choice.NO),
        ("Côte d'Ivoire did not vote", "Côte d'Ivoire", Choice.NON_VOTING),
        ("India abstained", "India", Choice.ABSTAIN),
        ("Hungary voted against", "Hungary", Choice.NO),
        ("France in favour", "France", Choice.YES),
        ("Congo voted for", "Congo", Choice.YES),
        ("Norway YES", "Norway", Choice.YES),
        ("Chad non_voting", "Chad", Choice.NON_VOTING),
    ],
)
def test_state_and_choice_reads_what_people_type(typed: str, state: str, choice: Choice) -> None:
    assert state_and_choice(typed) == (state, choice)


@pytest.mark.parametrize("typed", ["USA", "no", "USA perhaps", "", "Monaco", "Casino"])
def test_state_and_choice_refuses_what_is_no_choice(typed: str) -> None:
    with pytest.raises(UsageError, match="does not end in a choice"):
        state_and_choice(typed)


def test_first_the_united_states_had_not_voted_no_on_ukraine() -> None:
    answer = first(RECORD, "USA", Choice.NO, like=UKRAINE)
    table = answer.table
    assert table.columns == ["id", "date", "symbol", "title", "choice", "tally"]
    earlier = [f"A/RES/ES-11/{n}" for n in range(1, 7)]
    assert set(earlier) <= set(table["symbol"])
    assert (table["date"] < UKRAINE.date).all()
    assert set(table["choice"]) == {"yes"}
    n = table.height
    assert answer.told[0] == (
        f"No earlier vote: 0 of {n} earlier recorded votes on the item; it voted Yes on {n}."
    )
    assert answer.told[1] == "On A/RES/ES-11/7 (2025-02-24) the United States voted No."
    assert answer.facts["unprecedented"] is True
    assert "complete to 2025-10-29" in answer.told[2]


def test_first_counts_the_same_choice_when_there_was_one() -> None:
    embargo = RECORD.rollcall("A/RES/79/7")
    answer = first(RECORD, "USA", Choice.NO, like=embargo, strict=True)
    no = answer.table.filter(answer.table["choice"] == "no")
    assert answer.facts["n"] == no.height
    assert answer.facts["earlier_votes"] == answer.table.height
    assert answer.facts["unprecedented"] is False
    start = f"Not the first: the United States voted No on {no.height} of {answer.table.height} "
    assert answer.told[0].startswith(start)
    assert f"{no['symbol'][-1]} on {no['date'][-1]}" in answer.told[0]
    abstained = answer.table.filter(answer.table["choice"] == "abstain")
    assert abstained["date"].to_list() == [date(2016, 10, 26)]


def test_first_the_strict_item_is_a_part_of_the_matter() -> None:
    embargo = RECORD.rollcall("A/RES/79/7")
    strict, loose = (
        set(first(RECORD, "CUB", Choice.YES, like=embargo, strict=s).table["id"])
        for s in (True, False)
    )
    assert strict <= loose


def test_first_by_words_is_what_the_selection_chooses() -> None:
    within = Selection(text="death penalty", since=date(2000, 1, 1), whole_texts=True)
    answer = first(RECORD, "IND", Choice.YES, within=within)
    rows = within.rows(RECORD)
    assert answer.table["id"].to_list() == RECORD.rollcalls["id"][rows].to_list()
    assert answer.facts["rollcall"] is None
    before = first(RECORD, "IND", Choice.YES, within=within, like=RECORD.rollcall("A/RES/73/175"))
    assert before.table.height < answer.table.height
    assert (before.table["date"] < date(2018, 12, 17)).all()


def test_first_has_nothing_to_compare_with_at_the_start() -> None:
    answer = first(RECORD, "FRA", Choice.NO, like=RECORD.rollcall("A/RES/ES-11/1"))
    if answer.table.height == 0:
        assert "nothing to compare with" in answer.told[0]
        assert answer.facts["unprecedented"] is None
    else:
        assert (answer.table["date"] < date(2022, 3, 2)).all()


def test_first_tells_of_a_seat_that_another_state_had() -> None:
    within = Selection(text="nuclear", since=date(1989, 1, 1), until=date(1993, 12, 31))
    answer = first(RECORD, "RUS", Choice.NO, within=within)
    assert "the Soviet Union had it before: ask for SUN" in answer.told[-1]
    assert (answer.table["date"] >= date(1991, 12, 24)).all()


def test_first_needs_an_item() -> None:
    with pytest.raises(UsageError, match="--like SYMBOL"):
        first(RECORD, "USA", Choice.NO)
    with pytest.raises(UsageError, match="--same-text needs"):
        first(RECORD, "USA", Choice.NO, strict=True, within=Selection(text="nuclear"))
