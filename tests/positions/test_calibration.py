"""The map that makes probabilities come true, and that it looks back only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from votewire.positions.calibration import Grid, Map, calibrated, learned
from votewire.positions.chances import Chances


def made(truth: Map, n: int = 60_000, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    yes = 3 * rng.standard_normal(n)
    not_no = yes + rng.gamma(2.0, 1.0, n)
    p = truth.of(yes, not_no)
    choice = (rng.random(n)[:, None] > p.cumsum(axis=1)).sum(axis=1).clip(max=2)
    return yes, not_no, choice.astype(np.int8)


def test_calibration_finds_the_map_that_casts_were_made_with() -> None:
    truth = Map(slope=(1.3, 1.2), shift=(0.1, -0.3), lapse=0.02, lapsed=(0.6, 0.3, 0.1))
    grid = Grid()
    grid.add(*made(truth))
    found = Map()
    for _ in range(20):
        found = learned(grid, found)
    assert found.slope == pytest.approx(truth.slope, abs=0.06)
    assert found.shift == pytest.approx(truth.shift, abs=0.06)
    assert found.lapse == pytest.approx(truth.lapse, abs=0.006)


@given(st.floats(-30, 30), st.floats(0, 20), st.floats(0.3, 2), st.floats(0.3, 2))
@settings(max_examples=50, deadline=None)
def test_calibration_of_any_odds_sums_to_1_and_excludes_nothing(
    yes: float, gap: float, one: float, two: float
) -> None:
    p = Map(slope=(one, two)).of(np.array([yes]), np.array([yes + gap]))
    assert p.sum() == pytest.approx(1.0)
    assert (p > 1e-4).all()


def test_calibration_of_a_year_owes_nothing_to_that_year_or_later() -> None:
    yes, not_no, choice = made(Map(slope=(1.4, 1.4)), 9000)
    odds = Chances(yes, not_no, np.zeros(9000))
    years = np.repeat([2001, 2002, 2003], 3000)
    maps, at = calibrated(odds, choice, years)
    changed = choice.copy()
    changed[6000:] = 0
    others, _ = calibrated(odds, changed, years)
    assert maps[0] == Map()
    assert [maps[k] for k in np.unique(at)] == [others[k] for k in np.unique(at)]
    assert maps[3] != others[3]
    assert at.tolist() == (years - 2001).tolist()
