"""The tally to expect if a text were put to the vote now, by simulation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from votewire import states
from votewire.errors import NotInRecord
from votewire.positions.chances import Chances, of_choices
from votewire.positions.expected import kept_standing, standing_of
from votewire.positions.expecting import YEAR
from votewire.positions.filtering import GAPS, States
from votewire.positions.naming import names_of
from votewire.positions.priors import ASSEMBLY, DIMS
from votewire.positions.standing import Prior, Standing
from votewire.record import Answer, Choice, Record, Rollcall
from votewire.record.beneath import without_own
from votewire.record.chains import same_text
from votewire.record.tables import Roll

__all__ = ["Tallies", "forecast_of", "simulated", "text_now"]

Floats = NDArray[np.float64]
Choices = NDArray[np.int8]

_DRAWS = 4000
_SIDES = ("yes", "abstain", "no")
# Of the votes on recurring texts since 1990: the share of states that cast after they had, and
# after they had not, and how far a whole vote's turnout is from that (log odds).
_AGAIN, _ANEW, _TURNOUT = 0.95, 0.49, 0.75
# Factor on the variance of texts with which 90 % intervals of Yes hold about 90 % of the votes on
# recurring texts since 1990: see bench/surprise.py.
_WIDER = 1.0
_STAYS = 0.6  # chance that a state repeats its last choice on a text whatever the model says
_DEFINITION = (
    "Forecast: positions after the last day of the record in three dimensions, the text as its "
    "last vote told it, widened for how far such texts change. {draws:,} simulated votes: the text "
    "is drawn once for all states, then each state's position and its choice, so states move "
    "together; with a chance of {stays} a state repeats its last choice on the same text. "
    "Who takes part: {again} of those who did at the last vote, {anew} of the others. "
    "Intervals are the middle 90 % of simulated votes. It knows nothing of negotiations or events "
    "since that day."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tallies:
    """counts (d, 3): simulated tallies. chances (n, 3): of each state's choice if it casts."""

    counts: NDArray[np.int64]
    chances: Floats

    def interval(self, side: int) -> tuple[int, int, int]:
        """5 %, 50 % and 95 % of the simulated counts of one choice."""
        low, middle, high = np.quantile(self.counts[:, side], (0.05, 0.5, 0.95))
        return int(np.floor(low)), round(float(middle)), int(np.ceil(high))


def forecast_of(
    record: Record,
    rollcall: Rollcall,
    folder: Path,
    *,
    same: bool = True,
    seed: int = 0,
    on_day: Callable[[int, int], None] | None = None,
) -> Answer:
    """The tally of a text if it were put to the vote on the record's last day.

    same: the text itself; otherwise one like it, less certain. folder: where other records' passes
    are kept. Table: state, name, last, p_yes, p_abstain, p_no; likeliest changes first. Raises
    NotInRecord for a rollcall of the Council, or without a full roll. Of a record with a user's
    additions it is that of the record beneath, where that has the text and no pass is kept.
    """
    if rollcall.chamber != "GA" or rollcall.roll != "full":
        raise NotInRecord(f"a full roll of the General Assembly on {rollcall.name}")
    whole = record
    if record.base is not None and kept_standing(record, folder) is None:
        earlier = _vote_beneath(record, record.base, rollcall)
        record, rollcall = (record, rollcall) if earlier is None else (record.base, earlier)
    standing = standing_of(record, folder, on_day=on_day)
    row, last = _last_vote(record, rollcall)
    today = record.complete_to["GA"]
    now = np.datetime64(today, "D").astype(np.float64) / YEAR
    here = np.array([states.codes().index(code) for code in sorted(states.members_on(today))])
    before = record.choices[row, here]
    prior = ASSEMBLY[DIMS]
    name = int(names_of(record, np.array([row]))[0, 0])
    mean, cov = text_now(standing, name, prior, prior.same if same else prior.akin)
    tallies = simulated(
        positions_now(standing, here, now, prior),
        mean,
        cov,
        before,
        np.random.default_rng(seed),
        stays=_STAYS if same else 0.0,
    )
    answer = _answer(record, last, tallies, here, before, same=same)
    return without_own(answer, whole, "The forecast is")


def text_now(standing: Standing, name: int, prior: Prior, share: float) -> tuple[Floats, Floats]:
    """Mean and covariance of a text put to the vote again, correlated by `share` with the last."""
    last, left = standing.texts[name]
    mean = prior.items_mean + share * (last - prior.items_mean)
    return mean, share**2 * left + _WIDER * (1 - share**2) * prior.items_cov


def positions_now(standing: Standing, here: NDArray[np.intp], now: float, prior: Prior) -> States:
    """The positions of some columns at a time after their last cast."""
    gap = np.nan_to_num(now - standing.last[here]).clip(0.0)
    eye = np.eye(standing.states.mean.shape[1])
    wider = standing.states.var[here] + (prior.step * gap)[:, None, None] * eye
    return States(standing.states.mean[here], wider)


def simulated(
    positions: States,
    mean: Floats,
    cov: Floats,
    before: Choices,
    rng: np.random.Generator,
    draws: int = _DRAWS,
    stays: float = _STAYS,
) -> Tallies:
    """Votes on one text by n states; before (n,): their choices at the last vote on it.

    stays: the chance that a state which cast then repeats its choice whatever the model says.
    """
    n, dims = positions.mean.shape
    text = rng.multivariate_normal(mean, cov, size=draws, method="cholesky")
    text[:, -1] = text[:, -1].clip(*GAPS)
    noise = rng.standard_normal((draws, n, dims))
    theta = positions.mean + np.einsum("nkm,dnm->dnk", np.linalg.cholesky(positions.var), noise)
    yes = text[:, dims, None] - np.einsum("dk,dnk->dn", text[:, :dims], theta)
    not_no = yes + np.exp(text[:, -1:])
    chances = of_choices(Chances(yes, not_no, np.zeros_like(yes)))
    usual = np.where(before <= Choice.NO, _AGAIN, _ANEW)
    odds = np.log(usual / (1 - usual)) + _TURNOUT * rng.standard_normal((draws, 1))
    casts = rng.random((draws, n)) < 1 / (1 + np.exp(-odds))
    drawn = rng.random((draws, n))
    side = (drawn > chances[..., 0]).astype(int) + (drawn > 1 - chances[..., 2])
    cast_before = before <= Choice.NO
    side = np.where((rng.random((draws, n)) < stays) & cast_before, before, side)
    counts = np.stack([((side == k) & casts).sum(axis=1) for k in range(3)], axis=1)
    told = np.eye(3)[np.where(cast_before, before, 0)]
    kept = stays * cast_before[:, None]
    return Tallies(counts=counts, chances=(1 - kept) * chances.mean(axis=0) + kept * told)


def _vote_beneath(record: Record, base: Record, rollcall: Rollcall) -> Rollcall | None:
    """The latest vote with a full roll on the same text in the record beneath a user's additions.

    None where there is none, or no pass comes with that record.
    """
    if kept_standing(base) is None:
        return None
    known = set(base.rollcalls.filter(pl.col("roll") == Roll.FULL)["id"])
    votes = record.rollcalls["id"].gather(same_text(record, record.row_of(rollcall.id)))
    ids = [vote for vote in votes if vote in known]
    return base.at(base.row_of(ids[-1])) if ids else None


def _last_vote(record: Record, rollcall: Rollcall) -> tuple[int, Rollcall]:
    """The last vote with a full roll on the same recurring text."""
    rows = [record.at(int(row)) for row in same_text(record, record.row_of(rollcall.id))]
    last = [found for found in rows if found.roll == "full"][-1]
    return record.row_of(last.id), last


def _answer(
    record: Record,
    last: Rollcall,
    tallies: Tallies,
    here: NDArray[np.intp],
    before: Choices,
    *,
    same: bool,
) -> Answer:
    expected = {side: tallies.interval(k) for k, side in enumerate(_SIDES)}
    passed = float((tallies.counts[:, 0] > tallies.counts[:, 2]).mean())
    figures = ", ".join(
        f"{side.capitalize() if side != 'abstain' else 'abstaining'} {middle} ({low} to {high})"
        for side, (low, middle, high) in expected.items()
    )
    table = _table(tallies, here, before)
    what = f"{last.name}" if same else f"a text like {last.name}"
    return Answer(
        question="forecast",
        title=f"{what}: the tally to expect if it were put to the vote now",
        told=(
            f"{figures}; 90 % intervals. More Yes than No in {_share(passed)} of simulated votes.",
            f"The last vote, on {last.date}, was {last.tally}.",
            *_changes(table),
        ),
        table=table,
        definition=_DEFINITION.format(
            draws=_DRAWS,
            stays=_percent(_STAYS if same else 0.0),
            again=_percent(_AGAIN),
            anew=_percent(_ANEW),
        ),
        basis=f"Last vote: {last.id}; {len(here)} members on {record.complete_to['GA']}",
        record_hash=record.hash,
        complete_to=record.completeness,
        facts={
            **{
                f"{side}_{part}": value
                for side, parts in expected.items()
                for part, value in zip(("low", "median", "high"), parts, strict=True)
            },
            "more_yes_than_no": passed,
            "last": last.id,
        },
    )


def _table(tallies: Tallies, here: NDArray[np.intp], before: Choices) -> pl.DataFrame:
    """One row for each member, the likeliest change against the last vote first."""
    cast = before <= Choice.NO
    kept = tallies.chances[np.arange(len(here)), np.where(cast, before, 0)]
    order = np.lexsort((here, np.where(cast, kept, 2.0)))
    codes = [states.codes()[column] for column in here[order].tolist()]
    return pl.DataFrame(
        {
            "state": codes,
            "name": [states.name_of(code) for code in codes],
            "last": [Choice(choice).label for choice in before[order].tolist()],
            **{f"p_{side}": tallies.chances[order, k] for k, side in enumerate(_SIDES)},
        }
    )


def _changes(table: pl.DataFrame) -> tuple[str, ...]:
    rows = [row for row in table.head(5).iter_rows(named=True) if f"p_{row['last']}" in row]
    named = ", ".join(
        f"{row['name']} ({_percent(1 - row['p_' + row['last']])}; then {row['last']})"
        for row in rows
    )
    return (f"Likeliest to choose otherwise than then, if they cast: {named}.",) if rows else ()


def _share(value: float) -> str:
    if value in (0.0, 1.0):
        return "none" if value == 0.0 else "all"
    return "over 99 %" if value > 0.99 else "under 1 %" if value < 0.01 else _percent(value)


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %"
