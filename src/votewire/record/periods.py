"""Years and sessions of which a question has a part only, and what a whole one has.

Nine in ten votes of the Assembly's year fall in November and December, so a year to October is
another set of texts than a year: beside whole years its figures look like a change that was none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

import numpy as np
import polars as pl

from votewire.record.record import Record
from votewire.record.selecting import Rows, Selection

__all__ = ["Part", "parts", "shown_columns", "with_parts"]

_BEFORE = 10  # periods before, by which a whole one is known
_FEW = 0.05  # of a period's votes: where so few are missing, it is as good as whole
_ZERO = 1945  # session n opens in this year + n


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The part of a year or session that a question has.

    name: what it is called in a sentence. since, until: its first and last day, None where nothing
    is cut off. rollcalls: how many are in it. usual: how many a whole period has, the median of up
    to ten before; None where there is none, and for special sessions.
    """

    name: str
    since: date | None
    until: date | None
    rollcalls: int
    usual: int | None

    @property
    def days(self) -> str:
        """Which days it has: `to 2025-10-29`, `from 2019-06-01`."""
        if self.since and self.until:
            return f"{self.since} to {self.until}"
        return f"to {self.until}" if self.until else f"from {self.since}"

    @property
    def told(self) -> str:
        """What a reader must know of it, as a sentence."""
        many = f"{self.rollcalls:,} rollcall{'' if self.rollcalls == 1 else 's'}"
        whole = f" of about {self.usual:,}" if (self.usual or 0) > self.rollcalls else ""
        return f"{self.name} is not whole: {self.days}, {many}{whole}."

    @property
    def facts(self) -> dict[str, Any]:
        """The same for programs."""
        ends = {"since": self.since, "until": self.until}
        days = {name: day.isoformat() if day else None for name, day in ends.items()}
        return {**days, "rollcalls": self.rollcalls, "usual": self.usual}


def parts(record: Record, within: Selection, rows: Rows, by: str | None) -> dict[str, Part]:
    """The periods of some rows of which a selection has a part, by label, earliest first.

    A period is cut off where more than a twentieth of its votes lie outside the selection's days,
    or are held after the record ends by the calendar of the ten periods before. The record begins
    where the United Nations did. Raises ValueError as `Selection.periods` does.
    """
    if by is None:
        return {}
    anytime = replace(within, since=None, until=None)
    whole = dict(anytime.periods(record, anytime.rows(record), by))
    found = {}
    for label, own in within.periods(record, rows, by):
        before = _before(label, whole)
        since, until = _cut(record, within, label, whole.get(label, own), before)
        if since or until:
            found[label] = Part(
                name=f"Session {label}" if by == "session" else label,
                since=since,
                until=until,
                rollcalls=len(own),
                usual=round(median(map(len, before.values()))) if before else None,
            )
    return found


def with_parts(table: pl.DataFrame, cut: Mapping[str, Part], of: str = "period") -> pl.DataFrame:
    """A table by periods with the column `part`: the days of those that are not whole.

    of: the column that has the label of the period, or the number of the session.
    """
    days = [cut[label].days if label in cut else None for label in map(str, table[of])]
    return table.with_columns(pl.Series("part", days, dtype=pl.String))


def shown_columns(table: pl.DataFrame, cut: Mapping[str, Part]) -> tuple[str, ...]:
    """What people are shown of a table: without the column `part` where every period is whole."""
    return tuple(name for name in table.columns if cut or name != "part")


def _cut(
    record: Record, within: Selection, label: str, own: Rows, before: Mapping[str, Rows]
) -> tuple[date | None, date | None]:
    """The days at which a period is cut off at its beginning and its end."""
    days = record.days[own]
    since, until = within.since, within.until
    if since and np.mean(days < np.datetime64(since)) <= _FEW:
        since = None
    if until and np.mean(days > np.datetime64(until)) <= _FEW:
        until = None
    complete = record.complete_to.get(within.chamber)
    if complete and _goes_on(record, label, complete, before):
        until = min(until or complete, complete)
    return since, until


def _goes_on(record: Record, label: str, after: date, before: Mapping[str, Rows]) -> bool:
    """Whether more than a few of a period's votes are held after a day."""
    last = _last_day(label)
    if last is None or last <= after:
        return False
    later = [
        record.days[rows] > np.datetime64(ended - (last - after))
        for ended, rows in ((_last_day(name), rows) for name, rows in before.items())
        if ended is not None
    ]
    return not later or bool(np.concatenate(later).mean() > _FEW)


def _before(label: str, whole: Mapping[str, Rows]) -> dict[str, Rows]:
    """The rows of up to ten periods before one; of special sessions none."""
    regular = [name for name in whole if name.isdecimal()]
    if label not in regular:
        return {}
    at = regular.index(label)
    return {name: whole[name] for name in regular[max(0, at - _BEFORE) : at]}


def _last_day(label: str) -> date | None:
    """The last day of a year, or of a regular session; None for special ones, which have none.

    The next session opens in the first half of September, so that no vote is taken after the 9th.
    """
    if not label.isdecimal():
        return None
    year = len(label) == 4  # the sessions of the Council are years too
    return date(int(label), 12, 31) if year else date(_ZERO + int(label) + 1, 9, 9)
