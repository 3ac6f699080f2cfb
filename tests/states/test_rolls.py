"""The spells of membership against every roll of the UN Digital Library, cast by cast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import polars as pl

from tests.conftest import shared
from votewire.states import admitted_on, council_members, from_un_name, members_on


@cache
def rolls(body: str) -> tuple[tuple[str, date, dict[str, str]], ...]:
    """Every roll of a body: (symbol, day, state -> mark)."""
    return tuple(_rolls(body))


def _rolls(body: str) -> Iterator[tuple[str, date, dict[str, str]]]:
    votes = pl.read_parquet(shared("data/undl/votes_long.parquet")).filter(pl.col("body") == body)
    votes = votes.with_columns(pl.col("date").str.to_date())
    known = {
        (name, on): from_un_name(name, on)
        for name, on in votes.select("ms_name", "date").unique().iter_rows()
    }
    grouped = votes.group_by("undl_id", maintain_order=True).agg(
        pl.col("symbol", "date").first(), pl.col("ms_name", "vote")
    )
    for _, symbol, on, names, marks in grouped.iter_rows():
        listed = [known[name, on] for name in names]
        assert len(set(listed)) == len(listed), f"{symbol}: a state twice"
        yield symbol, on, dict(zip(listed, marks, strict=True))


def test_members_on_is_every_state_of_every_assembly_roll() -> None:
    """Missing are at most states admitted that day, not yet seated when the vote was taken."""
    assert len(rolls("GA")) == 5539
    for symbol, on, marks in rolls("GA"):
        assert members_on(on) - set(marks) <= admitted_on(on), symbol


def test_members_on_lacks_only_states_that_rolls_list_early_as_not_voting() -> None:
    early: Counter[str] = Counter()
    for symbol, on, marks in rolls("GA"):
        for code in set(marks) - members_on(on):
            early[code] += 1
            assert marks[code] == "X", symbol
    assert early == {"ARE": 1, "DMA": 6, "JPN": 7, "MNG": 1, "WSM": 1}


def test_council_members_is_every_state_of_every_council_roll() -> None:
    assert len(rolls("SC")) == 2797
    for symbol, on, marks in rolls("SC"):
        assert set(marks) == council_members(on), symbol
