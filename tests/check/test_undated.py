"""Pages that name no day: tied to the vote that their counts, casts and subject single out."""

from __future__ import annotations

import pytest

import votewire
from votewire.record import Record

PAGE = "How the Assembly voted\n\n{}\n"
ROLL = (
    "The UN General Assembly adopted a resolution on the territory of Ukraine by 100 votes to 11, "
    "with 58 abstentions."
)


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def verdicts(text: str, record: Record) -> dict[str, tuple[str, str | None]]:
    report = votewire.check_page(PAGE.format(text).encode(), record)
    return {
        f"{item.claim.actor} {item.claim.action}": (str(item.verdict), item.rollcall)
        for item in report.checked
    }


def test_undated_page_is_tied_by_its_counts(record: Record) -> None:
    found = verdicts(f"{ROLL} India abstained. Cuba voted against.", record)
    assert found["GA adopted"] == ("supported", "A/RES/68/262")
    assert found["IND abstained"] == ("supported", "A/RES/68/262")
    assert found["CUB voted_no"] == ("supported", "A/RES/68/262")


def test_undated_page_that_errs_once_is_told_so(record: Record) -> None:
    found = verdicts(f"{ROLL} Canada abstained.", record)
    assert found["CAN abstained"] == ("contradicted", "A/RES/68/262")


def test_undated_page_of_every_year_is_tied_to_none(record: Record) -> None:
    text = "The UN General Assembly voted against the embargo on Cuba. The United States voted No."
    assert verdicts(text, record)["USA voted_no"][1] is None


def test_undated_page_of_few_words_is_tied_to_none(record: Record) -> None:
    found = verdicts("In the UN General Assembly, India abstained.", record)
    assert found["IND abstained"] == ("unclear", None)


def test_committee_of_the_assembly_is_not_the_assembly(record: Record) -> None:
    found = verdicts("The First Committee of the General Assembly voted 123-38.", record)
    assert found
    assert all(actor.startswith("C1 ") for actor in found)


def test_page_that_has_nothing_but_casts_of_a_vote_is_not_held_against_it(record: Record) -> None:
    """The vote of 19 September 2025 on Iran is not in the record; another of that week is."""
    told = (
        "NEW YORK, Sept. 19, 2025 - The Security Council rejected a draft resolution on Iran. Four "
        "members, Russia, China, Pakistan and Algeria, voted for it, nine voted against and two "
        "abstained."
    )
    found = verdicts(told, record)
    assert found["SC rejected"][0] == "unclear"
    assert found["RUS voted_yes"][0] == "unclear"


def test_one_wrong_count_and_a_wrong_outcome_are_told(record: Record) -> None:
    told = (
        "NEW YORK, Oct. 12, 2022 - The UN General Assembly rejected a resolution on the "
        "territorial integrity of Ukraine by 143 votes to 5, with 35 abstentions."
    )
    assert verdicts(told, record)["GA rejected"][0] == "contradicted"
