"""Which votes are on the same recurring text, and which on the same matter."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.record import Record
from votewire.record.chains import chains

__all__ = ["names_of"]

Ints = NDArray[np.intp]

_NUMBER = r"^[AS]/\S*(?: (?:Add|Corr|Rev)\.\S*)*\s+(?:X|\[?[0-9]\S*)\s+"


def names_of(record: Record, rows: Ints) -> Ints:
    """(n, 2) equal numbers for votes on one recurring text (`chains`), and on one matter.

    The matter is the first agenda entry without its document number, an emergency special session
    as a whole, or the rollcall alone where neither is known. Unlike `same_matter`, it needs no vote
    to come: a vote has the matter that it had on its day.
    """
    frame = record.rollcalls.select("chamber", "session", "agenda")[rows]
    entry = frame["agenda"].list.get(0, null_on_oob=True).fill_null("").str.replace(_NUMBER, "")
    words = entry.str.to_lowercase().str.replace_all(r"[^\p{L}]+", " ").str.strip_chars()
    alone = pl.Series([f"row {row}" for row in rows.tolist()], dtype=pl.String)
    key = (
        pl.when(pl.col("session").str.starts_with("ES-"))
        .then(pl.col("session"))
        .when(words != "")
        .then(words)
        .otherwise(alone)
    )
    named = frame.select(pl.concat_str(pl.col("chamber").cast(pl.String), key, separator=" "))
    matter = named.to_series().rank("dense").to_numpy()
    return np.stack([chains(record)[rows], matter], axis=1).astype(np.intp)
