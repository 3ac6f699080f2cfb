"""Houses of Congress: the two-choice case, by made houses of known truth and two real Senates."""

from __future__ import annotations

from functools import cache

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import shared
from tests.positions.made_house import MadeHouse, made_house
from votewire.errors import FitError
from votewire.positions import kernels
from votewire.positions.house import HouseFit, Rolls, chances, fit_house, rolls_of, without
from votewire.positions.kernels import ItemTerms
from votewire.record import Choice
from votewire.record.readers import voteview


def rolls(*made: MadeHouse) -> Rolls:
    return rolls_of([voteview.read_folder(house.files) for house in made])


@cache
def one() -> tuple[MadeHouse, HouseFit]:
    made = made_house()
    return made, fit_house(rolls(made))


def real(*names: str) -> Rolls:
    houses = []
    for name in names:
        parts = ("members", "rollcalls", "votes")
        paths = [shared(f"data/voteview/{name}_{part}.csv") for part in parts]
        houses.append(voteview.read_folder([(path.name, path.read_bytes()) for path in paths]))
    return rolls_of(houses)


# ---- the two-choice case -------------------------------------------------------------------------


@given(st.integers(0, 2**32 - 1), st.integers(1, 5), st.integers(1, 8))
def test_house_two_choice_sums_are_those_of_a_logistic_regression(
    seed: int, rollcalls: int, members: int
) -> None:
    """With both cutpoints at c the kernels' sums are X'(y - p) and X'WX, y = 1 for a No."""
    rng = np.random.default_rng(seed)
    casts = rng.choice(np.array([0, 2, 3], dtype=np.int8), size=(rollcalls, members))
    theta = rng.normal(size=(1, members)).astype(np.float32)
    beta, c = rng.normal(scale=3.0, size=rollcalls), rng.normal(scale=2.0, size=rollcalls)
    no = 1 / (1 + np.exp(-(np.outer(beta, theta[0]) - c[:, None])))
    cast = casts <= 2
    away = np.where(cast, (casts == 2) - no, 0.0)
    weight = np.where(cast, no * (1 - no), 0.0)
    zero = [np.zeros((rollcalls, *shape), np.float32) for shape in ((1, 1), (1,), (1,), (), ())]
    single = [np.asarray(a, dtype=np.float32) for a in (beta[:, None], c, c)]
    item = ItemTerms(*single, *zero)
    var = np.zeros((1, 1, members), np.float32)
    work = [np.empty(members, np.float32) for _ in range(4)]
    g, h = np.empty((rollcalls, 3), np.float32), np.empty((rollcalls, 6), np.float32)
    kernels.item_sums(casts, theta, var, item, g, h, *work)
    close = {"rtol": 0, "atol": 2e-5 * members}
    np.testing.assert_allclose(g[:, 0], away @ theta[0], **close)
    np.testing.assert_allclose(g[:, 1] + g[:, 2], away.sum(axis=1), **close)
    np.testing.assert_allclose(h[:, 0], weight @ theta[0] ** 2, **close)
    np.testing.assert_allclose(h[:, 4], weight.sum(axis=1), **close)
    own, curved = np.zeros((1, members), np.float32), np.zeros((1, 1, members), np.float32)
    kernels.state_sums(casts, theta, var, item, own, curved, *work)
    close = {"rtol": 1e-4, "atol": 2e-5 * rollcalls * max(1.0, float((beta**2).max()))}
    np.testing.assert_allclose(own[0], beta @ away, **close)
    np.testing.assert_allclose(curved[0, 0], beta**2 @ weight, **close)


def test_house_gap_between_cutpoints_stays_within_its_prior() -> None:
    """No cast bears on it but by being no abstention, which must not draw it without end."""
    items = one()[1].fitted.items
    gap, sd = items.mean[:, -1], np.sqrt(items.prior_cov[-1, -1])
    assert (np.abs(gap - items.prior_mean[-1]) < 3 * sd).all()
    assert gap.mean() <= items.prior_mean[-1]
    assert np.linalg.eigvalsh(items.prior_cov)[0] > 0


def test_house_fit_does_not_depend_on_how_long_it_is_swept() -> None:
    from votewire.positions.fitting import fit_problem
    from votewire.positions.sessions import start_by_component

    problem = rolls(one()[0]).problem()
    start = start_by_component(problem, toward="40001")
    loose, tight = (fit_problem(problem, start, tolerance=t) for t in (5e-3, 5e-4))
    assert np.abs(loose.positions.mean - tight.positions.mean).max() < 0.05


# ---- made houses ---------------------------------------------------------------------------------


def test_house_finds_the_truth_with_republicans_positive() -> None:
    made, fit = one()
    truth = [made.truth[member] for member in fit.table["id"]]
    assert np.corrcoef(fit.table["mean"], truth)[0, 1] > 0.95
    sides = fit.table.group_by("party").agg(pl.col("mean").mean()).sort("party")["mean"]
    assert sides[0] < 0 < sides[1]


def test_house_table_has_a_row_a_member_from_the_positive_end() -> None:
    table = one()[1].table
    assert table.columns == [
        *("congress", "id", "name", "state", "party", "mean", "sd", "q05", "q95", "n_casts"),
        "nominate_dim1",
    ]
    assert table.height == 30
    assert table["mean"].is_sorted(descending=True)
    assert ((table["q05"] < table["mean"]) & (table["mean"] < table["q95"])).all()
    assert (table["n_casts"] <= 60).all()


def test_house_chances_are_of_a_yes_and_fit_the_casts() -> None:
    fit = one()[1]
    found = chances(fit)
    choices = fit.rolls.choices
    assert found.shape == choices.shape
    cast = (choices <= Choice.NO) & ~np.isnan(found)
    assert cast.sum() > 1500
    assert ((found[cast] > 0) & (found[cast] < 1)).all()
    high, low = (found > 0.8) & cast, (found < 0.2) & cast
    assert (choices[high] == Choice.YES).mean() > 0.85
    assert (choices[low] == Choice.NO).mean() > 0.85


def test_house_chances_come_in_the_order_of_the_rolls() -> None:
    """Unanimous rollcalls are no part of the fit: theirs are not known, and shift no others."""
    given_rolls = rolls(one()[0])
    given_rolls.choices[7] = Choice.YES
    found = chances(fit_house(given_rolls))
    assert np.isnan(found[7]).all()
    assert not np.isnan(found[[6, 8]]).any()
    yes = given_rolls.choices[8] == Choice.YES
    assert found[8][yes].mean() > found[8][~yes].mean()


def test_house_several_congresses_are_on_one_scale() -> None:
    early, late = made_house(117, seed=1), made_house(118, seed=2)
    both = rolls(late, early)
    assert both.congresses == (117,) * 60 + (118,) * 60
    table = fit_house(both).table
    assert table["congress"].unique().sort().to_list() == [117, 118]
    truth = [early.truth[member] for member in table["id"]]  # the same members, who stood still
    assert np.corrcoef(table["mean"], truth)[0, 1] > 0.95


def test_house_member_not_there_has_no_position() -> None:
    early, late = made_house(117, seed=1), made_house(118, seed=2, first=40010)
    table = fit_house(rolls(early, late)).table
    assert table.filter(pl.col("id") == "40005")["congress"].to_list() == [117]
    assert table.filter(pl.col("id") == "40035")["congress"].to_list() == [118]


def test_house_without_leaves_casts_out() -> None:
    given_rolls = rolls(one()[0])
    drawn = np.zeros(given_rolls.choices.shape, dtype=bool)
    drawn[3, 4] = True
    changed = without(given_rolls, drawn).choices
    assert changed[3, 4] == Choice.NON_VOTING
    changed[3, 4] = given_rolls.choices[3, 4]
    np.testing.assert_array_equal(changed, given_rolls.choices)


@pytest.mark.parametrize(
    ("houses", "why"),
    [
        ((), "no chamber given"),
        ((made_house(118), made_house(117, chamber="House")), "one chamber at a time"),
        ((made_house(118), made_house(118, seed=1)), "118 is given twice"),
    ],
)
def test_house_that_are_not_one_chamber_over_time(houses: tuple[MadeHouse, ...], why: str) -> None:
    with pytest.raises(FitError, match=why):
        rolls(*houses)


def test_house_with_no_member_in_both_congresses() -> None:
    with pytest.raises(FitError, match="fit them apart"):
        fit_house(rolls(made_house(110), made_house(118, first=50000)))


def test_house_with_no_contested_rollcall() -> None:
    given_rolls = rolls(one()[0])
    given_rolls.choices[:] = Choice.YES
    with pytest.raises(FitError, match="none of 60 rollcalls is contested"):
        fit_house(given_rolls)


# ---- real Senates --------------------------------------------------------------------------------


def test_house_real_senates_in_one_fit() -> None:
    fit = fit_house(real("S118", "S111"))
    assert fit.fitted.problem.periods == ("111", "118")
    assert fit.table.height == 111 + 105
    ends = fit.table.filter(pl.col("congress") == 111)
    assert ends["party"][0] == "Republican"
    assert ends["party"][-1] == "Democrat"
    both = fit.table.group_by("id").len().filter(pl.col("len") == 2)
    assert both.height > 30


def test_house_real_senate_stays_within_bounds() -> None:
    table = fit_house(real("S118")).table
    assert table["mean"].abs().max() < 4
    assert table["sd"].is_between(0.01, 0.8).all()
