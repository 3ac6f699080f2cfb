"""Every state in one table."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

import votewire
from votewire import states
from votewire.pipeline.every_state import every_state
from votewire.positions.ready import ready
from votewire.record import Answer

RECORD = votewire.open_record()


@pytest.fixture(scope="module")
def found() -> Answer:
    fit = ready(RECORD)
    assert fit is not None
    return every_state(RECORD, fit)


def test_every_state_is_there_once(found: Answer) -> None:
    assert sorted(found.table["state"]) == list(states.codes())
    members = found.table.filter(pl.col("until").is_null())["state"]
    assert set(members) == states.members_on(RECORD.complete_to["GA"])
    assert found.facts["members"] == len(members)


def test_every_state_that_ended_has_its_last_day_and_position(found: Answer) -> None:
    row = found.table.filter(pl.col("state") == "SUN").row(0, named=True)
    assert row["until"] == date(1991, 12, 23)
    assert row["session"] == 46
    assert row["q05"] < row["position"] < row["q95"]
    assert row["value_USA"] is None


def test_every_state_counts_the_year_to_the_last_day(found: Answer) -> None:
    assert (RECORD.complete_to["GA"] - found.facts["since"]).days == 364
    assert found.table["n_USA"].max() <= 119
