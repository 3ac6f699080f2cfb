"""Forecasts: counts add up, the same seed the same tally, uncertainty where it belongs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import votewire
from votewire.errors import NotInRecord
from votewire.positions.filtering import States
from votewire.positions.forecast import forecast_of, simulated

RECORD = votewire.open_record()


def votes(share: float = 0.01, before: int = 0, n: int = 150, **given: float) -> object:
    positions = States(np.linspace(-2, 2, n)[:, None], np.full((n, 1, 1), 0.02))
    last = np.full(n, before, dtype=np.int8)
    return simulated(
        positions,
        np.array([2.0, 1.0, 0.0]),
        share * np.eye(3),
        last,
        np.random.default_rng(0),
        2000,
        **given,
    )


def test_forecast_counts_are_of_those_who_take_part() -> None:
    found = votes()
    total = found.counts.sum(axis=1)
    assert total.max() <= 150
    assert total.mean() == pytest.approx(0.95 * 150, rel=0.02)
    assert found.chances.sum(axis=1) == pytest.approx(np.ones(150))


def test_forecast_is_wider_where_the_text_is_less_known() -> None:
    one, other = (votes(share, stays=0.0).interval(0) for share in (0.01, 1.0))
    assert other[2] - other[0] > 1.5 * (one[2] - one[0])


def test_forecast_of_states_that_repeat_themselves_is_the_last_vote() -> None:
    found = votes(before=2, stays=1.0)
    assert (found.counts[:, :2] == 0).all()
    assert (found.chances[:, 2] == 1).all()


def test_forecast_of_a_recurring_text_is_near_its_last_vote(tmp_path: Path) -> None:
    rollcall = RECORD.rollcall("A/RES/80/4")
    answer, again = (forecast_of(RECORD, rollcall, tmp_path) for _ in range(2))
    assert answer.table.equals(again.table)
    assert answer.facts == again.facts
    facts = answer.facts
    assert facts["yes_low"] <= rollcall.tally.yes <= facts["yes_high"]
    assert answer.table.height == 193
    total = answer.table["p_yes"] + answer.table["p_abstain"] + answer.table["p_no"]
    assert np.allclose(total.to_numpy(), 1.0)


def test_forecast_like_a_text_is_less_certain_than_of_it(tmp_path: Path) -> None:
    rollcall = RECORD.rollcall("A/RES/80/4")
    same, like = (forecast_of(RECORD, rollcall, tmp_path, same=s).facts for s in (True, False))
    assert like["yes_high"] - like["yes_low"] > same["yes_high"] - same["yes_low"]


def test_forecast_of_the_council_is_not_in_the_record(tmp_path: Path) -> None:
    with pytest.raises(NotInRecord, match="General Assembly"):
        forecast_of(RECORD, RECORD.rollcall("S/RES/2774"), tmp_path)
