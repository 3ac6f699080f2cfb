from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from votewire.web import budgets
from votewire.web.budgets import Budgets


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(budget: Budgets, client: str = "a") -> int:
    """0 where one was to be had, else in how many seconds one will be."""
    wait = budget.wait(client, 1)
    if not wait:
        budget.spend(client, 1)
    return wait


def test_budgets_give_so_much_a_minute_to_each_address() -> None:
    clock = Clock()
    budget = Budgets(6, clock)
    assert [taken(budget) for _ in range(7)] == [0] * 6 + [10]
    assert taken(budget, "b") == 0
    clock.now += 9.9
    assert taken(budget) == 1
    clock.now += 0.2
    assert taken(budget) == 0
    clock.now += 3600
    assert [taken(budget) for _ in range(7)] == [0] * 6 + [10]


def test_budgets_are_paid_back_before_more_is_had() -> None:
    clock = Clock()
    budget = Budgets(6, clock)
    budget.spend("a", 9)
    assert taken(budget) == 40
    clock.now += 40
    assert taken(budget) == 0


def test_budgets_ask_no_more_at_once_than_there_ever_is() -> None:
    assert Budgets(0.5, Clock()).wait("a", 1) == 0


def test_budgets_remember_so_many_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budgets, "_CLIENTS", 100)
    budget = Budgets(6)
    for each in range(1000):
        taken(budget, str(each))
    assert len(budget) == 100
    unlimited = Budgets(0)
    assert [taken(unlimited) for _ in range(50)] == [0] * 50
    assert len(unlimited) == 0


@given(
    st.floats(1, 100),
    st.lists(st.tuples(st.floats(0, 5), st.floats(0.02, 3)), min_size=1, max_size=60),
)
def test_budgets_bound_what_is_spent_in_any_time(
    rate: float, asked: list[tuple[float, float]]
) -> None:
    """Whoever pays afterwards has spent at most a full budget, what came back, and one more."""
    clock = Clock()
    budget = Budgets(rate, clock)
    begun, spent, dearest = clock.now, 0.0, 0.0
    for pause, cost in asked:
        clock.now += pause
        if not budget.wait("a", 1):
            budget.spend("a", cost)
            spent, dearest = spent + cost, max(dearest, cost)
    assert spent <= rate + (clock.now - begun) * rate / 60 + dearest + 1e-6
