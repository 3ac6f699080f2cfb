"""Agreement of states and groups on the shipped record, friends and the matrix."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import polars as pl
import pytest

import votewire
from votewire import blocs, states
from votewire.blocs import Definition, Interval, Side
from votewire.blocs.intervals import DRAWS, _draw_kinds, _draw_rollcalls, bootstrap
from votewire.errors import NotInRecord, TooFewRollcalls, UsageError
from votewire.record import Chamber, Choice, Record, Selection

RECENT = Selection(since=date(2022, 1, 1))


@pytest.fixture(scope="module")
def record() -> Record:
    return votewire.open_record()


def column(record: Record, code: str, within: Selection = RECENT) -> np.ndarray:
    return record.choices[within.rows(record), states.codes().index(code)]


@pytest.mark.parametrize("definition", list(Definition))
def test_agreeing_is_the_agreement_of_the_two_rolls(record: Record, definition: Definition) -> None:
    row = blocs.agree(record, "USA", "RUS", within=RECENT, definition=definition).table.row(0)
    alone = blocs.agreement(column(record, "USA"), column(record, "RUS"), definition)
    assert row == ("all", alone.n, alone.value, alone.low, alone.high)


def test_agreeing_years_add_up_to_the_whole(record: Record) -> None:
    by_year = blocs.agree(record, "FRA", "GBR", by="year")
    table = by_year.table
    assert table.columns == ["period", "n", "value", "low", "high", "part"]
    assert table["n"].sum() == by_year.facts["n"]
    mean = (table["value"] * table["n"]).sum() / table["n"].sum()
    assert mean == pytest.approx(by_year.facts["value"], abs=1e-12)
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()


@pytest.mark.parametrize(("a", "b"), [("USA", "FRA"), ("USA", "RUS"), ("HUN", "EU")])
def test_agreeing_a_year_that_is_not_whole_is_told_and_not_ranked(
    record: Record, a: str, b: str
) -> None:
    """Of 2025 the record has the votes to October, among which the two agree least."""
    found = blocs.agree(record, a, b, by="year")
    last = found.table.row(-1, named=True)
    assert (last["period"], last["part"]) == ("2025", f"to {record.complete_to['GA']}")
    assert found.table["part"].null_count() == found.table.height - 1
    assert found.facts["parts"]["2025"]["usual"] > found.facts["parts"]["2025"]["rollcalls"]
    assert "among whole years" in found.told[1]
    assert "2025" not in found.told[1]
    assert found.told[2].startswith("2025 is not whole: to 2025-10-29, 34 rollcalls of about ")


def test_agreeing_with_a_group_is_the_mean_of_its_members_one_rollcall_at_a_time(
    record: Record,
) -> None:
    within = Selection(since=date(2019, 6, 1), until=date(2020, 12, 31))  # the UK left the EU
    answer = blocs.agree(record, "HUN", "EU", within=within)
    points = []
    for row in within.rows(record):
        call = record.at(int(row))
        own = call.casts.get("HUN", Choice.NON_VOTING)
        others = states.group_members("EU", call.date) - {"HUN"}
        votes = [call.casts[c] for c in others if call.casts.get(c, Choice.NON_VOTING) <= Choice.NO]
        if own <= Choice.NO and votes:
            points.append(np.mean([1 - abs(own - vote) / 2 for vote in votes]))
    assert answer.facts["n"] == len(points)
    assert answer.facts["value"] == pytest.approx(np.mean(points), abs=1e-12)
    assert answer.facts["low"] < answer.facts["value"] < answer.facts["high"]


@pytest.mark.parametrize("definition", list(Definition))
def test_agreeing_does_not_depend_on_which_side_is_named_first(
    record: Record, definition: Definition
) -> None:
    for a, b in (("USA", "RUS"), ("HUN", "EU")):
        one, other = (
            blocs.agree(record, *pair, within=RECENT, definition=definition).table.row(0)
            for pair in ((a, b), (b, a))
        )
        assert one == other


def test_agreeing_bootstrap_is_near_wilson_and_the_same_each_time(record: Record) -> None:
    strict = {"within": RECENT, "definition": Definition.STRICT}
    drawn, again = (
        blocs.agree(record, "USA", "RUS", interval=Interval.BOOTSTRAP, **strict) for _ in range(2)
    )
    wilson = blocs.agree(record, "USA", "RUS", **strict)
    assert drawn.table.equals(again.table)
    assert drawn.facts["low"] == pytest.approx(wilson.facts["low"], abs=0.01)
    assert drawn.facts["high"] == pytest.approx(wilson.facts["high"], abs=0.01)


def test_agreeing_bootstrap_gives_no_interval_without_spread() -> None:
    def mean(sums: np.ndarray) -> np.ndarray:
        return sums[0]

    alike = bootstrap(np.ones((1, 1)), np.array([40.0]), mean)
    few = bootstrap(np.array([[0.0], [1.0]]), np.array([2.0, 2.0]), mean)
    assert all(math.isnan(bound) for bound in (*alike, *few))


def test_agreeing_draws_rollcalls_as_it_draws_kinds_of_them() -> None:
    rng = np.random.default_rng(3)
    kinds, counts = rng.random((40, 3)), rng.integers(1, 5, 40).astype(np.float64)
    one, other = (
        draw(kinds, counts, np.random.default_rng(0)) for draw in (_draw_kinds, _draw_rollcalls)
    )
    assert one.shape == other.shape == (3, DRAWS)
    np.testing.assert_allclose(other.mean(axis=1), counts @ kinds, rtol=0.01)
    np.testing.assert_allclose(np.cov(one), np.cov(other), rtol=0.2, atol=0.5)


def test_agreeing_with_consensus_adds_the_texts_adopted_without_a_vote(record: Record) -> None:
    within = Selection(since=date(1984, 1, 1), until=date(1988, 12, 31))
    plain = blocs.agree(record, "USA", "SUN", within=within)
    with_texts = blocs.agree(record, "USA", "SUN", within=within, with_consensus=True)
    n, value = plain.facts["n"], plain.facts["value"]
    assert with_texts.facts["without_vote"] == 3
    assert with_texts.facts["n"] == n + 3
    assert with_texts.facts["value"] == pytest.approx((n * value + 3) / (n + 3), abs=1e-12)
    assert "3 texts adopted without a vote" in with_texts.basis
    assert "no part of it" in plain.definition


def test_agreeing_consensus_of_the_council_counts_its_members_only(record: Record) -> None:
    council = Selection(chamber=Chamber.SC)
    texts = council.adopted_without_vote(record)
    answer = blocs.agree(record, "USA", "GBR", within=council, with_consensus=True)
    assert answer.facts["n"] - blocs.agree(record, "USA", "GBR", within=council).facts["n"] == len(
        texts
    )
    india = blocs.agree(record, "USA", "IND", within=council, with_consensus=True)
    alone = blocs.agree(record, "USA", "IND", within=council)
    on = sum("IND" in states.council_members(record.at(int(row)).date) for row in texts)
    assert 0 < on < len(texts)
    assert india.facts["n"] - alone.facts["n"] == on


def test_agreeing_with_predecessor_counts_the_seat(record: Record) -> None:
    whole = blocs.agree(record, "USA", "RUS", with_predecessor=True)
    parts = [blocs.agree(record, "USA", code).facts["n"] for code in ("RUS", "SUN")]
    assert whole.facts["n"] == sum(parts)
    assert "before 1991-12-24: Soviet Union" in whole.title
    with pytest.raises(UsageError, match="continues another"):
        blocs.agree(record, "USA", "GBR", with_predecessor=True)


def test_agreeing_says_in_words_that_kappa_is_undefined(record: Record) -> None:
    # Both voted Yes on each of the Assembly's texts on Ukraine of that year.
    within = Selection(text="ukraine", since=date(2022, 1, 1), until=date(2022, 12, 31))
    answer = blocs.agree(record, "FRA", "DEU", within=within, definition=Definition.KAPPA)
    assert answer.table["value"].to_list() == [None]
    assert "undefined" in answer.told[0]


@pytest.mark.parametrize(
    ("a", "b", "options", "error"),
    [
        ("USA", "USA", {}, UsageError),
        ("EU", "NATO", {}, UsageError),
        ("USA", "NOWHERE", {}, NotInRecord),
        ("USA", "SSD", {"within": Selection(until=date(2000, 1, 1))}, TooFewRollcalls),
        ("USA", "RUS", {"within": Selection(since=date(2090, 1, 1))}, TooFewRollcalls),
        ("USA", "RUS", {"definition": Definition.PI, "interval": Interval.WILSON}, UsageError),
    ],
)
def test_agreeing_refuses(
    record: Record, a: str, b: str, options: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        blocs.agree(record, a, b, **options)


def test_agreeing_a_name_of_both_is_the_group_only_when_asked_for(record: Record) -> None:
    state = blocs.agree(record, "USA", "NAM", within=RECENT)
    group = blocs.agree(record, "USA", Side(id="NAM", is_group=True), within=RECENT)
    assert "Namibia" in state.title
    assert "NAM members" in group.told[0]


def test_friends_are_sorted_with_equal_values_by_n_and_code(record: Record) -> None:
    table = blocs.friends(record, "USA", within=RECENT, top=400).table
    assert table.columns == ["state", "name", "n", "value", "low", "high"]
    keys = [(-value, -n, code) for code, _, n, value, *_ in table.iter_rows()]
    assert keys == sorted(keys)
    assert "USA" not in table["state"]


def test_friends_never_rank_a_small_n(record: Record) -> None:
    answer = blocs.friends(record, "USA", top=400)
    least = answer.facts["min_n"]
    own = int((column(record, "USA", Selection()) <= Choice.NO).sum())
    assert least == math.ceil(own / 3)
    assert answer.table["n"].min() >= least
    assert f"{answer.facts['left_out']} states with fewer left out" in " ".join(answer.told)
    every = blocs.friends(record, "USA", top=400, min_n=1)
    assert every.facts["left_out"] == 0
    assert every.table.height == answer.facts["ranked"] + answer.facts["left_out"]


def test_friends_show_the_closest_and_the_furthest(record: Record) -> None:
    every = blocs.friends(record, "USA", within=RECENT, top=400).table
    few = blocs.friends(record, "USA", within=RECENT, top=3).table
    assert few.equals(pl.concat([every.head(3), every.tail(3)]))


def test_friends_are_states_of_the_last_day_asked_about(record: Record) -> None:
    now, every = (blocs.friends(record, "IND", top=400, former=f) for f in (False, True))
    ended = set(every.table["state"]) - set(now.table["state"])
    assert every.table["state"][0] == "YMD"
    assert ended == {"YMD", "YUG", "CSK", "SUN"}
    assert set(now.table["state"]) <= states.members_on(record.complete_to["GA"])
    assert now.facts["former_left_out"] == len(ended)
    assert now.told[-1].startswith("Ranked are members on 2025-10-29 that share at least ")
    assert now.told[-1].endswith(" and 4 former states.")
    assert "former" not in every.told[-1]
    same = every.table.filter(~pl.col("state").is_in(ended))
    assert now.table.equals(same)


def test_friends_of_an_earlier_period_are_states_of_then(record: Record) -> None:
    until = Selection(until=date(1989, 12, 31))
    found = set(blocs.friends(record, "IND", within=until, top=400).table["state"])
    assert {"YMD", "SUN", "DDR"} <= found
    assert "RUS" not in found


def test_friends_of_a_state_that_ended_are_states_of_its_last_day(record: Record) -> None:
    answer = blocs.friends(record, "DDR", top=400)
    assert answer.facts["members_of"] == date(1990, 10, 2)
    assert {"SUN", "CSK"} <= set(answer.table["state"])


def test_friends_of_too_few_rollcalls_are_refused(record: Record) -> None:
    with pytest.raises(TooFewRollcalls, match="--min-n"):
        blocs.friends(record, "USA", within=Selection(since=date(2025, 10, 1)))


def test_matrix_has_each_pair_once_and_the_figure_of_agree(record: Record) -> None:
    table = blocs.matrix(record, within=RECENT).table
    assert table.columns == ["a", "b", "n", "value", "low", "high"]
    assert (table["a"] < table["b"]).all()
    assert not table.select("a", "b").is_duplicated().any()
    row = table.row(by_predicate=(pl.col("a") == "RUS") & (pl.col("b") == "USA"))
    answer = blocs.agree(record, "USA", "RUS", within=RECENT)
    assert row[2:] == tuple(answer.facts[name] for name in ("n", "value", "low", "high"))


def test_matrix_of_a_group_counts_days_in_the_group_only(record: Record) -> None:
    within = Selection(since=date(2018, 1, 1))
    table = blocs.matrix(record, within=within, group="EU").table
    britain = table.filter(pl.col("b").eq("GBR") | pl.col("a").eq("GBR"))
    rows = within.rows(record)
    before = rows[record.days[rows] < np.datetime64("2020-02-01")]
    assert 0 < britain["n"].max() <= len(before)
    assert set(table["a"]) | set(table["b"]) <= set(states.group("EU").spells)


@pytest.mark.parametrize(("a", "b"), [("USA", "RUS"), ("HUN", "EU")])
def test_agreeing_definitions_are_those_of_agree(record: Record, a: str, b: str) -> None:
    rows = blocs.agree_definitions(record, a, b, within=RECENT).table.to_dicts()
    assert [row["definition"] for row in rows] == [each.value for each in Definition]
    for row in rows:
        definition = Definition(row["definition"])
        alone = blocs.agree(record, a, b, within=RECENT, definition=definition).facts
        assert {name: row[name] for name in ("n", "value", "low", "high")} == {
            name: alone[name] for name in ("n", "value", "low", "high")
        }
