"""Erik Voeten's United Nations General Assembly voting data (Harvard Dataverse, CC0).

1 yes, 2 abstain, 3 no, 8 absent, 9 not a member; states by Correlates of War number. What to know:
dates before the 58th session (autumn 2003) are approximate, so `date_exact` is false there. The
numbers of sessions before the 31st (`R/3/103`) are not dependably resolution numbers: the note
keeps them as written. In some releases 19 states, the United States among them, have no rows 8 and
9: such a member is then missing from the roll, which stays partial. A state marked absent before it
was admitted is no absence: its mark is dropped, and the note says so. The data say nothing on
outcomes. Stated totals that the marks do not add up to are a problem of that rollcall, and it does
not enter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from votewire import states
from votewire.errors import UnknownState
from votewire.record.readers import catalogue, recount
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall, Totals
from votewire.record.readers.rolls import UNKNOWN, Days, Ints, Marks, resolve_keys
from votewire.record.readers.voeten_tables import Tables, tables_of
from votewire.record.tables import Chamber, Choice, Kind

__all__ = ["read", "read_files", "symbol_of"]

_CHOICES = {1: Choice.YES, 2: Choice.ABSTAIN, 3: Choice.NO, 8: Choice.NON_VOTING}
_NO_MEMBER = 9
_PEOPLES_REPUBLIC, _TAIWAN, _TAIWAN_NAME = 710, 713, "Taiwan"
# Session from which his dates are those of the Digital Library: 29 % of session 57, 99 % of 58.
_EXACT_FROM = 58
_NUMBERS_HOLD_FROM = 31
_ANY_DAY = date(1946, 1, 10)
_UNRES = re.compile(r"^(R|SS|ESS)/(\d+)/(\d+)((?:/?[A-Z]+)?(?:/[IVX]+)?)$")
_SERIES = {"R": "", "SS": "S-", "ESS": "ES-"}

Row = dict[str, Any]


def read(source: bytes, *, name: str = "Voeten's data") -> ReadResult:
    """The rollcalls of a file that holds votes and roll calls both; see `read_files`."""
    return read_files([(name, source)])


def read_files(files: Sequence[tuple[str, bytes]]) -> ReadResult:
    """The rollcalls of one or more (name, bytes), and those that may not enter with the reason.

    A problem is a roll whose marks do not add up to the stated totals, an unknown number, a state
    with two choices, or a date that is none.
    Raises SourceError where a file is no table of this data, or one that needs another beside it.
    """
    tables = tables_of(files)
    head = tables.rollcalls.join(tables.votes.select("rcid").unique(), on="rcid", how="semi")
    head = head.with_row_index("roll")
    votes = _seated(tables.votes).join(head.select("rcid", "roll", "date"), on="rcid", how="inner")
    votes = votes.sort("roll", maintain_order=True)
    troubles: dict[int, str] = {}
    _bad_heads(head, troubles)
    days = head["date"].fill_null(_ANY_DAY).to_numpy().astype("datetime64[D]")
    marks, early, voted = _marks(votes, head, troubles).members_only(days)
    for roll, code in voted:  # on an approximate day it only shows that the day is off
        if (head["session"][roll] or 0) >= _EXACT_FROM:
            troubles.setdefault(roll, f"{code} was no UN member on {head['date'][roll]}")
    problems = _without_rollcall(tables)
    rollcalls: list[ReadRollcall] = []
    rolls = zip(head.iter_rows(named=True), marks.casts(), marks.totals(), strict=True)
    for at, (row, casts, counted) in enumerate(rolls):
        reason = troubles.get(at) or _uneven(row, counted)
        if reason:
            problems.append(_problem(row, reason))
        else:
            rollcalls.append(_rollcall(row, casts, early.get(at, [])))
    return ReadResult(rollcalls=tuple(rollcalls), problems=tuple(problems))


def symbol_of(unres: str) -> str:
    """The UN symbol that a number of this data stands for; as written where it stands for none.

    `R/50/38B/VI` -> `A/RES/50/38B/VI`, `ESS/1/34` -> `A/RES/ES-1/34`, `SS/4/23C` ->
    `A/RES/S-4/23C`; `A/RES/75/225`, `GOAR/1/1288B` stay.
    """
    match = _UNRES.match(unres)
    if match is None:
        return unres
    series, session, number, part = match.groups()
    return f"A/RES/{_SERIES[series]}{session}/{number}{part}"


def _seated(votes: pl.DataFrame) -> pl.DataFrame:
    """The votes of members, without the second China of the autumn of 1971.

    In the last rolls before the seat changed hands both Chinas have rows; the People's Republic is
    marked absent from rolls on which it held no seat yet.
    """
    votes = votes.filter(pl.col("vote") != _NO_MEMBER)
    both = votes.filter(pl.col("ccode") == _TAIWAN).select("rcid")
    early = pl.col("rcid").is_in(both["rcid"].implode()) & (pl.col("ccode") == _PEOPLES_REPUBLIC)
    return votes.filter(~early.fill_null(value=False))


def _marks(votes: pl.DataFrame, head: pl.DataFrame, troubles: dict[int, str]) -> Marks:
    rolls = votes["roll"].to_numpy().astype(np.int64)
    days = votes["date"].fill_null(_ANY_DAY).to_numpy().astype("datetime64[D]")
    codes = {number: int(choice) for number, choice in _CHOICES.items()}
    choice = votes["vote"].replace_strict(codes, default=UNKNOWN, return_dtype=pl.Int64).to_numpy()
    for at in np.flatnonzero(choice == UNKNOWN).tolist():
        troubles.setdefault(int(rolls[at]), f"vote {votes['vote'][at]} is none of 1, 2, 3, 8, 9")
    state = _states(votes, rolls, days, troubles)
    marks = Marks(roll=rolls, state=state, choice=choice.astype(np.int64), rolls=head.height)
    again, clashes = marks.repeated()
    for roll, column in clashes:
        code = states.codes()[column]
        troubles.setdefault(roll, f"{code} is listed twice, with two choices")
    return marks.only(~again)


def _states(votes: pl.DataFrame, rolls: Ints, days: Days, troubles: dict[int, str]) -> Ints:
    distinct = votes.select("ccode", "country").unique(maintain_order=True).with_row_index("key")
    rows = votes.join(
        distinct, on=["ccode", "country"], how="left", maintain_order="left", nulls_equal=True
    )
    keys = [(number, name) for _, number, name in distinct.iter_rows()]
    place = rows["key"].to_numpy().astype(np.int64)
    state, wrong = resolve_keys(keys, place, days, _state)
    bad = np.flatnonzero(state == UNKNOWN)
    for at in bad[np.unique(rolls[bad], return_index=True)[1]].tolist():
        troubles.setdefault(int(rolls[at]), wrong[keys[place[at]]])
    return state


def _state(key: tuple[int | None, str | None], on: date) -> str:
    """The state by its number where the file has numbers, else by its name."""
    number, name = key
    if number is not None:
        return states.from_cow(number, on)
    if name is None:
        raise UnknownState("", why=": a row has neither number nor name")
    if name == _TAIWAN_NAME:
        return states.from_cow(_TAIWAN, on)
    return states.resolve(name, on).code


def _bad_heads(head: pl.DataFrame, troubles: dict[int, str]) -> None:
    for at in np.flatnonzero(head["date"].is_null().to_numpy()).tolist():
        troubles[at] = "its date is missing, or no day"
    for at in np.flatnonzero(head["session"].is_null().to_numpy()).tolist():
        troubles.setdefault(at, "its session is missing")


def _without_rollcall(tables: Tables) -> list[Problem]:
    """One problem for each number that the votes use and the roll calls lack."""
    missing = tables.votes.select("rcid").unique().join(tables.rollcalls, on="rcid", how="anti")
    return [
        Problem(source_key=str(rcid), reason="its votes have no row in the table of roll calls")
        for rcid in missing["rcid"].sort()
    ]


def _uneven(row: Row, counted: Totals) -> str | None:
    stated = _stated(row)
    if stated is None or not recount.differs(counted, stated):
        return None
    return recount.mismatch(counted, stated)


def _stated(row: Row) -> Totals | None:
    if row["yes"] is row["no"] is row["abstain"] is None:
        return None
    return Totals(yes=row["yes"], no=row["no"], abstain=row["abstain"])


def _rollcall(row: Row, casts: dict[str, Choice], early: list[str]) -> ReadRollcall:
    written: str | None = row["unres"]
    symbol = symbol_of(written) if written else None
    special = catalogue.ga_session("", symbol) if written and "SS/" in written else ""
    return ReadRollcall(
        source_key=str(row["rcid"]),
        chamber=Chamber.GA,
        session=special or str(row["session"]),
        date=row["date"],
        date_exact=row["session"] >= _EXACT_FROM,
        symbol=symbol,
        kind=_kind(row),
        title=catalogue.plain_title(row["descr"] or row["short"] or ""),
        issues=tuple(row["issues"]),
        casts=casts,
        announced=_stated(row),
        note=_note(written, row["session"], early),
    )


def _kind(row: Row) -> Kind:
    """What the flags say; that neither is set does not mean a vote on a whole text."""
    if row["amend"] == 1:
        return Kind.AMENDMENT
    return Kind.PARAGRAPH if row["para"] == 1 else Kind.UNSTATED


def _note(written: str | None, session: int, early: list[str]) -> str | None:
    parts: list[str] = []
    if written is not None and session < _NUMBERS_HOLD_FROM:
        parts.append(f"numbered {written} by Voeten, which need not be the resolution's number")
    if early:
        parts.append(f"marked absent while no member, and left out: {', '.join(sorted(early))}")
    return "; ".join(parts) or None


def _problem(row: Row, reason: str) -> Problem:
    return Problem(
        source_key=str(row["rcid"]), symbol=row["unres"], date=row["date"], reason=reason
    )
