"""The votes behind the published estimates, made ready for a fit as their authors made them.

The rules are those of Bailey, Strezhnev and Voeten's code of April 2020: session 19 (one vote) is
left out, and Zanzibar (two votes), South Africa in session 48 (one vote), votes on paragraphs and
amendments after 1989, and texts on which all who voted, in all roll calls that share it, did the
same. A state is a name of Voeten's votes: Russia is one series from 1946 on, Taiwan and China two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import SourceError
from votewire.positions.matches import shared_items
from votewire.positions.problem import MISSING, Block, Problem
from votewire.record.readers.voeten_tables import Tables

__all__ = ["Replication", "published_problem"]

Ints = NDArray[np.intp]

_LEFT_OUT = 19
_ZANZIBAR, _SOUTH_AFRICA, _TAIWAN = "Zanzibar", "South Africa", "Taiwan"
_SINGLE_VOTE = 48  # the session of South Africa's one vote between 1974 and 1994
_WHOLE_TEXTS_AFTER = 1989
_NO = 3  # Voeten's codes: 1 yes, 2 abstain, 3 no
_FIRST_YEAR, _DECEMBER = 1945, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Replication:
    """The problem, its states the names in Voeten's votes, and what the published rows call them.

    codes: (t, s) the code of each state in each session, "" where it took no position. `rows` of
    the problem are numbers of roll calls (rcid).
    """

    problem: Problem
    codes: NDArray[np.str_]


def published_problem(tables: Tables, matches: pl.DataFrame, *, until: int = 74) -> Replication:
    """The votes of the published estimates of April 2020 to session `until`, 797,473 to the last.

    tables: Voeten's votes by country name and his roll calls (`un_votes` and `un_roll_calls` of the
    package unvotes, by `tables_of`). matches: by `read_matches`. Raises SourceError where no vote
    is left or a country is unknown.
    """
    votes = _votes(tables, until)
    if votes.is_empty():
        raise SourceError(f"no vote of sessions 1 to {until} is left: give the whole of the votes.")
    rcids = votes["rcid"].unique().sort().to_numpy()
    items = pl.DataFrame({"rcid": rcids, "item": shared_items(rcids, matches)})
    votes = votes.join(items, on="rcid")
    contested = (
        votes.group_by("item").agg(pl.col("vote").n_unique().alias("n")).filter(pl.col("n") > 1)
    )
    kept = votes.join(contested, on="item", how="semi")
    problem = _problem(kept, dropped=len(rcids) - kept["rcid"].n_unique())
    return Replication(problem=problem, codes=_codes(problem))


def _votes(tables: Tables, until: int) -> pl.DataFrame:
    """rcid, session, country, vote: the positions that the rules leave."""
    partial = (pl.col("para") == 1) | (pl.col("amend") == 1)
    late = pl.col("date").dt.year() > _WHOLE_TEXTS_AFTER
    heads = tables.rollcalls.filter(
        ~(partial & late).fill_null(value=False),
        pl.col("session") != _LEFT_OUT,
        pl.col("session") <= until,
    ).select("rcid", "session")
    single = (pl.col("country") == _SOUTH_AFRICA) & (pl.col("session") == _SINGLE_VOTE)
    return (
        tables.votes.filter(pl.col("vote") <= _NO, pl.col("country") != _ZANZIBAR)
        .join(heads, on="rcid")
        .filter(~single)
        .select("rcid", "session", "country", "vote")
    )


def _problem(votes: pl.DataFrame, *, dropped: int) -> Problem:
    names = votes["country"].unique().sort().to_list()
    heads = votes.select("session", "rcid", "item").unique().sort("session", "rcid")
    sessions = heads["session"].unique().sort().to_list()
    _, items = np.unique(heads["item"].to_numpy(), return_inverse=True)
    casts = np.full((heads.height, len(names)), MISSING, dtype=np.int8)
    place = votes.select(
        pl.col("rcid").replace_strict(
            heads["rcid"], np.arange(heads.height), return_dtype=pl.Int64
        ),
        pl.col("country").replace_strict(names, range(len(names)), return_dtype=pl.Int64),
    )
    casts[place["rcid"].to_numpy(), place["country"].to_numpy()] = votes["vote"].to_numpy() - 1
    session = heads["session"].to_numpy()
    blocks = [_block(casts, items, session == one) for one in sessions]
    present = np.zeros((len(sessions), len(names)), dtype=bool)
    for at, block in enumerate(blocks):
        present[at, block.columns] = True
    return Problem(
        states=tuple(names),
        periods=tuple(str(one) for one in sessions),
        times=np.array(sessions, dtype=np.float64),
        blocks=tuple(blocks),
        rows=heads["rcid"].to_numpy().astype(np.intp),
        items=int(items.max()) + 1,
        dropped=dropped,
        present=present,
    )


def _block(casts: NDArray[np.int8], items: Ints, here: NDArray[np.bool_]) -> Block:
    columns = np.flatnonzero((casts[here] != MISSING).any(axis=0))
    return Block(
        casts=np.ascontiguousarray(casts[here][:, columns]), items=items[here], columns=columns
    )


def _codes(problem: Problem) -> NDArray[np.str_]:
    found = np.full(problem.present.shape, "", dtype="<U3")
    for at, period in enumerate(problem.periods):
        day = date(_FIRST_YEAR + int(period), _DECEMBER, 1)
        for column in np.flatnonzero(problem.present[at]):
            found[at, column] = _code(problem.states[column], day)
    return found


def _code(name: str, on: date) -> str:
    return "CHN" if name == _TAIWAN else states.resolve(name, on).code
