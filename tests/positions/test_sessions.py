"""The Assembly by regular session, its bridges, and two ways to begin that give the same side."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import votewire
from votewire import states
from votewire.errors import FitError, TooFewRollcalls
from votewire.positions.problem import Problem, problem_of
from votewire.positions.sessions import (
    assembly_problem,
    regular_sessions,
    start_by_component,
    start_from,
)
from votewire.record import Selection

RECORD = votewire.open_record()
YES, ABSTAIN, NO, ABSENT = 0, 1, 2, 3


@cache
def whole(bridge: bool = True) -> Problem:
    return assembly_problem(RECORD, bridge=bridge)


def made(rolls: list[list[int]], periods: list[str]) -> Problem:
    codes = ("AAA", "BBB", "CCC", "DDD")[: len(rolls[0])]
    return problem_of(np.array(rolls, dtype=np.int8), periods, states=codes)


@pytest.mark.parametrize(
    ("symbol", "session"),
    [("A/RES/ES-11/7", 79), ("A/RES/ES-11/1", 76), ("A/RES/79/7", 79), ("A/RES/ES-10/24", 79)],
)
def test_sessions_of_a_rollcall(symbol: str, session: int) -> None:
    row = RECORD.row_of(RECORD.rollcall(symbol).id)
    assert regular_sessions(RECORD, np.array([row])).tolist() == [session]


def test_sessions_special_ones_stay_within_a_year_of_their_regular_one() -> None:
    rows = np.flatnonzero((RECORD.rollcalls["chamber"] == "GA").to_numpy())
    years = RECORD.days[rows].astype("datetime64[Y]").astype(int) + 1970
    assert set((years - 1945 - regular_sessions(RECORD, rows)).tolist()) <= {0, 1}


def test_sessions_whole_assembly_is_one_period_a_session_without_the_nineteenth() -> None:
    problem = whole()
    assert problem.periods == tuple(str(n) for n in range(1, 81) if n != 19)
    assert problem.times[17:19].tolist() == [18.0, 20.0]
    assert problem.states == states.codes()


def test_sessions_rows_are_rows_of_the_record() -> None:
    problem = whole()
    at, block = 78, problem.blocks[78]
    before = sum(len(b.items) for b in problem.blocks[:at])
    rows = problem.rows[before : before + len(block.items)]
    rolls = RECORD.choices[rows][:, block.columns]
    assert set(regular_sessions(RECORD, rows).tolist()) == {80}
    assert (block.casts[rolls <= NO] == rolls[rolls <= NO]).all()
    assert (block.casts[rolls > NO] == ABSENT).all()


def test_sessions_every_contested_rollcall_is_kept_and_the_rest_counted() -> None:
    problem, rows = whole(), Selection().rows(RECORD)
    nineteenth = int((regular_sessions(RECORD, rows) == 19).sum())
    assert len(problem.rows) + problem.dropped == len(rows) - nineteenth
    assert len(np.unique(problem.rows)) == len(problem.rows)


def test_sessions_bridge_joins_a_text_with_the_next_session_only() -> None:
    problem = whole()
    period = np.repeat(np.arange(79), [len(b.items) for b in problem.blocks])
    item = np.concatenate([b.items for b in problem.blocks])
    session = problem.times[period]
    first, last = np.full(problem.items, 999.0), np.zeros(problem.items)
    np.minimum.at(first, item, session)
    np.maximum.at(last, item, session)
    assert set((last - first).tolist()) == {0.0, 1.0}
    assert problem.items < len(problem.rows)
    assert whole(bridge=False).items == len(problem.rows)


def test_sessions_selection_is_followed() -> None:
    problem = assembly_problem(RECORD, Selection(since=date(2022, 9, 1), topic="ukraine"))
    assert problem.periods[0] == "77"
    assert 0 < len(problem.rows) < 40


def test_sessions_council_is_refused_with_the_reason() -> None:
    with pytest.raises(FitError, match="15 members"):
        assembly_problem(RECORD, Selection(chamber="SC"))


def test_sessions_nothing_selected_is_said() -> None:
    with pytest.raises(TooFewRollcalls):
        assembly_problem(RECORD, Selection(since=date(2030, 1, 1)))


def test_start_from_anchor_is_standard_in_each_session_with_the_anchor_on_top() -> None:
    problem = whole()
    start = start_from(problem, "USA")
    assert start.shape == (79, len(states.codes()), 1)
    usa = problem.states.index("USA")
    for at, block in enumerate(problem.blocks):
        here = start[at, block.columns, 0]
        assert here.mean() == pytest.approx(0, abs=0.05)
        assert here.std() == pytest.approx(1, abs=0.05)
        assert start[at, usa, 0] == here.max()


def test_start_both_ways_give_the_same_side_in_every_session() -> None:
    problem = whole()
    one, other = start_from(problem, "USA"), start_by_component(problem, toward="USA")
    r = [
        np.corrcoef(one[at, b.columns, 0], other[at, b.columns, 0])[0, 1]
        for at, b in enumerate(problem.blocks)
    ]
    assert min(r) > 0
    assert np.mean(r) > 0.7


def test_start_by_component_turns_with_the_state_asked_for() -> None:
    problem = assembly_problem(RECORD, Selection(since=date(2015, 9, 1)))
    usa = problem.states.index("USA")
    toward = start_by_component(problem, toward="USA")
    away = start_by_component(problem, toward="CUB")
    assert toward[:, usa].mean() > 0 > away[:, usa].mean()
    assert np.array_equal(toward, -away)


def test_start_without_the_anchor_keeps_where_states_stood() -> None:
    rolls = [[0, 0, 2, 2], [0, 1, 2, 2], [3, 0, 2, 1], [3, 2, 0, 0], [0, 2, 0, 2]]
    start = start_from(made(rolls, ["1", "1", "2", "2", "3"]), "AAA")[:, :, 0]
    assert start[1].tolist() == start[0].tolist()
    assert start[0, 0] > start[0, 1] > 0 > start[0, 2]
    assert not np.isnan(start).any()


def test_start_state_that_shares_no_rollcall_stands_in_the_middle() -> None:
    rolls = [[0, 0, 2, 3], [0, 2, 0, 3], [0, 0, 2, 3], [3, 0, 2, 2]]
    assert start_from(made(rolls, ["1"] * 4), "AAA")[0, 3, 0] == 0.0


@pytest.mark.parametrize(
    ("anchor", "why"), [("XXX", "no state of these rolls"), ("AAA", "every other state alike")]
)
def test_start_anchor_that_tells_nothing_apart_is_refused(anchor: str, why: str) -> None:
    rolls = [[3, 0, 2, 0], [3, 2, 0, 0]]
    with pytest.raises(FitError, match=why):
        start_from(made(rolls, ["1", "1"]), anchor)


@given(seed=st.integers(0, 2**32 - 1))
def test_start_does_not_depend_on_the_order_of_states_and_rollcalls(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rolls = rng.integers(0, 4, (8, 5)).astype(np.int8)
    rolls[:, 0], rolls[[0, 4], 1], rolls[[1, 5], 1] = 0, 0, 2  # the anchor votes, somebody differs
    states_in, rows = (
        rng.permutation(5),
        np.concatenate([rng.permutation(4), rng.permutation(4) + 4]),
    )
    periods = ["1"] * 4 + ["2"] * 4
    one = start_from(problem_of(rolls, periods, states=tuple("ABCDE")), "A")
    names = [chr(65 + at) for at in states_in]
    other = start_from(problem_of(rolls[rows][:, states_in], periods, states=names), "A")
    np.testing.assert_allclose(other, one[:, states_in], atol=1e-12)
