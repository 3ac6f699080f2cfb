"""Voting coincidence as the US State Department counts it, from the record.

Each year the Department publishes how often every state voted as the United States did. Until 2016
its figure is `yes-no`, from 2017 `half`; which rollcalls a table rests on is in the data file
(data/coincidence.toml), or every recorded vote of the calendar year.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.blocs.definitions import Definition, agreement_of
from votewire.blocs.pairs import contingency
from votewire.record import Record, Selection

__all__ = ["coincidence", "coincidence_definition"]

_FILE = Path(__file__).with_name("data") / "coincidence.toml"
_HALF_SINCE = 2017  # before, abstentions did not enter the figure


def coincidence(record: Record, year: int, *, state: str = "USA") -> pl.DataFrame:
    """Each other member's voting coincidence with a state in one calendar year, by code.

    Columns: state, same, opposite, partial (one of the two abstained), absent (either took no
    position), value (null where nothing is counted). Raises TooFewRollcalls for a year without a
    recorded vote.
    """
    choices = record.choices[_rows(record, year)]
    codes = states.codes()
    own = codes.index(state)
    tables = contingency(choices, [own])[:, :, 0]
    values, _ = agreement_of(tables, coincidence_definition(year))
    same = np.trace(tables)
    opposite = tables[0, 2] + tables[2, 0]
    partial = tables[1].sum(axis=0) + tables[:, 1].sum(axis=0) - 2 * tables[1, 1]
    chosen = same + opposite + partial
    frame = pl.DataFrame(
        {
            "state": codes,
            "same": same,
            "opposite": opposite,
            "partial": partial,
            "absent": len(choices) - chosen,
            "value": values,
        }
    )
    member = states.membership(np.array([f"{year}-12-31"], dtype="datetime64[D]"))[0]
    member[own] = False
    return frame.filter(pl.Series(member)).fill_nan(None)


def coincidence_definition(year: int) -> Definition:
    """The definition of agreement that the Department's table of a year has."""
    return Definition.HALF if year >= _HALF_SINCE else Definition.YES_NO


def _rows(record: Record, year: int) -> NDArray[np.intp]:
    listed = _lists().get(str(year))
    if listed is None:
        within = Selection(since=date(year, 1, 1), until=date(year, 12, 31))
        return within.rows(record)
    return np.array([record.row_of(record.rollcall(symbol).id) for symbol in listed])


@cache
def _lists() -> dict[str, list[str]]:
    with _FILE.open("rb") as file:
        return {year: table["rollcalls"] for year, table in tomllib.load(file).items()}
