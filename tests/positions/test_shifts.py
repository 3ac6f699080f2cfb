"""Shifts: the largest, their ranks and what drove them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.positions.made import RECORD, WITHIN, fit
from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.shifts import Asked, drivers, shift_drivers, shifts

SHIFT_COLUMNS = ["state", "name", "session", "year", "shift", "sd", "q05", "q95"]


def test_shifts_largest_first_with_ranks_among_all() -> None:
    answer = shifts(fit(), top=5, record=RECORD, within=WITHIN)
    assert answer.table.columns == [*SHIFT_COLUMNS, "p_up", "rank", "of"]
    assert answer.table["rank"].to_list() == [1, 2, 3, 4, 5]
    assert answer.facts["shifts"] == answer.table["of"][0] == int((~fit().first).sum())
    assert answer.table["name"][0] in answer.told[0]
    assert "90 % interval" in answer.told[0]
    assert "number 1 of" in answer.told[0]


def test_shifts_of_a_state_keep_their_rank_among_all() -> None:
    whole = shifts(fit(), record=RECORD).table
    answer = shifts(fit(), Asked(state="ARG", since=2017, until=2017), record=RECORD)
    row = answer.table.row(0, named=True)
    assert answer.table.height == 1
    assert whole.filter(state="ARG", session=72).row(0, named=True) == row
    assert answer.title == "Argentina, from 2017, until 2017: shifts from session to session"
    one = shifts(fit(), Asked(state="ARG", session=72), record=RECORD)
    assert one.table.equals(answer.table)


def test_shifts_drivers_are_log_ratios_of_the_casts_probabilities() -> None:
    found = fit()
    table = drivers(found, RECORD, "CUB", 73)
    at = int(np.flatnonzero((found.state == found.states.index("CUB")) & (found.period == 2))[0])
    assert table["bits"].is_sorted(descending=True)
    for row in table.sample(12, seed=1).iter_rows(named=True):
        text = found.texts.rows.tolist().index(RECORD.row_of(row["id"]))
        beta, (low, high) = found.texts.beta[text, 0], found.texts.cut[text]
        chances = []
        for theta in (found.mean[at, 0], found.mean[at - 1, 0]):
            yes, not_no = (1 / (1 + np.exp(beta * theta - cut)) for cut in (low, high))
            every = {"yes": yes, "abstain": not_no - yes, "no": 1 - not_no}
            assert sum(every.values()) == pytest.approx(1)
            chances.append(every[row["cast"]])
        assert row["p_now"] == pytest.approx(chances[0])
        assert row["p_before"] == pytest.approx(chances[1])
        assert row["bits"] == pytest.approx(np.log2(chances[0] / chances[1]))
    casts = RECORD.choices[:, states.codes().index("CUB")]
    rows = [RECORD.row_of(name) for name in table["id"]]
    assert (casts[rows] <= 2).all()
    assert table.height == found.n_casts[at]


def test_shifts_drivers_of_the_published_prior_are_probit() -> None:
    table = drivers(replace(fit(), prior="bsv"), RECORD, "CUB", 73)
    logit = drivers(fit(), RECORD, "CUB", 73)
    assert not np.allclose(table["p_now"], logit.sort("date", "id")["p_now"], atol=0.01)
    assert table["p_now"].is_between(0, 1).all()


def test_shifts_texts_far_from_a_state_give_finite_bits() -> None:
    texts = replace(fit().texts, beta=fit().texts.beta * 60)
    bits = drivers(replace(fit(), texts=texts), RECORD, "USA", 72)["bits"]
    assert bits.is_finite().all()
    assert bits.is_null().sum() == 0


def test_shifts_drivers_as_the_table() -> None:
    answer = shift_drivers(fit(), Asked(state="ARG"), 4, record=RECORD, within=WITHIN)
    assert answer.question == "shift_drivers"
    assert answer.table.height == 4
    whole = drivers(fit(), RECORD, "ARG", answer.facts["session"])
    assert answer.facts["bits"] == pytest.approx(whole["bits"].sum())
    listed = shifts(fit(), Asked(state="ARG"), record=RECORD).facts["drivers"]
    assert listed[:4] == answer.table.to_dicts()


def test_shifts_of_two_dimensions_are_told_apart() -> None:
    answer = shifts(fit(dims=2), Asked(state="ARG", session=72), record=RECORD, within=WITHIN)
    assert answer.table["dimension"].to_list() == [1, 2]
    assert "dimension" in answer.columns
    assert "in dimension 1" in answer.told[0]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (Asked(state="SUN"), "a shift of SUN"),
        (Asked(session=60), "session 60"),
        (Asked(session=71), "any state in session 71"),
        (Asked(state="USA", since=2030), "opened in 2030"),
    ],
)
def test_shifts_that_are_not_there_are_said(asked: Asked, why: str) -> None:
    with pytest.raises(NotInRecord, match=why):
        shifts(fit(), asked, record=RECORD)
