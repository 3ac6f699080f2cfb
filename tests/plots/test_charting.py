"""Every kind of chart from real figures: a valid specification, its words, what it refuses."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import altair as alt
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError

from tests.plots import answers as made
from votewire import states
from votewire.errors import MissingExtra, UsageError
from votewire.plots import Chart, chart
from votewire.plots.charting import _kinds
from votewire.plots.frame import framed
from votewire.plots.matrix import bloc_order
from votewire.plots.periods import in_years
from votewire.plots.style import (
    BAND,
    DARK,
    INK,
    LIGHT,
    MUTED,
    Sketch,
    contrast,
    fills,
    text_on,
)
from votewire.record import Answer

Maker = Callable[[], Answer]
CHOICES = ("yes", "abstain", "no", "non_voting")


def rows_of(found: Chart) -> list[dict[str, Any]]:
    """All data rows in the specification."""
    return [row for rows in found.specification["datasets"].values() for row in rows]


def below(found: Chart) -> str:
    """The notes under the picture, above its source."""
    return " ".join(found.specification["vconcat"][0]["title"]["text"])


def test_charting_every_kind_is_tried_here() -> None:
    tried = {make().question for make in made.EVERY}
    assert set(_kinds()) == tried


@pytest.mark.parametrize("make", made.EVERY)
def test_charting_specification_is_json_for_altairs_vega_lite(make: Maker) -> None:
    specification = made.charted(make).specification
    assert json.loads(json.dumps(specification, allow_nan=False)) == specification
    assert specification["$schema"] == alt.SCHEMA_URL


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
    pie = alt.Chart().mark_point()
    pie.mark = {"type": "pie"}
    sketch = Sketch(body=lambda: pie, width=600, subtitle="", shown="")
    with pytest.raises(ValidationError):
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
    shown = below(made.charted(made.left))
    for name in made.left().table["name"]:
        assert name in shown


@pytest.mark.parametrize("make", [made.agree, made.cohesion, made.balance])
def test_charting_one_figure_over_all_asks_for_by(make: Maker) -> None:
    answer = make()
    whole = answer.table.head(1).with_columns(period=pl.lit("all"))
    with pytest.raises(UsageError, match="--by year"):
        chart(replace(answer, table=whole))


def test_charting_question_without_chart_says_how_to_get_the_table() -> None:
    with pytest.raises(UsageError, match=r"weather has no chart: .*--csv"):
        chart(replace(made.rule(), question="weather"))


def test_charting_many_votes_are_points_and_medians_of_their_years() -> None:
    answer = made.topic("nuclear")
    counted = answer.table.drop_nulls("yes").with_columns(
        share=pl.col("yes") / pl.sum_horizontal("yes", "no", "abstain"),
        year=pl.col("date").dt.year(),
    )
    rows = rows_of(chart(answer))
    points = [row for row in rows if "share" in row and row["year"] != int(row["year"])]
    assert (
        len([row for row in rows if "share" in row]) == counted.height + counted["year"].n_unique()
    )
    assert {round(row["year"]) for row in points} <= set(counted["year"])
    of_2020 = counted.filter(pl.col("year") == 2020)
    assert {"year": 2020, "n": of_2020.height, "part": False} in rows
    assert {"year": 2020, "share": pytest.approx(of_2020["share"].median())} in rows


def test_charting_votes_without_tally_are_counted_in_a_note() -> None:
    answer = made.topic("nuclear")
    none = pl.when(pl.col("date").dt.year() == 1990).then(None).otherwise("yes").alias("yes")
    table = answer.table.with_columns(none)
    missing = table["yes"].null_count()
    assert missing
    assert f"not drawn: {missing} votes" in below(chart(replace(answer, table=table)))
    silent = table.with_columns(yes=pl.lit(None, dtype=pl.Int64))
    with pytest.raises(UsageError, match="no vote has a tally"):
        chart(replace(answer, table=silent))


@pytest.mark.parametrize("topic", ["ukraine", "nuclear"])
def test_charting_first_has_a_place_for_the_choice_never_made(topic: str) -> None:
    answer = made.first(topic)
    rows = rows_of(chart(answer))
    counts = answer.facts["choices"]
    if topic == "ukraine":
        assert counts["abstain"] == answer.facts["n"]
        assert len([row for row in rows if "head" in row]) == answer.table.height
        assert f"abstain: {counts['abstain']}" in str(chart(answer).specification["vconcat"])
    else:
        spans = [row for row in rows if "span" in row]
        drawn = {row["row"] for row in spans}
        assert f"no ({counts['no']:,})" in drawn
        assert sum(row["count"] for row in spans) == answer.table.height


def test_charting_topics_and_groups_have_a_bar_each() -> None:
    topics = {row["name"]: row["label"] for row in rows_of(made.charted(made.topics))}
    assert set(topics) == set(made.topics().table["name"])
    assert topics["Ukraine"] == f"{made.topic().table.height} (2014 to 2025)"
    listed = made.groups().table.drop_nulls("members")
    groups = rows_of(made.charted(made.groups))
    assert {row["name"]: row["members"] for row in groups} == dict(
        listed.select("name", "members").iter_rows()
    )
    assert "without a list of members: African states" in below(made.charted(made.groups))


def test_charting_chains_beyond_sixty_are_counted_below() -> None:
    answer = made.chains()
    table = pl.concat([answer.table, answer.table.with_columns(chain=pl.lit("again"))])
    found = chart(replace(answer, table=table))
    drawn = {row["row"] for row in rows_of(found)}
    assert len(drawn) == 60
    assert f"{table.height - 60} more are in the table" in below(found)


def test_charting_who_left_is_light_and_says_until_when() -> None:
    rows = rows_of(made.charted(made.group))
    bars = {row["row"]: row for row in rows if "fill" in row}
    assert bars["United Kingdom"]["fill"] == LIGHT
    assert {bar["fill"] for name, bar in bars.items() if name != "United Kingdom"} == {DARK}
    assert {"row": "United Kingdom", "label": "1973-01-01 to 2020-01-31"} in rows


def test_charting_memberships_say_no_more_of_a_day_than_is_known() -> None:
    told = {row["row"]: row["label"] for row in rows_of(chart(made.group("G77"))) if "label" in row}
    assert told["South Korea"] == "1964 to 1996"
    assert told["Cuba"] == "since 1971"
    assert told["Algeria"] == "since 1964-06-15"


def test_charting_seats_that_begin_later_are_neither_held_nor_ended() -> None:
    kept_to = states.groups_kept_to()
    spells = made.group("E10").table
    later = spells.filter(pl.col("since") > kept_to).height
    bars = [row for row in rows_of(chart(made.group("E10"))) if "fill" in row]
    assert len(bars) == spells.height
    assert later
    assert sum(bar["fill"] == "#ffffff" for bar in bars) == later


def test_charting_members_on_a_day_have_a_line_at_that_day() -> None:
    on = date(2004, 6, 1)
    assert {"on": in_years(on)} in rows_of(chart(made.group("NATO", on)))
    after = states.groups_kept_to() + timedelta(days=400)
    assert not any("on" in row for row in rows_of(chart(made.group("NATO", after))))


def test_charting_source_of_groups_is_theirs() -> None:
    source = made.charted(made.group).source
    assert source.startswith("Source: European Union, accession treaties")
    assert source.count("Source:") == 1


def test_charting_unexplained_bars_add_up_to_the_list() -> None:
    rows = rows_of(made.charted(made.unexplained))
    assert sum(row["count"] for row in rows) == made.unexplained().table.height


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
    unknown = made.agree(2010, 2012).table.with_columns(value=pl.lit(None, dtype=pl.Float64))
    with pytest.raises(UsageError, match="no period has a figure"):
        chart(replace(made.agree(2010, 2012), table=unknown))


def test_charting_without_the_packages_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    package = sys.modules["votewire.plots"]
    for name in [n for n in sys.modules if n.startswith("votewire.plots.")]:
        room = name.rsplit(".", 1)[-1]
        if room not in ("charting", "drawing", "wording"):
            monkeypatch.delitem(sys.modules, name)
            monkeypatch.delattr(package, room)
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
