"""Which rollcalls are on one matter: by agenda item and subject, special session and symbol."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.record.record import Record
from votewire.record.tables import Chamber

__all__ = ["rows_on_matter"]

Rows = NDArray[np.intp]

_BROAD = 240  # an item with more rollcalls is a heading over many matters: disarmament, UNRWA
_NUMBER = r"^[AS]/\S*(?: (?:Add|Corr|Rev)\.\S*)*\s+(?:X|\[?[0-9]\S*)\s+"
_YEARLY = r"^S[0-9]+$"  # the Council's index to 1983 names a year, not a subject
_SUBJECT = r"^(?:.*?\S\.? )??([^a-z]{4,})$"  # UNBIS subjects stand last and in capitals


@dataclass(frozen=True, slots=True, kw_only=True)
class _Index:
    """entries: agenda entry -> its rows; of_row: row -> its entries; symbols: symbol -> rows."""

    entries: dict[str, list[int]]
    of_row: dict[int, list[str]]
    symbols: dict[str, list[int]]


def rows_on_matter(record: Record, row: int, text: Rows) -> Rows:
    """The rows on the matter of one rollcall, sorted, with the row itself and its `text` rows.

    text: the rows of the same text in other years. In an emergency special session the matter is
    the session's item. Else it is the agenda entry of these rows that fits them best: in the
    Assembly the one with the largest share of them, in the Council the one with the most rollcalls.
    Entries that stood for more than 240 rollcalls are headings, not matters. Other votes under the
    symbols found, such as those on paragraphs, belong to it.
    """
    index = _index(record)
    session = str(record.rollcalls["session"][row])
    seeds = [int(seed) for seed in text]
    if session.startswith("ES-"):
        found = _of_session(record, index, session, row)
    elif record.rollcalls["chamber"][row] == Chamber.SC:
        found = max(_own_entries(index, [row]), key=lambda rows: (len(rows), rows), default=[])
    else:
        seeds = sorted({*seeds, *_under(record, index, [row])})
        found = max(_own_entries(index, seeds), key=lambda rows: _fit(rows, seeds), default=[])
    every = {row, *seeds, *found}
    return np.array(sorted(every | _under(record, index, every)), dtype=np.intp)


def _fit(rows: list[int], seeds: list[int]) -> tuple[float, list[int]]:
    both = len(set(rows) & set(seeds))
    return both / (len(rows) + len(seeds) - both), rows


def _own_entries(index: _Index, rows: Iterable[int]) -> list[list[int]]:
    entries = {entry for row in rows for entry in index.of_row.get(row, ())}
    found = (index.entries[entry] for entry in entries)
    return [each for each in found if 1 < len(each) <= _BROAD]


def _of_session(record: Record, index: _Index, session: str, row: int) -> list[int]:
    """The rows of an emergency special session on the row's item, or on no other."""
    rows = np.flatnonzero((record.rollcalls["session"] == session).to_numpy()).tolist()
    own = set(index.of_row.get(row, ()))
    return [at for at in rows if not own or not (of := index.of_row.get(at)) or own & set(of)]


def _under(record: Record, index: _Index, rows: Iterable[int]) -> set[int]:
    """All rows that have the symbol of one of these."""
    symbols = record.rollcalls["symbol"].gather(list(rows)).drop_nulls()
    return {row for symbol in symbols for row in index.symbols[symbol]}


@lru_cache(maxsize=4)
def _index(record: Record) -> _Index:
    frame = record.rollcalls.with_row_index("row").select("row", "symbol", "chamber", "agenda")
    each = frame.explode("agenda").drop_nulls("agenda")
    plain = pl.col("agenda").str.replace(_NUMBER, "").str.strip_chars(" .")
    each = each.with_columns(subject=plain.str.extract(_SUBJECT, 1), plain=plain)
    item = pl.col("plain").str.strip_suffix(pl.col("subject").fill_null("")).str.to_lowercase()
    item = item.str.replace_all(r"[^\p{L}]+", " ").str.strip_chars()
    named = pl.concat(
        [each.select("row", "chamber", entry="subject"), each.select("row", "chamber", entry=item)]
    ).filter(~pl.col("entry").str.contains(_YEARLY) & (pl.col("entry").str.len_chars() > 2))
    entries: dict[str, list[int]] = defaultdict(list)
    of_row: dict[int, list[str]] = defaultdict(list)
    for row, chamber, entry in named.unique().sort("row", "entry").iter_rows():
        entries[f"{chamber} {entry}"].append(row)
        of_row[row].append(f"{chamber} {entry}")
    symbols: dict[str, list[int]] = defaultdict(list)
    for row, symbol in frame.select("row", "symbol").drop_nulls().iter_rows():
        symbols[symbol].append(row)
    return _Index(entries=dict(entries), of_row=dict(of_row), symbols=dict(symbols))
