"""Erik Voeten's General Assembly data as the record is compiled from it: a Parquet and a CSV file.

The reader for users (`readers.voeten`) lets a roll in or keeps it out by its own totals. Here each
known fault of this edition has a rule of its own, so that more rolls may enter, and none by guess:
states without rows for absence, two Chinas in one autumn, Serbia marked absent in one batch, days
that are weekday numbers. What a rule touched is counted in `applied`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.record.extracts import voeten_words
from votewire.record.extracts.extract import Extract
from votewire.record.readers import catalogue
from votewire.record.readers.result import Problem, ReadRollcall, Totals
from votewire.record.readers.rolls import UNKNOWN, Marks, resolve_keys
from votewire.record.readers.voeten import symbol_of
from votewire.record.readers.voeten_tables import tables_of
from votewire.record.sittings import can_meet
from votewire.record.symbols import roman
from votewire.record.tables import Chamber, Choice, Kind

__all__ = ["NUMBERS_FROM", "read"]

# From the 26th session on the numbers are those of resolutions, from the 31st dependably so.
NUMBERS_FROM = 26
_ROMAN_UNTIL = 30
_DAYS_FROM = 58  # before this session the day of the month is a weekday's number, 1 to 7
_WEEKDAYS = 7
# Numbers of decisions: from 401, and elections from 301; from about the 55th session on resolutions
# have run past 300, so there 301 to 400 are theirs.
_DECISIONS_FROM, _ELECTIONS_FROM, _ELECTIONS_UNTIL = 401, 301, 50

_CHOICES = {1: Choice.YES, 2: Choice.ABSTAIN, 3: Choice.NO, 8: Choice.NON_VOTING}
_NOT_MEMBER, _ABSENT = 9, 8
_PEOPLES_REPUBLIC, _TAIWAN = 710, 713
_SERBIA_BATCH = (5723, 6010)
_YUGOSLAVIA_BARRED = (date(1992, 9, 22), date(2000, 11, 1))
_NUMBERED = re.compile(r"^R/(\d+)/(\d+)([A-Z]*)$")
_NONE = -1

Row = dict[str, Any]


def read(votes: bytes, rollcalls: bytes, *, name: str = "Voeten's data") -> Extract:
    """The rollcalls of both files.

    A problem is a state of no known number, or one with two choices in a roll. Whether a roll adds
    up is judged when it is known who was a member that day, so it is not judged here.
    Raises SourceError where a file is cut, or is not such a table.
    """
    tables = tables_of([(f"{name}: votes", votes), (f"{name}: rollcalls", rollcalls)])
    heads = tables.rollcalls.sort("rcid").with_row_index("roll")
    applied: Counter[str] = Counter()
    troubles: dict[int, str] = {}
    marks = _marks(heads, tables.votes, troubles, applied)
    table = _table(marks)
    _silent_absences(table, marks, heads, applied)
    _serbia(table, heads, applied)
    casts = _casts(table)
    rows = list(heads.iter_rows(named=True))
    taken = [
        _rollcall(row, casts[at], table[at], applied)
        for at, row in enumerate(rows)
        if at not in troubles
    ]
    problems = [
        Problem(source_key=str(rows[at]["rcid"]), symbol=rows[at]["unres"], reason=why)
        for at, why in sorted(troubles.items())
    ]
    return Extract(
        rollcalls=tuple(taken), problems=tuple(problems), applied=dict(sorted(applied.items()))
    )


def _marks(
    heads: pl.DataFrame, votes: pl.DataFrame, troubles: dict[int, str], applied: Counter[str]
) -> Marks:
    """Every row with a member's choice; rows that say "not a member" are left out."""
    votes = _one_china(votes, applied)
    rows = votes.join(heads.select("rcid", "roll", "date"), on="rcid", how="inner")
    rows = rows.sort("roll", maintain_order=True)
    days = rows["date"].to_numpy().astype("datetime64[D]")
    distinct = rows["ccode"].unique(maintain_order=True)
    number = dict(zip(distinct, range(distinct.len()), strict=True))
    place = rows["ccode"].replace_strict(number, return_dtype=pl.Int64).to_numpy()
    state, wrong = resolve_keys(distinct.to_list(), place, days, states.from_cow)
    codes = {value: int(choice) for value, choice in _CHOICES.items()}
    choice = rows["vote"].replace_strict(codes, default=UNKNOWN, return_dtype=pl.Int64).to_numpy()
    marks = Marks(
        roll=rows["roll"].to_numpy().astype(np.int64),
        state=state,
        choice=choice,
        rolls=heads.height,
    )
    for at in np.flatnonzero((state == UNKNOWN) & (choice != UNKNOWN)).tolist():
        troubles.setdefault(int(marks.roll[at]), wrong[distinct[int(place[at])]])
    _coded_nine(marks, heads, applied)
    marks = marks.only((choice != UNKNOWN) & (state != UNKNOWN))
    again, clashes = marks.repeated()
    for roll, column in clashes:
        troubles.setdefault(roll, f"{states.codes()[column]} has two choices")
    return marks.only(~again)


def _one_china(votes: pl.DataFrame, applied: Counter[str]) -> pl.DataFrame:
    """In nine rolls of autumn 1971 both Chinas have rows: the one then seated is kept."""
    seated = votes.filter((pl.col("ccode") == _TAIWAN) & (pl.col("vote") != _NOT_MEMBER))
    second = (
        pl.col("rcid").is_in(seated["rcid"].implode())
        & (pl.col("ccode") == _PEOPLES_REPUBLIC)
        & (pl.col("vote") != _NOT_MEMBER)
    )
    applied["voeten-two-chinas"] = votes.select(second.sum()).item()
    return votes.filter(~second)


def _coded_nine(marks: Marks, heads: pl.DataFrame, applied: Counter[str]) -> None:
    """Counts members, on exact days, that are coded as no member: their choice is not recorded."""
    nine = marks.only((marks.choice == UNKNOWN) & (marks.state != UNKNOWN))
    days = heads["date"].to_numpy().astype("datetime64[D]")
    distinct, place = np.unique(days, return_inverse=True)
    member = states.membership(distinct)[place[nine.roll], nine.state]
    exact = (heads["session"] >= _DAYS_FROM).to_numpy()[nine.roll]
    applied["voeten-member-coded-nine"] = int((member & exact).sum())


def _table(marks: Marks) -> NDArray[np.int64]:
    table = np.full((marks.rolls, len(states.codes())), _NONE, dtype=np.int64)
    table[marks.roll, marks.state] = marks.choice
    return table


def _silent_absences(
    table: NDArray[np.int64], marks: Marks, heads: pl.DataFrame, applied: Counter[str]
) -> None:
    """States that never have a row for absence are absent where they have none.

    Only for rolls in whose whole month they were members. The same for Yugoslavia while it was
    barred from the Assembly.
    """
    codes = states.codes()
    whole = _members_all_month(heads)
    absent_rows = np.bincount(marks.state[marks.choice == Choice.NON_VOTING], minlength=len(codes))
    listed = np.bincount(marks.state, minlength=len(codes))
    silent = (listed > 0) & (absent_rows == 0)
    fill = whole & silent & (table == _NONE)
    applied["voeten-absent-by-silence"] = int(fill.sum())
    table[fill] = Choice.NON_VOTING
    barred = _barred(heads, codes) & whole & (table == _NONE)
    applied["voeten-yugoslavia-barred"] = int(barred.sum())
    table[barred] = Choice.NON_VOTING


def _barred(heads: pl.DataFrame, codes: tuple[str, ...]) -> NDArray[np.bool_]:
    start, end = _YUGOSLAVIA_BARRED
    rolls = ((heads["date"] >= start) & (heads["date"] < end)).to_numpy()
    columns = np.array([code == "YUG" for code in codes])
    barred: NDArray[np.bool_] = np.logical_and.outer(rolls, columns)
    return barred


def _members_all_month(heads: pl.DataFrame) -> NDArray[np.bool_]:
    first = heads["date"].dt.month_start().to_numpy().astype("datetime64[D]")
    last = heads["date"].dt.month_end().to_numpy().astype("datetime64[D]")
    both: NDArray[np.bool_] = states.membership(first) & states.membership(last)
    return both


def _serbia(table: NDArray[np.int64], heads: pl.DataFrame, applied: Counter[str]) -> None:
    """Takes back Serbia's absence in the batch in which it is marked absent from every roll."""
    first, last = _SERBIA_BATCH
    rolls = heads["rcid"].is_between(first, last).to_numpy()
    column = states.codes().index("SRB")
    marked = rolls & (table[:, column] == Choice.NON_VOTING)
    if not marked.any() or (table[rolls, column] != Choice.NON_VOTING).any():
        return
    applied["voeten-serbia-unknown"] = int(marked.sum())
    table[marked, column] = _NONE


def _casts(table: NDArray[np.int64]) -> list[dict[str, Choice]]:
    roll, state = np.nonzero(table != _NONE)
    marks = Marks(roll=roll, state=state, choice=table[roll, state], rolls=len(table))
    return marks.casts()


def _rollcall(
    row: Row, casts: dict[str, Choice], marks: NDArray[np.int64], applied: Counter[str]
) -> ReadRollcall:
    session = _session(row, applied)
    symbol = _symbol(row, session)
    words = voeten_words.cleaned(row["descr"]) or voeten_words.cleaned(row["short"])
    topic = voeten_words.cleaned(row["short"])
    kind = voeten_words.kind_of(row["descr"], amend=row["amend"], para=row["para"])
    decision = symbol is not None and symbol.startswith("A/DEC/")
    return ReadRollcall(
        source_key=str(row["rcid"]),
        chamber=Chamber.GA,
        session=session,
        date=row["date"],
        date_exact=_exact(row, applied),
        symbol=symbol,
        draft=voeten_words.draft_in(words),
        kind=Kind.DECISION if decision and kind is Kind.UNSTATED else kind,
        title=catalogue.plain_title(words) if words else None,
        agenda=(topic,) if topic and topic != words else (),
        issues=tuple(row["issues"]),
        casts=casts,
        announced=_announced(row, marks, applied),
    )


def _exact(row: Row, applied: Counter[str]) -> bool:
    exact = row["session"] >= _DAYS_FROM or row["date"].day > _WEEKDAYS
    applied["voeten-weekday-dates"] += not exact
    return bool(exact)


def _session(row: Row, applied: Counter[str]) -> str:
    """The session: a special one by the number, else the column's.

    Where the column and the number name two, the one that can have met on the day.
    """
    written: str = row["unres"] or ""
    special = catalogue.ga_session("", symbol_of(written))
    if special.startswith(("S-", "ES-")):
        return special
    column, numbered = str(row["session"]), _NUMBERED.match(written)
    told = dict.fromkeys((column, numbered[1] if numbered else column))
    possible = [session for session in told if can_meet(session, row["date"])]
    applied["voeten-session-misprint"] += len(possible) == 1 < len(told)
    return possible[0] if possible else column


def _symbol(row: Row, session: str) -> str | None:
    """The symbol that the number stands for; None where numbers are pages of the records."""
    written: str | None = row["unres"]
    if written is None or row["session"] < NUMBERS_FROM:
        return None
    match = _NUMBERED.match(written)
    if match is None:
        return symbol_of(written)
    number, part = int(match[2]), match[3]
    if int(session) <= _ROMAN_UNTIL:
        return f"A/RES/{number}({roman(int(session))}){part}"
    election = number >= _ELECTIONS_FROM and int(session) <= _ELECTIONS_UNTIL
    series = "DEC" if election or number >= _DECISIONS_FROM else "RES"
    return f"A/{series}/{session}/{number}{part}"


def _announced(row: Row, marks: NDArray[np.int64], applied: Counter[str]) -> Totals | None:
    """The totals as stated; one that is missing beside the others is nought if no mark has it."""
    stated = {"yes": row["yes"], "no": row["no"], "abstain": row["abstain"]}
    if all(total is None for total in stated.values()):
        return None
    for side, choice in _sides():
        if stated[side] is None and not (marks == choice).any():
            stated[side] = 0
            applied["voeten-total-left-out"] += 1
    return Totals(**stated)


def _sides() -> Iterator[tuple[str, Choice]]:
    yield from (("yes", Choice.YES), ("no", Choice.NO), ("abstain", Choice.ABSTAIN))
