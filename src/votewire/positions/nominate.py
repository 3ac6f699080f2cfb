"""A fitted house beside Voteview's own estimates, DW-NOMINATE: positions, and casts got right.

Voteview's files hold each member's position, `nominate_dim1`, and in the column `prob` of the votes
the chance, in per cent, that NOMINATE gives to the cast that was made. NOMINATE has two dimensions
and one position for a whole career (Poole and Rosenthal 1997; Boche et al. 2018); a fit here has
one dimension and a position for each Congress. Both were fitted to the casts that they are judged
by, so a share of the casts is also left out, fitted without and predicted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire.errors import FitError, SourceError
from votewire.positions.house import HouseFit, Rolls, chances, fit_house, without
from votewire.record import Choice
from votewire.record.readers.csv_tables import csv_table

__all__ = ["Beside", "Judged", "beside_nominate", "judged", "left_out", "nominate_chances"]

Floats = NDArray[np.float64]

FEWEST = 10  # members that a group needs to have a correlation
SHARE = 0.05  # of the casts that are left out and predicted
_LEAST = 5e-4  # Voteview rounds to a tenth of a per cent: what says 0 is under half of that
_BLANK = ["", "NA", "N/A"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How well chances foretold n casts.

    right: share whose chance was over one half. log_loss: mean of -log of the chance. gmp: the
    geometric mean of the chances.
    """

    n: int
    right: float
    log_loss: float
    gmp: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A house's fit beside NOMINATE.

    table: congress, group (`all` or a party), n, r (Pearson), spearman; null where fewer than ten
    members are in both. ours, theirs: of the casts of which both speak; None where the files have
    no `prob`. held_out: of casts left out of a second fit; None where the others cannot be fitted.
    """

    table: pl.DataFrame
    ours: Judged | None
    theirs: Judged | None
    held_out: Judged | None

    @property
    def facts(self) -> dict[str, Any]:
        """What programs read, by name."""
        return {"ours": self.ours, "nominate": self.theirs, "held_out": self.held_out}


def beside_nominate(fit: HouseFit, theirs: Floats, *, seed: int = 0) -> Beside:
    """A fit beside NOMINATE. theirs: (n, s) as `nominate_chances`; all NaN where none are known."""
    choices = fit.rolls.choices
    ours = _of_casts(chances(fit), choices)
    both = ~np.isnan(ours) & ~np.isnan(theirs)
    return Beside(
        table=_correlations(fit.table),
        ours=judged(ours[both]) if both.any() else None,
        theirs=judged(theirs[both]) if both.any() else None,
        held_out=left_out(fit.rolls, seed=seed),
    )


def left_out(rolls: Rolls, *, share: float = SHARE, seed: int = 0) -> Judged | None:
    """How casts drawn at random are foretold by a fit to the others; None where that has no fit.

    Casts of those drawn are not foretold on rollcalls that are unanimous without them, nor of
    members who have no other; n is how many are.
    """
    drawn = np.random.default_rng(seed).random(rolls.choices.shape) < share
    drawn &= rolls.choices <= Choice.NO
    try:
        fit = fit_house(without(rolls, drawn))
    except FitError:
        return None
    made = _of_casts(chances(fit), rolls.choices)
    foretold = drawn & ~np.isnan(made)
    return judged(made[foretold]) if foretold.any() else None


def judged(given: Floats) -> Judged:
    """How well the chances (n,), n > 0, that were given to what was cast foretold it."""
    loss = float(-np.log(given).mean())
    return Judged(
        n=given.size, right=float((given > 0.5).mean()), log_loss=loss, gmp=float(np.exp(-loss))
    )


def nominate_chances(rolls: Rolls, files: Iterable[tuple[str, bytes]]) -> Floats:
    """(n, s) the chance that NOMINATE gives to each cast made, out of the votes files; else NaN.

    files: (name, bytes) of all files of the houses; those without the column `prob` are passed
    over. Raises SourceError where a `prob` is no number from 0 to 100.
    """
    found = np.full(rolls.choices.shape, np.nan)
    row = {rollcall: at for at, rollcall in enumerate(rolls.rollcalls)}
    column = {member: at for at, member in enumerate(rolls.ids)}
    for name, source in files:
        for rollcall, member, chance in _said(source, name):
            if rollcall in row and member in column:
                found[row[rollcall], column[member]] = chance
    return np.where(rolls.choices <= Choice.NO, found.clip(_LEAST, 1 - _LEAST), np.nan)


def _said(source: bytes, name: str) -> Iterator[tuple[str, str, float]]:
    """The rollcall, the member and the chance of each row that has one."""
    frame = csv_table(source, name=name, null_values=_BLANK)
    frame = frame.rename(lambda column: column.strip().lower())
    if not {"prob", "chamber", "congress", "rollnumber", "icpsr"} <= set(frame.columns):
        return
    frame = frame.drop_nulls("prob")
    percent = frame["prob"].cast(pl.Float64, strict=False)
    bad = ~percent.is_between(0, 100).fill_null(value=False)
    if bad.any():
        raise SourceError(
            f"{name}: prob is {frame['prob'].filter(bad)[0]!r}, no number from 0 to 100; correct "
            "it, or fetch the file again."
        )
    whole = [frame[key].cast(pl.Float64).cast(pl.Int64) for key in ("congress", "rollnumber")]
    letter = frame["chamber"].str.slice(0, 1)
    member = frame["icpsr"].cast(pl.Float64).cast(pl.Int64).cast(pl.String)
    for chamber, congress, number, who, chance in zip(letter, *whole, member, percent, strict=True):
        yield f"{chamber}{congress}-{number}", who, chance / 100


def _of_casts(yes: Floats, choices: NDArray[np.int8]) -> Floats:
    """(n, s) the chance of the cast that was made, given that of a Yes; NaN where none was."""
    made = np.where(choices == Choice.YES, yes, 1 - yes)
    return np.where(choices <= Choice.NO, made, np.nan)


def _correlations(table: pl.DataFrame) -> pl.DataFrame:
    """congress, group, n, r, spearman: of all members and of those of each party."""
    known = table.drop_nulls("nominate_dim1")
    groups = pl.concat(
        [known.with_columns(group=pl.lit("all")), known.with_columns(group=pl.col("party"))]
    )
    pair = ("mean", "nominate_dim1")
    enough = pl.col("n") >= FEWEST
    return (
        groups.drop_nulls("group")
        .group_by("congress", "group")
        .agg(
            n=pl.len().cast(pl.Int64),
            r=pl.corr(*pair).fill_nan(None),
            spearman=pl.corr(*pair, method="spearman").fill_nan(None),
        )
        .with_columns(pl.when(enough).then(pl.col(name)) for name in ("r", "spearman"))
        .sort("congress", pl.col("group") != "all", "group")
    )
