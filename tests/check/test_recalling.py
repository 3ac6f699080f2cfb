"""Votes of another time that a page recalls."""

from __future__ import annotations

import pytest

import votewire
from votewire.check import Checked
from votewire.record import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def checked(text: str, day: str, record: Record) -> list[Checked]:
    return list(votewire.check_page(f"News\n\n{day}\n\n{text}\n".encode(), record).checked)


CUBA = "The General Assembly voted 187-3 on Thursday to urge an end to the embargo on Cuba. "


def test_recalling_the_same_text_a_year_before_is_found(record: Record) -> None:
    found = checked(f"{CUBA}Last year, the assembly voted 189-2.", "2019-11-08", record)[-1]
    assert (found.verdict, found.rollcall) == ("supported", "A/RES/73/8")


def test_recalling_a_wrong_tally_of_the_same_text_is_contradicted(record: Record) -> None:
    found = checked(f"{CUBA}Last year, the assembly voted 180-2.", "2019-11-08", record)[-1]
    assert (found.verdict, found.rollcall) == ("contradicted", "A/RES/73/8")


def test_recalling_a_like_text_by_its_counts(record: Record) -> None:
    text = (
        "The Security Council adopted resolution 2774 on Monday by 10 votes to none. In 2023 the "
        "Assembly adopted a similar text by 141 votes to 7. India abstained. China voted against."
    )
    found = checked(text, "2025-02-25", record)
    assert [(c.rollcall, c.verdict) for c in found[-3:]] == [
        ("A/RES/ES-11/6", "supported"),
        ("A/RES/ES-11/6", "supported"),
        ("A/RES/ES-11/6", "contradicted"),
    ]


def test_recalling_one_of_many_is_unclear(record: Record) -> None:
    text = (
        "The Security Council adopted resolution 2774 on Monday by 10 votes to none. In 2012 the "
        "General Assembly adopted a resolution on water."
    )
    found = checked(text, "2025-02-25", record)[-1]
    assert found.verdict == "unclear"
    assert found.rollcall is None


def test_recalling_beyond_the_record_says_what_it_lacks(record: Record) -> None:
    text = "In 1920 the General Assembly adopted a resolution by 20 votes to 3."
    found = checked(text, "2019-11-08", record)[-1]
    assert found.verdict == "not_in_record"
    assert "1920" in found.reason
