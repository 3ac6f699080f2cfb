"""How far states moved from one session to the next, and which rollcalls say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import erfc, sqrt
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.answers import answer_of, fit_told, no_session
from votewire.positions.making import ANCHOR, BSV
from votewire.positions.result import Fit
from votewire.positions.sessions import regular_sessions
from votewire.positions.tables import FIRST_YEAR, shift_table
from votewire.record import Answer, Choice, Record, Selection
from votewire.record.beneath import choices_beneath

__all__ = ["Asked", "drivers", "shift_drivers", "shifts"]

Floats = NDArray[np.float64]

_MORE = (
    " Shift: position less the same state's last one, from their joint posterior; p_up: the "
    "probability that it is above 0; rank: by its size among all state-sessions of the fit that "
    "have one before."
)
_EVIDENCE = (
    " bits: log2 of the probability of the cast at the position now over that at the last one; "
    "p_now, p_before: those probabilities. Above 0: the cast speaks for the move."
)
_NAMED = 3  # rollcalls in the sentence on what drove a shift
_SURE = 0.995
_LEAST = 1e-12
_SPEAKS = 0.05  # bits that are not 0.0 when printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which shifts: of a state, in sessions that opened from since until, of one session."""

    state: str | None = None
    since: int | None = None
    until: int | None = None
    session: int | None = None


def shifts(
    fit: Fit,
    asked: Asked = Asked(),
    top: int | None = None,
    *,
    record: Record,
    within: Selection = Selection(),
) -> Answer:
    """The largest shifts, of all states or as asked; what drove the first is in facts.

    Table: as `shift_table`, at most top rows. facts: state, session and drivers (the first rows of
    `drivers`) of the largest. Raises NotInRecord where no shift is as asked.
    """
    table = _chosen(fit, asked, record)
    first = table.row(0, named=True)
    drove = drivers(fit, record, first["state"], first["session"])
    facts = {"state": first["state"], "session": first["session"], "shifts": table.height}
    shown = ("name", "session", "year", "shift", "sd", "q05", "q95", "p_up", "rank", "of")
    extra = ("dimension",) if fit.dims > 1 else ()
    return answer_of(
        fit,
        record,
        within,
        question="shifts",
        title=f"{_whom(asked)}: shifts from session to session",
        told=(_shift_told(first), *_drivers_told(drove), *_placebo_told(fit), fit_told(fit)),
        table=table if top is None else table.head(top),
        facts=facts | {"drivers": drove.head(10).to_dicts()},
        more=_MORE,
        columns=(*shown[:3], *extra, *shown[3:]),
    )


def shift_drivers(
    fit: Fit,
    asked: Asked = Asked(),
    top: int | None = None,
    *,
    record: Record,
    within: Selection = Selection(),
) -> Answer:
    """The rollcalls that speak most for the largest of the shifts asked for.

    Table: as `drivers`. facts: state, session, shift, bits (of all rollcalls together).
    """
    first = _chosen(fit, asked, record).row(0, named=True)
    table = drivers(fit, record, first["state"], first["session"])
    total = float(table["bits"].sum())
    whole = f"All {table.height} casts of the session together: {total:.1f} bits for the move."
    return answer_of(
        fit,
        record,
        within,
        question="shift_drivers",
        title=f"{first['name']} in session {first['session']} ({first['year']}): what drove the "
        "shift",
        told=(_shift_told(first), whole, fit_told(fit)),
        table=table if top is None else table.head(top),
        facts={name: first[name] for name in ("state", "session", "shift")} | {"bits": total},
        more=_MORE + _EVIDENCE,
        columns=("date", "symbol", "cast", "bits", "title"),
    )


def drivers(fit: Fit, record: Record, state: str, session: int) -> pl.DataFrame:
    """id, date, symbol, title, cast, bits, p_now, p_before: what speaks for a shift, first.

    bits: log2 of the probability of the state's cast at its position in the session over that at
    its position before, at the posterior means of positions and text. The rollcalls of the session
    on which the state voted Yes, No or abstained. Raises NotInRecord where there is no such shift.
    """
    at = np.flatnonzero((_labels(fit) == session) & (_states(fit) == state) & ~fit.first)
    if not at.size:
        raise NotInRecord(f"a shift of {state} in session {session}")
    column = states.codes().index(state)
    # A fit that comes with the record beneath a user's additions knows none of their casts.
    own = fit.record_hash == record.hash
    rolls = record.choices[fit.texts.rows] if own else choices_beneath(record, fit.texts.rows)
    choices = rolls[:, column]
    here = regular_sessions(record, fit.texts.rows) == session
    mine = np.flatnonzero(here & (choices <= Choice.NO))
    cast = choices[mine].astype(np.intp)
    now, before = (_probability(fit, mine, cast, fit.mean[a]) for a in (at[0], at[0] - 1))
    rows = fit.texts.rows[mine]
    what = record.rollcalls[rows].select(
        "id", "date", pl.coalesce("symbol", "draft", "id").alias("symbol"), "title"
    )
    return what.with_columns(
        cast=pl.Series([Choice(int(c)).label for c in cast], dtype=pl.String),
        bits=pl.Series(np.log2(now / before)),
        p_now=pl.Series(now),
        p_before=pl.Series(before),
    ).sort("bits", "date", "id", descending=(True, False, False))


def _probability(fit: Fit, texts: NDArray[np.intp], cast: NDArray[np.intp], at: Floats) -> Floats:
    """(n,) the probability of each cast (0 Yes, 1 abstain, 2 No) at a position (K,)."""
    eta = fit.texts.beta[texts] @ at
    odds = fit.texts.cut[texts] - eta[:, None]
    below = _normal if fit.prior == BSV else _logistic
    # On the side of the nearer tail, so that nothing cancels.
    flip = np.where(odds.sum(axis=1) > 0, -1.0, 1.0)
    abstain = np.abs(below(flip * odds[:, 1]) - below(flip * odds[:, 0]))
    every = np.stack([below(odds[:, 0]), abstain, below(-odds[:, 1])], axis=1)
    return np.asarray(every[np.arange(len(cast)), cast].clip(_LEAST))


def _logistic(x: Floats) -> Floats:
    return np.asarray(np.exp(-np.logaddexp(0.0, -x)))


def _normal(x: Floats) -> Floats:
    return np.array([0.5 * erfc(-value / sqrt(2)) for value in x.tolist()])


def _labels(fit: Fit) -> NDArray[np.intp]:
    return np.array([int(label) for label in fit.periods], dtype=np.intp)[fit.period]


def _states(fit: Fit) -> NDArray[np.str_]:
    return np.array(fit.states)[fit.state]


def _chosen(fit: Fit, asked: Asked, record: Record) -> pl.DataFrame:
    if asked.session is not None and str(asked.session) not in fit.periods:
        raise no_session(fit, asked.session, record)
    codes = None if asked.state is None else [asked.state]
    table = shift_table(fit, codes, asked.since, asked.until)
    if asked.session is not None:
        table = table.filter(pl.col("session") == asked.session)
    if table.is_empty():
        raise NotInRecord(f"a shift of {_asked_for(asked)}", complete_to=record.completeness)
    return table


def _asked_for(asked: Asked) -> str:
    parts = [asked.state or "any state"]
    parts += [f"in session {asked.session}"] if asked.session is not None else []
    parts += [f"in sessions that opened in {asked.since} or later"] if asked.since else []
    parts += [f"until {asked.until}"] if asked.until else []
    return " ".join(parts)


def _whom(asked: Asked) -> str:
    parts = ["All states" if asked.state is None else states.name_of(asked.state)]
    if asked.session is not None:
        parts.append(f"session {asked.session} ({FIRST_YEAR + asked.session})")
    parts += [f"from {asked.since}"] if asked.since else []
    parts += [f"until {asked.until}"] if asked.until else []
    return ", ".join(parts)


def _shift_told(row: Mapping[str, Any]) -> str:
    up = row["p_up"] >= 0.5
    sure = row["p_up"] if up else 1 - row["p_up"]
    chance = "above 0.99" if sure > _SURE else f"{sure:.2f}"
    where = f" in dimension {row['dimension']}" if "dimension" in row else ""
    side = "towards the United States" if up else "away from the United States"
    if where or row["state"] == ANCHOR:
        side = "up" if up else "down"
    return (
        f"{row['name']} in session {row['session']} ({row['year']}){where}: {row['shift']:+.2f}, "
        f"90 % interval {row['q05']:+.2f} to {row['q95']:+.2f}, {side} with probability {chance}; "
        f"number {row['rank']:,} of {row['of']:,} by size."
    )


def _placebo_told(fit: Fit) -> tuple[str, ...]:
    """The sentence on moves found where there are none; nothing where it was not measured."""
    found = fit.facts.get("placebo")
    if not found:
        return ()
    return (
        f"Of all moves {found['real']:.1%} have an interval without 0; with the dates of rollcalls "
        f"shuffled between two sessions {found['rate']:.1%}.",
    )


def _drivers_told(drove: pl.DataFrame) -> tuple[str, ...]:
    """The sentence on the rollcalls that speak most for a move; none where nothing does."""
    most = drove.filter(pl.col("bits") >= _SPEAKS).head(_NAMED).to_dicts()
    if not most:
        return ()
    each = "; ".join(f"{r['symbol']} ({r['date']}), {r['cast']}, {r['bits']:.1f}" for r in most)
    return (f"Of the session's {drove.height} casts these speak most for it, in bits: {each}.",)
