import numpy as np
import polars as pl
import pytest

from votewire import open_record
from votewire.errors import NotInRecord
from votewire.record import Record, Selection
from votewire.record.topics import Topic, on_topic, topic, topics


@pytest.fixture(scope="module")
def record() -> Record:
    return open_record()


@pytest.mark.parametrize("each", topics(), ids=lambda each: each.id)
def test_topics_take_the_title_they_must_and_leave_the_other(record: Record, each: Topic) -> None:
    titles = record.rollcalls["title"]
    for title in (each.must, each.must_not):
        assert (titles == title).any(), f"{title!r} is no title of the record"
    mask = on_topic(record, each.id)
    assert mask[(titles == each.must).fill_null(value=False).to_numpy()].any()
    assert not mask[(titles == each.must_not).fill_null(value=False).to_numpy()].any()
    assert each.matches(pl.Series([each.must, each.must_not])).tolist() == [True, False]


def test_topics_all_have_rollcalls_and_a_sentence(record: Record) -> None:
    for each in topics():
        assert on_topic(record, each.id).sum() >= 10, each.id
        assert each.definition.endswith("."), each.id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ukraine", "ukraine"),
        ("Human rights", "human-rights"),
        ("HUMAN-RIGHTS", "human-rights"),
        ("Middle East", "palestine"),
        ("north_korea", "korea"),
        ("Decolonisation", "decolonization"),
    ],
)
def test_topics_are_found_by_any_of_their_names(typed: str, meant: str) -> None:
    assert topic(typed.replace("_", " ")).id == meant


def test_topics_unknown_one_names_the_nearest(record: Record) -> None:
    with pytest.raises(NotInRecord) as raised:
        on_topic(record, "ukrane")
    assert raised.value.nearest[0] == "ukraine"


def test_topics_names_are_unique() -> None:
    ids = [each.id for each in topics()]
    assert ids == sorted(set(ids))
    names = [each.name for each in topics()]
    assert len(set(names)) == len(names)


def test_topics_parts_follow_their_text(record: Record) -> None:
    says_nothing = "We shall now take a decision on draft resolution II, as orally corrected"
    part = (record.rollcalls["title"] == says_nothing).fill_null(value=False).to_numpy()
    assert record.rollcalls["symbol"].filter(pl.Series(part)).to_list() == ["A/RES/61/232"]
    assert on_topic(record, "myanmar")[part].all()


def test_topics_have_years(record: Record) -> None:
    years = record.days[on_topic(record, "syria")].astype("datetime64[Y]").astype(int) + 1970
    assert years.min() == 2011


def test_topics_mask_cannot_be_changed(record: Record) -> None:
    with pytest.raises(ValueError, match="read-only"):
        on_topic(record, "ukraine")[0] = True


def test_topics_choose_the_rows_of_a_selection(record: Record) -> None:
    rows = Selection(topic="Ukraine").rows(record)
    assert on_topic(record, "ukraine")[rows].all()
    assert record.row_of(record.rollcall("A/RES/ES-11/7").id) in rows


FLOORS = {  # precision, recall against Voeten's code where he gives any
    "palestine": (0.97, 0.94),
    "nuclear": (0.93, 0.91),
    "disarmament": (0.78, 0.94),
    "human-rights": (0.78, 0.77),
    "decolonization": (0.94, 0.55),
    "development": (0.88, 0.32),
}


@pytest.mark.parametrize("name", FLOORS)
def test_topics_compare_with_voeten_codes(record: Record, name: str) -> None:
    issues = record.rollcalls["issues"]
    coded = (issues.list.len() > 0).to_numpy()
    his = issues.list.contains(topic(name).voeten).to_numpy()[coded]
    ours = on_topic(record, name)[coded]
    both = np.count_nonzero(his & ours)
    precision, recall = FLOORS[name]
    assert both / ours.sum() >= precision
    assert both / his.sum() >= recall
