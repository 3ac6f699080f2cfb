"""What the files of one house, or of several Congresses of it, say: members in order, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from votewire.positions.house import HouseFit, fit_house, rolls_of
from votewire.positions.nominate import Beside, Judged, beside_nominate, nominate_chances
from votewire.record.readers.voteview import read_folder

__all__ = ["HouseAnswer", "house_answer"]

_DEFINED = (
    "Position x: ideal point of a model with one dimension; the odds of Yes to No, given a vote, "
    "are F(c1 - beta x) to F(beta x - c2), F logistic, c1 and c2 close together since nobody can "
    "abstain. One for each Congress, which walks from one to the next. All positions of "
    "the fit have mean 0 and standard deviation 1; the Republicans' side is the positive one. "
    "Intervals are 90 %. Pairs and announcements count as votes; who did not vote is missing; "
    "unanimous rollcalls are left out. r, spearman: correlation of the means with nominate_dim1. "
    "GMP: geometric mean of the chances given to the casts that were made. NOMINATE's chances are "
    "those of Voteview's files, of two dimensions."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseAnswer:
    """The positions of a house's members, beside NOMINATE.

    told: sentences, the most important first. members: as `HouseFit.table`. beside: as
    `Beside.table`. facts: chamber, congresses, casts, rollcalls, dropped, sweeps, and how well both
    foretell the casts.
    """

    title: str
    told: tuple[str, ...]
    members: pl.DataFrame
    beside: pl.DataFrame
    definition: str
    facts: Mapping[str, Any]


def house_answer(
    houses: Sequence[Sequence[tuple[str, bytes]]],
    *,
    on_sweep: Callable[[int, float], None] | None = None,
) -> HouseAnswer:
    """The fit of some houses, each given as its three (name, bytes), and how it compares.

    Raises SourceError where files are not Voteview's, FitError where nothing can be fitted.
    """
    rolls = rolls_of([read_folder(files) for files in houses])
    fit = fit_house(rolls, on_sweep=on_sweep)
    every = [file for files in houses for file in files]
    beside = beside_nominate(fit, nominate_chances(rolls, every))
    problem, when = fit.fitted.problem, _congresses(fit)
    facts = {
        "chamber": rolls.chamber,
        "congresses": [int(label) for label in problem.periods],
        "casts": problem.casts,
        "rollcalls": len(problem.rows),
        "dropped": problem.dropped,
        "sweeps": fit.fitted.sweeps,
    }
    return HouseAnswer(
        title=f"Positions in the {rolls.chamber}, Congress {when}",
        told=(_fit_told(fit), *_beside_told(beside)),
        members=fit.table,
        beside=beside.table,
        definition=_DEFINED,
        facts=facts | beside.facts,
    )


def _congresses(fit: HouseFit) -> str:
    labels = fit.fitted.problem.periods
    return " and ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]


def _fit_told(fit: HouseFit) -> str:
    problem = fit.fitted.problem
    members = int(problem.present.any(axis=0).sum())
    return (
        f"Fitted to {problem.casts:,} casts of {members} members on "
        f"{len(problem.rows):,} rollcalls; {problem.dropped:,} unanimous left out; "
        f"{fit.fitted.sweeps} sweeps."
    )


def _beside_told(beside: Beside) -> list[str]:
    told = [
        f"Congress {row['congress']}, {_group(row['group'])}: correlation with NOMINATE's first "
        f"dimension {row['r']:.3f}, of ranks {row['spearman']:.3f}, n {row['n']}."
        for row in beside.table.drop_nulls("r").iter_rows(named=True)
    ]
    if not told:
        told = ["No comparison with NOMINATE: fewer than ten members have its estimate."]
    if beside.ours and beside.theirs:
        told.append(
            f"Of {beside.ours.n:,} casts of which both speak, this fit has {_figure(beside.ours)}, "
            f"NOMINATE {_figure(beside.theirs)}."
        )
    if beside.held_out:
        told.append(
            f"Of {beside.held_out.n:,} casts drawn at random and left out of a second fit, it has "
            f"{_figure(beside.held_out)}, log loss {beside.held_out.log_loss:.4f}."
        )
    return told


def _group(name: str) -> str:
    return "all members" if name == "all" else f"{name}s"


def _figure(judged: Judged) -> str:
    return f"{100 * judged.right:.1f} % right, GMP {judged.gmp:.3f}"
