"""Every recorded cast with its surprise: both chambers forward, their probabilities calibrated.

Twice: with one dimension, the chamber's usual line of division, and with three, which expect best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from votewire import states
from votewire.errors import TooFewRollcalls
from votewire.positions.calibration import Map, calibrated, odds_of
from votewire.positions.chances import Chances
from votewire.positions.council import council_day, empty_council
from votewire.positions.forward import Forward, days_of, joined, some
from votewire.positions.naming import names_of
from votewire.positions.priors import ASSEMBLY, COUNCIL, DIMS
from votewire.positions.sessions import regular_sessions
from votewire.positions.standing import Standing, standing_from
from votewire.record import Chamber, Choice, Record, Selection
from votewire.record.tables import Roll

__all__ = [
    "BEGINNING",
    "KEPT",
    "YEAR",
    "Expected",
    "Figures",
    "Surprises",
    "casts_among",
    "casts_of",
    "expect",
    "pass_of",
    "rolls_of",
    "years_of",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
OnDay = Callable[[int, int], None]

BEGINNING = 3  # sessions that say where the states stand at first
KEPT = (1, DIMS)  # numbers of dimensions in which surprise is told
YEAR = 365.2425
_MIDDLE = np.linspace(-1.645, 1.645, 7)  # of a normal distribution: its middle 90 %
_ANCHOR = "USA"


class Figures(NamedTuple):
    """Of n casts: bits (n,) of the choice made; low, high over the middle 90 % of what state and
    text may be."""

    bits: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprises:
    """Casts in order of the record's rows and of states, with their surprise in bits.

    row, state, choice (n,): row of the record, column, 0 Yes, 1 abstain, 2 No. council (n,): cast
    in the Security Council. bits, low, high: `Figures` with one dimension; bits3, low3, high3: with
    three. record_hash: of the record whose casts were expected, empty for a part of them.
    """

    row: NDArray[np.int32]
    state: NDArray[np.int16]
    choice: NDArray[np.int8]
    council: NDArray[np.bool_]
    bits: NDArray[np.float32]
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    bits3: NDArray[np.float32]
    low3: NDArray[np.float32]
    high3: NDArray[np.float32]
    record_hash: str = ""

    def __repr__(self) -> str:
        return f"<Surprises: {len(self.row):,} casts; record {self.record_hash[:12] or 'not said'}>"

    def figures(self, dims: int) -> Figures:
        """The figures with one dimension or with three."""
        if dims == 1:
            return Figures(self.bits, self.low, self.high)
        return Figures(self.bits3, self.low3, self.high3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A pass through one chamber. rows: of the record. found: the casts, rollcalls as rows of the
    record. probability (n, 3): calibrated. maps, map_of: the calibration of each cast."""

    found: Forward
    probability: Floats
    maps: list[Map]
    map_of: Ints


def expect(record: Record, *, on_day: OnDay | None = None) -> tuple[Surprises, Standing]:
    """The surprise of every cast with a full roll in both chambers, but the first three sessions.

    And what three dimensions know of the Assembly's states and texts after its last day. on_day:
    told (done, of all) over both passes.

    Raises TooFewRollcalls for a record without casts after them.
    """
    told: list[Figures] = []
    for number, dims in enumerate(KEPT):
        assembly, council, standing = pass_of(record, dims, on_day=_part(on_day, number))
        told.append(
            Figures(*map(np.concatenate, zip(_bits(assembly), _bits(council), strict=True)))
        )
    chambers = (assembly.found, council.found)
    row, state, choice = (
        np.concatenate([getattr(part, name) for part in chambers])
        for name in ("rollcall", "state", "choice")
    )
    is_council = np.arange(len(row)) >= len(chambers[0].choice)
    order = np.lexsort((state, row))
    one, three = (Figures(*(values[order] for values in figures)) for figures in told)
    found = Surprises(
        row=row[order].astype(np.int32),
        state=state[order].astype(np.int16),
        choice=choice[order],
        council=is_council[order],
        bits=one.bits,
        low=one.low,
        high=one.high,
        bits3=three.bits,
        low3=three.low,
        high3=three.high,
        record_hash=record.hash,
    )
    return found, standing


def _part(on_day: OnDay | None, number: int) -> OnDay | None:
    """`on_day` of all passes, to be told of one."""
    if on_day is None:
        return None
    return lambda done, days: on_day(number * days + done, len(KEPT) * days)


def casts_of(record: Record) -> dict[str, NDArray[Any]]:
    """row, state, choice, council (n,): the casts that have a surprise, in order."""
    return casts_among(record, rolls_of(record))


def rolls_of(record: Record) -> Ints:
    """The rows of the record whose casts have a surprise, in order."""
    frame = record.rollcalls
    kept = ((frame["chamber"] == Chamber.SC) & (frame["roll"] == Roll.FULL)).to_numpy().copy()
    rows = Selection().rows(record)
    sessions = regular_sessions(record, rows)
    kept[rows[~np.isin(sessions, np.unique(sessions)[:BEGINNING])]] = True
    return np.flatnonzero(kept)


def casts_among(record: Record, at: Ints) -> dict[str, NDArray[Any]]:
    """row, state, choice, council (n,): the casts on the rollcalls in rows `at`, in order."""
    row, state = np.nonzero(record.choices[at] <= Choice.NO)
    council = (record.rollcalls["chamber"] == Chamber.SC).to_numpy()
    return {
        "row": at[row].astype(np.int32),
        "state": state.astype(np.int16),
        "choice": record.choices[at][row, state],
        "council": council[at[row]],
    }


def pass_of(
    record: Record, dims: int, *, on_day: OnDay | None = None
) -> tuple[Expected, Expected, Standing]:
    """The Assembly's casts from the fourth session on, and the Council's, in `dims` dimensions.

    And what is known of the Assembly after its last day.
    """
    rows = Selection().rows(record)
    sessions = regular_sessions(record, rows)
    first = np.unique(sessions)[:BEGINNING]
    prior = ASSEMBLY[dims]
    begun = np.isin(sessions, first)
    standing = standing_from(record.choices[rows[begun]], prior, states.codes().index(_ANCHOR))
    days: list[Forward] = []
    council: list[Forward] = []
    held = _Council(record, dims, standing)
    total = len(np.unique(years_of(record, rows)))
    going = _assembly(record, rows, dims, standing, held, council)
    for done, day in enumerate(going, start=1):
        days.append(day)
        if on_day is not None:
            on_day(done, total)
    whole = joined(days)
    late = ~begun[whole.rollcall]
    if not late.any():
        raise TooFewRollcalls("no cast after the first three sessions", record.completeness)
    whole = some(whole, late)
    return (
        _calibrated(record, whole._replace(rollcall=rows[whole.rollcall])),
        _calibrated(record, joined(council) if council else some(whole, ~late[late])),
        standing,
    )


def years_of(record: Record, rows: Ints) -> Floats:
    """(n,) the days of some rows in years, as numbers; the same for the same day."""
    return record.days[rows].astype("datetime64[D]").astype(np.float64) / YEAR


def _assembly(
    record: Record, rows: Ints, dims: int, standing: Standing, held: _Council, out: list[Forward]
) -> Iterator[Forward]:
    """The Assembly's days; the Council's days up to each are added to `out` before it."""
    times = years_of(record, rows)
    starts = np.unique(times)
    going = days_of(
        record.choices[rows], times, ASSEMBLY[dims], standing, names=names_of(record, rows)
    )
    for now in starts.tolist():
        out.extend(held.until(now))
        day = next(going, None)
        if day is not None:
            yield day
    out.extend(held.until(np.inf))


class _Council:
    """The Council's full rolls, day by day as the Assembly's pass comes to them."""

    def __init__(self, record: Record, dims: int, assembly: Standing) -> None:
        frame = record.rollcalls
        full = (frame["chamber"] == Chamber.SC) & (frame["roll"] == Roll.FULL)
        self._rows = np.flatnonzero(full.to_numpy())
        self._choices = record.choices[self._rows]
        self._times = years_of(record, self._rows)
        self._names = names_of(record, self._rows)
        self._assembly, self._step = assembly, ASSEMBLY[dims].step
        self._council = empty_council(COUNCIL[dims], record.choices.shape[1])
        self._at = 0

    def until(self, now: float) -> Iterator[Forward]:
        """The days up to and with `now` that have not been yet; rollcalls as rows of the record."""
        while self._at < len(self._rows) and self._times[self._at] <= now:
            start, time = self._at, float(self._times[self._at])
            end = self._at = int(np.searchsorted(self._times, time, side="right"))
            casts = self._choices[start:end]
            if not (casts <= 2).any():
                continue
            day = council_day(
                casts, self._names[start:end], time, self._assembly, self._step, self._council
            )
            yield day._replace(rollcall=self._rows[start:end][day.rollcall])


def _calibrated(record: Record, found: Forward) -> Expected:
    years = record.days[found.rollcall].astype("datetime64[Y]").astype(np.intp)
    maps, at = calibrated(found.chances, found.choice, years)
    return Expected(
        found=found,
        probability=_mapped(found.chances, maps, at),
        maps=maps,
        map_of=at,
    )


def _mapped(chances: Chances, maps: list[Map], at: Ints, z: float | None = None) -> Floats:
    yes, not_no = odds_of(chances, z)
    out = np.empty((len(yes), 3))
    for number in np.unique(at).tolist():
        here = at == number
        out[here] = maps[number].of(yes[here], not_no[here])
    return out


def _bits(given: Expected) -> Figures:
    found = given.found
    each = np.arange(len(found.choice))
    bits = -np.log2(given.probability[each, found.choice])
    low, high = bits.copy(), bits.copy()
    for z in _MIDDLE:
        at_z = _mapped(found.chances, given.maps, given.map_of, float(z))
        made = -np.log2(at_z[each, found.choice])
        low, high = np.minimum(low, made), np.maximum(high, made)
    return Figures(*(values.astype(np.float32) for values in (bits, low, high)))
