"""The positions and shifts of a fit as rows: state, session, mean and interval."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.positions.result import Fit

__all__ = ["FIRST_YEAR", "first_dimension", "position_table", "shift_table", "size_ranks"]

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

FIRST_YEAR = 1945  # the session of number n opens in this year + n


def position_table(
    fit: Fit, states_asked: Sequence[str] | None = None, since: int | None = None
) -> pl.DataFrame:
    """state, session, year, mean, sd, q05, q95, n_casts; by state and session.

    states_asked: codes, all states if None. since: the year in which the first session opened.
    session, year: its number and the year of its opening. n_casts: the Yes, No and abstentions on
    contested rollcalls that the position rests on; its neighbours in time count too. A fit in
    several dimensions has a row for each, told apart by the column dimension (1, 2, ...).
    """
    figures = {name: getattr(fit, name) for name in ("mean", "sd", "q05", "q95")}
    table = _rows(fit, np.arange(len(fit.state)), figures, after={"n_casts": fit.n_casts})
    return _asked(table, states_asked, since).sort("state", "session", *_dimension(fit))


def first_dimension(fit: Fit) -> pl.DataFrame:
    """The rows of `position_table` in the first dimension, without the column dimension."""
    table = position_table(fit)
    if fit.dims == 1:
        return table
    return table.filter(pl.col("dimension") == 1).drop("dimension")


def shift_table(
    fit: Fit,
    states_asked: Sequence[str] | None = None,
    since: int | None = None,
    until: int | None = None,
) -> pl.DataFrame:
    """state, name, session, year, shift, sd, q05, q95, p_up, rank, of; the largest first.

    shift: posterior mean of the difference from the same state's last position, with standard
    deviation and 90 % interval. p_up: the probability that it is above 0. rank: by the size of
    shift among all `of` shifts of the fit (in that dimension), 1 the largest; equal sizes have the
    same rank. since, until: years in which the session opened, both counted.
    """
    at = np.flatnonzero(~fit.first)
    figures = {"shift": fit.shift, "sd": fit.shift_sd, "q05": fit.shift_q05, "q95": fit.shift_q95}
    figures |= {"p_up": fit.shift_up}
    ranks = np.full(fit.shift.shape, 0)
    ranks[at] = size_ranks(fit.shift[at])
    table = _rows(fit, at, figures | {"rank": ranks}, after={})
    names = {code: states.name_of(code) for code in table["state"].unique()}
    named = table.insert_column(1, table["state"].replace_strict(names).alias("name"))
    kept = _asked(named.with_columns(of=pl.lit(len(at), dtype=pl.Int64)), states_asked, since)
    if until is not None:
        kept = kept.filter(pl.col("year") <= until)
    return kept.sort("rank", "session", "state", *_dimension(fit))


def size_ranks(shifts: Floats) -> Ints:
    """The rank of each value by its size in its column, 1 the largest; equal ones share it."""
    size = np.abs(shifts)
    ordered = np.sort(size, axis=0)
    after = [np.searchsorted(ordered[:, k], size[:, k], "right") for k in range(size.shape[1])]
    return len(size) - np.stack(after, axis=1) + 1


def _rows(
    fit: Fit, at: Ints, figures: dict[str, NDArray[np.generic]], after: dict[str, Ints]
) -> pl.DataFrame:
    """A row for each state-period of at, and dimension where there are several."""
    dims = fit.dims
    session = np.array([int(label) for label in fit.periods])[fit.period[at]]
    head = {"session": session, "year": session + FIRST_YEAR}
    columns = {
        "state": pl.Series(fit.states).gather(np.repeat(fit.state[at], dims)),
        **{name: np.repeat(value, dims) for name, value in head.items()},
        **({"dimension": np.tile(np.arange(1, dims + 1), len(at))} if dims > 1 else {}),
        **{name: value[at].reshape(-1) for name, value in figures.items()},
        **{name: np.repeat(value[at], dims).astype(np.int64) for name, value in after.items()},
    }
    return pl.DataFrame(columns)


def _asked(
    table: pl.DataFrame, states_asked: Sequence[str] | None, since: int | None
) -> pl.DataFrame:
    if states_asked is not None:
        table = table.filter(pl.col("state").is_in(list(states_asked)))
    return table if since is None else table.filter(pl.col("year") >= since)


def _dimension(fit: Fit) -> list[str]:
    return ["dimension"] if fit.dims > 1 else []
