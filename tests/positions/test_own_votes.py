"""A user's own votes over the record: the models that come with it answer at once, and say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import votewire
from tests import own_votes
from votewire.check.moving import moves
from votewire.errors import UsageError
from votewire.pipeline.every_state import every_state
from votewire.positions import Fit, answers, company, expected, ready, surprises
from votewire.positions import shifts as shifting
from votewire.positions.diagnosing import diagnose
from votewire.positions.forecast import forecast_of
from votewire.positions.ready import fit_for
from votewire.positions.surprise import most_surprising, of_rollcall
from votewire.record import Answer, Record

SHIPPED = votewire.open_record()
LAID = own_votes.laid_over()
LEFT_OUT = "of the shipped record, without your 2 votes."

Asking = Callable[[Fit, Record], Answer]


def never(*given: object, **settings: object) -> Any:
    raise AssertionError("made")


@pytest.fixture
def fits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Fit, Fit]:
    """The fit that answers of the shipped record, and the one that answers with the votes over it.

    Neither may be made.
    """
    monkeypatch.setattr(ready, "fit", never)
    monkeypatch.setattr(expected, "expect", never)
    of_shipped = fit_for(SHIPPED, tmp_path, version="1")
    return of_shipped, fit_for(LAID, tmp_path, version="1")


@pytest.mark.parametrize(
    "ask",
    [
        lambda fit, record: answers.show(fit, ["USA", "RUS"], 2015, record=record),
        lambda fit, record: answers.rank(fit, 77, record=record),
        lambda fit, record: answers.fitted(fit, record=record),
        lambda fit, record: diagnose(fit, record=record),
        lambda fit, record: shifting.shifts(fit, top=20, record=record),
        lambda fit, record: shifting.shift_drivers(
            fit, shifting.Asked(state="USA", session=77), record=record
        ),
        lambda fit, record: company.beside(fit, ["IND"], ["USA"], record=record),
        lambda fit, record: company.in_groups(fit, 79, record=record),
    ],
)
def test_own_votes_positions_are_the_shipped_ones_and_say_so(
    fits: tuple[Fit, Fit], ask: Asking
) -> None:
    shipped, laid = ask(fits[0], SHIPPED), ask(fits[1], LAID)
    assert laid.table.equals(shipped.table)
    assert laid.told == (*shipped.told, f"Positions are {LEFT_OUT}")
    assert laid.basis == f"{shipped.basis}, without your 2 votes"
    assert laid.record_hash == SHIPPED.hash


def test_own_votes_every_state_stands_where_it_stood(fits: tuple[Fit, Fit]) -> None:
    shipped, laid = every_state(SHIPPED, fits[0]), every_state(LAID, fits[1])
    columns = ("state", "position", "q05", "q95", "n_casts")
    assert laid.table.select(columns).equals(shipped.table.select(columns))
    assert laid.told[-1] == f"Positions are {LEFT_OUT}"


def test_own_votes_a_fit_that_was_kept_of_them_goes_before_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = fit_for(LAID, tmp_path, version="1")
    of_both = replace(made, record_hash=LAID.hash)
    monkeypatch.setattr(ready, "fit", lambda *given, **settings: of_both)
    asked_for = fit_for(LAID, tmp_path, version="1", anew=True)
    monkeypatch.setattr(ready, "fit", never)
    assert asked_for.record_hash == LAID.hash
    kept = fit_for(LAID, tmp_path, version="1")
    assert kept.record_hash == LAID.hash
    assert not answers.rank(kept, 79, record=LAID).told[-1].endswith(LEFT_OUT)
    # What another version kept is not used, and nothing is made in its place.
    assert fit_for(LAID, tmp_path, version="2").record_hash == SHIPPED.hash


def test_own_votes_other_settings_are_made_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "fit", never)
    with pytest.raises(AssertionError, match="made"):
        fit_for(LAID, tmp_path, version="1", dims=2)


@pytest.mark.usefixtures("fits")
def test_own_votes_surprises_are_the_shipped_ones_and_say_so(tmp_path: Path) -> None:
    mine, theirs = surprises(LAID, tmp_path), surprises(SHIPPED, tmp_path)
    for symbol in ("A/RES/ES-11/7", "S/RES/2774"):
        shipped = of_rollcall(theirs, SHIPPED, SHIPPED.rollcall(symbol))
        laid = of_rollcall(mine, LAID, LAID.rollcall(symbol))
        assert laid.table.equals(shipped.table)
        assert laid.told == (*shipped.told, f"Surprises are {LEFT_OUT}")
    shipped = most_surprising(theirs, SHIPPED, "IND", 20)
    laid = most_surprising(mine, LAID, "IND", 20)
    assert laid.table.equals(shipped.table)
    assert laid.basis == f"{shipped.basis}, without your 2 votes"
    assert laid.record_hash == SHIPPED.hash


@pytest.mark.usefixtures("fits")
def test_own_votes_have_no_shipped_surprise(tmp_path: Path) -> None:
    own = LAID.rollcall("A/RES/81/1")
    with pytest.raises(UsageError, match="`votewire surprise A/RES/81/1` makes new ones"):
        of_rollcall(surprises(LAID, tmp_path), LAID, own)
    with pytest.raises(AssertionError, match="made"):
        surprises(LAID, tmp_path, vote=own.id)


@pytest.mark.usefixtures("fits")
def test_own_votes_forecast_is_the_shipped_one_and_says_so(tmp_path: Path) -> None:
    shipped = forecast_of(SHIPPED, SHIPPED.rollcall("A/RES/77/229"), tmp_path)
    laid = forecast_of(LAID, LAID.rollcall("A/RES/77/229"), tmp_path)
    assert laid.table.equals(shipped.table)
    assert laid.told == (*shipped.told, f"The forecast is {LEFT_OUT}")
    with pytest.raises(AssertionError, match="made"):
        forecast_of(LAID, LAID.rollcall("A/RES/81/1"), tmp_path)


def test_own_votes_a_page_is_told_what_its_figures_leave_out() -> None:
    def told(record: Record, *symbols: str) -> list[str]:
        votes = [record.rollcall(symbol) for symbol in symbols]
        return [move.told for move in moves(votes, "USA", record)]

    shipped = told(SHIPPED, "A/RES/ES-11/7")
    laid = told(LAID, "A/RES/ES-11/7", "A/RES/77/999")
    assert laid[:-1] == shipped[:-1]
    assert laid[-1] == f"{shipped[-1]} Positions and surprises are {LEFT_OUT}"
    assert told(LAID, "A/RES/77/999") == []
