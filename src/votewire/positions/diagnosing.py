"""How far a fit can be trusted: convergence, connections between sessions, mixing of draws."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import polars as pl

from votewire.positions.answers import answer_of, converged_told, fit_told, session_table
from votewire.positions.result import SAMPLED, Fit
from votewire.positions.sessions import regular_sessions
from votewire.record import Answer, Record, Selection

__all__ = ["ENOUGH", "diagnose"]

ENOUGH = 400  # effective draws for an interval's ends (Vehtari and others 2021, section 4)
_MIXED = 1.01  # the R-hat from which draws are not of one distribution (the same)
_CONNECTED = (
    " stayed: states that are in the session before too; bridges: rollcalls that the fit takes for "
    "votes on a text of the session before. sd_median: of the session's positions."
)
_MIXING = (
    " mean_ess, sd_ess: effective draws of the session's mean position and of the standard "
    "deviation of its positions, which mix slowest; rhat: the larger of the two."
)


def diagnose(fit: Fit, *, record: Record, within: Selection = Selection()) -> Answer:
    """How a fit converged and what holds its sessions together; of draws, how well they mix.

    Table: session, year, rollcalls, states, stayed, bridges, sd_median; of a sampled fit also
    mean_ess, sd_ess, rhat. facts: sweeps, change, sessions, least_connected (a session); of a
    sampled fit ess_bulk, ess_tail and rhat (median and worst of all positions), slowest (a session
    and what of it), and what the sampler says of itself.
    """
    table = _connected(fit, record)
    found: dict[str, Any] = {"sweeps": fit.sweeps, "change": fit.change, "sessions": table.height}
    later = table.slice(1)
    told = [fit_told(fit), *converged_told(fit)]
    if later.height:
        least = later.sort("stayed", "bridges", "session").row(0, named=True)
        found["least_connected"] = least["session"]
        told.append(_least_told(least))
    if fit.method == SAMPLED:
        table = _with_levels(table, fit)
        found |= {k: v for k, v in fit.facts.items() if k not in _OWN_PLACE}
        told += _mixing_told(fit.facts)
    else:
        told.append(
            "Intervals are of the normal approximation: nothing was drawn, so there is no mixing "
            "to be judged. `--draws 1000` draws from the posterior itself."
        )
    told += [str(fit.facts["calibration"])] if "calibration" in fit.facts else []
    return answer_of(
        fit,
        record,
        within,
        question="positions_diagnose",
        title="Positions of states in the General Assembly: can the fit be trusted?",
        told=tuple(told),
        table=table,
        facts=found,
        more=_CONNECTED + (_MIXING if "mean_ess" in table.columns else ""),
    )


_OWN_PLACE = ("levels", "calibration")  # in the table, in a sentence


def _connected(fit: Fit, record: Record) -> pl.DataFrame:
    """Each session with its states and texts that are in the session before too."""
    present = np.zeros((len(fit.periods), len(fit.states)), dtype=bool)
    present[fit.period, fit.state] = True
    stayed = [0, *(present[1:] & present[:-1]).sum(axis=1).tolist()]
    sd = [float(np.median(fit.sd[fit.period == t])) for t in range(len(fit.periods))]
    more = pl.DataFrame(
        {
            "session": [int(label) for label in fit.periods],
            "stayed": stayed,
            "bridges": _bridges(fit, record),
            "sd_median": sd,
        }
    )
    table = session_table(fit, record).join(more, on="session").sort("session")
    return table.select("session", "year", "rollcalls", "states", "stayed", "bridges", "sd_median")


def _bridges(fit: Fit, record: Record) -> list[int]:
    """Rollcalls of each session on a text of the session before: those have one text's figures."""
    of_row = regular_sessions(record, fit.texts.rows)
    _, text = np.unique(np.hstack([fit.texts.beta, fit.texts.cut]), axis=0, return_inverse=True)
    texts = [text[of_row == int(label)] for label in fit.periods]
    return [0, *(int(np.isin(now, before).sum()) for before, now in pairwise(texts))]


def _with_levels(table: pl.DataFrame, fit: Fit) -> pl.DataFrame:
    levels = fit.facts.get("levels")
    if not levels:
        return table
    more = pl.DataFrame(
        {
            "session": [int(level["period"]) for level in levels],
            "mean_ess": [level["mean_ess"] for level in levels],
            "sd_ess": [level["sd_ess"] for level in levels],
            "rhat": [max(level["mean_rhat"], level["sd_rhat"]) for level in levels],
        }
    )
    return table.join(more, on="session", how="left").sort("session")


def _least_told(row: Mapping[str, Any]) -> str:
    return (
        f"Least connected: session {row['session']} ({row['year']}), with {row['stayed']} of its "
        f"{row['states']} states in the session before too and {row['bridges']} of its "
        f"{row['rollcalls']} rollcalls on a text of that session."
    )


def _mixing_told(facts: Mapping[str, Any]) -> list[str]:
    if "ess_bulk" not in facts:
        return ["Too few draws to judge how well they mix."]
    bulk, tail, rhat = facts["ess_bulk"], facts["ess_tail"], facts["rhat"]
    told = [
        f"Effective draws of a position: median {bulk['median']:,.0f}, worst {bulk['worst']:,.0f} "
        f"(of interval ends {tail['median']:,.0f} and {tail['worst']:,.0f}); R-hat median "
        f"{rhat['median']:.3f}, worst {rhat['worst']:.3f}."
    ]
    slow = _slowest(facts["levels"])
    few = "" if slow[2] >= ENOUGH else f", under {ENOUGH}: take more draws for sessions' levels"
    told.append(
        f"Slowest: the {slow[1]} of the positions of session {slow[0]}, {slow[2]:,.0f} effective "
        f"draws{few}."
    )
    if rhat["worst"] > _MIXED:
        told.append(f"R-hat over {_MIXED} means that draws have not settled: take more of them.")
    if "from_point" in facts:
        told.append(
            f"The largest distance of a drawn mean from the point fit is {facts['from_point']:.1f} "
            "standard deviations."
        )
    return told


def _slowest(levels: list[Mapping[str, Any]]) -> tuple[str, str, float]:
    names = {"mean_ess": "mean", "sd_ess": "standard deviation"}
    found = [(level["period"], names[key], level[key]) for level in levels for key in names]
    return min(found, key=lambda of: of[2])
