"""UN Digital Library voting records, as two Parquet tables: rollcalls, and one row for each mark.

It states no totals: its counts are sums of its own marks in capitals, so recounting them finds a
cut or changed file, not a wrong mark. Y N A X, some in lower case; X is a member that did not vote.
An item without marks was adopted in a way that the source does not say; one that lists everybody
as X was adopted without a vote. All items are adopted texts.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import SourceError
from votewire.record.extracts.extract import Extract, Remark
from votewire.record.readers import catalogue
from votewire.record.readers.result import Problem, ReadRollcall
from votewire.record.readers.rolls import UNKNOWN, Marks, resolve_keys
from votewire.record.tables import Chamber, Choice, Modality, Outcome

__all__ = ["read"]

_HEAD = ("undl_id", "body", "symbol", "date", "meeting", "title", "agenda", "n_ms")
_NAMES = ("symbol", "meeting")
_SUMS = {"Y": "yes", "N": "no", "A": "abst", "X": "nonv"}
_MARK = ("undl_id", "vote", "ms_name")
_RECORD = "https://digitallibrary.un.org/record/"
_NOTHING = "N/A"
_DOUBLE_SESSION = "(ES-IandII)"

Row = dict[str, Any]


def read(rollcalls: bytes, votes: bytes, *, name: str = "UN Digital Library extract") -> Extract:
    """The rollcalls of the two tables, those that may not enter with the reason, and remarks.

    A problem is an item without symbol or date, a state unknown or twice in one roll, a cast of a
    state that was no member that day, or marks that are fewer or others than the rollcall's row
    counts. Raises SourceError where a file is cut, or is not such a table.
    """
    heads = _table(rollcalls, (*_HEAD, *_SUMS.values()), f"{name}: rollcalls")
    doubled = heads.select(pl.any_horizontal(pl.col(_NAMES).str.contains("//")).sum()).item()
    heads = heads.with_columns(pl.col(_NAMES).str.replace_all("//", "/", literal=True))
    heads = heads.with_columns(pl.col("date").str.to_date(strict=False).alias("day"))
    good = pl.col("day").is_not_null() & (pl.col("symbol") != _NOTHING)
    problems = [_problem(row, "has no symbol and no date") for row in _rows(heads.filter(~good))]
    heads = heads.filter(good).sort("undl_id").with_row_index("roll")
    rows = _table(votes, _MARK, f"{name}: votes").join(
        heads.select("undl_id", "roll", "day"), on="undl_id", how="inner"
    )
    rows = rows.sort("roll", maintain_order=True)
    roll = _Roll(heads, rows)
    taken = [
        _rollcall(row, casts, roll.everyone_absent(at))
        for at, (row, casts) in enumerate(zip(_rows(heads), roll.marks.casts(), strict=True))
        if at not in roll.troubles
    ]
    keys = heads["undl_id"].to_list()
    problems += [_problem(heads.row(at, named=True), why) for at, why in roll.troubles.items()]
    return Extract(
        rollcalls=tuple(taken),
        problems=tuple(problems),
        remarks=tuple(roll.remarks(keys)),
        applied={**roll.applied, "library-doubled-slash": doubled},
    )


class _Roll:
    """The marks of all items, checked: `troubles` by item, and what was read by which rule."""

    def __init__(self, heads: pl.DataFrame, rows: pl.DataFrame) -> None:
        self.troubles: dict[int, str] = {}
        self.letters = rows["vote"]
        self.names = rows["ms_name"]
        days = rows["day"].to_numpy().astype("datetime64[D]")
        marks = Marks(
            roll=rows["roll"].to_numpy().astype(np.int64),
            state=self._states(rows["roll"].to_numpy(), days),
            choice=_choices(self.letters),
            rolls=heads.height,
        )
        self._recount(heads, marks)
        self._twice(marks)
        self.unreadable = np.flatnonzero(marks.choice == UNKNOWN)
        self.unread_at = marks.roll[self.unreadable].tolist()
        early = self._outside(heads, marks)
        self.early_at = np.stack([marks.roll[early], marks.state[early]], axis=1).tolist()
        self.marks = marks.only((marks.choice != UNKNOWN) & (marks.state != UNKNOWN) & ~early)
        self._absent = _all_absent(self.marks)
        lower = int((self.letters != self.letters.str.to_uppercase()).sum())
        without = int((heads["n_ms"] == 0).sum())
        self.applied = {
            "library-lower-case-marks": lower,
            "library-no-roll": without,
            "library-everyone-absent": int(self._absent.sum()),
        }

    def everyone_absent(self, at: int) -> bool:
        """True where the item lists every member as not voting."""
        return bool(self._absent[at])

    def remarks(self, keys: list[int]) -> Iterator[Remark]:
        """Marks that could not be read, and states listed before they were admitted."""
        for row, at in zip(self.unreadable.tolist(), self.unread_at, strict=True):
            code = states.from_un_name(self.names[row])
            yield _remark(keys[at], code, "not_recorded", self.letters[row], "unreadable-mark")
        for at, column in self.early_at:
            code = states.codes()[column]
            yield _remark(keys[at], code, "not_member", "non_voting", "library-before-admission")

    def _states(self, rolls: NDArray[Any], days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        distinct = self.names.unique(maintain_order=True)
        number = dict(zip(distinct, range(distinct.len()), strict=True))
        place = self.names.replace_strict(number, return_dtype=pl.Int64).to_numpy()
        state, wrong = resolve_keys(distinct.to_list(), place, days, states.from_un_name)
        bad = np.flatnonzero(state == UNKNOWN)
        for at in bad[np.unique(rolls[bad], return_index=True)[1]].tolist():
            self.troubles[int(rolls[at])] = wrong[self.names[at]]
        return state

    def _recount(self, heads: pl.DataFrame, marks: Marks) -> None:
        """Every item: as many marks as it says it has members, and of each letter as it counts."""
        listed = np.bincount(marks.roll, minlength=heads.height)
        said = heads["n_ms"].to_numpy()
        for at in np.flatnonzero(listed != said).tolist():
            self.troubles.setdefault(at, f"lists {listed[at]} states, but counts {said[at]}")
        for letter, column in _SUMS.items():
            plain = (self.letters == letter).to_numpy()
            counted = np.bincount(marks.roll[plain], minlength=heads.height)
            stated = heads[column].fill_null(0).to_numpy()
            for at in np.flatnonzero(counted != stated).tolist():
                why = f"has {counted[at]} marks {letter}, but counts {stated[at]}"
                self.troubles.setdefault(at, why)

    def _twice(self, marks: Marks) -> None:
        again, _ = marks.repeated()
        for at, column in zip(marks.roll[again].tolist(), marks.state[again].tolist(), strict=True):
            self.troubles.setdefault(at, f"lists {states.codes()[column]} twice")

    def _outside(self, heads: pl.DataFrame, marks: Marks) -> NDArray[np.bool_]:
        """Rows of states not yet or no longer members: harmless where they are marked absent."""
        days, place = np.unique(
            heads["day"].to_numpy().astype("datetime64[D]"), return_inverse=True
        )
        member = states.membership(days)
        early: NDArray[np.bool_] = ~member[place[marks.roll], marks.state]
        early &= marks.state != UNKNOWN
        cast = early & (marks.choice != Choice.NON_VOTING)
        for at, column in zip(marks.roll[cast].tolist(), marks.state[cast].tolist(), strict=True):
            self.troubles.setdefault(at, f"{states.codes()[column]} was no member that day")
        harmless: NDArray[np.bool_] = early & ~cast
        return harmless


def _choices(letters: pl.Series) -> NDArray[np.int64]:
    numbers = {
        letter: int(choice)
        for letter, choice in catalogue.CHOICE_LETTERS.items()
        if letter in _SUMS
    }
    numbers |= {letter.lower(): number for letter, number in numbers.items()}
    return letters.replace_strict(numbers, default=UNKNOWN, return_dtype=pl.Int64).to_numpy()


def _all_absent(marks: Marks) -> NDArray[np.bool_]:
    listed = np.bincount(marks.roll, minlength=marks.rolls)
    absent = np.bincount(marks.roll[marks.choice == Choice.NON_VOTING], minlength=marks.rolls)
    everyone: NDArray[np.bool_] = (listed > 0) & (listed == absent)
    return everyone


def _table(source: bytes, columns: tuple[str, ...], what: str) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(io.BytesIO(source))
    except pl.exceptions.PolarsError as error:
        raise SourceError(f"{what}: the Parquet file is cut or damaged; fetch it again.") from error
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise SourceError(f"{what}: columns missing: {', '.join(missing)}.")
    return frame.select(columns)


def _rows(frame: pl.DataFrame) -> Iterator[Row]:
    return frame.iter_rows(named=True)


def _rollcall(row: Row, casts: dict[str, Choice], everyone_absent: bool) -> ReadRollcall:
    chamber = Chamber(row["body"])
    symbol: str = row["symbol"]
    day: date = row["day"]
    modality = Modality.RECORDED if casts else Modality.UNSTATED
    return ReadRollcall(
        source_key=str(row["undl_id"]),
        chamber=chamber,
        session=_session(chamber, day, symbol),
        date=day,
        symbol=symbol,
        meeting=_text(row["meeting"]),
        kind=catalogue.kind_of(symbol),
        title=catalogue.plain_title(row["title"]),
        agenda=catalogue.items(_text(row["agenda"])),
        outcome=Outcome.ADOPTED,
        modality=Modality.WITHOUT_VOTE if everyone_absent else modality,
        casts={} if everyone_absent else casts,
        url=f"{_RECORD}{row['undl_id']}",
        note=_note(symbol),
    )


def _session(chamber: Chamber, day: date, symbol: str) -> str:
    if symbol.endswith(_DOUBLE_SESSION):
        return "ES-1"
    return catalogue.session_of(chamber, day, "", symbol)


def _note(symbol: str) -> str | None:
    if symbol.endswith(_DOUBLE_SESSION):
        return "adopted for the first and the second emergency special session together"
    if symbol.endswith("/XX"):
        return "the source writes XX for the number of the resolution"
    return None


def _text(value: str | None) -> str | None:
    text = " ".join((value or "").split())
    return None if text in ("", _NOTHING) else text


def _problem(row: Row, reason: str) -> Problem:
    return Problem(
        source_key=str(row["undl_id"]), symbol=_text(row["symbol"]), date=row["day"], reason=reason
    )


def _remark(key: int, code: str, kept: str, other: str, rule: str) -> Remark:
    return Remark(source_key=str(key), field=f"cast:{code}", kept=kept, other=other, rule=rule)
