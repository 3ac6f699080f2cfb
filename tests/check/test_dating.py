"""Wrong days of votes: said only where the page leaves no other reading."""

from __future__ import annotations

import pytest

import votewire
from votewire.record import Record

RESOLUTION = "resolution A/RES/ES-11/4"  # 12 October 2022, a Wednesday: 143-5-35
TALLY = "by 143 votes to 5, with 35 abstentions"


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def verdicts(text: str, record: Record, published: str = "2022-10-14") -> dict[str, str]:
    page = f"A vote at the UN\n\nPublished: {published}\n\n{text}\n"
    report = votewire.check_page(page.encode(), record)
    return {f"{c.claim.actor} {c.claim.action}": str(c.verdict) for c in report.checked}


@pytest.mark.parametrize(
    "day",
    ["on Wednesday", "on Thursday", "on 12 October", "on 13 October 2022", "on October 11, 2022"],
)
def test_dating_right_days_and_those_beside_them_are_supported(day: str, record: Record) -> None:
    found = verdicts(f"The UN General Assembly adopted {RESOLUTION} {day} {TALLY}.", record)
    assert found["GA adopted"] == "supported"


@pytest.mark.parametrize("day", ["on Monday", "on 8 October", "on October 6, 2022"])
@pytest.mark.parametrize("text", [RESOLUTION, "a resolution on Ukraine"])
def test_dating_a_wrong_day_contradicts_the_outcome(day: str, text: str, record: Record) -> None:
    found = verdicts(f"The UN General Assembly adopted {text} {day} {TALLY}.", record)
    assert found["GA adopted"] == "contradicted"


def test_dating_a_wrong_day_leaves_a_vote_partly_right(record: Record) -> None:
    text = f"India abstained on Monday on General Assembly {RESOLUTION}. It was adopted {TALLY}."
    found = verdicts(text, record)
    assert found["IND abstained"] == "partly"


def test_dating_a_wrong_day_hides_no_wrong_vote_where_the_tally_names_the_text(
    record: Record,
) -> None:
    text = f"The UN General Assembly on Monday adopted {RESOLUTION} {TALLY}. Canada abstained."
    assert verdicts(text, record)["CAN abstained"] == "contradicted"


@pytest.mark.parametrize("published", ["2022-10-21", "2022-11-04"])
def test_dating_a_weekday_may_be_of_another_week(published: str, record: Record) -> None:
    # A page put out again, or dated by its last update.
    text = f"The UN General Assembly adopted {RESOLUTION} on Wednesday {TALLY}."
    assert verdicts(text, record, published)["GA adopted"] != "contradicted"


def test_dating_yesterday_may_be_of_a_page_put_out_again(record: Record) -> None:
    text = f"The UN General Assembly adopted {RESOLUTION} yesterday {TALLY}."
    assert verdicts(text, record, "2022-10-18")["GA adopted"] != "contradicted"


def test_dating_a_day_of_something_else_in_the_sentence_counts_for_nothing(record: Record) -> None:
    text = (
        f"Envoys met on Monday, two days before the General Assembly adopted {RESOLUTION}. It was "
        f"adopted {TALLY} on Wednesday."
    )
    assert verdicts(text, record)["GA adopted"] == "supported"


def test_dating_without_symbol_and_tally_says_nothing_of_a_day(record: Record) -> None:
    text = "The UN General Assembly on Sunday adopted a resolution. India abstained."
    assert set(verdicts(text, record).values()) == {"not_in_record"}
