"""The UN Digital Library's bulk voting data: one CSV row for each state in each rollcall.

General Assembly (record 4060887) and Security Council (record 4055387) files, in their layouts
from 2024 on: with and without `vote_note`, plural column names, X or NV or blank for non-voting.
They hold adopted texts only. What the files do that is no fact is undone, and said in the
rollcall's note: identical repeats of a row are dropped, a state listed as non-voting before it was
admitted is left out of roll and totals, and adoptions without a vote, which list every member as Y
or X, become rollcalls without a roll.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.record.readers import catalogue, recount
from votewire.record.readers.digital_library_frame import TOTALS, frame_of, number_in
from votewire.record.readers.result import Problem, ReadResult, ReadRollcall, Totals
from votewire.record.readers.rolls import UNKNOWN, Days, Ints, Marks, resolve_keys
from votewire.record.tables import Chamber, Choice, Modality
from votewire.states.bounds import FIRST_DAY, LAST_DAY

__all__ = ["read"]

_LETTERS = {letter: int(choice) for letter, choice in catalogue.CHOICE_LETTERS.items()}
_ANY_DAY = date(1946, 1, 10)  # stands in for a date that cannot be read; such a roll never enters

Row = dict[str, Any]


def read(source: bytes, *, name: str = "UN Digital Library CSV") -> ReadResult:
    """The rollcalls of a bulk file, and those that it would not let in with the reason.

    A problem is a roll that does not add up, an unknown state or mark, a state with two choices,
    a state that was no member that day, or rows that disagree on the rollcall itself.
    Raises SourceError where columns are missing, where a row is broken, and where the file is cut
    in the middle: those name the line.
    """
    frame = frame_of(source, name=name)
    frame, rolls = _in_rolls(frame)
    head = frame[np.flatnonzero(np.diff(rolls, prepend=-1))]
    day = pl.col("date").str.to_date("%Y-%m-%d", strict=False)
    head = head.with_columns(day=pl.when(day.is_between(FIRST_DAY, LAST_DAY)).then(day))
    troubles: dict[int, str] = {}
    _bad_heads(head, troubles)
    _uneven_rows(frame, rolls, troubles)
    marks = _marks(frame, head, rolls, troubles)
    marks, repeats = _without_repeats(marks, troubles)
    _uneven_tallies(head, marks, troubles)
    marks, early, voted = marks.members_only(_days(head))
    for roll, code in voted:
        troubles.setdefault(roll, f"{code} was no UN member on {head['date'][roll]}")
    return _result(head, marks, troubles, _Undone(repeats=repeats.tolist(), early=early))


def _in_rolls(frame: pl.DataFrame) -> tuple[pl.DataFrame, Ints]:
    """The frame with each rollcall's rows together, and the rollcall of each row, 0 to k - 1."""
    rolls = frame["undl_id"].rle_id()
    if rolls[-1] + 1 != frame["undl_id"].n_unique():
        frame = frame.sort("undl_id", maintain_order=True)
        rolls = frame["undl_id"].rle_id()
    return frame, rolls.to_numpy().astype(np.int64)


def _marks(frame: pl.DataFrame, head: pl.DataFrame, rolls: Ints, troubles: dict[int, str]) -> Marks:
    """Every row's state and choice; the first that cannot be read is its rollcall's trouble."""
    letters = frame["ms_vote"].fill_null("").str.strip_chars().str.to_uppercase()
    choice = letters.replace_strict(_LETTERS, default=UNKNOWN, return_dtype=pl.Int64).to_numpy()
    for at in _first_in_roll(choice == UNKNOWN, rolls):
        mark, who = frame["ms_vote"][at], frame["ms_name"][at]
        troubles.setdefault(int(rolls[at]), f"mark {mark!r} of {who} is no choice")
    state, wrong = _states(frame, _days(head)[rolls])
    for at in _first_in_roll(state == UNKNOWN, rolls):
        key = (frame["ms_code"][at] or "", frame["ms_name"][at] or "")
        troubles.setdefault(int(rolls[at]), wrong[key])
    return Marks(roll=rolls, state=state, choice=choice.astype(np.int64), rolls=head.height)


def _without_repeats(marks: Marks, troubles: dict[int, str]) -> tuple[Marks, Ints]:
    """The marks without identical repeats, and how many of those each rollcall had: (k,)."""
    again, clashes = marks.repeated()
    for roll, column in clashes:
        code = states.codes()[column]
        troubles.setdefault(roll, f"{code} is listed twice, with two choices")
    return marks.only(~again), np.bincount(marks.roll[again], minlength=marks.rolls)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undone:
    """What was undone: identical rows dropped in each roll, and states listed before admission."""

    repeats: list[int]
    early: dict[int, list[str]]


def _result(
    head: pl.DataFrame, marks: Marks, troubles: dict[int, str], undone: _Undone
) -> ReadResult:
    rollcalls: list[ReadRollcall] = []
    problems: list[Problem] = []
    for at, (row, casts) in enumerate(zip(head.iter_rows(named=True), marks.casts(), strict=True)):
        if at in troubles:
            problems.append(_problem(row, troubles[at]))
        else:
            early = undone.early.get(at, [])
            rollcalls.append(_rollcall(row, casts, undone.repeats[at], early))
    return ReadResult(rollcalls=tuple(rollcalls), problems=tuple(problems))


def _states(frame: pl.DataFrame, days: Days) -> tuple[Ints, dict[tuple[str, str], str]]:
    """The state column of each row, and what is wrong with the (code, name) pairs of no state."""
    named = frame.select(pl.col("ms_code", "ms_name").fill_null("").cast(pl.Categorical))
    distinct = named.unique(maintain_order=True).with_row_index("key")
    rows = named.join(distinct, on=["ms_code", "ms_name"], how="left", maintain_order="left")
    keys = [(code, text) for _, code, text in distinct.iter_rows()]
    return resolve_keys(keys, rows["key"].to_numpy().astype(np.int64), days, _state_of)


def _state_of(key: tuple[str, str], on: date) -> str:
    return catalogue.state_of(*key, on)


def _days(head: pl.DataFrame) -> Days:
    return head["day"].fill_null(_ANY_DAY).to_numpy().astype("datetime64[D]")


def _first_in_roll(bad: NDArray[np.bool_], rolls: Ints) -> list[int]:
    """The first bad row of each roll that has any."""
    rows = np.flatnonzero(bad)
    return list(rows[np.unique(rolls[rows], return_index=True)[1]].tolist())


def _bad_heads(head: pl.DataFrame, troubles: dict[int, str]) -> None:
    """Notes rollcalls whose symbol, date or totals cannot be read."""
    for at, symbol in enumerate(head["resolution"]):
        if catalogue.chamber_of((symbol or "").strip()) is None:
            troubles.setdefault(at, f"symbol {symbol!r} is of neither chamber")
    for at in np.flatnonzero(head["day"].is_null().to_numpy()).tolist():
        troubles.setdefault(at, f"date {head['date'][at]!r} is no day")
    for column in TOTALS:
        for at, text in enumerate(head[column]):
            if text and text.strip() and number_in(text) is None:
                troubles.setdefault(at, f"{column} {text[:20]!r} is no number of votes")


def _uneven_rows(frame: pl.DataFrame, rolls: Ints, troubles: dict[int, str]) -> None:
    """Notes rollcalls whose rows do not agree on the date, symbol or totals."""
    same_roll = np.diff(rolls, prepend=-1) == 0
    for column in ("date", "resolution", *TOTALS):
        changed = frame[column].ne_missing(frame[column].shift(1)).to_numpy()
        for at in _first_in_roll(changed & same_roll, rolls):
            troubles.setdefault(int(rolls[at]), f"its rows disagree on {column}")


def _uneven_tallies(head: pl.DataFrame, marks: Marks, troubles: dict[int, str]) -> None:
    """Notes rollcalls whose marks, as the file has them, do not add up to its totals."""
    for at, (row, read) in enumerate(zip(head.iter_rows(named=True), marks.totals(), strict=True)):
        announced = _announced(row, 0)
        if announced is None or _without_vote(row) or not recount.differs(read, announced):
            continue
        troubles.setdefault(at, recount.mismatch(read, announced))


def _announced(row: Row, early: int) -> Totals | None:
    """The file's totals, less the states that it counts as non-voting before their admission."""
    yes, no, abstain, non_voting, members = (number_in(row[column]) for column in TOTALS)
    if yes is None and no is None and abstain is None:
        return None
    return Totals(
        yes=yes,
        no=no,
        abstain=abstain,
        non_voting=None if non_voting is None else non_voting - early,
        members=None if members is None else members - early,
    )


def _without_vote(row: Row) -> bool:
    return catalogue.says_without_vote(row["modality"], row["vote_note"])


def _rollcall(row: Row, casts: dict[str, Choice], repeats: int, early: list[str]) -> ReadRollcall:
    symbol = row["resolution"].strip()
    chamber = Chamber.SC if symbol.upper().startswith("S/") else Chamber.GA
    modality = _modality(row, casts)
    recorded = modality is Modality.RECORDED
    drafts = catalogue.items(row["draft"])
    kind = catalogue.kind_of(symbol)
    return ReadRollcall(
        source_key=row["undl_id"].strip().removesuffix(".0"),
        chamber=chamber,
        session=catalogue.session_of(chamber, row["day"], row["session"] or "", symbol),
        date=row["day"],
        symbol=symbol,
        draft=drafts[0] if drafts else None,
        meeting=row["meeting"],
        kind=kind,
        title=catalogue.plain_title(row["title"] or row["description"] or ""),
        agenda=catalogue.items(row["agenda_title"], row["subjects"]),
        outcome=catalogue.outcome_of(kind),
        modality=modality,
        casts=casts if recorded else {},
        announced=_announced(row, len(early)) if recorded else None,
        url=row["undl_link"],
        note=_note(row, modality, drafts, repeats, early),
    )


def _modality(row: Row, casts: dict[str, Choice]) -> Modality:
    """Recorded, unless the file says otherwise or lists every member as non-voting."""
    if _without_vote(row):
        return Modality.WITHOUT_VOTE
    silent = set(casts.values()) == {Choice.NON_VOTING}
    return Modality.UNSTATED if silent else Modality.RECORDED


def _note(
    row: Row, modality: Modality, drafts: tuple[str, ...], repeats: int, early: list[str]
) -> str | None:
    parts = [
        row["vote_note"] or "",
        f"drafts as given: {', '.join(drafts)}" if len(drafts) > 1 else "",
        f"{repeats} identical rows of the file were dropped" if repeats else "",
        f"listed before admission, and left out: {', '.join(sorted(early))}" if early else "",
        "the file lists every member as non-voting" if modality is Modality.UNSTATED else "",
    ]
    return "; ".join(part for part in parts if part) or None


def _problem(row: Row, reason: str) -> Problem:
    key = (row["undl_id"] or "").strip().removesuffix(".0")
    return Problem(source_key=key, symbol=row["resolution"], date=row["day"], reason=reason)
