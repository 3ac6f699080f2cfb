"""Charts of surprise and of a forecast: every row has a place of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import votewire
from votewire.plots import surprise as drawn
from votewire.positions.expected import SHIPPED, read_surprises
from votewire.positions.forecast import forecast_of
from votewire.positions.surprise import most_surprising, of_rollcall
from votewire.record import Selection

RECORD = votewire.open_record()
FOUND = read_surprises(RECORD, SHIPPED)
assert FOUND is not None


def test_surprise_of_a_rollcall_draws_the_most_surprising_and_counts_the_rest() -> None:
    sketch = drawn.on_rollcall(of_rollcall(FOUND, RECORD, RECORD.rollcall("A/RES/ES-11/7")))
    assert "136 casts with less not drawn" in sketch.subtitle
    assert sketch.shown.startswith("40 casts, from United States 9.3 bits (2.1), no")
    assert str(sketch.body().to_dict()).count("'label':") == 40


def test_surprise_is_drawn_filled_in_the_dimensions_asked_and_hollow_beside_them() -> None:
    for dims, other in ((1, 3), (3, 1)):
        answer = of_rollcall(FOUND, RECORD, RECORD.rollcall("S/RES/2774"), dims)
        sketch = drawn.on_rollcall(answer)
        rows = max(sketch.body().to_dict()["datasets"].values(), key=len)
        assert [row["bits"] for row in rows] == answer.table["bits"].to_list()
        assert [row["beside"] for row in rows] == answer.table[f"bits{other}"].to_list()


def test_surprise_of_many_casts_gives_votes_under_one_symbol_places_of_their_own() -> None:
    within = Selection(since=date(2006, 1, 1), until=date(2006, 12, 31))
    answer = most_surprising(FOUND, RECORD, "USA", 40, within=within)
    assert answer.table["symbol"].n_unique() < answer.table.height
    specification = drawn.most(answer).body().to_dict(validate=False)
    rows = max(specification["datasets"].values(), key=len)
    assert len({row["cast"] for row in rows}) == len(rows) == 40


def test_forecast_is_drawn_with_three_bars(tmp_path: Path) -> None:
    answer = forecast_of(RECORD, RECORD.rollcall("A/RES/80/4"), tmp_path)
    sketch = drawn.tally(answer)
    assert sketch.shown.startswith("Yes ")
    assert f"{answer.facts['no_median']} (" in sketch.shown
