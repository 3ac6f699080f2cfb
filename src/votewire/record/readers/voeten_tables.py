"""Erik Voeten's General Assembly data in any of its files, as two frames of known columns.

The data come as one long table that says everything of each vote (UNVotesPublished, UNVotes), or as
votes, roll calls and issues apart (the R package unvotes, and exports of it); as CSV, Parquet or R
workspace. `tables_of` finds out which is which by the columns.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from votewire.errors import SourceError
from votewire.record.readers.csv_tables import csv_table
from votewire.record.readers.r_data import frames, is_r_data
from votewire.states.bounds import FIRST_DAY, LAST_DAY

__all__ = ["Tables", "is_voeten", "tables_of"]

_WHOLE = ("session", "amend", "para", "yes", "no", "abstain")
_TEXT = ("unres", "short", "descr")
_ISSUES = ("me", "nu", "di", "hr", "co", "ec")
# What the vote is called where it is no number: the labels of the package unvotes.
_LABELS = {"yes": 1, "abstain": 2, "no": 3, "absent": 8, "non-member": 9}
_DATES = ("%Y-%m-%d", "%m/%d/%Y")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The two tables.

    votes: rcid Int64, ccode Int64 or null, country String or null, vote Int64 (1 2 3 8 9).
    rollcalls: rcid, session Int64; date Date; unres, short, descr String; amend, para Int64 or
    null; yes, no, abstain Int64 or null, as stated; issues List(String).
    """

    votes: pl.DataFrame
    rollcalls: pl.DataFrame


def is_voeten(columns: Iterable[str]) -> bool:
    """True for the columns of any of the tables."""
    names = {column.lower() for column in columns}
    return "rcid" in names and bool(names & {"vote", "unres", "issue", "short_name"})


def tables_of(files: Iterable[tuple[str, bytes]]) -> Tables:
    """The votes and the roll calls of one or more (name, bytes).

    Raises SourceError where a file is none of this data, and where votes or roll calls are missing:
    then it names the file to add.
    """
    found: dict[str, pl.DataFrame] = {}
    names: list[str] = []
    for name, source in files:
        names.append(name)
        for frame in _frames(source, name):
            role = _role(frame)
            if role:
                found[role] = frame
    said = ", ".join(names)
    if "votes" not in found:
        raise SourceError(
            f"{said}: Voeten's roll calls without the votes; give both files together: "
            "`votewire record add VOTES ROLLCALLS`."
        )
    votes = found["votes"]
    rollcalls = found.get("rollcalls", votes)
    if not {"unres", "date"} <= set(rollcalls.columns):
        raise SourceError(
            f"{said}: Voeten's votes without dates and symbols; give the file of roll calls with "
            "it: `votewire record add VOTES ROLLCALLS`."
        )
    return Tables(votes=_votes(votes), rollcalls=_rollcalls(rollcalls, found.get("issues")))


def _frames(source: bytes, name: str) -> list[pl.DataFrame]:
    if is_r_data(source):
        read = list(frames(source, name=name).values())
    elif source.startswith(b"PAR1"):
        read = [_parquet(source, name)]
    else:
        read = [csv_table(source, name=name, null_values=["NA"])]
    lowered = [frame.rename({c: c.lower() for c in frame.columns}, strict=False) for frame in read]
    if not any(_role(frame) for frame in lowered):
        columns = ", ".join(lowered[0].columns[:8])
        raise SourceError(
            f"{name}: none of the tables of Voeten's data (rcid with vote, with unres, or with "
            f"issue); its columns are {columns}."
        )
    return lowered


def _parquet(source: bytes, name: str) -> pl.DataFrame:
    try:
        return pl.read_parquet(io.BytesIO(source))
    except pl.exceptions.PolarsError as error:
        raise SourceError(f"{name}: the Parquet file is cut or damaged; fetch it again.") from error


def _role(frame: pl.DataFrame) -> str | None:
    columns = set(frame.columns)
    if "rcid" not in columns:
        return None
    if "vote" in columns:
        return "votes" if columns & {"ccode", "country"} else None
    if "unres" in columns:
        return "rollcalls"
    return "issues" if "short_name" in columns else None


def _votes(frame: pl.DataFrame) -> pl.DataFrame:
    vote = pl.col("vote").cast(pl.String).str.to_lowercase()
    return frame.select(
        _whole("rcid"),
        _whole("ccode") if "ccode" in frame.columns else _nothing("ccode", pl.Int64()),
        _country(frame),
        vote.replace(_LABELS).cast(pl.Float64, strict=False).cast(pl.Int64).alias("vote"),
    )


def _country(frame: pl.DataFrame) -> pl.Expr:
    for column in ("countryname", "country"):
        if column in frame.columns:
            return pl.col(column).cast(pl.String).alias("country")
    return _nothing("country", pl.String())


def _rollcalls(frame: pl.DataFrame, issues: pl.DataFrame | None) -> pl.DataFrame:
    """One row for each rcid, in the order of the source."""
    frame = frame.unique("rcid", keep="first", maintain_order=True)
    table = frame.select(
        _whole("rcid"),
        *(_whole(c) if c in frame.columns else _nothing(c, pl.Int64()) for c in _WHOLE),
        *(_text(c) if c in frame.columns else _nothing(c, pl.String()) for c in _TEXT),
        _day(frame),
        _own_issues(frame),
    )
    return table if issues is None else _with_issues(table, issues)


def _whole(column: str) -> pl.Expr:
    """A whole number, which R and CSV may have written as 3, 3.0 or "3"; else null."""
    return pl.col(column).cast(pl.Float64, strict=False).cast(pl.Int64, strict=False)


def _text(column: str) -> pl.Expr:
    text = pl.col(column).cast(pl.String).str.strip_chars()
    return pl.when(text.str.len_chars() > 0).then(text).alias(column)


def _nothing(column: str, dtype: pl.DataType) -> pl.Expr:
    return pl.lit(None, dtype=dtype).alias(column)


def _day(frame: pl.DataFrame) -> pl.Expr:
    """Dates as Date; text in ISO form or as month/day/year. No day for one that none can be."""
    day = pl.col("date")
    if frame.schema["date"] != pl.Date:
        text = day.cast(pl.String)
        day = pl.coalesce(text.str.to_date(form, strict=False) for form in _DATES)
    return pl.when(day.is_between(FIRST_DAY, LAST_DAY)).then(day).alias("date")


def _own_issues(frame: pl.DataFrame) -> pl.Expr:
    """The codes whose column holds 1, as a list."""
    flags = [
        pl.when(pl.col(code).cast(pl.String).str.strip_chars('"\\ ').is_in(["1", "1.0"]))
        .then(pl.lit(code))
        .otherwise(None)
        for code in _ISSUES
        if code in frame.columns
    ]
    if not flags:
        return pl.lit([], dtype=pl.List(pl.String())).alias("issues")
    return pl.concat_list(flags).list.drop_nulls().alias("issues")


def _with_issues(table: pl.DataFrame, issues: pl.DataFrame) -> pl.DataFrame:
    listed = (
        issues.select(_whole("rcid"), pl.col("short_name").cast(pl.String).alias("issues"))
        .unique()
        .sort("issues")
        .group_by("rcid", maintain_order=True)
        .agg("issues")
    )
    joined = table.drop("issues").join(listed, on="rcid", how="left", maintain_order="left")
    return joined.with_columns(pl.col("issues").fill_null([]))
