"""What must be true of every rollcall, checked on every read.

One broken rollcall is set aside with its reason; it never reaches an answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.record.numbering import impossible
from votewire.record.sittings import days_of
from votewire.record.tables import Chamber, Choice, Roll

__all__ = ["Breach", "breaches", "counts"]

_COUNCIL_GREW = date(1966, 1, 1)  # Charter amendment of 1965: eleven members before, fifteen since
_TALLY = ("yes", "no", "abstain", "non_voting")
_MARKS = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.NON_VOTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """One broken rollcall: its row and the invariant that it breaks, with the numbers."""

    row: int
    reason: str


def counts(choices: NDArray[np.int8]) -> NDArray[np.int64]:
    """How many states made each choice: (n_rollcalls, 4) as yes, no, abstain, non_voting."""
    return np.stack([(choices == mark).sum(axis=1) for mark in _MARKS], axis=1)


def breaches(rollcalls: pl.DataFrame, choices: NDArray[np.int8]) -> list[Breach]:
    """Every rollcall that breaks an invariant, in row order, one reason each.

    rollcalls: the ROLLCALLS frame, n rows. choices: (n, n_states) of Choice codes.
    """
    found: dict[int, str] = {}
    for check in (_codes, _tallies, _members, _council_size, _symbols, _sittings):
        for row, reason in check(rollcalls, choices):
            found.setdefault(row, reason)
    return [Breach(row=row, reason=reason) for row, reason in sorted(found.items())]


def _codes(_rollcalls: pl.DataFrame, choices: NDArray[np.int8]) -> list[tuple[int, str]]:
    known = (choices >= Choice.YES) & (choices <= Choice.NOT_RECORDED)
    return [(int(row), "holds a mark that is no choice") for row in np.flatnonzero(~known.all(1))]


def _tallies(rollcalls: pl.DataFrame, choices: NDArray[np.int8]) -> list[tuple[int, str]]:
    """Full rolls: casts add up to the totals; partial rolls: they do not exceed them."""
    read = counts(choices)
    said = rollcalls.select(pl.col(_TALLY).fill_null(-1).cast(pl.Int64)).to_numpy()
    members = rollcalls["members"].fill_null(-1).to_numpy()
    full = (rollcalls["roll"] == Roll.FULL).to_numpy()
    partial = (rollcalls["roll"] == Roll.PARTIAL).to_numpy()
    uneven = full & ((read != said).any(axis=1) | (read.sum(axis=1) != members))
    over = partial & ((said >= 0) & (read > said)).any(axis=1)
    empty = ~full & ~partial & (read.sum(axis=1) > 0)
    return [
        *(
            (int(row), _uneven(read[row], said[row], members[row]))
            for row in np.flatnonzero(uneven)
        ),
        *((int(row), "has more casts than its totals") for row in np.flatnonzero(over)),
        *((int(row), "has casts although it has no roll") for row in np.flatnonzero(empty)),
    ]


def _uneven(read: NDArray[np.int64], said: NDArray[np.int64], members: int) -> str:
    return (
        f"casts read {'-'.join(map(str, read))} (yes-no-abstain-non-voting), "
        f"totals say {'-'.join(map(str, said))} of {members} members"
    )


def _members(rollcalls: pl.DataFrame, choices: NDArray[np.int8]) -> list[tuple[int, str]]:
    """Assembly rolls with an exact date: the states listed are the members of that day.

    A state admitted on that very day may be listed or not: the roll can be older than its seat.
    """
    rows = np.flatnonzero(
        ((rollcalls["chamber"] == Chamber.GA) & rollcalls["date_exact"]).to_numpy()
        & (rollcalls["roll"] == Roll.FULL).to_numpy()
    )
    days = rollcalls["date"].to_numpy()[rows].astype("datetime64[D]")
    differ = (choices[rows] != Choice.NOT_MEMBER) != states.membership(days)
    found = []
    for at in np.flatnonzero(differ.any(axis=1)):
        codes = {states.codes()[column] for column in np.flatnonzero(differ[at])}
        wrong = sorted(codes - states.admitted_on(days[at].item()))
        if wrong:
            reason = f"lists other states than the members of that day: {', '.join(wrong)}"
            found.append((int(rows[at]), reason))
    return found


def _council_size(rollcalls: pl.DataFrame, choices: NDArray[np.int8]) -> list[tuple[int, str]]:
    council = ((rollcalls["chamber"] == Chamber.SC) & (rollcalls["roll"] == Roll.FULL)).to_numpy()
    size = (choices != Choice.NOT_MEMBER).sum(axis=1)
    seats = np.where((rollcalls["date"] < _COUNCIL_GREW).to_numpy(), 11, 15)
    return [
        (int(row), f"lists {size[row]} Council members, not {seats[row]}")
        for row in np.flatnonzero(council & (size != seats))
    ]


def _symbols(rollcalls: pl.DataFrame, _choices: NDArray[np.int8]) -> list[tuple[int, str]]:
    return impossible(rollcalls)


def _sittings(rollcalls: pl.DataFrame, _choices: NDArray[np.int8]) -> list[tuple[int, str]]:
    """Assembly votes with an exact date: a day on which their session can have met."""
    exact = rollcalls.with_row_index("row").filter(
        (pl.col("chamber") == Chamber.GA) & pl.col("date_exact")
    )
    sessions = exact["session"].unique()
    bounds = pl.DataFrame(
        [(session, *days_of(session)) for session in sessions],
        schema={"session": pl.String, "first": pl.Date, "last": pl.Date},
        orient="row",
    )
    held = exact.join(bounds, on="session", maintain_order="left")
    outside = held.filter(~pl.col("date").is_between("first", "last"))
    return [
        (row, f"session {session} cannot have met on {day}")
        for row, session, day in outside.select("row", "session", "date").iter_rows()
    ]
