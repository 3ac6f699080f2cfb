"""Voteview's roll calls of the United States Congress: one house, as the record's own matrix.

Cast codes: 1 yea, 2 paired yea, 3 announced yea, 4 announced nay, 5 paired nay, 6 nay, 7 and 8
present, 9 not voting, 0 no member then. Codes 1 to 3 are read as Yes and 4 to 6 as No, as NOMINATE
does; 7 to 9 as not voting, so every choice is one of two. Who has no row in a rollcall was no
member then.

The President is no member. Where he is on record for or against, Voteview gives him a cast like
the others; here it is kept apart, in `stances`. That explains all 141 rollcalls of the Senate of
2009 and 2010 in which rows and totals differ, each by one. Pairs and announcements are no votes
either. In 2019 and 2020 Voteview's totals counted both the pairs and the President (issues 383 and
391 of github.com/voteview/WebVoteView); these files' totals do not count him. So the totals are
recounted under four rules (`Counted`), and the one that fits the house best is taken and told. What
still differs is a problem. It stays in the matrix: a cast is one person's, by name, and a total
only a second source.
Source: Lewis, Poole, Rosenthal, Boche, Rudkin and Sonnet, "Voteview: Congressional Roll-Call Votes
Database", https://voteview.com/.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.errors import SourceError
from votewire.record.readers.voteview_tables import Tables, tables_of
from votewire.record.record import Matrix
from votewire.record.tables import Choice

__all__ = ["Counted", "House", "read", "read_folder"]

Codes = NDArray[np.int8]
Seats = NDArray[np.bool_]
Counts = NDArray[np.int64]

_YES, _NO, _OUT = Choice.YES, Choice.NO, Choice.NON_VOTING
# The choice that a cast code, 0 to 9, stands for.
_CHOICE = np.array([Choice.NOT_MEMBER, _YES, _YES, _YES, _NO, _NO, _NO, _OUT, _OUT, _OUT], np.int8)
_YEA, _NAY, _PAIRED_YEA, _PAIRED_NAY = (1,), (6,), (2, 3), (4, 5)
_PARTIES = {100: "Democrat", 200: "Republican", 328: "Independent"}
_LISTED = 5


class Counted(StrEnum):
    """Whom the announced totals of a house count."""

    VOTES = "votes"  # votes cast by members, codes 1 and 6
    PAIRS = "votes and pairs"  # and pairs and announcements of members, codes 2 to 5
    PRESIDENT = "votes and the President"
    ALL = "votes, pairs and the President"

    @property
    def pairs(self) -> bool:
        """Whether pairs and announcements are counted."""
        return self in (Counted.PAIRS, Counted.ALL)

    @property
    def president(self) -> bool:
        """Whether the President is counted as if he had voted."""
        return self in (Counted.PRESIDENT, Counted.ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """One chamber in one Congress.

    members: id (icpsr), name, state, party_code, party (null where it is not one of the three of
    today), nominate_dim1, nominate_dim2 (Voteview's estimates, null where it has none); one row for
    each column of the matrix. Who changed party has two ids.
    rollcalls: id (`S118-1`), number, date, question, result, description, bill, announced_yea,
    announced_nay (null where not stated), yea, nay, non_voting (as the matrix counts), paired_yea,
    paired_nay (how many of yea and nay were no votes but pairs or announcements); one row for each
    row of the matrix, by date and number.
    matrix: Choice codes YES, NO, NON_VOTING and NOT_MEMBER.
    presidents, stances: the same of the President: what he wanted, never part of the matrix.
    counted: whom the announced totals count; None where none are stated.
    problems: id, date, announced_yea, announced_nay, recounted_yea, recounted_nay of each rollcall
    whose casts, counted by that rule, are not the announced totals.
    """

    congress: int
    chamber: str
    members: pl.DataFrame
    rollcalls: pl.DataFrame
    matrix: Matrix
    presidents: pl.DataFrame
    stances: Matrix
    counted: Counted | None
    problems: pl.DataFrame


def read(members: bytes, rollcalls: bytes, votes: bytes) -> House:
    """The house of Voteview's three CSV files; see `read_folder`."""
    return read_folder([("members", members), ("rollcalls", rollcalls), ("votes", votes)])


def read_folder(files: Sequence[tuple[str, bytes]]) -> House:
    """The house of three (name, bytes), told apart by their columns.

    Raises SourceError, saying what to do, where a file is missing, given twice, cut, or none of the
    three; where Congresses or chambers are mixed; where a cast has an unknown code or stands twice;
    where the votes name a member or a rollcall that the other files lack, or lack a rollcall.
    """
    tables = tables_of(files)
    people = _people(tables.people)
    rollcalls = _identified(tables)
    codes = _codes(tables, people, rollcalls)
    seats = (people["chamber"] == tables.chamber).to_numpy()
    announced = rollcalls.select("announced_yea", "announced_nay").cast(pl.Float64).to_numpy()
    counted = _counted(codes, seats, announced)
    return House(
        congress=tables.congress,
        chamber=tables.chamber,
        members=people.filter(seats).drop("chamber"),
        rollcalls=_with_counts(rollcalls, codes[:, seats]),
        matrix=_matrix(codes, people, rollcalls, seats),
        presidents=people.filter(~seats).drop("chamber"),
        stances=_matrix(codes, people, rollcalls, ~seats),
        counted=counted,
        problems=_problems(rollcalls, announced, codes, seats, counted),
    )


def _people(people: pl.DataFrame) -> pl.DataFrame:
    party = pl.col("party_code").replace_strict(_PARTIES, default=None, return_dtype=pl.String)
    return people.select(
        pl.col("icpsr").cast(pl.String).alias("id"),
        "chamber",
        "name",
        "state",
        "party_code",
        party.alias("party"),
        "nominate_dim1",
        "nominate_dim2",
    ).sort("id")


def _identified(tables: Tables) -> pl.DataFrame:
    prefix = f"{tables.chamber[0]}{tables.congress}-"
    rollcall_id = pl.concat_str(pl.lit(prefix), pl.col("number").cast(pl.String)).alias("id")
    return tables.rollcalls.sort("date", "number").select(rollcall_id, pl.all())


def _codes(tables: Tables, people: pl.DataFrame, rollcalls: pl.DataFrame) -> Codes:
    """(n_rollcalls, n_people) cast codes; 0 where there is no cast."""
    rows = rollcalls.select("number").with_row_index("row")
    columns = people.select(pl.col("id").cast(pl.Int64).alias("icpsr")).with_row_index("column")
    votes = tables.votes.join(rows, on="number", how="left", maintain_order="left")
    votes = votes.join(columns, on="icpsr", how="left", maintain_order="left")
    _complete(votes, rollcalls, tables)
    codes = np.zeros((rollcalls.height, people.height), dtype=np.int8)
    codes[votes["row"].to_numpy(), votes["column"].to_numpy()] = votes["code"].to_numpy()
    return codes


def _complete(votes: pl.DataFrame, rollcalls: pl.DataFrame, tables: Tables) -> None:
    """Raises SourceError where the three files do not speak of the same people and rollcalls."""
    name = tables.names
    strangers = votes.filter(pl.col("column").is_null())["icpsr"].unique().sort()
    unlisted = votes.filter(pl.col("row").is_null())["number"].unique().sort()
    silent = rollcalls.join(votes, on="number", how="anti")["number"]
    for missing, what, here, there in (
        (strangers, "icpsr", name["votes"], name["members"]),
        (unlisted, "rollcall", name["votes"], name["rollcalls"]),
        (silent, "rollcall", name["rollcalls"], name["votes"]),
    ):
        if len(missing):
            more = f" and {len(missing) - _LISTED} more" if len(missing) > _LISTED else ""
            said = ", ".join(str(number) for number in missing[:_LISTED])
            raise SourceError(
                f"{here} has {what} {said}{more}, which {there} lacks; fetch both files again, on "
                "the same day."
            )


def _matrix(codes: Codes, people: pl.DataFrame, rollcalls: pl.DataFrame, who: Seats) -> Matrix:
    return Matrix(
        values=_CHOICE[codes[:, who]],
        rollcalls=tuple(rollcalls["id"]),
        states=tuple(people.filter(who)["id"]),
        dates=rollcalls["date"].to_numpy().astype("datetime64[D]"),
    )


def _with_counts(rollcalls: pl.DataFrame, codes: Codes) -> pl.DataFrame:
    values = _CHOICE[codes]
    return rollcalls.with_columns(
        yea=(values == Choice.YES).sum(axis=1),
        nay=(values == Choice.NO).sum(axis=1),
        non_voting=(values == Choice.NON_VOTING).sum(axis=1),
        paired_yea=np.isin(codes, _PAIRED_YEA).sum(axis=1),
        paired_nay=np.isin(codes, _PAIRED_NAY).sum(axis=1),
    )


def _recount(codes: Codes, seats: Seats, rule: Counted) -> Counts:
    """(n_rollcalls, 2) yea and nay under a rule."""
    codes = codes if rule.president else codes[:, seats]
    sides = (_YEA, _NAY) if not rule.pairs else (_YEA + _PAIRED_YEA, _NAY + _PAIRED_NAY)
    return np.stack([np.isin(codes, side).sum(axis=1) for side in sides], axis=1)


def _differs(recounted: Counts, announced: NDArray[np.float64]) -> Seats:
    """(n_rollcalls,) whether a total that is stated is not the one counted."""
    wrong: Seats = (recounted != announced) & ~np.isnan(announced)
    return np.asarray(wrong.any(axis=1))


def _counted(codes: Codes, seats: Seats, announced: NDArray[np.float64]) -> Counted | None:
    """The rule under which the fewest rollcalls differ, the plainest where several do as well."""
    if np.isnan(announced).all():
        return None
    return min(Counted, key=lambda rule: _differs(_recount(codes, seats, rule), announced).sum())


def _problems(
    rollcalls: pl.DataFrame,
    announced: NDArray[np.float64],
    codes: Codes,
    seats: Seats,
    counted: Counted | None,
) -> pl.DataFrame:
    recounted = _recount(codes, seats, counted or Counted.VOTES)
    return rollcalls.select(
        "id",
        "date",
        "announced_yea",
        "announced_nay",
        recounted_yea=pl.lit(pl.Series(recounted[:, 0])),
        recounted_nay=pl.lit(pl.Series(recounted[:, 1])),
    ).filter(_differs(recounted, announced))
