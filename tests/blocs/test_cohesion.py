from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import votewire
from votewire import states
from votewire.blocs import cohesion_reference as reference
from votewire.blocs.cohesion import (
    agreement_index,
    bootstrap_mean,
    cohesion,
    group_rolls,
    modal_choice,
    rice_index,
    tallies,
)
from votewire.errors import NotInRecord, TooFewRollcalls, UsageError
from votewire.record import Choice, Selection

RECORD = votewire.open_record()
SHAPES = st.tuples(st.integers(1, 12), st.integers(1, 9))
ROLLS = SHAPES.flatmap(
    lambda shape: st.tuples(
        arrays(np.int8, shape, elements=st.integers(0, 5)), arrays(np.bool_, shape)
    )
)
SINCE_2023 = Selection(since=date(2023, 1, 1))


@given(ROLLS)
def test_cohesion_kernels_equal_the_papers_loops(rolls: tuple[np.ndarray, np.ndarray]) -> None:
    choices, inside = rolls
    counts = tallies(choices, inside)
    members = [roll[kept].tolist() for roll, kept in zip(choices, inside, strict=True)]
    for fast, slow in (
        (agreement_index, reference.agreement_index),
        (rice_index, reference.rice_index),
    ):
        np.testing.assert_allclose(fast(counts), [slow(roll) for roll in members], atol=1e-12)
    modal = [reference.modal_choice(roll) for roll in members]
    assert modal_choice(counts).tolist() == [-1 if choice is None else choice for choice in modal]


@given(ROLLS, st.randoms())
def test_cohesion_does_not_depend_on_the_order_of_states(
    rolls: tuple[np.ndarray, np.ndarray], random: object
) -> None:
    choices, inside = rolls
    order = list(range(choices.shape[1]))
    random.shuffle(order)  # type: ignore[attr-defined]
    index = agreement_index(tallies(choices, inside))
    again = agreement_index(tallies(choices[:, order], inside[:, order]))
    assert np.array_equal(index, again, equal_nan=True)
    assert ((index[~np.isnan(index)] >= 0) & (index[~np.isnan(index)] <= 1)).all()


def test_cohesion_known_values() -> None:
    # 26 Yes, 1 No of 27: (26 - 1/2) / 27; a third each: 0; 4-4-0: (4 - 4/2) / 8.
    counts = np.array([[26, 0, 1], [3, 3, 3], [4, 0, 4], [0, 5, 0], [0, 0, 0]])
    expected = [25.5 / 27, 0, 0.25, 1, np.nan]
    np.testing.assert_allclose(agreement_index(counts), expected)
    np.testing.assert_allclose(rice_index(counts), [25 / 27, 0, 0, np.nan, np.nan])


def test_group_rolls_counts_the_members_of_each_day() -> None:
    rows = Selection(since=date(2019, 1, 1), until=date(2021, 12, 31)).rows(RECORD)
    rolls = group_rolls(RECORD, "EU", rows, minimum=3)
    kingdom = rolls.inside[:, states.codes().index("GBR")]
    before = RECORD.days[rolls.rows] < np.datetime64("2020-02-01")
    assert np.array_equal(kingdom, before)
    assert rolls.counts.sum(axis=1).max() == 28


def test_group_rolls_leaves_out_rolls_of_which_little_is_known() -> None:
    rows = Selection(chamber="SC", until=date(1990, 12, 31)).rows(RECORD)
    rolls = group_rolls(RECORD, "P5", rows, minimum=1)
    left = np.setdiff1d(rows, rolls.rows)
    assert (RECORD.rollcalls["roll"][left] == "partial").all()
    assert left.size > 100


def test_cohesion_is_the_mean_over_rollcalls_and_stands_beside_the_house() -> None:
    answer = cohesion(RECORD, "EU", within=SINCE_2023)
    members = [list(states.codes()).index(c) for c in states.group_members("EU", date(2023, 1, 1))]
    rows = SINCE_2023.rows(RECORD)
    own = [reference.agreement_index(RECORD.choices[row, members]) for row in rows]
    house = [reference.agreement_index(RECORD.choices[row]) for row in rows]
    line = answer.table.row(0, named=True)
    assert answer.table.columns[:5] == ["period", "n", "value", "low", "high"]
    assert line["n"] == len(rows)
    assert line["value"] == pytest.approx(np.mean(own))
    assert line["house"] == pytest.approx(np.mean(house))
    assert line["low"] < line["value"] < line["high"]
    assert f"{line['house']:.3f}" in answer.told[0]


def test_cohesion_by_session_adds_up_and_ranks_only_long_periods() -> None:
    whole = cohesion(RECORD, "EU", within=SINCE_2023).table
    answer = cohesion(RECORD, "EU", within=SINCE_2023, by="session")
    parts = answer.table
    assert parts["n"].sum() == whole["n"][0]
    assert (parts["value"] * parts["n"]).sum() / parts["n"].sum() == pytest.approx(
        whole["value"][0]
    )
    assert parts.filter(parts["n"] < 10).height
    ranked = [line for line in answer.told if " united, of " in line]
    short = parts.filter(parts["n"] < 10)["period"]
    assert not any(f" in {period}:" in line for line in ranked for period in short)


def test_cohesion_by_rice_counts_members_that_voted_yes_or_no() -> None:
    answer = cohesion(RECORD, "BRICS", within=SINCE_2023, index="rice")
    rolls = group_rolls(RECORD, "BRICS", SINCE_2023.rows(RECORD), minimum=3, rice=True)
    assert (rolls.counts[:, [0, 2]].sum(axis=1) >= 3).all()
    assert answer.table["value"][0] == pytest.approx(rice_index(rolls.counts).mean())
    assert answer.told[0].startswith("BRICS: Rice index")


def test_cohesion_is_the_same_for_the_same_seed_and_no_other() -> None:
    one, two, other = (
        cohesion(RECORD, "NATO", within=SINCE_2023, seed=seed).table for seed in (0, 0, 1)
    )
    assert one.equals(two)
    assert one.select("value").equals(other.select("value"))
    assert not one.equals(other)


def test_bootstrap_mean_is_the_plain_bootstrap() -> None:
    values = agreement_index(group_rolls(RECORD, "EU", SINCE_2023.rows(RECORD), minimum=3).counts)
    rng = np.random.default_rng(7)
    plain = values[rng.integers(0, values.size, size=(4000, values.size))].mean(axis=1)
    np.testing.assert_allclose(
        bootstrap_mean(values, seed=0), np.quantile(plain, (0.05, 0.95)), atol=0.003
    )


def test_bootstrap_mean_gives_no_interval_where_draws_show_no_spread() -> None:
    assert np.isnan(bootstrap_mean(np.array([0.5]), seed=0)).all()
    assert np.isnan(bootstrap_mean(np.ones(90), seed=0)).all()
    day = Selection(since=date(2025, 2, 24), until=date(2025, 2, 24), text="ES-11/7")
    answer = cohesion(RECORD, "EU", within=day)
    assert answer.table.row(0)[1:5] == (1, pytest.approx(25.5 / 27), None, None)
    assert "no interval" in answer.told[0]


def test_cohesion_warns_of_vetoes_that_it_cannot_count() -> None:
    early = Selection(chamber="SC", until=date(1960, 12, 31))
    assert "vetoed drafts" in cohesion(RECORD, "P5", within=early).told[-1]
    late = replace(early, since=date(2022, 1, 1), until=None)
    assert not any("vetoed" in line for line in cohesion(RECORD, "P5", within=late).told)


@pytest.mark.parametrize(
    ("given_", "error", "message"),
    [
        ({"group": "NATOO"}, NotInRecord, "Nearest: NATO"),
        ({"index": "mean"}, UsageError, "agreement or rice"),
        ({"minimum": 1}, UsageError, "2 or more"),
        (
            {"within": Selection(until=date(1950, 1, 1))},
            TooFewRollcalls,
            "European Union had no member on any day",
        ),
        (
            {"within": SINCE_2023, "minimum": 40},
            TooFewRollcalls,
            "no rollcall on which 40 members of European Union voted",
        ),
        (
            {"within": Selection(since=date(2024, 8, 17), until=date(2024, 8, 18))},
            TooFewRollcalls,
            "no rollcall fits",
        ),
    ],
)
def test_cohesion_says_what_cannot_be_counted(
    given_: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        cohesion(RECORD, **({"group": "EU"} | given_))  # type: ignore[arg-type]


def test_cohesion_of_an_open_group_is_refused() -> None:
    group = next(g for g in states.groups() if states.group(g).open)
    with pytest.raises(NotInRecord):
        cohesion(RECORD, group)


def test_modal_choice_uses_the_codes_of_the_record() -> None:
    counts = np.array([[3, 1, 0], [1, 3, 0], [0, 1, 3], [2, 2, 0]])
    assert modal_choice(counts).tolist() == [Choice.YES, Choice.ABSTAIN, Choice.NO, -1]


def test_cohesion_a_year_that_is_not_whole_is_told_and_not_ranked() -> None:
    found = cohesion(RECORD, "EU", by="year")
    assert found.table["part"].to_list()[-1] == "to 2025-10-29"
    assert found.told[0].startswith("European Union in 2024, the last whole period:")
    assert not [sentence for sentence in found.told[:3] if "2025" in sentence]
    assert found.told[3].startswith("2025 is not whole: ")
    assert "part" not in cohesion(RECORD, "EU").table.columns
