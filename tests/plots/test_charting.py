"""Every kind of chart from real figures: a valid specification, its words, what it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import altair as alt
import numpy as np
import polars as pl
import pytest
from altair.utils.schemapi import SchemaValidationError, validate_jsonschema
from hypothesis import given
from hypothesis import strategies as st

from tests.plots import answers as made
from votewire.errors import MissingExtra, UsageError
from votewire.plots import Chart, chart
from votewire.plots.charting import _kinds
from votewire.plots.matrix import bloc_order
from votewire.plots.style import (
    BAND,
    DARK,
    INK,
    LIGHT,
    MUTED,
    Sketch,
    contrast,
    fills,
    framed,
    text_on,
)
from votewire.record import Answer

Maker = Callable[[], Answer]
CHOICES = ("yes", "abstain", "no", "non_voting")


def rows_of(found: Chart) -> list[dict[str, Any]]:
    """All data rows in the specification."""
    return [row for rows in found.specification["datasets"].values() for row in rows]


def test_charting_every_kind_is_tried_here() -> None:
    tried = {make().question for make in made.EVERY}
    assert set(_kinds()) == tried


@pytest.mark.parametrize("make", made.EVERY)
def test_charting_specification_is_json_for_altairs_vega_lite(make: Maker) -> None:
    specification = made.charted(make).specification
    assert json.loads(json.dumps(specification, allow_nan=False)) == specification
    assert specification["$schema"] == alt.SCHEMA_URL


@pytest.mark.parametrize("make", [made.cohesion, made.communities, made.matrix, made.power])
def test_charting_specification_is_valid_vega_lite(make: Maker) -> None:
    specification = made.charted(make).specification
    shape = {name: part for name, part in specification.items() if name != "datasets"}
    validate_jsonschema(shape, {"$ref": "#/definitions/TopLevelVConcatSpec"}, alt.load_schema())


@pytest.mark.parametrize("make", made.EVERY)
def test_charting_says_what_is_shown_and_where_it_is_from(make: Maker) -> None:
    answer, found = make(), made.charted(make)
    assert found.title == answer.title
    assert found.description.startswith(answer.told[0])
    assert any(letter.isdigit() for letter in found.description)
    assert answer.complete_to in found.source
    assert answer.record_hash[:12] in found.source
    assert answer.definition in found.source
    assert found.table.equals(answer.table)


def test_charting_invalid_sketch_is_refused() -> None:
    sketch = Sketch(body=alt.Chart().mark_point(), width=600, subtitle="", shown="")
    sketch.body.mark = {"type": "pie"}
    with pytest.raises(SchemaValidationError):
        framed(sketch, "title", "source", "description")


def test_charting_description_names_extremes_with_n() -> None:
    answer = made.agree(2010, 2020)
    top = answer.table.sort("value").row(-1, named=True)
    low = answer.table.sort("value").row(0, named=True)
    told = chart(answer).description
    for row in (top, low):
        assert f"{row['value']:.3f} in {row['period']} (n {row['n']})" in told


def test_charting_year_without_a_figure_breaks_the_line() -> None:
    answer = made.agree(2000, 2010)
    gap = replace(answer, table=answer.table.filter(pl.col("period") != "2005"))
    drawn = {row["period"]: row for row in rows_of(chart(gap)) if "period" in row}
    assert drawn["2005"]["value"] is None
    assert drawn["2004"]["value"] is not None


def test_charting_years_without_figure_at_the_ends_are_not_drawn() -> None:
    periods = {row["period"] for row in rows_of(made.charted(made.agree)) if "period" in row}
    assert min(periods) == "1992"


def test_charting_undefined_figures_are_null_and_never_nan() -> None:
    answer = made.agree(2000, 2010)
    undefined = pl.when(pl.col("period") == "2004").then(float("nan")).otherwise(pl.col("low"))
    rows = rows_of(chart(replace(answer, table=answer.table.with_columns(low=undefined))))
    assert [row["low"] for row in rows if row.get("period") == "2004"] == [None]


def test_charting_negative_figures_get_an_axis_from_minus_one() -> None:
    assert "'domain': [-1, 1]" in str(made.charted(made.balance).specification)
    assert "'domain': [0, 1]" in str(made.charted(made.agree).specification)


def test_charting_special_sessions_are_no_part_of_the_line() -> None:
    rows = rows_of(made.charted(made.cohesion))
    regular = {row["period"]: row["regular"] for row in rows if "period" in row}
    assert regular["ES-11"] is False
    assert regular["76"] is True


def test_charting_one_period_is_drawn() -> None:
    assert "0." in chart(made.agree(2024, 2024)).description


def test_charting_friends_say_how_many_are_between() -> None:
    answer = made.friends(["PAK", "NPL", "USA", "ISR"])
    names = [row["name"] for row in rows_of(chart(replace(answer, facts={"ranked": 190})))]
    assert names[2] == "… 186 states between"


def test_charting_kappa_is_named_and_may_be_negative() -> None:
    below = made.friends(["PAK", "USA"]).table.with_columns(low=pl.lit(-0.2))
    definition = "Definition kappa: Cohen's kappa (1960), 0 by chance"
    found = chart(replace(made.friends(), table=below, definition=definition))
    assert "kappa, 1 at most, 0 by chance" in str(found.specification)
    assert "'domain': [-1, 1]" in str(found.specification)
    assert "Definition: Definition" not in found.source


def test_charting_vetoes_of_many_count_in_each_row_and_once_in_all() -> None:
    answer = made.vetoes(2017, 2019)
    both = answer.table.filter(pl.col("vetoed_by").list.len() > 1)
    assert both.height
    counts = [row["count"] for row in rows_of(chart(answer)) if "span" in row]
    assert sum(counts) == answer.table.height + answer.table["vetoed_by"].list.len().sum()


def test_charting_stacked_bars_add_up_to_the_tally() -> None:
    answer = made.chain()
    ends: dict[str, int] = {}
    for row in rows_of(made.charted(made.chain)):
        if "end" in row:
            ends[row["row"]] = max(row["end"], ends.get(row["row"], 0))
    tallies = answer.table.select(pl.sum_horizontal("yes", "no", "abstain")).to_series()
    assert list(ends.values()) == tallies.to_list()


def test_charting_left_names_every_state_that_changed() -> None:
    below = made.charted(made.left).specification["vconcat"][0]["title"]["text"]
    shown = " ".join(below)
    for name in made.left().table["name"]:
        assert name in shown


@pytest.mark.parametrize("make", [made.agree, made.cohesion, made.balance])
def test_charting_one_figure_over_all_asks_for_by(make: Maker) -> None:
    answer = make()
    whole = answer.table.head(1).with_columns(period=pl.lit("all"))
    with pytest.raises(UsageError, match="--by year"):
        chart(replace(answer, table=whole))


@pytest.mark.parametrize("question", ["topics", "groups", "first"])
def test_charting_question_without_chart_names_those_that_have_one(question: str) -> None:
    with pytest.raises(UsageError, match=r"agree, balance, .*whatif"):
        chart(replace(made.rule(), question=question))


def test_charting_refuses_what_cannot_be_read_or_compared() -> None:
    every = [f"{a}{b}{c}" for a in "ABCD" for b in "ABCD" for c in "ABCD"]
    pairs = pl.DataFrame({"a": every[:-1], "b": every[1:], "n": 1, "value": 0.5})
    with pytest.raises(UsageError, match="64 states"):
        chart(replace(made.matrix(), table=pairs))
    with pytest.raises(UsageError, match="no rows"):
        chart(replace(made.rule(), table=made.rule().table.clear()))
    equal = made.power().table.with_columns(shapley_shubik=pl.lit(0.1))
    with pytest.raises(UsageError, match="same voting power"):
        chart(replace(made.power(), table=equal))
    many = pl.concat([made.chain().table] * 6)
    with pytest.raises(UsageError, match="at most 150"):
        chart(replace(made.chain(), table=many))
    unknown = made.agree(2010, 2012).table.with_columns(value=pl.lit(None, dtype=pl.Float64))
    with pytest.raises(UsageError, match="no period has a figure"):
        chart(replace(made.agree(2010, 2012), table=unknown))


def test_charting_without_the_packages_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.startswith("votewire.plots.")]:
        if name.rsplit(".", 1)[-1] not in ("charting", "drawing", "wording"):
            monkeypatch.delitem(sys.modules, name)
    package = sys.modules["votewire.plots"]
    for room in ("changes", "lines", "matrix", "ranking", "standings", "style", "tallies"):
        monkeypatch.delattr(package, room, raising=False)
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(MissingExtra, match=r"votewire\[charts\]"):
        chart(made.agree(2010, 2012))


def test_charting_colours_have_the_contrast_promised() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert min(contrast(text, "#ffffff") for text in (INK, MUTED, DARK)) >= 4.5
    assert contrast(LIGHT, "#ffffff") >= 3
    assert contrast(LIGHT, BAND) > 2
    for fill in fills(CHOICES):
        assert contrast(text_on(fill), fill) >= 4.5
    for one, other in zip(fills(CHOICES), fills(CHOICES)[1:], strict=False):
        assert contrast(one, other) >= 1.5


@given(st.integers(0, 0xFFFFFF))
def test_charting_text_on_any_fill_can_be_read(colour: int) -> None:
    fill = f"#{colour:06x}"
    assert contrast(text_on(fill), fill) >= 4.5


def test_matrix_order_puts_two_blocs_apart_whatever_the_order() -> None:
    rng = np.random.default_rng(7)
    bloc = np.array([0, 1] * 6)
    values = np.where(bloc[:, None] == bloc[None, :], 0.9, 0.3)
    values = values + rng.normal(0, 0.01, values.shape)
    values = (values + values.T) / 2
    values[0, 5] = values[5, 0] = np.nan
    for order in (np.arange(12), rng.permutation(12)):
        blocs = bloc[order][bloc_order(values[np.ix_(order, order)])]
        assert (np.diff(blocs) != 0).sum() == 1
