"""Charts of positions: panels, orders and moves, and what has no room."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from tests.plots import answers as made
from votewire import states
from votewire.errors import UsageError
from votewire.plots import Chart, chart
from votewire.record import Answer


def rows_of(found: Chart) -> list[dict[str, Any]]:
    return [row for rows in found.specification["datasets"].values() for row in rows]


def with_dimensions(answer: Answer) -> Answer:
    """The answer as a fit in two dimensions gives it."""
    parts = [answer.table.with_columns(dimension=pl.lit(k)) for k in (1, 2)]
    return replace(answer, table=pl.concat(parts))


def test_positions_chart_has_a_panel_for_each_state_in_the_order_asked() -> None:
    found = chart(made.positions("IND", "USA"))
    body = found.specification["vconcat"][0]["vconcat"][0]
    assert [panel["title"]["text"] for panel in body["vconcat"]] == ["India", "United States"]
    assert "India, 41 sessions: highest" in found.description


def test_positions_chart_line_stops_in_a_year_without_a_position() -> None:
    answer = made.positions("USA")
    gap = answer.table.filter(pl.col("year") != 2001)
    values = {
        row["year"]: row["mean"]
        for row in rows_of(chart(replace(answer, table=gap)))
        if "year" in row
    }
    assert values[2001] is None
    assert values[2000] is not None


def test_positions_chart_of_several_dimensions_has_a_panel_each() -> None:
    found = chart(with_dimensions(made.positions("USA")))
    body = found.specification["vconcat"][0]["vconcat"][0]
    titles = [panel["title"]["text"] for panel in body["vconcat"]]
    assert titles == ["United States, dimension 1", "United States, dimension 2"]


def test_positions_chart_of_too_many_states_is_refused() -> None:
    codes = [code for code in states.codes() if code in set(_all()["state"])][:13]
    with pytest.raises(UsageError, match="13 panels"):
        chart(made.positions(*codes))


def _all() -> pl.DataFrame:
    return made.positions_rank().table


def test_positions_rank_chart_of_several_dimensions_is_refused() -> None:
    with pytest.raises(UsageError, match="--dims 1"):
        chart(with_dimensions(made.positions_rank()))


def test_positions_rank_chart_has_a_row_for_each_state() -> None:
    answer = made.positions_rank()
    names = [row["name"] for row in rows_of(made.charted(made.positions_rank)) if "name" in row]
    assert set(answer.table["name"]) == set(names)


def test_positions_shifts_chart_says_how_far_and_which_rank() -> None:
    answer = made.shifts()
    labels = [row["label"] for row in rows_of(made.charted(made.shifts)) if "label" in row]
    first = answer.table.row(0, named=True)
    assert f"({first['rank']:,} of {first['of']:,})" in labels[0]
    assert labels[0][0] in "+−"


def test_positions_shifts_chart_of_too_many_is_refused() -> None:
    with pytest.raises(UsageError, match="--top 60"):
        chart(made.shifts(61))
