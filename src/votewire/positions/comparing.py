"""A fit beside the published estimates: correlation, spread and width of intervals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from votewire.errors import TooFewRollcalls
from votewire.positions.answers import answer_of, fit_told
from votewire.positions.result import Fit
from votewire.positions.tables import FIRST_YEAR, first_dimension
from votewire.record import Answer, Record, Selection

__all__ = ["FEWEST", "compare", "compare_table"]

FEWEST = 10  # states that a session must share with the published ones to have a correlation
_MEASURES = (
    pl.len().cast(pl.Int64).alias("n"),
    pl.corr("mean", "mean_published").fill_nan(None).alias("r"),
    (pl.std("mean") / pl.std("mean_published")).alias("spread_ratio"),
    (
        (pl.col("q95") - pl.col("q05")).median()
        / (pl.col("q95_published") - pl.col("q05_published")).median()
    ).alias("sd_ratio"),
)


def compare(
    fit: Fit, published: pl.DataFrame, *, record: Record, within: Selection = Selection()
) -> Answer:
    """A fit beside published estimates (`read_published`), overall and session by session.

    Table: as `compare_table`. facts: n, r, r_within (mean over the sessions that have one),
    r_worst, worst_session, sessions, spread_ratio and sd_ratio over all rows. Raises
    TooFewRollcalls where fewer than ten state-sessions are in both.
    """
    both = _matched(fit, published)
    if both.height < FEWEST:
        raise TooFewRollcalls(
            f"{both.height:,} of {published.height:,} published positions are of a state and "
            f"session of the fit; a comparison needs {FEWEST}",
            record.completeness,
        )
    table = compare_table(fit, published)
    facts = both.select(*_MEASURES).row(0, named=True) | _within(table)
    return answer_of(
        fit,
        record,
        within,
        question="positions_compare",
        title="Positions beside the published ones",
        told=(*_compared_told(facts), fit_told(fit)),
        table=table,
        facts=facts,
        more=" r: Pearson's correlation of the means. spread_ratio: standard deviation of our "
        "means over that of the published. sd_ratio: median width of our intervals over theirs.",
    )


def compare_table(fit: Fit, published: pl.DataFrame) -> pl.DataFrame:
    """session, year, n, r, spread_ratio, sd_ratio: a fit and published estimates by session.

    n: states in both. r: Pearson's correlation of the means. spread_ratio: the standard deviation
    of the fit's means over that of the published. sd_ratio: the median of the fit's standard
    deviations over that of the published, taken from the widths of the intervals. All three are
    null where fewer than ten states are in both.
    """
    by_session = _matched(fit, published).group_by("session", maintain_order=True)
    enough = pl.col("n") >= FEWEST
    figures = [pl.when(enough).then(pl.col(m.meta.output_name())) for m in _MEASURES[1:]]
    return (
        by_session.agg(*_MEASURES)
        .sort("session")
        .select("session", (pl.col("session") + FIRST_YEAR).alias("year"), "n", *figures)
    )


def _matched(fit: Fit, published: pl.DataFrame) -> pl.DataFrame:
    """The state-sessions in both, with `_published` behind the names of the published columns."""
    theirs = published.with_columns(pl.col("session").cast(pl.Int64))
    return first_dimension(fit).join(theirs, on=["state", "session"], suffix="_published")


def _within(table: pl.DataFrame) -> dict[str, Any]:
    known = table.drop_nulls("r").sort("r", "session")
    if known.is_empty():
        return {"r_within": None, "r_worst": None, "worst_session": None, "sessions": 0}
    return {
        "r_within": known["r"].mean(),
        "r_worst": known["r"][0],
        "worst_session": known["session"][0],
        "sessions": known.height,
    }


def _compared_told(facts: Mapping[str, Any]) -> tuple[str, ...]:
    overall = (
        f"Correlation with the published positions {facts['r']:.4f} over {facts['n']:,} "
        f"state-sessions; spread {facts['spread_ratio']:.3f} of theirs, intervals "
        f"{facts['sd_ratio']:.3f} times as wide as theirs."
    )
    if not facts["sessions"]:
        return (overall,)
    return (
        overall,
        f"Within sessions {facts['r_within']:.4f} on average over {facts['sessions']} sessions of "
        f"{FEWEST} states or more; lowest in session {facts['worst_session']} "
        f"({facts['r_worst']:.3f}).",
    )
