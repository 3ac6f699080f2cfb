"""Charts of positions side by side, and of a state's agreement with several."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plots import answers as made
from votewire.errors import UsageError
from votewire.plots import NARROW, WIDE, Chart, chart, outlined
from votewire.plots.beside import pushed_apart


def rows_of(found: Chart) -> list[dict[str, Any]]:
    return [row for rows in found.specification["datasets"].values() for row in rows]


@given(
    st.lists(st.floats(-5, 5, allow_nan=False), min_size=1, max_size=12),
    st.floats(0.01, 2),
)
def test_beside_labels_are_apart_and_keep_their_order(places: list[float], gap: float) -> None:
    moved = pushed_apart(places, gap)
    order = sorted(range(len(places)), key=lambda at: places[at])
    steps = [moved[b] - moved[a] for a, b in pairwise(order)]
    assert all(step >= gap * (1 - 1e-9) for step in steps)
    assert sum(moved) == pytest.approx(sum(places), abs=1e-6)


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=8, unique=True))
def test_beside_labels_that_have_room_stay(places: list[int]) -> None:
    assert pushed_apart(places, 0.5) == places


def test_beside_names_every_path_once() -> None:
    answer = made.positions_beside()
    names = [row["name"] for row in rows_of(chart(answer)) if "name" in row and "place" in row]
    assert set(names) <= set(answer.table["name"])
    assert {"India", "United States", "China"} <= set(names)


def test_beside_refuses_more_states_than_have_a_look() -> None:
    answer = made.positions_beside()
    facts = {**answer.facts, "states": ["IND", "USA", "CHN"]}
    with pytest.raises(UsageError, match="room for 2"):
        chart(replace(answer, facts=facts))


def test_beside_groups_have_a_dot_for_each_state_and_name_the_permanent() -> None:
    answer = made.positions_groups()
    rows = rows_of(chart(answer))
    dots = [row for row in rows if "dark" in row and "level" not in row]
    assert len(dots) == answer.table["members"][0]
    assert {row["state"] for row in dots if row["dark"]} == {"USA", "CHN", "RUS", "FRA", "GBR"}
    named = {row["state"] for row in rows if "level" in row}
    assert {"USA", "CHN", "RUS", "FRA", "GBR", "SYR"} <= named
    cells = [(row["at"], row["height"]) for row in dots]
    assert len(cells) == len(set(cells))


def test_beside_each_other_state_has_a_panel() -> None:
    body = chart(made.agree_each()).specification["vconcat"][0]["vconcat"][0]
    titles = [panel["title"]["text"] for panel in body["vconcat"]]
    assert [title.split(":")[0] for title in titles] == ["United States", "China"]
    assert all("(n " in title for title in titles)


def test_beside_without_years_is_refused() -> None:
    answer = made.agree_each()
    table = answer.table.with_columns(period=pl.lit("all"))
    with pytest.raises(UsageError, match="by year"):
        chart(replace(answer, table=table))


def test_beside_outline_is_that_of_the_chart() -> None:
    answer = made.agree_each()
    for room in (WIDE, NARROW):
        drawn = chart(answer, room)
        outline = outlined(answer, room)
        assert (outline.description, outline.size) == (drawn.description, drawn.size)
