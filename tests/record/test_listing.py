"""Rollcalls that fit conditions."""

from __future__ import annotations

import pytest

import votewire
from votewire.errors import NotInRecord
from votewire.record.listing import Asked, listing
from votewire.record.topics import on_topic

RECORD = votewire.open_record()


def test_listing_of_a_topic_holds_what_is_on_it() -> None:
    found = listing(RECORD, Asked(topic="Ukraine", chamber="SC"))
    mask = on_topic(RECORD, "ukraine") & (RECORD.rollcalls["chamber"] == "SC").to_numpy()
    assert found.table["id"].to_list() == RECORD.rollcalls["id"].filter(mask).to_list()
    assert found.facts["found"] == int(mask.sum()) > 0
    assert "on Ukraine" in found.told[0]


def test_listing_of_an_unknown_topic_is_refused() -> None:
    with pytest.raises(NotInRecord):
        listing(RECORD, Asked(topic="cheese"))


def test_listing_parts_make_up_the_whole() -> None:
    asked = Asked(state="IND", choice="no", newest_first=True)
    whole = listing(RECORD, asked)
    parts = [listing(RECORD, asked, top=100, skip=at) for at in range(0, whole.table.height, 100)]
    ids = [each for part in parts for each in part.table["id"]]
    assert ids == whole.table["id"].to_list()
    assert {part.facts["found"] for part in parts} == {whole.table.height}
