"""Voteview's three CSV files of one Congress and chamber, as frames of known columns.

Which file is which is found out by the columns. Columns that are not used are ignored; those that
say more about a member or a rollcall may be missing. https://voteview.com/data has the files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from votewire.errors import SourceError
from votewire.record.readers.csv_tables import csv_table

__all__ = ["Tables", "tables_of"]

_CHAMBERS = ("House", "Senate")
# The President is listed with the members of both chambers, in a chamber of his own.
_PRESIDENT = "President"

_NEEDED = {
    "members": ("congress", "chamber", "icpsr", "bioname"),
    "rollcalls": ("congress", "chamber", "rollnumber", "date"),
    "votes": ("congress", "chamber", "rollnumber", "icpsr", "cast_code"),
}
_BLANK = ["", "NA", "N/A"]
_CODES = 10
_CELLS = 20_000_000  # members times rollcalls; the largest House so far has 1.3 million
_LISTED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The three tables of one house, and the names of their files for messages.

    people: icpsr Int64, chamber, name String; state String, party_code Int64, nominate_dim1,
    nominate_dim2 Float64 or null; one row for each icpsr. rollcalls: number Int64, date Date;
    question, result, description, bill String, announced_yea, announced_nay Int64, all or null; one
    row for each number. votes: number, icpsr, code Int64 (0 to 9); one row for each pair.
    """

    congress: int
    chamber: str
    people: pl.DataFrame
    rollcalls: pl.DataFrame
    votes: pl.DataFrame
    names: Mapping[str, str]


def tables_of(files: Iterable[tuple[str, bytes]]) -> Tables:
    """The tables of the three (name, bytes), in any order.

    Raises SourceError where a file is none of the three, given twice or missing, cut, holds what is
    no number or no day, where Congresses or chambers are mixed, where an icpsr or a rollcall number
    stands twice, and where a cast has an unknown code.
    """
    raw, names = _by_role(files)
    congress, chamber = _one_house(raw, names)
    people = _people(raw["members"], names["members"])
    rollcalls = _rollcalls(raw["rollcalls"], names["rollcalls"])
    if people.height * rollcalls.height > _CELLS:
        raise SourceError(
            f"{', '.join(names.values())}: {people.height:,} members and {rollcalls.height:,} "
            "rollcalls are more than those of one Congress; fetch the files again."
        )
    return Tables(
        congress=congress,
        chamber=chamber,
        people=people,
        rollcalls=rollcalls,
        votes=_votes(raw["votes"], names["votes"]),
        names=names,
    )


def _by_role(
    files: Iterable[tuple[str, bytes]],
) -> tuple[dict[str, pl.DataFrame], dict[str, str]]:
    raw: dict[str, pl.DataFrame] = {}
    names: dict[str, str] = {}
    for name, source in files:
        frame = _csv(source, name)
        role = _role(frame, name)
        if role in raw:
            raise SourceError(f"{names[role]} and {name} are both Voteview's {role}; give one.")
        raw[role], names[role] = frame, name
    missing = [role for role in _NEEDED if role not in raw]
    if missing:
        given = ", ".join(names.values()) or "no file"
        raise SourceError(
            f"{given}: Voteview's {_and(missing)} are missing; give the members, rollcalls and "
            "votes files of one Congress and chamber together (https://voteview.com/data)."
        )
    return raw, names


def _csv(source: bytes, name: str) -> pl.DataFrame:
    frame = csv_table(source, name=name, null_values=_BLANK)
    if not frame.height:
        raise SourceError(f"{name} has a header but no rows. Fetch the file again.")
    return frame.rename(lambda column: column.strip().lower())


def _role(frame: pl.DataFrame, name: str) -> str:
    columns = set(frame.columns)
    if "cast_code" in columns:
        role = "votes"
    elif "rollnumber" in columns:
        role = "rollcalls"
    elif "icpsr" in columns:
        role = "members"
    else:
        raise SourceError(
            f"{name} is none of Voteview's members, rollcalls and votes files; leave it out. Its "
            f"columns are {', '.join(frame.columns[:8])}."
        )
    missing = [column for column in _NEEDED[role] if column not in columns]
    if missing:
        raise SourceError(f"{name}: Voteview's {role} without the column {_and(missing)}.")
    return role


def _one_house(raw: Mapping[str, pl.DataFrame], names: Mapping[str, str]) -> tuple[int, str]:
    """The Congress and the chamber that all rows are of; the President sits in neither."""
    every = pl.concat([raw[role].select("congress", "chamber") for role in _NEEDED])
    congresses = _whole(every, "congress", ", ".join(names.values())).unique().sort().to_list()
    chambers = sorted(set(every["chamber"].fill_null("blank")) - {_PRESIDENT})
    if len(congresses) == 1 and len(chambers) == 1 and chambers[0] in _CHAMBERS:
        return congresses[0], chambers[0]
    raise SourceError(
        f"{', '.join(names.values())} hold rows of Congress {_and(congresses)}, chamber "
        f"{_and(chambers)}; give the three files of one Congress "
        "and one chamber (House or Senate), such as S118_members.csv, S118_rollcalls.csv and "
        "S118_votes.csv."
    )


def _people(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    table = pl.DataFrame(
        {
            "icpsr": _whole(frame, "icpsr", name),
            "chamber": frame["chamber"],
            "name": _text(frame, "bioname").fill_null(""),
            "state": _text(frame, "state_abbrev"),
            "party_code": _whole(frame, "party_code", name, needed=False),
            "nominate_dim1": _real(frame, "nominate_dim1", name),
            "nominate_dim2": _real(frame, "nominate_dim2", name),
        }
    )
    return _once(table, ["icpsr"], name)


def _rollcalls(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    day = frame["date"].str.strip_chars().str.to_date("%Y-%m-%d", strict=False)
    if day.null_count():
        at = day.is_null().arg_max() or 0
        raise SourceError(
            f"{name}: the date of rollcall {frame['rollnumber'][at]} is {frame['date'][at]!r}, no "
            "day such as 2023-01-23."
        )
    table = pl.DataFrame(
        {
            "number": _whole(frame, "rollnumber", name),
            "date": day,
            "question": _text(frame, "vote_question"),
            "result": _text(frame, "vote_result"),
            "description": _text(frame, "vote_desc"),
            "bill": _text(frame, "bill_number"),
            "announced_yea": _whole(frame, "yea_count", name, needed=False),
            "announced_nay": _whole(frame, "nay_count", name, needed=False),
        }
    )
    return _once(table, ["number"], name)


def _votes(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    table = pl.DataFrame(
        {
            "number": _whole(frame, "rollnumber", name),
            "icpsr": _whole(frame, "icpsr", name),
            "code": _whole(frame, "cast_code", name),
        }
    )
    unknown = table.filter(~pl.col("code").is_between(0, _CODES - 1))
    if unknown.height:
        number, icpsr, code = unknown.row(0)
        raise SourceError(
            f"{name}: cast_code {code} of icpsr {icpsr} in rollcall {number} is none of 0 to 9; "
            "correct it, or fetch the file again."
        )
    return _once(table, ["number", "icpsr"], name)


def _whole(frame: pl.DataFrame, column: str, name: str, *, needed: bool = True) -> pl.Series:
    """A column of whole numbers, written 3 or 3.0; null where blank, unless it is needed."""
    text = _text(frame, column)
    real = text.cast(pl.Float64, strict=False)
    whole = real.cast(pl.Int64, strict=False)
    good = (whole == real).fill_null(value=False)
    bad = ~good if needed else ~good & text.is_not_null()
    return _none_bad(whole, text, bad, name)


def _real(frame: pl.DataFrame, column: str, name: str) -> pl.Series:
    text = _text(frame, column)
    real = text.cast(pl.Float64, strict=False)
    return _none_bad(
        real, text, text.is_not_null() & ~real.is_finite().fill_null(value=False), name
    )


def _none_bad(values: pl.Series, text: pl.Series, bad: pl.Series, name: str) -> pl.Series:
    if bad.any():
        at = bad.arg_max() or 0
        said = "blank" if text[at] is None else repr(text[at])
        raise SourceError(
            f"{name}: {text.name} is {said} in row {at + 1}, where a number belongs; correct it, "
            "or fetch the file again."
        )
    return values


def _text(frame: pl.DataFrame, column: str) -> pl.Series:
    """A column as text, null where blank, and everywhere where the file lacks it."""
    if column not in frame.columns:
        return pl.Series(column, [None] * frame.height, dtype=pl.String)
    text = frame[column].str.strip_chars()
    return text.set(text == "", None)


def _once(table: pl.DataFrame, key: Sequence[str], name: str) -> pl.DataFrame:
    twice = table.filter(table.select(key).is_duplicated())
    if twice.height:
        said = ", ".join(f"{column} {twice[column][0]}" for column in key)
        raise SourceError(f"{name}: {said} has two rows; take one out, or fetch the file again.")
    return table


def _and(items: Sequence[object]) -> str:
    said = [str(item) for item in items[:_LISTED]]
    if len(items) > _LISTED:
        return f"{', '.join(said)} and {len(items) - _LISTED} more"
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said or ["none"])
