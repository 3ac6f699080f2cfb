"""Recurring texts by hand: the file of matched roll calls that comes with the published estimates.

Each line says that the roll call `rcid2` put the text of the earlier roll call `rcid1` to the vote
again (Bailey, Strezhnev and Voeten 2017, "Matches.csv"; MIT).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.errors import SourceError
from votewire.record.readers.csv_tables import csv_table

__all__ = ["read_matches", "shared_items"]

Ints = NDArray[np.intp]
_COLUMNS = ("rcid1", "rcid2")


def read_matches(source: bytes, *, name: str = "Matches.csv") -> pl.DataFrame:
    """The pairs as a frame: rcid1, rcid2 (Int64), by rcid2 and rcid1, each pair once.

    Raises SourceError where the file is no such table, is cut, holds a cell that is no whole number
    above 0, or a roll call matched with itself or a later one.
    """
    raw = csv_table(source, name=name, null_values=[])
    missing = [column for column in _COLUMNS if column not in raw.columns]
    if missing:
        raise SourceError(
            f"{name} lacks {', '.join(missing)}: give the file of matched roll calls with the "
            "columns rcid1 and rcid2."
        )
    if raw.is_empty():
        raise SourceError(f"{name} has no rows: the file ends after its head.")
    pairs = raw.select(pl.col(_COLUMNS).cast(pl.Int64, strict=False))
    good = (pl.col("rcid1") > 0) & (pl.col("rcid2") > pl.col("rcid1"))
    wrong = np.flatnonzero(~pairs.select(good.fill_null(value=False)).to_series().to_numpy())
    if wrong.size:
        cells = ", ".join(str(cell) for cell in raw.select(_COLUMNS).row(int(wrong[0])))
        raise SourceError(
            f"{name}, line {wrong[0] + 2}: {cells} are no roll call and a later one; nothing was "
            "read."
        )
    return pairs.unique().sort("rcid2", "rcid1")


def shared_items(rcids: Sequence[int] | Ints, matches: pl.DataFrame) -> Ints:
    """(n,) the item of each roll call: the number of the first one with its text.

    A roll call that matches several goes with the earliest of them, and on from there, as the
    authors' code does. matches: as `read_matches` gives them. A roll call without a match is its
    own item.
    """
    first = dict(matches.group_by("rcid2").agg(pl.col("rcid1").min()).iter_rows())
    found = []
    for rcid in np.asarray(rcids).tolist():
        item = rcid
        while item in first:
            item = first[item]
        found.append(item)
    return np.array(found, dtype=np.intp)
