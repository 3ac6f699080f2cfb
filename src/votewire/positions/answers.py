"""What a fit says: what it rests on, positions over time, the states of a session in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import polars as pl

from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.result import SAMPLED, Fit
from votewire.positions.sessions import regular_sessions
from votewire.positions.tables import FIRST_YEAR, first_dimension, position_table
from votewire.record import Answer, Record, Selection
from votewire.record.beneath import without_own
from votewire.record.periods import Part, parts, shown_columns, with_parts

__all__ = [
    "answer_of",
    "by_dimension",
    "converged_told",
    "fit_told",
    "fitted",
    "no_session",
    "path_told",
    "rank",
    "session_table",
    "show",
    "unfinished",
]

_MODEL = (
    "Position: the ideal point of Bailey, Strezhnev and Voeten's model (2017), {dims}: the "
    "odds of Yes, abstention and No follow from the distance of the state from the text's two "
    "cutpoints. {scale}; the positive side is that of agreement with the United States. Absence is "
    "missing; unanimous rollcalls say nothing and are left out. {prior} {method}"
)
_PRIORS = {
    "rw": "Prior rw: a state's position walks from session to session, seen from both sides.",
    "bsv": "Prior bsv: the published one, which looks back one session.",
}
_TOPIC = (
    "Positions on a topic borrow from the general ones, as far as its votes follow them, and take "
    "these as known. "
)
_SCALE = "All positions of the fit have mean 0 and standard deviation 1"
_GENERAL_SCALE = "Positions are on the scale of the general ones, of standard deviation 1"
_INTERVALS = "sd and 90 % intervals are of the joint posterior"
_DIMENSIONS = {1: "one dimension", 2: "two dimensions", 3: "three dimensions"}
_FEW = 5  # states that a sentence each is written on


def fitted(fit: Fit, *, record: Record, within: Selection = Selection()) -> Answer:
    """What a fit rests on, session by session, and how it converged.

    Table: session, year, rollcalls (contested), states, n_casts, mean and spread (standard
    deviation) of the states' means in the first dimension. facts: rollcalls, dropped (unanimous),
    items (different texts), casts, states, prior, method, sweeps, change (the largest move of a
    position in the last sweep).
    """
    table = session_table(fit, record)
    names = ("rollcalls", "dropped", "items", "casts", "prior", "method", "sweeps", "change")
    facts = {name: getattr(fit, name) for name in names} | {"states": _states(fit)}
    return answer_of(
        fit,
        record,
        within,
        question="positions_fit",
        title="Positions of states in the General Assembly: the fit",
        told=(fit_told(fit), *converged_told(fit)),
        table=table,
        facts=facts,
        more=" mean, spread: mean and standard deviation of a session's positions.",
    )


def session_table(fit: Fit, record: Record) -> pl.DataFrame:
    """session, year, rollcalls, states, n_casts, mean, spread; the first dimension."""
    of_row = regular_sessions(record, fit.texts.rows)
    session, rollcalls = np.unique(of_row, return_counts=True)
    table = (
        first_dimension(fit)
        .group_by("session", "year")
        .agg(
            states=pl.len().cast(pl.Int64),
            n_casts=pl.col("n_casts").sum(),
            spread=pl.col("mean").std(ddof=0),
            mean=pl.col("mean").mean(),
        )
    )
    counted = pl.DataFrame({"session": session.astype(np.int64), "rollcalls": rollcalls})
    columns = ("session", "year", "rollcalls", "states", "n_casts", "mean", "spread")
    return table.join(counted, on="session").sort("session").select(columns)


def show(
    fit: Fit,
    states_asked: Sequence[str] | None = None,
    since: int | None = None,
    *,
    record: Record,
    within: Selection = Selection(),
) -> Answer:
    """The positions of some states, or of all (None), session by session.

    within: the selection that was fitted, to be told. Raises NotInRecord where a state asked for
    has no position in those years.
    """
    table = position_table(fit, states_asked, since)
    have = set(table["state"])
    wanted = have if states_asked is None else set(states_asked)
    if not have or wanted - have:
        missing = ", ".join(sorted(wanted - have)) or "any state"
        when = f" in sessions that opened in {since} or later" if since else ""
        raise NotInRecord(f"positions of {missing}{when}", complete_to=record.completeness)
    codes = list(dict.fromkeys(states_asked)) if states_asked is not None else sorted(have)
    cut = unfinished(record, within, table)
    few = codes if len(codes) * fit.dims <= _FEW else []
    name = ", ".join(states.name_of(code) for code in few) or f"{len(codes)} states"
    paths = [(code, part) for code in few for part in by_dimension(table, fit)]
    noted = with_parts(table, cut, "session")
    return answer_of(
        fit,
        record,
        within,
        question="positions",
        title=f"{name}: positions by session",
        told=(
            *(path_told(d, part, code, cut) for code, (d, part) in paths),
            *(part.told for part in cut.values()),
            fit_told(fit),
        ),
        table=noted,
        facts={"states": codes, "parts": {label: part.facts for label, part in cut.items()}},
        columns=shown_columns(noted, cut),
    )


def unfinished(record: Record, within: Selection, table: pl.DataFrame) -> dict[str, Part]:
    """Those of the sessions in a table that are not whole in a selection, by number."""
    found = parts(record, within, within.rows(record), "session")
    shown = set(map(str, table["session"]))
    return {label: part for label, part in found.items() if label in shown}


def rank(fit: Fit, session: int, *, record: Record, within: Selection = Selection()) -> Answer:
    """The states of one session in order, from the United States' side to the other.

    Table: rank, state, name, mean, sd, q05, q95, n_casts; equal means by code. With several
    dimensions one order for each, told apart by the column dimension. Raises NotInRecord, with the
    nearest sessions, where the fit has no such session.
    """
    whole = position_table(fit).filter(pl.col("session") == session)
    if whole.is_empty():
        raise no_session(fit, session, record)
    found = [(dimension, _ranked(part)) for dimension, part in by_dimension(whole, fit)]
    ends = [
        f"{dimension}{'from' if dimension else 'From'} {_end_told(part.row(0, named=True))} to "
        f"{_end_told(part.row(-1, named=True))}; {part.height} states."
        for dimension, part in found
    ]
    return answer_of(
        fit,
        record,
        within,
        question="positions_rank",
        title=f"Positions in session {session} ({FIRST_YEAR + session})",
        told=(*ends, fit_told(fit)),
        table=pl.concat([part for _, part in found]),
        facts={"session": session},
    )


def _ranked(table: pl.DataFrame) -> pl.DataFrame:
    table = table.sort("mean", "state", descending=(True, False)).drop("session", "year")
    names = pl.Series("name", [states.name_of(code) for code in table["state"]], dtype=pl.String)
    return table.insert_column(1, names).with_row_index("rank", 1).cast({"rank": pl.Int64})


def by_dimension(table: pl.DataFrame, fit: Fit) -> Iterator[tuple[str, pl.DataFrame]]:
    """The rows of each dimension with words that name it, empty where there is one only."""
    if fit.dims == 1:
        yield "", table
        return
    for k in range(1, fit.dims + 1):
        yield f"Dimension {k}: ", table.filter(pl.col("dimension") == k)


def answer_of(
    fit: Fit,
    record: Record,
    within: Selection,
    *,
    question: str,
    title: str,
    told: tuple[str, ...],
    table: pl.DataFrame,
    facts: Mapping[str, Any],
    more: str = "",
    columns: tuple[str, ...] = (),
) -> Answer:
    """An answer out of a fit, with its definition (and `more` of it) and its basis.

    A fit of the record beneath a user's additions is said to be one, and has that record's hash.
    """
    answer = Answer(
        question=question,
        title=title,
        told=told,
        table=table,
        definition=_defined(fit) + more,
        basis=f"{within.told(fit.texts.rows)} contested, {fit.dropped:,} unanimous left out",
        record_hash=fit.record_hash,
        complete_to=record.completeness,
        columns=columns,
        facts={**facts, "method": fit.method, "prior": fit.prior},
    )
    return without_own(answer, record, "Positions are")


_MIXED = 1.1  # R-hat: above it chains tell different things


def fit_told(fit: Fit) -> str:
    """The sentence on what a fit rests on."""
    follows = fit.facts.get("follows")
    beside = f" They correlate at {follows['r']:.2f} with the general positions." if follows else ""
    return (
        f"Fitted to {fit.casts:,} casts of {_states(fit)} states on "
        f"{fit.rollcalls:,} rollcalls, sessions {fit.periods[0]} to {fit.periods[-1]}.{beside}"
        f"{_mixed_told(fit)}"
    )


def _mixed_told(fit: Fit) -> str:
    """What is said where the chains of a sampled fit do not agree on some position."""
    worst = fit.facts.get("rhat", {}).get("worst", 1.0)
    if worst < _MIXED:
        return ""
    return (
        f" The chains of draws differ on some positions (R-hat up to {worst:.2f}): more than one "
        "explanation fits, and intervals may still change with more --draws."
    )


def converged_told(fit: Fit) -> tuple[str, ...]:
    """The sentence on how the point fit ended; none where a fit has none."""
    if not fit.sweeps:
        return ()
    what = "The point fit converged" if fit.method == SAMPLED else "Converged"
    return (
        f"{what} in {fit.sweeps} sweeps; the largest move of a position in the last was "
        f"{fit.change:.2g}.",
    )


def no_session(fit: Fit, session: int, record: Record) -> NotInRecord:
    """The error for a session that the fit lacks, with the nearest that it has."""
    known = sorted((int(label) for label in fit.periods), key=lambda n: abs(n - session))
    return NotInRecord(
        f"positions of session {session}",
        nearest=[str(n) for n in sorted(known[:3])],
        complete_to=record.completeness,
    )


def _defined(fit: Fit) -> str:
    drawn = f", from {fit.settings['draws']:,} draws" if fit.method == SAMPLED else ""
    how = drawn or ", its normal approximation at the fit (Laplace)"
    prior = f"{_PRIORS[fit.prior]} {_TOPIC}" if "follows" in fit.facts else _PRIORS[fit.prior]
    return _MODEL.format(
        dims=_DIMENSIONS[fit.dims],
        scale=_GENERAL_SCALE if "follows" in fit.facts else _SCALE,
        prior=prior.strip(),
        method=f"{_INTERVALS}{how}.",
    )


def _states(fit: Fit) -> int:
    return len(np.unique(fit.state))


def path_told(
    dimension: str, rows: pl.DataFrame, code: str, cut: Mapping[str, Part] = MappingProxyType({})
) -> str:
    """The sentence on a state's last position and its first; dimension: words before its name.

    cut: sessions that are not whole, on which it says nothing where there are others.
    """
    every = rows.filter(pl.col("state") == code)
    whole = every.filter(pl.col("session").cast(pl.String).is_in(list(cut)).not_())
    table = whole if whole.height else every
    first, last = table.row(0, named=True), table.row(-1, named=True)
    name = dimension + states.name_of(code)
    now = f"{name} in session {last['session']} ({last['year']}): {_figure(last)}"
    if table.height == 1:
        return f"{now}."
    return f"{now}; in session {first['session']} ({first['year']}): {_figure(first)}."


def _end_told(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({_figure(row)})"


def _figure(row: Mapping[str, Any]) -> str:
    return (
        f"{row['mean']:.2f}, 90 % interval {row['q05']:.2f} to {row['q95']:.2f}, "
        f"{row['n_casts']:,} cast{'' if row['n_casts'] == 1 else 's'}"
    )
