"""What a fit says of states and sessions: rows, intervals, order, and what it cannot say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from tests.positions.made import DRAWS, RECORD, SD, WITHIN, fit, problem, sampled
from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.answers import fitted, rank, show
from votewire.positions.tables import position_table, shift_table, size_ranks

COLUMNS = ["state", "session", "year", "mean", "sd", "q05", "q95", "n_casts"]


def test_answers_table_has_one_row_for_each_state_and_session_it_voted_in() -> None:
    table = position_table(fit())
    assert table.columns == COLUMNS
    assert table.height == int(problem().present.sum())
    assert table.select("state", "session").is_duplicated().sum() == 0
    assert table.equals(table.sort("state", "session"))
    assert set(table["session"]) == {71, 72, 73}
    assert (table["year"] - table["session"]).unique().to_list() == [1945]


@pytest.mark.parametrize("code", ["USA", "FRA", "VUT"])
def test_answers_casts_are_those_on_contested_rollcalls(code: str) -> None:
    row = position_table(fit(), [code]).filter(session=72).row(0, named=True)
    found = problem()
    lengths = [len(block.items) for block in found.blocks]
    rows = found.rows[lengths[0] : lengths[0] + lengths[1]]
    casts = RECORD.choices[rows, states.codes().index(code)]
    assert row["n_casts"] == int((casts <= 2).sum()) > 0


def test_answers_means_are_those_of_the_state_and_session() -> None:
    found = fit()
    at = np.flatnonzero((found.period == 1) & (found.state == found.states.index("IND")))
    row = position_table(found, ["IND"]).filter(session=72)
    assert row["mean"].item() == found.mean[at, 0]


def test_answers_intervals_are_of_90_percent() -> None:
    table = position_table(fit())
    assert np.allclose(table["sd"], SD)
    assert np.allclose((table["q95"] - table["q05"]) / 2, 1.6449 * SD, atol=1e-4)
    assert np.allclose((table["q95"] + table["q05"]) / 2, table["mean"])


def test_answers_several_dimensions_have_a_row_each() -> None:
    one, two = position_table(fit()), position_table(fit(dims=2))
    assert two.columns == [*COLUMNS[:3], "dimension", *COLUMNS[3:]]
    assert two.height == 2 * one.height
    first, second = (two.filter(dimension=k).drop("dimension") for k in (1, 2))
    assert first.equals(one)
    assert (first["mean"] + second["mean"]).abs().max() == 0


def test_answers_method_and_prior_are_defined() -> None:
    normal = show(fit(), ["USA"], record=RECORD, within=WITHIN).definition
    drawn = show(sampled(), ["USA"], record=RECORD, within=WITHIN).definition
    assert "normal approximation" in normal
    assert f"from {DRAWS} draws" in drawn
    assert "normal approximation" not in drawn
    assert "Prior rw" in normal
    assert "two dimensions" in show(fit(dims=2), ["USA"], record=RECORD).definition


def test_answers_show_of_states_since_a_year() -> None:
    answer = show(fit(), ["USA", "CUB"], 2017, record=RECORD, within=WITHIN)
    assert answer.question == "positions"
    assert answer.table["state"].to_list() == ["CUB", "CUB", "USA", "USA"]
    assert answer.table["year"].min() == 2017
    assert answer.told[0].startswith("United States in session 73 (2018): ")
    assert "in session 72 (2017): " in answer.told[0]
    assert answer.told[1].startswith("Cuba in session 73")
    assert f"{fit().casts:,} casts" in answer.told[-1]


def test_answers_say_which_rollcalls_and_which_record() -> None:
    answer = show(fit(), None, record=RECORD, within=WITHIN)
    assert f"{fit().rollcalls:,} rollcalls contested" in answer.basis
    assert f"{fit().dropped} unanimous left out" in answer.basis
    assert "from 2016-09-01" in answer.basis
    assert answer.record_hash == RECORD.hash
    assert "Bailey, Strezhnev and Voeten" in answer.definition
    assert len(answer.told) == 1


@pytest.mark.parametrize(
    ("codes", "since", "why"),
    [(["SUN", "USA"], None, "positions of SUN'"), (None, 2030, "opened in 2030 or later")],
)
def test_answers_show_of_nothing_is_said(codes: list[str] | None, since: int, why: str) -> None:
    with pytest.raises(NotInRecord, match=why):
        show(fit(), codes, since, record=RECORD, within=WITHIN)


def test_answers_rank_puts_the_highest_first() -> None:
    answer = rank(fit(), 72, record=RECORD, within=WITHIN)
    table = answer.table
    assert table.columns == ["rank", "state", "name", *COLUMNS[3:]]
    assert table["rank"].to_list() == list(range(1, 194))
    assert table["mean"].is_sorted(descending=True)
    assert table.row(0)[1:3] == ("USA", "United States")
    assert answer.told[0].startswith("From United States (")
    assert answer.told[0].endswith("193 states.")


def test_answers_rank_of_equal_positions_is_by_code() -> None:
    table = rank(fit(), 72, record=RECORD, within=WITHIN).table
    same = table.filter(pl.col("mean").is_duplicated())
    assert same.equals(same.sort("mean", "state", descending=(True, False)))


def test_answers_rank_of_a_session_that_was_not_fitted_names_the_nearest() -> None:
    with pytest.raises(NotInRecord) as caught:
        rank(fit(), 75, record=RECORD, within=WITHIN)
    assert caught.value.nearest == ("71", "72", "73")


def test_answers_fitted_counts_what_it_rests_on() -> None:
    answer, found = fitted(fit(), record=RECORD, within=WITHIN), problem()
    table = answer.table
    assert table["session"].to_list() == [71, 72, 73]
    assert table["rollcalls"].sum() == answer.facts["rollcalls"] == len(found.rows)
    assert table["n_casts"].sum() == answer.facts["casts"] == found.casts
    assert table["states"].to_list() == found.present.sum(axis=1).tolist()
    assert "Converged in 12 sweeps" in answer.told[1]


def test_answers_fitted_without_a_point_fit_says_nothing_of_sweeps() -> None:
    answer = fitted(replace(fit(), sweeps=0), record=RECORD, within=WITHIN)
    assert len(answer.told) == 1


def test_answers_rank_of_two_dimensions_has_two_orders() -> None:
    answer = rank(fit(dims=2), 72, record=RECORD, within=WITHIN)
    one, two = (answer.table.filter(dimension=k)["state"].to_list() for k in (1, 2))
    assert one[0] == two[-1] == "USA"
    assert answer.told[0].startswith("Dimension 1: from United States")


def test_answers_shift_table_ranks_by_size() -> None:
    table = shift_table(fit())
    assert table["rank"].to_list() == sorted(table["rank"].to_list())
    size = table["shift"].abs()
    assert size.is_sorted(descending=True)
    assert set(table["session"]) == {72, 73}
    assert table["of"].unique().to_list() == [table.height]
    assert ((table["shift"] > 0) == (table["p_up"] > 0.5)).all()
    usa = shift_table(fit(), ["USA"], since=2018, until=2018)
    assert usa["session"].to_list() == [73]
    assert usa["rank"].item() == table.filter(state="USA", session=73)["rank"].item()


def test_answers_size_ranks_share_a_place() -> None:
    assert size_ranks(np.array([[1.0], [-3.0], [3.0], [0.5]])).ravel().tolist() == [3, 1, 1, 4]


def test_answers_shifts_are_of_the_draws_and_not_of_the_intervals() -> None:
    found = sampled()
    at = int(np.flatnonzero(~found.first)[7])
    draws = np.asarray(found.sample)[:, :, 0].astype(float)
    moved = draws[:, at] - draws[:, at - 1]
    assert found.shift[at, 0] == pytest.approx(moved.mean())
    assert found.shift_sd[at, 0] == pytest.approx(moved.std(ddof=1))
    assert found.shift_up[at, 0] == (moved > 0).mean()
    assert np.isnan(found.shift[found.first]).all()
