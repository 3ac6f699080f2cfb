"""The votes behind the published estimates: the rules on rows made up, the counts on real files."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest

from tests.conftest import shared
from votewire.errors import SourceError
from votewire.positions.matches import read_matches
from votewire.positions.published import read_published
from votewire.positions.replication import Replication, published_problem
from votewire.record.readers.voeten_tables import Tables, tables_of

NO_MATCHES = pl.DataFrame(schema={"rcid1": pl.Int64, "rcid2": pl.Int64})
FILES = ("un_votes.rda", "un_roll_calls.rda")


def tables(rolls: dict[int, dict[str, Any]]) -> Tables:
    """Tables of made-up roll calls: number -> session, votes by country, and flags."""
    votes = [
        {"rcid": rcid, "country": country, "vote": vote}
        for rcid, roll in rolls.items()
        for country, vote in roll["votes"].items()
    ]
    heads = [
        {
            "rcid": rcid,
            "session": roll["session"],
            "amend": roll.get("amend"),
            "para": roll.get("para"),
            "date": date(1945 + roll["session"], 12, 1),
        }
        for rcid, roll in rolls.items()
    ]
    flags = {"amend": pl.Int64, "para": pl.Int64}
    return Tables(votes=pl.DataFrame(votes), rollcalls=pl.DataFrame(heads, schema_overrides=flags))


SPLIT = {"France": 1, "Norway": 3}
ALIKE = {"France": 1, "Norway": 1}


def test_replication_leaves_out_what_the_rules_say() -> None:
    found = published_problem(
        tables(
            {
                1: {"session": 18, "votes": SPLIT | {"Zanzibar": 1}},
                2: {"session": 19, "votes": SPLIT},
                3: {"session": 40, "votes": SPLIT, "para": 1},
                4: {"session": 48, "votes": SPLIT | {"South Africa": 1}},
                5: {"session": 49, "votes": SPLIT | {"South Africa": 1}, "amend": 0},
                6: {"session": 49, "votes": SPLIT, "para": 1},
                7: {"session": 50, "votes": SPLIT, "amend": 1},
                8: {"session": 51, "votes": ALIKE | {"Poland": 8}},
                9: {"session": 75, "votes": SPLIT},
            }
        ),
        NO_MATCHES,
    ).problem
    assert found.rows.tolist() == [1, 3, 4, 5]
    assert found.periods == ("18", "40", "48", "49")
    assert found.states == ("France", "Norway", "South Africa")
    assert found.present[:, 2].tolist() == [False, False, False, True]
    assert found.dropped == 1
    assert found.casts == 9


def test_replication_keeps_a_unanimous_vote_on_a_text_that_was_contested_before() -> None:
    rolls = {1: {"session": 1, "votes": SPLIT}, 5: {"session": 2, "votes": ALIKE}}
    matches = pl.DataFrame({"rcid1": [1], "rcid2": [5]})
    found = published_problem(tables(rolls), matches).problem
    assert found.rows.tolist() == [1, 5]
    assert [block.items.tolist() for block in found.blocks] == [[0], [0]]
    assert found.items == 1


def test_replication_without_votes_is_refused() -> None:
    with pytest.raises(SourceError, match="no vote of sessions 1 to 74"):
        published_problem(tables({1: {"session": 19, "votes": SPLIT}}), NO_MATCHES)
    rolls = {1: {"session": 3, "votes": {"France": 1, "Atlantis": 3}}}
    with pytest.raises(SourceError, match="Atlantis"):
        published_problem(tables(rolls), NO_MATCHES)


@pytest.fixture(scope="module")
def replication() -> Replication:
    files = [(name, shared(f"data/voeten/{name}").read_bytes()) for name in FILES]
    matches = read_matches(shared("data/idealpoints/Matches.csv").read_bytes())
    return published_problem(tables_of(files), matches)


def test_replication_is_the_published_input(replication: Replication) -> None:
    problem = replication.problem
    assert problem.casts == 797_473
    assert len(problem.rows) == 5_733
    assert problem.items == 4_784
    assert problem.present.sum() == 10_469
    assert (len(problem.states), len(problem.periods)) == (199, 73)


def test_replication_has_the_published_number_of_votes_everywhere(replication: Replication) -> None:
    problem = replication.problem
    path = shared("data/idealpoints/IdealpointestimatesAll_Apr2020.csv")
    published = read_published(path.read_bytes())
    theirs = {
        (state, session): n
        for state, session, n in published.select("state", "session", "n_casts").iter_rows()
    }
    ours: dict[tuple[str, int], int] = {}
    for at, block in enumerate(problem.blocks):
        counted = (block.casts < 3).sum(axis=0)
        for column, n in zip(block.columns, counted.tolist(), strict=True):
            key = str(replication.codes[at, column]), int(problem.periods[at])
            ours[key] = max(n, ours.get(key, 0))  # both Chinas of session 26 have one code
    assert ours == theirs
    assert np.array_equal(replication.codes == "", ~problem.present)
