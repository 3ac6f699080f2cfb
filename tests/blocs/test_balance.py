"""Balance of a state between two others, on the shipped record."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import votewire
from votewire import blocs, states
from votewire.blocs import Definition
from votewire.errors import TooFewRollcalls, UsageError
from votewire.record import Choice, Record, Selection

UKRAINE = Selection(text="ukraine")


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def test_balance_is_over_the_rollcalls_where_all_three_chose(record: Record) -> None:
    answer = blocs.balance(record, "USA", ("RUS", "UKR"), within=UKRAINE)
    rolls = record.choices[UKRAINE.rows(record)]
    usa, rus, ukr = (rolls[:, states.codes().index(c)] for c in ("USA", "RUS", "UKR"))
    three = (usa <= Choice.NO) & (rus <= Choice.NO) & (ukr <= Choice.NO)
    with_russia, with_ukraine = (blocs.agreement(usa[three], o[three]) for o in (rus, ukr))
    assert answer.facts["n"] == three.sum()
    assert answer.facts["value"] == pytest.approx(with_russia.value - with_ukraine.value)
    assert -1 <= answer.facts["low"] <= answer.facts["value"] <= answer.facts["high"] <= 1
    assert answer.table.columns == ["period", "n", "value", "low", "high"]


def test_balance_turns_its_sign_with_the_order(record: Record) -> None:
    within = Selection(since=date(2020, 1, 1))
    one = blocs.balance(record, "IND", ("USA", "RUS"), within=within)
    other = blocs.balance(record, "IND", ("RUS", "USA"), within=within)
    assert one.facts["value"] == pytest.approx(-other.facts["value"], abs=1e-12)
    assert one.facts["low"] == pytest.approx(-other.facts["high"], abs=0.02)


def test_balance_interval_is_paired(record: Record) -> None:
    within = Selection(since=date(2020, 1, 1))
    facts = blocs.balance(record, "IND", ("USA", "RUS"), within=within).facts
    rolls = record.choices[within.rows(record)]
    ind, usa, rus = (rolls[:, states.codes().index(c)] for c in ("IND", "USA", "RUS"))
    each = blocs.scores(ind, usa) - blocs.scores(ind, rus)
    each = each[~np.isnan(each)]
    error = 1.645 * each.std() / np.sqrt(len(each))
    assert facts["high"] - facts["low"] == pytest.approx(2 * error, rel=0.05)


def test_balance_of_few_alike_rollcalls_has_no_interval(record: Record) -> None:
    table = blocs.balance(record, "USA", ("RUS", "UKR"), within=UKRAINE, by="year").table
    few = table.filter(table["n"] < 5)
    assert few.height > 0
    assert few["low"].null_count() == few.height


def test_balance_between_a_state_and_a_group(record: Record) -> None:
    within = Selection(since=date(2022, 1, 1))
    answer = blocs.balance(record, "HUN", ("EU", "RUS"), within=within)
    assert answer.facts["value"] > 0
    assert "nearer to the EU members" in answer.told[0]
    assert "Hungary left out" in answer.definition


@pytest.mark.parametrize(
    ("state", "between", "definition", "error"),
    [
        ("USA", ("RUS", "RUS"), Definition.HALF, UsageError),
        ("USA", ("USA", "RUS"), Definition.HALF, UsageError),
        ("EU", ("USA", "RUS"), Definition.HALF, UsageError),
        ("USA", ("RUS", "UKR"), Definition.KAPPA, UsageError),
        ("USA", ("SUN", "RUS"), Definition.HALF, TooFewRollcalls),
    ],
)
def test_balance_refuses(
    record: Record,
    state: str,
    between: tuple[str, str],
    definition: Definition,
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        blocs.balance(record, state, between, definition=definition)
