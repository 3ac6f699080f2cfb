"""A fit beside published estimates: the figures on made ones, where they are known."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from tests.conftest import shared
from tests.positions.made import RECORD, WITHIN, fit
from votewire.errors import TooFewRollcalls
from votewire.positions.comparing import compare, compare_table
from votewire.positions.published import read_published
from votewire.positions.tables import position_table


def published(scale: float = 1.0, wide: float = 1.0, noise: float = 0.0) -> pl.DataFrame:
    """Published estimates made of the fit itself: stretched, with wider intervals, with noise."""
    table = position_table(fit())
    rng = np.random.default_rng(3)
    mean = scale * table["mean"] + noise * pl.Series(rng.normal(size=table.height))
    half = wide * (table["q95"] - table["q05"]) / 2
    return table.select("state", "session", "n_casts").with_columns(
        mean=mean, q05=mean - half, q95=mean + half
    )


def test_comparing_with_itself_is_perfect() -> None:
    facts = compare(fit(), published(), record=RECORD, within=WITHIN).facts
    for name in ("r", "r_within", "r_worst", "spread_ratio", "sd_ratio"):
        assert facts[name] == pytest.approx(1.0)
    assert facts["n"] == position_table(fit()).height
    assert facts["sessions"] == 3


def test_comparing_scale_and_width_are_ratios_of_ours_to_theirs() -> None:
    facts = compare(fit(), published(scale=2, wide=4), record=RECORD, within=WITHIN).facts
    assert facts["r"] == pytest.approx(1.0)
    assert facts["spread_ratio"] == pytest.approx(0.5)
    assert facts["sd_ratio"] == pytest.approx(0.25)


def test_comparing_mirrored_positions_correlate_at_minus_one() -> None:
    table = compare_table(fit(), published(scale=-1))
    assert table["r"].to_list() == pytest.approx([-1.0] * 3)


def test_comparing_worst_session_is_named() -> None:
    noisy = pl.col("session") == 72
    mixed = pl.concat([published().filter(~noisy), published(noise=1.0).filter(noisy)])
    answer = compare(fit(), mixed, record=RECORD, within=WITHIN)
    assert answer.facts["worst_session"] == 72
    assert answer.facts["r_worst"] == answer.table.filter(session=72)["r"].item() < 0.9
    assert "lowest in session 72" in answer.told[1]
    by_hand = np.corrcoef(
        position_table(fit()).filter(session=72)["mean"], mixed.filter(session=72)["mean"]
    )[0, 1]
    assert answer.facts["r_worst"] == pytest.approx(by_hand)


def test_comparing_session_of_few_states_has_no_correlation() -> None:
    few = published().filter((pl.col("session") < 73) | (pl.col("state") < "ARG"))
    row = compare_table(fit(), few).row(2, named=True)
    assert 0 < row["n"] < 10
    assert row["r"] is row["spread_ratio"] is row["sd_ratio"] is None
    assert compare(fit(), few, record=RECORD, within=WITHIN).facts["sessions"] == 2


def test_comparing_with_nothing_in_common_is_said() -> None:
    with pytest.raises(TooFewRollcalls, match=r"^0 of 579 published positions"):
        compare(
            fit(),
            published().with_columns(pl.col("session") - 60),
            record=RECORD,
            within=WITHIN,
        )


def test_comparing_agreement_with_the_united_states_is_near_the_published_positions() -> None:
    source = shared("data/idealpoints/IdealpointestimatesAll_Apr2020.csv").read_bytes()
    answer = compare(fit(), read_published(source), record=RECORD, within=WITHIN)
    assert answer.facts["n"] == 579
    assert answer.facts["r_worst"] > 0.9
