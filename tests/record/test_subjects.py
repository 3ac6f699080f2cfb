import polars as pl
import pytest

from votewire import open_record
from votewire.errors import NotInRecord, TooFewRollcalls, UsageError
from votewire.record import Record, Selection, subjects
from votewire.record.topics import topics


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


def test_subjects_topics_count_what_a_selection_finds(record: Record) -> None:
    answer = subjects.all_topics(record)
    assert answer.table.columns == ["topic", "name", "rollcalls", "first", "last", "definition"]
    assert answer.table["topic"].to_list() == [each.id for each in topics()]
    counted = dict(zip(answer.table["topic"], answer.table["rollcalls"], strict=True))
    assert counted["nuclear"] == len(Selection(topic="nuclear").rows(record))
    assert counted["kashmir"] == 0  # the Assembly never voted on it
    assert answer.table.filter(pl.col("rollcalls") == 0)["first"].null_count() >= 1


def test_subjects_one_topic_lists_the_newest_last(record: Record) -> None:
    answer = subjects.one_topic(record, "Ukraine", within=Selection(chamber="SC"))
    assert answer.question == "topic"
    assert answer.table.columns == ["id", "date", "symbol", "title", "yes", "no", "abstain"]
    assert answer.table["date"].is_sorted()
    assert answer.table["symbol"].to_list()[-1] == "S/RES/2774(2025)"
    assert "topic ukraine" in answer.basis


def test_subjects_one_topic_names_what_is_wrong(record: Record) -> None:
    with pytest.raises(NotInRecord, match="ukraine"):
        subjects.one_topic(record, "ukrane")
    with pytest.raises(TooFewRollcalls, match="topic kashmir"):
        subjects.one_topic(record, "kashmir")
    with pytest.raises(UsageError, match="give one"):
        subjects.one_topic(record, "iran", within=Selection(topic="nuclear"))


def test_subjects_chain_has_every_year_with_its_tally(record: Record) -> None:
    answer = subjects.one_chain(record, record.rollcall("A/RES/79/7"))
    assert answer.table.height == 33
    assert answer.table.row(0)[-3:] == (59, 3, 71)
    assert "First tally 59-3-71 (1992-11-24), latest 165-7-12 (2025-10-29)" in answer.told[1]


def test_subjects_chain_of_a_single_text_says_what_to_ask_next(record: Record) -> None:
    answer = subjects.one_chain(record, record.rollcall("A/RES/ES-11/7"))
    assert answer.table.height == 1
    assert answer.told[0] == "1 recorded vote on 2025-02-24."
    assert "--matter" in answer.told[1]
    around = subjects.one_chain(record, record.rollcall("A/RES/ES-11/7"), matter=True)
    assert around.table.height == 12


def test_subjects_chains_keep_to_the_selection_and_the_minimum(record: Record) -> None:
    recent = subjects.all_chains(record, least=20, within=Selection(topic="nuclear"))
    assert recent.table["rollcalls"].min() >= 20
    assert "Reducing nuclear danger" in recent.table["title"].to_list()
    fewer = subjects.all_chains(record, within=Selection(topic="nuclear", whole_texts=True))
    assert fewer.table.height > recent.table.height
    with pytest.raises(TooFewRollcalls, match="no text with 99 votes"):
        subjects.all_chains(record, least=99)


def test_subjects_topic_years_add_up_to_its_votes(record: Record) -> None:
    found = subjects.topic_years(record, "Ukraine")
    votes = subjects.one_topic(record, "ukraine").table
    years = votes.group_by(votes["date"].dt.year().cast(pl.String).alias("period")).len()
    assert dict(found.table.select("period", "rollcalls").iter_rows()) == dict(years.iter_rows())
    assert (found.table["share"] == found.table["rollcalls"] / found.table["of"]).all()
