"""Rolls made ready for a fit: what is kept, what is dropped, and what cannot be fitted."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from tests.positions.chambers import made_chamber
from votewire.errors import FitError
from votewire.positions.problem import MISSING, Problem, problem_of
from votewire.record import Choice

Y, A, N = Choice.YES, Choice.ABSTAIN, Choice.NO
MISSED = [Choice.NON_VOTING, Choice.NOT_MEMBER, Choice.NOT_RECORDED]
_ = Choice.NON_VOTING


def rolls(*rows: list[Choice]) -> NDArray[np.int8]:
    return np.array(rows, dtype=np.int8)


def dense(problem: Problem) -> NDArray[np.int8]:
    """The casts of the kept rollcalls over all states, put together from the blocks."""
    parts = []
    for block in problem.blocks:
        part = np.full((len(block.casts), len(problem.states)), MISSING)
        part[:, block.columns] = block.casts
        parts.append(part)
    return np.vstack(parts)


def test_problem_drops_unanimous_rollcalls_and_counts_them() -> None:
    choices = rolls([Y, Y, Y], [Y, N, Y], [A, A, _], [_, _, _], [_, _, N], [Y, A, _])
    problem = problem_of(choices, ["79"] * 6, states=["a", "b", "c"])
    assert problem.rows.tolist() == [1, 5]
    assert problem.dropped == 4
    assert problem.casts == 5
    assert dense(problem).tolist() == [[Y, N, Y], [Y, A, MISSING]]


def test_problem_holds_only_the_states_that_took_a_position_in_a_period() -> None:
    choices = rolls([Y, N, _], [_, Y, N])
    problem = problem_of(choices, ["78", "79"], states=["a", "b", "c"])
    assert [block.columns.tolist() for block in problem.blocks] == [[0, 1], [1, 2]]
    assert problem.present.tolist() == [[True, True, False], [False, True, True]]
    assert [block.casts.tolist() for block in problem.blocks] == [[[Y, N]], [[Y, N]]]


@pytest.mark.parametrize("missed", MISSED)
def test_problem_holds_every_kind_of_missing_cast_alike(missed: Choice) -> None:
    problem = problem_of(rolls([Y, N, missed], [Y, N, A]), ["79"] * 2, states=["a", "b", "c"])
    assert problem.blocks[0].casts.tolist() == [[Y, N, MISSING], [Y, N, A]]


def test_problem_votes_on_one_recurring_text_share_an_item() -> None:
    choices = rolls([Y, N], [Y, Y], [N, Y], [A, N], [Y, A])
    problem = problem_of(
        choices, ["77", "77", "78", "79", "79"], states=["a", "b"], items=[900, 4, 7, 900, 12]
    )
    items = [block.items.tolist() for block in problem.blocks]
    assert problem.items == 3  # text 4 went with its unanimous rollcall
    assert items[0][0] == items[2][0]
    assert sorted({i for block in items for i in block}) == [0, 1, 2]


def test_problem_without_items_gives_each_rollcall_its_own() -> None:
    problem = problem_of(rolls([Y, N], [N, N], [Y, N]), ["78", "78", "79"], states=["a", "b"])
    assert [block.items.tolist() for block in problem.blocks] == [[0], [1]]
    assert problem.items == 2


def test_problem_period_without_a_contested_rollcall_is_a_gap() -> None:
    choices = rolls([Y, N], [Y, Y], [N, Y])
    problem = problem_of(choices, ["1946", "1947", "1948"], states=["a", "b"])
    assert problem.periods == ("1946", "1948")
    assert problem.times.tolist() == [0.0, 2.0]
    assert len(problem.blocks) == len(problem.present) == 2


def test_problem_keeps_the_times_it_is_given() -> None:
    choices = rolls([Y, N], [Y, Y], [N, Y], [N, Y])
    problem = problem_of(
        choices, ["18", "20", "21", "22"], states=["a", "b"], times=[18.0, 20.0, 21.0, 22.5]
    )
    assert problem.times.tolist() == [18.0, 21.0, 22.5]


def test_problem_periods_are_connected_by_a_state_or_by_a_recurring_text() -> None:
    choices = rolls([Y, N, _, _], [_, _, Y, N])
    periods, names = ["78", "79"], ["a", "b", "c", "d"]
    assert problem_of(choices, periods, states=names, items=[5, 5]).items == 1
    choices[0, 2] = Y
    assert problem_of(choices, periods, states=names).items == 2


def test_problem_periods_are_connected_through_later_ones() -> None:
    choices = rolls([Y, N, _, _], [_, _, Y, N], [Y, _, N, _])
    problem = problem_of(choices, ["77", "78", "79"], states=["a", "b", "c", "d"])
    assert len(problem.periods) == 3


# ---- what cannot be fitted ---------------------------------------------------------------------

WHAT_TO_DO = r"(take|give|fit) \w+"


@pytest.mark.parametrize(
    ("choices", "periods", "says"),
    [
        (rolls([Y, Y], [N, N]), ["78", "79"], "none of 2 rollcalls is contested"),
        (rolls([Y, _], [N, _]), ["78", "79"], "one state alone"),
        (rolls([Y], [N]), ["78", "79"], "one state alone"),
        (rolls([_, _], [_, _]), ["78", "79"], "no cast is a Yes, an abstention or a No"),
        (np.zeros((0, 2), dtype=np.int8), [], "no cast is a Yes, an abstention or a No"),
        (rolls([Y, N, _, _], [_, _, Y, N]), ["1945", "1989"], "no state and no recurring text"),
    ],
    ids=["unanimous", "one-voted", "one-state", "all-missing", "no-rollcall", "disconnected"],
)
def test_problem_that_cannot_be_fitted_says_why_and_what_to_do(
    choices: NDArray[np.int8], periods: list[str], says: str
) -> None:
    names = [f"s{i}" for i in range(choices.shape[1])]
    with pytest.raises(FitError, match=f"{says}.*: .*{WHAT_TO_DO}.*\\.$"):
        problem_of(choices, periods, states=names)


def test_problem_of_disconnected_periods_names_where_each_part_begins() -> None:
    choices = rolls([Y, N, _, _], [Y, N, _, _], [_, _, Y, N], [_, _, Y, N])
    with pytest.raises(FitError, match=r"begin with 9, 11:"):
        problem_of(choices, ["9", "10", "11", "12"], states=["a", "b", "c", "d"])


@pytest.mark.parametrize(
    "instead",
    [
        {"periods": ["79"]},
        {"states": ["a"]},
        {"items": [1]},
        {"items": [1, 2, 3]},
        {"times": [0.0]},
        {"times": [0.0, 1.0, 2.0]},
        {"periods": ["78", "79", "78"], "choices": rolls([Y, N], [Y, N], [Y, N])},
        {"times": [1.0, 0.0]},
        {"times": [1.0, 1.0]},
    ],
    ids=lambda instead: " ".join(f"{key}={instead[key]}" for key in instead if key != "choices"),
)
def test_problem_refuses_what_does_not_fit_together(instead: dict[str, object]) -> None:
    whole: dict[str, object] = {
        "choices": rolls([Y, N], [N, Y]),
        "periods": ["78", "79"],
        "states": ["a", "b"],
        **instead,
    }
    with pytest.raises(ValueError, match=r"periods|rollcalls|items|times"):
        problem_of(**whole)  # type: ignore[arg-type]


# ---- properties --------------------------------------------------------------------------------

SHAPES = st.tuples(st.integers(1, 9), st.integers(2, 7))
CHOICES = SHAPES.flatmap(lambda shape: arrays(np.int8, shape, elements=st.integers(0, 5)))


@given(CHOICES, st.data())
def test_problem_keeps_every_cast_of_a_contested_rollcall(
    choices: NDArray[np.int8], data: st.DataObject
) -> None:
    period = np.sort(data.draw(arrays(np.int8, len(choices), elements=st.integers(0, 4))))
    choices[:, 0] = Y  # one state always votes, so that periods are connected
    choices[0, 1] = N
    texts = data.draw(st.lists(st.integers(0, 3), min_size=len(choices), max_size=len(choices)))
    problem = problem_of(
        choices,
        [f"p{t}" for t in period],
        states=[f"s{i}" for i in range(choices.shape[1])],
        items=texts,
    )
    taken = np.where(choices <= N, choices, MISSING)
    contested = [len(set(row[row != MISSING].tolist())) > 1 for row in taken]
    assert problem.rows.tolist() == np.flatnonzero(contested).tolist()
    assert problem.dropped == len(choices) - len(problem.rows)
    assert np.array_equal(dense(problem), taken[problem.rows])
    assert problem.casts == (taken[contested] != MISSING).sum()
    labels = np.repeat(problem.periods, [len(block.casts) for block in problem.blocks])
    assert labels.tolist() == [f"p{t}" for t in period[problem.rows]]
    number = np.concatenate([block.items for block in problem.blocks])
    pairs = set(zip(number.tolist(), np.array(texts)[problem.rows].tolist(), strict=True))
    assert len(pairs) == problem.items == len({one for one, _ in pairs})


@given(CHOICES)
def test_problem_present_is_where_a_state_has_casts(choices: NDArray[np.int8]) -> None:
    choices[:, 0], choices[:, 1] = Y, N
    names = [f"s{i}" for i in range(choices.shape[1])]
    problem = problem_of(choices, [f"{t:02}" for t in range(len(choices))], states=names)
    assert np.array_equal(problem.present, choices <= N)


def test_problem_of_a_made_chamber_has_its_gaps_and_its_recurring_texts() -> None:
    made = made_chamber(seed=4, states=12, periods=4, rollcalls=15, recurring=3)
    problem = made.problem()
    assert problem.dropped + len(problem.rows) == 60
    assert problem.items == len(np.unique(made.item[problem.rows])) < len(problem.rows)
    assert np.array_equal(problem.present, made.present)
    for one, other in pairwise(problem.blocks):
        assert set(one.items) & set(other.items)


def test_made_chamber_is_standard_and_the_same_each_time() -> None:
    one, other = made_chamber(7, dims=2), made_chamber(7, dims=2)
    assert np.array_equal(one.choices, other.choices)
    flat = one.theta.reshape(-1, 2)
    np.testing.assert_allclose(flat.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(np.cov(flat.T, bias=True), np.eye(2), atol=1e-12)
