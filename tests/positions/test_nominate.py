"""A fit beside NOMINATE: correlations, casts got right, and the casts left out."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.conftest import shared
from tests.positions.made_house import MadeHouse, made_house
from votewire.errors import SourceError
from votewire.positions.house import HouseFit, Rolls, fit_house, rolls_of
from votewire.positions.house_answer import house_answer
from votewire.positions.nominate import (
    Beside,
    beside_nominate,
    judged,
    left_out,
    nominate_chances,
)
from votewire.record import Choice
from votewire.record.readers import voteview

REAL = ("members", "rollcalls", "votes")


@cache
def one() -> tuple[MadeHouse, Rolls, HouseFit]:
    made = made_house()
    given = rolls_of([voteview.read_folder(made.files)])
    return made, given, fit_house(given)


@cache
def beside() -> Beside:
    made, given, fit = one()
    return beside_nominate(fit, nominate_chances(given, made.files))


def test_nominate_judged_by_hand() -> None:
    found = judged(np.array([0.9, 0.8, 0.4]))
    assert found.n == 3
    assert found.right == pytest.approx(2 / 3)
    assert found.gmp == pytest.approx((0.9 * 0.8 * 0.4) ** (1 / 3))
    assert found.log_loss == pytest.approx(-np.log([0.9, 0.8, 0.4]).mean())


def test_nominate_chances_are_those_of_the_files() -> None:
    made, given, _ = one()
    found = nominate_chances(given, made.files)
    cast = given.choices <= Choice.NO
    assert not np.isnan(found[cast]).any()
    assert np.isnan(found[~cast]).all()
    line = made.files[2][1].decode().splitlines()[5].split(",")
    at = given.rollcalls.index(f"S118-{line[2]}"), given.ids.index(line[3])
    assert found[at] == pytest.approx(float(line[5]) / 100)


def test_nominate_chance_of_nothing_is_taken_as_rounded() -> None:
    made, given, _ = one()
    lines = made.files[2][1].decode().splitlines()
    at = next(i for i, line in enumerate(lines) if line.split(",")[4] == "1")
    lines[at] = ",".join([*lines[at].split(",")[:5], "0.0"])
    found = nominate_chances(given, [(made.files[2][0], "\n".join(lines).encode())])
    assert np.nanmin(found) == 5e-4


@pytest.mark.parametrize("value", ["often", "101", "-3"])
def test_nominate_chance_that_is_none(value: str) -> None:
    made, given, _ = one()
    lines = made.files[2][1].decode().splitlines()
    lines[3] = ",".join([*lines[3].split(",")[:5], value])
    with pytest.raises(SourceError, match=f"prob is '{value}'"):
        nominate_chances(given, [("S118_votes.csv", "\n".join(lines).encode())])


def test_nominate_correlations_of_all_and_of_each_party() -> None:
    table = beside().table
    assert table["group"].to_list() == ["all", "Democrat", "Republican"]
    assert table["n"].to_list() == [30, 15, 15]
    assert table["r"][0] > 0.95
    assert (table["spearman"] > 0.6).all()


def test_nominate_group_of_few_has_no_correlation() -> None:
    made = made_house(members=14)
    given = rolls_of([voteview.read_folder(made.files)])
    table = beside_nominate(fit_house(given), nominate_chances(given, made.files)).table
    assert table["n"].to_list() == [14, 7, 7]
    assert table["r"].is_null().to_list() == [False, True, True]


def test_nominate_both_are_judged_by_the_same_casts() -> None:
    found = beside()
    assert found.ours is not None
    assert found.theirs is not None
    assert found.ours.n == found.theirs.n > 1500
    # The files' chances are the truth that the casts were drawn from; ours have seen the casts.
    assert 0 < found.ours.gmp - found.theirs.gmp < 0.06
    assert found.ours.right > 0.8


def test_nominate_casts_left_out_are_foretold_worse_than_those_seen() -> None:
    found = beside()
    assert found.held_out is not None
    assert found.ours is not None
    assert found.held_out.n == pytest.approx(0.05 * found.ours.n, rel=0.3)
    half = left_out(one()[1], share=0.5)  # a twentieth is too few casts to see the difference
    assert half is not None
    assert found.ours.log_loss < half.log_loss < np.log(2)


def test_nominate_left_out_is_drawn_by_the_seed() -> None:
    given = one()[1]
    assert left_out(given, seed=1) == left_out(given, seed=1) != left_out(given, seed=2)


def test_nominate_left_out_where_the_rest_has_no_fit() -> None:
    given = one()[1]
    assert left_out(given, share=1.1) is None


def test_nominate_files_without_estimates() -> None:
    made = made_house(members=20)
    plain = [(name, _without_last(source, name)) for name, source in made.files]
    answer = house_answer([plain])
    assert answer.facts["ours"] is None
    assert answer.facts["nominate"] is None
    assert answer.facts["held_out"] is not None
    assert any("No comparison with NOMINATE" in text for text in answer.told)


def _without_last(source: bytes, name: str) -> bytes:
    """Without prob in the votes, without both dimensions in the members."""
    cut = {"votes": 1, "members": 2}.get(name.removesuffix(".csv").split("_")[1], 0)
    lines = source.decode().splitlines()
    return "\n".join(line.rsplit(",", cut)[0] for line in lines).encode()


def test_nominate_answer_says_what_was_found() -> None:
    answer = house_answer([one()[0].files])
    assert answer.title == "Positions in the Senate, Congress 118"
    assert answer.facts["chamber"] == "Senate"
    assert answer.facts["congresses"] == [118]
    assert answer.told[0].startswith(f"Fitted to {answer.facts['casts']:,} casts of 30 members on ")
    assert any("Democrats: correlation" in text for text in answer.told)
    assert any("left out of a second fit" in text for text in answer.told)


@pytest.mark.parametrize(
    ("name", "r", "democrats", "republicans"),
    [("S111", 0.94, 0.7, 0.9), ("S118", 0.94, 0.55, 0.88)],
)
def test_nominate_real_senates(name: str, r: float, democrats: float, republicans: float) -> None:
    paths = [shared(f"data/voteview/{name}_{part}.csv") for part in REAL]
    answer = house_answer([[(path.name, path.read_bytes()) for path in paths]])
    found = dict(answer.beside.select("group", "r").iter_rows())
    assert found["all"] > r
    assert found["Democrat"] > democrats
    assert found["Republican"] > republicans
    ours, theirs = answer.facts["ours"], answer.facts["nominate"]
    assert ours.right > theirs.right - 0.005  # one dimension against two
    assert answer.facts["held_out"].gmp > 0.8
