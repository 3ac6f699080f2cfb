"""Texts that come back: the same resolution year after year, and all votes on one matter."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.record.matters import rows_on_matter
from votewire.record.record import Record
from votewire.record.tables import Chamber, Choice, Kind
from votewire.record.titles import part_letters, title_keys

__all__ = ["chain_table", "chains", "same_matter", "same_text"]

Rows = NDArray[np.intp]

_WHOLE = (Kind.RESOLUTION, Kind.DECISION, Kind.DRAFT)
_GAP = 5  # sessions without it after which a title that comes back is taken for another text
_HEADING = 1 / 3  # a title that names several texts in more of its sessions names no single text
_LIKE = 0.75  # least share of states with the same choice for a part to be last year's


def same_text(record: Record, row: int) -> Rows:
    """The rows of the same recurring text, in order of time, with the row itself.

    Strict: whole texts only, one for each session of the Assembly; see `chains`.
    """
    ids = chains(record)
    return np.flatnonzero(ids == ids[row])


def same_matter(record: Record, row: int) -> Rows:
    """The rows on the same matter, in order of time, with the row itself; see `rows_on_matter`.

    Looser than `same_text`: the same agenda item or subject, the other votes under the same symbol,
    and the text of other years. In an emergency special session, all votes on its item.
    """
    return rows_on_matter(record, row, same_text(record, row))


def chains(record: Record) -> NDArray[np.int32]:
    """(n_rollcalls,) the chain of each rollcall; the id is the row of the chain's first rollcall.

    Two rollcalls are of one chain if they are votes on whole texts of one chamber whose titles have
    the same words (`title_keys`), with at most five sessions between one and the next. In the
    Assembly a title stands for a text only where one text of the session has it; parts A, B, C
    under one title are chained by letter where their number stays the same and no other part's
    roll is more like. Special sessions and votes on paragraphs, amendments and procedure are
    chains of their own, and so is all that does not recur.
    """
    return _chains(record)


def chain_table(record: Record) -> pl.DataFrame:
    """The texts that recur: chain, chamber, title, first, last, rollcalls, rows; most votes first.

    chain: id as in `chains`. title: the latest. first, last: days. rollcalls: how many, without a
    vote or with. rows: their rows in the record.
    """
    found = record.rollcalls.select(
        "chamber", "title", "date", chain=pl.Series(chains(record))
    ).with_row_index("row")
    table = found.group_by("chain", maintain_order=True).agg(
        pl.col("chamber").first(),
        pl.col("title").last(),
        first=pl.col("date").first(),
        last=pl.col("date").last(),
        rollcalls=pl.len(),
        rows=pl.col("row"),
    )
    recurring = table.filter(pl.col("rollcalls") > 1)
    return recurring.sort("rollcalls", "chain", descending=(True, False))


@lru_cache(maxsize=4)
def _chains(record: Record) -> NDArray[np.int32]:
    keyed = _keyed(record).sort("chamber", "key", "letter", "order", "row")
    same = ("chamber", "key", "letter")
    follows = pl.all_horizontal(pl.col(name) == pl.col(name).shift() for name in same)
    gap = pl.when(pl.col("letter") == "").then(_GAP).otherwise(1)
    near = pl.col("order") - pl.col("order").shift() <= gap
    unlike = pl.Series(list(_unlike(record, keyed)), dtype=pl.UInt32)
    linked = follows & near & ~pl.col("row").is_in(unlike.implode())
    numbered = keyed.with_columns(run=(~linked.fill_null(value=False)).cum_sum())
    first = numbered.select(pl.col("row").min().over("run")).to_series()
    ids = np.arange(len(record), dtype=np.int32)
    ids[keyed["row"].to_numpy()] = first.to_numpy()
    return ids


def _keyed(record: Record) -> pl.DataFrame:
    """row, chamber, order, key, letter: the rollcalls that can recur and what makes them the same.

    order is the session of the Assembly or the year of the Council. A key that several texts of a
    session have is that of parts: `words (n)` and the part's letter.
    """
    frame = record.rollcalls
    frame = frame.with_row_index("row").select(
        "row",
        "chamber",
        order=pl.col("session").cast(pl.Int32, strict=False),
        key=title_keys(frame["title"]),
        letter=part_letters(frame["symbol"]),
        whole=pl.col("kind").is_in([kind.value for kind in _WHOLE])
        # In the Council a draft not adopted has the title of its agenda item, not its own.
        & ((pl.col("chamber") == Chamber.GA) | (pl.col("kind") == Kind.RESOLUTION)),
    )
    frame = frame.filter(pl.col("whole") & pl.col("order").is_not_null() & (pl.col("key") != ""))
    council = frame.filter(pl.col("chamber") == Chamber.SC).with_columns(letter=pl.lit(""))
    assembly = frame.filter(pl.col("chamber") == Chamber.GA)
    return pl.concat([*_alone_or_part(assembly), council]).drop("whole")


def _alone_or_part(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The texts that have their title to themselves in a session, and the lettered parts."""
    at = ("order", "key")
    frame = frame.with_columns(texts=pl.len().over(at))
    many = pl.col("order").filter(pl.col("texts") > 1).n_unique() / pl.col("order").n_unique()
    heading = many.over("key") > _HEADING
    alone = frame.filter((pl.col("texts") == 1) & ~heading).with_columns(letter=pl.lit(""))
    parts = frame.filter(
        (pl.col("texts") > 1) & (pl.col("letter") != "") & (pl.len().over(*at, "letter") == 1)
    ).with_columns(key=pl.format("{} ({})", "key", "texts"))
    return alone.drop("texts"), parts.drop("texts")


def _unlike(record: Record, keyed: pl.DataFrame) -> Iterator[int]:
    """Rows of parts whose roll is not most like that of the same letter in the session before."""
    parts = keyed.filter(pl.col("letter") != "")
    for of_one in parts.partition_by("key", maintain_order=True):
        sessions = of_one.partition_by("order", maintain_order=True)
        sessions.sort(key=lambda session: int(session["order"][0]))
        for before, after in pairwise(sessions):
            same = before["letter"].to_numpy()[:, None] == after["letter"].to_numpy()[None]
            like = _likeness(record, before["row"], after["row"])
            best = np.maximum(like.max(axis=0)[None], like.max(axis=1)[:, None])
            yield from after["row"].to_numpy()[
                ~(same & (like >= best) & (like >= _LIKE)).any(axis=0)
            ]


def _likeness(record: Record, rows: pl.Series, others: pl.Series) -> NDArray[np.float64]:
    """(n_rows, n_others) share of states whose choice was the same in both; -1 without rolls."""
    one, two = (record.choices[given.to_numpy()] for given in (rows, others))
    both = (one[:, None] <= Choice.NON_VOTING) & (two[None] <= Choice.NON_VOTING)
    same = (one[:, None] == two[None]) & both
    count = both.sum(axis=2)
    return np.where(count > 0, same.sum(axis=2) / np.maximum(count, 1), -1.0)
